"""Market insight: what ties to customers, suppliers, regulators and others let the organisation know."""

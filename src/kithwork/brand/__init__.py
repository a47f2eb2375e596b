"""The brand: who makes the reports, as `brand/brand.yaml` says it: name, logo, accent colour and a line at the foot."""

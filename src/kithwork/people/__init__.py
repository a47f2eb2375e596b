"""People: each one's portfolio of relationships, position in the network, and segment."""

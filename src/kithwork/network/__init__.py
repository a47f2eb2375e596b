"""The network: each person's position, the boundaries that ties cross, how far things reach, and what chance would give."""

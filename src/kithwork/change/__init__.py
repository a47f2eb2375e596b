"""Change: how ready groups say they are, and how far a start could reach through the ties there are."""

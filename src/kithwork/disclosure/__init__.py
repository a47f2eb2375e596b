"""What a reader can work out from published sums, and which further cells must be hidden so that it is about nobody."""

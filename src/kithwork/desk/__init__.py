"""The analyst's desk: what a notebook reaches in one word, and how it looks there."""

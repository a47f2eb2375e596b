"""Ties: what joins each pair of people, and which kinds of relationship it is likely to be."""

"""kithwork tells personal, functional and strategic relationships at work apart, and reads change readiness from them."""

__version__ = "0.1.0"

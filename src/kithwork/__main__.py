"""`python -m kithwork` is the `kithwork` command."""

from kithwork.cli import app

app()

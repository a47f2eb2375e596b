"""`kithwork knobs`: what can be planted in a simulated organisation."""

from __future__ import annotations

import typer


def knobs() -> None:
    """What `kithwork simulate` can plant: each knob's name, usual value and range, and its meaning and unit.

    Example: kithwork knobs
    """
    from kithwork.simulation import recipe

    for line in recipe.listed():
        typer.echo(line)

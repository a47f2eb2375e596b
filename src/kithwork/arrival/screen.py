"""How what was understood is shown: headings with lines under them, in colour on a terminal, plain elsewhere."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

import typer

from kithwork.errors import visible

WIDTH = 13
"""Letters of the first column in plain text."""


@dataclass
class Screen:
    """Headings in order, each with its lines: a word, what is said of it, and how it is to look."""

    blocks: list[tuple[str, list[tuple[str, str, str]]]] = field(default_factory=list)

    def head(self, words: str) -> None:
        """A heading; without lines under it, it is not shown."""
        self.blocks.append((words, []))

    def line(self, word: str, said: str, look: str = "") -> None:
        """A line under the last heading; `look` is `dim`, `alarm` or nothing."""
        self.blocks[-1][1].append((visible(word), visible(said), look))

    def show(self) -> None:
        """Print it."""
        shown = [(words, lines) for words, lines in self.blocks if lines]
        if sys.stdout.isatty():
            _in_colour(shown)
            return
        for at, (words, lines) in enumerate(shown):
            if words:
                typer.echo(("\n" if at else "") + words)
            width = max(WIDTH, *(len(word) for word, _, _ in lines))
            for word, said, _ in lines:
                typer.echo(f"{word:{width}} {said}".rstrip())


LOOKS = {"dim": ("dim", "dim"), "alarm": ("bold red", "red"), "": ("cyan", "")}
"""How a word and what is said of it look."""


def _in_colour(shown: list[tuple[str, list[tuple[str, str, str]]]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    for at, (words, lines) in enumerate(shown):
        if words:
            console.print(("\n" if at else "") + f"[bold]{words}[/bold]")
        grid = Table.grid(padding=(0, 1), expand=False)
        grid.add_column(no_wrap=True, min_width=WIDTH)
        grid.add_column(overflow="fold")
        for word, said, look in lines:
            first, second = LOOKS[look]
            grid.add_row(Text(word, style=first), Text(said, style=second))
        console.print(grid)

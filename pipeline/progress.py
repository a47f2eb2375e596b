"""How far a stage has come, for a person to read: a live line on a terminal, one plain line a cell elsewhere.

In a run that keeps a journal the live line says how far that run has come too, and elsewhere a stage is one line.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kithwork.tables import STAGES
from pipeline import journal


class Telling:
    """Tells of one stage of one engagement on the error stream; `heading` is that of the cell under way."""

    def __init__(self, stage: str, engagement: str, console: Console | None = None) -> None:
        self.stage = f"{engagement}  stage {STAGES.index(stage) + 1} of {len(STAGES)}: {stage}"
        self.heading = "start"
        self._started = time.monotonic()
        self._console = console or Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=16),
            TextColumn("{task.fields[doing]}", markup=False),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        place = journal.place(f"{stage}@{engagement}")
        described = f"{engagement} {stage} ({place})" if place else self.stage
        self._task = self._bar.add_task(described, total=None, doing="starting the kernel")

    def __enter__(self) -> Telling:
        self._bar.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def cell(self, number: int, total: int, heading: str) -> None:
        """Code cell `number` of `total`, which stands under `heading`, begins."""
        self.heading = heading
        doing = f"cell {number} of {total}  {heading}"
        if self._console.is_terminal:
            self._bar.update(self._task, completed=number, total=total, doing=doing)
        elif not journal.is_kept():
            spent = time.monotonic() - self._started
            self._console.print(f"{self.stage}  {doing}  {spent:.0f} s", markup=False, emoji=False)


def ended(stage: str, engagement: str, seconds: float, console: Console | None = None) -> None:
    """Says, in a run that keeps a journal, that a stage has ended, and what is left; the live line stands for a chapter."""
    console = console or Console(stderr=True, highlight=False, soft_wrap=True)
    if journal.is_kept() and not (console.is_terminal and stage in STAGES):
        number = f"stage {STAGES.index(stage) + 1} of {len(STAGES)}: " if stage in STAGES else ""
        rest = f"at most {journal.left()} left, {journal.so_far()} so far"
        console.print(f"{engagement}  {number}{stage}  {seconds:.0f} s  ({rest})", markup=False, emoji=False)

"""How far a stage has come, for a person to read: a live line on a terminal, one plain line a cell elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from kithwork.tables import STAGES


class Telling:
    """Tells of one stage of one engagement on the error stream; `heading` is that of the cell under way."""

    def __init__(self, stage: str, engagement: str, console: Console | None = None) -> None:
        self.stage = f"{engagement}  stage {STAGES.index(stage) + 1} of {len(STAGES)}: {stage}"
        self.heading = "start"
        self._started = time.monotonic()
        self._console = console or Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=16),
            TextColumn("cell {task.completed} of {task.total}  {task.fields[heading]}"),
            TimeElapsedColumn(),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task(self.stage, total=None, heading="starting the kernel")

    def __enter__(self) -> Telling:
        self._bar.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def cell(self, number: int, total: int, heading: str) -> None:
        """Code cell `number` of `total`, which stands under `heading`, begins."""
        self.heading = heading
        if self._console.is_terminal:
            self._bar.update(self._task, completed=number, total=total, heading=heading)
        else:
            spent = time.monotonic() - self._started
            self._console.print(f"{self.stage}  cell {number} of {total}  {heading}  {spent:.0f} s", markup=False)

"""What a value's file says of each of its indicators beside how it is computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kithwork.values.evidence import Evidence, Measured, Missing

PARTS = ("Formula", "Range", "Source", "Pitfalls", "Example")
"""What an indicator's docstring says after its first line, each in a paragraph that begins with the word and a colon."""


@dataclass(frozen=True)
class Action:
    """What to do where an indicator falls short: the action, how we will know, and when to stop or change it.

    `owner`: the role it falls to; `days`: within how many it can be done, 30, 60 or 90.
    """

    what: str
    owner: str
    days: int
    measure: str
    stop: str


@dataclass(frozen=True)
class Indicator:
    """`compute` returns the figure, and its docstring defines it. `needs`: sources, and items of the survey, that it cannot
    do without. `better`: 1 where more of it is more of the value, −1 where less is, 0 where neither is said.
    `self_report`: whether it is what people say of themselves. `action`: what follows where it lies on the wrong side of
    its reference.
    """

    compute: Callable[[Evidence], Measured | Missing]
    needs: tuple[str, ...]
    better: int
    self_report: bool
    action: Action | None = None

    @property
    def name(self) -> str:
        """What claims and tables call it."""
        return self.compute.__name__

    @property
    def definition(self) -> str:
        """What it measures, in one sentence."""
        return (self.compute.__doc__ or "").strip().splitlines()[0]

    @property
    def parts(self) -> dict[str, str]:
        """The paragraphs of the docstring named in `PARTS`, each on one line."""
        found = {}
        for paragraph in (self.compute.__doc__ or "").split("\n\n")[1:]:
            name, _, text = " ".join(paragraph.split()).partition(": ")
            found[name] = text
        return found

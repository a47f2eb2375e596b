"""What the readers of networks share: how strong a tie must be, what it is called, and which way it goes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts.rows import Fault, Left, Record
from kithwork.readers.parts.verdicts import NONE, TIE, UNKNOWN, WEAK, WRONG, Judge

RELATION = "the relation that ties of the file are of, where it does not say so itself"
AT_LEAST = "the least strength of a tie that counts; as it stands, any above 0"
UNDIRECTED = "whether a tie without direction is two nominations (both, as it stands) or one (once, where directed: false)"
EITHER = ("both", "once")

TOO_WEAK = "ties too weak to count"
"""What is counted of ties that are none by what is asked."""


@dataclass(frozen=True)
class Asked:
    """What is said of ties in params.yaml: the word for them, their least strength, whether both ways are named."""

    relation: str
    at_least: float | None
    both: bool

    def verdict(self, weight: str) -> int:
        """Whether a tie of this strength is one, is too weak to be, or has a strength that is no number."""
        strength = number(weight)
        if strength is None:
            return WRONG
        return TIE if (strength > 0 if self.at_least is None else strength >= self.at_least) else WEAK

    def judge(self, unsaid: frozenset[str]) -> Judge:
        """What cells of a matrix say, where some words say that nothing is known."""

        def judged(cell: str) -> int:
            if cell == "0":
                return NONE
            return UNKNOWN if cell.strip() in unsaid else self.verdict(cell)

        return Judge(judged)

    def tie(
        self, line: int, pair: tuple[str, str], relation: str, weight: str, directed: bool
    ) -> Iterator[Record | Fault | Left]:
        """One edge as nominations; a weight that is no number is a fault."""
        verdict = self.verdict(weight)
        if verdict == WRONG:
            yield no_number(line, weight)
        elif verdict == WEAK:
            yield Left(TOO_WEAK)
        else:
            for ego, alter in (pair,) if directed else self.ways(*pair):
                yield Record(line, {"ego": ego, "alter": alter, "relation": relation})

    def ways(self, one: str, other: str) -> tuple[tuple[str, str], ...]:
        """Who names whom where a tie has no direction."""
        return ((one, other), (other, one)) if self.both and one != other else ((one, other),)


def asked(spec: Reader) -> Asked:
    """The options that readers of networks share. Raises `UserError`."""
    problems = []
    least, either = spec.options.get("at_least"), spec.options.get("undirected", "both")
    if least is not None and number(least) is None:
        problems.append(
            Problem("is not a number", "params.yaml", "Write it as 1 or 0.5.", least, column="options.at_least")
        )
    if either not in EITHER:
        do = nearest(either, EITHER)
        problems.append(Problem("is neither both nor once", "params.yaml", do, either, column="options.undirected"))
    if problems:
        raise UserError(problems)
    return Asked(spec.options.get("relation", "").strip(), None if least is None else number(least), either == "both")


@lru_cache(4096)
def number(text: str) -> float | None:
    """The number that a text writes in digits, or nothing."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) and "_" not in text else None


def no_number(line: int, weight: str) -> Fault:
    """The fault of a tie whose strength is none."""
    return Fault(line, "weight", "is not a number", "Write the strength of a tie as a number.", weight[:40])


def unnamed(name: str, row: int | None = None) -> UserError:
    """The error of a file that does not say what its ties are, where params.yaml does not either."""
    do = "Set options.relation of this file in params.yaml, for example relation: advice."
    return UserError(Problem("does not say what relation its ties are of", name, do, row=row))

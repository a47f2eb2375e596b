"""What the benchmarks last gave: the files of `results/` read again, with what is known of when and where."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import figures, machine, version
from benchmarks.figures import Figure, Ratio


@dataclass(frozen=True)
class Kept(Figure):
    """A figure as it was kept: whether its goal was met was told before rounding."""

    decided: bool | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None where there is none."""
        return self.decided


@dataclass(frozen=True)
class Result:
    """A benchmark's figures; `measured` is empty where an earlier version wrote them."""

    name: str
    figures: list[Kept]
    machine: dict[str, Any]
    measured: dict[str, str | None]

    @property
    def idea(self) -> str:
        """The first sentence of the benchmark's docstring."""
        source = (version.FOLDER / f"{self.name}.py").read_text(encoding="utf-8")
        first = " ".join((ast.get_docstring(ast.parse(source)) or "").split("\n\n")[0].split())
        return re.split(r"(?<=\.)\s", first)[0]

    @property
    def goals(self) -> list[Kept]:
        """The figures that have a goal."""
        return [one for one in self.figures if one.met is not None]

    @property
    def missed(self) -> list[Kept]:
        """The figures whose goal was missed."""
        return [one for one in self.figures if one.met is False]

    def beside(self, one: Figure) -> dict[str, Ratio]:
        """A figure over its peer and its floor, as far as it has them."""
        return figures.beside(self.figures, one)

    @property
    def of_this_version(self) -> bool | None:
        """Whether the benchmark is still what it was when it measured; None where that was not recorded."""
        source = self.measured.get("source")
        return None if source is None else source == version.digest(self.name)

    @property
    def origin(self) -> str:
        """When, by what and on what it was measured, in words."""
        day, commit = self.measured.get("day"), self.measured.get("commit")
        when = f"Measured {day}" + (f" at commit {commit}" if commit else "") if day else "Measured before days were kept"
        versions = {
            None: "by a version that was not recorded",
            True: "by the benchmark as it stands",
            False: "by another version of the benchmark",
        }
        return f"{when}, {versions[self.of_this_version]}. {machine.told(self.machine)}."


def read(path: Path) -> Result:
    """One file of results."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return Result(path.stem, [_figure(one) for one in kept["figures"]], kept["machine"], kept.get("measured", {}))


def results(folder: Path = figures.RESULTS) -> dict[str, Result]:
    """All results by name."""
    return {path.stem: read(path) for path in sorted(folder.glob("*.json"))}


def _figure(kept: dict[str, Any]) -> Kept:
    told = {name: kept[name] for name in ("unit", "goal", "sense")} | {name: kept.get(name) for name in ("peer", "floor")}
    interval = tuple(kept["interval"]) if "interval" in kept else None
    return Kept(kept["figure"], tuple(kept["runs"]), **told, interval=interval, decided=kept["met"])

"""Where a claim was made: the line of code that wrote it down, and the notebook cell that called it.

Found by reading the package's code, not by running it: a call of a ledger's `add`, or of a helper that is handed the
ledger, names the measure outright or with parts left open; else a string of that name stands in a file that claims
something. The names that say most of a measure win. Several may be left, as one line can write many measures and one
measure may be written in several places: then all are told, for the reader to look at.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kithwork import params
from kithwork.tables import STAGES

PARTS = {"clean": ("cleaning",), "people": ("people", "network")}
"""Where the code of a chapter is, by stage; that of the other stages is called like them."""
PACKAGE = Path(__file__).parents[1]


class Place(NamedTuple):
    """A line that may write a claim: the pattern of its measures, how sure that is (more is surer), and where it stands."""

    measure: re.Pattern[str]
    sure: tuple[bool, int]
    module: str
    function: str
    line: str


def code_of(claim: Mapping[str, Any]) -> list[Place]:
    """The places that may have written a claim, those that name most of its measure; none where nothing names it."""
    measure = claim["measure"].partition(".")[2]
    fits = [place for place in _places(claim["stage"]) if place.measure.fullmatch(measure)]
    best = max((place.sure for place in fits), default=None)
    return list({place.line: place for place in fits if place.sure == best}.values())


def cells_of(stage: str, code: Sequence[Place]) -> list[str]:
    """The cells of a chapter's notebook that call these functions, or else their modules, as `cell 12 (Readiness)`."""
    path = params.ROOT / "notebooks" / f"{STAGES.index(stage) + 1}_{stage}.ipynb"
    if not path.is_file():
        return []
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    whole = "\n".join("".join(cell["source"]) for cell in cells)
    modules = {name for place in code for name in (place.module, *re.findall(rf"\b{place.module} as (\w+)", whole))}
    imported = {name for place in code for name in re.findall(rf"\.{place.module} import .*\b({place.function})\b", whole)}
    calls = [rf"\b{module}\.{place.function}\(" for module in modules for place in code]
    calls += [rf"(?<!\.)\b{name}\(" for name in imported]
    return _calling(cells, calls) or _calling(cells, [rf"\b{module}\.\w+\(" for module in modules])


def _calling(cells: Sequence[Mapping[str, Any]], calls: Sequence[str]) -> list[str]:
    heading, found = "", []
    for number, cell in enumerate(cells, start=1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = next((line.lstrip("# ") for line in source.splitlines() if line.startswith("##")), heading)
        elif any(re.search(call, source) for call in calls):
            found.append(f"cell {number} ({heading})")
    return found


@cache
def _places(stage: str) -> tuple[Place, ...]:
    """Every place in a stage's code that may write a claim."""
    made: list[Place] = []
    for part in PARTS.get(stage, (stage,)):
        for path in sorted((PACKAGE / part).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            if "ledger" in text.casefold():
                functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
                made += [place for function in functions for place in _of(function, path)]
    return tuple(made)


def _of(function: ast.FunctionDef, path: Path) -> Iterator[Place]:
    handed = {id(name) for call in ast.walk(function) if (name := _handed(call)) is not None}
    for node in ast.walk(function):
        named = _pattern(node)
        if named is None:
            continue
        if id(node) in handed or isinstance(node, ast.Constant):
            line = f"src/kithwork/{path.relative_to(PACKAGE).as_posix()}:{node.lineno} ({function.name})"
            said = len(named.replace(".+", ""))
            sure = id(node) in handed and said > 0, said
            yield Place(re.compile(named), sure, path.stem, function.name, line)


def _handed(node: ast.AST) -> ast.expr | None:
    """What a call that writes a claim is handed for its measure; None where it writes none."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    if isinstance(node.func, ast.Attribute) and node.func.attr == "add":
        return node.args[0]
    helps = isinstance(node.args[0], ast.Name) and node.args[0].id == "ledger" and len(node.args) > 1
    return node.args[1] if helps else None


def _pattern(name: ast.AST) -> str | None:
    """The pattern of a measure's name: its own text, with anything where a value goes; None for what can be no name."""
    if isinstance(name, ast.Name):
        return ".+"
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return re.escape(name.value)
    if isinstance(name, ast.JoinedStr):
        return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in name.values)
    return None

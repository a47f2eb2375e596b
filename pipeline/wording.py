"""In words what differs between two versions of what a stage reads: its settings, its code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline import elsewhere

NAMED = 3
"""Files and settings of a kind that are named; of more, how many there are."""
LONGEST = 40
"""Characters of a setting that are shown; longer ones are cut."""
ABSENT = object()


def of_inputs(was: Mapping[str, Any], now: Mapping[str, Any], study: str) -> list[str]:
    """What differs between two files of `build/inputs/`, settings first."""
    there = of_elsewhere(was.get(elsewhere.KEY, []), now.get(elsewhere.KEY, []))
    return [*of_settings(was["settings"], now["settings"], study), *there, *of_code(was["code"], now["code"])]


def of_elsewhere(was: list[dict[str, Any]], now: list[dict[str, Any]]) -> list[str]:
    """What lies at an address and is not what was read there; what is newly read, or no more, its settings tell."""
    before = {one["file"]: one for one in was}
    return [f"{one['file']} changed" for one in now if before.get(one["file"], one) != one]


def of_settings(was: Mapping[str, Any], now: Mapping[str, Any], study: str) -> list[str]:
    """Each setting that differs, as params.yaml names it, with what it was and is: `change.starters 12 → 15`."""
    return [f"params.yaml: {words}" for words in settings_apart(was, now, study)]


def settings_apart(was: Mapping[str, Any], now: Mapping[str, Any], study: str) -> Iterator[str]:
    """The same without the name of the file."""
    before, after = _flat(was, study), _flat(now, study)
    for name in sorted(before | after):
        old, new = before.get(name, ABSENT), after.get(name, ABSENT)
        if old is ABSENT:
            yield f"{name} is new ({_shown(new)})"
        elif new is ABSENT:
            yield f"{name} is gone (was {_shown(old)})"
        elif old != new:
            yield f"{name} {_shown(old)} → {_shown(new)}"


def of_code(was: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The files whose digests differ, the package's by their place in it; one line for all code, one for all else."""
    differ = [name for name in sorted({*was} | {*now}) if was.get(name) != now.get(name)]
    code = [name.removeprefix("src/kithwork/") for name in differ if name.endswith(".py")]
    others = [f"{name} changed" for name in differ if not name.endswith(".py")]
    return [*([f"the code of {_listed(code)} changed"] if code else []), *others]


def _listed(names: list[str]) -> str:
    if len(names) <= NAMED:
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more files"


def _flat(content: Mapping[str, Any], study: str, above: str = "") -> dict[str, Any]:
    """The settings by their full name; those of the engagement under the study's name."""
    found = {}
    for key, value in content.items():
        name = f"{above}.{key}" if above else str(key).replace("engagement", f"engagements.{study}", 1)
        if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
            value = {str(place): one for place, one in enumerate(value, start=1)} if len(value) > 1 else value[0]
        if isinstance(value, dict) and value:
            found |= _flat(value, study, name)
        else:
            found[name] = value
    return found


def _shown(value: Any) -> str:
    if value in (None, {}, [], ""):
        return "nothing"
    text = (
        value
        if isinstance(value, str)
        else f"{value:g}"
        if isinstance(value, float)
        else json.dumps(value, ensure_ascii=False)
    )
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

"""Tables and buckets that studies read at an address, as they were seen last: dvc watches files, and sees none of them.

`make report` looks at them and puts down what it saw (`build/elsewhere/`); preparing takes that into what chapter 1 rests
on. What cannot be reached counts as it was seen last: whether it is needed shows when it is read. So does all where the
study's key is not at hand, for what is put down is shared, and its digests are pseudonyms: the first and the last of a list
of people could else be found by trying all who may be on it.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from kithwork import params
from kithwork.engagement import Engagement
from kithwork.engines import address
from kithwork.engines.address import DUCKDB
from kithwork.errors import Problem, UserError
from kithwork.pages import rendering

KEY = "elsewhere"
"""What it is called among what chapter 1 rests on."""


def reads_there(study: Engagement) -> bool:
    """Whether a study reads anything at an address."""
    return any(address.is_one(spec.file) for files in study.sources.values() for spec in files)


def keeps_there(study: Engagement) -> bool:
    """Whether a study's contacts are kept at an engine, where no cache of dvc's has them."""
    return study.engine != DUCKDB


def look(inputs: Mapping[str, Path]) -> None:
    """See anew what these studies read at addresses, and put it down; nothing of one whose day of retention has come.
    `inputs`: by study, the file that tells of it as a run saw it."""
    studies = params.read().engagements
    for name, path in inputs.items():
        if reads_there(studies[name]) and not params.past_retention(name, studies[name]):
            before = {one["file"]: one for one in of(name, studies[name], path)}
            seen = _seen(params.stated(name), before)
            rendering.write(_place(name), json.dumps(seen, indent=1, ensure_ascii=False) + "\n")


def forget(names: Collection[str]) -> None:
    """Take away what was seen of all studies but these."""
    for path in (params.ROOT / "build" / KEY).glob("*/"):
        if path.name not in names:
            shutil.rmtree(path)


def of(name: str, study: Engagement, inputs: Path) -> list[dict[str, Any]]:
    """What a study reads at addresses as it was seen last, by `look`, or else by the run that `inputs` tells of."""
    if not reads_there(study):
        return []
    known = _written(_place(name))
    return (_written(inputs) or {}).get(KEY, []) if known is None else known


def is_news(name: str, inputs: Path) -> bool:
    """Whether it was seen otherwise than `inputs` tells, which was made before."""
    return (made := _written(inputs)) is not None and made.get(KEY) != _written(_place(name))


def _seen(settings: params.Settings, before: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    from kithwork import readers
    from kithwork.cleaning import identities

    found = []
    for source, spec in readers.afar(settings):
        named = f"{source}: {address.shown(spec.file)} {spec.options.get('table', '')}".rstrip()
        state = {key: value for key, value in before.get(named, {}).items() if key != "file"}
        try:
            if state and not identities.is_at_hand(settings):
                do = "Get it from who ran it (KITHWORK_KEY_FILE names its place)."
                raise UserError(Problem("is of a study whose key is not here", named, do))
            seen = readers.state(source, spec, settings)
            state = seen | {"digest": identities.pseudonyms(settings)(str(seen["digest"]))}
        except UserError as error:
            print(f"Not looked at for changes: {error}", file=sys.stderr)
        found.append({"file": named, **state})
    return found


def _written(path: Path) -> Any:
    """What a file says; None where there is none."""
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _place(name: str) -> Path:
    return params.ROOT / "build" / KEY / name / "seen.json"

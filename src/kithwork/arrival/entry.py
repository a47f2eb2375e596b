"""A study's entry in `params.yaml`: how a new one begins, and how what its files come to is written into it.

Only lines are added or single values replaced; every other byte of the file stays. What would not be a valid file is not
written.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from kithwork import params
from kithwork.arrival import yamltext
from kithwork.arrival.proposal import PURPOSES, Proposal, settled
from kithwork.engagement import Engagement
from kithwork.errors import Problem, UserError

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
NO_WORD = re.compile(r"[\d_]*(?:e\d+)?|0[box][\da-f_]+|null|true|false|yes|no|on|off|y|n")
"""Names that YAML, in one of its versions, reads as a number, a truth or nothing."""
NO_FOLDER = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names that no folder may have under Windows."""
LONGEST = 60
"""Signs of a study's name: it is a folder and part of an address."""
NOT_STATED = "Not stated yet."
"""What a new entry says of what the report prints and only a person can tell."""
OTHER = "Choose a name with other letters in it, for example acme or acme-2026."


def new(text: str, name: str, title: str, organisation: str, retention: date) -> str:
    """The text of `params.yaml` with an entry more, which waits for its files."""
    said = {"title": title, "organisation": organisation}
    title, organisation = (yamltext.written(said[key])[0] for key in said)
    lines = [
        f"title: {title} # stands at the head of the report",
        f"organisation: {organisation} # whom the report is about; name no person here",
        "group_word: unit # what the client calls its groups: team, department, …",
        f"fieldwork: {NOT_STATED} # when and how these data were gathered; the report prints it",
        '# period: ["2026-01-05", "2026-07-05"] # first and last day of recorded contact that counts; all, if not stated',
        '# change_began: "2026-02-02" # the day on which the change began; that of the first adoption, if not stated',
        "purposes: # what each source is used for; the report prints it. Say here what was agreed",
        *(f"  {source}: {words}" for source, words in PURPOSES.items()),
        f'retention: "{retention}" # the day from which nothing of it may be kept: a year from the start, until agreed',
        f"terms: {NOT_STATED} # what was agreed on the use of these data; the report prints it",
        '# proxy: "…" # where nobody was asked what kind a relationship is: say what stands for it',
        "ids: secret # people get pseudonyms under a key that lies outside this folder; public only for published data",
        "directed: true # who names whom is known; false where a tie has no direction",
        "bad_rows: quarantine # rows at fault are refused, kept with their reason and counted; stop ends the run instead",
        "fewest_contacts: 1 # contacts below which contact alone makes no tie; where mail is recorded, 10 or more",
        '# staff_as_of: "2026-09-30" # the day that the staff list is of, where it has days of starting',
        "survey_months_ago: 0 # months from the survey to the staff list: who came later was not asked",
        "# Which file is which source, and which column is which field. `kithwork map` fills it in; while it is empty the",
        "# study waits for its files and is left out of runs.",
        "sources: {}",
        "# How strongly each sign speaks for a kind of tie, as a range of chances. `kithwork map` begins with assumptions.",
        "signs: {}",
    ]
    body = ["", *(f"  {line}" for line in lines)]
    before = ["", f"# Begun on {date.today():%Y-%m-%d} by `kithwork new`: its files lie in data/raw/{name}/."]
    return _put(text, ("engagements", name), body, before)


def mapped(text: str, name: str, study: Engagement, proposal: Proposal, again: bool = False) -> str:
    """The text with what is proposed: sources, purposes that they lack, and signs, labels and places where none are."""
    at = ("engagements", name)
    if again or study.waits:
        text = _put(text, (*at, "sources"), yamltext.written(_shortened(proposal.sources)))
    else:
        for source, files in proposal.sources.items():
            text = _more(text, (*at, "sources", source), source in study.sources, files)
    for source in proposal.sources:
        if not study.purposes.get(source, "").strip():
            text = _put(text, (*at, "purposes", source), yamltext.written(PURPOSES[source]))
    for key, value in settled(study, proposal).items():
        lines = _by_line(value) if isinstance(value, dict) else yamltext.written(value)
        text = _put(text, (*at, key), lines, ABOVE.get(key, ()))
    return text


ABOVE = {
    "labels": ("# Relations by which people say themselves of what kind a tie is.",),
    "staff_as_of": ("# The day that the staff list is of: time in the organisation is counted up to it.",),
    "places": ("# By the staff list's site: time zone, and hours and days of work where they are not those of all.",),
}
"""Comments above what an entry had not."""


def _more(text: str, at: tuple[str, ...], there: bool, files: list[dict]) -> str:
    """Further files of a source, or a source more."""
    if not there:
        return _put(text, at, yamltext.written(files[0] if len(files) == 1 else files))
    for file in files:
        try:
            text = yamltext.with_item(text, at, [line[yamltext.STEP :] for line in yamltext.written(file)[1:]])
        except yamltext.CannotBePlacedError:
            raise _unplaced(at) from None
    return text


def _shortened(sources: dict[str, list[dict]]) -> dict[str, object]:
    """A single file without the dash of a list."""
    return {source: files[0] if len(files) == 1 else files for source, files in sources.items()}


def _by_line(value: dict) -> list[str]:
    """A mapping with a line for each of its keys."""
    return ["", *(f"  {key}: {yamltext.written(one, flow=True)[0]}" for key, one in value.items())]


def _put(text: str, at: tuple[str, ...], lines: list[str], before: tuple[str, ...] | list[str] = ()) -> str:
    try:
        return yamltext.put(text, at, lines, before)
    except yamltext.CannotBePlacedError:
        raise _unplaced(at) from None


def _unplaced(at: tuple[str, ...]) -> UserError:
    do = "Write it as a block, a line for each key, as the committed params.yaml has it."
    return UserError(Problem("cannot be added to", "params.yaml", do, column=".".join(at[:-1])))


def read() -> str:
    """The text of `params.yaml`, its line ends with it, once it is known to be valid. Raises `UserError`."""
    params.read()
    return _path().read_bytes().decode("utf-8")


def save(text: str) -> None:
    """Write `params.yaml`, if that is a valid one; whole or not at all. Raises `UserError`."""
    path = _path()
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(text.encode("utf-8"))
        params.read(unfinished)
        unfinished.chmod(path.stat().st_mode)
        os.replace(unfinished, path)
    except UserError as error:
        raise UserError(replace(one, file=path.name) for one in error.problems) from None
    except OSError as error:
        do = "See that you may write there, and that the disk is not full."
        raise UserError(Problem("cannot be written", "params.yaml", do, error.strerror or "")) from None
    finally:
        unfinished.unlink(missing_ok=True)


def _path() -> Path:
    return params.ROOT / "params.yaml"


def check_name(name: str) -> None:
    """That a study may be called so. Raises `UserError`."""
    if NO_WORD.fullmatch(name) or NO_FOLDER.fullmatch(name):
        what = "is a number or a word of YAML" if NO_WORD.fullmatch(name) else "can be no folder's name under Windows"
        raise UserError(Problem(f"{what}, so that no study can have it as its name", "kithwork new", OTHER, name))
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        likely = re.sub(r"[^a-z0-9_-]+", "-", name.casefold()).strip("-_")[:LONGEST]
        do = f"Use small letters, digits, - and _, {LONGEST} at most."
        raise UserError(
            Problem("cannot be a study's name", "kithwork new", do + (f" Perhaps {likely}." if likely else ""), name[:80])
        )


def a_year_on(day: date) -> date:
    """The same day of the next year; of a 29 February the 28th."""
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)

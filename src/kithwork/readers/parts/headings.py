"""What the columns of a survey's export ask: each header cell becomes the code of the questionnaire, or nothing.

A header may be the code itself (`V1a`), the code as a survey tool writes it (`V1[a]`, `V1a. I have …`, `names/GF_1`,
`1_T1_2`), the very words of the question, or a mapping's choice. Words are the same whatever their case, quotes and spaces.
Ticks in columns of their own are `<code>/<choice>`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache

from kithwork.survey import instrument, wording
from kithwork.survey.instrument import MOST_ALTERS, Question, Terms

ABOUT = {
    "person": ("person", "recipientemail", "externalreference", "email address", "e-mail address", "username", "email",
               "token", "access code"),
    "started": ("startdate", "start date", "start time", "date started", "start"),
    "ended": ("enddate", "end date", "completion time", "date submitted", "submitdate", "timestamp", "end"),
    "seconds": ("duration (in seconds)", "interviewtime", "total time"),
    "finished": ("finished",),
    "form": ("form",),
    "status": ("status",),
    "review": ("reviewstate",),
}  # fmt: skip
"""What a survey tool says of a response, and the headers of Qualtrics, LimeSurvey, SurveyMonkey, Google and Microsoft
Forms, ODK and KoboToolbox that say it; of several columns for one thing, the first that is filled in counts."""

SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "\u00a0": " "})
CODE = re.compile(r"([A-Za-z0-9_]+?)(?:\[([A-Za-z0-9_]+)\])?(?=$|[.:)](?:\s|$))")
SUB = re.compile(r"(?:SQ0*)?(\d+)(?:_(?:SQ0*)?(\d+))?")
PATH, PIECE, TURN = re.compile(r"[/-]"), re.compile(r"[\w\[\].]+"), re.compile(r"\w+\[(\d{1,3})\]", re.ASCII)
"""Groups and repeats before a code, as ODK Central, KoboToolbox and Ona write them."""
ANOTHER = re.compile(r"another, if there is one \((\d+) of at most \d+\)")
ROW = re.compile(r"\[([^\[\]]+)\]\s*$")


@lru_cache(10_000)
def plain(text: str) -> str:
    """Words in the form in which they are compared."""
    spaced = " ".join(unicodedata.normalize("NFKC", text).translate(SIGNS).split())
    return spaced.casefold().rstrip(".?!:* ")


def resolved(tops: list[str], belows: list[str], columns: dict[str, str], change: str = "") -> list[str]:
    """The code of each column, or an empty text; `tops` are header cells, `belows` what a second header row says."""
    mapped = {own: code for code, own in columns.items()}
    about = {name: code for code, names in ABOUT.items() if code not in columns for name in (code, *names)}
    boxes: Counter[str] = Counter()
    found, last = [], ""
    for top, below in zip(tops, belows, strict=True):
        code = mapped.get(top.strip()) or mapped.get(below.strip()) or _coded(top) or _coded(below)
        if not code:
            asked = _worded(below, change) or _worded(top, change) or _worded(_row(top), change)
            another = ANOTHER.fullmatch(plain(below)) or ANOTHER.fullmatch(plain(top))
            if asked and asked in _boxed():
                boxes[asked] += 1
                code = f"{asked}_{boxes[asked]}"
                last = asked if asked in instrument.CAPS or asked in _prompts() else last
            elif another and last:
                boxes[last] = int(another[1])
                code = f"{last}_{another[1]}"
            elif asked:
                code = asked + _tick(asked, below)
        found.append(code or about.get(plain(top), ""))
    return found


@cache
def known() -> dict[str, Question]:
    """Every question by the code of its column; those about alters with the number of each, and without one."""
    found: dict[str, Question] = {}
    for section in instrument.sections(Terms("", wording.CHANGE)):
        for one in instrument.fields(section):
            found[one.code] = one
            if section.each_alter:
                found |= {f"{number}_{one.code}": one for number in range(1, MOST_ALTERS + 1)}
    alter = Question("A", "", "line")
    return found | {"A": alter} | {f"A{number}": alter for number in range(1, MOST_ALTERS + 1)}


def _prompts() -> tuple[str, ...]:
    """Questions answered in one's own words."""
    return tuple(one.code for one in instrument.MARKET.questions)


@cache
def _boxed() -> dict[str, int]:
    """Questions with a column for each box, and how many boxes."""
    asked = [one for section in (instrument.NAMES, instrument.MARKET) for one in section.questions]
    return {each.code: one.boxes for one in asked for each in (one, *one.follow)}


def _coded(cell: str) -> str:
    """The code that a header cell begins with, or that ends its path of groups; nothing where there is none."""
    cell = cell.strip()
    match = CODE.match(cell)
    return (match and _canonical(match[1], match[2] or "")) or _at_path_end(PATH.split(cell))


def _at_path_end(pieces: list[str]) -> str:
    """The code at the end of groups, `names/GF_1`; of a choice, `notice/CN/1`; of a turn of a repeat, `alter[3]/T1`."""
    last = pieces[-1]
    if len(pieces) < 2 or not all(map(PIECE.fullmatch, pieces)):
        return ""
    before = [TURN.fullmatch(piece) for piece in pieces[:-1]]
    if turn := before[-1]:
        return f"A{turn[1]}" if last == "A" else _known(f"{turn[1]}_{last}")
    turn = before[-2] if len(before) > 1 else None
    return _ticked(f"{turn[1]}_{pieces[-2]}" if turn else pieces[-2], last) or _known(last)


def _known(code: str) -> str:
    return code if code in known() else ""


def _canonical(code: str, sub: str) -> str:
    if sub and code + sub in wording.ITEMS:
        return code + sub
    if not sub:
        return code if code in known() or code in _boxed() else _ticked(*code.rpartition("_")[::2])
    part = SUB.fullmatch(sub)
    if not part:
        return ""
    number, choice = part[1].lstrip("0") or "0", part[2]
    if code == "A" and f"A{number}" in known():
        return f"A{number}"
    if f"{number}_{code}" in known():
        return _ticked(f"{number}_{code}", choice) if choice else f"{number}_{code}"
    return f"{code}_{number}" if f"{code}_{number}" in known() else _ticked(code, number)


def _ticked(code: str, choice: str) -> str:
    """A tick in a column of its own."""
    one = known().get(code)
    return f"{code}/{choice}" if one and one.kind == "many" and choice in (one.choices or {}) else ""


def _worded(text: str, change: str) -> str:
    """The code of the question that these words ask."""
    if not (words := plain(text)):
        return ""
    exact, shaped = _words(change)
    return exact.get(words) or next((code for shape, code in shaped if shape.fullmatch(words)), "")


@cache
def _words(change: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Questions by their words; those that name the change by a shape, where the change is not known."""
    exact, shaped = {}, []
    for section in instrument.sections(Terms("", change or wording.CHANGE)):
        for one in section.questions:
            for each in (one, *one.follow):
                words = plain(each.text)
                exact[words] = each.code
                if plain(wording.CHANGE) in words:
                    shape = ".{1,200}".join(map(re.escape, words.split(plain(wording.CHANGE))))
                    shaped.append((re.compile(shape), each.code))
    return exact, shaped


def _row(top: str) -> str:
    """The row of a grid that a header names in brackets after its question."""
    match = ROW.search(top)
    return match[1] if match else ""


def _tick(asked: str, below: str) -> str:
    choices = known()[asked].choices or {}
    if known()[asked].kind != "many":
        return ""
    return next((f"/{code}" for code, label in choices.items() if plain(below) in (plain(label), code)), "")

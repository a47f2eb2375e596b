"""From a sentence or a figure of the page back to how it was made, line by line, as `kithwork explain` tells it.

A sentence is found by any part of it, whatever its case and signs, else offered by its likeness (rapidfuzz).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from kithwork.report import making
from kithwork.report.sentences import NBSP
from kithwork.report.trace import plain
from kithwork.tables import STAGES

LIKE = 75
"""Likeness, 0 to 100, from which a sentence is offered in place of one that is not found."""
OFFERED = 3
FULL = 4
"""Claims of a sentence that are told in full; of the others the ids."""


def found(part: str, sentences: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The sentences that hold these words, once each."""
    wanted = _bare(part)
    held = {one["text"]: one for one in reversed(sentences) if wanted and wanted in _bare(one["text"])}
    return list(reversed(held.values()))


def alike(part: str, sentences: Sequence[Mapping[str, Any]]) -> list[str]:
    """The sentences most like these words, best first; none where none is much like them."""
    from rapidfuzz import fuzz, process

    texts = list(dict.fromkeys(one["text"] for one in sentences))
    best = process.extract(part, texts, scorer=fuzz.partial_ratio, processor=_bare, limit=OFFERED, score_cutoff=LIKE)
    return [text for text, _, _ in best]


def claims_of(sentence: Mapping[str, Any], ids: Sequence[str]) -> list[str]:
    """The ids of the claims that a sentence rests on, of those there are, `measure.*` spelled out."""
    told: dict[str, None] = {}
    for name in sentence["claims"]:
        of_groups = [one for one in ids if one.startswith(name[:-1])] if name.endswith(".*") else [name]
        told |= dict.fromkeys(one for one in of_groups if one in ids)
    return list(told)


def of_claim(claim: pd.Series, engagement: str) -> Iterator[str]:
    """A claim and how it was made."""
    stem = f"{STAGES.index(claim['stage']) + 1}_{claim['stage']}"
    code = making.code_of(claim)
    yield f"{claim['label']}: {claim['estimate']:g} {claim['unit']}"
    yield f"interval   {claim['low']:g} to {claim['high']:g} (95%), n = {claim['n']:,}"
    if isinstance(claim["reference_label"], str):
        yield f"beside     {claim['reference']:g} ({claim['reference_label']})"
    yield f"method     {claim['method']}"
    yield f"chapter    notebooks/{stem}.ipynb, as run: reports/{engagement}/chapters/{stem}.html"
    if cells := making.cells_of(claim["stage"], code):
        yield f"cell       {' or '.join(cells)}"
    if code:
        yield f"code       {' or '.join(place.line for place in code)}"
    yield f"table      data/{claim['stage']}/{engagement}/claims.parquet"


def of_sentence(
    sentence: Mapping[str, Any], claims: pd.DataFrame, provenance: Mapping[str, str], engagement: str
) -> Iterator[str]:
    """A sentence, the rule that worded it, the claims it rests on, and the digests of what they were made from."""
    by_id = claims.set_index("id", drop=False)
    ids = claims_of(sentence, list(by_id.index))
    yield sentence["text"]
    yield f"stands     section {sentence['section']}, {sentence['kind']}"
    yield f"worded by  {sentence['rule']}, {sentence['line']}"
    yield f"rests on   {len(ids)} claim{'' if len(ids) == 1 else 's'}" if ids else "rests on   no claim"
    for name in ids[:FULL]:
        yield ""
        yield name
        yield from of_claim(by_id.loc[name], engagement)
    if ids[FULL:]:
        yield ""
        yield f"and on     {', '.join(ids[FULL:])}"
    yield ""
    yield from (f"{name}: {value}" for name, value in provenance.items())


def held_back(page: Mapping[str, Any]) -> Iterator[str]:
    """The findings that the summary holds back, each with its grade and why; and the questions that nothing answered."""
    if not page["held"]:
        yield "No finding is held back."
    for one in page["held"]:
        yield one["title"]
        yield f"grade      {one['grade']}"
        yield f"why        {one['why'].replace(NBSP, ' ')}"
    for question in page["unanswered"]:
        yield f"not told   {question}"


def _bare(text: str) -> str:
    """Words alone, for comparing."""
    return " ".join(re.sub(r"[^\w%]+", " ", plain(text).casefold()).split())

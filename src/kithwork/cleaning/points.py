"""A client's own answers onto the questionnaire's points, 1 to 5, as `scales` of the engagement declares.

A declaration fits items by their code, with * for any letters; two that fit one item are refused before. From the ends of
another scale an answer goes to its place between them: LOW + (x − from) / (to − from) · (HIGH − LOW), so that a scale that
runs the other way is turned; a word goes to its number, however it is spaced and cased.
"""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from kithwork.cleaning.identities import normal
from kithwork.cleaning.known import spaced
from kithwork.cleaning.records import Records
from kithwork.engagement import Points
from kithwork.errors import nearest
from kithwork.params import Settings
from kithwork.scales import HIGH, LOW

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd


def onto_points(records: Records, settings: Settings, refuse: Callable[..., None]) -> Records:
    """The answers on the questionnaire's points; one that its scale does not have is refused, and absent."""
    declared = settings.engagement.scales
    if records.source != "answers" or not declared or not {"item", "value"} <= set(records.frame):
        return records
    text, item = records.frame["value"].str.strip(), records.frame["item"].str.strip()
    fits = {code: next((name for name in declared if fnmatchcase(code, name)), None) for code in item.unique()}
    value, of = text.copy(), item.map(fits)
    for name, points in declared.items():
        here = (of == name) & (text != "")
        put = _by_word if points.words else _by_place
        found = put(text[here], points)
        lost = here & found.reindex(text.index).isna()
        remedy = _remedy(text[lost], points) + f" Or mend engagements.{settings.name}.scales.{name} in params.yaml."
        refuse(lost, "value", "is not on the client's scale", remedy.reindex(text.index, fill_value=""))
        value = value.mask(here, found.reindex(text.index))
    return replace(records, frame=records.frame.assign(value=value))


def _by_place(text: pd.Series, points: Points) -> pd.Series:
    import pandas as pd

    first, last = points.ends
    number = pd.to_numeric(text, errors="coerce")
    number = number.where(number.between(min(first, last), max(first, last)))
    place = LOW + (number - first) / (last - first) * (HIGH - LOW)
    return place.map(repr, na_action="ignore").astype("str")


def _by_word(text: pd.Series, points: Points) -> pd.Series:
    known = {spaced(normal(word)): repr(float(number)) for word, number in points.words.items()}
    return text.map(lambda word: known.get(spaced(normal(word)))).astype("str")


def _remedy(text: pd.Series, points: Points) -> pd.Series:
    if points.words:
        return text.map(lambda word: nearest(word, points.words)).astype("str")
    low, high = sorted(points.ends)
    return text.map(lambda _: f"It runs from {low:g} to {high:g}.").astype("str")

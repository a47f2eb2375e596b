"""Takes out of comments what would name a person or a party, or tell one by an address or a number.

Addresses of mail and pages, handles and places come first, as they hold names; then the names of the lists
(`redaction_names.py`), found word by word (`redaction_scan.py`); then telephones and figures. A text that has none of these
stays as it was, letter for letter. Who is on no list and has no fixed form is not caught: a nickname that no file tells, a
declined name, a person told by what happened. So comments stay behind the release gate, and a quotation is read by a
person before it is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.cleaning.redaction_figures import figures
from kithwork.cleaning.redaction_forms import skeleton
from kithwork.cleaning.redaction_names import Names
from kithwork.cleaning.redaction_places import places
from kithwork.cleaning.redaction_scan import found

if TYPE_CHECKING:
    import pandas as pd


def redact(texts: pd.Series, names: Names) -> pd.Series:
    """The texts with `[person]`, `[party]`, `[email]`, `[phone]`, `[link]`, `[address]` and `[number]` for what was found.

    Absent texts stay absent. Redacting again changes nothing.
    """
    distinct = texts.dropna().unique().tolist()
    told = dict(zip(distinct, distinct, strict=True))
    open_ = distinct
    while open_:
        plain = [skeleton(told[one]) for one in open_]
        after = [figures(text) for text in found([places(text) for text in plain], names)]
        changed = [(one, new) for one, old, new in zip(open_, plain, after, strict=True) if old != new]
        told |= dict(changed)
        open_ = [one for one, _ in changed]
    return texts.map(told).astype("str").where(texts.notna())

"""Who was invited and who took part, in all and by group, with Wilson's interval (Wilson 1927, J. Am. Stat. Assoc. 22:209).

Invited is the staff list, less those who joined after the survey: whose tenure is shorter than the months between the two,
where both are known. Whoever took part was invited.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.estimates import proportion
from kithwork.tables import RESPONSE

if TYPE_CHECKING:
    import pandas as pd

GROUPINGS = ("unit", "role", "site")


def invited(people: pd.DataFrame, took_part: pd.Index, months_ago: float) -> pd.DataFrame:
    """The people who could have taken part, with `responded`; `months_ago`: months from the survey to the staff list."""
    responded = people["person_id"].isin(took_part)
    joined_later = people["tenure_months"] < months_ago
    return people.assign(responded=responded)[responded | ~joined_later].reset_index(drop=True)


def response(invited: pd.DataFrame) -> pd.DataFrame:
    """The table `response`: share of those invited who took part, of all and by group; people of no known group apart."""
    import pandas as pd

    rows = [("all", "", invited["responded"])] if len(invited) else []
    for grouping in GROUPINGS:
        told = invited[grouping].notna()
        if told.any():
            named = invited[grouping].where(told, "")
            rows += [(grouping, str(group), part) for group, part in invited["responded"].groupby(named)]
    found = []
    for grouping, group, part in rows:
        share = proportion(int(part.sum()), len(part))
        found.append((grouping, group, len(part), int(part.sum()), share.estimate, share.low, share.high))
    return RESPONSE.checked(pd.DataFrame(found, columns=list(RESPONSE.columns))) if found else RESPONSE.empty()

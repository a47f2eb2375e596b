"""Who opted out, and of what: honoured before anything is written.

A person who withdrew all of it stays in the list of people, so that shares of the staff keep their base, with nothing
said of it; no answer, comment, nomination, outcome or record by it or of it is kept. One may also withdraw only the
collaboration records, or only what others named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kithwork.cleaning.rules import Judged
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import pandas as pd

SCOPES = ("all", "records", "named")
WITHDRAWS = {
    "answers": {"person_id": {"all"}},
    "comments": {"person_id": {"all"}},
    "outcomes": {"person_id": {"all"}},
    "responses": {"person_id": {"all"}},
    "interpreters": {"ego_id": {"all"}, "alter_id": {"all", "named"}},
    "nominations": {"ego_id": {"all"}, "alter_id": {"all", "named"}},
    "interactions": {"ego_id": {"all", "records"}, "alter_id": {"all", "records"}},
}
"""By source and column: the scopes that withdraw a row with that person in it."""


TICKS = {"use_records": "records", "use_reports": "named"}
"""What a respondent withdraws who answered no, by column of `responses`; who does not take part has no answers at all."""


@dataclass(frozen=True)
class Consent:
    """Ids of those who opted out, by scope."""

    out: dict[str, set[str]] = field(default_factory=lambda: {scope: set() for scope in SCOPES})

    def withdrawn(self, source: str, frame: pd.DataFrame) -> pd.Series:
        """Whether each row may not be used."""
        import pandas as pd

        found = pd.Series(False, index=frame.index)
        for column, scopes in WITHDRAWS.get(source, {}).items():
            if column in frame:  # a file without records may have no columns either
                found |= frame[column].isin(self.of(scopes))
        return found

    def of(self, scopes: set[str]) -> set[str]:
        """Ids of those who withdrew any of these."""
        return set().union(*(self.out[scope] for scope in scopes))


def given(judged: dict[str, Judged]) -> Consent:
    """Consent by the list of those who opted out, and by what respondents ticked in the survey.

    Raises `UserError` where a row of the list cannot be understood: it is never passed over.
    """
    found = Consent()
    if listed := judged.get("opt_outs"):
        if len(listed.refused):
            do = "Mend it: whoever opted out must be known before anything is read of them."
            raise UserError(
                [Problem(r.reason, r.file, do, r.found, int(r.row), r.column) for r in listed.refused.itertuples()]
            )
        for scope, people in listed.kept.groupby("scope")["person_id"]:
            found.out[scope].update(people)
    if answered := judged.get("responses"):
        for column, scope in TICKS.items():
            if column in answered.kept:
                found.out[scope].update(answered.kept.loc[answered.kept[column] == "no", "person_id"])
    return found

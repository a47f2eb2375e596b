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
    "nominations": {"ego_id": {"all"}, "alter_id": {"all", "named"}},
    "interactions": {"ego_id": {"all", "records"}, "alter_id": {"all", "records"}},
}
"""By source and column: the scopes that withdraw a row with that person in it."""


@dataclass(frozen=True)
class Consent:
    """Ids of those who opted out, by scope."""

    out: dict[str, set[str]] = field(default_factory=lambda: {scope: set() for scope in SCOPES})

    def withdrawn(self, source: str, frame: pd.DataFrame) -> pd.Series:
        """Whether each row may not be used."""
        import pandas as pd

        found = pd.Series(False, index=frame.index)
        for column, scopes in WITHDRAWS.get(source, {}).items():
            found |= frame[column].isin(self.of(scopes))
        return found

    def of(self, scopes: set[str]) -> set[str]:
        """Ids of those who withdrew any of these."""
        return set().union(*(self.out[scope] for scope in scopes))


def taken(judged: Judged) -> Consent:
    """Consent by the rows of `opt_outs`. Raises `UserError` where one cannot be understood: it is never passed over."""
    if len(judged.refused):
        do = "Mend it: whoever opted out must be known before anything is read of them."
        raise UserError([Problem(r.reason, r.file, do, r.found, int(r.row), r.column) for r in judged.refused.itertuples()])
    opt_outs = judged.kept
    by_scope = opt_outs.groupby("scope")["person_id"].agg(set).to_dict()
    return Consent({scope: by_scope.get(scope, set()) for scope in SCOPES})

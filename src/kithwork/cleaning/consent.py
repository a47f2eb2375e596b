"""Who opted out, and of what: honoured before anything is counted or written.

A person who withdrew all of it stays in the list of people, so that shares of the staff keep their base, with nothing
said of it; answers, comments, nominations, outcomes, ideas and records by it or of it are taken out before rows are
counted, so that no table and no count has them. One may also withdraw only the collaboration records, or only what others
named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import pandas as pd

    from kithwork.cleaning.rules import Judged

SCOPES = ("all", "records", "named")
WITHDRAWS = {
    "answers": {"person": {"all"}},
    "comments": {"person": {"all"}},
    "outcomes": {"person": {"all"}},
    "opportunities": {"person": {"all"}},
    "responses": {"person": {"all"}},
    "interpreters": {"ego": {"all"}, "alter": {"all", "named"}},
    "nominations": {"ego": {"all"}, "alter": {"all", "named"}},
    "interactions": {"ego": {"all", "records"}, "alter": {"all", "records"}},
}
"""By source and field: the scopes that withdraw a row with that person in it."""

NOT_COUNTED = "rows of people who opted out are not counted"
"""What the intake says of every file of a source that anybody opted out of, whether it holds such rows or not."""

TICKS = {"use_records": "records", "use_reports": "named"}
"""What a respondent withdraws who answered no, by column of `responses`; who does not take part has no answers at all."""


@dataclass(frozen=True)
class Consent:
    """Ids of those who opted out, by scope."""

    out: dict[str, set[str]] = field(default_factory=lambda: {scope: set() for scope in SCOPES})

    def withdrawn(self, source: str, frame: pd.DataFrame) -> pd.Series:
        """Whether each row, its fields resolved to ids, may not be used."""
        import pandas as pd

        found = pd.Series(False, index=frame.index)
        for name, scopes in WITHDRAWS.get(source, {}).items():
            if name in frame:  # a file without records may have no fields either
                found |= frame[name].isin(self.of(scopes))
        return found

    def notes(self, source: str) -> list[str]:
        """What the intake has to say of the files of a source."""
        scopes = set().union(*WITHDRAWS.get(source, {}).values())
        return [NOT_COUNTED] if self.of(scopes) else []

    def of(self, scopes: set[str]) -> set[str]:
        """Ids of those who withdrew any of these."""
        return set().union(*(self.out[scope] for scope in scopes))


def withdrawn_by(opt_outs: pd.DataFrame, source: str, name: str) -> set[str]:
    """Ids of those who may not stand in this field of a source, by the table `opt_outs`: their absence says nothing."""
    return {*opt_outs.loc[opt_outs["scope"].isin(WITHDRAWS[source][name]), "person_id"]}


def said_yes(responses: pd.DataFrame, column: str, opt_outs: pd.DataFrame) -> set[str]:
    """Ids of those who said a plain yes in a column of table `responses`: silence is none, nor is a yes of who does not
    take part or has withdrawn anything."""
    yes = responses[column].eq("yes") & ~responses["take_part"].eq("no")
    return {*responses.loc[yes & ~responses["person_id"].isin(opt_outs["person_id"]), "person_id"]}


def given(judged: dict[str, Judged]) -> Consent:
    """Consent by the list of those who opted out, and by what respondents ticked in the survey.

    A tick counts though its row is refused, and one that cannot be understood is no consent. Raises `UserError` where a row
    of the list cannot be understood: it is never passed over.
    """
    if (listed := judged.get("opt_outs")) and len(listed.refused):
        do = "Mend it: whoever opted out must be known before anything is read of them."
        raise UserError([Problem(r.reason, r.file, do, r.found, int(r.row), r.column) for r in listed.refused.itertuples()])
    return so_far(judged)


def so_far(judged: dict[str, Judged]) -> Consent:
    """Consent by those rows that can be understood as yet, before likeness leads other words to people."""
    found = Consent()
    if listed := judged.get("opt_outs"):
        for scope, people in listed.kept.groupby("scope")["person_id"]:
            found.out[scope].update(people)
    if answered := judged.get("responses"):
        for column, scope in TICKS.items():
            if column in answered.rows:
                told = answered.rows[answered.rows[column].notna() & (answered.rows[column] != "yes")]
                found.out[scope].update(told["person"].dropna())
    return found

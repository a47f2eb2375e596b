"""The steps that recorded contact goes through: what each would take alone, what it takes in its place, what is left.

Records of people who opted out are gone before the first. Every record is tried by every step; the first that applies takes
it. Nothing is lost on the way: records read are records kept plus those that each step took.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ibis
    import pandas as pd

KEPT = 99
"""The number that stands in a record's `step` where none took it."""


@dataclass(frozen=True)
class Step:
    """One step: its name, why it takes a record, and what would mend that; `stops` where such rows may stop the run."""

    name: str
    reason: str
    remedy: str
    stops: bool = False


MILLION = 1_000_000
"""Parts of a contact that are counted whole: sums of fractions differ with their order."""

NOTHING = "Nothing is to be done."
LISTED = "Add the address to the staff list if a person uses it."
STEPS = (
    Step("out of time", "is dated outside the time studied", "Correct the date, or set the engagement's `period`.", True),
    Step("repeat", "repeats an earlier record", NOTHING),
    Step("machine", "comes from a machine or goes to one", LISTED),
    Step("list", "goes to a distribution list", LISTED),
    Step("automatic answer", "was sent by itself", NOTHING),
    Step("broadcast", "goes to too many to say who works with whom", "Raise `clean.broadcast_above` if it does say so."),
    Step("oneself", "joins a person with the same person", NOTHING),
    Step("stranger", "names nobody of the staff list and no party", "Add it to one of the two, or decide who it is.", True),
    Step("outside", "joins two parties: nobody of the staff list is in it", "Remove the row.", True),
)
"""The steps, in their order."""


def stepped(contacts: ibis.Table, people: ibis.Table, broadcast_above: int, period: tuple, directed: bool) -> ibis.Table:
    """The records with `step`, the number of the first step that takes each, or `KEPT`; and `takes`, a flag per step.

    `people` has a row per word: code, entity (number of who it means), kind. Of records that repeat each other, one that no
    other step takes is kept, in whatever order they stand; without a message's id, only records of one hour can.
    """
    import ibis

    stated, met = _stated(contacts), _joined(contacts, people, JUDGED, ("ego", "alter"))
    if not directed:
        turned = met.ego_entity > met.alter_entity
        ends = [(f"{a}_{name}", f"{b}_{name}") for name in JUDGED for a, b in (("ego", "alter"), ("alter", "ego"))]
        met = met.mutate(**{one: turned.ifelse(met[other], met[one]) for one, other in ends})
    first, last = (ibis.literal(day, type="timestamp('UTC')") for day in period)
    met = met.mutate(size_stated=met["size"])
    if stated.sized < stated.records:
        met = _sized(met)
    nature = met.nature.fill_null("")

    def either(kind: str) -> ibis.expr.types.BooleanColumn:
        return (met.ego_kind == kind) | (met.alter_kind == kind)

    takes = {
        "out of time": ((met.at < first) | (met.at >= last)).fill_null(False),
        "machine": either("machine") | (nature == "automated"),
        "list": either("list") | (nature == "list"),
        "automatic answer": nature == "auto_reply",
        "broadcast": (met["size"] > broadcast_above).fill_null(False),
        "oneself": met.ego_entity == met.alter_entity,
        "stranger": either("stranger"),
        "outside": ~either("person"),
    }
    numbers = {step.name: number for number, step in enumerate(STEPS)}
    assert {*takes, "repeat"} == set(numbers)
    met = met.mutate(**{f"takes_{numbers[name]}": flag for name, flag in takes.items()})
    met = met.mutate(lost=reduce(lambda one, other: one | other, (met[f"takes_{numbers[name]}"] for name in takes)))
    met = met.mutate(**{f"takes_{numbers['repeat']}": _repeats(met, stated)})
    step = reduce(
        lambda later, number: met[f"takes_{number}"].ifelse(number, later), reversed(range(len(STEPS))), ibis.literal(KEPT)
    )
    met = met.mutate(step=step.cast("int8")).drop("size_stated", "lost", "nature")
    rest = [name for name in people.columns if name not in JUDGED]
    return _joined(met, people, ("code", *rest), ("ego_code", "alter_code")) if rest else met


class Stated(NamedTuple):
    """How many records there are, and how many of them state their size, and the name of their message."""

    records: int
    sized: int
    named: int


def _stated(contacts: ibis.Table) -> Stated:
    found = contacts.agg(records=contacts.count(), sized=contacts["size"].count(), named=contacts.message.count())
    return Stated(*map(int, found.to_pandas().iloc[0]))


def _sized(met: ibis.Table) -> ibis.Table:
    """The records, a message without a size with that of all it went to, and who sent it."""
    import ibis

    of_message = met.filter(met.message.notnull()).group_by("ego_entity", "channel", "message")
    told = of_message.agg(told=ibis._.alter.nunique()).rename(
        to_entity="ego_entity", to_channel="channel", to_message="message"
    )
    same = [("ego_entity", "to_entity"), ("channel", "to_channel"), ("message", "to_message")]
    met = met.left_join(told, same).drop("to_entity", "to_channel", "to_message")
    return met.mutate(size=ibis.coalesce(met["size"], (met.told + 1).cast("float64"))).drop("told")


def _repeats(met: ibis.Table, stated: Stated) -> ibis.expr.types.BooleanColumn:
    """Whether a record of the same message, or without its name of the same hour, comes before. Windows are dear: one that
    says nothing of any record is left out."""
    import ibis

    order = [met.lost, met.message.isnull(), met.file, met.line, met.cell]
    ends = ("ego_entity", "alter_entity", "channel")
    by_message = ibis.row_number().over(_same(met, *ends, "message", order=order)) > 0
    if stated.named == stated.records:
        return by_message
    by_hour = ibis.row_number().over(_same(met, *ends, "at", "minutes", "size_stated", order=order)) > 0
    by_hour = met.at.notnull() & ~met.day_only & by_hour
    return met.message.isnull().ifelse(by_hour, by_message) if stated.named else by_hour


JUDGED = ("code", "entity", "kind")
"""What records are judged by; all else that is known of people is put beside them afterwards, as windows carry it along."""


def _joined(met: ibis.Table, people: ibis.Table, columns: tuple[str, ...], codes: tuple[str, str]) -> ibis.Table:
    """The records with these columns of both ends, by the words whose codes stand in two of theirs."""
    for end, code in zip(("ego", "alter"), codes, strict=True):
        end_of = people.select(**{f"{end}_{name}": name for name in columns})
        if code == f"{end}_code":
            end_of = end_of.rename(**{f"{code}_again": code})
            met = met.inner_join(end_of, [(code, f"{code}_again")]).drop(f"{code}_again")
        else:
            met = met.inner_join(end_of, [(code, f"{end}_code")])
    return met


def _same(met: ibis.Table, *names: str, order: list | None = None) -> ibis.expr.builders.LegacyWindowBuilder:
    """The window of the records that are equal in these columns."""
    import ibis

    return ibis.window(group_by=[met[name] for name in names], order_by=order)


def tallied(met: ibis.Table) -> ibis.Table:
    """A row per step that took any record, and `KEPT`: records, those each step would take alone, contacts between people,
    each of n counting 1 / (n - 1), and records with a party."""
    weight = (MILLION / (met["size"].fill_null(2) - 1) + 0.5).floor().cast("int64")
    party = ((met.ego_kind == "party") | (met.alter_kind == "party")).ifelse(1, 0)
    alone = {f"alone_{number}": met[f"takes_{number}"].ifelse(1, 0).sum() for number in range(len(STEPS))}
    contacts = weight.sum(where=_inside(met)).cast("float64").fill_null(0) / MILLION
    return met.group_by("step").agg(records=met.count(), contacts=contacts, outside=party.sum(), **alone)


def pairs(met: ibis.Table) -> ibis.Table:
    """A row per pair of people of the staff list, by their marks, with the last step that leaves any record of theirs."""
    import ibis

    inside = met.filter(_inside(met) & (met.ego_mark != met.alter_mark))
    ends = {"a": ibis.least(inside.ego_mark, inside.alter_mark), "b": ibis.greatest(inside.ego_mark, inside.alter_mark)}
    return inside.group_by(**ends).agg(last=inside.step.max())


def counted(by_step: pd.DataFrame, last_of_pair: ibis.Table) -> pd.DataFrame:
    """A row per step, and one before them: records it would take alone, took, and left; and the main figures after it.

    People and pairs are of the staff list; contacts count 1 / (n - 1) of a meeting of n; outside is the share of records
    with a party. `by_step`: rows of `tallied`; `last_of_pair`: rows of `pairs`, of all blocks.
    """
    import numpy as np
    import pandas as pd

    by_step = by_step.groupby("step").sum()
    last_of_pair = last_of_pair.group_by("a", "b").agg(last=last_of_pair["last"].max())
    ends = [last_of_pair.select("last", who=end) for end in ("a", "b")]
    person = ends[0].union(ends[1])
    last_of_person = person.group_by("who").agg(last=person["last"].max())
    survive = {name: _tally(table) for name, table in (("people", last_of_person), ("pairs", last_of_pair))}
    order = [*range(len(STEPS)), KEPT]

    def left(counts: pd.Series) -> np.ndarray:
        """What is still there before the first step and after each."""
        counts = counts.reindex(order, fill_value=0).astype("float64").to_numpy()
        return counts[::-1].cumsum()[::-1]

    records = left(by_step["records"])
    return pd.DataFrame(
        {
            "number": range(len(order)),
            "step": ["read", *(step.name for step in STEPS)],
            "reason": [None, *(step.reason for step in STEPS)],
            "alone": [0, *(int(by_step[f"alone_{number}"].sum()) for number in range(len(STEPS)))],
            "taken": [0, *by_step["records"].reindex(range(len(STEPS)), fill_value=0).astype("int64")],
            "kept": records.astype("int64"),
            "people": left(survive["people"]).astype("int64"),
            "pairs": left(survive["pairs"]).astype("int64"),
            "contacts": left(by_step["contacts"].round(6)),
            "outside": np.divide(left(by_step["outside"]), records, out=np.zeros(len(records)), where=records > 0),
        }
    )


def _tally(table: ibis.Table) -> pd.Series:
    return table.group_by("last").agg(n=table.count()).to_pandas().set_index("last")["n"]


def _inside(met: ibis.Table) -> ibis.expr.types.BooleanColumn:
    """Whether both are of the staff list."""
    return (met.ego_kind == "person") & (met.alter_kind == "person")

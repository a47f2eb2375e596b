"""What indicators may look at, made by hand: a staff list, ties by number, and the tables that a test writes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
from synthetic import settings, ties

from kithwork.log import Log
from kithwork.people.portfolio import portfolios
from kithwork.tables import ANSWERS, INTERACTIONS, INTERPRETERS, PERSON_WEEKS, TABLES
from kithwork.values.evidence import Evidence

SIGNS = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [1.0, 1.0]}}

MONDAY = pd.Timestamp("2026-01-05", tz="UTC")
"""When the records of contact begin."""


def evidence(
    people: pd.DataFrame,
    pairs: Iterable[tuple[int, int]] = (),
    answers: Iterable[tuple[int, str, float]] = (),
    minutes: object = np.nan,
    *,
    contacts: object = np.nan,
    said: Iterable[tuple[int, int | str, str, float]] = (),
    interactions: object = None,
    resamples: int = 200,
    seed: int = 1,
    **tables: pd.DataFrame | list[dict],
) -> Evidence:
    """Evidence of persons p000, p001 … as `synthetic.staff` makes them, named by number.

    `pairs`: ties, each in functional relation; `minutes`, `contacts`: of each, in the order of pairs sorted. `answers`:
    (person, item, value). `said`: (ego, alter, question, value), the alter a number or the id of a party. `interactions`:
    a dataset. `tables`: any other table of `Evidence` by its name, as a frame or as rows; a column not given is absent.
    """
    set_to = settings(SIGNS, values={"resamples": resamples, "seed": seed})
    unit = people.set_index("person_id")["unit"]
    frame = ties(pairs, minutes=minutes, contacts=contacts, p_personal=0.5, p_functional=1.0, p_strategic=np.nan)
    own, other = frame["a_id"].map(unit), frame["b_id"].map(unit)
    frame["crosses_unit"] = (own != other).astype(float).where(own.notna() & other.notna())
    given = [(person(who), item, value) for who, item, value in answers]
    reports = [(person(ego), person(alter), question, value) for ego, alter, question, value in said]
    return Evidence(
        set_to,
        people,
        frame,
        portfolios(frame, people, set_to),
        ANSWERS.checked(pd.DataFrame(given, columns=list(ANSWERS.columns))),
        np.random.default_rng(seed),
        interpreters=INTERPRETERS.checked(pd.DataFrame(reports, columns=list(INTERPRETERS.columns))),
        interactions=interactions,
        **{name: _checked(name, rows) for name, rows in tables.items()},
    )


def reports(ego: np.ndarray, alter: np.ndarray, question: str, value: np.ndarray) -> pd.DataFrame:
    """The table `interpreters` of many answers to one question: egos by number, alters by number or by id."""
    by_number = alter.dtype.kind == "i"
    last = max(ego.max(), alter.max()) if by_number else ego.max()
    ids = np.array([person(who) for who in range(last + 1)], dtype=object)
    columns = {"ego_id": ids[ego], "alter_id": ids[alter] if by_number else alter}
    return pd.DataFrame(columns | {"question": question, "value": np.asarray(value, dtype=float)})


def ratings(rng: np.random.Generator, people: int, share: float, fewest: int = 3, most: int = 8) -> tuple[np.ndarray, ...]:
    """Ego, alter and a yes or no of ties that people rate: each says yes with a chance of its own, in the mean `share`."""
    many = rng.integers(fewest, most + 1, people)
    ego = np.repeat(np.arange(people), many)
    place = np.arange(len(ego)) - np.repeat(np.cumsum(many) - many, many)
    yes = rng.random(len(ego)) < rng.beta(4 * share, 4 * (1 - share), people)[ego]
    return ego, (ego + 1 + place) % people, yes


def log(rows: Iterable[tuple], day_only: bool = False) -> Log:
    """The table `interactions` as a log: meetings of an hour, by (ego, alter, hours after MONDAY, people in it)."""
    frame = pd.DataFrame(rows, columns=["ego_id", "alter_id", "at", "size"])
    at = [MONDAY + pd.Timedelta(hours=hours) if pd.notna(hours) else None for hours in frame["at"]]
    frame = frame.assign(
        ego_id=frame["ego_id"].map(person), alter_id=frame["alter_id"].map(person), channel="meeting", minutes=60.0,
        at=pd.Series(at, dtype="datetime64[us, UTC]"), day_only=day_only, event=range(len(frame)), off_hours=0, weekend=0,
    )  # fmt: skip
    return Log(held=pa.Table.from_pandas(INTERACTIONS.checked(frame), preserve_index=False))


def weeks(there: Iterable[tuple[int, int]]) -> pd.DataFrame:
    """The table `person_weeks` of persons by number who each have a contact in a week, counted from MONDAY."""
    rows = [(person(who), MONDAY + pd.Timedelta(weeks=week), 1, "active") for who, week in there]
    return PERSON_WEEKS.checked(pd.DataFrame(rows, columns=list(PERSON_WEEKS.columns)))


def muddled(of: Evidence, rng: np.random.Generator) -> Evidence:
    """The same with every row of answers and ties in another place, and with answers of people nobody knows added."""
    said = of.interpreters.assign(ego_id="stranger-" + of.interpreters["ego_id"].astype(str), value=3.0)
    more = of.answers.assign(person_id="stranger-" + of.answers["person_id"].astype(str), value=5.0)
    dealt = {
        "interpreters": pd.concat([of.interpreters, said]),
        "answers": pd.concat([of.answers, more]),
        "ties": of.ties,
        "person_weeks": of.person_weeks,
    }
    return replace(of, **{name: table.iloc[rng.permutation(len(table))] for name, table in dealt.items()})


def person(who: int | str) -> str:
    """The id of a person by number; any other id as it is."""
    return who if isinstance(who, str) else f"p{who:03d}"


def _checked(name: str, rows: pd.DataFrame | list[dict]) -> pd.DataFrame:
    """A table as the contract wants it, columns that were not given absent."""
    table = TABLES[name]
    return table.checked(pd.DataFrame(rows).reindex(columns=list(table.columns)))

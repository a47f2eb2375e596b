"""Tables of an organisation some of whom asked for a page of their own, drawn by us: no row of them describes anybody."""

from __future__ import annotations

import numpy as np
import pandas as pd
from synthetic import SIGNS, UNITS, settings, staff, units

from kithwork.report import own
from kithwork.tables import TABLES

SETTINGS = settings(SIGNS)
"""Relations work, friend and learn, as the synthetic engagement has them; ids are secret."""


def tables(
    seed: int = 7, sizes: dict[str, int] = UNITS, asked: float = 0.4, names: float = 0.12
) -> dict[str, pd.DataFrame]:
    """Those that pages are made of; `asked` and `names` are chances that a person asks for a page, and names another."""
    rng = np.random.default_rng(seed)
    people = staff(units(sizes))
    ids = people["person_id"].to_numpy()
    ego, alter = np.nonzero((rng.random((len(ids), len(ids))) < names) & ~np.eye(len(ids), dtype=bool))
    relation = np.array(["work", "friend", "learn"])[rng.integers(0, 3, len(ego))]
    named = pd.DataFrame({"ego_id": ids[ego], "alter_id": ids[alter], "relation": relation})
    said = [
        named[["ego_id", "alter_id"]].assign(question=code, value=rng.integers(low, high, len(named)).astype(float))
        for code, low, high in (("T7", -2, 3), ("T8", 1, 5), ("T9", 0, 4))
    ]
    answers = pd.DataFrame({"person_id": ids, "item": "V1a", "value": rng.integers(1, 6, len(ids)).astype(float)})
    told = np.where(rng.random(len(ids)) < asked, "yes", "no")
    responses = pd.DataFrame({"person_id": ids, "own_page": told, "take_part": "yes"})
    measures = [(one, name) for one in ids for name in ("betweenness", "constraint", "two_step_reach")]
    standings = pd.DataFrame(measures, columns=["person_id", "measure"]).assign(
        value=rng.random(len(measures)), expected=0.5, low=0.3, high=0.7, top_tenth=0.1
    )
    found = {
        "people": people, "nominations": named, "interpreters": pd.concat(said), "answers": answers,
        "responses": responses, "opt_outs": TABLES["opt_outs"].empty(), "standings": standings,
    }  # fmt: skip
    return {name: checked(name, frame) for name, frame in found.items()}


def checked(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table with the columns that are not given absent."""
    return TABLES[name].checked(frame.assign(**{column: None for column in TABLES[name].columns if column not in frame}))


def known(**changes: pd.DataFrame) -> own.Everybody:
    """What pages are made from; `changes` replace tables by name."""
    return own.everybody(tables() | changes, SETTINGS)

"""Whom to ask, where nobody or too few said of what kind their ties are: the volunteers whose labels would teach most.

A tie teaches what is not known of it: the entropy of its kinds, in bits (uncertainty sampling: Lewis & Gale 1994, SIGIR).
Volunteers are taken one by one: who holds most of that in ties that nobody before them would label, divided by one more
than the volunteers already taken from the unit, so that no unit speaks for all. What a volunteer is asked about is drawn by
lot from the ties held, not taken from the doubtful ones: shares learned from doubtful ties alone would be wrong of all.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from kithwork.cleaning import consent
from kithwork.setting import KINDS

MOST = 30
"""Ties that one volunteer is asked about: some twenty minutes."""


def chosen(ties: pd.DataFrame, people: pd.DataFrame, count: int) -> list[str]:
    """Ids of up to `count` people, in the order in which they would teach; fewer where fewer hold ties that are open."""
    unit = people.set_index("person_id")["unit"].fillna("").to_dict()
    ends = list(zip(ties["a_id"], ties["b_id"], strict=True))
    left: dict[str, dict[int, float]] = {}
    for tie, (pair, worth) in enumerate(zip(ends, entropy(ties), strict=True)):
        for person in pair:
            left.setdefault(person, {})[tie] = float(worth)
    taken: list[str] = []
    from_unit: Counter[str] = Counter()
    while len(taken) < count:
        worth = {
            person: sum(held.values()) * min(1, MOST / len(held)) / (1 + from_unit[unit[person]])
            for person, held in sorted(left.items())
            if held
        }
        best = max(worth, key=worth.__getitem__, default=None)
        if best is None or worth[best] <= 0:
            break
        taken.append(best)
        from_unit[unit[best]] += 1
        for tie in left.pop(best):
            for end in ends[tie]:
                left.get(end, {}).pop(tie, None)
    return taken


def may_be_asked(ties: pd.DataFrame, opt_outs: pd.DataFrame) -> pd.DataFrame:
    """The ties of people of whom others may say something."""
    silent = consent.withdrawn_by(opt_outs, "nominations", "alter")
    return ties[~ties["a_id"].isin(silent) & ~ties["b_id"].isin(silent)]


def asked(ties: pd.DataFrame, volunteers: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """The ties that each volunteer is asked about: person_id, colleague_id; at most `MOST` each."""
    found = []
    for person in volunteers:
        of_a, of_b = (ties.loc[ties[end] == person, other] for end, other in (("a_id", "b_id"), ("b_id", "a_id")))
        colleagues = np.sort(pd.concat([of_a, of_b]).to_numpy(dtype=object).astype(str))
        some = np.sort(rng.permutation(len(colleagues))[:MOST])
        found.append(pd.DataFrame({"person_id": person, "colleague_id": colleagues[some]}))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["person_id", "colleague_id"])


def entropy(ties: pd.DataFrame) -> np.ndarray:
    """What is not known of each tie's kinds, in bits, (ties,): a kind counts 0 where settled, 1 where P is .5 or absent."""
    from scipy.special import entr

    p = ties[[f"p_{kind}" for kind in KINDS]].fillna(0.5).to_numpy(dtype=float)
    return (entr(p) + entr(1 - p)).sum(axis=1) / np.log(2)

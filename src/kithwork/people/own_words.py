"""What a person's own words say of its relationships: the names it gave, and nothing that others said.

Shares of the report rest on what both ends of a tie said. A page that a person sees of itself must not: whoever knows its
own answers could take those of a few others from such figures. Here a tie is a colleague whom the person named, and P(kind)
the noisy-or (`ties.kinds`) of the strengths stated for the relations it named that colleague by, for `any`, and for
`same_unit` or `crosses_unit` by the staff list. Signs that need the words or records of others are left out.

    share of kind k = Σ p_k over the colleagues named, over the sum for all kinds that can be told

An interval joins what was assumed of the signs, drawn from its ranges, with what each tie leaves open, tossed by its p.
"""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate, from_draws
from kithwork.params import Settings
from kithwork.people.breadth import evenly
from kithwork.setting import KINDS
from kithwork.ties.kinds import noisy_or

LEAK, SAME, CROSSES = "any", "same_unit", "crosses_unit"
"""Signs that no words are needed for."""


def names_given(nominations: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """One row per person of the staff list and colleague whom it named: index (ego_id, alter_id), a column of booleans for
    each relation and each sign that the staff list shows."""
    known = people["person_id"]
    inside = nominations[nominations["ego_id"].isin(known) & nominations["alter_id"].isin(known)]
    inside = inside[inside["ego_id"] != inside["alter_id"]]
    said = inside.assign(said=True).pivot_table(
        index=["ego_id", "alter_id"], columns="relation", values="said", aggfunc="any", fill_value=False
    )
    unit = people.set_index("person_id")["unit"]
    one, other = (said.index.get_level_values(end).map(unit) for end in (0, 1))
    both, same = ~(one.isna() | other.isna()), one == other
    return said.assign(**{LEAK: True, SAME: both & same, CROSSES: both & ~same})


def kinds_told(names: pd.DataFrame, settings: Settings) -> tuple[str, ...]:
    """The kinds that such names can tell of: one sign at least is among them besides `any`."""
    signs = settings.engagement.signs
    return tuple(kind for kind in KINDS if {*signs.get(kind, {})} & {*names.columns} - {LEAK})


def everybody(names: pd.DataFrame, people: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """One row per person of the staff list: `named` and `units`, counts of colleagues and of their units; `named_by`, of
    colleagues who name the person; the share of each kind told, in %, and `breadth`, their Hill number of order 1 (both
    absent for who names nobody)."""
    unit = people.set_index("person_id")["unit"]
    ego, alter = (names.index.get_level_values(end) for end in (0, 1))
    found = pd.DataFrame(index=pd.Index(people["person_id"], name="person_id"))
    found["named"] = found.index.map(ego.value_counts()).fillna(0).astype(int)
    found["units"] = found.index.map(pd.Series(alter.map(unit), index=ego).groupby(level=0).nunique()).fillna(0).astype(int)
    found["named_by"] = found.index.map(alter.value_counts()).fillna(0).astype(int)
    told = kinds_told(names, settings)
    sums = pd.DataFrame({kind: _chance(names, settings, kind) for kind in told}, index=names.index).groupby(level=0).sum()
    shares = sums.div(sums.sum(axis=1), axis=0).reindex(found.index)
    found[list(told)] = 100 * shares
    found["breadth"] = evenly(shares.to_numpy(dtype=float)) if told else np.nan
    return found


def figures(names: pd.DataFrame, person_id: str, settings: Settings) -> dict[str, Estimate]:
    """The shares of one person by kind, in %, and its `breadth`, each with its interval; n is the colleagues it named.
    Nothing where it named nobody, or fewer than two kinds can be told. Nobody else's words enter, not even the dice."""
    told = kinds_told(names, settings)
    own = names[names.index.get_level_values(0) == person_id]
    if len(told) < 2 or own.empty:
        return {}
    seed = int.from_bytes(hashlib.sha256(person_id.encode()).digest()[:8])
    rng, draws = np.random.default_rng([settings.ties.seed, seed]), settings.ties.draws
    middle, tossed = np.empty(len(told)), np.empty((draws, len(told)))
    for at, kind in enumerate(told):
        signs, ranges = _signs(own, settings, kind)
        middle[at] = _chance(own, settings, kind).sum()
        drawn = noisy_or(signs.T, rng.uniform(*ranges.T, (draws, len(ranges)))[..., None])
        tossed[:, at] = (rng.random(drawn.shape) < drawn).sum(axis=1)
    some = tossed[tossed.sum(axis=1) > 0]
    if not middle.any() or not len(some):
        return {}
    share, shares = middle / middle.sum(), some / some.sum(axis=1, keepdims=True)
    found = {kind: from_draws(share[at], shares[:, at], len(own)).times(100) for at, kind in enumerate(told)}
    return found | {"breadth": from_draws(evenly(share[None])[0], evenly(shares), len(own))}


def _signs(names: pd.DataFrame, settings: Settings, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Which signs of a kind each name shows, (names, signs) of booleans, and the ranges of their strengths, (signs, 2)."""
    signs = {sign: ends for sign, ends in settings.engagement.signs[kind].items() if sign in names}
    return names[list(signs)].to_numpy(), np.array(list(signs.values()))


def _chance(names: pd.DataFrame, settings: Settings, kind: str) -> np.ndarray:
    """P(kind) of each colleague named, with the middle of each range: (names,)."""
    signs, ranges = _signs(names, settings, kind)
    return noisy_or(signs, ranges.mean(axis=1))

"""The readiness of those whom people listen to, beside their own.

A person's own figure has the mean of the people named beside it, alters who answered, at least `FEWEST` of them. How far
the two go together is Pearson's correlation over egos, the autocorrelation of a personal network (Valente 1995, *Network
Models of the Diffusion of Innovations*; as a lag, Doreian 1989). Units share both their people and their readiness, so the
correlation is held against readiness dealt anew within units (Monte Carlo p, Davison & Hinkley 1997): what is more than
that is alike between people who listen to one another, by choice or by influence, which one survey cannot tell apart
(Shalizi & Thomas 2011, Sociol. Methods Res. 40:211). Egos share alters, so intervals are by the jackknife over people
(`network.jackknife`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.change.alike import CELLS, dealt
from kithwork.claims import Ledger
from kithwork.estimates import Estimate
from kithwork.network.graph import nominated
from kithwork.network.jackknife import leaving_out
from kithwork.network.nulls import Chance, against
from kithwork.params import Settings

ADDRESSES = ("contact", "connection")
"""Relations of address books: that somebody is in one says nothing of being listened to."""
FEWEST = 2
"""Alters who answered below which a person's are not averaged."""
FEWEST_EGOS = 3
"""People below which nothing is said of how far the two go together."""
JACKKNIFE = "jackknife over people (Shao & Wu 1989)"
LIKENESS = "like"


@dataclass(frozen=True)
class Heard:
    """Readiness of the alters of the egos of the whole or a unit, 0 to 100; that of all its people with a score, egos or
    not: the mean of egos alone would tell, beside that of all, who is none; people it could tell about."""

    theirs: Estimate
    beside: float
    people: int


@dataclass(frozen=True)
class Listened:
    """`heard`: by unit, None the whole; `likeness`: correlation of own and theirs, −1 to 1, None where nobody differs;
    `chance`: the same beside readiness dealt anew within units."""

    heard: dict[str | None, Heard]
    likeness: Estimate | None
    chance: Chance | None

    def claims(self, ledger: Ledger) -> None:
        """Add the mean of the whole and of each unit beside that of all there, and the correlation beside chance."""
        for unit, found in self.heard.items():
            ledger.add(
                "heeded_readiness",
                "Mean readiness of those whom people listen to",
                found.theirs,
                unit="score",
                method=f"Mean over people of the mean of those they named, at least two who answered; {JACKKNIFE}",
                reference=found.beside,
                reference_label="all who answered there",
                scope="organisation" if unit is None else "group",
                group=unit,
                people=found.people,
            )
        if self.likeness is not None and self.chance is not None:
            ledger.add(
                "heeded_likeness",
                "How far people are as ready as those they listen to",
                self.likeness,
                unit="index",
                method=f"Pearson's correlation over people; {JACKKNIFE}; P by chance {self.chance.p:.3f}, of"
                f" {self.chance.draws:,} shuffles within units (Davison & Hinkley 1997)",
                reference=self.chance.mean,
                reference_label="chance, within units",
                people=self.heard[None].people,
            )


def listened(
    scores: pd.Series, nominations: pd.DataFrame, people: pd.DataFrame, settings: Settings, rng: np.random.Generator
) -> Listened | None:
    """Readiness of those people listen to; None where nobody with a score named two people with one.

    `scores`: readiness by person_id, 0 to 100. Where no direction was recorded, both ends of a tie listen.
    """
    held = people[people["person_id"].isin(scores.index)].reset_index(drop=True)
    net = nominated(nominations[~nominations["relation"].isin(ADDRESSES)], held)
    net = net if settings.engagement.directed else ((net + net.T) > 0).astype(float)
    ready = scores.reindex(held["person_id"]).to_numpy(dtype=float)
    egos = _egos(net)
    if not egos.any():
        return None
    units = sorted(held.loc[egos, "unit"].dropna().unique())
    codes = pd.Index(units).get_indexer(held["unit"])
    found = leaving_out(
        net,
        lambda part, rows: _measures(part, ready[rows], codes[rows], len(units)),
        settings.change.resamples,
        rng,
        signed=(LIKENESS,),
    )
    heard: dict[str | None, Heard] = {}
    for name, unit in [("all", None), *((f"unit {at}", unit) for at, unit in enumerate(units))]:
        there = np.ones(len(held), dtype=bool) if unit is None else (held["unit"] == unit).to_numpy()
        who = egos & there
        named = int((net[who].sum(axis=0) > 0).sum())
        if name in found:
            theirs, many = found[name].times(100), int(who.sum())
            figure = Estimate(theirs.estimate, theirs.low, theirs.high, many)
            heard[unit] = Heard(figure, float(ready[there].mean()), min(many, named))
    if None not in heard:
        return None
    like = found.get(LIKENESS)
    if like is None:
        return Listened(heard, None, None)
    by_chance = _by_chance(net, ready, pd.factorize(held["unit"])[0], settings.change.permutations, rng)
    chance = against(like.estimate, by_chance) if len(by_chance) else None
    return Listened(heard, Estimate(like.estimate, like.low, like.high, int(egos.sum())), chance)


def likeness(net: sparse.csr_array, ready: np.ndarray) -> np.ndarray:
    """(draws,) correlation of own and alters' mean readiness over egos; NaN where either does not vary.

    `net`: directed 0/1, people × people; `ready`: (draws, people), a score for everybody.
    """
    egos = _egos(net)
    if egos.sum() < FEWEST_EGOS:
        return np.full(len(ready), np.nan)
    own, theirs = ready[:, egos], _theirs(net, ready)[:, egos]
    own, theirs = (values - values.mean(axis=1, keepdims=True) for values in (own, theirs))
    size = np.sqrt((own**2).sum(axis=1) * (theirs**2).sum(axis=1))
    return np.divide((own * theirs).sum(axis=1), size, out=np.full(len(ready), np.nan), where=size > 1e-9)


def _by_chance(
    net: sparse.csr_array, ready: np.ndarray, codes: np.ndarray, times: int, rng: np.random.Generator
) -> np.ndarray:
    """(times,) likeness of values dealt anew within groups, less those draws that have none; so many cells at a time."""
    step = max(CELLS // len(ready), 1)
    parts = [min(step, times - first) for first in range(0, times, step)]
    draws = np.concatenate([likeness(net, dealt(ready, codes, part, rng)) for part in parts])
    return draws[~np.isnan(draws)]


def _egos(net: sparse.csr_array) -> np.ndarray:
    return net.sum(axis=1) >= FEWEST


def _theirs(net: sparse.csr_array, ready: np.ndarray) -> np.ndarray:
    """(draws, people) mean readiness of each one's alters, 0 without any."""
    return (net @ ready.T).T / np.maximum(net.sum(axis=1), 1)


def _measures(net: sparse.csr_array, ready: np.ndarray, codes: np.ndarray, units: int) -> dict[str, float]:
    """The mean over all egos and over those of each unit, 0 to 1, and the correlation; NaN where there is none."""
    egos = _egos(net)
    theirs, of = _theirs(net, ready[None])[0, egos] / 100, codes[egos]
    counts = np.bincount(of[of >= 0], minlength=units)
    sums = np.bincount(of[of >= 0], theirs[of >= 0], minlength=units)
    means = np.divide(sums, counts, out=np.full(units, np.nan), where=counts > 0)
    whole = {"all": theirs.mean() if egos.any() else np.nan, LIKENESS: likeness(net, ready[None])[0]}
    return whole | {f"unit {at}": mean for at, mean in enumerate(means)}

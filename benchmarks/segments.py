"""Whether segments that are planted are found, and none where there are none.

    make bench-segments

Each organisation goes through the whole chain: people with propensities to hold ties of each kind; ties between them, each
kind dealt by the product of both ends' propensities; signs, some unseen and some wrong; kinds as probabilities; portfolios;
coordinates; the verdict. One population has no segments, whatever its shape:

    plain       propensities lognormal, by kind and in all
    skewed      exponential instead: a long tail
    few         a third of the ties
    lumpy       a third of the ties, and kinds certain: whole numbers, many portfolios alike
    slanting    who holds many ties holds them of one kind: mix and number go together

At a separation s, three segments have each e^s times the ties of one kind that its people would have, and e^(−s/2) times
those of the others, as counted before they are halved at the other end. Where segments are named, their agreement with
the planted ones is told (adjusted Rand index), and 0 where none are named. Membership is held against how often it is
right.

Both nulls are set beside each other on the populations without segments: the share of runs whose best split, preferred or
not, repeats beyond what one group gives in 95 of 100 cases ought to be .05.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.estimates import proportion
from kithwork.params import Settings
from kithwork.people import composition, membership, portfolio, segments, stability
from kithwork.people.composition import Placed
from kithwork.setting import KINDS
from kithwork.tables import PEOPLE
from kithwork.ties import kinds

ENGAGEMENT, PEOPLE_EACH, RESAMPLES, FIRST_SEED = "demo", 300, 40, 5000
NULL_RUNS, PLANTED_RUNS = 42, 12
SIGNS = {"personal": {"friend": [0.7, 0.95]}, "functional": {"work": [0.8, 1.0]}, "strategic": {"learn": [0.5, 0.8]}}
SEEN, WRONG = 0.9, 0.05
"""Chance that a tie of a kind shows its sign, and that another does."""
MEAN = np.array([4.0, 8.0, 3.0])
"""Mean ties of each kind."""
OWN, ALL = 0.35, 0.45
"""Spread of a person's propensity by kind and in all; log ties."""
SEPARATIONS = (0.6, 1.0, 1.3, 1.6, 2.0, 2.5)
SEPARABLE = 1.6
"""Separation from which an ARI of .9 is asked for."""
SIZES = {400: 5.0, 6_000: 30.0, 100_000: 60.0}
"""People, and seconds that the verdict may take."""


@dataclass(frozen=True)
class Population:
    """How propensities are distributed where nothing is planted."""

    tail: bool = False
    ties: float = 1.0
    certain: bool = False
    slant: float = 0.0


POPULATIONS = {
    "plain": Population(),
    "skewed": Population(tail=True),
    "few": Population(ties=1 / 3),
    "lumpy": Population(ties=1 / 3, certain=True),
    "slanting": Population(slant=0.8),
}


@dataclass(frozen=True)
class Run:
    """One organisation's verdict."""

    named: bool
    beyond_one_group: bool
    beyond_one_gaussian: bool
    agreement: float
    membership: float
    right: float


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures, nothing = [], {name: _runs(one, 0.0, NULL_RUNS) for name, one in POPULATIONS.items()}
    every = [run for runs in nothing.values() for run in runs]
    figures.append(_share("no clear segments where nothing is", [not run.named for run in every], 0.95, "at least"))
    figures += [_share(f"the same, {name}", [not run.named for run in runs]) for name, runs in nothing.items()]
    for name, runs in nothing.items():
        figures.append(_share(f"best split beyond one group, {name}", [run.beyond_one_group for run in runs]))
        figures.append(_share(f"best split beyond one Gaussian, {name}", [run.beyond_one_gaussian for run in runs]))
    for separation in SEPARATIONS:
        runs = _runs(POPULATIONS["plain"], separation, PLANTED_RUNS)
        goal = 0.9 if separation >= SEPARABLE else None
        figures.append(_share(f"segments named at separation {separation:g}", [run.named for run in runs]))
        ari = tuple(run.agreement for run in runs)
        figures.append(Figure(f"ARI with the planted at separation {separation:g}", ari, "index", goal, "at least"))
        if any(run.named for run in runs):
            for told in ("membership", "right"):
                values = tuple(100 * getattr(run, told) for run in runs if run.named)
                of = {"membership": "mean membership", "right": "people placed right"}[told]
                figures.append(Figure(f"{of} at separation {separation:g}", values, "%"))
    figures += [
        Figure(f"verdict for {people:,} people", (_seconds(people),), "s CPU", most) for people, most in SIZES.items()
    ]
    return publish("segments", figures)


def _runs(population: Population, separation: float, count: int) -> list[Run]:
    return [run(population, separation, FIRST_SEED + seed) for seed in range(count)]


def _share(name: str, which: list[bool], goal: float | None = None, sense: str = "at most") -> Figure:
    found = proportion(sum(which), len(which))
    return Figure(f"{name} (of {len(which)})", (found.estimate,), "share", goal, sense, (found.low, found.high))


def run(population: Population, separation: float, seed: int) -> Run:
    """The verdict on one organisation, and what it is worth."""
    rng = np.random.default_rng(seed)
    settings = studied(population)
    people = _staff(PEOPLE_EACH)
    planted = rng.integers(0, len(KINDS), PEOPLE_EACH)
    ties = kinds.probabilities(drawn_ties(population, planted, separation, rng), settings, rng)
    placed = composition.placed(portfolio.portfolios(ties, people, settings), settings)
    found = segments.segment(placed, settings)
    null = stability.null(placed.values, found.tried, RESAMPLES, rng, stability.one_gaussian)
    beyond = found.stability.estimate > found.bar, found.stability.estimate > stability.bar(null)
    if not found.supported:
        return Run(False, *beyond, 0.0, np.nan, np.nan)
    truth = planted[pd.Index(people["person_id"]).get_indexer(placed.people["person_id"])]
    chances = membership.membership(ties, people, placed, found, rng)
    labels = chances.argmax(axis=1)
    meant = pd.Series(truth).groupby(labels).agg(lambda held: held.mode()[0])
    right = float((meant.loc[labels].to_numpy() == truth).mean())
    return Run(True, *beyond, adjusted_rand_score(truth, labels), float(chances.max(axis=1).mean()), right)


def drawn_ties(population: Population, planted: np.ndarray, separation: float, rng: np.random.Generator) -> pd.DataFrame:
    """Ties with their signs. The people's expected ties of each kind are proportional to their propensities."""
    n = len(planted)
    lead = np.where(planted[:, None] == np.arange(len(KINDS)), 1.0, -0.5)
    by_kind, whole = (
        spread * (rng.exponential(1, shape) - 1) * 1.5 if population.tail else rng.normal(0, spread, shape)
        for spread, shape in ((OWN, (n, len(KINDS))), (ALL, (n, 1)))
    )
    slant = population.slant * whole * np.array([1.0, 0.0, -1.0])
    propensity = np.exp(separation * lead + by_kind + whole + slant)
    held: dict[tuple[int, int], set[int]] = {}
    for kind, chance in enumerate((propensity / propensity.sum(axis=0)).T):
        count = rng.poisson(n * MEAN[kind] * population.ties / 2)
        a, b = (rng.choice(n, count, p=chance) for _ in range(2))
        for pair in zip(np.minimum(a, b).tolist(), np.maximum(a, b).tolist(), strict=True):
            if pair[0] != pair[1]:
                held.setdefault(pair, set()).add(kind)
    pairs = sorted(held)
    seen = rng.random((len(pairs), len(KINDS))) < np.where(
        [[kind in held[pair] for kind in range(len(KINDS))] for pair in pairs], SEEN, WRONG
    )
    words = np.array([sign for signs in SIGNS.values() for sign in signs])
    ids = _staff(n)["person_id"].to_numpy()
    return pd.DataFrame(
        {
            "a_id": [ids[a] for a, _ in pairs],
            "b_id": [ids[b] for _, b in pairs],
            "signs": ["+".join(words[one]) for one in seen],
        }
    )


def studied(population: Population) -> Settings:
    """The engagement's settings with this benchmark's signs and resamples."""
    settings = params.load(ENGAGEMENT)
    signs = {kind: {sign: [1.0, 1.0] for sign in of} for kind, of in SIGNS.items()} if population.certain else SIGNS
    return settings.model_copy(
        update={
            "engagement": settings.engagement.model_copy(update={"signs": signs, "labels": {}}),
            "people": settings.people.model_copy(update={"resamples": RESAMPLES}),
            "ties": settings.ties.model_copy(update={"draws": 100}),
        }
    )


def _staff(n: int) -> pd.DataFrame:
    frame = pd.DataFrame({"person_id": [f"p{i:06d}" for i in range(n)]})
    return frame.assign(**{name: None for name in PEOPLE.columns if name not in frame})


def _seconds(people: int) -> float:
    """CPU seconds of the verdict at the engagement's own resamples, over three segments of so many people."""
    rng = np.random.default_rng(people)
    lead = 1.5 * np.where(rng.integers(0, 3, people)[:, None] == np.arange(3), 1.0, -0.5)
    held = rng.poisson(MEAN * np.exp(lead + rng.normal(0, OWN, (people, 3)))).astype(float)
    raw = composition.coordinates(held, held.sum(axis=1) + 1)
    placed = Placed(pd.DataFrame({"person_id": np.arange(people)}), KINDS, raw, raw.mean(axis=0), raw.std(axis=0))
    start = time.process_time()
    segments.segment(placed, params.load(ENGAGEMENT))
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())

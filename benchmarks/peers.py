"""Whether a peer effect is found where there is one, and not where there is none: simulated, and in real studies.

    make bench-peers                                   what was planted in simulated studies
    make bench-peers FOLDERS="<folder> <folder> …"     the same, and real studies in the form of `adoption_studies.folder`
    python -m benchmarks.peers people.csv ties.csv     any other study: the verdict, and the tables of its spread

For the last, `people.csv` has the columns person, group and time (empty: had not adopted), `ties.csv` from and to; what is
done with gaps, loops and doubles is said in `benchmarks/adoption_studies.py`. Nothing is written.

Simulated are people in ten units of unequal size that differ in readiness, tied mostly within them, who adopt in a week
with the log odds α[unit] + 0.04 · week + β · exposure. Intervals of β should hold what was planted in 93 to 97 % of
studies, and at β = 0 no more than 5 % should be called found: also where people differ in readiness by themselves,
where a study is small, and in whole organisations of `kithwork.simulation` in which nobody follows anybody. Where tied
people of a unit are alike in a readiness that nobody measured, likeness is taken for a peer effect; how often is
measured, as no goal can be set.

Real studies: what their README reports, and every figure that netdiffuseR's own pages print for its copies of them.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import expit

from benchmarks import adoption_published, adoption_studies
from benchmarks.figures import Figure, publish
from kithwork.change.adoption import Adoptions
from kithwork.change.alike import interval
from kithwork.change.diffusion import NEVER
from kithwork.change.hazard import at_risk, log_odds
from kithwork.change.peers import FOUND, peer_effect
from kithwork.change.spread_tables import adopter_table, spread_table
from kithwork.errors import UserError
from kithwork.estimates import proportion
from kithwork.simulation import simulate
from kithwork.simulation.knobs import Knobs

STUDIES, PEOPLE, UNITS, WEEKS = 400, 240, 10, 20
WORLDS, STAFF = 160, 200
ORGANISATIONS, TIMES = 8, 50
DEALS = SimpleNamespace(change=SimpleNamespace(permutations=399))
REAL = SimpleNamespace(change=SimpleNamespace(permutations=9_999))

CASES = {
    "β = 0": {"effect": 0.0},
    "β = 1.5": {"effect": 1.5},
    "β = 3": {"effect": 3.0},
    "β = 0, people differ": {"effect": 0.0, "own": 1.0},
    "β = 0, 80 people": {"effect": 0.0, "people": 80},
    "β = 0, the ready tied to the ready within units": {"effect": 0.0, "own": 1.0, "alike": 1.0},
}
LIMIT = "β = 0, the ready tied to the ready within units"


def main(arguments: list[str]) -> int:
    """Measure, print, write; 1 if a goal is missed. With two CSV files: the verdict on a study."""
    if arguments and all(one.endswith(".csv") for one in arguments):
        try:
            return told(*map(Path, arguments))
        except UserError as error:
            print(error, file=sys.stderr)
            return 1
    figures = []
    with ProcessPoolExecutor(2) as hands:
        for case, knobs in CASES.items():
            figures += recovered(case, knobs["effect"], list(hands.map(tried, range(STUDIES), repeat(knobs), chunksize=20)))
        for follow in (0.0, Knobs().contagion):
            found = list(hands.map(simulated, range(WORLDS), repeat(follow), chunksize=5))
            goal = (0.05, "at most") if follow == 0 else (0.8, "at least")
            figures.append(share(f"kithwork.simulation, contagion {follow:g}: called found", found, *goal))
        held = [one for of in hands.map(likenesses, range(ORGANISATIONS)) for one in of]
    figures.append(share("β = 1.5: interval of likeness holds its mean in that organisation", held, 0.93, "at least"))
    for where in map(Path, arguments):
        figures += real(where)
    return publish("peers", figures)


def organisation(
    chart: np.random.Generator,
    rng: np.random.Generator,
    effect: float,
    own: float = 0,
    alike: float = 0,
    people: int = PEOPLE,
) -> adoption_studies.Study:
    """A study with known log odds. `own`: sd of people's own log odds; `alike`: how much rarer ties are by its difference.

    Units and their readiness come of `chart`, people's own, ties and adoption of `rng`.
    """
    groups = np.sort(chart.choice(UNITS, people, p=chart.dirichlet(np.full(UNITS, 4.0))))
    ready = chart.normal(0, 0.8, UNITS)[groups]
    self = rng.standard_normal(people)
    size = np.maximum(np.bincount(groups, minlength=UNITS)[groups], 7)
    chance = np.where(groups[:, None] == groups, 6 / size, 2 / people) * np.exp(-alike * np.abs(self[:, None] - self))
    half = np.triu(rng.random((people, people)) < chance, 1)
    net = (half | half.T).astype(float)
    week, heeds = np.full(people, NEVER, dtype=np.int16), np.maximum(net.sum(axis=1), 1)
    for now in range(WEEKS):
        odds = -3.6 + ready + own * self + 0.04 * now + effect * (net @ (week < now)) / heeds
        week[(week == NEVER) & (rng.random(people) < expit(odds))] = now
    return adoption_studies.Study(sparse.csr_array(net), Adoptions(week, WEEKS), groups)


def tried(seed: int, knobs: dict[str, float]) -> tuple[float, float, float, bool]:
    """Log odds with their ends, NaN where none can be told, and whether a peer effect is called found."""
    rng = np.random.default_rng([seed, 7])
    study = organisation(rng, rng, **knobs)
    odds = log_odds(at_risk(study.net, study.adoptions), study.groups)
    found = peer_effect(study.net, study.adoptions, study.groups, DEALS, rng)
    ends = (np.nan,) * 3 if odds is None else (odds.estimate, odds.low, odds.high)
    return *ends, found is not None and found.verdict == FOUND


def recovered(case: str, effect: float, of: list[tuple[float, float, float, bool]]) -> list[Figure]:
    """Coverage, mean and verdicts of one case."""
    estimate, low, high, found = np.array(of, dtype=float).T
    if case == LIMIT:
        return [share(f"{case}: called found (a limit, no goal)", found)]
    holds = (low <= effect) & (effect <= high)
    called = share(f"{case}: called found", found, *((0.05, "at most") if effect == 0 else ()))
    return [
        share(f"{case}: interval of the log odds holds it", holds, 0.93, "at least"),
        share(f"{case}: the same", holds, 0.97, "at most"),
        Figure(f"{case}: mean log odds found", (float(np.nanmean(estimate)),), ""),
        called,
    ]


def share(name: str, of, goal: float | None = None, sense: str = "at most") -> Figure:
    """A share of studies with Wilson's interval."""
    found = proportion(int(np.sum(of)), len(of))
    return Figure(name, (found.estimate,), "share", goal, sense, interval=(found.low, found.high))


def simulated(seed: int, follow: float) -> bool:
    """Whether a peer effect is called found in an organisation of kithwork.simulation, of the ties it has."""
    world = simulate(STAFF, 26, 900 + seed, Knobs(contagion=follow))
    a, b = world.bonds.ties["a"].to_numpy(), world.bonds.ties["b"].to_numpy()
    half = sparse.coo_array((np.ones(len(a)), (a, b)), shape=(STAFF, STAFF)).tocsr()
    began = world.adopted[world.adopted >= 0].min(initial=0)
    week = np.where(world.adopted < 0, NEVER, world.adopted - began).astype(np.int16)
    groups = pd.factorize(world.org.people["unit"])[0]
    found = peer_effect(half + half.T, Adoptions(week, 26 - int(began)), groups, DEALS, np.random.default_rng(seed))
    return found is not None and found.verdict == FOUND


def likenesses(seed: int) -> list[bool]:
    """One organisation, its people, ties and adoption drawn again and again: whether intervals hold the mean likeness."""
    found = []
    for time in range(TIMES):
        study = organisation(np.random.default_rng(seed), np.random.default_rng([seed, time]), 1.5)
        week = np.minimum(study.adoptions.week, WEEKS).astype(float)
        found.append(interval(study.net, week))
    mean = np.mean([one.estimate for one in found])
    return [one.low <= mean <= one.high for one in found]


def real(where: Path) -> list[Figure]:
    """A real study: what is found, and the figures reported of it."""
    study, rng = adoption_studies.folder(where), np.random.default_rng(1)
    found = peer_effect(study.net, study.adoptions, study.groups, REAL, rng)
    ends = (found.likeness.low, found.likeness.high)
    name = where.name
    figures = [
        Figure(f"{name}: likeness, without self-nominations", (found.likeness.estimate,), "", interval=ends),
        Figure(f"{name}: mean of deals within groups", (found.expected,), ""),
        Figure(f"{name}: p two-sided", (found.p,), ""),
        Figure(f"{name}: p one-sided", (found.p_above,), ""),
        Figure(f"{name}: times the odds for a tenth more exposure", (found.hazard.estimate,), "times",
               interval=(found.hazard.low, found.hazard.high)),
    ]  # fmt: skip
    return figures + adoption_published.reproduced(where, study, found, rng)


def told(people: Path, ties: Path) -> int:
    """Print the verdict on a study in two CSV files, and the tables of its spread."""
    study = adoption_studies.tables(people, ties)
    found = peer_effect(study.net, study.adoptions, study.groups, REAL, np.random.default_rng(1))
    adopted = int(study.adoptions.adopted.sum())
    print(f"{len(study.groups)} people, {study.net.nnz} ties, {adopted} adopted, {study.adoptions.weeks} periods")
    for what, count in study.left_out.items():
        if count:
            print(f"left out: {count} {what}")
    if found is None:
        print("too few to tell: no two tied people differ in when they adopted")
    else:
        r, odds = found.likeness, found.hazard
        print(f"{found.verdict}: likeness {r.estimate:.3f} [{r.low:.3f}, {r.high:.3f}]; by chance within groups", end=" ")
        print(f"{found.expected:.3f} (sd {found.spread:.3f}); p {found.p:.4f} two-sided, {found.p_above:.4f} one-sided")
        told_odds = f"{odds.estimate:.3f} [{odds.low:.3f}, {odds.high:.3f}]" if odds else "cannot be told"
        print("times the odds for a tenth more exposure:", told_odds)
    print(spread_table(study.net, study.adoptions).round(3).to_string(index=False))
    print(adopter_table(study.net, study.adoptions).round(3).to_string(index=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

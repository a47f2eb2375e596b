"""Who is tied to whom, and in which kinds: personal, functional, strategic; inside, and to parties outside.

Each kind is a degree-corrected block model (Karrer & Newman 2011, Phys. Rev. E 83, 016107) in its Poisson form: in a
venue (a unit, a project, a place and cohort, the whole) the number of ties is Poisson and both ends are drawn by
propensity. Venues carry the covariates, so that drawing costs as much as there are ties, not pairs.

    functional  units and their teams, the reporting tree, projects across units, everywhere
    personal    functional ties that became friendships (odds by homophily), places and cohorts, closed two-paths
    strategic   across units and upwards, a share of functional ties, parties outside

Kinds are not exclusive: a pair may be of two or three.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from kithwork.simulation import words
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.organisation import Organisation

PERSONAL, FUNCTIONAL, STRATEGIC = range(3)
FUNCTIONAL_TIES, PERSONAL_TIES, STRATEGIC_TIES = 16.0, 0.8, 1.7
"""Draws per person: functional in all, personal beyond colleagues, strategic beyond functional ties. In small venues many
draws meet in one pair: about five functional, three personal and two strategic ties remain."""
IN_TEAMS, TEAM = 0.95, 6
"""Share of the functional ties inside a unit that stay in a team of it, and people in a team."""
PROJECT_SHARE, PROJECT_SIZE, IN_PROJECTS = 0.7, 6, 0.95
"""Share of people in a project, people in one, and share of the functional ties across units that are of projects."""
FRIENDS_AT_WORK = 0.4
"""Chance that a functional tie is personal too, without homophily."""
STRATEGIC_AT_WORK = 0.15
"""Chance that a functional tie is strategic too. These constants bring degrees, closure and the overlap of kinds near those
of relations asked for in real organisations (benchmarks/likeness.py)."""
OUTSIDE = {
    "Sales": 2.4,
    "Supply": 1.8,
    "Research": 1.6,
    "Service": 1.2,
    "Finance": 0.7,
    "People": 0.5,
    "Operations": 0.35,
    "Engineering": 0.6,
}
"""Ties to contacts outside, per person of a function."""
EVENNESS = 1.5
"""Shape of the Gamma by which ties differ in strength."""
WRITTEN_DOWN = 0.75
"""Share of ties outside that stand in an address book."""
FEWEST_PARTIES, PEOPLE_PER_PARTY, CONTACTS = 14, 16, 3


@dataclass(frozen=True)
class Relationships:
    """`ties`: a < b (row numbers of people), three booleans, strength; `outside`: person, contact (row of
    `contacts`), the same, and whether an address book has it.

    `projects` has one array of people per project; `parties` and `contacts` are the outside.
    """

    ties: pd.DataFrame
    outside: pd.DataFrame
    projects: list[np.ndarray]
    parties: pd.DataFrame
    contacts: pd.DataFrame


KIND_COLUMNS = ["personal", "functional", "strategic"]


def build(
    org: Organisation, knobs: Knobs, rng: np.random.Generator, outside: np.random.Generator | None = None
) -> Relationships:
    """Ties of all kinds among people and to parties outside; these drawn from `outside`, where it is given."""
    n = len(org)
    projects = _projects(org, rng)
    functional = _functional(org, projects, knobs, rng)
    personal = _personal(org, functional, knobs, rng)
    strategic = _strategic(org, functional, knobs, rng)
    every = np.unique(np.concatenate([personal, functional, strategic]))
    ties = pd.DataFrame({"a": every // n, "b": every % n})
    for name, pairs in zip(KIND_COLUMNS, (personal, functional, strategic), strict=True):
        ties[name] = np.isin(every, pairs)
    ties["strength"] = _strength(len(ties), rng)
    parties, contacts = _outside_world(n, outside or rng)
    return Relationships(ties, _outside(org, parties, contacts, rng), projects, parties, contacts)


def _strength(ties: int, rng: np.random.Generator) -> np.ndarray:
    """How strong ties are, 1 on average: the stronger see more contact, and are named first."""
    return rng.gamma(EVENNESS, 1 / EVENNESS, ties)


def _pairs(a: np.ndarray, b: np.ndarray, n: int) -> np.ndarray:
    """Each unordered pair once, as the number a·n + b with a < b; nobody with oneself."""
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.unique((low * n + high)[low != high])


def _venue(group: np.ndarray, weight: np.ndarray, mean: float, rng: np.random.Generator) -> np.ndarray:
    """Ties within groups: `mean` per person of average propensity, both ends by propensity."""
    n = len(group)
    order = np.argsort(group, kind="stable")
    inside = np.cumsum(weight[order])
    start = np.flatnonzero(np.r_[True, group[order][1:] != group[order][:-1]])
    end = np.r_[start[1:], n] - 1
    before = np.r_[0, inside][start]
    mass = inside[end] - before
    count = rng.poisson(mean * mass / weight.mean() / 2)
    base, width = np.repeat(before, count), np.repeat(mass, count)
    ends = (np.searchsorted(inside, base + width * rng.random(len(base)), side="right") for _ in range(2))
    a, b = (order[np.minimum(end_, n - 1)] for end_ in ends)
    return _pairs(a, b, n)


def _projects(org: Organisation, rng: np.random.Generator) -> list[np.ndarray]:
    members = rng.permutation(len(org))[: int(PROJECT_SHARE * len(org))]
    return np.array_split(members, max(len(members) // PROJECT_SIZE, 1))


def _teams(unit_of: np.ndarray) -> np.ndarray:
    """A number for each person's team: the people of a unit in their order, a few at a time."""
    first = np.searchsorted(unit_of, unit_of)
    return unit_of * len(unit_of) + (np.arange(len(unit_of)) - first) // TEAM


def _functional(org: Organisation, projects: list[np.ndarray], knobs: Knobs, rng: np.random.Generator) -> np.ndarray:
    n, weight = len(org), org.propensity[:, FUNCTIONAL]
    unit = FUNCTIONAL_TIES * knobs.unit_pull
    inside = np.union1d(
        _venue(_teams(org.unit_of), weight, unit * IN_TEAMS, rng), _venue(org.unit_of, weight, unit * (1 - IN_TEAMS), rng)
    )
    reports = np.flatnonzero((org.manager >= 0) & (rng.random(n) < min(1.5 * knobs.unit_pull, 0.95)))
    tree = _pairs(reports, org.manager[reports], n)
    project = np.full(n, -1)
    for number, members in enumerate(projects):
        project[members] = number
    alone = project < 0
    project[alone] = len(projects) + np.arange(alone.sum())
    elsewhere = FUNCTIONAL_TIES * (1 - knobs.unit_pull)
    together = _venue(project, weight, elsewhere * IN_PROJECTS / PROJECT_SHARE, rng)
    anywhere = _venue(np.zeros(n, dtype=int), weight, elsewhere * (1 - IN_PROJECTS), rng)
    found = np.unique(np.concatenate([inside, tree, together, anywhere]))
    return _with_share_inside(found, org, knobs.unit_pull, rng)


def _with_share_inside(pairs: np.ndarray, org: Organisation, share: float, rng: np.random.Generator) -> np.ndarray:
    """The pairs, thinned at random where there are too many inside units or across; at 0 and 1 they are as they fell.

    Small units fill up and projects overlap with units, so that what was drawn for a venue is not what is found in it.
    """
    within = org.unit_of[pairs // len(org)] == org.unit_of[pairs % len(org)]
    if share in (0, 1):
        return pairs
    inside, across = rng.permutation(pairs[within]), rng.permutation(pairs[~within])
    inside = inside[: round(len(across) * share / (1 - share))]
    across = across[: round(len(inside) * (1 - share) / share)]
    return np.sort(np.concatenate([inside, across]))


def _alike(org: Organisation, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How many of place, level and cohort two people share, less one and a half (strangers share one on average)."""
    tenure = org.people["tenure_months"].to_numpy()
    same = (
        (org.site[a] == org.site[b]).astype(float) + (org.level[a] == org.level[b]) + (np.abs(tenure[a] - tenure[b]) < 18)
    )
    return same - 1.5


def _personal(org: Organisation, functional: np.ndarray, knobs: Knobs, rng: np.random.Generator) -> np.ndarray:
    n, weight = len(org), org.propensity[:, PERSONAL]
    a, b = functional // n, functional % n
    taste = np.sqrt(weight[a] * weight[b])
    odds = FRIENDS_AT_WORK / (1 - FRIENDS_AT_WORK) * taste * np.exp(knobs.homophily * _alike(org, a, b))
    at_work = functional[rng.random(len(functional)) < odds / (1 + odds)]
    cohort = np.searchsorted([12, 36, 96], org.people["tenure_months"].to_numpy())
    alike = 1 - np.exp(-2 * knobs.homophily)
    near = _venue(org.site * 4 + cohort, weight, PERSONAL_TIES * alike, rng)
    anywhere = _venue(np.zeros(n, dtype=int), weight, PERSONAL_TIES * (1 - alike), rng)
    found = np.unique(np.concatenate([at_work, near, anywhere]))
    return np.union1d(found, _closed(found, n, knobs.closure, rng))


def _closed(pairs: np.ndarray, n: int, share: float, rng: np.random.Generator) -> np.ndarray:
    """Two people tied to a third, drawn by that one's ties, `share` times as often as there are ties (Rapoport 1953)."""
    a, b = pairs // n, pairs % n
    half = sparse.coo_array((np.ones(len(pairs)), (a, b)), shape=(n, n)).tocsr()
    graph = (half + half.T).tocsr()
    degree = np.diff(graph.indptr)
    middle = rng.choice(n, int(share * len(pairs)), p=degree / degree.sum()) if len(pairs) else np.empty(0, dtype=int)
    ends = [graph.indices[graph.indptr[middle] + (rng.random(len(middle)) * degree[middle]).astype(int)] for _ in range(2)]
    return _pairs(ends[0].astype(int), ends[1].astype(int), n)


def _strategic(org: Organisation, functional: np.ndarray, knobs: Knobs, rng: np.random.Generator) -> np.ndarray:
    n, weight = len(org), org.propensity[:, STRATEGIC]
    at_work = functional[rng.random(len(functional)) < STRATEGIC_AT_WORK]
    count = rng.poisson(STRATEGIC_TIES * n / 2)
    upward = weight * np.exp(0.7 * (org.level.max() - org.level))
    a, b = (rng.choice(n, count, p=mass / mass.sum()) for mass in (weight, upward))
    across = (org.unit_of[a] != org.unit_of[b]) | (rng.random(count) >= knobs.unit_pull)
    return np.union1d(at_work, _pairs(a[across], b[across], n))


def _outside_world(n: int, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Parties with their kind, segment and domain, and the people one may know there."""
    count = max(FEWEST_PARTIES, n // PEOPLE_PER_PARTY)
    kinds = list(words.PARTY_SHARE)
    kind = np.r_[np.arange(len(kinds)), rng.choice(len(kinds), count - len(kinds), p=list(words.PARTY_SHARE.values()))]
    first = rng.permutation(len(words.PARTY_FIRST))
    names = []
    for number, k in enumerate(kind):
        stem, turn = words.PARTY_FIRST[first[number % len(first)]], number // len(first)
        last = words.PARTY_LAST[kinds[k]]
        names.append(f"{stem} {last[(number + turn) % len(last)]}" + (f" {turn + 1}" if turn >= len(last) else ""))
    names = pd.Series(names)
    again = names.groupby(names).cumcount()
    names = names.where(again == 0, names + " " + (again + 1).astype(str))
    domains = names.str.lower().str.replace(" ", "-", regex=False) + ".example"
    segment = np.array(words.SEGMENTS)[rng.choice(len(words.SEGMENTS), count, p=[0.35, 0.3, 0.2, 0.15])]
    parties = pd.DataFrame({"party": domains, "name": names, "kind": np.array(kinds)[kind], "segment": segment})
    of = np.repeat(np.arange(count), CONTACTS)
    contact = np.char.add(rng.choice(words.FIRST, len(of)).astype(str), " ")
    contact = np.char.add(contact, rng.choice(words.LAST, len(of)).astype(str))
    return parties, pd.DataFrame({"party": of, "name": contact})


def _outside(org: Organisation, parties: pd.DataFrame, contacts: pd.DataFrame, rng) -> pd.DataFrame:
    """Ties to contacts outside; few reach the last segment, which is a planted blind spot."""
    weight = org.propensity[:, 3] * org.people["function"].map(OUTSIDE).to_numpy()
    person = np.repeat(np.arange(len(org)), rng.poisson(weight))
    reach = np.where((parties["segment"] == words.SEGMENTS[-1]).to_numpy()[contacts["party"]], 0.12, 1.0)
    contact = rng.choice(len(contacts), len(person), p=reach / reach.sum())
    frame = pd.DataFrame({"person": person, "contact": contact}).drop_duplicates().sort_values(["person", "contact"])
    dice = rng.random((len(frame), 3))
    functional, strategic = dice[:, 0] < 0.65, dice[:, 1] < 0.5
    frame["personal"], frame["functional"], frame["strategic"] = dice[:, 2] < 0.12, functional | ~strategic, strategic
    frame["strength"] = _strength(len(frame), rng)
    frame["written_down"] = rng.random(len(frame)) < WRITTEN_DOWN
    return frame.reset_index(drop=True)

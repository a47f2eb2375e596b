"""The same job in orgnet and vivainsights, which do a part of it, beside ours: what each takes, and where they agree.

    make bench-onapeers

Staff and 39,000 mails of 1,000 people go from files to measures of each person by orgnet, with plain counts as its weights
and with those that it takes by itself, and by ours; a person-to-person query of 4,000 people goes to a table of measures by
vivainsights and by ours. Each is a process of its own, imports included: seconds of the processor, and the largest memory.
vivainsights lays out a picture that its table does not show, unless it is told of a cheaper layout: both are given, and its
`network_summary` without any picture. Where measures mean the same they are compared. orgnet leaves out all pairs that
mailed no more than the mean pair, so ours is computed again on its own network; and it takes weights for lengths in
betweenness, which is only set beside ours in rank.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import apart
from benchmarks import onapeers_jobs as jobs
from benchmarks.apart import Cost
from benchmarks.figures import Figure, publish

RUNS = 3
"""Of ours and of the short ones; those that take minutes run once."""

PEOPLE, TIES = 4_000, 40_000
ALIKE = 1e-6
"""Figures that differ by no more, in parts of the largest, are the same: both sides stop an iteration somewhere."""

OURS_OF_MAIL, OURS_OF_QUERY = "ours, of mail", "ours, of a query"
OF_MAIL = {
    OURS_OF_MAIL: ("ours_of_mail()", RUNS),
    "orgnet, plain counts": ("orgnet('pure_count')", 1),
    "orgnet, its own weights": ("orgnet('composite')", 1),
}
OF_QUERY = {
    OURS_OF_QUERY: ("ours_of_query()", RUNS),
    'vivainsights, layout="random"': ("vivainsights('random')", RUNS),
    "vivainsights, network_summary": ("vivainsights_summary()", RUNS),
    "vivainsights, as it comes": ("vivainsights()", 1),
}
"""Jobs by name: the function, and how often it runs."""


def main(packages: Path) -> int:
    """Measure, print, write; 1 if a goal is missed. `packages` is a folder with both tools."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs.write_mail(folder)
        jobs.write_query(folder, PEOPLE, TIES)
        of_mail, of_query = (ran(which, folder, packages) for which in (OF_MAIL, OF_QUERY))
        agreed = [*agreed_on_mail(folder), *agreed_on_query(folder)]
    counts, plain = "orgnet, plain counts", 'vivainsights, layout="random"'
    return publish("onapeers", [*told(of_mail, OURS_OF_MAIL, counts), *told(of_query, OURS_OF_QUERY, plain), *agreed])


def ran(which: dict[str, tuple[str, int]], folder: Path, packages: Path) -> dict[str, list[Cost]]:
    """What each job took, each time it ran."""
    found = {}
    for name, (call, runs) in which.items():
        code = f"from benchmarks import onapeers_jobs; onapeers_jobs.{call}"
        found[name] = [apart.cost(code, packages=packages, folder=folder) for _ in range(runs)]
        print(f"{name}: {found[name][0].seconds:.1f} s", file=sys.stderr)
    return found


def told(costs: dict[str, list[Cost]], own: str, peer: str) -> list[Figure]:
    """Time and memory of each job, ours beside the nearest other; ours is to be no slower than it."""
    figures = []
    for name, runs in costs.items():
        for what, unit in (("seconds", "s"), ("memory", "GiB")):
            beside = f"{peer}: {what}" if name == own else None
            figures.append(Figure(f"{name}: {what}", tuple(getattr(run, what) for run in runs), unit, peer=beside))
    seconds = {name: [run.seconds for run in runs] for name, runs in costs.items()}
    slower = {name: tuple(min(seconds[name]) / one for one in seconds[own]) for name in costs if name != own}
    return [*figures, *(Figure(f"{name}: time over ours", over, "times", 1, "at least") for name, over in slower.items())]


def agreed_on_mail(folder: Path) -> list[Figure]:
    """What orgnet's network leaves out, and how far its measures are ours of that same network.

    networkx stops PageRank once all changes of a step sum to a thousandth, so that one has no goal. Constraint is compared
    where there are two ties or more; with fewer orgnet says 1.
    """
    theirs = pd.read_parquet(folder / "orgnet pure_count.parquet")
    same = jobs.measured(pd.read_parquet(folder / "orgnet pure_count ties.parquet"), theirs.index)
    ours = pd.read_parquet(folder / "ours of mail.parquet").loc[theirs.index]
    several = same["ties"] > 1
    differ = {name: apart_by(theirs[name], same[name]) for name in ("ties", "PageRank", "coreness")}
    differ["constraint"] = apart_by(theirs["constraint"][several], same["constraint"][several])
    alike = {name: ranks(theirs[name], ours[name]) for name in ("PageRank", "betweenness", "constraint")}
    return [
        Figure("orgnet: ties that it leaves out", (100 * (1 - theirs["ties"].sum() / ours["ties"].sum()),), "%"),
        *(
            Figure(
                f"orgnet: {name}, difference from ours of its network",
                (value,),
                "of the most",
                None if name == "PageRank" else ALIKE,
            )
            for name, value in differ.items()
        ),
        *(Figure(f"orgnet: {name}, rank correlation with ours of all mail", (value,), "") for name, value in alike.items()),
    ]


def agreed_on_query(folder: Path) -> list[Figure]:
    """How far the measures of vivainsights are ours."""
    ours = pd.read_parquet(folder / "ours of query.parquet").set_index("name")
    theirs = pd.read_parquet(folder / "vivainsights random.parquet").set_index("name").loc[ours.index]
    others = (len(ours) - 1) * (len(ours) - 2)
    theirs = theirs.assign(betweenness=theirs["betweenness"] / others)
    return [
        Figure(f"vivainsights: {name}, difference from ours", (apart_by(theirs[name], ours[name]),), "of the most", ALIKE)
        for name in ("degree", "pagerank", "betweenness", "closeness", "eigenvector")
    ]


def apart_by(one: pd.Series, other: pd.Series) -> float:
    """The largest difference in parts of the largest value; infinite where one side alone has no value."""
    if (one.isna() != other.isna()).any():
        return float("inf")
    return float(np.nanmax(np.abs(one - other)) / np.nanmax(np.abs(other)))


def ranks(one: pd.Series, other: pd.Series) -> float:
    """Spearman's rank correlation."""
    return float(one.corr(other, method="spearman"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))

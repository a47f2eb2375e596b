"""The bootstrap of many indicators by many groups, against loops in pandas that give the same figures.

    make bench-bootstrap

10,000 respondents in 30 groups answer 40 items from 1 to 5; a tenth of the answers are absent. The mean of every item in
every group is taken in each of 1,000 resamples of respondents within groups: 1.2 million figures. Three ways:

    ours        how often each is drawn, times what each adds: a matrix product a group; drawing is timed with it
    loop        the plain loop: over groups, items and resamples, a `Series.sample` and its mean
    grouped     as good as pandas gets: a loop over resamples alone, `groupby().sample()`, then one `groupby().mean()`

Each way draws its own respondents. The loops take too long to be run in full: the plain one is timed for 40 cells of 50
resamples, the grouped one for 25 resamples, which is scaled up to all. Given the rows that ours drew, the grouped loop must
give the same figures. Each way is timed several times on one core, and the shortest is told: what the machine does besides
can only add to a time.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from benchmarks.figures import Figure, publish
from kithwork import replicates

PEOPLE, ITEMS, GROUPS, RESAMPLES, ABSENT, SEED = 10_000, 40, 30, 1_000, 0.1, 2015
CELLS_TIMED, RESAMPLES_OF_A_CELL, RESAMPLES_TIMED = 40, 50, 25
"""What of the loops is timed: cells of a group and an item with so many resamples each; resamples of all cells."""
REPEATS, REPEATS_OF_LOOPS = 9, 3
BY_LOOP = "plain loop, scaled up from 2,000 of its 1.2 million steps"


def answers(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """(people,) group of each respondent, and their answers (people, items), NaN where absent."""
    given = rng.integers(1, 6, (PEOPLE, ITEMS)).astype(float)
    given[rng.random(given.shape) < ABSENT] = np.nan
    return rng.integers(0, GROUPS, PEOPLE), given


def ours(groups: np.ndarray, given: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Means (resamples, groups, items) of the respondents as often as they are drawn."""
    return np.stack(list(replicates.ratios(drawn, groups, np.nan_to_num(given), ~np.isnan(given))), axis=1)


def plain(frame: pd.DataFrame, cells: list[tuple[int, int]]) -> None:
    """The plain loop over these cells."""
    for group, item in cells:
        column = frame.loc[frame["group"] == group, item]
        for resample in range(RESAMPLES_OF_A_CELL):
            column.sample(frac=1, replace=True, random_state=resample).mean()


def means(sample: pd.DataFrame) -> np.ndarray:
    """Means (groups, items) of one resample."""
    return sample.groupby("group").mean().to_numpy()


def grouped(frame: pd.DataFrame) -> list[np.ndarray]:
    """The grouped loop over some resamples."""
    by_group = frame.groupby("group")
    return [means(by_group.sample(frac=1, replace=True, random_state=seed)) for seed in range(RESAMPLES_TIMED)]


def shortest(run: Callable[[], object], repeats: int) -> float:
    """Seconds of the fastest of several runs."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> int:
    """Time the three ways, hold their figures together, publish."""
    rng = np.random.default_rng(SEED)
    groups, given = answers(rng)
    frame = pd.DataFrame(given).assign(group=groups)
    cells = [(at % GROUPS, at % ITEMS) for at in range(CELLS_TIMED)]
    drawn = replicates.counts_within(groups, RESAMPLES, rng)
    rows = [np.repeat(np.arange(PEOPLE), often) for often in drawn[:RESAMPLES_TIMED]]
    same = np.stack([means(frame.iloc[those]) for those in rows])
    apart = float(np.abs(ours(groups, given, drawn)[:RESAMPLES_TIMED] - same).max())
    with threadpool_limits(1):
        own = shortest(lambda: ours(groups, given, replicates.counts_within(groups, RESAMPLES, rng)), REPEATS)
        loop = shortest(lambda: plain(frame, cells), REPEATS_OF_LOOPS)
        by_group = shortest(lambda: grouped(frame), REPEATS_OF_LOOPS)
    loop *= GROUPS * ITEMS / CELLS_TIMED * RESAMPLES / RESAMPLES_OF_A_CELL
    by_group *= RESAMPLES / RESAMPLES_TIMED
    return publish(
        "bootstrap",
        [
            Figure("ours: drawing and 1.2 million figures", (own,), "s", 5.0, peer=BY_LOOP),
            Figure(BY_LOOP, (loop,), "s"),
            Figure("plain loop over ours", (loop / own,), "times", 50.0, "at least"),
            Figure("loop over resamples, grouped, scaled up from 25 of 1,000", (by_group,), "s"),
            Figure("grouped loop over ours", (by_group / own,), "times"),
            Figure("largest difference of a figure, same rows drawn", (apart * 1e9,), "billionths of a point", 1.0),
        ],
    )


if __name__ == "__main__":
    sys.exit(main())

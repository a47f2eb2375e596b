"""Whether what the gate hides in tables can be worked out all the same, and what hiding it loses beside the least there is.

    make bench-gate
    python -m benchmarks.gate

Two thousand random tables and sets of tables with small cells planted: wholes parted into groups, tables of two and of
three dimensions, units within divisions crossed with levels, two tables with a margin in common, and one table at two
times. Each is protected by `disclosure.suppression` and attacked three ways: by linear and integer programs; by listing,
without any program, every table of whole numbers that a reader cannot tell from the true one, where these are not too
many; and by subtraction alone. The least loss is that over all patterns, tried one by one where few cells may be chosen,
and else the bound that the search proves. Beside it stands the rule of one table at a time that `release.withheld` keeps:
in every sum, whatever is too small and then the smallest others until what is hidden is enough.

Seconds are processor time, of a report's real size: 40 groups in 60 families of measures, and a table of 100 by 10.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from benchmarks.sampled import random_tables
from kithwork.disclosure.attack import few_left
from kithwork.disclosure.cells import Cells, joined, partition
from kithwork.disclosure.crosstable import of_table
from kithwork.disclosure.protection import recoverable
from kithwork.disclosure.suppression import suppress
from kithwork.release import withheld

K = random_tables.K
TABLES = {"one-way": 600, "two-way": 520, "three-way": 60, "hierarchical": 320, "linked": 300, "two waves": 200}
SEED, MOST_TABLES, MOST_CELLS = 10, 300_000, 6
GROUPS, FAMILIES, RUNS = 40, 60, 3


def main() -> int:
    """Measure all of it; 1 if a goal is missed."""
    return publish("gate", [*_random(), *_real()])


def one_table_at_a_time(cells: Cells) -> np.ndarray:
    """(cells,) bool: what `release.withheld` hides where each sum is taken for a partition of its own."""
    hidden = cells.hidden | (cells.sensitive & ~cells.fixed)
    for row in range(cells.relations.shape[0]):
        sums = cells.relations[[row]]
        whole, parts = sums.indices[sums.data < 0], sums.indices[sums.data > 0]
        parts = parts[(cells.values[parts] > 0) & ~cells.hidden[parts] & ~cells.fixed[parts]]
        total = int(cells.values[whole].sum())
        hidden[[*withheld(pd.Series(cells.values[parts], index=parts), K, total)]] = True
    return hidden


def _random() -> list[Figure]:
    kinds = [kind for kind, number in TABLES.items() for _ in range(number)]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        seen = pd.DataFrame(pool.map(_one, kinds, np.random.SeedSequence(SEED).spawn(len(kinds)), chunksize=10))
    listed, tried, naive = (seen[name].dropna() for name in ("listed", "tried", "naive loss"))
    alone = seen[seen["kind"] == "one-way"]
    none = {"goal": 0, "sense": "exactly"}
    return [
        Figure(
            f"{len(seen):,} tables: a cell recovered by linear and integer programs",
            (seen["attacked"].sum(),),
            "tables",
            **none,
        ),
        Figure(f"{len(listed):,} of them: a cell recovered by listing every table", (listed.sum(),), "tables", **none),
        Figure("a sum of hidden cells about too few people", (seen["left"].sum(),), "tables", **none),
        Figure("sensitive cells that follow from what is known to all", (seen["open"].sum(),), "cells", **none),
        Figure(
            f"{len(alone)} wholes parted into groups, as `release` does: a cell recovered",
            (alone["naive"].sum(),),
            "tables",
            **none,
        ),
        Figure("the same: loss beside the least proven, greatest", (alone["naive loss"].max(),), "times", 1.3),
        Figure("one table at a time: a cell recovered", (100 * seen["naive"].mean(),), "%"),
        Figure("loss beside the least proven, median", (seen["loss"].median(),), "times", 1.3),
        Figure("loss beside the least proven, greatest", (seen["loss"].max(),), "times", 1.3),
        Figure("tables whose loss is proven the least", (100 * seen["exact"].mean(),), "%"),
        Figure(f"{len(tried):,} tables, all patterns tried: loss beside the least, greatest", (tried.max(),), "times", 1.3),
        Figure("one table at a time, where nothing is recovered: the same, median", (naive.median(),), "times"),
        Figure("one table at a time, where nothing is recovered: the same, greatest", (naive.max(),), "times"),
        *(
            Figure(f"processor time a table, {kind}, mean", (seen.loc[seen["kind"] == kind, "seconds"].mean(),), "s")
            for kind in TABLES
        ),
    ]


def _one(kind: str, seed: np.random.SeedSequence) -> dict[str, float | str]:
    """One set of tables, protected and attacked; absent what cannot be tried."""
    cells = random_tables.KINDS[kind](np.random.default_rng(seed))
    began = time.process_time()
    made = suppress(cells, K)
    seconds = time.process_time() - began
    listed = random_tables.told(cells, made.hidden, MOST_TABLES)
    least = random_tables.least_loss(cells, lambda hidden: not recoverable(cells, hidden, K).any(), MOST_CELLS)
    naive = one_table_at_a_time(cells)
    broken = bool(recoverable(cells, naive, K).any())
    return {
        "kind": kind,
        "seconds": seconds,
        "attacked": float(recoverable(cells, made.hidden, K).any()),
        "listed": np.nan if listed is None else float(listed.any()),
        "left": float(few_left(cells, made.hidden, K).any()),
        "open": float(made.open.sum()),
        "exact": float(made.exact),
        "loss": made.lost / made.bound if made.bound else 1.0,
        "tried": made.lost / least if least else np.nan,
        "naive": float(broken),
        "naive loss": np.nan if broken or not made.bound else cells.weights[naive & ~cells.hidden].sum() / made.bound,
    }


def _real() -> list[Figure]:
    """Seconds at the size of a report."""
    rng = np.random.default_rng(SEED)
    sizes = pd.DataFrame(rng.negative_binomial(2, 0.06, (GROUPS, FAMILIES)) + 1)
    sizes = sizes.set_axis([f"group {i:02}" for i in sizes.index]).set_axis(
        [f"family {i:02}" for i in sizes.columns], axis=1
    )
    totals = sizes.sum() + rng.integers(0, 4, FAMILIES)
    families = joined([partition(sizes[one], int(totals[one]), K, of=one) for one in sizes])
    table = of_table(
        random_tables.frame(rng.negative_binomial(1, 0.08, (100, 10)), ["unit", "level"]), ["unit", "level"], "n", K
    )
    timed = {
        f"{GROUPS} groups × {FAMILIES} families, each its least loss": lambda: suppress(families, K),
        f"100 × 10 table, {int(table.sensitive.sum())} of {len(table):,} cells sensitive": lambda: suppress(table, K),
    }
    figures = []
    for name, run in timed.items():
        runs = []
        for _ in range(RUNS):
            began = time.process_time()
            made = run()
            runs.append(time.process_time() - began)
        figures.append(Figure(f"{name}, processor time", tuple(runs), "s", 30))
    recovered = int(recoverable(table, made.hidden, K).sum())
    return [
        *figures,
        Figure("100 × 10 table: cells recovered", (recovered,), "cells", 0, "exactly"),
        Figure("100 × 10 table: loss beside the least proven", (made.lost / made.bound,), "times", 1.3),
    ]


if __name__ == "__main__":
    raise SystemExit(main())

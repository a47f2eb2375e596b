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

import time
from collections import defaultdict
from statistics import median

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from benchmarks.sampled import random_tables
from kithwork.disclosure.attack import few_left
from kithwork.disclosure.cells import Cells, joined, partition
from kithwork.disclosure.crosstable import of_table
from kithwork.disclosure.groups import hidden_groups
from kithwork.disclosure.protection import recoverable
from kithwork.disclosure.suppression import suppress
from kithwork.release import withheld

K = random_tables.K
TABLES = {"one-way": 600, "two-way": 500, "three-way": 60, "hierarchical": 340, "linked": 300, "two waves": 200}
SEED, MOST_TABLES, MOST_CELLS = 10, 300_000, 8
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
    seen = defaultdict(list)
    for kind, number in TABLES.items():
        for seed in np.random.SeedSequence(SEED).spawn(number):
            _one(random_tables.KINDS[kind](np.random.default_rng(seed)), kind, seen)
        print(
            f"{kind}: {number} tables, {np.sum(seen[f'seconds, {kind}']):.0f} s, {len(seen['listed'])} listed so far",
            flush=True,
        )
    count, listed, tried = (len(seen[name]) for name in ("attacked", "listed", "tried"))
    none = {"goal": 0, "sense": "exactly"}
    return [
        Figure(
            f"{count:,} tables: a cell recovered by linear and integer programs", (sum(seen["attacked"]),), "tables", **none
        ),
        Figure(f"{listed:,} of them: a cell recovered by listing every table", (sum(seen["listed"]),), "tables", **none),
        Figure("a sum of hidden cells about too few people", (sum(seen["left"]),), "tables", **none),
        Figure("sensitive cells that follow from what is known to all", (sum(seen["open"]),), "cells", **none),
        Figure("one table at a time: a cell recovered", (100 * float(np.mean(seen["naive"])),), "%"),
        Figure("loss beside the least proven, median", (median(seen["ratio"]),), "times", 1.3),
        Figure("loss beside the least proven, greatest", (max(seen["ratio"]),), "times", 1.3),
        Figure("tables whose loss is proven the least", (100 * float(np.mean(seen["exact"])),), "%"),
        Figure(
            f"{tried:,} tables, all patterns tried: loss beside the least, greatest", (max(seen["tried"]),), "times", 1.3
        ),
        Figure(
            "one table at a time, where nothing is recovered: the same, median", (median(seen["naive ratio"]),), "times"
        ),
        Figure("one table at a time, where nothing is recovered: the same, greatest", (max(seen["naive ratio"]),), "times"),
        *(
            Figure(f"processor time a table, {kind}, mean", (float(np.mean(seen[f"seconds, {kind}"])),), "s")
            for kind in TABLES
        ),
    ]


def _one(cells: Cells, kind: str, seen: dict[str, list]) -> None:
    """Protect and attack one set of tables."""
    began = time.process_time()
    made = suppress(cells, K)
    seen[f"seconds, {kind}"].append(time.process_time() - began)
    seen["attacked"].append(bool(recoverable(cells, made.hidden, K).any()))
    seen["left"].append(bool(few_left(cells, made.hidden, K).any()))
    seen["open"].append(int(made.open.sum()))
    seen["exact"].append(made.exact)
    seen["ratio"].append(made.lost / made.bound if made.bound else 1.0)
    listed = random_tables.told(cells, made.hidden, MOST_TABLES)
    if listed is not None:
        seen["listed"].append(bool(listed.any()))
    least = random_tables.least_loss(cells, lambda hidden: not recoverable(cells, hidden, K).any(), MOST_CELLS)
    if least:
        seen["tried"].append(made.lost / least)
    naive = one_table_at_a_time(cells)
    seen["naive"].append(bool(recoverable(cells, naive, K).any()))
    if not seen["naive"][-1] and made.bound:
        seen["naive ratio"].append(cells.weights[naive & ~cells.hidden].sum() / made.bound)


def _real() -> list[Figure]:
    """Seconds at the size of a report."""
    rng = np.random.default_rng(SEED)
    sizes = pd.DataFrame(rng.negative_binomial(2, 0.06, (GROUPS, FAMILIES)) + 1)
    sizes = sizes.set_axis([f"group {i:02}" for i in sizes.index]).set_axis(
        [f"family {i:02}" for i in sizes.columns], axis=1
    )
    totals, weights = sizes.sum() + rng.integers(0, 4, FAMILIES), pd.Series(1.0, index=sizes.columns)
    families = joined([partition(sizes[one], int(totals[one]), K, of=one) for one in sizes])
    table = of_table(
        random_tables.frame(rng.negative_binomial(1, 0.08, (100, 10)), ["unit", "level"]), ["unit", "level"], "n", K
    )
    timed = {
        f"{GROUPS} groups × {FAMILIES} families, one rule for all": lambda: hidden_groups(sizes, totals, weights, K),
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
        figures.append(Figure(f"{name}, processor time", tuple(runs), "s", 1 if "rule" in name else 30))
        print(f"{name}: {median(runs):.2f} s", flush=True)
    recovered = int(recoverable(table, made.hidden, K).sum())
    return [
        *figures,
        Figure("100 × 10 table: cells recovered", (recovered,), "cells", 0, "exactly"),
        Figure("100 × 10 table: loss beside the least proven", (made.lost / made.bound,), "times", 1.3),
    ]


if __name__ == "__main__":
    raise SystemExit(main())

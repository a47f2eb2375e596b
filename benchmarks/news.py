"""What it costs to follow news among 200,000 people, contact by contact, and whether drawn weeks tell what all would.

    make bench-news

Contacts are made up: people are of groups of sixty, write much or little, and mostly within the group. Time is that of the
processor, per contact that is passed. The floor is the same in Python's whole numbers, which smaller organisations have.
Weeks are drawn from forty that differ, and people to start from in each, two thousand times.
"""

from __future__ import annotations

import sys
import time

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork.network import heard, weekly
from kithwork.network.week import CONTACT

PEOPLE, CONTACTS, RUNS = 200_000, 400_000, 2
SOURCES = (512, 2_048)
WEEKS, FEW, FOLLOWED, DRAWS = 40, 120, 24, 2_000


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = []
    for sources in SOURCES:
        by_run, one_by_one = zip(*(costs(seed, CONTACTS, sources) for seed in range(RUNS)), strict=True)
        figures += [
            Figure(f"a contact, {sources:,} people followed", by_run, "µs", 2),
            Figure(f"the same in whole numbers, over it: {sources:,} followed",
                   tuple(np.divide(one_by_one, by_run).tolist()), "times"),
        ]  # fmt: skip
    longer = tuple(costs(seed, 3 * CONTACTS, SOURCES[0])[0] for seed in range(RUNS))
    slower = tuple(np.divide(longer, figures[0].runs).tolist())
    figures.append(Figure("a contact of three times as many, over it", slower, "times", 1.5))
    return publish("news", [*figures, *told()])


def costs(seed: int, count: int, followed: int) -> tuple[float, float]:
    """Microseconds of the processor per contact, in runs and one by one."""
    block, rng = made_up(seed, PEOPLE, count), np.random.default_rng(seed)
    sources = np.sort(rng.choice(PEOPLE, followed, replace=False))
    found = []
    for way in (heard._by_run, heard._one_by_one):
        start = time.process_time()
        way(heard.whole_times([block]), PEOPLE, sources)
        found.append((time.process_time() - start) / count * 1e6)
    return tuple(found)


def made_up(seed: int, people: int, count: int) -> heard.Block:
    """Contacts of a working week of fifty hours, in order of time."""
    rng = np.random.default_rng(seed)
    a = (people * rng.random(count) ** 1.5).astype(np.int64) * 7919 % people
    near = (a // 60 * 60 + rng.integers(0, 60, count)) % people
    b = np.where(rng.random(count) < 0.85, near, rng.integers(0, people, count))
    return a.astype(np.int32), b.astype(np.int32), np.sort(rng.integers(0, 180_000, count)).astype(np.int32)


def told() -> list[Figure]:
    """How often the interval of drawn weeks holds the share of all, and how far its middle lies from it on average."""
    rng, weeks = np.random.default_rng(8), {}
    for number in range(WEEKS):
        weeks[number] = np.zeros(rng.integers(100, 500), CONTACT)
        block = made_up(number, FEW, len(weeks[number]))
        for name, column in zip(CONTACT.names, block, strict=True):
            weeks[number][name] = column
    counts = pd.Series({number: len(rows) for number, rows in weeks.items()})
    weekly._held = lambda met, numbers: np.concatenate([weeks[number] for number in numbers])
    weekly.HELD, weekly.FOLLOWED, weekly.MOST_PASSES = 1, FOLLOWED, int(2 * 6.5 * counts.mean())
    truth = weekly._shares(None, counts, FEW, None, 0, rng)[0].mean()
    drawn = [weekly._drawn(None, counts, FEW, np.random.default_rng(seed)).estimate for seed in range(DRAWS)]
    held = [one.low <= truth <= one.high for one in drawn]
    apart = abs(np.mean([one.estimate for one in drawn]) / truth - 1)
    return [
        Figure("intervals of 6 weeks of 40 that hold the share of all", (100 * sum(held) / DRAWS,), "%", 92, "at least"),
        Figure("their middle beside the share of all", (100 * float(apart),), "%", 5),
    ]


if __name__ == "__main__":
    sys.exit(main())

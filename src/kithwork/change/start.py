"""How many people a small set of starters would touch directly, against sets drawn at random. A scenario, not a forecast.

Starters are chosen to touch the most people (`network.reach.best_starters`). Choosing on the same ties that are then
counted flatters the choice; the interval takes the chosen set as given and is that of a share of people.
"""

from __future__ import annotations

import numpy as np

from kithwork.claims import Ledger
from kithwork.estimates import Estimate, from_draws, proportion
from kithwork.network.reach import best_starters, touched
from kithwork.params import Settings


def scenario(net, settings: Settings, rng: np.random.Generator) -> tuple[Estimate, Estimate]:
    """Share of people touched by the best starters, and by random ones (mean, and the range that holds 95 % of sets)."""
    set_to, n = settings.change, net.shape[0]
    size = min(set_to.starters, n)
    chosen = best_starters(net, size)
    best = proportion(int(touched(net, chosen).sum()), n)
    drawn = np.array([touched(net, rng.choice(n, size, replace=False)).mean() for _ in range(set_to.random_starts)])
    return best, from_draws(drawn.mean(), drawn, n)


def claims(best: Estimate, chance: Estimate, settings: Settings, ledger: Ledger) -> None:
    """Add the two figures to the ledger of the change chapter; none where no starter is tied to anybody."""
    starters = settings.change.starters
    if best.estimate * best.n <= min(starters, best.n) + 0.5:
        return
    ledger.add(
        "reach_best",
        f"Share of people who are one of {starters} well-placed starters or tied to one",
        best.times(100),
        unit="%",
        method="Greedy key-player set (Borgatti 2006), held fixed; Wilson interval (Wilson 1927)",
        reference=chance.estimate * 100,
        reference_label=f"{starters} starters drawn at random",
        scope="scenario",
    )
    ledger.add(
        "reach_random",
        f"Share of people who are one of {starters} random starters or tied to one",
        chance.times(100),
        unit="%",
        method=f"{settings.change.random_starts} random sets; range holding 95 % of them",
        scope="scenario",
    )

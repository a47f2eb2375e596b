"""Names of segments, made from what sets each apart, by a rule that anybody can check.

For each kind of tie (centred log-ratio of the mix), the number of ties (its logarithm) and what else portfolios hold, the
segment is set against everybody else: Cohen's d, with the interval of Hedges & Olkin (1985, *Statistical Methods for
Meta-Analysis*, 5.B). A contrast counts where |d| ≥ ½ and its interval excludes 0. The name is the word in `LEXICON` of the
strongest contrast among kinds, more before less, and of the number of ties. Where two segments would share a name, further
contrasts are added, and at last numbers; where nothing counts, a segment is `Group A`.

The words say how portfolios differ and neither praise nor blame. The contrasts are of what the segments were made by, so
that their intervals are too narrow to prove the segments: they name, and prove nothing.
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np

from kithwork.estimates import LEVEL, Estimate
from kithwork.people.composition import Placed, closed, clr
from kithwork.setting import KINDS

BAND_NAMES = ("First third", "Middle third", "Last third")
APART = 0.5
"""Smallest |d| that a name may rest on: a medium difference (Cohen 1988)."""
LEXICON = {
    "personal": ("less personal", "personal-leaning"),
    "functional": ("less functional", "functional-leaning"),
    "strategic": ("less strategic", "strategic-leaning"),
    "ties": ("few ties", "many ties"),
    "outside": ("few outside", "many outside"),
}
"""By what is compared: the word for less of it, and for more."""


def names(placed: Placed, labels: np.ndarray, k: int) -> list[str]:
    """A name for each of k segments, all different."""
    words = [_words(contrasts(placed, labels == segment)) for segment in range(k)]
    made = [_name(first) for first, _ in words]
    made = [_name([*words[i][0], *words[i][1]]) if made.count(name) > 1 else name for i, name in enumerate(made)]
    without = [i for i, name in enumerate(made) if not name]
    for letter, i in enumerate(without):
        made[i] = f"Group {chr(ord('A') + letter)}"
    return [f"{name} {made[: i + 1].count(name)}" if made.count(name) > 1 else name for i, name in enumerate(made)]


def contrasts(placed: Placed, inside: np.ndarray) -> dict[str, Estimate]:
    """By what is compared: Cohen's d of the people `inside` against the others, with its interval."""
    found = {name: _cohen(values[inside], values[~inside]) for name, values in _compared(placed).items()}
    return {name: d for name, d in found.items() if d is not None}


def _cohen(a: np.ndarray, b: np.ndarray) -> Estimate | None:
    """d = (mean a − mean b) / s, s² the pooled variance; d ± z √((m + n)/(m n) + d²/(2(m + n))), m and n people.

    None where a side has fewer than two people with a value, or nobody differs.
    """
    a, b = a[~np.isnan(a)], b[~np.isnan(b)]
    m, n = len(a), len(b)
    if min(m, n) < 2 or not (pooled := np.sqrt((a.var() * m + b.var() * n) / (m + n - 2))) > 0:
        return None
    d = (a.mean() - b.mean()) / pooled
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * np.sqrt((m + n) / (m * n) + d**2 / (2 * (m + n)))
    return Estimate(float(d), float(d - half), float(d + half), m + n)


def _compared(placed: Placed) -> dict[str, np.ndarray]:
    """What people are compared by: in the order of `LEXICON`, where these portfolios hold it."""
    people = placed.people
    mix = clr(closed(people[[f"{kind}_ties" for kind in placed.kinds]].to_numpy(dtype=float)))
    found = dict(zip(placed.kinds, mix.T, strict=True)) | {"ties": np.log(people["ties"].to_numpy(dtype=float))}
    more = [name for name in LEXICON if name in people and name != "ties"]
    return found | {name: people[name].to_numpy(dtype=float) for name in more}


def _words(found: dict[str, Estimate]) -> tuple[list[str], list[str]]:
    """The words a segment is named by at first, and those that may be added: strongest first."""
    counts = {name: d for name, d in found.items() if abs(d.estimate) >= APART and not d.low <= 0 <= d.high}
    ranked = sorted(counts, key=lambda name: (counts[name].estimate < 0, -abs(counts[name].estimate)))
    first = [name for name in ranked if name in KINDS][:1] + [name for name in ranked if name == "ties"]
    then = sorted((name for name in counts if name not in first), key=lambda name: -abs(counts[name].estimate))
    return tuple([LEXICON[name][counts[name].estimate > 0] for name in some] for some in (first, then))


def _name(words: list[str]) -> str:
    joined = ", ".join(words)
    return joined[:1].upper() + joined[1:]

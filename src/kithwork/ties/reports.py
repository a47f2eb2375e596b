"""What two people say of their tie, as two witnesses of it: how often either says so, and what is likely true then.

A tie is of a kind or not, which nobody but the two can say, and they do not always agree. Whoever was asked says that a
tie of the kind is one with the chance `sensitivity`, and that one which is not is one with the chance `false_reports`, each
for themselves (Dawid & Skene 1979, Appl. Stat. 28:20). Two witnesses in groups of pairs that differ in how many are of the
kind tell both chances and the share in each group, without anybody knowing the truth (Hui & Walter 1980, Biometrics
36:167). It fails where witnesses err together, as where both forget the same weak ties: sensitivity is then told too high.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.chapters import Word

GROUPS = 5
"""Groups of pairs, by how likely a report is."""

FEWEST_PAIRS = 100
"""Pairs of which both were asked, below which two witnesses tell nothing."""

STEPS, NEAR = 2_000, 1e-9
BEFORE = {"says": (24, 6), "wrongly": (2, 48)}
"""Reports, for and against, that are taken for given of ties of the kind and of others (a Beta prior, Gelman et al. 2013,
2.4): what thirty and fifty would say. Few pairs may fit as well with no false report at all, which tells all too high."""

LEAST, MOST = 1e-3, 1 - 1e-3
"""Ends of a share or chance: nothing is certain."""


@dataclass(frozen=True)
class Witnesses:
    """Chances of a report where the tie is of the kind, and where it is not: arrays of one shape, a draw each."""

    sensitivity: np.ndarray
    false_reports: np.ndarray

    def share(self, reported: np.ndarray) -> np.ndarray:
        """How likely ties are of the kind, given the chance of a report: (q - f) / (s - f) (Rogan & Gladen 1978, Am. J.
        Epidemiol. 107:71). `reported`: (ties,), or (draws, ties); returns (draws, ties)."""
        s, f = self.sensitivity[:, None], self.false_reports[:, None]
        return np.clip((reported - f) / (s - f), LEAST, MOST)

    def given(self, reported: np.ndarray, said: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """P(kind) by Bayes' rule: (draws, ties). `reported`: (ties,) chance of a report, by all else that is known;
        `said`, `asked`: (ties,) how many of the two said so, and were asked."""
        return self.after(self.share(reported), said, asked)

    def after(self, share: np.ndarray, said: np.ndarray, asked: np.ndarray) -> np.ndarray:
        """The same, from how likely a tie is of the kind by all else that is known: `share`, (ties,) or (draws, ties)."""
        s, f = self.sensitivity[:, None], self.false_reports[:, None]
        true = share * s**said * (1 - s) ** (asked - said)
        false = (1 - share) * f**said * (1 - f) ** (asked - said)
        return true / (true + false)


def grouped(reported: np.ndarray, said: np.ndarray) -> np.ndarray:
    """Pairs by group of the chance of a report, and by how many of the two said so, 0 to 2: (groups, 3) counts."""
    edges = np.quantile(reported, np.linspace(0, 1, GROUPS + 1)[1:-1])
    group = np.searchsorted(edges, reported, side="right")
    return np.bincount(group * 3 + said, minlength=GROUPS * 3).reshape(GROUPS, 3).astype(float)


def witnesses(counts: np.ndarray, before: dict[str, tuple[int, int]] = BEFORE) -> tuple[Witnesses, np.ndarray]:
    """The likeliest chances, with `before` in mind, and the share of the kind in each group, by EM (Dawid & Skene 1979).

    `counts`: (draws, groups, 3), pairs by how many of the two said so. Returns the chances, (draws,) each, and the shares,
    (draws, groups).
    """
    said = np.arange(3)
    rate = (counts @ said) / (2 * counts.sum(axis=2)).clip(min=1)
    s, f = np.full(len(counts), 0.8), np.full(len(counts), 0.05)
    share = np.clip(rate / 0.8, 0.05, 0.95)
    for _ in range(STEPS):
        last = s, f
        true = share[:, :, None] * (s[:, None] ** said * (1 - s[:, None]) ** (2 - said))[:, None, :]
        false = (1 - share)[:, :, None] * (f[:, None] ** said * (1 - f[:, None]) ** (2 - said))[:, None, :]
        of_kind = counts * true / (true + false)
        other = counts - of_kind
        s, f = (_chance(part, prior) for part, prior in ((of_kind, before["says"]), (other, before["wrongly"])))
        share = np.clip(of_kind.sum(axis=2) / counts.sum(axis=2).clip(min=1), LEAST, MOST)
        if max(np.abs(s - last[0]).max(), np.abs(f - last[1]).max()) < NEAR:
            break
    return Witnesses(s, f), share


def _chance(counts: np.ndarray, before: tuple[int, int]) -> np.ndarray:
    """The share of reports for in these pairs, (draws,), with those taken for given."""
    reports = (counts @ np.arange(3)).sum(axis=1) + before[0]
    return reports / (2 * counts.sum(axis=(1, 2)) + sum(before))


def stated(word: Word, draws: int | None, rng: np.random.Generator) -> Witnesses:
    """Chances of a report as they are stated: the middle of each range, or so many draws from it."""
    ranges = np.array([word.says, word.wrongly])
    drawn = ranges.mean(axis=1, keepdims=True) if draws is None else rng.uniform(*ranges.T[:, :, None], (2, draws))
    return Witnesses(*drawn)


def resampled(counts: np.ndarray, draws: int, rng: np.random.Generator) -> np.ndarray:
    """Counts of as many pairs drawn with replacement: (draws, groups, 3)."""
    total = int(counts.sum())
    return rng.multinomial(total, counts.ravel() / total, draws).reshape(draws, *counts.shape).astype(float)

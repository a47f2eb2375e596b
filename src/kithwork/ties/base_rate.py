"""What signs say of ties, shifted so that it averages to the share of ties that is stated to be of a kind (its base rate).

    logit P(tie) = logit P(tie, by its signs) + b,    b such that the mean of P over the ties found is the base rate

One number for all ties, so that their order and the odds between any two stay what the signs say: the prior correction of
King & Zeng 2001 (*Political Analysis* 9:137). A base rate is stated in `params.yaml` as a range, which each draw takes
uniformly. It is an assumption, and nothing here validates it: where it is wrong, all chances of the kind are wrong one way.
It fails where signs are wrong beside each other, which no shift mends, and cannot move what signs make certain.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kithwork.errors import Problem, UserError


def met(
    p: np.ndarray, drawn: np.ndarray, times: np.ndarray, rate: Sequence[float], place: str, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The estimate `p`, (patterns,), and the draws of it, (draws, patterns), shifted to the middle of the range `rate` and
    to a draw from it each. `times`: (patterns,) how many ties show each pattern of signs; `place`: where `rate` stands.

    Raises `UserError` where ties that signs make certain, to be or not to be of the kind, leave no room for such a share.
    """
    low, high = rate
    least, most = (float(times[sure].sum() / times.sum()) for sure in (p == 1, p > 0))
    if not least < low <= high < most:
        what = "is a share of ties that the stated signs cannot give, so many ties do they make certain"
        do = "State a share between those that signs leave; or give `any` a strength above 0, and no sign one of 1."
        found = f"{low:g} to {high:g}; signs leave {least:.3g} to {most:.3g}"
        raise UserError(Problem(what, "params.yaml", do, found, column=place))
    rates = rng.uniform(low, high, len(drawn))
    moved = [shifted(one, times, to) for one, to in zip(drawn, rates, strict=True)]
    return shifted(p, times, (low + high) / 2), np.stack(moved)


def shifted(p: np.ndarray, times: np.ndarray, rate: float) -> np.ndarray:
    """Probabilities `p`, (patterns,), each of `times` ties, on log odds moved by one number so that their mean over ties is
    `rate`; 0 and 1 stay."""
    from scipy.optimize import brentq
    from scipy.special import expit, logit

    odds, share = logit(p), times / times.sum()
    free = np.isfinite(odds)
    wanted = logit((rate - share[p == 1].sum()) / share[free].sum())
    ends = wanted - odds[free].max() - 1, wanted - odds[free].min() + 1
    return expit(odds + brentq(lambda b: share @ expit(odds + b) - rate, *ends))

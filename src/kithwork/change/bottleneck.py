"""The stage that holds a unit back: from which stage on its answers fall behind, and how sure that is.

Unit u's mean answers at the five stages, (5,), of n people, are taken for normal about a profile that all units share:

    ȳ_u = μ − δ·step_b + g_u + error,   step_b = 0 before stage b and 1 from it on, or 0 throughout where nothing holds it

with error of variance Σ/n, Σ the covariance between people pooled within units, and g_u what units differ by otherwise: one
level for all stages (variance τ²) and something of its own at each (ω²). A unit is held by nothing with a chance ρ, and by
any of the stages alike otherwise. μ, δ, ρ, τ², ω² are fitted by expectation and maximisation (Dempster, Laird & Rubin 1977,
J. R. Stat. Soc. B 39:1; random effects after Laird & Ware 1982, Biometrics 38:963). It is the problem of a change-point
(Hinkley 1970, Biometrika 57:1) that is a class of a mixture (McLachlan & Peel 2000, *Finite Mixture Models*).

    support of stage b in unit u = P(there are such steps at all) · P(b | ȳ_u)

The first comes from the same model with δ = 0 by Schwarz's criterion, two parameters fewer over the number of units (Kass &
Raftery 1995, JASA 90:773): nothing is named because one unit out of many looks odd. A stage is named from a support of
`SURE` on. It fails where a unit is held back at several stages one after another: then one large step is told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kithwork.change.respondents import ALIKE
from kithwork.estimates import LEVEL

SURE = LEVEL
"""Support from which a stage is named."""
FEWEST_UNITS = 6
"""Units below which a profile that all share cannot be told from theirs."""
STARTS = (0.5, 1.0, 2.0)
"""Steps from which fitting begins, in standard deviations between people."""
ROUNDS, ACCURACY = 200, 1e-5
"""Rounds of fitting at most, and the gain in log likelihood below which it ends."""
SINGULAR, RAREST = 1e-6, 1e-300
"""Part of the variance added so that matrices can be inverted, and the least chance of a class."""


@dataclass(frozen=True)
class Model:
    """`profile`: μ, (stages,); `step`: δ; `free`: ρ; `level`, `own`: τ², ω². All in answers' points, or squares of them."""

    profile: np.ndarray
    step: float
    free: float
    level: float
    own: float


def support(answers: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """(units, stages) how sure it is that the stage is the one that holds the unit back; rows sum to at most 1.

    `answers`: (people, stages), none missing; `codes`: (people,) unit of each from 0 on, −1 for none. All zeros where units
    or people are too few to tell, or all people of units answer alike at a stage.
    """
    from scipy.special import expit

    answers, codes = answers[codes >= 0], codes[codes >= 0]
    stages, units = answers.shape[1], int(codes.max(initial=-1)) + 1
    sizes = np.bincount(codes, minlength=units)
    known = sizes > 0
    found = np.zeros((units, stages))
    if known.sum() < FEWEST_UNITS or len(answers) - known.sum() < 2 * stages:
        return found
    sums = np.column_stack([np.bincount(codes, column, units) for column in answers.T])
    means = sums / np.maximum(sizes, 1)[:, None]
    apart, means = answers - means[codes], means[known]
    within = apart.T @ apart / (len(answers) - known.sum())
    if (np.diag(within) <= ALIKE).any():
        return found
    within += np.eye(stages) * SINGULAR * np.trace(within)
    errors = within / sizes[known, None, None]
    steps = np.vstack([np.triu(np.ones((stages, stages))), np.zeros(stages)])
    spread = float(np.sqrt(np.diag(within).mean()))
    flat = Model(means.mean(axis=0), 0.0, 1.0, spread**2 / 20, spread**2 / 20)
    begun = [Model(flat.profile + by * spread / 2, by * spread, 0.5, flat.level, flat.own) for by in STARTS]
    _, none, _ = fitted(means, errors, steps[-1:], flat)
    _, some, chances = max((fitted(means, errors, steps, one) for one in begun), key=lambda fit: fit[1])
    found[known] = chances[:, :stages] * expit(some - none - np.log(known.sum()))
    return found


def fitted(means: np.ndarray, errors: np.ndarray, steps: np.ndarray, model: Model) -> tuple[Model, float, np.ndarray]:
    """The model of most likelihood found from `model` on, its log likelihood, and each unit's chances, (units, classes).

    `means`: (units, stages); `errors`: (units, stages, stages) variance of each; `steps`: (classes, stages) 0/1, the last
    class that of units which nothing holds, and alone where there are no steps.
    """
    units, stages = means.shape
    classes = len(steps)
    design = np.concatenate([np.broadcast_to(np.eye(stages), (classes, stages, stages)), -steps[:, :, None]], axis=2)
    last = -np.inf
    for _ in range(ROUNDS):
        between = model.own * np.eye(stages) + model.level
        inverse = np.linalg.inv(errors + between)
        left = means[:, None] - model.profile + model.step * steps
        turned = np.einsum("uij,ucj->uci", inverse, left)
        size = stages * np.log(2 * np.pi) - np.linalg.slogdet(inverse)[1]
        prior = np.append(np.full(classes - 1, (1 - model.free) / max(classes - 1, 1)), model.free)
        logs = np.log(np.maximum(prior, RAREST)) - (size[:, None] + (left * turned).sum(axis=2)) / 2
        top = logs.max(axis=1, keepdims=True)
        each = np.exp(logs - top)
        total = float((top[:, 0] + np.log(each.sum(axis=1))).sum())
        chances = each / each.sum(axis=1, keepdims=True)
        if total - last < ACCURACY:
            break
        last, own_part = total, turned @ between
        squares = np.einsum("uc,uci,ucj->ij", chances, own_part, own_part) / units
        squares += (between - between @ inverse @ between).mean(axis=0)
        common = squares.sum() / stages
        own = (np.trace(squares) - common) / (stages - 1)
        normal = np.einsum("uc,cik,uij,cjl->kl", chances, design, inverse, design, optimize=True)
        given = np.einsum("uc,cik,uij,uj->k", chances, design, inverse, means, optimize=True)
        *profile, step = np.linalg.lstsq(normal, given)[0]
        level = max((common - own) / stages, 0.0)
        model = Model(np.array(profile), max(step, 0.0), float(chances[:, -1].mean()), level, own)
    return model, total, chances

"""What part of the market each text is about, as probabilities that add to 1 with "none".

A regularised multinomial logistic regression on the texts' points (`points.py`) learns from examples: the phrases of
`themes.py` (dataless classification: Chang et al. 2008, AAAI 23:830), those of `market.about`, and what writers ticked
(M1K). Where anybody ticked, answers to the question on what nobody acts on (M3) that nobody ticked are examples of none.
Examples count alike over the classes. Penalised probabilities are too cautious: with logits z(x) of examples left out (five
folds, a writer's texts together), the factor f of P(r | x) = softmax(f · z(x))_r is the likeliest one (temperature scaling:
Guo et al. 2017, ICML 70:1321).

Phrases are in English. Texts in other languages are told by ticks in that language alone; where there are fewer than
`FEWEST`, and where the language is not known, a text is given the mean of all others, as nothing is known of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate, from_draws, proportion
from kithwork.market.plain import plain
from kithwork.market.points import points
from kithwork.market.themes import NONE, THEMES
from kithwork.market_tables import KEPT, ROLES
from kithwork.params import Settings
from kithwork.ties.accuracy import calibration_error, resampled
from kithwork.ties.learned import one_thread

if TYPE_CHECKING:
    from kithwork.claims import Ledger

SEEDED = ("en",)
"""Languages of the phrases in `themes`."""
FEWEST = 30
"""Ticked texts of a language from which ticks alone can teach, and from which it is told how often they are met."""
MOST = 5000
"""Texts that teach, in a language; of more, so many evenly spaced."""
FOLDS, PENALTY = 5, 1.0
DIGITS = 6
"""Places kept of what sharpens chances: where they are likeliest is flat, and what lies behind is the processor's."""
CLASSES = (*ROLES, NONE)
COLUMNS = [f"p_{role}" for role in CLASSES]
NOT_ACTED_ON = "M3"
SHARE = "Mean probability over texts; interval over writers (bootstrap; Efron 1979)"
TOLD = "Share of texts with a role of probability market.tell_at or more; Wilson interval (Wilson 1927)"
MET = "Share of ticked texts whose likeliest role, learned without their writer, is the tick; Wilson interval (Wilson 1927)"
OFF = (
    "Expected calibration error of the likeliest role in ten bins (Naeini, Cooper & Hauskrecht 2015), learned without the"
    " text's writer; interval over writers (bootstrap; Efron 1979). Above 0 by chance too"
)


@dataclass(frozen=True)
class Roles:
    """`table`: comment_id and p_<role>, p_none of each text read and each copy. `ticked`: of each ticked text that teaches
    its writer (person_id), the chance of the role likeliest by what others' texts teach (sure), and whether that is the
    tick (met)."""

    table: pd.DataFrame
    ticked: pd.DataFrame

    @property
    def met(self) -> Estimate | None:
        """Share of ticked texts whose tick is the likeliest role, learned from others; None where fewer than `FEWEST`."""
        many = len(self.ticked)
        return proportion(int(self.ticked["met"].sum()), many) if many >= FEWEST else None

    def off(self, resamples: int, rng: np.random.Generator) -> Estimate | None:
        """How far chances of ticked texts are from how often they are right, 0 to 1; None where fewer than `FEWEST`."""
        if len(self.ticked) < FEWEST:
            return None
        met, sure = self.ticked["met"].to_numpy(dtype=float), self.ticked["sure"].to_numpy()
        drawn = resampled(self.ticked["person_id"].to_numpy(), resamples, rng)
        draws = np.array([calibration_error(met, sure, weights) for weights in drawn])
        return from_draws(calibration_error(met, sure, np.ones(len(met))), draws, len(met))

    def claims(self, texts: pd.DataFrame, settings: Settings, rng: np.random.Generator, ledger: Ledger) -> None:
        """Add the expected share of texts about each part of the market, and of how many it can be told."""
        read = texts.loc[texts["fate"] == KEPT, ["comment_id", "person_id"]].merge(self.table, on="comment_id")
        if read.empty:
            return
        people = read["person_id"].nunique()
        sums = read.groupby("person_id")[COLUMNS].sum().to_numpy()
        size = read.groupby("person_id").size().to_numpy()
        drawn = rng.multinomial(people, np.full(people, 1 / people), settings.market.resamples)
        shares = (drawn @ sums) / (drawn @ size)[:, None]
        for at, role in enumerate(ROLES):
            low, high = np.quantile(shares[:, at], [0.025, 0.975])
            share = Estimate(float(read[f"p_{role}"].mean()), float(low), float(high), len(read)).times(100)
            ledger.add(f"about.{role}", f"Texts about {role}", share, unit="%", method=SHARE, people=people)
        told = int((read[COLUMNS[:-1]].max(axis=1) >= settings.market.tell_at).sum())
        of = proportion(told, len(read)).times(100)
        ledger.add("told_about", "Texts told to be about a part of the market", of, unit="%", method=TOLD, people=people)
        met, off = self.met, self.off(settings.market.resamples, rng)
        if met is not None and off is not None:
            label, people = "Ticked texts of which the tick is told from other people's", self.ticked["person_id"].nunique()
            ledger.add("ticks_met", label, met.times(100), unit="%", method=MET, people=people)
            label = "How far chances of what a text is about are from how often it is ticked so"
            ledger.add("about_off", label, off.times(100), unit="points", method=OFF, people=people)


def roles(comments: pd.DataFrame, texts: pd.DataFrame, settings: Settings) -> Roles:
    """The parts of the market that texts are about. Texts without a word that stands elsewhere say least.

    One thread: how many there are changes sums, and so chances, in the last digits.
    """
    with one_thread():
        return _roles(comments, texts, settings)


def _roles(comments: pd.DataFrame, texts: pd.DataFrame, settings: Settings) -> Roles:
    read = texts[texts["fate"] == KEPT].set_index("comment_id")
    said = comments.set_index("comment_id").reindex(read.index)
    chance = pd.DataFrame(np.nan, index=read.index, columns=COLUMNS)
    ticked = [pd.DataFrame({"person_id": pd.Series(dtype="str"), "sure": [], "met": pd.Series(dtype=bool)})]
    for language in sorted(read["language"].dropna().unique()):
        own = said[(read["language"] == language).to_numpy()]
        learned = _learned(own, language, settings)
        if learned is not None:
            chance.loc[own.index] = learned[0]
            ticked.append(learned[1])
    usual = chance.mean().fillna(1 / len(COLUMNS))
    chance = chance.fillna(usual)
    copied = texts[texts["copy_of"].notna()].set_index("comment_id")["copy_of"]
    copies = chance.reindex(copied.to_numpy()).set_axis(copied.index)
    table = pd.concat([chance, copies]).rename_axis("comment_id").reset_index()
    return Roles(table, pd.concat(ticked, ignore_index=True))


def _learned(said: pd.DataFrame, language: str, settings: Settings) -> tuple[np.ndarray, pd.DataFrame] | None:
    """Probabilities of texts in one language, and the ticked ones as `Roles` has them; None where nothing can teach."""
    ticked = said["about"].notna().to_numpy()
    seeds = _seeds(settings) if language in SEEDED else pd.Series(dtype=str)
    writers = said["person_id"][ticked].nunique()
    if seeds.empty and (ticked.sum() < FEWEST or writers < FOLDS or said["about"].nunique() < 2):
        return None
    place = points(plain(pd.concat([said["text"], pd.Series(seeds.index, dtype="str")])), language)
    none = ~ticked & said["prompt"].eq(NOT_ACTED_ON).to_numpy() & ticked.any()
    teaches = np.flatnonzero(ticked | none)
    teaches = (
        teaches[np.unique(np.linspace(0, len(teaches) - 1, MOST).round().astype(int))] if len(teaches) > MOST else teaches
    )
    at = np.concatenate([teaches, len(said) + np.arange(len(seeds))])
    label = np.concatenate([said["about"].where(ticked, NONE).to_numpy()[teaches], seeds.to_numpy()])
    writer = np.concatenate([said["person_id"].to_numpy()[teaches], [f"phrase {i}" for i in range(len(seeds))]])
    held_out, model = _fitted(place[at], label, writer)
    chance = np.zeros((len(said), len(CLASSES)))
    factor = _factor(held_out, np.searchsorted(model.classes_, label))
    chance[:, [CLASSES.index(one) for one in model.classes_]] = _softmax(factor * _logits(model, place[: len(said)]))
    sure = _softmax(factor * held_out).max(axis=1)
    met = model.classes_[held_out.argmax(axis=1)] == label
    told = pd.DataFrame({"person_id": writer, "sure": sure, "met": met})
    return chance, told[np.isin(at, np.flatnonzero(ticked))]


def _seeds(settings: Settings) -> pd.Series:
    """Class of each phrase."""
    phrases = {phrase: role for role, theme in THEMES.items() for phrase in theme}
    own = {phrase: role for role, theme in settings.market.about.items() for phrase in theme}
    return pd.Series(phrases | own, dtype="str")


def _fitted(place: np.ndarray, label: np.ndarray, writer: np.ndarray):
    """Logits of examples left out, (examples, classes), and the regression on all of them."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    def fit(rows: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=PENALTY, max_iter=1000, class_weight="balanced").fit(place[rows], label[rows])

    model = fit(np.arange(len(label)))
    held_out = np.zeros((len(label), len(model.classes_)))
    for rest, out in GroupKFold(FOLDS, shuffle=True, random_state=0).split(place, label, writer):
        part = fit(rest)
        found = _logits(part, place[out])
        held_out[out] = found.min()  # for a class that the rest lacks
        held_out[np.ix_(out, np.searchsorted(model.classes_, part.classes_))] = found
    return held_out, model


def _logits(model, place: np.ndarray) -> np.ndarray:
    """One column a class, also of two."""
    found = model.decision_function(place)
    return found if found.ndim > 1 else np.column_stack([-found / 2, found / 2])


def _factor(logits: np.ndarray, label: np.ndarray) -> float:
    """By how much to sharpen logits so that the labels are likeliest; between e⁻¹ and e³."""
    from scipy.optimize import minimize_scalar
    from scipy.special import log_softmax

    rows = np.arange(len(label))
    found = minimize_scalar(lambda log: -log_softmax(np.exp(log) * logits, axis=1)[rows, label].mean(), bounds=(-1, 3))
    return float(np.exp(found.x.round(DIGITS)))


def _softmax(logits: np.ndarray) -> np.ndarray:
    from scipy.special import softmax

    return softmax(logits, axis=1)

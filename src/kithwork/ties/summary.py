"""What the tie chapter claims: who is tied to anybody, how many ties people hold, and how sure their kinds are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.claims import Ledger, largest_part
from kithwork.estimates import Estimate, from_draws, mean, proportion
from kithwork.params import Settings
from kithwork.tables import ASSUMED, ESTIMATED
from kithwork.ties import accuracy, kinds
from kithwork.ties.told import Told

PUBLISHED = ("auc", "brier", "calibration_error")
"""The scores of told probabilities that are claimed."""


def claims(
    ties: pd.DataFrame,
    people: pd.DataFrame,
    settings: Settings,
    rng: np.random.Generator,
    said: dict[str, Told] | None = None,
) -> Ledger:
    """The claims of the tie chapter, for the whole and by unit; about kinds, for the whole only. None without ties.

    `said` holds the kinds that were told by what people said.
    """
    ledger, said = Ledger("ties"), said or {}
    if ties.empty:
        return ledger
    held = pd.concat([ties["a_id"], ties["b_id"]]).value_counts().reindex(people["person_id"], fill_value=0).to_numpy()
    for unit in [None, *sorted(people["unit"].dropna().unique())]:
        member = np.ones(len(people), bool) if unit is None else (people["unit"] == unit).to_numpy()
        scope = {"scope": "organisation" if unit is None else "group", "group": unit}
        connected = proportion(int((held[member] > 0).sum()), int(member.sum())).times(100)
        method = "Share of the staff list; Wilson interval (Wilson 1927)"
        ledger.add("connected", "Share of people with at least one tie", connected, unit="%", method=method, **scope)
        per_person = mean(held[member], settings.ties.draws, rng)
        method = "Mean over people; bootstrap over people (Efron 1979)"
        ledger.add(
            "per_person",
            "Colleagues each person is tied to",
            per_person,
            unit="people",
            method=method,
            largest=largest_part(held[member]),
            **scope,
        )
    told = kinds.tellable(ties)
    for kind in told:
        ledger.add(
            f"open_{kind}",
            f"Share of ties of which it stays open whether they are {kind}",
            kinds.left_open(ties, settings, kind, rng).times(100),
            unit="%",
            method=f"P between {1 - settings.ties.told_apart_at:.2g} and {settings.ties.told_apart_at:.2g}; "
            f"range over {_over(kind, said, settings)}; n counts ties",
            people=len(people),
            basis=ESTIMATED if kind in said else ASSUMED,
        )
    for kind, one in said.items():
        _said(ledger, kind, one, settings, rng)
    if len(told) > 1:
        drawn = kinds.draws(ties, rng, settings.ties.draws)
        multiplex = np.array([(labels.sum(axis=1) > 1).mean() for labels in drawn]) * 100
        ledger.add(
            "multiplex",
            "Share of ties that are of two or more kinds",
            from_draws(multiplex.mean(), multiplex, len(ties)),
            unit="%",
            method="Multiplexity (Verbrugge 1979) over draws of probabilities and kinds; n counts ties",
            people=len(people),
        )
    return ledger


def _over(kind: str, said: dict[str, Told], settings: Settings) -> str:
    """What the range of a kind's probabilities is over."""
    if kind in said:
        return "what the witnesses leave open"
    return "the stated sign strengths" + " and base rate" * (kind in settings.engagement.base_rates)


def _said(ledger: Ledger, kind: str, told: Told, settings: Settings, rng: np.random.Generator) -> None:
    """How people speak of a kind, where that is known, and how well all else tells what they say: how it ranks answers only
    where it tells anything of them. The gate counts those whose answers it was judged by, not all who were asked."""
    judged = len(np.unique(told.ego))
    if told.sensitivity and told.false_reports:
        _witnessed(ledger, kind, told.sensitivity, told.false_reports, judged)
    scores = accuracy.scores(told.said, told.expected, told.ego, settings.ties.draws, rng, names=PUBLISHED)
    tried = "answers of egos unseen by the model; bootstrap over egos; n counts answers"
    if told.informed:
        ledger.add(
            f"ranked_{kind}",
            f"Of two answers, that a tie is {kind} and that it is not: how often contact and staff list tell them apart",
            scores["auc"].times(100),
            unit="%",
            method=f"Area under the ROC curve (Hanley & McNeil 1982), {told.model}; {tried}",
            reference=50,
            reference_label="guessing",
            people=judged,
        )
    rate = told.said.mean()
    ledger.add(
        f"brier_{kind}",
        f"Squared distance of told chances of being called {kind} from what people then say, on average",
        scores["brier"],
        unit="index",
        method=f"Brier score (Brier 1950); {tried}",
        reference=rate * (1 - rate),
        reference_label="the base rate of all",
        people=judged,
    )
    ledger.add(
        f"off_{kind}",
        f"How far told chances of being called {kind} lie from what people then say, on average",
        scores["calibration_error"].times(100),
        unit="%",
        method=f"Expected calibration error in ten bins (Naeini, Cooper & Hauskrecht 2015); {tried}",
        people=judged,
    )


def _witnessed(ledger: Ledger, kind: str, sensitivity: Estimate, false_reports: Estimate, judged: int) -> None:
    """How people speak of a kind, by what only one of two says."""
    witnessed = "Two witnesses of each pair (Dawid & Skene 1979; Hui & Walter 1980); bootstrap over pairs, which n counts"
    for name, label, chance in (
        ("says", f"Of ties that are {kind}, share of which somebody asked says so", sensitivity),
        ("says_wrongly", f"Of ties that are not {kind}, share of which somebody asked says they are", false_reports),
    ):
        ledger.add(f"{name}_{kind}", label, chance.times(100), unit="%", method=witnessed, people=judged)


def curves(said: dict[str, Told], settings: Settings) -> Ledger:
    """The reliability curve of each kind: of answers expected with a like chance, the share that came, beside that chance.

    The gate counts whose answers they are. Random numbers of its own, so that a curve moves no other figure.
    """
    ledger = Ledger("ties")
    for kind, told in said.items():
        place, rng = accuracy.bins(told.expected), np.random.default_rng(settings.ties.seed)
        drawn, who = accuracy.drawn_egos(told.ego, settings.ties.draws, rng)
        for bin_ in np.unique(place):
            held = place == bin_
            yes, all_ = (drawn @ np.bincount(who[held], of, drawn.shape[1]) for of in (told.said[held], None))
            share = from_draws(told.said[held].mean(), yes[all_ > 0] / all_[all_ > 0], int(held.sum()))
            ledger.add(
                f"reliability_{kind}",
                f"Of answers expected with a like chance to call a tie {kind}, share that did",
                share.times(100),
                unit="%",
                method="Reliability curve in ten bins of as many answers (Nixon et al. 2019), of egos unseen by the model; "
                "bootstrap over egos; n counts answers",
                reference=told.expected[held].mean() * 100,
                reference_label="the chance told",
                scope="group",
                group=f"bin {bin_ + 1:02}",
                people=len(np.unique(told.ego[held])),
            )
    return ledger

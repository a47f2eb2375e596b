"""What is claimed of scenarios: how far each goes, its lead world by world, and what the lead hangs on.

What it hangs on: Spearman's rank correlation, over worlds, of each assumption with the lead of the scenario that leads most
(sampling-based sensitivity: Helton & Davis 2003, Reliab. Eng. Syst. Saf. 81:23), with the standard error of its Fisher
transform, 1.03/√(worlds − 3) (Fieller, Hartley & Pearson 1957, Biometrika 44:470).

What a start comes to could tell about those who start it, and what two starts differ by about those of either: so many
people a claim is about. Nobody's start is about everybody.
"""

from __future__ import annotations

import re
from statistics import NormalDist

import numpy as np

from kithwork.change.ahead import NAMES
from kithwork.change.scenarios import Played, Scenarios
from kithwork.change.starts import CALLED
from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate, from_draws, proportion

POINTS = 14
"""Weeks of a curve that are claimed, at most."""
THRESHOLDS = "Threshold model on the ties (Granovetter 1978; Centola & Macy 2007)"
CASCADE = "Cascade on the ties, nobody adopting on one's own (Kempe, Kleinberg & Tardos 2003)"


def claims(scenarios: Scenarios, ledger: Ledger) -> None:
    """Add what every scenario that could be played comes to."""
    people, worlds, first = len(scenarios.people), len(scenarios.ahead.assumptions.alone), scenarios.first
    how = f"from where things stand, in {worlds:,} worlds, the same for each way to start: the middle one, and the range"
    how += f" that holds 95 % of them; {scenarios.ahead.told}"
    weeks = np.unique(np.linspace(0, scenarios.weeks, POINTS).round().astype(int))
    for name, one in scenarios.played.items():
        about = beginning(scenarios, name)
        words, told = starting(one), {"unit": "%", "method": f"{THRESHOLDS}, {how}", "scope": "scenario", "people": about}
        done = f"Share of people who have taken the change up after {{}} weeks, if {words}"
        ends, beside = _of(one.shares[:, -1], people), {}
        if name != first:
            base = scenarios.played[first]
            beside = {"reference": 100 * float(np.median(base.shares[:, -1])), "reference_label": f"if {starting(base)}"}
        ledger.add(f"scenario.{name}", done.format(scenarios.weeks), ends, **told, **beside)
        for week in weeks:
            ledger.add(f"curve.{name}.{week}", done.format(week), _of(one.shares[:, week], people), **told)
        if one.passed_on is not None:
            label = f"The same, if each tie passes it on once, and {words}"
            cascaded = told | {"method": f"{CASCADE}, {how}"}
            ledger.add(f"scenario_cascade.{name}", label, _of(one.passed_on, people), **cascaded)
        if name != first:
            _lead(scenarios, name, told["method"], ledger)
    _sensitive(scenarios, ledger)


def beginning(scenarios: Scenarios, name: str) -> int:
    """How many people start a scenario, or the first, whichever are fewer: in any world; all people where nobody does."""
    started = [scenarios.played[one].ever for one in (name, scenarios.first)]
    return min(many or len(scenarios.people) for many in started)


def starting(one: Played) -> str:
    """Who starts a scenario, in words that follow "if"."""
    campaign = one.scenario.campaign
    besides = f" and a campaign makes taking it up on one's own {campaign:g} times as likely" if campaign != 1 else ""
    if one.scenario.start == "nobody":
        return f"nobody is asked to start{besides}"
    return f"{CALLED[one.scenario.start].format(one.size)} start{besides}"


def size_of(label: str) -> int | None:
    """How many start, by the label of a scenario's claim; None where it names no number. Fewer may start than were asked
    for: there may be no more managers, or no more people."""
    said = "|".join(re.escape(words).replace(re.escape("{}"), "([0-9]+)") for words in CALLED.values())
    found = re.search(f"if (?:{said})", label)
    return next((int(number) for number in found.groups() if number), None) if found else None


def _of(shares: np.ndarray, people: int) -> Estimate:
    return from_draws(float(np.median(shares)), shares, people).times(100)


def _lead(scenarios: Scenarios, name: str, method: str, ledger: Ledger) -> None:
    """How far a scenario comes out ahead of the first, and in how many worlds it does."""
    people, lead = len(scenarios.people), scenarios.leads[name]
    words, base = starting(scenarios.played[name]), starting(scenarios.played[scenarios.first])
    ledger.add(
        f"scenario_lead.{name}",
        f"How many more have taken it up if {words} than if {base}, mean over {scenarios.weeks} weeks",
        _of(lead, people),
        unit="points",
        method=f"Difference world by world, mean over the weeks. {method}",
        reference=0,
        reference_label="no difference",
        scope="scenario",
        people=beginning(scenarios, name),
    )
    ahead = proportion(int((lead > 0).sum()), len(lead)).times(100)
    ledger.add(
        f"scenario_ahead.{name}",
        f"Share of worlds in which more have taken it up if {words} than if {base}, mean over the weeks",
        Estimate(ahead.estimate, ahead.low, ahead.high, people),
        unit="%",
        method=f"Counted over worlds; Wilson interval (Wilson 1927). {method}",
        scope="scenario",
        people=beginning(scenarios, name),
    )


def _sensitive(scenarios: Scenarios, ledger: Ledger) -> None:
    """How far the largest lead hangs on each assumption of the threshold model."""
    from scipy.stats import spearmanr

    rivals = {name: float(np.median(lead)) for name, lead in scenarios.leads.items() if name != scenarios.first}
    if not rivals:
        return
    best = max(rivals, key=rivals.__getitem__)
    lead = scenarios.leads[best]
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * 1.03 / np.sqrt(len(lead) - 3)
    for name, words in NAMES.items():
        given = getattr(scenarios.ahead.assumptions, name)
        if name == "pass_on" or np.ptp(given) == 0 or np.ptp(lead) == 0:
            continue
        rank = float(spearmanr(given, lead).statistic)
        ends = np.tanh(np.arctanh(np.clip(rank, -1 + 1e-12, 1 - 1e-12)) + np.array([-half, half]))
        ledger.add(
            f"sensitive.{name}",
            f"How the lead of the best start ({best}) goes with the {words}, between -1 and 1",
            Estimate(rank, float(ends[0]), float(ends[1]), len(scenarios.people)),
            unit="index",
            method=f"Spearman's rank correlation over {len(lead):,} worlds (Helton & Davis 2003), {scenarios.ahead.told}",
            scope="scenario",
            people=beginning(scenarios, best),
        )

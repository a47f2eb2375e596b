"""The so-what effect: each figure worked out by hand, what it needs, whom the gate counts, and planted truth."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings, staff

from kithwork.tables import ANSWERS, OPPORTUNITIES
from kithwork.values import so_what
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.indicator import PARTS

START = pd.Timestamp("2026-01-01", tz="UTC")
SETTINGS = settings()
DATES = ("raised", "tested", "scaled", "dropped")
REGISTER_FIGURES = (so_what.tested_in_time, so_what.repeated, so_what.realised)


def register(*rows: dict) -> pd.DataFrame:
    """The `opportunities` table of these entries; dates are days after the first of January."""
    frame = pd.DataFrame([{"opportunity_id": f"o{number}", "raised": 0} | row for number, row in enumerate(rows)])
    frame = frame.reindex(columns=list(OPPORTUNITIES.columns))
    for name in DATES:
        frame[name] = START + pd.to_timedelta(frame[name].astype(float), unit="D")
    return OPPORTUNITIES.checked(frame)


def evidence(entries: pd.DataFrame, people: pd.DataFrame | None = None, seed: int = 1) -> Evidence:
    """A register and a staff list, and nothing else."""
    people = staff(list("AABBC")) if people is None else people
    return Evidence(SETTINGS, people, None, None, ANSWERS.empty(), np.random.default_rng(seed), opportunities=entries)


SIX = ({"tested": 10}, {"dropped": 20}, {"raised": 90}, {"tested": 40}, {"tested": 120}, {})


def test_tested_in_time_by_hand():
    """The six ideas of the docstring: 7/18."""
    found = so_what.tested_in_time(evidence(register(*SIX)))
    assert found.estimate.estimate == pytest.approx(100 * 7 / 18)
    assert found.estimate.low < found.estimate.estimate < found.estimate.high
    assert (found.estimate.n, found.unit) == (6, "%")


def test_what_is_scaled_was_tested_by_then_and_what_is_dropped_later_was_tested():
    """A practice without a day of testing counts by the day it became one; giving up after the test changes nothing."""
    rest = ({"dropped": 20}, {"raised": 90}, {"tested": 40}, {"tested": 120}, {})
    for first in ({"scaled": 10}, {"tested": 10, "dropped": 60}, {"tested": 10, "dropped": 10}):
        assert so_what.tested_in_time(evidence(register(first, *rest))).estimate.estimate == pytest.approx(100 * 7 / 18)


def test_a_clock_put_forward_adds_no_day():
    """Ninety days between two midnights are ninety days, though summer time took an hour of them or gave one."""
    for shift in (-1, 1):
        entries = register(*[{"tested": 90} for _ in range(5)], {"tested": 91})
        entries["tested"] += pd.Timedelta(hours=shift)
        assert so_what.tested_in_time(evidence(entries)).estimate.estimate == pytest.approx(100 * 5 / 6)


def test_where_all_were_tested_the_interval_is_not_empty():
    """Five of five tested at once: Wilson's interval of 5 of 5."""
    found = so_what.tested_in_time(evidence(register(*[{"tested": 3}] * 5))).estimate
    assert (found.estimate, found.high) == (100, pytest.approx(100))
    assert found.low == pytest.approx(56.55, abs=0.01)


LEAKS = ({"problem": "leaks", "party_id": "x"}, *[{"problem": "leaks", "person_id": f"p00{who}"} for who in (0, 1)])
NOISE = ({"problem": "noise", "person_id": "p002"}, {"problem": "noise", "person_id": "p003"})
DUST = {"problem": "dust", "person_id": "p004"}


def test_repeated_by_hand():
    """The six ideas of the docstring: a half."""
    found = so_what.repeated(evidence(register(*LEAKS, *NOISE, DUST)))
    assert found.estimate.estimate == 50
    assert (found.estimate.n, found.unit) == (6, "%")


def test_sources_are_parties_and_units():
    """A party that two people heard is one source; two units are two; who is of no known unit adds none."""
    heard = [{"problem": "leaks", "party_id": "x", "person_id": f"p00{who}"} for who in (0, 2, 4)]
    assert so_what.repeated(evidence(register(*heard, *NOISE, DUST))).estimate.estimate == 0
    units = {"problem": "noise", "person_id": "p000"}
    assert so_what.repeated(evidence(register(*heard, *NOISE, units))).estimate.estimate == 50
    unknown = staff(["A", "A", "B", "B", None])
    assert so_what.repeated(evidence(register(*heard, *NOISE, DUST | {"problem": "noise"}), unknown)).estimate.estimate == 0


RIPE = (
    {"expected": 100, "realised": 50},
    {"expected": 200, "realised": 400, "scaled": 90},
    {"expected": 300},
    {"expected": 100, "dropped": 30, "realised": 70},
    {"expected": 300, "realised": 0},
)


def test_realised_by_hand():
    """The five ideas of the docstring, what the dropped one brought not counted, and a sixth that is too young: 45 %."""
    found = so_what.realised(evidence(register(*RIPE, {"raised": 180, "expected": 500, "tested": 210})))
    assert found.estimate.estimate == pytest.approx(45)
    assert (found.estimate.n, found.reference, found.reference_label) == (5, 100, "what was expected")


def test_as_answered_by_hand():
    """Means of 2 and 4: 25 and 75, together 50."""
    given = [("p000", "V4a", 1), ("p000", "V4b", 3), ("p001", "V4a", 4)]
    asked = evidence(OPPORTUNITIES.empty())
    object.__setattr__(asked, "answers", ANSWERS.checked(pd.DataFrame(given, columns=list(ANSWERS.columns))))
    assert so_what.as_answered(asked).estimate.estimate == 50


@pytest.mark.parametrize("indicator", REGISTER_FIGURES)
@pytest.mark.parametrize("entries", [OPPORTUNITIES.empty(), register(*RIPE[:4]), register(*[{}] * 6)])
def test_what_is_not_there_is_missing_evidence(indicator, entries):
    """No register, four entries, or six of which only the day is known on which they were raised: never a zero."""
    found = indicator(evidence(entries))
    assert isinstance(found, Missing)
    assert "ideas" in found.needs


def test_a_register_too_young_says_so():
    """Nobody can know yet what is tested within 90 days."""
    found = so_what.tested_in_time(evidence(register(*[{"tested": 5}, {"raised": 20}] * 3, {"raised": 60})))
    assert found == Missing("a register of ideas that goes back 90 days from its last date")


@pytest.mark.parametrize("indicator", REGISTER_FIGURES)
def test_the_gate_counts_people_not_entries(indicator):
    """Those who raised the entries; the whole staff list where no entry names anybody."""
    rows = [row | {"tested": 10, "problem": "leaks", "party_id": "x", "raised": 0} for row in (*RIPE, {"scaled": 200})]
    named = [row | {"person_id": f"p00{number % 2}"} for number, row in enumerate(rows)]
    assert indicator(evidence(register(*named))).people == 2
    assert indicator(evidence(register(*rows))).people == 5


def waited(rng: np.random.Generator) -> pd.DataFrame:
    """150 ideas over 500 days, tested at 1/100 a day and dropped at 1/200, as known on the last of the days."""
    raised = np.r_[0, rng.integers(0, 500, 149)]
    tested, dropped = (raised + np.ceil(rng.exponential(mean, 150)) for mean in (100, 200))
    ends = {"tested": tested <= np.minimum(dropped, 500), "dropped": (dropped < tested) & (dropped <= 500)}
    frame = {"tested": np.where(ends["tested"], tested, np.nan), "dropped": np.where(ends["dropped"], dropped, np.nan)}
    return register(*pd.DataFrame({"raised": raised, **frame}).to_dict("records"))


def shared(rng: np.random.Generator) -> pd.DataFrame:
    """60 problems of 1 + Poisson(1.5) ideas: those of two in five come from a party each, of the others from one unit."""
    rows = []
    for problem, many in enumerate(1 + rng.poisson(1.5, 60)):
        outside = rng.random() < 0.4
        rows += [
            {"problem": str(problem)} | ({"party_id": f"x{one}"} if outside else {"person_id": "p000"})
            for one in range(many)
        ]
    return register(*rows)


def valued(rng: np.random.Generator) -> pd.DataFrame:
    """100 ripe ideas, three in ten of which are dropped; the others bring 0.6 of what is expected, on average."""
    expected = rng.lognormal(3, 0.5, 100)
    frame = {"expected": expected, "realised": expected * rng.gamma(2, 0.3, 100)}
    frame["dropped"] = np.where(rng.random(100) < 0.3, 200, np.nan)
    return register(*pd.DataFrame(frame).to_dict("records"), {"tested": 300})


PLANTED = {
    so_what.tested_in_time: (waited, 2 / 3 * (1 - np.exp(-1.35))),
    so_what.repeated: (shared, 0.4 * (2.5 - np.exp(-1.5)) / 2.5),
    so_what.realised: (valued, 0.7 * 0.6),
}


def figures(indicator, registers: int) -> tuple[list, float]:
    """The indicator in so many registers, and what was planted in all of them, in %."""
    make, truth = PLANTED[indicator]
    return [
        indicator(evidence(make(np.random.default_rng([seed, 1])), seed=seed)).estimate for seed in range(registers)
    ], 100 * truth


@pytest.mark.parametrize("indicator", REGISTER_FIGURES)
def test_what_was_planted_is_recovered(indicator):
    """On the average of 60 registers, to three of its standard errors."""
    found, truth = figures(indicator, 60)
    means = np.array([one.estimate for one in found])
    assert abs(means.mean() - truth) < 3 * means.std(ddof=1) / np.sqrt(60)


@pytest.mark.slow
@pytest.mark.parametrize("indicator", REGISTER_FIGURES)
def test_intervals_cover_what_was_planted(indicator):
    """Of 1,000 registers, the 95 % interval holds the planted figure in 93 to 97 of 100."""
    found, truth = figures(indicator, 1000)
    assert 0.93 <= np.mean([one.low <= truth <= one.high for one in found]) <= 0.97


def test_every_indicator_is_defined_and_says_what_follows():
    """The five paragraphs of a definition, and an action with an end."""
    for one in so_what.INDICATORS:
        assert tuple(one.parts) == PARTS
        assert one.action.days in (30, 60, 90)
        assert one.action.stop
    assert isinstance(so_what.tested_in_time(evidence(register(*SIX))), Measured)

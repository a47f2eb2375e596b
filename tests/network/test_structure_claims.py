"""What is claimed of the network: brokers by share, the chart beside chance, trust by the best treatment of silence."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kithwork.claims import Ledger
from kithwork.network import missing, summary
from kithwork.network.brokerage import ROLES


def test_brokers_share_what_joins_units():
    """Two units of four: three people of one join nine open paths across, two of the other three; paths within count for
    nobody."""
    roles = pd.DataFrame(0.0, index=range(8), columns=list(ROLES))
    roles.loc[0:2, ["gatekeeper", "coordinator"]] = 3, 9
    roles.loc[4, "liaison"], roles.loc[5, "liaison"] = 1, 2
    ledger = Ledger("people")
    summary.brokers(ledger, roles.assign(unit=["A"] * 4 + ["B"] * 4), 200, np.random.default_rng(1))
    found = ledger.frame().set_index("group")
    assert found["estimate"].tolist() == [75, 25]
    assert found["reference"].tolist() == [50, 50]
    assert found["n"].tolist() == [4, 4]
    assert (found["low"] < found["estimate"]).all()


@pytest.mark.parametrize("brokers", [1, 4])
def test_nothing_is_said_of_hardly_any_brokers(brokers):
    """Of one broker in a unit, every resample would give that unit all of the paths, and no doubt about it."""
    roles = pd.DataFrame(0.0, index=range(12), columns=list(ROLES)).assign(unit=["A", "B"] * 6)
    roles.loc[: brokers - 1, "liaison"] = 1
    ledger = Ledger("people")
    summary.brokers(ledger, roles, 50, np.random.default_rng(1))
    assert not ledger.rows


def test_nothing_is_said_of_brokers_where_no_path_crosses():
    """Units of their own, or one alone."""
    roles = pd.DataFrame(0.0, index=range(4), columns=list(ROLES)).assign(unit=["A", "A", "B", None])
    ledger = Ledger("people")
    summary.brokers(ledger, roles, 50, np.random.default_rng(1))
    assert not ledger.rows


def test_the_chart_is_held_against_units_dealt_anew():
    """Communities that are the units agree with them wholly, chance would give far less; one unit says nothing."""
    units = np.repeat(["A", "B", "C"], 12)
    positions = pd.DataFrame({"unit": units, "community": np.repeat([1.0, 2.0, 3.0], 12)})
    ledger = Ledger("people")
    summary.chart(ledger, positions, 60, np.random.default_rng(1))
    [row] = ledger.rows
    assert (row["estimate"], row["low"], row["high"]) == (1, 1, 1)
    assert row["reference"] < 0.3
    summary.chart(alone := Ledger("people"), positions.assign(unit="A"), 60, np.random.default_rng(1))
    assert not alone.rows


def experiment() -> pd.DataFrame:
    """Trials of one measure, of which returning names keeps the order best."""
    rows = [
        ("named_by", rate, treatment, base - rate, base - rate - 0.1, base - rate + 0.1, 0.8, 0.7, 0.9)
        for rate in missing.RATES
        for treatment, base in zip(missing.TREATMENTS, (0.8, 0.9, 0.85), strict=True)
    ]
    columns = ["measure", "rate", "treatment", "spearman", "spearman_low", "spearman_high"]
    return pd.DataFrame(rows, columns=[*columns, "overlap", "overlap_low", "overlap_high"])


def test_trust_is_that_of_the_best_treatment_at_the_rate_of_silence():
    """Of 15 % silent the trial with 20 % counts, by the treatment that keeps the order best."""
    ledger = Ledger("people")
    summary.trusted(ledger, experiment(), 0.15, 40)
    order, top = ledger.rows
    assert (order["estimate"], order["low"], order["high"]) == pytest.approx((0.7, 0.6, 0.8))
    assert "with two in ten silent" in order["label"]
    assert missing.RETURNED in order["method"]
    assert (top["estimate"], top["n"]) == (80, 40)


def test_no_trust_is_claimed_beyond_the_silence_tried():
    """Of 40 % silent nothing is known: trials with 30 % would tell better of ranks than they are."""
    ledger = Ledger("people")
    summary.trusted(ledger, experiment(), 0.4, 40)
    assert not ledger.rows
    summary.trusted(ledger, experiment(), 0.3, 40)
    assert len(ledger.rows) == 2


def test_trust_names_the_rate_it_was_tried_at():
    """Where a measure keeps as little at every rate, it is still that of the rate of silence which is told."""
    level = experiment().assign(spearman=0.0, spearman_low=0.0, spearman_high=0.0)
    ledger = Ledger("people")
    summary.trusted(ledger, level, 0.25, 40)
    assert all("with three in ten silent" in row["label"] for row in ledger.rows)

"""The end-to-end study has as many records as it says, in words that its own lists know; growth is measured rightly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import psutil
import pytest

from benchmarks import endtoend, endtoend_study


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A small study's files, and what was said of them."""
    folder = tmp_path_factory.mktemp("client")
    return folder, endtoend_study.brought(folder, 100)


def test_the_log_is_in_words_of_the_lists(client):
    folder, told = client
    log = pd.read_parquet(folder / "log.parquet")
    known = {*pd.read_csv(folder / "staff.csv")["E-mail"], *pd.read_csv(folder / "accounts.csv")["Web"]}
    assert len(log) == told["contacts"] > 50_000
    assert {*log["ego"], *log["alter"]} <= known
    assert log["at"].dt.date.astype(str).between("2026-01-04", endtoend_study.UNTIL).all()


def test_as_many_answer_and_write_as_asked(client):
    folder, told = client
    survey = pd.read_csv(folder / "survey.csv", dtype=str)
    texts = survey.iloc[2:].filter(regex=r"^M\d_\d$").notna().to_numpy().sum() + len(pd.read_csv(folder / "notes.csv"))
    assert told["respondents"] == len(survey) - 2 <= 30
    assert texts <= told["texts"] == 50


def test_the_exponent_is_the_power_that_was_planted():
    sizes = np.array([1_000.0, 2_000.0, 5_000.0, 10_000.0])
    slope, low, high = endtoend.exponent(sizes, 3e-6 * sizes**1.5)
    assert slope == pytest.approx(1.5)
    assert low == pytest.approx(high)


def test_a_process_below_a_stage_counts_for_that_stage(monkeypatch):
    class Process:
        """A process with a command and others below it."""

        def __init__(self, command, *below):
            self.command, self.below = command, below

        def cmdline(self):
            return self.command

        def children(self):
            return self.below

    kernel = Process(["python", "-m", "ipykernel_launcher", "-f", "x.json"])
    stage = Process(["python", "-m", "pipeline", "run", "ties", endtoend_study.NAME], kernel)
    runner = Process(["python", "-m", "pipeline", "repro"], Process(["sh", "-c", "…"], stage))
    assert [one for one, _ in endtoend.belonging(runner, "x")] == ["x", "x", "ties", "ties"]
    runner.children = lambda: (_ for _ in ()).throw(psutil.NoSuchProcess(1))
    assert not [*endtoend.belonging(runner, "x")]

"""`kithwork topics`: the list of topics for an analyst to fill in, and its way back."""

from __future__ import annotations

import csv

import conftest
import pandas as pd
import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import params, store
from kithwork.cli import app
from kithwork.market import said
from kithwork.market_tables import ROLES, TOPIC_PHRASES, TOPICS

WORDS = {"en-01": ("glass", "lead times"), "en-02": ("rent", "rental")}


def run():
    """What the command prints, and its status."""
    return CliRunner().invoke(app, ["topics", "synthetic"])


@pytest.fixture
def found(tmp_path, monkeypatch) -> pd.DataFrame:
    """A study with two topics; their phrases."""
    conftest.enter(tmp_path, monkeypatch)
    synthetic.build(tmp_path, synthetic.tables(), synthetic.SIGNS)
    rows = [(topic, one, at, 1 / at, 3) for topic, words in WORDS.items() for at, one in enumerate(words, start=1)]
    phrases = pd.DataFrame(rows, columns=["topic_id", "phrase", "rank", "weight", "people"])
    topics = pd.DataFrame({"topic_id": list(WORDS), "language": "en", "named": None, "texts": [9, 30], "people": 7})
    topics = topics.assign(stability=0.8, first=None, **{f"p_{role}": 0.1 for role in ROLES})
    store.save("topics", topics, "synthetic")
    store.save("topic_phrases", phrases, "synthetic")
    return phrases


def test_the_list_comes_back_as_it_was_filled_in(found):
    """Written, filled in and saved under decided, its line finds the topic that it was written for."""
    told = run()
    assert told.exit_code == 0, told.output
    assert "2 topics: data/review/synthetic/topics.csv" in told.output
    path = params.ROOT / "data" / "review" / "synthetic" / "topics.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    assert [row["topic"] for row in rows] == ["rent; rental", "glass; lead times"]
    rows[1] |= {"name": "Glass", "role": "supplier"}
    decided = store.raw("synthetic") / "decided"
    decided.mkdir()
    pd.DataFrame(rows).to_csv(decided / "topics.csv", index=False)
    [(line, topic)] = said.read("synthetic").matched(found).items()
    assert (line.name, line.role, topic) == ("Glass", "supplier", "en-01")


def test_a_new_list_has_what_was_decided(found):
    """Lines under decided are in the next list as they stand, before topics that nothing is said of."""
    decided = store.raw("synthetic") / "decided"
    decided.mkdir()
    (decided / "topics.csv").write_text(
        "topic,name,parts,role,texts\nglass; lead times,Glass,3,supplier,9\n", encoding="utf-8"
    )
    told = run()
    assert told.exit_code == 0, told.output
    path = params.ROOT / "data" / "review" / "synthetic" / "topics.csv"
    assert path.read_text(encoding="utf-8").splitlines()[1:] == [
        "glass; lead times,Glass,3,supplier,", "rent; rental,,,,30", "glass; lead times,,,,9",
    ]  # fmt: skip


def test_a_list_that_somebody_filled_in_is_kept(found):
    """Run again over such a list, the command says so and what to do."""
    run()
    path = params.ROOT / "data" / "review" / "synthetic" / "topics.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("rental,,", "rental,Rentals,"), encoding="utf-8")
    before, told = path.read_bytes(), run()
    assert told.exit_code != 0
    assert "would be overwritten" in told.output
    assert path.read_bytes() == before


def test_without_topics_it_says_what_to_run(tmp_path, monkeypatch):
    """Before chapter 5 has run there is nothing to list."""
    conftest.enter(tmp_path, monkeypatch)
    synthetic.build(tmp_path, synthetic.tables(), synthetic.SIGNS)
    told = run()
    assert told.exit_code != 0
    assert "has no topics yet" in told.output
    assert "make report" in told.output


def test_where_no_topic_was_found_it_says_so_and_writes_nothing(found):
    """A study without texts, or whose texts have nothing in common, has nothing to decide."""
    store.save("topics", TOPICS.empty(), "synthetic")
    store.save("topic_phrases", TOPIC_PHRASES.empty(), "synthetic")
    told = run()
    assert told.exit_code != 0
    assert "holds no topic" in told.output
    assert not (params.ROOT / "data" / "review" / "synthetic" / "topics.csv").exists()

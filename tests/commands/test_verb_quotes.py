"""`kithwork quotes`: texts that may be quoted, for somebody to read."""

from __future__ import annotations

import pandas as pd
import synthetic
from typer.testing import CliRunner

from kithwork import store
from kithwork.cli import app
from kithwork.market_tables import QUOTES


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, list(words))


def test_texts_to_quote_are_listed_to_be_read(project):
    """Before a run it says what to do; after it the list has an empty cell for each text, or what was said before."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run("quotes", "synthetic")
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr
    row = {"person_id": "p", "topic_id": "en-01", "language": "en", "fit": 0.2, "people": 5, "most": 0.2}
    texts = [row | {"comment_id": f"c{n}", "words": f"words {n}", "approved": n == 1} for n in range(2)]
    store.save("quotes", QUOTES.checked(pd.DataFrame(texts)), "synthetic")
    found = run("quotes", "synthetic")
    assert found.exit_code == 0
    assert "2 texts that may be quoted: data/review/synthetic/quotes.csv" in found.output
    lines = (project / "data" / "review" / "synthetic" / "quotes.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["comment,topic,words,show", "c0,en-01,words 0,", "c1,en-01,words 1,yes"]

"""What studies read at an address, as it was seen last: put down, taken into what chapter 1 rests on, told in words."""

from __future__ import annotations

import json
import os
from pathlib import Path

import cells
import pytest

from kithwork import params, readers
from kithwork.cleaning import identities
from kithwork.errors import Problem, UserError
from pipeline import elsewhere, prepare, wording

THERE = {"reader": "warehouse", "file": "postgres://analyst@db.example/study", "options": {"table": "log"}}
FILE = "interactions: postgres://db.example/study log"


@pytest.fixture
def lies(project, monkeypatch):
    """A study whose contacts lie at a server that does not exist: what is seen there, and how often it was asked."""
    cells.house(project)
    content = cells.settings(project)
    study = content["engagements"]["synthetic"]
    there = {
        "sources": study["sources"] | {"interactions": THERE},
        "purposes": dict.fromkeys(("staff", "interactions"), "x"),
    }
    cells.settle(project, content | {"engagements": {"synthetic": study | there}})
    seen = {"rows": 3, "digest": "abc", "asked": 0, "away": False}

    def state(source, spec, settings):
        seen["asked"] += 1
        if seen["away"]:
            raise UserError(Problem("cannot be reached", "postgres://db.example/study", "See whether it is up."))
        return {"rows": seen["rows"], "digest": seen["digest"]}

    monkeypatch.setattr(readers, "state", state)
    return seen


def inputs() -> dict:
    """What chapter 1 rests on, prepared now."""
    prepare.prepare()
    return json.loads(prepare.inputs_of("clean", "synthetic").read_text(encoding="utf-8"))


def look() -> None:
    """See anew what lies there, as `make report` does."""
    elsewhere.look({"synthetic": prepare.inputs_of("clean", "synthetic")})


def test_chapter_1_rests_on_what_lies_there(lies):
    """And no other chapter or study does; it is asked for once, however often one prepares."""
    told = inputs()
    digest = identities.pseudonyms(params.stated("synthetic"))("abc")
    assert told["elsewhere"] == [{"file": FILE, "rows": 3, "digest": digest}]
    assert "elsewhere" not in json.loads(prepare.inputs_of("ties", "synthetic").read_text(encoding="utf-8"))
    assert inputs() == told
    assert lies["asked"] == 1


def test_what_lies_there_cannot_be_guessed(lies):
    """With another key the same is put down otherwise; and who has no key asks nobody, as it would be made anew."""
    told = inputs()
    place = Path(os.environ["KITHWORK_KEY_FILE"])
    place.write_text("0" * 64, encoding="utf-8")
    look()
    other = inputs()
    assert other["elsewhere"][0]["digest"] not in ("abc", told["elsewhere"][0]["digest"])
    place.unlink()
    lies["rows"] = 4
    look()
    assert inputs() == other
    assert lies["asked"] == 2
    assert not place.exists()


def test_news_is_seen_when_somebody_looks(lies):
    """More rows: news until it is prepared, and told in words by what it was."""
    before, path = inputs(), prepare.inputs_of("clean", "synthetic")
    assert not elsewhere.is_news("synthetic", path)
    lies["rows"] = 4
    look()
    assert elsewhere.is_news("synthetic", path)
    after = inputs()
    assert not elsewhere.is_news("synthetic", path)
    assert wording.of_inputs(before, after, "synthetic") == [f"{FILE} changed"]


def test_server_that_is_away_is_as_it_was(lies, capsys):
    """Nothing is made anew for that, and it is said; where it was never seen, nothing is known of it."""
    told = inputs()
    lies["away"] = True
    look()
    assert inputs() == told
    assert "Not looked at for changes: postgres://db.example/study: cannot be reached" in capsys.readouterr().err
    elsewhere._place("synthetic").unlink()
    look()
    assert not elsewhere.is_news("synthetic", prepare.inputs_of("clean", "synthetic"))
    elsewhere._place("synthetic").unlink()
    prepare.inputs_of("clean", "synthetic").unlink()
    assert inputs()["elsewhere"] == [{"file": FILE}]


def test_what_was_seen_in_another_folder_is_taken_over(lies):
    """A colleague who has what was prepared, and has not looked, asks no server."""
    told = inputs()
    elsewhere._place("synthetic").unlink()
    assert inputs() == told
    assert lies["asked"] == 1


def test_who_only_wants_to_know_asks_and_writes_nothing(lies, project):
    """As `kithwork status` does of a study that never ran."""
    before = sorted(project.rglob("*"))
    prepare.made()
    assert lies["asked"] == 0
    assert sorted(project.rglob("*")) == before


def test_study_past_its_retention_is_not_looked_at(lies):
    """Neither as others are prepared, nor by name."""
    content = cells.settings(params.ROOT)
    content["engagements"]["synthetic"]["retention"] = "2020-01-01"
    cells.settle(params.ROOT, content)
    assert "elsewhere" not in inputs()
    look()
    assert lies["asked"] == 0


def test_study_that_is_no_more_is_forgotten(lies):
    """Its entry was taken out: nothing is left of what was seen, and what was seen of others stays."""
    inputs()
    content = cells.settings(params.ROOT)
    content["engagements"]["another"] = content["engagements"]["synthetic"]
    cells.settle(params.ROOT, content)
    prepare.prepare()
    assert elsewhere._place("another").is_file()
    content["engagements"].pop("another")
    cells.settle(params.ROOT, content)
    prepare.prepare()
    assert [path.name for path in (params.ROOT / "build" / elsewhere.KEY).iterdir()] == ["synthetic"]


def test_study_of_files_alone_is_not_looked_at(lies):
    """Nothing is put down of it."""
    content = cells.settings(params.ROOT)
    content["engagements"]["synthetic"]["sources"].pop("interactions")
    cells.settle(params.ROOT, content)
    look()
    assert "elsewhere" not in inputs()
    assert lies["asked"] == 0

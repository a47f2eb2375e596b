"""`kithwork start`: who offered is named to those who plan the start, and nobody else."""

from __future__ import annotations

from types import SimpleNamespace

import conftest
import pandas as pd
import pytest
import synthetic
from typer.testing import CliRunner

from kithwork import params
from kithwork.cli import app

SAID = ("yes", "no", "")
WITHDRAWN = {0: "all", 3: "named"}
"""Persons who said yes, and withdrew something too."""


def run(*words: str):
    """What the command prints, and its status."""
    return CliRunner().invoke(app, ["start", "synthetic", *words])


def built(root, said=SAID) -> None:
    """A study in which persons answer these in turn; names on its staff list; its first two chapters run."""
    rows = synthetic.tables()
    people = [row["person"] for row in rows["staff"]]
    rows["staff"] = [{**row, "name": f"Name {number}"} for number, row in enumerate(rows["staff"])]
    rows["responses"] = [
        {"person": person, "take_part": "no" if at == 6 else "yes", "start": said[at % len(said)]}
        for at, person in enumerate(people)
    ]
    rows["opt_outs"] = [{"person": people[at], "scope": scope} for at, scope in WITHDRAWN.items()]
    synthetic.build(root, rows, synthetic.SIGNS)
    synthetic.run_chapters(chapters=("1_clean", "2_ties"))


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Such a study, made once."""
    root = tmp_path_factory.mktemp("start")
    with pytest.MonkeyPatch.context() as patch:
        conftest.enter(root, patch)
        built(root)
    return SimpleNamespace(root=root)


@pytest.fixture
def entered(study, monkeypatch):
    """The study as the project folder."""
    conftest.enter(study.root, monkeypatch)
    return study.root / "data" / "review" / "synthetic"


@pytest.mark.slow
def test_only_who_offered_is_named(entered):
    """Each who said yes and withdrew nothing, with name, unit and why; two teams of five; what is printed counts."""
    found = run()
    assert found.exit_code == 0, found.output
    rows = pd.read_csv(entered / "start.csv")
    people = len(synthetic.units())
    expected = {synthetic.person(at) for at in range(0, people, 3) if at not in WITHDRAWN and at != 6}
    assert set(rows["person"]) == expected
    assert rows["name"].str.startswith("Name ").all()
    assert rows["why"].str.contains("people in two steps|tied to nobody").all()
    assert rows["team"].value_counts().to_dict() == {1: 5, 2: 5}
    assert f"{len(expected)} volunteers from {rows['unit'].nunique()} units, 2 teams of 5 among them" in found.output
    assert "data/review/synthetic/start.csv" in found.output
    assert "Team 1: about " in found.output


@pytest.mark.slow
def test_others_are_counts_by_unit_or_held_back(entered):
    """No count of fewer than five, and none that follows by subtraction from how many others there are."""
    assert run().exit_code == 0
    volunteers = pd.read_csv(entered / "start.csv")["person"]
    counts = pd.read_csv(entered / "start_units.csv")
    assert list(counts) == ["unit", "others"]
    left = pd.Series(synthetic.units()).groupby(synthetic.units()).size()
    mine = pd.Series([synthetic.units()[int(one[-2:])] for one in volunteers]).value_counts()
    known = (left - mine.reindex(left.index, fill_value=0)).astype(int)
    shown = counts[counts["others"] != "[c]"].set_index("unit")["others"].astype(int)
    assert (shown >= 5).all()
    assert all(shown[unit] in (known[unit], known[unit] - 1) for unit in shown.index)  # who withdrew all is of no unit
    hidden = len(synthetic.units()) - len(volunteers) - shown.sum()
    assert hidden == 0 or hidden >= 5


@pytest.mark.slow
def test_smaller_teams_can_be_asked_for(entered):
    """--size takes the place of what params.yaml says."""
    found = run("--size", "3")
    assert found.exit_code == 0
    assert "3 teams of 3 among them" in found.output
    assert pd.read_csv(entered / "start.csv")["team"].notna().sum() == 9


@pytest.mark.slow
def test_list_can_be_read_by_its_owner_alone_and_stays_the_same(entered):
    """It names people; the same study gives the same bytes."""
    run()
    path = entered / "start.csv"
    first = path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    run()
    assert path.read_bytes() == first


@pytest.mark.slow
def test_too_few_volunteers_are_told_what_to_do(entered):
    """A team larger than the volunteers are is one message and no list; one of an earlier run is removed, which is said."""
    assert run().exit_code == 0
    (entered / "labels.csv").write_text("person\n")
    found = run("--size", "12")
    assert found.exit_code == 1
    assert "has too few volunteers for a team of 12" in found.stderr
    assert "name smaller teams: --size" in found.stderr
    gone = [f"data/review/synthetic/{name}.csv" for name in ("start", "start_units")]
    assert f"Removed {' and '.join(gone)} of an earlier run" in found.stderr
    assert not any((params.ROOT / one).exists() for one in gone)
    assert (entered / "labels.csv").exists()
    assert "Removed" not in run("--size", "12").stderr


@pytest.mark.slow
def test_who_withdraws_is_named_no_more(entered, monkeypatch):
    """All volunteers withdraw after a list was written: nobody is named on disk, whatever else there is to say."""
    assert run().exit_code == 0
    named = pd.read_csv(entered / "start.csv")["name"]
    path = params.ROOT / "data" / "clean" / "synthetic" / "opt_outs.parquet"
    now = path.read_bytes()
    people = pd.read_parquet(params.ROOT / "data" / "clean" / "synthetic" / "people.parquet")["person_id"]
    pd.DataFrame({"person_id": people, "scope": "named"}).to_parquet(path, index=False)
    found = run()
    path.write_bytes(now)
    assert found.exit_code == 1
    assert "only who offers is named" in found.stderr
    left = " ".join(one.read_text() for one in entered.glob("*.csv"))
    assert not any(name in left for name in named)


@pytest.mark.slow
def test_tables_of_an_earlier_version_are_one_message(entered):
    """Responses that know nothing of offers yet have to be made again."""
    path = params.ROOT / "data" / "clean" / "synthetic" / "responses.parquet"
    now = path.read_bytes()
    pd.read_parquet(path).drop(columns="start").to_parquet(path, index=False)
    found = run()
    path.write_bytes(now)
    assert found.exit_code == 1
    assert "responses.parquet: was made by another version of kithwork (found: responses)" in found.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("said", "words"), [(("",), "question HS"), (("no",), "only who offers is named")])
def test_nobody_who_offers_is_one_message(project, said, words):
    """Not asked, or asked in vain: what to do, and nobody is named."""
    built(project, said)
    found = run()
    assert found.exit_code == 1
    assert words in found.stderr
    assert "Traceback" not in found.output
    assert not (params.ROOT / "data" / "review" / "synthetic" / "start.csv").exists()


def test_list_that_cannot_be_removed_is_one_message(project):
    """Something else of that name lies there: nothing is written beside it."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    (params.ROOT / "data" / "review" / "synthetic" / "start.csv").mkdir(parents=True)
    found = run()
    assert found.exit_code == 1
    assert "data/review/synthetic/start.csv: cannot be removed" in found.stderr


def test_start_before_a_run_says_what_to_do(project):
    """Without ties on disk the message names the command that makes them."""
    synthetic.build(project, {"staff": synthetic.tables()["staff"]}, {})
    found = run()
    assert found.exit_code == 1
    assert "Run `make report`." in found.stderr

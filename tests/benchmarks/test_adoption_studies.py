"""Studies of adoption as files have them, and what is said of any of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from benchmarks import peers
from benchmarks.adoption_studies import diffnet, folder, periods, tables
from kithwork.change.diffusion import NEVER


def written(folder: Path, people: str, ties: str) -> tuple[Path, Path]:
    """The two files of a study."""
    (folder / "people.csv").write_text(people, encoding="utf-8")
    (folder / "ties.csv").write_text(ties, encoding="utf-8")
    return folder / "people.csv", folder / "ties.csv"


def test_a_study_in_two_files(tmp_path):
    """Gaps are no adoption, who stands twice counts once, and ties to strangers, or twice, go; loops stay for the count."""
    people = "Person,group,time\na,x,3\nb,x,\nc,,5.9\na,y,9\nd,y,unknown\n"
    study = tables(*written(tmp_path, people, "from,to\na,b\na,b\na,z\nb,b\nd,a\n"))
    assert study.adoptions.week.tolist() == [0, NEVER, 2, NEVER]
    assert study.adoptions.weeks == 3
    assert study.groups.tolist() == [0, 0, -1, 1]
    assert sorted(zip(*map(list, study.net.nonzero()), strict=True)) == [(0, 1), (1, 1), (3, 0)]


def test_times_are_numbers_or_days():
    """Days are read to the week; long watches are cut into a hundred periods."""
    assert periods(pd.Series(["2026-01-01", "2026-01-08", None])).tolist()[:2] == [0, 1]
    long = periods(pd.Series([str(day) for day in range(1000)]))
    assert (long.min(), long.max(), len(np.unique(long))) == (0, 99, 100)


def test_folders_as_surveyed_and_as_netdiffuser_has_them(tmp_path):
    """The last time of adoption is that of who had not; nominations inside the sample count once."""
    (tmp_path / "nodes.csv").write_text("node_id,toa\n1001,1\n1002,3\n2001,2\n", encoding="utf-8")
    (tmp_path / "edges.csv").write_text(
        "source,target,relation\n1001,1002,a\n1001,1002,b\n2001,9999,a\n2001,2001,a\n", encoding="utf-8"
    )
    (tmp_path / "diffnet_toa.csv").write_text("id,toa\n1001,1961\n1002,1963\n", encoding="utf-8")
    (tmp_path / "diffnet_edges.csv").write_text("source,target,weight\n1001,1002,2\n", encoding="utf-8")
    study = folder(tmp_path)
    assert study.adoptions.week.tolist() == [0, NEVER, 1]
    assert study.groups.tolist() == [1, 1, 2]
    assert (study.net.sum(), study.net.diagonal().tolist()) == (2, [0, 0, 1])
    assert diffnet(tmp_path, last_had_not=True).adoptions.week.tolist() == [0, NEVER]
    assert diffnet(tmp_path, last_had_not=False).adoptions.week.tolist() == [0, 2]


@pytest.mark.parametrize(
    ("people", "ties"),
    [
        ("person,group,time\n", "from,to\n"),
        ("person,group,time\na,x,1\n", "from,to\na,a\n"),
        ("person,group,time\na,x,\nb,x,\nc,y,\n", "from,to\na,b\nb,c\n"),
        ("person,group,time\na,x,1\nb,x,1\nc,y,1\n", "from,to\na,b\nb,c\n"),
        ("person,group,time\na,x,1\nb,y,2\nc,z,\n", "from,to\na,b\nb,c\nc,a\n"),
        ("person,time\na,1\nb,2\nc,2\nd,\n", "from,to\na,b\nb,c\nc,d\nd,a\n"),
    ],
)
def test_any_two_files_have_an_answer(tmp_path, capsys, people, ties):
    """Nobody, one person, nobody adopted, all at once, groups of one, no groups: too few to tell, and no crash."""
    assert peers.main([str(path) for path in written(tmp_path, people, ties)]) == 0
    assert "too few to tell" in capsys.readouterr().out


def test_a_planted_effect_is_found_from_files(tmp_path, capsys):
    """A simulated study, written and read again, is called found."""
    rng = np.random.default_rng(3)
    study = peers.organisation(rng, rng, 3.0)
    week = study.adoptions.week
    rows = [f"{i},{study.groups[i]},{'' if week[i] == NEVER else week[i]}" for i in range(len(week))]
    a, b = study.net.nonzero()
    ties = [f"{i},{j}" for i, j in zip(a, b, strict=True)]
    peers.main(
        [str(one) for one in written(tmp_path, "\n".join(["person,group,time", *rows]), "\n".join(["from,to", *ties]))]
    )
    assert "\nfound: likeness" in capsys.readouterr().out


def test_of_400_cases_each_is_counted():
    """Coverage is the share of intervals that hold the effect, and what has no end holds none."""
    figures = peers.recovered("case", 1.0, [(1.0, 0.5, 1.5, True), (2.0, 1.5, 2.5, True), (np.nan,) * 3 + (False,)])
    assert [round(one.measured, 3) for one in figures] == [0.333, 0.333, 1.5, 0.667]


def test_what_is_left_out_is_counted(tmp_path, capsys):
    """A row named twice, a time that is none, ties to a stranger, twice, and to oneself: each is said with its count."""
    people, ties = tmp_path / "people.csv", tmp_path / "ties.csv"
    people.write_text("person,group,time\na,1,3\nb,1,soon\nb,1,4\nc,1,5\n", encoding="utf-8")
    ties.write_text("from,to\na,b\na,b\na,z\nc,c\nb,c\n", encoding="utf-8")
    assert list(tables(people, ties).left_out.values()) == [1, 1, 1, 1, 1]
    assert peers.main([str(people), str(ties)]) == 0
    assert "left out: 1 ties to somebody who is not listed" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_said_in_words(tmp_path, capsys):
    """No traceback, nor for a column that is missing."""
    people = tmp_path / "people.csv"
    assert peers.main([str(people), str(people)]) == 1
    people.write_text("name,time\na,3\n", encoding="utf-8")
    assert peers.main([str(people), str(people)]) == 1
    said = capsys.readouterr().err
    assert "people.csv" in said
    assert "has no column person" in said

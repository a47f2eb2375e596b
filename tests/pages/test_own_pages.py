"""Pages of people on disk: one for each who asked, under names that tell nothing, and a list for the analyst alone."""

from __future__ import annotations

import re
import stat

import asking
import pandas as pd
import pytest
import synthetic
from bs4 import BeautifulSoup

from kithwork import params, store
from kithwork.cleaning.identities import pseudonym
from kithwork.errors import UserError
from kithwork.pages import own_pages, rendering
from kithwork.pages.parsed import Parsed, pages
from kithwork.tables import OPT_OUTS, TABLES

KEY = b"synthetic key of the tests, 32 characters or more"
PERSONS = {f"p{number:03d}": synthetic.person(number) for number in range(len(synthetic.units()))}

TABLES_OF_SOME = asking.tables(asked=0.1)


def coded(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The table with each person's pseudonym under the tests' key."""
    ids = {short: pseudonym(KEY, person) for short, person in PERSONS.items()}
    columns = [column for column in frame if column.endswith("_id")]
    return TABLES[name].checked(frame.assign(**{column: frame[column].map(ids) for column in columns}))


@pytest.fixture
def study(project):
    """A study of forty people, studied, in which some asked for a page."""
    staff = [{**row, "name": f"Ottoline {at}"} for at, row in enumerate(synthetic.tables()["staff"])]
    synthetic.build(project, {"staff": staff}, synthetic.SIGNS)
    for name, frame in TABLES_OF_SOME.items():
        store.save(name, coded(name, frame), "synthetic")
    return project


@pytest.fixture
def folder(study):
    """The folder of its confidential edition."""
    return study / "reports" / "synthetic"


def listed() -> pd.DataFrame:
    """The list of whose pages they are."""
    return pd.read_csv(params.ROOT / "data" / "review" / "synthetic" / "own_pages.csv")


def test_who_asked_has_a_page_and_nobody_else(folder):
    """A file for each who asked; the list has each once, by the client's id and name, and its owner alone reads it."""
    made = own_pages.write("synthetic", folder)
    asked = TABLES_OF_SOME["responses"].query("own_page == 'yes'")["person_id"]
    assert {person for _, person in made} == {pseudonym(KEY, PERSONS[one]) for one in asked}
    assert {path.stem for path in (folder / "own").iterdir()} == {token for token, _ in made}
    rows = listed()
    assert set(rows["person"]) == {PERSONS[one] for one in asked}
    assert set(rows["page"]) == {f"own/{token}.html" for token, _ in made}
    assert rows["name"].str.startswith("Ottoline ").all()
    path = params.ROOT / "data" / "review" / "synthetic" / "own_pages.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    whose = dict(zip(rows["page"], rows["person"], strict=True))
    assert all(pseudonym(KEY, whose[f"own/{token}.html"]) == person for token, person in made)


def test_pages_say_what_they_are_and_whose_they_are_not(folder):
    """Each is a person's page of the confidential edition, not to be indexed; it links to nothing, and nothing in it is an
    id, a name, a unit or the name of any page."""
    made = own_pages.write("synthetic", folder)
    never = [*PERSONS.values(), *(person for _, person in made), *(token for token, _ in made), "Ottoline"]
    for page in pages(folder):
        assert page.kind == "person"
        body = page.tree.find("body")
        assert body.get("data-edition") == "confidential"
        assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
        links = page.tree.xpath("//a/@href")
        assert all(link.startswith(("#", "data:text/csv")) for link in links)
        assert not [one for one in never if one in page.source]
        assert not re.search(r"\b(Alpha|Beta|Gamma|Delta|Epsilon)\b", page.source)


def test_every_figure_of_a_page_is_in_its_ledger(folder):
    """Each estimate printed is a claim with its interval; the ledger holds no other."""
    own_pages.write("synthetic", folder)
    for page in pages(folder):
        printed = set(page.tree.xpath("//data[@class='est']/@data-claim"))
        assert printed
        assert set(page.claims) == printed


def test_a_second_run_writes_the_same_bytes(folder):
    """Pages and list."""
    found = []
    for _ in range(2):
        own_pages.write("synthetic", folder)
        found.append({path.name: path.read_bytes() for path in (folder / "own").iterdir()})
        found[-1]["list"] = listed().to_csv().encode()
    assert found[0] == found[1]


def test_who_withdraws_has_no_page_any_more(folder):
    """The page and the line of an earlier run are gone, and where nobody is left, the list too."""
    made = own_pages.write("synthetic", folder)
    (_, gone), *rest = made
    store.save("opt_outs", OPT_OUTS.checked(pd.DataFrame({"person_id": [gone], "scope": ["named"]})), "synthetic")
    assert own_pages.write("synthetic", folder) == rest
    assert len(list((folder / "own").iterdir())) == len(rest) == len(listed())
    out = pd.DataFrame({"person_id": [person for _, person in made], "scope": "all"})
    store.save("opt_outs", OPT_OUTS.checked(out), "synthetic")
    assert own_pages.write("synthetic", folder) == []
    assert not list((folder / "own").iterdir())
    assert not (params.ROOT / "data" / "review" / "synthetic" / "own_pages.csv").exists()


def test_another_key_is_one_message(folder, tmp_path, monkeypatch):
    """Nobody is sent a stranger's page: no page is left, not even of an earlier run."""
    own_pages.write("synthetic", folder)
    key = tmp_path.with_name("another.key")
    key.write_text("k" * 40, encoding="utf-8")
    key.chmod(0o600)
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(key))
    with pytest.raises(UserError, match="not on its staff list"):
        own_pages.write("synthetic", folder)
    assert not list((folder / "own").iterdir())


def test_tables_of_an_earlier_version_or_none_are_one_message(study, folder):
    """Responses that know nothing of pages yet, and a study that was not run."""
    path = store.folder("clean", "synthetic") / "responses.parquet"
    pd.read_parquet(path).drop(columns="own_page").to_parquet(path, index=False)
    with pytest.raises(UserError, match="made by another version of kithwork"):
        own_pages.write("synthetic", folder)
    path.unlink()
    with pytest.raises(UserError, match="Run `make report`"):
        own_pages.write("synthetic", folder)


def test_page_is_the_same_text_without_a_script(folder):
    """What is read is in the file: the contents, every section with its number, and the download."""
    own_pages.write("synthetic", folder)
    path = next(iter(sorted((folder / "own").iterdir())))
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert [one["id"] for one in soup.select("main section")] == ["portfolio", "reach", "try", "not-here", "yours"]
    assert [one["href"] for one in soup.select(".toc li a")] == ["#portfolio", "#reach", "#try", "#not-here", "#yours"]
    assert soup.select_one("a[download]")["href"].startswith("data:text/csv")
    assert "Made for the person it describes" in Parsed("own.html", str(soup)).text()
    assert rendering.STEMS["people"] not in str(soup.find("main"))

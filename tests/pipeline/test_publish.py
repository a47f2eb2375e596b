"""Publishing the synthetic engagement: report, chapters, list and codebook, from what the chapters left."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from cells import code, markdown, save, settings, settle
from synthetic import UNITS

from kithwork import store
from kithwork.contract import Column
from kithwork.decided_tables import DECIDED
from kithwork.engagement import SYNTHETIC
from kithwork.errors import UserError
from kithwork.pages import ledger, rendering
from kithwork.readers.parts.rows import FIELDS
from kithwork.survey import wording
from kithwork.tables import TABLES
from pipeline import prepare, publish

pytestmark = pytest.mark.slow

EVERY = (
    "synthetic/index.html",
    "synthetic/public.html",
    *(f"synthetic/groups/{unit}.html" for unit in ("alpha", "beta", "gamma")),
    *(f"synthetic/chapters/{stem}.html" for stem in rendering.STEMS.values()),
    "index.html",
    "codebook.html",
)
WORDS = "Ask who is *not* here."
EVIL = '</title></style><script>alert(1)</script>"'


@pytest.fixture
def ready(full, project) -> Path:
    """A project in which the chapters of the synthetic engagement have run, with prose for the report."""
    shutil.copytree(full.root / "data" / "report", project / "data" / "report")
    shutil.copy(full.root / "params.yaml", project)
    save(prepare.copy_of("7_report"), markdown(f"### Summary\n\n{WORDS} {{ties.connected}}"), code("1"))
    for stem in rendering.STEMS.values():
        content = {"title": f"Title of {stem}", "body": f"<p>Body of {stem}</p>", "contents": []}
        rendering.write(rendering.chapter_of(stem, "synthetic"), json.dumps(content))
    return project


@pytest.fixture
def published(ready) -> dict[str, str]:
    """The pages by their place under `reports/`."""
    publish.publish("synthetic")
    publish.index()
    return read(ready)


def read(root: Path) -> dict[str, str]:
    """All that lies under `reports/`."""
    reports = root / "reports"
    files = (path for path in reports.rglob("*") if path.is_file())
    return {path.relative_to(reports).as_posix(): path.read_text(encoding="utf-8") for path in files}


def soup(html: str) -> BeautifulSoup:
    """The parsed page."""
    return BeautifulSoup(html, "html.parser")


def test_report_chapters_list_and_codebook_are_written(published):
    """The report and its public edition, pages of units, claims, chapters, the list and the codebook; nothing else."""
    assert sorted(published) == sorted([*EVERY, "synthetic/claims.csv"])


def test_publishing_again_changes_no_byte(ready, published):
    """The same chapters give the same pages."""
    publish.publish("synthetic")
    publish.index()
    assert read(ready) == published


def test_report_holds_sections_prose_and_claims(published, full):
    """Sections in their order, the consultant's words over their section with the figure put in, its claims as data."""
    page = soup(published["synthetic/index.html"])
    assert [section["id"] for section in page("section")] == [one["id"] for one in full.document["sections"]]
    said = page.find(id="summary").find("em", string="not").parent
    assert said.get_text().startswith("Ask who is not here.")
    assert said.data["data-claim"] == "ties.connected"
    held = ledger.unpacked(json.loads(page.find(id="claims").string))
    assert set(held) == {shown["data-claim"] for shown in page("data", class_="est")}
    for name, claim in held.items():
        told = full.document["claims"][name]
        assert claim == {column: told[column] for column in (*ledger.FIGURES, *ledger.WORDS)}


def test_page_says_whose_words_stand_there(ready):
    """What was written for this study is the consultant's; what stands in every report says so."""
    save(prepare.copy_of("7_report"), markdown("### Summary (synthetic)\n\nOurs"), markdown("### Methods\n\nAll"))
    publish.publish("synthetic")
    said = [box.get_text().split("\n")[:2] for box in soup(read(ready)["synthetic/index.html"]).select(".prose")]
    assert said == [["In the consultant’s words", "Ours"], ["In every report, not of this study alone", "All"]]


def test_study_past_its_retention_is_not_published(ready):
    """From the day of retention on, not even what was made before becomes a page."""
    content = settings(ready)
    content["engagements"]["synthetic"]["retention"] = "2020-12-31"
    settle(ready, content)
    with pytest.raises(UserError, match="nothing of this study may be kept"):
        publish.publish("synthetic")
    assert not (ready / "reports").exists()


def test_chapters_lead_to_their_neighbours(published):
    """Each chapter has its title and body, and links to the report and to the chapters before and after it."""
    for at, stem in enumerate(rendering.STEMS.values()):
        page = soup(published[f"synthetic/chapters/{stem}.html"])
        assert page.h1.get_text() == f"Title of {stem}"
        assert f"Body of {stem}" in page.main.get_text()
        around = [f"{other}.html" for other in list(rendering.STEMS.values())[max(at - 1, 0) : at + 2] if other != stem]
        assert {link["href"] for link in page.main("a")} == {*around, "../index.html"}


@pytest.mark.parametrize("name", EVERY)
def test_no_page_refers_to_another_host(name, published):
    """No address leaves the folder: opened without a network, a page is complete."""
    for tag in soup(published[name])(True):
        for attribute in ("src", "href", "srcset", "action", "poster", "data", "xlink:href"):
            assert not re.match(r"\s*([a-z]+:)?//", tag.get(attribute, ""), re.I)
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", published[name], re.I)


def test_every_link_finds_its_page_and_place(published):
    """Links to other pages lead to files that are written, links to places to ids that are there, once."""
    read = {name: soup(html) for name, html in published.items()}
    ids = {name: [tag["id"] for tag in page(id=True)] for name, page in read.items()}
    for name, page in read.items():
        assert len(ids[name]) == len(set(ids[name]))
        for link in page("a", href=True):
            if link["href"].startswith("data:"):
                continue
            file, _, place = link["href"].partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(name), file)) if file else name
            assert target in published
            assert not place or place in ids[target]


def test_client_words_stay_text(ready):
    """A title, an organisation, a fieldwork note and a section's topic that look like markup are shown as text."""
    path = ready / "data" / "report" / "synthetic" / "page.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content |= dict.fromkeys(("title", "organisation", "fieldwork", "terms", "proxy"), EVIL)
    content["summary"] = [EVIL]
    content["sections"][0]["title"] = EVIL
    path.write_text(json.dumps(content), encoding="utf-8")
    publish.publish("synthetic")
    publish.index()
    for name in ("synthetic/index.html", "index.html"):
        page = read(ready)[name]
        assert "<script>alert" not in page
        assert page.count("</style>") == 1
        assert EVIL in soup(page).main.get_text() + soup(page).title.get_text()


def test_only_a_simulated_study_bears_the_label(ready):
    """Of two studies one is simulated: each of its pages and its place in the list say so, and nothing else does."""
    for document in ("page", "page_public"):
        page = store.load_document(document, "synthetic")
        store.save_document(document, page | {"synthetic": SYNTHETIC}, "synthetic")
        store.save_document(document, page | {"synthetic": "", "engagement": "real"}, "real")
    shutil.copytree(ready / "build" / "chapters" / "synthetic", ready / "build" / "chapters" / "real")
    content = settings(ready)
    content["engagements"]["real"] = content["engagements"]["synthetic"]
    settle(ready, content)
    for name in ("synthetic", "real"):
        publish.publish(name)
    publish.index()
    found = read(ready)
    made = {name: soup(html) for name, html in found.items() if name.endswith(".html")}
    labelled = {name for name, page in made.items() if SYNTHETIC in page.body.get_text()}
    assert labelled == {"index.html", *(name for name in made if name.startswith("synthetic/"))}
    assert {name for name, page in made.items() if "Synthetic" in page.title.get_text()} == labelled - {"index.html"}
    shelf = soup(found["index.html"]).select(".shelf > li")
    assert [SYNTHETIC in entry.get_text() for entry in shelf] == [True, False]


def test_unreleased_number_in_prose_stops_publishing(ready):
    """The consultant named a claim that is not there: the error says so, and the old pages stay."""
    publish.publish("synthetic")
    before = read(ready)
    save(prepare.copy_of("7_report"), markdown("### Summary\n\n{ties.nonsense}"))
    with pytest.raises(UserError, match=re.escape("{ties.nonsense}")):
        publish.publish("synthetic")
    assert read(ready) == before


def test_list_names_the_reports_that_are_there(ready):
    """An engagement without a report is not listed; without any, the list says how to make one."""
    content = settings(ready)
    content["engagements"] = {"awaited": content["engagements"]["synthetic"]} | content["engagements"]
    settle(ready, content)
    publish.index()
    page = soup(read(ready)["index.html"])
    assert [link["href"] for link in page.main("a")] == ["synthetic/index.html"]
    shutil.rmtree(ready / "data")
    publish.index()
    assert "make report" in soup(read(ready)["index.html"]).main.get_text()


def test_codebook_lists_every_table_and_column(published):
    """Each table with what a row is and its key; each column with its meaning, in stored order."""
    page = soup(published["codebook.html"])
    assert [head["id"] for head in page("h3") if head["id"].startswith("table-")] == [
        f"table-{name}" for name in [*(table.name for table in DECIDED), *TABLES]
    ]
    for name, table in TABLES.items():
        box = page.find(id=f"table-{name}").parent
        assert table.grain in box.get_text()
        assert [key.get_text() for key in box.find(class_="grain")("code")] == list(table.key)
        rows = {row.th.get_text(): [cell.get_text().casefold() for cell in row("td")] for row in box.tbody("tr")}
        assert list(rows) == list(table.columns)
        for name, column in table.columns.items():
            absent = "yes" if column.nullable else "no"
            said = (column.meaning, column.type, column.unit, publish._values(column), absent)
            assert rows[name] == [words.casefold() for words in said]


def test_codebook_says_what_to_bring_and_what_to_ask(published):
    """Every field of every source with its name, and every item that an indicator reads with its wording."""
    page = soup(published["codebook.html"])
    for source, fields in FIELDS.items():
        box = page.find(id=f"source-{source}").parent
        assert [row.th.get_text() for row in box.tbody("tr")] == list(fields)
        assert all(row.td.get_text().strip() for row in box.tbody("tr"))
    for item, meaning in wording.ITEMS.items():
        [row] = [row for row in page("tr") if row.th.get_text() == item]
        assert row.td.get_text() == meaning
    assert len([head for head in page("h3") if head["id"].startswith("items-")]) == 15


def test_codebook_says_what_to_decide(published):
    """Each column of the files of decisions, with the words it may hold."""
    page = soup(published["codebook.html"])
    for table in DECIDED:
        rows = page.find(id=f"table-{table.name}").parent.tbody("tr")
        assert [row.th.get_text() for row in rows] == list(table.columns)
    text = page.get_text()
    assert "same, other, outside, ignore" in text
    assert "own, free_mail" in text


@pytest.mark.parametrize(
    ("column", "words"),
    [
        (Column("x", allowed=("a", "b")), "a, b"),
        (Column("x", low=0, high=1), "0 to 1"),
        (Column("x", low=-1, high=1), "−1 to 1"),
        (Column("x", low=5), "5 or more"),
        (Column("x", high=0.5), "0.5 or less"),
        (Column("x"), ""),
    ],
)
def test_values_are_said_in_words(column, words):
    """What a column may hold, for a reader: a list, a range, one end of it, or nothing."""
    assert publish._values(column) == words


def test_public_edition_holds_no_group_and_no_word_that_is_not_its_own(ready):
    """What everybody may read names no group, leads to no other page, and has no word written for the sponsor alone."""
    save(
        prepare.copy_of("7_report"),
        markdown("### Summary\n\nFor the sponsor."),
        markdown("### Summary (synthetic, public)\n\nFor everybody."),
    )
    publish.publish("synthetic")
    pages = read(ready)
    sponsor, public = (soup(pages[f"synthetic/{name}.html"]) for name in ("index", "public"))
    assert ["For the sponsor." in page.main.get_text() for page in (sponsor, public)] == [True, False]
    assert ["For everybody." in page.main.get_text() for page in (sponsor, public)] == [False, True]
    told = [set(UNITS) & set(re.findall(r"\w+", page.main.get_text())) for page in (sponsor, public)]
    assert told[0]
    assert not told[1]
    assert all(link["href"].startswith(("#", "data:text/csv;")) for link in public("a"))


def test_without_enough_people_there_is_no_public_edition(ready):
    """A study that is too small for the public has none: what an earlier run wrote is gone."""
    publish.publish("synthetic")
    store.save_document("page_public", None, "synthetic")
    publish.publish("synthetic")
    assert "synthetic/public.html" not in read(ready)


def test_each_group_shown_has_a_page_that_the_report_leads_to(ready, published):
    """Rows called after a unit link to its page; a unit that is no longer shown loses it."""
    folder = ready / "reports" / "synthetic" / "groups"
    made = {path.name for path in folder.glob("*.html")}
    assert made == {"alpha.html", "beta.html", "gamma.html"}
    report = soup(published["synthetic/index.html"])
    assert {link["href"] for link in report("a", href=re.compile("^groups/"))} == {f"groups/{name}" for name in made}
    assert all(row.th.a["href"] == "groups/alpha.html" for row in report("tr") if row.th and row.th.text == "Alpha")
    for name in made:
        page = soup(published[f"synthetic/groups/{name}"])
        assert page.body["data-page"] == "group"
        assert page.find("a", string="Back to the report")["href"] == "../index.html"
    document = store.load_document("page", "synthetic")
    store.save_document("page", document | {"groups": document["groups"][:1]}, "synthetic")
    publish.publish("synthetic")
    assert [path.name for path in folder.glob("*")] == ["alpha.html"]


def test_claims_are_listed_as_on_the_page(published, full):
    """claims.csv has each claim that may be shown, in the figures that the page has, and no cell that is a formula."""
    listed = pd.read_csv(io.StringIO(published["synthetic/claims.csv"]), keep_default_na=False).set_index("id")
    assert set(listed.index) == set(full.document["claims"])
    for name, claim in full.document["claims"].items():
        assert float(listed.at[name, "estimate"]) == claim["estimate"]
    assert not listed.map(lambda cell: isinstance(cell, str) and cell.startswith(("=", "+", "@"))).to_numpy().any()

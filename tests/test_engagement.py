"""A complete synthetic engagement, run through the seven notebooks' own code: what is published, and what must not be."""

from __future__ import annotations

import json
import re

import pytest
import synthetic

from kithwork import params
from kithwork.cleaning.identities import pseudonym
from kithwork.market.coverage import coverage
from kithwork.readers.parts.rows import TABLE_OF
from kithwork.report.page import provenance
from kithwork.tables import CLAIMING, TABLES
from kithwork.values import VALUES

pytestmark = pytest.mark.slow

COUNT_OTHERS = ("blind_spots", "blind_segments", "single_thread", "within_reach", "introductions_pairs")
"""How claims end whose n counts parties, kinds of them or pairs of units, not people."""

BANNED = ("causes", "drives", "leads to", "proves", "significant", "hidden influencer", "will increase")


@pytest.fixture(scope="module")
def page(full) -> str:
    """The page document as it is stored: JSON text."""
    return (full.root / "data" / "report" / "synthetic" / "page.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def words(full) -> str:
    """Everything a reader reads: titles, bodies without elements, labels and methods of claims."""
    bodies = [re.sub("<[^>]+>", " ", one["html"]) for one in full.document["sections"]]
    titles = [one["title"] for one in full.document["sections"]]
    claims = [f"{claim['label']} {claim['method']}" for claim in full.document["claims"].values()]
    return " ".join([*titles, *bodies, *claims, *full.document["summary"]]).lower()


def test_every_row_brought_is_kept(full):
    """The synthetic sources are clean: each source's rows are all in its table, none in quarantine."""
    intake = full.tables["intake"].set_index("source")
    for source, rows in full.rows.items():
        assert intake.loc[source, ["rows_in", "rows_kept", "rows_refused"]].tolist() == [len(rows), len(rows), 0]
        assert len(full.tables[TABLE_OF[source]]) == len(rows)
    assert full.tables["quarantine"].empty


def test_every_section_is_built(full):
    """The ten sections of params.yaml stand in their order, with titles of at most 18 words and bodies."""
    assert [one["id"] for one in full.document["sections"]] == synthetic.committed()["report"]["sections"]
    for one in full.document["sections"]:
        assert 0 < len(one["title"].split()) <= 18
        assert len(one["html"]) > 200
        assert "Not available here [x]." not in one["html"]


def test_all_ten_values_are_measured(full):
    """With a complete client nothing is missing: every indicator of all ten values has its claim."""
    indicators = full.tables["indicators"]
    assert set(indicators["value"]) == set(VALUES)
    assert indicators["missing"].isna().all()
    assert set(indicators["claim"]) <= set(full.claims["id"])


def test_claims_are_whole(full):
    """Every claim: low <= estimate <= high, an n and people behind it of at least the smallest group once released."""
    assert set(full.claims["stage"]) == set(CLAIMING)
    assert (full.claims["low"] <= full.claims["estimate"]).all()
    assert (full.claims["estimate"] <= full.claims["high"]).all()
    for claim in full.document["claims"].values():
        assert claim["low"] <= claim["estimate"] <= claim["high"]
        assert claim["people"] >= 5
        assert claim["n"] >= 5 or claim["id"].endswith(COUNT_OTHERS)
        assert claim["method"]
        assert claim["label"]


def test_readiness_stands_by_unit_behind_the_gate(full):
    """The three units with enough answers show readiness with interval and threshold; the two small ones are held back."""
    groups = full.released.of("change.readiness")
    assert groups["group"].tolist() == ["Alpha", "Beta", "Gamma"]
    assert full.released.held_back["change.readiness"] == 2
    assert (groups["low"] < groups["high"]).all()
    assert (groups["reference"] == 60).all()
    [section] = [one for one in full.document["sections"] if one["id"] == "change"]
    for unit in ("Alpha", "Beta", "Gamma"):
        assert unit in section["html"]
    assert "Two units are held back" in section["html"]


def test_units_held_back_are_nowhere_on_the_page(full, page):
    """Delta (5 people) and Epsilon (3) appear in the staff list and nowhere in what is published."""
    assert {"Delta", "Epsilon"} <= set(full.tables["people"]["unit"])
    assert "Delta" not in page
    assert "Epsilon" not in page


def test_parties_held_by_one_person(full):
    """By kind, the share of the parties named that one person alone names, as pandas counts it, is in the section; but not
    of a kind that fewer people than the smallest group hold ties to."""
    named = full.tables["nominations"].merge(full.tables["parties"], left_on="alter_id", right_on="party_id")
    by = named.groupby(["kind", "party_id"])["ego_id"].nunique()
    [section] = [one for one in full.document["sections"] if one["id"] == "market"]
    holders = named.groupby("kind")["ego_id"].nunique()
    for kind, people in by.groupby("kind"):
        found = full.released.get(f"market.{kind}_single_thread")
        if holders[kind] < full.released.smallest_group:
            assert found is None
            continue
        assert (found["estimate"], found["n"]) == (round(100 * (people == 1).mean()), len(people))
        assert f"{kind}_single_thread" in section["html"]
    assert "market.within_reach" in section["html"]


def test_market_coverage_and_its_blind_spot(full):
    """Shares of people with a tie to each kind of party are those named; the unnamed competitor is a blind spot."""
    people, nominations, parties = (full.tables[name] for name in ("people", "nominations", "parties"))
    covered = coverage(nominations, parties, people).set_index("kind")["people"]
    for kind, count in covered.items():
        assert full.released.get(f"market.{kind}_coverage")["estimate"] == round(100 * count / len(people))
    assert covered["competitor"] == 0
    assert full.released.get("market.blind_spots")["estimate"] > 0


def test_no_person_is_on_the_page(full, page):
    """No raw id, no pseudonym and no planted e-mail or telephone number is in the published document."""
    ids = [
        row[key] for rows in full.rows.values() for row in rows for key in ("person", "ego", "alter", "party") if key in row
    ]
    assert len(set(ids)) == 47
    for identity in set(ids):
        assert identity not in page.lower()
    for table in ("people", "parties"):
        for name in full.tables[table].iloc[:, 0]:
            assert name not in page
    assert "@" not in page
    assert "+45" not in page


def test_no_raw_id_is_in_any_saved_table(full):
    """Cleaning is the last place that knows an id: no stored table holds one, in any column, comments included."""
    texts = []
    for frame in full.tables.values():
        for column in frame.select_dtypes(["str", "object"]):
            texts += frame[column].dropna().astype(str).str.lower().unique().tolist()
    joined = "\n".join(texts)
    assert "synthetic-person" not in joined
    assert "synthetic-party" not in joined
    assert "[person]" in joined
    assert "[email]" in joined
    assert "[phone]" in joined
    assert "@" not in joined


def test_pseudonyms_are_those_of_the_key(full):
    """The saved ids are what the key file gives, so that another run of the study joins with this one."""
    key = synthetic.key(full.root).read_bytes()
    expected = {pseudonym(key, row["person"]) for row in full.rows["staff"]}
    assert set(full.tables["people"]["person_id"]) == expected


def test_document_is_valid_json(full, page):
    """The stored page is standard JSON: no NaN, no infinity; it is what the last chapter made."""

    def refuse(constant: str):
        raise AssertionError(f"{constant} is no JSON")

    assert json.loads(page, parse_constant=refuse) == json.loads(json.dumps(full.document))


def test_every_number_in_prose_is_a_released_claim(full):
    """Each `data-claim` of the sections exists, with the value printed there."""
    used = re.findall(r'data-claim="([^"]+)" value="([^"]+)"', " ".join(one["html"] for one in full.document["sections"]))
    assert len(used) > 50
    for name, value in used:
        assert float(value) == full.document["claims"][name]["estimate"]


def test_no_number_stands_beside_its_claim(full):
    """A percentage that is no claim, interval, worked example, axis or reference would be typed by hand: none is."""
    for one in full.document["sections"]:
        if one["id"] in ("methods", "actions"):
            continue
        claimed = r'<svg.*?</svg>|<figure.*?</figure>|<data.*?</data>|<span class="ci">.*?</span>|<div class="kt">.*?</div>'
        claimed += r'|<details class="df">.*?</details>'
        bare = re.sub("<[^>]+>", " ", re.sub(claimed, "", one["html"], flags=re.S))
        bare = re.sub(r"\d+ to\s(?:under\s)?\d+%|95%", "", bare)
        bare = re.sub(r"(?:above|below|whole organisation[^:]{0,40}:)\s\d+%", "", bare)  # what a figure is held against
        assert re.findall(r".{0,60}\d+%", bare) == [], one["id"]


def test_banned_words_are_not_said(words):
    """No sentence claims a cause, a proof or a future."""
    assert [word for word in BANNED if word in words] == []


def test_findings_rest_on_released_claims(full):
    """Every finding of the summary names a released claim and a section of the page."""
    findings = full.tables["findings"]
    assert len(findings) >= 5
    assert set(findings["claim"]) <= set(full.document["claims"])
    assert set(findings["section"]) <= {one["id"] for one in full.document["sections"]}
    assert all(len(title.split()) <= 18 for title in findings["title"])


def test_ids_on_the_page_are_unique(full):
    """No two elements of the page share an id, figures included."""
    html = " ".join(one["html"] for one in full.document["sections"])
    found = re.findall(r'\bid="([^"]+)"', html)
    assert len(found) > 100
    assert len(found) == len(set(found))


def test_every_link_of_the_page_leads_somewhere(full):
    """Links inside the page point at a section of it, or at a part of one."""
    html = " ".join(one["html"] for one in full.document["sections"])
    sections = {one["id"] for one in full.document["sections"]} | set(re.findall(r'<div class="value" id="([^"]+)"', html))
    assert set(re.findall(r'<a href="#([^"]+)"', html)) <= sections


def test_provenance_names_every_raw_file(full):
    """What the page was made from: the file of each source and the settings, by digest."""
    for source in full.rows:
        assert re.fullmatch("[0-9a-f]{12}", full.document["provenance"][source.capitalize()])
    assert re.fullmatch("[0-9a-f]{12}", full.document["provenance"]["Settings"])


def test_provenance_names_every_file_of_a_source(full, monkeypatch):
    """A source of two files has a digest for each."""
    monkeypatch.setattr(params, "ROOT", full.root)
    several = {"staff": [{"file": "staff.csv"}, {"file": "answers.csv"}]}
    named = provenance(synthetic.settings(engagement={"sources": several}))
    assert {"Staff, file 1 of 2", "Staff, file 2 of 2"} <= set(named)


def test_provenance_names_no_file_that_was_not_read(full, monkeypatch):
    """A file that merely lies in the client's folder may have a name that is nobody's business."""
    monkeypatch.setattr(params, "ROOT", full.root)
    (full.root / "data" / "raw" / "synthetic" / "sick leave of somebody.xlsx").write_text("x", encoding="utf-8")
    assert "somebody" not in str(provenance(full.settings))


def test_stored_tables_meet_their_contracts(full):
    """Every table that a chapter saves can be loaded again, and none is left out."""
    assert set(full.tables) | {"claims"} == set(TABLES)
    assert {stage for stage, frame in full.by_stage.items() if len(frame)} == set(CLAIMING)


def test_a_second_run_writes_the_same_bytes(full, monkeypatch):
    """Chapters run again on the same files and key leave every stored byte as it was."""
    from kithwork import params

    monkeypatch.setattr(params, "ROOT", full.root)
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
    files = {path: path.read_bytes() for path in (full.root / "data").rglob("*") if path.is_file()}
    synthetic.run_chapters(chapters=("1_clean", "2_ties", "6_change", "7_report"))
    again = {path: path.read_bytes() for path in (full.root / "data").rglob("*") if path.is_file()}
    assert again.keys() == files.keys()
    assert [path.name for path in files if again[path] != files[path]] == []

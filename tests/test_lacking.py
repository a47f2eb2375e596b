"""Clients that lack sources: every chapter runs, every section stands, and what is missing is said, never guessed."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import pytest
import synthetic
from conftest import enter

from kithwork.errors import UserError
from kithwork.tables import CLAIMS
from kithwork.values import VALUES

pytestmark = pytest.mark.slow

ALL = synthetic.tables()
INSIDE = [row for row in ALL["nominations"] if "person" in row["alter"]]
OUTSIDE = [row for row in ALL["nominations"] if "party" in row["alter"]]
IDS = [{"person": row["person"]} for row in ALL["staff"]]
ONE_UNIT = [{**row, "unit": "Alpha"} for row in ALL["staff"]]
ASKED = {
    "personal": {"friend": [0.5, 0.9]},
    "functional": {"work": [0.5, 0.9]},
    "strategic": {"learn": [0.5, 0.8]},
}


def brought(*sources: str) -> dict:
    """These sources of the synthetic client."""
    return {source: ALL[source] for source in sources}


THREE = [row for row in ALL["answers"] if row["person"] in (synthetic.person(0), synthetic.person(1), synthetic.person(2))]
CLIENTS = {
    "staff only": (brought("staff"), synthetic.DERIVED_SIGNS),
    "staff and survey": (brought("staff", "answers"), {}),
    "staff ids, comments, parties": (
        {"staff": IDS, "nominations": OUTSIDE, **brought("parties", "comments", "outcomes")},
        {},
    ),
    "staff and interactions": (brought("staff", "interactions"), synthetic.DERIVED_SIGNS),
    "no units, one kind": ({"staff": IDS, "nominations": INSIDE}, {"personal": ASKED["personal"]}),
    "one unit, three answers": ({"staff": ONE_UNIT, "nominations": INSIDE, "answers": THREE}, ASKED),
}
TIELESS = ("staff only", "staff and survey", "staff ids, comments, parties")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Runs a client through all seven chapters, once; gives its document, released claims and findings."""
    made: dict[str, SimpleNamespace] = {}

    def one(name: str) -> SimpleNamespace:
        if name not in made:
            rows, signs = CLIENTS[name]
            root = tmp_path_factory.mktemp("lacking")
            with pytest.MonkeyPatch.context() as patch:
                enter(root, patch)
                synthetic.build(root, rows, signs)
                report = synthetic.run_chapters()["7_report"]
            sections = {section["id"]: section for section in report["document"]["sections"]}
            made[name] = SimpleNamespace(
                sections=sections, **{k: report[k] for k in ("released", "found", "document", "facts")}
            )
        return made[name]

    return one


every_client = pytest.mark.parametrize("client", CLIENTS)


@every_client
def test_report_is_built(run, client):
    """All ten sections stand, with short titles, on a document of valid JSON."""
    found = run(client)
    assert list(found.sections) == synthetic.committed()["report"]["sections"]
    assert all(0 < len(section["title"].split()) <= 18 for section in found.sections.values())
    json.dumps(found.document, allow_nan=False)


@every_client
def test_claims_and_prose_agree(run, client):
    """Whatever is left of the claims is whole, about enough people, and all that prose quotes."""
    found = run(client)
    frame = CLAIMS.checked(found.released.claims)
    assert (frame["low"] <= frame["estimate"]).all()
    assert (frame["estimate"] <= frame["high"]).all()
    assert (frame["people"] >= 5).all()
    html = " ".join(section["html"] for section in found.sections.values())
    assert set(re.findall(r'data-claim="([^"]+)"', html)) <= set(frame["id"])
    assert not re.search(r"\b(?:nan|None)\b(?! of the ten)", re.sub("<[^>]+>", " ", html))
    assert "synthetic-p" not in html


@every_client
def test_market_says_what_it_needs(run, client):
    """Without outside parties the market section says so; with them it shows coverage, ties inside or not."""
    section = run(client).sections["market"]
    if "parties" in CLIENTS[client][0]:
        assert "Share of people with a tie to each kind" in section["html"]
    else:
        assert section["title"] == "Nothing can be said about the market from ties inside alone"
        assert "What it would add." in section["html"]


@pytest.mark.parametrize("client", TIELESS)
def test_no_source_of_ties_makes_no_claim_about_ties(run, client):
    """Nobody is said to be unconnected, unreached or only lightly tied where nobody was asked."""
    found = run(client)
    assert not found.released.claims["stage"].isin(["ties", "people"]).any()
    assert not found.released.claims["id"].str.startswith("change.reach").any()
    asked = client == "staff and survey"
    assert list(found.found) == (["readiness"] if asked else [])
    for name in ("trust", "portfolio", "clusters", *(() if asked else ("summary", "actions"))):
        assert "Not available here [x]." in found.sections[name]["html"], name
    assert found.sections["trust"]["title"] == "No ties arrived"
    assert "Rows in are rows kept" in found.sections["trust"]["html"]


def test_survey_alone_gives_ten_values_and_readiness(run):
    """Answers without ties: all ten values as answered, readiness by unit, and its verdict as the section's title."""
    found = run("staff and survey")
    assert found.sections["values"]["title"].startswith("All ten values")
    assert found.released.of("change.readiness")["group"].tolist() == ["Alpha", "Beta", "Gamma"]
    assert found.sections["change"]["title"].startswith("Mean readiness is ")
    indicators = found.facts.indicators
    answered = {"as_answered", "readiness", "stages_passed", "candour", "authority_gap"}
    assert set(indicators.loc[indicators["missing"].isna(), "indicator"]) == answered


@pytest.mark.parametrize(
    ("client", "title"),
    [
        ("staff only", "None of the ten values can be read from the data brought"),
        ("staff ids, comments, parties", "Two of the ten values can be read; no figure has a reference yet"),
    ],
)
def test_staff_alone_measures_none_of_the_ten(run, client, title):
    """A staff list measures nothing: each of the ten values says what it needs; with parties and outcomes two are read."""
    found = run(client)
    assert found.sections["values"]["title"] == title
    assert found.sections["values"]["html"].count("[x]") >= len(VALUES)
    assert found.sections["change"]["title"] == "Nothing about change can be read from these data"


def test_contacts_alone_show_no_personal_ties(run):
    """Contact minutes tell functional and strategic ties; personal ones are said to be out of reach."""
    found = run("staff and interactions")
    assert found.released.get("people.share_personal") is None
    assert found.released.get("people.share_strategic") is not None
    assert "Personal ties: nothing in these data could show them." in found.sections["portfolio"]["html"]


def test_fewer_than_two_kinds_make_no_mix(run):
    """Ties without at least two kinds that can be told still give their network figures, and no portfolio."""
    found = run("no units, one kind")
    assert not found.released.claims["measure"].str.startswith("people.share").any()
    assert found.sections["portfolio"]["title"] == "Kinds of tie cannot be told here"
    assert found.released.get("ties.connected") is not None
    assert found.released.get("values.learning.two_step_reach") is not None


@pytest.mark.parametrize("client", ["one unit, three answers", "no units, one kind"])
def test_without_boundaries_nothing_is_said_about_crossing_them(run, client):
    """One unit, or none: no E-I finding; the rest of what ties show stands."""
    found = run(client)
    assert found.released.get("values.strategic_perspective.boundary_crossing") is None
    assert "crossing" not in found.found
    assert "start" in found.found


def test_three_answers_are_held_back_not_shown_and_not_fatal(run):
    """A pilot of three answers costs no report: its figures are held back, marked as such, and the ties are shown."""
    found = run("one unit, three answers")
    assert found.released.get("change.readiness") is None
    assert found.released.get("values.so_what.as_answered") is None
    assert "[c] <" not in found.sections["values"]["html"]
    assert "Held back: about too few people" in found.sections["values"]["html"]
    assert found.released.get("ties.connected") is not None


def test_client_of_four_is_refused(project):
    """A staff of four: one error that no report can be made, whatever was brought."""
    people = {synthetic.person(i) for i in range(4)}
    rows = {"staff": ALL["staff"][:4], "nominations": [r for r in INSIDE if {r["ego"], r["alter"]} <= people]}
    synthetic.build(project, rows, {"personal": {"any": [0.0, 0.1]}})
    with pytest.raises(UserError, match="no report can be made"):
        synthetic.run_chapters(chapters=synthetic.CHAPTERS[:2])

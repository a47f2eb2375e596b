"""Whom words mean, end to end: keys, likeness, decisions, and parties known by their domain alone."""

from __future__ import annotations

import pytest
from in_memory import held
from synthetic import settings

from kithwork import cleaning
from kithwork.cleaning import meaning
from kithwork.cleaning.identities import pseudonym
from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import csvfile
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import whole

PEOPLE = {
    "e1": ("anna.ek@own.example", "Anna Ek"),
    "e2": ("bo.lindqvist@own.example", "Bo Lindqvist"),
    "e3": ("cid.sandstrom@own.example", "Cid Sandström"),
    "e4": ("dora.marklund@own.example", "Dora Marklund"),
    "e5": ("eva.holm@own.example", "Eva Holm"),
}
STAFF = "person,email,name,unit\n" + "".join(f"{who},{mail},{name},A\n" for who, (mail, name) in PEOPLE.items())


def who(identity: str) -> str:
    """The pseudonym of an id in these tests."""
    return pseudonym(b"synthetic", identity)


def cleaned(project, decided: dict[str, str] | None = None, **files: str) -> cleaning.Cleaned:
    """The tables of five people and these sources; `decided` are files of decisions in the raw folder."""
    folder = project / "data" / "raw" / "synthetic"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "decided").mkdir(exist_ok=True)
    for name, text in (decided or {}).items():
        (folder / "decided" / name).write_text(text, encoding="utf-8")
    raw: dict[str, list] = {}
    for source, text in ({"staff": STAFF} | files).items():
        rows = csvfile.parse(source, Reader(file=source), Given(f"{source}.csv", content=text.encode()))
        raw[source] = [rows if source == "interactions" else whole(rows)]
    return cleaning.clean(raw, settings(engagement={"ids": "public", "bad_rows": "quarantine"}))


def named(tables: cleaning.Cleaned) -> set[str]:
    """Pseudonyms of the alters named."""
    return set(tables["nominations"]["alter_id"])


def test_slip_of_the_pen_is_led_back_to_its_person(project):
    """A name with a letter out of place, and one written the other way round, mean the people that bear it."""
    text = 'ego,alter,relation\ne1,Bo Lindqivst,work\ne1,"Marklund, Dora",work\n'
    assert named(cleaned(project, nominations=text)) == {who("e2"), who("e4")}


def test_stranger_is_never_merged(project):
    """A name that is nobody's stays unknown, in quarantine, with no candidate to decide on."""
    tables = cleaned(project, nominations="ego,alter,relation\ne1,Zoltan Quigley,work\n")
    assert named(tables) == set()
    assert tables["quarantine"]["reason"].str.contains("staff list").all()
    assert tables.review["identities"].empty


def test_decision_of_a_person_counts_and_is_not_asked_again(project):
    """Whoever decides says that a word is somebody; it is that person's from then on."""
    text = "ego,alter,relation\ne1,the boss,work\n"
    tables = cleaned(project, {"identities.csv": "word,person,decision\nthe boss,e5,same\n"}, nominations=text)
    assert named(tables) == {who("e5")}
    assert "the boss" not in set(tables.review["identities"].get("word", []))


@pytest.mark.parametrize(
    ("line", "words"), [("nobody here,e1,same", "is a word of no source"), ("the boss,e9,same", "is not on the staff list")]
)
def test_decision_that_does_not_fit_stops_the_run(project, line, words):
    """It is named with its line; nothing is decided in silence."""
    text = "ego,alter,relation\ne1,the boss,work\n"
    with pytest.raises(UserError, match=words):
        cleaned(project, {"identities.csv": f"word,person,decision\n{line}\n"}, nominations=text)


LOG = "ego,alter,channel,at\n" + "".join(
    f"anna.ek@own.example,{alter},mail,2026-03-0{day}T10:00:00Z\n"
    for day, alter in enumerate(["x@mail.rowan.co.uk", "y@rowan.co.uk", "z@gmail.com", "bo.lindqvist@own.example"], start=1)
)


def test_domain_that_nobody_mapped_is_a_party_of_its_own(project):
    """By what can be registered; a mail provider's is no party; it is asked what the party is to the client."""
    tables = cleaned(project, interactions=LOG)
    assert tables["parties"][["party_id", "kind"]].to_numpy().tolist() == [[who("rowan.co.uk"), "unmapped"]]
    found = tables["interactions"].table().to_pandas()
    assert sorted(found["alter_id"]) == sorted([who("e2"), who("rowan.co.uk"), who("rowan.co.uk")])
    assert tables["set_aside"].to_pandas()["step"].tolist() == ["stranger"]
    assert tables.review["parties"][["domain", "addresses", "contacts"]].to_numpy().tolist() == [["rowan.co.uk", 2, 2]]


def test_mapped_domain_has_the_kind_that_was_decided(project):
    """And is not asked again."""
    decided = {"parties.csv": "domain,kind,segment\nrowan.co.uk,supplier,food\n"}
    tables = cleaned(project, decided, interactions=LOG)
    assert tables["parties"][["kind", "segment"]].to_numpy().tolist() == [["supplier", "food"]]
    assert tables.review["parties"].empty


def test_correction_is_applied_before_anything_is_judged(project):
    """The cell counts as if the client had written it so; what was done is a table, without the words."""
    decided = {"corrections.csv": "file,row,column,was,becomes,why\nnominations.csv,2,alter,nobody,e2,told by phone\n"}
    tables = cleaned(project, decided, nominations="ego,alter,relation\ne1,nobody,work\n")
    assert named(tables) == {who("e2")}
    assert tables["corrections"][["row", "column", "why"]].to_numpy().tolist() == [[2, "alter", "told by phone"]]


@pytest.mark.slow
def test_second_address_in_the_log_becomes_its_person(project):
    """Two addresses of one person are one; mail between the two is mail to oneself, and no contact."""
    mail = [("anna.ek@own.example", "bo.lindqvist@own.example"), ("anna.ek+home@own.example", "bo.lindqvist@own.example")]
    mail += [("anna.ek+home@own.example", "cid.sandstrom@own.example")] * 3
    rows = [f"{a},{b},mail,2026-03-02T10:{minute:02}:00Z" for minute, (a, b) in enumerate(mail)]
    tables = cleaned(project, interactions="ego,alter,channel,at\n" + "\n".join(rows) + "\n")
    assert set(tables["interactions"].table().to_pandas()["ego_id"]) == {who("e1")}


@pytest.mark.slow
@pytest.mark.parametrize(("scope", "asked"), [("named", 1), ("records", 0)])
def test_contact_with_who_opted_out_is_no_evidence(project, scope, asked):
    """That both addresses wrote to Anna is all that makes them one; once her records are withdrawn it says nothing."""
    mail = [("bo.lindqvist@own.example", "anna.ek@own.example"), ("bo.lindqvist@own.example", "dora.marklund@own.example")]
    mail += [("bo.lindqvist@gmail.com", "anna.ek@own.example"), ("bo.lindqvist@gmail.com", "cid.sandstrom@own.example")]
    log = "ego,alter,channel\n" + "".join(f"{a},{b},mail\n" for a, b in mail)
    found = cleaned(project, interactions=log, opt_outs=f"person,scope\ne1,{scope}\n").review["identities"]
    assert found["evidence"].str.contains("in contact with 1 of 2 who use it").tolist() == [True] * asked


@pytest.mark.slow
def test_answers_about_one_colleague_are_one_record(project):
    """However many questions are answered about somebody, it is said of one pair once; two relations named are two."""
    parts = {}
    for source, text in {
        "interpreters": "ego,alter,question,value\ne1,e2,T2,3\ne1,e2,T6,4\ne1,e2,T9,0\n",
        "nominations": "ego,alter,relation\ne1,e2,work\ne1,e2,friend\n",
    }.items():
        parts[source] = [whole(csvfile.parse(source, Reader(file=source), Given(f"{source}.csv", content=text.encode())))]
    words, pairs, _ = meaning._met(parts, None, settings())
    assert words == ["e1", "e2"]
    assert pairs.to_numpy().tolist() == [[0, 1, 1], [0, 1, 2]]


def test_no_raw_word_is_in_a_table(project):
    """Names, addresses and domains are in the review lists alone."""
    tables = cleaned(project, interactions=LOG, nominations="ego,alter,relation\ne1,Bo Lindqivst,work\n")
    told = " ".join(held(table).to_csv() for table in tables.values()).lower()
    assert not [word for word in ("rowan", "lindq", "own.example", "gmail") if word in told]

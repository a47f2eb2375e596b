"""The audit as a whole and as a command: clean folders pass, each planted leak is found by its check, nothing is silent."""

from __future__ import annotations

import shutil

import pytest
import synthetic
from audited import folder, html, measure, page
from browser.conftest import site  # noqa: F401
from conftest import enter
from synthetic import claim
from typer.testing import CliRunner

from kithwork.audit import audit, published
from kithwork.cli import app
from kithwork.errors import UserError

GROUPS = {"Alpha": (20, 40.0), "Beta": (20, 60.0)}
CLAIMS = measure("people.x", (40, 50.0), GROUPS)


@pytest.fixture
def acme(project):
    """A project with a study `synthetic` of two people with names, and its folder of finished pages."""
    staff = [{"person": "E00041", "name": "Zofia Falk"}, {"person": "E00042", "name": "Nils Bakke"}]
    synthetic.build(project, {"staff": staff}, synthetic.SIGNS)
    return folder(project / "reports/synthetic", index=html(*CLAIMS), public=html(CLAIMS[0], edition="public", smallest=20))


def checks(*folders, **how) -> set[str]:
    """The checks that found something."""
    return {fault.check for fault in audit(folders, **how).faults}


def test_a_clean_folder_has_no_fault(acme):
    """Nothing is found, and the summary tells what was looked at."""
    found = audit([acme])
    assert found.faults == []
    assert found.looked_at["pages"] == 2
    assert found.looked_at["claims"] == 3
    assert found.looked_at["names and ids searched for"] > 4


LEAKS = {
    "audit: name": {"body": "<p>Ask Zofia Falk.</p>"},
    "audit: id": {"body": '<p data-x="e00042">x</p>'},
    "audit: e-mail address": {"body": "<p>ada@acme.example</p>"},
    "audit: telephone number": {"body": "<p>+45 20 30 40 50</p>"},
    "audit: path of a machine": {"body": "<!-- /home/ada/x -->"},
    "audit: code like a pseudonym": {"body": '<p id="ABCDEFGHIJKLMNOP2345">x</p>'},
    "audit: figure about too few": {"body": "<table><tr><th>People</th></tr><tr><td>3</td></tr></table>"},
    "audit: group in a public edition": {"body": "<h2>Alpha</h2>", "edition": "public"},
}


@pytest.mark.parametrize("check", LEAKS)
def test_each_leak_is_found_by_its_check_alone(acme, check):
    """A page with one leak more has that fault and no other."""
    folder(acme, more=html(CLAIMS[0], **LEAKS[check]))
    assert checks(acme) == {check}


def test_leaks_between_pages_are_found(acme):
    """A group on another page that leaves three of the whole, and a figure that two pages show differently."""
    folder(acme, more=html(claim("people.y", n=43), claim("people.y", group="Alpha", n=40)))
    assert checks(acme) == {"audit: remainder of too few"}
    folder(acme, more=html(claim("people.x", 51.0)))
    assert checks(acme) == {"audit: editions that disagree"}


def test_two_releases_are_compared(acme, tmp_path):
    """A later release of the study about one person more; of another study, or wave, it is none."""
    later = shutil.copytree(acme, tmp_path / "later" / "synthetic")
    one_more = measure("people.x", (41, 0.51), {"Alpha": (20, 0.4), "Beta": (21, 0.62)}, unit="index")
    groups = {"Alpha": (20, 0.4), "Beta": (20, 0.6)}
    folder(later, index=html(*one_more), public=html(one_more[0], edition="public"))
    folder(acme, index=html(*measure("people.x", (40, 0.5), groups, unit="index")), public=html(edition="public"))
    assert checks(acme, later) == {"audit: difference about too few"}
    assert checks(acme, later, waves=True) == set()


def test_a_table_of_claims_counts(acme):
    """What stands in claims.csv is published like what stands on a page."""
    (acme / "claims.csv").write_text("id,measure,estimate,people,group\npeople.x,people.x,55,40,\n", encoding="utf-8")
    assert checks(acme) == {"audit: editions that disagree"}


UNREAD = {
    "bytes": b"\xff\xfe\x00\xe6",
    "other": b"a,b\n1,2\n",
    "none": b"",
    "words": b"id,measure,estimate,people\nx,x,5,many\n",
}


@pytest.mark.parametrize("content", UNREAD.values(), ids=UNREAD)
def test_a_broken_table_of_claims_is_a_fault(acme, content):
    """A claims.csv that cannot be read is not passed over: what it tells was not looked at."""
    (acme / "claims.csv").write_bytes(content)
    assert checks(acme) == {"audit: table of claims that cannot be read"}


def test_a_broken_ledger_is_a_fault(acme):
    """A page whose ledger cannot be read is not passed over."""
    folder(acme, more=html().replace('"texts"', '"text"'))
    assert checks(acme) == {"audit: ledger that cannot be read"}


def test_a_study_without_data_is_said_so(acme):
    """A folder of a study that the project does not have is audited, and the summary says that nobody was known."""
    other = acme.rename(acme.with_name("elsewhere"))
    assert "elsewhere" in audit([other]).summary
    assert not audit([other]).faults
    assert "elsewhere" not in audit([other], "synthetic").summary


def test_the_folder_of_all_reports_holds_studies(acme):
    """Of a folder with several reports each is a study of its own; pages of none are searched too."""
    folder(acme.parent, index=html(kind="index", body="<p>Nils Bakke</p>"))
    shutil.copytree(acme, acme.with_name("another"))
    assert [one.name for one in published.studies(acme.parent)] == ["synthetic", "another", ""]
    assert checks(acme.parent) == {"audit: name"}


@pytest.mark.parametrize("content", [b"", b"<p>caf\xe9</p>"])
def test_what_is_no_page_is_an_error(acme, content):
    """An empty file and one in another encoding are told, and not passed over."""
    (acme / "more.html").write_bytes(content)
    with pytest.raises(UserError):
        audit([acme])


@pytest.mark.parametrize("name", ["absent", "data"])
def test_no_folder_and_no_page_are_errors(acme, name):
    """A folder that is not there, or holds no page, is no clean one."""
    with pytest.raises(UserError):
        audit([acme.parents[1] / name])


def test_the_command_tells_what_was_found_masked(acme):
    """Status 3 and the fault without the name; status 0 and the summary where there is none; 1 for no folder."""
    clean = CliRunner().invoke(app, ["audit", str(acme)])
    assert (clean.exit_code, "Nothing was found" in clean.output) == (0, True)
    folder(acme, more=html(**LEAKS["audit: name"]))
    found = CliRunner().invoke(app, ["audit", str(acme)])
    assert found.exit_code == 3
    assert "more.html: audit: name" in found.output
    assert "Falk" not in found.output
    assert CliRunner().invoke(app, ["audit", str(acme / "absent")]).exit_code == 1


def test_a_page_says_its_smallest_group():
    """What pages of groups state counts; the public page's larger one does not; without any it is five."""
    three = [page(smallest=8), page(smallest=6, kind="group"), page(smallest=20, edition="public")]
    assert published.Study("x", three).smallest == 6
    assert published.Study("x", [page(smallest="")]).smallest == 5


@pytest.mark.slow
def test_the_whole_synthetic_site_is_clean(site, monkeypatch):  # noqa: F811
    """Report, chapters, index and codebook of the synthetic engagement, as they are published, have no fault; a raw id put
    into any of them is found."""
    enter(site.parent, monkeypatch)
    assert [str(fault) for fault in audit([site / "synthetic"]).faults] == []
    chapter = site / "synthetic" / "chapters" / "2_ties.html"
    before = chapter.read_text(encoding="utf-8")
    try:
        chapter.write_text(before.replace("</main>", "<p>synthetic-person-07</p></main>"), encoding="utf-8")
        assert {fault.page for fault in audit([site / "synthetic"]).faults} == {"chapters/2_ties.html"}
    finally:
        chapter.write_text(before, encoding="utf-8")

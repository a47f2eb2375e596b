"""A publication: what lies in a folder, for each edition; whole or not at all; the same bytes twice."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from posixpath import dirname, join, normpath

import pytest
import yaml

from kithwork.errors import Problem
from kithwork.publishing import folder, gate, manifest, printing, publication
from kithwork.publishing.refusal import Refused
from publishing.conftest import STUDIES, files, finished

ALWAYS = {"index.html", "manifest.json", "SHA256SUMS", ".nojekyll", "robots.txt"}
CHAPTERS = {f"alpha/chapters/{number}.html" for number in
            ("1_clean", "2_ties", "3_people", "4_values", "5_market", "6_change", "7_report")}  # fmt: skip
SPONSOR = {"alpha/index.html", "alpha/claims.csv", "alpha/groups/north.html", "alpha/groups/south.html", "codebook.html"}


def test_the_public_edition_is_one_page(publish, studies):
    """The public page as the study's index, and neither groups nor chapters, claims or codebook."""
    done = publish()
    assert done.exit_code == 0
    found = files(done.folder)
    assert {*found} == ALWAYS | {"alpha/index.html"}
    assert found["alpha/index.html"] == (studies / "reports/alpha/public.html").read_bytes()
    assert found[".nojekyll"] == b""
    assert found["robots.txt"] == b"User-agent: *\nDisallow: /\n"


def test_the_sponsors_edition_has_groups_and_the_working(publish, studies):
    """The report, its groups, chapters and claims as they are, and the codebook beside; no public page, no person's."""
    found = files(publish(edition="sponsor").folder)
    assert {*found} == ALWAYS | SPONSOR | CHAPTERS
    assert found["alpha/index.html"] == (studies / "reports/alpha/index.html").read_bytes()


@pytest.mark.usefixtures("asked")
def test_the_confidential_edition_has_own_pages_that_nothing_leads_to(publish):
    """The sponsor's and a page each for those who asked; no other file of the folder bears its address."""
    done = publish(edition="confidential")
    found = files(done.folder)
    own = {"alpha/own/q7.html", "alpha/own/z3.html"}
    assert {*found} == ALWAYS | SPONSOR | CHAPTERS | own
    if os.name == "posix":
        assert stat.S_IMODE(done.folder.stat().st_mode) == 0o700
    for name in own:
        told = [other for other, content in found.items() if name.rpartition("/")[2].encode() in content]
        assert told == []
    assert publish(edition="confidential").exit_code == 0


@pytest.mark.parametrize("edition", ["public", "sponsor"])
def test_publishing_twice_is_publishing_once(publish, edition):
    """The same pages give the same bytes, in every file."""
    before = files(publish(edition=edition).folder)
    done = publish(edition=edition)
    assert done.exit_code == 0
    assert files(done.folder) == before


def test_manifest_and_sums_tell_of_every_file(publish, studies):
    """SHA-256 and size of each, as they are; nothing of the machine, and no time."""
    done = publish(edition="sponsor")
    found = files(done.folder)
    said = json.loads(found["manifest.json"])
    assert said["edition"] == "sponsor"
    assert {*said["files"]} == {*found} - {"manifest.json", "SHA256SUMS"}
    for name, one in said["files"].items():
        assert one == {"sha256": hashlib.sha256(found[name]).hexdigest(), "bytes": len(found[name])}
    sums = dict(line.split("  ")[::-1] for line in found["SHA256SUMS"].decode().splitlines())
    assert sums == {name: hashlib.sha256(found[name]).hexdigest() for name in found if name != "SHA256SUMS"}
    study = said["engagements"]["alpha"]
    assert {"smallest_group": 5, "commit": "not in git", "clean": None, "draft": False}.items() <= study.items()
    assert len(study["settings"]) == 12
    assert len(study["data"]["Staff"]) == 12
    assert str(studies).encode() not in found["manifest.json"]


def test_several_studies_share_a_folder(publish):
    """Publishing another adds it; the list names both, and publishing one anew leaves the other as it is."""
    publish()
    done = publish(engagement="beta")
    found = files(done.folder)
    assert {"alpha/index.html", "beta/index.html"} < {*found}
    assert re.findall(r'href="(\w+)/index.html"', found["index.html"].decode()) == [*STUDIES]
    assert "alpha, beta" in done.output
    publish()
    assert files(done.folder) == found


def test_what_is_no_longer_made_is_gone(publish, studies):
    """A group's page of the run before does not stay behind, in the folder or in the manifest."""
    publish(edition="sponsor")
    (studies / "reports/alpha/groups/south.html").unlink()
    found = files(publish(edition="sponsor").folder)
    assert "alpha/groups/south.html" not in found
    assert b"south" not in found["manifest.json"] + found["index.html"] + found["SHA256SUMS"]


@pytest.mark.parametrize("edition", ["public", "sponsor"])
def test_the_list_leads_to_what_is_there(publish, edition):
    """Every link of the folder's own list leads to a file of the folder."""
    found = files(publish(edition=edition).folder)
    links = re.findall(r'href="(?!#)([^"]*)"', found["index.html"].decode())
    assert len(links) >= 2
    assert {normpath(join(dirname("index.html"), link)) for link in links} <= {*found}


def test_hostile_titles_are_text(publish, studies):
    """What a client calls itself is shown as text in the list, and kept as it is in the manifest."""
    name = '<script>alert("1")</script>\u202e{{ 7 * 7 }}'
    content = yaml.safe_load((studies / "params.yaml").read_text(encoding="utf-8"))
    content["engagements"]["alpha"] |= {"title": name, "organisation": name}
    (studies / "params.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    finished(studies)
    found = files(publish().folder)
    assert b"<script>alert" not in found["index.html"]
    assert "&lt;script&gt;alert(&#34;1&#34;)" in found["index.html"].decode()
    assert json.loads(found["manifest.json"])["engagements"]["alpha"]["title"] == name


@pytest.mark.parametrize("name", ["../beta", "/etc", "alpha/../beta", "ALPHA", "", "<b>", "a" * 10_000, "--to"])
def test_hostile_names_of_studies_are_unknown(publish, name):
    """A name that params.yaml does not have is told, and nothing is read or written by it."""
    done = publish(engagement=name)
    assert done.exit_code in (1, 2)
    assert not done.folder.exists()


def test_what_fails_at_the_last_look_leaves_all_as_it_was(publish, monkeypatch):
    """Findings in the finished folder keep it from its place: the old one stays, and nothing lies beside it."""
    done = publish()
    before = files(done.folder)

    def look(there, engagement):
        raise Refused(Problem("names somebody", "beta/index.html", "Leave the name out."))

    monkeypatch.setattr(gate, "look", look)
    assert publish(engagement="beta").exit_code == 3
    assert files(done.folder) == before
    assert [path.name for path in done.folder.parent.iterdir()] == [done.folder.name]


def test_a_run_cut_off_between_two_names_is_mended(publish):
    """Where the old folder gave way and the new one did not come, the old one is there again at the next run."""
    done = publish()
    done.folder.rename(done.folder.with_name(f".{done.folder.name}.kithwork-old"))
    assert folder.former(done.folder) == manifest.read(done.folder)
    assert publish(engagement="beta").exit_code == 0
    assert {"alpha/index.html", "beta/index.html"} < {*files(done.folder)}


def test_the_folder_is_looked_at_before_it_takes_its_place(publish, monkeypatch):
    """Audit and linter are given the very files that are published, the list and the manifest included."""
    seen = {}
    monkeypatch.setattr(gate, "look", lambda there, engagement: seen.update(files(there)) or "Looked at: 2 pages.")
    done = publish()
    assert seen == files(done.folder)
    assert "Looked at: 2 pages." in done.output


def test_without_a_browser_the_folder_is_whole(publish, monkeypatch):
    """The PDF alone is missing; the command says what to install, and that not all was done."""
    monkeypatch.setattr(printing.browser, "found", lambda: None)
    done = publish("--pdf")
    assert done.exit_code == 1
    assert "Install Chromium" in done.output
    assert {*files(done.folder)} == ALWAYS | {"alpha/index.html"}


def test_a_pdf_lies_beside_its_page(publish, monkeypatch):
    """It is printed from the page that is published, on the paper asked for, and is in list and manifest."""
    monkeypatch.setattr(printing, "printed", lambda page, paper: b"%PDF-" + paper.encode() + page[:9])
    found = files(publish("--pdf", "--paper", "letter").folder)
    assert found["alpha/report.pdf"] == b"%PDF-letter<!doctype"
    assert "alpha/report.pdf" in json.loads(found["manifest.json"])["files"]
    assert b'href="alpha/report.pdf"' in found["index.html"]


def test_the_place_of_a_banner_is_that_of_the_pipeline():
    """A draft is marked where the pipeline marks what is stale."""
    from pipeline import stale

    assert publication.PLACE == stale.PLACE

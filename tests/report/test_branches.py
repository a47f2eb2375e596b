"""Every branch of the sentences, as text to be read: what a report says where a study has this and lacks that.

`KITHWORK_SNAPSHOTS=write pytest tests/report/test_branches.py` writes the texts anew; read what git shows of them.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from branches import BRANCHES
from markupsafe import Markup

from kithwork.report import (
    change_figures,
    figures,
    findings,
    groups,
    html,
    market_figures,
    page,
    scorecard,
    section,
    trace,
)

TEXTS = Path(__file__).parent / "snapshots"
LEDE = re.compile(r'<p class="lede">.*?</p>|<p>[^<]*could not be answered.*?</p>')
CHIP = re.compile(r'<span class="chip">([^<]+)')
pytestmark = pytest.mark.slow
DRAWING = (change_figures, figures, groups, market_figures, scorecard)
BANNED = re.compile(r"\b(will|causes?|drives?|leads? to|proves?|significant|hidden influencer)\b", re.IGNORECASE)


@cache
def document(branch: str) -> dict:
    """The page of a branch."""
    released, facts = BRANCHES[branch]()
    with pytest.MonkeyPatch.context() as patch:
        for module in DRAWING:  # pictures say no sentence
            patch.setattr(module, "drawn", lambda *parts: Markup(""))
        made = [section.build(name, released, facts) for name in facts.settings.report.sections]
    return page.page(made, findings.findings(released, facts), released, facts)


def told(branch: str) -> str:
    """Its sentences: of each section the title, titles of figures, what follows and what is not shown; then the summary."""
    content = document(branch)
    lines = []
    for one in content["sections"]:
        lines.append(f"## {one['topic']}: {one['title']}")
        of_it = [said for said in content["sentences"] if said["section"] == one["id"] and said["kind"] != trace.TITLE]
        lines += [f"{said['kind']}: {said['text']}" for said in of_it]
        if one["id"] == "summary":
            lines += [trace.plain(text) for text in LEDE.findall(one["html"])]
            lines += [f"chips: {' | '.join(CHIP.findall(item))}" for item in one["html"].split('<li id="finding')[1:]]
        if "missing" in one["html"]:
            lines += [trace.plain(text) for text in re.findall(r'<div class="missing">.*?</div>', one["html"])]
    lines += [f"held back: {one['title']} ({one['why']})" for one in content["held"]]
    lines += [f"not told: {question}" for question in content["unanswered"]]
    return "\n".join(lines).replace("\u00a0", " ") + "\n"


@pytest.mark.parametrize("branch", BRANCHES)
def test_branch_says_what_was_read(branch):
    """The sentences of a branch are those that somebody read and committed."""
    path = TEXTS / f"{branch}.txt"
    if os.environ.get("KITHWORK_SNAPSHOTS") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(told(branch), encoding="utf-8")
    assert told(branch) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("branch", BRANCHES)
def test_no_branch_promises_or_explains(branch):
    """No sentence says that anything causes anything, or that it will; of a scenario it is said that it is one."""
    content = document(branch)
    for one in content["sentences"]:
        assert not BANNED.search(one["text"]), one
        if "ahead of" in one["text"] and one["kind"] != trace.SO_WHAT:
            assert one["text"].startswith("In simulation, ")
        assert len(one["text"].split()) <= 18 or one["kind"] != trace.TITLE


@pytest.mark.parametrize("branch", BRANCHES)
def test_every_sentence_rests_on_claims_that_are_shown(branch):
    """What a sentence rests on are claims of its page, or measures of groups of which some are."""
    content = document(branch)
    for one in content["sentences"]:
        for name in one["claims"]:
            of_groups = name.endswith(".*") and any(claim.startswith(name[:-1]) for claim in content["claims"])
            assert name in content["claims"] or of_groups, (one["text"], name)


@pytest.mark.parametrize("branch", BRANCHES)
def test_summary_follows_its_rules(branch):
    """Seven findings at most, two of a section; what is not shown is held back with a reason; no finding is lost."""
    released, facts = BRANCHES[branch]()
    content, made = document(branch), findings.findings(released, facts)
    shown = [one for one in content["sentences"] if one["kind"] == trace.FINDING]
    by_title = {one.title: one.section for one in made.values()}
    sections = [by_title[one["text"]] for one in shown]
    assert len(shown) <= 7
    assert all(sections.count(name) <= 2 for name in sections)
    assert {one["text"] for one in shown} | {one["title"] for one in content["held"]} == set(by_title)
    assert all(one["why"] for one in content["held"])


def test_no_snapshot_is_left_over():
    """Each text belongs to a branch."""
    assert {path.stem for path in TEXTS.glob("*.txt")} == set(BRANCHES)


def test_sections_say_what_they_do_not_show():
    """Where a section has figures, what follows stands beside what they do not show."""
    content = document("all_ready")
    paired = {one["section"] for one in content["sentences"] if one["kind"] == trace.LIMIT}
    assert {"trust", "portfolio", "clusters", "position", "values", "change", "actions"} <= paired
    assert html.so_what("a", "b").count("<h3>") == 2

"""The picture of the network for whoever runs the study: whole, by pseudonym, for its owner alone."""

from __future__ import annotations

import json
import stat

import pytest
import synthetic

from kithwork.errors import UserError
from kithwork.pages import explorer
from kithwork.pages.parsed import Parsed


@pytest.fixture
def drawn(project):
    """The page of six people in two units, four of them tied."""
    people = synthetic.staff(["A", "A", "A", "B", "B", None])
    ties = synthetic.ties([(0, 1), (1, 3), (3, 4)], p_personal=0.5, p_functional=None, p_strategic=0.2)

    def page(unit: str | None = None):
        path = explorer.explorer(people, ties, synthetic.settings(), unit)
        return path, Parsed("network.html", path.read_text(encoding="utf-8"))

    return page


def test_everybody_and_every_tie_is_there(drawn):
    """Each person has a place and a row, each tie its two ends and chances of kinds; its owner alone can read it."""
    path, page = drawn()
    network = page.data("network")
    assert len(network["people"]) == len(page.tree.xpath("//tbody/tr")) == 6
    assert sorted(tuple(tie[:2]) for tie in network["ties"]) == [(0, 1), (1, 3), (3, 4)]
    assert network["ties"][0][2:] == [50, -1, 20]
    assert network["units"] == ["A", "B"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.parts[-3] == "review"


def test_a_unit_is_drawn_with_those_tied_to_it(drawn):
    """Of unit B its own people and whom they are tied to are drawn, and no tie among others."""
    network = drawn("B")[1].data("network")
    assert len(network["people"]) == 3
    assert len(network["ties"]) == 2


def test_what_cannot_be_drawn_is_refused(drawn, monkeypatch):
    """A unit that is not there, and more people than can be told apart, are refused with what to do."""
    with pytest.raises(UserError, match="nobody of this unit"):
        drawn("C")
    monkeypatch.setattr(explorer, "MOST", 5)
    with pytest.raises(UserError, match="--unit"):
        drawn()


def test_page_allows_its_own_scripts_only(drawn):
    """The policy names the two scripts of the page; nothing else may run or be fetched."""
    page = drawn()[1]
    policy = page.tree.xpath("//meta[@http-equiv]/@content")[0]
    assert policy.count("'sha256-") == 2
    assert "default-src 'none'" in policy
    assert json.dumps(page.data("network")).isascii()

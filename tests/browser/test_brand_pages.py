"""The list of a published folder in a browser, with a brand of somebody's own and without one."""

from __future__ import annotations

from pathlib import Path

import looks
import pytest
from conftest import enter

from kithwork.brand import reading
from kithwork.engagement import SYNTHETIC
from kithwork.pages import rendering

from .conftest import Visits

pytestmark = pytest.mark.slow

BRAND = """
name: A house of consultants with a rather long name, Partners and Successors
logo: logo.svg
accent: {light: "#6b2d73", dark: "#d9a3e0"}
footer: Confidential until the board has met.
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 60"><rect width="900" height="60" fill="#6b2d73"/></svg>'

STUDY = {
    "title": "A study", "organisation": "Nobody Ltd", "synthetic": SYNTHETIC, "smallest_group": 5, "settings": "0123",
    "data": {}, "kithwork": "0.1.0", "commit": "0" * 40, "clean": False, "draft": True,
}  # fmt: skip
FILES = [
    "claims.csv",
    "groups/north.html",
    "groups/a-unit-with-a-name-that-is-longer-than-a-telephone-is-wide.html",
    "report.pdf",
]


@pytest.fixture(scope="module")
def lists(browser, tmp_path_factory: pytest.TempPathFactory) -> Visits:
    """The list of two studies, plain and branded."""
    root: Path = tmp_path_factory.mktemp("brand")
    studies = [STUDY | {"name": name, "files": FILES} for name in ("alpha", "beta")]
    with pytest.MonkeyPatch.context() as patch:
        enter(root, patch)
        for name in ("plain", "branded"):
            html = rendering.render("published.html.j2", edition="sponsor", studies=studies, synthetic="")
            (root / f"{name}.html").write_text(html, encoding="utf-8")
            (root / "brand").mkdir(exist_ok=True)
            (root / "brand" / "logo.svg").write_text(LOGO, encoding="utf-8")
            (root / reading.FILE).write_text(BRAND, encoding="utf-8")
    return Visits(browser, root)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("name", ["plain", "branded"])
def test_the_list_is_for_everybody(lists, name, width, scheme):
    """axe-core finds nothing, no request is made, and nothing scrolls sideways, however wide the logo is."""
    one = lists.visit(f"{name}.html", width=width, scheme=scheme)
    assert looks.axe(one.page) == []
    assert looks.pale(one.page) == []
    assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    assert one.faults == []


def test_an_accent_colours_rules_and_nothing_that_means_a_kind(lists):
    """The rule over a study is plum in light and in dark; without a brand it is ink."""
    rule = "getComputedStyle(document.querySelector('.shelf > li')).borderTopColor"
    colours = [
        lists.visit(f"{name}.html", scheme=scheme).page.evaluate(rule)
        for name in ("branded", "plain")
        for scheme in ("light", "dark")
    ]
    assert colours == ["rgb(107, 45, 115)", "rgb(217, 163, 224)", "rgb(26, 29, 33)", "rgb(233, 230, 223)"]
    assert lists.visit("branded.html").page.evaluate("document.querySelector('.brand img').naturalWidth") > 0

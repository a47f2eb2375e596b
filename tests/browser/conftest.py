"""What the browser tests share: one Chromium, the pages of the synthetic engagement, and a visit that hears every fault."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import looks
import nbformat
import pytest
import synthetic
from conftest import enter
from nbformat import v4
from playwright.sync_api import Browser, Page, sync_playwright
from synthetic import claim, released

from kithwork import store
from kithwork.engagement import SYNTHETIC
from kithwork.pages import rendering
from kithwork.release import release
from kithwork.report import figures, groups
from kithwork.tables import CLAIMING
from pipeline import chapter, prepare, publish, stale

PAGES = {
    "report": "synthetic/index.html",
    "chapter": "synthetic/chapters/2_ties.html",
    "last chapter": "synthetic/chapters/7_report.html",
    "group": "synthetic/groups/alpha.html",
    "index": "index.html",
    "codebook": "codebook.html",
}
"""The pages there are, one of each make."""

DRAWN_ALONE = ("names.html", "long.html")
"""Pages of figures and nothing else, which no report is: tests write them beside the pages."""

QUIET = (
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no Chromium found: `apt-get install chromium`, or `python -m playwright install --with-deps chromium`"

RESET = """() => { document.querySelectorAll('details[open]').forEach(one => { one.open = false; });
  document.activeElement.blur(); scrollTo(0, 0); return document.fonts.ready.then(() => true); }"""

LONG = (
    "Research and Development for Northern Europe",
    "Supply Chain & Logistics",
    "Menschen, Kultur und Organisationsentwicklung der Holding",
    "Gamma",
    "IT",
    "MWMWMWMWMWMWMWMWMWMWMWMW",
)
"""Names that a client may give to units, and one that nobody would."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; without one they are skipped, or fail where nobody would notice (`CI` is set)."""
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
        found = next((path for path in map(shutil.which, COMMANDS) if path), own if Path(own).is_file() else None)
        if found is None:
            (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
        chromium = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(full: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder `reports/` of the complete synthetic engagement, and `names.html`: its figures with long names."""
    root = tmp_path_factory.mktemp("site") / "project"
    shutil.copytree(full.root, root)
    with pytest.MonkeyPatch.context() as patch:
        enter(root, patch)
        for stage, stem in rendering.STEMS.items():
            original = synthetic.HOME / "notebooks" / f"{stem}.ipynb"
            rendering.write(prepare.copy_of(stem), prepare.stripped(original))
            executed = root / f"{stem}.ipynb"
            nbformat.write(_executed(json.loads(original.read_text(encoding="utf-8")), _shown(stage, full)), executed)
            rendering.write(rendering.chapter_of(stem, "synthetic"), json.dumps(chapter.content(executed)))
        publish.publish("synthetic")
        publish.index()
    rendering.write(root / "reports" / "names.html", _names(full.document))
    return root / "reports"


@pytest.fixture(scope="session")
def simulated(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same pages of a study that is called synthetic."""
    root = tmp_path_factory.mktemp("simulated") / "project"
    shutil.copytree(site.parent, root)
    with pytest.MonkeyPatch.context() as patch:
        enter(root, patch)
        page = store.load_document("page", "synthetic") | {"synthetic": SYNTHETIC}
        store.save_document("page", page, "synthetic")
        publish.publish("synthetic")
        publish.index()
    return root / "reports"


@pytest.fixture(scope="session")
def marked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same folder after a newer run was started."""
    root = tmp_path_factory.mktemp("marked")
    shutil.copytree(site, root / "reports")
    with pytest.MonkeyPatch.context() as patch:
        enter(root, patch)
        stale.mark("synthetic")
    return root / "reports"


@dataclass
class Visit:
    """An open page and what went wrong on it: errors, messages, dialogs, failed and foreign requests."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url[:99]}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._look)
        self.page.on("dialog", self._close)

    def _hear(self, message: Any) -> None:
        if message.text:
            self.faults.append(f"{message.type}: {message.text}")

    def _close(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _look(self, request: Any) -> None:
        if not request.url.startswith(("file://", "data:")):
            self.faults.append(f"foreign: {request.url}")


class Visits:
    """Pages kept open from test to test: loading one takes longer than looking at it."""

    def __init__(self, browser: Browser, site: Path) -> None:
        self.browser, self.site = browser, site
        self.open: dict[tuple, Visit] = {}

    def visit(
        self, name: str, width: int = 1440, scheme: str = "light", folder: Path | None = None, script: bool = True
    ) -> Visit:
        """A page as it looks when just opened, at this width and in these colours, without a network."""
        place = (folder or self.site) / PAGES.get(name, name)
        if (place, script) not in self.open:
            context = self.browser.new_context(java_script_enabled=script, reduced_motion="reduce")
            context.set_offline(True)
            one = self.open[place, script] = Visit(context.new_page())
            one.page.goto(place.as_uri())
        one = self.open[place, script]
        one.page.emulate_media(**looks.PLAIN | {"color_scheme": scheme})
        one.page.set_viewport_size({"width": width, "height": 900})
        one.page.evaluate(RESET)
        return one


@pytest.fixture(scope="session")
def visits(browser: Browser, site: Path) -> Visits:
    """All pages opened so far."""
    return Visits(browser, site)


@pytest.fixture
def visit(visits: Visits) -> Iterator[Callable[..., Page]]:
    """Opens a page by its name in PAGES or its path; any fault on a page that a test opened fails it in the end."""
    seen: list[Visit] = []

    def opened(name: str, **how: Any) -> Page:
        seen.append(visits.visit(name, **how))
        return seen[-1].page

    yield opened
    assert [fault for one in seen for fault in one.faults] == []


def _executed(notebook: dict, shown: dict[str, list]) -> nbformat.NotebookNode:
    """A notebook as if it had been run: `shown` holds what cells display, by their first line."""
    cells = []
    for cell in notebook["cells"]:
        source, metadata = "".join(cell["source"]), cell["metadata"]
        if cell["cell_type"] == "markdown":
            cells.append(v4.new_markdown_cell(source, metadata=metadata))
        else:
            outputs = [v4.new_output("display_data", data) for data in shown.get(source.splitlines()[0], [])]
            cells.append(v4.new_code_cell(source, metadata=metadata, outputs=outputs))
    last = v4.new_code_cell("", outputs=[v4.new_output("display_data", data) for data in shown.get("", [])])
    return v4.new_notebook(cells=[*cells, last])


def _shown(stage: str, full: SimpleNamespace) -> dict[str, list[dict[str, str]]]:
    """What a chapter shows: its released claims and a picture, the intake, or the sections of the report."""
    if stage == "report":
        return {f'show("{name}")': [{"text/html": one._repr_html_()}] for name, one in full.made.items()}
    if stage not in CLAIMING:
        return {"": [{"text/html": full.tables["intake"].to_html()}, {"text/plain": "'No row was refused.'"}]}
    claims = release(full.by_stage[stage], full.released.smallest_group)
    return {"": [{"text/html": claims._repr_html_()}, {"image/png": _picture()}]}


def _picture() -> str:
    from matplotlib.figure import Figure

    out, figure = io.BytesIO(), Figure(figsize=(6, 2))
    figure.subplots().plot([0, 1])
    figure.savefig(out, format="png")
    return base64.b64encode(out.getvalue()).decode()


def _names(document: dict) -> str:
    """A report page of nothing but figures, of units with long names and small shares."""
    rows = []
    for kind, share in (("personal", 4), ("functional", 61), ("strategic", 35)):
        rows += [claim(f"people.share_{kind}", share, 0, 100, n=240)]
        rows += [claim(f"people.share_{kind}", share, 0, 100, n=20, group=name) for name in LONG]
        rows += [
            claim(f"people.segment_{kind}", share, 0, 100, n=20, group=f"{name.capitalize()}-leaning")
            for name in figures.KINDS
        ]
    rows += [claim("people.e_i", 1, -1, 1, n=20, group=name, unit="index", reference=-1.0) for name in LONG]
    rows += [claim("people.outside", 50, 9, 99, n=20, group=name, reference=100.0) for name in LONG]
    about = {"unit": "times", "people": 20, "other_people": 20}
    rows += [
        claim("people.between", 9.9, 0.1 + i % 2, 99, group=a, other=b, **about)
        for i, (a, b) in enumerate(combinations_with_replacement(LONG, 2))
    ]
    draws = (figures.portfolio, figures.boundaries, figures.segments, groups.network, groups.matrix, groups.profile)
    drawn = (draw(released(*rows), "Title") for draw in draws)
    html = "".join(f'<figure><div class="plot">{one}</div></figure>' for one in drawn)
    section = {"id": "portfolio", "topic": "Names", "title": "Long names", "html": html, "stage": None}
    contents = [{"id": "portfolio", "no": 1, "text": "Names"}]
    page = document | {"sections": [section]}
    return rendering.render("page.html.j2", page=page, prose={}, contents=contents, ledger={}, synthetic="")

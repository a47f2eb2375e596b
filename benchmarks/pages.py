"""What pages weigh, and how soon the largest part of one is on the screen, opened from disk.

    make report         first: the pages of the bundled studies are weighed as they are
    make bench-pages
    python -m benchmarks.pages

For 61 people (aarhus) and 385 (demo) the report is weighed as it was published. For 6,000 people its claims are made from
demo's: the figures of its units and their pairs, told again under other names until there are 300 units; then
the page is built and published as any other. Compressed is gzip at level 6, as servers do.

Largest contentful paint is what Chromium reports (W3C, Largest Contentful Paint), median of five loads, each in a new
context, without a network.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork import params, store
from kithwork.claims import pair_of
from kithwork.release import release
from kithwork.report import editions, findings, market_readings, page, section
from kithwork.tables import CLAIMS
from kithwork.values import groups
from pipeline import publish as publishing

UNITS, PEOPLE = 300, 6_000
LOADS = 5
MB = 1_000_000
PAINT = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""


def main() -> int:
    """Measure all of it; 1 if a goal is missed."""
    reports = params.ROOT / "reports"
    if not all((reports / name / "index.html").is_file() for name in ("aarhus", "demo")):
        print("Run `make report` first: this weighs its pages.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        large = _large(Path(folder))
        found = [
            *_weighed("61 people", reports / "aarhus", 1.5),
            *_weighed("385 people, 38 units", reports / "demo", None),
            *_weighed(f"{PEOPLE:,} people, {UNITS} units", large, 4.0),
            *_painted({"61 people": reports / "aarhus", "385 people": reports / "demo", f"{PEOPLE:,} people": large}),
        ]
    return publish("pages", found)


def _weighed(name: str, folder: Path, goal: float | None) -> list[Figure]:
    """The report, its public edition and the heaviest page of a group, in MB, plain and compressed."""
    pages = {"report": folder / "index.html", "public edition": folder / "public.html"}
    of_groups = sorted((folder / "groups").glob("*.html"), key=lambda path: path.stat().st_size)
    if of_groups:
        pages["page of a group, the heaviest"] = of_groups[-1]
    found = []
    for kind, path in pages.items():
        if path.is_file():
            content = path.read_bytes()
            found.append(Figure(f"{kind}, {name}", (len(content) / MB,), "MB", goal if kind == "report" else None))
            found.append(Figure(f"{kind}, {name}, compressed", (len(gzip.compress(content, 6)) / MB,), "MB"))
    return found


def _painted(folders: dict[str, Path]) -> list[Figure]:
    """Seconds until the largest part of each report is painted."""
    from playwright.sync_api import sync_playwright

    found = []
    with sync_playwright() as playwright:
        path = next((one for one in map(shutil.which, ("chromium", "google-chrome")) if one), None)
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for name, folder in folders.items():
            runs = []
            for _ in range(LOADS):
                context = chromium.new_context(viewport={"width": 1440, "height": 900})
                context.set_offline(True)
                opened = context.new_page()
                opened.goto((folder / "index.html").as_uri())
                runs.append(opened.evaluate(PAINT) / 1000)
                context.close()
            found.append(Figure(f"largest contentful paint of the report, {name}", tuple(runs), "s", 1.0))
        chromium.close()
    assert all(median(one.runs) > 0 for one in found)
    return found


def _large(root: Path) -> Path:
    """The folder of a report on an organisation of `UNITS` units, published under `root`."""
    settings = params.load("demo")
    names = ("intake", "indicators", "limits", "standardised", "changes")
    tables = {name: store.load(name, "demo") for name in names}
    outside = {name: store.load(name, "demo") for name in market_readings.TABLES}
    marked = groups.marked(store.load("group_scores", "demo"))[["indicator", "unit", "above"]]
    heard = market_readings.told(outside, settings.report.smallest_group)
    facts = section.Facts(
        settings,
        **tables,
        marked=marked,
        provenance=page.provenance(settings),
        organisations=store.organisations(),
        market=heard,
    )
    claims = _many(store.claims("demo"))
    released = release(claims, settings.report.smallest_group)
    made = [section.build(name, released, facts) for name in settings.report.sections]
    document = page.page(made, findings.findings(released, facts), released, facts)
    public = editions.public(claims, outside, facts)
    shutil.copytree(params.ROOT / "build", root / "build")
    shutil.copy(params.ROOT / "params.yaml", root)
    home, params.ROOT = params.ROOT, root
    try:
        store.save_document("page", document, "demo")
        store.save_document("page_public", public, "demo")
        publishing.publish("demo")
    finally:
        params.ROOT = home
    return root / "reports" / "demo"


def _many(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims with those of units told again under other names, and all about as many people as `PEOPLE`."""
    units = sorted(set(claims.loc[claims["measure"] == "ties.connected", "group"].dropna()))
    of_units = claims["group"].isin(units)
    whole = claims[~of_units]
    parts = [whole.assign(**{name: whole[name] * PEOPLE // 385 for name in ("people", "n")})]
    for round_, start in enumerate(range(0, UNITS, len(units))):
        kept = {unit: f"{unit}, division {round_ + 1}" for unit in units[: UNITS - start]}
        rows = claims[claims["group"].isin(kept) & (claims["other"].isna() | claims["other"].isin(kept))].copy()
        rows["group"] = rows["group"].map(kept)
        rows["other"] = rows["other"].map(kept).where(rows["other"].notna(), None)
        rows["id"] = [f"{row.measure}.{pair_of(row.group, row.other)}" for row in rows.itertuples()]
        parts.append(rows)
    return CLAIMS.checked(pd.concat(parts).sort_values("id", ignore_index=True))


if __name__ == "__main__":
    raise SystemExit(main())

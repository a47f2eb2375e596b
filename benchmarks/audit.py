"""Whether the audit finds what is put into finished pages, leaves clean ones alone, and how long it takes.

    make report
    make bench-audit

Planted: into a page of the demo's chapters, drawn at random, one thing that must not be there: somebody of the staff list
by name, address, id or pseudonym, a party by name or domain, an address, number, path or code of anybody; each in each
place of a page where words can stand. It is found where the audit of that page tells of it, by the check meant. The
numbers come from a generator; whom they fall on does not matter, as all are looked up alike.

Figures: from the demo's claims before the gate, a measure with a group too small is published whole, without that group
alone (no complementary suppression), or with its figure; or a public page shows another figure than the sponsor's.

Clean: every page and file of the bundled reports as they are. Large: the demo's folder, 385 people, all checks.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from html import escape
from urllib.parse import quote

import numpy as np
import pandas as pd
from PIL import Image, PngImagePlugin

from benchmarks.figures import Figure, publish
from kithwork import params, store
from kithwork.audit import attack, audit, differences, identities, published, searched, small_cells
from kithwork.estimates import proportion
from kithwork.pages import ledger
from kithwork.pages.parsed import Parsed
from kithwork.release import release

STUDY, EACH, FIGURES, SEED, RUNS = "demo", 3, 200, 11, 3
FOUND_AS = {
    "e-mail address": {"e-mail address", "name", "part of an e-mail address"},
    "pseudonym": {"pseudonym", "code like a pseudonym"},
}
"""Kinds of find that count, where not the kind planted alone."""
ANYBODY = {
    "e-mail address": "ada.lovelace@engine.example",
    "telephone number": "+44 20 7946 0958",
    "path of a machine": "/home/ada/study/people.csv",
    "code like a pseudonym": "QWERTYUIOPASDFGH2345",
}


def main() -> int:
    """Measure all of it; 1 if a goal is missed."""
    rng = np.random.default_rng(SEED)
    known = identities.of(STUDY)
    pages = next(published.studies(params.ROOT / "reports" / STUDY)).pages
    chapters = [page for page in pages if page.kind == "chapter"]
    return publish("audit", [*_planted(known, chapters, rng), *_figures(rng), *_clean(), *_large()])


def _png(text: str) -> str:
    notes, out = PngImagePlugin.PngInfo(), io.BytesIO()
    notes.add_itxt("Author", text)
    Image.new("RGB", (2, 2)).save(out, "png", pnginfo=notes)
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


PLACES: dict[str, Callable[[str], str]] = {
    "words": lambda text: f"<p>{escape(text)}</p>",
    "alt": lambda text: f'<img alt="{escape(text)}">',
    "title": lambda text: f'<p title="{escape(text)}">x</p>',
    "aria-label": lambda text: f'<p aria-label="{escape(text)}">x</p>',
    "data": lambda text: f'<p data-who="{escape(text)}">x</p>',
    "id": lambda text: f'<p id="{escape(text)}">x</p>',
    "comment": lambda text: f"<!-- {escape(text)} -->",
    "JSON": lambda text: f'<script type="application/json">["{text}"]</script>',
    "style": lambda text: f'<style>p::after {{ content: "{text}" }}</style>',
    "drawing": lambda text: f"<svg><desc>{escape(text)}</desc></svg>",
    "link": lambda text: f'<a href="#{quote(text)}">x</a>',
    "picture": lambda text: f'<img src="{_png(text)}">',
    "table to save": lambda text: f'<a href="data:text/csv,{quote(text)}">x</a>',
}
READ_AS_NUMBER = ("words", "alt", "title", "aria-label", "comment", "drawing")


def _planted(known: identities.Identities, pages: list[Parsed], rng: np.random.Generator) -> Iterator[Figure]:
    sought = searched.Sought(known)
    by_kind: dict[str, list[str]] = {}
    for key, (kind, _) in known.sought.items():
        words = " ".join(key).title() if key in known.capitals else ".".join(key) if "domain" in kind else " ".join(key)
        by_kind.setdefault(kind, []).append(words)
    named = [(kind, str(rng.choice(words))) for kind, words in sorted(by_kind.items()) for _ in range(EACH)]
    for title, leaks in (("people and parties of the study", named), ("things of anybody", list(ANYBODY.items()))):
        held = []
        for kind, text in leaks:
            for place, put in PLACES.items():
                if kind == "telephone number" and place not in READ_AS_NUMBER:
                    continue
                page = pages[rng.integers(len(pages))]
                seeded = Parsed(page.name, page.source.replace("</main>", f"{put(text)}</main>", 1))
                told = {fault.check.removeprefix("audit: ") for fault in searched.of_page(seeded, sought)}
                held.append(bool(told & FOUND_AS.get(kind, {kind})))
        yield _share(f"{title} found, each in {len(PLACES)} places of a page, {len(held)} planted", held)


def _figures(rng: np.random.Generator) -> Iterator[Figure]:
    """What is about too few: shown, left out alone, or shown otherwise in public."""
    claims = store.claims(STUDY)
    smallest = params.load(STUDY).report.smallest_group
    single = claims[claims["other"].isna()]
    wholes = set(single.loc[single["group"].isna(), "measure"])
    small = single[single["group"].notna() & (single["people"] < smallest) & single["measure"].isin(wholes)]
    shown, left, others = [], [], []
    for at in rng.choice(len(small), FIGURES):
        row = small.iloc[at]
        rows = single[single["measure"] == row["measure"]]
        shown.append(bool(list(small_cells.of_page(_page(rows)))))
        figures = published.Study("x", [_page(rows[rows["id"] != row["id"]])]).figures
        whole = rows["people"][rows["group"].isna()].iloc[0] - figures["people"][figures["group"].notna()].sum()
        if 0 < whole < smallest:
            left.append(any(one.check == attack.LEFT for one in attack.attacks(figures, smallest, {})[0]))
        other = rows.assign(estimate=rows["estimate"] + 1)[rows["group"].isna()]
        both = published.Study("x", [_page(rows), _page(other, "public")])
        others.append(bool(differences.editions(both.figures)))
    yield _share(f"figures about too few found, {len(shown)} shown", shown)
    yield _share(f"groups worked out from the others, {len(left)} left out alone", left)
    yield _share(f"figures that two editions show differently, {len(others)} planted", others)


def _page(rows: pd.DataFrame, edition: str = "sponsor") -> Parsed:
    """A page that holds these claims."""
    plain = rows.astype(object).where(rows.notna(), None).to_dict("records")
    packed = json.dumps(ledger.packed({one["id"]: one for one in plain})).replace("<", "\\u003c")
    told = (
        f'<body data-page="report" data-edition="{edition}"><script type="application/json" id="claims">{packed}</script>'
    )
    return Parsed(f"{edition}.html", f"<!doctype html><html><head><title>x</title></head>{told}</body></html>")


def _clean() -> Iterator[Figure]:
    found = [len(audit([params.ROOT / "reports" / name]).faults) for name in params.read().engagements]
    yield Figure(f"false alarms in the {len(found)} bundled reports", (float(sum(found)),), "faults", goal=0)
    claims = store.claims(STUDY)
    released = release(claims, params.load(STUDY).report.smallest_group).claims
    figures = published.Study("x", [_page(released)]).figures
    groups = claims[claims["group"].notna() & claims["other"].isna()].groupby("measure")
    hidden = {str(name): dict(zip(rows["group"], rows["people"], strict=True)) for name, rows in groups}
    told, tried = attack.attacks(figures, released["people"].min(), hidden)
    yield Figure(f"of {tried} hidden cells of the demo, told too narrowly", (float(len(told)),), "cells", goal=0)


def _large() -> Iterator[Figure]:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        audit([params.ROOT / "reports" / STUDY])
        times.append(time.perf_counter() - started)
    yield Figure("all checks of the demo's folder, 385 people", tuple(times), "s", goal=15)


def _share(name: str, held: list[bool]) -> Figure:
    """A share in per cent; its interval is Wilson's (1927). All must be found."""
    found = proportion(sum(held), len(held))
    return Figure(name, (100 * found.estimate,), "%", 100, "at least", (100 * found.low, 100 * found.high))


if __name__ == "__main__":
    sys.exit(main())

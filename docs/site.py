"""The site: each Markdown page filled, rendered by the report's own templates, and written as one file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from docs import filling, markdown
from kithwork import params
from kithwork.pages import rendering
from pipeline import publish

FOLDER = params.ROOT / "build" / "docs"

HEADINGS = {
    "Begin": ("index", "start", "new-client"),
    "Read": ("framework", "report", "values", "glossary"),
    "Work": ("analyst", "consultant", "deciding", "sources", "scale", "extending"),
    "Protect": ("privacy",),
    "Look up": ("commands", "parameters", "codebook", "mistakes", "benchmarks"),
}
"""The pages by heading, in the order of the list beside each."""

CODEBOOK = "codebook"
"""The page that the pipeline makes too, beside the reports: one template and one source for both."""


class Link(NamedTuple):
    """A page in the list of pages."""

    name: str
    title: str


def pages() -> dict[str, str]:
    """Every page of the site as HTML, by the name of its file; the same at every run."""
    guides = {name: markdown.guide(filling.filled(name)) for name in _names()}
    titles = {name: guide.title for name, guide in guides.items()} | {CODEBOOK: "Codebook"}
    listed = {heading: [Link(name, titles[name]) for name in names] for heading, names in HEADINGS.items()}
    made = {
        f"{name}.html": rendering.render("guide.html.j2", name=name, guide=guide, listed=listed, synthetic="")
        for name, guide in guides.items()
    }
    return made | {f"{CODEBOOK}.html": publish.codebook(back="Handbook")}


def write(folder: Path = FOLDER) -> list[Path]:
    """Put every page in its place, and take out pages of an earlier run that are no longer made."""
    made = pages()
    for old in folder.glob("*.html"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        rendering.write(folder / name, text)
    return [folder / name for name in made]


def _names() -> list[str]:
    return [name for names in HEADINGS.values() for name in names if name != CODEBOOK]

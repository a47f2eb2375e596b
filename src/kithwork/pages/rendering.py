"""Pages: every HTML file is rendered here, with the one stylesheet, script and fonts inside it.

The same content gives the same bytes: no time, no random id. A file is written whole or not at all. Words that others
wrote are shown as `kithwork.display` says.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import os
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kithwork import display, params
from kithwork.brand import reading
from kithwork.tables import STAGES

TEMPLATES = Path(__file__).parent / "templates"
FACES = (("Source Sans 3", "source-sans-3"), ("Source Serif 4", "source-serif-4"))
WEIGHTS = (400, 600)

STEMS = {stage: f"{number}_{stage}" for number, stage in enumerate(STAGES, start=1)}
"""The stem of each chapter's notebook and page, by stage: `ties` is `2_ties`."""


def render(template: str, *, synthetic: str, **content: Any) -> str:
    """One page as text.

    Every page says who makes the reports, and whether it is about a simulated organisation: `synthetic` is the label it
    then bears, or empty. Raises `UserError` where `brand/brand.yaml` is at fault.
    """
    page = _environment().get_template(template)
    return display.page(page.render(stems=STEMS, synthetic=synthetic, brand=reading.read(), **content))


def write(path: Path, text: str) -> None:
    """Put a file in its place, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    os.replace(unfinished, path)


def chapter_of(stem: str, engagement: str) -> Path:
    """Where the content of a chapter lies between running and publishing."""
    return params.ROOT / "build" / "chapters" / engagement / f"{stem}.json"


@functools.cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(
        fonts=Markup(_fonts()), style=Markup((TEMPLATES / "style.css").read_text(encoding="utf-8").strip())
    )
    for name, stem in (("script", "page"), ("explorer", "explorer")):
        script = (TEMPLATES / f"{stem}.js").read_text(encoding="utf-8").strip()
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        environment.globals.update({name: Markup(script), f"{name}_hash": Markup(f"'sha256-{digest}'")})
    environment.filters.update(css_string=_css_string, embed=_embed)
    return environment


def _fonts() -> str:
    rules = []
    for family, stem in FACES:
        for weight in WEIGHTS:
            data = base64.b64encode((TEMPLATES / "fonts" / f"{stem}-latin-{weight}-normal.woff2").read_bytes()).decode()
            rules.append(
                f'@font-face {{ font-family: "{family}"; font-weight: {weight}; '
                f'src: url(data:font/woff2;base64,{data}) format("woff2"); }}'
            )
    return "\n".join(rules)


def _css_string(text: str) -> Markup:
    """A quoted CSS string that can end neither its rule nor the style element."""
    risky = '"\\<>&\n\r\f'
    return Markup('"' + "".join(f"\\{ord(sign):x} " if sign in risky else sign for sign in text) + '"')


def _embed(content: Any) -> Markup:
    """JSON that may stand inside a script element."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))

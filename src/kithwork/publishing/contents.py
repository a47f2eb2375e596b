"""What belongs to an edition, of the pages in `reports/`: the editions are nested, and a folder holds one of them.

public         the report on the whole organisation, which links to nothing else
sponsor        the report with its groups, a page for each group, the chapters, the claims and the codebook
confidential   the sponsor's, and a page for each person who asked for its own
"""

from __future__ import annotations

from pathlib import Path

from kithwork import params
from kithwork.errors import Problem
from kithwork.pages import rendering
from kithwork.publishing.refusal import Refused

EDITIONS = ("public", "sponsor", "confidential")

ALONE = "public.html"
BESIDE = ("index.html", "claims.csv", "groups/*.html", "chapters/*.html")
"""Of the folder of one engagement; the public page becomes `index.html`."""

CODEBOOK = "codebook.html"

RUN = "Run `make report`."


def gathered(engagement: str, edition: str) -> dict[str, bytes]:
    """The files of one engagement by their path in the folder that is published. Raises `Refused` where one is missing."""
    reports = params.ROOT / "reports"
    if edition == "public":
        return {f"{engagement}/index.html": _read(reports / engagement, ALONE, _no_public(engagement))}
    there = reports / engagement
    names = sorted({path.relative_to(there).as_posix() for one in BESIDE for path in there.glob(one)})
    needed = ["index.html", "claims.csv", *(f"chapters/{stem}.html" for stem in rendering.STEMS.values())]
    absent = [name for name in needed if name not in names]
    if absent:
        raise Refused(Problem("is not there yet", f"reports/{engagement}/{name}", RUN) for name in absent)
    missing = Problem("is not there yet", f"reports/{CODEBOOK}", RUN)
    return {
        CODEBOOK: _read(reports, CODEBOOK, missing),
        **{f"{engagement}/{name}": _read(there, name, missing) for name in names},
    }


def _read(folder: Path, name: str, missing: Problem) -> bytes:
    path = folder / name
    if path.is_symlink():
        told = path.relative_to(params.ROOT).as_posix()
        raise Refused(Problem("is a link to another file", told, f"Remove it. {RUN}"))
    if not path.is_file():
        raise Refused(missing)
    return path.read_bytes()


def _no_public(engagement: str) -> Problem:
    do = f"{RUN} A study of fewer people than report.smallest_public has no public edition: publish none of it."
    return Problem("is not there", f"reports/{engagement}/{ALONE}", do)

"""One publication: everything is gathered and looked at first; then the folder is written, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import kithwork
from kithwork import params
from kithwork.errors import Problem, UserError
from kithwork.pages import rendering
from kithwork.pages.parsed import Parsed
from kithwork.params import Settings
from kithwork.publishing import contents, folder, freshness, gate, manifest, own, places, printing, repository
from kithwork.publishing.manifest import Manifest
from kithwork.publishing.refusal import Refused

PLACE = "<!--stale-->"
"""Where a page takes a banner."""

DRAFT = (
    '<div class="stale" role="alert"><p><b>Draft.</b> Made from a project with changes that are not committed: '
    "nobody can make these pages again.</p></div>"
)

ROBOTS = b"User-agent: *\nDisallow: /\n"


@dataclass(frozen=True)
class Published:
    """`files` of the whole folder, `engagements` in it, what the audit looked at, and what could not be made."""

    files: int
    engagements: tuple[str, ...]
    looked_at: str
    problems: list[Problem] = field(default_factory=list)


def publish(engagement: str, edition: str, to: Path, *, paper: str = "", draft: bool = False) -> Published:
    """Write an edition of an engagement's reports into a folder, beside others of that edition that lie there.

    `paper`: of a PDF, or none. `draft`: pages say that the project has changes which are not committed. Raises `Refused`,
    with everything that speaks against it that can be told at once, and `UserError` for settings at fault.
    """
    settings, to = params.stated(engagement), to.absolute().resolve()
    before = _allowed(settings, edition, to)
    state = repository.state(params.ROOT.resolve(), to)
    pages = _pages(settings, edition)
    draft = draft and state.clean is False
    if edition != "public" and state.clean is False and not draft:
        do = "Commit them and run `make report`; or add --draft, which marks every page."
        raise Refused(Problem("has changes that are not committed: nobody could make these pages again", "git", do))
    report = _parsed("index.html", pages[f"{engagement}/index.html"])
    if edition == "confidential":
        pages |= own.pages(engagement)
    if draft:
        pages = {name: _marked(name, content) for name, content in pages.items()}
    pages, problems = _with_pdf(pages, engagement, paper)
    said = _said(settings, report) | {"commit": state.commit, "clean": state.clean, "draft": draft}
    engagements = ({} if before is None else before.engagements) | {engagement: said}
    files = _whole(folder.kept(to, before, engagement) | pages, edition, dict(sorted(engagements.items())))
    looked_at = folder.put(to, files, lambda there: gate.look(there, engagement), private=edition == "confidential")
    return Published(len(files), tuple(sorted(engagements)), looked_at, problems)


def _allowed(settings: Settings, edition: str, to: Path) -> Manifest | None:
    """What was published there before, where this may be published there too."""
    over = params.past_retention(settings.name, settings.engagement)
    _refuse([*([over] if over else []), *places.problems(to, edition)])
    before = folder.former(to)
    if before is not None:
        _refuse(_unfit_to_join(before, edition, to))
    return before


def _unfit_to_join(before: Manifest, edition: str, to: Path) -> list[Problem]:
    if before.edition != edition:
        what = f"holds the {before.edition} edition: a folder holds one edition"
        return [Problem(what, str(to), "Name another folder.", edition)]
    studies = params.read().engagements
    do = "Remove the folder, and publish the other studies anew."
    return [
        Problem("holds a study that may not be kept any more", str(to), do, name)
        for name in before.engagements
        if name in studies and params.past_retention(name, studies[name])
    ]


def _pages(settings: Settings, edition: str) -> dict[str, bytes]:
    pages = contents.gathered(settings.name, edition)
    made = {name: name if edition != "public" else f"{settings.name}/{contents.ALONE}" for name in pages}
    read = [_parsed(made[name], content) for name, content in pages.items() if name.endswith(".html")]
    _refuse(freshness.problems(settings, edition, read))
    return pages


def _parsed(name: str, content: bytes) -> Parsed:
    return Parsed(name, content.decode("utf-8", errors="replace"))


def _with_pdf(pages: dict[str, bytes], engagement: str, paper: str) -> tuple[dict[str, bytes], list[Problem]]:
    if not paper:
        return pages, []
    try:
        return pages | {f"{engagement}/report.pdf": printing.printed(pages[f"{engagement}/index.html"], paper)}, []
    except UserError as error:
        return pages, error.problems


def _marked(name: str, content: bytes) -> bytes:
    return content.replace(PLACE.encode(), DRAFT.encode(), 1) if name.endswith(".html") else content


def _said(settings: Settings, report: Parsed) -> dict[str, Any]:
    """What the manifest says of an engagement."""
    study, made = settings.engagement, freshness.provenance(report)
    apart, smallest = ("Made by", "Settings", "Make it again"), report.tree.find("body").get("data-smallest", "")
    return {
        "title": study.title,
        "organisation": study.organisation,
        "synthetic": study.label,
        "smallest_group": int(smallest) if smallest.isdigit() else settings.report.smallest_group,
        "settings": made.get("Settings", ""),
        "data": {name: digest for name, digest in made.items() if name not in apart},
        "kithwork": kithwork.__version__,
    }


def _whole(pages: dict[str, bytes], edition: str, engagements: dict[str, dict]) -> dict[str, bytes]:
    """Every file of the folder: pages, the list of them, the manifest and the sums."""
    listed = [one | {"name": name, "files": _named(pages, name)} for name, one in engagements.items()]
    index = rendering.render("published.html.j2", edition=edition, studies=listed, synthetic="")
    files = pages | {"index.html": index.encode(), ".nojekyll": b"", "robots.txt": ROBOTS}
    described = {manifest.listed_as(name): manifest.described(files[name]) for name in sorted(files)}
    files[manifest.NAME] = manifest.text(Manifest(edition, engagements, described))
    return files | {manifest.SUMS: manifest.sums(files)}


def _named(pages: dict[str, bytes], engagement: str) -> list[str]:
    return sorted(name.removeprefix(f"{engagement}/") for name in pages if name.startswith(f"{engagement}/"))


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Refused(problems)

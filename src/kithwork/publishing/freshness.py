"""Whether pages are those of the last run, and of the edition asked for: older ones are not published."""

from __future__ import annotations

from collections.abc import Iterable

from kithwork.errors import Problem
from kithwork.pages.parsed import KINDS, Parsed
from kithwork.params import Settings
from kithwork.publishing import recorded
from kithwork.publishing.contents import RUN

STALE = "//div[@role='alert'][contains(concat(' ', @class, ' '), ' stale ')]"
"""The banner on pages of an older run."""


def problems(settings: Settings, edition: str, pages: Iterable[Parsed]) -> list[Problem]:
    """What shows that one of the pages, named by their path in the folder, should be made anew first."""
    found = []
    for page in pages:
        place = f"reports/{page.name}"
        if not _is_one(page):
            found.append(Problem("is no page of kithwork", place, RUN))
        elif page.tree.xpath(STALE):
            found.append(Problem("is stale: a newer run was started and has not finished", place, RUN))
        elif page.kind == "report":
            found += [*_of_another_edition(page, edition, place), *_older(page, settings, place)]
    return found + _changed(settings.name)


def _changed(engagement: str) -> list[Problem]:
    """The raw folder by itself, as a person may have opted out since; all else in one."""
    raw, found = f"data/raw/{engagement}", recorded.changed(engagement)
    others = [path for path in found if path != raw]
    told = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    what = "is not as the last run read it: a change, or somebody's opt-out, is not on the pages"
    problems = [Problem(what, raw, RUN)] if raw in found else []
    return problems + ([Problem("tells of a run since which files were changed", "dvc.lock", RUN, told)] if others else [])


def provenance(page: Parsed) -> dict[str, str]:
    """What a report says that it was made from; nothing where it does not say."""
    try:
        said = page.data("provenance")
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _is_one(page: Parsed) -> bool:
    from lxml.etree import ParserError

    try:
        return page.kind in KINDS
    except (ParserError, AttributeError):  # nothing in it, or no body
        return False


def _of_another_edition(page: Parsed, edition: str, place: str) -> list[Problem]:
    meant = "public" if edition == "public" else "sponsor"
    said = page.tree.find("body").get("data-edition", "")
    return [] if said == meant else [Problem(f"is not the {meant} edition", place, RUN, said)]


def _older(page: Parsed, settings: Settings, place: str) -> list[Problem]:
    said, now = provenance(page), _now(settings)
    if not said:
        return [Problem("does not say what it was made from", place, RUN)]
    older = [name for name, digest in now.items() if said.get(name) != digest]
    return [Problem("is older than what it was made from", place, RUN, ", ".join(older))] if older else []


def _now(settings: Settings) -> dict[str, str]:
    """What a report made now would say, as far as the files are there."""
    from kithwork.report import origins, page

    try:
        files = origins.origins(settings)
    except OSError:
        files = {}
    return page.made_with(settings) | files

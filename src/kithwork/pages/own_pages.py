"""Pages of people: one for each who asked for it, under a name that nobody can guess, and that nothing links to.

The list of which page is whose lies in data/review/<engagement>/own_pages.csv, readable by its owner only, so that the
analyst can send each person theirs. It never lies beside the pages. Whoever is given their folder whole, or a list of its
files, can open them all: they go out one by one, each to its person.
"""

from __future__ import annotations

from pathlib import Path

from kithwork import lists, params, store
from kithwork.errors import Problem, UserError
from kithwork.pages import ledger, rendering

FOLDER = "own"
"""Where pages of people lie in the folder of an edition."""
LIST = "own_pages"
"""The list of whose they are, in data/review/<engagement>/."""


def write(engagement: str, folder: Path) -> list[tuple[str, str]]:
    """Write `own/<name>.html` into the folder of the confidential edition for everybody who asked for a page, and the list
    of whose they are; returns name and pseudonym, in the order of names.

    Pages and list of an earlier run are removed first, even where this one ends in an error: they may be of somebody who
    has withdrawn since. Raises `UserError` where a page may not be made, the key is not that of the run, or tables were
    made by another version.
    """
    import pandas as pd

    from kithwork import cleaning
    from kithwork.cleaning.identities import page_names
    from kithwork.report import own

    for path in sorted((folder / FOLDER).glob("*.html")):
        path.unlink()
    lists.discard((LIST,), engagement)
    settings = params.load(engagement)
    known = own.everybody(_tables(own.TABLES, engagement), settings)
    if not known.asked:
        return []
    name = page_names(settings)
    listed = cleaning.named(settings).set_index("person_id")
    if not {*known.asked} <= {*listed.index}:
        do = "Use the key that the run used (KITHWORK_KEY_FILE), or run `make report` again."
        raise UserError(Problem("has people who are not on its staff list", f"data/clean/{engagement}", do))
    made = sorted((name(person_id), person_id) for person_id in known.asked)
    for token, person_id in made:
        rendering.write(folder / FOLDER / f"{token}.html", rendered(own.own_page(person_id, known)))
    rows = pd.DataFrame(made, columns=["page", "person_id"])
    rows = rows.assign(
        page=FOLDER + "/" + rows["page"] + ".html",
        person=rows["person_id"].map(listed["person"]),
        name=rows["person_id"].map(listed["name"]),
    )
    lists.review(LIST, rows.sort_values("person", kind="stable")[["person", "name", "page"]], engagement)
    return made


def rendered(page: dict) -> str:
    """One page of `report.own.own_page` as HTML, with those of its claims that it prints."""
    contents = [
        {"id": section["id"], "no": number, "text": section["topic"]}
        for number, section in enumerate(page["sections"], start=1)
    ]
    shown = ledger.shown_in((section["html"] for section in page["sections"]), page["claims"])
    return rendering.render(
        "own.html.j2", page=page, contents=contents, ledger=ledger.packed(shown), synthetic=page["synthetic"]
    )


def _tables(names: tuple[str, ...], engagement: str) -> dict:
    try:
        return {name: store.load(name, engagement) for name in names}
    except FileNotFoundError as error:
        raise UserError(Problem("has not been studied yet", f"data/people/{engagement}", "Run `make report`.")) from error

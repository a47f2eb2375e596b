"""Where an edition may not go: what is not for everybody must not lie where a push or a workflow would show it.

GitHub Pages are usually public even where the repository is private, and so are the Pages of other hosts. Inside a work
tree an edition that is not public may therefore lie in a folder alone that git ignores and no Pages are made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kithwork import params
from kithwork.errors import Problem
from kithwork.publishing import manifest, repository

OFTEN_PAGES = frozenset(("docs", "public", "site", "_site", "gh-pages"))
"""Folders of a repository that Pages are usually made from."""

MAKES_PAGES = re.compile(r"deploy-pages|upload-pages-artifact|actions-gh-pages|github-pages-deploy|gh-pages|^pages:", re.M)
TAKES = re.compile(r"^\s*(?:path|publish_dir|folder|publish):\s*['\"]?(?:\./)?([^'\"#\s]*)", re.M)
"""The folders that a workflow names."""

WORKFLOWS = (".github/workflows/*.yml", ".github/workflows/*.yaml", ".gitlab-ci.yml")

PUBLIC_ANYWAY = "GitHub Pages are usually public even where the repository is private."
OUTSIDE = "Name a folder outside of the repository, or one that git ignores and no Pages are made from."


def problems(folder: Path, edition: str) -> list[Problem]:
    """What speaks against this folder, made or not (an absolute path), for this edition."""
    told = str(folder)
    if not folder.name:
        return [Problem("is the root of the machine, not a folder of its own", told, "Name a new or empty folder.")]
    if any(folder.is_relative_to(params.ROOT.resolve() / name) for name in ("data", "reports", "build")):
        return [Problem("is a folder that the pipeline writes", told, "Name another one.")]
    for above in folder.parents:
        if (above / manifest.NAME).is_file() and (other := manifest.read(above)):
            what = f"lies inside a folder that is published already ({other.edition})"
            return [Problem(what, told, "Name a folder outside of it.", str(above))]
    if edition == "public" or (tree := repository.top(folder)) is None:
        return []
    return list(_of_a_work_tree(tree, folder, edition))[:1]


def _of_a_work_tree(tree: Path, folder: Path, edition: str) -> Iterator[Problem]:
    told, inside = str(folder), folder.relative_to(tree)
    do = f"{PUBLIC_ANYWAY} {OUTSIDE}"
    names = {part.casefold() for part in inside.parts}
    if found := sorted(names & OFTEN_PAGES) or [name for name in (repository.branch(tree),) if name in OFTEN_PAGES]:
        yield Problem(
            f"looks like a folder that Pages are made from; the {edition} edition is not public", told, do, found[0]
        )
    for workflow in sorted(path for pattern in WORKFLOWS for path in tree.glob(pattern)):
        text = workflow.read_text(encoding="utf-8", errors="replace")
        if MAKES_PAGES.search(text) and any(_covers(tree, name, folder) for name in TAKES.findall(text)):
            name = workflow.relative_to(tree).as_posix()
            yield Problem(f"is what a workflow makes Pages from; the {edition} edition is not public", told, do, name)
    if repository.takes_up(tree, folder):
        yield Problem(
            f"lies where git would take it up; the {edition} edition is not for all who read the repository", told, do
        )


def _covers(tree: Path, name: str, folder: Path) -> bool:
    return folder.is_relative_to((tree / name.strip("/")).resolve()) if not name.startswith("$") else False

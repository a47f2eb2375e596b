"""The studies that a run is asked for, and those that have nothing to run on yet."""

from __future__ import annotations

from collections.abc import Iterable

from kithwork import store
from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Params


def chosen(asked: Params, names: Iterable[str]) -> list[str]:
    """The studies named, or all, in the order of params.yaml. Raises `UserError` with the nearest spelling of each name
    that is none.
    """
    wanted = list(names)
    unknown = [name for name in dict.fromkeys(wanted) if name not in asked.engagements]
    if unknown:
        known = asked.engagements
        raise UserError(Problem("has no such study", "params.yaml", nearest(name, known), name) for name in unknown)
    return [name for name in asked.engagements if not wanted or name in wanted]


def lacking(asked: Params, name: str) -> Problem | None:
    """What a study lacks before anything of it can run: a folder with its files, or a word on which file is which."""
    folder = f"data/raw/{name}"
    if name in asked.simulations:
        return None
    if not store.raw(name).is_dir():
        do = "Make it and put the client's files there, or take the engagement out of params.yaml."
        return Problem("is missing", folder, do)
    if not asked.engagements[name].sources:
        do = f"Put the client's files into {folder}; `kithwork map {name}` says which is which."
        return Problem("has no sources yet", "params.yaml", do, column=f"engagements.{name}.sources")
    return None

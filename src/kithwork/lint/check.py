"""What a check is: one promise about a page, a name, and the faults where the promise is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

from kithwork.lint.site import Site
from kithwork.pages.fault import Fault
from kithwork.pages.parsed import Parsed

Check = Callable[[Parsed, Site], Iterator[Fault]]
"""A check; its docstring is its promise, its `__name__` its name."""

Look = Callable[[Parsed, Site], Iterator[tuple[str, str]]]
"""What a check is written as: it yields what was found, and the remedy."""

SECTIONED = ("report", "group")
"""Kinds of page that are made of sections and figures about an organisation."""


def check(*kinds: str) -> Callable[[Look], Check]:
    """A check of pages of these kinds, or of all where none is named."""

    def made(look: Look) -> Check:
        @wraps(look)
        def run(page: Parsed, site: Site) -> Iterator[Fault]:
            if not kinds or page.kind in kinds:
                name = look.__name__.replace("_", " ")
                yield from (Fault(name, page.name, found, remedy) for found, remedy in look(page, site))

        return run

    return made

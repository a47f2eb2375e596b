"""The linter bites: every check has a seeded fault that it finds, and that no other check finds."""

from __future__ import annotations

import inspect

import finished
import pytest
import seeded

from kithwork.lint.checks import CHECKS, faults


def found(**changed: str) -> dict[str, set[str]]:
    """The names of the checks that report, by page; only changed pages are looked at where any is."""
    site = finished.site(**changed)
    pages = [site.pages[name] for name in changed or site.pages]
    return {page.name: {fault.check.replace(" ", "_") for fault in faults(page, site)} for page in pages}


def test_finished_pages_have_no_fault():
    """What is without fault is told to be: no check cries over pages as the package makes them."""
    assert {name: names for name, names in found().items() if names} == {}


def test_every_check_has_a_seeded_fault_and_a_promise():
    """No check stands that nothing shows to bite; each says in a docstring what it promises; no seed is for another."""
    assert {seed.check for seed in seeded.SEEDS} == set(CHECKS)
    assert all(inspect.getdoc(check) for check in CHECKS.values())


@pytest.mark.parametrize("seed", seeded.SEEDS, ids=lambda seed: seed.check)
def test_seeded_fault_is_found_by_its_check_alone(seed):
    """The fault is reported by the check that is meant to, and by no other."""
    source = finished.pages()[seed.page]
    spoilt = seed.harm(source)
    assert spoilt != source
    assert found(**{seed.page: spoilt}) == {seed.page: {seed.check}}

"""What benchmarks are about: the page lists them by theme, and those of none that is named last."""

from __future__ import annotations

THEMES = {
    "Events": ("endtoend", "events", "months", "contact", "workers"),
    "Reading and cleaning": ("readers", "fuzz", "dirt", "identities", "careless", "likeness", "simulation"),
    "Graphs": ("network", "largegraph", "news", "onapeers", "missing"),
    "Ties and people": ("kinds", "labelled", "difficulty", "volunteers", "portfolios", "segments"),
    "Change": ("diffusion", "seeding", "thresholds", "peers", "readiness", "coverage"),
    "Market": ("market", "topics", "trends", "sightings", "signals", "roles"),
    "Statistics": ("bootstrap", "scales", "recovery", "values"),
    "Privacy": ("audit", "gate", "redaction"),
    "Pages": ("pages", "browser", "lint"),
    "People’s time": ("newcomer", "startup", "calls", "lab", "overhead"),
    "Faults": ("interruption", "faults"),
    "Determinism": ("processors",),
}
"""Benchmarks by theme, in the order of the page."""

OTHERS = "Others"


def by_theme(names: list[str]) -> dict[str, list[str]]:
    """These benchmarks by theme, none left out."""
    listed = {theme: [name for name in held if name in names] for theme, held in THEMES.items()}
    known = {name for held in THEMES.values() for name in held}
    listed[OTHERS] = [name for name in names if name not in known]
    return {theme: held for theme, held in listed.items() if held}

"""A synthetic organisation of forty people, made for the tests: no line of it describes anybody.

It brings every source the toolkit reads. Five units of 12, 11, 9, 5 and 3 people, so that the gate has something to hold
back; directed nominations with ties to outside parties, and what is said of each one named; timed contacts; answers to
every item; a register of ideas; comments with planted e-mail addresses, telephone numbers and ids. Every raw id starts with
`synthetic`, so that a leak is easy to find.
"""

from __future__ import annotations

import copy
import csv
import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

from kithwork.claims import pair_of
from kithwork.errors import UserError
from kithwork.params import Params, Settings
from kithwork.readers.parts.rows import Rows
from kithwork.release import Released, release
from kithwork.report.section import Facts
from kithwork.tables import CLAIMS, INDICATORS, INTAKE, LIMITS, PEOPLE

HOME = Path(__file__).resolve().parents[1]
"""The project's folder."""

CHAPTERS = ("1_clean", "2_ties", "3_people", "4_values", "5_market", "6_change", "7_report")
UNITS = {"Alpha": 12, "Beta": 11, "Gamma": 9, "Delta": 5, "Epsilon": 3}
ROLES = ("engineer", "designer", "planner")
PARTIES = {"customer": 3, "supplier": 2, "regulator": 1, "competitor": 1}
RELATIONS = ("work", "friend", "learn")
ITEMS = [
    *(f"V{number}{letter}" for number in range(1, 11) for letter in "abc"),
    *(f"C{a}{i}" for a in "CE" for i in (1, 2, 3)),
    *("AW", "DE", "KN", "AB", "RE", "PE3"),
    *(f"PS{i}" for i in (1, 2, 3, 4)),
]
SIGNS = {
    "personal": {"friend": [0.75, 0.95], "any": [0.0, 0.1]},
    "functional": {"work": [0.8, 1.0], "same_unit": [0.2, 0.5], "strong_contact": [0.1, 0.3], "any": [0.0, 0.1]},
    "strategic": {"learn": [0.5, 0.8], "crosses_unit": [0.1, 0.4], "bridges": [0.1, 0.4], "any": [0.0, 0.05]},
}
DERIVED_SIGNS = {"functional": {"same_unit": [0.5, 0.9]}, "strategic": {"crosses_unit": [0.1, 0.4]}}


def committed() -> dict:
    """The project's own params.yaml, as plain data."""
    return copy.deepcopy(_parsed(HOME / "params.yaml"))


@cache
def _parsed(path: Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def key(root: Path) -> Path:
    """The key file of a project folder, made beside it where it is not there."""
    path = root.with_name(f"{root.name}.key")
    if not path.exists():
        path.write_text("synthetic key of the tests, 32 characters or more", encoding="utf-8")
        path.chmod(0o600)
    return path


def person(number: int) -> str:
    """The raw id of one synthetic person."""
    return f"synthetic-person-{number:02d}"


def units(sizes: dict[str, int] = UNITS) -> list[str]:
    """The unit of each person."""
    return [unit for unit, size in sizes.items() for _ in range(size)]


def tables(seed: int = 7, sizes: dict[str, int] = UNITS) -> dict[str, list[dict[str, str]]]:
    """Every source of the synthetic engagement as rows of text."""
    rng = np.random.default_rng(seed)
    unit = units(sizes)
    people = [person(i) for i in range(len(unit))]
    parties = [(f"synthetic-party-{kind}-{i}", kind) for kind, many in PARTIES.items() for i in range(many)]
    staff = [
        {
            "person": people[i],
            "unit": unit[i],
            "role": ROLES[int(rng.integers(len(ROLES)))],
            "site": "North" if i % 2 else "South",
            "manager": people[unit.index(unit[i])] if unit.index(unit[i]) != i else "",
            "tenure_months": str(int(rng.integers(1, 200))),
        }
        for i in range(len(unit))
    ]
    nominations, contacts = [], []
    for i, ego in enumerate(people):
        for j, alter in enumerate(people):
            if i == j:
                continue
            near = unit[i] == unit[j]
            for relation, within, across in zip(RELATIONS, (0.2, 0.08, 0.05), (0.012, 0.008, 0.012), strict=True):
                if rng.random() < (within if near else across):
                    nominations.append({"ego": ego, "alter": alter, "relation": relation})
            if i < j and rng.random() < (0.25 if near else 0.02):
                when = f"2026-0{rng.integers(1, 10)}-{rng.integers(10, 29)}T{rng.integers(10, 19)}:00:00Z"
                contacts.append(
                    {"ego": ego, "alter": alter, "channel": "meeting", "at": when, "minutes": str(int(rng.integers(5, 90)))}
                )
    for i in range(0, len(people), 3):
        party = parties[int(rng.integers(len(parties) - 1))][0]  # nobody names the competitor, the last party: a blind spot
        nominations.append({"ego": people[i], "alter": party, "relation": "learn"})
    interpreters = [
        {"ego": ego, "alter": alter, "question": question, "value": str(int(rng.integers(1, top + 1)))}
        for ego, alter in sorted({(row["ego"], row["alter"]) for row in nominations})
        for question, top in (("T2", 5), ("T6", 5), ("T8", 4), ("T9", 3))
    ]
    answers = [
        {"person": ego, "item": item, "value": str(int(np.clip(usual + rng.integers(-1, 2), 1, 5)))}
        for ego, usual in zip(people[:-2], np.random.default_rng(1).integers(2, 6, len(people)), strict=False)
        for item in ITEMS
    ]
    comments = [
        {
            "person": people[i],
            "prompt": "What did you hear outside?",
            "text": f"Ask {people[i + 1].upper()} or write to {people[i + 2]}@example.org, phone +45 20 30 40 {i:02d}.",
        }
        for i in range(8)
    ]
    outcomes = [{"person": people[i], "outcome": "adopted", "at": "2026-05-01"} for i in range(6)]
    opportunities = [
        {
            "opportunity": f"idea-{i:02d}",
            "kind": ("product", "cost", "process")[i % 3],
            "problem": f"problem-{i % 7}",
            "person": people[i],
            "party": parties[i % 3][0],
            "raised": f"2026-0{1 + i % 3}-{10 + i % 15}",
            "tested": f"2026-0{3 + i % 4}-{12 + i % 15}" if i % 2 else "",
            "dropped": f"2026-07-{10 + i % 15}" if i % 5 == 0 else "",
            "expected": str(1000 * (1 + i % 6)),
            "realised": str(300 * (i % 4)),
        }
        for i in range(24)
    ]
    opportunities.append(
        opportunities[1] | {"opportunity": "idea-late", "raised": "2026-12-20", "tested": "", "dropped": ""}
    )
    return {
        "staff": staff,
        "parties": [{"party": party, "kind": kind, "segment": "north"} for party, kind in parties],
        "nominations": nominations,
        "interpreters": interpreters,
        "answers": answers,
        "comments": comments,
        "interactions": contacts,
        "outcomes": outcomes,
        "opportunities": opportunities,
    }


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Rows as a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def settings_of(sources: dict, signs: dict, engagement: dict | None = None, **changes: dict) -> dict:
    """A params.yaml for one synthetic engagement: the committed one with few resamples.

    `engagement` overrides single entries of the engagement; `changes` go section by section.
    """
    content = committed()
    content["ties"]["draws"] = 100
    content["people"] |= {"resamples": 20, "most_segments": 1}
    content["values"] |= {"resamples": 200}
    content["change"] |= {"resamples": 200, "permutations": 199, "worlds": 100}
    for section, values in changes.items():
        content[section] |= values
    content["simulations"] = {}
    content["engagements"] = {
        "synthetic": {
            "title": "A synthetic organisation",
            "organisation": "Nobody Ltd (synthetic)",
            "group_word": "unit",
            "fieldwork": "Drawn from a random number generator.",
            "purposes": {source: f"To try {source}." for source in (engagement or {}).get("sources", sources)},
            "retention": "2099-12-31",
            "terms": "Synthetic; no person is described.",
            "sources": sources,
            "signs": signs,
            **(engagement or {}),
        }
    }
    return content


def build(root: Path, rows: dict[str, list[dict[str, str]]], signs: dict, **changes: dict) -> None:
    """A project folder with one synthetic engagement: params.yaml and its raw files; `changes` as in `settings_of`."""
    for source, lines in rows.items():
        write(root / "data" / "raw" / "synthetic" / f"{source}.csv", lines)
    sources = {source: {"file": f"{source}.csv"} for source in rows}
    text = yaml.safe_dump(settings_of(sources, signs, **changes), sort_keys=False)
    (root / "params.yaml").write_text(text, encoding="utf-8")


def run_chapters(engagement: str = "synthetic", chapters: tuple[str, ...] = CHAPTERS) -> dict[str, dict]:
    """Runs the code cells of the notebooks, in order and without a kernel; returns each chapter's variables by name."""
    import matplotlib as mpl

    mpl.use("agg")
    import matplotlib.pyplot as plt

    spaces = {}
    for chapter in chapters:
        notebook = json.loads((HOME / "notebooks" / f"{chapter}.ipynb").read_text(encoding="utf-8"))
        space: dict = {}
        for at, cell in enumerate(notebook["cells"]):
            if cell["cell_type"] != "code":
                continue
            if "parameters" in cell["metadata"].get("tags", []):
                space["engagement"] = engagement
                continue
            exec(compile("".join(cell["source"]), f"{chapter}.ipynb cell {at + 1}", "exec"), space)
        plt.close("all")
        spaces[chapter] = space
    return spaces


def settings(signs: dict | None = None, engagement: dict | None = None, **changes: dict) -> Settings:
    """The settings of a synthetic engagement without any file; `engagement` and `changes` override single entries."""
    content = settings_of({"staff": {"file": "staff.csv"}}, SIGNS if signs is None else signs, engagement, **changes)
    checked = Params.model_validate(content)
    shared = {name: getattr(checked, name) for name in Settings.model_fields if name not in ("name", "engagement")}
    return Settings(name="synthetic", engagement=checked.engagements["synthetic"], **shared)


def staff(units: list[str | None], **columns: list) -> pd.DataFrame:
    """A `people` table of persons p000, p001 … with these units; `columns` add role, site and the like."""
    frame = pd.DataFrame({"person_id": [f"p{i:03d}" for i in range(len(units))], "unit": units, **columns})
    return PEOPLE.checked(frame.assign(**{name: None for name in PEOPLE.columns if name not in frame}))


def ties(pairs: Iterable[tuple[int, int]], **columns: object) -> pd.DataFrame:
    """A frame of ties between persons by number, smaller number first; `columns` add what a test needs."""
    ordered = sorted({(min(a, b), max(a, b)) for a, b in pairs})
    frame = pd.DataFrame([(f"p{a:03d}", f"p{b:03d}") for a, b in ordered], columns=["a_id", "b_id"], dtype="str")
    return frame.assign(**({"strength": 1.0} | columns))


def claim(name: str, estimate: float = 50.0, low: float | None = None, high: float | None = None, **changes) -> dict:
    """One row of the `claims` table; id, measure and stage follow from `name`, group from `changes`."""
    group, other = changes.get("group"), changes.get("other")
    row = {
        "id": name if group is None else f"{name}.{pair_of(group, other)}",
        "measure": name,
        "label": "Share of people who answered",
        "scope": "organisation" if group is None else "group",
        "group": None,
        "other": None,
        "estimate": estimate,
        "low": estimate if low is None else low,
        "high": estimate if high is None else high,
        "n": 40,
        "people": changes.get("n", 40),
        "other_people": None,
        "unit": "%",
        "reference": None,
        "reference_label": None,
        "method": "Counted",
        "largest": None,
        "basis": None,
        "stage": name.split(".")[0],
    }
    return row | changes


def released(*rows: dict, smallest_group: int = 5) -> Released:
    """What the gate lets through of these claims."""
    return release(pd.DataFrame(list(rows), columns=list(CLAIMS.columns)), smallest_group)


def facts(
    intake: pd.DataFrame | None = None,
    indicators: pd.DataFrame | None = None,
    limits: tuple[str, ...] = (),
    of_values: dict[str, pd.DataFrame] | None = None,
    **changes,
) -> Facts:
    """Facts about a synthetic study; `limits` are sentences, `of_values` further tables, `changes` go to `settings`."""
    intake = INTAKE.empty() if intake is None else intake
    indicators = INDICATORS.empty() if indicators is None else indicators
    told = (
        LIMITS.checked(pd.DataFrame({"number": range(1, len(limits) + 1), "text": list(limits)}))
        if limits
        else LIMITS.empty()
    )
    return Facts(settings(**changes), intake, indicators, told, {"Made by": "the tests"}, **(of_values or {}))


def rows_or_one_error(read: Callable[[], Rows]) -> Rows | None:
    """What a reader returns, or nothing where it refuses: then each problem says what, where and what to do."""
    problems, found = [], None
    try:
        found = read()
    except UserError as error:
        problems = error.problems
    assert (found is None) == bool(problems)
    assert all(problem.what and problem.do and problem.file for problem in problems)
    return found

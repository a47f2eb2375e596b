"""Studies made by hand in which the sentences of the report take one branch or another: claims, tables and edition."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
from changed import peers, reach, readiness, ways
from marketed import cell, market, of_signal, of_topic, signal, topic, trend
from scored import scored
from synthetic import claim, facts, released

from kithwork.release import Edition, Released, release
from kithwork.report import grades
from kithwork.report.section import Facts
from kithwork.setting import KINDS
from kithwork.tables import CLAIMS

UNITS = ("Alpha", "Beta", "Gamma")
FIRST = "random"
SURVEY = ("staff", "nominations", "answers")
RECORDS = ("staff", "interactions")
INDEX = {"unit": "index"}


def ties(basis: str = "assumed", strategic: float = 12, half: float = 3) -> list[dict]:
    """Everybody's ties, the kinds they are of, what stays open, and what the network is like as a whole."""
    shares = {"personal": 30, "functional": 55, "strategic": strategic}
    rows = [claim("ties.connected", 96, 92, 98, n=60), claim("ties.per_person", 7, 6, 8, unit="people", n=60)]
    rows += [claim(f"people.share_{kind}", at, at - half, at + half, n=60) for kind, at in shares.items()]
    rows += [claim(f"ties.open_{kind}", 24, 20, 28, basis=basis, n=200, people=60) for kind in KINDS]
    rows += [
        claim("people.network_modularity", 0.45, 0.41, 0.48, reference=0.32, reference_label="ties rewired", n=60, **INDEX),
        claim("people.network_core", 0.07, 0.01, 0.13, reference=0.05, reference_label="ties rewired", n=60, **INDEX),
    ]
    return rows


def grouped(*units: str, strategic: dict[str, float] | None = None, size: int = 20) -> list[dict]:
    """What is told of each group: ties, shares, openness, brokerage."""
    rows = []
    for unit in units:
        at = (strategic or {}).get(unit, 12)
        about = {"group": unit, "n": size}
        rows.append(claim("ties.connected", 95, 80, 99, **about))
        rows.append(claim("ties.per_person", 7, 5, 9, unit="people", **about))
        rows += [claim(f"people.share_{kind}", 30, 24, 36, **about) for kind in ("personal", "functional")]
        rows.append(claim("people.share_strategic", at, at - 5, at + 5, **about))
        rows.append(claim("people.e_i", 0.1, -0.1, 0.3, reference=0.7, reference_label="sizes alone", **INDEX, **about))
        rows.append(claim("people.brokered", 30, 25, 35, reference=33.0, reference_label="its share", **about))
    return rows


def paired(apart: bool) -> list[dict]:
    """Pairs of the three groups; where `apart`, one of them is tied less than chance would give."""
    pairs = [(a, b) for i, a in enumerate(UNITS) for b in UNITS[i:]]
    beside = {"unit": "times", "reference": 1.0, "other_people": 20, "n": 20}
    return [
        claim("people.between", *((0.4, 0.2, 0.7) if apart and a != b else (1.0, 0.7, 1.4)), group=a, other=b, **beside)
        for a, b in pairs
    ]


def segments(found: bool, repeats: float = 0.85) -> list[dict]:
    """People in segments, or none that are stable; `repeats`: how often each is found again."""
    stability = (0.8, 0.75, 0.86) if found else (0.3, 0.1, 0.6)
    rows = [claim("people.stability", *stability, reference=0.5, reference_label="one group", n=60, **INDEX)]
    for name in ("Hub", "Specialist") if found else ():
        about = {"group": name, "scope": "segment", "n": 30}
        rows.append(claim("people.segment_share", 50, 40, 60, **about))
        rows.append(claim("people.segment_stability", repeats, repeats - 0.1, repeats + 0.1, **INDEX, **about))
        rows.append(claim("people.segment_membership", 80, 70, 90, **about))
        rows += [claim(f"people.segment_{kind}", 33, 28, 38, **about) for kind in KINDS]
    return rows


def answered(of_all: float = 82, **of_groups: float) -> list[dict]:
    """How many of those asked answered."""
    rows = [claim("clean.responded", of_all, of_all - 5, of_all + 5, n=60)]
    return rows + [
        claim("clean.responded", at, at - 15, min(at + 15, 100), group=unit, n=20) for unit, at in of_groups.items()
    ]


def ready(*middles: float) -> list[dict]:
    """Readiness of the whole and of the three groups, beside the threshold of 60, and how far a start in each goes."""
    whole = readiness(sum(middles) / len(middles), n=60)
    groups = [readiness(at, group=unit, n=20) for unit, at in zip(UNITS, middles, strict=False)]
    return [whole, *groups, *(reach(unit, 1.0) | {"n": 20, "people": 20} for unit in UNITS[: len(middles)])]


def study(
    *rows: dict,
    lying: dict[str, str] | None = None,
    moved: dict[str, float] | None = None,
    sources: tuple[str, ...] = SURVEY,
    about_market: dict | None = None,
    edition: Edition = Edition.SPONSOR,
    smallest_group: int = 5,
) -> tuple[Released, Facts]:
    """What the gate lets through, and the facts beside it."""
    of_values, about = scored(lying or {}, moved=moved)
    known = {row["id"] for row in rows}
    values = [row for row in of_values.claims.to_dict("records") if row["id"] not in known]
    frame = pd.DataFrame([*rows, *values], columns=list(CLAIMS.columns))
    engagement = {"sources": {one: {"file": "survey.csv" if one in grades.ASKED else f"{one}.csv"} for one in sources}}
    whole = facts(indicators=about.indicators, engagement=engagement)
    whole = replace(whole, standardised=about.standardised, changes=about.changes, market=market(**(about_market or {})))
    return (release(frame, smallest_group, edition) if len(frame) else released()), whole


CROSSING = "strategic_perspective.boundary_crossing"
BESIDE = {"reference": 0.7, "reference_label": "sizes alone", "n": 60}
WITHIN = claim(f"values.{CROSSING}", 0.1, 0.05, 0.15, **BESIDE, **INDEX)
ACROSS = claim(f"values.{CROSSING}", 0.85, 0.8, 0.9, **BESIDE, **INDEX)
EVEN = claim(f"values.{CROSSING}", 0.7, 0.6, 0.8, **BESIDE, **INDEX)
LYING = {
    CROSSING: "worse", "influence.reach_across": "worse", "influence.as_answered": "alone",
    "learning.two_step_reach": "better",
}  # fmt: skip
MARKET = {
    "topics": [topic(1, "Heat pumps"), topic(2, "Rules")],
    "trends": [trend(1), trend(2, "no trend")],
    "signals": [signal(1)],
    "market_cells": [cell(), cell("supplier", blind=True)],
}
HEARD = [
    claim("market.topics", 2, 2, 2, unit="count", n=60), *of_topic(1), *of_topic(2, rise=None), *of_signal(1),
    claim("market.blind_spots", 25, 10, 50, n=4, people=60),
    claim("market.earlier.strategic", 58, 55, 61, reference=50.0, n=60),
]  # fmt: skip
MADE = [*ties(), *grouped(*UNITS)]
ASKED = [*MADE, *paired(True), *segments(False), *answered(), WITHIN]
ALL = [*ASKED, *ready(75, 72, 74)]

BRANCHES = {
    "all_ready": lambda: study(*ALL, lying=LYING),
    "none_ready": lambda: study(*ASKED, *ready(45, 44, 46), lying=LYING),
    "some_ready": lambda: study(*ASKED, *ready(75, 45, 60), lying=LYING),
    "no_gaps": lambda: study(*MADE, *paired(False), EVEN, lying={CROSSING: "neither"}),
    "a_group_stands_out": lambda: study(
        *ties(), *grouped(*UNITS, strategic={"Beta": 40}), ACROSS, lying={CROSSING: "better"}
    ),
    "groups_differ": lambda: study(*ties(), *grouped(*UNITS, strategic={"Alpha": 40, "Beta": 41, "Gamma": 12})),
    "segments_found": lambda: study(*ties(half=6), *segments(True)),
    "segments_seldom": lambda: study(*ties(), *segments(True, repeats=0.5)),
    "nothing_answered": lambda: study(*ties(), *grouped(*UNITS), WITHIN, sources=RECORDS, lying={CROSSING: "worse"}),
    "too_few_answered": lambda: study(*MADE, *answered(31, Alpha=20, Beta=40), *ready(75, 72, 74), WITHIN),
    "few_answered_in_a_group": lambda: study(*MADE, *answered(65, Alpha=50, Beta=72, Gamma=70), WITHIN),
    "no_groups": lambda: study(*ties(), *segments(False), *answered(), readiness(75, n=60), WITHIN, lying=LYING),
    "one_group": lambda: study(*ties(), *grouped("Alpha"), *ready(75), WITHIN),
    "groups_held_back": lambda: study(*ties(), *grouped(*UNITS, size=4), WITHIN),
    "public": lambda: study(*ALL, *HEARD, lying=LYING, edition=Edition.PUBLIC, smallest_group=20),
    "a_wave_before": lambda: study(*ties(), lying=LYING, moved={"influence.as_answered": 8.0}),
    "a_wave_before_fell": lambda: study(*ties(), lying=LYING, moved={"influence.as_answered": -8.0}),
    "market": lambda: study(*ties(), *HEARD, about_market=MARKET, sources=(*SURVEY, "comments")),
    "a_start_is_ahead": lambda: study(*ties(), *ready(75, 45, 60), *ways({FIRST: 0, "teams": 8}), peers("found")),
    "no_start_is_ahead": lambda: study(*ties(), *ready(45, 44, 46), *ways({FIRST: 0, "teams": 1}), peers("not found")),
    "starts_alone": lambda: study(*ties(), *ways({FIRST: 0, "teams": 8, "placed": 7}), sources=RECORDS),
    "one_start": lambda: study(*ties(), *ways({FIRST: 0}), sources=RECORDS),
    "held_back_at_a_stage": lambda: study(
        *ties(), *ready(45, 44, 46), claim("change.passed.KN", 40, 35, 45, n=60),
        *(claim("change.holds.KN", 90, 80, 99, group=unit, n=20) for unit in UNITS),
    ),
    "told_by_answers": lambda: study(*ties("estimated"), *grouped(*UNITS), WITHIN),
    "ranks_open": lambda: study(*ties(strategic=30, half=20)),
    "no_kinds": lambda: study(*ties()[:2], *grouped()),
    "nothing": lambda: study(),
}  # fmt: skip
"""By name, what makes the claims and facts of a branch."""

"""Limits for the findings: each sentence stands where its figure does, and says no more than it."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import claim

from kithwork.cleaning.claims import CAREFUL
from kithwork.cleaning.limits import limits, told
from kithwork.tables import CLAIMS, TABLES

MONDAY = pd.Timestamp("2026-01-05", tz="UTC")
ASKED = {"grouping": "all", "group": ""}
SIGNS_SEEN = dict.fromkeys(("longest_run", "spread", "repeated", "distance_p", "consistency"), 1.0)
SIGNS_SEEN |= {"seconds_per_answer": 9.0, "attention": 1.0, "twins": 0}
FLAGGED = {"careless": [{"flagged": True, **SIGNS_SEEN}]}
FAIR = {"response": [ASKED], "weights": [{"weight": 1.0}] * 3, **FLAGGED}
CARELESS = claim("clean.careless", 10)
CAREFUL_V1 = claim("clean.scale_V1", 50, group=CAREFUL)
READ = {"number": 0, "step": "read", "alone": 0, "taken": 0, "kept": 100}
LISTS = {"number": 5, "step": "list", "alone": 30, "taken": 30, "kept": 70}
NO_CONTACT = "No contact was recorded: how often people are in touch is not known."
NOT_ASKED = "No answers to a questionnaire were brought: what people think is not known."


def scale(mean: float, kept: float) -> list[dict]:
    """The means of one scale."""
    return [{"scale": "V1", "mean": mean, "mean_kept": kept}]


def said(shown: list[dict], **given: list[dict]) -> list[str]:
    """The limits of these claims and tables, all other tables being empty."""
    clean = {name: table.empty() for name, table in TABLES.items() if table.stage == "clean"}
    frame = pd.DataFrame(shown, columns=list(CLAIMS.columns))
    return told(limits(clean | {name: pd.DataFrame(rows) for name, rows in given.items()}, frame), frame)


SAID = {
    "nothing at all": ([], {}, [NOT_ASKED, NO_CONTACT]),
    "many answered": (
        [claim("clean.responded", 80, 75, 84, n=400), CARELESS, CAREFUL_V1],
        FAIR | {"scale_means": scale(50, 50.2), "gap_tests": [{"p": 0.03}, {"p": 0.9}, {"p": None}]},
        [
            "80% (95% interval 75 to 84%, n = 400) of those invited answered.",
            "Whoever seems to have answered carelessly moves no scale's mean by 1 of 100 points.",
            "On none of 2 scales does Little's test find that answers are absent other than by chance.",
            NO_CONTACT,
        ],
    ),
    "few answered, unevenly, carelessly and with gaps": (
        [claim("clean.responded", 50, 40, 60), CARELESS, CAREFUL_V1],
        {
            **FLAGGED,
            "response": [ASKED],
            "weights": [{"weight": 0.5}, {"weight": 1.5}],
            "scale_means": scale(50, 43.8),
            "gap_tests": [{"p": 0.02}, {"p": 0.9}],
        },
        [
            "50% (95% interval 40 to 60%, n = 40) of those invited answered.",
            "So few answered, or may have, that single people's places in the network are not to be relied on.",
            "Weighting the respondents to the staff list would leave 2 of 2 in effect (design effect 1.25).",
            "Without those who seem to have answered carelessly, a scale's mean moves by 6 of 100 points.",
            "On 1 of 2 scales answers are not absent by chance alone (Little's test).",
            NO_CONTACT,
        ],
    ),
    "too few careless to show": (
        [CARELESS],
        FAIR | {"scale_means": scale(50, 20)},
        ["Too few seem to have answered carelessly to show how far they move a scale's mean.", NO_CONTACT],
    ),
    "nobody careless": (
        [CARELESS, CAREFUL_V1],
        FAIR | {"scale_means": scale(50, 50), "careless": [{"flagged": False, **SIGNS_SEEN}]},
        ["Nobody seems to have answered carelessly: nobody shows two of the signs.", NO_CONTACT],
    ),
    "signs that could not be looked at": (
        [CARELESS, CAREFUL_V1],
        FAIR
        | {
            "scale_means": scale(50, 50),
            "careless": [{"flagged": False, **SIGNS_SEEN, "distance_p": None, "seconds_per_answer": None}],
        },
        [
            "Careless answers were looked for by 6 of 8 signs; the data could not show answers far from everybody's or "
            "less time than reading takes.",
            "Nobody seems to have answered carelessly: nobody shows two of the signs.",
            NO_CONTACT,
        ],
    ),
    "too few answered": ([], FAIR, ["Too few answered to show anything else of the survey.", NO_CONTACT]),
    "contact without times": (
        [claim("clean.kept", 100, 99, 100, n=100)],
        {"filters": [READ]},
        [
            NOT_ASKED,
            "100% (95% interval 99 to 100%, n = 100) of the records of contact say something of a relationship, "
            "and were kept.",
            "No record says when contact was: nothing can be said of rhythm, working hours or change over time.",
        ],
    ),
    "contact with everything": (
        [claim(f"clean.{name}", 25, 20, 30) for name in ("light", "leave", "clock")],
        {
            "filters": [READ, LISTS],
            "arrivals": [{"week": MONDAY, "kept": 70}, {"week": MONDAY + pd.Timedelta(days=7), "kept": 0}],
        },
        [
            NOT_ASKED,
            "Most of the rest was set aside by the step “list”: 30 records.",
            "Contact is known from the week of 5 January 2026 to that of 5 January 2026.",
            "In 25% (95% interval 20 to 30%, n = 40) of their weeks people hardly appear in the records: what they do is "
            "elsewhere.",
            "In 25% (95% interval 20 to 30%, n = 40) of their weeks people appear to be away.",
            "The clocks of 25% (95% interval 20 to 30%, n = 40) of people ran hours off and were set right.",
        ],
    ),
    "a step that took less than half of the rest": (
        [],
        {"filters": [READ, {**LISTS, "taken": 161}, {**LISTS, "step": "machine", "taken": 143}, {**LISTS, "taken": 143}]},
        [
            NOT_ASKED,
            "The largest part of the rest was set aside by the step “list”: 161 records.",
            "No record says when contact was: nothing can be said of rhythm, working hours or change over time.",
        ],
    ),
    "clocks that were right": (
        [claim("clean.clock", 0, 0, 2)],
        {"filters": [READ], "arrivals": [{"week": MONDAY, "kept": 70}]},
        [NOT_ASKED, "Contact is known from the week of 5 January 2026 to that of 5 January 2026."],
    ),
    "rows refused": (
        [],
        {
            "intake": [
                {"source": "answers", "rows_in": 1000, "rows_refused": 30},
                {"source": "answers", "rows_in": 500, "rows_refused": 10},
                {"source": "staff", "rows_in": 100, "rows_refused": 2},
            ]
        },
        [NOT_ASKED, NO_CONTACT, "Rows refused, those that repeat others included: 40 of 1,500 of answers."],
    ),
}


@pytest.mark.parametrize(("shown", "given", "expected"), SAID.values(), ids=SAID)
def test_limits_say_what_the_figures_say(shown, given, expected):
    """Every branch, word for word."""
    assert said(shown, **given) == expected

"""Who is in the data, what arrived, and how far the kinds of tie can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pandas as pd
from markupsafe import Markup

from kithwork.release import Released
from kithwork.report import bounded, brought, downloads, html
from kithwork.report import sentences as say
from kithwork.report.findings import EXACT, kinds_basis
from kithwork.report.limits import limits
from kithwork.report.questions import unanswered
from kithwork.report.section import Facts
from kithwork.report.trace import worded
from kithwork.setting import KINDS
from kithwork.tables import ASSUMED, ESTIMATED

TOPIC = "Who is in the data"
STAGE = "clean"
BY_GROUP = ("ties.connected", "ties.per_person", "clean.responded")
"""Measures of the table of groups."""
LEFT_OUT = re.compile(r"(?!(?:sheets|columns) left out)(.+ left out): ([\d,]+)")
"""What a note says was left out and counted; sheets and columns left out are named instead."""


def build(released: Released, facts: Facts) -> tuple[str, list[Markup]]:
    """Coverage and response by group, what arrived per source, the share of ties whose kind stays open, and the limits."""
    connected = released.get("ties.connected")
    if connected is None:
        return "No ties arrived", [
            html.missing("No ties.", "Relations or contacts make every section possible."),
            *_answered(released, facts),
            _arrived(facts),
            _limits(released, facts),
        ]
    every = released.of("ties.connected")
    groups = every[every["group"].isin(bounded.largest([every]))].set_index("group")
    people = [(None, connected), *groups.iterrows()]
    rows = [
        [group or "All", f"{row['n']:,}", html.pair(row), _of(released, "ties.per_person", group)] for group, row in people
    ]
    columns = [
        (say.sentence(facts.word), ""), ("People", "num r"), ("With a tie", "nw f"), ("Ties each", "nw f"),
    ]  # fmt: skip
    if released.get("clean.responded") is not None:
        columns.append(("Survey", "nw f"))
        rows = [[*row, _of(released, "clean.responded", group)] for row, (group, _) in zip(rows, people, strict=True)]
    rest = bounded.told_of_table(len(every), facts.word)
    body = [
        html.note(
            "How to read.",
            "Ties each is the mean number of colleagues a person is tied to. A person without a tie may have none, or may not "
            "have been asked: these data do not tell.",
        ),
        html.table(f"People on the staff list and their ties, by {facts.word}, with 95% intervals{rest}", columns, rows),
        downloads.link("ties", "These figures", *(released.of(measure) for measure in BY_GROUP)),
        html.held_back(released.held_back.get("ties.connected", 0), released.smallest_group, facts.word),
        _arrived(facts),
        _settled(released, facts),
        _disagreement(released),
        _limits(released, facts),
        _unanswered(released, facts),
        html.so_what(
            "Use figures about the whole with confidence in their interval. Take a figure about one group to that group first.",
            limits(
                "trust",
                "Whether people or ties missing from the data differ from those in it. Nothing here measures that.",
                released,
                facts,
            ),
        ),
    ]
    return _title(connected, facts), body


@worded
def _title(connected: pd.Series, facts: Facts) -> str:
    refused = int(facts.intake["rows_refused"].sum())
    share = "Most people on the staff list have" if connected["low"] > 50 else "Not everybody on the staff list has"
    if connected["estimate"] == 100:
        share = "Everybody on the staff list has" if connected["n"] < EXACT else "Nearly everybody on the staff list has"
    were = "no rows were" if refused == 0 else f"{say.several(refused, 'row')} {'was' if refused == 1 else 'were'}"
    return f"{share} ties in the data; {were} refused"


def _of(released: Released, measure: str, group: str | None) -> object:
    claim = released.get(measure if group is None else f"{measure}.{group}")
    return "[c]" if claim is None else html.pair(claim)


def _answered(released: Released, facts: Facts) -> list[Markup]:
    """Who answered the survey, by group; nothing where nobody was asked."""
    whole = released.get("clean.responded")
    if whole is None:
        return []
    groups = released.of("clean.responded")
    few = groups[groups["group"].isin(bounded.largest([groups]))]
    shown = [("All", whole), *((row["group"], row) for _, row in few.iterrows())]
    rows = [[name, f"{row['n']:,}", html.pair(row)] for name, row in shown]
    columns = [(say.sentence(facts.word), ""), ("Invited", "num r"), ("Answered", "nw f")]
    caption = (
        f"Who answered the survey, by {facts.word}, with 95% intervals{bounded.told_of_table(len(groups), facts.word)}"
    )
    held_back = html.held_back(released.held_back.get("clean.responded", 0), released.smallest_group, facts.word)
    return [html.table(caption, columns, rows), downloads.link("answered", "These figures", groups), held_back]


def _limits(released: Released, facts: Facts) -> Markup:
    """What the data cannot bear, each figure tied to its claim."""
    if facts.limits.empty:
        return Markup("")
    lines = [Markup("<li>{}</li>").format(_told(text, released)) for text in facts.limits["text"]]
    return Markup('<h3>Limits for the findings</h3><ul class="limits">{}</ul>').format(Markup("").join(lines))


def _unanswered(released: Released, facts: Facts) -> Markup:
    """What a report is asked and these data do not answer."""
    asked = unanswered(released, facts)
    return html.paragraph(f"These data do not tell {say.join(asked, 'or')}.") if asked else Markup("")


def _told(text: str, released: Released) -> Markup:
    """A sentence with the figures of the claims that it names in braces."""
    parts = re.split(r"\{([^}]+)\}", text)
    claims = (part if at % 2 == 0 else html.with_interval(released.get(part)) for at, part in enumerate(parts))
    return Markup("").join(claims)


def _arrived(facts: Facts) -> Markup:
    """What arrived: a row per source, whatever its files are called."""
    columns = [
        ("Source", ""),
        ("Rows in", "num"),
        ("Kept", "num"),
        ("Refused", "num"),
        ("Set aside", "num"),
        ("Noticed", "f"),
    ]
    rows = [
        [source.capitalize(), *(f"{files[f'rows_{count}'].sum():,}" for count in ("in", "kept", "refused", "set_aside")),
         say.typeset(_noticed(files["note"].dropna())) or "nothing unusual"]
        for source, files in brought.counted(facts.intake).groupby("source")
    ]  # fmt: skip
    return html.table(
        "What arrived. Rows in are rows kept, refused (at fault) and set aside (copies, machines, lists, strangers)",
        columns,
        rows,
        "ct run",
    )


def _noticed(notes: Iterable[str]) -> str:
    """The notes on the files of a source as one: what was left out of several is added up, all else is said once."""
    left_out: Counter[str] = Counter()
    told = []
    for part in (part for note in notes for part in note.split("; ")):
        if counted := LEFT_OUT.fullmatch(part):
            left_out[counted[1]] += int(counted[2].replace(",", ""))
        else:
            told.append(part)
    return "; ".join([*dict.fromkeys(told), *(f"{what}: {count:,}" for what, count in left_out.items())])


def _disagreement(released: Released) -> Markup:
    """What people say beside what is recorded, where both are there."""
    unseen, unnamed = released.get("ties.unrecorded"), released.get("ties.unnamed")
    parts: list[object] = []
    if unseen is not None:
        parts += ["Of the ties that people named, ", html.with_interval(unseen), " left no record of contact. "]
    if unnamed is not None:
        parts += ["Of the pairs in frequent contact of whom somebody was asked, ", html.with_interval(unnamed)]
        parts += [" were named by nobody. "]
    end = "Neither is an error: one source cannot stand for the other. n counts ties."
    return html.paragraph(*parts, end) if parts else Markup("")


RESTS_ON = {
    ESTIMATED: ("What people said leaves", "how often people say what is so"),
    ASSUMED: ("The signs leave", "the stated strengths of the signs"),
}
"""By what a kind rests on: what leaves it open, and what the range of that share is over."""
RATED = ", and the stated share of such ties, which nobody validated"
"""What that range is over besides, where a base rate was stated for a kind."""


def _settled(released: Released, facts: Facts) -> Markup:
    found = {k: c for k in KINDS if (c := released.get(f"ties.open_{k}")) is not None}
    if not found:
        return Markup("")
    parts: list[object] = []
    for basis, (leaves, over) in RESTS_ON.items():
        rest = {kind: claim for kind, claim in found.items() if kinds_basis(released, [kind]) == basis}
        for i, (kind, claim) in enumerate(rest.items()):
            start = "; " if i else f"{leaves} it open whether a tie is "
            parts += [start, html.kind(kind), " for ", html.with_interval(claim, "range"), " of ties"]
        over += RATED * (basis == ASSUMED and not rest.keys().isdisjoint(facts.settings.engagement.base_rates))
        parts += [f"; these ranges are over {over}. "] if rest else []
    unread = [kind for kind in KINDS if kind not in found]
    end = f"Whether a tie is {say.join(unread)} cannot be told from these data at all. " if unread else ""
    return html.paragraph(*parts, f"{end}n counts ties.")

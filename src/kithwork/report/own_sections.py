"""The sections of a person's own page: portfolio, reach, three things to try, what is not here, and whose the page is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from kithwork.params import Settings
from kithwork.release import FEWEST, HELD_BACK
from kithwork.report import html, own_html, own_yours
from kithwork.report import sentences as say
from kithwork.report.own_measures import LABELS, POSITION, UNITS
from kithwork.report.own_prompts import Reading, prompts
from kithwork.setting import KINDS

Claims = Mapping[str, pd.Series]
BESIDE = "Middle half"
COLUMNS = [("What", ""), ("You", "num"), ("Beside everybody", "sc q"), (BESIDE, "num")]
NO_BAND = "not told: too few people"


def sections(reading: Reading, claims: Claims, answers: pd.DataFrame, settings: Settings) -> list[dict]:
    """Every section as {id, topic, title, html}. `answers`: the person's own rows of that table."""
    word = settings.engagement.group_word
    told = replace(reading, shown=_shown(reading, claims, word))
    made = {
        "portfolio": ("Your portfolio", _mix(told), _portfolio(told, claims)),
        "reach": ("Your reach", _far(told, word), _reach(told, claims, word)),
        "try": ("Ask, offer, let go", "Three things to try, none of them a duty", _try(told)),
        "not-here": ("What is not here", "This page says nothing of anybody but you", own_yours.not_here()),
        "yours": (
            "Yours",
            "You decide who sees this page, and how long there is one",
            own_yours.yours(told, claims, answers, settings),
        ),
    }
    return [{"id": name, "topic": topic, "title": title, "html": text} for name, (topic, title, text) in made.items()]


def _shown(reading: Reading, claims: Claims, word: str) -> dict[str, Markup]:
    """Each figure as prose prints it, and each band."""
    shown = {
        name: Markup('<span class="whole">{}</span>').format(html.with_interval(claims[f"own.{name}"]))
        for name in reading.own.figures
    }
    shown |= {name: own_html.counted(number) for name, number in reading.own.counts.items()}
    noun = word if reading.own.counts["units"] == 1 else say.plural(word)
    shown["units"] = Markup("{} {}").format(shown["units"], noun)
    shown["named_by"] = own_html.counted(reading.own.named_by)
    for name, band in reading.bands.items():
        shown[f"{name} band"] = Markup("{}").format(own_html.ends(band, UNITS[name]))
    return shown


def _mix(reading: Reading) -> str:
    """The action title of the portfolio."""
    places = {kind: reading.beside(kind) for kind in reversed(KINDS) if kind in reading.own.figures}
    if reading.own.counts["named"] < FEWEST:
        return f"You named fewer than {say.count(FEWEST)} colleagues: too few for a portfolio"
    if not any(places.values()):
        return "Your mix of ties, by your own words" if places else "Your words tell of no mix of kinds"
    for kind, place in places.items():
        if place in ("above", "below"):
            more = "larger" if place == "above" else "smaller"
            return f"The share of your ties that are {kind} is {more} than for the middle half of everybody"
    if {*places.values()} == {"within"}:
        return "Your mix of ties is that of the middle half of everybody"
    return "Your mix of ties does not clearly differ from that of the middle half of everybody"


def _portfolio(reading: Reading, claims: Claims) -> Markup:
    if not reading.own.figures:
        return html.paragraph(
            f"A portfolio is told from {say.count(FEWEST)} colleagues on, where two kinds of tie can be told: of fewer its "
            "shares would say next to nothing."
        )
    rows = [
        _row(kind, html.kind(kind, kind.capitalize()), reading, claims, 100)
        for kind in KINDS
        if kind in reading.own.figures
    ]
    note = html.note(
        "How to read this.",
        "A dot is your share, the line its 95% interval, the grey bar the middle half of everybody who named as many as "
        f"{say.count(FEWEST)}: a quarter lies below it, a quarter above. n is the colleagues you named. A tie of two kinds "
        "counts in both. Kinds are told by what you said of each colleague, by stated signs: your share may differ from "
        "what both of you would say.",
    )
    bands = [(kind.capitalize(), *_ends(kind, reading, claims)) for kind in KINDS if _told(kind, reading)]
    table = html.table(
        "Kinds of tie, by your own words: share of your portfolio, beside the middle half of everybody", COLUMNS, rows
    )
    return note + table + (own_html.band_table("kinds", bands) if bands else Markup(""))


def _row(name: str, label: object, reading: Reading, claims: Claims, top: float) -> list[object]:
    figure, band = reading.own.figures[name], reading.bands.get(name)
    unit = UNITS[name]
    drawn = own_html.strip(figure, band, top, "%" if unit == "%" else "")
    return [label, reading.shown[name], drawn, NO_BAND if band is None else own_html.ends(band, unit)]


def _told(kind: str, reading: Reading) -> bool:
    return kind in reading.own.figures and kind in reading.bands


def _ends(name: str, reading: Reading, claims: Claims) -> tuple[object, object, int]:
    """The two ends of a band, each with its interval, and of how many people it is; ends that are counts are no claims: of
    equal counts the interval may be one point."""
    band, ends = reading.bands[name], ("low", "high")
    if UNITS[name] == "count":
        low, high = (own_html.count_with_interval(getattr(band, end)) for end in ends)
    else:
        low, high = (html.pair(claims[f"own.{name}_{end}"]) for end in ends)
    return low, high, band.people


def _far(reading: Reading, word: str) -> str:
    """The action title of the reach."""
    words, place = say.plural(word), reading.beside("units")
    if (named := reading.own.counts["named"]) < FEWEST:
        return f"You named {say.several(named, 'colleague')}"
    if place in ("above", "below"):
        many = "more" if place == "above" else "fewer"
        return f"Those you named are of {many} {words} than for the middle half of everybody"
    return (
        f"Those you named are of about as many {words} as for the middle half of everybody" if place else "Whom you named"
    )


def _reach(reading: Reading, claims: Claims, word: str) -> Markup:
    own, bands = reading.own, reading.bands
    labels = {"named": "Colleagues you named", "units": f"{say.sentence(say.plural(word))} they are of"}
    rows = []
    for name, label in labels.items():
        band = bands.get(name)
        beside = NO_BAND if band is None else own_html.ends(band, UNITS[name])
        rows.append([label, own_html.counted(own.counts[name]), beside])
    if "breadth" in own.figures:
        band = bands.get("breadth")
        beside = NO_BAND if band is None else own_html.ends(band, UNITS["breadth"])
        rows.append(["Kinds of tie, evenly held, as diverse as yours", reading.shown["breadth"], beside])
    band = bands.get("named_by")
    beside = NO_BAND if band is None else own_html.ends(band, UNITS["named_by"])
    rows.append(["Colleagues who name you", reading.shown["named_by"], beside])
    columns = [("What", ""), ("You", "num"), (BESIDE, "num")]
    parts = [
        html.note(
            "How to read this.",
            "What you named was counted, so it has no interval. How many name you is told where "
            f"{say.count(FEWEST)} do and {say.count(FEWEST)} do not: so nobody can be taken to have named you, or not."
            + (f" {HELD_BACK} stands for a count that is held back." if own.named_by == HELD_BACK else ""),
        ),
        html.table("How far your ties go, beside the middle half of everybody", columns, rows),
    ]
    if own.position:
        said = [POSITION[name][own.position[name]] for name in POSITION if name in own.position]
        items = Markup("").join(Markup("<li>{}</li>").format(text) for text in said)
        parts.append(Markup('<div class="place"><h3>Your place among all ties</h3><ul>{}</ul></div>').format(items))
        parts.append(html.paragraph("In words, as its numbers would rest on what others said.", cls="small"))
    ends = [
        (_in_word(LABELS[name], word), *_ends(name, reading, claims))
        for name in ("named", "units", "breadth", "named_by")
        if name in bands
    ]
    parts.append(own_html.band_table("reach", ends) if ends else Markup(""))
    return Markup("").join(parts)


def _in_word(text: str, word: str) -> str:
    return say.typeset(text.replace("Groups", say.sentence(say.plural(word))))


def _try(reading: Reading) -> Markup:
    items = Markup("").join(
        Markup('<div><h3>{}</h3><p>{}</p><p class="small"><b>What it rests on.</b> {}</p></div>').format(
            one.verb, one.text, one.rests
        )
        for one in prompts(reading)
    )
    return Markup('<div class="try">{}</div>').format(items) + html.paragraph(
        "They are told by rule from what is above, and are questions to yourself: no page knows why your ties are as they "
        "are, and a share outside the middle half may be just what your work asks for."
    )

"""A person's own page: how its relationships look by its own words, beside the middle half of everybody, for it alone.

Three parties have a stake in such a page (Borgatti & Molina 2003, J. Appl. Behav. Sci. 39:337; 2005, Soc. Networks 27:107):
the person, whoever pays for the study, and those whom the person named or who named it, whom nobody asked about a page.
So it is made for those who asked alone, and holds nothing of anybody else: figures rest on the person's own words
(`people.own_words`), what others said is one count, told or not by the gate, and colleagues are a band.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kithwork import release
from kithwork.cleaning.consent import said_yes
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.people import own_words
from kithwork.report import own_html, own_sections
from kithwork.report.own_measures import LABELS, POSITION, UNITS
from kithwork.report.own_prompts import Reading, spoken

TABLES = ("people", "nominations", "interpreters", "answers", "responses", "opt_outs", "standings")
"""The tables that pages are made of."""
WHOSE = {"interpreters": "ego_id", "answers": "person_id", "standings": "person_id"}
"""Whose a row is, of tables of which a page takes the person's own."""
COUNTS = ("named", "units")
"""What of its own words is counted."""


@dataclass(frozen=True)
class Everybody:
    """What all pages of an engagement are made from: who asked for one, names given, everybody's measures, and the bands.

    `tables`: by name, as TABLES lists them.
    """

    settings: Settings
    tables: Mapping[str, pd.DataFrame]
    names: pd.DataFrame
    measures: pd.DataFrame
    bands: dict[str, release.Band]

    def of(self, table: str, person_id: str) -> pd.DataFrame:
        """The rows of one table that are a person's own."""
        return self.tables[table].take(self._places[table].get(person_id, []))

    @cached_property
    def _places(self) -> dict[str, dict]:
        return {table: self.tables[table].groupby(column).indices for table, column in WHOSE.items()}

    @cached_property
    def asked(self) -> list[str]:
        """Pseudonyms of those of the staff list who asked for a page and withdrew nothing, in order."""
        yes = said_yes(self.tables["responses"], "own_page", self.tables["opt_outs"])
        return sorted(yes & {*self.tables["people"]["person_id"]})


def everybody(tables: Mapping[str, pd.DataFrame], settings: Settings) -> Everybody:
    """What pages of people are made from. Bands are of those who named enough colleagues to be shown such figures.

    Raises `UserError` where somebody asked for a page and names have no direction: own words cannot be told from others'.
    """
    names = own_words.names_given(tables["nominations"], tables["people"])
    measures = own_words.everybody(names, tables["people"], settings)
    enough = measures[measures["named"] >= release.FEWEST]
    smallest = settings.report.smallest_group
    bands = {name: release.band(enough[name], unit, smallest) for name, unit in UNITS.items() if name in enough}
    found = Everybody(settings, tables, names, measures, {name: one for name, one in bands.items() if one is not None})
    if found.asked and not settings.engagement.directed:
        what = "says that names have no direction, so that a person's own words cannot be told from others'"
        where = f"engagements.{settings.name}.directed"
        do = "Make no edition with pages of people, or bring who named whom and set directed: true."
        raise UserError(Problem(what, "params.yaml", do, column=where))
    return found


def own_page(person_id: str, known: Everybody) -> dict:
    """The content of one person's page: title, sections of HTML, and the claims behind their figures by id.

    Raises `UserError` for anybody who did not ask for a page, or withdrew anything.
    """
    settings = known.settings
    counts = known.measures[[*COUNTS, "named_by"]].reindex([person_id], fill_value=0).iloc[0]
    could = int((known.measures["named"].drop(person_id, errors="ignore") > 0).sum())
    own = release.own(
        person_id,
        known.asked,
        {name: (figure, UNITS[name]) for name, figure in own_words.figures(known.names, person_id, settings).items()},
        {name: int(counts[name]) for name in COUNTS},
        (int(counts["named_by"]), could),
        _position(known.of("standings", person_id)),
    )
    claims = {
        f"own.{name}": own_html.claim(name, LABELS[name], figure, UNITS[name]) for name, figure in own.figures.items()
    }
    for name in (one for one in known.bands if UNITS[one] != "count"):
        for end, which in (("low", "Lower"), ("high", "Upper")):
            label = f"{which} end of the middle half of everybody: {LABELS[name][:1].lower()}{LABELS[name][1:]}"
            one = own_html.claim(f"{name}_{end}", label, getattr(known.bands[name], end), UNITS[name], everybody=True)
            claims[one["id"]] = one
    reading = Reading(own, known.bands, spoken(known.of("interpreters", person_id)))
    sections = own_sections.sections(reading, claims, known.of("answers", person_id), settings)
    return {
        "title": "Your relationships at work",
        "organisation": settings.engagement.organisation,
        "fieldwork": settings.engagement.fieldwork,
        "synthetic": settings.engagement.label,
        "sections": sections,
        "claims": {name: claim.to_dict() for name, claim in claims.items()},
    }


def _position(standings: pd.DataFrame) -> dict[str, str]:
    """Where a person's own values lie, by measure, of the middle 95% of what chance gives a person with as many ties."""
    rows = standings[standings["measure"].isin(POSITION)].dropna(subset=["value", "low", "high"])
    return {
        row.measure: "above" if row.value > row.high else "below" if row.value < row.low else "within"
        for row in rows.itertuples()
    }

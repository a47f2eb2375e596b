"""A section of the report: topic, action title and body, made from released claims only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pandas as pd
from markupsafe import Markup, escape

from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Settings
from kithwork.release import Crossed, Released
from kithwork.report import grades, html, sections, trace
from kithwork.report import sentences as say
from kithwork.report.market_readings import Market
from kithwork.tables import CHANGES, GROUP_SCORES, ORGANISATIONS, STANDARDISED

SECTIONS = tuple(sorted(module.name for module in iter_modules(sections.__path__)))
"""The sections there are: one file each; `report.sections` in params.yaml says which are shown, in what order."""


@dataclass(frozen=True)
class Facts:
    """What sections may know beside the claims: settings, what arrived, indicators, composites, limits, hashes. No people.

    `changes` says of which indicators a change since the wave before may be spoken, `marked` of which indicators and groups
    a difference from the rest may be, and whether the group lies above; the figures themselves come with the claims that
    may be shown. `organisations`: figures of others, from public data. `market`: names and dates of what is written of the
    market, as far as they may be shown. `places`: how many people of each segment work where.
    """

    settings: Settings
    intake: pd.DataFrame
    indicators: pd.DataFrame
    limits: pd.DataFrame
    provenance: dict[str, str] = field(default_factory=dict)
    standardised: pd.DataFrame = field(default_factory=STANDARDISED.empty)
    changes: pd.DataFrame = field(default_factory=CHANGES.empty)
    marked: pd.DataFrame = field(default_factory=GROUP_SCORES.empty)
    organisations: pd.DataFrame = field(default_factory=ORGANISATIONS.empty)
    market: Market = field(default_factory=Market)
    places: Crossed | None = None

    @property
    def word(self) -> str:
        """What the client calls its groups."""
        return self.settings.engagement.group_word

    @property
    def words(self) -> str:
        """The same for several of them."""
        return say.plural(self.word)

    def worded(self, text: str) -> str:
        """Text that another chapter wrote about units, in the client's word for them and with typographic signs."""
        named = re.sub(r"\bunit(s?)\b", lambda found: self.words if found[1] else self.word, text)
        return say.typeset(named)

    def place(self, section: str) -> int | None:
        """The number of a section on the page, or None where it is not published."""
        order = self.settings.report.sections
        return order.index(section) + 1 if section in order else None

    def figure_number(self, section: str, nth: int) -> str:
        """The number of a section's figure: 3.1 for the first of the third section on the page."""
        place = self.place(section)
        return str(nth) if place is None else f"{place}.{nth}"


@dataclass(frozen=True)
class Section:
    """One section; shows itself in Jupyter."""

    id: str
    topic: str
    title: str
    html: Markup
    stage: str | None = None
    sentences: tuple[trace.Sentence, ...] = ()

    def _repr_html_(self) -> str:
        return f"<h2>{escape(self.title)}</h2>{self.html}"


def build(name: str, released: Released, facts: Facts) -> Section:
    """The section called `name`. Raises `UserError` for an unknown name, TypeError for anything not released."""
    if not isinstance(released, Released):
        raise TypeError("sections accept Released claims only: pass them through kithwork.release.release")
    module = module_of(name)
    if not grades.reportable(name, released, facts):
        return not_reportable(name, released, facts)
    with trace.noting() as notes:
        title, made = module.build(trace.Watched(released), facts)
    notes.placed.insert(0, (trace.TITLE, trace.plain(title)))
    told = trace.sentences(notes, module.build)
    return Section(name, module.TOPIC, title, Markup("").join(made), module.STAGE, told)


def not_reportable(name: str, released: Released, facts: Facts) -> Section:
    """What stands in place of a section of which too few of those asked answered: why, and what to do."""
    module, answered = module_of(name), released.get("clean.responded")
    title = "Not reportable: too few of those asked answered"
    where = f"Section {facts.place('trust')} shows who answered. " if facts.place("trust") else ""
    why = Markup("{} of those asked answered, and this section rests on their answers alone. {}").format(
        html.with_interval(answered),
        f"Below {grades.FEWEST}% they may be like the others or not, which no interval tells.",
    )
    do = (
        f"{where}Ask again: keep the survey open, have heads of {facts.words} say why it matters, and give people time "
        "for it. Records of contact would tell of ties without asking."
    )
    rule = f"{__name__}.not_reportable", trace.line_of(not_reportable)
    line = trace.Sentence(title, trace.TITLE, (answered["id"],), *rule)
    return Section(name, module.TOPIC, title, html.refused(why, do), module.STAGE, (line,))


def module_of(name: str) -> ModuleType:
    """The file of a section. Raises `UserError` for an unknown name."""
    if name not in SECTIONS:
        raise UserError(
            Problem(
                "is not a section",
                "params.yaml",
                nearest(name, SECTIONS),
                found=name,
                column="report.sections",
            )
        )
    return import_module(f"kithwork.report.sections.{name}")

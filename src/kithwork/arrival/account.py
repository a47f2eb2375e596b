"""The whole account of a study's files before a run: understood, lacking, large enough, at fault, and what to do next."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from kithwork import params, store, wave_before
from kithwork.arrival import entry, judged, lacking, understood
from kithwork.arrival.proposal import Proposal
from kithwork.arrival.screen import Screen
from kithwork.errors import Problem, UserError
from kithwork.params import Settings
from kithwork.tables import CONTACT

if TYPE_CHECKING:
    from kithwork.cleaning import Cleaned


@dataclass
class Account:
    """What is told of a study; `errors` are what keeps its files from being read or judged."""

    settings: Settings
    proposal: Proposal | None
    files: list[understood.Understood]
    lacks: list[lacking.Lacking]
    unnamed: list[str] = field(default_factory=list)
    rows: list[judged.Rows] = field(default_factory=list)
    group: judged.Group | None = None
    response: judged.Response | None = None
    ties: judged.Ties | None = None
    faults: list[tuple[str, str]] = field(default_factory=list)
    set_aside: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, int] = field(default_factory=dict)
    before: int = 0
    errors: list[Problem] = field(default_factory=list)

    @property
    def next(self) -> str:
        """The one command to go on with."""
        name = self.settings.name
        if self.errors:
            return f"kithwork check {name}, once that is mended"
        return f"kithwork map {name}" if self.proposal else f"kithwork run {name}"

    @property
    def not_stated(self) -> list[str]:
        """What the report prints of the study, and nobody has written yet."""
        return [key for key in ("fieldwork", "terms") if getattr(self.settings.engagement, key) == entry.NOT_STATED]

    def screen(self) -> Screen:
        """It as lines under headings."""
        screen = Screen()
        if self.proposal:
            screen.head("A guess: params.yaml names none of these files yet")
        else:
            screen.head("Understood")
        by_place = {(row.source, row.file.rpartition("/")[2]): row for row in self.rows}
        shown = set()
        for one in self.files:
            if row := by_place.get((one.source, one.file.rpartition("/")[2])):
                shown.add((row.source, row.file))
                note = f"  ({row.note})" if row.note and not one.passed_over else ""
                screen.line(one.source, f"{row.kept:>9,} of {row.rows:,} rows kept  {row.file}{note}")
            else:
                screen.line(one.source, f"          {one.file}")
            screen.line("", f"          {one.told}", "dim")
            if one.passed_over:
                screen.line("", f"          passed over: {', '.join(one.passed_over)}", "dim")
        if self.proposal:
            understood.show_open(screen, self.proposal)
        elif self.unnamed:
            screen.head("Not used")
            screen.line(
                "", f"{', '.join(self.unnamed)}: no source names {'it' if len(self.unnamed) == 1 else 'them'}", "dim"
            )
        self._found(screen)
        screen.head("Lacking, and what each would add")
        for one in self.lacks:
            screen.line(one.what, f"{one.is_}. Adds: {one.adds}.")
        screen.head("")
        screen.line("", f"Nothing was written. Next: {self.next}")
        return screen

    def _found(self, screen: Screen) -> None:
        """What cleaning found: faults, what waits for somebody, and whether people are enough."""
        screen.head("Enough?")
        if self.group:
            screen.line("people", self.group.told, "alarm" if not self.group.shown else "")
        if self.response:
            screen.line("survey", self.response.told, "" if self.response.enough else "alarm")
        if self.ties:
            screen.line("ties", self.ties.told, "" if self.ties.pairs else "alarm")
        screen.head("Faults")
        for verb, line in self.faults:
            screen.line(verb, line)
        for row in self.rows:
            if row.rows and not row.kept:
                said = f"0 of {row.rows:,} rows kept: nothing of {row.file} counts as {row.source}."
                screen.line("ALARM", said, "alarm")
        screen.head("Set aside, of recorded contact")
        for why, count in self.set_aside.items():
            screen.line("", f"{count:>9,} {'record' if count == 1 else 'records'}, {why}")
        screen.head("To decide")
        for name, count in self.waiting.items():
            place = f"data/review/{self.settings.name}/{name}.csv"
            screen.line(name, f"{count:>9,} waiting for a decision; a run lists them in {place}")
        for key in self.not_stated:
            screen.line(
                key, f"is not stated yet, and the report says so: write it in params.yaml, engagements.{self.settings.name}"
            )
        if self.before:
            screen.line("previous", f"{self.before:>9,} indicators of the wave before have scores of people")

    def document(self) -> dict:
        """It for a script."""
        return {
            "study": self.settings.name,
            "synthetic": self.settings.engagement.synthetic,
            "guess": bool(self.proposal),
            "files": [asdict(one) for one in self.files],
            "rows": [asdict(one) for one in self.rows],
            "open": understood.document(self.proposal) if self.proposal else None,
            "not_used": self.unnamed,
            "lacking": [asdict(one) for one in self.lacks],
            "people": asdict(self.group) if self.group else None,
            "survey": asdict(self.response) | {"enough": self.response.enough} if self.response else None,
            "ties": asdict(self.ties) if self.ties else None,
            "faults": [f"{verb}: {line}" for verb, line in self.faults],
            "errors": [str(one) for one in self.errors],
            "not_stated": self.not_stated,
            "set_aside": self.set_aside,
            "to_decide": self.waiting,
            "next": self.next,
        }


def of(settings: Settings, proposal: Proposal | None) -> Account:
    """The account of a study, with ids as they are, so that no key is needed. Raises nothing for faults of its files."""
    files = understood.files(settings)
    sources = settings.engagement.sources
    lacks = lacking.lacking(sources, understood.fields_of_staff(files))
    told = Account(settings, proposal, files, lacks, [] if proposal else understood.unnamed(settings))
    if proposal and not proposal.sources:
        told.errors = understood.of_no_use(proposal.looked, settings.name)
        return told
    try:
        _judge(told)
    except UserError as error:
        told.errors = list(error.problems)
    return told


def _judge(told: Account) -> None:
    """Read and clean, and look at all else that would stop a run. Raises `UserError`."""
    from kithwork import cleaning, readers
    from kithwork.market import quotes, said

    settings = told.settings
    name = settings.name
    if name in params.read().simulations and not store.raw(name).is_dir():
        do = "Run `make report`, or `dvc repro simulate`, which makes them."
        raise UserError(Problem("has no files yet: they are simulated", f"data/raw/{name}", do))
    openly = settings.engagement.model_copy(update={"ids": "public"})
    settings = settings.model_copy(update={"engagement": openly})
    tables = cleaning.clean(readers.read(settings), settings, keeps=False)
    told.rows = judged.rows(tables)
    told.faults, told.set_aside = list(judged.faults(tables)), judged.steps(tables)
    told.group, told.response = judged.group(tables["people"], settings), judged.response(tables)
    told.waiting = {one: len(rows) for one, rows in tables.review.items() if len(rows)}
    before = wave_before.previous(name)[0]
    told.before = before["indicator"].nunique() if len(before) else 0
    told.ties = _tied(tables, settings)
    said.read(name)
    quotes.approved(settings)


def _tied(tables: Cleaned, settings: Settings) -> judged.Ties:
    """How many pairs are tied. Raises `UserError` where a sign is one that nothing could show."""
    from kithwork.ties import contact, features

    named = features.relations(tables["nominations"], tables["people"])
    brought = "interactions" in settings.engagement.sources
    directed = settings.engagement.directed
    met = contact.between(tables["interactions"], tables["people"], directed) if brought else CONTACT.empty()
    pairs = len(features.measure(named, met, tables["people"], settings))
    return judged.Ties(pairs, len(met), settings.engagement.fewest_contacts)

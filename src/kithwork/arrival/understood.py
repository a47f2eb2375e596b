"""What is made of each file of a study: as which source it is read, which columns are which fields, which are left."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kithwork import store
from kithwork.arrival import folder, formats, sampled
from kithwork.arrival.looked import Looked
from kithwork.arrival.proposal import Proposal
from kithwork.arrival.screen import Screen
from kithwork.engagement import Reader
from kithwork.engines import address
from kithwork.errors import Problem
from kithwork.params import Settings
from kithwork.readers.parts.rows import FIELDS

TABULAR = ("csvfile", "xlsx", "warehouse")
"""Readers of tables whose columns are named by hand."""


@dataclass(frozen=True)
class Understood:
    """One file as one source: the client's column of each field, fields that are always the same, columns passed over."""

    source: str
    file: str
    reader: str
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()
    zone: str = ""

    @property
    def told(self) -> str:
        """Its columns in a line, and of which zone times are that name none."""
        at = [f"times that name no zone are of {self.zone}"] if self.zone else []
        return " · ".join([self._columns, *at])

    @property
    def _columns(self) -> str:
        said = [f"{name} = {column}" for name, column in self.columns.items()]
        said += [f"{name}: {word}" for name, word in self.constants.items()]
        if not said:
            return f"known by itself: nothing to name (reader {self.reader})"
        return " · ".join(said)


def files(settings: Settings) -> list[Understood]:
    """Every file that the study names, by source."""
    return [
        replace(_one(source, spec, settings), zone=spec.timezone if source == "interactions" else "")
        for source, specs in settings.engagement.sources.items() for spec in specs
    ]  # fmt: skip


def _one(source: str, spec: Reader, settings: Settings) -> Understood:
    if spec.reader not in TABULAR or spec.package or address.is_one(spec.file):
        return Understood(source, spec.file, spec.reader, dict(spec.columns), dict(spec.constants))
    header = _header(spec, settings)
    named = {name: name for name in FIELDS[source] if name in header and name not in spec.constants}
    columns = {name: (named | spec.columns)[name] for name in FIELDS[source] if name in named | spec.columns}
    rest = tuple(one for one in header if one and one not in columns.values())
    return Understood(source, spec.file, spec.reader, columns, dict(spec.constants), rest)


def _header(spec: Reader, settings: Settings) -> tuple[str, ...]:
    """The headings of a table; none where they cannot be seen here: its reader then says why."""
    path = store.raw(settings.name) / spec.file
    try:
        if not path.is_file():
            return ()
        if formats.of(path).table == "text":
            table = sampled.text(path)
        elif spec.reader == "xlsx":
            table = next((one for name, one in sampled.workbook(path) if spec.options.get("sheet", name) == name), None)
        else:
            table = sampled.parquet(path)
    except Exception:  # what is wrong with it is told by its reader, with what to do
        return ()
    return table.header if table else ()


def fields_of_staff(understood: list[Understood]) -> set[str]:
    """The fields that the staff list has."""
    return {name for one in understood if one.source == "staff" for name in (*one.columns, *one.constants)}


def unnamed(settings: Settings) -> list[str]:
    """Files of the folder that no source names."""
    named = {spec.file.split("/")[0] for specs in settings.engagement.sources.values() for spec in specs}
    return [name for name in folder.files(store.raw(settings.name)) if name not in named]


def unmade(found: list[Looked]) -> dict[str, str]:
    """The files that nothing could be made of, each with why."""
    return {one.name: one.why_not for one in found if one.why_not}


def of_no_use(found: list[Looked], name: str) -> list[Problem]:
    """The files that nothing could be made of, as what is to be mended."""
    do = "Put a file that mends this in its place, or name it in params.yaml by hand."
    return [Problem(why, f"data/raw/{name}/{file}", do) for file, why in unmade(found).items()]


def show_guess(screen: Screen, proposal: Proposal, name: str) -> None:
    """The guess file by file, with what is passed over for a reason, what is unsure and what nothing could be made of."""
    screen.head(f"What the files in data/raw/{name} are taken for")
    for source, readings in proposal.named.items():
        for reading in readings:
            said = Understood(source, "", str(reading.spec.get("reader", "csvfile")), reading.columns,
                              dict(reading.spec.get("constants", {}))).told  # fmt: skip
            screen.line(source, f"{reading.spec['file']}: {said}")
    show_open(screen, proposal)


def show_open(screen: Screen, proposal: Proposal) -> None:
    """What of a guess is open: columns that do not fit, questions, files of no use."""
    screen.head("Passed over")
    for one in proposal.looked:
        whys = {heading: why for heading, why in one.passed_over.items() if why}
        plain = [heading for heading, why in one.passed_over.items() if not why]
        for heading, why in whys.items():
            screen.line(one.name, f"{heading}: {why}", "dim")
        if plain and one.readings:
            screen.line(one.name, f"{', '.join(plain)}: no field of {one.readings[0].source}", "dim")
    screen.head("Nothing could be made of")
    for name, why in unmade(proposal.looked).items():
        screen.line(name, why, "alarm")
    screen.head("Not sure")
    for said in proposal.unsure:
        screen.line("", said, "alarm")


def document(proposal: Proposal) -> dict:
    """A guess for a script."""
    return {
        "files": [
            {"file": one.name, "is": one.called, "why_not": one.why_not, "passed_over": one.passed_over,
             "sources": [{"source": reading.source, **reading.spec, "sure": reading.scores} for reading in one.readings]}
            for one in proposal.looked
        ],
        "signs": proposal.signs, "labels": proposal.labels, "places": proposal.places, "unsure": list(proposal.unsure),
    }  # fmt: skip

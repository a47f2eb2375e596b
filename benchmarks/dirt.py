"""How much of the dirt that was planted in the demo's files cleaning finds, and how much of what it finds was planted.

    make bench-dirt
    python -m benchmarks.dirt <folder>     real e-mail metadata instead: edges.csv (source, target, time, recipient_type)
                                           and nodes.csv (id); what each step of cleaning would take alone

Three organisations of 400 people over 26 weeks, with the demo's settings, taken together. Recall is the share of planted
records that were refused or set aside for what they are; precision the share of the records so treated, in any file, that
were planted as such. What is found where:

    duplicate         set aside as `repeat`, or refused as one that repeats a row; two contacts of one owner at one party
                      are one tie, repeat each other rightly, and do not count
    bot, list         set aside as `machine`, as `list`                all_hands    set aside as `broadcast`
    wrong_clock       set aside as `out of time`                       thousands    refused as a number with a comma
    impossible_date   refused as no date                               out_of_scale refused as above or below the scale
    wrong_zone        a person and channel of the table `clocks`; planted are those with mail on as many days as a clock
                      can be told from (`clocks.FEWEST`), since nothing less tells a clock from a journey
    stranger          its domain is listed as nobody's, for a person to map: an invented mail provider is in no list
    leaver            mail with somebody who left, set aside as `stranger` where no step before takes it; so is mail under
                      a second or former address that was not led to its person (`make bench-identities`): not counted
    preview           the number of trials that the reader says it left out
    joiner            not among those invited, where the time from survey to staff list is stated; tenure in whole months
                      cannot tell them from who came just before, so precision has no goal
    encoding          refused as no UTF-8 text where the settings do not say what it is, and no other file so

Second and former addresses, slips and garbled names are `make bench-identities`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import yaml

from benchmarks.figures import Figure, publish
from kithwork import cleaning, params, readers, store
from kithwork.cleaning import clocks
from kithwork.cleaning.identities import pseudonym
from kithwork.cleaning.survey.response import invited
from kithwork.cleaning.traces import MONTH
from kithwork.errors import UserError
from kithwork.params import Settings
from kithwork.simulation import files, simulate

SEEDS = (21, 22, 23)
PEOPLE, WEEKS = 400, 26
LEAST = 0.95
WITHOUT_GOAL = ("joiner",)
"""Kinds whose precision has no goal."""

Keys = set[tuple[str, str]]
"""Records by their file and the key under which the truth lists them."""


@dataclass(frozen=True)
class Kind:
    """Records planted with a kind of dirt, those found to have it, and those that show the same way and are not counted."""

    planted: Keys
    found: Keys
    alike: Keys = field(default_factory=set)

    def sizes(self) -> tuple[int, int]:
        """How many were planted, and found."""
        return len(self.planted), len(self.found - self.alike)


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    if len(sys.argv) > 1:
        return metadata(Path(sys.argv[1]))
    studies = [study(seed) for seed in SEEDS]
    figures = []
    for kind in studies[0]:
        ours = [one[kind] for one in studies]
        right = sum(len(one.planted & one.found) for one in ours)
        planted, found = (sum(counts) for counts in zip(*map(Kind.sizes, ours), strict=True))
        goal = None if kind in WITHOUT_GOAL else LEAST
        figures += [
            Figure(f"{kind}: planted in each", tuple(float(len(one.planted)) for one in ours), "records"),
            Figure(f"{kind}: found of {planted:,} planted", (right / max(planted, 1),), "", LEAST, "at least"),
            Figure(f"{kind}: planted of {found:,} found", (right / max(found, 1),), "", goal, "at least"),
        ]
    return publish("dirt", figures)


def study(seed: int) -> dict[str, Kind]:
    """Simulate one organisation, clean its files, and compare."""
    content = yaml.safe_load((params.ROOT / "params.yaml").read_text(encoding="utf-8"))
    world = simulate(PEOPLE, WEEKS, seed)
    with rooted(content | {"engagements": {"demo": content["engagements"]["demo"]}, "simulations": {}}):
        files.write(world, store.raw("demo"))
        settings = params.load("demo")
        tables = cleaning.clean(readers.read(settings), settings)
        return Compared(store.raw("demo"), tables, settings, (WEEKS - world.survey_week) * 7 / MONTH).kinds()


@contextmanager
def rooted(content: dict) -> Iterator[None]:
    """A study's folder for a while, with these settings."""
    home = params.ROOT
    with TemporaryDirectory() as place:
        params.ROOT = Path(place)
        try:
            (params.ROOT / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
            yield
        finally:
            params.ROOT = home


@dataclass(frozen=True)
class Compared:
    """One organisation's files, what cleaning made of them, and the months from its survey to its staff list."""

    folder: Path
    tables: cleaning.Cleaned
    settings: Settings
    months: float

    def kinds(self) -> dict[str, Kind]:
        """Planted and found, by kind."""
        return {
            "duplicate": Kind(self.planted("duplicate"), self.taken("repeat") | self.refused("repeats"), self.one_party),
            "bot": Kind(self.planted("bot"), self.taken("machine")),
            "list": Kind(self.planted("list"), self.taken("list")),
            "all_hands": Kind(self.planted("all_hands"), self.taken("broadcast")),
            "wrong_clock": Kind(self.planted("wrong_clock"), self.taken("out of time")),
            "wrong_zone": Kind(self.planted("wrong_zone") & self.on_enough_days, self.wrong_clocks),
            "impossible_date": Kind(self.planted("impossible_date"), self.refused("is not a date")),
            "thousands": Kind(self.planted("thousands"), self.refused("comma")),
            "out_of_scale": Kind(self.planted("out_of_scale"), self.refused("is above|is below", "column")),
            "stranger": Kind(self.planted("stranger"), self.unmapped),
            "leaver": Kind(self.mail_with(self.gone, open_only=True), self.taken("stranger", "mail.csv"), self.otherwise),
            "preview": Kind(self.planted("preview"), self.trials),
            "joiner": Kind(self.planted("joiner"), self.not_invited),
            "encoding": Kind(self.planted("encoding"), self.not_utf8),
        }

    @cached_property
    def dirt(self) -> pd.DataFrame:
        """The truth: kind, file, record."""
        return pd.read_csv(self.folder / "truth" / "dirt.csv", dtype=str)

    @cached_property
    def people(self) -> pd.DataFrame:
        """Everybody who ever worked there."""
        return pd.read_csv(self.folder / "truth" / "people.csv", dtype=str)

    @cached_property
    def mail(self) -> pd.DataFrame:
        """The trace, by line, with `step`: what took each record, or `refused`; absent where it was kept."""
        frame = pd.read_csv(self.folder / "mail.csv", dtype=str)
        frame.index += 2
        faulty = self.tables["quarantine"].query("file.str.endswith('/mail.csv')")["row"]
        steps = self.aside.loc[self.aside["name"] == "mail.csv"].set_index("row")["step"]
        return frame.assign(step=steps.reindex(frame.index).mask(frame.index.isin(faulty), "refused"))

    @cached_property
    def aside(self) -> pd.DataFrame:
        """What was set aside, with the file's `name`."""
        found = self.tables["set_aside"].to_pandas()
        return found.assign(name=found["file"].str.rpartition("/")[2])

    @cached_property
    def keys(self) -> dict[str, dict[int, str]]:
        """The truth's key of each line, by file."""
        ids = {"mail.csv": ["MessageId", "RecipientAddress"], "contacts.csv": ["Owner", "E-mail"]}
        ids["staff.csv"] = ["Employee ID"]
        encodings = {"staff.csv": "cp1252"}
        found = {}
        for name, columns in ids.items():
            frame = pd.read_csv(self.folder / name, dtype=str, encoding=encodings.get(name, "utf-8"))
            found[name] = dict(enumerate(frame[columns].agg(" ".join, axis=1), start=2))
        calls = pd.read_csv(self.folder / "calls.csv", dtype=str)
        users = pd.read_csv(self.folder / "adoption.csv", dtype=str)["User"]
        person = dict(zip(self.people["email"], self.people["person"], strict=True))
        found["calls.csv"] = {line + 2: str(line) for line in range(len(calls))}
        found["adoption.csv"] = dict(enumerate(users.map(person), start=2))
        return found | {"survey.csv": responses(self.folder / "survey.csv")}

    def key(self, name: str, row: int) -> tuple[str, str]:
        """The record at a line; of a file without planted records, the line itself."""
        return name, self.keys.get(name, {}).get(row, f"line {row}")

    def planted(self, kind: str) -> Keys:
        """The records with a kind of dirt."""
        rows = self.dirt[self.dirt["kind"] == kind]
        return set(zip(rows["file"], rows["record"], strict=True))

    def taken(self, step: str, name: str | None = None) -> Keys:
        """The records that a step set aside, of all files or one."""
        rows = self.aside[(self.aside["step"] == step) & (self.aside["name"].eq(name) | (name is None))]
        return {self.key(*place) for place in zip(rows["name"], rows["row"], strict=True)}

    def refused(self, reason: str, beside: str | None = None) -> Keys:
        """The records refused for a reason; `beside` names what belongs to their key as well."""
        rows = self.tables["quarantine"]
        rows = rows[rows["reason"].str.contains(reason, regex=True)]
        names = rows["file"].str.rpartition("/")[2]
        found = [self.key(*place) for place in zip(names, rows["row"], strict=True)]
        if beside:
            found = [(name, f"{key} {more}") for (name, key), more in zip(found, rows[beside], strict=True)]
        return set(found)

    @cached_property
    def book(self) -> pd.DataFrame:
        """The address books, with the `host` of each contact and its `key`."""
        book = pd.read_csv(self.folder / "contacts.csv", dtype=str)
        return book.assign(host=book["E-mail"].str.rpartition("@")[2], key=book["Owner"] + " " + book["E-mail"])

    @property
    def one_party(self) -> Keys:
        """Contacts whose owner has another contact at the same party before."""
        return {("contacts.csv", key) for key in self.book["key"][self.book.duplicated(["Owner", "host"])]}

    @property
    def unmapped(self) -> Keys:
        """Contacts at a domain that is listed for a person to map."""
        listed = set(self.tables.review["parties"]["domain"])
        return {("contacts.csv", key) for key in self.book["key"][self.book["host"].isin(listed)]}

    @property
    def on_enough_days(self) -> Keys:
        """People with mail on as many days as a clock can be told from."""
        day = self.mail["Received"][self.mail["step"].isna()].str[:10]
        days = day.groupby(self.mail["SenderAddress"]).nunique()
        enough = self.people["email"].map(days) >= clocks.FEWEST
        return {("mail.csv", person) for person in self.people["person"][enough]}

    @property
    def wrong_clocks(self) -> Keys:
        """People whose clock was set right, under the name of the channel's file."""
        found = {pseudonym(b"demo", person): person for person in self.people["person"]}
        rows = self.tables["clocks"]
        return {(f"{one.channel}.csv", found[one.person_id]) for one in rows.itertuples()}

    @property
    def gone(self) -> set[str]:
        """People who left."""
        return {person for _, person in self.planted("leaver")}

    def other_addresses(self, people: set[str]) -> set[str]:
        """Second and former addresses of some people."""
        words = self.dirt.loc[self.dirt["kind"].isin(["alias", "renamed"]), "record"].str.split(" ", expand=True)
        return set(words.loc[words[0].isin(people), 1])

    def mail_with(self, people: set[str], *, open_only: bool) -> Keys:
        """Mail with these people at an end, under any address; `open_only`: that no step before `stranger` took."""
        theirs = set(self.people["email"][self.people["person"].isin(people)]) | self.other_addresses(people)
        return self._mail(theirs, self.mail["step"].isna() | (self.mail["step"] == "stranger") | (not open_only))

    @property
    def otherwise(self) -> Keys:
        """Mail under another address of somebody who is on the staff list, and none with somebody who left."""
        here = self.other_addresses(set(self.people["person"]) - self.gone)
        return self._mail(here, self.mail["step"].notna()) - self.mail_with(self.gone, open_only=False)

    def _mail(self, addresses: set[str], where: pd.Series) -> Keys:
        ends = self.mail["SenderAddress"].isin(addresses) | self.mail["RecipientAddress"].isin(addresses)
        return {self.key("mail.csv", line) for line in self.mail.index[ends & where]}

    @property
    def trials(self) -> Keys:
        """As many trials as the reader left out."""
        notes = " ".join(self.tables["intake"]["note"].dropna())
        count = re.search(r"preview or test left out: (\d+)", notes)
        told = sorted(self.planted("preview"))
        more = [("survey.csv", f"another {number}") for number in range(PEOPLE)]
        return set((told + more)[: int(count[1]) if count else 0])

    @property
    def not_invited(self) -> Keys:
        """People of the staff list who are not taken for invited."""
        took_part = pd.Index(self.tables["answers"]["person_id"].unique())
        there = set(invited(self.tables["people"], took_part, self.months)["person_id"])
        out = set(self.tables["people"]["person_id"]) - there
        return {("staff.csv", person) for person in self.people["person"] if pseudonym(b"demo", person) in out}

    @property
    def not_utf8(self) -> Keys:
        """Tables that are refused as such where nobody says how they are encoded."""
        found = set()
        for source, specs in self.settings.engagement.sources.items():
            for spec in (one for one in specs if one.reader == "csvfile"):
                try:
                    list(readers.batches(source, spec.model_copy(update={"encoding": "utf-8"}), self.settings))
                except UserError as error:
                    if any(problem.what == "is not utf-8 text" for problem in error.problems):
                        found.add((spec.file, "cp1252"))
        return found


def responses(path: Path) -> dict[int, str]:
    """The response of each line of the survey."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader, found = csv.reader(file), {}
        number = next(reader).index("ResponseId")
        start = reader.line_num + 1
        for row in reader:
            found[start] = row[number]
            start = reader.line_num + 1
    return found


def metadata(folder: Path) -> int:
    """What each step would take of real e-mail metadata, with all its time and with a stated period; nothing is written.

    Its times name no zone, and are read as UTC.
    """
    content = yaml.safe_load((params.ROOT / "params.yaml").read_text(encoding="utf-8"))
    columns = {"ego": "source", "alter": "target", "at": "time"}
    log = {"file": "edges.csv", "columns": columns, "constants": {"channel": "mail"}}
    about = {
        **content["engagements"]["office"],
        "sources": {"staff": {"file": "nodes.csv", "columns": {"person": "id"}}, "interactions": log},
        "directed": True,
        "bad_rows": "quarantine",
        "purposes": dict.fromkeys(("staff", "interactions"), "To try cleaning on them."),
        "signs": {},
    }
    for period in (None, ["1998-01-01", "2002-12-31"]):
        with rooted(content | {"simulations": {}, "engagements": {"mail": about | {"period": period}}}):
            store.raw("mail").mkdir(parents=True)
            for name in ("edges.csv", "nodes.csv"):
                (store.raw("mail") / name).symlink_to(folder.absolute() / name)
            settings = params.load("mail")
            tables = cleaning.clean(readers.read(settings), settings)
            print("period:", "stated" if period else "inferred")
            print(tables["intake"].drop(columns="note").to_string(index=False))
            print(tables["filters"].drop(columns=["source", "reason"]).to_string(index=False))
            taken = tables["set_aside"].to_pandas().set_index("row")["step"]
            kind = pd.read_csv(folder / "edges.csv", usecols=["recipient_type"])["recipient_type"]
            step = taken.reindex(kind.index + 2).fillna("kept").to_numpy()
            print(pd.crosstab(kind, step).to_string())
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How many planted second addresses, former names, slips of the pen and garbled names are led back to their person.

    make bench-identities

Three organisations of 400 people over 26 weeks, at the usual dirt and at three times as much, are written as a client's
files and read again with the staff list, the parties, the mail and telephone logs, the chat and the names typed into the
survey. Precision is the share of merges that are right; a name of two people is right where all who typed it meant the one.
Recall is the share of planted words of listed people that are found, over all kinds together and by kind. Of the words left
to a person: the share of planted ones whose right candidate is shown. The two goals are for all three organisations
together, since one wrong merge among the sixty of one of them is more than the goal allows.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd
from scipy import sparse

from benchmarks.figures import Figure, publish
from kithwork.cleaning import parties
from kithwork.cleaning.identities import normal
from kithwork.cleaning.known import Known, spaced
from kithwork.cleaning.matching import Matched, Met, Staff, match
from kithwork.engagement import Reader
from kithwork.readers import slack
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import whole
from kithwork.simulation import World, files, simulate
from kithwork.simulation.knobs import Knobs

SEEDS = (21, 22, 23)
PEOPLE, WEEKS = 400, 26
PRECISION, RECALL = 0.995, 0.95
KINDS = ("alias", "renamed", "misspelt", "garbled")
LOGS = {"mail.csv": ("SenderAddress", "RecipientAddress", "Received"), "calls.csv": ("Caller", "Callee", "Start")}
FIRST_DAY, LAST_DAY = pd.Timestamp("2026-01-01", tz="UTC"), pd.Timestamp("2026-12-31", tz="UTC")
GENERATORS = ("GF", "GP", "GS")


@dataclass(frozen=True)
class Study:
    """One organisation's files: what was matched, what planted words truly are, by kind, and what typed ones are."""

    matched: Matched
    resolved: dict[str, str]
    planted: dict[str, dict[str, str]]
    typed: dict[str, set[str]]

    def merged(self) -> dict[str, str]:
        """The person each merged word was merged with."""
        rows = self.matched.decisions
        rows = rows[rows["decision"] == "merge"]
        return dict(zip(rows["word"], rows["person"], strict=True))

    def found(self) -> dict[str, str]:
        """The same, with the words that exact keys lead to."""
        return self.resolved | self.merged()

    def truth(self) -> dict[str, str]:
        """All planted words."""
        return {word: person for words in self.planted.values() for word, person in words.items()}


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = []
    for level in (1.0, 3.0):
        studies = [study(seed, level) for seed in SEEDS]
        about, usual = f"at dirt {level:g}", level == 1
        figures += [
            Figure(f"precision of all merges {about}", (precision(studies),), "", PRECISION, "at least"),
            Figure(f"recall of all planted words {about}", (recall(studies),), "", RECALL if usual else None, "at least"),
            Figure(f"precision by organisation {about}", tuple(precision([one]) for one in studies), ""),
            Figure(f"recall by organisation {about}", tuple(recall([one]) for one in studies), ""),
        ]
        figures += [Figure(f"recall of {kind} {about}", (recall(studies, kind),), "") for kind in KINDS]
        figures += [
            Figure(f"words to review {about}", tuple(float(len(reviewed(one))) for one in studies), "words"),
            Figure(f"right candidate among those shown {about}", tuple(map(shown, studies)), ""),
            Figure(f"planted words merged or with the right candidate shown {about}", tuple(map(reached, studies)), ""),
        ]
    return publish("identities", figures)


def study(seed: int, level: float) -> Study:
    """Simulate, write, read and match."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        world = simulate(PEOPLE, WEEKS, seed, Knobs(dirt=level))
        files.write(world, folder)
        return read(folder, meant(world))


def meant(world: World) -> dict[tuple[int, str], str]:
    """Whom each cell of the survey's name generators truly names, by respondent and question."""
    named = world.survey.named[world.survey.named["generator"].isin(GENERATORS)]
    box = named.groupby(["respondent", "generator"]).cumcount() + 1
    people = world.org.people["person"].to_numpy()[named["alter"].to_numpy(dtype=int)]
    return dict(zip(zip(named["respondent"], named["generator"] + "_" + box.astype(str), strict=True), people, strict=True))


def read(folder: Path, meant: dict[tuple[int, str], str]) -> Study:
    """The files of an organisation matched, with their truth."""
    staff = pd.read_csv(folder / "staff.csv", encoding="cp1252", dtype=str).drop_duplicates("Employee ID")
    staff = staff.rename(columns={"Employee ID": "person", "Name": "name", "E-mail": "email", "Department": "unit"})
    staff = staff.assign(tenure_months=staff["Tenure (months)"].astype(float)).reset_index(drop=True)
    accounts = pd.read_csv(folder / "accounts.csv", dtype=str)
    known = Known()
    known.learn("staff", {name: staff[name].map(normal) for name in ("person", "name", "email")})
    named, typed = survey(folder / "survey.csv")
    contacts = pd.concat([*(logged(folder, name) for name in LOGS), chat(folder), named], ignore_index=True)
    found = met(contacts, staff, known)
    web = dict(zip(accounts["Web"], accounts["Account ID"], strict=True))
    domains = parties.domains(staff["email"], found.words, web)
    people = staff["person"].to_numpy()
    resolved = {word: people[who] for word, who in zip(found.words, found.person, strict=True) if who >= 0}
    truth = {
        kind: {word: who for word, who in words.items() if who in set(people)}
        for kind, words in planted(folder, typed).items()
    }
    typed_for: dict[str, set[str]] = {}
    for cell, word in typed.items():
        typed_for.setdefault(word, set()).add(meant[cell])
    return Study(match(Staff(staff), found, domains), resolved, truth, typed_for)


def logged(folder: Path, name: str) -> pd.DataFrame:
    """Contacts of one log whose time can be true: a, b, at, file."""
    one, other, time = LOGS[name]
    frame = pd.read_csv(folder / name, dtype=str).rename(columns={one: "a", other: "b"})
    at = pd.to_datetime(frame[time], errors="coerce", utc=True, format="ISO8601")
    sound = at.between(FIRST_DAY, LAST_DAY)
    return frame.loc[sound, ["a", "b"]].assign(at=at[sound], file=name)


def chat(folder: Path) -> pd.DataFrame:
    """Messages of the chat, likewise."""
    file = Given("chat.zip", folder / "chat.zip")
    rows = whole(slack.parse("interactions", Reader(reader="slack", file=file.name), file)).frame
    at = pd.to_datetime(rows["at"], utc=True, format="ISO8601")
    return pd.DataFrame({"a": rows["ego"], "b": rows["alter"], "at": at, "file": file.name})


def survey(path: Path) -> tuple[pd.DataFrame, dict[tuple[int, str], str]]:
    """The names typed into the survey by whom, as contacts without a time; and each cell by respondent and question."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file)][2:]
    cells, rows_found = {}, []
    for row in rows:
        if not row["ResponseId"].startswith("R_0"):
            continue
        for code in (code for code in row if code.split("_")[0] in GENERATORS and row[code]):
            cells[int(row["ResponseId"][2:]), code] = row[code]
            rows_found.append((row["ExternalReference"], row[code]))
    frame = pd.DataFrame(rows_found, columns=["a", "b"])
    return frame.assign(at=pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns, UTC]"), file="survey.csv"), cells


def met(contacts: pd.DataFrame, staff: pd.DataFrame, known: Known) -> Met:
    """The distinct words of the contacts, whom each means by its keys, and what was seen of it."""
    codes, words = pd.factorize(pd.concat([contacts["a"], contacts["b"]], ignore_index=True))
    a, b = codes[: len(contacts)], codes[len(contacts) :]
    number = {normal(person): at for at, person in enumerate(staff["person"])}
    keys = pd.Series(words).map(lambda word: spaced(normal(word)))
    person = known.resolve(keys, "person").map(number).fillna(-1).astype(int).to_numpy()
    ends = np.r_[np.c_[a, person[b]], np.c_[b, person[a]]]
    ends = ends[ends[:, 1] >= 0]
    counts = sparse.coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(words), len(staff))).tocsr()
    begun = pd.DataFrame({"word": a, "file": contacts["file"], "at": contacts["at"]})
    seen = begun.groupby(["word", "file"], as_index=False)["at"].agg(first="min", last="max")
    return Met(list(words), person, counts, seen)


def planted(folder: Path, typed: dict[tuple[int, str], str]) -> dict[str, dict[str, str]]:
    """The words of each planted kind and whom they truly mean."""
    found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    listed = pd.read_csv(folder / "truth" / "dirt.csv", dtype=str)
    for kind, record in listed.loc[listed["kind"].isin(KINDS), ["kind", "record"]].itertuples(index=False):
        parts = record.split()
        if len(parts) == 2:
            found[kind][parts[1]] = parts[0]
        elif (cell := typed.get((int(parts[0]), parts[1]))) is not None:
            found[kind][cell] = parts[2]
    return found


def precision(studies: list[Study]) -> float:
    """Share of all merges that are right."""
    right = [
        one.typed.get(word, {one.truth().get(word)}) == {person} for one in studies for word, person in one.merged().items()
    ]
    return sum(right) / len(right)


def recall(studies: list[Study], kind: str | None = None) -> float:
    """Share of all planted words found to be their person's."""
    found = [
        one.found().get(word) == person
        for one in studies
        for word, person in (one.planted[kind] if kind else one.truth()).items()
    ]
    return sum(found) / max(len(found), 1)


def reviewed(one: Study) -> list[str]:
    """Words left to a person."""
    rows = one.matched.decisions
    return list(rows.loc[rows["decision"] == "review", "word"])


def shown(one: Study) -> float:
    """Of the planted words left to a person, the share whose right candidate is shown."""
    truth = one.truth()
    words = [word for word in reviewed(one) if word in truth]
    return sum(word in _rightly(one) for word in words) / max(len(words), 1)


def reached(one: Study) -> float:
    """Share of planted words that are merged rightly, or shown with their person."""
    truth, merged = one.truth(), one.found()
    return sum(merged.get(word) == who or word in _rightly(one) for word, who in truth.items()) / len(truth)


def _rightly(one: Study) -> Counter[str]:
    truth, rows = one.truth(), one.matched.candidates
    return Counter(row.word for row in rows.itertuples() if truth.get(row.word) == row.person)


if __name__ == "__main__":
    sys.exit(main())

"""How much of the dirt that was planted in the demo's files cleaning finds, and how much of what it finds was planted.

    make bench-dirt
    python -m benchmarks.dirt <folder>     real e-mail metadata instead: edges.csv (source, target, time, recipient_type)
                                           and nodes.csv (id); what each step of cleaning would take alone

Three organisations of 400 people over 26 weeks, with the demo's settings. Recall is the share of planted records that were
refused or set aside for what they are; precision the share of the records so treated that were planted as such. What is
found where:

    duplicate         set aside as `repeat`, refused as one that repeats a row; a mail to several people of one party is one
                      contact with it, and no duplicate counts against precision there
    bot, list         set aside as `machine`, as `list`                all_hands    set aside as `broadcast`
    wrong_clock       set aside as `out of time`                       wrong_zone   a person of the table `clocks`
    impossible_date   refused as no date                               thousands    refused as a number with a comma
    out_of_scale      refused as above or below the scale              stranger     its domain is listed as nobody's yet
    leaver            none of the person's mail is kept                preview      counted as a trial by the reader

A file that is not UTF-8 is declared in the settings, so there is nothing to find; who came after the survey is told by
tenure alone. Second and former addresses, slips and garbled names are `make bench-identities`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import yaml

from benchmarks.figures import Figure, publish
from kithwork import cleaning, params, readers, store
from kithwork.cleaning.identities import pseudonym
from kithwork.simulation import files, simulate

SEEDS = (21, 22, 23)
PEOPLE, WEEKS = 400, 26
LEAST = 0.95

Keys = set[tuple[str, str]]
"""Records by their file and the key under which the truth lists them."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    if len(sys.argv) > 1:
        return metadata(Path(sys.argv[1]))
    studies = [study(seed) for seed in SEEDS]
    figures = []
    for kind in studies[0]:
        planted, found = (tuple(float(len(one[kind][i])) for one in studies) for i in (0, 1))
        figures.append(Figure(f"{kind}: planted", planted, "records"))
        recall = [len(one[kind][0] & one[kind][1]) / max(len(one[kind][0]), 1) for one in studies]
        precision = [len(one[kind][0] & one[kind][1]) / max(len(one[kind][1]), 1) for one in studies]
        figures.append(Figure(f"{kind}: found of them", tuple(recall), "", LEAST, "at least"))
        figures.append(Figure(f"{kind}: planted of those found", tuple(precision), "", LEAST, "at least"))
        assert len(found) == len(studies)
    return publish("dirt", figures)


def study(seed: int) -> dict[str, tuple[Keys, Keys]]:
    """By kind, the records planted and those found, in one organisation."""
    home = params.ROOT
    with TemporaryDirectory() as place:
        content = yaml.safe_load((home / "params.yaml").read_text(encoding="utf-8"))
        content["engagements"] = {"demo": content["engagements"]["demo"]}
        content["simulations"] = {}
        params.ROOT = Path(place)
        try:
            (params.ROOT / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
            files.write(simulate(PEOPLE, WEEKS, seed), store.raw("demo"))
            settings = params.load("demo")
            return compared(store.raw("demo"), cleaning.clean(readers.read(settings), settings))
        finally:
            params.ROOT = home


def compared(folder: Path, tables: cleaning.Cleaned) -> dict[str, tuple[Keys, Keys]]:
    """Planted and found, by kind."""
    truth = pd.read_csv(folder / "truth" / "dirt.csv", dtype=str)
    planted = {kind: set(zip(rows["file"], rows["record"], strict=True)) for kind, rows in truth.groupby("kind")}
    keys = {name: keyed(folder / name) for name in ("mail.csv", "calls.csv", "staff.csv", "adoption.csv", "contacts.csv")}
    aside, refused = tables["set_aside"].to_pandas(), tables["quarantine"]
    aside, refused = (one.assign(name=one["file"].str.rpartition("/")[2]) for one in (aside, refused))

    def taken(step: str) -> Keys:
        rows = aside[(aside["step"] == step) & (aside["name"] == "mail.csv")]
        return {("mail.csv", keys["mail.csv"][row]) for row in rows["row"]}

    def faulty(form: str, name: str, key: Callable[[pd.Series], str]) -> Keys:
        rows = refused[refused["reason"].str.contains(form, regex=True) & (refused["name"] == name)]
        return {(name, key(row)) for _, row in rows.iterrows()}

    def by_line(name: str) -> Callable[[pd.Series], str]:
        return lambda row: keys[name][row["row"]]

    response = keyed_survey(folder / "survey.csv")
    mail = pd.read_csv(folder / "mail.csv", dtype=str)
    again = mail.duplicated(["MessageId", "SenderAddress", "RecipientAddress"], keep=False)
    really = {("mail.csv", key) for key in (mail["MessageId"] + " " + mail["RecipientAddress"])[again]}
    repeats = (taken("repeat") & really) | faulty("repeats", "staff.csv", by_line("staff.csv"))
    repeats |= faulty("repeats", "survey.csv", lambda row: response[row["row"]])
    clocks = {("mail.csv", who) for who in identified(folder, set(tables["clocks"]["person_id"]))}
    notes = " ".join(tables["intake"]["note"].dropna())
    trials = int(re.search(r"preview or test left out: (\d+)", notes)[1])
    previews = set(planted["preview"])
    dates = faulty("is not a date", "mail.csv", by_line("mail.csv")) | faulty(
        "is not a date", "adoption.csv", by_line("adoption.csv")
    )
    scale = faulty("is above|is below", "survey.csv", lambda row: f"{response[row['row']]} {row['column']}")
    lost = pd.concat([aside, refused])
    gone = leavers(
        folder, {record for _, record in planted["leaver"]}, mail, set(lost.loc[lost["name"] == "mail.csv", "row"])
    )
    unmapped = set(tables.review["parties"]["domain"])
    book = pd.read_csv(folder / "contacts.csv", dtype=str)
    unknown = book[book["E-mail"].str.rpartition("@")[2].isin(unmapped)]
    strangers = {("contacts.csv", key) for key in unknown["Owner"] + " " + unknown["E-mail"]}
    return {
        "duplicate": (planted["duplicate"], repeats),
        "bot": (planted["bot"], taken("machine")),
        "list": (planted["list"], taken("list")),
        "all_hands": (planted["all_hands"], taken("broadcast")),
        "wrong_clock": (planted["wrong_clock"], taken("out of time")),
        "wrong_zone": (planted["wrong_zone"], clocks),
        "impossible_date": (planted["impossible_date"], dates),
        "thousands": (planted["thousands"], faulty("comma", "calls.csv", by_line("calls.csv"))),
        "out_of_scale": (planted["out_of_scale"], scale),
        "stranger": (planted["stranger"], strangers),
        "leaver": (gone[0], gone[1]),
        "preview": (previews, previews if trials == len(previews) else set()),
    }


def keyed(path: Path) -> dict[int, str]:
    """The truth's key of each line of a file."""
    frame = pd.read_csv(path, dtype=str, encoding="cp1252" if path.name == "staff.csv" else "utf-8", keep_default_na=False)
    ids = {"mail.csv": ["MessageId", "RecipientAddress"], "staff.csv": ["Employee ID"], "contacts.csv": ["Owner", "E-mail"]}
    if path.name == "calls.csv":
        words = pd.Series(frame.index.astype(str))
    elif path.name == "adoption.csv":
        people = pd.read_csv(path.parent / "truth" / "people.csv", dtype=str)
        words = frame["User"].map(dict(zip(people["email"], people["person"], strict=True)))
    else:
        words = frame[ids[path.name]].agg(" ".join, axis=1)
    return dict(zip(frame.index + 2, words, strict=True))


def keyed_survey(path: Path) -> dict[int, str]:
    """The response of each line of the survey."""
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        reader, found, start = csv.reader(file), {}, 1
        header = next(reader)
        start = reader.line_num + 1
        for row in reader:
            found[start] = row[header.index("ResponseId")]
            start = reader.line_num + 1
    return found


def identified(folder: Path, pseudonyms: set[str]) -> set[str]:
    """The people behind pseudonyms."""
    people = pd.read_csv(folder / "truth" / "people.csv", dtype=str)["person"]
    return {person for person in people if pseudonym(b"demo", person) in pseudonyms}


def leavers(folder: Path, gone: set[str], mail: pd.DataFrame, lines: set[int]) -> tuple[Keys, Keys]:
    """Those who left and wrote or got mail; and the unlisted people of the company none of whose mail was kept."""
    people = pd.read_csv(folder / "truth" / "people.csv", dtype=str)
    listed = set(pd.read_csv(folder / "staff.csv", dtype=str, encoding="cp1252")["Employee ID"])
    mine = mail.assign(line=mail.index + 2).melt("line", ["SenderAddress", "RecipientAddress"], value_name="email")
    mine = mine.merge(people[["email", "person"]], on="email")
    out = mine.assign(out=mine["line"].isin(lines)).groupby("person")["out"].all()
    met = {("staff.csv", person) for person in out.index[out.index.isin(gone)]}
    return met, {("staff.csv", person) for person in out.index[out] if person not in listed}


def metadata(folder: Path) -> int:
    """What each step would take of real e-mail metadata, with all its time and with a stated period; nothing is written."""
    home = params.ROOT
    with TemporaryDirectory() as place:
        raw = Path(place) / "data" / "raw" / "mail"
        raw.mkdir(parents=True)
        for name in ("edges.csv", "nodes.csv"):
            (raw / name).symlink_to(folder / name)
        content = yaml.safe_load((home / "params.yaml").read_text(encoding="utf-8"))
        columns = {"ego": "source", "alter": "target", "at": "time"}
        log = {"file": "edges.csv", "columns": columns, "constants": {"channel": "mail"}}
        study = {
            **content["engagements"]["office"],
            "sources": {"staff": {"file": "nodes.csv", "columns": {"person": "id"}}, "interactions": log},
            "directed": True,
            "bad_rows": "quarantine",
            "purposes": dict.fromkeys(("staff", "interactions"), "To try cleaning on them."),
            "signs": {},
        }
        content |= {"simulations": {}, "engagements": {"mail": study}}
        params.ROOT = Path(place)
        try:
            for period in (None, ["1998-01-01", "2002-12-31"]):
                content["engagements"]["mail"]["period"] = period
                (params.ROOT / "params.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
                settings = params.load("mail")
                tables = cleaning.clean(readers.read(settings), settings)
                print("period:", "inferred" if period is None else "stated")
                print(tables["intake"].drop(columns="note").to_string(index=False))
                print(tables["filters"].drop(columns=["source", "reason"]).to_string(index=False))
        finally:
            params.ROOT = home
    return 0


if __name__ == "__main__":
    sys.exit(main())

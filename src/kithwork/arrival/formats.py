"""What a file is by its beginning, whatever its name ends in: a format that says what it holds, a table, or neither."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kithwork.readers.transcript import STAMP

HEAD = 2**16
"""Bytes looked at."""
MAIL_HEAD = re.compile(r"(?:[\w-]+: [^\n]{0,998}\n(?:[ \t][^\n]{0,998}\n){0,50}){3}")
"""Lines as a mail's head has them."""
CONTACT, TIES = ("interactions",), ("nominations",)
SURVEY = ("answers", "responses", "nominations", "interpreters", "comments")
"""Sources that an export of our questionnaire holds."""


@dataclass(frozen=True)
class Format:
    """How a file is read, and for which sources; `table` where its columns must be looked at first.

    `why_not`: why nothing can be made of it, in words, where nothing can.
    """

    called: str
    reader: str = ""
    sources: tuple[str, ...] = ()
    options: dict[str, str] = field(default_factory=dict)
    table: str = ""
    why_not: str = ""


def of(path: Path) -> Format:
    """The format of a file or folder."""
    try:
        if path.is_dir():
            return _of_folder(path)
        if path.exists() and not path.is_file():
            return Format("no file", why_not="is a pipe or a device, no file: put the file itself here")
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        return Format("unread", why_not=f"cannot be opened ({error.strerror}): see that you may read it")
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        return Format("empty", why_not="holds nothing: export it again")
    for beginning, found in BINARY.items():
        if head.startswith(beginning):
            return found
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(path)
    if head[8:12] == b"DUCK":
        return Format("a DuckDB file", why_not="may hold several tables: name the table in params.yaml (reader: warehouse)")
    return _of_text(head, path.suffix.casefold())


def _no_table(called: str) -> Format:
    return Format(called, why_not=f"is {called}: ask for the table behind it, as CSV or Excel")


BINARY = {
    b"PAR1": Format("parquet", "warehouse", table="parquet"),
    b"%PDF": _no_table("a PDF"),
    b"\x89PNG": _no_table("a picture"),
    b"\xff\xd8\xff": _no_table("a picture"),
    b"GIF8": _no_table("a picture"),
    b"!BDN": Format("Outlook's .pst", why_not="is Outlook's own (.pst): export it as mbox, or ask for a message trace"),
    b"\xd0\xcf\x11\xe0": Format("an old workbook", why_not="is an Office file of the old kind: save it as .xlsx or CSV"),
    b"\x1f\x8b": Format("gzip", why_not="is packed with gzip: unpack it first"),
    b"7z\xbc\xaf": Format("7z", why_not="is packed with 7-Zip: unpack it first"),
    b"Rar!": Format("rar", why_not="is packed with RAR: unpack it first"),
    b"SQLite format 3": Format("SQLite", why_not="is an SQLite database: export its tables as CSV"),
    b"{\\rtf": _no_table("a text document"),
}
"""By how a file begins: what it is."""


def _of_folder(path: Path) -> Format:
    names = {one.name for one in path.iterdir()}
    if not names:
        return Format("an empty folder", why_not="is an empty folder: put the file itself here")
    if {"cur", "new"} <= names:
        return Format("a Maildir", "mailbox", CONTACT)
    if any(name.endswith(".parquet") for name in names):
        return Format("a folder of parquet", why_not="is a folder of parquet: name it in params.yaml (reader: warehouse)")
    if all(name.casefold().endswith(".eml") for name in names):
        return Format("a folder of mail", "mailbox", CONTACT)
    unknown = Format("a folder", why_not="is a folder of no form known here: put its files here")
    return _of_members(names) or unknown


def _of_zip(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return Format("a broken zip file", why_not="is a zip file that cannot be opened: send it again")
    if "xl/workbook.xml" in names:
        return Format("an Excel workbook", "xlsx", table="workbook")
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        return _no_table("a document")
    return _of_members(names) or Format(
        "a zip file", why_not="is a zip file of no form known here: unpack it, and name its files"
    )


def _of_members(names: set[str]) -> Format | None:
    """What a zip file or folder is by the names in it."""
    ends = {PurePosixPath(name).name for name in names}
    if "users.json" in ends and {"channels.json", "dms.json", "groups.json", "mpims.json"} & ends:
        return Format("a Slack export", "slack", CONTACT)
    if any(name.endswith(("_ego.csv", ".graphml")) or "attributeList" in name for name in ends) and any(
        "attributeList" in name or name.endswith(".graphml") for name in ends
    ):
        return Format("a Network Canvas export", "networkcanvas", TIES)
    if {"account.js", "tweets.js", "tweet.js"} & ends:
        return Format("an archive of X", "xarchive", CONTACT)
    return None


def _of_text(head: bytes, suffix: str) -> Format:
    words = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", errors="replace")
    start = words.lstrip()
    low = start[:400].casefold()
    if b"\0" in head and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return Format(
            "no text", why_not="is neither text nor a format known here: export it again, as CSV (UTF-8) or Excel"
        )
    if low.startswith("begin:vcalendar"):
        return Format("a calendar", "ics", CONTACT)
    if low.startswith("begin:vcard"):
        return Format("an address book", "vcard", TIES)
    if re.match(r"From \S+ .*\d", words):
        return Format("a mailbox", "mailbox", CONTACT)
    if suffix == ".eml" or (
        re.match(r"(?:[\w-]+: .*\r?\n(?:[ \t].*\r?\n)*){3,}", start) and re.search(r"(?m)^From: ", start)
    ):
        return Format("a mail", "mailbox", CONTACT)
    if start.startswith("Commit: "):
        return Format("a history of reviews", "gitlog", CONTACT)
    if low.startswith("<"):
        return _of_marks(low)
    if re.match(r"\*(?:vertices|network)", low):
        return Format("a Pajek network", "pajek", TIES)
    if re.match(r"dl\s+n", low):
        return Format("a UCINET network", "ucinet", TIES)
    if start.startswith(("{", "[{", "[\n", "[\r", "[ ")):
        return _of_json(start)
    if sum(bool(STAMP.match(line)) for line in start.splitlines()[:20]) >= 3 and not re.match(r"[\w ]+[,;\t]", start):
        return Format("a transcript", "transcript", CONTACT)
    return Format("a table", "csvfile", table="text")


def _of_marks(low: str) -> Format:
    if "<graphml" in low:
        return Format("a GraphML network", "graphml", TIES)
    if "<gexf" in low:
        return Format("a GEXF network", "gexf", TIES)
    return _no_table("a web page" if "<html" in low or "<!doctype html" in low else "an XML file")


def _of_json(start: str) -> Format:
    """JSON of Teams by the words it must have; any other is not read."""
    if any(f'"{word}"' in start for word in ("chatMessage", "messageType", "participants_v2", "AuditData", "Operation")):
        return Format("an export of Teams", "teams", CONTACT)
    try:
        json.loads(start)
        why = "is JSON of no form known here"
    except (ValueError, RecursionError):
        why = "looks like JSON, of no form known here"
    return Format("JSON", why_not=f"{why}: export it as CSV")

"""Reads a Slack export, a zip file as a workspace's owners get it: who wrote to whom, and when.

`users.json` says who is who; `channels.json`, `groups.json`, `dms.json` and `mpims.json` list conversations; the messages
of each lie in a folder under its name or id, a file a day (Slack, Help: "How to read Slack data exports"). A direct message
goes to the other one; in a group conversation to every other member; in a channel a reply goes to whoever began the thread.
What else is written in channels goes to nobody in particular and is counted only. Of a message only `READ` is looked at,
never its words.
"""

from __future__ import annotations

import io
import json
import lzma
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from kithwork.errors import Problem, UserError
from kithwork.params import Reader
from kithwork.readers.given import Given
from kithwork.readers.rows import Left, Record, Rows, in_batches

SOURCES = ("interactions",)
TAKES = ()

LARGEST = 4 * 2**30
"""Bytes that an export may unpack to; a few kilobytes of zip can claim any size."""

LISTS = {"channels.json": "channel", "groups.json": "channel", "dms.json": "direct", "mpims.json": "group"}
DAY = re.compile(r"([^/]+)/(\d{4}-\d{2}-\d{2}\.json)")
TIME = re.compile(r"(\d{1,11})(?:\.(\d{1,6}))?", re.ASCII)
START = datetime(1970, 1, 1, tzinfo=UTC)

READ = ("user", "ts", "thread_ts", "parent_user_id", "subtype", "bot_id")
"""All that is read of a message."""

WRITTEN = (None, "thread_broadcast", "file_share", "me_message")
"""Subtypes of messages that a person wrote; others are notices, as of who joined."""

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What reading a zip file raises that is damaged, encrypted or packed in an unknown way."""

AGAIN = "Export it from Slack again, and do not unpack it."


@dataclass
class Export:
    """What an export lists: people by id, bots, and conversations by the name of their folder."""

    people: dict[str, str] = field(default_factory=dict)
    bots: set[str] = field(default_factory=lambda: {"USLACKBOT"})
    talks: dict[str, Talk] = field(default_factory=dict)

    def who(self, user: str) -> str:
        """The e-mail address of a user, or else the id."""
        return self.people.get(str(user), _clean(user))


@dataclass
class Talk:
    """One conversation: channel, direct or group; its members; and who began each thread, by time stamp."""

    id: str
    kind: str
    members: list[str]
    threads: dict[str, str] = field(default_factory=dict)


class Message(NamedTuple):
    """One message: its conversation, its place there, and what is read of it."""

    talk: Talk
    day: str
    number: int
    read: dict[str, Any]


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The contacts in a Slack export. Raises `UserError`."""
    return in_batches(source, given.name, _found(given))


def _found(given: Given) -> Iterator[Record | Left]:
    archive, members = _opened(given.read(), given.name)
    with archive:
        export = _listed(archive, members, given.name)
        left_out: Counter[str] = Counter()
        written = _written(archive, members, export, left_out, given.name)
    for one in written:
        if _thread(one.read) is None and one.read["user"] is not None:
            one.talk.threads[str(one.read["ts"])] = str(one.read["user"])
    for one in written:
        alters = _addressed(one.talk, one.read, export, left_out)
        told = {"channel": "chat", "at": _moment(one.read["ts"]), "size": str(len(alters) + 1)}
        for alter in alters:
            who = {"ego": export.who(one.read["user"]), "alter": export.who(alter)}
            yield Record(one.number, {**who, **told}, f"{one.talk.id}/{one.day}")
    for what, count in sorted(left_out.items()):
        yield Left(what, count)


def _opened(data: bytes, name: str) -> tuple[zipfile.ZipFile, dict[str, zipfile.ZipInfo]]:
    """The archive and its files by name. Raises `UserError` for one that is broken or not to be trusted."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise UserError(Problem("is not a zip file", name, AGAIN, str(error)[:60])) from None
    infos = archive.infolist()
    problems = [
        Problem("holds a file that would lie outside it, or is a link", name, AGAIN, _clean(info.filename)[:80])
        for info in infos
        if _astray(info.filename) or stat.S_ISLNK(info.external_attr >> 16)
    ]
    if (total := sum(info.file_size for info in infos)) > LARGEST:
        do = f"An export may hold {LARGEST / 2**30:g} GiB; split it by dates."
        problems.append(Problem("is too large unpacked", name, do, f"{total / 2**30:,.1f} GiB"))
    if problems:
        raise UserError(problems)
    return archive, {info.filename: info for info in infos if not info.is_dir()}


def _astray(member: str) -> bool:
    return member.startswith(("/", "\\")) or ":" in member or ".." in re.split(r"[/\\]", member)


def _listed(archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str) -> Export:
    """Users and conversations. Raises `UserError`."""
    if "users.json" not in members:
        raise UserError(Problem("holds no users.json", name, AGAIN, f"{len(members)} files"))
    export = Export()
    for user in _json(archive, members["users.json"], name):
        profile = user.get("profile") if isinstance(user.get("profile"), dict) else {}
        export.people[str(user.get("id"))] = _clean(profile.get("email") or user.get("id"))
        if user.get("is_bot"):
            export.bots.add(str(user.get("id")))
    for member, kind in LISTS.items():
        for one in _json(archive, members[member], name) if member in members else []:
            names = one.get("members") if isinstance(one.get("members"), list) else []
            talk = Talk(_clean(one.get("id")), kind, list(dict.fromkeys(map(str, names))))
            export.talks |= {str(one.get("id")): talk, str(one.get("name", one.get("id"))): talk}
    return export


def _written(
    archive: zipfile.ZipFile,
    members: dict[str, zipfile.ZipInfo],
    export: Export,
    left_out: Counter[str],
    name: str,
) -> list[Message]:
    """The messages of the conversations listed, day by day. Raises `UserError`."""
    found = []
    for member in sorted(members):
        day = DAY.fullmatch(member)
        talk = export.talks.get(day[1]) if day else None
        if talk:
            for number, one in enumerate(_json(archive, members[member], name), start=1):
                found.append(Message(talk, day[2], number, {key: one.get(key) for key in READ}))
        elif day:
            left_out["days of conversations not listed"] += 1
    return found


def _json(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> list[dict[str, Any]]:
    """A member's list of objects. Raises `UserError`."""
    place = f"{name}/{_clean(member.filename)}"
    try:
        text = archive.read(member).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(Problem("is not UTF-8 text", place, AGAIN)) from None
    except BROKEN as error:
        raise UserError(Problem("cannot be unpacked", place, AGAIN, str(error)[:60])) from None
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(Problem("is not valid JSON", place, AGAIN, error.msg, error.lineno)) from None
    except (ValueError, RecursionError) as error:
        raise UserError(Problem("is not valid JSON", place, AGAIN, str(error)[:60])) from None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise UserError(Problem("is not a list of objects, as in a Slack export", place, AGAIN, type(found).__name__))
    return found


def _addressed(talk: Talk, message: dict[str, Any], export: Export, left_out: Counter[str]) -> list[str]:
    """Whom a message goes to, by user id; one that goes to nobody in particular is counted."""
    sender = str(message["user"])
    if message["bot_id"] or message["subtype"] == "bot_message" or sender in export.bots:
        left_out["messages of bots"] += 1
        return []
    if message["subtype"] not in WRITTEN or message["user"] is None:
        left_out["notices"] += 1
        return []
    alters, what = talk.members, "messages to oneself or to bots alone"
    if talk.kind == "channel":
        first = talk.threads.get(_thread(message) or "", message["parent_user_id"])
        alters, what = [str(first)] if first else [], "channel posts to nobody in particular"
    alters = [alter for alter in alters if alter != sender and alter not in export.bots]
    if not alters:
        left_out[what] += 1
    return alters


def _thread(message: dict[str, Any]) -> str | None:
    """The thread that a message replies in, by the time stamp of its first message."""
    thread = message["thread_ts"]
    return None if thread is None or str(thread) == str(message["ts"]) else str(thread)


def _moment(stamp: object) -> str:
    """A time stamp, seconds since 1970, as a time in UTC; anything else as it stands, to be refused."""
    seconds = TIME.fullmatch(str(stamp))
    if not seconds:
        return f"no time stamp: {_clean(stamp)}"
    return (START + timedelta(seconds=int(seconds[1]), microseconds=int((seconds[2] or "").ljust(6, "0")))).isoformat()


def _clean(word: object) -> str:
    """Any JSON value as text that can be stored: half of a surrogate pair becomes a question mark."""
    return str(word).encode("utf-8", "replace").decode("utf-8")

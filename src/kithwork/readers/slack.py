"""Reads a Slack export, a zip file as a workspace's owners get it, or the folder it unpacks to: who wrote to whom, when;
or, as comments, what was posted in channels that the client names.

All of it may lie in one folder of the zip file, as where the export was unpacked and packed again. `users.json` says who
is who; `channels.json`, `groups.json`, `dms.json` and `mpims.json` list conversations; the messages of each lie in a
folder under its name or id, a file a day (Slack, Help: "How to read Slack data exports"). A direct message goes to the
other one; in a group conversation to every other member; in a channel a reply goes to whoever began the thread. What else
is written in channels goes to nobody in particular and is counted only. A message is known by its conversation and its
time stamp, as Slack itself knows it. Of a message only `READ` is looked at, never its words, where contacts are read.

Messages are read a day at a time, or one by one where a day has very many; of a conversation only who began its threads
is remembered while its days are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts import archive, posts
from kithwork.readers.parts.archive import Archive
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.jsonstream import Reading, word
from kithwork.readers.parts.rows import Left, Record, Rows, in_batches

SOURCES = ("interactions", "comments")
TAKES = ("options",)
OPTIONS = posts.OPTIONS

LISTS = {"channels.json": "channel", "groups.json": "channel", "dms.json": "direct", "mpims.json": "group"}
DAY = re.compile(r"([^/]+)/(\d{4}-\d{2}-\d{2}\.json)")
TIME = re.compile(r"(\d{1,11})(?:\.(\d{1,6}))?", re.ASCII)
START = datetime(1970, 1, 1, tzinfo=UTC)

READ = ("user", "ts", "thread_ts", "parent_user_id")
"""All that is read of a message, beside whether a person wrote it: its `subtype` and `bot_id`."""

WRITTEN = (None, "thread_broadcast", "file_share", "me_message")
"""Subtypes of messages that a person wrote; others are notices, as of who joined."""

SMALL = 2**22
"""Bytes of a member up to which it is decoded at once: a day of a conversation mostly is."""

AGAIN = "Export it from Slack again, and give it as it comes."


@dataclass
class Export:
    """What an export lists: people by id, bots, and conversations by the name of their folder."""

    people: dict[str, str] = field(default_factory=dict)
    bots: set[str] = field(default_factory=lambda: {"USLACKBOT"})
    talks: dict[str, Talk] = field(default_factory=dict)

    def named(self, ego: str, alters: list[str]) -> list[str]:
        """A user and those of the others who are people, by their e-mail addresses, or else their ids."""
        others = [alter for alter in alters if alter != ego and alter not in self.bots]
        return [self.people.get(user) or word(user) for user in (ego, *others)]


@dataclass(frozen=True)
class Talk:
    """One conversation: channel, direct or group; and its members."""

    id: str
    kind: str
    members: list[str]


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The contacts in a Slack export, or the posts in channels named. Raises `UserError`."""
    named = posts.channels(source, spec)
    return in_batches(source, given.name, _posted(given, named) if named else _found(given))


def _found(given: Given) -> Iterator[Record | Left]:
    with archive.opened(given, AGAIN, _wanted) as members:
        members = archive.around(members, "users.json")
        export = _listed(members)
        for folder, days in groupby(filter(DAY.fullmatch, members), lambda member: member.split("/")[0]):
            if talk := export.talks.get(folder):
                yield from _written(members, talk, days, export)
            else:
                yield Left("days of conversations not listed", len(list(days)))


def _posted(given: Given, named: list[str]) -> Iterator[Record | Left]:
    """What people wrote in these channels, which the file calls by name or id. Raises `UserError`."""
    with archive.opened(given, AGAIN, _wanted) as members:
        members = archive.around(members, "users.json")
        export = _listed(members)
        open_ = {name: talk for name, talk in export.talks.items() if talk.kind == "channel"}
        if unknown := [name for name in named if name not in open_]:
            what, do = "is no channel of this export", nearest(unknown[0], open_)
            raise UserError(Problem(what, given.name, do, unknown[0], column="options.channels"))
        read = {open_[name].id: name for name in named}
        for folder, days in groupby(filter(DAY.fullmatch, members), lambda member: member.split("/")[0]):
            talk = open_.get(folder)
            if talk is None or talk.id not in read:
                what = "conversations never read" if talk is None else "channels not named"
                yield Left(f"days of {what}", len(list(days)))
                continue
            for member in days:
                for number, one in enumerate(_objects(members, member), start=1):
                    yield _post(number, one, read[talk.id], export, f"{talk.id}/{member.split('/')[1]}")


def _post(number: int, one: dict[str, Any], channel: str, export: Export, cell: str) -> Record | Left:
    if left := _nobodys(one, export):
        return Left(left)
    if not (text := posts.from_slack(word(one.get("text") or ""))):
        return Left(posts.WORDLESS)
    [who] = export.named(str(one["user"]), [])
    return Record(number, {"person": who, "prompt": channel, "text": text, "at": _moment(str(one.get("ts")))}, cell)


def _nobodys(one: dict[str, Any], export: Export) -> str:
    """Why a message is no person's; empty where it is one's."""
    user, subtype = one.get("user"), one.get("subtype")
    if one.get("bot_id") or subtype == "bot_message" or str(user) in export.bots:
        return "messages of bots"
    return "" if subtype in WRITTEN and user is not None else "notices"


def _wanted(member: str) -> bool:
    return any(name == "users.json" or name in LISTS or DAY.fullmatch(name) for name in (member, member.partition("/")[2]))


def _listed(members: Archive) -> Export:
    """Users and conversations. Raises `UserError`."""
    if "users.json" not in members:
        raise UserError(Problem("holds no users.json", members.name, AGAIN, f"{len(members.openers)} files"))
    export = Export()
    for user in _objects(members, "users.json"):
        profile = user.get("profile") if isinstance(user.get("profile"), dict) else {}
        export.people[str(user.get("id"))] = word(profile.get("email") or user.get("id"))
        if user.get("is_bot"):
            export.bots.add(str(user.get("id")))
    for member, kind in LISTS.items():
        for one in _objects(members, member) if member in members else ():
            names = one.get("members") if isinstance(one.get("members"), list) else []
            talk = Talk(word(one.get("id")), kind, list(dict.fromkeys(map(str, names))))
            export.talks |= {str(one.get("id")): talk, str(one.get("name", one.get("id"))): talk}
    return export


def _objects(members: Archive, member: str) -> Iterable[dict[str, Any]]:
    """The objects of a member's list: together where it is small and sound, or else one by one. Raises `UserError`."""
    if members.sizes[member] <= SMALL:
        with members.open(member) as file, suppress(ValueError, RecursionError):
            found = json.loads(file.read(SMALL + 1).decode("utf-8-sig"))
            if isinstance(found, list) and all(isinstance(one, dict) for one in found):
                return found
    return _streamed(members, member)


def _streamed(members: Archive, member: str) -> Iterator[dict[str, Any]]:
    with members.open(member) as file:
        reading = Reading(file, members.place(member), AGAIN)
        what = "is not a list of objects, as in a Slack export"
        if (sign := reading.sign()) != "[":
            reading.value()
            raise reading.fault(what, "an object" if sign == "{" else "another value")
        for one in reading.items():
            if not isinstance(one, dict):
                raise reading.fault(what, type(one).__name__)
            yield one
        if reading.sign():
            raise reading.fault("is not valid JSON", "more than one list")


def _written(members: Archive, talk: Talk, days: Iterable[str], export: Export) -> Iterator[Record | Left]:
    """The contacts of one conversation, day by day. Raises `UserError`."""
    began: dict[str, str] = {}
    named: dict[str, list[str]] = {}
    nobody = "channel posts to nobody in particular" if talk.kind == "channel" else "messages to oneself or to bots alone"
    for member in days:
        cell = f"{talk.id}/{member.split('/')[1]}"
        for number, one in enumerate(_objects(members, member), start=1):
            user, ts, thread, parent = map(one.get, READ)
            ego, stamp = str(user), str(ts)
            if thread is not None and user is not None and str(thread) == stamp:
                began[stamp] = ego
            if left := _nobodys(one, export):
                yield Left(left)
                continue
            if talk.kind == "channel":
                first = None if thread is None or str(thread) == stamp else began.get(str(thread), parent)
                who, *alters = export.named(ego, [str(first)] if first else [])
            else:
                who, *alters = named.get(ego) or named.setdefault(ego, export.named(ego, talk.members))
            if not alters:
                yield Left(nobody)
                continue
            at, size, code = _moment(stamp), str(len(alters) + 1), f"{talk.id}/{word(stamp)}"
            said = {"ego": who, "channel": "chat", "at": at, "size": size, "message": code}
            for alter in alters:
                yield Record(number, {**said, "alter": alter}, cell)


def _moment(stamp: str) -> str:
    """A time stamp, seconds since 1970, as a time in UTC; anything else as it stands, to be refused."""
    found = TIME.fullmatch(stamp)
    if not found:
        return f"no time stamp: {word(stamp)}"
    minutes, seconds = divmod(int(found[1]), 60)
    return f"{_minute(minutes)}:{seconds:02d}.{(found[2] or '').ljust(6, '0')}+00:00"


@lru_cache(4096)
def _minute(count: int) -> str:
    return (START + timedelta(minutes=count)).isoformat(timespec="minutes")[:-6]

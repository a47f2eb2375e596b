"""Reads what Microsoft 365 tells of Teams, in whichever of three forms a client can get.

Messages and chats as Graph lists them (Microsoft Graph, "chatMessage resource type", "chat resource type"); call records
("callRecord resource type", with `participants_v2` or the older `participants`); and the unified audit log (Microsoft
Purview, "Export, configure, and view audit log records"), as JSON, as JSON Lines or as the CSV file whose column
`AuditData` holds JSON.

A message in a chat goes to every other member: those listed with it or with its chat earlier in the file, else the two ids
of which a one-on-one chat's own id is made, else whom it mentions. In a channel it goes to whoever wrote the message it
answers, and to whom it mentions. Whom nothing names, nobody can tell: such messages are counted, and so are notices,
applications and all other events. A call of at most `clean.broadcast_above` people is a record a pair. Bodies and subjects
are never read, but where posts are asked for as comments: those of Graph's lists, in channels that the client names by id,
or by the name that a `channel` resource earlier in the file tells.

Graph names people by id, and with `people: name` or `people: address` by what the file says of that id; the audit log by
address. A record waits for a name that the file tells only later, in memory; so does an answer for the message it answers.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import posts
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.jsonstream import Reading, word
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("interactions", "comments")
TAKES = ("options",)
OPTIONS = {
    "people": "what people of Graph's lists are called: `id`, or `name` or `address` where the file tells it",
    **posts.OPTIONS,
}

AGAIN = "Export it again, as JSON, or the audit log as CSV."
PAGE = re.compile(r'\{\s*(?:"@[^"]*"\s*:\s*(?:"[^"]*"|\d+)\s*,\s*)*"value"\s*:\s*(?=\[)')
BESIDE = re.compile(r',\s*"[^"]*"\s*:')
CLOSED = re.compile(r"\}")
PAIR = re.compile(r"19:([0-9a-fA-F-]{36})_([0-9a-fA-F-]{36})@unq\.gbl\.spaces")
"""The id of a one-on-one chat, made of those of its two people."""

SENT = ("MessageSent", "MessageCreatedHasLink")
"""Operations of the audit log that are a message."""

UNNAMED = "messages whose receivers are not named"
NOBODY = "channel posts to nobody in particular"
OTHER = "events of other kinds"

Found = Iterator[Record | Fault | Left]


class Sent(NamedTuple):
    """One message whose receivers are known by id."""

    number: int
    ego: str
    at: str
    code: str
    alters: tuple[str, ...]


@dataclass
class Told:
    """What a file has told so far: what people are called, who is in each chat, who wrote each message of a channel; the
    messages that wait, by the id that is yet to be named or by the message that is yet to be found; `most` people may be in
    a call."""

    called: str
    most: int
    words: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    wrote: dict[str, str] = field(default_factory=dict)
    unnamed: dict[str, list[Sent]] = field(default_factory=dict)
    unanswered: dict[str, list[Sent]] = field(default_factory=dict)


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """Who wrote to or called whom in Teams. Raises `UserError`."""
    called = spec.options.get("people", "id")
    if called not in ("id", "name", "address"):
        do = "Say `id`, `name` or `address`."
        raise UserError(Problem("is not a way to name people", "params.yaml", do, called, column="options.people"))
    told, named = Told(called, given.broadcast_above), posts.channels(source, spec)
    return in_batches(source, given.name, _posted(given, told, named) if named else _found(given, told))


def _found(given: Given, told: Told) -> Found:
    for number, one in _events(given):
        if not isinstance(one, dict):
            yield Fault(number, "value", "is no object", AGAIN, type(one).__name__)
        elif "Operation" in one:
            yield from _logged(number, one, told)
        elif "startDateTime" in one:
            yield from _call(number, one, told)
        elif "chatType" in one:
            told.members[_text(one, "id")] = [_learnt(told, member) for member in _list(one, "members")]
            yield Left("descriptions of chats")
            for message in _list(one, "messages"):
                yield from _message(number, message, told)
        elif "createdDateTime" in one:
            yield from _message(number, one, told)
            for reply in _list(one, "replies"):
                yield from _message(number, reply, told)
        else:
            yield Left(OTHER)
    for waiting in told.unanswered.values():
        for sent in waiting:
            yield from _sent(sent, told, NOBODY)
    for waiting in told.unnamed.values():
        for sent in waiting:
            yield from _records(sent, told)


def _posted(given: Given, told: Told, named: list[str]) -> Found:
    """What people wrote in these channels, each called as the file calls it at its end."""
    found: list[tuple[int, str, dict[str, str]]] = []
    called: dict[str, str] = {}
    for number, one in _events(given):
        if not isinstance(one, dict):
            yield Fault(number, "value", "is no object", AGAIN, type(one).__name__)
        elif "membershipType" in one:
            called[_text(one, "id")] = _text(one, "displayName")
            yield Left("descriptions of channels")
        elif "chatType" in one or one.get("chatId"):
            yield Left(posts.DIRECT, max(len(_list(one, "messages")), 1))
        elif "createdDateTime" in one:
            for message in (one, *_list(one, "replies")):
                post = _post(message, told, called, named)
                if isinstance(post, str):
                    yield Left(post)
                else:
                    found.append((number, *post))
        else:
            yield Left(OTHER)
    for number, ego, values in found:
        yield Record(number, {"person": told.words.get(ego, ego), **values})


def _post(message: dict, told: Told, called: dict[str, str], named: list[str]) -> tuple[str, dict[str, str]] | str:
    """Who wrote a post, and its fields; or why it is left out."""
    who, where = (message.get(key) if isinstance(message.get(key), dict) else {} for key in ("from", "channelIdentity"))
    channel = _text(where, "channelId")
    if _text(message, "messageType") not in ("", "message") or _text(message, "deletedDateTime"):
        return "notices"
    if not isinstance(who.get("user"), dict):
        return "messages of applications" if who else "notices"
    if channel not in named and called.get(channel) not in named:
        return posts.NOT_NAMED
    body = message.get("body") if isinstance(message.get("body"), dict) else {}
    text = _text(body, "content")
    text = posts.from_html(text) if _text(body, "contentType") == "html" else text.strip()
    prompt = called.get(channel) or channel
    values = {"prompt": prompt, "text": text, "at": _text(message, "createdDateTime")}
    return (_learnt(told, who["user"]), values) if text else posts.WORDLESS


def _events(given: Given) -> Iterator[tuple[int, object]]:
    """What a file lists, with numbers; pages of Graph are taken apart. Raises `UserError`."""
    with given.open() as file:
        reading = Reading(file, given.name, AGAIN)
        if (sign := reading.sign()) not in ("{", "["):
            if not sign:
                raise UserError(Problem("is empty", given.name, AGAIN))
            file.seek(0)
            yield from _table(file, given.name)
            return
        number = 0
        for number, one in enumerate(_values(reading), start=1):
            inner = one.get("auditData", one) if isinstance(one, dict) else one
            yield number, _decoded(inner) if isinstance(inner, str) else inner
        if not number:
            raise UserError(Problem("is empty", given.name, AGAIN, "a list of nothing"))


def _values(reading: Reading) -> Iterator[object]:
    if reading.sign() == "[":
        yield from reading.items()
        return
    while reading.sign():
        if not reading.passed(PAGE):
            yield reading.value()
            continue
        yield from reading.items()
        while reading.passed(BESIDE):
            reading.sign()
            reading.value()
        if not reading.passed(CLOSED):
            raise reading.fault("is not valid JSON", "a page of Graph that does not end")


def _table(file: io.BufferedIOBase, name: str) -> Iterator[tuple[int, object]]:
    """The JSON of each row of an audit log. Raises `UserError`."""
    with io.TextIOWrapper(file, "utf-8-sig", newline="") as text:
        rows = csv.reader(text, strict=True)
        try:
            header = next(rows, [])
            if "AuditData" not in header:
                found = ", ".join(header)[:60]
                raise UserError(Problem("is neither JSON nor an audit log", name, AGAIN, word(found), 1, "AuditData"))
            at = header.index("AuditData")
            for row in rows:
                if row:
                    yield rows.line_num, _decoded(row[at] if at < len(row) else "")
        except csv.Error as error:
            do = "Export it again; mend no quotes by hand."
            raise UserError(Problem("cannot be read as CSV", name, do, str(error)[:60], rows.line_num)) from None
        except UnicodeDecodeError as error:
            found = f"byte 0x{error.object[error.start]:02x}"
            raise UserError(Problem("is not UTF-8 text", name, AGAIN, found, rows.line_num + 1)) from None


def _decoded(text: str) -> object:
    """The value of JSON text; nothing where it is broken."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _logged(number: int, event: dict, told: Told) -> Found:
    """A message of the audit log; other events tell who is in a chat."""
    ego, chat = _text(event, "UserId"), _text(event, "ChatThreadId")
    yield from _named(told, _text(event, "UserKey").casefold(), ego)
    named = [upn for member in _list(event, "Members") if (upn := _text(member, "UPN"))]
    if named:
        before = [one for one in told.members.get(chat, []) if "@" in one]
        told.members[chat] = list(dict.fromkeys([*before, *named]))
    if event.get("Operation") not in SENT:
        yield Left(OTHER)
        return
    if _text(event, "CommunicationType") == "Team" or "ChannelGuid" in event:
        yield Left(NOBODY)
        return
    own = _text(event, "UserKey").casefold()
    alters = tuple(one for one in _in_chat(told, chat, []) if one not in (ego, own))
    at = _text(event, "CreationTime")
    at = f"{at}+00:00" if re.fullmatch(r"[\d-]+T[\d:.]+", at) else at
    yield from _sent(Sent(number, ego, at, f"{chat}/{_text(event, 'MessageId')}", alters), told, UNNAMED)


def _message(number: int, message: dict, told: Told) -> Found:
    """A message of Graph's lists."""
    if _text(message, "messageType") not in ("", "message"):
        yield Left("notices")
        return
    who = message.get("from") if isinstance(message.get("from"), dict) else {}
    if not isinstance(who.get("user"), dict):
        yield Left("messages of applications" if who else "notices")
        return
    ego = _learnt(told, who["user"])
    if ego in told.unnamed:
        yield from _named(told, ego, told.words.get(ego, ""))
    mentioned = [
        _learnt(told, one["mentioned"]["user"])
        for one in _list(message, "mentions")
        if isinstance(one.get("mentioned"), dict) and isinstance(one["mentioned"].get("user"), dict)
    ]
    chat, code, at = _text(message, "chatId"), _text(message, "id"), _text(message, "createdDateTime")
    if chat:
        listed = [_learnt(told, member) for member in _list(message, "members")]
        alters = _others(ego, _in_chat(told, chat, listed) or mentioned)
        yield from _sent(Sent(number, ego, at, f"{chat}/{code}", alters), told, UNNAMED)
        return
    where = message.get("channelIdentity") if isinstance(message.get("channelIdentity"), dict) else {}
    code = f"{_text(where, 'channelId')}/{code}"
    told.wrote[code] = ego
    for sent in told.unanswered.pop(code, []):
        yield from _sent(sent._replace(alters=_others(sent.ego, [ego, *sent.alters])), told, NOBODY)
    answered = f"{_text(where, 'channelId')}/{_text(message, 'replyToId')}" if _text(message, "replyToId") else ""
    sent = Sent(number, ego, at, code, _others(ego, mentioned))
    if answered and answered not in told.wrote:
        told.unanswered.setdefault(answered, []).append(sent)
        return
    first = [told.wrote[answered]] if answered else []
    yield from _sent(sent._replace(alters=_others(ego, [*first, *mentioned])), told, NOBODY)


def _in_chat(told: Told, chat: str, listed: list[str]) -> list[str]:
    """Who is in a chat, as far as anything tells."""
    if not listed and chat not in told.members and (pair := PAIR.fullmatch(chat)):
        told.members[chat] = [one.casefold() for one in pair.groups()]
    return listed or told.members.get(chat, [])


def _sent(sent: Sent, told: Told, otherwise: str) -> Found:
    """The records of a message, once all in it can be named."""
    if not sent.ego or not sent.alters:
        yield Left(otherwise)
        return
    if told.called != "id" or "@" in sent.ego:  # the audit log names whoever writes by address, others perhaps by id
        unknown = next((one for one in sent.alters if "@" not in one and one not in told.words), "")
        if unknown:
            told.unnamed.setdefault(unknown, []).append(sent)
            return
    yield from _records(sent, told)


def _named(told: Told, user: str, name: str) -> Found:
    """Learn what an id is called; what waited for it waits no more."""
    if user and name and user != name:
        told.words[user] = name
        for sent in told.unnamed.pop(user, []):
            yield from _sent(sent, told, UNNAMED)


def _records(sent: Sent, told: Told) -> Found:
    size = str(len(sent.alters) + 1)
    for alter in sent.alters:
        values = {
            "ego": told.words.get(sent.ego, sent.ego),
            "alter": told.words.get(alter, alter),
            "channel": "chat",
            "at": sent.at,
            "size": size,
            "message": sent.code,
        }
        yield Record(sent.number, values)


def _call(number: int, call: dict, told: Told) -> Found:
    """A record for each pair in a call."""
    newer = [one["identity"] for one in _list(call, "participants_v2") if isinstance(one.get("identity"), dict)]
    people = list(dict.fromkeys(filter(None, (_caller(told, one) for one in newer or _list(call, "participants")))))
    if len(people) < 2 or len(people) > told.most:
        many = f"calls of more than {told.most} people (`clean.broadcast_above`)"
        yield Left(many if len(people) > told.most else "calls of one person")
        return
    start, end = _text(call, "startDateTime"), _text(call, "endDateTime")
    try:
        minutes = (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 60
    except (ValueError, TypeError, OverflowError):
        do = "Export the call with its start and its end."
        yield Fault(number, "endDateTime", "has no start and end in time", do, f"{start} {end}"[:40])
        return
    shared = {"channel": "call", "at": start, "minutes": f"{minutes:.1f}", "size": str(len(people))}
    for ego, alter in combinations(people, 2):
        who = {"ego": told.words.get(ego, ego), "alter": told.words.get(alter, alter)}
        yield Record(number, {**who, **shared, "message": _text(call, "id")})


def _caller(told: Told, identity: dict) -> str:
    """A user, or else the telephone, of a call."""
    if isinstance(identity.get("user"), dict):
        return _learnt(told, identity["user"])
    return _text(identity["phone"], "id") if isinstance(identity.get("phone"), dict) else ""


def _learnt(told: Told, user: dict) -> str:
    """A user's id, once what the user is called is noted."""
    one = (_text(user, "userId") or _text(user, "id")).casefold()
    key = {"name": ("displayName",), "address": ("email", "userPrincipalName")}.get(told.called, ())
    name = next((text for word in key if (text := _text(user, word))), "")
    if one and name:
        told.words[one] = name
    return one


def _others(ego: str, people: list[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(people) if one and one != ego)


def _list(one: dict, key: str) -> list[dict]:
    value = one.get(key)
    return [each for each in value if isinstance(each, dict)] if value and isinstance(value, list) else []


def _text(one: dict, key: str) -> str:
    value = one.get(key)
    return "" if value is None else word(value)

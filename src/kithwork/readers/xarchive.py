"""Reads the archive that X (once Twitter) gives an account's owner, a zip file or the folder it unpacks to.

Each file of `data/` gives a list to a name, `window.YTD.tweets.part0 = [...]` (the archive's own `data/README.txt`).
Interactions are the owner's posts that answer or mention somebody, and direct messages; nominations are whom the owner
`follows` and who is `followed_by`, at the time of the archive. What others write to the owner in public is not in it.

Posts name people by handle and by id, the other files by id alone: ids are what people are called here, and with
`people: handle` the handles of the posts, where they tell one. Whom a repost or a post to nobody is for, no archive says:
these are counted. A group's members are those whom its conversation names at all. Words are never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import archive
from kithwork.readers.parts.archive import Archive
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.jsonstream import Reading, word
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("interactions", "nominations")
TAKES = ("options",)
OPTIONS = {"people": "what people are called: `id`, as in every file, or `handle`, as in posts"}

AGAIN = "Ask X for the archive again, and give it as it comes."
MEMBER = re.compile(r"data/(account|tweets?|direct-messages(?:-group)?|following|follower)(?:-part\d+)?\.js")
GIVEN = re.compile(r"window\.YTD\.\w+\.part\d+\s*=\s*")

POSTS = ("tweet", "tweets")
DIRECT = ("direct-messages", "direct-messages-group")
FOLLOWING = {"following": "follows", "follower": "followed_by"}
REPOST = "RT @"

MONTHS = {name: number for number, name in enumerate(re.findall("...", "JanFebMarAprMayJunJulAugSepOctNovDec"), start=1)}
POSTED = re.compile(r"\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d) (\d{4})", re.ASCII)
"""How posts write time, as `Tue Mar 05 14:02:11 +0000 2024`."""

Found = Iterator[Record | Fault | Left]


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The owner's contacts, or whom the owner follows and is followed by. Raises `UserError`."""
    people = spec.options.get("people", "id")
    if people not in ("id", "handle"):
        do = "Say `id` or `handle`."
        raise UserError(Problem("is not a way to name people", "params.yaml", do, people, column="options.people"))
    return in_batches(source, given.name, _found(source, given, people == "handle"))


def _found(source: str, given: Given, by_handle: bool) -> Found:
    with archive.opened(given, AGAIN, lambda member: bool(MEMBER.fullmatch(member))) as members:
        kinds = {member: MEMBER.fullmatch(member)[1] for member in members}
        handles = _Handles(by_handle)
        owner = _owner(members, [member for member, kind in kinds.items() if kind == "account"], handles)
        posts = [member for member, kind in kinds.items() if kind in POSTS]
        if by_handle:
            handles.learn(one for member in posts for _, one in _objects(members, member, "tweet"))
        if source == "nominations":
            for member, kind in kinds.items():
                if kind in FOLLOWING:
                    yield from _followed(members, member, kind, owner, handles)
            return
        for member in posts:
            yield from _posted(members, member, owner, handles)
        for member, kind in kinds.items():
            if kind in DIRECT:
                yield from _written(members, member, handles)


class _Handles(dict[str, str]):
    """What people are called, by id: the handle where one is known and asked for."""

    def __init__(self, asked: bool) -> None:
        super().__init__()
        self.asked = asked

    def __missing__(self, user: str) -> str:
        return user

    def learn(self, posts: Iterable[dict]) -> None:
        """The handles that posts name."""
        for post in posts:
            for user, handle in _addressed(post).items():
                if handle:
                    self[user] = handle


def _owner(members: Archive, accounts: list[str], handles: _Handles) -> str:
    """The id of the one whose archive it is. Raises `UserError`."""
    for member in accounts:
        for _, account in _objects(members, member, "account"):
            if owner := _text(account, "accountId"):
                if handles.asked and (handle := _text(account, "username")):
                    handles[owner] = handle
                return owner
    raise UserError(Problem("does not say whose archive it is", f"{members.name}/data/account.js", AGAIN))


def _objects(members: Archive, member: str, wrap: str) -> Iterator[tuple[int, dict]]:
    """The objects of a file, taken out of what each is wrapped in, with their numbers. Raises `UserError`."""
    with members.open(member) as file:
        reading = Reading(file, members.place(member), AGAIN)
        if not reading.passed(GIVEN):
            raise reading.fault("does not begin as a file of an archive of X does", word(reading.sign()))
        for number, one in enumerate(reading.items(), start=1):
            inner = one.get(wrap, one) if isinstance(one, dict) else None
            if not isinstance(inner, dict):
                raise reading.fault("holds a value where an object was to be", type(one).__name__)
            yield number, inner


def _followed(members: Archive, member: str, kind: str, owner: str, handles: _Handles) -> Found:
    for number, one in _objects(members, member, kind):
        other = _text(one, "accountId")
        if not other:
            yield Fault(number, member, "names no account", AGAIN)
            continue
        yield Record(number, {"ego": handles[owner], "alter": handles[other], "relation": FOLLOWING[kind]}, member)


def _posted(members: Archive, member: str, owner: str, handles: _Handles) -> Found:
    """A record for each whom a post answers or mentions."""
    for number, post in _objects(members, member, "tweet"):
        if str(post.get("full_text", "")).startswith(REPOST):
            yield Left("reposts")
            continue
        alters = [user for user in _addressed(post) if user != owner]
        if not alters:
            yield Left("posts to nobody in particular")
            continue
        told = {
            "channel": "chat",
            "at": _posting_time(_text(post, "created_at")),
            "size": str(len(alters) + 1),
            "message": _text(post, "id_str") or _text(post, "id"),
        }
        for alter in alters:
            yield Record(number, {"ego": handles[owner], "alter": handles[alter], **told}, member)


def _addressed(post: dict) -> dict[str, str]:
    """Those whom a post answers or mentions: ids, and handles where they are told."""
    found: dict[str, str] = {}
    answered = _text(post, "in_reply_to_user_id_str") or _text(post, "in_reply_to_user_id")
    if answered:
        found[answered] = _text(post, "in_reply_to_screen_name")
    entities = post.get("entities")
    mentions = entities.get("user_mentions") if isinstance(entities, dict) else None
    for one in mentions if isinstance(mentions, list) else ():
        user = (_text(one, "id_str") or _text(one, "id")) if isinstance(one, dict) else ""
        if user and user != "-1":
            found[user] = _text(one, "screen_name") or found.get(user, "")
    return found


def _written(members: Archive, member: str, handles: _Handles) -> Found:
    """A record for each receiver of a direct message."""
    for number, talk in _objects(members, member, "dmConversation"):
        events = talk.get("messages") if isinstance(talk.get("messages"), list) else []
        known = _members(_text(talk, "conversationId"), events)
        for event in events:
            message = event.get("messageCreate") if isinstance(event, dict) else None
            if not isinstance(message, dict):
                yield Left("notices of conversations")
                continue
            ego, receiver = _text(message, "senderId"), _text(message, "recipientId")
            alters = [user for user in ([receiver] if receiver else known) if user != ego]
            if not ego or not alters:
                yield Left("messages to oneself or to nobody named")
                continue
            told = {
                "channel": "chat",
                "at": _text(message, "createdAt"),
                "size": str(len(alters) + 1),
                "message": _text(message, "id"),
            }
            for alter in alters:
                yield Record(number, {"ego": handles[ego], "alter": handles[alter], **told}, member)


def _members(conversation: str, events: list) -> list[str]:
    """Everybody whom a conversation names: those of its id, who wrote, and who came or was there."""
    found = conversation.split("-") if re.fullmatch(r"\d+-\d+", conversation, re.ASCII) else []
    for event in events:
        for one in event.values() if isinstance(event, dict) else ():
            if isinstance(one, dict):
                found += [_text(one, "senderId"), _text(one, "initiatingUserId")]
                for key in ("participantsSnapshot", "userIds"):
                    found += [word(user) for user in one[key]] if isinstance(one.get(key), list) else []
    return [user for user in dict.fromkeys(found) if user]


@lru_cache(4096)
def _posting_time(written: str) -> str:
    """The time of a post; anything else as it stands, to be refused."""
    found = POSTED.fullmatch(written)
    if not found or found[1] not in MONTHS:
        return written or "no time"
    month, day, time, hours, minutes, year = found.groups()
    return f"{year}-{MONTHS[month]:02d}-{day}T{time}{hours}:{minutes}"


def _text(one: dict, key: str) -> str:
    value = one.get(key)
    return "" if value is None else word(value)

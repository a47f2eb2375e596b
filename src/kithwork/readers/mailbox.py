"""Reads mail as it lies in a mailbox: an mbox file, a Maildir, .eml files, or folders of these; a row per receiver.

Of a message its head alone is read (`mailheads`), and of that neither subject nor route; `mailfiles` finds the messages. A
mail to n people is n rows of size n + 1; the sender's own copy is none. Times keep the offset of the sender's clock.
Forwarded and resent mail is that of whoever wrote its `From`.

With `options: {content: comments}` the same files serve the source `comments`, with what people wrote: the first text/plain
part of each body. Nothing else ever opens a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import mailfiles, mailheads
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.mailfiles import Message
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("interactions", "comments")
TAKES = ("timezone", "options")
OPTIONS = {"content": "`comments`: the source `comments` is read from bodies, which are never opened otherwise"}

HEADER = {
    "ego": "From",
    "alter": "To, Cc or Bcc",
    "channel": "From",
    "at": "Date",
    "message": "Message-ID",
    "person": "From",
    "prompt": "From",
    "text": "body",
}

QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
UNREADABLE = (*mailheads.UNREADABLE, AttributeError, AssertionError)
"""What `email` raises at bodies that are not what they should be."""


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The contacts in a mailbox, or what people wrote in it. Raises `UserError`."""
    wanted = spec.options.get("content", "")
    if wanted not in ("", "comments") or (source == "comments" and not wanted):
        do = "Write `options: {content: comments}` to have bodies read as comments, or leave the option and the source out."
        where = f"sources.{source}.options.content"
        raise UserError(Problem("does not say that bodies may be read", "params.yaml", do, wanted, column=where))
    folder = given.path is not None and given.path.is_dir()
    return in_batches(source, given.name, _found(source, given), {} if folder else HEADER)


def _found(source: str, given: Given) -> Iterator[Record | Fault | Left]:
    told = _written if source == "comments" else _sent
    for one in mailfiles.messages(given, bodies=source == "comments"):
        if isinstance(one, Message):
            yield from told(one, mailheads.fields(one.head))
        else:
            yield one


def _sent(message: Message, head: mailheads.Head) -> Iterator[Record | Left]:
    """A record per receiver of a message."""
    sender = next(iter(mailheads.people(head.get("from", ""))), "")
    named = mailheads.people(", ".join(filter(None, map(head.get, ("to", "cc", "bcc")))))
    receivers = {_key(one): one for one in reversed(named)}
    oneself = receivers.pop(_key(sender), None)
    if what := _says_nothing(head, sender):
        yield Left(what)
        return
    if not receivers:
        yield Left("messages to oneself alone" if oneself else "messages without a receiver")
        return
    told = {
        "channel": "mail",
        "at": mailheads.moment(head.get("date", "")),
        "size": str(len(receivers) + 1),
        "message": mailheads.storable(head.get("message-id", "")),
        "nature": mailheads.nature(head),
    }
    for receiver in reversed(receivers.values()):
        yield Record(message.line, {"ego": sender, "alter": receiver, **told}, message.file)


def _says_nothing(head: mailheads.Head, sender: str) -> str:
    """Why a message tells nothing of anyone, or nothing where it does."""
    if head.get("x-unsent") == "1":
        return "drafts"
    return "" if sender else "messages without a sender"


def _key(person: str) -> str:
    """What two spellings of one receiver share: the address."""
    return person.rpartition("<")[2].rstrip(">").casefold()


def _written(message: Message, head: mailheads.Head) -> Iterator[Record | Fault | Left]:
    """What a person wrote in a message."""
    sender = next(iter(mailheads.people(head.get("from", ""))), "")
    nature = mailheads.nature(head)
    if what := _says_nothing(head, sender) or (
        "messages that no person wrote" if nature in ("automated", "auto_reply") else ""
    ):
        yield Left(what)
        return
    try:
        text = _text(message)
    except UNREADABLE as error:
        do = "See whether the file is damaged there."
        yield Fault(message.line, message.file or "body", "has a body that cannot be read", do, type(error).__name__)
        return
    if not text.strip():
        yield Left("messages without plain text")
        return
    at = mailheads.moment(head.get("date", ""))
    yield Record(message.line, {"person": sender, "prompt": "mail", "text": text, "at": at}, message.file)


def _text(message: Message) -> str:
    """The first plain text of a message; a `>` that an mbox put before `From ` is taken away."""
    whole = message.head.replace(b"\0", b"") + b"\n" + QUOTED.sub(rb"\1", message.body)
    for part in message_from_bytes(whole, policy=policy.default).walk():
        if part.get_content_type() == "text/plain" and not part.is_attachment():
            return mailheads.storable(_content(part))
    return ""


def _content(part: EmailMessage) -> str:
    """The text of a part, by UTF-8 where its charset is unknown."""
    try:
        return part.get_content()
    except LookupError:
        return part.get_payload(decode=True).decode("utf-8", "replace")

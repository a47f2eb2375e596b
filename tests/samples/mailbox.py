"""Mail of a firm that is not there, in every form it may lie in."""

from __future__ import annotations

import mailbox
import tempfile
from email import message_from_bytes
from pathlib import Path

from kithwork.readers.parts.given import Given
from samples import Sample

FIRST = b"""Return-Path: <anna@north.example>
Received: from mx.north.example by mx.south.example; Mon, 7 Sep 2026 14:30:02 +0200
From: =?utf-8?q?Anna_H=C3=B8j?= <anna@north.example>
To: "Lund, Bo" <bo@north.example>, cid@south.example
Cc: The board: Dan <dan@north.example>;
Subject: =?utf-8?q?Nothing_of_this_is_read?=
Date: Mon, 7 Sep 2026 14:30:00 +0200
Message-ID: <1@north.example>

From here on only the body.
>From what follows nothing is read.
"""

SECOND = b"""From: News <news@south.example>
To: undisclosed-recipients:;, anna@north.example
Date: 8 Sep 26 09:05 EST
Message-ID: <2@south.example>
List-Id: News <news.south.example>

Hello
"""

DRAFT = b"X-Unsent: 1\nTo: anna@north.example\nFrom: bo@north.example\n\nNot sent\n"

HTML = b"""From: Bo <bo@north.example>
To: anna@north.example
Date: Mon, 7 Sep 2026 15:00:00 +0200
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="=="

--==
Content-Type: text/html

<p>Rich</p>
--==
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Gl=E6der mig
--==--
"""


def mbox(*messages: bytes) -> bytes:
    """These messages as an mbox."""
    return b"".join(b"From anna@north.example Mon Sep  7 14:30:02 2026\n" + message + b"\n" for message in messages)


SAMPLES = [
    Sample("inbox.mbox", "interactions", mbox(FIRST, SECOND)),
    Sample("inbox-dos.mbox", "interactions", mbox(FIRST, SECOND).replace(b"\n", b"\r\n")),
    Sample("one.eml", "interactions", FIRST),
    Sample(
        "Maildir",
        "interactions",
        {
            "new/1757248200.M1P1.north": FIRST,
            "cur/1757248201.M1P1.north:2,S": SECOND,
            "cur/1757248202.M1P1.north:2,DS": SECOND,
            "tmp/1757248203.M1P1.north": FIRST,
            "dovecot-uidlist": b"3 V1757248200 N4\n",
        },
    ),
    Sample("export", "interactions", {"2026/09/1.eml": FIRST, "2026/09/2.eml": DRAFT, "old.mbox": mbox(FIRST, SECOND)}),
    Sample("inbox.mbox", "comments", mbox(FIRST, HTML), {"options": {"content": "comments"}}),
]


def many(n: int) -> bytes:
    """An mbox of n/2 mails to two people each."""
    route = "".join(
        f"Received: from mx{i}.north.example (mx{i}.north.example [192.0.2.{i}])\n"
        f"\tby mx{i + 1}.north.example with ESMTPS id {i:012d};\n\tMon, 7 Sep 2026 14:30:0{i} +0200\n"
        for i in range(4)
    )
    heads = (
        f"From p{i % 500}@north.example Mon Sep  7 14:30:02 2026\n"
        f"{route}"
        f"From: Person {i % 500} <p{i % 500}@north.example>\n"
        f"To: Person {i * 7 % 501} <p{i * 7 % 501}@south.example>, p{i * 11 % 499}@west.example\n"
        f"Subject: Nothing of this is read\n"
        f"Date: {1 + i % 28} Sep 2026 {i % 24:02d}:{i % 60:02d}:00 +0200\n"
        f"Message-ID: <{i}@north.example>\n"
        f"Content-Type: text/plain\n\n"
        for i in range(n // 2)
    )
    body = "Words of a body, line for line.\n" * 12
    return "\n".join(head + body for head in heads).encode()


def plain(given: Given) -> None:
    """The standard library over each message of the same file."""
    if given.path is not None and given.path.is_dir():
        for path in given.path.rglob("*"):
            if path.is_file():
                message_from_bytes(path.read_bytes())
        return
    with tempfile.TemporaryDirectory() as folder:
        file = given.path or Path(folder, "mbox")
        if given.path is None:
            file.write_bytes(given.content)
        for message in mailbox.mbox(file):
            message.items()

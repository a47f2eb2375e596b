"""The log of a repository that is not there."""

from __future__ import annotations

from email import message_from_bytes

from kithwork.readers.parts.given import Given
from samples import Sample

LOG = """Commit: 1111111111111111111111111111111111111111
Author: Anna Høj <anna@north.example>
Committer: Bo Lund <bo@north.example>
Date: 2026-09-07T14:30:00+02:00
Reviewed-by: Cid <cid@south.example> # twice
Tested-by: Cid <cid@south.example>
Acked-by: Dan

Commit: 2222222222222222222222222222222222222222
Author: Date: or so <bo@north.example>
Committer: Bo Lund <bo@north.example>
Date: 2026-09-06T14:30:00-05:00

Commit: 3333333333333333333333333333333333333333
Author: north[bot] <bot@north.example>
Committer: Bo Lund <bo@north.example>
Date: 2026-09-05T14:30:00Z
Reviewed-by: <anna@north.example>

"""

SAMPLES = [
    Sample("log.txt", "interactions", LOG.encode()),
    Sample("log.txt", "interactions", LOG.encode(), {"options": {"committer": "counts"}}),
    Sample("log-dos.txt", "interactions", LOG.replace("\n", "\r\n").encode("utf-16"), {"encoding": "utf-16"}),
]


def many(n: int) -> bytes:
    """A log of n/2 commits, each with two who looked at it."""
    return "".join(
        f"Commit: {i:040x}\nAuthor: Person {i % 500} <p{i % 500}@north.example>\n"
        f"Committer: Person {i % 20} <p{i % 20}@north.example>\nDate: 2026-09-07T14:{i % 60:02d}:00+02:00\n"
        f"Reviewed-by: Person {i * 7 % 501} <p{i * 7 % 501}@south.example>\n"
        f"Acked-by: Person {i * 11 % 499} <p{i * 11 % 499}@west.example>\n\n"
        for i in range(n // 2)
    ).encode()


def plain(given: Given) -> None:
    """The standard library's reader of such heads over each commit of the same file."""
    for commit in given.read().split(b"\n\n"):
        message_from_bytes(commit).items()

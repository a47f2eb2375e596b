"""Logs of mail with several receivers in a cell: of Exchange Online, of Google Workspace, and of no known program."""

from __future__ import annotations

import csv
import io
from email.utils import getaddresses

from kithwork.readers.parts.given import Given
from samples import Sample

TRACE = """origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id,directionality
2026-09-07T12:30:00.1230000Z,anna@north.example,"bo@north.example##Receive, Send;cid@x.example##Receive, Fail",Words,<1@n>,2
2026-09-07T12:31:00.1230000Z,<>,"bo@north.example##Receive, Deliver",Words,<2@n>,1
"""
SUMMARY = """Received,SenderAddress,RecipientAddress,Subject,Status,MessageId
9/7/2026 2:30:00 PM,anna@north.example,bo@north.example,Words,Delivered,<1@n>
9/7/2026 2:30:00 PM,anna@north.example,cid@x.example,Words,Delivered,<1@n>
"""
SEARCH = """Message ID,Start date,End date,Sender,Subject,Direction,Recipient address,Event target
<1@n>,2026/09/07 14:30:00 UTC,2026/09/07 14:31 UTC,anna@north.example,Words,Sent,"bo@north.example,cid@x.example",SMTP_OUT
<1@n>,2026/09/07 14:30:02 UTC,2026/09/07 14:31 UTC,anna@north.example,Words,Sent,"bo@north.example,cid@x.example",SMTP_OUT
"""
OWN = """who,whom,copy,when
"Lind, Anna <anna@north.example>","'Berg, Bo' <bo@north.example>, cid@x.example",dan@north.example,2026-09-07T14:30:00+02:00
""".replace("'", '""')
SAMPLES = (
    Sample("trace.csv", "interactions", TRACE.encode()),
    Sample("summary.csv", "interactions", SUMMARY.encode(), {"options": {"dates": "%m/%d/%Y %I:%M:%S %p"}}),
    Sample("search.csv", "interactions", SEARCH.encode()),
    Sample(
        "own.csv",
        "interactions",
        OWN.encode(),
        {
            "columns": {"sender": "who", "recipients": "whom", "cc": "copy", "at": "when"},
            "constants": {"channel": "chat"},
        },
    ),
)


def many(n: int) -> bytes:
    """Messages to three, as Exchange Online logs them."""
    to = ";".join(f"{name}@north.example##Receive, Deliver" for name in ("bo", "cid", "dan"))
    rows = [f'2026-09-07T12:30:00.1230000Z,anna@north.example,"{to}",Words,<{i}@n>,2\n' for i in range(n // 3)]
    return (TRACE.splitlines(keepends=True)[0] + "".join(rows)).encode()


def plain(given: Given) -> None:
    """Every row, and the addresses in it, by the standard library."""
    with given.open() as file:
        for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline="")):
            getaddresses([one.partition("##")[0] for one in row["recipient_status"].split(";")])

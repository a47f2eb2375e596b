"""What Microsoft 365 tells of Teams: messages and calls as Graph lists them, and the audit log in each of its forms."""

from __future__ import annotations

import csv
import io
import json

from kithwork.readers.parts.given import Given
from samples import Sample

ANNA, BO, CID = (f"{digit * 8}-0000-4000-8000-{digit * 12}" for digit in "abc")
PAIR = f"19:{ANNA}_{BO}@unq.gbl.spaces"
NAMES = {ANNA: "Anna Lind", BO: "Bo Berg", CID: "Cid Dahl"}
MAIL = {ANNA: "anna@north.example", BO: "bo@north.example", CID: "cid@north.example"}


def user(one: str) -> dict:
    """A person as Graph names one."""
    kind = {"@odata.type": "#microsoft.graph.teamworkUserIdentity", "userIdentityType": "aadUser"}
    return {**kind, "id": one, "displayName": NAMES[one], "tenantId": "t"}


def message(number: int, sender: str, **more: object) -> dict:
    """A message with all that Graph says of one."""
    return {
        "@odata.context": "https://graph.example/v1.0/$metadata#Collection(chatMessage)",
        "id": str(1_700_000_000_000 + number),
        "replyToId": None,
        "etag": str(1_700_000_000_000 + number),
        "messageType": "message",
        "createdDateTime": f"2026-09-07T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}.123Z",
        "lastModifiedDateTime": "2026-09-07T12:00:00.123Z",
        "deletedDateTime": None,
        "subject": None,
        "importance": "normal",
        "locale": "en-us",
        "webUrl": None,
        "policyViolation": None,
        "eventDetail": None,
        "from": {"application": None, "device": None, "conversation": None, "user": user(sender)},
        "body": {"contentType": "html", "content": "<p>Words, of the length that people write in a chat.</p>"},
        "attachments": [],
        "mentions": [],
        "reactions": [],
        "chatId": None,
        "channelIdentity": None,
        **more,
    }


def page(values: list, **more: object) -> bytes:
    """A page as Graph answers with."""
    return json.dumps(
        {"@odata.context": "https://graph.example/v1.0", "@odata.count": len(values), "value": values, **more}
    ).encode()


def sent(number: int, sender: str, **more: object) -> dict:
    """A message of the audit log."""
    return {
        "CreationTime": f"2026-09-07T{number // 3600 % 24:02d}:{number // 60 % 60:02d}:{number % 60:02d}",
        "Id": f"0aa1b2c3-0000-4000-8000-{number:012d}",
        "Operation": "MessageSent",
        "OrganizationId": "o",
        "RecordType": 25,
        "UserKey": sender,
        "UserType": 0,
        "Version": 1,
        "Workload": "MicrosoftTeams",
        "UserId": MAIL[sender],
        "ChatThreadId": PAIR,
        "CommunicationType": "OneOnOne",
        "MessageId": str(1_700_000_000_000 + number),
        "MessageVersion": "0",
        "ParticipantInfo": {"HasForeignTenantUsers": False, "HasGuestUsers": False, "ParticipatingTenantIds": ["t"]},
        **more,
    }


GROUP = {"ChatThreadId": "19:g@thread.v2", "CommunicationType": "GroupChat"}
MADE = sent(
    5, ANNA, Operation="ChatCreated", Members=[{"DisplayName": NAMES[one], "UPN": MAIL[one]} for one in MAIL], **GROUP
)
LOG = [sent(1, ANNA), sent(2, BO), MADE, sent(6, CID, **GROUP)]
CALL = {
    "id": "e523d2ed",
    "version": 1,
    "type": "peerToPeer",
    "modalities": ["audio"],
    "startDateTime": "2026-09-07T18:52:21.2169889Z",
    "endDateTime": "2026-09-07T19:22:21.2169889Z",
    "organizer": {"user": user(ANNA)},
    "participants": [{"user": user(ANNA)}, {"user": user(BO)}],
}
IN_CHANNEL = {"channelIdentity": {"teamId": "t", "channelId": "19:c@thread.tacv2"}}
MESSAGES = [
    message(1, ANNA, chatId=PAIR),
    message(3, BO, replyToId=str(1_700_000_000_002), **IN_CHANNEL),
    message(2, ANNA, mentions=[{"id": 0, "mentionText": "Cid", "mentioned": {"user": user(CID)}}], **IN_CHANNEL),
    CALL,
]


def table(events: list[dict]) -> bytes:
    """The audit log as CSV."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["RecordId", "CreationDate", "RecordType", "Operation", "UserId", "AuditData", "AssociatedAdminUnits"])
    for one in events:
        rows.writerow([one["Id"], one["CreationTime"], 25, one["Operation"], one["UserId"], json.dumps(one), ""])
    return out.getvalue().encode()


SAMPLES = (
    Sample("messages.json", "interactions", page(MESSAGES, **{"@odata.nextLink": "https://graph.example/next"})),
    Sample("messages.json", "interactions", page(MESSAGES), {"options": {"people": "name"}}),
    Sample("audit.jsonl", "interactions", "\n".join(json.dumps(one) for one in LOG).encode()),
    Sample("audit.json", "interactions", json.dumps(LOG, indent=2).encode()),
    Sample("audit.csv", "interactions", table(LOG)),
    Sample("messages.json", "comments", page(MESSAGES), {"options": {"channels": "19:c@thread.tacv2"}}),
)


def many(n: int) -> bytes:
    """Messages between two, one record each."""
    return page([message(number, (ANNA, BO)[number % 2], chatId=PAIR) for number in range(n)])


def plain(given: Given) -> None:
    """All of it, by the standard library."""
    json.loads(given.read())

"""A Slack export of four people and a bot: a channel with a thread, a direct and a group conversation."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

from kithwork.readers.parts.given import Given
from samples import Sample

PEOPLE = [f"U00{number}" for number in range(4)]
USERS = [{"id": user, "profile": {"email": f"{user.lower()}@north.example"}} for user in PEOPLE]
LISTS = {
    "users.json": [*USERS, {"id": "U0B", "is_bot": True, "profile": {}}],
    "channels.json": [{"id": "C001", "name": "harbour", "members": PEOPLE}],
    "dms.json": [{"id": "D001", "members": PEOPLE[:2]}],
    "mpims.json": [{"id": "G001", "name": "mpdm-three-1", "members": [*PEOPLE[:3], "U0B"]}],
}
NOON = 1788782400


def packed(content: dict[str, object]) -> bytes:
    """A zip file of these members; what is not bytes is written as JSON."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, value in content.items():
            archive.writestr(
                zipfile.ZipInfo(name), value if isinstance(value, bytes) else json.dumps(value), zipfile.ZIP_DEFLATED, 1
            )
    return out.getvalue()


def message(user: str, second: int, **more: object) -> dict:
    """A message with all that Slack says of one."""
    words = f"Words number {second}, of the length that people write in a chat, which is often a sentence or two."
    element = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {
        "client_msg_id": f"0aa1b2c3-0000-4000-8000-{second:012d}",
        "type": "message",
        "text": words,
        "user": user,
        "ts": f"{NOON + second}.000100",
        "blocks": [{"type": "rich_text", "block_id": "abcd", "elements": [element]}],
        "team": "T001",
        "user_team": "T001",
        "source_team": "T001",
        "user_profile": {
            "avatar_hash": "g0123456789a",
            "image_72": "https://avatars.north.example/g0123456789a-72.png",
            "first_name": "Name",
            "real_name": "Name Surname",
            "display_name": "name",
            "team": "T001",
            "name": "name.surname",
            "is_restricted": False,
            "is_ultra_restricted": False,
        },
        **more,
    }


FILES = LISTS | {
    "harbour/2026-09-07.json": [
        message("U000", 0, thread_ts=f"{NOON}.000100"),
        message("U001", 60, thread_ts=f"{NOON}.000100", parent_user_id="U000"),
        message("U002", 90),
        message("U0B", 95, bot_id="B1"),
    ],
    "D001/2026-09-07.json": [message("U000", 0), message("U001", 30)],
    "mpdm-three-1/2026-09-08.json": [message("U002", 86400), message("U003", 86430, subtype="channel_join")],
}
SAMPLES = (
    Sample("chat.zip", "interactions", packed(FILES)),
    Sample("chat", "interactions", {name: json.dumps(content).encode() for name, content in FILES.items()}),
    Sample("chat.zip", "comments", packed(FILES), {"options": {"channels": "harbour"}}),
)


def many(n: int) -> bytes:
    """Direct messages, five hundred a day, one record each."""
    days = {
        f"D001/{2000 + day // 336}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}.json": [
            message(PEOPLE[number % 2], number) for number in range(500 * day, min(500 * day + 500, n))
        ]
        for day in range(-(-n // 500))
    }
    return packed(LISTS | days)


def plain(given: Given) -> None:
    """Every member, and the time of every message, which the file tells as a number, by the standard library."""
    with given.open() as file, zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            for one in json.loads(archive.read(name)):
                if "ts" in one:
                    datetime.fromtimestamp(float(one["ts"]), UTC).isoformat()

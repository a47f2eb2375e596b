"""The archive of an account of X: answers, mentions, a repost, messages to one and to a group, and whom it follows."""

from __future__ import annotations

import json
import zipfile

from kithwork.readers.parts.given import Given
from samples import Sample
from samples.slack import packed

OWNER, OTTER, MARTEN = "1400000000000000001", "222000111", "333000222"
ACCOUNT = {"account": {"accountId": OWNER, "username": "north_example", "email": "owner@north.example"}}


def post(number: int, answers: str = "", mentions: dict[str, str] | None = None, text: str = "Words") -> dict:
    """A post with all that an archive says of one."""
    one = {
        "edit_info": {"initial": {"editTweetIds": [str(number)], "editsRemaining": "5", "isEditEligible": True}},
        "retweeted": False,
        "source": '<a href="https://mobile.twitter.com" rel="nofollow">Web App</a>',
        "entities": {
            "hashtags": [],
            "symbols": [],
            "user_mentions": [
                {"name": "Name Surname", "screen_name": handle, "indices": ["0", "12"], "id_str": user, "id": user}
                for user, handle in (mentions or {}).items()
            ],
            "urls": [],
        },
        "display_text_range": ["0", "57"],
        "favorite_count": "2",
        "id_str": str(number),
        "truncated": False,
        "retweet_count": "0",
        "id": str(number),
        "created_at": f"Tue Mar 05 14:{number // 60 % 60:02d}:{number % 60:02d} +0000 2024",
        "favorited": False,
        "full_text": f"{text}, of the length that people write in a post, which is often a sentence or two.",
        "lang": "en",
    }
    return {"tweet": one | ({"in_reply_to_user_id_str": answers, "in_reply_to_user_id": answers} if answers else {})}


def direct(number: int, sender: str, receiver: str | None = None) -> dict:
    """A direct message, of a group where no receiver is named."""
    told = {"id": str(number), "senderId": sender, "text": "Words", "createdAt": "2024-03-06T09:15:00.120Z", "urls": []}
    return {"messageCreate": told | ({"recipientId": receiver} if receiver else {})}


def member(name: str, content: list) -> bytes:
    """A file of an archive."""
    return f"window.YTD.{name}.part0 = {json.dumps(content, indent=2)}".encode()


JOINED = {"participantsJoin": {"initiatingUserId": OWNER, "userIds": [MARTEN], "createdAt": "2024-03-06T09:00:00.000Z"}}
PAIR = {"conversationId": f"{OTTER}-{OWNER}", "messages": [direct(11, OTTER, OWNER), direct(12, OWNER, OTTER)]}
GROUP = {"conversationId": "1612", "messages": [direct(13, OTTER), JOINED]}
FILES = {
    "data/account.js": member("account", [ACCOUNT]),
    "data/tweets.js": member(
        "tweets",
        [
            post(1, OTTER, {OTTER: "river_otter", MARTEN: "pine_marten"}),
            post(2),
            post(3, "", {MARTEN: "pine_marten"}, "RT @pine_marten: Words"),
            post(4, OWNER),
        ],
    ),
    "data/direct-messages.js": member("direct_messages", [{"dmConversation": PAIR}]),
    "data/direct-messages-group.js": member("direct_messages_group", [{"dmConversation": GROUP}]),
    "data/following.js": member("following", [{"following": {"accountId": OTTER, "userLink": "https://x.example"}}]),
    "data/follower.js": member("follower", [{"follower": {"accountId": MARTEN, "userLink": "https://x.example"}}]),
    "data/tweets_media/film.mp4": b"not read",
}
SAMPLES = (
    Sample("archive.zip", "interactions", packed(FILES)),
    Sample("archive", "interactions", FILES, {"options": {"people": "handle"}}),
    Sample("archive.zip", "nominations", packed(FILES)),
)


def many(n: int) -> bytes:
    """Answers, one record each."""
    posts = [post(number, OTTER, {OTTER: "river_otter"}) for number in range(n)]
    return packed({"data/account.js": FILES["data/account.js"], "data/tweets.js": member("tweets", posts)})


def plain(given: Given) -> None:
    """Every list, by the standard library."""
    with given.open() as file, zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            json.loads(archive.read(name).partition(b"=")[2])

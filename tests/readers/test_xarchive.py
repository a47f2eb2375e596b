"""The reader of archives of X: whom the owner answered, mentioned, wrote to and follows, without a word of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.slack import packed
from samples.xarchive import ACCOUNT, FILES, GROUP, MARTEN, OTTER, OWNER, PAIR, direct, member, post
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import xarchive
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SPEC = Reader(reader="xarchive", file="x.zip")
ME = {"data/account.js": member("account", [ACCOUNT])}


def read(content: dict | bytes, source: str = "interactions", **options: str) -> Rows:
    """What an archive holds of a source."""
    data = content if isinstance(content, bytes) else packed(ME | content)
    return whole(xarchive.parse(source, SPEC.model_copy(update={"options": options}), Given("x.zip", content=data)))


def posted(*posts: dict) -> Rows:
    """The contacts of these posts."""
    return read({"data/tweets.js": member("tweets", list(posts))})


def pairs(found: Rows) -> list[list[str]]:
    """Who wrote to whom, and how many were in it."""
    return found.frame[["ego", "alter", "size"]].to_numpy().tolist()


def test_post_goes_to_whom_it_answers_and_to_whom_it_mentions():
    """Each once, at the post's time and with its id."""
    found = posted(post(62, OTTER, {OTTER: "river_otter", MARTEN: "pine_marten"}))
    assert pairs(found) == [[OWNER, OTTER, "3"], [OWNER, MARTEN, "3"]]
    assert (
        found.frame[["channel", "at", "message"]].to_numpy().tolist() == [["chat", "2024-03-05T14:01:02+00:00", "62"]] * 2
    )
    assert (found.lines, found.cells) == ([1, 1], ["data/tweets.js"] * 2)


@pytest.mark.parametrize(
    ("one", "what"),
    [
        (post(1), "posts to nobody in particular"),
        (post(1, OWNER), "posts to nobody in particular"),
        (post(1, "", {"-1": "gone"}), "posts to nobody in particular"),
        (post(1, "", {OTTER: "river_otter"}, "RT @river_otter: Words"), "reposts"),
    ],
)
def test_what_is_written_to_nobody_is_counted(one, what):
    """Posts, answers to oneself, mentions of accounts that are gone, and reposts."""
    found = posted(one)
    assert found.frame.empty
    assert found.left_out == {what: 1}


def test_direct_message_goes_to_its_receiver():
    """As the message names both."""
    found = read({"data/direct-messages.js": member("direct_messages", [{"dmConversation": PAIR}])})
    assert pairs(found) == [[OTTER, OWNER, "2"], [OWNER, OTTER, "2"]]
    assert found.frame[["at", "message"]].to_numpy().tolist()[0] == ["2024-03-06T09:15:00.120Z", "11"]


def test_group_message_goes_to_everybody_the_conversation_names():
    """Who wrote in it, came, or brought somebody; notices are counted."""
    found = read({"data/direct-messages-group.js": member("direct_messages_group", [{"dmConversation": GROUP}])})
    assert pairs(found) == [[OTTER, OWNER, "3"], [OTTER, MARTEN, "3"]]
    assert found.left_out == {"notices of conversations": 1}


def test_message_to_nobody_named_is_counted():
    """A group of which no other is known, and a note to oneself."""
    talks = [{"conversationId": "1", "messages": [direct(1, OTTER)]}, {"messages": [direct(2, OWNER, OWNER)]}]
    content = member("direct_messages_group", [{"dmConversation": talk} for talk in talks])
    assert read({"data/direct-messages-group.js": content}).left_out == {"messages to oneself or to nobody named": 2}


def test_whom_the_owner_follows_and_is_followed_by():
    """One nomination each, seen from the owner."""
    found = read(packed(FILES), "nominations")
    assert sorted(found.frame.to_numpy().tolist()) == [[OWNER, OTTER, "follows"], [OWNER, MARTEN, "followed_by"]]


def test_people_are_called_by_handle_where_posts_tell_it():
    """In every file; an id stays where none does."""
    found = pairs(read(packed(FILES), people="handle"))
    assert {name for ego, alter, _ in found for name in (ego, alter)} == {"north_example", "river_otter", "pine_marten"}
    followed = {"data/follower.js": FILES["data/follower.js"]}
    assert read(followed, "nominations", people="handle").frame["alter"].tolist() == [MARTEN]
    with pytest.raises(UserError, match="is not a way to name people"):
        read(FILES, people="name")


def test_parts_and_older_names_are_read():
    """A large archive is cut into parts; once the file was called tweet.js, and its posts were not wrapped."""
    files = {"data/tweet.js": member("tweet", [post(1, OTTER)["tweet"]])}
    assert len(read(files).frame) == 1
    assert (
        len(
            read({"data/tweets.js": member("tweets", []), "data/tweets-part1.js": member("tweets", [post(1, OTTER)])}).frame
        )
        == 1
    )


def test_words_are_never_taken_up():
    """No cell or note holds what was written."""
    found = read(packed(FILES))
    assert "Words" not in found.frame.to_csv() + str(found.left_out) + str(found.cells)


FAULTS = {
    "no owner": (
        packed({"data/tweets.js": FILES["data/tweets.js"]}),
        "does not say whose archive",
        "x.zip/data/account.js",
    ),
    "bare JSON": (packed(ME | {"data/tweets.js": b"[]"}), "does not begin as a file", "x.zip/data/tweets.js"),
    "broken": (
        packed(ME | {"data/tweets.js": b"window.YTD.tweets.part0 = [{]"}),
        "is not valid JSON",
        "x.zip/data/tweets.js",
    ),
    "no objects": (packed(ME | {"data/tweets.js": member("tweets", [1])}), "holds a value where", "x.zip/data/tweets.js"),
    "no zip": (b"no zip", "is not a zip file", "x.zip"),
}


@pytest.mark.parametrize(("content", "what", "file"), FAULTS.values(), ids=FAULTS)
def test_fault_of_an_archive_is_named_with_its_member(content, what, file):
    """What, in which file of it, and what to do."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert problem.file == file
    assert problem.do


def test_account_without_an_id_is_refused_alone():
    """The others are read."""
    found = read(
        {"data/following.js": member("following", [{"following": {}}, {"following": {"accountId": "5"}}])}, "nominations"
    )
    assert len(found.frame) == len(found.faults) == 1


values = st.recursive(
    st.none() | st.integers() | st.text(max_size=4) | st.just("\ud800") | st.sampled_from([OWNER, OTTER]),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *("tweet", "dmConversation", "messages", "messageCreate", "senderId", "recipientId", "userIds"),
                    *("entities", "user_mentions", "id_str", "in_reply_to_user_id", "created_at", "full_text"),
                    *("conversationId", "account", "accountId"),
                ]
            ),
            inside,
            max_size=5,
        )
    ),
    max_leaves=12,
)
sound = packed(FILES)


@given(
    st.binary(max_size=60)
    | st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255)).map(
        lambda flip: sound[: flip[0]] + bytes([flip[1]]) + sound[flip[0] + 1 :]
    )
    | st.dictionaries(
        st.sampled_from([*FILES]), st.lists(values, max_size=3).map(lambda one: member("a", one)), max_size=4
    ).map(lambda content: packed(ME | content)),
    st.sampled_from(["interactions", "nominations"]),
    st.sampled_from(["id", "handle"]),
)
def test_any_bytes_give_rows_or_one_error(content, source, people):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, source, people=people))
    assert found is None or len(found.frame) == len(found.lines) == len(found.cells)


@given(
    st.lists(st.sampled_from([post(1), post(2, OTTER), post(3, OTTER, {MARTEN: "m"}), post(4, text="RT @x")]), max_size=8)
)
def test_every_post_is_rows_or_counted(posts):
    """Records and notes together account for each."""
    found = posted(*posts)
    assert len(set(found.lines)) + found.left_out.total() == len(posts)

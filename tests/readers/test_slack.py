"""The Slack reader: who wrote to whom, without a word of what; and one error for what is no export."""

from __future__ import annotations

import io
import json
import stat
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import slack
from kithwork.readers.parts import archive
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

USERS = [{"id": f"U{i}", "profile": {"email": f"u{i}@x.org"}} for i in range(4)] + [
    {"id": "UB", "is_bot": True, "profile": {}}
]
LISTS = {
    "users.json": USERS,
    "channels.json": [{"id": "C1", "name": "general"}],
    "dms.json": [{"id": "D1", "members": ["U0", "U1"]}, {"id": "D2", "members": ["U2"]}],
    "mpims.json": [{"id": "G1", "name": "mpdm-u0--u1--u2-1", "members": ["U0", "U1", "U2", "UB"]}],
}
DAY = "2026-09-07.json"
TS, LATER = "1788782400.000100", "1788782460.000200"


SPEC = Reader(reader="slack", file="chat.zip")


def packed(content: dict[str, object]) -> bytes:
    """A zip file of these members; what is not bytes is written as JSON."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, value in content.items():
            archive.writestr(name, value if isinstance(value, bytes) else json.dumps(value))
    return out.getvalue()


def message(user: str = "U0", ts: str = TS, **more: object) -> dict:
    """One message as an export holds it."""
    return {"type": "message", "user": user, "ts": ts, "text": "Secret words", **more}


def read(content: dict[str, object] | bytes) -> Rows:
    """The contacts of an export, or of its lists and these days."""
    data = content if isinstance(content, bytes) else packed(LISTS | content)
    return whole(slack.parse("interactions", SPEC, Given("chat.zip", content=data)))


def test_export_in_one_folder_of_the_zip_file_is_read_as_well():
    """As where it was unpacked and packed again; what a Mac adds beside it is passed over."""
    inside = LISTS | {f"mpdm-u0--u1--u2-1/{DAY}": [message()]}
    wrapped = {f"Nordwind export/{name}": value for name, value in inside.items()}
    assert pairs(read(packed(wrapped | {"__MACOSX/._users.json": b"x"}))) == pairs(read(packed(inside)))
    with pytest.raises(UserError, match=r"holds no users\.json"):
        read(packed({"one/users.json": USERS, "two/users.json": USERS}))


def pairs(found: Rows) -> list[list[str]]:
    """Who wrote to whom, and how many were in it."""
    return found.frame[["ego", "alter", "size"]].to_numpy().tolist()


def test_direct_message_goes_to_the_other_one():
    """By e-mail address, at the message's time in UTC, found again by conversation, day and number."""
    found = read({f"D1/{DAY}": [message("U1"), message("U0", LATER)]})
    assert pairs(found) == [["u1@x.org", "u0@x.org", "2"], ["u0@x.org", "u1@x.org", "2"]]
    assert found.frame["at"].tolist() == ["2026-09-07T12:00:00.000100+00:00", "2026-09-07T12:01:00.000200+00:00"]
    assert set(found.frame["channel"]) == {"chat"}
    assert found.frame["message"].tolist() == [f"D1/{TS}", f"D1/{LATER}"]
    assert (found.lines, found.cells) == ([1, 2], [f"D1/{DAY}"] * 2)


def test_group_message_goes_to_every_other_person():
    """Size counts people, not bots."""
    found = read({f"mpdm-u0--u1--u2-1/{DAY}": [message("U0")]})
    assert pairs(found) == [["u0@x.org", "u1@x.org", "3"], ["u0@x.org", "u2@x.org", "3"]]
    assert found.cells == [f"G1/{DAY}"] * 2


def test_reply_goes_to_whoever_began_the_thread():
    """On whatever day that was; a post to all and a reply to oneself are counted."""
    found = read(
        {
            f"general/{DAY}": [message("U0", thread_ts=TS), message("U0", LATER, thread_ts=TS)],
            "general/2026-09-08.json": [
                message("U1", "1788868800.0", thread_ts=TS),
                message("U2", "1788868801.0", thread_ts="1.0", parent_user_id="U3"),
                message("U2", "1788868802.0", thread_ts="1.0"),
            ],
        }
    )
    assert pairs(found) == [["u1@x.org", "u0@x.org", "2"], ["u2@x.org", "u3@x.org", "2"]]
    assert found.left_out == {"channel posts to nobody in particular": 3}


@pytest.mark.parametrize(
    ("one", "note"),
    [
        (message("U0", bot_id="B1"), "messages of bots"),
        (message("U0", subtype="bot_message"), "messages of bots"),
        (message("UB"), "messages of bots"),
        (message("USLACKBOT"), "messages of bots"),
        (message("U0", subtype="channel_join"), "notices"),
        ({"ts": TS}, "notices"),
    ],
)
def test_what_no_person_wrote_is_counted(one, note):
    """Bots and notices are no contacts, in whatever conversation."""
    found = read({f"D1/{DAY}": [one]})
    assert found.frame.empty
    assert found.left_out == {note: 1}


def test_message_to_oneself_is_counted():
    """Notes to self are no contact."""
    assert read({f"D2/{DAY}": [message("U2")]}).left_out == {"messages to oneself or to bots alone": 1}


def test_unknown_user_stays_an_id():
    """Who is not in users.json is refused later on, by the id."""
    assert pairs(read({f"D1/{DAY}": [message("U9")]}))[0] == ["U9", "u0@x.org", "3"]


def test_unpacked_export_is_read_as_the_packed_one(tmp_path):
    """A folder with the same files gives the same rows."""
    content = LISTS | {
        f"D1/{DAY}": [message("U1")],
        f"general/{DAY}": [message("U2", parent_user_id="U1", thread_ts="1.0")],
    }
    for name, value in content.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(json.dumps(value), encoding="utf-8")
    found = whole(slack.parse("interactions", SPEC, Given("chat.zip", tmp_path)))
    assert found.frame.equals(read(content).frame)
    assert found.cells == read(content).cells


def test_words_are_never_taken_up():
    """No cell, note or place holds what was written."""
    found = read({f"D1/{DAY}": [message()], f"general/{DAY}": [message()]})
    assert "Secret" not in found.frame.to_csv() + str(found.left_out) + str(found.cells)


def test_broken_time_stamp_stays_to_be_refused():
    """It is no date by any reading."""
    assert read({f"D1/{DAY}": [message(ts="2026")]}).frame["at"].str.startswith("1970-01-01T00:33").all()
    assert read({f"D1/{DAY}": [message(ts="soon")]}).frame["at"].tolist() == ["no time stamp: soon"]


def linked() -> bytes:
    """An export with a symbolic link in it."""
    out = io.BytesIO(packed(LISTS))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("general/link")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def damaged() -> bytes:
    """An export whose users.json does not have the content its check sum was made of."""
    return packed(LISTS).replace(b"u1@x.org", b"u1@y.org", 1)


FAULTS = {
    "no zip": (b"PK but no more", "is not a zip file", "chat.zip", None),
    "no users": (packed({"dms.json": []}), "holds no users.json", "chat.zip", None),
    "absolute": (packed(LISTS | {"/etc/passwd": []}), "would lie outside it, or is a link", "chat.zip", None),
    "climbing": (packed(LISTS | {"a/../../b.json": []}), "would lie outside it, or is a link", "chat.zip", None),
    "backward": (packed(LISTS | {"a\\..\\b.json": []}), "would lie outside it, or is a link", "chat.zip", None),
    "a link": (linked(), "would lie outside it, or is a link", "chat.zip", None),
    "damaged": (damaged(), "cannot be unpacked", "chat.zip/users.json", None),
    "broken JSON": (
        packed(LISTS | {f"D1/{DAY}": b'[\n{"user": "U0",}]'}),
        "is not valid JSON",
        f"chat.zip/D1/{DAY}",
        2,
    ),
    "too deep": (packed(LISTS | {f"D1/{DAY}": b"[" * 10**5}), "is not valid JSON", f"chat.zip/D1/{DAY}", 1),
    "Latin-1": (packed(LISTS | {f"D1/{DAY}": b"[\xe9]"}), "is not UTF-8 text", f"chat.zip/D1/{DAY}", 1),
    "another form": (packed(LISTS | {f"D1/{DAY}": {"a": 1}}), "is not a list of objects", f"chat.zip/D1/{DAY}", 1),
}


@pytest.mark.parametrize(("content", "what", "file", "row"), FAULTS.values(), ids=FAULTS)
def test_fault_of_an_export_is_named_with_its_member(content, what, file, row):
    """What, which file in the zip, its line where there is one, and what to do."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert (problem.file, problem.row) == (file, row)
    assert problem.do


def test_export_too_large_to_unpack_is_refused_before_it_is(monkeypatch):
    """A few bytes may claim any size: the sum is looked at first."""
    monkeypatch.setattr(archive, "TOTAL", 1000)
    with pytest.raises(UserError, match="is too large unpacked"):
        read({f"D1/{DAY}": b" " * 1001})


users = st.sampled_from(["U0", "U1", "U2", "UB", "U9"])
messages = st.lists(
    st.fixed_dictionaries(
        {"user": users, "ts": st.sampled_from([TS, LATER])},
        optional={"thread_ts": st.just(TS), "subtype": st.sampled_from(["channel_join", "file_share"])},
    ),
    max_size=6,
)


@given(messages, messages)
def test_every_message_is_rows_or_counted(direct, posted):
    """Records and notes together account for each message."""
    found = read({f"D1/{DAY}": direct, f"general/{DAY}": posted})
    counted = found.left_out.total()
    kept = set(zip(found.cells, found.lines, strict=True))
    assert len(kept) + counted == len(direct) + len(posted)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("\ud800"),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "members", "profile", "email", "user", "ts", "thread_ts", "subtype", "is_bot"]),
            inside,
            max_size=6,
        )
    ),
    max_leaves=12,
)
sound = packed(LISTS | {f"D1/{DAY}": [message()]})


@given(
    st.binary(max_size=100)
    | st.tuples(st.integers(0, len(sound)), st.integers(0, len(sound)), st.binary(max_size=3)).map(
        lambda cut: sound[: cut[0]] + cut[2] + sound[cut[1] :]
    )
    | st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255)).map(
        lambda flip: sound[: flip[0]] + bytes([flip[1]]) + sound[flip[0] + 1 :]
    )
    | st.dictionaries(st.sampled_from([*LISTS, f"D1/{DAY}", f"general/{DAY}"]), st.lists(values, max_size=3)).map(
        lambda content: packed(LISTS | content)
    )
)
def test_any_bytes_give_rows_or_one_error(content):
    """No other exception reaches an analyst, be the zip damaged or its JSON of any form."""
    found = rows_or_one_error(lambda: read(content))
    assert found is None or len(found.frame) == len(found.lines) == len(found.cells)


def posted(content: dict[str, object], channels: str = "general") -> Rows:
    """The posts of an export in these channels, as comments."""
    spec = Reader(reader="slack", file="chat.zip", options={"channels": channels})
    return whole(slack.parse("comments", spec, Given("chat.zip", content=packed(LISTS | content))))


TALKS = ("general", "other", "D1", "mpdm-u0--u1--u2-1")
MORE = {"channels.json": [{"id": "C1", "name": "general"}, {"id": "C2", "name": "other"}]}


def test_posts_of_a_channel_named_are_comments():
    """Writer, channel, words and time; whoever is mentioned is nobody any more; notices, bots and files are counted."""
    day = [
        message(text="<@U1> heard &amp; saw <https://x.org|it>"),
        message("UB"),
        message(subtype="channel_join"),
        message(text=""),
        message("U9", LATER, text="no profile"),
    ]
    found = posted({f"general/{DAY}": day})
    assert found.frame.to_numpy().tolist() == [
        ["u0@x.org", "general", "[person] heard & saw it", "2026-09-07T12:00:00.000100+00:00"],
        ["U9", "general", "no profile", "2026-09-07T12:01:00.000200+00:00"],
    ]
    assert list(found.frame) == ["person", "prompt", "text", "at"]
    assert found.cells == [f"C1/{DAY}"] * 2
    assert found.left_out == {"messages of bots": 1, "notices": 1, "posts without words": 1}


@given(
    st.lists(st.sampled_from(TALKS), min_size=1, max_size=4, unique=True), st.sets(st.sampled_from(["general", "other"]))
)
def test_no_post_is_read_but_of_channels_named(there, named):
    """Never a direct message or one in a group, whatever lies in the export."""
    content = MORE | {f"{name}/{DAY}": [message(text=f"words of {name}")] for name in there}
    if not named:
        with pytest.raises(UserError, match="names no channel"):
            posted(content, " , ")
        return
    found = posted(content, ", ".join(sorted(named)))
    expected = sorted(named & set(there))
    assert sorted(found.frame["text"]) == [f"words of {name}" for name in expected]
    assert sum(found.left_out.values()) == len(there) - len(expected)


@pytest.mark.parametrize("name", ["D1", "G1", "mpdm-u0--u1--u2-1", "nowhere"])
def test_direct_conversations_cannot_be_named(name):
    """Nor a channel that is not there: one error, with the name."""
    with pytest.raises(UserError, match="is no channel of this export"):
        posted({f"D1/{DAY}": [message()]}, name)


def test_channels_mean_nothing_where_contacts_are_read():
    """So that nobody takes them for a limit on these."""
    spec = Reader(reader="slack", file="chat.zip", options={"channels": "general"})
    with pytest.raises(UserError, match="means nothing where contacts are read"):
        slack.parse("interactions", spec, Given("chat.zip", content=packed(LISTS)))

"""The Teams reader: who wrote to or called whom, from Graph's lists and from the audit log, without a word of what."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples.teams import (
    ANNA,
    BO,
    CALL,
    CID,
    GROUP,
    IN_CHANNEL,
    LOG,
    MADE,
    MAIL,
    MESSAGES,
    PAIR,
    message,
    page,
    sent,
    table,
    user,
)
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import teams
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

ROOM = {"chatId": "19:g@thread.v2"}


def read(content: bytes | list, **options: str) -> Rows:
    """What a file, or a page of these values, holds."""
    spec = Reader(reader="teams", file="teams.json", options=options)
    data = content if isinstance(content, bytes) else page(content)
    return whole(teams.parse("interactions", spec, Given("teams.json", content=data)))


def pairs(found: Rows) -> list[list[str]]:
    """Who wrote to whom, and how many were in it."""
    return found.frame[["ego", "alter", "size"]].to_numpy().tolist()


def mentioning(*people: str) -> dict:
    """The mentions of a message."""
    return {"mentions": [{"mentioned": {"user": user(one)}} for one in people]}


def test_message_between_two_goes_to_the_other_by_the_id_of_their_chat():
    """Graph need not list members: the chat's own id is made of both."""
    found = read([message(61, ANNA, chatId=PAIR)])
    assert pairs(found) == [[ANNA, BO, "2"]]
    assert found.frame[["channel", "at", "message"]].to_numpy().tolist() == [
        ["chat", "2026-09-07T00:01:01.123Z", f"{PAIR}/1700000000061"]
    ]


def test_message_in_a_group_goes_to_every_other_member():
    """Members listed with the message, or with the chat before it; else only those mentioned."""
    listed = [{"userId": one} for one in (ANNA, BO, CID)]
    expected = [[ANNA, BO, "3"], [ANNA, CID, "3"]]
    assert pairs(read([message(1, ANNA, members=listed, **ROOM)])) == expected
    chat = {"id": "19:g@thread.v2", "chatType": "group", "members": listed}
    assert pairs(read([chat, message(1, ANNA, **ROOM)])) == expected
    assert pairs(read([chat | {"messages": [message(1, ANNA, **ROOM)]}])) == expected
    assert pairs(read([message(1, ANNA, **ROOM, **mentioning(BO))])) == [[ANNA, BO, "2"]]


def test_reply_in_a_channel_goes_to_whom_it_answers_wherever_that_stands():
    """Graph lists the newest first; replies may also stand inside the message they answer."""
    first, reply = message(1, ANNA, **IN_CHANNEL), message(2, BO, replyToId="1700000000001", **IN_CHANNEL)
    for content in ([first, reply], [reply, first], [first | {"replies": [reply]}]):
        found = read(content)
        assert pairs(found) == [[BO, ANNA, "2"]]
        assert found.left_out == {"channel posts to nobody in particular": 1}


def test_mention_in_a_channel_is_a_receiver_too():
    """Beside whom the message answers."""
    first = message(1, ANNA, **IN_CHANNEL, **mentioning(BO))
    reply = message(2, BO, replyToId="1700000000001", **IN_CHANNEL, **mentioning(CID, ANNA))
    assert pairs(read([first, reply])) == [[ANNA, BO, "2"], [BO, ANNA, "3"], [BO, CID, "3"]]


def test_reply_to_what_is_not_in_the_file_is_counted():
    """Nobody can tell who is answered."""
    found = read([message(2, BO, replyToId="1", **IN_CHANNEL)])
    assert found.left_out == {"channel posts to nobody in particular": 1}


MANY = "calls of more than 25 people (`clean.broadcast_above`)"


@pytest.mark.parametrize(
    ("one", "what"),
    [
        (message(1, ANNA, messageType="systemEventMessage", chatId=PAIR), "notices"),
        (message(1, ANNA, chatId=PAIR) | {"from": None}, "notices"),
        (message(1, ANNA, chatId=PAIR) | {"from": {"application": {"id": "bot"}}}, "messages of applications"),
        (message(1, ANNA, **ROOM), "messages whose receivers are not named"),
        ({"id": "x"}, "events of other kinds"),
        (sent(1, ANNA) | {"Operation": "TeamsSessionStarted"}, "events of other kinds"),
        (sent(1, ANNA, CommunicationType="Team"), "channel posts to nobody in particular"),
        (sent(1, ANNA, **GROUP), "messages whose receivers are not named"),
        (CALL | {"participants": CALL["participants"][:1]}, "calls of one person"),
        (CALL | {"participants": [{"phone": {"id": str(i)}} for i in range(26)]}, MANY),
    ],
)
def test_what_says_nothing_about_a_pair_is_counted(one, what):
    """Notices, applications, other events, and messages of which no receiver is named."""
    found = read([one])
    assert found.frame.empty
    assert found.left_out == {what: 1}


def test_settings_say_how_large_a_call_may_be():
    """As they do for mail."""
    content = page([CALL | {"participants": [{"phone": {"id": str(i)}} for i in range(26)]}])
    there = Given("teams.json", content=content, broadcast_above=26)
    assert len(whole(teams.parse("interactions", Reader(reader="teams", file="teams.json"), there)).frame) == 325


def test_people_are_called_as_asked():
    """By id; or by the name or address that the file tells, be it only later; an id stays where it tells none."""
    assert pairs(read([message(1, ANNA, chatId=PAIR), message(2, BO, chatId=PAIR)], people="name")) == [
        ["Anna Lind", "Bo Berg", "2"],
        ["Bo Berg", "Anna Lind", "2"],
    ]
    chat = {"id": PAIR, "chatType": "oneOnOne", "members": [{"userId": one, "email": MAIL[one]} for one in (ANNA, BO)]}
    assert pairs(read([chat, message(1, ANNA, chatId=PAIR)], people="address")) == [[MAIL[ANNA], MAIL[BO], "2"]]
    assert pairs(read([message(1, ANNA, chatId=PAIR)], people="address")) == [[ANNA, BO, "2"]]
    with pytest.raises(UserError, match="is not a way to name people"):
        read([], people="handle")


def test_call_is_a_record_a_pair():
    """With start, minutes and size, from either list of participants; a telephone is in it too."""
    found = read([CALL])
    assert found.frame.to_numpy().tolist() == [[ANNA, BO, "call", "2026-09-07T18:52:21.2169889Z", "30.0", "2", "e523d2ed"]]
    newer = [{"id": "1", "identity": {"user": user(ANNA)}}, {"id": "2", "identity": {"phone": {"id": "+4520304050"}}}]
    assert pairs(read([CALL | {"participants_v2": newer}])) == [[ANNA, "+4520304050", "2"]]


@pytest.mark.parametrize("end", [None, "soon", "2026-09-07"])
def test_call_without_an_end_is_refused_alone(end):
    """Another is read."""
    found = read([CALL | {"endDateTime": end}, CALL])
    assert (len(found.frame), [fault.line for fault in found.faults]) == (1, [1])


FORMS = {
    "list": json.dumps(LOG).encode(),
    "lines": "\r\n".join(json.dumps(one) for one in LOG).encode(),
    "table": table(LOG),
    "Graph": page([{"id": "1", "auditData": one} for one in LOG]),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
def test_audit_log_gives_the_same_in_every_form(content):
    """Addresses throughout, though one-on-one chats name ids; groups by those whom an event before named."""
    found = read(content)
    a, b, c = MAIL.values()
    assert sorted(pairs(found)) == [[a, b, "2"], [b, a, "2"], [c, a, "3"], [c, b, "3"]]
    assert set(found.frame["at"]) == {f"2026-09-07T00:00:0{second}+00:00" for second in (1, 2, 6)}
    assert found.left_out == {"events of other kinds": 1}


def test_members_by_address_take_the_place_of_ids():
    """Nobody is in a chat twice, wherever in the log the event stands that names its two by address."""
    made = MADE | {"ChatThreadId": PAIR, "Members": MADE["Members"][:2]}
    assert pairs(read([sent(1, ANNA), made, sent(2, ANNA), sent(3, BO)])) == [
        [MAIL[ANNA], MAIL[BO], "2"],
        [MAIL[ANNA], MAIL[BO], "2"],
        [MAIL[BO], MAIL[ANNA], "2"],
    ]


def test_the_same_message_has_the_same_id_in_graph_and_in_the_audit_log():
    """So that a copy is found."""
    assert read([message(1, ANNA, chatId=PAIR)]).frame["message"].equals(read([sent(1, ANNA)]).frame["message"])


def test_pages_after_one_another_are_one_list():
    """As a script writes them that follows the link to the next."""
    assert len(read(page([message(1, ANNA, chatId=PAIR)]) + b"\n" + page([CALL], **{"@odata.nextLink": "x"})).frame) == 2


def test_words_are_never_taken_up():
    """No cell or note holds what was written."""
    assert "Words" not in read(MESSAGES).frame.to_csv()


FAULTS = {
    "empty": (b"", "is empty", None),
    "list of nothing": (b"[]", "is empty", None),
    "page of nothing": (b'{"value": []}', "is empty", None),
    "no log": (b"a,b\n1,2\n", "is neither JSON nor an audit log", 1),
    "broken": (b'[{"a": 1},\n{]', "is not valid JSON", 2),
    "cut off": (page(MESSAGES)[:-3], "is not valid JSON", 1),
    "quotes": (b'AuditData\n"a"b\n', "cannot be read as CSV", 2),
    "Latin-1": (b"AuditData\n\xe6\n", "is not UTF-8 text", 1),
}


@pytest.mark.parametrize(("content", "what", "row"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_file_is_named(content, what, row):
    """What, where, and what to do."""
    with pytest.raises(UserError) as caught:
        read(content)
    [problem] = caught.value.problems
    assert what in problem.what
    assert (problem.file, problem.row) == ("teams.json", row)
    assert problem.do


def test_broken_row_of_the_audit_log_is_refused_alone():
    """The others are read."""
    found = read(table(LOG) + b"1,2,3,4,5,{,\n")
    assert len(found.frame) == 4
    assert [fault.line for fault in found.faults] == [6]


every = [
    message(1, ANNA, chatId=PAIR),
    message(2, BO, **ROOM),
    message(3, CID, **IN_CHANNEL),
    CALL,
    sent(1, ANNA),
    {"x": 1},
    1,
]


@given(st.lists(st.sampled_from(every), min_size=1, max_size=8), st.sampled_from(["id", "name", "address"]))
def test_every_event_is_rows_or_counted(events, people):
    """Records, faults and notes together account for each."""
    found = read(events, people=people)
    assert len(found.frame) + len(found.faults) + found.left_out.total() == len(events)


keys = [*message(1, ANNA), *CALL, *MADE, "mentioned", "user", "identity", "participants_v2", "replies", "value", "members"]
values = st.recursive(
    st.none() | st.integers() | st.text(max_size=4) | st.sampled_from(["\ud800", ANNA, PAIR, "message", "MessageSent"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(keys), inside, max_size=6),
    max_leaves=14,
)
sound = [page(MESSAGES), table(LOG), json.dumps(LOG).encode()]


@given(
    st.binary(max_size=60)
    | st.lists(values, max_size=4).map(page)
    | st.tuples(st.sampled_from(sound), st.integers(0, 3000), st.binary(max_size=3), st.integers(0, 3000)).map(
        lambda cut: cut[0][: cut[1]] + cut[2] + cut[0][cut[3] :]
    )
    | st.text(max_size=40).map(lambda text: f"AuditData\n{text}".encode("utf-8", "replace")),
    st.sampled_from(["id", "name", "address"]),
)
def test_any_bytes_give_rows_or_one_error(content, people):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, people=people))
    assert found is None or len(found.frame) == len(found.lines)


CHANNEL = IN_CHANNEL["channelIdentity"]["channelId"]


def posted(content: list, channels: str = CHANNEL, **options: str) -> Rows:
    """The posts of these values in these channels, as comments."""
    spec = Reader(reader="teams", file="teams.json", options={"channels": channels, **options})
    return whole(teams.parse("comments", spec, Given("teams.json", content=page(content))))


def said(text: str, kind: str = "html") -> dict:
    """The body of a message."""
    return {"body": {"contentType": kind, "content": text}}


def test_posts_of_a_channel_named_are_comments():
    """Replies too, by what the file tells of names and of the channel; mentions, markup and what nobody wrote are gone."""
    reply = message(2, BO, **IN_CHANNEL, **said("plain <words>", "text"))
    first = message(1, ANNA, replies=[reply], **IN_CHANNEL, **said("<p>Ask <at id='0'>Cid</at></p><p>a &amp; b</p>"))
    channel = {"id": CHANNEL, "displayName": "Market", "membershipType": "standard"}
    gone = message(3, BO, deletedDateTime="2026-09-08T00:00:00Z", **IN_CHANNEL)
    machine = message(4, BO, **IN_CHANNEL) | {"from": {"application": {"id": "x"}}}
    found = posted(
        [channel, first, gone, machine, message(5, BO, **IN_CHANNEL, **said("<p> </p>"))], "Market", people="name"
    )
    assert found.frame.to_numpy().tolist() == [
        ["Anna Lind", "Market", "Ask [person]\na & b", "2026-09-07T00:00:01.123Z"],
        ["Bo Berg", "Market", "plain <words>", "2026-09-07T00:00:02.123Z"],
    ]
    assert found.left_out == {
        "descriptions of channels": 1, "notices": 1, "messages of applications": 1, "posts without words": 1,
    }  # fmt: skip


OTHER_CHANNEL = {"channelIdentity": {"channelId": "19:d"}}
places = st.sampled_from([{"chatId": PAIR}, ROOM, IN_CHANNEL, OTHER_CHANNEL, {"chatId": PAIR, **IN_CHANNEL}])


@given(st.lists(places, max_size=6))
def test_no_post_is_read_but_of_channels_named(where):
    """Never a message of a chat, whatever else is said of it."""
    found = posted([message(0, BO, **IN_CHANNEL), *(message(n, ANNA, **place) for n, place in enumerate(where, start=1))])
    assert len(found.frame) == 1 + where.count(IN_CHANNEL)
    assert sum(found.left_out.values()) == len(where) - where.count(IN_CHANNEL)


def test_audit_log_has_no_words():
    """Its events are counted, and give no comment."""
    found = posted(LOG)
    assert (len(found.frame), found.left_out) == (0, {"events of other kinds": len(LOG)})


@given(st.binary(max_size=200))
def test_any_bytes_give_comments_or_one_error(data):
    """Whatever the file is."""
    spec = Reader(reader="teams", file="teams.json", options={"channels": "x"})
    rows_or_one_error(lambda: whole(teams.parse("comments", spec, Given("teams.json", content=data))))

"""Opening a zip file or folder: members as streams; and what is no honest archive is refused by name, before it is read."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.errors import UserError
from kithwork.readers.parts import archive
from kithwork.readers.parts.given import Given

DO = "Export it again."


def packed(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members:
            file.writestr(name, data, method)
    return out.getvalue()


def contents(data: bytes, wanted=bool) -> dict[str, bytes]:
    """What each wanted member holds."""
    found = {}
    with archive.opened(Given("a.zip", content=data), DO, wanted) as members:
        for name in members:
            with members.open(name) as file:
                found[name] = file.read()
    return found


def refused(data: bytes, wanted=bool) -> list[str]:
    """What is said of a zip file that is refused."""
    with pytest.raises(UserError) as caught:
        contents(data, wanted)
    assert all(problem.do and problem.file.startswith("a.zip") for problem in caught.value.problems)
    return [problem.what for problem in caught.value.problems]


def of_kind(name: str, kind: int) -> zipfile.ZipInfo:
    """A member that says to be of a kind of file."""
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o777) << 16
    return info


def at(data: bytes, signature: bytes, offset: int, value: bytes, number: int = 0) -> bytes:
    """These bytes with others so far behind the signature that stands there for this number of times."""
    where = -1
    for _ in range(number + 1):
        where = data.index(signature, where + 1)
    return data[: where + offset] + value + data[where + offset + len(value) :]


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def test_members_are_read_in_order_of_their_names():
    """Folders are none; a member comes as it was packed, deflated or stored."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        data = packed(("b/c.txt", b"two"), ("a.txt", b"one"), ("d/", b""), method=method)
        assert list(contents(data).items()) == [("a.txt", b"one"), ("b/c.txt", b"two")]


def test_folder_is_read_as_a_zip_file_is(tmp_path):
    """Members by their path below it."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b/c.txt").write_bytes(b"two")
    with archive.opened(Given("a", tmp_path), DO) as members:
        assert list(members) == ["b/c.txt"]
        with members.open("b/c.txt") as file:
            assert file.read() == b"two"


def test_links_in_a_folder_are_refused(tmp_path):
    """They may lead anywhere, whether to a file or to a folder."""
    (tmp_path / "file").symlink_to("/etc/passwd")
    (tmp_path / "folder").symlink_to("/etc")
    with pytest.raises(UserError) as caught, archive.opened(Given("a", tmp_path), DO):
        pass
    assert [problem.file for problem in caught.value.problems] == ["a/file", "a/folder"]


OUTSIDE = "holds a file that would lie outside it, or is a link"


@pytest.mark.parametrize("name", ["/etc/passwd", "../a", "a/../../b", "a\\..\\b", "\\\\host\\a", "C:/a", "c:a", ""])
def test_member_that_would_lie_outside_is_refused(name):
    """Upward, absolute, of another drive or another machine, or without a name."""
    info = zipfile.ZipInfo("x")
    info.filename = name
    assert refused(packed((info, b""))) == [OUTSIDE]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_link_and_device_are_refused(kind):
    """Whatever their name."""
    assert refused(packed((of_kind("a", kind), b"/etc/passwd"))) == [OUTSIDE]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_member_named_twice_is_refused():
    """Which of the two counts, nobody can say."""
    assert refused(packed(("a", b"1"), ("a", b"2"))) == ["holds a file twice"]


def test_members_over_one_another_are_refused():
    """A second entry of the directory that leads to the first one's bytes, or a size that reaches into the next."""
    data = packed(("aa", b"1" * 50), ("bb", b"2" * 50), method=zipfile.ZIP_STORED)
    assert "holds files that lie over one another" in refused(at(data, CENTRAL, 42, struct.pack("<L", 0), 1))
    assert "holds files that lie over one another" in refused(at(data, CENTRAL, 20, struct.pack("<L", 90)))


def test_encrypted_member_is_refused():
    """By the flag that says so."""
    data = at(at(packed(("a", b"1")), LOCAL, 6, b"\x01"), CENTRAL, 8, b"\x01")
    assert refused(data) == ["is encrypted"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing_are_refused(method):
    """They unpack any number of bytes at once, whatever is asked for."""
    assert refused(packed(("a", b"1" * 1000), method=method)) == ["is packed in a way not read here"]


def test_bomb_is_refused_before_it_is_unpacked():
    """By how much larger it says to become."""
    assert refused(packed(("a", bytes(2**21)))) == ["unpacks to far more than any export"]
    assert contents(packed(("a", bytes(2**20)))) == {"a": bytes(2**20)}


def test_sizes_beyond_the_limits_are_refused(monkeypatch):
    """Of one member, and of all together."""
    monkeypatch.setattr(archive, "MEMBER", 1000)
    monkeypatch.setattr(archive, "TOTAL", 1500)
    assert refused(packed(("a", bytes(1001)))) == ["is too large unpacked"]
    assert refused(packed(("a", bytes(800)), ("b", bytes(800)))) == ["is too large unpacked"]


def test_limit_holds_while_a_member_is_read(monkeypatch):
    """Whatever it was when the archive was opened."""
    with archive.opened(Given("a.zip", content=packed(("a", bytes(1001)))), DO) as members:
        monkeypatch.setattr(archive, "MEMBER", 1000)
        with pytest.raises(UserError, match="is too large unpacked"), members.open("a") as file:
            file.read()


def test_size_that_lies_does_not_get_more_out(monkeypatch):
    """A member that says to be smaller than it is: not a byte more is unpacked, and the check sum tells."""
    data = packed(("a", b"1" * 5000))
    assert refused(at(data, CENTRAL, 24, struct.pack("<L", 10))) == ["cannot be unpacked"]


def test_what_is_not_wanted_may_be_of_any_size(monkeypatch):
    """Films and pictures of an archive are not read."""
    monkeypatch.setattr(archive, "MEMBER", 1000)
    data = packed(("film.mp4", bytes(5000)), ("a.json", b"[]"))
    assert contents(data, lambda name: name.endswith(".json")) == {"a.json": b"[]"}


def test_empty_archive_has_no_members():
    """It is a zip file all the same."""
    assert contents(packed()) == {}


def test_too_many_members_are_refused(monkeypatch):
    """Each costs memory, be it empty."""
    monkeypatch.setattr(archive, "MOST", 2)
    assert refused(packed(("a", b""), ("b", b""), ("c", b""))) == ["holds too many files"]


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"no zip", packed(("a", b"1"))[:-4]], ids=["nothing", "two letters", "text", "cut off"]
)
def test_what_is_no_zip_file_is_refused(data):
    """Cut off, empty or another format."""
    assert refused(data) == ["is not a zip file"]


sound = packed(("a.json", b"[1, 2, 3]" * 20), ("b/c.json", b"{}"))


@given(
    st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255)).map(
        lambda flip: sound[: flip[0]] + bytes([flip[1]]) + sound[flip[0] + 1 :]
    )
    | st.tuples(st.integers(0, len(sound)), st.binary(max_size=4), st.integers(0, len(sound))).map(
        lambda cut: sound[: cut[0]] + cut[1] + sound[cut[2] :]
    )
)
def test_damaged_zip_file_gives_members_or_one_error(data):
    """No other exception, and no more bytes than were packed."""
    found: dict[str, bytes] = {}
    with suppress(UserError):
        found = contents(data)
    assert sum(map(len, found.values())) <= 400

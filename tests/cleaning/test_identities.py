"""Pseudonyms: the same for the same key and id, useless without the key, and no way round the key file."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import stat
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings

from kithwork import params
from kithwork.cleaning.identities import LENGTH, PAGE_LENGTH, normal, page_names, pseudonym, pseudonyms
from kithwork.errors import UserError

KEY = b"k" * 32
SECRET = {"engagement": {"ids": "secret"}}


def hmac_sha256(key: bytes, message: bytes) -> bytes:
    """RFC 2104 written out: H((K ⊕ opad) ‖ H((K ⊕ ipad) ‖ message))."""
    key = (hashlib.sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in key) + inner).digest()


def test_hand_written_hmac_meets_rfc_4231():
    """The yardstick of the next test is right: RFC 4231, test case 2."""
    found = hmac_sha256(b"Jefe", b"what do ya want for nothing?").hex()
    assert found == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


@given(st.binary(min_size=1, max_size=100), st.text(max_size=30))
def test_pseudonym_is_the_start_of_the_hmac(key, identity):
    """20 base-32 characters of HMAC-SHA256(key, "v1|" + id), as the module says."""
    expected = base64.b32encode(hmac_sha256(key, f"v1|{normal(identity)}".encode())).decode()[:20]
    assert pseudonym(key, identity) == expected


def test_pseudonyms_never_change():
    """A stored table of last year still joins: the value itself is fixed."""
    assert pseudonym(b"Jefe", "Anna") == base64.b32encode(hmac_sha256(b"Jefe", b"v1|anna")).decode()[:20]
    assert re.fullmatch(rf"[A-Z2-7]{{{LENGTH}}}", pseudonym(KEY, "anna"))


@pytest.mark.parametrize("spelling", ["ANNA.Ø", "  anna.ø ", unicodedata.normalize("NFD", "Anna.Ø")])
def test_spellings_of_one_id_are_one_person(spelling):
    """Case, space around and Unicode form make no second person."""
    assert pseudonym(KEY, spelling) == pseudonym(KEY, "anna.ø")


@given(st.lists(st.text(max_size=10).map(normal), unique=True, max_size=30))
def test_different_ids_are_different_people(identities):
    """No two ids share a pseudonym."""
    assert len({pseudonym(KEY, identity) for identity in identities}) == len(identities)


def test_another_key_gives_other_pseudonyms():
    """Two studies of one company cannot be joined by their pseudonyms."""
    assert pseudonym(KEY, "anna") != pseudonym(b"j" * 32, "anna")


def test_key_file_is_made_once_and_readable_by_its_owner_only(tmp_path, monkeypatch):
    """The first run makes a key of 64 hexadecimal digits with mode 0600; the next uses the same."""
    path = tmp_path / "keys" / "study.key"
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(path))
    first = pseudonyms(settings(**SECRET))("anna")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}", path.read_text(encoding="utf-8"))
    assert pseudonyms(settings(**SECRET))("anna") == first
    path.unlink()
    assert pseudonyms(settings(**SECRET))("anna") != first


def test_key_file_lies_in_the_home_folder_unless_named(tmp_path, monkeypatch):
    """Without KITHWORK_KEY_FILE the key is `~/.kithwork/<engagement>.key`: outside the project."""
    monkeypatch.delenv("KITHWORK_KEY_FILE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    pseudonyms(settings(**SECRET))
    assert (tmp_path / ".kithwork" / "synthetic.key").is_file()


@pytest.mark.parametrize("content", ["", "   \n", "short", "x" * 31])
def test_short_key_is_refused(tmp_path, monkeypatch, content):
    """A key that could be guessed is an error that says how long it must be, and never what it is."""
    path = tmp_path / "study.key"
    path.write_text(content, encoding="utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(path))
    with pytest.raises(UserError) as caught:
        pseudonyms(settings(**SECRET))
    [problem] = caught.value.problems
    assert problem.what == "is too short for a key"
    assert "32" in problem.do
    assert problem.found == f"{len(content.strip())} characters"


def test_key_file_that_cannot_be_used_is_named(tmp_path, monkeypatch):
    """A folder in the key file's place is one error, not a traceback."""
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(tmp_path))
    with pytest.raises(UserError, match="cannot be used as the key file"):
        pseudonyms(settings(**SECRET))


def test_public_ids_need_no_key_file(tmp_path, monkeypatch):
    """Published, already coded data gives everybody the same tables, and touches no key."""
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(tmp_path / "never.key"))
    assert pseudonyms(settings(engagement={"ids": "public"}))("anna") == pseudonym(b"synthetic", "anna")
    assert not (tmp_path / "never.key").exists()


@pytest.mark.parametrize("link", [False, True])
def test_key_inside_the_project_is_refused(tmp_path, monkeypatch, link):
    """A project is copied and shared: neither a key in it, nor one that a link leads to, is taken or made there."""
    inside = tmp_path / "study" / "secrets"
    inside.mkdir(parents=True)
    path = inside / "study.key"
    if link:
        (tmp_path / "outside").symlink_to(inside)
        path = tmp_path / "outside" / "study.key"
    monkeypatch.setattr(params, "ROOT", tmp_path / "study")
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(path))
    with pytest.raises(UserError, match="lies inside the project, as a key file must not"):
        pseudonyms(settings(**SECRET))
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_key_that_others_can_read_or_change_is_refused(tmp_path, monkeypatch, mode):
    """Whoever reads it can undo the pseudonyms; the message says how to close it, and not what it is."""
    path = tmp_path / "study.key"
    path.write_text("k" * 32, encoding="utf-8")
    path.chmod(mode)
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(path))
    with pytest.raises(UserError) as caught:
        pseudonyms(settings(**SECRET))
    [problem] = caught.value.problems
    assert problem.what == "can be read or changed by others than its owner"
    assert problem.do == f"Let its owner alone read it: chmod 600 {path}"
    assert problem.found == f"mode {mode:04o}"


def test_page_names_tell_nothing_of_pseudonyms(project):
    """A page's name is HMAC under a key of its own, as the module says; under the pseudonyms' key it would be another."""
    key = b"synthetic key of the tests, 32 characters or more"
    person = pseudonym(key, "anna")
    own = hmac_sha256(hmac_sha256(key, b"v1|own page"), f"own page|{person}".encode())
    name = page_names(settings(**SECRET))(person)
    assert name == base64.b32encode(own).decode()[:PAGE_LENGTH].lower()
    assert re.fullmatch(rf"[a-z2-7]{{{PAGE_LENGTH}}}", name)
    assert pseudonym(key, f"own page|{person}")[:10].lower() != name[:10]


def test_page_names_need_a_secret_where_people_are_real():
    """Under public ids anybody could work them out: refused, but for people who do not exist."""
    with pytest.raises(UserError, match="anybody could find people's own pages"):
        page_names(settings(engagement={"ids": "public"}))
    assert len(page_names(settings(engagement={"ids": "public", "synthetic": True}))("A")) == PAGE_LENGTH

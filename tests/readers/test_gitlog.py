"""The git log reader: a contact of each who looked at a commit with its author, from text that one command makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import gitlog as sample
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import gitlog
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

SPEC = Reader(reader="gitlog", file="log.txt")
HASH = "1" * 40


def commit(*trailers: str, author: str = "Anna <anna@x.example>", committer: str = "Bo <bo@x.example>") -> str:
    """One commit of a log."""
    head = [f"Commit: {HASH}", f"Author: {author}", f"Committer: {committer}", "Date: 2026-09-07T14:30:00+02:00"]
    return "\n".join([*head, *trailers, "", ""])


def read(text: str | bytes, **options: str) -> Rows:
    """All rows of a log."""
    content = text if isinstance(text, bytes) else text.encode()
    spec = Reader(reader="gitlog", file="log.txt", options=options)
    return whole(gitlog.parse("interactions", spec, Given("log.txt", content=content)))


def test_who_looked_at_a_commit_is_in_contact_with_its_author():
    """Each once, whatever they did; the author not with himself; the line is that of the commit."""
    found = read(
        commit()
        + commit(
            "Reviewed-by: Cid <cid@x.example>",
            "tested-by: C. <CID@x.example>",
            "Signed-off-by: Eve <eve@x.example>",
            "Acked-by: Anna <anna@x.example>",
            "Co-authored-by: Dan",
        )
    )
    told = ("Anna <anna@x.example>", "review", "2026-09-07T14:30:00+02:00", "2", HASH, "")
    assert list(found.frame.itertuples(index=False, name=None)) == [("Cid <cid@x.example>", *told), ("Dan", *told)]
    assert found.lines == [6, 6]
    assert found.left_out == {"commits that nobody but the author looked at": 1}


@pytest.mark.parametrize(
    ("trailer", "ego"),
    [
        ("Reviewed-by: Cid <cid@x.example> # for drivers", "Cid <cid@x.example>"),
        ("Reviewed-by: <cid@x.example>", "cid@x.example"),
        ("Reviewed-by: cid@x.example", "cid@x.example"),
        ("Reviewed-by: Commit: Cid: <cid@x.example>", "Commit: Cid: <cid@x.example>"),
        ("Reviewed-by: 'Cid' \"C\" Høj <cid@x.example>", "'Cid' \"C\" Høj <cid@x.example>"),
        ("Reviewed-by: Cid <cid@x.example", "Cid <cid@x.example"),
    ],
)
def test_odd_names_are_taken_as_they_stand(trailer, ego):
    """Colons, quotes and broken brackets."""
    assert read(commit(trailer)).frame["ego"].tolist() == [ego]


def test_commits_of_ones_own_are_counted():
    """As are those that nobody is said to have looked at."""
    assert read(commit("Tested-by: Anna <anna@x.example>")).left_out == {"commits that nobody but the author looked at": 1}


def test_committers_count_where_params_say_so():
    """Not otherwise, and not as their own reviewers."""
    assert read(commit()).frame.empty
    assert read(commit(), committer="counts").frame["ego"].tolist() == ["Bo <bo@x.example>"]
    assert read(commit(committer="Anna <anna@x.example>"), committer="counts").frame.empty
    with pytest.raises(UserError):
        read(commit(), committer="yes")


@pytest.mark.parametrize("who", [{"author": "app[bot] <1+app[bot]@x.example>"}, {}])
def test_what_apps_did_is_automated(who):
    """Whichever side they are on."""
    ego = "Cid <cid@x.example>" if who else "app[bot] <1+app[bot]@x.example>"
    assert read(commit(f"Reviewed-by: {ego}", **who)).frame["nature"].tolist() == ["automated"]


@pytest.mark.parametrize("text", ["", "\n\n", "commit 1111\nAuthor: Anna\n", "ego,alter\na,b\n"])
def test_other_text_is_refused_with_the_command(text):
    """What to type is said."""
    with pytest.raises(UserError) as caught:
        read(text)
    assert gitlog.COMMAND in caught.value.problems[0].do


def test_broken_commit_is_refused_alone():
    """Its line is named; those before and after are read."""
    sound = commit("Acked-by: Cid")
    broken = commit("Acked-by: Cid").replace("Author: ", "By: ")
    long = commit(*["Acked-by: Cid"] * 2_000)
    found = read(sound + broken + sound + long + sound.replace(HASH, "none"))
    assert [fault.line for fault in found.faults] == [7, 19, 2024]
    assert found.lines == [1, 13]


def test_wrong_encoding_is_told_with_its_line():
    """As where a shell has written UTF-16."""
    with pytest.raises(UserError) as caught:
        read(commit().encode() + b"\n\xff")
    assert caught.value.problems[0].row == 7


@pytest.mark.skipif(not shutil.which("git"), reason="git is not there")
def test_the_command_makes_what_is_read(tmp_path):
    """From a repository, with folded trailers and without a word of what was committed."""
    who = {f"GIT_{role}_{what}": f"{role}@x.example" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    when = {"GIT_AUTHOR_DATE": "2026-09-07T14:30:00+0200", "GIT_CONFIG_GLOBAL": os.devnull}
    message = "Secret\n\nMore: of it\n\nReviewed-by: Cid\n <cid@x.example>\nSigned-off-by: Eve <eve@x.example>\n"
    run = {"cwd": tmp_path, "env": os.environ | who | when, "check": True, "capture_output": True}
    subprocess.run(["git", "init", "-q"], **run)
    for text in (message, "Secret"):
        subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", text], **run)
    subprocess.run(gitlog.COMMAND, shell=True, **run)
    content = (tmp_path / "log.txt").read_bytes()
    assert b"Secret" not in content
    found = read(content)
    assert found.frame[["ego", "alter", "at"]].to_numpy().tolist() == [
        ["Cid <cid@x.example>", "AUTHOR@x.example <AUTHOR@x.example>", "2026-09-07T14:30:00+02:00"]
    ]
    assert found.left_out.total() == 1


pieces = [*sample.LOG.splitlines(keepends=True), "Commit: ", "\n", "<", ": "]


@given(st.binary(max_size=100) | st.lists(st.sampled_from(pieces), max_size=30).map(lambda parts: "".join(parts).encode()))
def test_any_bytes_give_rows_or_one_error(content):
    """Each commit is rows, or counted, or a fault."""
    found = rows_or_one_error(lambda: read(content))
    if found is not None:
        commits = list(gitlog._commits(enumerate(re.split(r"\r\n|\r|\n", content.decode()), start=1)))
        assert len(set(found.lines)) + len(found.faults) + found.left_out.total() == len(commits)

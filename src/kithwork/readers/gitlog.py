"""Reads who reviewed whose work from the history of a git repository, as text that `COMMAND` makes.

Each commit is a few lines in the form of a mail's head and an empty one: hash, author, committer, the author's date, and
those trailers that name who reviewed, acknowledged, tested or wrote with the author (`%(trailers)` of git, "git-log"; Linux
kernel, "Submitting patches", on what each means). Names are those of `.mailmap` where there is one. Nothing else of a
message is in the text, and nothing of the work itself. Signed-off-by says who passed a change on, not who looked at it, and
is not asked for.

Each who looked is a contact of two with the author, dated as the author dates the commit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.lines import lines
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = ("interactions",)
TAKES = ("encoding", "timezone", "options")
OPTIONS = {"committer": "`counts`: who commits another's work has looked at it; left out unless said"}

ROLES = ("Reviewed-by", "Acked-by", "Tested-by", "Co-authored-by")
"""Trailers that name someone who worked on a commit with its author."""

COMMAND = (
    "git log --no-color --encoding=UTF-8 --format='Commit: %H%nAuthor: %aN <%aE>%nCommitter: %cN <%cE>%nDate: %aI%n"
    f"%(trailers:{','.join(f'key={role}' for role in ROLES)},unfold)' > log.txt"
)
"""What makes the text, typed in a clone of the repository; git 2.22 or later."""

HEAD = ("Commit", "Author", "Committer", "Date")
HASH = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
PERSON = re.compile(r"([^<>]*<[^<>]*>)")
HEADER = {"ego": "Reviewed-by", "alter": "Author", "channel": "Commit", "at": "Date", "message": "Commit"}

MOST = 1_000
"""Lines of a commit above which it is at fault."""

Lines = list[tuple[int, str]]
"""Lines of one commit with their numbers."""


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The contacts of reviewers with authors. Raises `UserError`."""
    counts = spec.options.get("committer", "")
    if counts not in ("", "counts"):
        where = f"sources.{source}.options.committer"
        do = "Write `committer: counts`, or leave the option out."
        raise UserError(Problem("is not what this option may say", "params.yaml", do, counts, column=where))
    return in_batches(source, given.name, _found(spec, given, bool(counts)), HEADER)


def _found(spec: Reader, given: Given, committers: bool) -> Iterator[Record | Fault | Left]:
    nothing = True
    for commit in _commits(enumerate(lines(given, spec.encoding), start=1)):
        if nothing and not commit[0][1].startswith("Commit: "):
            do = f"Make it by: {COMMAND}"
            raise UserError(Problem("is no log of this form", given.name, do, commit[0][1].strip()[:40], commit[0][0]))
        nothing = False
        yield from _looked(commit, committers)
    if nothing:
        raise UserError(Problem("is empty", given.name, f"Make it by: {COMMAND}"))


def _commits(numbered: Iterator[tuple[int, str]]) -> Iterator[Lines]:
    """The lines of each commit; of one that is far too long the first."""
    commit: Lines = []
    for number, line in chain(numbered, [(0, "")]):
        if commit and (not line.strip() or line.startswith("Commit: ")):
            yield commit
            commit = []
        if line.strip() and len(commit) <= MOST:
            commit.append((number, line))


def _looked(commit: Lines, committers: bool) -> Iterator[Record | Fault | Left]:
    """A record for each who looked at a commit."""
    first = commit[0][0]
    told = [line.partition(": ") for _, line in commit]
    head = dict(zip(HEAD, (value.strip() for _, _, value in told), strict=False))
    if tuple(name for name, _, _ in told[: len(HEAD)]) != HEAD or not HASH.fullmatch(head["Commit"]) or len(commit) > MOST:
        yield Fault(first, "Commit", "is no commit of this form", f"Make the text by: {COMMAND}", commit[0][1][:40])
        return
    roles = {role.lower() for role in ROLES}
    named = [_person(value) for name, _, value in told[len(HEAD) :] if name.lower() in roles]
    named += [head["Committer"]] if committers else []
    author = _person(head["Author"])
    others = {_key(one): one for one in reversed(named) if one}
    others.pop(_key(author), None)
    if not others:
        yield Left("commits that nobody but the author looked at")
    for other in reversed(others.values()):
        values = {"ego": other, "alter": author, "channel": "review", "at": head["Date"], "size": "2"}
        values |= {"message": head["Commit"], "nature": "automated" if _robot(other) or _robot(author) else ""}
        yield Record(first, values)


def _person(text: str) -> str:
    """Whom a trailer names, without remarks behind the address; an address alone without its brackets."""
    found = PERSON.match(text)
    return re.sub(r"^<([^<>]*)>$", r"\1", (found[1] if found else text).strip())


def _key(person: str) -> str:
    """What two spellings of one person share: the address, or else the name."""
    return person.rpartition("<")[2].rstrip(">").casefold()


def _robot(person: str) -> bool:
    """Whether this is an app, by the sign that GitHub puts behind the names of apps."""
    return person.partition("<")[0].strip().endswith("[bot]")

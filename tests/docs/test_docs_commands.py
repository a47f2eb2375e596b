"""Every command in the handbook is one that can be typed: its verb, its options and its words are taken as they stand."""

from __future__ import annotations

import importlib.util
import re
from functools import cache

import pytest
import typer
from synthetic import HOME
from typer.main import get_command
from written_pages import commands

from docs import filling
from kithwork import cli

OTHERS = {".", "cp", "mkdir", "git", "conda"}
"""Commands that are not ours."""

FOUND = sorted({(page, " ".join(words)): words for page, words in commands()}.items())


@cache
def targets() -> set[str]:
    """What make can make."""
    makefile = (HOME / "Makefile").read_text(encoding="utf-8")
    benchmarks = {f"bench-{path.stem}" for path in (HOME / "benchmarks").glob("*.py")}
    return set(re.findall(r"^([a-z-]+):", makefile, flags=re.M)) | benchmarks


def taken_by_kithwork(words: list[str]) -> None:
    """Raises where the verb is none, or does not take these words."""
    if words[0].startswith("-"):
        assert words[0] in {option for one in get_command(cli.app).params for option in one.opts}
        return
    assert words[0] in {*cli.VERBS, "VERB"}
    if words[1:] in ([], ["--help"]):  # a verb that is spoken of
        return
    command = cli.called(words[0])
    context = typer.Context(command)
    given, left, _ = command.make_parser(context).parse_args(words[1:])
    assert left == []
    for one in command.params:
        assert not one.required or given.get(one.name) not in (None, ()), one.name


def taken_by_make(words: list[str]) -> None:
    """Raises where there is no such target."""
    [target] = [word for word in words if "=" not in word]
    assert target in targets() or target == "bench-"


def taken_by_dvc(words: list[str]) -> None:
    """Raises where dvc's own parser does."""
    from dvc.cli.parser import get_main_parser

    if len(words) == 1:  # one that is spoken of, which may need more words to be typed
        with pytest.raises(SystemExit, match="0"):
            get_main_parser().parse_args([*words, "--help"])
    else:
        get_main_parser().parse_args(words)


def taken_by_python(words: list[str]) -> None:
    """Raises where the module is none of ours."""
    assert words[0] == "-m"
    assert importlib.util.find_spec(words[1])


@pytest.mark.parametrize("words", [words for _, words in FOUND], ids=[f"{page}: {line}" for (page, line), _ in FOUND])
def test_command_can_be_typed(words):
    """Of kithwork, make, dvc and python every word is understood; others are known by name."""
    taken = {
        "kithwork": taken_by_kithwork,
        "make": taken_by_make,
        "dvc": taken_by_dvc,
        "python": taken_by_python,
    }
    if len(words) == 1:
        assert words[0] in {*taken, *OTHERS}
    elif words[0] in taken:
        taken[words[0]](words[1:])
    else:
        assert words[0] in OTHERS


def test_a_wrong_option_would_be_told():
    """The test above can fail."""
    with pytest.raises(Exception, match="--edtion"):
        taken_by_kithwork(["publish", "acme", "--edtion", "public"])
    with pytest.raises(AssertionError):
        taken_by_make(["reprot"])


def test_every_verb_has_its_place():
    """The page of commands tells of each verb what its help says, each option, and the statuses."""
    page = filling.filled("commands")
    for verb in cli.VERBS:
        assert f"### kithwork {verb}\n" in page
        for one in cli.called(verb).params:
            named = max(one.opts, key=len) if one.opts[0].startswith("-") else (one.metavar or one.name.upper())
            assert one.name == "help" or f"`{named.strip('[].')}" in page or f" {named}`" in page, (verb, named)
    assert all(f"- {status}" in page for status in "0123")

"""The verbs of `kithwork`, as each explains itself: help, example, what it takes and the statuses it ends with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.core import TyperArgument, TyperOption

from kithwork import cli

EXAMPLE = "Example: "


def verbs() -> dict[str, list[dict[str, Any]]]:
    """The verbs under their headings, each with `name`, `help` in paragraphs, `example`, `usage` and what it `takes`."""
    listed: dict[str, list[dict[str, Any]]] = {}
    for name, (heading, _) in cli.VERBS.items():
        listed.setdefault(heading, []).append(_verb(name))
    return listed


def status() -> list[str]:
    """What the numbers mean that a command ends with."""
    return [line.removeprefix("Ends with ") for line in cli.STATUS.split("\n\n")]


def _verb(name: str) -> dict[str, Any]:
    command = cli.called(name)
    paragraphs = [part.strip() for part in command.help.split("\n\n")]
    takes = [_taken(one) for one in command.params if one.name != "help" and not getattr(one, "hidden", False)]
    return {
        "name": name,
        "help": [part for part in paragraphs if not part.startswith(EXAMPLE)],
        "examples": [part.removeprefix(EXAMPLE) for part in paragraphs if part.startswith(EXAMPLE)],
        "usage": " ".join(["kithwork", name, *_usage(command.params)]),
        "takes": takes,
    }


def _usage(taken: list[Any]) -> Iterator[str]:
    for one in taken:
        if isinstance(one, TyperArgument):
            word = _word(one) + ("..." if one.nargs == -1 else "")
            yield word if one.required else f"[{word}]"
    yield "[OPTIONS]"


def _word(one: TyperArgument) -> str:
    """What an argument is called, without the signs of how often it may stand."""
    return (one.metavar or one.name.upper()).strip("[].")


def _taken(one: TyperArgument | TyperOption) -> dict[str, str]:
    usual = one.default
    return {
        "name": _word(one) if isinstance(one, TyperArgument) else ", ".join(reversed(one.opts)),
        "help": one.help or "",
        "usual": "required" if one.required else "" if usual in (None, "", False) or callable(usual) else _shown(usual),
    }


def _shown(usual: Any) -> str:
    if isinstance(usual, list | tuple):
        return ", ".join(map(str, usual))
    return str(getattr(usual, "value", usual))

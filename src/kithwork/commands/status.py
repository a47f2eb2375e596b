"""`kithwork status`: what is stale, why, and what waits for somebody."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kithwork.commands import process
from kithwork.commands.speaking import AsJson, for_people, offered, say_json

OneOrAll = Annotated[
    str,
    typer.Argument(metavar="STUDY", autocompletion=offered, show_default=False, help="That one alone; else all."),
]
STYLES = {"current": "green", "to be run": "yellow", "perhaps to be run": "yellow", "never run": "cyan"}


def status(study: OneOrAll = "", as_json: AsJson = False) -> None:
    """Say which stages are to be run and why, and what waits for a decision.

    A line a stage: current, never run, or to be run because a setting, a notebook, a file or code changed. "Perhaps" is a
    stage that follows one of these: where its data come out as before, it is not run.

    Example: kithwork status acme
    """
    with for_people(as_json):
        found = process.answer_of("status", *([study] if study else []))
    if as_json:
        say_json(found)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for number, one in enumerate(found):
        if number:
            console.print()
        console.print(Text(f"{one['study']}  {_headline(one)}", style="bold"))
        for label, words, style in [*_stages(one, in_full=bool(study)), *_around(one)]:
            console.print(Text(f"  {label:10} "), Text(words, style=style), sep="")


def _headline(one: dict[str, Any]) -> str:
    late = sum(stage["state"] != "current" for stage in one["stages"])
    told = f"{one['state']}: {late} of {len(one['stages'])} stages" if late and not one["lacks"] else one["state"]
    return told + (f"  ({one['synthetic']})" if one["synthetic"] else "")


def _stages(one: dict[str, Any], *, in_full: bool) -> list[tuple[str, str, str]]:
    """A line a stage; one for all where all are current and the study was not asked for by name."""
    if one["lacks"]:
        return [("lacks", one["lacks"], "red")]
    if one["state"] == "current" and not in_full:
        return [("stages", f"all {len(one['stages'])} are current", STYLES["current"])]
    lines = []
    for stage in one["stages"]:
        first, *more = stage["why"] or [""]
        lines.append((stage["stage"], ": ".join(filter(None, [stage["state"], first])), STYLES[stage["state"]]))
        lines += [("", words, STYLES[stage["state"]]) for words in more]
    return lines


def _around(one: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What else there is to know of a study, and what to do next."""
    lines = []
    if failed := one["failed"]:
        cell = f"cell {failed['cell']} of {failed['cells']}, under '{failed['heading']}'"
        lines.append(
            ("failed", f"the last run, in {failed['notebook']}, {cell}. As far as it ran: {failed['half_run']}", "red")
        )
    late = "marked stale" if one["page_stale"] else "of an earlier run" if one["state"] != "current" else ""
    page = ", ".join(filter(None, [one["page"], late])) if one["page"] else "not there yet"
    lines.append(("page", page, "yellow" if late else ""))
    for each in one["waiting"]:
        lines.append(
            ("decide", f"{each['lines']:,} line{'s wait' if each['lines'] > 1 else ' waits'} in {each['file']}", "yellow")
        )
    if one["retention_near"]:
        left = f"{one['days_left']} days left" if one["days_left"] > 0 else "its day has come: nothing of it may be kept"
        lines.append(("retention", f"{one['retention']}, {left}", "red"))
    if not one["lacks"]:
        nothing_to_do = one["state"] == "current" and not one["page_stale"]
        lines.append(("next", f"kithwork {'open' if nothing_to_do else 'run'} {one['study']}", ""))
    return lines

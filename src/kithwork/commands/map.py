"""`kithwork map`: the client's files named in params.yaml, guessed where that is sure and asked where not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kithwork.commands.speaking import AsJson, Study, end_with, for_people, say_json

if TYPE_CHECKING:
    from kithwork.arrival.questions import Question


def map(
    engagement: Study = "",
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Ask nothing: take the best guess, and list what is unsure.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Guess anew what params.yaml has of these files already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say which file is which source, and which column which field, in params.yaml.

    Every file in data/raw/<study>/ is looked at: its form, its headings (in English, German, French, Spanish, Danish or
    Portuguese) and its cells. Where that is not sure it asks; where nobody can be asked, it leaves the thing out and says
    so. What params.yaml has already stays, unless `--again`. Look at what was written, and change what is not right.

    Example: kithwork map acme
    """
    from kithwork import params, store
    from kithwork.arrival import entry, folder, proposal, questions, understood
    from kithwork.arrival.screen import Screen
    from kithwork.errors import Problem, UserError

    with for_people(as_json):
        settings = params.load(engagement)
        if not folder.files(store.raw(engagement)):
            do = "Put the client's files there; README.md there says which."
            raise UserError(Problem("holds no files yet", f"data/raw/{engagement}", do))
        asking = _is_terminal() and not (yes or as_json)
        answer = _asked if asking else questions.by_the_best if yes else questions.by_leaving
        found = proposal.proposed(settings, questions.Noted(answer), again)
        if found.sources:
            entry.save(entry.mapped(entry.read(), engagement, settings.engagement, found, again))
    left = understood.of_no_use(found.looked, engagement)
    if as_json:
        say_json({"study": engagement, "written": bool(found.sources), **understood.document(found)})
    else:
        screen = Screen()
        understood.show_guess(screen, found, engagement)
        screen.head("")
        wrote = "params.yaml names them now." if found.sources else "Nothing was written: there is no further file to name."
        screen.line("", f"{wrote} Next: kithwork check {engagement}")
        screen.show()
    if left and not found.sources:
        end_with(left)


def _is_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _asked(question: Question) -> str:
    """A person's answer: a number of a choice, or words where there are none to choose from."""
    if not question.choices:
        return typer.prompt(str(question), default=question.best).strip()
    typer.echo(str(question))
    for number, choice in enumerate(question.choices, start=1):
        typer.echo(f"  {number}  {choice}")
    best = question.choices.index(question.best) + 1 if question.best in question.choices else 1
    said = str(typer.prompt("  Which", default=str(best))).strip()
    if said in question.choices:
        return said
    if said.isdecimal() and 1 <= int(said) <= len(question.choices):
        return question.choices[int(said) - 1]
    typer.echo(f"  Write a number from 1 to {len(question.choices)}, or Enter for {best}.")
    return _asked(question)

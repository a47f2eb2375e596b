"""`kithwork new`: a folder for a client's files, and an entry in params.yaml that waits for them."""

from __future__ import annotations

from typing import Annotated

import typer

from kithwork.commands.speaking import for_people


def new(
    name: Annotated[str, typer.Argument(metavar="STUDY", help="The study's name: small letters, digits, `-` and `_`.")],
    title: Annotated[str, typer.Option(help="Title of the report.")] = "",
    organisation: Annotated[str, typer.Option(help="Whom the report is about.")] = "",
    keep: Annotated[bool, typer.Option("--keep", help="The folder is there already, with its files: keep it.")] = False,
) -> None:
    """Begin a study: a folder for the client's files, and an entry in params.yaml.

    The entry has safe settings, each with a word on what it means, and waits for files: until `kithwork map` has named
    them, runs leave the study out.

    Example: kithwork new acme --title "How ties carry Acme" --organisation "Acme Ltd"
    """
    from datetime import date

    from kithwork import params, store
    from kithwork.arrival import entry, letter
    from kithwork.errors import Problem, UserError

    with for_people():
        entry.check_name(name)
        text = entry.read()
        if name in params.read().engagements:
            do = f"Choose another name, or go on with it: kithwork check {name}"
            raise UserError(Problem("is taken", "params.yaml", do, name, column="engagements"))
        folder = store.raw(name)
        if folder.exists() and not (keep and folder.is_dir()):
            do = "Choose another name; or, if the client's files lie there already, add --keep."
            raise UserError(Problem("is there already", f"data/raw/{name}", do))
        called = name.replace("-", " ").replace("_", " ").capitalize()
        later = entry.a_year_on(date.today())
        changed = entry.new(text, name, title or f"How relationships carry {called}", organisation or called, later)
        entry.save(changed)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "README.md").write_text(letter.text(name), encoding="utf-8")
        except OSError as error:
            entry.save(text)
            do = "See that you may write there, and that the disk is not full."
            raise UserError(Problem("cannot be made", f"data/raw/{name}", do, error.strerror or "")) from None
    typer.echo(f"data/raw/{name}/   put the client's files here; README.md there says which, and in what form")
    typer.echo(f"params.yaml   has an entry {name}, with a word on each setting; it may be kept until {later}")
    typer.echo(f"Next: put the files there, then  kithwork check {name}")

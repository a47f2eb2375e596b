"""`kithwork check`: every file of a study read and judged before a run."""

from __future__ import annotations

import typer

from kithwork import params
from kithwork.commands.speaking import Study, for_people, say_if_synthetic, text
from kithwork.errors import Problem, UserError, by_kind


def check(engagement: Study = "") -> None:
    """Read and judge every file of a study; write nothing, not even the key of its pseudonyms.

    Example: kithwork check acme
    """
    from kithwork import cleaning, readers, store
    from kithwork.market import quotes, said
    from kithwork.ties import contact, features

    with for_people():
        settings = params.load(engagement)
        if engagement in params.read().simulations and not store.raw(engagement).is_dir():
            do = "Run `make report`, or `dvc repro simulate`, which makes them."
            raise UserError(Problem("has no files yet: they are simulated", f"data/raw/{engagement}", do))
        openly = settings.engagement.model_copy(update={"ids": "public"})
        settings = settings.model_copy(update={"engagement": openly})
        tables = cleaning.clean(readers.read(settings), settings)
        before = store.previous(engagement)[0]
        named = features.relations(tables["nominations"], tables["people"])
        met = contact.between(tables["interactions"], tables["people"], settings.engagement.directed)
        features.measure(named, met, tables["people"], settings)  # which refuses a sign that nothing could show
        said.read(engagement)
        quotes.approved(settings)
    say_if_synthetic(settings)
    for row in tables["intake"].itertuples():
        note = f"  ({row.note})" if text(row.note) else ""
        typer.echo(f"{row.source:13} {row.rows_kept:>9,} of {row.rows_in:,} rows kept  {row.file}{note}")
    for name, verb in (("quarantine", "refused"), ("emptied", "emptied")):
        for _, rows in tables[name].groupby("file", sort=False):
            told = [Problem(row.reason, row.file, row.remedy, "", row.row, text(row.column)) for row in rows.itertuples()]
            for line in by_kind(told):
                typer.echo(f"{verb:13} {line}")
    for row in tables["intake"].query("rows_in > 0 and rows_kept == 0").itertuples():
        typer.echo(f"ALARM         0 of {row.rows_in:,} rows kept: nothing of {row.file} counts as {row.source}.")
    for name, rows in tables.review.items():
        if len(rows):
            typer.echo(
                f"{name:13} {len(rows):>9,} waiting for a decision; a run lists them in data/review/{engagement}/{name}.csv"
            )
    if len(before):
        typer.echo(
            f"{'previous':13} {before['indicator'].nunique():>9,} indicators of the wave before have scores of people"
        )
    typer.echo("Nothing was written. Next: make report")

"""The `kithwork` command: survey, check files, trace a figure, audit pages, ask volunteers, introduce, start, simulate."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kithwork import params
from kithwork.errors import Problem, UserError, by_kind, nearest
from kithwork.lint import command as linting
from kithwork.publishing.command import publish
from kithwork.setting import KINDS

app = typer.Typer(help=__doc__, no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(publish)

Engagement = Annotated[str, typer.Option("--engagement", "-e", help="Study, as params.yaml names it.")]


@app.command()
def check(engagement: Engagement = "aarhus") -> None:
    """Read and judge every file of an engagement; write nothing, not even the key of its pseudonyms."""
    from kithwork import cleaning, readers, store
    from kithwork.market import quotes, said
    from kithwork.ties import contact, features

    with _for_people():
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
    _say_if_synthetic(settings)
    for row in tables["intake"].itertuples():
        note = f"  ({row.note})" if _text(row.note) else ""
        typer.echo(f"{row.source:13} {row.rows_kept:>9,} of {row.rows_in:,} rows kept  {row.file}{note}")
    for name, verb in (("quarantine", "refused"), ("emptied", "emptied")):
        for _, rows in tables[name].groupby("file", sort=False):
            told = [Problem(row.reason, row.file, row.remedy, "", row.row, _text(row.column)) for row in rows.itertuples()]
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


@app.command()
def explain(
    what: Annotated[str, typer.Argument(help="A part of a sentence of the report, or the id of a claim.")] = "",
    engagement: Engagement = "aarhus",
    held: Annotated[bool, typer.Option("--held", help="The findings that the summary holds back, and why.")] = False,
) -> None:
    """Where a sentence or a figure of the report comes from: the claims it rests on, each with its value, interval, method,
    chapter and cell, and the code that made it. Ends with 1 where nothing is found, with 2 where several sentences are.
    """
    from kithwork import store
    from kithwork.release import release
    from kithwork.report import explaining

    with _for_people():
        settings = params.load(engagement)
        try:
            released = release(store.claims(engagement), settings.report.smallest_group)
        except FileNotFoundError as error:
            raise UserError(Problem("has no claims yet", f"data/*/{engagement}", "Run `make report`.")) from error
        row = None if held else released.get(what)
        page = _page_of(engagement) if row is None else {"sentences": []}
        sentences = explaining.found(what, page["sentences"])
        if row is None and not held and not sentences:
            offered = explaining.alike(what, page["sentences"]) or get_close_matches(what, released.claims["id"])
            else_do = f"Give some words of a sentence, or an id that reports/{engagement}/claims.csv lists."
            do = f"Did you mean: {' | '.join(offered)}" if offered else else_do
            raise UserError(Problem("is not a released claim, nor part of a sentence of the report", what or "nothing", do))
    _say_if_synthetic(settings)
    if held:
        lines = explaining.held_back(page)
    elif row is not None:
        lines = explaining.of_claim(row, engagement)
    elif len(sentences) > 1:
        lines = [f"{len(sentences)} sentences hold these words. Say more of one:", *(one["text"] for one in sentences)]
    else:
        lines = explaining.of_sentence(sentences[0], released.claims, page["provenance"], engagement)
    for line in lines:
        typer.echo(line)
    if len(sentences) > 1:
        raise typer.Exit(2)


def _page_of(engagement: str) -> dict:
    """What the page of a study was published from; no sentences where there is none yet."""
    from kithwork import store

    try:
        return store.load_document("page", engagement)
    except FileNotFoundError:
        return {"sentences": [], "held": [], "unanswered": []}


@app.command()
def quotes(engagement: Engagement = "aarhus") -> None:
    """Write the list of texts that their writers let be quoted. None is shown before somebody read it and says yes.

    It holds what people wrote: it lies in data/review/, which git leaves out. Filled in, it is
    data/raw/<study>/decided/quotes.csv. A list that somebody filled in where it lies is not overwritten.
    """
    from kithwork import store
    from kithwork.market.quotes import to_review

    with _for_people():
        settings = params.load(engagement)
        try:
            found = store.load("quotes", engagement)
        except FileNotFoundError as error:
            raise UserError(
                Problem("has no texts to quote yet", f"data/market/{engagement}", "Run `make report`.")
            ) from error
        place = store.review("quotes", to_review(found), engagement, answers=("show",))
    _say_if_synthetic(settings)
    typer.echo(f"{len(found)} texts that may be quoted: {place.relative_to(params.ROOT)}")
    typer.echo(f"Write yes or no under show; save it as data/raw/{engagement}/decided/quotes.csv; make report")


@app.command(name="topics")
def listed_topics(engagement: Engagement = "aarhus") -> None:
    """Write the list of topics found, for an analyst to name them, make several one, part one, or say what they are about.

    It holds phrases of people, however few: it lies in data/review/, which git leaves out. Filled in, it is
    data/raw/<study>/decided/topics.csv, whose lines find their topics again by words; those that stand there are in a new
    list as they are, so that it can take the place of the old one. A list that somebody filled in where
    it lies is not overwritten.
    """
    from kithwork import store
    from kithwork.market.said import listed, read

    with _for_people():
        settings = params.load(engagement)
        try:
            found, phrases = (store.load(name, engagement) for name in ("topics", "topic_phrases"))
        except FileNotFoundError as error:
            raise UserError(Problem("has no topics yet", f"data/market/{engagement}", "Run `make report`.")) from error
        if found.empty:
            do = "Nothing is to be decided: texts are too few, or have too little in common."
            raise UserError(Problem("holds no topic", f"data/market/{engagement}/topics.parquet", do))
        rows = listed(found, phrases, read(engagement))
        place = store.review("topics", rows, engagement, answers=("name", "parts", "role"))
    _say_if_synthetic(settings)
    typer.echo(f"{len(found)} topics: {place.relative_to(params.ROOT)}")
    typer.echo(f"Fill in what you decide; save it as data/raw/{engagement}/decided/topics.csv; make report")


@app.command()
def volunteers(
    engagement: Engagement = "aarhus",
    people: Annotated[int, typer.Option(min=1, max=100, help="Volunteers to ask: five teach next to nothing.")] = 10,
) -> None:
    """Write the list that volunteers fill in: of what kind their ties are. Those are named who would teach most.

    It names people: it lies in data/review/, which git leaves out. Filled in, it is data/raw/<study>/decided/labels.csv.
    A list that somebody filled in where it lies is not overwritten.
    """
    import numpy as np

    from kithwork import cleaning, store
    from kithwork.ties import volunteers

    with _for_people():
        settings = params.load(engagement)
        try:
            ties, known, opt_outs = (store.load(name, engagement) for name in ("ties", "people", "opt_outs"))
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        ties = volunteers.may_be_asked(ties, opt_outs)
        chosen = volunteers.chosen(ties, known, people)
        asked = volunteers.asked(ties, chosen, np.random.default_rng(settings.ties.seed))
        listed = cleaning.named(settings).set_index("person_id")
        if not asked["colleague_id"].isin(listed.index).all():
            do = "Use the key that the run used (KITHWORK_KEY_FILE), or run `make report` again."
            raise UserError(Problem("has ties of people who are not on its staff list", f"data/ties/{engagement}", do))
        rows = asked.assign(
            person=asked["person_id"].map(listed["person"]),
            colleague=asked["colleague_id"].map(listed["person"]),
            name=asked["colleague_id"].map(listed["name"]),
            **dict.fromkeys(KINDS, ""),
        ).drop(columns=["person_id", "colleague_id"])
        place = store.review("labels", rows, engagement, answers=KINDS)
    _say_if_synthetic(settings)
    typer.echo(f"{len(chosen)} volunteers, {len(rows)} ties: {place.relative_to(params.ROOT)}")
    typer.echo(
        f"Fill in yes or no, or leave a cell empty; save it as data/raw/{engagement}/decided/labels.csv; make report"
    )


@app.command()
def explore(
    engagement: Engagement = "aarhus",
    unit: Annotated[str | None, typer.Option(help="Draw this group and those tied to it, not everybody.")] = None,
) -> None:
    """Write a picture of the network, person by person, to look into: data/review/<study>/network.html.

    It shows people by pseudonym, is never published, and lies where git leaves it out. Delete it when you are done.
    """
    from kithwork import store
    from kithwork.pages.explorer import explorer

    with _for_people():
        settings = params.load(engagement)
        try:
            people, ties = (store.load(name, engagement) for name in ("people", "ties"))
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        place = explorer(people, ties, settings, unit)
    _say_if_synthetic(settings)
    typer.echo(f"Open it in a browser, and delete it when you are done: {place.relative_to(params.ROOT)}")


@app.command()
def introduce(
    person: Annotated[str, typer.Argument(help="Who wants to be introduced: the id on the staff list.")],
    to: Annotated[str, typer.Argument(help="A group of the staff list, or the id of an outside party.")],
    engagement: Engagement = "aarhus",
) -> None:
    """Write who could introduce a person to a group or an outside party: the best ways through different colleagues.

    It names people: it lies in data/review/, which git leaves out. Ask each of them first.
    """
    import numpy as np
    import pandas as pd

    from kithwork import cleaning, store
    from kithwork.cleaning.identities import pseudonyms
    from kithwork.network import introductions
    from kithwork.ties.volunteers import may_be_asked

    with _for_people():
        settings = params.load(engagement)
        names = ("ties", "people", "opt_outs", "nominations", "parties")
        try:
            ties, known, opt_outs, named, parties = (store.load(name, engagement) for name in names)
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        coded, listed = pseudonyms(settings), cleaning.named(settings).set_index("person_id")
        asking = known["person_id"].eq(coded(person))
        if not asking.any():
            do = "Write the id as the staff list has it."
            raise UserError(Problem("is nobody on the staff list", "kithwork introduce", do, person))
        targets = np.flatnonzero(known["unit"].eq(to))
        targets = targets if len(targets) else introductions.known_by(coded(to), known, named, parties)
        if not len(targets):
            do = f"Name a group of the staff list, or a party by its id. {nearest(to, known['unit'].dropna().unique())}"
            raise UserError(Problem("is no group, nor a party that anybody names", "kithwork introduce", do, to))
        carry = introductions.carries(may_be_asked(ties, opt_outs), known)
        found = introductions.ways(carry, int(asking.argmax()), targets)
        steps = [
            (number, step, known["person_id"].iloc[row], round(way.probability, 3))
            for number, way in enumerate(found, start=1)
            for step, row in enumerate(way.people)
        ]
        rows = pd.DataFrame(steps, columns=["way", "step", "id", "probability"])
        rows = rows.assign(person=rows["id"].map(listed["person"]), name=rows["id"].map(listed["name"]))
        place = store.review("introductions", rows[["way", "step", "person", "name", "probability"]], engagement)
    _say_if_synthetic(settings)
    if not found:
        typer.echo(f"{person} belongs there, or no colleague leads there.")
    else:
        many = "1 way" if len(found) == 1 else f"{len(found)} ways, the best first"
        typer.echo(f"{many}: {place.relative_to(params.ROOT)}")


@app.command()
def start(
    engagement: Engagement = "aarhus",
    size: Annotated[
        int | None, typer.Option(min=3, max=12, help="People in a team, where not as params.yaml says.")
    ] = None,
) -> None:
    """Write whom to start the change with: those who offered to help, and the small teams that suit it best among them.

    Teams are chosen by the rule of the sixth chapter, but among those who offered. Who agreed to be named is named, and
    nobody else: others are counted by unit. Both lists lie in data/review/, which git leaves out. Lists of an earlier run
    are removed first, even if this one ends in an error: they may name who has withdrawn since.
    """
    from pandera.errors import SchemaErrors

    from kithwork import cleaning, store
    from kithwork.change import offers
    from kithwork.release import HELD_BACK, withheld

    with _for_people():
        settings = params.load(engagement)
        change = settings.change
        if size:
            change = change.model_copy(update={"teams": change.teams.model_copy(update={"size": size})})
        size = change.teams.size
        change = change.model_copy(update={"starters": max(change.starters, size)})
        settings = settings.model_copy(update={"change": change})
    with _for_people(), _in_place_of(("start", "start_units"), engagement):
        names = ("ties", "people", "opt_outs", "responses", "answers")
        try:
            ties, known, opt_outs, responses, answers = (store.load(name, engagement) for name in names)
        except FileNotFoundError as error:
            raise UserError(Problem("has no ties yet", f"data/ties/{engagement}", "Run `make report`.")) from error
        except SchemaErrors as error:
            what = "was made by another version of kithwork"
            raise UserError(Problem(what, f"data/clean/{engagement}", "Run `make report`.")) from error
        volunteers = offers.offered(responses, opt_outs, known)
        if problem := offers.too_few(int(volunteers.sum()), responses, size, engagement):
            raise UserError(problem)
        listed = cleaning.named(settings).set_index("person_id")
        rows, chosen = offers.listed(ties, known, answers, volunteers, settings)
        if not rows["person_id"].isin(listed.index).all():
            do = "Use the key that the run used (KITHWORK_KEY_FILE), or run `make report` again."
            raise UserError(Problem("has people who are not on its staff list", f"data/clean/{engagement}", do))
        rows = rows.assign(person=rows["person_id"].map(listed["person"]), name=rows["person_id"].map(listed["name"]))
        place = store.review("start", rows[["person", "name", "unit", "team", "why"]], engagement)
        others = known.loc[~volunteers, "unit"].value_counts().sort_index()
        hidden = withheld(others, settings.report.smallest_group, int((~volunteers).sum()))
        counts = others.astype(object).where(~others.index.isin(hidden), HELD_BACK).rename("others").reset_index()
        counted = store.review("start_units", counts, engagement)
    _say_if_synthetic(settings)
    units, teams = rows["unit"].nunique(), rows["team"].nunique()
    made = f"{teams} team{'s' if teams > 1 else ''} of {size}"
    typer.echo(f"{len(rows)} volunteers from {units} units, {made} among them: {place.relative_to(params.ROOT)}")
    for line in offers.told(chosen):
        typer.echo(line)
    typer.echo(f"{int((~volunteers).sum())} others, by unit: {counted.relative_to(params.ROOT)}")


@app.command()
def audit(
    folders: Annotated[list[Path], typer.Argument(help="Folders of finished pages; several are set beside one another.")],
    engagement: Annotated[
        str | None, typer.Option("--engagement", "-e", help="Study, where the folder does not bear its name.")
    ] = None,
    waves: Annotated[
        bool, typer.Option("--waves", help="The folders are of different waves, not releases of one.")
    ] = False,
) -> None:
    """Try to break finished pages: who can be found in them, what is about too few, what can be worked out.

    It reads what a reader gets; where the study's data are at hand, it knows whom to look for. Who is found is told masked,
    so that a log of it betrays nobody. It ends with status 3 where it finds anything.

    Example: kithwork audit reports/acme
    """
    from kithwork.audit import audit as audited

    with _for_people():
        found = audited(folders, engagement, waves=waves)
    for fault in found.faults:
        typer.echo(str(fault))
    typer.echo(found.summary)
    typer.echo(f"{len(found.faults):,} faults." if found.faults else "Nothing was found.")
    if found.faults:
        raise typer.Exit(3)


class Form(StrEnum):
    """How a simulated organisation is written."""

    FILES = "files"
    TABLES = "tables"


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(help="Folder to write: new, empty, or simulated before.")],
    people: Annotated[int, typer.Option(help="People in the organisation, from 20.")] = 400,
    weeks: Annotated[int, typer.Option(help="Weeks it is watched, from 8.")] = 26,
    seed: Annotated[int, typer.Option(help="Start of the random numbers; the same seed gives the same bytes.")] = 7,
    knob: Annotated[list[str], typer.Option(help="What to plant, as name=value; see `kithwork knobs`.")] = [],  # noqa: B006
    form: Annotated[
        Form, typer.Option("--as", help="A client's files with their dirt, or clean tables (parquet).")
    ] = Form.FILES,
) -> None:
    """Write a synthetic organisation whose truth is known: a client's files, and what was planted in truth/."""
    from kithwork import simulation
    from kithwork.simulation import files, recipe, tables

    with _for_people():
        knobs = recipe.knobs(knob)
        recipe.check(people, weeks, seed)
        recipe.check_room(out)
        world = simulation.simulate(people, weeks, seed, knobs)
        try:
            recipe.make_room(out)
            if form is Form.FILES:
                files.write(world, out, typer.echo)
            else:
                typer.echo(f"{tables.write(world, out):,} interactions")
        except OSError as error:
            do = "Name a folder that can be written."
            raise UserError(Problem("cannot be written", str(out), do, error.strerror or "", column="--out")) from None
    typer.echo(f"Synthetic: {people:,} people who do not exist, in {out}/")


@app.command()
def knobs() -> None:
    """What `kithwork simulate` can plant: each knob's name, usual value and range, and its meaning and unit."""
    from kithwork.simulation import recipe

    for line in recipe.listed():
        typer.echo(line)


@app.command()
def survey(
    name: Annotated[str, typer.Argument(help="Name of the survey: begins its files' names.")],
    change: Annotated[str, typer.Option(help="The change asked about, as it stands in a sentence.")] = "the change",
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path(),
    organisation: Annotated[str, typer.Option(help="Who asks, as the notice says it.")] = "Your organisation",
    basis: Annotated[str | None, typer.Option(help="The lawful basis, as the notice says it.")] = None,
    contact: Annotated[str | None, typer.Option(help="Whom to write to in order to withdraw.")] = None,
    destroyed: Annotated[str | None, typer.Option(help="By when what was written is destroyed.")] = None,
    forms: Annotated[bool, typer.Option("--forms", help="Three forms, each without one item of every value.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite other files of these names.")] = False,
) -> None:
    """Write the survey as an XLSForm (.xlsx), as text for Qualtrics (.txt) and as a page to print (.html).

    Example: kithwork survey acme --change "the new billing system" --contact people@acme.example --forms
    """
    from kithwork.survey import files
    from kithwork.survey.instrument import Terms

    given = {"basis": basis, "contact": contact, "destroyed": destroyed}
    said = {word: text for word, text in given.items() if text is not None}
    with _for_people():
        files.check_name(name)
        written = files.contents(Terms(name, change, organisation, **said), forms)
        files.save(written, out, force)
    for file in written:
        typer.echo(str(out / file))
    if forms:
        typer.echo("Give each form to a third of the people, drawn at random.")
    typer.echo("In Qualtrics: turn on Loop & Merge for the block 'About each person', field 1 being A1 to A15.")


@contextmanager
def _in_place_of(lists: tuple[str, ...], engagement: str) -> Iterator[None]:
    """Removes lists of an earlier run before new ones are made, and says so where none are made."""
    from kithwork import store

    removed = store.discard(lists, engagement)
    try:
        yield
    except UserError:
        if removed:
            gone = f"{' and '.join(removed)} of an earlier run"
            typer.echo(f"Removed {gone}: who has withdrawn since may be named there.", err=True)
        raise


def _text(cell: object) -> str | None:
    """A cell of a table, or nothing where it is absent."""
    return cell if isinstance(cell, str) else None


def _say_if_synthetic(settings: params.Settings) -> None:
    if settings.engagement.label:
        typer.echo(settings.engagement.label)


app.command(name="lint")(linting.lint)


@contextmanager
def _for_people() -> Iterator[None]:
    """Prints a `UserError` in place of a traceback and exits with status 1."""
    try:
        yield
    except UserError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None

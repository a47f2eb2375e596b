"""`kithwork check`: what is made of a study's files, what it lacks, and what is wrong with it, before a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork.commands.speaking import AsJson, Study, end_with, for_people, say_if_synthetic, say_json

if TYPE_CHECKING:
    from kithwork.arrival.proposal import Proposal
    from kithwork.params import Settings


def check(engagement: Study = "", as_json: AsJson = False) -> None:
    """Read and judge every file of a study; write nothing.

    Tells what was understood of each file, what is lacking and what that would add, whether groups are large enough and
    enough people answered, each kind of fault with what mends it, and what to do next. Of a study whose files params.yaml
    does not name yet, it tells what they are taken for. Not even the key of the pseudonyms is made.

    Example: kithwork check acme
    """
    from kithwork import params
    from kithwork.arrival import account

    with for_people(as_json):
        settings = params.load(engagement)
        settings, proposal = _guessed(settings)
        told = account.of(settings, proposal)
    if as_json:
        say_json(told.document())
    else:
        say_if_synthetic(settings)
        told.screen().show()
    if told.errors:
        end_with(told.errors)


def _guessed(settings: Settings) -> tuple[Settings, Proposal | None]:
    """The settings with what the files are taken for, where the study still waits for them. Raises `UserError`."""
    from kithwork import store
    from kithwork.arrival import folder, proposal, questions
    from kithwork.errors import Problem, UserError

    where = f"data/raw/{settings.name}"
    if not settings.engagement.waits:
        return settings, None
    if not folder.files(store.raw(settings.name)):
        do = f"Put the client's files there (its README.md says which), then: kithwork check {settings.name}"
        raise UserError(Problem("holds no files yet", where, do))
    found = proposal.proposed(settings, questions.Noted(questions.by_the_best))
    study = proposal.with_proposal(settings.engagement, found)
    return settings.model_copy(update={"engagement": study}), found

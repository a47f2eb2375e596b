"""`make report`: settings checked, every stage that is out of date run, and where the reports are with what each found.

It does what `dvc repro` does, through dvc's own interface: a study that fails does not keep the others from their reports,
and dvc's account of the stages goes to a log instead of the screen.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kithwork import params, store
from kithwork.errors import Problem, UserError
from pipeline import failure, stale

if TYPE_CHECKING:
    from dvc.repo import Repo

LOG = "build/dvc.log"
"""What dvc says of each stage, for whoever looks into a run."""

STAGE_OF_ENGAGEMENT = re.compile(r"'\w+@([\w-]+)'")


def repro() -> int:
    """Bring every report up to date and print what it says; 1 if one could not be. Raises `UserError`.

    A study whose day of retention has come is refused, and keeps no other from its report.
    """
    asked = params.read()
    engagements = list(asked.engagements)
    brought = [name for name in engagements if name not in asked.simulations]
    problems = [_without_folder(name) for name in brought if not store.raw(name).is_dir()]
    if problems:
        raise UserError(problems)
    over = {name: found for name, study in asked.engagements.items() if (found := params.past_retention(name, study))}
    if over:
        print(failure.of_settings(UserError(over.values())), file=sys.stderr)
    from dvc.exceptions import DvcException
    from dvc.repo import Repo

    from pipeline import dvc_faults

    _say_into_log()
    try:
        with Repo(str(params.ROOT), config=dvc_faults.without_git()) as repo:
            behind = _bring(repo, engagements, over)
    except DvcException as error:
        raise UserError(dvc_faults.told(error, LOG)) from None
    for name in behind:
        stale.mark(name)
    for name in engagements:
        if name not in behind:
            print(_told(name))
    if behind:
        print(f"\nWithout a current report: {', '.join(behind)}. What to do is said above.", file=sys.stderr)
        return 1
    print("\nAll reports: reports/index.html   Every table and column: reports/codebook.html")
    return 0


def _bring(repo: Repo, engagements: list[str], refused: Iterable[str] = ()) -> list[str]:
    """Run all stages, and after a failure those of the other engagements; the names of those that failed or are refused."""
    behind = list(refused)
    targets = _targets(engagements, behind) if behind else None
    while targets != [] and (failed := _failed(repo, targets)) is not None:
        behind += failed or [name for name in engagements if name not in behind]
        targets = _targets(engagements, behind)
    return behind


def _targets(engagements: list[str], behind: list[str]) -> list[str]:
    return [f"publish@{name}" for name in engagements if name not in behind]


def _failed(repo: Repo, targets: Iterable[str] | None) -> list[str] | None:
    """Run what the targets need: None if it is done, else the engagement whose stage failed, if it was one's."""
    from dvc.exceptions import DvcException
    from dvc.stage.exceptions import StageCmdFailedError

    from pipeline import dvc_faults

    try:
        repo.reproduce(targets)
    except DvcException as error:
        cause = error.__cause__ or error
        if str(cause).endswith(f"exited with {failure.INTERRUPTED}"):
            raise KeyboardInterrupt from None
        if not isinstance(cause, StageCmdFailedError):  # a stage that failed has told of it itself
            print(failure.of_settings(UserError(dvc_faults.told(cause, LOG))), file=sys.stderr)
        return STAGE_OF_ENGAGEMENT.findall(str(error))
    return None


def _without_folder(engagement: str) -> Problem:
    do = "Make it and put the client's files there, or take the engagement out of params.yaml."
    return Problem("is missing", f"data/raw/{engagement}", do)


def _told(engagement: str) -> str:
    page = store.load_document("page", engagement)
    found = page["summary"] or ["Nothing in the data brought supports a finding."]
    lines = [page["synthetic"], *found] if page["synthetic"] else found
    below = [f"  {line}" for line in [*lines, f"reports/{engagement}/index.html"]]
    return "\n".join(["", f"{engagement}  {page['title']}", *below])


def _say_into_log() -> None:
    """Send what dvc says of the stages to a file."""
    path = params.ROOT / LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    speaker = logging.getLogger("dvc")
    speaker.handlers = [logging.FileHandler(path, mode="w", encoding="utf-8")]
    speaker.setLevel(logging.INFO)
    speaker.propagate = False

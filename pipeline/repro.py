"""`make report`: settings checked, every stage that is out of date run, and where the reports are with what each found.

It does what `dvc repro` does, through dvc's own interface: a study that fails does not keep the others from their reports,
and dvc's account of the stages goes to a log instead of the screen.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from kithwork import params, store
from kithwork.errors import UserError
from kithwork.tables import STAGES
from pipeline import closing, elsewhere, failure, prepare, stale
from pipeline.studies import chosen, lacking

if TYPE_CHECKING:
    from dvc.repo import Repo

    from kithwork.engagement import Engagement

LOG = "build/dvc.log"
"""What dvc says of each stage, for whoever looks into a run."""

STAGE_OF_ENGAGEMENT = re.compile(r"'\w+@([\w-]+)'")


def repro(studies: Iterable[str] = (), *, account: bool = False) -> int:
    """Bring every report up to date, or those of the studies named, and print what it says; 1 if one could not be.

    `account`: keep a journal of the run, and say of each study what ran and what is to be done next. A study whose day of
    retention has come is refused, and one that lacks its files is left out: neither keeps another from its report. Raises
    `UserError`.
    """
    asked = params.read()
    engagements, wanted = list(asked.engagements), chosen(asked, studies)
    over = {name: found for name in wanted if (found := params.past_retention(name, asked.engagements[name]))}
    without = {name: found for name in wanted if name not in over and (found := lacking(asked, name))}
    if over:
        print(failure.of_settings(UserError(over.values())), file=sys.stderr)
    if without:
        print("\n".join(f"Left out: {problem}" for problem in without.values()), file=sys.stderr)
    apart = [name for name in engagements if name in over or name in without or name not in wanted]
    from dvc.exceptions import DvcException
    from dvc.repo import Repo

    from pipeline import dvc_faults, restoring

    _say_into_log()
    try:
        with Repo(str(params.ROOT), config=dvc_faults.without_git()) as repo:
            restoring.only_what_is_whole(repo)
            elsewhere.look({name: prepare.inputs_of(STAGES[0], name) for name in wanted if name not in apart})
            told = closing.Account(repo, [name for name in wanted if name not in apart]) if account else None
            failed = _elsewhere(repo, {name: asked.engagements[name] for name in wanted if name not in apart})
            behind = [name for name in _bring(repo, engagements, [*apart, *failed]) if name not in apart or name in over]
            if apart and not behind and len(apart) < len(engagements):
                _list_reports(repo)
    except DvcException as error:
        raise UserError(dvc_faults.told(error, LOG)) from None
    for name in behind:
        stale.mark(name)
    for line in told.lines(behind) if told else [_told(name) for name in wanted if name not in (*behind, *without)]:
        print(line)
    if behind:
        print(f"\nWithout a current report: {', '.join(behind)}. What to do is said above.", file=sys.stderr)
    if behind or (without and len(without) == len(wanted)) or {*studies} & {*without}:
        return 1
    print("\nAll reports: reports/index.html   Every table and column: reports/codebook.html")
    return 0


def alone(stage: str) -> int:
    """Run one stage beside others, waiting for dvc's locks; 0 if it is done, 1 if it failed and told so."""
    from dvc.repo import Repo

    from pipeline import dvc_faults, restoring

    _say_into_log("a")
    with Repo(str(params.ROOT), config=dvc_faults.without_git(), _wait_for_lock=True) as repo:
        restoring.only_what_is_whole(repo)
        return int(_failed(repo, [stage], single_item=True) is not None)


def _bring(repo: Repo, engagements: list[str], refused: Iterable[str] = ()) -> list[str]:
    """Run all stages, and after a failure those of the other engagements; the names of those that failed or are refused."""
    behind = [*refused, *_beside(repo, engagements, refused)]
    targets = _targets(engagements, behind) if behind else None
    while targets != [] and (found := _failed(repo, targets)) is not None:
        behind += found or [name for name in engagements if name not in behind]
        targets = _targets(engagements, behind)
    return behind


def _elsewhere(repo: Repo, studies: Mapping[str, Engagement]) -> list[str]:
    """Run what dvc leaves out for studies that read or keep anything at an address; those of which it failed.

    Preparing, where something that is read there is news; and chapter 1 where it is out of date, for a note that dvc has
    from an earlier run is of no use without the table it tells of.
    """
    read = [name for name, study in studies.items() if elsewhere.reads_there(study)]
    news = any(elsewhere.is_news(name, prepare.inputs_of(STAGES[0], name)) for name in read)
    if news and _failed(repo, ["prepare"], single_item=True, force=True) is not None:
        return list(studies)
    kept = [name for name, study in studies.items() if elsewhere.keeps_there(study)]
    return [name for name in kept if _failed(repo, [f"{STAGES[0]}@{name}"], run_cache=False) is not None]


def _beside(repo: Repo, engagements: list[str], refused: Iterable[str]) -> list[str]:
    """Where several jobs are asked for, run what is out of date side by side; the engagements of which a stage failed."""
    from pipeline import sidebyside

    if (jobs := sidebyside.jobs()) < 2:
        return []
    asked = [name for name in engagements if name not in refused]
    if _failed(repo, ["prepare"]) is not None:
        return asked
    stopped = sidebyside.run(repo, jobs, _targets(asked, []))
    return [name for name in asked if any(stage.endswith(f"@{name}") for stage in stopped)]


def _targets(engagements: list[str], behind: list[str]) -> list[str]:
    return [f"publish@{name}" for name in engagements if name not in behind]


def _failed(repo: Repo, targets: Iterable[str] | None, **how: bool) -> list[str] | None:
    """Run what the targets need: None if it is done, else the engagement whose stage failed, if it was one's.

    `how`: as `dvc repro` takes it.
    """
    from dvc.exceptions import DvcException
    from dvc.stage.exceptions import StageCmdFailedError

    from pipeline import dvc_faults

    try:
        repo.reproduce(targets, **how)
    except DvcException as error:
        cause = error.__cause__ or error
        if str(cause).endswith(f"exited with {failure.INTERRUPTED}"):
            raise KeyboardInterrupt from None
        if not isinstance(cause, StageCmdFailedError) or dvc_faults.was_ended(cause):  # else it has told of it itself
            print(failure.of_settings(UserError(dvc_faults.told(cause, LOG))), file=sys.stderr)
        return STAGE_OF_ENGAGEMENT.findall(str(error))
    return None


def _list_reports(repo: Repo) -> None:
    """Bring the list of reports up to date by itself: what it depends on takes in the studies that are left out."""
    from dvc.exceptions import DvcException

    with suppress(DvcException):  # its command has told of it itself, and no study's report waits for it
        repo.reproduce(["index"], single_item=True)


def _told(engagement: str) -> str:
    page = store.load_document("page", engagement)
    found = page["summary"] or ["Nothing in the data brought supports a finding."]
    lines = [page["synthetic"], *found] if page["synthetic"] else found
    below = [f"  {line}" for line in [*lines, f"reports/{engagement}/index.html"]]
    return "\n".join(["", f"{engagement}  {page['title']}", *below])


def _say_into_log(mode: str = "w") -> None:
    """Send what dvc says of the stages to a file, anew or after what it holds."""
    path = params.ROOT / LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    speaker = logging.getLogger("dvc")
    speaker.handlers = [logging.FileHandler(path, mode=mode, encoding="utf-8")]
    speaker.setLevel(logging.INFO)
    speaker.propagate = False

"""What `kithwork run` says at its end: of each study what ran and what was up to date, what was found, what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kithwork import params, store
from kithwork.publishing import recorded
from pipeline import journal, prepare, staleness, status

if TYPE_CHECKING:
    from dvc.repo import Repo

JOURNAL = "build/run.jsonl"


class Account:
    """Of one run of some studies: made before it, told after it."""

    def __init__(self, repo: Repo, studies: Iterable[str]) -> None:
        made = prepare.made()
        self.stages = {name: staleness.of(repo, name, made) for name in studies}
        self._before = recorded.stages()
        planned = [
            f"{one['stage']}@{name}"
            for name, stages in self.stages.items()
            for one in stages
            if one["state"] != staleness.CURRENT and one["stage"] != "simulate"
        ]
        journal.begin(params.ROOT / JOURNAL, planned)

    def lines(self, behind: Iterable[str]) -> list[str]:
        """The whole account, study by study; `behind`: those without a current report."""
        ended = {one["stage"]: one for one in journal.end()}
        after = recorded.stages()
        restored = {name for name, entry in after.items() if entry != self._before.get(name) and name not in ended}
        behind = {*behind}
        return [
            line
            for name in self.stages
            for line in (
                "",
                *_heading(name),
                f"  {self._did(name, ended, restored)}",
                *(f"  {one}" for one in (_stopped(name) if name in behind else _found(name))),
            )
        ]

    def _did(self, study: str, ended: dict[str, dict[str, Any]], restored: set[str]) -> str:
        names = {one["stage"]: f"{one['stage']}@{study}" for one in self.stages[study]}
        ran = {stage: ended[name] for stage, name in names.items() if name in ended and ended[name]["done"]}
        failed = [stage for stage, name in names.items() if name in ended and not ended[name]["done"]]
        kept = [stage for stage, name in names.items() if name in restored]
        rest = [stage for stage in names if stage not in ran and stage not in failed and stage not in kept]
        total = sum(one["seconds"] for one in ended.values() if one["stage"] in names.values())
        took = ", ".join(f"{stage} {one['seconds']:.0f} s" for stage, one in ran.items())
        parts = {
            f"ran {took}" + (f" (together {total:.0f} s)" if len(ran) > 1 else ""): ran,
            f"failed {', '.join(failed)}": failed,
            f"made before, or by another command: {', '.join(kept)}": kept,
            f"{'not reached or up to date' if failed else 'up to date'}: {', '.join(rest)}": rest,
        }
        if len(rest) == len(names):
            return "everything was up to date"
        return " · ".join(words for words, there in parts.items() if there)


def _heading(study: str) -> Iterator[str]:
    settings = params.stated(study).engagement
    yield f"{study}  {settings.title}"
    if settings.label:
        yield f"  {settings.label}"


def _stopped(study: str) -> Iterator[str]:
    found = status.failed(study)
    if found:
        yield f"stopped in {found['notebook']}, cell {found['cell']} of {found['cells']}, under '{found['heading']}'"
    yield f"next: mend what is said above, then kithwork run {study}"


def _found(study: str) -> Iterator[str]:
    page = store.load_document("page", study)
    yield from page["summary"] or ["Nothing in the data brought supports a finding."]
    intake = store.load("intake", study)
    read, refused = int(intake["rows_in"].sum()), int(intake["rows_refused"].sum())
    yield f"{refused:,} of {read:,} rows refused" + (f": kithwork check {study} says which and why" if refused else "")
    for one in status.waiting(study):
        yield f"{one['lines']:,} line{'s wait' if one['lines'] > 1 else ' waits'} for a decision: {one['file']}"
    yield f"page: reports/{study}/index.html"
    yield f"next: kithwork open {study}"

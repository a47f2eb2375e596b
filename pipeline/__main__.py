"""What `make` and dvc.yaml call: `python -m pipeline VERB`; the verbs are listed by `--help`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def main(words: list[str] | None = None) -> int:
    """Do one thing; 0 if it is done, 1 with a message for people if not."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    repro = verbs.add_parser("repro", help="run every stage that is out of date, and say where the reports are")
    repro.add_argument("studies", nargs="*", help="those alone; all where none is named")
    repro.add_argument("--account", action="store_true", help="say of each study what ran, and what is to be done next")
    status = verbs.add_parser("status", help="say as JSON what is to be run, and why")
    status.add_argument("studies", nargs="*")
    recall = verbs.add_parser(
        "recall", help="write a study's claims as they were at a revision, and say as JSON what differs"
    )
    for word in ("study", "revision", "folder"):
        recall.add_argument(word)
    verbs.add_parser("prepare", help="write what the stages depend on")
    verbs.add_parser("index", help="write the list of reports and the codebook")
    run = verbs.add_parser("run", help="run one chapter")
    run.add_argument("stage")
    run.add_argument("engagement")
    verbs.add_parser("publish", help="write an engagement's pages").add_argument("engagement")
    verbs.add_parser("lab", help="open JupyterLab; options of its own may follow", add_help=False)
    known, own = parser.parse_known_args(words)
    asked = vars(known)
    if own and known.verb != "lab":
        parser.error(f"unrecognized arguments: {' '.join(own)}")
    if known.verb == "lab":
        asked["own"] = own
    verb = asked.pop("verb")
    try:
        from kithwork.errors import UserError
    except ImportError:
        print("This Python does not have kithwork: run `make setup`, then `. .venv/bin/activate`.", file=sys.stderr)
        return 1
    from kithwork import mishaps, params
    from pipeline import failure

    mishaps.speak_in_any_alphabet()
    try:
        return VERBS[verb](**asked) or 0
    except UserError as error:
        print(failure.of_settings(error), file=sys.stderr)
    except failure.Stopped as stopped:
        print(stopped, file=sys.stderr)
    except KeyboardInterrupt:
        if verb == "repro":  # a stage leaves it to whoever runs the stages
            again = "kithwork run" if asked.get("account") else "make report"
            print(f"Stopped by you. `{again}` goes on from the last stage that was finished.", file=sys.stderr)
        return failure.INTERRUPTED
    except (OSError, MemoryError, ImportError) as error:
        if (refused := mishaps.of(error, params.ROOT)) is None:
            raise
        print(failure.of_settings(UserError(refused)), file=sys.stderr)
    return 1


def _repro(studies: list[str], account: bool) -> int:
    from pipeline.repro import repro

    return repro(studies, account=account)


def _status(studies: list[str]) -> None:
    from pipeline.status import status

    print(json.dumps(status(studies), ensure_ascii=False, indent=2))


def _recall(study: str, revision: str, folder: str) -> None:
    from pathlib import Path

    from pipeline.recall import recall

    print(json.dumps(recall(study, revision, Path(folder)), ensure_ascii=False))


def _prepare() -> None:
    from pipeline.prepare import prepare

    prepare()


def _run(stage: str, engagement: str) -> None:
    from kithwork.tables import STAGES
    from pipeline import run, seen

    run.die_with_dvc()
    for module in ("pyarrow.fs", "pyarrow"):  # papermill looks for them; only the kernel needs them
        sys.modules.setdefault(module, None)
    with _told(stage, engagement):
        run.run(stage, engagement)
        if stage == STAGES[0]:
            seen.note(engagement)


def _publish(engagement: str) -> None:
    from pipeline.publish import publish

    with _told("publish", engagement):
        publish(engagement)


@contextmanager
def _told(stage: str, engagement: str) -> Iterator[None]:
    """Writes a stage into the journal of its run, where that keeps one, and says that it has ended."""
    from pipeline import journal, progress

    began = time.monotonic()
    with journal.entry(f"{stage}@{engagement}"):
        yield
    progress.ended(stage, engagement, time.monotonic() - began)


def _index() -> None:
    from pipeline.publish import index

    index()


def _lab(own: list[str]) -> None:
    from pipeline.lab import lab

    lab(own)


VERBS = {
    "repro": _repro,
    "status": _status,
    "recall": _recall,
    "prepare": _prepare,
    "run": _run,
    "publish": _publish,
    "index": _index,
    "lab": _lab,
}

if __name__ == "__main__":
    sys.exit(main())

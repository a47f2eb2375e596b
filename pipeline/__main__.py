"""What `make` and dvc.yaml call: `python -m pipeline VERB`; the verbs are listed by `--help`."""

from __future__ import annotations

import argparse
import sys


def main(words: list[str] | None = None) -> int:
    """Do one thing; 0 if it is done, 1 with a message for people if not."""
    parser = argparse.ArgumentParser(prog="python -m pipeline", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("repro", help="run every stage that is out of date, and say where the reports are")
    verbs.add_parser("prepare", help="write what the stages depend on")
    verbs.add_parser("index", help="write the list of reports and the codebook")
    run = verbs.add_parser("run", help="run one chapter")
    run.add_argument("stage")
    run.add_argument("engagement")
    verbs.add_parser("publish", help="write an engagement's pages").add_argument("engagement")
    asked = vars(parser.parse_args(words))
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
            print("Stopped by you. `make report` goes on from the last stage that was finished.", file=sys.stderr)
        return failure.INTERRUPTED
    except (OSError, MemoryError, ImportError) as error:
        if (refused := mishaps.of(error, params.ROOT)) is None:
            raise
        print(failure.of_settings(UserError(refused)), file=sys.stderr)
    return 1


def _repro() -> int:
    from pipeline.repro import repro

    return repro()


def _prepare() -> None:
    from pipeline.prepare import prepare

    prepare()


def _run(stage: str, engagement: str) -> None:
    from pipeline import run

    run.die_with_dvc()
    for module in ("pyarrow.fs", "pyarrow"):  # papermill looks for them; only the kernel needs them
        sys.modules.setdefault(module, None)
    run.run(stage, engagement)


def _publish(engagement: str) -> None:
    from pipeline.publish import publish

    publish(engagement)


def _index() -> None:
    from pipeline.publish import index

    index()


VERBS = {"repro": _repro, "prepare": _prepare, "run": _run, "publish": _publish, "index": _index}

if __name__ == "__main__":
    sys.exit(main())

"""`python -m pipeline`: every end of it has a status and, where something is wrong, words for people."""

from __future__ import annotations

import json

import pytest

from kithwork.errors import Problem, UserError
from pipeline import __main__ as entry
from pipeline import failure

FAULT = UserError(Problem("is missing", "params.yaml", "Put it there."))


def ended(monkeypatch, outcome: BaseException | int | None, verb: str = "prepare") -> int:
    """The status when what the verb does ends like this."""

    def act(**_):
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setitem(entry.VERBS, verb, act)
    return entry.main([verb])


@pytest.mark.parametrize(
    ("outcome", "status", "said"),
    [
        (None, 0, ""),
        (1, 1, ""),
        (FAULT, 1, f"kithwork stopped.\n{FAULT}\n"),
        (failure.Stopped("Stopped in a cell."), 1, "Stopped in a cell.\n"),
    ],
)
def test_every_end_has_a_status_and_words(outcome, status, said, monkeypatch, capsys):
    """0 when done, 1 with the message for people when not; never a traceback for what people can mend."""
    assert ended(monkeypatch, outcome) == status
    assert capsys.readouterr().err == said


def test_interruption_has_a_status_of_its_own(monkeypatch, capsys):
    """Ctrl-C gives 130, by which the run above knows it from a failure; that run alone says how to go on."""
    assert ended(monkeypatch, KeyboardInterrupt()) == failure.INTERRUPTED
    assert capsys.readouterr().err == ""
    assert ended(monkeypatch, KeyboardInterrupt(), "repro") == failure.INTERRUPTED
    assert "`make report` goes on" in capsys.readouterr().err
    assert entry.main(["repro", "--account"]) == failure.INTERRUPTED
    assert "`kithwork run` goes on" in capsys.readouterr().err


def test_faults_of_ours_stay_faults(monkeypatch):
    """A bug is not dressed up as the user's mistake: it comes through with its traceback."""
    with pytest.raises(ZeroDivisionError):
        ended(monkeypatch, ZeroDivisionError())


def test_stages_are_written_into_the_journal_of_their_run(monkeypatch, tmp_path, capfd):
    """A chapter and the pages, done or not; a line at the end of each that was done, and none of another."""
    from pipeline import journal, publish, run

    def fails(stage, engagement):
        raise failure.Stopped("Stopped in a cell.")

    monkeypatch.setattr(run, "die_with_dvc", lambda: None)
    monkeypatch.setattr(run, "run", fails)
    monkeypatch.setattr(publish, "publish", lambda engagement: None)
    monkeypatch.delenv(journal.NAMED_BY, raising=False)
    journal.begin(tmp_path / "run.jsonl", ["ties@acme", "publish@acme"])
    assert entry.main(["run", "ties", "acme"]) == 1
    assert entry.main(["publish", "acme"]) == 0
    assert [(one["stage"], one["done"]) for one in journal.end()] == [("ties@acme", False), ("publish@acme", True)]
    said = capfd.readouterr().err
    assert "Stopped in a cell." in said
    assert "acme  publish" in said
    assert "ties" not in said


@pytest.mark.parametrize(("verb", "words"), [("status", ["acme"]), ("recall", ["acme", "HEAD", "then"])])
def test_questions_are_answered_in_json(verb, words, monkeypatch, capsys):
    """For the command that asked."""
    from pipeline import recall, status

    monkeypatch.setattr({"status": status, "recall": recall}[verb], verb, lambda *given: [str(one) for one in given])
    assert entry.main([verb, *words]) == 0
    assert json.loads(capsys.readouterr().out) == ([str(words)] if verb == "status" else words)

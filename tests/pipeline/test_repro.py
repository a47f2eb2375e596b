"""What `make report` does around dvc: checks before, what it makes of failures, and what it says at the end."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from cells import house, settings, settle
from dvc.exceptions import ReproductionError
from dvc.stage.exceptions import StageCmdFailedError

from kithwork import store
from kithwork.engagement import SYNTHETIC
from kithwork.errors import UserError
from kithwork.pages import rendering
from pipeline import failure, repro, stale

ALL = ["aarhus", "office", "aarhus-2"]


class Repo:
    """Stands for dvc's: each call of `reproduce` ends as the next of `outcomes` says, and is written down."""

    def __init__(self, *outcomes: Exception | None) -> None:
        self.outcomes, self.asked = list(outcomes), []
        self.stage_cache = SimpleNamespace(restore=None)
        self.cache = SimpleNamespace(local=SimpleNamespace(get=None, check=None))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def reproduce(self, targets=None, **_):
        """Notes what was asked for; fails or not."""
        self.asked.append(targets)
        outcome = self.outcomes.pop(0)
        if outcome:
            raise outcome


def failed(stage: str, status: int = 1) -> ReproductionError:
    """What dvc raises when the command of a stage fails."""
    error = ReproductionError(f"failed to reproduce '{stage}'")
    error.__cause__ = StageCmdFailedError(f"python -m pipeline run {stage}", status)
    return error


@pytest.fixture
def page():
    """A document as the report stage leaves it."""
    return {"engagement": "synthetic", "synthetic": "", "title": "A title", "summary": ["One: 5%", "Two: 6%"]}


def test_all_is_done_in_one_go():
    """Nothing failed: everything was asked for at once, and nobody is behind."""
    repo = Repo(None)
    assert repro._bring(repo, ALL) == []
    assert repo.asked == [None]


def test_failure_of_one_engagement_keeps_no_other_from_its_report():
    """After a failure the others' pages are asked for; a second failure leaves the third."""
    repo = Repo(failed("ties@aarhus"), failed("clean@aarhus-2"), None)
    assert repro._bring(repo, ALL) == ["aarhus", "aarhus-2"]
    assert repo.asked == [None, ["publish@office", "publish@aarhus-2"], ["publish@office"]]


def test_all_fail_one_after_the_other():
    """With nobody left to go on for, there is no further call, which would bring everything again."""
    repo = Repo(*(failed(f"clean@{name}") for name in ALL))
    assert repro._bring(repo, ALL) == ALL
    assert len(repo.asked) == 3


def test_refused_study_keeps_no_other_from_its_report():
    """The others' pages alone are asked for, and the refused one is behind."""
    repo = Repo(failed("ties@office"), None)
    assert repro._bring(repo, ALL, ["aarhus"]) == ["aarhus", "office"]
    assert repo.asked == [["publish@office", "publish@aarhus-2"], ["publish@aarhus-2"]]
    assert repro._bring(Repo(), ["aarhus"], ["aarhus"]) == ["aarhus"]


def test_study_past_its_retention_is_told_and_not_run(project, monkeypatch, capsys):
    """Its day has come: what, where and what to do, its pages marked, and nothing of it run."""
    house(project)
    content = settings(project)
    content["engagements"] = {"synthetic": content["engagements"]["synthetic"] | {"retention": "2020-12-31"}}
    settle(project, content)
    store.raw("synthetic").mkdir(parents=True)
    report = project / "reports" / "synthetic" / "index.html"
    rendering.write(report, stale.PLACE)
    repo = Repo()
    monkeypatch.setattr("dvc.repo.Repo", lambda _, config: repo)
    assert repro.repro() == 1
    said = capsys.readouterr().err
    assert "engagements.synthetic.retention: is past" in said
    assert "dvc gc --workspace" in said
    assert repo.asked == []
    assert report.read_text(encoding="utf-8") == stale.BANNER


def test_failure_before_the_engagements_concerns_all():
    """When preparing fails, every engagement is behind, and nothing else is tried."""
    repo = Repo(failed("prepare"))
    assert repro._bring(repo, ALL) == ALL
    assert repo.asked == [None]


def test_stage_that_failed_has_told_of_it_itself(capsys):
    """A failed command is not told of twice."""
    assert repro._failed(Repo(failed("ties@aarhus")), None) == ["aarhus"]
    assert capsys.readouterr().err == ""


def test_stage_that_was_killed_is_told_of_in_its_place(capsys):
    """It could not do so itself; the others go on."""
    assert repro._failed(Repo(failed("ties@aarhus", -9)), None) == ["aarhus"]
    assert "was ended from outside" in capsys.readouterr().err


def test_what_dvc_refuses_is_told_in_few_lines(capsys):
    """Another run holds the lock, or dvc.yaml is broken: what dvc says, and where to read on; no traceback."""
    assert repro._failed(Repo(ReproductionError("Unable to acquire lock")), None) == []
    said = capsys.readouterr().err
    assert "Unable to acquire lock" in said
    assert repro.LOG in said
    assert len(said.splitlines()) <= failure.LINES


def test_interruption_is_not_a_failure():
    """Ctrl-C in a stage ends the run as Ctrl-C, instead of going on with the next engagement."""
    with pytest.raises(KeyboardInterrupt):
        repro._failed(Repo(failed("ties@aarhus", failure.INTERRUPTED)), None)


@pytest.fixture
def quiet(monkeypatch):
    """A run whose stages are dvc's stand-in's, which is returned; its log is not written."""
    repo = Repo(None, None)
    monkeypatch.setattr("dvc.repo.Repo", lambda _, config: repo)
    monkeypatch.setattr(repro, "_say_into_log", lambda: None)
    return repo


def test_study_without_files_is_left_out_and_keeps_no_other(project, page, quiet, capsys):
    """It is told, the others' pages and the list of reports are brought, and the run has not failed."""
    house(project)
    store.raw("synthetic").mkdir(parents=True)
    store.save_document("page", page, "synthetic")
    assert repro.repro() == 0
    out, err = capsys.readouterr()
    assert quiet.asked == [["publish@synthetic"], ["index"]]
    assert "Left out: data/raw/other: is missing" in err
    assert "reports/synthetic/index.html" in out


def test_study_without_files_that_was_asked_for_is_something_to_mend(project, page, quiet):
    """As is a run in which no study has any."""
    house(project)
    assert repro.repro() == 1
    store.raw("synthetic").mkdir(parents=True)
    store.save_document("page", page, "synthetic")
    assert repro.repro(["synthetic", "other"]) == 1
    assert quiet.asked == [["publish@synthetic"], ["index"]]


def test_only_studies_named_are_run_and_told(project, page, quiet, capsys):
    """Another that lacks its files is then no matter; a name that is none stops all before anything runs."""
    house(project)
    store.raw("synthetic").mkdir(parents=True)
    store.save_document("page", page, "synthetic")
    with pytest.raises(UserError, match="Did you mean 'synthetic'"):
        repro.repro(["sintetic"])
    assert quiet.asked == []
    assert repro.repro(["synthetic"]) == 0
    assert quiet.asked == [["publish@synthetic"], ["index"]]
    assert "Left out" not in capsys.readouterr().err


def test_account_takes_the_place_of_what_is_told(project, quiet, monkeypatch, capsys):
    """Of the studies that could be run; those behind are told as such."""
    house(project)
    for name in ("synthetic", "other"):
        store.raw(name).mkdir(parents=True)
    quiet.outcomes = [failed("ties@other"), None]

    class Account:
        def __init__(self, repo, studies):
            self.studies = studies

        def lines(self, behind):
            return [f"account of {', '.join(self.studies)} without {', '.join(behind)}"]

    monkeypatch.setattr(repro.closing, "Account", Account)
    assert repro.repro(account=True) == 1
    assert capsys.readouterr().out == "account of synthetic, other without other\n"


def test_reports_are_told_with_what_they_say(project, page):
    """Name and title, the lines of its summary, and where it lies; or that nothing was found."""
    store.save_document("page", page, "synthetic")
    assert repro._told("synthetic") == "\nsynthetic  A title\n  One: 5%\n  Two: 6%\n  reports/synthetic/index.html"
    store.save_document("page", page | {"summary": []}, "synthetic")
    assert "Nothing in the data brought supports a finding." in repro._told("synthetic")


def test_simulated_organisation_is_told_as_one(project, page):
    """The label stands between the title and what was found."""
    store.save_document("page", page | {"synthetic": SYNTHETIC}, "synthetic")
    assert repro._told("synthetic").splitlines()[1:4] == ["synthetic  A title", f"  {SYNTHETIC}", "  One: 5%"]


@pytest.mark.parametrize("broken", [False, True])
def test_run_ends_with_every_report_that_is_current(broken, project, page, monkeypatch, capsys):
    """Status 0 and all reports; or status 1, the others' reports, and who is behind: their old pages are marked."""
    house(project)
    for name in ("synthetic", "other"):
        store.raw(name).mkdir(parents=True)
        store.save_document("page", page, name)
        rendering.write(project / "reports" / name / "index.html", stale.PLACE)
    repo = Repo(failed("ties@other"), None) if broken else Repo(None)
    monkeypatch.setattr("dvc.repo.Repo", lambda _, config: repo)
    monkeypatch.setattr(repro, "_say_into_log", lambda: None)
    assert repro.repro() == int(broken)
    out, err = capsys.readouterr()
    assert "reports/synthetic/index.html" in out
    assert ("reports/other/index.html" in out) is not broken
    assert ("Without a current report: other." in err) is broken
    marked = (project / "reports" / "other" / "index.html").read_text(encoding="utf-8")
    assert marked == (stale.BANNER if broken else stale.PLACE)

"""Which stages are to be run, and why, in words."""

from __future__ import annotations

import hashlib
import json

import pytest
from kept_stages import entry, repo, stage

from kithwork import params
from pipeline import staleness

INPUTS = "build/inputs/acme/ties.json"
NOTEBOOK = "build/notebooks/2_ties.ipynb"


def md5(text: str) -> str:
    """As dvc has it."""
    return hashlib.md5(text.encode("utf-8")).hexdigest()


def inputs(draws: int) -> str:
    """What the first stage writes for `ties`."""
    return json.dumps({"settings": {"ties": {"draws": draws}}, "code": {}})


def house(
    draws: int = 100, notebook: str = "{}", raw: str = "", missing: str = "", ran: bool = True, command: bool = False
):
    """Three stages of a study, run with 100 draws; what would be prepared now, and dvc's repository."""
    known = {name: md5(name) for name in ("raw", "clean", "ties", "pages")} if ran else {}
    clean = stage(
        "clean@acme",
        [entry("data/raw/acme", known.get("raw"), raw)],
        [entry("data/clean/acme", known.get("clean"))],
        command=command,
    )
    ties = stage(
        "ties@acme",
        [
            entry(NOTEBOOK, md5("{}") if ran else None),
            entry(INPUTS, md5(inputs(100)) if ran else None),
            entry("data/clean/acme/people.parquet", known.get("clean")),
        ],
        [entry("data/ties/acme", known.get("ties"), missing)],
    )
    pages = stage(
        "publish@acme",
        [entry("data/ties/acme/claims.parquet", known.get("ties"))],
        [entry("reports/acme", known.get("pages"))],
    )
    made = {params.ROOT / NOTEBOOK: notebook, params.ROOT / INPUTS: inputs(draws)}
    return repo(clean, ties, pages), made


def told(**changes) -> dict[str, tuple[str, list[str]]]:
    """State and reasons by stage."""
    return {
        one["stage"]: (one["state"], one["why"]) for one in staleness.of(house(**changes)[0], "acme", house(**changes)[1])
    }


CURRENT = (staleness.CURRENT, [])


def test_what_is_as_it_was_is_current(project):
    """No reason, and none of another study's stages."""
    assert told() == {"clean": CURRENT, "ties": CURRENT, "publish": CURRENT}


def test_what_never_ran_says_so(project):
    """In place of a list of all that is new to it."""
    assert told(ran=False) == dict.fromkeys(("clean", "ties", "publish"), (staleness.NEVER, []))


def test_setting_is_told_with_what_it_was(project):
    """From the file as the stage read it; what follows is perhaps to be run, and says because of what."""
    path = params.ROOT / INPUTS
    path.parent.mkdir(parents=True)
    path.write_text(inputs(100), encoding="utf-8")
    assert told(draws=200) == {
        "clean": CURRENT,
        "ties": (staleness.STALE, ["params.yaml: ties.draws 100 → 200"]),
        "publish": (staleness.AFTER, ["because ties is to be run"]),
    }


def test_setting_is_found_in_the_cache(project):
    """Where the file holds something newer than the stage read; where neither has it, that something changed is told."""
    kept = params.ROOT / "kept"
    kept.write_text(inputs(100), encoding="utf-8")
    repository, made = house(draws=200)
    assert staleness.of(repository, "acme", made)[1]["why"] == ["settings or code changed"]
    repository.cache.local.oid_to_path = {md5(inputs(100)): str(kept)}.get
    assert staleness.of(repository, "acme", made)[1]["why"] == ["params.yaml: ties.draws 100 → 200"]


@pytest.mark.parametrize(
    ("change", "stage", "why"),
    [
        ({"notebook": "{ }"}, "ties", "notebook 2_ties.ipynb changed"),
        ({"raw": "modified"}, "clean", "data/raw/acme changed"),
        ({"raw": "deleted"}, "clean", "data/raw/acme is not there"),
        ({"missing": "deleted"}, "ties", "data/ties/acme is not there"),
        ({"missing": "modified"}, "ties", "data/ties/acme is not as it was written"),
        ({"command": True}, "clean", "its command in dvc.yaml changed"),
    ],
)
def test_each_kind_of_change_is_told(change, stage, why, project):
    """By the stage it concerns."""
    assert told(**change)[stage] == (staleness.STALE, [why])


def test_what_is_missing_is_no_second_reason(project):
    """A stage that is to be run anyway, or waits for one, does not tell of its own files as well."""
    assert told(raw="modified", missing="deleted")["ties"] == (staleness.AFTER, ["because clean is to be run"])
    assert told(notebook="{ }", missing="deleted")["ties"] == (staleness.STALE, ["notebook 2_ties.ipynb changed"])

"""Settings in the handbook: each key that is named exists, each that exists is named with its range and reason."""

from __future__ import annotations

import re
from functools import reduce
from operator import getitem

import pytest
import synthetic
import yaml
from written_pages import fences, spans

from docs import filling, parameters
from kithwork.engagement import Engagement, Reader
from kithwork.params import Params

SECTIONS = set(Params.model_fields) - set(parameters.PER_STUDY)


def keys() -> dict[str, parameters.Setting]:
    """Every setting by its path."""
    return {one.key: one for section in parameters.settings().values() for one in section}


def flat(branch: object, path: str = "") -> set[str]:
    """The paths of all keys in nested mappings."""
    if not isinstance(branch, dict):
        return set()
    return {f"{path}{key}" for key in branch} | {
        one for key, value in branch.items() for one in flat(value, f"{path}{key}.")
    }


def test_page_has_every_setting():
    """As the committed file has them, each with its value."""
    committed = {name: branch for name, branch in synthetic.committed().items() if name in SECTIONS}
    found, page = keys(), filling.filled("parameters")
    assert {one for one in flat(committed) if one not in found} <= {
        one for one in flat(committed) if any(one.startswith(f"{key}.") or key.startswith(f"{one}.") for key in found)
    }
    for name, setting in found.items():
        assert f"`{name}`" in page
        if setting.value:
            assert yaml.safe_load(setting.value) == reduce(getitem, name.split("."), committed)


def test_ranges_are_those_of_the_schema():
    """Numbers with one or both ends, words, truths and lists."""
    found = keys()
    assert found["clean.bad_rows"].range == "stop, quarantine"
    assert found["clean.broadcast_above"].range == "2 to 1,000"
    assert found["ties.seed"].range == "0 or more"
    assert found["clean.working_hours"].range == "each 0 to 24"
    assert "0 to 24" not in found["clean.working_hours"].about


def test_reasons_are_the_comments():
    """Beside a key, over several lines, and above it."""
    found = keys()
    assert found["clean.broadcast_above"].about.startswith("people in a message or meeting above which")
    assert found["clean.bad_rows"].about.endswith("an engagement may have a `bad_rows` of its own")
    assert found["values.weights"].about.startswith("Weight of each indicator")
    assert not any("#" in one.about for one in found.values())


@pytest.mark.parametrize(("heading", "model"), [("What a study says of itself", Engagement), ("What a file says", Reader)])
def test_keys_of_a_study_are_all_there(heading, model):
    """Each key that an entry, or a file of it, may have stands in its table, and no other."""
    part = filling.filled("parameters").split(f"## {heading}")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)`", part, flags=re.M)) == set(model.model_fields)
    needed = dict(re.findall(r"^\| `(\w+)` .*\| (yes|no) \|$", part, flags=re.M))
    assert needed in ({}, {name: "yes" if one.is_required() else "no" for name, one in model.model_fields.items()})


def test_keys_named_in_sentences_exist():
    """Such as `report.smallest_group`."""
    known = flat(synthetic.committed()) | set(keys())
    named = {(page, word) for page, word in spans() if re.fullmatch(rf"({'|'.join(sorted(SECTIONS))})\.[a-z_.]+", word)}
    assert {(page, word) for page, word in named if word not in known} == set()
    assert len(named) > 5


def test_entries_shown_are_valid():
    """What is shown as an entry of a study is one, alone or added to another."""
    study = {}
    for _page, text in fences("yaml"):
        shown = yaml.safe_load(text)
        whole = synthetic.committed()
        study |= shown.get("engagements", {}).get("acme", {})
        if "engagements" not in shown:
            study = {name: {**study[name], **shown[name]} if name in shown else study[name] for name in study}
        whole["engagements"]["acme"] = study
        assert Params.model_validate(whole).engagements["acme"].sources
    assert "opportunities" in study["sources"]

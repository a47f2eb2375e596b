"""Which studies a run is about: names are checked at once, and what a study lacks is known before it runs."""

from __future__ import annotations

import pytest
from cells import house, settings, settle

from kithwork import params, store
from kithwork.errors import UserError
from pipeline import studies


@pytest.fixture
def asked(project):
    """The settings of `synthetic` and `other`; the first has its folder."""
    house(project)
    store.raw("synthetic").mkdir(parents=True)
    return params.read()


def test_all_or_those_named_in_the_order_of_params_yaml(asked):
    """However they are named, and however often."""
    assert studies.chosen(asked, []) == ["synthetic", "other"]
    assert studies.chosen(asked, ["other", "synthetic", "other"]) == ["synthetic", "other"]
    assert studies.chosen(asked, ["other"]) == ["other"]


def test_every_unknown_name_is_told_with_the_nearest(asked):
    """All at once, each once."""
    with pytest.raises(UserError) as caught:
        studies.chosen(asked, ["othr", "other", "sintetic", "othr"])
    assert [(one.found, one.do) for one in caught.value.problems] == [
        ("othr", "Did you mean 'other'?"),
        ("sintetic", "Did you mean 'synthetic'?"),
    ]


def test_study_without_folder_or_sources_lacks_them(asked, project):
    """What it lacks and what to do; a study that has both, or is simulated, lacks nothing."""
    assert studies.lacking(asked, "synthetic") is None
    assert studies.lacking(asked, "other").file == "data/raw/other"
    without = asked.model_copy(deep=True)
    without.engagements["synthetic"] = without.engagements["synthetic"].model_copy(update={"sources": {}})
    assert studies.lacking(without, "synthetic").column == "engagements.synthetic.sources"
    content = settings(project)
    content["engagements"]["other"]["synthetic"] = True
    content["simulations"] = {"other": {"people": 60, "weeks": 8, "seed": 1}}
    settle(project, content)
    assert studies.lacking(params.read(), "other") is None

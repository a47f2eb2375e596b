"""What the tests share: repeatable hypothesis runs, a project folder of their own, one complete synthetic engagement."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import hypothesis
import pytest
import simulated
import synthetic

import pipeline  # noqa: F401  keeps out a package that is slow to load, here as in a run
from kithwork import params, simulation, store
from kithwork.tables import CLAIMING, TABLES

for profile, examples in (("whole", 30), ("quick", 8)):
    hypothesis.settings.register_profile(
        profile,
        derandomize=True,
        deadline=None,
        max_examples=examples,
        database=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
    )
hypothesis.settings.load_profile("whole")


def enter(root: Path, patch: pytest.MonkeyPatch) -> Path:
    """Makes `root` the project folder, with a key file of its own beside it."""
    patch.setattr(params, "ROOT", root)
    patch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(root)))
    return root


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder that `store` and `params` take for theirs."""
    return enter(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """The complete synthetic engagement, run through all seven chapters once.

    `root` the project folder, `rows` the raw rows, `tables` every saved table, `claims`, `released`, `facts`, `found` (the
    findings), `made` (the sections), `document` (the page), and `outside` (tables of the market before the gate).
    """
    root = tmp_path_factory.mktemp("full")
    rows = synthetic.tables()
    with pytest.MonkeyPatch.context() as patch:
        enter(root, patch)
        synthetic.build(root, rows, synthetic.SIGNS, people={"most_segments": 2})
        report = synthetic.run_chapters()["7_report"]
        loaded = {name: store.load(name, "synthetic") for name in TABLES if name != "claims"}
        by_stage = {stage: store.load("claims", "synthetic", stage) for stage in CLAIMING}
    names = ("settings", "claims", "released", "outside", "facts", "found", "made", "document")
    return SimpleNamespace(root=root, rows=rows, tables=loaded, by_stage=by_stage, **{name: report[name] for name in names})


@pytest.fixture(scope="session")
def world():
    """A small simulated organisation under the usual knobs."""
    return simulation.simulate(120, 12, 5)


@pytest.fixture(scope="session")
def crowd() -> SimpleNamespace:
    """A `world` large enough for shares, 1500 people and 26 weeks, with its `contacts`."""
    world = simulation.simulate(1500, 26, 3)
    return SimpleNamespace(world=world, contacts=simulated.contacts(world))


@pytest.fixture(scope="session")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A simulated client's files with five times the usual dirt."""
    return simulated.written(tmp_path_factory.mktemp("dirty"), 150, 10, 11, dirt=5)


@pytest.fixture(scope="session")
def spotless(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A simulated client's files without any dirt."""
    return simulated.written(tmp_path_factory.mktemp("spotless"), 60, 8, 11, dirt=0)

"""A study published as people do it: through the real audit and the real linter, and opened in a browser."""

from __future__ import annotations

from pathlib import Path

import looks
import pytest
from conftest import enter
from typer.testing import CliRunner

from kithwork.cli import app

from .conftest import Visits

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folders(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each edition of the complete synthetic engagement."""
    shared = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patch:
        enter(site.parent, patch)
        for edition in ("public", "sponsor", "confidential"):
            words = ["publish", "synthetic", "--edition", edition, "--to", str(shared / edition)]
            done = CliRunner().invoke(app, words)
            assert done.exit_code == 0, done.output
    return shared


@pytest.mark.parametrize("edition", ["public", "sponsor", "confidential"])
def test_every_page_of_a_published_folder_is_for_everybody(browser, folders, edition):
    """Each page loads without a fault or a request, and axe-core finds nothing."""
    there = folders / edition
    visits = Visits(browser, there)
    for path in sorted(there.rglob("*.html")):
        one = visits.visit(path.relative_to(there).as_posix())
        assert looks.axe(one.page) == [], path
        assert one.faults == [], path
        one.page.context.close()

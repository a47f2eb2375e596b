"""JupyterLab as `make lab` opens it: every notebook opens unchanged and runs to its end, and nothing leaves the machine."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from types import SimpleNamespace

import labs
import nbformat
import pytest
import synthetic
from playwright.sync_api import Browser

from kithwork.pages import rendering

pytestmark = pytest.mark.slow

EXPLORE = sorted(f"explore/{path.stem}" for path in (synthetic.HOME / "notebooks" / "explore").glob("[a-z]*.ipynb"))
BOOKS = (*rendering.STEMS.values(), *EXPLORE)


@pytest.fixture(scope="module")
def lab(full: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[labs.Lab]:
    """Lab on a copy of the complete synthetic engagement, with all notebooks, each told to read that study."""
    place = tmp_path_factory.mktemp("lab")
    root = place / "a study"
    shutil.copytree(full.root, root)
    for name in BOOKS:
        text = (synthetic.HOME / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")
        path = root / "notebooks" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace('engagement = \\"aarhus\\"', 'engagement = \\"synthetic\\"'), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KITHWORK_KEY_FILE", str(synthetic.key(full.root)))
        with labs.running(root, place) as running:
            yield running


@pytest.mark.parametrize("name", BOOKS)
def test_it_opens_unchanged_and_runs_all_cells(name, lab: labs.Lab, browser: Browser):
    """Open, it does not count as changed, asks nothing, and has this environment's kernel, whatever kernels its user left
    about; run, no cell fails; saved, it tells nothing of this machine. No error in the console, and no request outside."""
    book, seen = f"notebooks/{name}.ipynb", len(lab.faults)
    page, _ = lab.opened(browser, book)
    page.wait_for_timeout(1000)
    assert page.locator(".lm-TabBar-tab.jp-mod-dirty").count() == 0
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0
    assert page.locator(".jp-NotebookPanel-toolbar .jp-KernelName").inner_text().strip() == "Python 3 (ipykernel)"
    saved = lab.run(page, book)
    page.context.close()
    assert labs.errors(saved) == []
    assert all(cell.execution_count for cell in saved.cells if cell.cell_type == "code")
    assert saved.metadata.language_info == {"name": "python"}
    assert lab.faults[seen:] == []
    assert lab.outside() == []


def test_what_was_not_made_says_what_to_do(lab: labs.Lab, browser: Browser):
    """A table whose chapter was not run: one line with the command, and no traceback, where the analyst stands."""
    path = lab.root / "notebooks" / "explore" / "mine.ipynb"
    source = 'import kithwork\n\nengagement = "synthetic"\nkithwork.load("ties")'
    cells = [nbformat.v4.new_code_cell(source)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}}), path)
    made = lab.root / "data" / "ties" / "synthetic" / "ties.parquet"
    away = made.rename(made.with_name("away"))
    page, _ = lab.opened(browser, "notebooks/explore/mine.ipynb")
    lab.run(page, "notebooks/explore/mine.ipynb")
    told = page.locator(".jp-OutputArea-output").inner_text()
    page.context.close()
    away.rename(made)
    assert told.startswith("kithwork stopped: data/ties/synthetic/ties.parquet: is not there yet")
    assert "dvc repro ties@synthetic" in told
    assert "Traceback" not in told


def test_names_are_completed_where_the_analyst_types(lab: labs.Lab, browser: Browser):
    """Tab after `kithwork.load("tie` offers the table's name, and Enter writes it."""
    path = lab.root / "notebooks" / "explore" / "typing.ipynb"
    cells = [nbformat.v4.new_code_cell("import kithwork"), nbformat.v4.new_code_cell('kithwork.load("tie')]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}}), path)
    page, _ = lab.opened(browser, "notebooks/explore/typing.ipynb")
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Shift+Enter")
    page.wait_for_selector('.jp-CodeCell .jp-InputPrompt:has-text("[1]:")', timeout=labs.READY * 1000)
    page.locator(".jp-CodeCell .cm-content").last.click()
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    page.wait_for_selector('.jp-Completer-item:has-text("ties")', timeout=labs.READY * 1000)
    page.keyboard.press("Enter")
    page.wait_for_selector('.jp-CodeCell .cm-content:has-text("ties")', timeout=labs.READY * 1000)
    page.context.close()

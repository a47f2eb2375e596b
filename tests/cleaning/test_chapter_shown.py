"""What the first chapter shows on its published page: no file by its name, and of people who opted out nothing."""

from __future__ import annotations

import ast
import io
import json
from contextlib import redirect_stdout
from types import SimpleNamespace

import matplotlib as mpl
import pytest
import synthetic
from conftest import enter
from matplotlib.text import Text

mpl.use("agg")

pytestmark = pytest.mark.slow


def words(value: object) -> str:
    """What a cell shows, as text: a table as HTML, a figure by the words in it."""
    if hasattr(value, "findobj"):
        return " ".join(text.get_text() for text in value.findobj(Text))
    return value.to_html() if hasattr(value, "to_html") else str(value)


def run(cells: list[dict]) -> dict[str, str]:
    """What each cell of code shows, by its id."""
    space, found = {"engagement": "synthetic"}, {}
    for cell in cells:
        if cell["cell_type"] != "code" or cell["metadata"].get("tags"):
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        with redirect_stdout(io.StringIO()) as printed:
            exec(compile(ast.Module(body, []), cell["id"], "exec"), space)
            value = eval(compile(ast.Expression(last.value), cell["id"], "eval"), space) if last else None
        found[cell["id"]] = printed.getvalue() + ("" if value is None else words(value))
    return found


@pytest.fixture(scope="module")
def chapter(tmp_path_factory) -> SimpleNamespace:
    """The chapter of forty people, one of whom opted out, with recorded contact in two files that bear names."""
    root, rows = tmp_path_factory.mktemp("chapter"), synthetic.tables()
    brought = {"staff": rows["staff"], "z.clara.smith": rows["interactions"][:20], "adam.jones": rows["interactions"][20:]}
    brought["left"] = [{"person": synthetic.person(3), "scope": "named"}]
    sources = {
        "staff": {"file": "staff.csv"},
        "interactions": [{"file": "z.clara.smith.csv"}, {"file": "adam.jones.csv"}],
        "opt_outs": {"file": "left.csv"},
    }
    notebook = json.loads((synthetic.HOME / "notebooks" / "1_clean.ipynb").read_text(encoding="utf-8"))
    with pytest.MonkeyPatch.context() as patch:
        enter(root, patch)
        synthetic.build(root, brought, synthetic.DERIVED_SIGNS, engagement={"sources": sources})
        return SimpleNamespace(shown=run(notebook["cells"]))


def test_no_file_is_called_by_its_name(chapter):
    """A mailbox is often called by its owner: pages say the source and which of its files, in the order of params.yaml."""
    page = " ".join(chapter.shown.values())
    assert "smith" not in page
    assert "jones" not in page
    assert ".csv" not in page
    for cell in ("1_clean-06", "1_clean-10", "1_clean-36"):
        first, second = (chapter.shown[cell].index(f"interactions, file {number} of 2") for number in (1, 2))
        assert first < second, cell


def test_nobody_learns_how_many_opted_out(chapter):
    """The list has no row among what was read, and the sums leave it out."""
    assert "opt_outs" not in chapter.shown["1_clean-36"]
    rows = len(synthetic.tables()["staff"]) + len(synthetic.tables()["interactions"])
    assert f"{rows:,} rows in" in chapter.shown["1_clean-42"]

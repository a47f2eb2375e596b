"""The page lists every result and every goal missed, by theme, and says what is not known by name."""

from __future__ import annotations

import io

from rich.console import Console

from benchmarks import __main__ as command
from benchmarks import page, published, themes, version


def printed(results) -> str:
    """The page as it is printed, on one endless line a row."""
    console = Console(width=400, record=True, file=io.StringIO())
    for part in page.parts(results):
        console.print(part)
    return console.export_text()


def test_every_result_and_every_missed_goal_is_listed():
    """Each benchmark by its command, each missed goal by its benchmark and figure, and the sums."""
    results = published.results()
    text = printed(results)
    for name, one in results.items():
        assert f"make bench-{name} " in text
        for figure in one.missed:
            assert f"{name}: {figure.name}: " in text
    assert f"{len(results)} benchmarks, " in text


def test_every_figure_has_a_row():
    """With what it measured and its goal."""
    one = published.results()["contact"]
    text = printed({"contact": one})
    for figure in one.figures:
        [row] = [line for line in text.splitlines() if line.strip().startswith(figure.name + "  ")]
        assert f"{figure.measured:.3g} {figure.unit}" in row
        assert figure.goal_told in row


def test_no_benchmark_is_left_out_for_want_of_a_theme():
    """One that no theme names is listed last; all that themes name have a file or a result to come."""
    listed = themes.by_theme(["network", "unheard"])
    assert listed == {"Graphs": ["network"], themes.OTHERS: ["unheard"]}
    named = [name for held in themes.THEMES.values() for name in held]
    assert len(named) == len(set(named))
    assert all((version.FOLDER / f"{name}.py").is_file() for name in named)


def test_a_benchmark_that_was_never_measured_is_told(capsys):
    """With those that were."""
    assert command.main(["nothing"]) == 1
    told = capsys.readouterr().err
    assert "never measured: nothing" in told
    assert "contact" in told
    assert command.main(["contact"]) == 0

"""Names of tables, studies and sections are completed between the quotes of a call, as Lab asks for completions."""

from __future__ import annotations

import pytest
import synthetic
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import kithwork
from kithwork.desk import completing
from kithwork.tables import CLAIMING, TABLES


@pytest.fixture(scope="module")
def shell() -> InteractiveShell:
    """A shell that was told, twice, as when the package is loaded anew."""
    one = InteractiveShell()
    for _ in range(2):
        completing.announce(one)
    one.user_ns["kithwork"] = kithwork
    return one


def offered(shell: InteractiveShell, text: str) -> list[str]:
    """What a kernel answers when Lab asks at the end of this text."""
    with provisionalcompleter():
        return [one.text for one in shell.Completer.completions(text, len(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('kithwork.load("tie', ["ties"]),
        ("rows = kithwork.load('tie", ["ties"]),
        ('kithwork.load("', list(TABLES)),
        ('kithwork.load("claims", "aarhus", "', list(CLAIMING)),
        ('kithwork.load("claims", stage="v', ["values"]),
        ('kithwork.section("portf', ["portfolio"]),
        ('kithwork.codebook("nomi', ["nominations"]),
    ],
)
def test_names_come_between_the_quotes(text, names, shell):
    """Each argument is offered what it takes, and nothing else."""
    assert sorted(offered(shell, text)) == sorted(names)


@pytest.mark.parametrize("text", ['kithwork.load("ties", "', 'kithwork.load("ties", study="', 'kithwork.findings("'])
def test_studies_are_those_of_the_settings(text, shell, project):
    """Those that params.yaml names; without one that can be read none, and no error."""
    synthetic.build(project, {}, synthetic.SIGNS)
    assert offered(shell, text) == ["synthetic"]
    (project / "params.yaml").write_text("engagements: {", encoding="utf-8")
    assert "synthetic" not in offered(shell, text)


@pytest.mark.parametrize(
    "text", ['other.load("tie', 'kithwork.load("ties").query("tie', "kithwork.load(tie", 'kithwork.nothing("']
)
def test_elsewhere_nothing_is_offered(text):
    """Not in other calls, nor outside quotes, nor in what follows a call."""
    assert completing._fitting(text) == []


def test_what_the_package_offers_is_completed(shell):
    """`kithwork.` offers what may be reached in one word, and none of its tools."""
    assert set(kithwork.REACHED) <= {name.lstrip(".") for name in offered(shell, "kithwork.")}
    assert not {"importlib", "sys", "Any"} & set(dir(kithwork))


def test_a_shell_told_twice_asks_once(shell):
    """Loading the package anew, as autoreload does, adds no second matcher."""
    assert len(shell.Completer.custom_matchers) == 1

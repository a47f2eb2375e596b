"""environment.yml holds what the lock holds, under conda's names: as the command writes it, and nothing is left out."""

from __future__ import annotations

import tomllib

import pytest
import yaml
from synthetic import HOME

from pipeline import environment

PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = """\
one==1.0 \\
    --hash=sha256:00
two[extra]==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:00
two==2.5 ; python_full_version >= '3.12' \\
    --hash=sha256:00
three==3 ; sys_platform == 'darwin' \\
    --hash=sha256:00
"""


def test_file_is_what_the_command_writes():
    """`make environment` was run after the last change of the lock or of pyproject.toml."""
    assert (HOME / "environment.yml").read_text(encoding="utf-8") == environment.text()


def test_all_that_is_asked_for_is_there_once():
    """Each direct dependency has one line with one version, by conda or by pip, and Python one in the project's range."""
    lines = yaml.safe_load(environment.text())["dependencies"]
    [by_pip] = [line["pip"] for line in lines if isinstance(line, dict)]
    pinned = [line for line in [*lines, *by_pip] if isinstance(line, str) and "==" in line]
    extras = [one for extra in environment.EXTRAS for one in PROJECT["optional-dependencies"][extra]]
    assert len(pinned) == len({line.split("==")[0] for line in pinned}) == len({*PROJECT["dependencies"], *extras})
    assert lines[0] == f"python={environment.PYTHON}"
    assert by_pip[-1] == "-e ."


def test_version_is_the_one_for_this_python():
    """Of two that depend on Python's version the one that fits; what depends on the system is taken."""
    assert environment.pins(LOCK) == {"one": "1.0", "two": "2.0", "three": "3"}


def test_what_is_not_locked_is_told(monkeypatch, project):
    """A dependency that was added without a new lock."""
    (project / "requirements.lock").write_text(LOCK, encoding="utf-8")
    (project / "pyproject.toml").write_text(
        '[project]\ndependencies = ["four>=4"]\noptional-dependencies = {dev = [], examples = []}\n', encoding="utf-8"
    )
    with pytest.raises(KeyError, match="four"):
        environment.text()


def test_names_of_other_channels_are_of_what_is_asked_for():
    """No name is mapped, or left to pip, that nothing asks for."""
    asked = " ".join([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"], "onadata"])
    assert all(name in asked for name in [*environment.CONDA, *environment.BY_PIP])

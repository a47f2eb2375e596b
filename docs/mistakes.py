"""Common mistakes and their remedies: the list whose messages the tests hold to the program."""

from __future__ import annotations

from pathlib import Path

from kithwork import yamlfile

LIST = Path(__file__).parent / "mistakes.yaml"


def mistakes() -> list[dict[str, str]]:
    """Each mistake: `name`, `title`, `when` it happens, the `message` told, and the `remedy`."""
    return yamlfile.read(LIST, "docs/mistakes.yaml")

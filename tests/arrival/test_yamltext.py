"""Single values of a YAML text are changed, and every other byte stays: comments, order, spaces, line ends."""

from __future__ import annotations

import pytest
import synthetic
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kithwork.arrival import yamltext

TEXT = (synthetic.HOME / "params.yaml").read_text(encoding="utf-8")


def added(before: str, after: str) -> list[str]:
    """The lines that were added, if all others stand as they stood."""
    lines, found = before.splitlines(keepends=True), []
    for line in after.splitlines(keepends=True):
        if lines and line == lines[0]:
            lines.pop(0)
        else:
            found.append(line)
    assert not lines
    return found


def test_new_key_follows_the_last_and_changes_nothing_else():
    """An entry more stands below the last one, before what follows in the file."""
    after = yamltext.put(TEXT, ("engagements", "acme"), ["", "  title: Acme"], ["", "# new"])
    assert sorted(added(TEXT, after)) == sorted(["\n", "  # new\n", "  acme:\n", "    title: Acme\n"])
    assert list(yaml.safe_load(after)["engagements"]) == [*yaml.safe_load(TEXT)["engagements"], "acme"]


def test_replaced_value_keeps_the_comment_on_its_line():
    """What stands behind the colon changes; the comment behind it does not."""
    after = yamltext.put(TEXT, ("clean", "bad_rows"), ["quarantine"])
    [line] = [line for line in after.splitlines() if line.startswith("  bad_rows: quarantine  ")]
    assert line.partition("#")[2] in TEXT
    assert yaml.safe_load(after)["clean"]["bad_rows"] == "quarantine"


IN_BRACES = "{file: a, columns: {x: y}} # why"
IN_A_BLOCK = "\n      file: a # why\n      columns:\n        x: y"
IN_A_LIST = "\n      - file: a # why\n        columns: {x: y}"


@pytest.mark.parametrize("value", [IN_BRACES, IN_A_BLOCK, IN_A_LIST])
def test_item_joins_what_is_there_in_any_form(value):
    """One file in braces, one in a block, or a list: the next follows it, and its comments stay."""
    text = f"a:\n  b:\n    staff: {value}\n    other: 1 # last\n".replace("staff: \n", "staff:\n")
    after = yamltext.with_item(text, ("a", "b", "staff"), ["file: z"])
    assert yaml.safe_load(after)["a"]["b"] == {"staff": [{"file": "a", "columns": {"x": "y"}}, {"file": "z"}], "other": 1}
    assert after.count("# why") == after.count("# last") == 1


def test_windows_line_ends_stay():
    """A file that a Windows editor saved keeps its line ends, new lines with them."""
    after = yamltext.put(TEXT.replace("\n", "\r\n"), ("engagements", "acme"), ["", "  title: Acme"])
    assert after.count("\n") == after.count("\r\n") == TEXT.count("\n") + 2


def test_file_without_a_last_line_end_is_added_to():
    """The last line is ended first."""
    assert yamltext.put("a:\n  b: 1", ("a", "c"), ["2"]) == "a:\n  b: 1\n  c: 2\n"


def test_mapping_in_braces_cannot_be_added_to():
    """Said by an error of its own, for a message with what to do."""
    with pytest.raises(yamltext.CannotBePlacedError):
        yamltext.put("a: {b: 1}\n", ("a", "c"), ["2"])


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


@given(st.dictionaries(NAMES, NAMES, min_size=1, max_size=4))
def test_any_words_are_written_as_they_are(columns):
    """Whatever headings a client has, they come back from the file as they were, and nothing else changed."""
    value = {"file": "a.csv", "columns": columns}
    after = yamltext.put(TEXT, ("engagements", "aarhus", "sources", "comments"), yamltext.written(value))
    assert yaml.safe_load(after)["engagements"]["aarhus"]["sources"]["comments"] == value
    added(TEXT, after)

"""What differs between two versions of what a stage reads, in words for whoever changed it."""

from __future__ import annotations

from pipeline import wording

READ = {
    "settings": {
        "change": {"starters": 12, "heed": {"personal": 1.0}},
        "engagement.sources": {"staff": [{"file": "a.csv"}]},
    },
    "code": {"src/kithwork/ties/kinds.py": "1", "src/kithwork/store.py": "1", "requirements.lock": "1"},
}


def test_same_inputs_need_no_words():
    """Nothing is told of what did not change."""
    assert wording.of_inputs(READ, READ, "acme") == []


def test_settings_are_named_as_params_yaml_names_them():
    """The full name with what was and is; those of the study under its own name, a source's only file without a number."""
    now = {"change": {"starters": 15, "heed": {"personal": 1.0}}, "engagement.sources": {"staff": [{"file": "b.csv"}]}}
    assert wording.of_settings(READ["settings"], now, "acme") == [
        "params.yaml: change.starters 12 → 15",
        "params.yaml: engagements.acme.sources.staff.file a.csv → b.csv",
    ]


def test_settings_that_come_and_go_are_told():
    """A setting that only one of the two has is new, or gone with what it was; a long one is cut."""
    was, now = {"ties": {"draws": 100, "word": None}}, {"ties": {"word": "x" * 60, "seed": 7.0}}
    assert list(wording.settings_apart(was, now, "acme")) == [
        "ties.draws is gone (was 100)",
        "ties.seed is new (7)",
        f"ties.word nothing → {'x' * 39}…",
    ]


def test_settings_of_several_files_are_told_by_their_number():
    """The second file of a source is 2."""
    files = [{"file": "a.csv"}, {"file": "b.csv"}]
    was, now = ({"engagement.sources": {"staff": two}} for two in (files, [files[0], {"file": "c.csv"}]))
    assert list(wording.settings_apart(was, now, "acme")) == ["engagements.acme.sources.staff.2.file b.csv → c.csv"]


def test_code_is_one_line_however_many_files():
    """Files of the package by their place in it, of more than three how many; other files each for themselves."""
    some = READ["code"] | {"src/kithwork/ties/kinds.py": "2", "requirements.lock": "2"}
    assert wording.of_code(READ["code"], some) == ["the code of ties/kinds.py changed", "requirements.lock changed"]
    two = READ["code"] | {"src/kithwork/ties/kinds.py": "2", "src/kithwork/store.py": "2"}
    assert wording.of_code(READ["code"], two) == ["the code of store.py and ties/kinds.py changed"]
    many = {f"src/kithwork/{name}.py": "1" for name in "abcde"}
    assert wording.of_code({}, many) == ["the code of a.py, b.py, c.py and 2 more files changed"]

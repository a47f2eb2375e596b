"""A small part of `make bench-fuzz`: damaged files give rows that add up, or one error; hostile archives are refused."""

from __future__ import annotations

from random import Random

import pytest
import samples

from benchmarks import archives, fuzz, mutations

INPUTS = 60


@pytest.mark.slow
@pytest.mark.parametrize("reader", samples.SAMPLED)
def test_damaged_files_give_rows_or_one_error(reader):
    """No traceback, and rows in are rows kept and refused."""
    found = {number: fuzz.tried((reader, number)) for number in range(INPUTS)}
    wrong = {number: outcome for number, outcome in found.items() if outcome[0] not in (fuzz.ROWS, fuzz.REFUSED)}
    assert not wrong, f"again with: python -m benchmarks.fuzz {reader} {next(iter(wrong))}"
    assert fuzz.ROWS in {kind for kind, _ in found.values()}


@pytest.mark.parametrize("reader", [one for one in samples.SAMPLED if fuzz.of_archives(one)])
def test_hostile_archives_are_refused_by_name(reader):
    """Every sort of them."""
    assert [wrong for wrong in archives.HOSTILE if not fuzz.turned_away(reader, wrong)] == []


def test_same_dice_give_the_same_damage():
    """An input is known by its number, and most damage shows."""
    folder = {"a.json": b'{"a": [1, 2], "b": "x"}', "b.csv": b"ego,alter\nanna,bo\n"}
    for content in (*folder.values(), folder, archives.packed(folder)):
        found = [mutations.damaged(content, list(folder.values()), Random(number)) for number in range(50)]
        assert found == [mutations.damaged(content, list(folder.values()), Random(number)) for number in range(50)]
        assert sum(one != content for one in found) > 40


def test_every_hostile_archive_can_be_made():
    """From members of any name and size."""
    sound = {"users.json": b"[]" * 50, "general/2026-09-07.json": b"[1]" * 50}
    made = {name: make(sound) for name, make in archives.HOSTILE.items()}
    assert all(content.startswith(b"PK\x03\x04") for content in made.values())
    assert len(set(made.values())) == len(made)


@pytest.mark.parametrize(
    ("told", "kind"),
    [(ValueError("Secret"), fuzz.TRACEBACK), (fuzz.UserError([]), fuzz.REFUSED), ("a row is lost", fuzz.UNEVEN)],
)
def test_outcomes_are_told_apart(monkeypatch, told, kind):
    """A traceback is told by its type and place, not by what was read."""

    def attempt(reader: str, number: int) -> str:
        if isinstance(told, Exception):
            raise told
        return told

    monkeypatch.setattr(fuzz, "attempt", attempt)
    found = fuzz.tried(("csvfile", 1))
    assert found[0] == kind
    assert "Secret" not in found[1]


def test_slow_is_what_is_slow_again(monkeypatch):
    """A task that only met a busy machine counts as what it gave alone; one that hangs stays slow."""
    rounds = iter(
        [{"busy": fuzz.SLOW, "hangs": fuzz.SLOW, "quick": (fuzz.ROWS, "")}, {"busy": (fuzz.ROWS, ""), "hangs": fuzz.SLOW}]
    )

    def watched(_do, tasks, *_):
        answers = next(rounds)
        return [(task, answers[task]) for task in tasks]

    monkeypatch.setattr(fuzz, "watched", watched)
    found = {task: kind for task, (kind, _) in fuzz.outcomes(["busy", "hangs", "quick"])}
    assert found == {"busy": fuzz.ROWS, "hangs": fuzz.SLOW, "quick": fuzz.ROWS}

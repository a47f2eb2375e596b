"""What may be asked of a simulation, and what it may write over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork import simulation
from kithwork.errors import UserError
from kithwork.simulation import files, recipe, tables
from kithwork.simulation.knobs import Knobs
from kithwork.simulation.truth import README


def test_knobs_by_name():
    """Those named are set, the rest are as usual."""
    assert recipe.knobs(["homophily=1.5", "segments=2"]) == Knobs(homophily=1.5, segments=2)
    assert recipe.knobs([]) == Knobs()


@pytest.mark.parametrize(
    ("setting", "remedy"),
    [
        ("homofily=1", "Did you mean 'homophily'?"),
        ("contagon=0", "Did you mean 'contagion'?"),
    ],
)
def test_a_misspelt_knob_is_answered_with_the_nearest(setting, remedy):
    """The message names the knob meant, and how to write it."""
    with pytest.raises(UserError, match="is not a knob") as raised:
        recipe.knobs([setting])
    assert remedy in str(raised.value)
    assert "name=value" in str(raised.value)


@pytest.mark.parametrize("setting", ["dirt", "dirt="])
def test_a_knob_without_a_value_is_told_so(setting):
    """The name is right: only the value is missing."""
    with pytest.raises(UserError, match=r"has no value\. Write it as dirt=value"):
        recipe.knobs([setting])


@pytest.mark.parametrize("value", ["-0.1", "2.1", "nan", "much", "", "inf"])
def test_a_value_out_of_range_names_its_knob(value):
    """Above, below, not a number, or no number: one message that names knob and value."""
    with pytest.raises(UserError) as raised:
        recipe.knobs([f"homophily={value}"])
    assert "--knob homophily" in str(raised.value)
    assert len(raised.value.problems) == 1


def test_all_wrong_values_are_named_at_once():
    """Two knobs out of range are two problems in one error."""
    with pytest.raises(UserError) as raised:
        recipe.knobs(["homophily=9", "segments=2.5"])
    assert len(raised.value.problems) == 2


@given(st.integers(-5, 2_000_000), st.integers(-5, 1000), st.integers(-5, 2**64))
def test_sizes_are_checked(people, weeks, seed):
    """Whatever is out of range is named, each option for itself; what is within passes."""
    wrong = [
        name
        for name, value, low, high in (
            ("--people", people, simulation.FEWEST_PEOPLE, recipe.MOST_PEOPLE),
            ("--weeks", weeks, simulation.FEWEST_WEEKS, recipe.MOST_WEEKS),
            ("--seed", seed, 0, 2**63),
        )
        if not low <= value <= high
    ]
    if not wrong:
        recipe.check(people, weeks, seed)
        return
    with pytest.raises(UserError) as raised:
        recipe.check(people, weeks, seed)
    assert [problem.column for problem in raised.value.problems] == wrong


def test_room_is_made_where_there_is_nothing(tmp_path):
    """A folder that is not there, an empty one, and one of empty folders are marked; a second time changes nothing."""
    (tmp_path / "empty" / "truth").mkdir(parents=True)
    for name in ("new", "empty", "new", "empty"):
        recipe.make_room(tmp_path / name)
        assert [path.name for path in (tmp_path / name).rglob("*") if path.is_file()] == ["README.txt"]


@pytest.mark.parametrize("form", [files, tables])
def test_a_simulation_is_written_over(form, tmp_path):
    """Every file of an earlier one is gone, whichever form it had: none of it is left beside the new one."""
    out = tmp_path / "out"
    form.write(simulation.simulate(20, 8, 1), out)
    recipe.make_room(out)
    assert [path.name for path in out.rglob("*") if path.is_file()] == ["README.txt"]


@pytest.mark.parametrize("name", ["thesis.docx", "truth/thesis.docx", "data/mail.csv"])
def test_a_folder_with_anything_else_is_refused_and_kept(name, tmp_path):
    """A simulation to which somebody added a file is refused, and the file is named and stays, as all else does."""
    (tmp_path / "truth").mkdir()
    (tmp_path / "README.txt").write_text(README, encoding="utf-8")
    (tmp_path / "mail.csv").write_text("Received\n")
    other = tmp_path / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("mine")
    with pytest.raises(UserError, match="holds something else") as raised:
        recipe.make_room(tmp_path)
    assert other.name in str(raised.value)
    assert other.read_text() == "mine"
    assert (tmp_path / "mail.csv").exists()


@pytest.mark.parametrize("readme", [None, "mine", README[:100], "mine\n" + README])
def test_a_folder_that_is_no_simulation_is_refused_and_kept(readme, tmp_path):
    """Without the first line that a simulation's README has, to the letter, nothing is deleted."""
    (tmp_path / "mail.csv").write_text("mine")
    if readme is not None:
        (tmp_path / "README.txt").write_text(readme, encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(UserError, match="holds something else"):
        recipe.make_room(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_file_is_no_folder(tmp_path):
    """A file where the folder should be is refused and kept."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(UserError, match="is a file"):
        recipe.make_room(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "mine"


def test_a_link_is_not_followed(tmp_path):
    """What a link in the folder leads to is elsewhere: nothing is written there, and nothing deleted."""
    files.write(simulation.simulate(20, 8, 1), tmp_path / "one")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "README.txt").write_text(README, encoding="utf-8")
    (tmp_path / "two" / "truth").symlink_to(tmp_path / "one" / "truth")
    with pytest.raises(UserError, match="holds something else"):
        recipe.make_room(tmp_path / "two")
    assert (tmp_path / "one" / "truth" / "people.csv").exists()


def test_every_knob_is_listed_with_its_range():
    """One line each: name, usual value, lowest, highest, meaning with unit."""
    lines = recipe.listed()
    assert [line.split()[0] for line in lines] == list(Knobs.model_fields)
    for line, (name, field) in zip(lines, Knobs.model_fields.items(), strict=True):
        _, usual, low, to, high, *meaning = line.split()
        assert (float(usual), to) == (field.default, "to")
        assert float(low) <= float(usual) <= float(high)
        assert ";" in " ".join(meaning), f"{name} has no unit"
        Knobs(**{name: float(low) if name != "segments" else int(low)})
        Knobs(**{name: float(high) if name != "segments" else int(high)})

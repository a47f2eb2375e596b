"""The attack works out what was left unprotected, to the truth planted, and nothing of what the gate lets through."""

from __future__ import annotations

import pandas as pd
import pytest
from audited import measure, page
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim

from kithwork.audit import attack, pairs
from kithwork.audit.bounds import Cell, bounds
from kithwork.audit.measures import families, measures
from kithwork.audit.published import Study
from kithwork.release import release
from kithwork.tables import CLAIMS

KINDS = ("personal", "functional", "strategic")


def figures(*rows: dict) -> pd.DataFrame:
    """These claims as a study's page publishes them."""
    return Study("acme", [page(*rows)]).figures


def parted(name: str, groups: dict[str, tuple[int, float]], show: set[str], **changes) -> list[dict]:
    """A measure whose whole is the mean over its groups, of which some are shown, rounded as the gate does."""
    people = sum(n for n, _ in groups.values())
    mean = sum(n * figure for n, figure in groups.values()) / people
    rounded = {group: (n, round(figure, 2)) for group, (n, figure) in groups.items() if group in show}
    return measure(name, (people, round(mean, 2)), rounded, unit="index", **changes)


@given(st.floats(-1, 1), st.integers(1, 4), st.lists(st.integers(5, 30), min_size=1, max_size=5))
def test_one_group_left_out_is_worked_out(truth, people, sizes):
    """The whole and all groups but one of one to four people give that one's mean, within the slack of rounding."""
    groups = {f"G{i}": (size, 0.1 * i) for i, size in enumerate(sizes)} | {"small": (people, truth)}
    rows = figures(*parted("values.x", groups, set(groups) - {"small"}))
    [fault], _ = attack.attacks(rows, 5, {})
    one = measures(rows, {})["values.x"]
    low, high = one.rest()
    assert fault.check == attack.LEFT
    assert low / people - 1e-9 <= truth <= high / people + 1e-9
    assert (high - low) / people <= 0.01 * (2 * sum(sizes) + people) / people + 1e-9


@given(st.dictionaries(st.sampled_from("ABCDEFGHIJ"), st.integers(1, 20), min_size=2), st.integers(5, 9))
def test_what_the_gate_lets_through_is_safe(sizes, smallest):
    """Of random groups released by the gate nothing about too few can be worked out, with the data at hand or without."""
    groups = {group: (n, 10.0 * at) for at, (group, n) in enumerate(sizes.items())}
    people = sum(sizes.values())
    if people < smallest:
        return
    mean = sum(n * figure for n, figure in groups.values()) / people
    rows = [row for kind in KINDS for row in measure(f"people.share_{kind}", (people, mean), groups)]
    released = release(pd.DataFrame(rows, columns=list(CLAIMS.columns)), smallest).claims
    shown = figures(*(row.where(row.notna(), None).to_dict() for _, row in released.astype(object).iterrows()))
    hidden = {f"people.share_{kind}": dict(sizes) for kind in KINDS}
    assert attack.attacks(shown, smallest, hidden)[0] == attack.attacks(shown, smallest, {})[0] == []


def composition(show: dict[str, set[str]]) -> list[dict]:
    """Shares of three kinds, of groups of which each kind shows some: Delta's is 62, 30 and 8%."""
    sizes = {"Alpha": 20, "Beta": 10, "Gamma": 6, "Delta": 4, "Echo": 3}
    shares = {
        "Alpha": (20, 50, 30),
        "Beta": (30, 60, 10),
        "Gamma": (10, 80, 10),
        "Delta": (62, 30, 8),
        "Echo": (40, 40, 20),
    }
    rows = []
    for at, kind in enumerate(KINDS):
        mean = sum(sizes[group] * shares[group][at] for group in sizes) / sum(sizes.values())
        told = {group: (sizes[group], shares[group][at]) for group in sizes if group in show[kind]}
        rows += measure(f"people.share_{kind}", (43, round(mean)), told)
    return rows


def test_a_share_that_others_tell_is_worked_out():
    """A group held back from one kind alone follows from the other two, whose shares add up with it."""
    everywhere = {"Alpha", "Beta", "Gamma", "Delta"}
    rows = figures(*composition({"personal": {"Alpha", "Beta"}, "functional": everywhere, "strategic": everywhere}))
    found = [fault for fault in attack.attacks(rows, 5, {})[0] if fault.check == attack.RELATED]
    assert len(found) == 1
    cells = measures(rows, {})
    [family] = families(cells)
    known = [Cell(one.name, group, people) for one in family for group, people in one.unseen.items()]
    delta = next(one for one in known if one.group == "Delta")
    low, high = bounds(family, known, delta)
    assert low <= 62 <= high
    assert high - low <= 4


def test_a_group_held_back_from_all_kinds_is_safe():
    """Held back from every kind, with another that covers it, its shares do not follow."""
    shown = {"Alpha", "Beta"}
    assert attack.attacks(figures(*composition(dict.fromkeys(KINDS, shown))), 5, {})[0] == []


def test_shares_that_do_not_add_up_are_no_composition():
    """Measures of one name that do not add up to 100% are attacked one by one."""
    rows = figures(
        *measure("people.share_a", (40, 50), {"A": (20, 50)}), *measure("people.share_b", (40, 40), {"A": (20, 10)})
    )
    assert [len(one) for one in families(measures(rows, {}))] == [1, 1]


def between(*names: str, people: int = 9) -> list[dict]:
    """Claims about all pairs of these groups."""
    return [
        claim("people.between", group=a, other=b, people=people, other_people=people, scope="pair", unit="times")
        for a in names for b in names if a < b
    ]  # fmt: skip


@pytest.mark.parametrize(("hidden", "told"), [(("Delta",), True), (("Delta", "Echo"), False), ((), False)])
def test_a_pair_alone_in_its_row_is_worked_out(hidden, told):
    """One group held back is told by the rows of all others; two cover each other."""
    rows = figures(*between("A", "B", "C"), *measure("ties.per_person", (40, 5), dict.fromkeys("ABC", (9, 5))))
    sizes = dict.fromkeys("ABC", 9) | dict.fromkeys(hidden, 3)
    faults, _ = pairs.attacks(rows, 5, {"people.between": sizes})
    assert bool(faults) == told


def test_rows_of_the_matrix_that_are_not_known_tell_nothing():
    """Where no group's ties are published, only the sum of all is known: one hidden group keeps its pairs."""
    assert pairs.recovered(["A", "B", "C"], ["C"], set()) == []
    assert ("A", "C") in pairs.recovered(["A", "B", "C"], ["C"], {"A", "B"})

"""The least and the greatest mean that all that is published allows a hidden group: two linear programmes, by HiGHS."""

from __future__ import annotations

from typing import NamedTuple

from kithwork.audit.measures import REST, Measure


class Cell(NamedTuple):
    """A group's figure that is not published: how many people it is about."""

    measure: str
    group: str
    people: float


def bounds(family: list[Measure], cells: list[Cell], target: Cell, *, middle: bool = False) -> tuple[float, float] | None:
    """Least and greatest mean that what is published allows a hidden cell; None where it contradicts itself.

    `middle`: with every hidden mean that adds up in the middle of what is allowed, whatever the figures are.
    """
    import numpy as np
    from scipy.optimize import linprog

    by_name = {one.name: one for one in family}
    place = {(cell.measure, cell.group): at for at, cell in enumerate(cells)}
    centre = {one.name: 100 / len(family) if len(family) > 1 else (one.low + one.high) / 2 for one in family}
    rows, tops = [], []
    for one in family:
        row = np.zeros(len(cells))
        for group, people in one.unseen.items():
            row[place[one.name, group]] = people
        low, high = one.rest()
        if middle:
            half = (high - low) / 2
            low, high = one.left * centre[one.name] - half, one.left * centre[one.name] + half
        rows += [row, -row]
        tops += [high, -low]
    for group in {cell.group for cell in cells if len(family) > 1} - {REST}:
        if not all((one.name, group) in place or group in one.shown for one in family):
            continue
        row, known, slack = np.zeros(len(cells)), 0.0, 0.0
        for one in family:
            if (one.name, group) in place:
                row[place[one.name, group]] = 1
            else:
                known += centre[one.name] if middle else one.shown[group][1]
                slack += one.slack
        rows += [row, -row]
        tops += [100 - known + slack, known - 100 + slack]
    limits = [(by_name[cell.measure].low, by_name[cell.measure].high) for cell in cells]
    cost = np.zeros(len(cells))
    cost[place[target.measure, target.group]] = 1
    ends = []
    for sign in (1, -1):
        solved = linprog(sign * cost, A_ub=np.array(rows), b_ub=np.array(tops) + 1e-9, bounds=limits, method="highs")
        if not solved.success:
            return None
        ends.append(sign * float(solved.fun))
    return ends[0], ends[1]

"""Where people stand in a picture: the same each time, those tied near one another, everybody in it."""

from __future__ import annotations

import numpy as np
import synthetic

from kithwork.network.layout import places

CLIQUES = [(i, j) for start in (0, 6) for i in range(start, start + 6) for j in range(i + 1, start + 6)]


def test_people_who_are_tied_stand_near_one_another():
    """Two groups of people all tied, with one tie between them, stand apart, at the same places each time."""
    people, ties = synthetic.staff(["A"] * 6 + ["B"] * 6), synthetic.ties([*CLIQUES, (0, 6)])
    found = places(people, ties)
    assert (found == places(people, ties)).all()
    within = np.linalg.norm(found[:6] - found[:6].mean(axis=0), axis=1).mean()
    assert within < np.linalg.norm(found[:6].mean(axis=0) - found[6:].mean(axis=0))


def test_everybody_stands_in_the_picture():
    """Who has no tie has a place too, and all places lie between 0 and 1, also of one person or of nobody."""
    for number, pairs in ((5, [(0, 1)]), (1, []), (0, [])):
        found = places(synthetic.staff(["A"] * number), synthetic.ties(pairs))
        assert found.shape == (number, 2)
        assert ((found >= 0) & (found <= 1)).all()

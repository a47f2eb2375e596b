"""What the second chapter shows on its published page before it claims anything: nothing about a few people."""

from __future__ import annotations

import ast
import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import synthetic

from kithwork.release import HELD_BACK, by_row
from kithwork.ties import told

BOOK = json.loads((synthetic.HOME / "notebooks" / "2_ties.ipynb").read_text(encoding="utf-8"))


def shown(number: str, **space: object) -> object:
    """What the cell of this number shows, its last line, where these names are known to it."""
    [source] = ["".join(cell["source"]) for cell in BOOK["cells"] if cell["id"] == f"2_ties-{number}"]
    *body, last = ast.parse(source).body
    exec(compile(ast.Module(body, []), number, "exec"), space)
    return eval(compile(ast.Expression(last.value), number, "eval"), space)


def test_no_share_of_ties_is_about_a_few():
    """Six ties with a sign, which four people could form, and six without one: the shares of both signs are held back; in
    the order of their names, so that the place of one says nothing of it."""
    signs = ["rare+usual+half"] * 6 + ["usual+half"] * 44 + ["usual"] * 44 + [""] * 6
    measured = pd.DataFrame({"signs": pd.Series(signs, dtype="str")})
    found = shown("06", measured=measured, smallest=5)
    assert dict(zip(found["sign"], found["% of ties"], strict=True)) == {"half": 50, "rare": HELD_BACK, "usual": HELD_BACK}
    assert list(found["sign"]) == sorted(found["sign"])
    assert len(shown("06", measured=measured.iloc[:0], smallest=5)) == 0


def test_what_was_learned_is_not_shown_of_a_few():
    """Neither how many they are nor how they speak; of a kind judged by enough people all is."""
    chance = SimpleNamespace(estimate=0.751)
    about = {"model": "trees", "informed": True, "sensitivity": chance, "false_reports": None}
    judged = {"personal": [*"abcd"] * 2, "functional": [*"abcdefg"] * 2}
    said = {kind: SimpleNamespace(ego=np.array(egos), **about) for kind, egos in judged.items()}
    found = shown("10", told=told, said=said, by_row=by_row, smallest=5)
    assert set(found.loc["personal"]) == {HELD_BACK}
    assert found.loc["functional"].tolist()[:4] == [7, "trees", True, 0.75]
    assert "Nobody" in shown("10", told=told, said={}, by_row=by_row, smallest=5)

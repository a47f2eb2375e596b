"""`make bench-labelled` judges on what was not seen: who is held out, what features hold, what is found of planted ties."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks import labelled, relations
from benchmarks.relations import Organisation
from kithwork.ties import accuracy


def organisation(directed: bool = True, signal: float = 3.0, people: int = 40, seed: int = 1) -> Organisation:
    """People with an office, who work together at random, and are friends the more where they do and share the office."""
    rng = np.random.default_rng(seed)
    office = rng.integers(0, 3, people)
    work, chance, other = rng.random((3, people, people))
    if not directed:
        work, chance, other = (np.triu(one) + np.triu(one, 1).T for one in (work, chance, other))
    odds = -2 + signal * ((work < 0.3) + 0.5 * (office[:, None] == office[None, :]) - 0.5)
    values = {"work": work < 0.3, "friends": chance < 1 / (1 + np.exp(-odds)), "lunch": other < 0.2}
    off = ~np.eye(people, dtype=bool)
    return Organisation(
        pd.DataFrame({"office": [f"place {one}" for one in office], "age": rng.integers(25, 60, people)}),
        {name: (ties & off).astype(float) for name, ties in values.items()},
        directed=directed,
    )


@pytest.fixture
def few_splits(monkeypatch):
    """As many as are needed to see that it works."""
    monkeypatch.setattr(labelled, "FOLDS", 3)
    monkeypatch.setattr(labelled, "REPEATS", 1)
    monkeypatch.setattr(labelled, "BLOCKS", 3)


def splits(of: Organisation, way: str) -> list[labelled.Split]:
    """Those of one way, of all dyads."""
    return list(labelled.splits(of, way, np.ones(len(of.dyads[0]), dtype=bool)))


def ends(of: Organisation, rows: np.ndarray) -> set[int]:
    """Everybody whom these dyads touch."""
    ego, alter = of.dyads
    return {*ego[rows], *alter[rows]}


@pytest.mark.parametrize("way", labelled.WAYS[:2])
def test_an_ego_held_out_is_learned_from_nowhere_and_judged_once(way):
    """No dyad of those egos is learned from, and their answers are in no feature."""
    of = organisation()
    ego, _ = of.dyads
    found = splits(of, way)
    for split in found:
        assert not set(ego[split.seen]) & set(ego[split.judged])
        assert split.heard is None or not split.heard[np.unique(ego[split.judged])].any()
    assert sorted(np.concatenate([split.judged for split in found])) == list(range(len(ego)))


def test_of_egos_unseen_no_tie_is_learned_from_its_other_side():
    """What those who were asked say of them is left out, as models know a tie again from its other side."""
    of = organisation()
    ego, _ = of.dyads
    for split in splits(of, labelled.WAYS[0]):
        assert not set(ego[split.judged]) & ends(of, split.seen)


@pytest.mark.parametrize("directed", [True, False])
def test_both_ends_unseen_share_nobody_with_what_is_learned_from(directed):
    """People of the one are none of the other."""
    of = organisation(directed)
    for split in splits(of, labelled.WAYS[2]):
        assert not ends(of, split.seen) & ends(of, split.judged)
        assert split.heard is None


@pytest.mark.parametrize("way", labelled.WAYS)
def test_a_pair_of_an_undirected_relation_is_never_learned_from_its_other_half(way):
    """No pair is both learned from and judged, nor learned from twice."""
    of = organisation(directed=False)
    pair = np.sort(np.stack(of.dyads), axis=0).T
    for split in splits(of, way):
        seen, judged = ([tuple(one) for one in pair[rows]] for rows in (split.seen, split.judged))
        assert not set(seen) & set(judged)
        assert len(seen) == len(set(seen))


@pytest.mark.parametrize("directed", [True, False])
def test_features_hold_no_answer_of_the_dyad_itself(directed):
    """Turning what ego says of the alter, and the alter of ego, changes nothing that is known of this dyad."""
    of = organisation(directed)
    heard = np.ones(len(of.people))
    row = 7
    i, j = of.dyads[0][row], of.dyads[1][row]
    turned = of.values["friends"].copy()
    turned[[i, j], [j, i]] = 1 - turned[[i, j], [j, i]]
    other = Organisation(of.people, of.values | {"friends": turned}, directed=directed)
    one, two = (relations.features(each, "friends", heard) for each in (of, other))
    assert np.allclose(one.iloc[row], two.iloc[row])
    assert not one.equals(two)


@pytest.mark.parametrize("directed", [True, False])
def test_answers_not_heard_are_in_no_feature(directed):
    """Whatever people say who are held out, features stay as they are; without answers heard no answer is in them."""
    of = organisation(directed)
    heard = np.ones(len(of.people))
    heard[:5] = 0
    turned = of.values["friends"].copy()
    turned[:5] = 1 - turned[:5]
    if not directed:
        turned[:, :5] = turned[:5].T
    other = Organisation(of.people, of.values | {"friends": turned}, directed=directed)
    for known in (heard, None):
        assert relations.features(of, "friends", known).equals(relations.features(other, "friends", known))


@pytest.mark.parametrize("directed", [True, False])
def test_features_are_shares_and_ranks(directed):
    """Whatever the organisation's size."""
    of = organisation(directed)
    found = relations.features(of, "friends", np.ones(len(of.people))).to_numpy(dtype=float)
    assert found.min() >= 0
    assert found.max() <= 1


def test_features_of_an_undirected_relation_have_no_direction():
    """The same from either side."""
    of = organisation(directed=False)
    ego, alter = of.dyads
    found = relations.features(of, "friends")
    other = np.lexsort((ego, alter))
    assert np.allclose(found.to_numpy(), found.to_numpy()[other])


@pytest.mark.slow
@pytest.mark.usefixtures("few_splits")
@pytest.mark.parametrize("way", labelled.WAYS)
def test_planted_ties_are_told_and_the_guess_has_the_base_rate(way):
    """Far better than a guess, whose score is what a constant has."""
    found = labelled.judged(organisation(people=30), "friends", way)
    once, rate = np.ones(len(found.said)), found.said.mean()
    assert accuracy.auc(found.said, found.p[labelled.OURS], once) > 0.75
    assert accuracy.brier(found.said, found.p[labelled.GUESS], once) == pytest.approx(rate * (1 - rate), abs=0.02)
    assert labelled.worse(found, labelled.GUESS, way == labelled.WAYS[2]).high < 0


@pytest.mark.slow
@pytest.mark.usefixtures("few_splits")
def test_nothing_is_told_where_nothing_tells():
    """Chances stay near the base rate."""
    found = labelled.judged(organisation(signal=0), "friends", labelled.WAYS[0])
    assert labelled.worse(found, labelled.GUESS, False).estimate < 0.005


@pytest.mark.slow
def test_what_is_learned_is_carried_and_the_base_rate_set_right():
    """From one organisation to another where friends are rarer: chances add up to what was said there."""
    one, other = organisation(), organisation(seed=2)
    few = other.values["friends"] * (np.random.default_rng(3).random((40, 40)) < 0.4)
    rarer = Organisation(other.people, other.values | {"friends": few})
    p = (found := labelled.carried(one, rarer, "friends")).p
    right = p[f"{labelled.OURS}, base rate learned there"]
    assert right.mean() == pytest.approx(found.said.mean(), abs=0.01)
    assert abs(p[labelled.OURS].mean() - found.said.mean()) > 0.05
    assert accuracy.auc(found.said, right, np.ones(len(right))) > 0.65


def test_folders_are_read_as_they_are_written(tmp_path):
    """Ids in the first column, ends by either name, values from which a relation holds, strangers left out."""
    (tmp_path / "people.csv").write_text("node_id,site,secret\na,X,1\nb,X,2\nc,Y,3\n", encoding="utf-8")
    rows = "from,to,weight,relation\na,b,4,asks\nb,a,2,asks\nc,z,5,asks\nc,c,5,asks\na,c,5,knows\n"
    (tmp_path / "ties.csv").write_text(rows, encoding="utf-8")
    of = relations.read(tmp_path / "people.csv", tmp_path / "ties.csv", ["site"], counts_from=3)
    assert list(of.people) == ["site"]
    assert of.holds("asks").tolist() == [[0, 1, 0], [0, 0, 0], [0, 0, 0]]
    assert of.values["asks"][1, 0] == 2
    assert of.asked.tolist() == [True, True, False]
    either = relations.read(tmp_path / "people.csv", tmp_path / "ties.csv", directed=False)
    assert (either.values["knows"] == either.values["knows"].T).all()
    assert labelled.among(of, ["asks"], "site").tolist() == [True, False, False, False, False, False]

"""market/roles.py: what part of the market each text is about."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings
from threadpoolctl import threadpool_info, threadpool_limits
from written import comments

from kithwork.claims import Ledger
from kithwork.market import roles as module
from kithwork.market.roles import COLUMNS, Roles, roles
from kithwork.market.texts import prepared
from kithwork.market_tables import ROLES

SETTINGS = settings()
SAID = {
    "customer": ("clients want to lease the machine for a year", "a buyer asked for cheaper maintenance contracts"),
    "competitor": ("our rival has opened a factory next door", "a competitor sells the same product at a discount"),
    "supplier": ("the supplier of our motors is late again", "our vendor cannot deliver bearings before June"),
    "regulation": ("a new law will forbid this coolant", "inspectors will ask for a certificate from May on"),
    "technology": ("a new algorithm finds defects in pictures", "robots with cameras are tested at the university"),
    "none": ("the car park is full every morning", "meetings on Friday afternoon should be forbidden"),
}


def told(texts: list[str], about: list[str | None] | None = None, **changes) -> tuple[Roles, pd.DataFrame]:
    """What is told of texts that so many people wrote, and the comments."""
    frame = comments(texts)
    frame = frame.assign(about=pd.Series(about, index=frame.index, dtype="str") if about else frame["about"], **changes)
    return roles(frame, prepared(frame, SETTINGS), SETTINGS), frame


def chances(found: Roles, frame: pd.DataFrame) -> pd.DataFrame:
    """Of each comment, in the order written, by role."""
    rows = found.table.set_index("comment_id").reindex(frame["comment_id"])[COLUMNS]
    return rows.set_axis([column.removeprefix("p_") for column in COLUMNS], axis=1)


def test_phrases_alone_tell_what_texts_are_about():
    """Without a single tick, ten of twelve texts in other words than the phrases' are likeliest what they are about."""
    found, frame = told([text for two in SAID.values() for text in two])
    assert (chances(found, frame).idxmax(axis=1) == np.repeat(list(SAID), 2)).sum() >= 10
    assert found.met is None


def test_chances_add_to_one_and_copies_have_those_of_their_first():
    """Every text read has a row, and every copy that of the text it repeats; an empty answer has none."""
    text = "clients want to lease the big machine for a whole year"
    found, frame = told([text, f"Fwd: {text}", "the supplier of our motors is late again", "none"])
    chance = chances(found, frame)
    np.testing.assert_allclose(chance.iloc[:3].sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_array_equal(*chance.iloc[:2].to_numpy())
    assert chance.iloc[3].isna().all()


def test_ticks_teach_what_phrases_do_not_know():
    """Forty texts on a matter of no phrase, ticked as supplier, teach that others on it are: from unlikely to likely."""
    rng = np.random.default_rng(2)
    words = ["zorblat", "krinning", "vextel", "plimmor", "quandry", "sleetham"]
    texts = [" ".join(rng.choice(words, 5)) + " arrives with the morning ferry" for _ in range(45)]
    before = chances(*told(texts))
    after, frame = told(texts, ["supplier"] * 40 + [None] * 5, prompt="M1")
    assert before["supplier"].iloc[-5:].mean() < 0.5
    assert chances(after, frame)["supplier"].iloc[-5:].min() > 0.8
    assert after.met.low > 0.8


def test_a_language_without_phrases_is_told_by_ticks_or_not_at_all():
    """German texts have the mean of all others until enough of them are ticked."""
    months = [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ]
    said = {
        "supplier": "der Lieferant hat uns die Teile im {} wieder viel zu spät in das Werk geliefert",
        "customer": "ein Kunde fragte im {}, ob er die Anlage auch mieten kann, statt sie zu kaufen",
    }
    texts = [
        text.format(f"{month} {how}") for text in said.values() for month in months for how in ("leider", "auch schon")
    ]
    label = [role for role in said for _ in range(len(texts) // 2)]
    english = [text for two in SAID.values() for text in two]
    silent = chances(*told([*texts, *english]))
    np.testing.assert_allclose(silent.iloc[:48], silent.iloc[48:].mean().to_numpy()[None].repeat(48, axis=0))
    taught = chances(*told([*texts, *english], [*label, *[None] * 12]))
    assert list(taught.iloc[:48].idxmax(axis=1)) == label


def test_chances_are_as_often_right_as_they_say():
    """Of ticked texts that nothing tells apart, the likeliest role has about the chance that it says."""
    rng = np.random.default_rng(5)
    label = list(rng.choice(ROLES, 200))
    words = ["north", "south", "east", "west", "upper", "lower", "inner", "outer", "early", "late"]
    texts = [f"something was heard of the {' '.join(rng.choice(words, 6, replace=False))} today" for _ in label]
    found, frame = told(texts, label, prompt="M1")
    chance = chances(found, frame)
    assert found.met.estimate < 0.35
    assert chance.max(axis=1).mean() < (chance.idxmax(axis=1) == label).mean() + 0.2


def test_how_far_chances_are_off_is_found():
    """Chances of .9 that are right six times in ten are off by .3, with an interval over writers that holds it and is
    narrower than where each writer's texts hang together; too few ticks tell nothing."""
    rng = np.random.default_rng(3)
    ticked = pd.DataFrame({"person_id": [f"p{i}" for i in range(400)], "sure": 0.9, "met": rng.random(400) < 0.6})
    alone = Roles(pd.DataFrame(), ticked).off(500, rng)
    assert alone.low < 0.3 < alone.high
    heaped = ticked.sort_values("met").assign(person_id=[f"p{i // 10}" for i in range(400)])
    together = Roles(pd.DataFrame(), heaped).off(500, rng)
    assert together.estimate == pytest.approx(alone.estimate)
    assert together.high - together.low > 2 * (alone.high - alone.low)
    assert Roles(pd.DataFrame(), ticked.head(29)).off(500, rng) is None


def test_chances_of_ticked_texts_are_of_a_model_that_did_not_read_them():
    """The words of one writer alone are no lesson for his own ticks: they are met no more often than guesses are."""
    rng = np.random.default_rng(8)
    label = np.repeat(rng.choice(ROLES, 40), 3).tolist()
    own = np.repeat(["".join(rng.choice(list("abcdefghij"), 8)) for _ in range(40)], 3)
    texts = [
        f"{word} {other} was heard of {word}" for word, other in zip(own, ["first", "again", "today"] * 40, strict=True)
    ]
    frame = comments(texts, [f"p{i}" for i in range(40) for _ in range(3)]).assign(about=pd.Series(label, dtype="str"))
    found = roles(frame, prepared(frame, SETTINGS), SETTINGS)
    assert len(found.ticked) > 60
    assert found.met.high < 0.5


def test_an_analysts_phrases_count():
    """A phrase under `market.about` makes texts like it likelier to be about its part."""
    text = ["the harbour board wants berths kept free"]
    before, frame = told(text)
    market = SETTINGS.market.model_copy(update={"about": {"regulation": ["the harbour board decides on berths"]}})
    changed = SETTINGS.model_copy(update={"market": market})
    after = roles(frame, prepared(frame, changed), changed)
    assert after.table["p_regulation"].iloc[0] > before.table["p_regulation"].iloc[0]


def test_claims_have_intervals_and_people():
    """Shares of all parts, how many can be told, and how many ticks were met; nothing without texts."""
    places = ["Oslo", "Porto", "Toronto", "Singapore"]
    texts = [f"{text} near {place} since {i}" for i, place in enumerate(places) for two in SAID.values() for text in two]
    found, frame = told(
        texts,
        [role if role != "none" else None for role in np.repeat(list(SAID), 2)] * 4,
    )
    ledger = Ledger("market")
    found.claims(prepared(frame, SETTINGS), SETTINGS, np.random.default_rng(1), ledger)
    rows = ledger.frame().set_index("id")
    others = {"market.told_about", "market.ticks_met", "market.about_off"}
    assert {f"market.about.{role}" for role in ROLES} | others <= set(rows.index)
    assert rows["estimate"].between(rows["low"], rows["high"]).all()
    empty = Ledger("market")
    none = frame.iloc[:0]
    roles(none, prepared(none, SETTINGS), SETTINGS).claims(
        prepared(none, SETTINGS), SETTINGS, np.random.default_rng(1), empty
    )
    assert not empty.rows


def test_logits_of_two_classes_are_those_of_several():
    """Where ticks name two parts alone, chances are the regression's own."""
    from sklearn.linear_model import LogisticRegression

    rng = np.random.default_rng(1)
    place, label = rng.normal(size=(30, 2)), np.repeat(["a", "b"], 15)
    model = LogisticRegression().fit(place + (label == "b")[:, None], label)
    np.testing.assert_allclose(module._softmax(module._logits(model, place)), model.predict_proba(place))
    assert pytest.approx(1) == module._softmax(module._logits(model, place)).sum(axis=1)[0]


def test_of_many_ticks_some_teach(monkeypatch):
    """Beyond a number of examples more add time, not sense: evenly spaced ones teach, and all texts have their chances."""
    monkeypatch.setattr(module, "MOST", 40)
    rng = np.random.default_rng(3)
    words = {"supplier": "zorblat krinning vextel", "customer": "plimmor quandry sleetham"}
    label = list(rng.choice(list(words), 90))
    texts = [f"news of {' '.join(rng.choice(words[role].split(), 4))} by the ferry {i}" for i, role in enumerate(label)]
    found, frame = told(texts, label, prompt="M1")
    assert len(found.ticked) <= 40
    assert (chances(found, frame).idxmax(axis=1) == label).mean() > 0.9


def test_chances_are_found_in_one_thread(monkeypatch):
    """However many threads the machine has, so that their last digits are the same at every run."""
    monkeypatch.setattr(module, "_roles", lambda *_: [one["num_threads"] for one in threadpool_info()])
    with threadpool_limits(2):
        assert set(roles(None, None, SETTINGS)) == {1}

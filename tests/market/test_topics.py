"""market/topics.py and topic_claims.py: topics of comments, language by language."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score
from synthetic import settings
from written import comments, shuffled, themed

from kithwork.claims import Ledger
from kithwork.market import structure
from kithwork.market import topics as module
from kithwork.market.said import Applied
from kithwork.market.texts import prepared
from kithwork.market.topics import found
from kithwork.market_tables import ROLES, TEXT_TOPICS, TOPIC_PHRASES, TOPICS
from kithwork.tables import COMMENTS

SET_TO = settings()
SET_TO = SET_TO.model_copy(
    update={
        "market": SET_TO.market.model_copy(
            update={"topics": SET_TO.market.topics.model_copy(update={"most": 8, "resamples": 10})}
        )
    }
)
GERMAN = {
    0: "preis rabatt rechnung billiger zahlung haushalt kosten angebot",
    1: "meer fluss segeln hafen schiff boot flut fischen",
    2: "gitarre melodie konzert sängerin orchester geige lied rhythmus",
}


@pytest.fixture(autouse=True)
def _few_permutations(monkeypatch):
    monkeypatch.setattr(structure, "PERMUTATIONS", 59)
    monkeypatch.setattr(structure, "SPLITS", 3)


def of(table, said=None, seed=1):
    """Topics of a table of comments."""
    return found(table, prepared(table, SET_TO), SET_TO, np.random.default_rng(seed), said)


def chances(topics):
    """Roles of all texts that have a topic or none, alike for each."""
    shares = {f"p_{role}": 0.1 for role in ROLES} | {"p_none": 0.5}
    return pd.DataFrame({"comment_id": topics.of.index}).assign(**shares)


@given(st.integers(0, 10**6))
@given_settings(max_examples=3, deadline=None)
def test_planted_topics_are_found(seed):
    """Nine in ten texts fit a topic, topics are the themes, and are found again."""
    texts, theme = themed(25, np.random.default_rng(seed))
    topics = of(comments(texts))
    inside = topics.of.notna().to_numpy()
    assert inside.mean() > 0.9
    assert adjusted_rand_score(theme[inside], topics.of[inside]) > 0.9
    assert np.average(topics.topics["stability"], weights=topics.topics["texts"]) > 0.7


def test_no_topics_where_words_are_dealt_by_lot():
    """It is said that there are none: no text fits one, nothing else is claimed, and the tables are empty."""
    rng = np.random.default_rng(2)
    topics = of(comments(shuffled(themed(20, rng)[0], rng)))
    ledger = Ledger("market")
    topics.claims(ledger)
    assert ledger.frame()[["id", "estimate", "low"]].to_numpy().tolist() == [["market.topics", 0, 0]]
    assert topics.of.isna().all()
    pd.testing.assert_frame_equal(topics.table(chances(topics)), TOPICS.empty())
    pd.testing.assert_frame_equal(topics.phrases, TOPIC_PHRASES.empty())


def test_without_comments_nothing_is_claimed():
    """Empty tables of the contract, and no error."""
    topics = of(COMMENTS.empty())
    ledger = Ledger("market")
    topics.claims(ledger)
    assert ledger.frame().empty
    assert topics.table(chances(topics)).empty
    assert topics.of_texts(chances(topics)).empty


def test_languages_stay_apart():
    """No topic holds texts of two, and they share no dimension; each has topics of its own."""
    rng = np.random.default_rng(3)
    texts, _ = themed(15, rng, 3)
    other = [f"wir haben {' und '.join(rng.permutation(GERMAN[row % 3].split())[:4])} auch gesehen" for row in range(45)]
    table = comments([*texts, *other])
    topics = of(table)
    assert {name[:2] for name in topics.topics["topic_id"]} == {"en", "de"}
    assert topics.of.iloc[:45].dropna().str.startswith("en").all()
    assert topics.of.iloc[45:].dropna().str.startswith("de").all()
    english = (prepared(table, SET_TO).query("fate == 'kept'")["language"] == "en").to_numpy()
    assert np.abs(topics.points[english] @ topics.points[~english].T).max() == 0


def test_tables_and_claims_keep_to_their_contracts():
    """Topics are numbered by size, copies have the topic of what they copy, and shares count texts read."""
    texts, _ = themed(20, np.random.default_rng(4), 4)
    table = comments([*texts, texts[0]], people=[f"p{row % 30:03d}" for row in range(81)])
    topics = of(table)
    frame = topics.table(chances(topics))
    assert frame["texts"].is_monotonic_decreasing
    assert frame["texts"].sum() == topics.of.iloc[:80].notna().sum()
    assert topics.of.iloc[80] == topics.of.iloc[0] or (pd.isna(topics.of.iloc[80]) and pd.isna(topics.of.iloc[0]))
    assert len(topics.of_texts(chances(topics))) == 81
    assert set(topics.of_texts(chances(topics)).columns) == set(TEXT_TOPICS.columns)
    ledger = Ledger("market")
    topics.claims(ledger)
    claims = ledger.frame().set_index("id")
    assert claims.loc["market.topics", "estimate"] == len(frame)
    assert claims.loc["market.in_topics", "estimate"] == pytest.approx(100 * frame["texts"].sum() / 80)
    row = frame.iloc[0]
    share = claims.loc[f"market.topic_texts.{row['topic_id']}"]
    assert (share["estimate"], share["people"]) == (pytest.approx(100 * row["texts"] / 80), row["people"])
    steady = claims.loc[f"market.topic_stability.{row['topic_id']}"]
    assert steady["estimate"] == pytest.approx(row["stability"])


class Analyst:
    """Puts topic en-02 into en-01, and gives that a name and a role."""

    def applied(self, of, points, phrases, rng):
        """As the analyst's file would have it."""
        assert len(of) == len(points)
        assert set(phrases["topic_id"]) == set(of.dropna())
        return Applied(of.replace("en-02", "en-01"), {"en-01": "All of it"}, {"en-01": "customer"})


def test_what_an_analyst_says_is_what_is_counted():
    """Phrases, texts, stability and roles are those of topics as decided."""
    texts, _ = themed(20, np.random.default_rng(5), 4)
    before, after = of(comments(texts)), of(comments(texts), Analyst())
    was, now = (one.table(chances(one)).set_index("topic_id") for one in (before, after))
    assert now.loc["en-01", "texts"] == was.loc[["en-01", "en-02"], "texts"].sum()
    assert now.loc["en-01", "named"] == "All of it"
    assert now.loc["en-01", "p_customer"] == 1
    assert now.loc["en-03", "p_customer"] == pytest.approx(0.1)
    assert "en-02" not in set(after.phrases["topic_id"])


def test_a_topic_of_two_languages_has_each_phrase_once():
    """A name that people of both languages write is one phrase of a topic put together from both, by as many people as
    wrote it in one of them, and phrases have places from 1 on."""
    said = {
        "en": "customers ask to rent the machine: Zephyrix",
        "pt": "os clientes querem alugar a sonda: Zephyrix",
    }
    text = pd.Series([words for words in said.values() for _ in range(4)], index=[f"c{i}" for i in range(8)])
    read = pd.DataFrame(
        {"language": ["en"] * 4 + ["pt"] * 4, "person_id": [f"p{i % 4}" for i in range(8)]}, index=text.index
    )
    found = module._phrases(text, pd.Series("en-01", index=text.index, dtype="str"), read)
    assert found["phrase"].is_unique
    assert found.loc[found["phrase"] == "Zephyrix", "people"].tolist() == [4]
    assert sorted(found["rank"]) == list(range(1, len(found) + 1))


def test_the_same_bytes_at_every_run():
    """Randomness is the generator's alone."""
    texts, _ = themed(12, np.random.default_rng(6), 3)
    one, other = of(comments(texts)), of(comments(texts))
    pd.testing.assert_frame_equal(one.topics, other.topics)
    pd.testing.assert_series_equal(one.fit, other.fit)
    np.testing.assert_array_equal(one.points, other.points)

"""The contracts of the tables that chapter 5 writes: texts, topics, how they rise, who saw them, and what they are worth.

Like `tables.py`, which lists them, this file only declares.
"""

from __future__ import annotations

from kithwork.contract import Column, Table

PROBABILITY = {"type": "number", "unit": "probability", "low": 0, "high": 1}
ROLES = ("customer", "competitor", "supplier", "regulation", "technology")
"""What a text about the market may be about, as the survey asks (M1K)."""
LEARNED = ("directly", "second hand", "published", "inference")
"""How a writer came to know what a comment tells (M1L)."""
QUOTING = ("words", "paraphrase", "no")
"""Whether a writer may be quoted (M1Q): word for word, in other words, or not."""
KEPT, COPY, EMPTY, SHORT = FATES = ("kept", "copy", "says nothing", "too short")
"""What becomes of a text: read, the copy of one told before, an answer that says there is none, or too few words."""
RISING, FALLING, LEVEL, TOO_FEW = TRENDING = ("rising", "falling", "no trend", "too few to tell")
ACT, TEST, WATCH, PARK = DECISIONS = ("act", "test", "watch", "park")
"""What to do with a signal: act on it, test it small, watch for more, or leave it."""

_TOPIC = Column("Topic: its language, and its number there by size", nullable=False)
_ENDS = (("low", "Low end of its 95% interval"), ("high", "High end of it"))

TEXTS = Table(
    "texts", "market", "One row per comment", ("comment_id",),
    {
        "comment_id": Column("The comment"),
        "person_id": Column("Pseudonym of its writer"),
        "at": Column("When it was written, in UTC", "time", nullable=True),
        "language": Column("Language it is in (ISO 639-1); absent where that cannot be told", nullable=True),
        "fate": Column("Whether it is read, or why not", allowed=FATES),
        "copy_of": Column("The comment it is a copy of, where it is one: a forwarded text is no second source", nullable=True),
        "words": Column("Words in it", "count", "words", low=0),
    },
)  # fmt: skip

TOPICS = Table(
    "topics", "market", "One row per topic found", ("topic_id",),
    {
        "topic_id": _TOPIC,
        "language": Column("Language its texts are in"),
        "named": Column("Name that an analyst gave it", nullable=True),
        "texts": Column("Texts in it, copies left out", "count", "texts", low=1),
        "people": Column("People who wrote them", "count", "people", low=1),
        "stability": Column("Share of it found again in resamples of the texts (Jaccard), mean", "number", "share", low=0, high=1),
        "first": Column("When it was first written of, in UTC", "time", nullable=True),
        **{f"p_{role}": Column(f"Mean P({role}) of its texts", **PROBABILITY) for role in ROLES},
    },
)  # fmt: skip

TOPIC_PHRASES = Table(
    "topic_phrases", "market", "One row per topic and phrase that tells it from others", ("topic_id", "phrase"),
    {
        "topic_id": _TOPIC,
        "phrase": Column("One to three words, as they were written"),
        "rank": Column("Its place among the topic's phrases, from 1", "count", low=1),
        "weight": Column("c-TF-IDF, over the largest of the topic", "number", "share", low=0, high=1),
        "people": Column("People who wrote it", "count", "people", low=1),
    },
)  # fmt: skip

TEXT_TOPICS = Table(
    "text_topics", "market", "One row per text that is read, and per copy", ("comment_id",),
    {
        "comment_id": Column("The comment"),
        "topic_id": Column("Its topic; absent where it fits none", nullable=True),
        "fit": Column("Cosine to the topic's middle less that to the next topic's", "number", low=-2, high=2, nullable=True),
        **{f"p_{role}": Column(f"P(it is about {role})", **PROBABILITY) for role in ROLES},
        "p_none": Column("P(it is about none of these)", **PROBABILITY),
    },
)  # fmt: skip

TOPIC_WEEKS = Table(
    "topic_weeks", "market", "One row per topic and week", ("topic_id", "week"),
    {
        "topic_id": _TOPIC,
        "week": Column("The week's Monday, in UTC", "time"),
        "texts": Column("Texts on the topic in it", "count", "texts", low=0),
        "of": Column("Dated texts on anything in it", "count", "texts", low=0),
        "burst": Column("Whether the topic bursts in it (Kleinberg 2002)", "flag"),
    },
)  # fmt: skip

TRENDS = Table(
    "trends", "market", "One row per topic with dated texts", ("topic_id",),
    {
        "topic_id": _TOPIC,
        "people": Column("People who wrote its dated texts", "count", "people", low=1),
        "first": Column("When it was first written of, in UTC", "time"),
        "onset": Column("Estimated week in which it began, its Monday in UTC; absent where that was before the first week", "time", nullable=True),
        **{f"onset_{end}": Column(f"{meaning}; absent where that is before the first week", "time", nullable=True) for end, meaning in _ENDS},
        "slope": Column("Change of its share of all texts, a month (Theil-Sen)", "number", "points", nullable=True),
        **{f"slope_{end}": Column(meaning, "number", "points", nullable=True) for end, meaning in _ENDS},
        "ratio": Column("Of two waves alone: its share in the second over that in the first; infinite where the first has none", "number", "times", low=0, nullable=True),
        **{f"ratio_{end}": Column(f"{meaning} (Clopper & Pearson 1934)", "number", "times", low=0, nullable=True) for end, meaning in _ENDS},
        "p": Column("P of no trend: Mann-Kendall, corrected for serial correlation (Hamed & Rao 1998); of two waves, exact", **PROBABILITY, nullable=True),
        "p_adjusted": Column("The same, corrected for the number of topics (Benjamini & Hochberg 1995)", **PROBABILITY, nullable=True),
        "trend": Column("What that says", allowed=TRENDING),
        "burst_from": Column("First week of its heaviest burst", "time", nullable=True),
        "burst_until": Column("Last week of it", "time", nullable=True),
        "burst_weight": Column("Its weight: how much likelier the burst makes the counts, as a logarithm", "number", low=0, nullable=True),
        "burst_p": Column("P of a burst as heavy, were its texts spread over the weeks as all texts are", **PROBABILITY, nullable=True),
        "novelty": Column("1 less the largest cosine of its middle to a text from before it began", "number", low=0, high=2, nullable=True),
        "novelty_p": Column("P of that: share of its own texts that lie as far from its middle", **PROBABILITY, nullable=True),
    },
)  # fmt: skip

CELLS = Table(
    "market_cells", "market", "One row per kind of outside party and segment of the market on file", ("kind", "segment"),
    {
        "kind": Column("Kind of party"),
        "segment": Column("Segment of the market; `unknown` where the client names none"),
        "parties": Column("Parties of it on file", "count", "parties", low=1),
        "named": Column("Of these, parties that anybody names", "count", "parties", low=0),
        "single": Column("Parties that one person alone names", "count", "parties", low=0),
        "people": Column("People who name any", "count", "people", low=0),
        "strategic": Column("Expected number of strategic ties into it", "number", "ties", low=0),
        "coverage": Column("Chance that something said there is heard here", **PROBABILITY),
        **{f"coverage_{end}": Column(meaning, **PROBABILITY) for end, meaning in _ENDS},
        "routes": Column("Separate people through whom it reaches the rest of the organisation", "number", "people", low=0),
        "fragility": Column("Coverage lost with the one person who carries most", **PROBABILITY),
        "blind": Column("Whether no strategic tie into it is known", "flag"),
    },
)  # fmt: skip

SIGNALS = Table(
    "signals", "market", "One row per signal: a topic, or a problem on the register of ideas", ("signal_id",),
    {
        "signal_id": Column("Topic or problem it is"),
        "origin": Column("Where it comes from", allowed=("topic", "register", "both")),
        "topic_id": Column("Its topic", nullable=True),
        "problem": Column("Its problem on the register, in the client's word", nullable=True),
        "role": Column("What of the market it is about", allowed=ROLES, nullable=True),
        "reports": Column("Texts and entries, copies left out", "count", low=1),
        "people": Column("People of the organisation behind them", "count", "people", low=0),
        "customers": Column("Customers it comes from", "count", "parties", low=0),
        "suppliers": Column("Suppliers it comes from", "count", "parties", low=0),
        "others": Column("Other parties outside it comes from", "count", "parties", low=0),
        "independent": Column("Independent sources: the most reports of which no two share a person, party or publication, or, naming no party, a manager or close tie", "count", "sources", low=1),
        "effective": Column("Effective number of sources, those that are not independent counting little", "number", "sources", low=0),
        **{f"{name}{end}": Column(f"{what}{told}", type_, unit, low=0, high=high, nullable=name == "value")
           for name, what, type_, unit, high in (
               ("p_real", "Chance that it is real", "number", "probability", 1),
               ("p_repeats", "Chance that it repeats", "number", "probability", 1),
               ("value", "Value expected of it; absent where no entry on the register states any", "number", "money", None),
               ("rank", "Expected rank", "number", "", None),
           ) for end, told in (("", ""), ("_low", ", low end of its 95% interval"), ("_high", ", high end of it"))},
        "p_top": Column("Chance that it is one of the best few (market.top)", **PROBABILITY),
        "decision": Column("What to do", allowed=DECISIONS),
    },
)  # fmt: skip

QUOTES = Table(
    "quotes", "market", "One row per text that may be quoted, if its topic passes the gate", ("comment_id",),
    {
        "comment_id": Column("The comment"),
        "person_id": Column("Pseudonym of its writer: the gate quotes nobody twice"),
        "topic_id": _TOPIC,
        "language": Column("Language it is in", nullable=True),
        "words": Column("The words, with names, addresses and numbers taken out"),
        "fit": Column("Cosine to the topic's middle less that to the next topic's", "number", low=-2, high=2),
        "people": Column("People who wrote on its topic: what the gate counts", "count", "people", low=1),
        "most": Column("Largest share of the topic's texts that one person wrote", "number", "share", low=0, high=1),
        "approved": Column("Whether somebody read it and said that it may be shown", "flag"),
    },
)  # fmt: skip

MARKET_TABLES = (TEXTS, TOPICS, TOPIC_PHRASES, TEXT_TOPICS, TOPIC_WEEKS, TRENDS, CELLS, SIGNALS, QUOTES)

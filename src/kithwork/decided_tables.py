"""The contracts of the files in which people write their decisions: `data/raw/<engagement>/decided/`.

Who is meant by a word, what a domain is, what is put right, kinds of single ties, topics and quotations. Like `tables.py`,
which holds what the stages pass on, this file only declares.
"""

from __future__ import annotations

from kithwork.contract import Column, Table
from kithwork.market_tables import ROLES
from kithwork.tables import PARTY_KINDS, PROBABILITY, UNMAPPED, YES_NO

SAME, OTHER, OUTSIDE, IGNORE = DECISIONS = ("same", "other", "outside", "ignore")
"""What a person may say of a word: it is that person, or not that one but some other, somebody outside, or nobody, as a list."""
DOMAIN_KINDS = (*(kind for kind in PARTY_KINDS if kind != UNMAPPED), "own", "free_mail")
"""What a person may call a domain: the kind of party it is, the company's own, or a mail provider's."""

DECIDED = (
    Table(
        "identities.csv", "decided", "One row per word and person that it may mean; a line without a decision is still open", ("word", "person"),
        {
            "word": Column("Word as the client's files have it: an address or a name that no key leads to"),
            "person": Column("Id of the person it may mean, as the staff list has it; needed for same and other", nullable=True),
            "name": Column("That person's name; not read back", nullable=True),
            "evidence": Column("Why it may be this person; not read back", nullable=True),
            "score": Column("Probability that it is; not read back", **PROBABILITY, nullable=True),
            "decision": Column("Whether the word is the same person, some other, somebody outside, or one to ignore, as a list or a machine", allowed=DECISIONS, nullable=True),
        },
    ),
    Table(
        "parties.csv", "decided", "One row per domain that nobody mapped; a line without a kind is still open", ("domain",),
        {
            "domain": Column("Domain of the addresses, as it was registered"),
            "addresses": Column("Addresses seen there; not read back", "count", "addresses", low=1, nullable=True),
            "contacts": Column("Records with these; not read back", "count", "records", low=0, nullable=True),
            "kind": Column("What it is to the client; own is the client itself, free_mail a mail provider", allowed=DOMAIN_KINDS, nullable=True),
            "segment": Column("Segment of the market", nullable=True),
        },
    ),
    Table(
        "corrections.csv", "decided", "One row per cell of a file that is put right", ("file", "row", "column"),
        {
            "file": Column("File it stands in, as messages name it"),
            "row": Column("Line of the file, the header being line 1", "count", "line", low=1),
            "column": Column("The client's own column, or the field where the format has no columns"),
            "was": Column("What stands there now: a correction that does not find it is an error"),
            "becomes": Column("What is to stand there"),
            "why": Column("Why, in your words"),
        },
    ),
    Table(
        "labels.csv", "decided", "One row per volunteer and colleague; an empty cell stays open", ("person", "colleague"),
        {
            "person": Column("Id of the volunteer, as the staff list has it"),
            "colleague": Column("Id of the colleague"),
            "name": Column("The colleague's name; not read back", nullable=True),
            **{kind: Column(f"Whether the tie is {kind}", allowed=YES_NO, nullable=True) for kind in ("personal", "functional", "strategic")},
        },
    ),
    Table(
        "topics.csv", "decided", "One row per topic found and what an analyst makes of it", ("topic",),
        {
            "topic": Column("The topic, by the words that told it from others when it was found"),
            "name": Column("What to call it; topics of one name become one", nullable=True),
            "parts": Column("Into how many topics it is to be parted; empty leaves it whole", "count", low=2, nullable=True),
            "role": Column("What of the market it is about", allowed=(*ROLES, "none"), nullable=True),
            "texts": Column("Texts in it when it was found; not read back", "count", low=1, nullable=True),
        },
    ),
    Table(
        "quotes.csv", "decided", "One row per text that may be quoted; a line without a word is not shown", ("comment",),
        {
            "comment": Column("The comment, as the list to review numbers it"),
            "topic": Column("Its topic when it was listed; not read back", nullable=True),
            "words": Column("Its words: where they are no longer these, the line counts for nothing"),
            "show": Column("Whether it may be shown", allowed=YES_NO, nullable=True),
        },
    ),
    Table(
        "overruled.csv", "decided", "One row per tie and kind of which an analyst has the last word", ("person", "colleague", "kind"),
        {
            "person": Column("Id of one of the two, as the staff list has it"),
            "colleague": Column("Id of the other"),
            "kind": Column("Kind of tie", allowed=("personal", "functional", "strategic")),
            "is": Column("Whether the tie is of the kind", allowed=YES_NO),
            "why": Column("Why, in your words"),
        },
    ),
)  # fmt: skip
"""Files of `data/raw/<engagement>/decided/`; `identities.csv`, `parties.csv` and `labels.csv` are asked
for by lists of the same columns in `data/review/`."""

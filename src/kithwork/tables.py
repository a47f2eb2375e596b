"""The contract of every table: grain, key, columns with type, unit and allowed values.

Checks at load and save (`store.py`), the codebook page and the tests all come from here. A table belongs to the stage
that writes it, which is also its folder under `data/`. This file only declares; `contract.py` checks.
"""

from __future__ import annotations

from kithwork.contract import Column, Table
from kithwork.market_tables import LEARNED, MARKET_TABLES, QUOTING, ROLES

PROBABILITY = {"type": "number", "unit": "probability", "low": 0, "high": 1}
PARTY_KINDS = (
    "customer", "supplier", "partner", "competitor", "regulator", "investor", "university", "community", "other", "unmapped",
)  # fmt: skip
YES_NO = ("yes", "no")
STATES = ("unheard", "heard", "tried", "sometimes", "usual", "stopped")
UNMAPPED = PARTY_KINDS[-1]
"""The kind of a party that is known by its domain alone, until a person says what it is: no part of the market."""
CHANNELS = ("mail", "meeting", "chat", "call", "review", "face_to_face")
WHO = Column("Pseudonym of the person (HMAC-SHA256 of the client's id)")

PEOPLE = Table(
    "people", "clean", "One row per person of the organisation", ("person_id",),
    {
        "person_id": WHO,
        "unit": Column("Group, team or department as the client names it", nullable=True),
        "role": Column("Role or function as the client names it", nullable=True),
        "site": Column("Place of work", nullable=True),
        "timezone": Column("Time zone of the person's work (IANA)", nullable=True),
        "manager_id": Column("Pseudonym of the person's manager", nullable=True),
        "tenure_months": Column("Time in the organisation", "number", "months", low=0, nullable=True),
    },
)  # fmt: skip
PARTIES = Table(
    "parties", "clean", "One row per organisation outside", ("party_id",),
    {
        "party_id": Column("Pseudonym of the outside organisation"),
        "kind": Column("What it is to the client", allowed=PARTY_KINDS),
        "segment": Column("Market segment it belongs to", nullable=True),
    },
)  # fmt: skip
ANSWERS = Table(
    "answers", "clean", "One row per person and survey item", ("person_id", "item"),
    {
        "person_id": WHO,
        "item": Column("Item code of the questionnaire, for example V1a or CC2"),
        "value": Column("Answer", "number", "scale points", low=1, high=5),
    },
)  # fmt: skip
INTERPRETERS = Table(
    "interpreters", "clean", "One row per ego, alter and question about the alter", ("ego_id", "alter_id", "question"),
    {
        "ego_id": Column("Pseudonym of the person who answers"),
        "alter_id": Column("Pseudonym of the person or party asked about"),
        "question": Column("Code of the question, as the survey writes it", allowed=("T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10")),
        "value": Column("Answer by its code in the survey; of T5, years", "number", low=-2, high=100),
    },
)  # fmt: skip
RESPONSES = Table(
    "responses", "clean", "One row per person who answered the survey", ("person_id",),
    {
        "person_id": WHO,
        "started": Column("When it was begun, in UTC", "time", nullable=True),
        "ended": Column("When it was handed in, in UTC", "time", nullable=True),
        "seconds": Column("Time it took", "number", "seconds", low=0, nullable=True),
        "form": Column("Form of the survey, where there are several", nullable=True),
        "finished": Column("Whether it was answered to the end", allowed=YES_NO, nullable=True),
        "attention": Column("Answer to the item that asks for a 2 (S7)", "number", "scale points", low=1, high=5, nullable=True),
        "state": Column("Where the person stands with the change (ST)", allowed=STATES, nullable=True),
        "threshold": Column("Of ten close colleagues, how many would have to use it first; 11 stands for never (TH)", "number", "people", low=0, high=11, nullable=True),
        "take_part": Column("Whether the person agreed to take part", allowed=YES_NO, nullable=True),
        "use_records": Column("Whether the person's collaboration records may be used", allowed=YES_NO, nullable=True),
        "use_reports": Column("Whether what others say of the person may be used", allowed=YES_NO, nullable=True),
        "start": Column("Whether the person offered to help start the change, and agreed to be named to those who plan it (HS)", allowed=YES_NO, nullable=True),
        "own_page": Column("Whether the person asked for a page of its own, for itself alone (HP)", allowed=YES_NO, nullable=True),
    },
)  # fmt: skip
COMMENTS = Table(
    "comments", "clean", "One row per comment", ("comment_id",),
    {
        "comment_id": Column("Line of the comment in its file; with the file's number where there are several, and its column where a line holds several"),
        "person_id": WHO,
        "prompt": Column("Question the comment answers"),
        "text": Column("The words, as written"),
        "at": Column("When it was written, in UTC", "time", nullable=True),
        "party_id": Column("Pseudonym of the outside organisation it was heard from", nullable=True),
        "about": Column("What its writer says it is about (M1K)", allowed=ROLES, nullable=True),
        "learned": Column("How its writer came to know it (M1L)", allowed=LEARNED, nullable=True),
        "sure": Column("How sure its writer is, from 1, a guess, to 5, certain (M1S)", "number", "scale points", low=1, high=5, nullable=True),
        "quote": Column("Whether its writer may be quoted: in these words, in other words, or not (M1Q)", allowed=QUOTING, nullable=True),
    },
)  # fmt: skip
NOMINATIONS = Table(
    "nominations", "clean", "One row per ego, alter and relation named", ("ego_id", "alter_id", "relation"),
    {
        "ego_id": Column("Pseudonym of the person who names"),
        "alter_id": Column("Pseudonym of the person or party named"),
        "relation": Column("Relation asked about, in the client's word"),
    },
)  # fmt: skip
EGO, ANALYST = SAID_BY = ("ego", "analyst")
"""Who may say outright of what kind a tie is: a person of an own tie, or an analyst, whose word is the last."""
LABELS = Table(
    "labels", "clean", "One row per tie, kind and who said outright whether the tie is of the kind", ("ego_id", "alter_id", "kind", "by"),
    {
        "ego_id": Column("Pseudonym of the person who says so; of an analyst's word, of the two the first in sort order"),
        "alter_id": Column("Pseudonym of the other person"),
        "kind": Column("Kind of tie", allowed=("personal", "functional", "strategic")),
        "by": Column("Whether the person said so, or an analyst, whose word is the last", allowed=SAID_BY),
        "is": Column("1 said to be of the kind, 0 said not to be", "number", low=0, high=1),
    },
)  # fmt: skip
INTERACTIONS = Table(
    "interactions", "clean", "One row per pair and message, call or meeting", ("at", "ego_id", "alter_id", "channel", "event"),
    {
        "ego_id": Column("Pseudonym of the person or party who starts the contact, or either where none does"),
        "alter_id": Column("Pseudonym of the person or party contacted; one of the two is a person"),
        "channel": Column("Channel of the contact", allowed=CHANNELS),
        "at": Column("When, in UTC; absent where the client holds totals only", "time", nullable=True),
        "day_only": Column("Whether only the day is known: when is then its midnight in the file's own zone", "flag"),
        "minutes": Column("Length of the contact; absent where it has none, as a mail", "number", "minutes", low=0, high=1e8, nullable=True),
        "size": Column("People in the contact, the two included; absent means two", "number", "people", low=2, nullable=True),
        "event": Column("Number of the message, call or meeting, which the pairs in it share", "count", low=0),
        "off_hours": Column("1 outside the working hours of the person's place, in its own time; 0 inside; absent where its zone or the hour is unknown", "number", low=0, high=1, nullable=True),
        "weekend": Column("1 on a day that is none of work there, 0 on others", "number", low=0, high=1, nullable=True),
    },
)  # fmt: skip
ADOPTED = "adopted"
"""The outcome that says a person works the new way."""
OUTCOMES = Table(
    "outcomes", "clean", "One row per person and outcome", ("person_id", "outcome"),
    {
        "person_id": WHO,
        "outcome": Column("What happened, for example adopted or left"),
        "at": Column("When, in UTC", "time", nullable=True),
    },
)  # fmt: skip
OPPORTUNITIES = Table(
    "opportunities", "clean", "One row per idea or opportunity on the client's register", ("opportunity_id",),
    {
        "opportunity_id": Column("Code of the entry in the register"),
        "kind": Column("What would come of it", allowed=("product", "service", "cost", "process", "partnership", "other"), nullable=True),
        "problem": Column("What it would solve, in the client's word; entries of one problem share it", nullable=True),
        "person_id": Column("Pseudonym of the person who raised it", nullable=True),
        "party_id": Column("Pseudonym of the outside organisation it came from", nullable=True),
        "raised": Column("When it was raised, in UTC", "time"),
        "tested": Column("When it was first tried out, in UTC", "time", nullable=True),
        "scaled": Column("When it became a product, a practice or a saving, in UTC", "time", nullable=True),
        "dropped": Column("When it was given up, in UTC", "time", nullable=True),
        "expected": Column("Value expected of it when it was raised, in the client's currency", "number", "money", low=0, nullable=True),
        "realised": Column("Value it has brought so far", "number", "money", low=0, nullable=True),
    },
)  # fmt: skip
INTAKE = Table(
    "intake", "clean", "One row per source and file of the engagement", ("source", "file"),
    {
        "source": Column("Source as params.yaml names it"),
        "file": Column("File it was read from"),
        "note": Column("What was noticed while reading", nullable=True),
        "rows_in": Column("Rows read, those of people who opted out not counted", "count", "rows", low=0),
        "rows_kept": Column("Rows in the clean table", "count", "rows", low=0),
        "rows_refused": Column("Rows in quarantine: at fault", "count", "rows", low=0),
        "rows_set_aside": Column("Rows set aside: sound, but no evidence of relationships", "count", "rows", low=0),
    },
)  # fmt: skip
OPT_OUTS = Table(
    "opt_outs", "clean", "One row per person and what it withdrew", ("person_id", "scope"),
    {
        "person_id": WHO,
        "scope": Column("What may not be used: all of the person, its collaboration records, or what others named it for", allowed=("all", "records", "named")),
    },
)  # fmt: skip
SET_ASIDE = Table(
    "set_aside", "clean", "One row per place in a file and step that set something there aside", ("source", "file", "row", "column", "step"),
    {
        "source": Column("Source as params.yaml names it"),
        "file": Column("File it was read from"),
        "row": Column("Line of the file, or number within the place named beside; 0 where rows of a table have no numbers", "count", "line", low=0),
        "column": Column("Place in the file, where a line holds several records; the week, where rows have no numbers", nullable=True),
        "step": Column("Step that set it aside"),
        "records": Column("Records set aside there, as the pairs of one meeting", "count", "records", low=1),
    },
)  # fmt: skip
FILTERS = Table(
    "filters", "clean", "One row per source and step of cleaning, in order", ("source", "number"),
    {
        "source": Column("Source as params.yaml names it"),
        "number": Column("Place of the step, 0 before the first", "count", low=0),
        "step": Column("Step of cleaning"),
        "reason": Column("Why it takes a record", nullable=True),
        "alone": Column("Records that it would take if it were the only step", "count", "records", low=0),
        "taken": Column("Records that it took", "count", "records", low=0),
        "kept": Column("Records left after it", "count", "records", low=0),
        "people": Column("People of the staff list in contact with another of them, after it", "count", "people", low=0, nullable=False),
        "pairs": Column("Pairs of people in contact, after it", "count", "pairs", low=0),
        "contacts": Column("Contacts between people, one of n people counting 1/(n - 1), after it", "number", "contacts", low=0),
        "outside": Column("Share of records that reach a party, after it", "number", "share", low=0, high=1),
    },
)  # fmt: skip
CLOCKS = Table(
    "clocks", "clean", "One row per person and channel whose clock ran whole hours off", ("person_id", "channel"),
    {
        "person_id": WHO,
        "channel": Column("Channel of the contact"),
        "hours": Column("Hours the clock ran ahead, taken off", "number", "hours", low=-12, high=12),
        "records": Column("Records behind it", "count", "records", low=1),
        "ratio": Column("Log likelihood ratio against a clock that is right", "number", low=0),
    },
)  # fmt: skip
PERSON_WEEKS = Table(
    "person_weeks", "clean", "One row per person with any recorded contact and week", ("person_id", "week"),
    {
        "person_id": WHO,
        "week": Column("Monday of the week, in UTC", "time"),
        "contacts": Column("Records of contact", "count", "records", low=0),
        "state": Column("Whether the person was at work by these records", allowed=("before", "active", "light", "leave", "silent", "after")),
    },
)  # fmt: skip
ARRIVALS = Table(
    "arrivals", "clean", "One row per file of recorded contact and week", ("file", "week"),
    {
        "file": Column("File it was read from"),
        "week": Column("Monday of the week by the record's own clock, in UTC; absent where it says no time", "time", nullable=True),
        "records": Column("Records that could be read", "count", "records", low=0),
        "kept": Column("Records kept", "count", "records", low=0),
    },
)  # fmt: skip
QUARANTINE = Table(
    "quarantine", "clean", "One row per place in a file and fault found there", ("source", "file", "row", "column", "reason"),
    {
        "source": Column("Source as params.yaml names it"),
        "file": Column("File it was read from"),
        "row": Column("Line of the file, the header being line 1; in a chat export, number of the message in its day; in a table whose rows have no numbers, number among those of its fault", "count", "line", low=1),
        "column": Column("Column at fault", nullable=True),
        "reason": Column("Why it was refused"),
        "remedy": Column("What would mend it"),
    },
)  # fmt: skip
EMPTIED = Table(
    "emptied", "clean", "One row per cell of the staff list that could not be understood, and is empty in the table", ("source", "file", "row", "column", "reason"),
    {
        **{name: QUARANTINE.columns[name] for name in ("source", "file", "row", "column")},
        "reason": Column("Why it was emptied"),
        "remedy": QUARANTINE.columns["remedy"],
    },
)  # fmt: skip
CARELESS = Table(
    "careless", "clean", "One row per person who answered: signs of answering without reading", ("person_id",),
    {
        "person_id": WHO,
        "answered": Column("Items answered, those that ask for one answer left out", "count", "answers", low=0),
        "longest_run": Column("Longest run of one and the same answer; absent, as all to consistency, below `fewest_answers`", "number", "answers", low=0, nullable=True),
        "spread": Column("Standard deviation of the answers; absent below two", "number", "scale points", low=0, nullable=True),
        "repeated": Column("Largest share of answers equal to the one k before, for some k up to 10; absent where too few", "number", "share", low=0, high=1, nullable=True),
        "distance": Column("Squared Mahalanobis distance over the items answered; absent where people are few for the items", "number", "index", low=0, nullable=True),
        "distance_p": Column("P of such a distance by chance, adjusted for the number of people", **PROBABILITY, nullable=True),
        "consistency": Column("Even-odd consistency over scales; absent below eight scales", "number", "index", low=-1, high=1, nullable=True),
        "seconds_per_answer": Column("Time of the whole response over all its answers; absent where no time is known", "number", "seconds", low=0, nullable=True),
        "attention": Column("1 where items that ask for one answer got it, 0 where not; absent where not asked", "number", low=0, high=1, nullable=True),
        "twins": Column("Others who gave the very same answers; absent below `twin_answers`", "number", "people", low=0, nullable=True),
        "signs": Column("Signs shown, joined by +", nullable=True),
        "flagged": Column("Whether two signs or more are shown: to be judged by a person; no answer was dropped", "flag"),
    },
)  # fmt: skip
RESPONSE = Table(
    "response", "clean", "One row per grouping and group of those invited to the survey", ("grouping", "group"),
    {
        "grouping": Column("What groups are of", allowed=("all", "unit", "role", "site")),
        "group": Column("The group; empty for all, and for people of no known group"),
        "invited": Column("People on the staff list when the survey was held", "count", "people", low=1),
        "responded": Column("Of them those who answered an item", "count", "people", low=0),
        "share": Column("Share who answered", "number", "share", low=0, high=1),
        "low": Column("Low end of its 95% interval", "number", "share", low=0, high=1),
        "high": Column("High end of its 95% interval", "number", "share", low=0, high=1),
    },
)  # fmt: skip
GAPS = Table(
    "gaps", "clean", "One row per survey item", ("item",),
    {
        "item": Column("Item code of the questionnaire"),
        "asked": Column("People who answered any item", "count", "people", low=1),
        "answered": Column("Of them those who answered this one", "count", "people", low=0),
        "refused": Column("Of them those whose answer to it was refused", "count", "people", low=0),
        "absent": Column("Share with neither, whether they skipped it or their form left it out", "number", "share", low=0, high=1),
    },
)  # fmt: skip
GAP_TESTS = Table(
    "gap_tests", "clean", "One row per scale: whether its answers are absent by chance alone", ("scale",),
    {
        "scale": Column("Scale of the questionnaire"),
        "people": Column("People who answered an item of it", "count", "people", low=0),
        "patterns": Column("Different sets of items answered", "count", low=0),
        "monotone": Column("Whether whoever left out an item left out all after it, in some order of items", "flag"),
        "statistic": Column("Little's d²; absent where nothing is there to compare", "number", "index", nullable=True),
        "freedom": Column("Its degrees of freedom", "count", low=0),
        "p": Column("P of such a d² if answers are absent by chance; not adjusted for the number of scales", **PROBABILITY, nullable=True),
    },
)  # fmt: skip
WEIGHTS = Table(
    "weights", "clean", "One row per person who answered", ("person_id",),
    {
        "person_id": WHO,
        "weight": Column("Weight with which respondents stand for the staff list; 1 on average", "number", "people", low=0),
    },
)  # fmt: skip
WEIGHTING = Table(
    "weighting", "clean", "One row per margin and group that the weights balance", ("margin", "group"),
    {
        "margin": Column("What groups are of", allowed=("unit", "role", "site")),
        "group": Column("The group, or those too small, pooled"),
        "invited": Column("People invited", "count", "people", low=1),
        "responded": Column("Of them those who answered", "count", "people", low=0),
        "share_invited": Column("Share of those invited: what the weights aim at", "number", "share", low=0, high=1),
        "share_responded": Column("Share of those who answered", "number", "share", low=0, high=1),
        "share_weighted": Column("The same under the weights", "number", "share", low=0, high=1),
    },
)  # fmt: skip
SCALE_MEANS = Table(
    "scale_means", "clean", "One row per scale: its mean with and without the careless, and weighted", ("scale",),
    {
        "scale": Column("Scale of the questionnaire"),
        "people": Column("People who answered an item of it", "count", "people", low=1),
        "mean": Column("Mean of all", "number", "score", low=0, high=100),
        "people_kept": Column("Of them those not flagged as careless", "count", "people", low=0),
        "mean_kept": Column("Mean without those flagged; absent where nobody is left", "number", "score", low=0, high=100, nullable=True),
        "mean_weighted": Column("Mean of all under the weights", "number", "score", low=0, high=100, nullable=True),
    },
)  # fmt: skip
LIMITS = Table(
    "limits", "clean", "One row per sentence on what the data cannot bear", ("number",),
    {
        "number": Column("Place in the list", "count", low=1),
        "text": Column("The sentence; a claim's id in braces stands for its figure"),
    },
)  # fmt: skip
CORRECTIONS = Table(
    "corrections", "clean", "One row per cell of a file that was put right", ("file", "row", "column"),
    {
        "file": Column("File it stands in"),
        "row": Column("Line of the file, the header being line 1", "count", "line", low=1),
        "column": Column("Column that was corrected"),
        "why": Column("Why, in the words of who corrected it"),
    },
)  # fmt: skip
CONTACT = Table(
    "contact", "ties", "One row per pair of people with recorded contact", ("a_id", "b_id"),
    {
        "a_id": Column("Pseudonym of the person first in sort order"),
        "b_id": Column("Pseudonym of the other person"),
        "contacts": Column("Contacts, one of n people counting 1/(n - 1)", "number", "contacts", low=0),
        "minutes": Column("Minutes of contact, each contact's divided by (n - 1)", "number", "minutes", low=0),
        **{f"contacts_{channel}": Column(f"Contacts by {channel}", "number", "contacts", low=0) for channel in CHANNELS},
        "one_to_one": Column("Share of contacts that are between the two alone", "number", "share", low=0, high=1),
        "group_size": Column("People in a contact, on average", "number", "people", low=2),
        "off_hours": Column("Share of contacts outside the working hours of who starts them", "number", "share", low=0, high=1, nullable=True),
        "weekend": Column("Share of contacts on days that are none of work", "number", "share", low=0, high=1, nullable=True),
        "active_weeks": Column("Weeks with any contact", "number", "weeks", low=1, nullable=True),
        "tenure_days": Column("Days from the first contact to the last", "number", "days", low=0, nullable=True),
        "recency_days": Column("Days from the pair's last contact to the last of all", "number", "days", low=0, nullable=True),
        "decayed": Column("Contacts, each halved every four weeks of its age", "number", "contacts", low=0, nullable=True),
        "regularity": Column("Share of the weeks from the first contact to the last that have any", "number", "share", low=0, high=1, nullable=True),
        "burstiness": Column("How uneven the times between contacts are (Kim & Jo 2016)", "number", "index", low=-1, high=1, nullable=True),
        "reciprocity": Column("Contacts from the one who starts fewer over those from the other", "number", "share", low=0, high=1, nullable=True),
        "initiative": Column("Share, by a, of the contacts that end a silence", "number", "share", low=0, high=1, nullable=True),
        "latency_a": Column("Minutes that a takes to answer b, in the median", "number", "minutes", low=0, nullable=True),
        "latency_b": Column("Minutes that b takes to answer a, in the median", "number", "minutes", low=0, nullable=True),
    },
)  # fmt: skip
TIES = Table(
    "ties", "ties", "One row per pair of people with any relation or contact", ("a_id", "b_id"),
    {
        "a_id": Column("Pseudonym of the person first in sort order"),
        "b_id": Column("Pseudonym of the other person"),
        "strength": Column("Relations named plus, where contact is known, its share of the largest", "number", "relations", low=0),
        "relations": Column("Relations that name the pair, joined by +", nullable=True),
        "contacts": Column("Contacts, one of n people counting 1/(n - 1)", "number", "contacts", low=0, nullable=True),
        "minutes": Column("Minutes of contact, each contact's divided by (n - 1)", "number", "minutes", low=0, nullable=True),
        "crosses_unit": Column("1 between units, 0 within one, absent where a unit is unknown", "number", low=0, high=1, nullable=True),
        "same_role": Column("1 in the same role, 0 in different ones", "number", low=0, high=1, nullable=True),
        "same_site": Column("1 at the same site, 0 at different ones", "number", low=0, high=1, nullable=True),
        "tree_distance": Column("Steps from one to the other in the reporting tree", "number", "steps", low=1, nullable=True),
        "level_gap": Column("Levels between the two in the reporting tree", "number", "levels", low=0, nullable=True),
        "tenure_gap": Column("Months between the two in how long they have been here", "number", "months", low=0, nullable=True),
        "embeddedness": Column("Common neighbours over all neighbours of the pair (Jaccard)", "number", "share", low=0, high=1),
        "span": Column("Steps between the two without their tie; 4 means four, more, or no way", "number", "steps", low=2, high=4),
        "signs": Column("Signs of kind seen on the tie, joined by +", nullable=True),
        **{f"p_{kind}": Column(f"P({kind}); absent where no sign could show it", **PROBABILITY, nullable=True) for kind in ("personal", "functional", "strategic")},
        **{f"p_{kind}_{end}": Column(f"{end} end of the 95% range of P({kind}) over what was estimated or stated", **PROBABILITY, nullable=True) for kind in ("personal", "functional", "strategic") for end in ("low", "high")},
        **{f"told_{kind}": Column(f"yes or no where the tie is told to be {kind} or not, open where that cannot be told; absent as its probability", allowed=("yes", "no", "open"), nullable=True) for kind in ("personal", "functional", "strategic")},
        **{f"why_{kind}": Column(f"What P({kind}) rests on, in words", nullable=True) for kind in ("personal", "functional", "strategic")},
    },
)  # fmt: skip
PORTFOLIOS = Table(
    "portfolios", "people", "One row per person", ("person_id",),
    {
        "person_id": WHO,
        "unit": Column("Group, team or department", nullable=True),
        "ties": Column("Ties of the person", "count", "ties", low=0),
        **{f"{kind}_ties": Column(f"Expected number of {kind} ties", "number", "ties", low=0, nullable=True) for kind in ("personal", "functional", "strategic")},
        **{f"{kind}_share": Column(f"Share of the portfolio that is {kind}", "number", "share", low=0, high=1, nullable=True) for kind in ("personal", "functional", "strategic")},
        **{f"{kind}_effort": Column(f"Share of the person's contacts, or where none are recorded of the strength of its ties, that goes to {kind} ties", "number", "share", low=0, high=1, nullable=True) for kind in ("personal", "functional", "strategic")},
        "breadth": Column("Kinds, evenly held, that would be as diverse as the effort is (Hill 1973)", "number", "kinds", low=1, nullable=True),
        **{f"{column}s_reached": Column(f"Distinct {column}s among the person's alters; absent where the staff list has none", "number", f"{column}s", low=0, nullable=True) for column in ("unit", "role", "site")},
        "outside": Column("Share of those whom the person names who are not on the staff list", "number", "share", low=0, high=1, nullable=True),
        "give_take": Column("Give and take: (named by - names) / (named by + names) among colleagues", "number", "index", low=-1, high=1, nullable=True),
    },
)  # fmt: skip
POSITIONS = Table(
    "positions", "people", "One row per person", ("person_id",),
    {
        "person_id": WHO,
        "unit": Column("Group, team or department", nullable=True),
        "degree": Column("Distinct alters", "count", "people", low=0),
        "strength": Column("Sum of the ties' strengths", "number", "relations", low=0),
        "named_by": Column("People who name the person; absent where no direction is known", "number", "people", low=0, nullable=True),
        "names": Column("People whom the person names; absent for who was not asked", "number", "people", low=0, nullable=True),
        "returned": Column("Share of those named who name the person too; of those who were asked", "number", "share", low=0, high=1, nullable=True),
        "constraint": Column("Burt's constraint; absent for isolates", "number", "index", low=0, nullable=True),
        "effective_size": Column("Alters less their redundancy (Borgatti 1997)", "number", "people", low=0, nullable=True),
        "efficiency": Column("Effective size over alters", "number", "share", low=0, high=1, nullable=True),
        "betweenness": Column("Share of shortest paths through the person", "number", "share", low=0, high=1),
        "betweenness_error": Column("Standard error of it where paths were sampled, else 0", "number", "share", low=0),
        "pagerank": Column("Share of a random walk's time, along names where direction is known", "number", "share", low=0, high=1),
        "coreness": Column("Largest k of a k-core that holds the person", "count", "ties", low=0),
        "in_core": Column("1 in the core of core and periphery, 0 outside", "number", low=0, high=1),
        "two_step_reach": Column("Share of the others within two steps", "number", "share", low=0, high=1),
        "e_i": Column("E-I index of the person's ties by unit", "number", "index", low=-1, high=1, nullable=True),
        **{role: Column(f"Open two-paths brokered as {role} (Gould & Fernandez 1989); absent without a unit", "number", "two-paths", low=0, nullable=True) for role in ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")},
        "community": Column("Community found, 1 the largest; absent without ties", "number", low=1, nullable=True),
    },
)  # fmt: skip
STANDINGS = Table(
    "standings", "people", "One row per person and measure", ("person_id", "measure"),
    {
        "person_id": WHO,
        "measure": Column("Measure of position; by names given, where people were asked, of ties by names either way; else by ties"),
        "value": Column("The person's value", "number", nullable=True),
        "expected": Column("Mean of what chance gives a person with as many ties or names", "number", nullable=True),
        "low": Column("Low end of the middle 95% of what chance gives", "number", nullable=True),
        "high": Column("High end of it", "number", nullable=True),
        "top_tenth": Column("Probability of being in the top tenth, over who might have been missing", **PROBABILITY, nullable=True),
    },
)  # fmt: skip
SEGMENTS = Table(
    "segments", "people", "One row per person placed in a segment or band", ("person_id",),
    {
        "person_id": WHO,
        "segment": Column("Segment, or band of a continuum where no segments are supported"),
        "membership": Column("Probability of belonging to it, over what the ties' kinds leave open", **PROBABILITY),
        "mixed": Column("1 where no segment has so much of the person that it is clear, else 0; of bands always 0", "number", low=0, high=1),
    },
)  # fmt: skip
SEGMENT_PROFILES = Table(
    "segment_profiles", "people", "One row per segment and coordinate; none where no segments are supported", ("segment", "coordinate"),
    {
        "segment": Column("Segment"),
        "place": Column("Its place, by which it is coloured; the same in every wave", "count", low=1),
        "coordinate": Column("What is set against what: kinds over the next, as isometric log-ratio; or the logarithm of the number of ties"),
        "share": Column("Share of people in the segment", "number", "share", low=0, high=1),
        "mean": Column("Mean of the coordinate in the segment", "number"),
        "variance": Column("Variance of it", "number", low=0),
        "people": Column("People whom the model was made of", "count", "people", low=1),
    },
)  # fmt: skip
SEGMENT_PLACES = Table(
    "segment_places", "people", "One row per unit or site and segment or band: how many people", ("split", "place", "segment"),
    {
        "split": Column("What the staff is parted by", allowed=("unit", "site")),
        "place": Column("The unit or the site; absent of those of whom the staff list says none", nullable=True),
        "segment": Column("Segment or band, or `Not placed`"),
        "people": Column("People of the staff list there who are in it", "count", "people", low=0),
    },
)  # fmt: skip
INDICATORS = Table(
    "indicators", "values", "One row per value and indicator", ("value", "indicator"),
    {
        "value": Column("Which of the ten values, by file name"),
        "number": Column("Its place among the ten", "count", low=1, high=10),
        "indicator": Column("Function that computes it"),
        "definition": Column("First line of the function's docstring"),
        "better": Column("1 where more of it is more of the value, -1 where less is, 0 where neither is said", "count", low=-1, high=1),
        "claim": Column("Claim that holds the figure; absent where it could not be computed", nullable=True),
        "missing": Column("What the client would have to bring; absent where it was computed", nullable=True),
        "q": Column("P of so large a distance from its reference by chance, adjusted for the number of indicators; absent without a reference", **PROBABILITY, nullable=True),
    },
)  # fmt: skip
SCORES = Table(
    "scores", "values", "One row per person and indicator that is a sum over people", ("indicator", "person_id"),
    {
        "indicator": Column("The value's file and the function, joined by a dot"),
        "person_id": WHO,
        "top": Column("What the person adds to the upper sum", "number"),
        "bottom": Column("What the person adds to the lower sum, above 0", "number", low=0),
    },
)  # fmt: skip
GROUP_SCORES = Table(
    "group_scores", "values", "One row per indicator and unit", ("indicator", "unit"),
    {
        "indicator": Column("The value's file and the function, joined by a dot"),
        "unit": Column("Group, team or department"),
        "people": Column("People behind it", "count", "people", low=1),
        **{name: Column(f"{meaning}, in the indicator's unit", "number") for name, meaning in (
            ("found", "The unit's figure as found"), ("found_low", "Low end of its 95% interval"), ("found_high", "High end of it"),
            ("shrunk", "The same, shrunk towards the organisation's"), ("shrunk_low", "Low end of its 95% interval"), ("shrunk_high", "High end of it"),
        )},
        "above": Column("Whether the unit lies above all others, as found", "flag"),
        "largest": Column("Of a figure that counts events, the largest part that one person makes up; absent of others", "number", low=0, high=1, nullable=True),
        "q": Column("P of so large a difference from all others by chance, adjusted for the number of units and indicators", **PROBABILITY, nullable=True),
    },
)  # fmt: skip
STANDARDISED = Table(
    "standardised", "values", "One row per value", ("value",),
    {
        "value": Column("Which of the ten values, by file name"),
        "indicators": Column("Indicators behind its composite", "count", low=0),
        "composite": Column("Weighted mean of the indicators' distances from their references, in standard deviations between people; absent where there are too few", "number", nullable=True),
        "low": Column("Low end of its 95% interval", "number", nullable=True),
        "high": Column("High end of it", "number", nullable=True),
        "rank": Column("Its place among the composites, 1 the highest", "number", low=1, high=10, nullable=True),
        "rank_low": Column("Best place under other weights, in 95 of 100", "number", low=1, high=10, nullable=True),
        "rank_high": Column("Worst place under them", "number", low=1, high=10, nullable=True),
        "missing": Column("Why there is no composite; absent where there is", nullable=True),
    },
)  # fmt: skip
INTRODUCTIONS = Table(
    "introductions", "values", "One row per introduction worth making", ("unit", "other", "a_id", "b_id"),
    {
        "unit": Column("Unit of the one to be introduced"),
        "other": Column("The other's unit"),
        "a_id": Column("Pseudonym of a person of the unit"),
        "b_id": Column("Pseudonym of a person of the other"),
        "via_id": Column("Pseudonym of the colleague of both who can introduce them"),
        "strength": Column("Probability that both ties of the way carry an introduction", **PROBABILITY),
        "ways": Column("Colleagues who could, this one included", "count", "people", low=1),
    },
)  # fmt: skip
COMPARED = MATCHED, APART = ("matched", "apart")
"""How two waves are compared: person by person where scores are there, or figure with figure, as if independent."""
CHANGES = Table(
    "changes", "values", "One row per indicator measured in this wave or the one before", ("indicator",),
    {
        "indicator": Column("The value's file and the function, joined by a dot"),
        **{name: Column(f"{meaning}, in the indicator's unit", "number", nullable=True) for name, meaning in (
            ("before", "The figure of the wave before"), ("now", "The figure of this wave"), ("change", "Now less before"),
            ("low", "Low end of its 95% interval"), ("high", "High end of it"),
        )},
        "p": Column("P of so large a change where there is none", **PROBABILITY, nullable=True),
        "q": Column("The same adjusted for the number of indicators (Benjamini & Hochberg 1995)", **PROBABILITY, nullable=True),
        "changed": Column("Whether it may be called a change: q at most 0.05", "flag"),
        "compared": Column("matched: people were found again and told apart from others; apart: the two figures taken as independent", allowed=COMPARED, nullable=True),
        **{name: Column(f"{meaning}; absent where no sums over people are at hand", "number", "people", low=0, nullable=True) for name, meaning in (
            ("both", "People behind both figures"), ("only_before", "People behind the figure before alone"),
            ("only_now", "People behind the figure now alone"),
        )},
        **{name: Column(f"{meaning}, in the indicator's unit; absent for fewer than two", "number", nullable=True) for name, meaning in (
            ("panel", "The change among people behind both figures"), ("panel_low", "Low end of its 95% interval"), ("panel_high", "High end of it"),
        )},
        "missing": Column("Why the two cannot be compared; absent where they are", nullable=True),
    },
)  # fmt: skip
TEAMS = Table(
    "teams", "change", "One row per member of a small team to start the change with", ("team", "person_id"),
    {
        "team": Column("Number of the team, in the order in which they were chosen", "count", low=1),
        "person_id": WHO,
        "reach": Column("People expected within two steps of this member, itself included", "number", "people", low=0),
        "adds": Column("How many fewer the team, and those chosen before it, would reach without this member", "number", "people", low=0),
    },
)  # fmt: skip
NOT_ADOPTED = "not adopted"
BY_TIME = ("early adopters", "early majority", "late majority", "laggards")
BY_THRESHOLD = ("very low", "low", "high", "very high")
"""Kinds of adopters by when they adopt, and by how many of those they heed had by then (Valente 1995)."""
SPREAD = Table(
    "spread", "change", "One row per week of the change", ("week",),
    {
        "week": Column("Week, from 0, in which the change began", "count", "weeks", low=0),
        "adopters": Column("People who took it up in the week", "count", "people", low=0),
        "cumulative": Column("People who had by its end", "count", "people", low=0),
        "share": Column("The same as a share of all people", "number", low=0, high=1),
        "hazard": Column("Share who took it up in the week of those who had not before; absent in the first week, and where all had", "number", low=0, high=1, nullable=True),
        "density": Column("Ties of all there could be, each way", "number", low=0, high=1, nullable=True),
        "moran": Column("Moran's I of who had adopted by its end, over 1 / steps between people; absent where people do not differ", "number", nullable=True),
        "moran_expected": Column("Its mean under shuffling", "number", nullable=True),
        "moran_sd": Column("Its standard deviation there", "number", low=0, nullable=True),
        "moran_p": Column("P of one so far from that mean by chance", **PROBABILITY, nullable=True),
    },
)  # fmt: skip
ADOPTER_KINDS = Table(
    "adopter_kinds", "change", "One row per kind of adopters by time and by threshold that there are", ("time", "threshold"),
    {
        "time": Column("When they adopted, beside the mean of adopters", allowed=(*BY_TIME, NOT_ADOPTED)),
        "threshold": Column("Their exposure in the week of adopting, beside the mean of adopters", allowed=(*BY_THRESHOLD, NOT_ADOPTED)),
        "people": Column("People of the kind", "count", "people", low=1),
        "share": Column("The same as a share of all people", "number", low=0, high=1),
    },
)  # fmt: skip
RELIABILITY = Table(
    "reliability", "change", "One row per scale that was asked: how far its items go together", ("scale",),
    {
        "scale": Column("Scale of the questionnaire; readiness is commitment and efficacy taken together"),
        "items": Column("Items it has", "count", "items", low=2),
        "scored": Column("People with a score: two thirds of the items answered, or more", "count", "people", low=0),
        "people": Column("People behind the figures: two items answered, or more", "count", "people", low=0),
        **{f"{name}{end}": Column(f"{meaning}{which}", "number", high=1, nullable=True) for name, meaning in (
            ("alpha", "Cronbach's alpha"), ("omega", "McDonald's omega of one factor; absent for two items"), ("mean_r", "Mean correlation of two items"),
        ) for end, which in (("", ""), ("_low", ": low end of its 95% interval"), ("_high", ": high end of it"))},
        "dimensions": Column("Things the items measure, by parallel analysis", "number", "count", low=0, nullable=True),
        "reliable": Column("Whether it is reported as a scale", "flag"),
        "why": Column("Why not; absent where it is", nullable=True),
    },
)  # fmt: skip
ITEM_RESTS = Table(
    "item_rests", "change", "One row per scale and item of it", ("scale", "item"),
    {
        "scale": RELIABILITY.columns["scale"],
        "item": Column("Item code of the questionnaire"),
        "people": Column("People who answered it", "count", "people", low=0),
        "item_rest": Column("Correlation of the item with the sum of the others", "number", low=-1, high=1, nullable=True),
        "low": Column("Low end of its 95% interval", "number", low=-1, high=1, nullable=True),
        "high": Column("High end of it", "number", low=-1, high=1, nullable=True),
        "alpha_without": Column("Cronbach's alpha of the other items; absent where one is left", "number", high=1, nullable=True),
    },
)  # fmt: skip
AGREEMENT = Table(
    "agreement", "change", "One row per scale: whether people of a group see it alike", ("scale",),
    {
        "scale": RELIABILITY.columns["scale"],
        "people": Column("People with a score and a group", "count", "people", low=0),
        "groups": Column("Groups they belong to", "count", "groups", low=0),
        **{f"{name}{end}": Column(f"{meaning}{which}", "number", low=low, high=1, nullable=True) for name, meaning, low in (
            ("icc1", "ICC(1): share of differences between people that lies between groups", -1),
            ("icc2", "ICC(2): reliability of a group's mean", 0),
            ("rwg", "rwg(j) of the middle group, beside answers spread evenly", 0),
        ) for end, which in (("", ""), ("_low", ": low end of its 95% interval"), ("_high", ": high end of it"))},
        "f": Column("Mean square between groups over that within", "number", low=0, nullable=True),
        "p": Column("P of such differences between groups where there are none", **PROBABILITY, nullable=True),
        "rwg_groups": Column("Groups in which two people or more have a score", "count", "groups", low=0),
        "rwg_skewed": Column("rwg(j) of the middle group, beside answers that lean slightly one way", "number", low=0, high=1, nullable=True),
        "agreeing": Column("Share of groups whose rwg(j) reaches `change.agreed_at`", "number", "share", low=0, high=1, nullable=True),
        "shared": Column("Whether a group's mean stands for a view its people share", "flag"),
        "why": Column("Why not: then it is the average of differing views; absent where it does", nullable=True),
    },
)  # fmt: skip
SCALE_SCORES = Table(
    "scale_scores", "change", "One row per person and scale that is reliable", ("scale", "person_id"),
    {
        "scale": RELIABILITY.columns["scale"],
        "person_id": WHO,
        "score": Column("Mean of the items answered, 1-5 as 0-100", "number", "score", low=0, high=100),
        "weight": Column("Weight with which the person stands for the staff list", "number", "people", low=0),
    },
)  # fmt: skip
GROUP_READINESS = Table(
    "group_readiness", "change", "One row per scale that is reliable and unit", ("scale", "unit"),
    {
        "scale": RELIABILITY.columns["scale"],
        "unit": Column("Group, team or department"),
        "people": Column("People with a score", "count", "people", low=1),
        **{f"{name}{end}": Column(f"{meaning}{which}", "number", "score", low=0, high=100) for name, meaning in (
            ("found", "Weighted mean of the unit as found"), ("shrunk", "The same, shrunk towards the organisation's"),
        ) for end, which in (("", ""), ("_low", ": low end of its 95% interval"), ("_high", ": high end of it"))},
    },
)  # fmt: skip
CURVES = Table(
    "curves", "change", "One row per scenario and week: how far it has spread", ("scenario", "week"),
    {
        "scenario": Column("Way to start, as params.yaml names it"),
        "week": Column("Weeks from the start", "count", "weeks", low=0),
        **{name: Column(f"Share of people who have taken the change up by then, {meaning}", "number", "share", low=0, high=1) for name, meaning in (
            ("median", "in the middle one of all worlds"), ("low", "low end of the range that holds 95% of worlds"), ("high", "high end of it"),
        )},
    },
)  # fmt: skip
STARTERS = Table(
    "starters", "change", "One row per scenario and person who starts it; none where each world has its own", ("scenario", "person_id"),
    {"scenario": CURVES.columns["scenario"], "person_id": WHO},
)  # fmt: skip
KIND_BASES = ESTIMATED, ASSUMED = ("estimated", "assumed")
"""What kinds of tie are told by: estimated from what people said, or assumed by the stated strengths of signs."""

CLAIMS = Table(
    "claims", "", "One row per published number; each stage before the report writes its own", ("id",),
    {
        "id": Column("Name of the number: its measure, and the group where it is one group's"),
        "measure": Column("What is measured: stage.measure; groups of one measure are released together"),
        "label": Column("What it measures, in words"),
        "scope": Column("What it is about", allowed=("organisation", "group", "pair", "segment", "scenario")),
        "group": Column("Group or segment it is about; the first by name of a pair of groups", nullable=True),
        "other": Column("The other group of a pair; the same one where it is about a group and itself", nullable=True),
        "estimate": Column("The figure", "number"),
        "low": Column("Low end of its interval", "number"),
        "high": Column("High end of its interval", "number"),
        "n": Column("People (or pairs, where the label says so) behind it", "count", low=1),
        "people": Column("People it could reveal something about: what the release gate counts", "count", "people", low=1),
        "other_people": Column("Of a pair of groups: people of the other group; `people` are the first one's", "number", "people", low=1, nullable=True),
        "largest": Column("Of a sum over people: the largest part of it that one person makes up; absent of what is no such sum", "number", low=0, high=1, nullable=True),
        "unit": Column("Unit of the figure", allowed=("%", "index", "people", "minutes", "points", "count", "score", "times", "scale points", "per 100 hours", "points a month", "days", "money")),
        "reference": Column("What it is set against", "number", nullable=True),
        "reference_label": Column("What that reference is", nullable=True),
        "method": Column("Estimator and interval, with source"),
        "basis": Column("What the kind of tie it is about was told by: what people said, or stated signs", allowed=KIND_BASES, nullable=True),
        "stage": Column("Chapter that made it"),
    },
)  # fmt: skip
FINDINGS = Table(
    "findings", "report", "One row per sentence of the summary", ("rank",),
    {
        "rank": Column("Place in the summary", "count", low=1),
        "title": Column("The finding in one sentence"),
        "text": Column("What stands behind it"),
        "claim": Column("Claim it rests on"),
        "section": Column("Section that shows the evidence"),
    },
)  # fmt: skip

ORGANISATIONS = Table(
    "organisations", "reference", "One row per bundled organisation and indicator that its data allow", ("organisation", "indicator"),
    {
        "organisation": Column("Short name; that of the study where it is one of ours"),
        "name": Column("What it is, in words"),
        "people": Column("People in its data", "count", "people", low=1),
        "pairs": Column("Pairs of them that hold a tie", "count", "pairs", low=1),
        "tie": Column("What counts as a tie there"),
        "source": Column("Who gathered the data, and the package that carries them"),
        "terms": Column("Terms of the package, and of the data where they are narrower"),
        "indicator": Column("The value's file and the function, joined by a dot"),
        **{name: Column(f"{meaning}, in the indicator's unit", "number") for name, meaning in (
            ("estimate", "Its figure"), ("low", "Low end of its 95% interval"), ("high", "High end of it"),
        )},
        "reference": Column("What chance gives there", "number", nullable=True),
        "unit": CLAIMS.columns["unit"],
    },
)  # fmt: skip
"""Figures of real organisations whose data package registries carry: `data/reference/organisations.csv`."""

TABLES = {
    table.name: table
    for table in (
        PEOPLE, PARTIES, ANSWERS, RESPONSES, COMMENTS, NOMINATIONS, LABELS, INTERPRETERS, INTERACTIONS, OUTCOMES, OPPORTUNITIES, INTAKE, QUARANTINE, EMPTIED,
        CORRECTIONS, OPT_OUTS, SET_ASIDE, FILTERS, CLOCKS, PERSON_WEEKS, ARRIVALS,
        CARELESS, RESPONSE, GAPS, GAP_TESTS, WEIGHTS, WEIGHTING, SCALE_MEANS, LIMITS,
        CONTACT, TIES, PORTFOLIOS, POSITIONS, STANDINGS, SEGMENTS, SEGMENT_PROFILES, SEGMENT_PLACES, INDICATORS,
        SCORES, GROUP_SCORES, STANDARDISED, INTRODUCTIONS, CHANGES,
        *MARKET_TABLES,
        RELIABILITY, ITEM_RESTS, AGREEMENT, SCALE_SCORES, GROUP_READINESS,
        SPREAD, ADOPTER_KINDS, TEAMS, STARTERS, CURVES, CLAIMS, FINDINGS,
    )
}  # fmt: skip
"""Every table, by name, in the order the data travels."""

STAGES = ("clean", "ties", "people", "values", "market", "change", "report")
"""The chapters, in order: stage = notebook stem = folder under data/ = section of params.yaml."""

CLAIMING = STAGES[:-1]
"""The stages that hand on claims."""

"""The instrument: notice and consent, name generators, each person named, ten values, readiness, the market.

Some thirteen minutes. Every question has a code, which is its column in whatever comes back. Each of three forms leaves out
one of the three items of every value (planned missingness: Graham, Taylor, Olchowski & Cumsille 2006, Psychological
Methods 11:323), so that a person answers twenty of the thirty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kithwork import display
from kithwork.survey import wording

AGREEMENT = {
    "1": "not at all true",
    "2": "slightly true",
    "3": "partly true",
    "4": "largely true",
    "5": "completely true",
}
"""The scale of every item, by its points."""
CANNOT_SAY = {"98": "can't say"}
"""What may be chosen in place of a point of a scale."""
LIKELIHOOD = {"1": "very unlikely", "2": "unlikely", "3": "as likely as not", "4": "likely", "5": "very likely"}
CHOICE = {
    "1": "a product of my role",
    "2": "mostly my role",
    "3": "half and half",
    "4": "mostly my choice",
    "5": "my own choice",
}
FREQUENCY = {"1": "less often", "2": "every quarter", "3": "every month", "4": "every week", "5": "every day"}
ENERGY = {
    "-2": "much less energy",
    "-1": "less energy",
    "0": "as much as before",
    "1": "more energy",
    "2": "much more energy",
}
HELP = {"1": "they helped me", "2": "I helped them", "3": "both", "4": "neither"}
YIELD = {
    "0": "nothing yet",
    "1": "useful information",
    "2": "an introduction or decision",
    "3": "a result someone could measure",
}
VIEW = {"1": "competitors", "2": "suppliers", "3": "rules", "4": "customers", "5": "technology", "6": "none of these"}
TICKS = {
    "1": "we are friends",
    "2": "our jobs require us to work together",
    "3": "this person widens what I can see, reach or attempt",
}
CONSENT = {
    "1": "I take part",
    "2": "Do not use my collaboration records (mail, calendar, chat)",
    "3": "Do not let others' answers about me be used",
}
STATES = {
    "1": "never heard of it",
    "2": "heard of it",
    "3": "tried it",
    "4": "use it sometimes",
    "5": "it is my normal way",
    "6": "used it and stopped",
}
THRESHOLD = {str(number): str(number) for number in range(11)} | {"11": "never"}
OFFER = {"1": "yes", "2": "no"}
TAGS = {"1": "competitor", "2": "supplier", "3": "regulation", "4": "customer", "5": "technology"}
LEARNED = {"1": "saw it or was told directly", "2": "second hand", "3": "published", "4": "my inference"}
SURENESS = {"1": "a guess", "2": "rather unsure", "3": "fairly sure", "4": "sure", "5": "certain"}
QUOTING = {"1": "word for word", "2": "in other words", "3": "no"}

FORMS = {"x": "a", "y": "b", "z": "c"}
"""Each form, and the item of every value that it leaves out."""
CAPS = {"GF": 8, "GP": 5, "GS": 8, "GM": 5}
"""How many names each name generator has room for."""
MOST_ALTERS = 15
"""Distinct people of whom more is asked."""
NOTES = 3
"""Boxes for words on each question about the market."""


@dataclass(frozen=True)
class Question:
    """One thing asked. `kind` is `one` or `many` of `choices`, `line` or `words` in one's own hand, or a `number`.

    One with several `boxes` has a column for each, `<code>_<box>`, and `follow`, what is asked of each box filled in.
    """

    code: str
    text: str
    kind: str = "one"
    choices: dict[str, str] | None = None
    boxes: int = 1
    follow: tuple[Question, ...] = ()

    @property
    def reversed(self) -> bool:
        """Whether agreement means less of what its scale measures."""
        return self.code in wording.REVERSED

    def fields(self) -> Iterator[Question]:
        """The question box by box, each a question of its own, with what follows it."""
        if self.boxes == 1:
            yield self
        for box in range(1, self.boxes + 1) if self.boxes > 1 else ():
            text = self.text if box == 1 else f"Another, if there is one ({box} of at most {self.boxes})"
            yield replace(self, code=f"{self.code}_{box}", text=text, boxes=1, follow=())
            for one in self.follow:
                yield replace(one, code=f"{one.code}_{box}")


@dataclass(frozen=True)
class Section:
    """Questions under one title; those of `each_alter` are asked again of each person named."""

    code: str
    title: str
    lead: str
    questions: tuple[Question, ...]
    each_alter: bool = False


@dataclass(frozen=True)
class Terms:
    """What one study's notice says, the name of the change, and the form (`x`, `y`, `z`, or none for all items).

    Each text is a line of plain words: what survey tools would take for a field or for a mark of their own is parted.
    """

    name: str
    change: str = "the change"
    organisation: str = "Your organisation"
    basis: str = "a legitimate interest in how work gets done, weighed against yours"
    contact: str = "whoever sent you this survey"
    destroyed: str = "six months after the survey closes"
    smallest_group: int = 5
    form: str = ""

    def __post_init__(self) -> None:
        for name in ("change", "organisation", "basis", "contact", "destroyed"):
            text = display.label(getattr(self, name))
            object.__setattr__(self, name, text.replace("${", "$ {").replace("[[", "[ ["))


def sections(terms: Terms) -> tuple[Section, ...]:
    """The whole instrument of one study, in the order it is asked."""
    said = [_notice(terms), NAMES, ABOUT_EACH, _values(terms.form), READINESS, CANDOUR, MARKET]
    return tuple(_piped(section, terms.change) for section in said)


def fields(section: Section) -> Iterator[Question]:
    """What a section asks, box by box."""
    for question in section.questions:
        yield from question.fields()


def agreement(items: dict[str, str]) -> tuple[Question, ...]:
    """Questions on the scale of agreement."""
    return tuple(Question(code, text, choices=AGREEMENT | CANNOT_SAY) for code, text in items.items())


def _notice(terms: Terms) -> Section:
    lead = (
        f"{terms.organisation} asks how relationships carry its work, and how ready people are for {wording.CHANGE}. "
        f"The lawful basis is {terms.basis}. Answers are shown for groups of {terms.smallest_group} or more only; nobody's "
        "own answers are shown to anyone they work with, but for an offer to help, where you make one. Naming others is "
        f"optional, and so is every question. To withdraw, write to {terms.contact}. Names become codes as soon as the "
        f"answers are read; what was written here is destroyed by {terms.destroyed}."
    )
    asked = (
        Question("CN", "Tick what you want. Without the first tick nothing you write here is used.", "many", CONSENT),
        Question("person", "Your e-mail address at work", "line"),
    )
    return Section("notice", "Before you begin", lead, asked)


NAMES = Section(
    "names",
    "People",
    "Write each name as your organisation spells it, or an e-mail address. Leave lines empty as you like.",
    (
        Question(
            "GF",
            "In the last three months, from whom did you need information, a decision, a hand-over or finished work before "
            "you could do your own job?",
            "line",
            boxes=CAPS["GF"],
        ),
        Question(
            "GP",
            "Which people connected with your working life would you choose to spend time with even if work gave you no "
            "reason to?",
            "line",
            boxes=CAPS["GP"],
        ),
        Question(
            "GS",
            "Who, in the last year, changed how you see where our business or your field is heading, or opened a door you "
            "could not have opened yourself? Inside or outside the company.",
            "line",
            boxes=CAPS["GS"],
        ),
        Question(
            "GM",
            "Outside this organisation, whose reading of the market do you rely on? Initials, type of organisation and "
            "what they give you a view of are enough.",
            "line",
            boxes=CAPS["GM"],
        ),
    ),
)
ABOUT_EACH = Section(
    "alters",
    "About each person",
    f"Of each person you named, once, for at most {MOST_ALTERS} people.",
    (
        Question("T1", "Tick all that are true.", "many", TICKS),
        Question(
            "T2",
            "If the work link ended tomorrow, how likely is it that you would still be in touch in a year?",
            choices=LIKELIHOOD,
        ),
        Question("T3", "How far is this relationship your own choice rather than a product of your role?", choices=CHOICE),
        Question("T4", "How often are you in contact?", choices=FREQUENCY),
        Question("T5", "Years known", "number"),
        Question("T6", "Each of us can tell the other an unwelcome truth.", choices=AGREEMENT),
        Question("T7", "After we talk I usually have:", choices=ENERGY),
        Question("T8", "In the last three months:", choices=HELP),
        Question("T9", "What has come of this relationship in the past year?", choices=YIELD),
        Question("T10", "If outside the organisation, they mostly give me a view of:", choices=VIEW),
    ),
    each_alter=True,
)
READINESS = Section(
    "readiness",
    f"Ready for {wording.CHANGE}",
    "How true is each of these?",
    (
        *agreement(wording.READINESS | wording.BELIEFS | wording.STAGES),
        Question("ST", f"Where do you stand with {wording.CHANGE}?", choices=STATES),
        Question("STM", "If you have used it: in which month did you first?", "line"),
        Question(
            "TH",
            "Think of the ten colleagues you work with most. How many would have to be using "
            f"{wording.CHANGE} before you would?",
            choices=THRESHOLD,
        ),
        Question(
            "HS",
            f"Would you help to start {wording.CHANGE}? With a yes, and only then, those who plan it see your name, and "
            "whom you could reach.",
            choices=OFFER,
        ),
        Question(
            "HP",
            "Would you like a page of your own: how your relationships look, for you alone? With a yes, and only then, one "
            "is made of what is known of you. It is sent to nobody but you, and tells you nothing of anyone else.",
            choices=OFFER,
        ),
    ),
)
CANDOUR = Section(
    "candour",
    "Speaking up, and what work is for",
    "How true is each of these?",
    agreement(wording.CANDOUR | wording.ATTENTION | wording.PURPOSE),
)
MARKET = Section(
    "market",
    "What you see outside",
    "Up to three answers to each; a line is enough. Write no names of people.",
    (
        Question(
            "M1",
            "What have you seen or heard outside in the last 60 days that we ought to act on?",
            "words",
            boxes=NOTES,
            follow=(
                Question("M1K", "What is it about?", choices=TAGS),
                Question("M1L", "How did you learn it?", choices=LEARNED),
                Question("M1S", "How sure are you?", choices=SURENESS),
                Question("M1Q", "May we quote you?", choices=QUOTING),
            ),
        ),
        Question(
            "M2",
            "Which idea – yours or someone else's – could we sell, save with or repeat, and who would want it?",
            "words",
            boxes=NOTES,
        ),
        Question("M3", "What does everybody here talk about and nobody act on?", "words", boxes=NOTES),
    ),
)


def _values(form: str) -> Section:
    items = {code: text for three in wording.VALUES.values() for code, text in three.items()}
    asked = {code: text for code, text in items.items() if not form or code[-1] != FORMS[form]}
    return Section("values", "How work goes here", "How true is each of these?", agreement(asked))


def _piped(section: Section, change: str) -> Section:
    def said(text: str) -> str:
        spoken = text.replace(wording.CHANGE, change)
        return spoken[:1].upper() + spoken[1:] if text.startswith(wording.CHANGE) else spoken

    asked = tuple(replace(question, text=said(question.text)) for question in section.questions)
    return replace(section, title=said(section.title), lead=said(section.lead), questions=asked)

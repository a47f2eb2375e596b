"""Three things to try, told by rule from what a person said: something to ask, something to offer, something to let go.

The first rule of each list that holds is told, with what it rests on; the last of each always holds, and says that nothing
stands out. Nothing of what others said enters but the count of those who name the person, where the gate tells it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd
from markupsafe import Markup

from kithwork.release import FEWEST, Band, OwnPage
from kithwork.report import sentences as say

HELP, ENERGY, YIELD = "T8", "T7", "T9"
"""Questions of the survey about each person named."""
MANY = 1 / 3
"""Share of those spoken of from which something is said to be so of many."""


@dataclass(frozen=True)
class Spoken:
    """What a person said of those it named: of how many it said who helped whom, what came of it, and how it leaves them;
    and of how many of them that they helped, were helped, brought nothing yet, or cost energy."""

    helped_by: int = 0
    helped: int = 0
    of_help: int = 0
    nothing: int = 0
    of_yield: int = 0
    draining: int = 0
    of_energy: int = 0


@dataclass(frozen=True)
class Reading:
    """A person's page as the rules read it: what was released, the bands, and what the person said of those it named."""

    own: OwnPage
    bands: dict[str, Band]
    spoken: Spoken = field(default_factory=Spoken)
    shown: dict[str, Markup] = field(default_factory=dict)

    def beside(self, name: str) -> str:
        """`above` or `below` where the whole interval, or the count, lies outside the middle half of everybody; else
        `within` where all of it lies inside, or `unclear`; empty where either is not known, and for what was counted of
        fewer colleagues than those had named of whom the middle half is."""
        band = self.bands.get(name)
        count = self.own.named_by if name == "named_by" else self.own.counts.get(name)
        one = self.own.figures.get(name)
        few = name in self.own.counts and self.own.counts["named"] < FEWEST
        if band is None or few or (one is None and not isinstance(count, int)):
            return ""
        low, high = (count, count) if one is None else (one.low, one.high)
        if low > band.high.estimate:
            return "above"
        if high < band.low.estimate:
            return "below"
        return "within" if low >= band.low.estimate and high <= band.high.estimate else "unclear"


@dataclass(frozen=True)
class Prompt:
    """One thing to try: what kind of thing, what to do, and what it rests on."""

    verb: str
    text: str
    rests: Markup


Rule = tuple[Callable[[Reading], object], str, Callable[[Reading], object]]
"""Whether it holds, what to do, and what it rests on."""


def spoken(own: pd.DataFrame) -> Spoken:
    """What a person said, from its own rows of table INTERPRETERS."""
    said = {code: own.loc[own["question"] == code, "value"] for code in (HELP, ENERGY, YIELD)}
    return Spoken(
        helped_by=int(said[HELP].isin((1, 3)).sum()),
        helped=int(said[HELP].isin((2, 3)).sum()),
        of_help=len(said[HELP]),
        nothing=int((said[YIELD] == 0).sum()),
        of_yield=len(said[YIELD]),
        draining=int((said[ENERGY] < 0).sum()),
        of_energy=len(said[ENERGY]),
    )


def _is(name: str, place: str) -> Callable[[Reading], object]:
    return lambda reading: reading.beside(name) == place


def _share(kind: str) -> Callable[[Reading], object]:
    text = Markup("{} of your ties, by your own words, are {}; of the middle half of everybody, {}.")
    return lambda reading: text.format(reading.shown[kind], kind, reading.shown[f"{kind} band"])


def _count(name: str, words: str) -> Callable[[Reading], object]:
    text = Markup(f"{words} {{}}; the middle half of everybody, {{}}.")
    return lambda reading: text.format(reading.shown[name], reading.shown[f"{name} band"])


def _of(many: str, whole: str, words: str) -> Callable[[Reading], object]:
    return lambda reading: words.format(*(say.count(getattr(reading.spoken, name)) for name in (many, whole)))


def _many(many: str, whole: str) -> Callable[[Reading], object]:
    def holds(reading: Reading) -> bool:
        some, of = getattr(reading.spoken, many), getattr(reading.spoken, whole)
        return of >= FEWEST and some >= MANY * of

    return holds


def _always(reading: Reading) -> bool:
    return True


def _nothing(words: str) -> Callable[[Reading], object]:
    return lambda reading: words


HELPED = "In the last three months {} of the {} people you spoke of helped you, and you helped fewer."
NO_YIELD = "Of {} of the {} people you spoke of nothing has come yet, in the past year, by your own words."
DRAINED = "After talking with {} of the {} people you spoke of you have less energy than before, by your own words."
CHECKED = "It rests on no figure: of what these rules look at, nothing stands out."

RULES: dict[str, tuple[Rule, ...]] = {
    "Ask": (
        (
            _is("strategic", "below"),
            "Ask somebody outside your own circle what they see coming that you do not, and whom else you should hear.",
            _share("strategic"),
        ),
        (
            _is("units", "below"),
            "Ask a colleague to introduce you to somebody in a part of the organisation where you named nobody.",
            _count("units", "The colleagues you named are of"),
        ),
        (
            _is("personal", "below"),
            "Ask somebody whom you like working with for half an hour about anything but the work.",
            _share("personal"),
        ),
        (
            _is("functional", "below"),
            "Ask those whose work yours depends on what they need from you, and by when.",
            _share("functional"),
        ),
        (_always, "Ask one of those you named what they think you do not see.", _nothing(CHECKED)),
    ),
    "Offer": (
        (
            lambda reading: reading.spoken.of_help >= FEWEST and reading.spoken.helped_by > reading.spoken.helped,
            "Offer help, before it is asked for, to one of those who helped you.",
            _of("helped_by", "of_help", HELPED),
        ),
        (
            _is("named_by", "above"),
            "Offer what many come to you for in a form that does not need you: a note, an open half hour, or a colleague "
            "who knows it too.",
            _count("named_by", "Colleagues who name you:"),
        ),
        (
            _is("units", "above"),
            "Offer an introduction: somebody you know in one part of the organisation could use somebody you know in "
            "another.",
            _count("units", "The colleagues you named are of"),
        ),
        (
            _is("strategic", "above"),
            "Offer what you see from outside to somebody whose work keeps them inside.",
            _share("strategic"),
        ),
        (_always, "Offer one colleague something that you know and they could use, with nothing due.", _nothing(CHECKED)),
    ),
    "Let go": (
        (
            _many("nothing", "of_yield"),
            "Let one contact of which nothing has come yet rest for a while; ask first what the other has of it.",
            _of("nothing", "of_yield", NO_YIELD),
        ),
        (
            _many("draining", "of_energy"),
            "Let one conversation that costs you energy be shorter, rarer, or in writing.",
            _of("draining", "of_energy", DRAINED),
        ),
        (
            _is("functional", "above"),
            "Let one hand-over run without you: by a shared list, a rule, or the next person in line.",
            _share("functional"),
        ),
        (
            _is("named", "above"),
            "Let one regular meeting go that would not be missed.",
            _count("named", "Colleagues you named:"),
        ),
        (_always, "Let go of one meeting that ended without anybody doing something differently.", _nothing(CHECKED)),
    ),
}
"""What may be told, by its verb, the most telling first."""


def prompts(reading: Reading) -> list[Prompt]:
    """One thing to ask, one to offer and one to let go."""
    told = []
    for verb, rules in RULES.items():
        _, text, rests = next(rule for rule in rules if rule[0](reading))
        told.append(Prompt(verb, text, Markup.escape(rests(reading))))
    return told

"""Whether redaction leaves a name, an address or a number in a text, what else it takes away, and how long it takes.

    make bench-redaction
    python -m benchmarks.redaction

Planted: 10,000 texts put together from templates, each with a person, a party, an address or a number in it. Names come
from two lists that the code was not written against: surnames and first names of ten languages, and syllables put
together at random; each is spelt in one of many ways by a second generator, which knows nothing of the code's keys. A
text leaks where what was planted, or any word of it of three letters or more, is still in it, case and marks aside.

Clean: 10,000 texts of the same templates with small counts and nothing planted; a word is lost where it is no longer there.
Staff lists hold names that are words too (Will, Mark, Per, Grace, May, Rose): the texts use those words in small letters.

Large: 50,000 texts, each with a name and a number in it, beside a list of 10,000 people.
"""

from __future__ import annotations

import re
import sys
import time
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork.cleaning.redaction import redact
from kithwork.cleaning.redaction_names import Names
from kithwork.estimates import proportion

TEXTS, MANY, PEOPLE, SEED = 10_000, 50_000, 10_000, 11
FIRST = """
    Agnieszka Bengt Çağla Dorothée Eimear Fionnuala Gerhard Håkon Iñigo Jürgen Katarzyna Ludmila Małgorzata Niamh Ottoline
    Paweł Quirin Raúl Šárka Thorbjørn Ulrike Valérie Wenceslas Xiomara Ysolde Željko Will Mark Per Grace May Rose
    """.split()  # noqa: SIM905
LAST = """
    Ångström Bjørnstad Castañeda Dvořák Echeverría Fröhlich Grönholm Håkansson Ibáñez Jørgensen Krüger Lefèvre Mäkinen Núñez
    Østergaard Pokorný Quintanilla Rüdiger Szczepański Tørnæs Übelhör Villeneuve Wrzesień Yıldırım Zúñiga Baker Young Stone
    """.split()  # noqa: SIM905
LEAST_WHOLE = 5
"""Letters from which what was planted is looked for across the signs between them."""
DULL = {"inv"}
"""What may stay of a number planted."""
ALONE = ("will", "mark", "per", "grace", "may", "rose", "baker", "young", "stone")
SYLLABLES = "ba cen dor fi gul hem ix jo kar lu mos nad pel qua rit sol tum vex wil zan".split()  # noqa: SIM905
FIRMS = (
    "Quillon Foods",
    "Vantor Shipping Ltd",
    "Brambleford Dairies",
    "Octavine Labs GmbH",
    "Hesperus Standards Board",
    "Zephrin Glass",
)
TEMPLATES = (
    "heard from {} that prices go up in 3 weeks",
    "{} told us buyers ask for rental, per month or per year",
    "at the fair, {} showed an app; two hospitals will mark it up",
    "we may lose the tender ({}) with grace, or so it seems",
    "Deliveries are late again: {}.",
    "no news since spring\n{}\nbut glass is scarce and 12.5% dearer",
)
SMALL = (
    "two clients",
    "5 of 12 buyers",
    "a rose grower",
    "whoever may ask",
    "stone suppliers",
    "one young firm",
    "a baker",
)


def main() -> int:
    """Measure all of it; 1 if a goal is missed."""
    rng = np.random.default_rng(SEED)
    people = [*(f"{first} {last}" for first in FIRST for last in rng.choice(LAST, 4, replace=False)), *_made_up(rng, 400)]
    names = Names.of(people, FIRMS)
    return publish("redaction", [*_planted(people, names, rng), *_clean(names, rng), *_alone(names), *_large(rng)])


def _made_up(rng: np.random.Generator, count: int) -> list[str]:
    return [" ".join("".join(rng.choice(SYLLABLES, 3)).title() for _ in range(2)) for _ in range(count)]


def spellings(name: str) -> list[str]:
    """Ways in which people write a name of two parts, made without the code's own keys."""
    first, last = name.split()
    marks = [one for one in unicodedata.normalize("NFD", name) if not unicodedata.combining(one)]
    german = name.translate(
        str.maketrans({"ü": "ue", "ö": "oe", "ä": "ae", "ø": "oe", "å": "aa", "Å": "Aa", "Ü": "Ue", "Ø": "Oe"})
    )
    latin = str.maketrans("aeopcxy", "аеорсху")
    return [
        name,
        name.upper(),
        name.lower(),
        f"{last}, {first}",
        f"{last} {first}",
        first,
        last,
        f"{first}'s",
        f"{last}s",
        f"{first[0]}. {last}",
        f"{first[0]} {last}",
        f"{first[0]}.{last}",
        f"{last} {first[0]}.",
        f"@{first}",
        f"@{first}.{last}",
        f"{first}{last}",
        f"{first}_{last}",
        f"{first}-{last}",
        f"{first}\n{last}",
        f"{first}  {last}",
        f"Dr {last}",
        f"({last})",
        "".join(marks),
        german,
        unicodedata.normalize("NFD", name),
        name.translate(latin),
        f"{last[:3]}\u200b{last[3:]}",
        f"{last[:3]}\u00ad{last[3:]}",
        " ".join(first.upper()),
        f"{last[:-2]}-\n{last[-2:]}",
        f"{first}/{last}",
        f"\u201c{first}\u201d",
        "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in first),
        f"{first}2",
        f"#{first}{last}",
    ]


def firms(name: str) -> list[str]:
    """Ways in which people write a firm's name."""
    head = name.split()[0]
    return [
        name,
        name.upper(),
        name.lower(),
        head,
        head.upper(),
        head.lower(),
        f"{head}'s",
        f"www.{head.lower()}.com",
        f"@{head}",
    ]


def numbers(rng: np.random.Generator) -> list[str]:
    """Telephones, accounts, addresses and sums, with digits drawn anew."""
    a, b, c, d = (f"{rng.integers(1000, 9999)}" for _ in range(4))
    return [
        f"+44 20 {a} {b}",
        f"(0{a[:3]}) {b}-{c[:2]}",
        f"00{a[:2]} {b} {c}",
        f"{a[:2]} {b[:2]} {c[:2]} {d[:2]}",
        f"+{a[:2]}.{b}.{c}",
        f"DE{a[:2]} {b} {c} {d} {a} {b[:2]}",
        f"{a} {b} {c} {d}",
        f"{a}-{b}-{c}-{d}",
        f"€{a}",
        f"{a} EUR",
        f"USD {a[0]},{b[:3]},{c[:3]}",
        f"{a[0]}.{b[0]} million",
        f"INV-{a}",
        f"no. {a}",
        f"{a[:2]}/{int(b[:2]) % 12 + 1}/19{c[:2]}",
        f"19{a[:2]}-0{b[0]}-1{c[0]}",
        f"1{a[0]} March 19{b[:2]}",
        f"{a[:3]}.{b[:2]}.{c[:2]}.{d[:2]}",
        f"x{a}y@mail{b}.org",
        f"x{a} at mail{b} dot org",
        f"https://x.io/{a}",
        f"{a[:2]} Elm Street",
        f"Lindenstraße {a[:2]}",
        f"{a[:2]} rue des Lilas",
        f"Skovvej {a[:2]}, {b} Aarhus",
        f"room B{a[:2]}",
        f"SW{a[0]} {b[0]}AB",
        f"P.O. Box {a}",
        f"{a}{b}{c}{d}",
        f"AB{a}{b[:2]}C",
    ]


def _planted(people: list[str], names: Names, rng: np.random.Generator) -> list[Figure]:
    kinds: dict[str, Callable[[], list[str]]] = {
        "names of people": lambda: spellings(people[rng.integers(len(people))]),
        "names of parties": lambda: firms(FIRMS[rng.integers(len(FIRMS))]),
        "addresses and numbers": lambda: numbers(rng),
    }
    found = []
    for kind, share in zip(kinds, (0.6, 0.1, 0.3), strict=True):
        planted = [str(rng.choice(kinds[kind]())) for _ in range(int(TEXTS * share))]
        texts = pd.Series([str(rng.choice(TEMPLATES)).format(one) for one in planted], dtype="str")
        after = redact(texts, names)
        bare = [template.format("") for template in TEMPLATES]
        leaking = [left(one, text, " ".join(bare)) for one, text in zip(planted, after, strict=True)]
        for one, text in [(one, text) for one, text, leaks in zip(planted, after, leaking, strict=True) if leaks][:20]:
            print(f"left: {one!r} in {text!r}", file=sys.stderr)
        share_left = proportion(sum(leaking), len(leaking)).times(100)
        figure = Figure(f"{kind}: texts of {len(leaking):,} that still tell", (float(sum(leaking)),), "texts", 0, "exactly")
        ends = (share_left.low, share_left.high)
        found += [figure, Figure(f"{kind}: the same as a share", (share_left.estimate,), "%", interval=ends)]
    return found


def left(planted: str, text: str, template: str) -> bool:
    """Whether a part of what was planted is still there; words that the templates have themselves aside."""
    own = set(re.findall(r"\w+", _plain(template)))
    parts = set(re.findall(r"\w{3,}", _plain(planted))) - own - DULL
    whole, there, mine = (re.sub(r"\W", "", _plain(one)) for one in (planted, text, template))
    across = len(whole) >= LEAST_WHOLE and whole in there and whole not in mine
    return across or bool(parts & set(re.findall(r"\w+", _plain(text))))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("\u200b", "").replace("\u00ad", "").replace("-\n", "")).casefold()
    return "".join(one for one in text if not unicodedata.combining(one))


def _clean(names: Names, rng: np.random.Generator) -> list[Figure]:
    texts = pd.Series([str(rng.choice(TEMPLATES)).format(rng.choice(SMALL)) for _ in range(TEXTS)], dtype="str")
    before = texts.str.findall(r"\w+").explode()
    kept = redact(texts, names).str.replace(r"\[\w+\]", "", regex=True).str.findall(r"\w+").str.len()
    lost = proportion(len(before) - int(kept.sum()), len(before)).times(100)
    return [Figure(f"words of {TEXTS:,} clean texts lost", (lost.estimate,), "%", 0.5, interval=(lost.low, lost.high))]


def _alone(names: Names) -> list[Figure]:
    """What the rule for names that are words leaves: such names in small letters, with nothing beside them that tells."""
    alone = pd.Series([f"heard it with {name} last week" for name in ALONE], dtype="str")
    there = sum(name in text for name, text in zip(ALONE, redact(alone, names), strict=True))
    return [Figure(f"{len(ALONE)} names that are words, alone and in small letters: still there", (float(there),), "names")]


def _large(rng: np.random.Generator) -> list[Figure]:
    words = " ".join((*TEMPLATES, *SMALL)).replace("{}", "").split()
    people = _made_up(rng, PEOPLE)
    told = [f"{' '.join(rng.choice(words, 18))} {people[rng.integers(PEOPLE)]} {rng.integers(10**6)}" for _ in range(MANY)]
    texts = pd.Series(told, dtype="str")
    began = time.process_time()
    redact(texts, Names.of(people, FIRMS))
    return [Figure(f"{MANY:,} texts beside {PEOPLE:,} people, processor time", (time.process_time() - began,), "s", 20)]


if __name__ == "__main__":
    raise SystemExit(main())

"""The one gate between people and what may be shown.

`release` takes claims and returns a `Released` frame; report sections accept nothing else, and nothing else filters groups.
Its rules (Hundepool et al. 2012, *Statistical Disclosure Control*, ch. 4):

1. No row about fewer people than the smallest group; a measure whose whole is about fewer is held back altogether.
2. Complementary suppression: those counted in a measure's total but in no published group of it (groups held back, and
   people in no group at all) must be nobody or at least the smallest group, or a reader could take the published groups
   from the published total and learn about the few left over. The smallest shown group is held back too until that holds.
3. A pair of groups is shown only where both its groups are. Of ties between groups a reader may know more than the pairs:
   how many ties each group shown holds (ties per person, the share within) and how many there are. Then a row of the
   matrix less its pairs shown is the group's ties to all groups held back together. So rule 2 is kept among the groups of
   the pairs alone: people in no group hold none of these ties and cover nobody. Those held back are at least two groups
   and the smallest group of people, or all; no pair of theirs follows by subtraction, only their sum, which is about them
   all. A sum of none says of each that there is none: that is about all of them too, and is not prevented.
4. A sum over people of which one person makes up more than half is treated as that person's: it is held back, and covers
   nobody but that one (dominance; ibid. ch. 4.2.2).
5. Counts of people in a table of several sides are held back by `crossed`, cell by cell, in all tables together: each cell
   about few can be any count up to the smallest group, for all that the cells and sums shown tell.
6. Figures are rounded to what their unit deserves, so no finer difference can be taken.
7. Words pass only by `quotations` and `phrases`. A text is quoted where somebody approved it, its topic has at least the
   smallest group of writers and none of them wrote more than half of it (dominance, ibid. ch. 4.2.2): then nobody on the
   topic knows most of the others' words by subtraction. Nobody is quoted twice. A topic is called by words that at least
   the smallest group wrote, so that its name quotes nobody.
7. A page of a person's own passes only by `own`: of who asked for it, with figures of the person's own words, and of what
   others said one count, where three colleagues stand on either side of it. Peers are a `band`, of whom every quarter is
   the smallest group.

There are three editions, each of which holds all that the one before it shows: `public`, figures of everybody and of
segments; `sponsor`, those of groups beside them; `confidential`, a page each for people who asked for their own. Whoever
has two of them thus knows no more than the fuller one tells.

It guards one partition of people at a time. Groups that overlap, or two reports a few leavers apart, are not compared.
A share of a group's people with its n tells how many of them it counts, and 0 or 100 % something of each: this is about
the whole group, and not prevented. Chapters therefore claim no share of what people answered by group as it was found, but
drawn towards the whole; who answered at all, and who has ties, is told as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import InitVar, dataclass
from enum import StrEnum
from functools import cached_property
from math import comb
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.claims import pair_of
from kithwork.errors import Problem, UserError
from kithwork.estimates import LEVEL, Estimate
from kithwork.market_tables import QUOTES, TOPIC_PHRASES
from kithwork.tables import CLAIMS, SEGMENT_PLACES

if TYPE_CHECKING:
    from kithwork.disclosure.cells import Cells

DECIMALS = {
    "%": 0, "index": 2, "people": 1, "minutes": 0, "points": 0, "count": 0, "score": 0, "times": 1, "scale points": 1,
    "per 100 hours": 1, "points a month": 1, "days": 0, "money": -3,
}  # fmt: skip
"""Digits after the point that leave the gate, by unit; below 0, so many before it do not."""

HELD_BACK = "[c]"
"""What stands for a figure that is held back."""

REST, ALL = "Held back, together", "All"
"""What stands for all places that are held back, and for all of them."""

MOST_HIDDEN = 0.5
"""Share of a table's cells above which so many are held back that it is not shown."""

LONGEST_QUOTATION = 25
"""Words of a quotation that may be shown."""
DOMINANCE = 0.5
"""Share of a sum, or of a topic's texts, above which one person's part makes it that person's."""

_KEY = object()


class Edition(StrEnum):
    """For whom a page is made."""

    PUBLIC = "public"
    SPONSOR = "sponsor"
    CONFIDENTIAL = "confidential"


@dataclass(frozen=True)
class Released:
    """Claims that may be shown, and how many groups were held back from each measure. Only `release` can make one."""

    claims: pd.DataFrame
    held_back: dict[str, int]
    smallest_group: int
    edition: Edition = Edition.SPONSOR
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only kithwork.release.release makes a Released frame")

    def get(self, claim: str) -> pd.Series | None:
        """One claim by id, or None where it was not computed or is held back."""
        place = self._places.get(claim)
        return None if place is None else self.claims.iloc[place]

    def of(self, measure: str) -> pd.DataFrame:
        """The groups shown of one measure, or its pairs of groups, in name order."""
        rows = self.claims.iloc[self._grouped.get(measure, [])]
        return rows.sort_values(["group", "other"]).reset_index(drop=True)

    @cached_property
    def _places(self) -> dict[str, int]:
        """Where each claim stands, by id."""
        return dict(zip(self.claims["id"], range(len(self.claims)), strict=True))

    @cached_property
    def _grouped(self) -> dict[str, np.ndarray]:
        """Where the claims about groups stand, by measure."""
        places = np.flatnonzero(self.claims["group"].notna())
        by_measure = self.claims["measure"].iloc[places].groupby(self.claims["measure"].iloc[places].to_numpy()).indices
        return {str(measure): places[found] for measure, found in by_measure.items()}

    def _repr_html_(self) -> str:
        """The claims as a table, for chapters: what a notebook shows of its figures is what may be shown."""
        digits = self.claims["unit"].map(DECIMALS)
        text = {
            column: [f"{value:.{max(places, 0)}f}" for value, places in zip(self.claims[column], digits, strict=True)]
            for column in ("estimate", "low", "high")
        }
        shown = pd.DataFrame(
            {
                "What": self.claims["label"],
                "Of": [_about(*names) for names in zip(self.claims["group"], self.claims["other"], strict=True)],
                "Figure": text["estimate"],
                "95% interval": [f"{low} to {high}" for low, high in zip(text["low"], text["high"], strict=True)],
                "Unit": self.claims["unit"],
                "n": self.claims["n"],
            }
        )
        held = "".join(f"<p>{HELD_BACK} {n} held back from {name}</p>" for name, n in self.held_back.items() if n)
        return shown.to_html(index=False, border=0) + held


def release(claims: pd.DataFrame, smallest_group: int, edition: Edition = Edition.SPONSOR) -> Released:
    """What of these claims may be shown to readers of an edition.

    Raises `UserError` where every figure about a whole is below the smallest group: then nothing may be shown.
    """
    claims = CLAIMS.checked(claims)
    if edition is Edition.PUBLIC:
        claims = claims[claims["group"].isna() | (claims["scope"] == "segment")]
    whole = claims[claims["group"].isna()]
    small = whole[_told_of(whole) < smallest_group]
    if len(small) and len(small) == len(whole):
        what = f"is about fewer people than report.smallest_group ({smallest_group}), so no report can be made"
        do = "Bring a study of more people; the smallest group cannot be below 5."
        raise UserError(Problem(what, small["id"].iloc[0], do, found=f"{small['people'].iloc[0]} people"))
    kept, held_back = [whole.drop(small.index)], {str(measure): 1 for measure in small["measure"]}
    totals = whole.set_index("measure")["people"]
    for measure, rows in claims[claims["other"].notna()].groupby("measure", sort=True):
        hidden = withheld(_sizes(rows), smallest_group)
        kept.append(rows[~(rows["group"].isin(hidden) | rows["other"].isin(hidden))])
        held_back[str(measure)] = len(hidden)
    for measure, rows in claims[claims["group"].notna() & claims["other"].isna()].groupby("measure", sort=True):
        rows = rows.set_index("group", drop=False)
        outside = max(int(totals.get(measure, 0)) - int(rows["people"].sum()), 0)
        sizes = _told_of(rows)
        shown = rows[~rows["group"].isin(withheld(sizes, smallest_group, int(sizes.sum()) + outside))]
        kept.append(shown)
        held_back[str(measure)] = len(rows) - len(shown)
    released = pd.concat(kept).sort_values("id", kind="stable").reset_index(drop=True)
    for column in ("estimate", "low", "high", "reference"):
        digits = released["unit"].map(DECIMALS)
        rounded = [round(value, digit) for value, digit in zip(released[column], digits, strict=True)]
        released[column] = pd.Series(rounded, dtype="float64", index=released.index) + 0.0
    return Released(released, held_back, smallest_group, edition, _KEY)


@dataclass(frozen=True)
class Quotations:
    """Texts that may be shown word for word: `rows` has topic_id, language and words. Only `quotations` can make one."""

    rows: pd.DataFrame
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only kithwork.release.quotations makes Quotations")

    def of(self, topic_id: str) -> list[str]:
        """The quotations on one topic, the most typical first."""
        return self.rows.loc[self.rows["topic_id"] == topic_id, "words"].tolist()


def quotations(quotes: pd.DataFrame, smallest_group: int, most: int = 2, edition: Edition = Edition.SPONSOR) -> Quotations:
    """Which texts of table QUOTES may be shown, at most `most` of a topic: what fits its topic best goes first.

    In public nobody is quoted: who agreed to be quoted did so to those whom they work with.
    """
    quotes = QUOTES.checked(quotes if edition is not Edition.PUBLIC else QUOTES.empty())
    short = quotes["words"].str.split().str.len() <= LONGEST_QUOTATION
    many = (quotes["people"] >= smallest_group) & (quotes["most"] <= DOMINANCE)
    may = quotes[short & many & quotes["approved"]]
    best = may.sort_values(["fit", "comment_id"], ascending=[False, True]).drop_duplicates("person_id")
    best = best.groupby("topic_id", sort=False).head(most)
    rows = best.sort_values(["topic_id", "fit", "comment_id"], ascending=[True, False, True], ignore_index=True)
    return Quotations(rows[["topic_id", "language", "words"]], _KEY)


@dataclass(frozen=True)
class Phrases:
    """Words by which topics may be called: `rows` has topic_id, phrase and rank. Only `phrases` can make one."""

    rows: pd.DataFrame
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only kithwork.release.phrases makes Phrases")

    def of(self, topic_id: str) -> list[str]:
        """The phrases of one topic, the most telling first."""
        return self.rows.loc[self.rows["topic_id"] == topic_id, "phrase"].tolist()

    def called(self, topic_id: str, role: str | None = None, most: int = 3) -> str:
        """What to call a topic: its first phrases, or else its role and its number."""
        return ", ".join(self.of(topic_id)[:most]) or f"{role or 'topic'} {topic_id}"


def phrases(phrases: pd.DataFrame, smallest_group: int) -> Phrases:
    """Which phrases of table TOPIC_PHRASES may be shown: those that at least `smallest_group` people wrote."""
    may = TOPIC_PHRASES.checked(phrases).query("people >= @smallest_group")
    rows = may.sort_values(["topic_id", "rank"], ignore_index=True)
    return Phrases(rows[["topic_id", "phrase", "rank"]], _KEY)


@dataclass(frozen=True)
class Crossed:
    """Counts of people by place and segment that may be shown. Only `crossed` can make one.

    `rows` has split, place and segment, each of the two absent where it is all, and people, absent where it is held back.
    """

    rows: pd.DataFrame
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only kithwork.release.crossed makes Crossed")

    def of(self, split: str) -> pd.DataFrame:
        """One table, places by segments, all of each last; absent where a count is held back, no rows where all are."""
        rows = self.rows[self.rows["split"] == split].fillna({"place": ALL, "segment": ALL})
        table = rows.pivot(index="place", columns="segment", values="people")
        order = [*(name for name in table if name != ALL), *(name for name in table if name == ALL)]
        places = [*(name for name in table.index if name not in (REST, ALL)), *(n for n in (REST, ALL) if n in table.index)]
        return table.loc[places, order]


def crossed(counts: pd.DataFrame, smallest_group: int) -> Crossed:
    """What of the table SEGMENT_PLACES may be shown.

    Places that are held back everywhere count as one. Of the others cells are held back so that nobody can tell, from all
    that is shown of all splits together, a count of 1 to `smallest_group` − 1 people more nearly than within
    `smallest_group`; of all ways to do so the one that loses least (`disclosure/suppression.py`). A split of which less
    than half could be shown, or in which a count cannot be hidden at all, is left out: the other then has more to show.
    """
    from kithwork.disclosure.cells import few, joined
    from kithwork.disclosure.crosstable import of_table
    from kithwork.disclosure.suppression import suppress

    counts = SEGMENT_PLACES.checked(counts)
    parts = {split: _without_small_places(rows, smallest_group) for split, rows in counts.groupby("split", sort=True)}
    parts = {split: rows for split, rows in parts.items() if few(rows["people"], smallest_group).mean() <= MOST_HIDDEN}
    while parts:
        cells = joined(of_table(rows, [split, "segment"], "people", smallest_group) for split, rows in parts.items())
        made = suppress(cells, smallest_group)
        hidden = pd.Series(made.hidden, [frozenset(dict(name)) for name in cells.names])
        inner = {split: hidden[hidden.index == {split, "segment"}].mean() for split in parts}
        poor = [split for split in parts if made.open.any() or inner[split] > MOST_HIDDEN]
        if not poor:
            return Crossed(_counted(cells, hidden.to_numpy(), list(parts)), _KEY)
        del parts[poor[0]]
    return Crossed(pd.DataFrame(columns=["split", "place", "segment", "people"]), _KEY)


def _counted(cells: Cells, hidden: np.ndarray, splits: list[str]) -> pd.DataFrame:
    """The cells as rows; the margins of the segments stand in every split."""
    rows = [
        {"split": split, "place": of.get(split), "segment": of.get("segment"), "people": None if held else int(value)}
        for of, value, held in zip(map(dict, cells.names), cells.values, hidden, strict=True)
        for split in splits
        if set(of) <= {split, "segment"}
    ]
    return pd.DataFrame(rows).astype({"people": "Int64"})


def _without_small_places(rows: pd.DataFrame, smallest_group: int) -> pd.DataFrame:
    """The counts of one split by places that may be shown, those of all others, or of no place, put together."""
    split = rows["split"].iloc[0]
    sizes = rows.dropna(subset=["place"]).groupby("place")["people"].sum()
    apart = withheld(sizes, smallest_group, int(rows["people"].sum()))
    place = rows["place"].where(rows["place"].notna() & ~rows["place"].isin(apart), REST)
    return rows.groupby([place.rename(split), "segment"])["people"].sum().reset_index()


def withheld(sizes: pd.Series, smallest_group: int, total: int | None = None) -> set[str]:
    """Groups to hold back, given people per group: too small, or needed to cover people who are in no published group.

    `total` counts the people in the published total, who may be more than those in groups. What the published groups leave
    of it is nobody, or at least `smallest_group` people, or everybody.
    """
    ordered = sizes.sort_index().sort_values(kind="stable")
    outside = max((total or 0) - int(sizes.sum()), 0)
    hidden = int((ordered < smallest_group).sum())
    while hidden < len(ordered) and 0 < outside + ordered.iloc[:hidden].sum() < smallest_group:
        hidden += 1
    return set(ordered.index[:hidden])


def stepwise(steps: pd.DataFrame, smallest_group: int) -> pd.DataFrame:
    """A table of what each step leaves of a whole, its `people`, `pairs` and `contacts` held back where they are about few.

    A count is shown where it is nobody or at least the smallest group, and so is what it lacks of the count shown before:
    no two figures differ by fewer. Pairs are taken for the fewest people who can form them; contacts go with their pairs.
    """
    people = list(_apart(steps["people"], smallest_group))
    pairs = list(_apart(steps["pairs"], _fewest_pairs(smallest_group)))
    shown = {"people": people, "pairs": pairs, "contacts": pairs}
    return steps.assign(**{name: steps[name].astype(object).where(may, HELD_BACK) for name, may in shown.items()})


def parted(pairs: pd.Series, smallest_group: int) -> pd.Series:
    """Counts of the pairs that a whole is parted into, held back where they are about few; a count of none is shown.

    Rule 2 holds in pairs, taken for the fewest people who can form them: whoever takes what is shown from the whole learns
    of no pair, or of as many as take the smallest group.
    """
    hidden = withheld(pairs[pairs > 0], _fewest_pairs(smallest_group))
    return pairs.astype(object).mask(pairs.index.isin(hidden), HELD_BACK)


def by_row(table: pd.DataFrame, people: str, smallest_group: int) -> pd.DataFrame:
    """A table each of whose rows is about as many people as its column `people` says: where they are fewer than the
    smallest group, all is held back but the row's name. For rows that are no parts of one whole, so that no row is what the
    others leave of it.
    """
    few = table[people] < smallest_group
    return table.astype(object).mask(few, HELD_BACK)


def enough(table: pd.DataFrame, people: str, smallest_group: int) -> pd.DataFrame:
    """The rows of such a table that are about enough people, or about nobody; the others are left out, name and all."""
    return table[~table[people].between(1, smallest_group - 1)].reset_index(drop=True)


def _told_of(claims: pd.DataFrame) -> pd.Series:
    """People of whom each claim tells: one, where one makes up most of it."""
    return claims["people"].mask(claims["largest"] > DOMINANCE, 1)


def _sizes(pairs: pd.DataFrame) -> pd.Series:
    """People of each group that claims about pairs of groups name."""
    sizes = pd.concat([pairs.set_index("group")["people"], pairs.set_index("other")["other_people"]])
    return sizes[~sizes.index.duplicated()].astype("int64")


def _about(group: str, other: str) -> str:
    return "all" if pd.isna(group) else pair_of(group, other)


def _fewest_pairs(smallest_group: int) -> int:
    """Pairs that fewer people than the smallest group cannot form."""
    return comb(smallest_group - 1, 2) + 1


def _apart(left: Iterable[int], fewest: int) -> Iterator[bool]:
    """Whether each of these falling counts is none or at least `fewest`, as is its distance from the one shown before."""
    before = None
    for count in left:
        apart = 0 if before is None else before - count
        may = not (0 < count < fewest or 0 < apart < fewest)
        before = count if may else before
        yield may


FEWEST = 3
"""Colleagues that a figure on a person's own page is about, at least: it named them, they named it, or they did not."""
FEWER = f"fewer than {FEWEST}"
"""What stands for a count of fewer."""
PLACES = ("above", "within", "below")
"""Where a person's position may be said to lie, of what chance gives a person with as many ties."""


@dataclass(frozen=True)
class Band:
    """The middle half of everybody's values of one measure: its two ends, each with its interval. Only `band` makes one."""

    low: Estimate
    high: Estimate
    people: int
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only kithwork.release.band makes a Band")


def band(values: pd.Series, unit: str, smallest_group: int) -> Band | None:
    """The first and third quartile of these people's values, or None where a quarter of them is below the smallest group:
    those below, between and above are each as many, but for values that are equal.

    Intervals are those of order statistics, whatever the distribution (Conover 1999, *Practical Nonparametric Statistics*,
    sec. 3.2). All is rounded as the unit deserves: no end is one person's own value to the last digit.
    """
    from scipy.stats import quantile_test

    known = values.dropna().to_numpy(dtype=float)
    if len(known) < 4 * smallest_group:
        return None
    ends = []
    for share in (0.25, 0.75):
        end = float(np.quantile(known, share))
        limits = quantile_test(known, q=end, p=share).confidence_interval(LEVEL)
        ends.append(_rounded(Estimate(end, float(limits.low), float(limits.high), len(known)), unit))
    return Band(*ends, len(known), _KEY)


@dataclass(frozen=True)
class OwnPage:
    """What of one person may be shown, to that person alone. Only `own` makes one.

    `figures`: estimates by measure; `counts`: of colleagues and units it named; `named_by`: how many name the person, or
    what stands for it; `position`: by measure, where the person lies of what chance gives.
    """

    person_id: str
    figures: dict[str, Estimate]
    counts: dict[str, int]
    named_by: int | str
    position: dict[str, str]
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        if key is not _KEY:
            raise TypeError("only kithwork.release.own makes an OwnPage")


def own(
    person_id: str,
    asked: Collection[str],
    figures: Mapping[str, tuple[Estimate, str]],
    counts: Mapping[str, int],
    named_by: tuple[int, int],
    position: Mapping[str, str],
) -> OwnPage:
    """What a person may be shown of itself, who is one of those that `asked` for it and withdrew nothing.

    `figures` (estimate and unit) and `counts` (`named`: colleagues it named) rest on the person's own words, and figures on
    FEWEST colleagues at least. `named_by` is what others said: how many name the person, of how many who could. It is told
    where FEWEST do and FEWEST do not, so that nobody can be taken to have named the person or not. `position` is told in
    words of PLACES alone, of who named FEWEST: that somebody who named nobody has ties would tell of others.

    Raises `UserError` for anybody who did not ask.
    """
    if person_id not in asked:
        do = "Make pages only for those whose answer to HP is a yes, and who withdrew nothing."
        raise UserError(Problem("is of somebody who did not ask for it, or withdrew", "a page of a person's own", do))
    told = {name: _rounded(one, unit) for name, (one, unit) in figures.items() if one.n >= FEWEST}
    many, could = named_by
    named = FEWER if many < FEWEST else HELD_BACK if could - many < FEWEST else many
    places = {name: at for name, at in position.items() if at in PLACES and counts["named"] >= FEWEST}
    return OwnPage(person_id, told, dict(counts), named, places, _KEY)


def _rounded(one: Estimate, unit: str) -> Estimate:
    low, middle, high = (round(value, DECIMALS[unit]) + 0.0 for value in (one.low, one.estimate, one.high))
    return Estimate(middle, low, high, one.n)

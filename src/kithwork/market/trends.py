"""When topics began, whether they rise, when they burst, and whether they were new: a row for each topic with dated texts.

Only texts that are read are counted, copies not (`series`). Trends, onsets and bursts are looked for where texts were
written in `market.watched` weeks at least; where they came in just two waves, the second is held against the first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import LEVEL, Estimate, proportion
from kithwork.market import bursts, kendall, series
from kithwork.market.novelty import fresh, novelty
from kithwork.market.onset import onsets
from kithwork.market.ratio import ratio
from kithwork.market_tables import FALLING, KEPT, RISING, TOO_FEW, TOPIC_WEEKS, TRENDS
from kithwork.market_tables import LEVEL as STEADY
from kithwork.params import Settings

SLOPE = (
    "Theil-Sen slope over spans with about as many texts each, Sen's interval (Sen 1968), its variance corrected for serial"
    " correlation (Hamed & Rao 1998)"
)
RATIO = "Share in the second wave over that in the first; exact interval (Clopper & Pearson 1934)"
RISES = (
    "Topics with a rise by Mann-Kendall, corrected for serial correlation (Hamed & Rao 1998) and for the number of topics"
    " (Benjamini & Hochberg 1995), at 5%; Wilson interval (Wilson 1927) over topics"
)
FRESH = (
    "Nearest text of the later half, by cosine, is of that half too (Schilling 1986); Wilson interval at half as many texts"
)


@dataclass(frozen=True)
class Trends:
    """`weeks`: `TOPIC_WEEKS`; `table`: `TRENDS`; `dated`: share of the texts read that have a date, None where none is
    read; `fresh`: share of the later half of texts nearest to one of that half; `writers`: people who wrote the texts read,
    and those of them with dates."""

    weeks: pd.DataFrame
    table: pd.DataFrame
    dated: Estimate | None
    fresh: Estimate | None
    writers: tuple[int, int]

    def claims(self, ledger: Ledger) -> None:
        """Add how each topic rises, in points a month or, of two waves, as a ratio; the share that rise; and what of all
        that is written has a date, and moves on."""
        texts = self.weeks.groupby("topic_id")["texts"].sum()
        for row in self.table.itertuples():
            of = {"n": int(texts[row.topic_id])}
            if not np.isnan(row.slope):
                found = Estimate(row.slope, row.slope_low, row.slope_high, **of)
                label = "Change of the topic's share of all texts, a month"
                ledger.add(f"rise.{row.topic_id}", label, found, unit="points a month", method=SLOPE, people=row.people)
            if np.isfinite([row.ratio, row.ratio_high]).all():
                found = Estimate(row.ratio, row.ratio_low, row.ratio_high, **of)
                label = "The topic's share of all texts in the second wave, over that in the first"
                beside = {"reference": 1.0, "reference_label": "no change", "people": row.people}
                ledger.add(f"rise_ratio.{row.topic_id}", label, found, unit="times", method=RATIO, **beside)
        watched = self.table[self.table["trend"] != TOO_FEW]
        if len(watched):
            found = proportion(int((watched["trend"] == RISING).sum()), len(watched)).times(100)
            ledger.add("rising", "Topics watched that rise", found, unit="%", method=RISES, people=self.writers[1])
        if self.dated is not None:
            label, method = "Texts read that have a date", "Share of the texts read; Wilson interval (Wilson 1927)"
            ledger.add("dated", label, self.dated.times(100), unit="%", method=method, people=self.writers[0])
        if self.fresh is not None:
            label = "Texts of the later half that are nearest to another of that half"
            beside = {"reference": 50.0, "reference_label": "nothing new is said", "people": self.writers[1]}
            ledger.add("fresh", label, self.fresh.times(100), unit="%", method=FRESH, **beside)


def shown(table: pd.DataFrame) -> pd.DataFrame:
    """What a chapter shows of `TRENDS`: topic, trend, and weeks written out, a dash where there is none."""
    rows = table.set_index("topic_id")
    weeks = ("onset", "onset_low", "onset_high", "burst_from", "burst_until")
    return rows[["trend"]].assign(**{one: rows[one].dt.strftime("%d %b %Y").fillna("–") for one in weeks})


def trends(texts: pd.DataFrame, of: pd.Series, points: np.ndarray, settings: Settings, rng: np.random.Generator) -> Trends:
    """How topics move in time.

    `texts`: `TEXTS`; `of`: topic by comment_id, absent where a text fits none; `points`: (texts kept, dims), rows of length
    1 in the order of `texts`.
    """
    kept, counted = texts[texts["fate"] == KEPT], series.dated(texts)
    writers = (kept["person_id"].nunique(), counted["person_id"].nunique())
    dated = proportion(len(counted), len(kept)) if len(kept) else None
    weeks = series.weekly(texts, of)
    if weeks.empty:
        return Trends(TOPIC_WEEKS.empty(), TRENDS.empty(), dated, None, writers)
    counts, fewest = series.counts(weeks), settings.market.watched
    placed = points[kept["at"].notna().to_numpy()]
    topic = counted["comment_id"].map(of)
    by_topic = counted.assign(topic_id=topic).groupby("topic_id")
    table = pd.DataFrame({"people": by_topic["person_id"].nunique(), "first": by_topic["at"].min()})
    table = table.join(_rises(counts, fewest))
    bursting, moved = np.zeros(counts.texts.shape, dtype=bool), None
    if np.count_nonzero(counts.of) >= fewest:
        bursting, gain = bursts.bursts(counts.texts, counts.of)
        table = table.join(_began(counts)).join(_bursts(counts, bursting, gain, settings.market.permutations, rng))
        at = counted["at"].to_numpy()
        table = table.join(_new(table["onset"], placed, topic.to_numpy(), at))
        moved = fresh(placed[np.argsort(at, kind="stable")])
    table = table.reindex(columns=list(TRENDS.columns)[1:]).rename_axis("topic_id").reset_index()
    for name, column in TRENDS.columns.items():
        if column.type == "time":
            table[name] = pd.to_datetime(table[name], utc=True)
    weeks = weeks.assign(burst=bursting.ravel())
    return Trends(TOPIC_WEEKS.checked(weeks), TRENDS.checked(table), dated, moved, writers)


def _rises(counts: series.Counts, fewest: int) -> pd.DataFrame:
    """Slope or ratio, P, and what that says, by topic."""
    rows, wave = [], series.waves(counts.of)
    written = np.count_nonzero(counts.of)
    for texts in counts.texts:
        row: dict = {"sign": 0.0}
        if written >= fewest and (found := kendall.trend(texts, counts.of, fewest)):
            slopes = dict(zip(("slope", "slope_low", "slope_high"), (found.slope, found.low, found.high), strict=True))
            row = {"p": found.p, "sign": float(np.sign(found.s))} | {
                name: value * 100 * series.MONTH for name, value in slopes.items()
            }
        elif written < fewest and wave[-1] == 1:
            found = ratio(np.bincount(wave, texts), np.bincount(wave, counts.of))
            ends = {"ratio": found.estimate, "ratio_low": found.low, "ratio_high": found.high}
            row = {"p": found.p, "sign": float(np.sign(found.estimate - 1))} | ends
        rows.append(row)
    table = pd.DataFrame(rows, index=counts.topics).reindex(
        columns=["sign", "p", "slope", "slope_low", "slope_high", "ratio", "ratio_low", "ratio_high"]
    )
    table["p_adjusted"] = kendall.adjusted(table["p"].to_numpy(float))
    sure = table["p_adjusted"] < 1 - LEVEL
    table["trend"] = np.select(
        [table["p"].isna(), sure & (table["sign"] > 0), sure & (table["sign"] < 0)], [TOO_FEW, RISING, FALLING], STEADY
    )
    return table.drop(columns="sign")


def _began(counts: series.Counts) -> pd.DataFrame:
    """The onset by topic with its interval, absent where it lies before the first week."""
    found = onsets(counts.texts, counts.of)
    weeks = {"onset": found.week, "onset_low": found.low, "onset_high": found.high}
    table = pd.DataFrame({name: counts.weeks[np.maximum(week, 0)] for name, week in weeks.items()}, index=counts.topics)
    return table.mask(pd.DataFrame({name: week < 0 for name, week in weeks.items()}, index=counts.topics))


def _bursts(
    counts: series.Counts, bursting: np.ndarray, gain: np.ndarray, draws: int, rng: np.random.Generator
) -> pd.DataFrame:
    """The heaviest burst of each topic that has any, and how likely one as heavy is by chance."""
    rows = {}
    for at, topic in enumerate(counts.topics):
        if found := bursts.heaviest(bursting[at], gain[at]):
            first, last, weight = found
            p = bursts.chance(counts.texts[at], counts.of, weight, draws, rng)
            rows[topic] = (counts.weeks[first], counts.weeks[last], weight, p)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["burst_from", "burst_until", "burst_weight", "burst_p"])


def _new(onset: pd.Series, points: np.ndarray, topic: np.ndarray, at: np.ndarray) -> pd.DataFrame:
    """How new each topic was that began while texts were written."""
    rows = {}
    for name, week in onset.dropna().items():
        if found := novelty(points, topic == name, np.asarray(at < week)):
            rows[name] = dict(zip(("novelty", "novelty_p"), found, strict=True))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["novelty", "novelty_p"])

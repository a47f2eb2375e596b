"""When topics begin, rise and burst: on simulated texts, where that is planted, and on dated messages that people labelled.

    make bench-trends
    python -m benchmarks.trends <folder or file> ...        adds real messages

Planted: the notes of simulated organisations with their true topics, and with some of them put into any topic at random;
level and rising shares, evenly many texts or ever more, independent from week to week or wandering (the log odds follow an
autoregression of standard deviation .6, this week's like the last one's by .5 or .8).

A file is a CSV with the columns `time` and `topic`, a row per text. A folder holds `edges.csv` and `ldc_topics.csv`:
messages of Enron's staff, a row per recipient, with the topic that annotators gave (Priebe et al. 2005, Comput. Math.
Organ. Theory 11:229; topics by Berry & Browne, LDC2007T22). What it says twice is dropped: bcc, which repeat cc, messages
to oneself, rows before 1998 and duplicates; a message is a sender and a time. Only labelled messages count, of September
2000 to February 2002: what else there is nobody read for topics.

`ON_RECORD` are days of events that a topic's own description names, as the public record has them: the attack of 11
September 2001; Enron's first quarterly loss, 16 October 2001, and its filing for protection from creditors, 2 December 2001
(The Guardian, "Timeline: Enron", 30 January 2006); PG&E's filing, 6 April 2001 (US Bankruptcy Court, Northern District of
California, case 01-30923). The list of women in Fortune is dated "September 2001" by the description. Labels are not
always right about time: seven messages on 11 September and its aftermath are dated up to four weeks before it. So onsets
there are shown, and only bursts have a goal.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.estimates import proportion
from kithwork.market import bursts, kendall, series
from kithwork.market.onset import onsets
from kithwork.market.trends import trends
from kithwork.market_tables import KEPT, TEXTS, TOO_FEW
from kithwork.simulation import simulate

FEWEST = 8
WORLDS = range(9100, 9140)
SIZES = ((400, 26), (1000, 52))
"""People and weeks of the organisations: those of the demo, and larger."""
MISTAKEN = (0.0, 0.05, 0.1)
NEAR = 2
"""Weeks from the planted onset that count as found."""
STUDIES, TOPICS = 60, 8
KINDS = {"even": (0, 0.0), "ever more texts": (1.6, 0.0), "wandering .5": (0, 0.5), "wandering .8": (0, 0.8)}
"""Growth of the log number of texts over the whole time, and how far a week's log odds are the last one's."""
FALSE, LEAST = 0.05, 0.9
ON_RECORD = {
    "Nine_eleven": ("2001-09-11", "2001-09-11"),
    "Nine_Eleven_Analysis": ("2001-09-11", None),
    "Kitchen_fortune": ("2001-09-15", None),
    "Downfall_newsfeed": ("2001-10-16", None),
    "Downfall": ("2001-10-16", "2001-12-02"),
    "Calif_bankruptcy": (None, "2001-04-06"),
}
"""By topic: the day on which it can have begun, and one on which it must have been loud."""


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    figures = [*planted_onsets(), *level_and_rising(), *slopes(), *chance_bursts()]
    for name in sys.argv[1:]:
        path = Path(name)
        figures += of_messages(path.stem, enron(path) if path.is_dir() else pd.read_csv(path))
    return publish("trends", figures)


def _share(name: str, so: list[bool] | np.ndarray, goal: float | None = None, sense: str = "at most") -> Figure:
    one = proportion(int(np.sum(so)), len(so))
    return Figure(name, (one.estimate,), "share", goal, sense, (one.low, one.high))


def planted_onsets() -> list[Figure]:
    """How many onsets are dated within two weeks, by the model and by the first text, and whether intervals hold them."""
    figures = []
    for people, weeks in SIZES:
        worlds = [(simulate(people, weeks, seed).voices, seed) for seed in WORLDS]
        for mistaken in MISTAKEN:
            near, first, held = [], [], []
            for said, seed in worlds:
                rng, week, true = np.random.default_rng(seed), said.notes["week"].to_numpy(), said.topics["onset_week"]
                wrong = rng.random(len(week)) < mistaken
                topic = np.where(wrong, rng.integers(-1, len(true), len(week)), said.notes["topic"])
                texts = np.array([np.bincount(week[topic == one], minlength=weeks) for one in range(len(true))], float)
                found, onset = onsets(texts, np.bincount(week, minlength=weeks).astype(float)), true.to_numpy()
                near += list(np.abs(np.maximum(found.week, 0) - onset) <= NEAR)
                first += list(np.abs((texts > 0).argmax(axis=1) - onset) <= NEAR)
                held += list((np.maximum(found.low, 0) <= onset) & (onset <= np.maximum(found.high, 0)))
            label = f"{people} people, {weeks} weeks, {mistaken:.0%} of texts mistaken"
            figures += [
                _share(f"onset within two weeks: {label}", near, None if mistaken else LEAST, "at least"),
                _share(f"first text within two weeks: {label}", first),
                _share(f"onset held by its interval: {label}", held, 0.93, "at least"),
            ]
    return figures


def drawn(weeks: int, each: float, share: np.ndarray | float, growth: float, stays: float, rng: np.random.Generator):
    """Counts by week of one topic and of all texts."""
    time = np.arange(weeks) / weeks
    of = rng.poisson(each * np.exp(growth * time) / np.exp(growth * time).mean()).astype(float)
    z = rng.normal(size=weeks)
    for week in range(1, weeks):
        z[week] = stays * z[week - 1] + np.sqrt(1 - stays**2) * z[week]
    odds = share / (1 - np.asarray(share)) * np.exp(0.6 * z * (stays > 0))
    return rng.binomial(of.astype(int), odds / (1 + odds)).astype(float), of


def level_and_rising() -> list[Figure]:
    """How many level topics are said to rise or fall, alone and of eight together; and how many rising ones are seen."""
    from pymannkendall import hamed_rao_modification_test

    figures = []
    for label, (growth, stays) in (KINDS | {"rising": (0, 0.0)}).items():
        rng, each_p, told, weekly = np.random.default_rng(11), [], [], []
        for study in range(STUDIES):
            weeks, p = (26, 52, 104)[study % 3], []
            for topic in range(TOPICS):
                share = (0.04, 0.08, 0.15)[topic % 3]
                rise = share * np.exp(1.5 * (np.arange(weeks) / weeks - 0.5)) if label == "rising" else share
                texts, of = drawn(weeks, (10, 25)[study % 2], rise, growth, stays, rng)
                found = kendall.trend(texts, of, FEWEST)
                p.append(np.nan if found is None else found.p)
                if found is not None:
                    with np.errstate(invalid="ignore"):
                        weekly.append(hamed_rao_modification_test(texts[of > 0] / of[of > 0]).p < FALSE)
            there = ~np.isnan(p)
            each_p += list(np.array(p)[there] < FALSE)
            told += list(kendall.adjusted(np.array(p))[there] < FALSE)
        if label == "rising":
            figures.append(_share("rising topics with P below .05 (share times 4.5)", each_p))
            figures.append(_share("rising topics told, eight together", told))
            continue
        figures.append(_share(f"level topics told to rise or fall, eight together: {label}", told, FALSE))
        goal = FALSE if stays < 0.8 else None
        figures.append(_share(f"level topics with P below .05, alone: {label}", each_p, goal))
        figures.append(_share(f"the same by weekly shares (pymannkendall's Hamed-Rao): {label}", weekly))
    return figures


def slopes() -> list[Figure]:
    """How often the interval of a slope holds the planted one."""
    held, rng = [], np.random.default_rng(12)
    for weeks, each, low, high in ((26, 18, 0.08, 0.2), (52, 18, 0.03, 0.15), (52, 18, 0.08, 0.08), (104, 30, 0.02, 0.08)):
        slope = (high - low) / weeks
        for _ in range(150):
            found = kendall.trend(*drawn(weeks, each, low + slope * np.arange(weeks), 0, 0, rng), FEWEST)
            held += [found.low <= slope <= found.high] if found else []
    one = proportion(int(np.sum(held)), len(held))
    off = abs(one.estimate - 0.95)
    return [_share("planted slope held by its interval", held), Figure("coverage of slopes off 95%", (off,), "share", 0.02)]


def chance_bursts() -> list[Figure]:
    """How many level topics burst, and how many are told to by more than chance; and how many planted bursts are found."""
    some, told, seen, rng = [], [], [], np.random.default_rng(13)
    for study in range(300):
        weeks, share = (26, 52, 104)[study % 3], (0.03, 0.08, 0.2)[study % 3 - study // 3 % 3]
        texts, of = drawn(weeks, 20, share, 0, 0, rng)
        p = _burst_p(texts, of, rng)
        some.append(p is not None)
        told.append(p is not None and p <= FALSE)
        peak = np.where(np.abs(np.arange(weeks) - weeks // 2) <= 2, min(3 * share, 0.5), share)
        p = _burst_p(*drawn(weeks, 20, peak, 0, 0, rng), rng)
        seen.append(p is not None and p <= FALSE)
    return [
        _share("level topics with a burst (Kleinberg's)", some),
        _share("level topics with a burst told to be more than chance", told, FALSE),
        _share("five weeks at three times the share told to be more than chance", seen),
    ]


def _burst_p(texts: np.ndarray, of: np.ndarray, rng: np.random.Generator) -> float | None:
    bursting, gain = bursts.bursts(texts[None], of)
    found = bursts.heaviest(bursting[0], gain[0])
    return None if found is None else bursts.chance(texts, of, found[2], 199, rng)


def enron(folder: Path) -> pd.DataFrame:
    """`time` and `topic` of each labelled message."""
    rows, names = pd.read_csv(folder / "edges.csv"), pd.read_csv(folder / "ldc_topics.csv")
    rows = rows[(rows["recipient_type"] != "bcc") & (rows["source"] != rows["target"]) & (rows["ldc_topic"] > 0)]
    rows = rows[rows["time"] >= "1998"].drop_duplicates(["source", "time"])
    return pd.DataFrame({"time": rows["time"], "topic": rows["ldc_topic"].map(names.set_index("ldc_topic")["name"])})


def of_messages(name: str, messages: pd.DataFrame) -> list[Figure]:
    """What is said of dated texts with topics, as a table and as figures."""
    ids = [f"m{row:07d}" for row in range(len(messages))]
    at = pd.to_datetime(messages["time"], utc=True, errors="coerce").to_numpy()
    frame = pd.DataFrame({"comment_id": ids, "person_id": ids, "at": pd.to_datetime(at, utc=True)})
    frame = TEXTS.checked(frame.assign(language="en", fate=KEPT, copy_of=None, words=1))
    topic = pd.Series(messages["topic"].to_numpy(), index=ids).dropna().astype(str)
    rng = np.random.default_rng(14)
    found = trends(frame, topic, np.ones((len(frame), 1)), params.load("demo"), rng)
    counts, table = series.counts(found.weeks), found.table.set_index("topic_id")
    _show(name, table, counts)
    sure = table[table["burst_p"] <= FALSE]
    overlap, inside = [], []
    for one, row in sure.iterrows():
        texts = counts.texts[counts.topics.get_loc(one)]
        weeks = (counts.weeks >= row["burst_from"]) & (counts.weeks <= row["burst_until"])
        window = scan(texts, counts.of)
        overlap.append((weeks & window).sum() / (weeks | window).sum())
        beyond = np.maximum(texts - counts.of * texts.sum() / counts.of.sum(), 0)
        bursting = found.weeks.loc[found.weeks["topic_id"] == one, "burst"].to_numpy()
        inside.append(beyond[bursting].sum() / beyond.sum() >= 0.5)
    figures = [
        Figure(f"{name}: texts", (float(counts.of.sum()),), "texts"),
        Figure(f"{name}: topics with dated texts", (float(len(table)),), "topics"),
        Figure(f"{name}: topics with a burst beyond chance", (float(len(sure)),), "topics"),
    ]
    if len(sure):
        figures += [
            _share(f"{name}: of these, bursts hold half of the texts beyond chance", inside, None, "at least"),
            _share(
                f"{name}: of these, heaviest burst meets the window of a scan statistic",
                np.array(overlap) > 0,
                LEAST,
                "at least",
            ),
            Figure(f"{name}: their overlap (Jaccard)", tuple(overlap), "share"),
        ]
    return figures + (on_record(name, table) if set(ON_RECORD) <= set(table.index) else [])


def on_record(name: str, table: pd.DataFrame) -> list[Figure]:
    """Weeks between what is said of topics and the days on record."""
    figures = []
    for topic, (began, loud) in ON_RECORD.items():
        row = table.loc[topic]
        if began is not None:
            week = series.monday(pd.to_datetime(pd.Series([began]), utc=True))[0]
            off = (row["onset"] - week) / series.WEEK
            figures.append(
                Figure(f"{name}, {topic}: first text after the event", ((row["first"] - week) / series.WEEK,), "weeks")
            )
            figures.append(Figure(f"{name}, {topic}: onset after the event", (off,), "weeks"))
        if loud is not None:
            day = pd.Timestamp(loud, tz="UTC")
            before, after = row["burst_from"] - day, day - row["burst_until"] - series.WEEK
            apart = max(before / series.WEEK, after / series.WEEK, 0.0)
            figures.append(Figure(f"{name}, {topic}: event from the heaviest burst", (apart,), "weeks", 2, "at most"))
    return figures


def scan(texts: np.ndarray, of: np.ndarray) -> np.ndarray:
    """Weeks of the window, with half of all texts at most, in which the topic is likeliest to be talked of more (Kulldorff
    1997, Commun. Stat. Theory Methods 26:1481, Bernoulli's law), by trying all."""
    best, window, (total, whole) = 0.0, np.zeros(len(of), dtype=bool), (texts.sum(), of.sum())
    for first in range(len(of)):
        on, all_ = texts[first:].cumsum(), of[first:].cumsum()
        more = (on * (whole - all_) > (total - on) * all_) & (all_ <= whole / 2)
        gain = np.where(more, _log(on, all_) + _log(total - on, whole - all_) - _log(total, whole), 0)
        if gain.max() > best:
            best, last = gain.max(), first + int(gain.argmax())
            window = (np.arange(len(of)) >= first) & (np.arange(len(of)) <= last)
    return window


def _log(on: np.ndarray, all_: np.ndarray) -> np.ndarray:
    """Largest log-likelihood of so many of all."""
    from scipy.special import xlogy

    return xlogy(on, on) + xlogy(all_ - on, all_ - on) - xlogy(all_, all_)


def _show(name: str, table: pd.DataFrame, counts: series.Counts) -> None:
    shown = Table(
        "topic", "texts", "first", "onset", "from", "to", "heaviest burst", "P", "trend", box=box.SIMPLE, title=name
    )
    for topic, row in table.iterrows():
        days = [f"{day:%Y-%m-%d}" if pd.notna(day) else "–" for day in row[["first", "onset", "onset_low", "onset_high"]]]
        burst = "–" if pd.isna(row["burst_from"]) else f"{row['burst_from']:%Y-%m-%d} – {row['burst_until']:%m-%d}"
        p = "" if pd.isna(row["burst_p"]) else f"{row['burst_p']:.3f}"
        trend = row["trend"] if row["trend"] == TOO_FEW else f"{row['trend']} {row['slope']:.2f}"
        shown.add_row(str(topic), f"{counts.texts[counts.topics.get_loc(topic)].sum():.0f}", *days, burst, p, trend)
    Console(width=170).print(shown)


if __name__ == "__main__":
    sys.exit(main())

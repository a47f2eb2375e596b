"""Signals: what the organisation hears of the market, and the problems on its register, in order of what they could bring.

A signal is a topic of texts that is rather about the market than not, or that a problem on the register is of, together
with such problems; or a problem that is of no topic. `matched` tells which is of which, `sources` how many independent
sources a signal has, `belief` how likely it is real, `worth` its value and whether it repeats, `ranking` the order and what
to do.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.chapters import Corroboration
from kithwork.claims import Ledger
from kithwork.estimates import TAILS, Estimate, proportion
from kithwork.market import belief, ranking, worth
from kithwork.market.matched import matched
from kithwork.market.mentions import mentions, numbered
from kithwork.market.sources import near, sources, worth_of
from kithwork.market_tables import ROLES, SIGNALS
from kithwork.params import Settings

ABOUT = 0.5
"""Share of a topic that must be about the market for it to be a signal of itself."""
COUNTED = "Topics about the market, and problems on the register that are of none; counted"
UNLINKED = "Reports of which no two are linked, beyond one; Wilson interval (Wilson 1927) over signals"
REAL = "Log odds from stated shares and independent reports (Dawid & Skene 1979); range over what is assumed"
VALUE = (
    "Median of its posterior: log values stated, pulled towards all of its kind (Gelman et al. 2013, 5.4); 95 % interval"
)
RANK = "Mean rank over draws of whether it is real, repeats, and its value (Laird & Louis 1989); middle 95 %"
OTHERWISE = "Both ends of the range of real signals, no echo and full echo, all ways of learning alike; least and most"


@dataclass(frozen=True)
class Signals:
    """`table` SIGNALS; `problems`: topic_id by problem, absent where it is of none; `people`: how many are behind signals.

    `kept`: share of the best few that stay so under other assumptions (mean, least, most), None without signals.
    """

    table: pd.DataFrame
    problems: pd.Series
    people: int
    kept: tuple[float, float, float] | None

    def claims(self, ledger: Ledger) -> None:
        """How many signals, how many corroborated, and of each how likely real, its value and rank; none without signals.

        `people` of a claim are those who wrote of the signal or raised it.
        """
        count = len(self.table)
        if not count:
            return
        corroborated = proportion(int((self.table["independent"] > 1).sum()), count).times(100)
        kept = Estimate(*self.kept, count).times(100)
        for name, label, found, unit, method in (
            ("signals", "Signals", Estimate(count, count, count, count), "count", COUNTED),
            ("corroborated", "Signals with two independent sources or more", corroborated, "%", UNLINKED),
            ("top_kept", "Of the best few signals, those that stay so under other assumptions", kept, "%", OTHERWISE),
        ):
            ledger.add(name, label, found, unit=unit, method=method, people=max(self.people, 1))
        for row in self.table.itertuples():
            told = {"people": max(row.people, 1)}
            of, name = row.reports, row.signal_id
            real = Estimate(row.p_real, row.p_real_low, row.p_real_high, of).times(100)
            ledger.add(f"real.{name}", f"Chance that signal {name} is real", real, unit="%", method=REAL, **told)
            if not np.isnan(row.value):
                value = Estimate(row.value, row.value_low, row.value_high, of)
                ledger.add(f"value.{name}", f"Value of signal {name}", value, unit="money", method=VALUE, **told)
            rank = Estimate(row.rank, row.rank_low, row.rank_high, of)
            ledger.add(f"rank.{name}", f"Expected rank of signal {name}", rank, unit="count", method=RANK, **told)


def signals(
    comments: pd.DataFrame,
    texts: pd.DataFrame,
    of: pd.Series,
    topics: pd.DataFrame,
    phrases: pd.DataFrame,
    opportunities: pd.DataFrame,
    ties: pd.DataFrame,
    people: pd.DataFrame,
    parties: pd.DataFrame,
    settings: Settings,
    rng: np.random.Generator,
) -> Signals:
    """The signals in texts and register, each table by its contract; `of`: topic_id by comment_id."""
    market = settings.market
    assumed = market.corroboration
    named = opportunities["problem"].dropna()
    problems = matched(named, topics, phrases)
    signal_of = numbered(opportunities, problems)
    about = topics.loc[topics[[f"p_{role}" for role in ROLES]].sum(axis=1) >= ABOUT, "topic_id"]
    is_signal = of.isin({*about, *problems.dropna()})
    told = mentions(comments, texts, of[is_signal], opportunities, signal_of)
    if told.empty:
        return Signals(SIGNALS.empty(), problems, 0, None)
    reports = sources(told, near(ties, people))
    index = pd.Index(sorted(told["signal_id"].unique()), name="signal_id")
    known = belief.record(told, opportunities, signal_of, assumed)
    counted = belief.weights(reports, known.mean, assumed.echo).loc[index].to_numpy()
    entries = opportunities.assign(signal_id=opportunities["problem"].map(signal_of))
    real = belief.drawn(counted, known, assumed, market.resamples, rng)
    repeats = worth.repeats(entries, index, market.resamples, rng)
    kinds = np.where(index.isin(topics["topic_id"]), "heard", "register")
    stated = worth.values(entries, index, kinds, market.resamples, rng)
    value = np.ones(real.shape) if stated is None else np.exp(stated)
    p_real = belief.chances(counted, known.mean, belief.middle(assumed))
    order = ranking.ranked(real, repeats, value, market.top, rng)
    counts = _counts(told, reports, parties, assumed.echo).loc[index]
    frame = _described(index, topics, entries, settings).join(counts)
    money = value if stated is not None else np.full(real.shape, np.nan)
    ends = {
        "p_real": _ends(p_real, real),
        "p_repeats": _ends(repeats.mean(axis=0), repeats),
        "value": _ends(np.median(money, axis=0), money),
        "rank": (order.rank, order.low, order.high),
    }
    for name, three in ends.items():
        frame = frame.assign(**dict(zip((name, f"{name}_low", f"{name}_high"), three, strict=True)))
    decision = ranking.decided(p_real, frame["effective"].to_numpy(), order.top, market.top)
    table = SIGNALS.checked(frame.assign(p_top=order.top, decision=decision).reset_index())
    brings = (repeats * value).mean(axis=0)
    others = [brings * one for one in otherwise(reports, index, known, assumed)]
    return Signals(table, problems, told["person_id"].nunique(), ranking.kept(brings * p_real, others, market.top))


def otherwise(reports: pd.DataFrame, index: pd.Index, known: belief.Record, assumed: Corroboration) -> list[np.ndarray]:
    """P(real) of the signals of `index` under each of the other assumptions: see `OTHERWISE`."""
    alike, middle = np.full(len(known.mean), known.mean.mean()), belief.middle(assumed)
    of = {echo: belief.weights(reports, known.mean, echo).loc[index].to_numpy() for echo in (0.0, assumed.echo, 1.0)}
    told = [(of[assumed.echo], known.mean, end) for end in assumed.real]
    told += [(of[echo], known.mean, middle) for echo in (0.0, 1.0)]
    return [belief.chances(*one) for one in (*told, (of[assumed.echo], alike, middle))]


def _counts(told: pd.DataFrame, reports: pd.DataFrame, parties: pd.DataFrame, echo: float) -> pd.DataFrame:
    """By signal: reports, people, parties of each kind, independent and effective sources."""
    by = told.groupby("signal_id")
    kind = told["party_id"].map(parties.set_index("party_id")["kind"])
    kind = kind.where(kind.isin(("customer", "supplier")) | told["party_id"].isna(), "other")
    groups = reports.groupby(["signal_id", "group"]).size()
    found = {"reports": by.size(), "people": by["person_id"].nunique()}
    for column, name in (("customers", "customer"), ("suppliers", "supplier"), ("others", "other")):
        found[column] = told["party_id"].where(kind == name).groupby(told["signal_id"]).nunique()
    found["independent"] = reports.groupby("signal_id")["picked"].sum()
    found["effective"] = worth_of(groups, echo).groupby("signal_id").sum()
    return pd.DataFrame(found)


def _described(index: pd.Index, topics: pd.DataFrame, entries: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """By signal: topic, the problem with most entries, where it comes from, and what part of the market it is about."""
    often = entries.dropna(subset=["signal_id"]).groupby(["signal_id", "problem"]).size().rename("often").reset_index()
    often = often.sort_values(["signal_id", "often", "problem"], ascending=[True, False, True])
    problem = often.drop_duplicates("signal_id").set_index("signal_id")["problem"].reindex(index)
    about = topics.set_index("topic_id")[[f"p_{role}" for role in ROLES]].reindex(index)
    best = about.fillna(0).to_numpy().argmax(axis=1)
    role = np.where(about.max(axis=1) >= settings.market.tell_at, np.array(ROLES, dtype=object)[best], None)
    topic = index.to_series().where(index.isin(topics["topic_id"]))
    origin = np.select([topic.isna(), problem.isna()], ["register", "topic"], "both").astype(object)
    return pd.DataFrame({"origin": origin, "topic_id": topic, "problem": problem, "role": role}, index=index)


def _ends(estimate: np.ndarray, draws: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each estimate and the 95 % interval of its draws, a column each, widened to hold it."""
    low, high = np.percentile(draws, TAILS, axis=0)
    return estimate, np.minimum(low, estimate), np.maximum(high, estimate)

"""What the people chapter claims of the network: what it is like as a whole, who joins units, and how far ranks can be
trusted."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.claims import Ledger, largest_part
from kithwork.estimates import Estimate, from_draws
from kithwork.network import between, boundaries, brokerage, missing, nulls
from kithwork.network.communities import against_units, alike
from kithwork.network.jackknife import leaving_out
from kithwork.network.position import Network
from kithwork.network.structure import Whole
from kithwork.params import Settings

LEFT = "interval by leaving a tenth of the people out (delete-d jackknife, Shao & Wu 1989)"
EACH = "interval by what each person's leaving would do, divisions kept (delete-one jackknife, Miller 1974)"
BY_EACH = ("clustering", "separate", "core", "modularity")
"""Measures whose interval is so where people are more than `nulls.LARGE`."""
DEGREES = "ties rewired, every number of ties kept"
GIVEN = "names rewired, every number given and received kept"
WHOLE = {
    "clustering": ("Share of two-step paths whose ends are tied", "%", "Transitivity (Luce & Perry 1949)", DEGREES),
    "separate": ("Share of pairs with no path between them", "%", "Fragmentation (Borgatti 2006)", DEGREES),
    "two_steps": ("Share of the others that the average person reaches in two steps", "%", "Two-step reach", DEGREES),
    "core": ("Fit of a core that is tied among itself and a periphery that is not", "index",
             "Core of Lip (2011), fit of Borgatti & Everett (2000)", DEGREES),
    "modularity": ("Modularity of the communities found", "index", "Leiden (Traag et al. 2019)", DEGREES),
    "reciprocity": ("Share of names that are returned, among those who answered", "%", "Arc reciprocity", GIVEN),
    "hierarchy": ("Share of joined pairs with a path of names one way only, among those who answered", "%",
                  "Hierarchy (Krackhardt 1994)", GIVEN),
    "week": ("Share of ordered pairs that news could pass between within a week", "%",
             "Time-respecting paths (Holme & Saramäki 2012); weeks drawn anew (Efron 1979)",
             "the same contacts with their times dealt anew in each week"),
}  # fmt: skip
"""Label, unit, method and reference of each measure of the whole."""

PAIRED = 40
"""Units above which pairs of them are not claimed: no matrix of so many can be read."""
RANKED = {
    "named_by": "being named",
    "pagerank": "being named by those who are named (PageRank)",
    "degree": "number of ties",
    "constraint": "constraint",
    "two_step_reach": "two-step reach",
    "betweenness": "betweenness",
}
"""What people could be ranked by, in words."""
BROKERS = 5
"""People who join others below whom nothing is said of whose they are: how they might have fallen is not known."""


TENTHS = ("none", "one", "two", "three", "four", "five")
"""Numbers of tenths."""


def whole(ledger: Ledger, found: dict[str, Whole]) -> None:
    """Measures of the whole network beside chance."""
    for name, one in found.items():
        label, unit, method, reference = WHOLE[name]
        times = 100 if unit == "%" else 1
        interval = EACH if name in BY_EACH and one.estimate.n > nulls.LARGE else LEFT
        ledger.add(
            f"network_{name}",
            label,
            one.estimate.times(times),
            unit=unit,
            method="; ".join(filter(None, (method, one.drawn if name == "week" else interval))),
            reference=one.chance.mean * times,
            reference_label=reference,
        )


def chart(ledger: Ledger, positions: pd.DataFrame, resamples: int, rng: np.random.Generator) -> None:
    """How far the communities found are the units of the staff list, beside units dealt anew."""
    from scipy import sparse

    both = positions.dropna(subset=["community", "unit"])
    found, units = both["community"].to_numpy(dtype=int), pd.factorize(both["unit"], sort=True)[0]
    chance = against_units(found, units, resamples, rng)
    if chance is None or len(np.unique(units)) < 2:
        return
    nobody = sparse.csr_array((len(both), len(both)))
    held = leaving_out(nobody, lambda _, kept: {"nmi": alike(found[kept], units[kept], "nmi")}, resamples, rng)
    ledger.add(
        "network_chart",
        "Agreement of the communities found with the units",
        held["nmi"],
        unit="index",
        method=f"Normalised mutual information; {LEFT}",
        reference=chance.mean,
        reference_label="units dealt anew",
    )


def units(ledger: Ledger, found: Network, settings: Settings, rng: np.random.Generator) -> None:
    """How far each unit's ties lead out of it, and how pairs of units are tied, beside chance."""
    ties, people = found.ties, found.people
    by_chance = between.outside(ties, people)
    for unit, boundary in boundaries.by_unit(ties, people, settings.values.resamples, rng).items():
        ledger.add(
            "e_i",
            "E-I index: from all ties within the unit (-1) to all across (+1)",
            boundary.index,
            unit="index",
            method="E-I (Krackhardt & Stern 1988); vertex bootstrap (Snijders & Borgatti 1999)",
            reference=boundary.expected,
            reference_label="ties dealt evenly over all pairs",
            scope="group",
            group=unit,
        )
        index = boundary.index
        ledger.add(
            "outside",
            "Share of the ties of the unit that lead out of it",
            Estimate(*((1 + end) * 50 for end in (index.estimate, index.low, index.high)), index.n),
            unit="%",
            method="Ties to other units among all that touch the unit; vertex bootstrap (Snijders & Borgatti 1999)",
            reference=by_chance[unit] * 100,
            reference_label="as many ties each, partners regardless of unit",
            scope="group",
            group=unit,
        )
    pairs(ledger, ties, people, settings)


def pairs(ledger: Ledger, ties: pd.DataFrame, people: pd.DataFrame, settings: Settings) -> None:
    """Ties between each two units over those expected: of all ties, and of those told to be strategic.

    Of two units with so few ties that nothing can be told of them there is no claim; each with itself has one, so that the
    gate hears of every unit. Where a small unit cannot be tied within, as one of a single person, that is a claim of none,
    which the gate always holds back.
    """
    if people["unit"].nunique() > PAIRED:
        return
    for name, words, some in (
        ("between", "Ties", ties),
        ("between_strategic", "Ties told to be strategic", ties[ties["told_strategic"] == "yes"]),
    ):
        found = between.pairs(some, people)
        for pair in [*found, *_unheard(found, some, people, settings.report.smallest_group)]:
            if not pair.telling and len(set(pair.units)) > 1:
                continue
            ledger.add(
                name,
                f"{words} of a pair of units over those expected{'' if pair.ties >= between.FEW else ', at most'}",
                pair.shown,
                unit="times",
                method="Found over expected with each person's number of ties kept (Squartini & Garlaschelli 2011); "
                "intervals corrected for the pairs compared (Benjamini & Yekutieli 2005); "
                f"below {between.FEW} ties the upper limit only",
                reference=1.0,
                reference_label="as many ties each, partners regardless of unit",
                scope="pair",
                group=pair.units[0],
                other=pair.units[1],
                people=pair.sizes[0],
                other_people=pair.sizes[1],
            )


def _unheard(
    found: list[between.Pair], ties: pd.DataFrame, people: pd.DataFrame, smallest_group: int
) -> list[between.Pair]:
    """Units with ties, too small to be shown, that are in no pair with themselves."""
    sizes, heard = people["unit"].value_counts(), {pair.units[0] for pair in found if len(set(pair.units)) == 1}
    few = [unit for unit in between.outside(ties, people) if unit not in heard and sizes[unit] < smallest_group]
    made = []
    for unit in few:
        size = int(sizes[unit])
        none = Estimate(0.0, 0.0, 0.0, size)
        made.append(between.Pair((unit, unit), (size, size), 0, 0.0, none, none, 1.0, clear=False))
    return made


def brokers(ledger: Ledger, positions: pd.DataFrame, resamples: int, rng: np.random.Generator) -> None:
    """Of all open two-step paths that lead in, out or across units, the share that runs through each unit's people; nothing
    where hardly anybody is on one."""
    known = positions.dropna(subset=["unit"])
    joined = known[list(brokerage.ROLES[1:])].sum(axis=1).to_numpy()
    if (joined > 0).sum() < BROKERS:
        return
    codes, units = pd.factorize(known["unit"], sort=True)
    sums = boundaries.by_draw(joined, codes, len(units), resamples, rng)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = sums / sums.sum(axis=1, keepdims=True)
    for code, unit in enumerate(units):
        own, drawn = codes == code, shares[:, code]
        ledger.add(
            "brokered",
            "Share of all open two-step paths that lead in, out or across units which runs through a unit's people",
            from_draws(joined[own].sum() / joined.sum(), drawn, int(own.sum())).times(100),
            unit="%",
            method="Roles of Gould & Fernandez (1989) but the coordinator; bootstrap over people (Efron 1979)",
            reference=float(own.mean() * 100),
            reference_label="its share of the people",
            scope="group",
            group=unit,
            largest=largest_part(joined[own]),
        )


def trusted(ledger: Ledger, experiment: pd.DataFrame, silent: float, respondents: int) -> None:
    """How far each measure's order, and its top tenth, hold where that share of the people is silent (`missing`); nothing
    where more are silent than was tried: fewer would say that ranks hold which nobody has tested."""
    if silent > max(missing.RATES) + 1e-9:
        return
    for row in missing.verdicts(experiment, silent).itertuples():
        keys = ["measure", "rate", "treatment"]
        tried = experiment.set_index(keys).loc[(row.measure, row.rate, row.treatment)]
        words, share = RANKED[row.measure], f"{TENTHS[round(10 * row.rate)]} in ten"
        method = (
            f"Respondents silenced at random, names {row.treatment} (Costenbader & Valente 2003); middle 95 % of trials"
        )
        order = Estimate(tried["spearman"], tried["spearman_low"], tried["spearman_high"], respondents)
        top = Estimate(tried["overlap"], tried["overlap_low"], tried["overlap_high"], respondents).times(100)
        ledger.add(
            f"order_{row.measure}", f"Order by {words}: correlation with {share} silent", order, unit="index", method=method
        )
        ledger.add(
            f"top_{row.measure}", f"Top tenth by {words}: found again with {share} silent", top, unit="%", method=method
        )


def of(
    ledger: Ledger,
    found: Network,
    positions: pd.DataFrame,
    wholes: dict[str, Whole],
    experiment: pd.DataFrame,
    settings: Settings,
    rng: np.random.Generator,
) -> None:
    """All claims of the network."""
    units(ledger, found, settings, rng)
    whole(ledger, wholes)
    chart(ledger, positions, settings.people.resamples, rng)
    brokers(ledger, positions, settings.values.resamples, rng)
    trusted(ledger, experiment, 1 - float(found.respondents.mean()), int(found.respondents.sum()))

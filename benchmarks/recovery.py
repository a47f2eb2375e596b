"""What the estimators recover of organisations whose truth is known: bias, interval coverage, false findings.

    make bench-recovery

Each organisation is simulated (`kithwork.simulation`, its own seed) and goes through the chapters as a client's study
does. The truth beside each claim is the same claim computed on a census: the planted ties with their planted kinds,
everybody's expected answer, every tie to the outside.

A claim's bias is what asking some of the people about some of their ties does to it; its coverage is the share of
intervals, over organisations and groups, that hold the census value. An interval is made for chance in who was asked, not
for ties that nobody named or that contact alone suggests: coverage says where it misses.

A second set has nothing planted (`NOTHING_THERE`): whatever is found there is false.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.change import ahead, beginnings, heeding, readiness, scenario_claims, scenarios
from kithwork.chapters import Scenario
from kithwork.claims import Ledger
from kithwork.market import coverage
from kithwork.network import position
from kithwork.network import summary as network_summary
from kithwork.params import Settings
from kithwork.people import breadth, composition, crosschecks, membership, portfolio, segments, summary
from kithwork.setting import KINDS
from kithwork.simulation import World, simulate
from kithwork.simulation.attitudes import SCALES
from kithwork.simulation.knobs import NOTHING_THERE, Knobs
from kithwork.simulation.questionnaire import ITEMS, expected_score
from kithwork.simulation.tables import interactions, tables
from kithwork.tables import TABLES
from kithwork.ties import contact, dyads, features, kinds, told
from kithwork.ties import summary as tie_summary
from kithwork.values import scorecard
from kithwork.values.evidence import Evidence

ENGAGEMENT = "demo"
"""The engagement whose settings (signs, thresholds) every organisation is studied with."""
ORGANISATIONS, PEOPLE, WEEKS, FIRST_SEED = 60, 200, 20, 1000
FEWER = {
    "ties": {"draws": 200},
    "people": {"resamples": 20, "most_segments": 4},
    "values": {"resamples": 300},
    "change": {
        "resamples": 300,
        "worlds": 100,
        "scenarios": {name: Scenario(start=name) for name in ("random", "most_tied")},
    },
}
"""Resamples that make one organisation quick."""
HELD = 0.9
"""Share of intervals that ought to hold the truth: 95 %, less what so few organisations leave open."""
OFTEN = 0.07
"""Share of organisations without an effect in which one may be found: 5 % and what so few organisations leave open."""


ABOUT_DOUBT = r"ties\.open_|people\.(stability|preferred_|agreement_|mixed)"
"""Claims about how much is left open: a census leaves nothing open, so there is no truth beside them."""


@dataclass(frozen=True)
class Study:
    """What an organisation's chapters end with: its ties with their kinds, all claims, and whether segments were found."""

    ties: pd.DataFrame
    claims: pd.DataFrame
    segments: bool


@dataclass(frozen=True)
class Recovered:
    """One claim beside the truth: its measure, unit, error, and whether its interval holds the truth."""

    measure: str
    unit: str
    error: float
    inside: bool


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    seeds = range(FIRST_SEED, FIRST_SEED + ORGANISATIONS)
    with ProcessPoolExecutor(2) as hands:
        recovered = list(hands.map(recover, seeds))
        planted = list(hands.map(found, seeds, [Knobs()] * ORGANISATIONS))
        nothing = list(hands.map(found, seeds, [NOTHING_THERE] * ORGANISATIONS))
    figures = []
    for measure, unit in sorted({(one.measure, one.unit) for claims in recovered for one in claims}):
        of = [[one for one in claims if one.measure == measure] for claims in recovered]
        errors = tuple(float(np.mean([one.error for one in claims])) for claims in of if claims)
        inside = float(np.mean([one.inside for claims in of for one in claims]))
        figures.append(Figure(f"bias of {measure}", errors, unit))
        figures.append(Figure(f"coverage of {measure}", (inside,), "share", HELD, "at least"))
    for name in planted[0]:
        often, never = (float(np.mean([one[name] for one in finds])) for finds in (planted, nothing))
        figures.append(Figure(f"found where it is planted: {name}", (often,), "share"))
        figures.append(Figure(f"found where nothing is: {name}", (never,), "share", OFTEN, "at most"))
    return publish("recovery", figures)


def recover(seed: int) -> list[Recovered]:
    """Every claim about one organisation and its groups beside the census, and mean probabilities beside planted kinds."""
    world, settings = simulate(PEOPLE, WEEKS, seed, Knobs()), quick()
    study = studied(world, settings)
    seen = study.claims[study.claims["scope"].ne("segment") & ~study.claims["measure"].str.match(ABOUT_DOUBT)]
    true = census(world, settings).claims.set_index("id")["estimate"]
    seen = seen[seen["id"].isin(true.index)]
    truth = true.reindex(seen["id"]).to_numpy()
    inside = (seen["low"] <= truth + 1e-9) & (truth - 1e-9 <= seen["high"])
    of = seen["measure"] + seen["scope"].map({"group": ", by group"}).fillna("")
    rows = zip(of, seen["unit"], seen["estimate"] - truth, inside, strict=True)
    return [Recovered(*row) for row in rows] + _kinds(study.ties, world)


def _kinds(ties: pd.DataFrame, world: World) -> list[Recovered]:
    """The mean probability of each kind over the ties found, beside the share of them that were planted so."""
    kinds_of = planted(world).set_index(["a_id", "b_id"])[list(KINDS)]
    truth = kinds_of.reindex(pd.MultiIndex.from_frame(ties[["a_id", "b_id"]]), fill_value=False).mean() * 100
    found = []
    for kind in KINDS:
        mean, low, high = (ties[f"p_{kind}{end}"].mean() * 100 for end in ("", "_low", "_high"))
        found.append(Recovered(f"mean P({kind}) of ties", "%", mean - truth[kind], low <= truth[kind] <= high))
    return found


def found(seed: int, knobs: Knobs) -> dict[str, float]:
    """What is found in one organisation: each a share, of one finding or of groups."""
    study = studied(simulate(PEOPLE, WEEKS, seed, knobs), quick())
    crossing = study.claims.set_index("id").loc["values.strategic_perspective.boundary_crossing"]
    ready = study.claims[study.claims["measure"] == "change.readiness"]
    groups, whole = ready[ready["scope"] == "group"], ready[ready["scope"] != "group"].iloc[0]
    apart = (groups["low"] > whole["high"]) | (groups["high"] < whole["low"])
    return {
        "ties cross units less or more than sizes give": not crossing["low"] <= crossing["reference"] <= crossing["high"],
        "people fall into segments": study.segments,
        "groups whose readiness lies wholly beside everybody's": float(apart.mean()),
    }


def quick() -> Settings:
    """The engagement's settings, with fewer resamples."""
    settings = params.load(ENGAGEMENT)
    fewer = {section: getattr(settings, section).model_copy(update=values) for section, values in FEWER.items()}
    return settings.model_copy(update=fewer)


def studied(world: World, settings: Settings) -> Study:
    """The chapters over what the client would bring."""
    brought = tables(world)
    met = contact.between(ibis.memtable(pd.concat(interactions(world), ignore_index=True)), brought["people"])
    named = features.relations(brought["nominations"], brought["people"])
    measured = features.measure(named, met, brought["people"], settings)
    rng = np.random.default_rng(settings.ties.seed)
    sides = dyads.of(
        measured, met, brought["nominations"], TABLES["labels"].empty(), brought["answers"]["person_id"], settings
    )
    ties = kinds.probabilities(measured, settings, rng, told.by_reports(sides, settings, rng))
    return _chapters(brought, ties, settings)


def census(world: World, settings: Settings) -> Study:
    """The chapters over everything there is: planted ties and kinds, everybody's expected answers, all outside ties."""
    brought, true_ties = tables(world), planted(world)
    ids, bonds = world.org.people["person"].to_numpy(), world.bonds
    nobody_met = contact.between(ibis.memtable(TABLES["interactions"].empty()), brought["people"])
    plain = settings.engagement.model_copy(update={"signs": {kind: {kind: [1.0, 1.0]} for kind in KINDS}, "labels": {}})
    plainly = settings.model_copy(update={"engagement": plain})
    words = true_ties[list(KINDS)].apply(lambda row: "+".join(kind for kind in KINDS if row[kind]), axis=1)
    named = true_ties[["a_id", "b_id"]].assign(relations=words)
    measured = features.measure(named, nobody_met, brought["people"], plainly)
    ties = kinds.probabilities(measured, plainly, np.random.default_rng(0))
    score = {scale: expected_score(world.minds.traits[:, n], world.knobs.reliability) for n, scale in enumerate(SCALES)}
    answers = [
        pd.DataFrame({"person_id": ids, "item": item, "value": 1 + (score[scale] if sign > 0 else 100 - score[scale]) / 25})
        for item, (scale, sign) in ITEMS.items()
    ]
    parties = bonds.parties["party"].to_numpy()[bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]]
    outside = pd.DataFrame({"ego_id": ids[bonds.outside["person"]], "alter_id": parties, "relation": "tie"})
    outside = outside.drop_duplicates()
    whole = brought | {"answers": pd.concat(answers, ignore_index=True), "nominations": outside}
    return _chapters(whole, ties, plainly)


def planted(world: World) -> pd.DataFrame:
    """Planted ties under the ids of people: a_id < b_id, and three booleans."""
    ids, ties = world.org.people["person"].to_numpy(), world.bonds.ties
    ends = np.sort(np.column_stack([ids[ties["a"]], ids[ties["b"]]]).astype(str), axis=1)
    return ties.assign(a_id=ends[:, 0], b_id=ends[:, 1]).sort_values(["a_id", "b_id"]).reset_index(drop=True)


def _chapters(brought: dict[str, pd.DataFrame], ties: pd.DataFrame, settings: Settings) -> Study:
    """Chapters 2 to 6, as their notebooks go."""
    people, answers = brought["people"], brought["answers"]
    named = brought["nominations"]
    spread = breadth.spread(ties, people, named, named["ego_id"], settings.engagement.directed)
    portfolios = portfolio.portfolios(ties, people, settings).join(spread)
    placed = composition.placed(portfolios, settings)
    split = segments.segment(placed, settings)
    rng = np.random.default_rng(settings.people.seed)
    called = summary.names(placed, split)
    found = summary.segments(placed, called, membership.membership(ties, people, placed, split, rng), split)
    evidence = Evidence(settings, people, ties, portfolios, answers, np.random.default_rng(settings.values.seed))
    dice = np.random.default_rng(settings.change.seed)
    change = Ledger("change")
    reliable, shared, weights = frozenset(readiness.SCALES), frozenset(), TABLES["weights"].empty()
    readiness.measure(answers, people, weights, reliable, shared, settings, dice).claims(change)
    change.rows += _spread(people, ties, answers, settings, dice)
    values = Ledger("values")
    scorecard.score(evidence).claims(values)
    network = Ledger("people")
    net = position.of(people, ties, brought["nominations"], answers["person_id"].drop_duplicates(), directed=True)
    network_summary.units(network, net, settings, rng)
    ledgers = [
        network,
        tie_summary.claims(ties, people, settings, np.random.default_rng(settings.ties.seed)),
        summary.claims(
            ties, people, portfolios, found, split, called, crosschecks.agreement(placed, split, settings), settings, rng
        ),
        values,
        coverage.claims(coverage.coverage(brought["nominations"], brought["parties"], people), people, settings),
        change,
    ]
    return Study(ties, pd.concat([ledger.frame() for ledger in ledgers], ignore_index=True), split.supported)


def _spread(people: pd.DataFrame, ties: pd.DataFrame, answers: pd.DataFrame, settings: Settings, dice) -> list[dict]:
    """What two ways to start come to under the stated ranges, from where nobody has adopted: the ends and the lead."""
    net, ready = heeding.heeded(ties, people, settings.change.heed), readiness.z(readiness.readiness(answers), people)
    nobody, ledger = np.zeros(len(people), dtype=bool), Ledger("change")
    starts = beginnings.beginnings(net, people, ready, nobody, [], settings, dice)
    worlds, asked, weeks = ahead.assumed(ready, settings, dice), settings.change.scenarios, settings.change.weeks
    scenario_claims.claims(scenarios.play(net, people, starts.of, nobody, worlds, asked, weeks, dice), ledger)
    return [row for row in ledger.rows if row["measure"].split(".")[1] in ("scenario", "scenario_lead")]


if __name__ == "__main__":
    sys.exit(main())

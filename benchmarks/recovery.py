"""What the estimators recover of organisations whose truth is known: bias, interval coverage, false findings.

    make bench-recovery

Each organisation is simulated (`kithwork.simulation`, its own seed) and goes through the chapters as a client's study
does. The truth beside each claim is the same claim computed on a census: the planted ties with their planted kinds,
everybody's expected answer, every tie to the outside. So a claim's bias is what asking some of the people about some of
their ties does to it, and its coverage the share of organisations whose interval holds the census value.

A second set has nothing planted (`NOTHING_THERE`): whatever is found there is false.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd

from benchmarks.figures import Figure, publish
from kithwork import params
from kithwork.change import readiness, start
from kithwork.market import coverage
from kithwork.network.graph import adjacency
from kithwork.params import KINDS, Settings
from kithwork.people import portfolio, segments, summary
from kithwork.simulation import World, simulate
from kithwork.simulation.attitudes import SCALES
from kithwork.simulation.knobs import NOTHING_THERE, Knobs
from kithwork.simulation.questionnaire import ITEMS, expected_score
from kithwork.simulation.tables import interactions, tables
from kithwork.tables import TABLES
from kithwork.ties import features, kinds
from kithwork.ties import summary as tie_summary
from kithwork.values import scorecard
from kithwork.values.evidence import Evidence

ENGAGEMENT = "demo"
"""The engagement whose settings (signs, thresholds) every organisation is studied with."""
ORGANISATIONS, PEOPLE, WEEKS, FIRST_SEED = 30, 200, 20, 1000
FEWER = {
    "ties": {"draws": 200},
    "people": {"resamples": 20, "most_segments": 4},
    "values": {"resamples": 300, "permutations": 199},
    "change": {"resamples": 300, "random_starts": 199},
}
"""Resamples that make one organisation quick."""
OFTEN = 0.07
"""Share of organisations without an effect in which one may be found: 5 % and what so few organisations leave open."""


@dataclass(frozen=True)
class Study:
    """What an organisation's chapters have: the clean tables, ties with their kinds, portfolios, and all claims."""

    claims: pd.DataFrame
    supported: bool


def main() -> int:
    """Measure, print, write; 1 if a goal is missed."""
    with ProcessPoolExecutor(2) as hands:
        planted = list(hands.map(recovered, range(FIRST_SEED, FIRST_SEED + ORGANISATIONS)))
        false = list(hands.map(found_in_nothing, range(FIRST_SEED, FIRST_SEED + ORGANISATIONS)))
    figures = []
    by_measure: dict[tuple[str, str], list[tuple[float, float, bool]]] = defaultdict(list)
    for organisation in planted:
        for measure, unit, error, inside in organisation:
            by_measure[measure, unit].append((error, unit, inside))
    for (measure, unit), found in sorted(by_measure.items()):
        figures.append(Figure(f"bias of {measure}", (float(np.mean([error for error, _, _ in found])),), unit))
        figures.append(Figure(f"coverage of {measure}", (float(np.mean([inside for _, _, inside in found])),), "share"))
    for name in false[0]:
        share = float(np.mean([one[name] for one in false]))
        figures.append(Figure(f"false finding where nothing is planted: {name}", (share,), "share", OFTEN, "at most"))
    return publish("recovery", figures)


def recovered(seed: int) -> list[tuple[str, str, float, bool]]:
    """Of one organisation, each claim's measure, unit, error against the census, and whether its interval holds it."""
    world = simulate(PEOPLE, WEEKS, seed, Knobs())
    settings = quick()
    seen = studied(world, settings).claims
    true = census(world, settings).claims.set_index("id")["estimate"]
    both = seen[seen["id"].isin(true.index) & (seen["scope"] != "segment")]
    truth = true.reindex(both["id"]).to_numpy()
    inside = (both["low"] <= truth + 1e-9) & (truth - 1e-9 <= both["high"])
    of = both["measure"] + both["scope"].map({"group": ", by group"}).fillna("")
    return list(zip(of, both["unit"], both["estimate"] - truth, inside, strict=True))


def found_in_nothing(seed: int) -> dict[str, bool]:
    """Of one organisation without any effect, what is found all the same."""
    settings = quick()
    found = studied(simulate(PEOPLE, WEEKS, seed, NOTHING_THERE), settings)
    claims = found.claims.set_index("id")
    crossing = claims.loc["values.strategic_perspective.boundary_crossing"]
    readiness_ = found.claims[found.claims["measure"] == "change.readiness"]
    groups, whole = readiness_[readiness_["scope"] == "group"], readiness_[readiness_["scope"] != "group"].iloc[0]
    apart = (groups["low"] > whole["high"]) | (groups["high"] < whole["low"])
    return {
        "ties cross units more or less than sizes give": not crossing["low"] <= crossing["reference"] <= crossing["high"],
        "people fall into segments": found.supported,
        "a group's readiness lies wholly beside everybody's (share of groups)": float(apart.mean()),
    }


def quick() -> Settings:
    """The engagement's settings, with fewer resamples."""
    settings = params.load(ENGAGEMENT)
    fewer = {section: getattr(settings, section).model_copy(update=values) for section, values in FEWER.items()}
    return settings.model_copy(update=fewer)


def studied(world: World, settings: Settings) -> Study:
    """The chapters over what the client would bring."""
    brought = tables(world)
    met = features.contact(ibis.memtable(pd.concat(interactions(world), ignore_index=True)), brought["people"])
    named = features.relations(brought["nominations"], brought["people"])
    measured = features.measure(named, met, brought["people"], settings)
    ties = kinds.probabilities(measured, settings, np.random.default_rng(settings.ties.seed))
    return _chapters(brought, ties, settings)


def census(world: World, settings: Settings) -> Study:
    """The chapters over everything there is: planted ties and kinds, everybody's expected answers, all outside ties."""
    brought = tables(world)
    ids, bonds = world.org.people["person"].to_numpy(), world.bonds
    ends = np.sort(np.column_stack([ids[bonds.ties["a"]], ids[bonds.ties["b"]]]).astype(str), axis=1)
    planted = bonds.ties.assign(a_id=ends[:, 0], b_id=ends[:, 1]).sort_values(["a_id", "b_id"]).reset_index(drop=True)
    everybody = pd.DataFrame({"a_id": planted["a_id"], "b_id": planted["b_id"], "relations": "planted"})
    nobody_met = features.contact(ibis.memtable(TABLES["interactions"].empty()), brought["people"])
    plain = settings.engagement.model_copy(update={"signs": {kind: {kind: [1.0, 1.0]} for kind in KINDS}})
    told = settings.model_copy(update={"engagement": plain})
    words = planted[list(KINDS)].apply(lambda row: "+".join(kind for kind in KINDS if row[kind]), axis=1)
    measured = features.measure(everybody.assign(relations=words), nobody_met, brought["people"], told)
    ties = kinds.probabilities(measured, told, np.random.default_rng(0))
    score = {scale: expected_score(world.minds.traits[:, n], world.knobs.reliability) for n, scale in enumerate(SCALES)}
    answers = [
        pd.DataFrame({"person_id": ids, "item": item, "value": 1 + (score[scale] if sign > 0 else 100 - score[scale]) / 25})
        for item, (scale, sign) in ITEMS.items()
    ]
    parties = bonds.parties["party"].to_numpy()[bonds.contacts["party"].to_numpy()[bonds.outside["contact"]]]
    outside = pd.DataFrame({"ego_id": ids[bonds.outside["person"]], "alter_id": parties, "relation": "tie"})
    outside = outside.drop_duplicates()
    whole = brought | {"answers": pd.concat(answers, ignore_index=True), "nominations": outside}
    return _chapters(whole, ties, told)


def _chapters(brought: dict[str, pd.DataFrame], ties: pd.DataFrame, settings: Settings) -> Study:
    """Chapters 2 to 6, as their notebooks go."""
    people, answers = brought["people"], brought["answers"]
    portfolios = portfolio.portfolios(ties, people, settings)
    placed, coordinates = segments.coordinates(portfolios, settings)
    split = segments.segment(coordinates, settings)
    rng = np.random.default_rng(settings.people.seed)
    found = summary.segments(placed, split, settings)
    evidence = Evidence(settings, people, ties, portfolios, answers, np.random.default_rng(settings.values.seed))
    dice = np.random.default_rng(settings.change.seed)
    change = readiness.claims(readiness.readiness(answers), people, settings, dice)
    start.claims(*start.scenario(adjacency(ties, people), settings, dice), settings, change)
    ledgers = [
        tie_summary.claims(ties, people, settings, np.random.default_rng(settings.ties.seed)),
        summary.claims(ties, people, portfolios, found, split, settings, rng),
        scorecard.score(evidence)[1],
        coverage.claims(coverage.coverage(brought["nominations"], brought["parties"], people), people, settings),
        change,
    ]
    return Study(pd.concat([ledger.frame() for ledger in ledgers], ignore_index=True), split.supported)


if __name__ == "__main__":
    sys.exit(main())

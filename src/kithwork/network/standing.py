"""Where each person stands: each measure's value beside what chance gives, and the probability of the top tenth.

"High" then means higher than chance gives a person with as many ties, not higher than others have. Which chance is right
depends on the measure: for structural holes, paths and reach the ties are rewired with every degree kept (`nulls.rewired`);
for being named, every ego keeps the number of names and names at random (`nulls.named_at_random`), since there the number
received is the question. Of the number of ties itself nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import TAILS
from kithwork.network import betweenness, centrality, completion, many, missing, nulls, ranks, reach
from kithwork.network.holes import constraint
from kithwork.network.position import Network

if TYPE_CHECKING:
    from scipy import sparse

CHEAP = 1_000_000
"""People × ties up to which betweenness, which needs a search from everybody, is set beside chance and ranked as well."""
TRIALS = 20
"""Times that respondents are silenced at each rate."""
FEWER = 5
"""Times of more than `nulls.LARGE` people. Names of their silent, which take silent × people, are not drawn: those of a
tenth of who gave any are left out instead, and the silent are only dropped or returned."""
LARGEST = 10_000
"""People above whom what silence does is not tried."""


def beside_chance(
    net: sparse.csr_array,
    measures: dict[str, Callable[[sparse.csr_array], np.ndarray]],
    chance: Iterable[sparse.csr_array],
) -> pd.DataFrame:
    """One row per measure and person: measure, person (row number), value, expected (mean under chance), low and high.

    `low` and `high` hold the middle 95 % of what chance gave this person. Each measure takes a network and returns one
    value per person, NaN where it has none; a person without a value in any network of chance has no expectation.
    """
    drawn: dict[str, list[np.ndarray]] = {name: [] for name in measures}
    for other in chance:
        for name, measure in measures.items():
            drawn[name].append(np.asarray(measure(other), dtype=float))
    frames = [_one(name, np.asarray(measure(net), dtype=float), drawn[name]) for name, measure in measures.items()]
    columns = ["measure", "person", "value", "expected", "low", "high"]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _one(name: str, values: np.ndarray, drawn: list[np.ndarray]) -> pd.DataFrame:
    people = len(values)
    stacked = np.stack(drawn) if drawn else np.full((1, people), np.nan)
    has = ~np.isnan(stacked).all(axis=0)
    expected, low, high = (np.full(people, np.nan) for _ in range(3))
    if has.any():
        expected[has] = np.nanmean(stacked[:, has], axis=0)
        low[has], high[has] = np.nanpercentile(stacked[:, has], TAILS, axis=0)
    return pd.DataFrame(
        {"measure": name, "person": np.arange(people), "value": values, "expected": expected, "low": low, "high": high}
    )


def ranked(found: Network) -> tuple[sparse.csr_array, dict[str, ranks.Measure]]:
    """The network that people may be ranked in, names where anybody was asked, else ties, and by what: the higher, the
    further up. Of names, measures of ties are over names given either way."""
    asked = found.among_respondents is not None
    net = found.heard if asked else found.net
    of_ties = {
        "constraint": lambda net: -constraint(_either(net)),  # the least constrained are the top
        "two_step_reach": lambda net: reach.within_two(_either(net)),
    }
    if net.shape[0] * net.nnz <= CHEAP:
        of_ties["betweenness"] = lambda net: betweenness.exact(_either(net)).share
    of_names = {"named_by": lambda net: centrality.strength(net, "in"), "pagerank": centrality.pagerank}
    return net, of_names | of_ties if asked else {"degree": lambda net: net.sum(axis=1)} | of_ties


def planned(found: Network, draws: int) -> str:
    """What `standings` and `silence` will cost, said beforehand: how many networks each measure is computed on."""
    net, by = ranked(found)
    large = net.shape[0] > nulls.LARGE
    drawn = nulls.copies(draws, net.shape[0], net.nnz) if large else min(draws, ranks.draws(net.shape[0], net.nnz))
    tried = found.among_respondents is not None and len(found.people) <= LARGEST
    masked = len(missing.RATES) * (FEWER * 2 if large else TRIALS * (2 + missing.COPIES)) if tried else 0
    return (
        f"{', '.join(by)}: each computed on {2 * drawn + masked:,} networks of chance and of people who might be missing."
    )


def silence(found: Network, rng: np.random.Generator) -> pd.DataFrame:
    """How far the measures hold if respondents had been silent (`missing.masked`); no rows where nobody was asked."""
    net, by = ranked(found)
    tried = found.respondents if len(found.people) <= LARGEST else np.zeros(len(found.people), dtype=bool)
    if len(found.people) > nulls.LARGE:
        return missing.masked(net, tried, by, FEWER, rng, treatments=(missing.DROPPED, missing.RETURNED))
    return missing.masked(net, tried, by, TRIALS, rng)


def standings(found: Network, draws: int, rng: np.random.Generator) -> pd.DataFrame:
    """The `standings` table: a row per person and measure: value, what chance gives, and the probability of the top tenth.

    Chance keeps every degree, and for being named every ego's number of names. Probabilities are over completed networks
    where people were asked (`completion`), else over the ties without a tenth of them. `draws`: at most; fewer where the
    network is large (`ranks.draws`).
    """
    net, by = ranked(found)
    if net.shape[0] > nulls.LARGE:
        draws = nulls.copies(draws, net.shape[0], net.nnz)
        asked = found.among_respondents is not None
        known = None if asked else found.two_steps
        frame = many.standings(net, asked, known, _possible(found, net, draws, rng), draws, rng)
        return _with_ids(frame, found)
    draws = min(draws, ranks.draws(net.shape[0], net.nnz))
    either = _either(net)
    rewired = nulls.matrices(either, draws, rng, directed=False)
    dealt = nulls.named_at_random(net, draws, rng) if found.among_respondents is not None else []
    of_names = [name for name in by if name in ("named_by", "pagerank", "degree")]
    of_ties = [name for name in by if name not in of_names]
    frame = pd.concat(
        [
            beside_chance(net, {name: by[name] for name in of_names}, dealt),
            beside_chance(either, {name: by[name] for name in of_ties}, rewired),
        ],
        ignore_index=True,
    )
    top = ranks.chances(_possible(found, net, draws, rng), by)[["measure", "person", "p_top"]]
    frame = frame.merge(top, on=["measure", "person"]).rename(columns={"p_top": "top_tenth"})
    least = frame["measure"] == "constraint"
    frame.loc[least, ["value", "expected", "low", "high"]] = -frame.loc[
        least, ["value", "expected", "high", "low"]
    ].to_numpy()
    return _with_ids(frame, found)


def _with_ids(frame: pd.DataFrame, found: Network) -> pd.DataFrame:
    frame.insert(0, "person_id", found.people["person_id"].to_numpy()[frame.pop("person")])
    return frame


def _possible(found: Network, net: sparse.csr_array, draws: int, rng: np.random.Generator) -> Iterator[sparse.csr_array]:
    """Networks as they might have been."""
    if found.among_respondents is None:
        return ranks.thinned(net, draws, rng)
    if len(found.people) > nulls.LARGE:
        heard = (found.respondents & (rng.random(len(found.people)) >= ranks.LEFT_OUT) for _ in range(draws))
        return (completion.silenced(net, there) for there in heard)
    with_doubt = completion.resampled if found.respondents.all() else completion.completed
    return with_doubt(net, found.respondents, draws, rng)


def _either(net: sparse.csr_array) -> sparse.csr_array:
    """Ties either way, of weight 1."""
    return ((net + net.T) != 0).astype(float)

"""Where what people say and what is recorded disagree: relations named that leave no record, contact that nobody names.

Neither is an error of either source: people meet unrecorded, and write to many whom they would not name. How many do says
how far one source can stand for the other (Bernard, Killworth & Sailer 1980, Soc. Netw. 2:191; Wuchty & Uzzi 2011, PLoS ONE
6(9): e24612).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import from_draws
from kithwork.ties import accuracy

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from kithwork.claims import Ledger
    from kithwork.params import Settings
    from kithwork.ties.dyads import Dyads

METHOD = "Share of ties, which n counts; bootstrap over people, a tie as often as both (Owen 2007)"


def claims(
    ledger: Ledger, ties: pd.DataFrame, sides: Dyads, settings: Settings, rng: np.random.Generator,
    unseen: Collection[str] = (),
) -> None:  # fmt: skip
    """Add how often the two sources disagree, for all ties and for those that people say are of a kind; nothing where one
    of the two says nothing. `unseen`: ids of people whose records may not be used: that they left none says nothing."""
    seen = ~ties[["a_id", "b_id"]].isin([*unseen]).any(axis=1).to_numpy()
    met, named = (ties["contacts"].fillna(0) > 0).to_numpy(), ties["relations"].notna().to_numpy()
    asked = sides.asked.any(axis=1).to_numpy().reshape(2, -1).any(axis=0)
    if not met.any() or not named.any():
        return
    label = "Of ties that people named, share without any recorded contact"
    _share(ledger, "unrecorded", label, ties, named & seen, ~met, settings, rng)
    for kind in sides.said:
        said = (sides.said[kind].to_numpy() * sides.asked[kind].to_numpy()).reshape(2, -1).any(axis=0)
        label = f"Of ties said to be {kind}, share without any recorded contact"
        _share(ledger, f"unrecorded_{kind}", label, ties, said & seen, ~met, settings, rng)
    label = "Of pairs in frequent contact of whom somebody was asked, share that nobody named"
    _share(ledger, "unnamed", label, ties, sides.in_contact & asked, ~named, settings, rng)


def _share(
    ledger: Ledger, name: str, label: str, ties: pd.DataFrame, among: np.ndarray, so: np.ndarray, settings: Settings,
    rng: np.random.Generator,
) -> None:  # fmt: skip
    if not among.any():
        return
    a, b = (ties.loc[among, end].to_numpy() for end in ("a_id", "b_id"))
    parts = [(times @ so[among], times.sum(axis=1)) for times in accuracy.resampled(a, settings.ties.draws, rng, b)]
    yes, all_ = (np.concatenate(one) for one in zip(*parts, strict=True))
    share = from_draws(so[among].mean(), yes[all_ > 0] / all_[all_ > 0], int(among.sum())).times(100)
    ledger.add(name, label, share, unit="%", method=METHOD, people=len(np.union1d(a, b)))

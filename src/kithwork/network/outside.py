"""Who of the staff knows which organisation outside, as people named them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.tables import UNMAPPED

if TYPE_CHECKING:
    from scipy import sparse


def known_to(nominations: pd.DataFrame, people: pd.DataFrame, parties: pd.DataFrame) -> sparse.csr_array:
    """0/1 matrix, people × parties in the order of both; entry [i, p] is 1 where i names p by any relation.

    Where no direction is known either of the two may stand first. A party that nobody has mapped yet has no entry: it is no
    part of the market.
    """
    from scipy import sparse

    mapped = (parties["kind"] != UNMAPPED).to_numpy(dtype=bool)
    one, other = (nominations[end].to_numpy() for end in ("ego_id", "alter_id"))
    who = pd.Index(people["person_id"]).get_indexer(np.concatenate([one, other]))
    party = pd.Index(parties["party_id"]).get_indexer(np.concatenate([other, one]))
    inside = (who >= 0) & (party >= 0) & np.append(mapped, False)[party]
    held = np.unique(np.column_stack([who[inside], party[inside]]), axis=0)
    return sparse.coo_array((np.ones(len(held)), (held[:, 0], held[:, 1])), shape=(len(people), len(parties))).tocsr()

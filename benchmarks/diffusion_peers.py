"""What the spread of a change is set beside: the same by ndlib, and by cynetdiff.

Each model is made beforehand, so that its making does not count, and is run until nobody new is reached. A run gives how
many people were.
"""

from __future__ import annotations

import networkx as nx
import numpy as np
from scipy import sparse


class Ndlib:
    """Its independent cascade, or its thresholds. `ties`: (people, people) symmetric, without weights."""

    def __init__(self, ties: sparse.csr_array, starters: np.ndarray, chance: float | None = None):
        """`chance` of every tie; thresholds where there is none."""
        from ndlib.models import ModelConfig, epidemics

        self._people, self._starters = ties.shape[0], starters.tolist()
        graph = nx.from_scipy_sparse_array(ties, edge_attribute=None)
        settings = ModelConfig.Configuration()
        settings.add_model_initial_configuration("Infected", self._starters)
        self._model = (epidemics.ThresholdModel if chance is None else epidemics.IndependentCascadesModel)(graph, seed=1)
        for tie in graph.edges if chance is not None else ():
            settings.add_edge_configuration("threshold", tie, chance)
        for person in graph if chance is None else ():
            settings.add_node_configuration("threshold", person, 0.5)
        self._model.set_initial_status(settings)

    def run(self, enough: np.ndarray | None = None) -> int:
        """One run; `enough`: (people,) thresholds of this run."""
        if enough is not None:
            self._model.params["nodes"]["threshold"] = dict(enumerate(enough.tolist()))
        self._model.reset(self._starters)
        self._model.iteration(node_status=False)
        while True:
            counts = self._model.iteration(node_status=False)
            if counts["status_delta"][0] == 0:
                return self._people - counts["node_count"][0]


class Cynetdiff:
    """Its independent cascade, or its linear thresholds, which it draws evenly itself."""

    def __init__(self, ties: sparse.csr_array, starters: np.ndarray, chance: float | None = None):
        """`chance` of every tie; thresholds where there is none."""
        import cynetdiff.models as quick

        arcs = ties.indptr[:-1].astype(np.uint32), ties.indices.astype(np.uint32)
        if chance is None:
            self._model = quick.LinearThresholdModel(*arcs, rng=1)
        else:
            self._model = quick.IndependentCascadeModel(*arcs, activation_prob=chance, rng=1)
        self._model.set_seeds(starters.tolist())

    def run(self) -> int:
        """One run."""
        self._model.reset_model()
        self._model.advance_until_completion()
        return self._model.get_num_activated_nodes()

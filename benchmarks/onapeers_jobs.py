"""The same job by two tools of organisational network analysis and by ours, each a process of its own.

A job reads what lies in the working folder and writes a row per person there. Of orgnet: staff and mail as its CSV files,
read, made into a network and measured by its `analyze`. Of vivainsights: a person-to-person query, measured by its
`network_p2p` or by its `network_summary`. Ours reads the same files and computes the same measures, in the same form.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from benchmarks import network_peers, network_ties
from kithwork.network import betweenness, centrality, communities, core, graph, holes
from kithwork.network.position import FEWER

PEOPLE, PAIRS, MAILS = 1_000, 8_000, 39_000
STAFF, MAIL, QUERY = "staff.csv", "mail.csv", "query.parquet"
DAYS = 90
"""Mails are of so many days up to yesterday: orgnet lets them count for less the older they are."""

CONFIG = """
data_sources:
  email: {{enabled: true, retention_days: 36500}}
  hris: {{enabled: true, retention_days: 36500}}
graph: {{weight_scheme: {scheme}, layer_weights: {{communication: 1.0}}}}
analysis: {{community: {{method: louvain}}}}
"""


def write_mail(folder: Path, people: int = PEOPLE, pairs: int = PAIRS, mails: int = MAILS, seed: int = 1) -> None:
    """Staff and mail as orgnet reads them: who writes to whom follows `network_ties`, how often a heavy tail."""
    rng = np.random.default_rng(seed)
    one, other, back = network_ties.drawn(people, pairs, seed)
    weight = rng.pareto(1.5, pairs) + 1
    pair = rng.choice(pairs, mails, p=weight / weight.sum())
    turned = back[pair] & (rng.random(mails) < 0.5)
    yesterday = pd.Timestamp.now().normalize() - pd.Timedelta(days=1)
    at = yesterday - pd.to_timedelta(np.sort(rng.integers(0, DAYS * 86_400, mails)), unit="s")
    ends = [np.where(turned, other[pair], one[pair]), np.where(turned, one[pair], other[pair])]
    sender, recipient = (named(end) for end in ends)
    pd.DataFrame({"sender_id": sender, "recipient_id": recipient, "timestamp": at}).to_csv(folder / MAIL, index=False)
    units = np.char.add("unit ", (np.arange(people) // network_ties.TEAM).astype(str))
    staff = {"person_id": named(np.arange(people)), "department": units, "role": "staff", "team": units}
    pd.DataFrame(staff | {"start_date": "2020-01-01"}).to_csv(folder / STAFF, index=False)


def write_query(folder: Path, people: int, ties: int) -> None:
    """A person-to-person query as vivainsights reads it."""
    network_ties.write(folder / "ties.npz", people, ties)
    _, names = network_ties.read(folder / "ties.npz")
    network_peers.person_to_person(names).to_parquet(folder / QUERY)


def named(numbers: np.ndarray) -> np.ndarray:
    """Ids, whose order is that of the numbers."""
    return np.char.add("p", np.char.zfill(numbers.astype(str), 6))


def orgnet(scheme: str) -> None:
    """Staff and mail to measures by orgnet, with its weights of this scheme."""
    from orgnet import OrganizationalNetworkAnalyzer

    Path("config.yaml").write_text(CONFIG.format(scheme=scheme), encoding="utf-8")
    made = OrganizationalNetworkAnalyzer("config.yaml", cache_dir=scheme)
    made.load_data({"hris": STAFF, "email": MAIL}, email_format="csv")
    found = made.analyze()
    ends, weights = zip(*(((one, other), weight) for one, other, weight in made.graph.edges(data="weight")), strict=True)
    edges = pd.DataFrame(ends, columns=["one", "other"]).assign(weight=weights)
    edges.to_parquet(f"orgnet {scheme} ties.parquet")
    columns = {
        "ties": found["centrality"]["degree"].set_index("node_id")["degree_unweighted"],
        "PageRank": found["centrality"]["pagerank"].set_index("node_id")["value"],
        "betweenness": found["centrality"]["betweenness"].set_index("node_id")["value"],
        "constraint": found["constraint"].set_index("node_id")["constraint"],
        "coreness": found["core_periphery"].set_index("node_id")["value"],
    }
    pd.DataFrame(columns).sort_index().to_parquet(f"orgnet {scheme}.parquet")


def ours_of_mail() -> None:
    """Staff and mail to the same measures by this toolkit."""
    people = pd.Index(pd.read_csv(STAFF)["person_id"]).sort_values()
    mail = pd.read_csv(MAIL)
    edges = mail.rename(columns={"sender_id": "one", "recipient_id": "other"}).assign(weight=1.0)
    measured(edges, people).to_parquet("ours of mail.parquet")


def measured(edges: pd.DataFrame, people: pd.Index) -> pd.DataFrame:
    """Ours of ties with weights, those of a pair added up; core and communities are computed, as orgnet does, not kept."""
    places = tuple(people.get_indexer(edges[end]) for end in ("one", "other"))
    given = sparse.coo_array((edges["weight"], places), shape=(len(people), len(people))).tocsr()
    both = (given + given.T).tocsr()
    ties, rng = both.sign(), np.random.default_rng(1)
    core.core(ties)
    communities.communities(ties, FEWER, rng)
    found = {
        "ties": centrality.strength(ties, "out"),
        "PageRank": centrality.pagerank(both),
        "betweenness": betweenness.betweenness(ties, rng).share,
        "constraint": holes.constraint(both),
        "coreness": centrality.coreness(ties),
    }
    return pd.DataFrame(found, index=people)


def vivainsights(layout: str | None = None) -> None:
    """The query to a table of measures, in the default layout of a picture that is not drawn, or in another."""
    import vivainsights as vi

    chosen = {} if layout is None else {"layout": layout}
    found = vi.network_p2p(pd.read_parquet(QUERY), return_type="data", centrality="betweenness", **chosen)
    found.sort_values("name").to_parquet(f"vivainsights {layout or 'default'}.parquet")


def vivainsights_summary() -> None:
    """The same measures by its `network_summary` of a network that is made from the query."""
    import vivainsights as vi

    found = vi.network_summary(arcs(pd.read_parquet(QUERY)))
    found.rename(columns={"node_id": "name"}).sort_values("name").to_parquet("vivainsights summary.parquet")


def arcs(query: pd.DataFrame):
    """The query as a directed igraph."""
    import igraph

    pairs = query[["PrimaryCollaborator_PersonId", "SecondaryCollaborator_PersonId"]]
    return igraph.Graph.TupleList(pairs.itertuples(index=False), directed=True)


def ours_of_query() -> None:
    """The query to the same table by this toolkit: directed betweenness, exact, and eigenvector and closeness by igraph."""
    query = pd.read_parquet(QUERY)
    sides = (query[f"{side}Collaborator_PersonId"] for side in ("Primary", "Secondary"))
    ego, alter = (side.to_numpy(dtype=str) for side in sides)
    people, number = np.unique(np.r_[ego, alter], return_inverse=True)
    names = network_ties.matrix(number[: len(ego)], number[len(ego) :], len(people))
    net = graph.of(names, directed=True)
    found = {
        "name": people,
        "betweenness": betweenness.exact(names, directed=True).share,
        "closeness": net.closeness(),
        "degree": centrality.strength(names, "in") + centrality.strength(names, "out"),
        "eigenvector": net.evcent(),
        "pagerank": centrality.pagerank(names),
    }
    pd.DataFrame(found).to_parquet("ours of query.parquet")

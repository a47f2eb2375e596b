"""How people.csv and relations.csv were made from the PyPI package uunet 2.2.1; run once, kept as the record.

    python -m pip install uunet==2.2.1
    python extract.py

uunet is not a dependency of kithwork: nothing else in the project imports it.
"""

from __future__ import annotations

import csv
from pathlib import Path

from uunet import multinet

HERE = Path(__file__).parent


def write(name: str, header: list[str], rows: list[list[str]]) -> None:
    """One CSV beside this script, UTF-8, rows sorted."""
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *sorted(rows)])


network = multinet.data("aucs")
actors = sorted(multinet.actors(network)["actor"])
group = multinet.get_values(network, "group", actors={"actor": actors})["group"]
role = multinet.get_values(network, "role", actors={"actor": actors})["role"]
people = [
    [actor, *("" if value == "NA" else value for value in row)] for actor, *row in zip(actors, group, role, strict=True)
]
write("people.csv", ["id", "group", "role"], people)

edges = multinet.edges(network)
pairs = {
    (*sorted((ego, alter)), layer)
    for ego, alter, layer in zip(edges["from_actor"], edges["to_actor"], edges["from_layer"], strict=True)
}
write("relations.csv", ["from", "to", "relation"], [list(row) for row in pairs])

"""The figures of `data/reference/organisations.csv`: real organisations whose data package registries carry.

    make bench-reference

Each is computed by the indicators of the toolkit itself, with the seed stated here. The data of `aarhus` and `office` come
with the repository and its environment; uunet is installed for this command alone, for its data, and not imported. What is
kept are figures. A tie has the same weight wherever it is one: kinds of relationship are asked in none of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd

from kithwork import params, store, tables
from kithwork.params import Settings
from kithwork.values.evidence import Evidence, Measured

HOME = Path(__file__).resolve().parents[1]
INDICATORS = (
    "strategic_perspective.boundary_crossing",
    "strategic_perspective.redundancy",
    "influence.reach_across",
    "people_power.key_person_risk",
    "learning.two_step_reach",
)
"""Those that need ties alone, or ties and units."""
RESAMPLES, SEED = 1_000, 2015
UUNET = "PyPI package uunet 2.2.1"
APACHE = "Apache-2.0 (package)"


@dataclass(frozen=True)
class Organisation:
    """`read` gives each person's unit by id, None where it is not known, and pairs of ids (columns a, b), in any order."""

    name: str
    tie: str
    source: str
    terms: str
    read: Callable[[], tuple[dict[str, str | None], pd.DataFrame]]


def aarhus() -> tuple[dict[str, str | None], pd.DataFrame]:
    """61 people; pairs of all five relations."""
    people = pd.read_csv(HOME / "data" / "raw" / "aarhus" / "people.csv", keep_default_na=False)
    relations = pd.read_csv(HOME / "data" / "raw" / "aarhus" / "relations.csv")
    return _units(people["id"], people["group"]), relations[["from", "to"]]


def of_onadata(name: str) -> Callable[[], tuple[dict[str, str | None], pd.DataFrame]]:
    """People with departments, and pairs, from two files of onadata."""

    def read() -> tuple[dict[str, str | None], pd.DataFrame]:
        people = pd.read_csv(_file("onadata", f"data/{name}_vertices.csv"), dtype=str)
        pairs = pd.read_csv(_file("onadata", f"data/{name}_edgelist.csv"), dtype=str)
        return _units(people["id"], people["dept"]), pairs[["from", "to"]]

    return read


def of_uunet(name: str, *layers: str) -> Callable[[], tuple[dict[str, str | None], pd.DataFrame]]:
    """People without units, and the pairs of these relations, from a multilayer network of uunet."""

    def read() -> tuple[dict[str, str | None], pd.DataFrame]:
        parts: dict[str, list[str]] = {}
        for line in _file("uunet", f"data/{name}.mpx").read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                rows = parts.setdefault(line.strip("# "), [])
            elif line.strip():
                rows.append(line.strip())
        edges = pd.DataFrame([line.split(",")[:3] for line in parts["EDGES"]], columns=["a", "b", "layer"])
        return dict.fromkeys(parts["ACTORS"]), edges.loc[edges["layer"].isin(layers), ["a", "b"]]

    return read


ORGANISATIONS = {
    "aarhus": Organisation(
        "a university department in Denmark",
        "any of five relations: work, lunch, leisure, co-authorship, Facebook",
        f"Magnani, Micenková & Rossi 2013, arXiv:1303.4986; {UUNET}",
        APACHE,
        aarhus,
    ),
    "office": Organisation(
        "an office in France",
        "face to face, by sensors, in two weeks",
        "SocioPatterns: Génois & Barrat 2018, EPJ Data Science 7:11; PyPI package onadata 0.1",
        "MIT (package); CC BY-NC-SA (data)",
        of_onadata("workfrance"),
    ),
    "email": Organisation(
        "a European research institution",
        "a mail in either direction, in 18 months",
        "Leskovec, Kleinberg & Faloutsos 2007, ACM TKDD 1(1):2; Yin, Benson, Leskovec & Gleich 2017, KDD (email-Eu-core); "
        "PyPI package onadata 0.1",
        "MIT (package); a public data set of SNAP, to be cited",
        of_onadata("email"),
    ),
    "bank": Organisation(
        "a wiring room of an American factory, 1930s",
        "friendship, help, horseplay or trading jobs, as observed",
        f"Roethlisberger & Dickson 1939, Management and the Worker; {UUNET}",
        APACHE,
        of_uunet("bankwiring", "friendship", "help", "horseplay", "job_trading"),
    ),
    "tailors": Organisation(
        "a tailor's shop in Zambia, 1960s",
        "work or friendship, as observed in the first of two rounds",
        f"Kapferer 1972, Strategy and Transaction in an African Factory; {UUNET}",
        APACHE,
        of_uunet("tailorshop", "KAPFTI1", "KAPFTS1"),
    ),
}


def evidence(units: dict[str, str | None], pairs: pd.DataFrame) -> Evidence:
    """What indicators look at: every pair once, nobody with oneself, and no kinds."""
    frame = pd.DataFrame({"person_id": sorted(units)})
    frame = frame.assign(
        unit=frame["person_id"].map(units), **dict.fromkeys(set(tables.PEOPLE.columns) - {"person_id", "unit"})
    )
    people = tables.PEOPLE.checked(frame)
    ends = np.unique(np.sort(pairs.to_numpy(dtype=str), axis=1), axis=0)
    ends = ends[(ends[:, 0] != ends[:, 1]) & np.isin(ends, list(units)).all(axis=1)]
    ties = pd.DataFrame(ends, columns=["a_id", "b_id"]).assign(strength=1.0)
    own, other = ties["a_id"].map(units), ties["b_id"].map(units)
    ties["crosses_unit"] = (own != other).astype(float).where(own.notna() & other.notna())
    return Evidence(settings(), people, ties, None, tables.ANSWERS.empty(), np.random.default_rng(SEED))


def settings() -> Settings:
    """Those of a bundled study, with the numbers of resamples stated here."""
    given = params.load("aarhus")
    stated = {"resamples": RESAMPLES, "seed": SEED}
    return given.model_copy(update={"values": given.values.model_copy(update=stated)})


def figures(key: str) -> pd.DataFrame:
    """The rows of one organisation (`tables.ORGANISATIONS`)."""
    one = ORGANISATIONS[key]
    of = evidence(*one.read())
    about = {"organisation": key, "name": one.name, "people": len(of.people), "pairs": len(of.ties)}
    about |= {"tie": one.tie, "source": one.source, "terms": one.terms}
    rows = []
    for indicator in INDICATORS:
        value, name = indicator.split(".")
        found = getattr(import_module(f"kithwork.values.{value}"), name)(of.drawing(indicator))
        if isinstance(found, Measured):
            figure = {part: getattr(found.estimate, part) for part in ("estimate", "low", "high")}
            rows.append({**about, "indicator": indicator, **figure, "reference": found.reference, "unit": found.unit})
    return tables.ORGANISATIONS.checked(pd.DataFrame(rows))


def main() -> int:
    """Compute all, write the file, and print it."""
    frame = pd.concat([figures(key) for key in ORGANISATIONS], ignore_index=True)
    store.save_organisations(frame)
    print(
        frame[["organisation", "people", "pairs", "indicator", "estimate", "low", "high", "reference", "unit"]].to_string()
    )
    return 0


def _units(ids: pd.Series, units: pd.Series) -> dict[str, str | None]:
    return {person: unit or None for person, unit in zip(ids, units, strict=True)}


def _file(package: str, path: str) -> Path:
    """A file of an installed package, which is not imported."""
    found = find_spec(package)
    if found is None or found.submodule_search_locations is None:
        raise ModuleNotFoundError(f"{package} is not installed: `make bench-reference` does it")
    return Path(found.submodule_search_locations[0]) / path


if __name__ == "__main__":
    sys.exit(main())

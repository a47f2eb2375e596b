"""Whether the simulated organisation looks like real ones: each measure beside real data sets, in figures and a picture.

    make bench-likeness

Five organisations of 400 people, 26 weeks, default knobs. `datasets.py` says where the real data come from and on what
terms, `measures.py` what is measured. Like is held against like:

    mail        the simulated mail (all recipients) beside e-mail and private messages
    talks       simulated calls, and meetings of at most four, beside face-to-face contact that sensors recorded
    relations   whom the simulated people name as personal or functional in the survey, beside relations asked for in
                questionnaires (and friendship on Facebook). Strategic ties join what is apart; no real data set here has
                their like, so their degree and closure are not compared
    layers      the overlap of the three kinds, as planted and as named, beside that of a real set's relations
    rhythm      simulated mail and chat, ties of ten contacts or more, beside messages and the beginnings of encounters;
                hours of all simulated contact beside theirs

What no comparison here can show: that real organisations lie between these sets. They are few, three are of students, one
is a hospital's, and the sensors saw days where the simulation lasts half a year. So the goal is modest: the simulated value
(median of five) lies no farther outside the range of the real ones than these differ among themselves. The figure is by how
much it lies outside: 0 or below is inside. Where the real ones differ much (hours), that says little.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks import datasets, likeness_picture, simulated
from benchmarks import measures as of
from benchmarks.figures import Figure, publish
from kithwork.simulation import simulate

SEEDS = (1, 2, 3, 4, 5)
PEOPLE, WEEKS = 400, 26


@dataclass(frozen=True)
class Comparison:
    """One measure of one kind of network: values of each real data set, and of the simulated organisations by row."""

    measure: str
    network: str
    real: dict[str, tuple[float, ...]]
    simulated: dict[str, tuple[float, ...]]

    @property
    def ends(self) -> tuple[float, float]:
        """Least and largest of the real values."""
        values = [value for some in self.real.values() for value in some]
        return min(values), max(values)

    def outside(self, value: float) -> float:
        """By how much a value lies outside the real ones' range; below 0: that far inside."""
        low, high = self.ends
        return max(low - value, value - high)

    def figures(self) -> list[Figure]:
        """The real values, the simulated ones, and how far these lie outside with the goal."""
        low, high = self.ends
        about = f"{self.measure}, {self.network}"
        found = [Figure(f"{about}: {name}", values, "") for name, values in self.real.items()]
        for name, values in self.simulated.items():
            found.append(Figure(f"{about}: {name}", values, ""))
            beyond = tuple(self.outside(value) for value in values)
            found.append(Figure(f"{about}: {name}, outside {low:.2f}–{high:.2f} by", beyond, "", round(high - low, 3)))
        return found


def main() -> int:
    """Measure, print, draw, write; 1 if a goal is missed."""
    worlds = [simulate(PEOPLE, WEEKS, seed) for seed in SEEDS]
    met = [simulated.contacts(world) for world in worlds]
    mails = [frame[frame["channel"] == "mail"] for frame in met]
    found = [*networks(met, mails, worlds), *layers(worlds), *rhythms(met)]
    real = {"email-Eu-core": datasets.mails(), "CollegeMsg": datasets.messages()}
    tails = {name: relative(frame) for name, frame in real.items()}
    likeness_picture.draw(found, tails, [relative(frame) for frame in mails])
    return publish("likeness", [figure for one in found for figure in one.figures()])


def networks(met: list[pd.DataFrame], mails: list[pd.DataFrame], worlds: list) -> list[Comparison]:
    """Degrees, reciprocity and closure of mail, talks and relations."""
    post = {"email-Eu-core": [datasets.mails()], "CollegeMsg": [datasets.messages()]}
    faces = {
        "Paris office": [datasets.office()],
        "Lyon hospital": [datasets.hospital()],
        "Marseille school": [datasets.school()],
    }
    asked = {"Aarhus (5)": list(datasets.aarhus().values()), "school friends (2)": list(datasets.school_friends().values())}
    named = [simulated.named(world) for world in worlds]
    of_kinds = {f"simulated, {kind}": [one[kind] for one in named] for kind in ("personal", "functional")}
    talks = {"simulated": [simulated.talks(frame) for frame in met]}
    sent = {"simulated": mails}
    kinds = (("mail", post, sent), ("talks", faces, talks), ("relations", asked, of_kinds))
    found = []
    for name, measure in (("variation of degree", of.degree_variation), ("transitivity", of.transitivity)):
        found += [Comparison(name, on, each(measure, some, True), each(measure, ours, True)) for on, some, ours in kinds]
    return [*found, Comparison("reciprocity", "mail", each(of.reciprocity, post), each(of.reciprocity, sent))]


def layers(worlds: list) -> list[Comparison]:
    """How far relations of different kinds join the same pairs."""
    real = {"Aarhus": datasets.aarhus(), "school friends": datasets.school_friends()}
    ours = {
        "simulated, planted": [simulated.planted(one) for one in worlds],
        "simulated, named": [simulated.named(one) for one in worlds],
    }
    return [
        Comparison(
            "overlap",
            "layers",
            {name: (overlap(one),) for name, one in real.items()},
            {name: tuple(overlap(one) for one in some) for name, some in ours.items()},
        )
    ]


def rhythms(met: list[pd.DataFrame]) -> list[Comparison]:
    """How bursty contact is, and how much of it is outside working hours."""
    wrote = datasets.messages()
    seen = {"Lyon hospital": datasets.hospital(), "Marseille school": datasets.school()}
    began = {name: frame[of.begun(frame["a"], frame["b"], since(frame), datasets.PAUSE)] for name, frame in seen.items()}
    real = {"CollegeMsg": wrote, **began}
    written = [frame[frame["channel"].isin(["mail", "chat"])] for frame in met]
    return [
        Comparison(
            "burstiness",
            "rhythm",
            {name: (bursty(frame),) for name, frame in real.items()},
            {"simulated": tuple(bursty(frame) for frame in written)},
        ),
        Comparison(
            "contact outside working hours",
            "rhythm",
            {name: (of.outside_hours(frame["local"]),) for name, frame in real.items()},
            {"simulated": tuple(of.outside_hours(frame["local"]) for frame in met)},
        ),
    ]


def each(measure, frames: dict[str, list[pd.DataFrame]], both_ways: bool = False) -> dict[str, tuple[float, ...]]:
    """A measure of every network, undirected if `both_ways`."""
    graph = of.undirected if both_ways else of.directed
    return {
        name: tuple(measure(graph(one["a"].to_numpy(), one["b"].to_numpy())) for one in some)
        for name, some in frames.items()
    }


def overlap(relations: dict[str, pd.DataFrame]) -> float:
    """Mean Jaccard index over pairs of relations."""
    return of.overlap([of.pairs(frame["a"], frame["b"]) for frame in relations.values()])


def since(frame: pd.DataFrame) -> np.ndarray:
    """Seconds since the first contact: in UTC where they are known so, by the wall clock otherwise."""
    return (
        frame["at"].to_numpy() if "at" in frame else (frame["local"] - frame["local"].min()).dt.total_seconds().to_numpy()
    )


def bursty(frame: pd.DataFrame) -> float:
    """Mean burstiness of the ties with enough contacts."""
    return float(of.tie_burstiness(frame["a"], frame["b"], since(frame)).mean())


def relative(frame: pd.DataFrame) -> np.ndarray:
    """Degrees over their mean."""
    found = of.degrees(of.undirected(frame["a"].to_numpy(), frame["b"].to_numpy()))
    return found / found.mean()


if __name__ == "__main__":
    sys.exit(main())

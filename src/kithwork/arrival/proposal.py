"""What a client's files come to as settings of a study: its sources, signs, labels and places, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kithwork import store
from kithwork.arrival import folder, kinds
from kithwork.arrival.facts import zone_names
from kithwork.arrival.looked import Looked, Reading
from kithwork.arrival.questions import Noted
from kithwork.engagement import Engagement
from kithwork.errors import UserError
from kithwork.params import Settings

PURPOSES = {
    "staff": "Who belongs to the organisation, and to which unit.",
    "opt_outs": "Who withdrew, so that nothing of theirs is used.",
    "parties": "Which outside organisations matter, and as what.",
    "nominations": "Who is tied to whom, and by which relations.",
    "interpreters": "What people say of each one they named, and what came of it.",
    "answers": "The ten values and readiness for the change.",
    "responses": "How long answering took, and who agreed to what.",
    "comments": "What people see of the market.",
    "interactions": "How often, on which channel and when people are in contact; never what they say.",
    "outcomes": "Who took up the new way of working, and when.",
    "opportunities": "Which ideas are raised, by whom and after whom, and what becomes of them.",
}
"""What each source is used for, unless the study says otherwise."""


@dataclass(frozen=True)
class Proposal:
    """`sources` by source, each a list of files' settings; what `looked` says of each file; what nobody is sure of."""

    looked: list[Looked]
    sources: dict[str, list[dict]] = field(default_factory=dict)
    signs: kinds.Signs = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()

    @property
    def named(self) -> dict[str, list[Reading]]:
        """The readings of each source."""
        found: dict[str, list[Reading]] = {}
        for one in self.looked:
            for reading in one.readings:
                found.setdefault(reading.source, []).append(reading)
        return found


def proposed(settings: Settings, ask: Noted, again: bool = False) -> Proposal:
    """What the files that no source names yet would be, or `again` all files of the folder."""
    name, study = settings.name, settings.engagement
    there = store.raw(name)
    taken = set() if again else {spec.file for files in study.sources.values() for spec in files}
    staff = () if again else study.sources.get("staff", ())
    known = frozenset().union(
        *(folder.people_in(there, Reading("staff", {"file": one.file, "columns": one.columns})) for one in staff)
    )
    looked = folder.looked_at(there, [one for one in folder.files(there) if one not in taken], ask, known)
    sources: dict[str, list[dict]] = {}
    for one in looked:
        for reading in one.readings:
            files = sources.setdefault(reading.source, [])
            if reading.spec["file"] not in {spec["file"] for spec in files}:
                files.append(reading.spec)
    ordered = {source: sources[source] for source in PURPOSES if source in sources}
    relations = _relations(looked, settings, ordered)
    contact = "interactions" in ordered or (not again and "interactions" in study.sources)
    signs, unknown = kinds.signs(relations, contact) if relations or contact else ({}, ())
    places, nowhere = _places(looked) if contact else ({}, ())
    unsure = [f"{question}: {said or 'left out'}" for question, said in ask.asked]
    unsure += [f"signs: of what kind the relation {one} is; taken as a weak sign of work" for one in unknown]
    unsure += [f"places: in which time zone {one} lies; its hours count as UTC" for one in nowhere]
    return Proposal(looked, ordered, signs, kinds.labels(relations), places, tuple(unsure))


def with_proposal(study: Engagement, proposal: Proposal) -> Engagement:
    """The study as it would be with what is proposed, in memory."""
    sources = {source: [one.model_dump() for one in files] for source, files in study.sources.items()}
    for source, files in proposal.sources.items():
        sources[source] = [*sources.get(source, []), *files]
    content = study.model_dump(mode="json", by_alias=True, exclude_unset=True) | {"sources": sources}
    content["purposes"] = {**{source: PURPOSES[source] for source in sources}, **study.purposes}
    for key, value in settled(study, proposal).items():
        content[key] = value
    return Engagement.model_validate(content)


def settled(study: Engagement, proposal: Proposal) -> dict[str, object]:
    """Signs, labels and places of a proposal, where the study has none of its own."""
    offered = {"signs": proposal.signs, "labels": proposal.labels, "places": proposal.places}
    return {key: value for key, value in offered.items() if value and not getattr(study, key)}


def _relations(looked: list[Looked], settings: Settings, sources: dict[str, list[dict]]) -> tuple[str, ...]:
    """The relations that the files name: those seen in their columns, and for surveys those that their reader finds."""
    from kithwork import readers
    from kithwork.engagement import Reader

    found: set[str] = set()
    for one in looked:
        for reading in one.readings:
            if reading.source != "nominations":
                continue
            found |= {*reading.relations}
            if not reading.relations:
                try:
                    for rows in readers.batches("nominations", Reader.model_validate(reading.spec), settings):
                        found |= {*rows.frame["relation"].unique()}
                except UserError:
                    continue
    return tuple(sorted(found - {""}))


def _places(looked: list[Looked]) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """Time zones of sites that bear the name of a zone's own city, and the sites that do not."""
    cities = {Path(zone).name.replace("_", " ").casefold(): zone for zone in sorted(zone_names(), reverse=True)}
    sites = sorted({site for one in looked for reading in one.readings for site in reading.sites})
    found = {site: {"timezone": cities[site.casefold()]} for site in sites if site.casefold() in cities}
    return found, tuple(site for site in sites if site not in found)

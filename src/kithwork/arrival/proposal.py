"""What a client's files come to as settings of a study: its sources, signs, labels and places, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kithwork import readers, store
from kithwork.arrival import folder, kinds
from kithwork.arrival.facts import zone_names
from kithwork.arrival.looked import Looked, Reading
from kithwork.arrival.questions import Noted, Question
from kithwork.engagement import Engagement, Reader
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

OUTRIGHT, HINTS = "they said so", "these only hint at it"
"""What relations of a survey may be: words for a kind of tie, or signs of it."""

EVENTS = ("mailbox", "messages", "ics", "slack", "teams", "gitlog", "transcript")
"""Readers of contact that comes event by event."""
FEWEST_EVENTS = 10
"""Contacts from which contact alone makes a tie, where it comes event by event: one mail makes none."""


@dataclass(frozen=True)
class Proposal:
    """`sources` by source, each a list of files' settings; what `looked` says of each file; what nobody is sure of."""

    looked: list[Looked]
    sources: dict[str, list[dict]] = field(default_factory=dict)
    signs: kinds.Signs = field(default_factory=dict)
    labels: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    staff_as_of: str = ""
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
    looked, people = folder.looked_at(there, [one for one in folder.files(there) if one not in taken], ask, known)
    sources: dict[str, list[dict]] = {}
    for one in looked:
        for reading in one.readings:
            files = sources.setdefault(reading.source, [])
            if reading.spec["file"] not in {spec["file"] for spec in files}:
                files.append(reading.spec)
    ordered = {source: sources[source] for source in PURPOSES if source in sources}
    relations = _relations(looked, settings, people)
    contact = "interactions" in ordered or (not again and "interactions" in study.sources)
    signs, unknown = kinds.signs(relations, contact) if relations or contact else ({}, ())
    labels = kinds.labels(relations) or _said_outright(kinds.may_be_labels(relations), ask)
    places, nowhere = _places(looked) if contact else ({}, ())
    as_of = next((reading.as_of for one in looked for reading in one.readings if reading.as_of), "")
    unsure = [*ask.told]
    unsure += [f"signs: of what kind the relation {one} is; taken as a weak sign of work" for one in unknown]
    unsure += [f"places: in which time zone {one} lies; its hours count as UTC" for one in nowhere]
    return Proposal(looked, ordered, signs, labels, places, as_of, tuple(unsure))


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
    offered: dict[str, object] = {"signs": proposal.signs, "labels": proposal.labels, "places": proposal.places}
    if not study.period:
        offered["staff_as_of"] = proposal.staff_as_of
    found: dict[str, object] = {key: value for key, value in offered.items() if value and not getattr(study, key)}
    by_event = any("at" in reading.columns or reading.spec.get("reader", "csvfile") in EVENTS
                   for reading in proposal.named.get("interactions", []))  # fmt: skip
    return found | ({"fewest_contacts": FEWEST_EVENTS} if by_event and study.fewest_contacts == 1 else {})


def _relations(looked: list[Looked], settings: Settings, people: frozenset[str]) -> tuple[str, ...]:
    """The relations in which people of the staff list are named: what names parties alone is no tie between people."""
    found: set[str] = set()
    for one in looked:
        for reading in one.readings:
            if reading.source == "nominations":
                try:
                    for rows in readers.batches("nominations", Reader.model_validate(reading.spec), settings):
                        inside = rows.frame["alter"].str.strip().str.casefold().isin(people)
                        found |= {*rows.frame.loc[inside, "relation"].str.strip()}
                except UserError:
                    continue
    return tuple(sorted(found - {""}))


def _said_outright(labels: dict[str, list[str]], ask: Noted) -> dict[str, list[str]]:
    """A client's relations as words for kinds, where somebody says that they are."""
    if not labels:
        return {}
    what = f"did people say themselves of what kind each tie is: {kinds.as_words(labels)}?"
    return labels if ask(Question("the relations", what, (OUTRIGHT, HINTS), OUTRIGHT)) == OUTRIGHT else {}


def _places(looked: list[Looked]) -> tuple[dict[str, dict[str, str]], tuple[str, ...]]:
    """Time zones of sites that bear the name of a zone's own city, and the sites that do not."""
    cities = {Path(zone).name.replace("_", " ").casefold(): zone for zone in sorted(zone_names(), reverse=True)}
    sites = sorted({site for one in looked for reading in one.readings for site in reading.sites})
    found = {site: {"timezone": cities[site.casefold()]} for site in sites if site.casefold() in cities}
    return found, tuple(site for site in sites if site not in found)

"""Which kind of tie a relation speaks for, and how strongly, as a first assumption that params.yaml then holds."""

from __future__ import annotations

from collections.abc import Iterable

from kithwork.arrival import headings
from kithwork.arrival.synonyms import KINDS as WORDS
from kithwork.readers.parts.questionnaire import RELATIONS
from kithwork.setting import KINDS

OURS = {
    "friends": ("personal", [0.75, 0.95]), "GP": ("personal", [0.6, 0.9]),
    "jobs": ("functional", [0.8, 0.95]), "GF": ("functional", [0.7, 0.95]),
    "widens": ("strategic", [0.6, 0.9]), "GS": ("strategic", [0.6, 0.9]),
}  # fmt: skip
"""The relations of our questionnaire: the kind each speaks for, and the chance that it alone makes a tie of that kind."""
OF_CLIENTS, OPEN = [0.6, 0.9], [0.2, 0.6]
"""The same for a client's relation whose words tell its kind, and for one whose words tell none."""
ANY = {"personal": [0.0, 0.1], "functional": [0.0, 0.1], "strategic": [0.0, 0.05]}
FROM_CONTACT = {"functional": {"same_unit": [0.1, 0.3], "strong_contact": [0.1, 0.4]}}
FROM_STRUCTURE = {"strategic": {"crosses_unit": [0.0, 0.2], "bridges": [0.0, 0.2]}}
CONTACT_ALONE = {
    "functional": {"same_unit": [0.5, 0.9], "strong_contact": [0.2, 0.5]},
    "strategic": {"crosses_unit": [0.1, 0.4], "bridges": [0.1, 0.4]},
}
"""Signs that no survey asks for: beside relations, and where there is contact alone."""

Signs = dict[str, dict[str, list[float]]]


def signs(relations: Iterable[str], contact: bool) -> tuple[Signs, tuple[str, ...]]:
    """Signs of each kind, and the relations whose words tell no kind: they speak a little for work."""
    found: Signs = {kind: {} for kind in KINDS}
    unknown = []
    for relation in relations:
        kind, strength = OURS.get(relation, ("", []))
        if not kind and (kind := headings.told(relation, WORDS)):
            strength = OF_CLIENTS
        if not kind:
            kind, strength = "functional", OPEN
            unknown.append(relation)
        found[kind][relation] = strength
    relational = any(found.values())
    if relational:
        derived = [FROM_CONTACT, FROM_STRUCTURE] if contact else [FROM_STRUCTURE]
    else:
        derived = [CONTACT_ALONE] if contact else []
    for more in derived:
        for kind, these in more.items():
            found[kind] |= these
    return {kind: these | {"any": ANY[kind]} for kind, these in found.items() if these}, tuple(unknown)


def labels(relations: Iterable[str]) -> dict[str, list[str]]:
    """The relations by which people said outright of what kind a tie is: the ticks of our questionnaire."""
    there = {*relations}
    return {OURS[word][0]: [word] for word in RELATIONS.values() if word in there}


def may_be_labels(relations: Iterable[str]) -> dict[str, list[str]]:
    """A client's relations that seem to say so, by kind: statements of several words that tell different kinds."""
    found: dict[str, list[str]] = {}
    for relation in relations:
        if relation not in OURS and len(relation.split()) > 1 and (kind := headings.told(relation, WORDS)):
            found.setdefault(kind, []).append(relation)
    return {kind: found[kind] for kind in KINDS if kind in found} if len(found) > 1 else {}


def as_words(labels: dict[str, list[str]]) -> str:
    """`"We are friends" personal, "Our jobs need it" functional`."""
    return ", ".join(f'"{word}" {kind}' for kind, words in labels.items() for word in words)

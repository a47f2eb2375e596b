"""The measures of a person's own page: unit and label of each, and what a place in the network is called in words."""

from __future__ import annotations

from kithwork.setting import KINDS

UNITS = dict.fromkeys(KINDS, "%") | {"named": "count", "units": "count", "breadth": "index", "named_by": "count"}
"""Unit of each measure that has a band."""

LABELS = {kind: f"Share of a person's ties that are {kind}, by its own words" for kind in KINDS} | {
    "named": "Colleagues whom a person named",
    "units": "Groups that the colleagues whom a person named belong to",
    "breadth": "Kinds of tie, evenly held, that would be as diverse as a person's own",
    "named_by": "Colleagues who name a person",
}
"""What each measure is, as the ledger has it."""

CHANCE = "than chance gives somebody with as many ties"
ALIKE = "as chance gives somebody with as many ties"
POSITION = {
    "betweenness": {
        "above": f"You lie on the short ways between colleagues more often {CHANCE}: news and work can pass through you.",
        "within": f"You lie on the short ways between colleagues about as often {ALIKE}.",
        "below": f"You lie on the short ways between colleagues less often {CHANCE}.",
    },
    "two_step_reach": {
        "above": f"Through those you are tied to you reach more people {CHANCE}.",
        "within": f"Through those you are tied to you reach about as many people {ALIKE}.",
        "below": f"Through those you are tied to you reach fewer people {CHANCE}.",
    },
    "constraint": {
        "above": f"Those you are tied to are more tied among themselves {CHANCE}: what one tells you, others know.",
        "within": f"Those you are tied to are about as much tied among themselves {ALIKE}.",
        "below": f"Those you are tied to are less tied among themselves {CHANCE}: you hear from circles that are apart.",
    },
}
"""What is said of a place in the network, by measure and by where it lies of what chance gives."""

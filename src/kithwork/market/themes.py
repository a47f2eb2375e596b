"""What texts about each part of the market sound like, and texts about none: the first examples `roles.py` learns from.

They are of any business, so that a study without a single tick has somewhere to begin; `market.about` in `params.yaml` adds
a client's own.
"""

from __future__ import annotations

NONE = "none"
"""About none of the parts of the market."""

THEMES: dict[str, tuple[str, ...]] = {
    "customer": (
        "customers ask for a subscription", "a client wants shorter delivery times",
        "buyers want one price for all they need", "a hospital asked whether we also do maintenance",
        "our users want to order online", "two clients complained about service", "a buyer asked us for an offer",
        "demand from a new segment is growing", "they want to pay as they use it",
        "clients need help with the installation", "a large account may leave us",
        "consumers expect it to be repaired for free", "there is a need in this market that nobody serves",
        "a city wants to buy a hundred of them",
    ),
    "competitor": (
        "a competitor cut its prices", "our rival has launched a new model", "they lost the tender to another vendor",
        "a start-up copies what we do", "a rival was bought by a larger firm", "the competition offers free training",
        "another maker opened an office near our clients", "a competitor is hiring our people",
        "their product is half as expensive", "rivals have merged", "a cheaper brand enters the market",
        "the other firm promises delivery in two days",
    ),
    "supplier": (
        "our supplier is late with parts", "lead times for components have doubled", "the vendor raised its prices",
        "a subcontractor may close", "raw material is scarce", "steel is rationed this quarter",
        "a second source is needed for this part", "the carrier lost our shipment", "deliveries of chips are delayed",
        "a supplier went bankrupt", "the factory that makes our housing stops",
        "quality of the parts delivered has dropped",
    ),
    "regulation": (
        "a new law will ask for reports", "the authority plans a ban", "auditors want proof of origin",
        "the standard is being revised", "a rule on data protection takes effect",
        "an inspector asked for certificates", "a permit will be needed from next year",
        "the substance will be prohibited", "compliance with the directive costs time", "customs rules have changed",
        "the regulator consults on new limits", "we must label products differently by law",
    ),
    "technology": (
        "artificial intelligence can do this check", "a new sensor technology was shown", "robots now pick the goods",
        "software predicts when machines fail", "an app replaces the paper form",
        "a research group published a new method", "cloud services make it possible remotely",
        "a patent on a new process was filed", "batteries get lighter every year", "3D printing makes spare parts",
        "a university tests a faster algorithm", "digital twins are used for planning",
    ),
    NONE: (
        "the canteen should open earlier", "meetings take too long", "the lift is slow",
        "nobody books the meeting room", "the printer on our floor is broken",
        "there are too few places in the car park", "travel expenses take weeks", "more training would be good",
        "the heating is too cold", "our laptops are old", "we should talk to the other team more",
        "the onboarding of new colleagues could be better", "the newsletter is not read",
        "forms have to be filled in twice", "everybody complains about the intranet", "holiday planning is a mess",
        "the coffee machine is out of order", "passwords have to be changed too often",
        "the chairs in the office are good", "the badge reader does not work",
    ),
}  # fmt: skip

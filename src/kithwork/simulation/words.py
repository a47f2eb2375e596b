"""Made-up names and words of the simulated organisation. Any likeness to people or companies is by chance."""

from __future__ import annotations

FIRST = (
    "Ada", "Amara", "Anselm", "Aoife", "Bao", "Beatriz", "Björn", "Celeste", "Chidi", "Dagny", "Daniel", "Élodie",
    "Emeka", "Farah", "Femi", "Gösta", "Hana", "Henrik", "Ines", "Ivar", "Jamal", "Jiho", "João", "Kaveh", "Keiko",
    "Lars", "Leila", "Linnea", "Malik", "Mei", "Mina", "Nadia", "Nils", "Noor", "Oskar", "Paloma", "Per", "Priya",
    "Rafael", "Renée", "Rohan", "Sanna", "Selim", "Signe", "Søren", "Tariq", "Thea", "Tomás", "Uma", "Vera",
    "Wanjiru", "Wei", "Yara", "Yusuf", "Zofia",
)  # fmt: skip
LAST = (
    "Abara", "Almeida", "Aziz", "Bakke", "Baptista", "Bergström", "Brandt", "Castellan", "Chen", "Dahl", "Delacroix",
    "Diallo", "Ekdahl", "Eriksen", "Falk", "Fonseca", "Garnier", "Grønvold", "Haddad", "Halvorsen", "Hoang", "Ibarra",
    "Ivanova", "Jansen", "Karimi", "Kimura", "Kowalczyk", "Lindqvist", "Macedo", "Marchetti", "Mbeki", "Moreau",
    "Müller", "Nakata", "Nilsen", "Nwosu", "Okafor", "Olsen", "Osei", "Petrov", "Quispe", "Rahman", "Ribeiro",
    "Rossi", "Sato", "Schäfer", "Silva", "Strand", "Suzuki", "Tanaka", "Teixeira", "Thorsen", "Uddin", "Varga",
    "Vestergaard", "Wallin", "Wójcik", "Xu", "Yilmaz", "Zhao",
)  # fmt: skip
FUNCTIONS = {
    "Operations": 0.24,
    "Sales": 0.18,
    "Engineering": 0.18,
    "Service": 0.14,
    "Supply": 0.1,
    "Research": 0.06,
    "Finance": 0.06,
    "People": 0.04,
}
"""Functions and the share of units each has."""
SITES = {"Oslo": "Europe/Oslo", "Porto": "Europe/Lisbon", "Toronto": "America/Toronto", "Singapore": "Asia/Singapore"}
"""Places of work and their time zones."""
COMPANY = "Fjordlight Instruments"
DOMAIN = "fjordlight.example"
OLD_DOMAIN = "fjordlight-group.example"
PARTY_FIRST = (
    "Aldern", "Brisk", "Calder", "Dovre", "Ember", "Fennec", "Gable", "Harrow", "Ilex", "Juniper", "Kestrel", "Lumen",
    "Marlow", "Nimbus", "Orrin", "Pike", "Quarry", "Rowan", "Sable", "Tarn", "Umber", "Vale", "Wren", "Yarrow",
    "Zephyr",
)  # fmt: skip
PARTY_LAST = {
    "customer": ("Hospitals", "Dairies", "Shipping", "Foods", "Energy", "Labs"),
    "supplier": ("Components", "Glass", "Metals", "Logistics", "Polymers"),
    "partner": ("Advisers", "Systems", "Networks"),
    "competitor": ("Instruments", "Sensing", "Optics"),
    "regulator": ("Standards Board", "Safety Authority"),
    "university": ("University", "Institute"),
    "community": ("Makers Guild", "Users Forum"),
}
PARTY_SHARE = {
    "customer": 0.42,
    "supplier": 0.2,
    "partner": 0.1,
    "competitor": 0.08,
    "regulator": 0.08,
    "university": 0.07,
    "community": 0.05,
}
"""Kinds of party and the share of parties each has."""
SEGMENTS = ("health", "food", "sea", "energy")
"""Market segments; the last has few ties into it: a planted blind spot."""
FREE_MAIL = "postbox.example"

TOPICS = {
    "cheaper sensors": (
        "competitor",
        (
            "a rival sells sensors at half our price",
            "cheap sensors turn up in tenders",
            "price of sensors is what buyers ask about first",
        ),
    ),
    "calibration by phone": (
        "technology",
        (
            "calibration by phone app spreads",
            "an app now does the calibration we send people for",
            "remote calibration was shown at the fair",
        ),
    ),
    "traceability rule": (
        "regulation",
        (
            "a traceability rule is being drafted",
            "auditors will ask for traceability next year",
            "the regulator wants every reading traceable",
        ),
    ),
    "glass shortage": (
        "supplier",
        ("optical glass is late again", "our glass supplier rations deliveries", "glass lead times have doubled"),
    ),
    "rental instead of sale": (
        "customer",
        (
            "clients ask to rent instead of buy",
            "two hospitals want instruments as a service",
            "a client wants to pay per measurement",
        ),
    ),
    "hydrogen plants": (
        "customer",
        (
            "hydrogen plants need leak detection",
            "an energy client asks for hydrogen rated probes",
            "leak detection for hydrogen came up three times",
        ),
    ),
}
"""Planted topics: market role and ways to say it. The first comes early and rises; later ones begin later."""
OPENINGS = (
    "At a client visit:",
    "Heard last week:",
    "From the fair:",
    "A supplier told me",
    "It seems that",
    "Twice this month:",
    "",
)
ENDINGS = (
    "We have no answer yet.",
    "Worth a look.",
    "Others will move first.",
    "Could be sold twice.",
    "I can say more.",
    "",
)
CHATTER = (
    "The car park is full by eight", "The canteen should open earlier", "Meetings run over every day",
    "The new chairs are good", "Travel bookings take too long", "The lift is slow",
    "We should meet the other team more often", "My screen flickers", "More time for training would help",
    "Forms are asked for twice", "Nothing new this month", "The intranet search finds nothing",
)  # fmt: skip
"""What people write about when it is not the market."""
AT_HOME = (
    "waiting for calibration", "wrong parts in kits", "drawings out of date", "returns without a reason", "idle benches",
    "samples lost on the way", "offers that take weeks", "spare parts nobody finds", "reports typed twice", "noise",
)  # fmt: skip
"""Problems at home that ideas on the register are to solve."""
ROLES = ("Associate", "Specialist", "Engineer", "Coordinator", "Analyst")
LEADS = ("Chief executive", "Director", "Manager", "Team lead")

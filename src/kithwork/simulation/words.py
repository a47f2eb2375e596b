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

AT_HOME = (
    "waiting for calibration", "wrong parts in kits", "drawings out of date", "returns without a reason", "idle benches",
    "samples lost on the way", "offers that take weeks", "spare parts nobody finds", "reports typed twice", "noise",
)  # fmt: skip
"""Problems at home that ideas on the register are to solve."""
ROLES = ("Associate", "Specialist", "Engineer", "Coordinator", "Analyst")
LEADS = ("Chief executive", "Director", "Manager", "Team lead")

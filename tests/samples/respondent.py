"""One synthetic respondent, and what the answers are as records: written by us, as each survey tool would export them."""

from __future__ import annotations

import csv
import io

PERSON = "ada@kith.example"
ANSWERS = {"V1a": "4", "V10c": "5", "CC1": "2", "AP2": "1", "AW": "3", "PS3": "2", "PE4": "4"}
NAMED = {"GF_1": "bo@kith.example", "GF_2": "Cy Dee", "GP_1": "Cy Dee", "GM_1": "Acme"}
NOTES = {"M1_1": "Rates are falling", "M3_2": "The old portal, again"}
OF_A_NOTE = {"M1K_1": "2", "M1L_1": "4", "M1S_1": "3", "M1Q_1": "1"}
"""What is asked of the first note."""
ALTERS = (("bo@kith.example", "23", {"T2": "4", "T5": "3", "T7": "-1"}), ("Cy Dee", "1", {"T3": "5", "T8": "3"}))
"""Name, ticks and other answers of each person named."""
STARTED, ENDED, SECONDS = "2026-09-07T14:30:00", "2026-09-07T14:43:00", "780"
ABOUT = {"S7": "2", "ST": "3", "TH": "11", "HS": "1", "HP": "2", "CN": "13"}
TICKED = {"1": "friends", "2": "jobs", "3": "widens"}

EXPECTED = {
    "answers": sorted((PERSON, item, value) for item, value in ANSWERS.items()),
    "comments": [
        (PERSON, "M1", NOTES["M1_1"], "supplier", "inference", "3", "words"),
        (PERSON, "M3", NOTES["M3_2"], "", "", "", ""),
    ],
    "nominations": sorted(
        [(PERSON, alter, code.partition("_")[0]) for code, alter in NAMED.items()]
        + [(PERSON, alter, TICKED[tick]) for alter, ticks, _ in ALTERS for tick in ticks]
    ),
    "interpreters": sorted((PERSON, alter, code, value) for alter, _, said in ALTERS for code, value in said.items()),
    "responses": [(PERSON, SECONDS, "yes", "2", "tried", "11", "yes", "yes", "no", "yes", "no")],
}
"""The records of each source; of a response without its times, which tools write differently."""
RESPONSE = [
    "person", "seconds", "finished", "attention", "state", "threshold", "take_part", "use_records", "use_reports", "start",
    "own_page",
]  # fmt: skip


def table(*rows: list[str]) -> bytes:
    """Rows as CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def wide(ticks: str = ",") -> dict[str, str]:
    """Every cell by its code, ticks of one question joined by a sign."""
    cells = ANSWERS | NAMED | NOTES | OF_A_NOTE | ABOUT | {"CN": ticks.join(ABOUT["CN"])}
    for number, (alter, ticked, said) in enumerate(ALTERS, start=1):
        cells |= {f"A{number}": alter, f"{number}_T1": ticks.join(ticked)}
        cells |= {f"{number}_{code}": value for code, value in said.items()}
    return cells

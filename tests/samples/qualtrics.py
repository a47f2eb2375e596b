"""Qualtrics exports: three header rows, choices as values or as words."""

from __future__ import annotations

import json

from kithwork.readers.parts import questionnaire
from kithwork.readers.parts.given import Given
from kithwork.survey.instrument import AGREEMENT
from kithwork.survey.wording import ITEMS
from samples import Sample
from samples.respondent import ANSWERS, ENDED, PERSON, SECONDS, STARTED, table, wide

ABOUT = {
    "StartDate": STARTED.replace("T", " "),
    "EndDate": ENDED.replace("T", " "),
    "Status": "0",
    "Duration (in seconds)": SECONDS,
    "Finished": "1",
    "RecipientEmail": PERSON,
}


def export(cells: dict[str, str], times: int = 1) -> bytes:
    """The export of one respondent, or of several who answer alike."""
    whole = ABOUT | cells
    ids = [json.dumps({"ImportId": f"QID{number}"}) for number, _ in enumerate(whole)]
    rows = [list(whole.values()) for _ in range(times)]
    for number, row in enumerate(rows[1:], start=1):
        row[5] = f"p{number}@kith.example"
    return table(list(whole), [f"What of {code}?" for code in whole], ids, *rows)


def in_words() -> dict[str, str]:
    """The answers as the words of their choices."""
    words = {code: AGREEMENT[text].capitalize() if code in ITEMS or code == "S7" else text for code, text in wide().items()}
    told = {"ST": "tried it", "TH": "never", "HS": "yes", "HP": "No", "2_T1": "we are friends", "2_T8": "both"}
    told |= {"1_T7": "less energy"}
    told |= {"1_T1": "our jobs require us to work together,this person widens what I can see, reach or attempt"}
    told |= {"1_T2": "likely", "2_T3": "my own choice", "CN": "I take part,Do not let others' answers about me be used"}
    told |= {"M1K_1": "supplier", "M1L_1": "My inference", "M1S_1": "fairly sure", "M1Q_1": "word for word"}
    return words | told


SAMPLES = [
    Sample(f"survey-{name}.csv", source, export(cells))
    for name, cells in (("values", wide()), ("words", in_words()))
    for source in questionnaire.SOURCES
]


def many(n: int) -> bytes:
    """About n records of answers: seven to a respondent."""
    return export(wide(), max(1, n // 7))


def plain(given: Given) -> None:
    """pandas reads all cells as text, and puts the answers one to a row, as they are to be used."""
    import pandas as pd

    with given.open() as file:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, skiprows=[1, 2])
    frame.melt("RecipientEmail", list(ANSWERS))

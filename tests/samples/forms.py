"""Tables of responses: LimeSurvey's codes, Google Forms' words, SurveyMonkey's two header rows, a hand-typed workbook."""

from __future__ import annotations

from kithwork.readers.parts import questionnaire
from kithwork.readers.parts.given import Given
from kithwork.survey import instrument
from kithwork.survey.instrument import AGREEMENT, CONSENT, Terms
from kithwork.survey.sheet import workbook
from samples import Sample
from samples.respondent import ABOUT, ANSWERS, ENDED, NAMED, NOTES, OF_A_NOTE, PERSON, SECONDS, STARTED, table, wide

CHANGE = "the new billing system"
ASKED = {one.code: one for part in instrument.sections(Terms("", CHANGE)) for one in instrument.fields(part)}
ALTER = {code: text for code, text in wide().items() if code[0] in "123456789" or (code[0] == "A" and code[1:].isdigit())}
FIRST = {code: one.text for part in instrument.sections(Terms("", CHANGE)) for one in part.questions for code in [one.code]}


def hand_typed(person: str = PERSON) -> dict[str, str]:
    """Codes, as the printable page has them beside each question."""
    return {"person": person, "started": STARTED, "seconds": SECONDS, "finished": "yes"} | wide(" ")


def limesurvey() -> bytes:
    """Codes with brackets or with the words after them; choices as letters with a number; ticks in columns of their own."""
    times = {"id": "7", "submitdate": ENDED.replace("T", " "), "startdate": STARTED.replace("T", " ")}
    cells = times | {"token": PERSON, "interviewtime": SECONDS}
    cells |= {f"{code[:-1]}[{code[-1]}]": f"A{value}" for code, value in ANSWERS.items() if code[0] == "V"}
    cells |= {f"{code}. {ASKED[code].text}": f"AO0{value}" for code, value in ANSWERS.items() if code[0] != "V"}
    cells |= {code.replace("_", "[SQ00") + "]": text for code, text in (NAMED | NOTES | OF_A_NOTE).items()}
    cells |= {code: ABOUT[code] for code in ("S7", "ST", "TH", "HS", "HP")}
    cells |= {f"CN[{tick}]": "Y" if tick in ABOUT["CN"] else "" for tick in CONSENT}
    for code, text in ALTER.items():
        number, _, question = code.partition("_")
        if question == "T1":
            cells |= {f"T1[{number}_{tick}]": str(int(tick in text)) for tick in "123"}
        else:
            cells[f"{question}[{number}]" if question else f"A[{number[1:]}]"] = text
    return table(list(cells), list(cells.values()))


def google() -> bytes:
    """The words of the questions, items in the rows of a grid; answers in words; each box under the same words."""
    cells = [("Timestamp", "2026/09/07 2:43:00 PM GMT+2"), ("Email Address", PERSON), ("seconds", SECONDS)]
    for code, value in ANSWERS.items():
        text = ASKED[code].text.replace("'", "’")
        cells.append((f"How true is each of these?  [{text}]", AGREEMENT[value].title()))
    cells += [(FIRST["GF"], NAMED["GF_1"]), (FIRST["GF"], NAMED["GF_2"]), (FIRST["GP"], NAMED["GP_1"])]
    cells += [(FIRST["GM"].upper(), NAMED["GM_1"]), (FIRST["M1"], NOTES["M1_1"])]
    cells += [(ASKED[code].text, ASKED[code].choices[said].title()) for code, said in OF_A_NOTE.items()]
    cells += [(FIRST["M3"], ""), (FIRST["M3"], NOTES["M3_2"])]
    cells += [(FIRST["S7"], "2"), (FIRST["ST"], "Tried it"), (FIRST["TH"], "never")]
    cells += [(FIRST["HS"], "Yes"), (FIRST["HP"], "No")]
    cells.append((FIRST["CN"], f"{CONSENT['1']}, {CONSENT['3']}"))
    cells += list(ALTER.items())
    return table(*map(list, zip(*cells, strict=True)))


def surveymonkey() -> bytes:
    """Two header rows: a question's words above its first column, its rows and boxes below."""
    cells = [("Respondent ID", "", "1"), ("Collector ID", "", "2"), ("Start Date", "", "09/07/2026 02:30:00 PM")]
    cells += [("End Date", "", "09/07/2026 02:43:00 PM"), ("Email Address", "", PERSON)]
    for number, (code, value) in enumerate(ANSWERS.items()):
        cells.append(("" if number else "How true is each of these?", ASKED[code].text, AGREEMENT[value]))
    for code in ("GF", "GP", "GM", "M1", "M3"):
        for box in (1, 2):
            cells.append((FIRST[code] if box == 1 else "", f"Box {box}", (NAMED | NOTES).get(f"{code}_{box}", "")))
    cells += [(ASKED[code].text, "Response", said) for code, said in OF_A_NOTE.items()]
    cells += [(FIRST[code], "Response", ABOUT[code]) for code in ("S7", "ST", "TH", "HS", "HP")]
    for tick, label in CONSENT.items():
        cells.append((FIRST["CN"] if tick == "1" else "", label, label if tick in ABOUT["CN"] else ""))
    cells += [(code, "Open-Ended Response", text) for code, text in ALTER.items()]
    return table(*map(list, zip(*cells, strict=True)))


def renamed() -> bytes:
    """Headers and labels of a client's own."""
    words = dict(zip(AGREEMENT, ("nie", "selten", "teils", "oft", "immer"), strict=True))
    cells = {"Wer": PERSON, "Frage 1": words[ANSWERS["V1a"]]} | hand_typed()
    cells |= {code: words[value] for code, value in ANSWERS.items()}
    del cells["person"], cells["V1a"]
    return table(list(cells), list(cells.values()))


EXPORTS = {
    "typed.csv": (table(*map(list, zip(*hand_typed().items(), strict=True))), {}),
    "typed.xlsx": (workbook({"answers": list(map(list, zip(*hand_typed().items(), strict=True)))}), {}),
    "limesurvey.csv": (limesurvey(), {}),
    "google.csv": (google(), {}),
    "google-change.csv": (google(), {"options": {"change": CHANGE}}),
    "surveymonkey.csv": (surveymonkey(), {"options": {"dates": "%m/%d/%Y %I:%M:%S %p"}}),
    "renamed.csv": (renamed(), {"columns": {"person": "Wer", "V1a": "Frage 1"},
                                "options": {"labels": "nie|selten|teils|oft|immer"}}),
}  # fmt: skip
SAMPLES = [
    Sample(name, source, content, said) for name, (content, said) in EXPORTS.items() for source in questionnaire.SOURCES
]


def many(n: int) -> bytes:
    """About n records of answers: seven to a respondent."""
    cells = hand_typed()
    people = [list(hand_typed(f"p{number}@kith.example").values()) for number in range(max(1, n // 7))]
    return table(list(cells), *people)


def plain(given: Given) -> None:
    """pandas reads all cells as text, and puts the answers one to a row, as they are to be used."""
    import pandas as pd

    with given.open() as file:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    frame.melt("person", list(ANSWERS))

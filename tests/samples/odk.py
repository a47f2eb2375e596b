"""Exports of the XLSForm: ODK Central's zip of two tables, KoboToolbox's workbook of two sheets, and flattened repeats."""

from __future__ import annotations

import csv
import io
import zipfile

from kithwork.readers.parts import questionnaire
from kithwork.readers.parts.given import Given
from kithwork.survey import instrument
from kithwork.survey.instrument import Terms
from kithwork.survey.sheet import workbook
from samples import Sample
from samples.respondent import ABOUT, ALTERS, ANSWERS, ENDED, NAMED, NOTES, OF_A_NOTE, PERSON, STARTED, table

GROUP = {one.code: part.code for part in instrument.sections(Terms("")) for one in instrument.fields(part)}


def main(sign: str, person: str = PERSON) -> dict[str, str]:
    """The table of responses: groups lead the columns, with a sign between."""
    told = ANSWERS | NAMED | NOTES | OF_A_NOTE | ABOUT | {"person": person, "CN": " ".join(ABOUT["CN"])}
    cells = {"start": f"{STARTED}.000+02:00", "end": f"{ENDED}.000+02:00"}
    return cells | {f"{GROUP[code]}{sign}{code}": text for code, text in told.items()}


def turns(*, split: bool) -> list[dict[str, str]]:
    """The table of people named; what is ticked in one cell, or in columns of their own."""
    rows = []
    for alter, ticked, said in ALTERS:
        ticks = {f"T1/{tick}": str(int(tick in ticked)) for tick in "123"} if split else {"T1": " ".join(ticked)}
        rows.append({"A": alter} | ticks | {f"T{number}": said.get(f"T{number}", "") for number in range(2, 11)})
    return rows


def rows(*cells: dict[str, str]) -> list[list[str]]:
    """A header and rows."""
    return [list(cells[0]), *(list(one.values()) for one in cells)]


def central(*, split: bool) -> bytes:
    """ODK Central: a zip file of CSVs, the repeat joined by PARENT_KEY."""
    response = main("-") | {"KEY": "uuid:1", "ReviewState": "approved"}
    other = main("-", "eve@kith.example") | {"KEY": "uuid:2", "ReviewState": "rejected"}
    named = [one | {"PARENT_KEY": key} for key in ("uuid:1", "uuid:2") for one in turns(split=split)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("acme.csv"), table(*rows(response, other)))
        archive.writestr(zipfile.ZipInfo("acme-alter.csv"), table(*rows(*named)))
    return out.getvalue()


def kobo() -> bytes:
    """KoboToolbox: a workbook, the repeat joined by _parent_index, ticks in one cell and in columns of their own."""
    responses = [main("/") | {"_id": "77", "_index": "1"}]
    named = [one | other | {"_parent_index": "1"} for one, other in zip(turns(split=False), turns(split=True), strict=True)]
    return workbook({"acme": rows(*responses), "alter": rows(*named)})


def flat() -> bytes:
    """One table, the turns of the repeat side by side, with ; between cells."""
    cells = main("/")
    for number, one in enumerate(turns(split=False), start=1):
        cells |= {f"alters/alter[{number}]/{code}": text for code, text in one.items()}
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows(cells))
    return out.getvalue().encode()


EXPORTS = {
    "central.zip": central(split=False),
    "central-split.zip": central(split=True),
    "kobo.xlsx": kobo(),
    "flat.csv": flat(),
    "folder": {"acme.csv": table(*rows(main("-") | {"KEY": "1"})),
               "acme-alter.csv": table(*rows(*(one | {"PARENT_KEY": "1"} for one in turns(split=False))))},
}  # fmt: skip
SAMPLES = [Sample(name, source, content) for name, content in EXPORTS.items() for source in questionnaire.SOURCES]


def many(n: int) -> bytes:
    """About n records of answers: seven to a respondent."""
    return table(*rows(*(main("-", f"p{number}@kith.example") for number in range(max(1, n // 7)))))


def plain(given: Given) -> None:
    """pandas reads all cells as text, and puts the answers one to a row, as they are to be used."""
    import pandas as pd

    with given.open() as file:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False)
    frame.melt(next(name for name in frame if name.endswith("-person")), [f"{GROUP[code]}-{code}" for code in ANSWERS])

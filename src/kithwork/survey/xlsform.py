"""The instrument as an XLSForm workbook, for ODK Central, KoboToolbox and others (XLSForm specification, xlsform.org).

The person named in each line is counted when first named; a repeat asks about each distinct one, with the name in it.
Who does not tick "I take part" sees nothing more.
"""

from __future__ import annotations

from kithwork.survey.instrument import CAPS, MOST_ALTERS, Question, Section, Terms, fields, sections
from kithwork.survey.sheet import workbook

COLUMNS = ("type", "name", "label", "hint", "relevant", "appearance", "calculation", "repeat_count")
CONSENTED = "selected(${CN}, '1')"
TYPES = {"line": "text", "words": "text", "number": "decimal"}
LINES = [f"{code}_{box}" for code, cap in CAPS.items() for box in range(1, cap + 1)]
"""The fields that may hold a name, in the order they are asked."""

Row = dict[str, str]


def written(terms: Terms) -> bytes:
    """The workbook."""
    asked = sections(terms)
    lists: dict[str, dict[str, str]] = {}
    rows: list[Row] = [{"type": "start", "name": "start"}, {"type": "end", "name": "end"}]
    if terms.form:
        rows.append({"type": "calculate", "name": "form", "calculation": f"'{terms.form}'"})
    for section in asked:
        rows += _section(section, lists)
    choices = [["list_name", "name", "label"]]
    choices += [[name, code, label] for name, among in lists.items() for code, label in among.items()]
    survey = [list(COLUMNS), *([row.get(column, "") for column in COLUMNS] for row in rows)]
    title = f"{asked[0].title}: {terms.name}"
    settings = [["form_title", "form_id"], [title, terms.name + (f"_{terms.form}" if terms.form else "")]]
    return workbook({"survey": survey, "choices": choices, "settings": settings})


def _section(section: Section, lists: dict[str, dict[str, str]]) -> list[Row]:
    begin = {"type": "begin_group", "name": section.code, "label": section.title}
    if section.code != "notice":
        begin["relevant"] = CONSENTED
    rows = [begin, {"type": "note", "name": f"{section.code}_note", "label": section.lead}]
    if section.each_alter:
        count = {"repeat_count": f"if(${{count_{LINES[-1]}}} > {MOST_ALTERS}, {MOST_ALTERS}, ${{count_{LINES[-1]}}})"}
        rows.append({"type": "begin_repeat", "name": "alter", "label": "About one person", **count})
        rows.append({"type": "calculate", "name": "A", "calculation": _named()})
        rows.append({"type": "note", "name": "alter_note", "label": "About ${A}"})
    rows += [_asked(one, lists) for one in fields(section)]
    if section.each_alter:
        rows.append({"type": "end_repeat", "name": "alter"})
    if section.code == "names":
        rows += _counted()
    return [*rows, {"type": "end_group", "name": section.code}]


def _asked(one: Question, lists: dict[str, dict[str, str]]) -> Row:
    row = {"type": TYPES.get(one.kind, ""), "name": one.code, "label": one.text}
    if one.kind == "words":
        row["appearance"] = "multiline"
    if one.choices:
        known = next((name for name, among in lists.items() if among == one.choices), f"list_{one.code}")
        lists[known] = one.choices
        row["type"] = f"select_{'multiple' if one.kind == 'many' else 'one'} {known}"
    return row


def _counted() -> list[Row]:
    """Of each line, whether it names somebody not named before, and how many distinct people were named up to it."""
    rows = []
    for at, line in enumerate(LINES):
        known = " or ".join([f"${{{line}}} = ''", *(f"${{{line}}} = ${{{other}}}" for other in LINES[:at])])
        before = f"${{count_{LINES[at - 1]}}} + " if at else ""
        rows.append({"type": "calculate", "name": f"new_{line}", "calculation": f"if({known}, 0, 1)"})
        rows.append({"type": "calculate", "name": f"count_{line}", "calculation": f"{before}${{new_{line}}}"})
    return rows


def _named() -> str:
    """The name that a turn of the repeat is about."""
    here = (f"if(${{new_{line}}} = 1 and ${{count_{line}}} = position(..), ${{{line}}}, '')" for line in LINES)
    return f"concat({', '.join(here)})"

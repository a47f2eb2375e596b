"""The instrument as text that Qualtrics imports (Qualtrics, Support: "Preparing an Advanced Format TXT File").

Such a file holds questions, codes and values of choices, and embedded data; not Loop & Merge, which the block about each
person needs: it is turned on once after the import, over the fields A1 to A15, and names its columns `1_T1`, `2_T1`, ….
"""

from __future__ import annotations

from kithwork.survey.instrument import MOST_ALTERS, Question, Section, Terms, fields, sections

TYPES = {
    "one": "MC:SingleAnswer:Horizontal",
    "many": "MC:MultipleAnswer:Vertical",
    "line": "TE:SingleLine",
    "number": "TE:SingleLine",
    "words": "TE:Essay",
}
EACH = "${lm://Field/1}"
"""Where Qualtrics writes the name of the person that a turn of the loop is about."""


def written(terms: Terms) -> bytes:
    """The text, in UTF-8."""
    lines = ["[[AdvancedFormat]]", ""]
    lines += [f"[[ED:form:{terms.form}]]", ""] if terms.form else []
    lines += [line for number in range(1, MOST_ALTERS + 1) for line in (f"[[ED:A{number}:]]", "")]
    for section in sections(terms):
        lines += _block(section)
    return "\n".join(lines).encode()


def _block(section: Section) -> list[str]:
    lead = f"<b>{EACH}</b> {section.lead}" if section.each_alter else section.lead
    lines = [f"[[Block:{section.title}]]", "", "[[Question:Text]]", f"[[ID:{section.code}]]", lead, ""]
    for one in fields(section):
        lines += _question(one)
    return lines


def _question(one: Question) -> list[str]:
    lines = [f"[[Question:{TYPES[one.kind]}]]", f"[[ID:{one.code}]]", one.text]
    if one.choices:
        lines += ["[[AdvancedChoices]]"]
        lines += [line for code, label in one.choices.items() for line in (f"[[Choice:{code}]]", label)]
    return [*lines, ""]

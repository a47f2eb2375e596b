"""The instrument as one page to print: everything in the file itself, nothing fetched, a code beside each question.

Filled-in pages are typed into a table with these codes as its header, and read by the reader `forms`.
"""

from __future__ import annotations

from markupsafe import Markup

from kithwork.survey.instrument import AGREEMENT, CANNOT_SAY, MOST_ALTERS, Question, Section, Terms, fields, sections

STYLE = """
@page { size: A4; margin: 18mm 16mm; }
body { font: 10.5pt/1.4 Georgia, serif; color: #111; max-width: 178mm; margin: 8mm auto; }
h1 { font-size: 18pt; margin: 0 0 4mm; } h2 { font-size: 13pt; margin: 9mm 0 2mm; break-after: avoid; }
p { margin: 0 0 3mm; } .code { font: 8pt monospace; color: #595959; padding-right: 2mm; }
.question { break-inside: avoid; margin: 0 0 4mm; } .question > p { margin: 0 0 1mm; }
.choice { display: inline-block; margin-right: 5mm; } .choice::before, td.box::before { content: "\\2610\\00a0"; }
.line { border-bottom: .3mm solid #777; height: 8mm; } .words { border: .3mm solid #777; height: 22mm; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: .2mm solid #999; padding: 1.2mm; text-align: left; }
th { font-size: 8.5pt; vertical-align: bottom; } td.box { text-align: center; width: 13mm; } tr { break-inside: avoid; }
thead { display: table-header-group; } .grid td { height: 7mm; border-right: .2mm solid #999; } .key p { margin: 0; }
"""
PAGE = Markup(
    '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{style}</style>\n'
    "<main>\n<h1>{title}</h1>\n{parts}</main>\n</html>\n"
)


def written(terms: Terms) -> bytes:
    """The page, in UTF-8."""
    title = f"Survey {terms.name}" + (f", form {terms.form.upper()}" if terms.form else "")
    parts = Markup("").join(_section(section) for section in sections(terms))
    return PAGE.format(title=title, style=Markup(STYLE), parts=parts).encode()


def _section(section: Section) -> Markup:
    head = Markup("<section>\n<h2>{}</h2>\n<p>{}</p>\n").format(section.title, section.lead)
    if section.each_alter:
        return head + _each_alter(section) + Markup("</section>\n")
    body, items = Markup(""), []
    for one in fields(section):
        if one.choices == AGREEMENT | CANNOT_SAY:
            items.append(one)
            continue
        body += _items(items) + _question(one)
        items = []
    return head + body + _items(items) + Markup("</section>\n")


def _items(items: list[Question]) -> Markup:
    """Items on the scale of agreement, as one table."""
    if not items:
        return Markup("")
    labels = Markup("").join(Markup("<th>{}</th>").format(label) for label in (AGREEMENT | CANNOT_SAY).values())
    boxes = Markup("").join(Markup('<td class="box">{}</td>').format(code) for code in AGREEMENT) + Markup(
        '<td class="box"></td>'
    )
    rows = Markup("").join(Markup("<tr><td>{}{}</td>{}</tr>\n").format(_code(one.code), one.text, boxes) for one in items)
    return Markup("<table>\n<thead><tr><th></th>{}</tr></thead>\n{}</table>\n").format(labels, rows)


def _question(one: Question) -> Markup:
    answer = Markup('<div class="{}"></div>').format("words" if one.kind == "words" else "line")
    if one.choices:
        answer = _choices(one)
    return Markup('<div class="question"><p>{}{}</p>{}</div>\n').format(_code(one.code), one.text, answer)


def _choices(one: Question) -> Markup:
    return Markup("").join(
        Markup('<span class="choice">{}</span>').format(label if code == label else f"{code} {label}")
        for code, label in one.choices.items()
    )


def _each_alter(section: Section) -> Markup:
    """A key of what may be written, and a grid with a line for each person."""
    key = Markup("").join(
        Markup("<p>{}{} <i>{}</i></p>\n").format(
            _code(one.code), one.text, " · ".join(f"{code} {label}" for code, label in (one.choices or {}).items())
        )
        for one in section.questions
    )
    heads = Markup("").join(Markup("<th>{}</th>").format(one.code) for one in section.questions)
    cells = Markup("<td></td>") * len(section.questions)
    rows = Markup("").join(
        Markup("<tr><td>{}</td><td></td>{}</tr>\n").format(_code(f"A{number}"), cells)
        for number in range(1, MOST_ALTERS + 1)
    )
    grid = Markup('<table class="grid">\n<thead><tr><th></th><th>Name</th>{}</tr></thead>\n{}</table>\n')
    return Markup('<div class="key">{}</div>\n').format(key) + grid.format(heads, rows)


def _code(code: str) -> Markup:
    return Markup('<span class="code">{}</span>').format(code)

"""Which column of a client's header fills which field: shared by the readers of tables."""

from __future__ import annotations

from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Reader
from kithwork.readers.parts.rows import FIELDS


def positions(source: str, spec: Reader, header: list[str], name: str, row: int = 1) -> dict[str, int]:
    """Where each field stands in the header, which is in this row. Raises `UserError` with all that cannot be found."""
    fields = FIELDS[source]
    where = f"sources.{source}.columns"
    problems = [
        Problem("is not a field of this source", "params.yaml", nearest(field, fields), field, column=where)
        for field in [*spec.columns, *spec.constants]
        if field not in fields
    ]
    wanted = {field: spec.columns.get(field, field) for field in fields if field not in spec.constants}
    twice = sorted({column for column in header if header.count(column) > 1 and column in wanted.values()})
    problems += [
        Problem("stands twice in the header", name, "Rename or drop one of the two.", row=row, column=column)
        for column in twice
    ]
    problems += [
        Problem(
            "is not in the header",
            name,
            f"{nearest(column, header)} Rename it in the file, or set {where}.{field} in params.yaml.",
            found=", ".join(header)[:80],
            row=row,
            column=column,
        )
        for field, column in wanted.items()
        if column not in header and (fields[field].required or field in spec.columns)
    ]
    if problems:
        raise UserError(problems)
    return {field: header.index(column) for field, column in wanted.items() if column in header}


def left_out(header: list[str], used: dict[str, int]) -> list[str]:
    """A note that names the columns nobody mapped, where there are any."""
    others = [column for at, column in enumerate(header) if column and at not in used.values()]
    return [f"columns left out: {', '.join(others)}"] if others else []

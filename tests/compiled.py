"""What the toolkit sends to an engine, overheard: every expression that DuckDB is asked for, to be compiled for others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import ibis
    from ibis.backends.sql.compilers.base import SQLGlotCompiler


@contextmanager
def overheard() -> Iterator[list[ibis.Table]]:
    """The expressions that are compiled for DuckDB meanwhile, in order."""
    from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

    heard, own = [], DuckDBCompiler.to_sqlglot

    def listening(self: SQLGlotCompiler, expr: ibis.Expr, **said: object):
        heard.append(expr.as_table())
        return own(self, expr, **said)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DuckDBCompiler, "to_sqlglot", listening)
        yield heard


KNOWN = {"bigquery": {"ieee_divide"}, "snowflake": set()}
"""Functions that a dialect has and sqlglot knows no word for."""


def refusal(expression: ibis.Table, dialect: str) -> str:
    """Why an expression cannot be said in a dialect, or nothing: Ibis must write it, and sqlglot read it as one query."""
    import sqlglot
    from ibis.backends.sql import compilers
    from ibis.common.exceptions import IbisError

    compiler = getattr(compilers, dialect).compiler
    try:
        text = compiler.to_sqlglot(expression).sql(compiler.dialect)
        [read] = sqlglot.parse(text, dialect=dialect)
    except (IbisError, NotImplementedError, sqlglot.errors.SqlglotError) as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    unknown = {call.name.lower() for call in read.find_all(sqlglot.exp.Anonymous)} - KNOWN[dialect]
    if unknown:
        return f"{', '.join(sorted(unknown))} is no function there"
    return "" if isinstance(read, sqlglot.exp.Query) else f"is a {type(read).__name__}"

"""Which engine works on an expression: the few things that one is asked in words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis


def named(expression: ibis.Expr) -> str:
    """Ibis' name of the engine, such as `duckdb` or `bigquery`; "" of what no engine holds."""
    from ibis.common.exceptions import IbisError

    try:
        return expression.get_backend().name
    except IbisError:
        return ""

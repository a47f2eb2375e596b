"""Rows as whole numbers that every engine has and adds up alike: what a table holds is told whatever the order of its rows.

A row is written out as one text, and stands for the first twelve digits of its MD5 (RFC 1321), which are four numbers, each
summed. So a value that changes, or goes from one row to another, changes the sums; that they come out the same for other
rows has a chance of less than one in 10¹² where nobody is out for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TYPE_CHECKING

from kithwork.engines import driver

if TYPE_CHECKING:
    import ibis
    from ibis.expr.types import IntegerScalar, StringValue

PARTS, LETTERS = 4, 3
"""Numbers of a row, and digits of each."""


def md5(text: StringValue) -> StringValue:
    """The MD5 of a text in hexadecimal digits."""
    import ibis

    @ibis.udf.scalar.builtin(name="md5", signature=(("string",), "string"))
    def digest(text): ...

    @ibis.udf.scalar.builtin(name="md5", signature=(("string",), "binary"))
    def octets(text): ...

    @ibis.udf.scalar.builtin(name="to_hex", signature=(("binary",), "string"))
    def digits(octets): ...

    return digits(octets(text)) if driver.named(text) == "bigquery" else digest(text)


def sums(values: Iterable[ibis.Value]) -> list[IntegerScalar]:
    """The four sums, over the rows of a table or of each group."""
    import ibis

    told = [(ibis.literal("=") + value.cast("string")).fill_null("") for value in values]
    digits = md5(reduce(lambda one, other: one + "\n" + other, told))
    return [_spelt(digits, LETTERS * part).sum().cast("int64") for part in range(PARTS)]


def _spelt(text: StringValue, start: int) -> ibis.Value:
    """ASCII letters of a text as a whole number."""
    letters = (text.substr(start + at, 1).ascii_str().cast("int64") for at in range(LETTERS))
    return reduce(lambda number, letter: number * 128 + letter, letters)

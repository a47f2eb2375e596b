"""Read by column, an export says what it says read by row: the same cells, lines and faults."""

from itertools import chain

import pytest

from kithwork.readers import surveyrows
from kithwork.readers.given import Given
from kithwork.readers.rows import Fault
from kithwork.readers.surveycolumns import Below, turned


def both(content: bytes, encoding: str = "utf-8") -> tuple[list, list]:
    """Lines, cells of the second and third column, and faults: by column, and by row."""
    given, used = Given("survey", content=content), [1, 2]
    found = surveyrows.rows(given, encoding)
    after, header = next(found)
    rows = list(surveyrows.body(found, len(header)))
    below = Below(given, encoding, after, len(header))
    return joined(below.blocks(iter(rows), used)), joined(turned(rows, used))


def joined(blocks) -> tuple[list[int], list[str], list[str], list[Fault]]:
    """All blocks as one."""
    parts = [(one.lines, *one.columns.values(), one.faults) for one in blocks]
    return tuple(list(chain.from_iterable(each)) for each in zip(*parts, strict=True))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"a,b,c\n1,2,3\n4,5,6\n", "utf-8"),
        (b"a;b;c\r\n1;2;3\r\n\r\n;;\r\n4;5;6", "utf-8"),
        (b'\xef\xbb\xbf"a","b\nb","c"\n1,"two\nlines",""\n4,"say ""five""",6\n', "utf-8"),
        (b"a,b,c\r1,2,3\r4,5,6\r", "utf-8"),
        (b"a\tb\tc\n1\t\xe9\t3\n", "cp1252"),
        (b"a,b,c\n1,2,3,,\n4,5\n7,8,9,10\n,,\n1, 2 ,3\n", "utf-8"),
    ],
)
def test_columns_hold_what_rows_hold(content, encoding):
    by_column, by_row = both(content, encoding)
    assert by_column == by_row
    assert by_column[0]

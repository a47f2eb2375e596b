"""The best words of contacts that are plainly written, a column at a time; what takes more care is left to `contacts`."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

UNTIDY = (
    r"[<>\x00-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"  # blanks of all kinds
    r"|^ | $|  "
)
"""What the name of an entry is rid of."""

ADDRESS = r"^[\w.+%-]+@[\w.-]+$"
"""An address that needs no second look."""


def words(names: list[pa.Array], whole: list[pa.Array], mails: list[pa.Array], *, kinds: bool) -> pa.Array:
    """The best word of each entry: none where its name is untidy, its first address is no plain one, or there are several
    and `kinds` tells which is best. The parts of its name, the columns that hold names whole, and addresses are given."""
    import pyarrow as pa
    import pyarrow.compute as pc

    empty, blank, opened, closed = (pa.scalar(word, pa.large_string()) for word in ("", " ", " <", ">"))
    joined = []
    if names:
        spaced = pc.binary_join_element_wise(*names, blank)
        joined = [pc.utf8_trim(pc.replace_substring(spaced, "  ", " "), " ")]
    joined, whole, mails = (
        [pc.if_else(pc.equal(one, empty), None, one) for one in some] for some in (joined, whole, mails)
    )
    name = pc.coalesce(*joined, *whole, empty)
    mail = pc.coalesce(*mails, empty)
    plain = pc.or_(pc.equal(mail, empty), pc.match_substring_regex(mail, ADDRESS))
    if kinds:
        filled = reduce(pc.add, (pc.cast(pc.is_valid(one), pa.int32()) for one in mails))
        plain = pc.and_(plain, pc.less_equal(filled, 1))
    plain = pc.and_(plain, pc.invert(pc.match_substring_regex(name, UNTIDY)))
    both = pc.binary_join_element_wise(name, opened, mail, closed, empty)
    alone = pc.or_(pc.equal(mail, empty), pc.equal(mail, name))
    word = pc.if_else(pc.equal(name, empty), mail, pc.if_else(alone, name, both))
    return pc.if_else(plain, word, None)

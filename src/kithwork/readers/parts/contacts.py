"""Whom somebody's contacts name: one nomination per entry, by the best word it has; shared by readers of contact lists.

The best word is an address at work, else the first address, with the name before it (`Name <mail@x.org>`), else the name.
The file does not say whose it is: the option `owner` does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers import csvfile
from kithwork.readers.parts import plainwords
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import BATCH, Rows

if TYPE_CHECKING:
    import pyarrow as pa

OPTIONS = {"owner": "whose contacts these are: an id, an e-mail address or a name of the staff list"}

NAMELESS = "entries without a name or an address"
"""What is counted of a contact list beside its contacts."""

SEVERAL = ":::"
"""What stands between addresses in one cell."""

ADDRESS = re.compile(r"[^\s<>@\"]+@[^\s<>@\"]+")
BRACKETS = str.maketrans("<>", "  ")
WORK = re.compile(r"\b(work|business|office)\b", re.IGNORECASE)


class Layout(NamedTuple):
    """Where a list has names and addresses: the columns that make up a name, those that hold a name whole, and those that
    hold addresses, each with the column that tells its kind, if any."""

    parts: list[int]
    whole: list[int]
    mails: list[tuple[int, int | None]]


def owner(spec: Reader) -> str:
    """Whose contacts these are. Raises `UserError` where nothing says so."""
    if not (named := spec.options.get("owner", "").strip()):
        do = "State `options: {owner: …}` beside `file:`, by id, e-mail address or name."
        raise UserError(Problem("does not say whose contacts these are", "params.yaml", do, spec.file, column="options"))
    return named


def word(name: str, mails: Iterable[tuple[str, str]]) -> str:
    """The best word for somebody of this name and these addresses, each with its kind; empty where there is none."""
    if "<" in name or ">" in name:
        name = name.translate(BRACKETS)
    name = " ".join(name.split())
    best = ""
    for mail, kind in mails:
        if not mail:
            continue
        work = bool(kind) and WORK.search(kind) is not None
        if (work or not best) and ADDRESS.fullmatch(mail := mail.strip()):
            best = mail
            if work:
                break
    return f"{name} <{best}>" if name and best and name != best else best or name


def parse(
    spec: Reader, given: Given, relation: str, layout: Callable[[list[str]], Layout | None], known: str
) -> Iterator[Rows]:
    """The contacts of a CSV file whose header `layout` understands; `known` names such files. Raises `UserError`."""
    ego = owner(spec)
    line, header, pieces = csvfile.headed(given, spec.encoding, ",", layout)
    found = layout(header)
    if found is None:
        do = f"Export it again as {known}, and leave its header as it is."
        raise UserError(Problem("has no header that is known", given.name, do, ", ".join(header)[:80]))
    needed = {*found.parts, *found.whole, *(at for pair in found.mails for at in pair if at is not None)}
    used = {str(at): at for at in sorted(needed)}
    words = {"alter": " / ".join(header[at] for at in sorted({*found.parts, *found.whole, *(at for at, _ in found.mails)}))}
    some = chain.from_iterable(piece.parts(BATCH) for piece in pieces)
    above = Counter({"lines above the header": line - 1})
    for rows in csvfile.batches("nominations", given.name, some, header, used, ","):
        yield _named(replace(rows, header=words, left_out=rows.left_out + above), found, ego, relation)
        above.clear()


def _named(rows: Rows, layout: Layout, ego: str, relation: str) -> Rows:
    """The entries of a batch as nominations of their best words; those that name nobody are counted."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = pa.Table.from_pandas(rows.frame, preserve_index=False)
    alters = _alters(layout, {int(at): table.column(at).combine_chunks() for at in table.column_names})
    pa.default_memory_pool().release_unused()  # columns of many sizes: what is kept aside for one fits no other
    named = pc.not_equal(alters, "")
    kept = alters.filter(named)
    egos, relations = (pa.repeat(pa.scalar(word, alters.type), len(kept)) for word in (ego, relation))
    frame = pa.table({"ego": egos, "alter": kept, "relation": relations}).to_pandas()
    frame = frame.set_axis(rows.frame.index[named.to_numpy(zero_copy_only=False)])
    return replace(rows, frame=frame, left_out=rows.left_out + Counter({NAMELESS: len(alters) - len(kept)}))


def _alters(layout: Layout, columns: dict[int, pa.Array]) -> pa.Array:
    """The best word of each entry: at once where they are plainly written, one by one where not."""
    import pyarrow as pa
    import pyarrow.compute as pc

    names, whole = ([columns[at] for at in some] for some in (layout.parts, layout.whole))
    mails, kinds = [columns[at] for at, _ in layout.mails], any(kind is not None for _, kind in layout.mails)
    found = plainwords.words(names, whole, mails, kinds=kinds)
    if not found.null_count:
        return found
    left = pc.is_null(found)
    words = _words(layout, {at: cells.filter(left).to_pylist() for at, cells in columns.items()})
    return pc.replace_with_mask(found, left, pa.array(words, found.type))


def _words(layout: Layout, columns: dict[int, list[str]]) -> list[str]:
    """The best word of each entry, one by one."""
    nobody = [""] * len(next(iter(columns.values())))
    names = list(map(" ".join, zip(*(columns[part] for part in layout.parts), strict=True))) or nobody
    whole = list(zip(*(columns[at] for at in layout.whole), strict=True)) or nobody
    mails = [
        list(zip(columns[mail], nobody if kind is None else columns[kind], strict=True)) for mail, kind in layout.mails
    ]
    entries = zip(*mails, strict=True) if mails else ((),) * len(nobody)
    if any(SEVERAL in cell for mail, _ in layout.mails for cell in columns[mail]):
        entries = map(_single, entries)
    return [
        word(name if name and not name.isspace() else next(filter(str.strip, full), ""), pairs)
        for name, full, pairs in zip(names, whole, entries, strict=True)
    ]


def _single(mails: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """The addresses there are, where one cell holds several."""
    return [(mail, kind) for cell, kind in mails for mail in cell.split(SEVERAL)]

"""A digest of the records of each block, whatever their order, by which it is seen that one is as it was.

A record is what it says, in which line of which file, and who is meant by its words. On this machine it is DuckDB's hash,
summed; at an engine, whose hashes differ, what `engines/summed.py` makes of it.
"""

from __future__ import annotations

import hashlib
from inspect import Parameter, Signature
from typing import TYPE_CHECKING

from kithwork.engines import summed

if TYPE_CHECKING:
    import ibis

    from kithwork.cleaning.staging import Staged

PRINTED = {
    "file_mark": "int64", "line": "int64", "cell": "int32", "ego_mark": "int64", "alter_mark": "int64", "channel": "string",
    "at": "timestamp('UTC')", "offset": "int16", "day_only": "boolean", "minutes": "float64", "size": "float64",
    "message": "string", "nature": "string",
}  # fmt: skip
"""What a digest is made of, with the types that it is read in."""


def number_of(text: str) -> int:
    """A number that stands for a text: of its digest, 63 bits."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def of_blocks(contacts: ibis.Table, staged: Staged, words: ibis.Table) -> dict[int, str]:
    """The digests by the number in the column `block`, in order. `words`: code, and `mark`, which says who is meant."""
    import pandas as pd

    marks = [number_of(one.file) for one in staged.files]
    files = staged.made("file_marks", pd.DataFrame({"at_file": range(len(marks)), "file_mark": marks}, dtype="int64"))
    ego, alter = (words.select(**{f"{end}_code": "code", f"{end}_mark": "mark"}) for end in ("ego", "alter"))
    met = contacts.inner_join(files, [("file", "at_file")])
    met = met.inner_join(ego, [("ego", "ego_code")]).inner_join(alter, [("alter", "alter_code")])
    values = [met[name].cast(kind) for name, kind in PRINTED.items()]
    sums = summed.sums(values) if staged.is_elsewhere else _by_hash(values)
    told = {f"sum_{number}": one for number, one in enumerate(sums)}
    found = met.group_by("block").agg(records=met.count(), **told).order_by("block").to_pandas()
    return {int(block): " ".join(map(str, rest)) for block, *rest in found.itertuples(index=False)}


def _by_hash(values: list[ibis.Value]) -> list[ibis.Value]:
    """The sum of DuckDB's hash of the values."""
    import ibis

    def hashed(*values): ...

    names = [Parameter(name, Parameter.POSITIONAL_OR_KEYWORD) for name in PRINTED]
    hashed.__signature__ = Signature(names)
    of_all = ibis.udf.scalar.builtin(name="hash", signature=(tuple(PRINTED.values()), "uint64"))(hashed)
    return [of_all(*values).cast("decimal(38, 0)").sum()]

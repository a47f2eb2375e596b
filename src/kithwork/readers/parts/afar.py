"""What lies at an address, told apart from what lay there before without being read through.

Of a table: how many rows it has, and of some columns how many values there are, the least and the greatest. Rows that came
or went are seen; a row that was changed, where no end moved, is not. Of a bucket: name, size and time of every part.
Words of the client's stand in a digest alone (SHA-256), not to be shared as it is: those of a short list can be guessed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    from pyarrow import fs

State = dict[str, int | str]


def of_table(table: ibis.Table, columns: Iterable[str]) -> State:
    """The state of a table. Raises what Ibis and the engine raise."""
    asked = {"rows": table.count()}
    for number, name in enumerate(columns):
        column = table[name] if table[name].type().is_temporal() else table[name].cast("string")
        asked |= {f"count_{number}": column.count(), f"min_{number}": column.min(), f"max_{number}": column.max()}
    [found] = table.agg(**asked).to_pyarrow().to_pylist()
    return {"rows": int(found.pop("rows")), "digest": _digest([str(value) for value in found.values()])}


def of_parts(parts: Iterable[fs.FileInfo]) -> State:
    """The state of files in a bucket."""
    told = [[part.path, part.size, part.mtime_ns] for part in parts]
    return {"files": len(told), "digest": _digest(told)}


def _digest(told: list) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()

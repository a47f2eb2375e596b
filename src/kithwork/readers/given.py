"""A file that the client gave: its bytes, and what a reader with a format of its own may be asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Reader


def content(source: str, spec: Reader, folder: Path) -> tuple[bytes, str]:
    """The bytes of a file of the engagement's raw folder, and what messages call it. Raises `UserError`."""
    path = folder / spec.file
    name = f"data/raw/{folder.name}/{spec.file}"
    if not path.is_file():
        there = sorted(file.name for file in folder.glob(f"*{path.suffix}")) if folder.is_dir() else []
        remedy = nearest(spec.file, there) if there else f"Put it into data/raw/{folder.name}/."
        raise UserError(Problem("is missing", name, f"{remedy} params.yaml names it under sources.{source}.file."))
    return path.read_bytes(), name


def expect(source: str, spec: Reader, sources: Iterable[str]) -> None:
    """That a reader which knows its columns serves this source, and is not told of columns. Raises `UserError`."""
    where = f"sources.{source}"
    if source not in sources:
        do = f"It reads {', '.join(sources)}."
        raise UserError(Problem("is not read by this reader", "params.yaml", do, found=spec.reader, column=where))
    told = [name for name in ("columns", "constants") if getattr(spec, name)]
    if told:
        do = "Take it out: the format says what its columns are."
        raise UserError([Problem("means nothing to this reader", "params.yaml", do, column=f"{where}.{t}") for t in told])

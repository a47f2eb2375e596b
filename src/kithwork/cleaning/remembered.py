"""What was made of a block of records before, by a digest of all it rests on: the records, who is meant, settings, code.

A folder of `store.remembered` per digest, whole or not there. Its files bear seals: what a disk has spoilt is made anew.
What a run did not use is forgotten at its end.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from kithwork import sealing, store

RESTS_ON = ("blocks", "by_block", "clocks", "collaboration", "filters", "made", "offsets", "prints", "weeks")
"""Files of this folder whose change may change what is made of a block."""


@dataclass
class Remembered:
    """The folder of one study, or a temporary one that nothing outlives; and what of it this run used."""

    folder: Path
    temporary: bool = False
    used: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, engagement: str, instead: Path | None = None) -> Remembered:
        """What is remembered of a study; or a folder `instead` of it, whose end is its owner's."""
        return cls(store.remembered(engagement)) if instead is None else cls(instead / "made", temporary=True)

    @staticmethod
    def name(about: object) -> str:
        """The name of a folder: a digest of what `about` says, and of the code."""
        return hashlib.sha256(json.dumps([_code(), about], default=str).encode()).hexdigest()[:32]

    def made(self, about: object, make: Callable[[Path], None], is_whole: Callable[[Path], bool] = Path.is_dir) -> Path:
        """The folder with what is made of what `about` says; made by `make` where it is not there yet, or broken."""
        name = self.name(about)
        place = self.folder / name
        self.used.add(name)
        if place.is_dir() and (any(map(sealing.is_broken, place.glob("*.parquet"))) or not is_whole(place)):
            shutil.rmtree(place)
        if not place.is_dir():
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = Path(tempfile.mkdtemp(prefix=".", dir=self.folder))
            try:
                make(unfinished)
                for file in unfinished.glob("*.parquet"):
                    sealing.seal(file)
                unfinished.rename(place)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
        return place

    def forget(self) -> None:
        """Remove what this run did not use."""
        if not self.temporary and self.folder.is_dir():
            for one in self.folder.iterdir():
                if one.name not in self.used:
                    shutil.rmtree(one, ignore_errors=True)


def _code() -> list[str]:
    here = Path(__file__).parent
    texts = [(here / f"{name}.py").read_bytes() for name in RESTS_ON]
    digest = hashlib.sha256(b"".join(texts)).hexdigest()
    return [digest, version("duckdb"), version("ibis-framework"), version("pyarrow")]

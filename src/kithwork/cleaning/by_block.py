"""The cleaning of one study's records, block by block, in two passes: between them it is told whose clock was wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import kept, store
from kithwork.cleaning import blocks, clocks, filters, made
from kithwork.cleaning.blocks import Block
from kithwork.cleaning.remembered import Remembered
from kithwork.cleaning.staging import Staged
from kithwork.log import Log
from kithwork.params import Settings
from kithwork.tables import INTERACTIONS

if TYPE_CHECKING:
    import ibis
    import pandas as pd

PART = "part.json"
"""What is noted of a block's clean records that are kept at an engine."""


@dataclass(frozen=True)
class ByBlock:
    """The records of a study; `words` says of each word who is meant, `period` from when to when records are studied,
    `keeps` whether what is made of a block is put by for the next time."""

    staged: Staged
    words: ibis.Table
    period: tuple
    settings: Settings
    keeps: bool = True

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks, in order."""
        return blocks.parted(self.staged, self.words, self.period)

    @cached_property
    def memory(self) -> Remembered:
        """What was made of blocks before, unless there is one block alone, or nothing is to be kept."""
        passing = not self.keeps or self.blocks[0].digest is None
        return Remembered.of(self.settings.name, self.staged.folder if passing else None)

    @cached_property
    def first(self) -> list[Path]:
        """The folders of the first pass."""
        return [
            self.memory.made(self._about(block), lambda folder, block=block: made.first(self.met(block), folder))
            for block in self.blocks
        ]

    @cached_property
    def wrong(self) -> pd.DataFrame:
        """Clocks that were wrong: rows of `clocks.shifts`."""
        return clocks.shifts(self.told("hours"), self.told("days"))

    @cached_property
    def second(self) -> list[Path]:
        """The folders of the second pass, clocks set right."""
        return [self._second(block, folder) for block, folder in zip(self.blocks, self.first, strict=True)]

    def _second(self, block: Block, before: Path) -> Path:
        import pandas as pd

        there = pd.read_parquet(before / "hours.parquet", columns=["person_id"])["person_id"].unique()
        wrong = self.wrong.loc[self.wrong["person_id"].isin(there), ["person_id", "channel", "hours"]]
        about = [*self._about(block), wrong.astype({"hours": int}).to_numpy().tolist()]

        def make(folder: Path) -> None:
            met = self.met(block)
            if len(wrong):
                met = self._in_own_time(clocks.set_right(met, wrong))
                met = self.staged.made(f"right_{block.number + 1}", met)
            made.second(met, self.names, self.staged.has_lines, folder)
            if self.staged.is_elsewhere:
                self._kept_there(made.log(met, block), block, about, folder)
            else:
                store.write_log(made.log(met, block), folder / f"{block.name}.log.parquet")
            for name in ("met", "right"):
                self.staged.release(f"{name}_{block.number + 1}")

        return self.memory.made(about, make, self._is_there)

    def _kept_there(self, log: ibis.Table, block: Block, about: list, folder: Path) -> None:
        """Keep the clean records of a block at their engine, or lay them down there for as long as they are looked at."""
        if not self.keeps:
            self.staged.made(f"log_{block.number + 1}", log)
            return
        name = kept.name_of(self.settings.name, INTERACTIONS, block.name, Remembered.name(about))
        part = kept.keep(log, INTERACTIONS, self.staged.place.connection, name)
        (folder / PART).write_text(json.dumps(part), encoding="utf-8")

    def _is_there(self, folder: Path) -> bool:
        """Whether what was made of a block is there still; of one kept at an engine, its clean records."""
        if not self.staged.is_elsewhere or not (folder / PART).is_file():
            return True
        return kept.is_there(_part(folder), INTERACTIONS, self.staged.place.connection)

    def met(self, block: Block) -> ibis.Table:
        """The records of a block, each with the step that takes it and with its own time."""
        name = f"met_{block.number + 1}"
        if (known := self.staged.known(name)) is not None:
            return known
        clean = self.settings.clean
        stepped = filters.stepped(
            block.contacts, self.words, clean.broadcast_above, self.period, self.settings.engagement.directed
        )
        return self.staged.made(name, self._in_own_time(stepped))

    def _in_own_time(self, met: ibis.Table) -> ibis.Table:
        return clocks.in_own_time(met, self.settings, self.zones, self.period)

    @cached_property
    def zones(self) -> list[str]:
        """The zones that people are in."""
        return self.words.select("zone").distinct().to_pandas()["zone"].dropna().tolist()

    @cached_property
    def names(self) -> tuple[ibis.Table, ibis.Table]:
        """The names of files and of cells, by number."""
        import pandas as pd

        files = pd.DataFrame({"file": range(len(self.staged.files)), "name": [one.file for one in self.staged.files]})
        cells = pd.DataFrame({"cell": range(len(self.staged.cells)), "place": self.staged.cells})
        cells = cells.astype({"cell": "int32", "place": "str"})
        return self.staged.made("file_names", files.astype({"name": "str"})), self.staged.made("cell_names", cells)

    def told(self, name: str) -> pd.DataFrame:
        """What is told of all blocks under this name."""
        import pandas as pd

        return pd.concat([pd.read_parquet(file) for file in self._files(name)], ignore_index=True)

    def table(self, name: str) -> ibis.Table:
        """The same, unread."""
        return self.staged.read(self._files(name))

    def log(self) -> Log | ibis.Table:
        """The clean records; as an expression at an engine where nothing is kept."""
        if self.staged.is_elsewhere and not self.keeps:
            import ibis

            done = zip(self.blocks, self.second, strict=True)
            return ibis.union(*(self.staged.known(f"log_{block.number + 1}") for block, _ in done))
        if self.staged.is_elsewhere:
            return Log(note=kept.noted(self.settings.name, self.settings.engagement.engine, [*map(_part, self.second)]))
        files = [folder / f"{block.name}.log.parquet" for block, folder in zip(self.blocks, self.second, strict=True)]
        return Log(tuple(sorted(files, key=lambda file: file.name)), keeper=self.staged)

    def _files(self, name: str) -> list[Path]:
        return [folder / f"{name}.parquet" for folder in (self.first if name in made.FIRST else self.second)]

    def _about(self, block: Block) -> list:
        """What all that is made of a block rests on."""
        if block.digest is None:
            return [block.number]
        clean, study = self.settings.clean, self.settings.engagement
        where = [study.engine] if self.staged.is_elsewhere else []
        dated = [one.number for one in self.blocks if one.number != blocks.UNDATED]
        ends = (dated[0], dated[-1]) if dated else (blocks.UNDATED, blocks.UNDATED)
        places = {name: place.model_dump() for name, place in study.places.items()}
        return [
            *where, block.number, block.digest, clean.broadcast_above, clean.working_hours, clean.working_days, places,
            study.directed, *(moment for moment, end in zip(self.period, ends, strict=True) if block.number == end),
        ]  # fmt: skip


def _part(folder: Path) -> kept.Part:
    return json.loads((folder / PART).read_text(encoding="utf-8"))

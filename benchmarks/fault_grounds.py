"""Where faults are made: copies of the project with one small study each, run once undisturbed.

`aarhus` is a survey and needs no engine. `small` is a simulated client whose mails lie in parquet parts, or at a PostgreSQL
server or a Spark cluster, which then is its `engine` too. Settings that only buy precision are small, so that a stage takes
seconds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from benchmarks import studies
from pipeline import stale

QUICK = {
    "ties": {"draws": 100},
    "people": {"resamples": 20},
    "values": {"resamples": 100},
    "market": {"resamples": 100, "permutations": 99},
    "change": {"resamples": 100, "permutations": 99, "worlds": 100},
}
PEOPLE, WEEKS, SEED = 60, 10, 3
SITES = ("Oslo", "Porto")
"""Where so small an organisation has its people."""

PARTS = 4
TABLE = "mails"
COLUMNS = {"at": "at", "ego": "ego", "alter": "alter", "message": "message"}


@dataclass
class Ground:
    """A copy of the project with a study that is up to date, and what its files hold then."""

    root: Path
    study: str
    engine: str
    expected: dict[str, bytes] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    lock: dict[str, Any] = field(default_factory=dict)

    def note(self) -> None:
        """Take what is there now for what an undisturbed run gives, and note what dvc knows of it."""
        self.expected = self.made()
        self.lock = yaml.safe_load((self.root / "dvc.lock").read_text(encoding="utf-8"))
        self.clear()

    @property
    def passing(self) -> Path:
        """Where everything that runs here lays what it needs for a while."""
        return self.root.with_name(f"{self.root.name}-passing")

    @property
    def log(self) -> Path:
        """Where stands what the last run said."""
        return self.root.with_name(f"{self.root.name}.log")

    def environment(self) -> dict[str, str]:
        """The surroundings of whatever runs here."""
        own = {"TMPDIR": str(self.passing), "JUPYTER_RUNTIME_DIR": str(self.passing), "OMP_NUM_THREADS": "1"}
        return studies.environment() | own | self.settings

    def start(self, *verb: str, **how: object) -> subprocess.Popen:
        """Begin one of the pipeline's verbs; what it says goes to a file."""
        self.passing.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "pipeline", *verb]
        with self.log.open("a") as file:
            return subprocess.Popen(
                command, cwd=self.root, env=self.environment(), stdout=file, stderr=file, start_new_session=True, **how
            )

    def begin(self, stage: str, **how: object) -> subprocess.Popen:
        """Begin one stage, as dvc does it: without results of an earlier run."""
        self._forget(stage)
        return self.start("run", stage, self.study, **how)

    def bring(self, stage: str) -> subprocess.Popen:
        """Begin to bring everything up to date, with one stage to run: dvc does not know it, nor has it its results."""
        self._forget(stage)
        shutil.rmtree(self.root / ".dvc" / "cache" / "runs", ignore_errors=True)
        content = {name: known for name, known in self.lock["stages"].items() if name != f"{stage}@{self.study}"}
        text = yaml.safe_dump(self.lock | {"stages": content}, sort_keys=False)
        (self.root / "dvc.lock").write_text(text, encoding="utf-8")
        return self.start("repro", self.study)

    def said(self) -> str:
        """What the last run said."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def made(self) -> dict[str, bytes]:
        """Every table, document and page of the study, by path; pages as they are without the mark of being stale."""
        banner, place = (text.encode() for text in (stale.BANNER, stale.PLACE))
        found = {name: content for name, content in studies.published(self.root).items() if f"/{self.study}/" in name}
        return {name: content.replace(banner, place) for name, content in found.items()}

    def _forget(self, stage: str) -> None:
        """Take a stage's results away, and what the last run said."""
        self.log.unlink(missing_ok=True)
        shutil.rmtree(self.root / "data" / stage / self.study, ignore_errors=True)

    def looks_current(self) -> bool:
        """Whether there is a report that does not say it is stale."""
        page = self.root / "reports" / self.study / "index.html"
        return page.is_file() and stale.BANNER not in page.read_text(encoding="utf-8")

    def left_over(self) -> list[str]:
        """What lies where passing files do."""
        return sorted(path.name for path in self.passing.iterdir()) if self.passing.is_dir() else []

    def clear(self) -> None:
        """Take that away."""
        with suppress(FileNotFoundError):
            shutil.rmtree(self.passing)


def survey(folder: Path) -> Ground:
    """A copy with the survey of a university department."""
    return _begun(studies.copied(folder), "aarhus", "none")


def in_parts(folder: Path, client: Path) -> Ground:
    """A copy with a simulated client, whose mails lie in parquet parts."""
    root = studies.copied(folder)
    shutil.copytree(client, root / "data" / "raw" / "small")
    shutil.rmtree(root / "data" / "raw" / "small" / "truth")
    return _begun(root, "small", "parquet", "mails")


def moved(ground: Ground, folder: Path, engine: str, address: str, settings: dict[str, str] | None = None) -> Ground:
    """A copy of such a ground whose mails lie at an address, where they are cleaned; the first stage is run. Raises
    RuntimeError."""
    shutil.copytree(ground.root, folder, symlinks=True)
    path = folder / "params.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry = content["engagements"][ground.study]
    entry["engine"] = f"{address}?schema=kithwork"
    entry["sources"]["interactions"] = [_source(address) | {"options": {"table": TABLE}}]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    shutil.rmtree(folder / "data" / "raw" / ground.study / "mails")
    other = Ground(folder, ground.study, engine, settings=settings or {})
    if other.start("prepare").wait() or other.begin("clean").wait():
        raise RuntimeError(other.said())
    other.note()
    return other


def client(folder: Path) -> Path:
    """The files of a simulated client, whose mails lie in several parts of a log, with checksums."""
    size = ["--people", str(PEOPLE), "--weeks", str(WEEKS), "--seed", str(SEED), "--out", str(folder)]
    subprocess.run([sys.executable, "-m", "kithwork", "simulate", *size], check=True, cwd=studies.HOME, **studies.QUIET)
    mails = rows(folder)
    (folder / "mails").mkdir()
    for part in range(PARTS):
        some = pa.Table.from_pandas(mails[part::PARTS], preserve_index=False)
        pq.write_table(some, folder / "mails" / f"{part}.parquet", write_page_checksum=True)
    return folder


def rows(folder: Path) -> pd.DataFrame:
    """The mails of a client, under our own names."""
    names = {"Received": "at", "SenderAddress": "ego", "RecipientAddress": "alter", "MessageId": "message"}
    return pd.read_csv(folder / "mail.csv", dtype="str", keep_default_na=False).rename(columns=names)


def _source(file: str) -> dict[str, object]:
    return {"reader": "warehouse", "file": file, "columns": COLUMNS, "constants": {"channel": "mail"}}


def _begun(root: Path, study: str, engine: str, file: str = "") -> Ground:
    """The study alone in params.yaml, run once. Raises RuntimeError where that fails."""
    path = root / "params.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry = content["engagements"]["demo" if file else study]
    if file:
        entry["sources"]["interactions"] = [_source(file)]
        entry["places"] = {site: entry["places"][site] for site in SITES}
    content |= {"simulations": {}, "engagements": {study: entry}}
    content |= {name: content[name] | quick for name, quick in QUICK.items()}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    (root / "dvc.lock").unlink(missing_ok=True)
    ground = Ground(root, study, engine)
    if ground.start("repro", study).wait():
        raise RuntimeError(ground.said())
    ground.note()
    return ground

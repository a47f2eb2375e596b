"""Where faults are made: copies of the project with one small study each, run once undisturbed.

`aarhus` is a survey and needs no engine. `small` is a simulated client whose mails lie in parquet parts, in PostgreSQL or
at a Spark cluster. Settings that only buy precision are small, so that a stage takes seconds.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from benchmarks import studies
from pipeline import stale

STAGES = ("clean", "ties", "people", "values", "market", "change", "report", "publish")
QUICK = {
    "ties": {"draws": 100},
    "people": {"resamples": 20},
    "values": {"resamples": 100, "permutations": 99},
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

    @property
    def passing(self) -> Path:
        """Where everything that runs here lays what it needs for a while."""
        return self.root.with_name(f"{self.root.name}-passing")

    def environment(self) -> dict[str, str]:
        """The surroundings of whatever runs here."""
        own = {"TMPDIR": str(self.passing), "JUPYTER_RUNTIME_DIR": str(self.passing), "OMP_NUM_THREADS": "1"}
        return studies.environment() | own | self.settings

    def start(self, log: Path, **how: object) -> subprocess.Popen:
        """Begin what `make report` does; what it says goes to a file."""
        self.passing.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "pipeline", "repro", self.study]
        with log.open("w") as file:
            return subprocess.Popen(
                command, cwd=self.root, env=self.environment(), stdout=file, stderr=file, start_new_session=True, **how
            )

    def run(self) -> tuple[int, str]:
        """Bring the study up to date: the exit code, and what was said."""
        log = self.root.with_name(f"{self.root.name}.log")
        code = self.start(log).wait()
        return code, log.read_text(encoding="utf-8", errors="replace")

    def made(self) -> dict[str, bytes]:
        """Every table, document and page of the study, by path."""
        return {name: content for name, content in studies.published(self.root).items() if f"/{self.study}/" in name}

    def forget(self, stage: str) -> None:
        """Make a stage out of date, with nothing from which dvc could take its results but a run."""
        shutil.rmtree(self.root / ".dvc" / "cache" / "runs", ignore_errors=True)
        place = "reports" if stage == "publish" else f"data/{stage}"
        shutil.rmtree(self.root / place / self.study, ignore_errors=True)
        for chapter in (self.root / "build" / "chapters" / self.study).glob(f"?_{stage}.json"):
            chapter.unlink()

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


def log(folder: Path, client: Path, engine: str, address: str = "", settings: dict[str, str] | None = None) -> Ground:
    """A copy with a simulated client, whose mails are read at an engine."""
    root = studies.copied(folder)
    raw = root / "data" / "raw" / "small"
    shutil.copytree(client, raw)
    shutil.rmtree(raw / "truth")
    if engine != "parquet":
        shutil.rmtree(raw / "mails")
    return _begun(root, "small", engine, address or "mails", settings or {})


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


def _begun(root: Path, study: str, engine: str, file: str = "", settings: dict[str, str] | None = None) -> Ground:
    """The study alone in params.yaml, run once. Raises RuntimeError where that fails."""
    path = root / "params.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry = content["engagements"]["demo" if file else study]
    if file:
        table = {} if engine == "parquet" else {"options": {"table": TABLE}}
        source = {"reader": "warehouse", "file": file, "columns": COLUMNS, "constants": {"channel": "mail"}, **table}
        entry["sources"]["interactions"] = [source]
        entry["places"] = {site: entry["places"][site] for site in SITES}
    content |= {"simulations": {}, "engagements": {study: entry}}
    content |= {name: content[name] | quick for name, quick in QUICK.items()}
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    (root / "dvc.lock").unlink(missing_ok=True)
    ground = Ground(root, study, engine, settings=settings or {})
    code, said = ground.run()
    if code:
        raise RuntimeError(said)
    ground.expected = ground.made()
    ground.clear()
    return ground

"""Runs one chapter of one engagement: settings checked, notebook executed, its page prepared.

The kernel is the only process that does science. This one watches it, and dies with the dvc that started it: a killed
run leaves no kernel behind.
"""

from __future__ import annotations

import ast
import json
import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from kithwork import params, passing
from kithwork.errors import Problem, UserError, nearest
from kithwork.pages import rendering
from kithwork.tables import STAGES
from pipeline import failure, prepare, stale
from pipeline.progress import Telling

PARAMETERS = {"engagement"}
"""What the tagged cell of a notebook may set; all other settings come from params.yaml."""

SHELLS = {"sh", "dash", "bash", "zsh", "fish", "ksh", "cmd.exe"}
"""What may stand between dvc and its stage, and does not end with dvc."""

LOOK_AGAIN = 0.5
"""Seconds between two looks at whether dvc is still there."""


def run(stage: str, engagement: str) -> None:
    """Execute `build/notebooks/<stem>.ipynb`; write the executed notebook and the chapter's content under `build/`.

    Raises `UserError` for faulty settings or a notebook that cannot take the engagement, `failure.Stopped` for a cell
    that failed.
    """
    params.load(engagement)
    stem = stem_of(stage)
    copy = prepare.copy_of(stem)
    takes_engagement(copy)
    stale.mark(engagement)
    executed = params.ROOT / "build" / "executed" / engagement / f"{stem}.ipynb"
    executed.parent.mkdir(parents=True, exist_ok=True)
    try:
        _execute(stage, engagement, copy, executed)
    finally:
        passing.sweep()  # a kernel is ended, and removes nothing itself
    from pipeline import chapter

    rendering.write(rendering.chapter_of(stem, engagement), json.dumps(chapter.content(executed), indent=1) + "\n")


def stem_of(stage: str) -> str:
    """`2_ties` for `ties`. Raises `UserError` for an unknown stage."""
    if stage not in rendering.STEMS:
        raise UserError(Problem("is not a stage", "dvc.yaml", nearest(stage, STAGES), found=stage))
    return rendering.STEMS[stage]


def takes_engagement(notebook: Path) -> None:
    """Raises `UserError` unless one cell is tagged `parameters` and sets `engagement`, and nothing else.

    papermill only warns of an unknown parameter, and without a tagged cell the notebook's own value would win.
    """
    name = f"notebooks/{notebook.name}"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    tagged = ["".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        do = 'Tag the one cell that says engagement = "…" with `parameters` (JupyterLab: the gear, Cell Tags).'
        raise UserError(Problem("needs one cell tagged `parameters`", name, do, found=f"{len(tagged)} tagged"))
    try:
        body = ast.parse(tagged[0]).body
    except SyntaxError as error:
        raise UserError(Problem("has a parameters cell that is not Python", name, "Mend it.", found=str(error))) from None
    nodes = [node for line in body for node in ast.walk(line) if isinstance(node, ast.Name)]
    set_here = [node.id for node in nodes if isinstance(node.ctx, ast.Store)]
    unknown = [word for word in set_here if word not in PARAMETERS]
    if unknown:
        do = f"{nearest(unknown[0], PARAMETERS)} Every other setting is read from params.yaml."
        raise UserError(Problem("sets a parameter that nobody passes", name, do, found=", ".join(unknown)))
    if set(set_here) != PARAMETERS:
        raise UserError(Problem("has a parameters cell that does not set engagement", name, 'Add engagement = "aarhus".'))


def die_with_dvc() -> None:
    """End this process soon after the dvc that started it: dvc calls stages through a shell, which outlives a killed dvc.

    Started by anybody else, it ends when it likes.
    """
    if "DVC_STAGE" not in os.environ:
        return
    import psutil

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))

    ours = False
    with suppress(psutil.NoSuchProcess, ProcessLookupError):
        dvc = next((one for one in psutil.Process().parents() if one.name() not in SHELLS), None)
        ours = dvc and os.getsid(dvc.pid) == os.getsid(0)  # else it died already, and the shell is another's

    def watch() -> None:
        with suppress(psutil.NoSuchProcess, ProcessLookupError):
            while ours and dvc.status() != psutil.STATUS_ZOMBIE:
                time.sleep(LOOK_AGAIN)
        os.kill(os.getpid(), signal.SIGTERM)

    Thread(target=watch, daemon=True).start()


def _execute(stage: str, engagement: str, copy: Path, executed: Path) -> None:
    """papermill, with our telling of progress and our words for failure."""
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.engines import NBClientEngine, papermill_engines
    from papermill.exceptions import PapermillExecutionError

    from pipeline.kernel import OwnKernel, not_started

    notebook, half_run = f"notebooks/{copy.name}", str(executed.relative_to(params.ROOT))
    meanwhile = Thread(target=_get_ready_to_render, daemon=True)
    with Telling(stage, engagement) as telling:

        class Told(NBClientEngine):
            """nbclient, which says when a cell begins."""

            @classmethod
            def execute_managed_notebook(cls, manager: Any, kernel_name: str, **settings: Any) -> Any:
                places, begin, save = headings(manager.nb.cells), manager.cell_start, manager.save

                def cell_start(cell: Any, cell_index: int | None = None, **more: Any) -> Any:
                    if cell_index in places:
                        telling.cell(*places[cell_index])
                    return begin(cell, cell_index, **more)

                manager.cell_start = cell_start
                manager.save = lambda **_: None  # papermill would write all of it twice a cell, while the kernel waits
                meanwhile.start()
                try:
                    return super().execute_managed_notebook(manager, kernel_name, **settings)
                finally:
                    manager.save = save

        papermill_engines.register("told", Told)
        try:
            papermill.execute_notebook(
                copy,
                executed,
                {"engagement": engagement},
                engine_name="told",
                kernel_name=prepare.KERNEL["name"],
                progress_bar=False,
                extra_arguments=["--log-level=CRITICAL", "--HistoryManager.enabled=False"],
                shutdown_kernel="immediate",
                kernel_manager_class=OwnKernel,
                cwd=params.ROOT,
            )
        except PapermillExecutionError as error:
            forget_findings(executed)
            found = (error.ename, error.evalue, half_run, error.traceback)
            raise failure.Stopped(failure.of_cell(notebook, telling.heading, *found)) from None
        except DeadKernelError:
            died = (DeadKernelError.__name__, "the kernel died", half_run)
            raise failure.Stopped(failure.of_cell(notebook, telling.heading, *died)) from None
        except RuntimeError as error:  # of jupyter_client, before a cell runs
            raise not_started(error) from None
    meanwhile.join()


def forget_findings(executed: Path) -> None:
    """Take what was found out of a half-run notebook: a `UserError` quotes raw files, and names stay in `data/raw`."""
    notebook = json.loads(executed.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if output.get("ename") in failure.PLAIN:
                output |= {"evalue": "", "traceback": ["What was found stood on the screen; it is not kept here."]}
    rendering.write(executed, json.dumps(notebook, indent=1, ensure_ascii=False) + "\n")


def _get_ready_to_render() -> None:
    """A second of imports, spent while the kernel works."""
    from pipeline import chapter

    chapter.exporter()


def headings(cells: list[Any]) -> dict[int, tuple[int, int, str]]:
    """For each code cell by its place: its number among them, how many there are, and the heading it stands under."""
    total = sum(cell["cell_type"] == "code" for cell in cells)
    number, heading, found = 0, "start", {}
    for place, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            number += 1
            found[place] = (number, total, heading)
        else:
            said = [line.lstrip("# ") for line in "".join(cell["source"]).splitlines() if line.startswith("#")]
            heading = said[-1] if said else heading
    return found

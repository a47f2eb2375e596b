"""JupyterLab on the notebooks: the environment's own kernel, no question about news, and nothing asked of any network.

A person's own settings of Lab (theme, shortcuts) are kept. What would look things up outside is switched off: the news, the
look for a newer version, and the catalogue of extensions; `jupyter/labconfig/` switches off the question about news too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from kithwork import params
from pipeline import prepare

QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
"""What keeps Lab from asking anything of a network."""

SETTINGS = Path(__file__).parent / "jupyter"
"""Where Lab finds what cannot be said among its options."""


def options(own: Iterable[str] = ()) -> list[str]:
    """What Lab is started with, whatever the working directory; `own` are a person's, such as `--no-browser`."""
    return [
        f"--ServerApp.root_dir={params.ROOT}",
        "--LabApp.default_url=/lab/tree/notebooks",
        "--ServerApp.contents_manager_class=pipeline.lab_files.Files",
        f"--MultiKernelManager.default_kernel_name={prepare.KERNEL['name']}",
        *QUIET,
        *own,
    ]


def environment() -> dict[str, str]:
    """Variables for Lab: a `python3` that somebody registered for themselves, sound or broken, does not stand before the
    environment's own."""
    places = [str(SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return {"JUPYTER_PREFER_ENV_PATH": "1", "JUPYTER_CONFIG_PATH": os.pathsep.join(places)}


def lab(own: Iterable[str] = ()) -> None:
    """Run Lab until it is stopped."""
    os.environ |= environment()
    from jupyterlab.labapp import main

    main(options(own))

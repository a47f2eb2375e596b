"""JupyterLab on the notebooks: the environment's own kernel, no question about news, and nothing asked of any network.

A person's own settings of Lab (theme, shortcuts) are kept. What would look things up outside is switched off: the news, the
look for a newer version, and the catalogue of extensions; `jupyter/labconfig/` switches off the question about news too.
"""

from __future__ import annotations

import os
import socket
import sys
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

PORT, LAST_PORT = "8888", 65_535
"""The port that Lab takes where none is asked for, and the last there is."""

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


def port_taken(own: Iterable[str] = ()) -> str:
    """What is said where somebody listens on the port that Lab would take; nothing where nobody does."""
    asked = [option.removeprefix("--port=") for option in own if option.startswith("--port=")]
    port = asked[-1] if asked else PORT
    with socket.socket() as one:
        one.settimeout(1)
        heard = port.isdigit() and 0 < int(port) <= LAST_PORT and one.connect_ex(("127.0.0.1", int(port))) == 0
    if not heard:
        return ""
    return (
        f"Port {port} is taken, perhaps by another Lab: this one takes the next free port. Use the address it prints below."
    )


def lab(own: Iterable[str] = ()) -> None:
    """Run Lab until it is stopped."""
    own = list(own)
    os.environ |= environment()
    if said := port_taken(own):
        print(said, file=sys.stderr)
    from jupyterlab.labapp import main

    main(options(own))

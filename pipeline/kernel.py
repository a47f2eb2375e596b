"""The kernel of a run: this very Python, whatever kernels are installed for the user or by other projects.

A kernel description of the same name that is broken, gone, or another Python's would stop a run, or give other figures.
"""

from __future__ import annotations

import sys

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from kithwork.errors import Problem, UserError

LAUNCH = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]


class OwnKernel(AsyncKernelManager):
    """Starts this Python, and looks for no kernel description."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The description it would have found."""
        return KernelSpec(argv=LAUNCH, display_name="Python 3 (ipykernel)", language="python", metadata={"debugger": True})


def not_started(error: BaseException) -> UserError:
    """What to tell where no kernel answered."""
    do = "Run `make setup`, which installs it anew; `.venv/bin/python -m ipykernel_launcher --version` says what is wrong."
    return UserError(Problem("does not start as a kernel", sys.executable, do, str(error).strip().partition("\n")[0]))

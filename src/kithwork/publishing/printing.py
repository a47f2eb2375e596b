"""A page as PDF, printed by a browser without a network, in a profile of its own that is removed again.

What is printed is a copy of the page without links to files: a browser would write the place of each on this machine into
the PDF. The times in it are one fixed day, in as many bytes: the same page gives the same PDF with the same browser.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from kithwork.errors import Problem, UserError
from kithwork.publishing import browser

PAPERS = ("A4", "letter")

SECONDS = 120

QUIET = (
    *("--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--user-agent=kithwork", "--lang=en-GB"),
    *("--no-pdf-header-footer", "--export-tagged-pdf", "--generate-pdf-document-outline"),
)

LINK = re.compile(r'(<a\b[^>]*?)\shref="(?!#|https?:|mailto:)[^"]*"')

TIME = re.compile(rb"\(D:\d{14}([^)]*)\)")
"""A time in the notes of a PDF (ISO 32000-1, 7.9.4)."""

DAY = b"20000101000000"

TO_INSTALL = "Install Chromium, Chrome or Edge, and publish again; or print index.html from a browser at hand."


def printed(page: bytes, paper: str = PAPERS[0]) -> bytes:
    """The page as PDF, tagged and with an outline. Raises `UserError` where there is no browser, or it does not print."""
    command = browser.found()
    if command is None:
        raise UserError(Problem("cannot be printed: no browser was found", "report.pdf", TO_INSTALL))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = Path(place)
        (folder / "page.html").write_text(_to_print(page.decode("utf-8"), paper), encoding="utf-8", newline="\n")
        out = folder / "page.pdf"
        words = [*QUIET, *_as_root(), f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={out}"]
        said = _run([command, *words, (folder / "page.html").as_uri()])
        content = out.read_bytes() if out.is_file() else b""
    if not content.startswith(b"%PDF-"):
        what = "cannot be printed: the browser wrote no PDF"
        raise UserError(Problem(what, "report.pdf", "Print index.html from the browser itself.", said[-160:]))
    return timeless(content)


def timeless(content: bytes) -> bytes:
    """A PDF with every time in its notes set to one fixed day, none of its bytes moved."""
    return TIME.sub(lambda found: b"(D:" + DAY + re.sub(rb"\d", b"0", found[1]) + b")", content)


def _to_print(page: str, paper: str) -> str:
    sized = f"<style>@page {{ size: {paper}; }}</style>\n</head>"
    return LINK.sub(r"\1", page).replace("</head>", sized, 1)


def _as_root() -> list[str]:
    """Chromium's own sandbox does not work for root, as in a container."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _run(command: list[str]) -> str:
    """What the browser said; it and all that it started are gone afterwards."""
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        start_new_session=True,
    ) as started:  # fmt: skip
        try:
            return started.communicate(timeout=SECONDS)[1].strip()
        except subprocess.TimeoutExpired:
            what = f"cannot be printed: the browser did not finish within {SECONDS} seconds"
            do = "Close other programs and publish again, or print index.html from the browser itself."
            raise UserError(Problem(what, "report.pdf", do)) from None
        finally:
            _end(started)


def _end(started: subprocess.Popen) -> None:
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(started.pid, signal.SIGKILL)
        else:
            started.kill()

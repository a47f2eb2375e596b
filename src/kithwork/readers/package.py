"""Reads a CSV file that an installed Python package carries, in place: example data whose terms forbid a copy here.

`params.yaml` names the package, the file inside it and the file's SHA-256; another content is refused.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers import csvfile
from kithwork.readers.parts.given import Given

SOURCES = csvfile.SOURCES
TAKES = (*csvfile.TAKES, "package", "sha256")
OPTIONS = csvfile.OPTIONS
parse = csvfile.parse


def located(source: str, spec: Reader, folder: Path) -> Given:
    """One CSV file of an installed package. Raises `UserError`; `folder` is only named in messages."""
    where = f"engagements.{folder.name}.sources.{source}"
    if not spec.package or not spec.sha256:
        raise UserError(Problem("needs `package` and `sha256`", "params.yaml", "State both.", column=where))
    try:
        package = find_spec(spec.package)
    except (ImportError, ValueError):
        package = None
    path = Path(package.origin).parent / spec.file if package and package.origin else None
    name = f"{spec.package}/{spec.file}"
    if path is None or not path.is_file():
        raise UserError(Problem("is not installed", name, "Run `make setup`, which installs the `examples` extra."))
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != spec.sha256:
        raise UserError(
            Problem(
                "is not the content this engagement was set up with",
                name,
                f"Install the locked version (`make setup`), or set {where}.sha256 once you have looked at the change.",
                found=f"sha256 {digest[:12]}…",
            )
        )
    return Given(name, content=content)

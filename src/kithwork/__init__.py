"""kithwork tells personal, functional and strategic relationships at work apart, and reads change readiness from them.

In a notebook: `kithwork.studies()`, `kithwork.overview("demo")`, `kithwork.codebook("ties")`,
`kithwork.load("ties", "demo")`; `kithwork.released("demo")`, `kithwork.findings("demo")`,
`kithwork.section("portfolio", "demo")`. What `load` gives is for whoever runs the study; what the last three give has
passed the gate.
"""

import importlib
import sys
from typing import Any

__version__ = "0.1.0"

REACHED = ("codebook", "findings", "load", "overview", "released", "section", "studies")
"""What `kithwork.desk.reached` offers here. It is imported when first asked for, and by name: no stage rests on it."""


def __getattr__(name: str) -> Any:
    if name in REACHED:
        return getattr(importlib.import_module("kithwork.desk.reached"), name)
    import difflib

    close = [f". Did you mean '{one}'?" for one in difflib.get_close_matches(name, REACHED, n=1)]
    raise AttributeError("".join([f"module 'kithwork' has no attribute '{name}'", *close]))


def __dir__() -> list[str]:
    return sorted({*globals(), *REACHED} - {"Any", "importlib", "sys"})


if (_shell := sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None) is not None:
    for _part in ("shown", "completing"):
        importlib.import_module(f"kithwork.desk.{_part}").announce(_shell)

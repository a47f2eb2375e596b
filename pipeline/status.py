"""What `kithwork status` tells: of each study which stages are to be run and why, and what else waits for somebody.

It is for programs too: plain data, told in words by the command.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from kithwork import params, store
from kithwork.pages import rendering
from kithwork.publishing.freshness import STALE as BANNER
from kithwork.tables import STAGES
from pipeline import prepare, run, staleness, studies

ANSWERED = {"identities": "decision", "parties": "kind"}
"""The lists that a run writes for a person to decide on, and the column that the decision goes into."""
SOON = 60
"""Days before the day of retention from which it is told."""


def status(names: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Of each study named, or of all. Raises `UserError` for an unknown name, faulty settings or a faulty notebook."""
    asked = params.read()
    wanted = studies.chosen(asked, names)
    made = prepare.made()
    from dvc.repo import Repo

    with Repo(str(params.ROOT)) as repo, repo.lock:
        return [_of_study(repo, asked, name, made) for name in wanted]

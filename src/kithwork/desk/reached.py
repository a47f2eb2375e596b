"""What a notebook reaches in one word: `kithwork.load("ties")`, `kithwork.findings("demo")`.

Where no study is named, it is the notebook's own: the `engagement` that its tagged cell sets; or else the only one there
is.

What `load` gives is for whoever runs the study: rows of people under pseudonyms, before the gate. It is not for showing on.
What `released`, `findings` and `section` give has passed `release.py`, and may be shown to whoever reads the report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kithwork import params, store
from kithwork.contract import Table
from kithwork.errors import Problem, UserError, nearest
from kithwork.tables import STAGES, TABLES

if TYPE_CHECKING:
    import pandas as pd

    from kithwork.release import Released
    from kithwork.report.finding import Finding
    from kithwork.report.section import Facts, Section


def load(table: str, study: str | None = None, stage: str | None = None) -> pd.DataFrame:
    """A table of a study, checked: `kithwork.load("ties", "demo")`. `claims` alone needs the `stage` that wrote it.

    Rows of people, under pseudonyms: for whoever runs the study, and nobody else. Raises `UserError` where it was not made
    yet, with the command that makes it.
    """
    return store.load(table, meant(study), stage)


def studies() -> pd.DataFrame:
    """The studies of `params.yaml`: name, title, whether its people are simulated, and how far it was run."""
    import pandas as pd

    known = params.read().engagements
    rows = [{"title": one.title, "simulated": one.synthetic, "chapters run": _run(name)} for name, one in known.items()]
    return pd.DataFrame(rows, index=list(known))


def overview(study: str | None = None) -> pd.DataFrame:
    """The tables that a study's chapters wrote: chapter, what a row is, rows and columns."""
    import pandas as pd

    name, rows = meant(study), {}
    for table in TABLES.values():
        try:
            there = store.scan(table.name, name) if table.stage in STAGES else None
        except store.NotMade:
            there = None
        if there is not None:
            size = {"rows": there.count_rows(), "columns": len(table.columns)}
            rows[table.name] = {"chapter": table.stage, "one row per": _grain(table), **size}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["chapter", "one row per", "rows", "columns"])


def codebook(table: str) -> Table:
    """What each column of a table means, with its unit and the values it may take."""
    if table not in TABLES:
        raise UserError(Problem("is not a table", "kithwork's tables", nearest(table, TABLES), found=table))
    return TABLES[table]


def released(study: str | None = None) -> Released:
    """Every figure of a study that may be shown: `.claims` are its rows, `.get("people.share_strategic")` is one, and
    `.of(...)` those of the groups of a measure."""
    from kithwork.release import release

    name = meant(study)
    return release(store.claims(name), params.load(name).report.smallest_group)


class Findings(dict[str, "Finding"]):
    """Findings by the name of their rule, which show themselves as a list. Raises `UserError` for a name that none has."""

    def __missing__(self, name: str) -> Finding:
        raise UserError(Problem("is no finding of this study", "its findings", nearest(name, self), found=name))

    def _repr_html_(self) -> str:
        return f'<ol class="finds">{"".join(f"<li>{one.inner()}</li>" for one in self.values())}</ol>'


def findings(study: str | None = None) -> Findings:
    """All findings that the figures of a study allow, past the gate; the report's summary is chosen among them."""
    from kithwork.report.findings import findings as found

    return Findings(found(released(study), facts(study)))


def section(name: str, study: str | None = None) -> Section:
    """A section of the report as it stands there: `kithwork.section("portfolio", "demo")`. Past the gate."""
    from kithwork.report.section import build

    return build(name, released(study), facts(study))


def facts(study: str | None = None) -> Facts:
    """What sections may know beside the figures, as `notebooks/7_report.ipynb` loads it."""
    from kithwork.release import crossed
    from kithwork.report import market_readings
    from kithwork.report.section import Facts
    from kithwork.values import groups

    settings = params.load(name := meant(study))
    smallest = settings.report.smallest_group
    outside = {
        one: store.load(one, name) for one in ("topics", "topic_phrases", "trends", "signals", "market_cells", "quotes")
    }
    return Facts(
        settings,
        *(store.load(one, name) for one in ("intake", "indicators", "limits")),
        standardised=store.load("standardised", name),
        changes=store.load("changes", name),
        marked=groups.marked(store.load("group_scores", name))[["indicator", "unit", "above"]],
        organisations=store.organisations(),
        market=market_readings.told(outside, smallest),
        places=crossed(store.load("segment_places", name), smallest),
    )


def meant(study: str | None) -> str:
    """The study that is meant. Raises `UserError` for one that there is not, or where several could be."""
    known = list(params.read().engagements)
    name = study or _of_notebook() or (known[0] if len(known) == 1 else None)
    if name is None:
        do = f'Name it, as in kithwork.load("ties", "{known[0]}"), or set engagement = "{known[0]}" in a cell first.'
        raise UserError(Problem("has several studies, and none is named", "params.yaml", do, found=", ".join(known)))
    if name not in known:
        raise UserError(Problem("is not a study of params.yaml", "params.yaml", nearest(name, known), found=name))
    return name


def _of_notebook() -> str | None:
    """The `engagement` of the notebook that asks."""
    import sys

    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    said = shell.user_ns.get("engagement") if shell else None
    return said if isinstance(said, str) else None


def _run(study: str) -> str:
    """The chapters whose tables lie there, in words."""
    there = [number for number, stage in enumerate(STAGES, start=1) if any(store.folder(stage, study).glob("*.parquet"))]
    return "all" if len(there) == len(STAGES) else ", ".join(map(str, there)) or "none"


def _grain(table: Table) -> str:
    return table.grain.removeprefix("One row per ")

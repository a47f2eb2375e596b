"""What chapters ask of recorded contact, asked of a server: the same as here; and what a warehouse would be sent."""

from __future__ import annotations

import ibis
import numpy as np
import pandas as pd
import postgres
import pytest
import sqlglot
from evidence_of import MONDAY, log
from ibis.backends.sql.compilers import BigQueryCompiler, DuckDBCompiler, PostgresCompiler, SnowflakeCompiler
from synthetic import staff

from kithwork.log import Log
from kithwork.market import external
from kithwork.network import weekly
from kithwork.tables import INTERACTIONS
from kithwork.ties import fetched, halves

PEOPLE = staff([None] * 6)
PARTIES = pd.DataFrame({"party_id": ["x", "y"]})
MET = ibis.table(ibis.Schema.from_pyarrow(INTERACTIONS.arrow), name="interactions")
ASKED = {
    "weeks": weekly.among(MET, PEOPLE),
    "halves": halves.sums(fetched.among(MET, PEOPLE["person_id"]), MONDAY),
    "last days": external.latest(MET, PEOPLE["person_id"], PARTIES["party_id"]),
}


class There(Log):
    """A log at an engine."""

    def __init__(self, table: ibis.Table):
        object.__setattr__(self, "_table", table)


@pytest.mark.parametrize("compiler", [DuckDBCompiler, PostgresCompiler, BigQueryCompiler, SnowflakeCompiler])
@pytest.mark.parametrize("name", ASKED)
def test_engines_are_asked_for_rows_they_can_join(compiler, name):
    """People are tables that are joined, so that no query grows with them, and columns are those that are used here."""
    asked = compiler().to_sqlglot(ASKED[name]).sql(dialect=compiler.dialect)
    parsed = sqlglot.parse_one(asked, dialect=compiler.dialect)
    assert [column.alias_or_name for column in parsed.selects] == list(ASKED[name].columns)
    assert not any(who in asked for who in PEOPLE["person_id"])


@pytest.mark.slow
@pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server is installed")
def test_a_server_tells_the_same():
    """Sums by pair, last days with parties, and news within weeks, from DuckDB and PostgreSQL."""
    rng = np.random.default_rng(4)
    rows = [(int(a), "x" if a == b else int(b), float(at), int(size)) for a, b, at, size in
            rng.integers([0, 0, 0, 2], [6, 6, 800, 5], (300, 4))]  # fmt: skip
    here = log(rows)
    with postgres.server() as running:
        line = ibis.postgres.connect(host="127.0.0.1", port=running.port, user="owner", database="study")
        there = There(line.create_table("interactions", obj=here.held))
        found = [
            (
                halves.around(met, set(PEOPLE["person_id"]), MONDAY + pd.Timedelta(weeks=2)),
                external.contacts(met, PEOPLE, PARTIES),
                weekly.passed(met, PEOPLE, 5, np.random.default_rng(1)),
            )
            for met in (here, there)
        ]
    for one, other in zip(*(tables[:2] for tables in found), strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert len(found[0][0]) == 15
    assert set(found[0][1]["party_id"]) == {"x"}
    assert found[0][2] == found[1][2]

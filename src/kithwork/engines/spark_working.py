"""A Spark cluster on which tables may be made.

A temporary table is a view whose rows the workers hold, in memory and, of what does not fit, on their disks: nothing is
left of it when the session ends, and what a lost worker held is worked out again (Spark documentation, "CACHE TABLE", "RDD
Persistence"). Spark has no transactions. So a table that is kept is a view of one part or more, each a table of a name of
its own: whatever is written becomes a new part, and then the view, which the catalogue replaces in one step, names it.
"""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

from kithwork.engines import spark
from kithwork.engines.address import Address
from kithwork.engines.refusals import WRITING
from kithwork.engines.spark import Spark
from kithwork.engines.working import WorkingEngine

if TYPE_CHECKING:
    import ibis
    import pandas as pd


class WorkingSpark(Spark, WorkingEngine):
    """A session on a cluster on which tables may be made."""

    def drop(self, name: str) -> None:
        """Take away a table that is kept, and every part of it. Raises `UserError`."""
        with self.asked(WRITING):
            self.backend.raw_sql(f"DROP VIEW IF EXISTS `{self.schema}`.`{name}`")
            self._sweep(name, [])

    def released(self, table: ibis.Table) -> None:
        """Let the workers forget a temporary table. Raises `UserError`."""
        from ibis.expr import operations as ops

        with self.asked(WRITING):
            for one in table.op().find(ops.DatabaseTable):
                self.backend.raw_sql(f"UNCACHE TABLE IF EXISTS `{one.name}`")
                self.backend._session.catalog.dropTempView(one.name)

    def fetched(self, expression: ibis.Table) -> pd.DataFrame:
        """The rows of an expression, here, by way of Arrow. Raises `UserError`."""
        from ibis.formats.pandas import PandasData

        with self.asked("breaks off while it is read"):
            self.backend._run_pre_execute_hooks(expression)
            rows = self.backend.raw_sql(self.backend.compile(expression)).toArrow()
            return PandasData.convert_table(rows.to_pandas(), expression.schema())

    def _made(self, own: str, expression: ibis.Table) -> ibis.Table:
        self.backend._run_pre_execute_hooks(expression)
        self.backend.raw_sql(f"CACHE TABLE `{own}` AS {self.backend.compile(expression)}")
        return self.table(own)

    def _uploaded(self, own: str, frame: pd.DataFrame) -> ibis.Table:
        import pyarrow as pa

        rows = pa.Table.from_pandas(frame, preserve_index=False)
        plain = [field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field for field in rows.schema]
        self.backend._session.createDataFrame(rows.cast(pa.schema(plain))).createOrReplaceTempView(own)
        return self.table(own)

    def _kept(self, name: str, expression: ibis.Table) -> None:
        self._show(name, [self._part(name, expression)])

    def _append(self, name: str, expression: ibis.Table) -> None:
        columns = self.table(name, self.schema).columns
        self._show(name, [*self._parts(name), self._part(name, expression.select(*columns))])

    def _part(self, name: str, expression: ibis.Table) -> str:
        """A new part, in a table of its own; its name."""
        part = f"{name}__{secrets.token_hex(4)}"
        self.backend.create_table(part, expression, database=self.schema)
        return part

    def _parts(self, name: str) -> list[str]:
        """The parts that a table is a view of, in order."""
        told = self.backend.raw_sql(f"DESCRIBE TABLE EXTENDED `{self.schema}`.`{name}`").collect()
        text = next(row["data_type"] for row in told if row["col_name"] == "View Text")
        return re.findall(rf"`({re.escape(name)}__[0-9a-f]+)`", text)

    def _show(self, name: str, parts: list[str]) -> None:
        """Let the view be of these parts, and take away the others."""
        rows = " UNION ALL ".join(f"SELECT * FROM `{self.schema}`.`{part}`" for part in parts)
        self.backend.raw_sql(f"CREATE OR REPLACE VIEW `{self.schema}`.`{name}` AS {rows}")
        self._sweep(name, parts)

    def _sweep(self, name: str, parts: list[str]) -> None:
        for one in self.backend.list_tables(database=self.schema):
            if re.fullmatch(rf"{re.escape(name)}__[0-9a-f]{{8}}", one) and one not in parts:
                self.backend.raw_sql(f"DROP TABLE `{self.schema}`.`{one}`")


def working(address: Address, seconds: int) -> WorkingEngine:
    """A session to be worked in. Raises `UserError`."""
    engine = WorkingSpark(address.name, seconds, extra="spark", schema=address.schema)
    spark.connect(engine, address)
    return engine

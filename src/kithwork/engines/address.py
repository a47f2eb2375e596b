"""Where tables lie that are not files here: an address, as `params.yaml` may hold it, without a password.

    postgres://user@host:port/database      what is left out comes from libpq's environment variables or its password file
    spark://host:port                       a Spark cluster's master; all else is in Spark's own settings
    sc://host:port                          a Spark Connect server
    bigquery://project/dataset              Google's own settings say who asks
    snowflake://account/database/schema     so do Snowflake's
    s3://bucket/prefix                      parquet files; keys come from the environment (`bucket.py`)

What stands behind the `?` is named in `FORMS`: `schema` is the one that the toolkit may write into. `${NAME}` stands for an
environment variable (PostgreSQL documentation, "Connection URIs"; Spark documentation, "Spark Connect Overview").
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from kithwork.errors import Problem, UserError, nearest

DUCKDB = "duckdb"
"""The engine that is here already, in place of an address."""

SCHEMA = "kithwork"
"""The schema written into where an address names none."""

SECRETS = ("password", "token")
"""What may stand in an address only as the name of an environment variable."""


@dataclass(frozen=True)
class Form:
    """How the addresses of one kind are written, what of, what may stand behind the `?`, and how many names after the host.

    `port`: whether one must be named; `anyone`: whether a user may be.
    """

    written: str
    what: str
    takes: tuple[str, ...]
    names: tuple[int, ...]
    port: bool = False
    anyone: bool = False


WORK = ("schema", "seconds")
TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
FORMS = {
    "postgres": Form("postgres://host:port/database", "a database", (*WORK, *TLS), (0, 1), anyone=True),
    "spark": Form("spark://host:port", "a Spark master", WORK, (0,), port=True),
    "sc": Form("sc://host:port", "a Spark Connect server", (*WORK, "use_ssl", "token"), (0,)),
    "bigquery": Form("bigquery://project/dataset", "a BigQuery dataset", ("seconds", "location"), (1,)),
    "snowflake": Form(
        "snowflake://account/database/schema", "a Snowflake schema", ("seconds", "warehouse", "role"), (2,), anyone=True
    ),
}
SAME = {"postgresql": "postgres"}
S3 = "s3"
"""Files, which are read by DuckDB here."""

VARIABLE = re.compile(r"\$\{(\w+)\}")
HOST = re.compile(r"(\[[^\]]*\]|[^:\[\]]*)(?::(\d{1,5}))?", re.ASCII)
NAMED = re.compile(r"[A-Za-z_]\w*", re.ASCII)
SECONDS = re.compile(r"[1-9]\d{0,5}", re.ASCII)


@dataclass(frozen=True)
class Address:
    """A server's address in its parts, as it is written; `where` is the setting that holds it."""

    kind: str
    name: str
    where: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""
    names: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()

    @property
    def schema(self) -> str:
        """The schema that may be written into, as the engine calls it."""
        return ".".join(self.names) if self.kind in ("bigquery", "snowflake") else dict(self.options).get("schema", SCHEMA)

    @property
    def seconds(self) -> int | None:
        """How long the engine may take for one answer, where the address says so."""
        told = dict(self.options).get("seconds")
        return int(told) if told else None

    @property
    def place(self) -> tuple[str, ...]:
        """What two addresses of one database have in common: kind, host, port, and for a server that has several, which."""
        port = self.port or {"postgres": "5432", "sc": "15002"}.get(self.kind, "")
        return (self.kind, self.host, port, *(self.names if self.kind == "postgres" else self.names[:-1]))

    def filled(self, text: str) -> str:
        """A part of it with the environment's words for `${NAME}`. Raises `UserError` where there are none."""
        return _from_environment(unquote(text), self.where)


def is_one(file: str) -> bool:
    """Whether this is an address, and no file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", file) is not None


def shown(url: str) -> str:
    """The address as messages call it: without a user, a password or anything behind the `?`, of which S3 makes nothing."""
    plain = re.sub(r"(?<=://).*@", "", url)
    return plain if kind(url) == S3 else plain.split("?")[0]


def kind(url: str) -> str:
    """What stands before its `://`, in one word for each engine."""
    scheme = url.partition("://")[0].lower()
    return SAME.get(scheme, scheme)


def alike(one: Address, other: Address) -> bool:
    """Whether two addresses are of one database, asked by one user, as far as both say who asks."""
    return one.place == other.place and (not one.user or not other.user or one.user == other.user)


def parsed(url: str, where: str) -> Address:
    """A server's address. Raises `UserError`, whose message holds nothing that is secret."""
    name, form = shown(url), FORMS.get(kind(url))
    if not form:
        do = f"It may begin with {', '.join(f'{scheme}://' for scheme in (*FORMS, S3))}."
        raise UserError(Problem("is not a kind of database read here", "params.yaml", do, name, column=where))
    try:
        parts = urlsplit(url)
    except ValueError:
        raise UserError(_misformed(form, name, where)) from None
    before, _, hosted = parts.netloc.rpartition("@")
    user, _, password = before.partition(":")
    named, given = tuple(one for one in parts.path.split("/") if one), dict(parse_qsl(parts.query))
    found = HOST.fullmatch(hosted)
    if not found or not _fits(form, found, before, named, parts.fragment):
        raise UserError(_misformed(form, name, where))
    if problems := [*_secret(password, given, name, where), *_options(form, given, where)]:
        raise UserError(problems)
    host, port = (text or "" for text in found.groups())
    return Address(kind(url), name, where, host.strip("[]"), port, user, password, named, tuple(given.items()))


def _fits(form: Form, found: re.Match, before: str, named: tuple[str, ...], fragment: str) -> bool:
    host, port = found.groups()
    wanted = len(named) in form.names and not fragment and (form.anyone or not before)
    return bool(wanted and (host or form.anyone) and (port or not form.port))


def _misformed(form: Form, name: str, where: str) -> Problem:
    secrets = "; secrets go into Spark's own settings (SPARK_CONF_DIR)" if form.port else ""
    do = f"Write it as {form.written}{f', and nothing else{secrets}' if form.port else ''}."
    return Problem(f"is no address of {form.what}", "params.yaml", do, name, column=where)


def _secret(password: str, given: dict[str, str], name: str, where: str) -> list[Problem]:
    told = [password, *(given.get(word, "") for word in SECRETS)]
    if all(not word or VARIABLE.fullmatch(word) for word in told):
        return []
    do = (
        "Take it out, and change it if others could read it; set PGPASSWORD in the environment, or use libpq's file; "
        "`${NAME}` stands for an environment variable."
    )
    return [Problem("holds a password", "params.yaml", do, name, column=where)]


def _options(form: Form, given: dict[str, str], where: str) -> list[Problem]:
    problems = [
        Problem("is not read in an address", "params.yaml", nearest(word, form.takes), word, column=where)
        for word in given
        if word not in form.takes
    ]
    if not NAMED.fullmatch(schema := given.get("schema", SCHEMA)):
        do = "Name it with letters, digits and _."
        problems.append(Problem("is no name of a schema", "params.yaml", do, schema, column=where))
    if not SECONDS.fullmatch(seconds := given.get("seconds", "1")):
        problems.append(Problem("is not a number of seconds", "params.yaml", "Write it as 3600.", seconds, column=where))
    return problems


def _from_environment(text: str, where: str) -> str:
    lacking = [name for name in VARIABLE.findall(text) if name not in os.environ]
    if lacking:
        raise UserError(
            Problem("is not set in the environment", "params.yaml", "Set it, then run again.", name, column=where)
            for name in lacking
        )
    return VARIABLE.sub(lambda found: os.environ[found[1]], text)

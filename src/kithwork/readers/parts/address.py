"""The address of a database server, as `params.yaml` may hold it: without a password.

The form is that of PostgreSQL's documentation ("Connection URIs", chapter on libpq): `postgres://host:port/database`. What
an address leaves out comes from libpq's own environment variables (PGHOST, PGUSER, PGPASSWORD, PGPASSFILE and the like) or
its password file; `${NAME}` stands for an environment variable of any other name. A Spark cluster is `spark://host:port`,
its master's address, and all else about it is in Spark's own settings.
"""

from __future__ import annotations

import os
import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kithwork.errors import Problem, UserError, nearest

SCHEMES = ("postgres", "postgresql", "spark")
PARAMETERS = ("sslmode", "sslrootcert", "sslcert", "sslkey")
"""What may stand behind the `?` of an address: how the connection is made safe."""

MASTER = re.compile(r"spark://[\w.-]+:\d{1,5}", re.ASCII)

VARIABLE = re.compile(r"\$\{(\w+)\}")


def is_one(file: str) -> bool:
    """Whether this is the address of a server, and no file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", file) is not None


def shown(url: str) -> str:
    """The address as messages call it: without a user, a password or anything behind the `?`."""
    return re.sub(r"(?<=://).*@", "", url).split("?")[0]


def of_spark(file: str) -> bool:
    """Whether this is the address of a Spark cluster."""
    return file.startswith("spark://")


def master(url: str, where: str) -> str:
    """The address of a Spark master. Raises `UserError`."""
    if not MASTER.fullmatch(told := _from_environment(url, where)):
        do = "Write it as spark://host:port, and nothing else; secrets go into Spark's own settings (SPARK_CONF_DIR)."
        raise UserError(Problem("is no address of a Spark master", "params.yaml", do, shown(url), column=where))
    return told


def connection(url: str, where: str) -> dict[str, str]:
    """What libpq is to be told, by its own names. Raises `UserError`, whose message holds nothing that is secret."""
    name = shown(url)
    try:
        parts = urlsplit(url)
        port, given = str(parts.port or ""), dict(parse_qsl(parts.query))
    except ValueError:
        do = "Write it as postgres://host:port/database."
        raise UserError(Problem("is no address of a database", "params.yaml", do, name, column=where)) from None
    _refuse(parts, given, name, where)
    told = {
        "host": parts.hostname or "",
        "port": port,
        "user": parts.username or "",
        "password": parts.password or "",
        "database": parts.path.strip("/"),
    }
    words = {word: _from_environment(unquote(text), where) for word, text in told.items() if text}
    return words | given


def _refuse(parts: SplitResult, given: dict[str, str], name: str, where: str) -> None:
    problems = []
    if parts.scheme not in SCHEMES:
        do = f"It may begin with {', '.join(f'{scheme}://' for scheme in SCHEMES)}."
        problems.append(Problem("is not a kind of database read here", "params.yaml", do, name, column=where))
    if (parts.password and not VARIABLE.fullmatch(parts.password)) or "password" in given:
        do = "Take it out, and change it if others could read it; set PGPASSWORD in the environment, or use libpq's file."
        problems.append(Problem("holds a password", "params.yaml", do, name, column=where))
    problems += [
        Problem("is not read in an address", "params.yaml", nearest(word, PARAMETERS), word, column=where)
        for word in given
        if word not in (*PARAMETERS, "password")
    ]
    if problems:
        raise UserError(problems)


def _from_environment(text: str, where: str) -> str:
    lacking = [name for name in VARIABLE.findall(text) if name not in os.environ]
    if lacking:
        raise UserError(
            Problem("is not set in the environment", "params.yaml", "Set it, then run again.", name, column=where)
            for name in lacking
        )
    return VARIABLE.sub(lambda found: os.environ[found[1]], text)

"""Parquet in an S3 bucket, read where it lies: listed, its parts looked at, and handed to DuckDB as one Arrow dataset.

`s3://bucket/prefix` means every `.parquet` below the prefix; `*`, `?` and `[…]` stand for signs within one name of the
path, and what they match may be a folder. Folders named `column=value` are columns of text. Keys, region and endpoint come
from the environment, as Amazon's own programs take them (AWS documentation, "Environment variables to configure the CLI").
Parts come in the order of their names; those below a name that begins with a point or underscore are other programs' notes.
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from kithwork.engines.engine import CONNECTING, Engine
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import ibis
    from pyarrow import dataset, fs

FORM = re.compile(r"s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/?(.*)")
WILD = re.compile(r"[*?\[]")
TOLD = {
    "NO_SUCH_BUCKET": ("is in a bucket that is not there", "See the bucket's name in params.yaml."),
    "ACCESS_DENIED": ("may not be read", "Ask the bucket's owner for s3:ListBucket and s3:GetObject."),
    "INVALID_ACCESS_KEY_ID": ("turns us away", "See AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
    "SIGNATURE_DOES_NOT_MATCH": ("turns us away", "See AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."),
}
"""What is told, and what is to be done, by Amazon's own word for what is wrong."""

AWAY = "See the address, AWS_ENDPOINT_URL and AWS_REGION, and whether the bucket can be reached from here; then run again."


def parquet(engine: Engine, url: str, where: str) -> ibis.Table:
    """The parts at an address as one table of DuckDB's; `where` is the setting that holds it. Raises `UserError`."""
    import ibis

    with engine.asked():
        return ibis.memtable(parts(engine.name, url, where))


def parts(name: str, url: str, where: str) -> dataset.Dataset:
    """The parts as one dataset, each looked at: whether it opens, and has the columns of the first. Raises `UserError`."""
    import pyarrow as pa
    from pyarrow import dataset

    names, store = [one.path for one in listed(name, url, where)], _store()
    columns = [word.partition("=")[0] for word in names[0].split("/")[1:-1] if "=" in word]
    parted = dataset.partitioning(pa.schema([(column, pa.string()) for column in columns]), flavor="hive")
    try:
        found = dataset.dataset(names, filesystem=store, format="parquet", partitioning=parted)
    except (OSError, pa.ArrowInvalid) as error:
        raise UserError(_broken(names[0], error)) from None
    _look(found, columns)
    return found


def listed(name: str, url: str, where: str) -> list[fs.FileInfo]:
    """The files meant, in the order of their names. Raises `UserError`."""
    from pyarrow import fs

    bucket, path = _parsed(name, url, where)
    store = _store()
    try:
        found = _listed(store, bucket, path)
        there = found or store.get_file_info(bucket).type != fs.FileType.NotFound
    except OSError as error:
        raise UserError(_away(name, error)) from None
    if not found:
        told = ("holds no parquet file", "Put files that end in .parquet there.") if there else TOLD["NO_SUCH_BUCKET"]
        raise UserError(Problem(told[0], name, told[1]))
    return found


def _parsed(name: str, url: str, where: str) -> tuple[str, str]:
    found = FORM.fullmatch(url)
    if not found:
        do = "Write it as s3://bucket/prefix; keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        raise UserError(Problem("is no address of a bucket", "params.yaml", do, name, column=where))
    return found[1], found[2].strip("/")


def _store() -> fs.S3FileSystem:
    from pyarrow import fs

    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or ("us-east-1" if endpoint else None)
    return fs.S3FileSystem(endpoint_override=endpoint, region=region, connect_timeout=int(CONNECTING))


def _listed(store: fs.S3FileSystem, bucket: str, path: str) -> list[fs.FileInfo]:
    """The files meant, in order."""
    from pyarrow import fs

    words = path.split("/") if path else []
    fixed = next((at for at, word in enumerate(words) if WILD.search(word)), len(words))
    start = "/".join([bucket, *words[:fixed]])
    if (alone := store.get_file_info(start)).is_file:
        return [alone]
    below = store.get_file_info(fs.FileSelector(start, recursive=True, allow_not_found=True))
    meant = [one for one in below if one.is_file and _is_meant(one.path.split("/")[1:], words, fixed)]
    return sorted(meant, key=lambda one: one.path)


def _is_meant(names: list[str], words: list[str], fixed: int) -> bool:
    fits = len(names) >= len(words) and all(map(fnmatchcase, names, words))
    return fits and names[-1].endswith(".parquet") and not any(name.startswith((".", "_")) for name in names[fixed:])


def _look(found: dataset.Dataset, columns: list[str]) -> None:
    """That each part can be opened, and that none has other columns, which would be lost. Raises `UserError`."""
    import pyarrow as pa

    problems, wanted = [], {*found.schema.names} - {*columns}
    for part in found.get_fragments():
        try:
            part.ensure_complete_metadata()
            named = {*part.physical_schema.names} - {*columns}
        except (OSError, pa.ArrowInvalid) as error:
            problems.append(_broken(part.path, error))
            continue
        if odd := sorted(named ^ wanted):
            do = "Export it again with the columns of the others, or name the parts that belong together."
            problems.append(Problem("has other columns than the first part", f"s3://{part.path}", do, ", ".join(odd)[:60]))
    if problems:
        raise UserError(problems)


def _broken(path: str, error: Exception) -> Problem:
    code = next((word for word in TOLD if word in str(error)), "")
    if code:
        return _away(f"s3://{path}", error)
    return Problem("is broken", f"s3://{path}", "Export it again.", str(error).rpartition(": ")[2][:60])


def _away(name: str, error: Exception) -> Problem:
    code = next((word for word in TOLD if word in str(error)), "")
    what, do = TOLD.get(code, ("cannot be reached", AWAY))
    return Problem(what, name, do, "" if code else str(error).splitlines()[0][-120:])

"""What dvc would take out of its cache instead of running a stage, held against its name, which is the MD5 of its bytes.

dvc trusts what lies in its cache as long as nobody may write to it (DVC, `dvc_data.hashfile.db.local`), so that a file that
a disk or a program spoilt would come back as a result. One that is not what its name says is taken out, and its stage runs.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dvc.repo import Repo

LISTS = ".dir"
"""How the name of a list of a folder's files ends, which is read before it is looked at."""


def only_what_is_whole(repo: Repo) -> None:
    """From now on let this repository restore nothing that is spoilt."""
    restore, cache = repo.stage_cache.restore, repo.cache.local
    get, check = cache.get, cache.check

    def looked_at(name: str, *how: Any, **more: Any) -> Any:
        _expect_whole(cache, name)
        return check(name, *how, **more)

    def got(name: str) -> Any:
        if name.endswith(LISTS):
            _expect_whole(cache, name)
        return get(name)

    def restored(*stage: Any, **how: Any) -> None:
        cache.get, cache.check = got, looked_at
        try:
            restore(*stage, **how)
        finally:
            cache.get, cache.check = get, check

    repo.stage_cache.restore = restored


def _expect_whole(cache: Any, name: str) -> None:
    """That a file of the cache is there and is what its name says. Raises FileNotFoundError."""
    path = cache.oid_to_path(name)
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "md5").hexdigest()
    if digest != name.removesuffix(LISTS):
        with suppress(FileNotFoundError):
            cache.fs.remove(path)
        raise FileNotFoundError(path)

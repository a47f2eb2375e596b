"""A study shared by an S3 store: the same promises, against a real server of that kind on this machine."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
import s3
import sharing
from s3 import KEY

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (s3.THERE and find_spec("dvc_s3")), reason="needs moto and dvc-s3: `make test-s3`"),
]


@pytest.fixture(scope="module")
def server():
    """A server with one bucket, `studies`."""
    with s3.server() as running:
        running.put("studies", {})
        yield running


@pytest.fixture(scope="module")
def shared(full, server, tmp_path_factory) -> sharing.Shared:
    words = [
        ("add", "-d", "store", "s3://studies/acme"),
        ("modify", "store", "endpointurl", server.address),
        ("modify", "--local", "store", "access_key_id", KEY),
        ("modify", "--local", "store", "secret_access_key", KEY),
    ]
    return sharing.shared(full.root, tmp_path_factory.mktemp("s3"), *words)


def test_bucket_holds_no_raw_word(shared, server):
    """No raw id, no line of a list for review and no key is in any object, tables read cell by cell."""
    contents = [sharing.words_in(one.get()["Body"].read()) for one in server.buckets.Bucket("studies").objects.all()]
    assert len(contents) > 50
    assert [word for word in sharing.raw_words() if any(word in text for text in contents)] == []


def test_colleague_opens_the_report(shared):
    """What comes back from the bucket has the same bytes, pages included."""
    for folder in ("data/report", "reports"):
        mine = {path.relative_to(shared.mine): path for path in (shared.mine / folder).rglob("*") if path.is_file()}
        assert mine
        assert all((shared.theirs / name).read_bytes() == path.read_bytes() for name, path in mine.items())


def test_credentials_stay_out_of_git(shared):
    """What opens the bucket is in the folder's own settings, which git ignores."""
    assert KEY not in (shared.mine / ".dvc" / "config").read_text(encoding="utf-8")
    assert KEY in (shared.mine / ".dvc" / "config.local").read_text(encoding="utf-8")

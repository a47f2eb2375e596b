"""A study shared by an S3 store: the same promises, against a real server of that kind on this machine."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
import sharing

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (find_spec("moto") and find_spec("dvc_s3")), reason="needs moto and dvc-s3: `make test-s3`"),
]
KEY = "nobody"


@pytest.fixture(scope="module")
def bucket():
    """A bucket on a server of its own, as boto3 sees it, and the server's address."""
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        address = "http://{}:{}".format(*server.get_host_and_port())
        named = {"aws_access_key_id": KEY, "aws_secret_access_key": KEY, "region_name": "us-east-1"}
        made = boto3.resource("s3", endpoint_url=address, **named).Bucket("studies")
        made.create()
        yield made, address
    finally:
        server.stop()


@pytest.fixture(scope="module")
def shared(full, bucket, tmp_path_factory) -> sharing.Shared:
    words = [
        ("add", "-d", "store", "s3://studies/acme"),
        ("modify", "store", "endpointurl", bucket[1]),
        ("modify", "--local", "store", "access_key_id", KEY),
        ("modify", "--local", "store", "secret_access_key", KEY),
    ]
    return sharing.shared(full.root, tmp_path_factory.mktemp("s3"), *words)


def test_bucket_holds_no_raw_word(shared, bucket):
    """No raw id, no line of a list for review and no key is in any object, tables read cell by cell."""
    contents = [sharing.words_in(one.get()["Body"].read()) for one in bucket[0].objects.all()]
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

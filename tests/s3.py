"""A server of S3's kind of the tests' own (moto), on this machine, gone with the test; and what tells programs of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

if TYPE_CHECKING:
    from boto3.resources.base import ServiceResource

THERE = find_spec("moto") is not None
REASON = "needs moto: `make test-s3`"
KEY = "nobody"


@dataclass(frozen=True)
class Server:
    """A running server: its address, and its buckets as boto3 sees them."""

    address: str
    buckets: ServiceResource

    @property
    def environment(self) -> dict[str, str]:
        """What the environment says of it."""
        return {"AWS_ENDPOINT_URL": self.address, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": KEY}

    def put(self, bucket: str, objects: dict[str, bytes]) -> str:
        """Put objects into a bucket, which is made if it is not there; its address."""
        made = self.buckets.Bucket(bucket)
        made.create()
        for key, content in objects.items():
            made.put_object(Key=key, Body=content)
        return f"s3://{bucket}"


@contextmanager
def server() -> Iterator[Server]:
    """A server without a bucket."""
    import boto3
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    address = "http://{}:{}".format(*running.get_host_and_port())
    try:
        told = {"aws_access_key_id": KEY, "aws_secret_access_key": KEY, "region_name": "us-east-1"}
        yield Server(address, boto3.resource("s3", endpoint_url=address, **told))
    finally:
        urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()  # else the next server has its buckets
        running.stop()

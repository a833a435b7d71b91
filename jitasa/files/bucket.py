"""A bucket of an S3-compatible store: what is asked of it, each call with a limit of its own (docs/adr/0147).

Nothing is imported from the client's package until a bucket is set. A store that does not answer raises
``problems.StoreAway``; for a few seconds afterwards nobody waits for it again.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from jitasa.files.bucket_address import Address
from jitasa.problems import StoreAway

log = logging.getLogger(__name__)
CONNECT_SECONDS, READ_SECONDS, ATTEMPTS = 2, 20, 2
AWAY_SECONDS = 5.0  # after it did not answer, so long nobody else waits for it
LINK_SECONDS = 300  # a signed link begins a download within so long
PIECE = 256 * 1024
_MISSING = frozenset({"404", "NoSuchKey", "NotFound"})
_away_until = 0.0


@dataclass(frozen=True)
class Stored:
    """What the store says of one file."""

    bytes: int
    sha256: str


def address() -> Address | None:
    """The bucket of this installation; ``None`` where files are on the disk."""
    found: Address | None = settings.FILES_BUCKET
    return found


def put(key: str, path: Path, sha256: str) -> None:
    """Put a file into the bucket; when this returns it is there. :raises StoreAway:"""
    from boto3.s3.transfer import TransferConfig

    with _asked() as (client, bucket):
        client.upload_file(
            str(path), bucket, key,
            ExtraArgs={"Metadata": {"sha256": sha256}}, Config=TransferConfig(use_threads=False),
        )  # fmt: skip


def look(key: str) -> Stored | None:
    """What there is of that name. :raises StoreAway:"""
    with _asked() as (client, bucket):
        try:
            found = client.head_object(Bucket=bucket, Key=key)
        except Exception as error:
            if _is_missing(error):
                return None
            raise
    return Stored(found["ContentLength"], found["Metadata"].get("sha256", ""))


def read(key: str) -> Iterator[bytes]:
    """The content, a little at a time. :raises FileNotFoundError: :raises StoreAway:"""
    with _asked() as (client, bucket):
        try:
            body = client.get_object(Bucket=bucket, Key=key)["Body"]
        except Exception as error:
            if _is_missing(error):
                raise FileNotFoundError(key) from None
            raise
        with body:
            yield from body.iter_chunks(PIECE)


def delete(key: str) -> None:
    """:raises StoreAway:"""
    with _asked() as (client, bucket):
        client.delete_object(Bucket=bucket, Key=key)


def objects(folder: str) -> Iterator[tuple[str, int, datetime]]:
    """Every key of a folder, its bytes and when it was put there last. :raises StoreAway:"""
    with _asked() as (client, bucket):
        pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{folder}/")
        for page in pages:
            for row in page.get("Contents", ()):
                yield row["Key"], row["Size"], row["LastModified"]


def keys(folder: str) -> Iterator[tuple[str, datetime]]:
    """Every key of a folder and when it was put there last. :raises StoreAway:"""
    yield from ((key, at) for key, _bytes, at in objects(folder))


def answers() -> bool:
    """Whether the store is there and knows the bucket."""
    try:
        with _asked() as (client, bucket):
            client.head_bucket(Bucket=bucket)
    except StoreAway:
        return False
    return True


def link(key: str, *, media_type: str, name: str, method: str = "GET") -> str:
    """A signed address that gives the file, under that name, to whoever has it, for ``LINK_SECONDS``. Asks nobody."""
    where = _set()
    given: str = _client(where, os.getpid(), where.public or where.endpoint).generate_presigned_url(
        "head_object" if method == "HEAD" else "get_object",
        Params={
            "Bucket": where.bucket,
            "Key": key,
            "ResponseContentType": media_type,
            "ResponseContentDisposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "ResponseCacheControl": "private, no-store",
        },
        ExpiresIn=LINK_SECONDS,
    )
    return given


def _set() -> Address:
    where = address()
    assert where is not None, "no bucket is set"
    return where


@contextmanager
def _asked() -> Iterator[tuple[Any, str]]:
    global _away_until  # one number, replaced as a whole
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError
    from urllib3.exceptions import HTTPError

    where = _set()
    if time.monotonic() < _away_until:
        raise StoreAway("the file store did not answer a moment ago")
    try:
        yield _client(where, os.getpid(), where.endpoint), where.bucket
    except (Boto3Error, BotoCoreError, ClientError, HTTPError) as error:
        _away_until = time.monotonic() + AWAY_SECONDS
        log.error("the file store %s/%s does not answer: %s", where.endpoint, where.bucket, error)
        raise StoreAway("the file store does not answer") from error


def _is_missing(error: Exception) -> bool:
    found = getattr(error, "response", None) or {}
    return str(found.get("Error", {}).get("Code", "")) in _MISSING


@lru_cache(maxsize=4)
def _client(where: Address, _process: int, endpoint: str) -> Any:
    """One client a process: its connections do not survive a fork."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name=where.region,
        aws_access_key_id=where.key,
        aws_secret_access_key=where.secret,
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            # What not every compatible store knows; the content is compared with its SHA-256 anyway.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    )

"""The content hash of a compilation."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# uuid (hex), revision number, revision hash, status, whether it counts upwards
Record = tuple[str, int, str, str, bool]


def content_hash(tables: dict[str, Any], records: Iterable[Record]) -> str:
    """SHA-256 over the tables as canonical JSON and one line per record, by uuid."""
    digest = hashlib.sha256(canonical(tables).encode())
    for uuid, number, hash_, status, upwards in sorted(records):
        digest.update(f"\n{uuid} {number} {hash_} {status} {int(upwards)}".encode())
    return digest.hexdigest()


def canonical(content: Any) -> str:
    """JSON with sorted keys and no spaces."""
    return json.dumps(
        content, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )

"""The setting that says which bucket files are kept in: ``s3://key:secret@host:port/bucket?region=…``."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

KNOWN = {"region", "tls", "public", "direct"}


@dataclass(frozen=True)
class Address:
    """Where a bucket is; the secret is in no ``repr``, so that it gets into no log."""

    endpoint: str
    bucket: str
    key: str
    secret: str = field(repr=False)
    region: str = "us-east-1"
    public: str = ""  # the address by which browsers reach it, where that is another one
    direct: bool = True  # downloads are fetched from the store itself, by a signed link


def read_address(value: str) -> Address:
    """:raises ValueError: with the reason, in Thai, without the value, which holds a secret."""
    parts, options = urlsplit(value), {}
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not parts.hostname or not parts.username or not parts.password:
        raise ValueError("ต้องมีรูป s3://กุญแจ:รหัสลับ@เครื่อง:พอร์ต/ชื่อถัง")
    if not bucket or "/" in bucket:
        raise ValueError("ต้องลงท้ายด้วยชื่อถังชื่อเดียว")
    options = {name: found[-1] for name, found in parse_qs(parts.query).items()}
    if unknown := options.keys() - KNOWN:
        raise ValueError(f"ไม่รู้จักตัวเลือก {', '.join(sorted(unknown))}")
    port = f":{parts.port}" if parts.port else ""
    return Address(
        endpoint=f"{'http' if options.get('tls') == '0' else 'https'}://{parts.hostname}{port}",
        bucket=bucket,
        key=unquote(parts.username),
        secret=unquote(parts.password),
        region=options.get("region", "us-east-1"),
        public=options.get("public", "").rstrip("/"),
        direct=options.get("direct") != "0",
    )

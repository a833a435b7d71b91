"""Settings read from the environment, each with a Thai/English explanation when its value is unusable.

Every variable begins with ``JITASA_`` and is listed in ``docs/operator.md``.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from jitasa.files.bucket_address import Address, read_address


class BadSetting(SystemExit):
    """Stops the program with one line that says which variable is wrong, why, and an example."""

    def __init__(self, name: str, value: str, why: str, example: str) -> None:
        super().__init__(
            f"ค่าตั้ง {name}={value!r} ใช้ไม่ได้: {why} ตัวอย่าง {name}={example}\n"
            f"(setting {name} is not usable; see docs/operator.md)"
        )


CACHE_SCHEMES = {"redis": "redis", "rediss": "rediss", "valkey": "redis", "valkeys": "rediss"}
TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise BadSetting(name, value, "ต้องเป็น 1 หรือ 0", "1")


def number(name: str, default: int, least: int, most: int) -> int:
    value = os.environ.get(name)
    if value is None or not value.strip():
        return default
    try:
        result = int(value)
    except ValueError:
        raise BadSetting(name, value, "ต้องเป็นจำนวนเต็ม", str(default)) from None
    if not least <= result <= most:
        raise BadSetting(name, value, f"ต้องอยู่ระหว่าง {least} ถึง {most}", str(default))
    return result


def addresses(name: str) -> list[str]:
    """Mail addresses, comma between."""
    found = [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]
    for address in found:
        if address.count("@") != 1 or address.startswith("@") or address.endswith("@") or " " in address:
            raise BadSetting(name, address, "ไม่ใช่ที่อยู่อีเมล", "audit@example.go.th,cert@example.go.th")
    return found


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    value = os.environ.get(name, "").strip().lower() or default
    if value not in choices:
        raise BadSetting(name, value, f"ต้องเป็น {' หรือ '.join(choices)}", default)
    return value


def outside(name: str) -> str:
    """The address of another service, without a slash at its end: https, or http on this machine."""
    value = os.environ.get(name, "").strip().rstrip("/")
    parts = urlsplit(value)
    is_here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if value and not (parts.hostname and (parts.scheme == "https" or is_here)):
        raise BadSetting(name, value, "ต้องขึ้นต้นด้วย https://", "https://provider.example.go.th")
    return value


def bucket(name: str) -> Address | None:
    """The bucket that files are kept in; ``None`` without one. Its value is never shown: it holds a secret."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        return read_address(value)
    except ValueError as reason:
        example = "s3://key:secret@files.example.go.th/jitasa?region=th-1"
        raise BadSetting(name, "s3://…", str(reason), example) from None


def cache(name: str) -> dict[str, object]:
    """The Django ``CACHES['default']`` entry: Redis or Valkey by URL, or the memory of each process."""
    value = os.environ.get(name, "").strip()
    if not value:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    scheme, _, rest = value.partition("://")
    if scheme not in CACHE_SCHEMES or not rest:
        why = "รองรับ Redis หรือ Valkey เท่านั้น (ว่างไว้คือหน่วยความจำของแต่ละโปรเซส)"
        raise BadSetting(name, value, why, "redis://127.0.0.1:6379/0")
    return {
        "BACKEND": "jitasa.shared_cache.SharedCache",
        "LOCATION": f"{CACHE_SCHEMES[scheme]}://{rest}",
        "KEY_PREFIX": "jitasa",
    }


def folder(name: str, default: Path) -> Path:
    value = os.environ.get(name, "").strip()
    path = Path(value).expanduser().resolve() if value else default
    if path.exists() and not path.is_dir():
        raise BadSetting(name, value, "ต้องเป็นโฟลเดอร์ แต่พบไฟล์ชื่อนี้อยู่", "/srv/jitasa")
    return path

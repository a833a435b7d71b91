"""Keys: each from its own environment variable, or made once and kept beside the data with mode 0600.

A key file holds one key a line, the current one first. ``jitasa rotate-key`` puts a new one in front;
the older ones still open what they signed until the operator takes them out.
"""

import os
import secrets
from pathlib import Path

from jitasa.config.env import BadSetting
from jitasa.keys import KeyRing

SHORTEST = 50
# Purpose → what follows JITASA_ in the variable's name. "secret" is Django's own: sessions, CSRF, messages.
PURPOSES = {
    "secret": "SECRET_KEY",
    "tokens": "TOKEN_KEY",
    "audit": "AUDIT_KEY",
    "access_log": "ACCESS_LOG_KEY",
    "mfa": "MFA_KEY",
    "pid": "PID_KEY",
}


def key_ring(purpose: str, data_dir: Path) -> KeyRing:
    """The keys of ``purpose``: from ``JITASA_…_KEY`` and ``JITASA_…_KEY_FALLBACKS``, else from the data folder.

    :raises BadSetting: a given key is shorter than 50 characters, or the data folder cannot be written.
    """
    name = f"JITASA_{PURPOSES[purpose]}"
    given = os.environ.get(name, "").strip()
    older = [key.strip() for key in os.environ.get(f"{name}_FALLBACKS", "").split(",") if key.strip()]
    keys = [given, *older] if given else [*_kept(key_file(purpose, data_dir)), *older]
    if any(len(key) < SHORTEST for key in keys):
        raise BadSetting(name, "…", f"ต้องยาวอย่างน้อย {SHORTEST} ตัวอักษร", secrets.token_urlsafe(48))
    return KeyRing(keys[0], tuple(keys[1:]))


def key_file(purpose: str, data_dir: Path) -> Path:
    return data_dir / f"{purpose}.key"


def given_by_environment(purpose: str) -> bool:
    return bool(os.environ.get(f"JITASA_{PURPOSES[purpose]}", "").strip())


def rotate(purpose: str, data_dir: Path) -> int:
    """Put a new key in front of the kept ones and return how many the file holds now."""
    path = key_file(purpose, data_dir)
    keys = [secrets.token_urlsafe(64), *_kept(path)]
    os.replace(_written(path, keys), path)
    return len(keys)


def _kept(path: Path) -> list[str]:
    """The keys in the file; the first process to ask makes it, complete from its first moment."""
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = _written(path, [secrets.token_urlsafe(64)])
            try:
                os.link(draft, path)
            except FileExistsError:
                pass  # another process was first: its key counts
            finally:
                draft.unlink()
        return path.read_text("ascii").split()
    except OSError as error:
        why = f"เขียนหรืออ่านไม่ได้ ({error.strerror})"
        raise BadSetting("JITASA_DATA_DIR", str(path.parent), why, "/srv/jitasa") from None


def _written(path: Path, keys: list[str]) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return draft

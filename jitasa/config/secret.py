"""The secret key: from the environment, or made once and kept beside the data with mode 0600."""

import os
import secrets
from pathlib import Path

from jitasa.config.env import BadSetting


def secret_key(given: str, data_dir: Path) -> str:
    """The key given by the operator (50 characters or more), else the one kept in the data folder."""
    if given:
        if len(given) < 50:
            raise BadSetting("JITASA_SECRET_KEY", "…", "ต้องยาวอย่างน้อย 50 ตัวอักษร", secrets.token_urlsafe(48))
        return given
    path = data_dir / "secret.key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    except OSError as error:
        raise BadSetting(
            "JITASA_DATA_DIR", str(data_dir), f"เขียนไม่ได้ ({error.strerror})", "/srv/jitasa"
        ) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key

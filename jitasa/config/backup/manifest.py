"""What a copy says of itself."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """``counts``: rows of each table; ``heads``: the signed ends of the audit's chains, both of the same instant.

    ``keys``: purpose → what tells the installation's key from another one; nobody can go back from it to the key.
    """

    made_at: str
    vendor: str
    database: str
    sha256: str
    counts: dict[str, int]
    heads: str
    keys: dict[str, str]
    settings: dict[str, str]
    format: int = FORMAT


def write(folder: Path, manifest: Manifest) -> None:
    """In place of the older one, whole or not at all."""
    draft = folder / f".{NAME}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / NAME)


def read(folder: Path) -> Manifest:
    """:raises CommandError: there is no copy in the folder, or one of another version of the program."""
    try:
        said: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
    except FileNotFoundError:
        raise CommandError(
            f"ไม่พบสำเนาใน {folder} (ไม่มี {NAME}) เลือกโฟลเดอร์ที่ jitasa backup --to ทำไว้"
        ) from None
    except (OSError, ValueError) as error:
        raise CommandError(f"อ่าน {folder / NAME} ไม่ได้: {error}") from None
    if said.get("format") != FORMAT:
        raise CommandError(f"{folder / NAME} เป็นสำเนาของโปรแกรมรุ่นอื่น ใช้โปรแกรมรุ่นที่ทำสำเนานี้")
    return Manifest(**said)

"""Make a copy, put one back, compare one: what the three commands do."""

import hashlib
import hmac
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from jitasa.audit.selectors.heads import current_heads, read, written
from jitasa.audit.selectors.verify import against, verdicts
from jitasa.compilation.services.check_files import bad_files
from jitasa.config.backup import databases, files, manifest
from jitasa.config.backup.manifest import Manifest
from jitasa.config.secret import PURPOSES
from jitasa.problems import Refusal

Say = Callable[[str], object]
SECRET = (
    "KEY",
    "SECRET",
    "PASSWORD",
    "TOKEN",
    "_URL",
    "MAIL",
    "CLAMD",
)  # parts of names whose values stay at home


def make_copy(to: Path, *, now: datetime, prune: bool, say: Say) -> Manifest:
    """Files, database, then the files that came meanwhile: whatever the database names is in the copy."""
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    first = files.copy_new(to, prune=False)
    name = f"database-{now:%Y%m%dT%H%M%S}.{databases.SUFFIX[connection.vendor]}"
    (to / name).unlink(missing_ok=True)
    counts, heads = databases.write(to / name, lambda: (databases.count_rows(), current_heads(now)))
    last = files.copy_new(to, prune=prune)
    made = Manifest(
        made_at=now.isoformat(),
        vendor=connection.vendor,
        database=name,
        sha256=files.hash_of(to / name),
        counts=counts,
        heads=written(heads).decode(),
        keys=keys(),
        settings=settings_of(),
    )
    manifest.write(to, made)
    for older in to.glob("database-*"):
        if older.name != name:
            older.unlink()
    say(f"✓ ฐานข้อมูล {sum(counts.values()):,} แถว")
    say(f"✓ ไฟล์ {last.files:,} ไฟล์ ใหม่ {first.new + last.new:,} ({(first.bytes + last.bytes) / 1e6:,.1f} MB)")
    if last.gone:
        say(
            f"  ไฟล์ที่ระบบไม่มีแล้ว {last.gone:,} ไฟล์ "
            + ("ลบจากสำเนาแล้ว" if prune else "ยังอยู่ในสำเนา (--prune ลบ)")
        )
    return made


def put_back(copy: Path, *, say: Say) -> Manifest:
    """Into an empty database and data folder, with the installation's keys in place.

    :raises CommandError: something is there already, or it is another installation's key or kind of database.
    """
    made = manifest.read(copy)
    _refuse(copy, made)
    databases.load(copy / made.database)
    say(f"✓ ฐานข้อมูล {sum(made.counts.values()):,} แถว")
    say(f"✓ ไฟล์ {files.put_back(copy, files.listed(copy)):,} ไฟล์")
    if wrong := [*_other_counts(made), *_chains(made), *_originals()]:
        raise CommandError("\n".join(["คืนข้อมูลแล้วแต่ไม่ตรงกับสำเนา:", *wrong]))
    return made


def faults(copy: Path) -> Iterator[str]:
    """A line for each thing that is not as it was when the copy was made."""
    made = manifest.read(copy)
    yield from _kind(made)
    yield from files.faults(copy)
    database = copy / made.database
    if not database.is_file() or files.hash_of(database) != made.sha256:
        yield f"ไฟล์ฐานข้อมูล {made.database} หายหรือเปลี่ยนไปจากตอนทำสำเนา"
        return
    kept = settings.MEDIA_ROOT
    with (
        tempfile.TemporaryDirectory(prefix="jitasa-verify-") as scratch,
        databases.opened(database, Path(scratch)),
    ):
        settings.MEDIA_ROOT = copy / files.FOLDER / "media"
        try:
            yield from [*_other_counts(made), *_chains(made), *_originals()]
        finally:
            settings.MEDIA_ROOT = kept


def _refuse(copy: Path, made: Manifest) -> None:
    if wrong := list(_kind(made)):
        raise CommandError("\n".join(wrong))
    if files.hash_of(copy / made.database) != made.sha256:
        raise CommandError(f"ไฟล์ฐานข้อมูล {made.database} เปลี่ยนไปจากตอนทำสำเนา ใช้สำเนาอื่น")
    if not databases.is_empty():
        raise CommandError(
            "ฐานข้อมูลนี้มีตารางอยู่แล้ว คืนข้อมูลได้เฉพาะในฐานข้อมูลว่าง: ตั้ง JITASA_DATABASE_URL หรือ JITASA_DATA_DIR ใหม่"
        )
    if there := files.occupied():
        raise CommandError(f"{there[0]} มีไฟล์อยู่แล้ว คืนข้อมูลได้เฉพาะในโฟลเดอร์ว่าง: ตั้ง JITASA_DATA_DIR ใหม่")


def _kind(made: Manifest) -> Iterator[str]:
    """Why this installation cannot read the copy at all."""
    if made.vendor != connection.vendor:
        yield f"สำเนานี้เป็นของ {made.vendor} แต่ตั้งฐานข้อมูลเป็น {connection.vendor} แก้ JITASA_DATABASE_URL ให้ตรง"
    if made.keys["audit"] != keys()["audit"]:
        yield "กุญแจ audit ไม่ใช่ของสำเนานี้: วาง audit.key เดิมในโฟลเดอร์ข้อมูล หรือตั้ง JITASA_AUDIT_KEY ก่อน แล้วสั่งอีกครั้ง"


def _other_counts(made: Manifest) -> Iterator[str]:
    now = databases.count_rows()
    for table in sorted(made.counts.keys() | now.keys()):
        if made.counts.get(table) != now.get(table):
            yield f"ตาราง {table}: ตอนทำสำเนา {made.counts.get(table)} แถว ขณะนี้ {now.get(table)} แถว"


def _chains(made: Manifest) -> Iterator[str]:
    try:
        heads = read(made.heads.encode())
    except Refusal as refusal:
        yield f"ค่าท้ายสายใน {manifest.NAME}: {refusal.message}"
        return
    for verdict in [*verdicts(), *against(heads)]:
        if verdict.broken_number is not None:
            yield f"บันทึกการใช้งาน สาย {verdict.chain} รายการที่ {verdict.broken_number}: {verdict.reason}"


def _originals() -> Iterator[str]:
    for bad in bad_files():
        yield f"{bad.what} {bad.sha256}: {'ไม่มีไฟล์' if bad.fault == 'missing' else 'เนื้อไฟล์เสียหาย'}"


def keys() -> dict[str, str]:
    """What tells each oldest key from another one; the oldest stays when a newer one is put in front."""
    rings = {purpose: settings.KEYS[purpose] for purpose in PURPOSES}
    oldest = {purpose: [ring.current, *ring.previous][-1] for purpose, ring in rings.items()}
    return {
        purpose: hmac.new(key.encode(), b"jitasa backup", hashlib.sha256).hexdigest()[:16]
        for purpose, key in oldest.items()
    }


def settings_of() -> dict[str, str]:
    """The settings given by the environment, those apart that hold or lead to a secret."""
    return {
        name: value
        for name, value in sorted(os.environ.items())
        if name.startswith("JITASA_") and not any(part in name for part in SECRET)
    }

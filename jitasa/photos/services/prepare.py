"""Make the published copies of one picture, in a process with limits of its own."""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from jitasa.photos import decode, rules, store
from jitasa.photos.choices import LONG_SIDE
from jitasa.photos.models import Photo, PhotoState

log = logging.getLogger(__name__)

# Measured with 48 megapixels: JPEG, WebP and HEIC in 0.5 GB of address space, an interlaced 16-bit PNG in 1.
MEMORY = 3 * 512 * 1024**2
PROCESSOR_SECONDS = 60
WALL_SECONDS = 120


# So often a picture may bring down the decoder itself before it is given up.
MOST_TRIES = 5


class DecoderBroken(RuntimeError):
    """The decoder ended in a way nobody foresaw: its fault, or this picture's."""


class DecodeFailed(Exception):
    """The picture itself cannot be decoded within the limits."""


def enqueue(photo: Photo) -> None:
    """Ask the worker for the copies. What is lost between here and the worker, ``sweep`` asks again."""
    from jitasa.photos.tasks import prepare as task

    task.enqueue(photo.pk)


def prepare(photo: Photo) -> Photo:
    """Decode, publish three sizes, note size and hash: ``READY``, or ``BROKEN`` with a Thai reason.

    May run twice: the result is the same. A failure of the machine (disk full, killed) is raised and
    leaves the picture ``PENDING``, to be tried again. So is a failure of the decoder itself, but only
    ``MOST_TRIES`` times: then the picture is ``BROKEN`` and the log says so. When areas were blurred or unblurred meanwhile
    nothing is published: another job has been asked for.
    """
    photo.refresh_from_db(fields=["copies"])  # before the areas: older areas would not go unnoticed
    areas = areas_of(photo)
    with tempfile.TemporaryDirectory(dir=store.incoming()) as folder:
        try:
            answer = run_decoder(photo, Path(folder), areas)
        except DecodeFailed as problem:
            log.warning("picture %s cannot be decoded: %s", photo, problem)
            _publish(photo, None, _broken())
        except DecoderBroken:
            if not _given_up(photo):
                raise
        else:
            facts = {} if areas else _facts(answer)  # the hash stays that of the picture as it was taken
            _publish(photo, Path(folder), {"state": PhotoState.READY, "problem": "", "tries": 0, **facts})
    photo.refresh_from_db()
    return photo


def areas_of(photo: Photo) -> list[list[float]]:
    """The areas to be blurred today, as ``[left, top, width, height]``."""
    rows = photo.blurs.filter(undone_at=None).order_by("pk")
    return [list(row) for row in rows.values_list("left", "top", "width", "height")]


def _given_up(photo: Photo) -> bool:
    """Count this try; whether it was the last one."""
    Photo.objects.filter(pk=photo.pk).update(tries=F("tries") + 1)
    photo.refresh_from_db(fields=["tries"])
    if photo.tries < MOST_TRIES:
        return False
    log.error("picture %s brought the decoder down %d times and is given up", photo, photo.tries)
    text = _("ระบบทำภาพนี้ไม่สำเร็จหลายครั้ง ส่งภาพนี้ใหม่อีกครั้ง หากยังไม่ได้ ใช้ภาพอื่นแทนและแจ้งผู้ดูแลระบบ")
    _publish(photo, None, {"state": PhotoState.BROKEN, "problem": text})
    return True


def _broken() -> dict[str, Any]:
    text = _("เปิดภาพนี้ไม่ได้ ไฟล์เสียหาย นำภาพนี้ออก แล้วถ่ายหรือบันทึกภาพใหม่ส่งแทน")
    return {"state": PhotoState.BROKEN, "problem": text}


def _publish(photo: Photo, folder: Path | None, changes: dict[str, Any]) -> None:
    """Move the finished copies into place, unless the picture is to be made otherwise by now."""
    with transaction.atomic():
        current = Photo.objects.select_for_update().get(pk=photo.pk)
        if current.copies != photo.copies:
            return
        if folder is not None:
            store.published_folder(photo.sha256).mkdir(parents=True, exist_ok=True)
            for size in LONG_SIDE:
                store.keep(folder / f"{size.value}.jpg", store.published(photo.sha256, size))
        Photo.objects.filter(pk=photo.pk).update(**changes)


def run_decoder(
    photo: Photo, folder: Path, areas: list[list[float]], sizes: dict[str, int] | None = None
) -> dict[str, Any]:
    """Run ``decode.py`` on the original, ``areas`` blurred: one JPEG a size, by its long side.

    :raises DecodeFailed: it gave up, crashed or took too long.
    """
    order = {
        "source": str(store.original(photo.sha256)),
        "format": photo.format,
        "target": str(folder),
        "sizes": sizes or {size.value: side for size, side in LONG_SIDE.items()},
        "blurs": areas,
        "memory": MEMORY,
        "seconds": PROCESSOR_SECONDS,
    }
    if not store.original(photo.sha256).exists():
        raise DecodeFailed("the original is missing")  # sending the file again brings it back
    environment = {
        "PATH": os.defpath,
        "VIPS_BLOCK_UNTRUSTED": "1",
        "VIPS_CONCURRENCY": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    try:
        done = subprocess.run(  # noqa: S603 (our own program, no shell, paths are made from a hash)
            [sys.executable, "-I", str(Path(decode.__file__))],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=WALL_SECONDS,
            env=environment,
            cwd=folder,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DecodeFailed("took too long") from None
    if done.returncode == 0:
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
    if done.returncode > 0 and done.returncode != decode.BAD_PICTURE:
        raise DecoderBroken(f"the decoder itself is broken: {done.stderr[-500:].decode(errors='replace')}")
    if shutil.disk_usage(folder).free < decode.LARGEST_COPY:
        raise OSError("the disk is full")
    raise DecodeFailed(
        f"exit {done.returncode}: {(done.stdout or done.stderr)[-500:].decode(errors='replace')}"
    )


def _facts(answer: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"width": answer["width"], "height": answer["height"]}
    if rules.tells_apart(answer["dhash"], answer["spread"]):
        first, second, third, fourth = rules.bands(answer["dhash"])
        facts |= {"dhash": rules.signed(answer["dhash"]), "band0": first, "band1": second}
        facts |= {"band2": third, "band3": fourth}
    return facts

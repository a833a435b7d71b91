"""Make the sizes of a picture of the library: for a square post, a wide screen, a story, a sheet of A4.

The original, which anybody may have made to hurt a decoder, is opened only by the photos' decoder in
its own process. What that gives back is a JPEG of ours, from which the shapes are put together here:
the whole picture, nothing cut off, on a blurred ground of itself (on white for A4).
"""

import logging
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyvips
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from jitasa.photos import store as photo_store
from jitasa.photos.services.prepare import DecodeFailed, run_decoder
from jitasa.publicity.choices import FileState, Variant
from jitasa.publicity.models import MaterialFile
from jitasa.publicity.store import path_of

log = logging.getLogger(__name__)
QUALITY = 88
# Long sides in pixels: A3 at 300 dots an inch, what the shapes are made from, a tile of the library.
DECODED = {"print": 4961, "base": 1920, "thumb": 480}
SHAPES = {Variant.SQUARE: (1080, 1080), Variant.WIDE: (1600, 900), Variant.TALL: (1080, 1920)}
A4 = (1240, 1754)  # 150 dots an inch, upright
BLUR = 24.0
MOST_AT_ONCE = 100
ASK_AGAIN_AFTER = timedelta(minutes=2)


def shape(*, file_id: int) -> str:
    """Make the sizes of a waiting picture; return its state. Safe to run again."""
    row = MaterialFile.objects.select_related("photo").filter(pk=file_id, photo__isnull=False).first()
    if row is None:
        return "gone"
    if row.state != FileState.PENDING:
        return row.state
    try:
        changes: dict[str, Any] = {"state": FileState.READY, "copies": _made(row)}
    except DecodeFailed as problem:
        log.warning("picture %s of a material cannot be decoded: %s", row.pk, problem)
        text = _("เปิดภาพนี้ไม่ได้ ไฟล์เสียหาย นำออกแล้วส่งภาพใหม่แทน")
        changes = {"state": FileState.BROKEN, "problem": text}
    MaterialFile.objects.filter(pk=row.pk).update(**changes)
    return str(changes["state"])


def _made(row: MaterialFile) -> dict[str, list[int]]:
    """Write every size beside its place, then move them there. Answers ``{variant: [w, h, bytes]}``."""
    assert row.photo is not None
    with tempfile.TemporaryDirectory(dir=photo_store.incoming()) as name:
        folder = Path(name)
        run_decoder(row.photo, folder, DECODED)
        base = pyvips.Image.new_from_file(str(folder / "base.jpg")).copy_memory()
        for variant, size in SHAPES.items():
            _save(_on_itself(base, *size), folder / f"{variant.value}.jpg")
        _save(_on_paper(base), folder / "a4.jpg")
        copies = {}
        for variant in (Variant.THUMB, *SHAPES, Variant.A4, Variant.PRINT):
            path = folder / f"{variant.value}.jpg"
            image = pyvips.Image.new_from_file(str(path))
            copies[variant.value] = [image.width, image.height, path.stat().st_size]
            photo_store.keep(path, path_of(row.sha256, variant))
    return copies


def _fitted(image: Any, width: int, height: int) -> Any:
    """The whole picture, as large as fits."""
    return image.thumbnail_image(width, height=height, size="both")


def _on_itself(image: Any, width: int, height: int) -> Any:
    """On its own picture, enlarged, blurred and dimmed; a picture of that very shape fills it."""
    whole = _fitted(image, width, height)
    if (whole.width, whole.height) == (width, height):
        return whole
    small = image.thumbnail_image(width // 8, height=height // 8, size="both", crop="centre")
    ground = (
        (small.gaussblur(BLUR / 4) * 0.72).cast("uchar").thumbnail_image(width, height=height, size="force")
    )
    return ground.insert(whole, (width - whole.width) // 2, (height - whole.height) // 2)


def _on_paper(image: Any) -> Any:
    """In the middle of an A4 sheet, upright or lying as the picture is."""
    width, height = A4 if image.height >= image.width else A4[::-1]
    whole = _fitted(image, width, height)
    left, top = (width - whole.width) // 2, (height - whole.height) // 2
    return whole.embed(left, top, width, height, extend="background", background=[255, 255, 255])


def _save(image: Any, path: Path) -> None:
    image.jpegsave(str(path), Q=QUALITY, optimize_coding=True, interlace=True, keep="none")


def ask_again(*, now: datetime) -> int:
    """Ask the worker anew for pictures nobody has made; called by the worker's upkeep."""
    from jitasa.publicity.tasks import shape as task

    queued = {
        (row["args"] or [None])[0]
        for row in DBTaskResult.objects.filter(task_path=task.module_path, status="READY")
        .values_list("args_kwargs", flat=True)
        .iterator()
    }
    waiting = MaterialFile.objects.filter(state=FileState.PENDING, created_at__lt=now - ASK_AGAIN_AFTER)
    pks = waiting.exclude(pk__in=queued).order_by("created_at").values_list("pk", flat=True)
    lost = list(pks[:MOST_AT_ONCE])
    for pk in lost:
        task.enqueue(pk)
    return len(lost)

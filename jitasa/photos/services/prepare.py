"""Make the published copies of one picture, in a process with limits of its own."""

import logging
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from jitasa.files.reading import here
from jitasa.photos import decode, rules, store
from jitasa.photos.choices import LONG_SIDE
from jitasa.photos.decoder import DecodeOutcome, Order, decode_one
from jitasa.photos.models import Blur, Photo, PhotoState

log = logging.getLogger(__name__)

# So often a picture may bring down the decoder itself before it is given up.
MOST_TRIES = 5
TRIAL_SIDE = 320


class DecoderBroken(RuntimeError):
    """The decoder ended in a way nobody foresaw: its fault, or this picture's."""


class DecodeFailed(Exception):
    """The picture itself cannot be decoded within the limits."""


@dataclass(frozen=True)
class Job:
    """One picture being made: its row as read before the areas, and the folder its copies are written to."""

    photo: Photo
    areas: list[list[float]]
    folder: tempfile.TemporaryDirectory[str]

    def order(self) -> Order:
        """What the decoder is asked for."""
        sizes = {size.value: side for size, side in LONG_SIDE.items()}
        return _order(self.photo, Path(self.folder.name), self.areas, sizes)


def after_commit(photo: Photo) -> None:
    """A picture was stored or is to be made anew: the picture worker finds it by its state.

    With ``PHOTOS_MADE_BY_WORKER`` off (tests, tools) it is made here and now.
    """
    if not settings.PHOTOS_MADE_BY_WORKER:
        prepare(photo)


def prepare(photo: Photo) -> Photo:
    """Decode, publish three sizes, note size and hash: ``READY``, or ``BROKEN`` with a Thai reason.

    May run twice: the result is the same. A failure of the machine (disk full, killed) is raised and
    leaves the picture ``PENDING``, to be tried again. So is a failure of the decoder itself, but only
    ``MOST_TRIES`` times: then the picture is ``BROKEN`` and the log says so. When areas were blurred or
    unblurred meanwhile nothing is published: the picture is ``PENDING`` for those.
    """
    photo.refresh_from_db(fields=["copies"])  # before the areas: older areas would not go unnoticed
    job = begin(photo, list(photo.blurs.filter(undone_at=None).order_by("pk")))
    finish(job, decode_one(job.order()))
    photo.refresh_from_db()
    return photo


def begin(photo: Photo, blurs: Sequence[Blur]) -> Job:
    """A job for the decoder; ``photo`` was read before ``blurs``, the areas that hold today."""
    areas = [[blur.left, blur.top, blur.width, blur.height] for blur in blurs]
    return Job(photo, areas, tempfile.TemporaryDirectory(dir=store.incoming()))


def finish(job: Job, outcome: DecodeOutcome) -> None:
    """Publish what the decoder made, or say what is wrong with the picture; the folder is gone after.

    :raises DecoderBroken: the decoder's fault, fewer than ``MOST_TRIES`` times.
    :raises OSError: the machine's fault, such as a full disk.
    """
    photo = job.photo
    with job.folder as folder:
        try:
            answer = _answer(outcome, photo, Path(folder))
        except DecodeFailed as problem:
            log.warning("picture %s cannot be decoded: %s", photo, problem)
            _publish(photo, None, _broken())
        except DecoderBroken:
            if not _given_up(photo):
                raise
        else:
            facts = {} if job.areas else _facts(answer)  # the hash stays that of the picture as taken
            done = {"state": PhotoState.READY, "problem": "", "tries": 0, "claimed_until": None}
            _publish(photo, Path(folder), {**done, **facts})


def _given_up(photo: Photo) -> bool:
    """Count this try; whether it was the last one."""
    Photo.objects.filter(pk=photo.pk).update(tries=F("tries") + 1)
    photo.refresh_from_db(fields=["tries"])
    if photo.tries < MOST_TRIES:
        return False
    log.error("picture %s brought the decoder down %d times and is given up", photo, photo.tries)
    text = _("ระบบทำภาพนี้ไม่สำเร็จหลายครั้ง ส่งภาพนี้ใหม่อีกครั้ง หากยังไม่ได้ ใช้ภาพอื่นแทนและแจ้งผู้ดูแลระบบ")
    _publish(photo, None, {"state": PhotoState.BROKEN, "problem": text, "claimed_until": None})
    return True


def _broken() -> dict[str, Any]:
    text = _("เปิดภาพนี้ไม่ได้ ไฟล์เสียหาย นำภาพนี้ออก แล้วถ่ายหรือบันทึกภาพใหม่ส่งแทน")
    return {"state": PhotoState.BROKEN, "problem": text, "claimed_until": None}


def _publish(photo: Photo, folder: Path | None, changes: dict[str, Any]) -> None:
    """Move the finished copies into place, unless the picture is to be made otherwise by now."""
    with transaction.atomic():
        current = Photo.objects.select_for_update(no_key=True).get(pk=photo.pk)
        if current.copies != photo.copies:
            return
        if folder is not None:
            made = [(folder / f"{size.value}.jpg", store.published(photo.sha256, size)) for size in LONG_SIDE]
            store.keep_all(made)
        Photo.objects.filter(pk=photo.pk).update(**changes)


def run_decoder(photo: Photo, folder: Path, sizes: dict[str, int]) -> dict[str, Any]:
    """Decode the original as it is: one JPEG a size in ``folder``, by its long side.

    :raises DecodeFailed: it gave up, crashed or took too long.
    :raises DecoderBroken: the decoder itself is at fault.
    """
    return _answer(decode_one(_order(photo, folder, [], sizes)), photo, folder)


def can_be_decoded(source: Path, kind: str) -> bool:
    """Whether a file that was just received is whole: decoded in the process with limits, nothing is kept."""
    with tempfile.TemporaryDirectory(dir=store.incoming()) as folder:
        return decode_one(Order(source, kind, Path(folder), {"trial": TRIAL_SIDE}, [])).exit == 0


def _order(photo: Photo, folder: Path, areas: list[list[float]], sizes: dict[str, int]) -> Order:
    original = store.original(photo.sha256)
    return Order(here(original) or original, photo.format, folder, sizes, areas)


def _answer(outcome: DecodeOutcome, photo: Photo, folder: Path) -> dict[str, Any]:
    """What the decoder found. A missing original is the picture's fault: sent again it comes back."""
    if outcome.exit == 0:
        return outcome.answer
    if outcome.exit is None or outcome.exit == decode.PROGRAM_FAULT:
        raise DecoderBroken(f"the decoder itself is broken: {outcome.answer.get('problem', 'it is gone')}")
    if outcome.overdue:
        raise DecodeFailed("took too long")
    if shutil.disk_usage(folder).free < decode.LARGEST_COPY:
        raise OSError("the disk is full")
    if not store.original(photo.sha256).exists():
        raise DecodeFailed("the original is missing")
    raise DecodeFailed(f"exit {outcome.exit}: {outcome.answer.get('problem', '')}")


def _facts(answer: dict[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {"width": answer["width"], "height": answer["height"]}
    if rules.tells_apart(answer["dhash"], answer["spread"]):
        first, second, third, fourth = rules.bands(answer["dhash"])
        facts |= {"dhash": rules.signed(answer["dhash"]), "band0": first, "band1": second}
        facts |= {"band2": third, "band3": fourth}
    return facts

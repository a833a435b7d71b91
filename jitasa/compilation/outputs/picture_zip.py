"""All pictures of a compilation's records in one archive, with a list: stored as they are, one in memory at a time."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.db.models import Count

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs.records import harmless, of_compilation
from jitasa.documents.xlsx import Writable
from jitasa.files.reading import here
from jitasa.photos import store
from jitasa.photos.choices import Size
from jitasa.photos.models import Blur, Photo, PhotoState
from jitasa.thai.dates import BANGKOK

LIST = "pictures.csv"
TITLES = ("ไฟล์", "เลขที่รายงาน", "uuid", "รหัสหน่วยงาน", "หน่วยงาน", "กิจกรรม", "วันที่", "คำบรรยาย", "เผยแพร่ได้", "ปรากฏใบหน้าเด็ก", "sha256", "หมายเหตุ")  # fmt: skip
NOT_THERE = "ไม่มีไฟล์ภาพ"


def facts(compilation: Compilation) -> list[Any]:
    """Pictures of the month that were blurred or shown again since give another archive."""
    blurs = Blur.objects.filter(photo__uses__activity__month=compilation.month)
    found = blurs.aggregate(made=Count("pk", distinct=True), undone=Count("undone_at"))
    return [found["made"], found["undone"]]


def write(out: Writable, compilation: Compilation, told: Callable[[int, int], None]) -> None:
    """The copies that officers see, large, by province and office; what is missing stands in the list with a word."""
    to_do = compilation.tables["totals"]["photos"]
    made_at = compilation.made_at.astimezone(BANGKOK)
    listed = io.StringIO()
    rows = csv.writer(listed, lineterminator="\r\n")
    rows.writerow(TITLES)
    with zipfile.ZipFile(cast("IO[bytes]", out), "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        for done, (record, number, photo) in enumerate(_pictures(compilation)):
            told(done, max(to_do, done))
            name = _name(record, number)
            path = _copy_of(photo["sha256"])
            if path is not None:
                archive.writestr(_entry(name, made_at), path.read_bytes())
            rows.writerow(_line(name, record, photo, "" if path is not None else NOT_THERE))
        archive.writestr(_entry(LIST, made_at), b"\xef\xbb\xbf" + listed.getvalue().encode())


def _copy_of(sha256: str) -> Path | None:
    """The copy as it may be seen now; a picture that waits to be blurred has none, whatever lies in its place."""
    if not Photo.objects.filter(sha256=sha256, state=PhotoState.READY).exists():
        return None
    return here(store.published(sha256, Size.LARGE))


def _pictures(compilation: Compilation) -> Iterator[tuple[dict[str, Any], int, dict[str, Any]]]:
    """(record, its how many-th, the picture) in the order of offices."""
    for source in of_compilation(compilation):
        for number, photo in enumerate(source.data["values"]["photos"], start=1):
            yield source.data, number, photo


def _name(record: dict[str, Any], number: int) -> str:
    """``81/06810101/81-6911-000123-1.jpg``: letters that every program can unpack."""
    code = record["organization"]["code"]
    return f"{code[2:4]}/{code}/{record['number'] or record['uuid']}-{number}.jpg"


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """The same picture of the same compilation is the same entry, whenever it is made."""
    year, month, day, hour, minute, second, *_rest = at.astimezone(BANGKOK).timetuple()
    entry = zipfile.ZipInfo(name, (year, month, day, hour, minute, second))
    entry.external_attr = 0o644 << 16
    return entry


def _line(name: str, record: dict[str, Any], photo: dict[str, Any], word: str) -> list[Any]:
    office, values = record["organization"], record["values"]
    told = [
        name, record["number"], record["uuid"], office["code"], office["name"], values["name"],
        values["start_date"], photo.get("caption", ""),
    ]  # fmt: skip
    flags = ["ได้" if photo.get("publish", True) else "ไม่", "ใช่" if photo.get("children_visible") else "ไม่"]
    return [harmless(value) for value in (*told, *flags, photo["sha256"], word)]

"""A material and its files as pages show them."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from jitasa.publicity import rules
from jitasa.publicity.choices import FileKind, FileState, Variant
from jitasa.publicity.models import Material, MaterialFile
from jitasa.ui.days import short_date

ICONS = {"poster": "photo", "video": "view", "audio": "bell", "script": "note", "template": "file"}
DOWNLOADED = (Variant.PRINT, Variant.A4, Variant.SQUARE, Variant.WIDE, Variant.TALL)


@dataclass(frozen=True)
class Card:
    """``thumb`` is the file whose small picture stands for the material; ``tone`` and ``state`` its tag."""

    material: Material
    tone: str
    state: str
    thumb: MaterialFile | None
    icon: str
    times: int
    people: int

    @property
    def usable(self) -> bool:
        return self.tone not in ("idle", "bad")


def shown(material: Material, day: date, figures: tuple[int, int] = (0, 0)) -> Card:
    files = list(material.files.all())
    ready = [each for each in files if each.kind == FileKind.IMAGE and each.state == FileState.READY]
    tone, state = _state(material, day)
    return Card(
        material, tone, state, ready[0] if ready else None, ICONS.get(material.kind, "file"), *figures
    )


def _state(material: Material, day: date) -> tuple[str, str]:
    if material.withdrawn_at is not None:
        return "bad", _("ถอนแล้ว")
    if material.use_to is not None and rules.is_over(material, day):
        return "idle", _("หมดเวลาใช้ %s") % short_date(material.use_to)
    if material.use_from is not None and rules.is_ahead(material, day):
        return "info", _("ใช้ได้ตั้งแต่ %s") % short_date(material.use_from)
    if material.use_to is not None:
        return "ok", _("ใช้ได้ถึง %s") % short_date(material.use_to)
    return "ok", _("ใช้ได้")


@dataclass(frozen=True)
class Copy:
    """One thing to fetch: its words, size in dots (0: none) and bytes."""

    variant: str
    label: str
    width: int
    height: int
    bytes: int


@dataclass(frozen=True)
class FileTile:
    file: MaterialFile
    copies: list[Copy]


def tiles(material: Material) -> list[FileTile]:
    """Every file with what can be fetched of it."""
    return [FileTile(each, copies_of(each)) for each in material.files.all()]


def copies_of(file: MaterialFile) -> list[Copy]:
    if file.state != FileState.READY:
        return []
    if file.kind != FileKind.IMAGE:
        return [Copy(Variant.ORIGINAL.value, str(_("ดาวน์โหลด")), 0, 0, file.bytes)]
    return [
        Copy(variant.value, str(variant.label), *file.copies[variant.value])
        for variant in DOWNLOADED
        if variant.value in file.copies
    ]

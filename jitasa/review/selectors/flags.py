"""The flags of a record as a reviewer reads them: a sentence with the evidence, and only what is his to see."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jitasa.activities.models import Activity
from jitasa.organizations.selectors.geography import tambon
from jitasa.organizations.viewer import Viewer
from jitasa.review.choices import FlagKind
from jitasa.review.models import Flag
from jitasa.review.rules import FIELDS_OF_FLAG, PART_OF_FLAG
from jitasa.ui.days import short_date

SHORT: Mapping[str, Any] = {
    FlagKind.SAME_PHOTO: gettext_lazy("ภาพซ้ำ"),
    FlagKind.PHOTO_DATE: gettext_lazy("วันที่ไม่ตรงกับภาพ"),
    FlagKind.PHOTO_PLACE: gettext_lazy("สถานที่ไม่ตรงกับภาพ"),
    FlagKind.OUTSIDE_AREA: gettext_lazy("นอกพื้นที่"),
    FlagKind.HEAD_COUNT: gettext_lazy("จำนวนคน"),
    FlagKind.SAME_EVENT: gettext_lazy("อาจซ้ำงานอื่น"),
}


@dataclass(frozen=True)
class ShownFlag:
    """One flag for one viewer. ``other`` is set only when the viewer may see that record.

    Of a record out of sight only ``other_office`` and ``other_month`` are told, and no picture.
    """

    kind: str
    label: str
    short: str
    part: str
    sentence: str
    fields: tuple[str, ...]
    photos: Mapping[str, str] = field(default_factory=dict)
    other: Activity | None = None
    other_office: str = ""
    other_month: date | None = None

    @property
    def hidden(self) -> bool:
        """Whether there is another record that the viewer may not see."""
        return self.other is None and bool(self.other_office)


def shown_flags(viewer: Viewer, activity: Activity) -> list[ShownFlag]:
    """The record's flags in the order found; reads ``activity.flags`` with ``other`` as prefetched."""
    flags = list(activity.flags.all())
    seen = _in_sight(viewer, [flag.other_id for flag in flags if flag.other_id])
    return [_shown(flag, seen) for flag in flags]


def by_part(flags: Iterable[ShownFlag]) -> dict[str, list[ShownFlag]]:
    """Flags by the part of the page they stand beside."""
    parts: dict[str, list[ShownFlag]] = {part: [] for part in PART_OF_FLAG.values()}
    for flag in flags:
        parts[flag.part].append(flag)
    return parts


def photo_marks(flags: Iterable[ShownFlag]) -> dict[str, list[str]]:
    """What is wrong with each picture, by its hash."""
    marks: dict[str, list[str]] = {}
    for flag in flags:
        for sha256, words in flag.photos.items():
            known = marks.setdefault(sha256, [])
            if words not in known:
                known.append(words)
    return marks


def _in_sight(viewer: Viewer, ids: Collection[int]) -> set[int]:
    if not ids:
        return set()
    return set(Activity.objects.visible_to(viewer).filter(pk__in=ids).values_list("pk", flat=True))


def _shown(flag: Flag, seen: Collection[int]) -> ShownFlag:
    other = flag.other
    return ShownFlag(
        kind=flag.kind,
        label=flag.get_kind_display(),
        short=str(SHORT.get(flag.kind, flag.get_kind_display())),
        part=PART_OF_FLAG[flag.kind],
        sentence=sentence(flag.kind, flag.evidence),
        fields=FIELDS_OF_FLAG[flag.kind],
        photos=_marks(flag.kind, flag.evidence),
        other=other if other is not None and other.pk in seen else None,
        other_office=other.organization_name if other is not None else "",
        other_month=other.month if other is not None else None,
    )


def sentence(kind: str, evidence: Mapping[str, Any]) -> str:
    """The evidence in one Thai sentence. It tells nothing of the other record but likeness and distance."""
    return _SENTENCES[FlagKind(kind)](evidence)


def _same_photo(evidence: Mapping[str, Any]) -> str:
    pairs = evidence["pairs"]
    exact = sum(1 for pair in pairs if pair["exact"])
    if exact == len(pairs):
        return _("ภาพเดียวกัน %(n)d ภาพ อยู่ในอีกกิจกรรมหนึ่ง") % {"n": exact}
    if not exact:
        return _("ภาพคล้ายกันมาก %(n)d คู่ กับอีกกิจกรรมหนึ่ง") % {"n": len(pairs)}
    return _("ภาพเดียวกัน %(n)d ภาพ และคล้ายกันมากอีก %(like)d คู่ กับอีกกิจกรรมหนึ่ง") % {
        "n": exact,
        "like": len(pairs) - exact,
    }


def _photo_date(evidence: Mapping[str, Any]) -> str:
    days = sorted({row["taken_on"] for row in evidence["photos"]})
    told = " · ".join(short_date(date.fromisoformat(day)) for day in days[:4])
    return _("บันทึกว่าจัดวันที่ %(start)s แต่ภาพ %(n)d ภาพถ่ายเมื่อ %(days)s") % {
        "start": short_date(date.fromisoformat(evidence["start"])),
        "n": len(evidence["photos"]),
        "days": told,
    }


def _photo_place(evidence: Mapping[str, Any]) -> str:
    far = max(row["km"] for row in evidence["photos"])
    return _("ภาพ %(n)d ภาพถ่ายห่างจากหมุดของกิจกรรมถึง %(km)s กม.") % {
        "n": len(evidence["photos"]),
        "km": f"{far:,.1f}",
    }


def _outside_area(evidence: Mapping[str, Any]) -> str:
    words = []
    code = evidence.get("tambon_code", "")
    if code:
        known = tambon(code)
        name = _("ต.%(name)s") % {"name": known.name_th} if known else _("ตำบลที่เลือก")
        words.append(_("%(tambon)s ไม่อยู่ในพื้นที่ของหน่วยงาน") % {"tambon": name})
    if "km" in evidence:
        words.append(
            _("หมุดอยู่ห่างจากสำนักงาน %(km)s กม. (ปกติไม่เกิน %(reach)s กม.)")
            % {"km": f"{evidence['km']:,.1f}", "reach": f"{evidence['reach_km']:,.0f}"}
        )
    return " · ".join(words)


def _head_count(evidence: Mapping[str, Any]) -> str:
    facts = {name: f"{evidence.get(name, 0):,}" for name in ("count", "usual", "times", "of", "low", "high")}
    if evidence["basis"] == "country":
        return _("%(count)s คน มากกว่าค่าเฉลี่ยทั้งประเทศ (%(usual)s คน) %(times)s เท่า") % facts
    if evidence["count"] >= evidence["usual"]:
        return _("%(count)s คน มากกว่าปกติของหน่วยงานนี้ (%(usual)s คน จาก %(of)s ครั้งก่อน) %(times)s เท่า") % facts
    return _("%(count)s คน น้อยกว่าปกติของหน่วยงานนี้ (%(usual)s คน จาก %(of)s ครั้งก่อน) %(times)s เท่า") % facts


def _same_event(evidence: Mapping[str, Any]) -> str:
    words = [_("วันเดียวกัน")]
    if "km" in evidence:
        words.append(_("ห่างกัน %(km)s กม.") % {"km": f"{evidence['km']:,.2f}"})
    if evidence.get("same_place"):
        words.append(_("สถานที่เดียวกัน"))
    if evidence.get("name_likeness", 0) >= 0.6:
        words.append(_("ชื่อเหมือนกัน %(percent)d%%") % {"percent": round(evidence["name_likeness"] * 100)})
    return " · ".join([*words, _("และยังไม่ได้เชื่อมโยงเป็นงานเดียวกัน")])


_SENTENCES = {
    FlagKind.SAME_PHOTO: _same_photo,
    FlagKind.PHOTO_DATE: _photo_date,
    FlagKind.PHOTO_PLACE: _photo_place,
    FlagKind.OUTSIDE_AREA: _outside_area,
    FlagKind.HEAD_COUNT: _head_count,
    FlagKind.SAME_EVENT: _same_event,
}


def _marks(kind: str, evidence: Mapping[str, Any]) -> dict[str, str]:
    if kind == FlagKind.SAME_PHOTO:
        words = {True: _("ภาพซ้ำ"), False: _("คล้ายภาพอื่น")}
        return {
            pair["mine"]: words[pair["exact"]] for pair in sorted(evidence["pairs"], key=lambda p: p["exact"])
        }
    if kind == FlagKind.PHOTO_DATE:
        return {
            row["sha256"]: _("ถ่าย %(day)s") % {"day": short_date(date.fromisoformat(row["taken_on"]))}
            for row in evidence["photos"]
        }
    if kind == FlagKind.PHOTO_PLACE:
        return {
            row["sha256"]: _("ห่างหมุด %(km)s กม.") % {"km": f"{row['km']:,.1f}"} for row in evidence["photos"]
        }
    return {}

"""The record's form: what is typed or posted becomes ``ActivityValues``."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext_lazy as _

from jitasa.activities.choices import Basis, BudgetSource, ChannelKind, Part, PointSource
from jitasa.activities.form_fields import ChannelField, CodeField, DegreesField, IdField, ThaiTimeField
from jitasa.activities.models import Activity
from jitasa.activities.selectors import choices
from jitasa.activities.selectors.days import believed_since
from jitasa.activities.selectors.places import tambon_choices
from jitasa.activities.selectors.values import Parts
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.organizations.models import Organization
from jitasa.thai.dates import month_of
from jitasa.ui.forms import (
    ANY_DAY,
    DayTyped,
    Expected,
    PillSelect,
    PillSelectMultiple,
    ThaiDateField,
    ThaiDateInput,
    ThaiDecimalField,
    ThaiIntegerField,
)
from jitasa.ui.reading import identifier
from jitasa.ui.shared_fields import SharedFields, copied

GROUP, MEASURE = "group_", "measure_"
MOST_POSTED_PHOTOS = 100
MEASURES_SHOWN, GROUPS_SHOWN = 2, 4  # the rest is folded away until wanted
SHA_LETTERS = 64
ID_DIGITS = 15


def _text(label: Any, rows: int = 0, **attrs: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **attrs}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=False, widget=widget)


@lru_cache(256)
def count_box(label: str) -> forms.Field:
    """The box of one group, shared by all forms (``copied``)."""
    return ThaiIntegerField(label=label, required=False, min_value=0, max_value=10**6)


@lru_cache(256)
def amount_box(label: str, decimals: int) -> forms.Field:
    """The box of one measure, shared by all forms."""
    return ThaiDecimalField(label=label, required=False, min_value=0, max_digits=14, decimal_places=decimals)


class RecordForm(forms.Form):
    """One record. ``required`` marks what the round asks for; nothing is required to keep a draft."""

    use_required_attribute = False

    name = _text(_("ชื่อกิจกรรม"), placeholder=_("เช่น ทำความสะอาดหาด หมู่ที่ 3"))
    kind = CodeField(label=_("ประเภท"), required=False, widget=PillSelect)
    sub_kind = CodeField(label=_("ลักษณะงาน"), required=False)
    start_date = ThaiDateField(
        label=_("วันที่จัด"),
        required=False,
        expected=ANY_DAY,
        widget=ThaiDateInput({"placeholder": _("วัน เดือน ปี")}),
    )
    end_date = ThaiDateField(
        label=_("ถึงวันที่"), required=False, expected=ANY_DAY, help_text=_("หากจัดวันเดียวให้เว้นว่าง")
    )
    start_time = ThaiTimeField(label=_("เวลาเริ่ม"), required=False)
    end_time = ThaiTimeField(label=_("เวลาสิ้นสุด"), required=False)
    place = _text(_("สถานที่"), placeholder=_("เช่น หาดนพรัตน์ธารา"))
    moo = ThaiIntegerField(label=_("หมู่ที่"), required=False, min_value=0, max_value=99)
    tambon_code = CodeField(label=_("ตำบล"), required=False)
    latitude = DegreesField(label=_("ละติจูด"), required=False)
    longitude = DegreesField(label=_("ลองจิจูด"), required=False)
    point_source = forms.ChoiceField(
        choices=[("", ""), *PointSource.choices], required=False, widget=forms.HiddenInput
    )
    basis = forms.ChoiceField(
        label=_("เนื่องในโอกาส"), choices=Basis.choices, required=False, widget=forms.Select, initial=Basis.NONE
    )
    occasion_id = IdField(label=_("วันสำคัญ"), required=False)
    part = forms.ChoiceField(label=_("บทบาท"), choices=Part.choices, required=False, widget=PillSelect)
    host_organization_id = IdField(label=_("หน่วยงานเจ้าภาพ"), required=False)
    host_name = _text(_("เจ้าภาพที่ไม่อยู่ในรายการ"))
    host_activity = forms.UUIDField(label=_("กิจกรรมของเจ้าภาพ"), required=False, widget=forms.Select)
    men = ThaiIntegerField(label=_("ชาย"), required=False, min_value=0, max_value=10**6)
    women = ThaiIntegerField(label=_("หญิง"), required=False, min_value=0, max_value=10**6)
    chair_position = _text(_("ตำแหน่งของประธานในพิธี"), maxlength=200, placeholder=_("เช่น นายก อบต."))
    chair_name = _text(_("ชื่อประธาน"), maxlength=150)
    result = _text(_("ผลการดำเนินงาน"), rows=3)
    budget_source = forms.ChoiceField(
        label=_("งบประมาณ"), choices=BudgetSource.choices, required=False, widget=forms.Select
    )
    budget_project = _text(_("ชื่อโครงการ/ข้อบัญญัติ"), maxlength=250)
    budget_amount = ThaiDecimalField(
        label=_("จำนวนเงิน (บาท)"), required=False, max_digits=12, decimal_places=2, min_value=0
    )
    publicity = ChannelField(
        label=_("ช่องทางประชาสัมพันธ์"),
        choices=ChannelKind.choices,
        required=False,
        widget=PillSelectMultiple,
    )
    publicity_link = forms.URLField(
        label=_("ลิงก์เผยแพร่"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("ลิงก์ไม่ถูกต้อง คัดลอกมาทั้งหมด ตั้งแต่ https://")},
    )
    problems = _text(_("ปัญหาอุปสรรค"), rows=2)
    suggestions = _text(_("ข้อเสนอแนะ"), rows=2)

    def __init__(
        self,
        *args: Any,
        office: Organization | None,
        activity: Activity | None,
        parts: Parts | None = None,
        required: Collection[str],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.offer = choices.offer_for(activity, parts)
        self._offer_lists()
        self._offer_places(office, activity, today)
        must = {FIELD_OF.get(name, name) for name in required}
        for name, field in self.fields.items():
            field.required = name in must
        self.asks_captions = "photo_captions" in required
        self._believe_days(office, today)
        self.blocks: dict[str, list[str]] = {}
        self.twins: Sequence[Activity] = ()  # records that may be this very activity: asked before it is sent
        self.came_back: set[str] = set()  # blocks of the page that a reviewer's reason concerns

    def _believe_days(self, office: Organization | None, today: date) -> None:
        """Whether the day is asked back when the record is sent; a draft may have any."""
        day = self._now("start_date")
        if day is None or office is None or month_of(day) == month_of(today):
            return
        box = cast("ThaiDateInput", self.fields["start_date"].widget)
        box.expected = Expected(past=(today - believed_since(office, today)).days, ahead=None)
        box.believes_kept, box.sure_day = False, self.initial.get("day_confirmed")

    def _day_confirmed(self, day: date | None) -> date | None:
        """The day, if the box beside it says yes to it."""
        typed = self["start_date"].data
        sure = typed.sure if isinstance(typed, DayTyped) else ""
        return day if day is not None and sure == day.isoformat() else None

    def _choices(self, name: str, offered: Callable[[], Any]) -> None:
        """What is offered, made when a page shows it: what is posted is checked by the service."""
        self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field

    def _offer_lists(self) -> None:
        offer = self.offer
        self._choices("kind", lambda: [(row.code, row.words) for row in offer.kinds])
        self._choices("sub_kind", lambda: [("", _("เลือกลักษณะงาน")), *choices.sub_kind_choices(offer)])
        for group in offer.groups:
            self.fields[GROUP + group.code] = copied(count_box(group.words))
        for measure in offer.measures:
            label = f"{measure.words} ({measure.unit})"
            self.fields[MEASURE + measure.code] = copied(amount_box(label, max(measure.decimals, 0)))

    def _offer_places(self, office: Organization | None, activity: Activity | None, today: date) -> None:
        """``office`` is ``None`` in the page that is the same for everybody: the device fills in its own (docs/adr/0067)."""

        def tambons() -> Any:
            tambon = str(self._raw("tambon_code") or "")
            return [("", _("เลือกตำบล")), *(tambon_choices(office, keep=tambon) if office else [])]

        def occasions() -> Any:
            day, chosen = self._now("start_date"), self._now("occasion_id")
            offered = choices.occasion_choices(office, day, keep=chosen, today=today) if office else []
            return [("", _("เลือกวันสำคัญ")), *offered]

        def offices() -> Any:
            host = self._now("host_organization_id")
            return [
                ("", _("เลือกหน่วยงาน")),
                *(choices.host_office_choices(office, keep=host) if office else []),
            ]

        def hosts() -> Any:
            host, day = self._now("host_organization_id"), self._now("start_date")
            found = choices.host_activities(host_office_id=host, day=day, own=activity, office=office)
            return [("", _("ไม่เชื่อมโยง หรือเจ้าภาพยังไม่ได้ส่ง")), *map(choices.host_choice, found)]

        self._choices("tambon_code", tambons)
        self._choices("occasion_id", occasions)
        self._choices("host_organization_id", offices)
        self.fields["host_activity"].widget.choices = CallableChoiceIterator(hosts)

    def _raw(self, name: str) -> Any:
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def _now(self, name: str) -> Any:
        """What the field says at present, ``None`` while that makes no sense."""
        raw = self._raw(name)
        if not isinstance(raw, str):
            return raw
        try:
            return identifier(raw) if name.endswith("_id") else self.fields[name].to_python(raw)
        except (ValueError, forms.ValidationError):
            return None

    def _clean_fields(self) -> None:
        """Required only says what the round asks for; a draft may lack anything."""
        marked = [field for field in self.fields.values() if field.required]
        for field in marked:
            field.required = False
        super()._clean_fields()  # type: ignore[misc]  # Django's own step, not in the stubs
        for field in marked:
            field.required = True

    def names_retired(self) -> bool:
        """Whether something is counted under a word that is no longer offered: the record's own may be."""
        known = {GROUP + row.code for row in self.offer.groups}
        known |= {MEASURE + row.code for row in self.offer.measures}
        return any(
            name.startswith((GROUP, MEASURE)) and value and name not in known
            for name, value in self.data.items()
        )

    def group_fields(self) -> tuple[list[BoundField], list[BoundField]]:
        """Each group's box: the first ones and those with something in them, then the rest."""
        boxes = [self[GROUP + row.code] for row in self.offer.groups]
        return _folded(boxes, set(boxes[:GROUPS_SHOWN]))

    def measure_fields(self) -> tuple[list[BoundField], list[BoundField]]:
        """Each measure's box: those of the chosen sub-kind and with something in them, then the rest."""
        chosen = str(self["sub_kind"].value() or "")
        belong = self.measures_of().get(chosen, [])
        boxes = {row.code: self[MEASURE + row.code] for row in self.offer.measures}
        first = [boxes[code] for code in belong]
        others = [box for box in boxes.values() if box not in first]
        return _folded([*first, *others], set(first or others[:MEASURES_SHOWN]))

    def measures_of(self) -> dict[str, list[str]]:
        """Sub-kind → codes of the measures asked for first, of those on offer."""
        known = {row.code for row in self.offer.measures}
        return {
            row.code: codes
            for row in self.offer.sub_kinds
            if (codes := [code for code in row.measures if code in known])
        }

    def values(self, photos: tuple[PhotoValue, ...]) -> ActivityValues:
        """The clean values of a valid form."""
        data: Mapping[str, Any] = self.cleaned_data
        plain = {name: data[name] for name in self.base_fields}
        return ActivityValues(
            **{
                **plain,
                "basis": data["basis"] or Basis.NONE,
                "part": data["part"] or Part.HOST,
                "budget_source": data["budget_source"] or BudgetSource.NONE,
                "publicity": tuple(data["publicity"]),
                "day_confirmed": self._day_confirmed(data["start_date"]),
            },
            groups={
                row.code: data[GROUP + row.code]
                for row in self.offer.groups
                if data[GROUP + row.code] is not None
            },
            measures={
                row.code: data[MEASURE + row.code]
                for row in self.offer.measures
                if data[MEASURE + row.code] is not None
            },
            photos=photos,
        )

    def put(self, problems: Mapping[str, list[str]]) -> None:
        """Put a service's refusals where they belong: a field, else a block of the page."""
        for name, words in problems.items():
            target = FIELD_OF.get(name, name)
            if target in self.fields:
                for text in words:
                    self.add_error(target, text)
            else:
                self.blocks.setdefault(target, []).extend(words)


def _folded(boxes: list[BoundField], first: set[BoundField]) -> tuple[list[BoundField], list[BoundField]]:
    """The boxes in sight (``first``, and those with a number or an error), and those folded away."""
    shown = [box for box in boxes if box in first or box.value() not in (None, "") or box.errors]
    return shown, [box for box in boxes if box not in shown]


RecordForm.base_fields = SharedFields(RecordForm.base_fields)

# Names of rules that are shown at a field, or at a block of the page, of another name.
FIELD_OF = {
    "point": "latitude",
    "men_women": "men",
    "budget": "budget_source",
    "photo_captions": "photos",
}


def initial_of(values: ActivityValues) -> dict[str, Any]:
    """A form's initial data from values."""
    initial = {name: getattr(values, name) for name in RecordForm.base_fields}
    initial["publicity"] = list(values.publicity)
    initial["day_confirmed"] = values.day_confirmed
    initial["host_activity"] = str(values.host_activity) if values.host_activity else ""
    initial |= {GROUP + code: count for code, count in values.groups.items()}
    for code, quantity in values.measures.items():
        initial[MEASURE + code] = format(quantity.normalize(), "f")
    return initial


def posted_photos(post: Any) -> tuple[PhotoValue, ...]:
    """The pictures named in a posted form, in their order."""
    shas = [sha for sha in post.getlist("photo") if len(sha) == SHA_LETTERS and sha.isalnum()]
    return tuple(
        PhotoValue(
            sha256=sha,
            caption=post.get(f"caption_{sha}", ""),
            children_visible=bool(post.get(f"children_{sha}")),
            publish=bool(post.get(f"publish_{sha}")),
        )
        for sha in dict.fromkeys(shas[:MOST_POSTED_PHOTOS])
        if not post.get(f"remove_{sha}")
    )

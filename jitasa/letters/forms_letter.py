"""The form of writing a letter: its single parts, and lines of text, citations and enclosures."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.selectors.areas import PREFIX, area_choices, areas_of, key_of
from jitasa.distribution.selectors.recipients import presets_for
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind, Retention, Secrecy, Urgency
from jitasa.letters.models import Letter, Signer
from jitasa.letters.pages.data import MANUAL, OWN_ENCLOSURE
from jitasa.letters.services.compose import SUBJECT_LONGEST
from jitasa.letters.values import Attached, Block, Citation, LetterValues
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Level
from jitasa.organizations.forms import OrganizationField
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.ui.forms import PillSelect, PillSelectMultiple, ThaiDateField, ThaiIntegerField
from jitasa.ui.reading import identifier

QR_KINDS = [
    ("", _("ไม่มี")),
    ("manual", _("คู่มือ")),
    ("page", _("ที่อยู่เว็บ")),
    ("enclosure", _("สิ่งที่ส่งมาด้วย")),
]


class GroupChoice(forms.ModelMultipleChoiceField[RecipientGroup]):
    """Saved groups, each with how many offices are in it."""

    def label_from_instance(self, obj: RecipientGroup) -> str:
        return f"{obj.name} ({obj.size:,})"  # type: ignore[attr-defined]  # annotated in sized()


def sized(office: Organization) -> QuerySet[RecipientGroup]:
    """The office's groups by name, with their ``size``."""
    return RecipientGroup.objects.filter(organization=office).annotate(size=Count("members")).order_by("name")


def _text(label: Any, longest: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, required=False, **more)


class LetterForm(forms.Form):
    """The single parts of a letter; blocks, citations and enclosures are formsets beside it."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    urgency = forms.ChoiceField(
        label=_("ชั้นความเร็ว"), choices=Urgency.choices, widget=PillSelect, initial=Urgency.NORMAL
    )
    secrecy = forms.ChoiceField(
        label=_("ชั้นความลับ"), choices=Secrecy.choices, initial=Secrecy.NONE, required=False
    )
    is_circular = forms.BooleanField(label=_("หนังสือเวียน (ว)"), required=False, initial=True)
    date_printed = ThaiDateField(label=_("วันที่"), required=False, help_text=_("เว้นว่างคือวันที่ออกเลข"))
    subject = _text(_("เรื่อง"), SUBJECT_LONGEST, widget=forms.Textarea(attrs={"rows": 2}))
    to_text = _text(_("เรียน"), 400, widget=forms.Textarea(attrs={"rows": 2}))
    closing = _text(_("คำลงท้าย"), 60, initial="ขอแสดงความนับถือ")
    signer = forms.ModelChoiceField(
        label=_("ผู้ลงนาม"), queryset=Signer.objects.none(), required=False, empty_label=_("เลือกผู้ลงนาม")
    )
    copies_to = _text(_("สำเนาส่ง"), 400)
    qr_kind = forms.ChoiceField(
        label=_("คิวอาร์โค้ดท้ายหนังสือนำไปที่"), choices=QR_KINDS, widget=PillSelect, required=False
    )
    qr_page = forms.URLField(
        label=_("ที่อยู่เว็บของคิวอาร์โค้ด"), max_length=300, required=False, assume_scheme="https"
    )
    qr_enclosure = ThaiIntegerField(label=_("สิ่งที่ส่งมาด้วยลำดับที่"), min_value=1, max_value=20, required=False)
    qr_caption = _text(_("คำใต้คิวอาร์โค้ด"), 200)
    presets = forms.MultipleChoiceField(label=_("ส่งถึง"), widget=PillSelectMultiple, required=False)
    groups = GroupChoice(
        label=_("กลุ่มที่บันทึกไว้"),
        queryset=RecipientGroup.objects.none(),
        widget=PillSelectMultiple,
        required=False,
    )
    areas = forms.MultipleChoiceField(label=_("อปท. ทุกแห่งใน"), widget=PillSelectMultiple, required=False)
    add_district = OrganizationField(label=_("อปท. ทุกแห่งในอำเภอ"), level=Level.DISTRICT, required=False)
    add_province = OrganizationField(label=_("อปท. ทุกแห่งในจังหวัด"), level=Level.PROVINCE, required=False)
    offices = forms.ModelMultipleChoiceField(
        label=_("หน่วยงานที่เลือกทีละแห่ง"),
        queryset=Organization.objects.none(),
        widget=PillSelectMultiple,
        required=False,
    )
    add_office = OrganizationField(label=_("เพิ่มหน่วยงาน"), required=False)
    answer_kind = forms.ChoiceField(
        label=_("ขอให้ผู้รับ"), choices=AnswerKind.choices, widget=PillSelect, initial=AnswerKind.NONE
    )
    answer_by = ThaiDateField(label=_("ภายในวันที่"), required=False)
    answer_occasion = forms.ModelChoiceField(
        label=_("วันสำคัญที่ขอให้บันทึกกิจกรรม"), queryset=Occasion.objects.none(), required=False
    )
    answer_columns = _text(_("หัวตาราง"), 400, help_text=_("คั่นด้วยจุลภาค เช่น จำนวนคน, สถานที่"))
    escalate_after_days = ThaiIntegerField(
        label=_("ไม่เปิดภายในกี่วันให้แจ้งหน่วยเหนือ"), min_value=1, max_value=365, required=False
    )
    retention = forms.ChoiceField(
        label=_("อายุการเก็บ"), choices=Retention.choices, initial=Retention.TEN_YEARS
    )

    def __init__(self, *args: Any, viewer: Viewer, chosen: Recipients | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = viewer.organization
        if office is None:
            return
        chosen = chosen or Recipients()
        shape: dict[str, Any] = self.fields
        shape["signer"].queryset = Signer.objects.filter(organization=office, retired_at=None)
        shape["presets"].choices = [(key, preset.label) for key, preset in presets_for(office).items()]
        shape["groups"].queryset = sized(office)
        shape["areas"].choices = area_choices(office, [*chosen.presets, *self._posted("areas")])
        shape["add_district"].queryset = shape["add_province"].queryset = areas_of(office)
        if office.level != Level.DEPARTMENT:  # a province's districts stand there to tick
            del shape["add_district"], shape["add_province"]
        ids = [*chosen.offices, *filter(None, map(identifier, self._posted("offices")))]
        shape["offices"].queryset = Organization.objects.filter(pk__in=ids).order_by("sort_key")
        shape["answer_occasion"].queryset = Occasion.objects.visible_to(viewer).order_by("-date")

    def _posted(self, name: str) -> list[str]:
        return self.data.getlist(name) if hasattr(self.data, "getlist") else []

    def qr_target(self) -> str:
        """As :func:`jitasa.letters.pages.data.qr_address` reads it."""
        kind = self.cleaned_data.get("qr_kind")
        if kind == "manual":
            return MANUAL
        if kind == "enclosure":
            return f"{OWN_ENCLOSURE}{(self.cleaned_data.get('qr_enclosure') or 1) - 1}"
        return self.cleaned_data.get("qr_page") or "" if kind == "page" else ""

    def recipients(self) -> Recipients:
        given = self.cleaned_data
        offices = [office.pk for office in given.get("offices") or ()]
        extra = given.get("add_office")
        added = [key_of(area) for area in (given.get("add_district"), given.get("add_province")) if area]
        presets = [*(given.get("presets") or ()), *(given.get("areas") or ()), *added]
        return Recipients(
            presets=tuple(dict.fromkeys(presets)),
            groups=tuple(group.pk for group in given.get("groups") or ()),
            offices=tuple(dict.fromkeys([*offices, *([extra.pk] if extra else [])])),
        )


class BlockForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("แบบ"), choices=[("paragraph", _("ย่อหน้า")), ("order", _("ข้อสั่งการ (ใส่เลขข้อ)"))]
    )
    text = _text(_("ข้อความ"), 20_000, widget=forms.Textarea(attrs={"rows": 3}))
    own = forms.BooleanField(label=_("ส่วนที่หน่วยงานเพิ่มเอง"), required=False)


class CitationForm(forms.Form):
    number = _text(_("เลขที่หนังสือ"), 60)
    date = ThaiDateField(label=_("ลงวันที่"), required=False)
    text = _text(_("จาก"), 200)


class EnclosureForm(forms.Form):
    title = _text(pgettext_lazy("enclosure", "รายการ"), 250)
    count_text = _text(_("จำนวน"), 60, initial="จำนวน 1 ฉบับ")
    file = forms.FileField(label=_("ไฟล์"), required=False)
    sha256 = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    of_letter = forms.IntegerField(widget=forms.HiddenInput, required=False)


Blocks = forms.formset_factory(BlockForm, extra=0, can_delete=True, can_order=True, max_num=60)
Citations = forms.formset_factory(CitationForm, extra=0, can_delete=True, max_num=20)
Enclosures = forms.formset_factory(EnclosureForm, extra=0, can_delete=True, max_num=20)


def initial_of(letter: Letter, values: LetterValues) -> dict[str, Any]:
    """What the composer shows of a stored draft."""
    target = values.qr_target
    kind = "manual" if target.startswith(MANUAL) else "enclosure" if target.startswith(OWN_ENCLOSURE) else ""
    return {
        **{name: getattr(values, name) for name in LetterForm.base_fields if hasattr(values, name)},
        "uuid": letter.uuid,
        "base_revision": letter.revision,
        "signer": values.signer_id,
        "answer_occasion": values.answer_occasion_id,
        "answer_columns": ", ".join(values.answer_columns),
        "qr_kind": kind or ("page" if target else ""),
        "qr_page": target if not kind else "",
        "qr_enclosure": int(target.removeprefix(OWN_ENCLOSURE)) + 1 if kind == "enclosure" else None,
        "presets": [key for key in values.recipients.presets if not key.startswith(PREFIX)],
        "areas": [key for key in values.recipients.presets if key.startswith(PREFIX)],
        "groups": values.recipients.groups,
        "offices": values.recipients.offices,
    }


def blocks_of(formset: forms.BaseFormSet[Any]) -> tuple[Block, ...]:
    rows = [form.cleaned_data for form in formset.ordered_forms if form.cleaned_data.get("text")]
    return tuple(
        Block(kind=row["kind"], text=row["text"].replace("\r\n", "\n"), own=row["own"]) for row in rows
    )


def _kept(formset: forms.BaseFormSet[Any]) -> list[dict[str, Any]]:
    return [form.cleaned_data for form in formset.forms if not form.cleaned_data.get("DELETE")]


def citations_of(formset: forms.BaseFormSet[Any]) -> tuple[Citation, ...]:
    rows = [row for row in _kept(formset) if row.get("number")]
    return tuple(Citation(number=row["number"], date=row["date"], text=row["text"]) for row in rows)


def enclosures_of(formset: forms.BaseFormSet[Any]) -> tuple[Attached, ...]:
    """Rows with words or a file; a row's new file has been received before (``sha256``)."""
    return tuple(
        Attached(
            title=row["title"],
            count_text=row["count_text"],
            sha256=row["sha256"],
            of_letter_id=row["of_letter"],
        )
        for row in _kept(formset)
        if row.get("title")
    )

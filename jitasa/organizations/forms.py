"""Input of the registry's screens, and the field with which other apps choose an office."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.choices import CODE_PREFIX, Level, OrganizationType
from jitasa.organizations.models import Organization
from jitasa.organizations.rules import lao_code
from jitasa.organizations.selectors.search import search
from jitasa.thai.search import plain
from jitasa.ui.forms import ANY_DAY, ThaiDateField, ThaiDecimalField
from jitasa.ui.printed import PrintedText

LAO_TYPES = [(type_.value, type_.label) for type_ in (*CODE_PREFIX, OrganizationType.PATTAYA)]


class OrganizationPicker(forms.TextInput):
    """A text box for an office's name or code; a module shows what fits while one types.

    Without scripts it is a plain text box that the server resolves.
    """

    template_name = "organizations/picker.html"

    class Media:
        js: tuple[str, ...] = ()

    def __init__(self, *, level: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", "placeholder": _("พิมพ์ชื่อหรือรหัส"), **(attrs or {})})
        self.level = level

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["level"] = self.level
        return context


class OrganizationField(forms.CharField):
    """One open office, given as ``อบต.อ่าวนาง (06810104)``, a code, or a name that only one office bears.

    Cleans to an ``Organization`` or ``None``. ``level`` narrows the choice to one level;
    ``queryset`` to any offices.
    """

    default_error_messages = {
        "required": _("เลือกหน่วยงาน"),
        "unknown": _("ไม่พบหน่วยงานนี้ พิมพ์ชื่อพร้อมประเภท เช่น อบต.อ่าวนาง หรือรหัส 8 หลัก"),
        "several": _("มีหลายหน่วยงานที่ตรงกับคำนี้: %(names)s เลือกหนึ่งแห่งจากรายการหรือพิมพ์รหัส"),
    }

    def __init__(
        self, *, level: str = "", queryset: QuerySet[Organization] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("widget", OrganizationPicker(level=level))
        super().__init__(**kwargs)
        self.level = level
        self.queryset = queryset

    def offices(self) -> QuerySet[Organization]:
        rows = self.queryset if self.queryset is not None else Organization.objects.open()
        return rows.filter(level=self.level) if self.level else rows

    def to_python(self, value: Any) -> Organization | None:  # type: ignore[override]  # a CharField of an office
        if value is None or isinstance(value, Organization):
            return value
        text = super().to_python(value)
        if not text:
            return None
        return self._by_code(text) or self._by_name(text)

    def _by_code(self, text: str) -> Organization | None:
        inner = text.rpartition("(")[2].rstrip(") ") if text.rstrip().endswith(")") else text
        return self.offices().filter(code=lao_code(inner)).first()

    def _by_name(self, text: str) -> Organization:
        key = plain(text)
        found = list(self.offices().filter(short_name=key)[:2]) or list(self.offices().filter(name=key)[:2])
        if not found:
            allowed = set(self.offices().values_list("pk", flat=True)) if self.queryset is not None else None
            found = [
                office
                for office in search(text, limit=50)
                if (not self.level or office.level == self.level)
                and (allowed is None or office.pk in allowed)
            ][:6]
        if not found:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if len(found) > 1:
            names = ", ".join(label_of(office) for office in found[:5])
            raise ValidationError(self.error_messages["several"], code="several", params={"names": names})
        return found[0]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            value = Organization.objects.filter(pk=value).first()
        return label_of(value) if isinstance(value, Organization) else value

    def run_validators(self, value: Any) -> None:
        """The limits on text say nothing about an office."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)


def label_of(office: Organization) -> str:
    """How an office is written in a text box: unmistakable, and read back by ``OrganizationField``."""
    return f"{office.short_name} ({office.code})"


class DatedForm(forms.Form):
    """What every dated change asks for. ``confirmed`` is set once the preview has been seen."""

    effective_on = ThaiDateField(label=_("วันที่มีผล"), expected=ANY_DAY)  # the preview asks back
    reason = forms.CharField(
        label=_("เหตุผลหรือประกาศที่อ้างถึง"), max_length=300, required=False,
        help_text=_("เช่น ประกาศกระทรวงมหาดไทย ลงวันที่ 1 ตุลาคม 2569"),
    )  # fmt: skip


class FoundForm(DatedForm):
    type = forms.ChoiceField(label=_("ประเภท"), choices=LAO_TYPES)
    name = PrintedText(label=_("ชื่อ"), max_length=200, help_text=_("ไม่ต้องใส่ประเภท เช่น อ่าวนาง"))
    lies_in = OrganizationField(label=_("ตั้งอยู่ในอำเภอ"), level=Level.DISTRICT)
    code = forms.CharField(label=_("รหัส อปท."), max_length=20, help_text=_("8 หลัก เช่น 06810104"))
    field_order = ("type", "name", "lies_in", "code", "effective_on", "reason")


class UpgradeForm(DatedForm):
    type = forms.ChoiceField(label=_("ประเภทใหม่"), choices=LAO_TYPES)
    code = forms.CharField(label=_("รหัสใหม่"), max_length=20)
    name = PrintedText(
        label=_("ชื่อใหม่"), max_length=200, required=False, help_text=_("เว้นว่างถ้าชื่อเดิม ไม่ต้องใส่ประเภท")
    )
    field_order = ("type", "code", "name", "effective_on", "reason")


class RenameForm(DatedForm):
    name = PrintedText(label=_("ชื่อใหม่"), max_length=200, help_text=_("ไม่ต้องใส่ประเภท"))
    field_order = ("name", "effective_on", "reason")


class RecodeForm(DatedForm):
    code = forms.CharField(label=_("รหัสใหม่"), max_length=20)
    field_order = ("code", "effective_on", "reason")


class MoveForm(DatedForm):
    lies_in = OrganizationField(label=_("ตั้งอยู่ใน"), required=False)
    reports_to = OrganizationField(
        label=_("รายงานต่อ"), required=False, help_text=_("เว้นว่างให้เป็นไปตามสายหนังสือของประเภทหน่วยงาน")
    )
    code = forms.CharField(
        label=_("รหัสใหม่"), max_length=20, required=False,
        help_text=_("ย้ายข้ามอำเภอต้องใช้รหัสของอำเภอใหม่ เว้นว่างถ้าคงเดิม"),
    )  # fmt: skip
    field_order = ("lies_in", "reports_to", "code", "effective_on", "reason")


class MergeForm(DatedForm):
    successor = OrganizationField(
        label=_("ยุบรวมกับ"), help_text=_("หน่วยงานที่ดำเนินงานต่อ หากเป็นหน่วยงานใหม่ให้เพิ่มลงทะเบียนก่อน")
    )
    field_order = ("successor", "effective_on", "reason")


class CorrectForm(forms.Form):
    name = PrintedText(label=_("ชื่อ"), max_length=200, required=False, help_text=_("ไม่ต้องใส่ประเภท"))
    code = forms.CharField(label=_("รหัส"), max_length=20, required=False)
    reason = forms.CharField(label=_("แก้เพราะ"), max_length=300, required=False)


class SettingsForm(forms.Form):
    """Undated facts of an office."""

    latitude = ThaiDecimalField(label=_("ละติจูด"), required=False, max_digits=12, decimal_places=9)
    longitude = ThaiDecimalField(label=_("ลองจิจูด"), required=False, max_digits=12, decimal_places=9)
    area_km2 = ThaiDecimalField(
        label=_("พื้นที่ (ตร.กม.)"), required=False, min_value=0, max_digits=10, decimal_places=3
    )
    website = forms.URLField(label=_("เว็บไซต์"), required=False, max_length=300, assume_scheme="http")
    approval_required = forms.BooleanField(
        label=_("ต้องให้ผู้อนุมัติเห็นชอบก่อนส่ง"), required=False,
        help_text=_("เมื่อเลือก กิจกรรมที่เจ้าหน้าที่ส่งจะรอปลัดหรือผู้บริหารอนุมัติก่อนถึงอำเภอและจังหวัด"),
    )  # fmt: skip


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("ไฟล์ทะเบียน (CSV)"),
        help_text=_("แบบธรรมดาหรือข้อมูลเปิดของกรม ใน UTF-8 หรือ TIS-620 ไม่เกิน 20 MB"),
        error_messages={
            "required": _("เลือกไฟล์ CSV"),
            "empty": _("ไฟล์ว่าง เลือกไฟล์ CSV ที่มีข้อมูล"),
        },
    )
    as_of = ThaiDateField(
        label=_("วันที่มีผล"), required=False, expected=ANY_DAY,  # the trial run asks back
        help_text=_("เว้นว่าง: มีผลวันนี้ ทั้งการเปลี่ยนแปลงและหน่วยงานใหม่"),
    )  # fmt: skip

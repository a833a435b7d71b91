"""The form of writing a letter: its single parts, and lines of text, citations and enclosures."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jitasa.distribution.forms import RecipientsForm, initial_recipients
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind, LetterKind, OutsideWay, Retention, Secrecy, Urgency
from jitasa.letters.models import Letter, Signer
from jitasa.letters.pages.data import MANUAL, OWN_ENCLOSURE
from jitasa.letters.selectors.signing import own_signers
from jitasa.letters.services.compose import SUBJECT_LONGEST
from jitasa.letters.values import Attached, Block, Citation, LetterValues, OutsideTo
from jitasa.occasions.models import Occasion
from jitasa.organizations.viewer import Viewer
from jitasa.ui.forms import Expected, PillSelect, ThaiDateField, ThaiIntegerField
from jitasa.ui.printed import PrintedText

QR_KINDS = [
    ("", _("ไม่มี")),
    ("manual", _("คู่มือ")),
    ("page", _("ที่อยู่เว็บ")),
    ("enclosure", _("สิ่งที่ส่งมาด้วย")),
]


def _text(label: Any, longest: int, **more: Any) -> forms.CharField:
    return PrintedText(label=label, max_length=longest, required=False, **more)


class LetterForm(RecipientsForm):
    """The single parts of a letter; blocks, citations and enclosures are formsets beside it."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("ชนิดหนังสือ"),
        choices=LetterKind.choices,
        widget=PillSelect,
        initial=LetterKind.EXTERNAL,
        required=False,
    )
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
    addressees = _text(
        _("รายชื่อแนบท้าย"),
        20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("เมื่อผู้รับมีหลายราย บรรทัดละ 1 ราย พิมพ์เป็นแผ่นต่อท้าย เว้นช่อง เรียน ไว้ ระบบใส่ ตามบัญชีแนบท้าย ให้"),
    )
    outside = _text(
        _("ผู้รับนอกระบบ"),
        20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("บรรทัดละ 1 ราย ชื่อ | อีเมลหรือที่อยู่ เช่น ปลัดกระทรวงมหาดไทย | saraban@example.go.th"),
    )
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
    answer_kind = forms.ChoiceField(
        label=_("ขอให้ผู้รับ"), choices=AnswerKind.choices, widget=PillSelect, initial=AnswerKind.NONE
    )
    answer_by = ThaiDateField(label=_("ภายในวันที่"), required=False)
    answer_occasion = forms.ModelChoiceField(
        label=_("วันสำคัญที่ขอให้บันทึกกิจกรรม"),
        queryset=Occasion.objects.none(),
        required=False,
        empty_label=_("เลือกวันสำคัญ"),
    )
    answer_columns = _text(_("หัวตาราง"), 400, help_text=_("คั่นด้วยจุลภาค เช่น จำนวนคน, สถานที่"))
    escalate_after_days = ThaiIntegerField(
        label=_("แจ้งหน่วยงานระดับเหนือขึ้นไปเมื่อไม่เปิดอ่านเกิน (วัน)"), min_value=1, max_value=365, required=False
    )
    retention = forms.ChoiceField(
        label=_("อายุการเก็บ"), choices=Retention.choices, initial=Retention.TEN_YEARS
    )

    def __init__(self, *args: Any, viewer: Viewer, chosen: Recipients | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = viewer.organization
        if office is None:
            return
        shape: dict[str, Any] = self.fields
        shape["signer"].queryset = own_signers(office)
        self.offer_recipients(office, chosen)
        shape["answer_occasion"].queryset = Occasion.objects.visible_to(viewer).order_by("-date")

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or LetterKind.EXTERNAL

    def clean_outside(self) -> tuple[OutsideTo, ...]:
        """Names with mail addresses or places, a line each; a mail address that is none is said."""
        lines = [
            line.partition("|") for line in self.cleaned_data["outside"].splitlines() if line.strip(" |")
        ]
        found = tuple(OutsideTo(name=name.strip(), address=place.strip()) for name, _bar, place in lines)
        for each in found:
            if not each.name:
                raise forms.ValidationError(_("กรอกชื่อผู้รับก่อนเครื่องหมาย |"))
            if each.way == OutsideWay.MAIL:
                validate_email(each.address)
        return found

    def qr_target(self) -> str:
        """As :func:`jitasa.letters.pages.data.qr_address` reads it."""
        kind = self.cleaned_data.get("qr_kind")
        if kind == "manual":
            return MANUAL
        if kind == "enclosure":
            return f"{OWN_ENCLOSURE}{(self.cleaned_data.get('qr_enclosure') or 1) - 1}"
        return self.cleaned_data.get("qr_page") or "" if kind == "page" else ""


class BlockForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("แบบ"),
        choices=[
            ("paragraph", _("ย่อหน้า")),
            ("order", _("ข้อสั่งการ (ใส่เลขข้อ)")),
            ("sub", _("ข้อย่อย (1.1)")),
            ("table", _("ตาราง")),
        ],
    )
    text = _text(_("ข้อความ"), 20_000, widget=forms.Textarea(attrs={"rows": 3}))
    own = forms.BooleanField(label=_("ส่วนที่หน่วยงานเพิ่มเอง"), required=False)


class CitationForm(forms.Form):
    number = _text(_("เลขที่หนังสือ"), 60)
    date = ThaiDateField(label=_("ลงวันที่"), required=False, expected=Expected(past=20 * 365, ahead=31))
    text = _text(_("จาก"), 200)


class EnclosureForm(forms.Form):
    title = _text(pgettext_lazy("enclosure", "รายการ"), 250)
    count_text = _text(_("จำนวน"), 60, initial="จำนวน 1 ฉบับ")
    file = forms.FileField(label=_("ไฟล์"), required=False)
    sha256 = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    of_letter = forms.IntegerField(widget=forms.HiddenInput, required=False)


class Lines(forms.BaseFormSet[Any]):
    """Lines of one kind, with what Django says of their number in the reader's language."""

    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "missing_management_form": _("แบบฟอร์มมาถึงไม่ครบ กดบันทึกอีกครั้ง ถ้ายังไม่ได้ให้เปิดหน้านี้ใหม่"),
        "too_many_forms": _("ใส่ได้ไม่เกิน %(num)d รายการ รวมหรือลบบางรายการก่อนบันทึก"),
    }


# Who says that a form has more lines than ``absolute_max`` is told so and shown no more: a thousand of each kind,
# which Django would make, took the server a second and more.
Blocks = forms.formset_factory(
    BlockForm, formset=Lines, extra=0, can_delete=True, can_order=True, max_num=60, absolute_max=200
)
Citations = forms.formset_factory(
    CitationForm, formset=Lines, extra=0, can_delete=True, max_num=20, absolute_max=200
)
Enclosures = forms.formset_factory(
    EnclosureForm, formset=Lines, extra=0, can_delete=True, max_num=20, absolute_max=200
)


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
        "outside": "\n".join(
            f"{each.name} | {each.address}" if each.address else each.name for each in values.outside
        ),
        "qr_kind": kind or ("page" if target else ""),
        "qr_page": target if not kind else "",
        "qr_enclosure": int(target.removeprefix(OWN_ENCLOSURE)) + 1 if kind == "enclosure" else None,
        **initial_recipients(values.recipients),
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

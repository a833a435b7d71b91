"""Input of an LAO's month: reasons."""

from collections.abc import Sequence
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.rounds.models import LateReason, ListItem, NilReason
from jitasa.rounds.selectors.lists import offered, offered_by_code


class ReadyForm(forms.Form):
    """A reason to be written, or chosen from those the department keeps: then the sentence is filled in, to be edited.

    Without script the chosen one (``ready``, its code) stands where nothing was written.
    """

    of: ClassVar[type[ListItem]]
    text: ClassVar[str]
    ready = forms.CharField(
        required=False, max_length=40, widget=forms.HiddenInput
    )  # the page draws it as chips

    @property
    def sentences(self) -> Sequence[ListItem]:
        return offered(self.of)

    @property
    def chosen(self) -> str:
        return str(self["ready"].value() or "")

    def stated(self) -> str:
        """What was written, or else the chosen sentence; empty when neither."""
        written = str(self.data.get(self.text, ""))
        found = offered_by_code(self.of).get(str(self.data.get("ready", "")))
        return written if written.strip() or found is None else found.label


class NilForm(ReadyForm):
    """Why there was no activity."""

    of, text = NilReason, "reason"

    reason = forms.CharField(
        label=_("สาเหตุที่ไม่มีกิจกรรม"),
        max_length=300,
        help_text=_("สั้น ๆ เช่น เตรียมงานเดือนถัดไป หรือสถานการณ์น้ำท่วม"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class LateForm(ReadyForm):
    """Why the month is confirmed after the due day."""

    of, text = LateReason, "late_reason"

    late_reason = forms.CharField(
        label=_("สาเหตุที่ล่าช้า"),
        max_length=300,
        help_text=_("พ้นกำหนดแล้ว ระบุสาเหตุสั้น ๆ ระบบยังรับรายงานตามปกติ"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

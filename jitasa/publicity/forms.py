"""Input shapes of channels and materials."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.occasions.models import Occasion
from jitasa.organizations.in_use import IN_USE
from jitasa.organizations.viewer import Viewer
from jitasa.publicity import rules
from jitasa.publicity.choices import ChannelKind, Licence, MaterialKind
from jitasa.publicity.models import Channel, Material
from jitasa.publicity.services.channels import ChannelContent
from jitasa.publicity.services.materials import LONGEST_WORDS, MaterialContent
from jitasa.thai.dates import today
from jitasa.ui.forms import PillSelect, ThaiDateField, ThaiIntegerField
from jitasa.ui.printed import PrintedText

BEHIND, AHEAD = timedelta(days=90), timedelta(days=400)  # occasions offered for a material


class ChannelForm(forms.Form):
    kind = forms.ChoiceField(label=_("ประเภท"), choices=ChannelKind.choices, widget=PillSelect)
    name = PrintedText(label=_("ชื่อช่องทาง"), max_length=150, help_text=_("ชื่อที่คนในพื้นที่รู้จัก เช่น เพจ อบต.อ่าวนาง"))
    link = forms.CharField(
        label=_("ลิงก์"),
        required=False,
        max_length=400,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "placeholder": "https://"}),
        help_text=_("คัดลอกจากแถบที่อยู่ของเบราว์เซอร์ ไม่ต้องใส่สำหรับเสียงตามสาย วิทยุ และป้าย"),
    )
    reach = ThaiIntegerField(
        label=_("ผู้รับโดยประมาณ"),
        min_value=0,
        max_value=rules.MOST_REACH,
        required=False,
        help_text=_("จำนวนผู้ติดตาม หรือคนที่ได้ยินหรือผ่านป้าย ใช้เป็นค่าเริ่มต้นตอนบันทึกการเผยแพร่"),
    )

    def __init__(self, *args: Any, channel: Channel | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if channel is not None:  # the kind stays as it is
            self.fields["kind"].widget = forms.HiddenInput()

    def content(self) -> ChannelContent:
        given = self.cleaned_data
        return ChannelContent(given["kind"], given["name"], given["link"], given["reach"] or 0)


class MaterialForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("ชนิดของสื่อ"), choices=MaterialKind.choices, widget=PillSelect)
    title = PrintedText(label=_("ชื่อสื่อ"), max_length=250)
    words = PrintedText(
        label=_("ข้อความ"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("ข้อความเสียงตามสาย หรือคำบรรยายที่ให้หน่วยงานคัดลอกไปโพสต์"),
    )
    occasion = forms.ModelChoiceField(
        label=_("วันสำคัญ"), queryset=Occasion.objects.none(), required=False, empty_label=_("ไม่เกี่ยวกับวันสำคัญ")
    )
    use_from = ThaiDateField(label=_("ใช้ได้ตั้งแต่"), required=False)
    use_to = ThaiDateField(
        label=_("ใช้ได้ถึง"), required=False, help_text=_("พ้นวันนี้แล้วระบบทำเครื่องหมายและไม่ให้ส่งต่อ")
    )
    licence = forms.ChoiceField(
        label=_("สัญญาอนุญาต"), choices=Licence.choices, widget=PillSelect, initial=Licence.OFFICIAL
    )
    is_public = forms.BooleanField(label=_("ให้ประชาชนดาวน์โหลดจากเว็บสาธารณะได้"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, material: Material | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = today(timezone.now())
        near = IN_USE & Q(date__range=(day - BEHIND, day + AHEAD))
        if material is not None and material.occasion_id:
            near |= Q(pk=material.occasion_id)
        shape: dict[str, Any] = self.fields
        shape["occasion"].queryset = Occasion.objects.visible_to(viewer).filter(near).order_by("date", "pk")
        if not rules.may_release(viewer):
            del self.fields["is_public"]
        if material is not None:
            self.fields["kind"].widget = forms.HiddenInput()

    def content(self) -> MaterialContent:
        given = self.cleaned_data
        occasion: Occasion | None = given["occasion"]
        return MaterialContent(
            kind=given["kind"],
            title=given["title"],
            words=given["words"],
            occasion_id=occasion.pk if occasion else None,
            use_from=given["use_from"],
            use_to=given["use_to"],
            licence=given["licence"],
            is_public=given.get("is_public", False),
        )

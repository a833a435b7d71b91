"""Input shapes of campaigns and broadcasts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.forms import RecipientsForm
from jitasa.distribution.values import Recipients
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity import rules
from jitasa.publicity.models import Channel, Material
from jitasa.publicity.services.broadcasts import OnChannel, Use
from jitasa.publicity.services.campaigns import CampaignContent
from jitasa.thai.dates import today
from jitasa.ui.forms import RowsField, ThaiDateField, ThaiIntegerField
from jitasa.ui.printed import PrintedText

OFFERED = 60  # materials to choose from; older ones come by the button on the material itself


class CampaignForm(RecipientsForm):
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    title = PrintedText(label=_("ชื่อรอบเผยแพร่"), max_length=250)
    message = forms.CharField(
        label=_("ข้อความถึงหน่วยงาน"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ขอให้ทำอะไร ที่ไหน เมื่อใด"),
    )
    use_by = ThaiDateField(label=_("ขอให้เผยแพร่ภายในวันที่"), required=False)
    materials = RowsField(
        label=_("สื่อที่ส่ง"),
        queryset=Material.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        viewer: Viewer,
        chosen: Recipients | None = None,
        materials: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offered = Material.objects.none()
        office = viewer.organization
        if office is None:
            return
        shape: dict[str, Any] = self.fields
        self.offer_recipients(office, chosen)
        shape["add_office"].queryset = Organization.objects.open().visible_to(viewer)
        mine = Material.objects.visible_to(viewer)
        fresh = mine.not_over(today(timezone.now())).order_by("-created_at", "-pk")
        ids = [*fresh.values_list("pk", flat=True)[:OFFERED], *materials, *self.posted_ids("materials")]
        self.offered = mine.filter(pk__in=ids).order_by("-created_at", "-pk")
        shape["materials"].queryset = self.offered

    def content(self) -> CampaignContent:
        given = self.cleaned_data
        return CampaignContent(
            title=given["title"],
            message=given["message"],
            use_by=given["use_by"],
            materials=[material.pk for material in given["materials"]],
            recipients=self.recipients(),
        )


class BroadcastForm(forms.Form):
    """One use on several channels: a tick, a number and a link for each; everything is filled in already."""

    batch = forms.UUIDField(widget=forms.HiddenInput)
    on = ThaiDateField(label=_("วันที่เผยแพร่"))
    photo = forms.FileField(
        label=_("ภาพหลักฐาน"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("เช่น ภาพป้าย หรือภาพหน้าจอโพสต์"),
    )
    note = forms.CharField(label=_("หมายเหตุ"), max_length=250, required=False)

    def __init__(self, *args: Any, channels: Sequence[Channel], ticked: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = list(channels)
        first = set(ticked)
        for channel in self.channels:
            pk = channel.pk
            self.fields[f"use_{pk}"] = forms.BooleanField(
                label=channel.name, required=False, initial=pk in first
            )
            self.fields[f"reach_{pk}"] = ThaiIntegerField(
                label=_("ผู้รับ (คน)"),
                required=False,
                min_value=0,
                max_value=rules.MOST_REACH,
                initial=channel.reach,
            )
            self.fields[f"link_{pk}"] = forms.CharField(
                label=_("ลิงก์โพสต์"),
                required=False,
                max_length=400,
                widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
            )

    def lines(self) -> list[dict[str, Any]]:
        """Each channel with its three fields."""
        return [
            {
                "channel": channel,
                "use": self[f"use_{channel.pk}"],
                "reach": self[f"reach_{channel.pk}"],
                "link": self[f"link_{channel.pk}"],
                "online": channel.kind in rules.ONLINE,
            }
            for channel in self.channels
        ]

    def use(self, photo: str = "") -> Use:
        given = self.cleaned_data
        chosen = [
            OnChannel(channel.pk, given.get(f"reach_{channel.pk}"), given.get(f"link_{channel.pk}") or "")
            for channel in self.channels
            if given.get(f"use_{channel.pk}")
        ]
        return Use(on=given["on"], channels=chosen, photo=photo, note=given["note"])


class BroadcastEditForm(forms.Form):
    on = ThaiDateField(label=_("วันที่เผยแพร่"))
    reach = ThaiIntegerField(label=_("ผู้รับ"), min_value=0, max_value=rules.MOST_REACH)
    link = forms.CharField(label=_("ลิงก์โพสต์"), required=False, max_length=400)
    note = forms.CharField(label=_("หมายเหตุ"), max_length=250, required=False)

"""Input shapes of campaigns and broadcasts."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.selectors.areas import PREFIX, area_choices, areas_of, key_of
from jitasa.distribution.selectors.recipients import presets_for
from jitasa.distribution.values import Recipients
from jitasa.organizations.choices import Level
from jitasa.organizations.forms import OrganizationField
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity import rules
from jitasa.publicity.models import Channel, Material
from jitasa.publicity.services.broadcasts import OnChannel, Use
from jitasa.publicity.services.campaigns import CampaignContent
from jitasa.thai.dates import today
from jitasa.ui.forms import PillSelectMultiple, ThaiDateField, ThaiIntegerField
from jitasa.ui.reading import identifier

OFFERED = 60  # materials to choose from; older ones come by the button on the material itself


class CampaignForm(forms.Form):
    uuid = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("ชื่อรอบเผยแพร่"), max_length=250)
    message = forms.CharField(
        label=_("ข้อความถึงหน่วยงาน"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ขอให้ทำอะไร ที่ไหน เมื่อใด"),
    )
    use_by = ThaiDateField(label=_("ขอให้เผยแพร่ภายในวันที่"), required=False)
    materials = forms.ModelMultipleChoiceField(
        label=_("สื่อที่ส่ง"),
        queryset=Material.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    presets = forms.MultipleChoiceField(label=_("ส่งถึง"), widget=PillSelectMultiple, required=False)
    areas = forms.MultipleChoiceField(label=_("อปท. ทุกแห่งใน"), widget=PillSelectMultiple, required=False)
    add_province = OrganizationField(label=_("อปท. ทุกแห่งในจังหวัด"), level=Level.PROVINCE, required=False)
    add_district = OrganizationField(label=_("อปท. ทุกแห่งในอำเภอ"), level=Level.DISTRICT, required=False)
    offices = forms.ModelMultipleChoiceField(
        label=_("หน่วยงานที่เลือกทีละแห่ง"),
        queryset=Organization.objects.none(),
        widget=PillSelectMultiple,
        required=False,
    )
    add_office = OrganizationField(label=_("เพิ่มหน่วยงาน"), required=False)

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
        chosen = chosen or Recipients()
        shape["presets"].choices = [(key, preset.label) for key, preset in presets_for(office).items()]
        shape["areas"].choices = area_choices(office, [*chosen.presets, *self._given("areas")])
        shape["add_district"].queryset = shape["add_province"].queryset = areas_of(office)
        if office.level != Level.DEPARTMENT:  # a province's districts stand there to tick
            del shape["add_district"], shape["add_province"]
        shape["add_office"].queryset = Organization.objects.open().visible_to(viewer)
        kept = [*chosen.offices, *self._posted("offices")]
        shape["offices"].queryset = Organization.objects.filter(pk__in=kept).order_by("sort_key")
        mine = Material.objects.visible_to(viewer)
        fresh = mine.not_over(today(timezone.now())).order_by("-created_at", "-pk")
        ids = [*fresh.values_list("pk", flat=True)[:OFFERED], *materials, *self._posted("materials")]
        self.offered = mine.filter(pk__in=ids).order_by("-created_at", "-pk")
        shape["materials"].queryset = self.offered

    def _given(self, name: str) -> list[str]:
        return self.data.getlist(name) if hasattr(self.data, "getlist") else []

    def _posted(self, name: str) -> list[int]:
        return [pk for pk in map(identifier, self._given(name)) if pk is not None]

    def content(self) -> CampaignContent:
        given = self.cleaned_data
        offices = [office.pk for office in given["offices"]]
        extra = given.get("add_office")
        added = [key_of(area) for area in (given.get("add_district"), given.get("add_province")) if area]
        presets = [*given["presets"], *given["areas"], *added]
        return CampaignContent(
            title=given["title"],
            message=given["message"],
            use_by=given["use_by"],
            materials=[material.pk for material in given["materials"]],
            recipients=Recipients(
                presets=tuple(dict.fromkeys(presets)),
                offices=tuple(dict.fromkeys([*offices, *([extra.pk] if extra else [])])),
            ),
        )


def initial_recipients(chosen: Recipients) -> dict[str, Any]:
    """The choice of a stored draft as the form's fields hold it."""
    return {
        "presets": [key for key in chosen.presets if not key.startswith(PREFIX)],
        "areas": [key for key in chosen.presets if key.startswith(PREFIX)],
        "offices": chosen.offices,
    }


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

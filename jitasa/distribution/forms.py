"""Choosing recipients: the fields that a letter and a campaign have in common."""

from typing import Any

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.models import RecipientGroup
from jitasa.distribution.selectors.areas import PREFIX, area_choices, areas_of, key_of
from jitasa.distribution.selectors.recipients import presets_for
from jitasa.distribution.values import Recipients
from jitasa.organizations.choices import Level
from jitasa.organizations.forms import OrganizationField
from jitasa.organizations.models import Organization
from jitasa.thai.sorting import by_dictionary
from jitasa.ui.forms import PillSelectMultiple, RowsField
from jitasa.ui.reading import identifier


class GroupChoice(RowsField):
    """Saved groups, each with how many offices are in it."""

    def label_from_instance(self, obj: RecipientGroup) -> str:
        return f"{obj.name} ({obj.size:,})"  # type: ignore[attr-defined]  # annotated in sized()


def sized(office: Organization) -> QuerySet[RecipientGroup]:
    """The office's groups with their ``size``."""
    return RecipientGroup.objects.filter(organization=office).annotate(size=Count("members")).order_by("pk")


class RecipientsForm(forms.Form):
    """Presets, groups, areas and single offices; ``add_…`` take one more in by its name."""

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
    offices = RowsField(
        label=_("หน่วยงานที่เลือกทีละแห่ง"),
        queryset=Organization.objects.none(),
        widget=PillSelectMultiple,
        required=False,
    )
    add_office = OrganizationField(label=_("เพิ่มหน่วยงาน"), required=False)

    def offer_recipients(self, office: Organization, chosen: Recipients | None) -> None:
        """Fill in what an office may choose, with what it has ``chosen`` in its draft."""
        chosen = chosen or Recipients()
        shape: dict[str, Any] = self.fields
        shape["presets"].choices = [(key, preset.label) for key, preset in presets_for(office).items()]
        shape["groups"].queryset = sized(office)
        shape["groups"].choices = [
            (group.pk, shape["groups"].label_from_instance(group))
            for group in by_dictionary(sized(office), lambda group: group.name)
        ]
        shape["areas"].choices = area_choices(office, [*chosen.presets, *self.posted("areas")])
        shape["add_district"].queryset = shape["add_province"].queryset = areas_of(office)
        if office.level != Level.DEPARTMENT:  # a province's districts stand there to tick
            del shape["add_district"], shape["add_province"]
        ids = [*chosen.offices, *self.posted_ids("offices")]
        shape["offices"].queryset = Organization.objects.filter(pk__in=ids).order_by("sort_key")

    def posted(self, name: str) -> list[str]:
        """What was posted for a field, before it is cleaned."""
        return self.data.getlist(name) if hasattr(self.data, "getlist") else []

    def posted_ids(self, name: str) -> list[int]:
        return [pk for pk in map(identifier, self.posted(name)) if pk is not None]

    def recipients(self) -> Recipients:
        """The choice that was made."""
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


def initial_recipients(chosen: Recipients) -> dict[str, Any]:
    """The choice of a stored draft as the form's fields hold it."""
    return {
        "presets": [key for key in chosen.presets if not key.startswith(PREFIX)],
        "areas": [key for key in chosen.presets if key.startswith(PREFIX)],
        "groups": chosen.groups,
        "offices": chosen.offices,
    }

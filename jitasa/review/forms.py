"""Input of a reviewer: why a record goes back and which fields it concerns; which records are chosen."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jitasa.review.rules import COMMENT_LONGEST, REASON_LONGEST
from jitasa.review.services.accept_many import Choice
from jitasa.rounds.choices import RETURNABLE
from jitasa.rounds.models import ReturnReason
from jitasa.ui.reading import identifier, whole_number


class CommentForm(forms.Form):
    """What is said about a record; ``uuid`` is made by the page, so that it is said once."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("ความเห็นถึงอีกฝ่าย"),
        max_length=COMMENT_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("เขียนความเห็นก่อน แล้วจึงส่ง")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "comment-%s"
        super().__init__(*args, **kwargs)


class ReturnForm(forms.Form):
    """``template`` is the code of a ready reason; without script it fills what was left empty."""

    template = forms.CharField(required=False, max_length=40)
    reason = forms.CharField(
        label=_("แจ้งผู้บันทึกว่าต้องแก้ไขสิ่งใด"),
        required=False,
        max_length=REASON_LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field = forms.MultipleChoiceField(label=_("ช่องที่ต้องแก้"), required=False, choices=list(RETURNABLE.items()))
    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, templates: Iterable[ReturnReason], **kwargs: Any) -> None:
        kwargs["auto_id"] = False  # ids are the template's: the form of another record may be on the page
        super().__init__(*args, **kwargs)
        self.templates = list(templates)

    def clean(self) -> dict[str, Any]:
        """Fill reason and fields from the chosen template where the person wrote none."""
        values = super().clean() or {}
        chosen = next((row for row in self.templates if row.code == values.get("template")), None)
        if chosen is not None and not values.get("reason"):
            values["reason"] = chosen.text
            values["field"] = values.get("field") or list(chosen.fields)
        return values

    @property
    def ticked(self) -> set[str]:
        """The names of the fields that stand ticked in the form."""
        return {str(name) for name in self["field"].value() or ()}


def read_choices(texts: Iterable[str]) -> list[Choice]:
    """``"12:3"`` is record 12 as revision 3 showed it; anything else is left out."""
    found = []
    for text in texts:
        first, _colon, second = text.partition(":")
        pk, revision = identifier(first), whole_number(second)
        if pk is not None and revision is not None:
            found.append(Choice(pk, revision))
    return found

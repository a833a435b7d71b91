"""Every text field of every form either may be printed, and then says which letters no face has, or is listed here."""

import inspect
import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django import forms
from django.urls import reverse

import jitasa
from jitasa.activities.tests.making import make_lists
from jitasa.faces.drawn import drawn_only
from jitasa.organizations.choices import OrganizationType
from jitasa.organizations.registry_row import read_row
from jitasa.organizations.rules import name_problem
from jitasa.ui.printed import PrintedForm, PrintedText
from tests.cast import Cast

# form.field → why its letters need no face
NOT_PRINTED = {
    **dict.fromkeys(
        ["PasswordForm.old_password", "PasswordForm.new_password1", "PasswordForm.new_password2",
         "AppForm.code", "SecondStepForm.code", "NewPasskeyForm.name", "NewPersonForm.username",
         "ExistingPersonForm.username", "NewPersonForm.phone", "FilterForm.person"],
        "signing in and accounts",
    ),
    **dict.fromkeys(
        [f"RecordForm.{name}" for name in (
            "name", "place", "host_name", "chair_position", "chair_name", "result", "budget_project", "problems",
            "suggestions")],
        "a draft may hold anything; sending asks (activities.rules_drawn)",
    ),
    "SheetForm.pasted": "its cells go through RecordForm",
    **dict.fromkeys(["NilForm.reason", "LateForm.late_reason"], "rounds.services.returns says it"),
    **dict.fromkeys(
        ["GroupForm.name", "GroupForm.codes", "GroupNameForm.name", "CampaignForm.message", "ReturnForm.reason",
         "ReturnForm.template", "RoundForm.note", "ItemForm.text", "ItemForm.keywords", "ItemForm.label_en",
         "OccasionForm.guidance", "AnswerForm.reason", "TakedownForm.words", "TakedownForm.contact",
         "TakedownForm.website", "BroadcastForm.note", "BroadcastEditForm.note", "OfferedPostForm.text", "CommentForm.text", "ViewForm.name", "TokenForm.name",
         "CollectForm.name", "WebhookForm.name"],
        "read on screens only",
    ),
    **dict.fromkeys(["ChannelForm.link", "WebhookForm.url", "BroadcastEditForm.link", "StampForm.time"], "an address or a time"),
    **dict.fromkeys(
        [f"{form}.{name}" for form in ("Correct", "Found", "Merge", "Move", "Recode", "Rename", "Upgrade", "Dated")
         for form, name in ((f"{form}Form", "reason"), (f"{form}Form", "code"))],
        "the registry's history; codes are digits",
    ),
}  # fmt: skip


def text_fields() -> Iterator[tuple[str, tuple[type[forms.BaseForm], forms.Field]]]:
    """All fields of free text that a person fills in, as ``Form.field``."""
    for found in pkgutil.walk_packages(jitasa.__path__, "jitasa."):
        if not found.name.rpartition(".")[2].startswith("forms"):
            continue
        module = import_module(found.name)
        for name, form in inspect.getmembers(module, inspect.isclass):
            if issubclass(form, forms.BaseForm) and form.__module__ == found.name:
                for field, made in getattr(form, "base_fields", {}).items():
                    if type(made) in (forms.CharField, PrintedText) and not made.widget.is_hidden:
                        yield f"{name}.{field}", (form, made)


FIELDS = dict(text_fields())


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_a_text_that_may_be_printed_names_the_letters_no_face_has(name: str) -> None:
    form, field = FIELDS[name]
    checked = drawn_only in field.validators or issubclass(form, PrintedForm)
    assert checked is not (name in NOT_PRINTED), (
        "use jitasa.ui.printed.PrintedText, or list it with the reason"
    )


def test_the_list_holds_no_field_that_is_gone() -> None:
    gone = {name for name in NOT_PRINTED if name not in FIELDS}
    assert gone <= {name for name in NOT_PRINTED if name.endswith(("Form.code", "Form.reason"))}


@pytest.mark.django_db
def test_a_day_with_a_letter_no_face_has_is_refused_where_it_is_typed(cast: Cast) -> None:
    make_lists()
    answer = cast.client("fah").post(
        reverse("occasions:add"),
        {"date": "5 ธ.ค. 2569", "kind": "royal", "name": "วันพ่อ 🌳", "short_name": "วันพ่อ",
         "window_before": "7", "window_after": "7"},
    )  # fmt: skip
    assert "พิมพ์ 🌳 ในเอกสารไม่ได้" in answer.content.decode()


def test_an_offices_name_is_looked_at_whichever_way_it_comes() -> None:
    assert "🌳" in name_problem(OrganizationType.SAO, "บ้านไม้🌳")
    row, problems, _notes = read_row(
        2,
        {"code": "06810104", "type": "อบต.", "name": "อ่าวนาง🌳", "province": "กระบี่", "district": "เมืองกระบี่"},
    )
    assert row is None
    assert "🌳" in problems[0].reason

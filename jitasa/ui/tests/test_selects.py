"""Boxes to choose from are written by a template of our own: the same as Django's, without a file for each option."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

CHOICES = [("กลุ่ม", [("1", "<หนึ่ง>"), ("2", "สอง")]), ("z", "ไม่อยู่ในกลุ่ม"), ("", "ทั้งหมด")]


class Chosen(forms.Form):
    one = forms.ChoiceField(choices=CHOICES, initial="2")
    many = forms.MultipleChoiceField(choices=CHOICES, initial=["1", "z"])
    shut = forms.ChoiceField(
        choices=CHOICES, disabled=True, widget=forms.Select({"class": "wide", "autofocus": True})
    )
    maybe = forms.NullBooleanField(initial=True)


@pytest.mark.parametrize("name", Chosen.base_fields)
def test_a_select_is_written_as_django_writes_it(name: str) -> None:
    ours, theirs = str(Chosen()[name]), str(Chosen(renderer=DjangoTemplates())[name])
    assert "<option" in ours
    assert "{#" not in ours
    assert "".join(ours.split()) == "".join(theirs.split())

"""Texts that may be printed on paper: letters that no document face has are said when they are typed.

Every text field of a form is one of these or stands, with the reason, among those that no paper shows
(``tests/test_printed_texts.py``).
"""

from typing import Any

from django import forms

from jitasa.faces.drawn import drawn_only


class PrintedText(forms.CharField):
    """A text that letters, reports, registers or cards may show."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.validators.append(drawn_only)


class PrintedForm(forms.BaseForm):
    """A form, mostly one made from a model, all of whose texts may be printed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators = [*field.validators, drawn_only]

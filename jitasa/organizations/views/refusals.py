"""A service's refusal, put where it belongs in a form."""

from django import forms

from jitasa.problems import Forbidden, Refusal


def refused(form: forms.BaseForm, refusal: Refusal) -> None:
    """Attach a refusal to its fields, or to the form as a whole; a forbidden act goes on as 403."""
    if isinstance(refusal, Forbidden):
        raise refusal
    for name, texts in refusal.fields.items():
        for text in texts:
            form.add_error(name if name in form.fields else None, text)
    if not refusal.fields:
        form.add_error(None, refusal.message)

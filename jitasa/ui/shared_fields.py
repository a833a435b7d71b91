"""Fields of a large form that is made for every request."""

from typing import TypeVar

from django import forms

Thing = TypeVar("Thing")


class SharedFields(dict[str, forms.Field]):
    """The ``base_fields`` of a form class. Copied for each form without what is the same in all: words, choices, checks.

    A form may tell its field what is required and on offer, and the widget how to look; nothing else may
    be changed on one form. Django copies the translations of every choice one by one.
    """

    def __deepcopy__(self, _memo: object) -> dict[str, forms.Field]:
        return {name: copied(field) for name, field in self.items()}


def copied(field: forms.Field) -> forms.Field:
    """A field of one form, made of the one that all share."""
    own, widget = _twin(field), _twin(field.widget)
    widget.attrs = field.widget.attrs.copy()
    own.widget = widget
    return own


def _twin(thing: Thing) -> Thing:
    made = object.__new__(type(thing))
    made.__dict__.update(thing.__dict__)
    return made

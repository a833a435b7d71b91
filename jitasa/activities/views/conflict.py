"""Two people saved at once: both versions side by side, a choice per field or for the whole."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext

from jitasa.activities.forms import GROUP, MEASURE, RecordForm, initial_of
from jitasa.activities.models import Activity
from jitasa.activities.selectors.values import LABELS, in_words, quantity_text, values_of
from jitasa.activities.services.save_draft import EditConflict
from jitasa.activities.values import ActivityValues
from jitasa.organizations.middleware import ViewerRequest
from jitasa.ui.days import short_date
from jitasa.ui.forms import ThaiDateField


@dataclass(frozen=True)
class Difference:
    """One field in which the versions differ, in words."""

    name: str
    label: str
    theirs: str
    mine: str


def page(
    request: ViewerRequest, uuid: UUID, typed: QueryDict, form: RecordForm, both: EditConflict
) -> HttpResponse:
    """The choice (409). What was typed goes along in hidden fields."""
    theirs = in_words(both.stored)
    mine = _typed_words(form, both.mine)
    differences = [
        Difference(name, str(LABELS[name]), theirs[name], mine.get(name, ""))
        for name in both.fields_differing
    ]
    skip = {"csrfmiddlewaretoken", "base_revision", "resolve"}
    hidden = [(key, value) for key in typed if key not in skip for value in typed.getlist(key)]
    context = {
        "uuid": uuid,
        "activity": both.stored,
        "message": both.message,
        "differences": differences,
        "hidden": hidden,
    }
    return render(request, "activities/conflict.html", context, status=409)


def resolved(post: QueryDict, activity: Activity | None) -> QueryDict:
    """The posted form with the fields that shall be as stored (``choose_<field>=theirs``) put back."""
    taken = {key.removeprefix("choose_") for key in post if key.startswith("choose_")}
    chosen = {name for name in taken if post[f"choose_{name}"] == "theirs"}
    if "resolve" not in post or activity is None or not chosen:
        return post
    stored, merged = values_of(activity), post.copy()
    initial = initial_of(stored)
    for name in chosen & RecordForm.base_fields.keys():
        _put(merged, name, initial.get(name))
    if "groups" in chosen:
        _put_many(merged, GROUP, stored.groups)
    if "measures" in chosen:
        _put_many(merged, MEASURE, stored.measures)
    if "photos" in chosen:
        _put_photos(merged, stored)
    return merged


def _put(post: QueryDict, name: str, value: Any) -> None:
    if isinstance(value, list):
        post.setlist(name, value)
    elif value is None:
        post[name] = ""
    else:
        is_day = isinstance(RecordForm.base_fields[name], ThaiDateField)
        post[name] = short_date(value) if is_day else str(value)


def _put_many(post: QueryDict, prefix: str, stored: Any) -> None:
    for key in [key for key in post if key.startswith(prefix)]:
        post[key] = ""
    for code, value in stored.items():
        post[prefix + code] = str(value)


def _put_photos(post: QueryDict, stored: ActivityValues) -> None:
    post["photos_shown"] = "1"
    post.setlist("photo", [photo.sha256 for photo in stored.photos])
    for photo in stored.photos:
        post[f"caption_{photo.sha256}"] = photo.caption
        post[f"children_{photo.sha256}"] = "1" if photo.children_visible else ""
        post[f"publish_{photo.sha256}"] = "1" if photo.publish else ""
        post.pop(f"remove_{photo.sha256}", None)


def _typed_words(form: RecordForm, mine: ActivityValues) -> dict[str, str]:
    """What was typed, in words: labels where the form offers a choice, the text elsewhere."""
    words = {name: _shown(form, name) for name in LABELS if name in form.fields}
    groups = {row.code: row.label for row in form.offer.groups}
    words["groups"] = " · ".join(f"{groups[code]} {count:,}" for code, count in mine.groups.items())
    measures = {row.code: row for row in form.offer.measures}
    words["measures"] = " · ".join(
        f"{measures[code].label} {quantity_text(quantity)} {measures[code].unit}"
        for code, quantity in mine.measures.items()
    )
    words["photos"] = " · ".join(
        f"{photo.sha256[:8]} {photo.caption}".strip() + ("" if photo.publish else f" ({gettext('ไม่เผยแพร่')})")
        for photo in mine.photos
    )
    return words


def _shown(form: RecordForm, name: str) -> str:
    offered = getattr(form.fields[name].widget, "choices", ())
    labels: dict[str, str] = {}
    for value, label in offered:
        pairs = label if isinstance(label, (list, tuple)) else [(value, label)]
        labels |= {str(code): str(words) for code, words in pairs}
    posted = form.data.getlist(name) if isinstance(form.data, QueryDict) else []
    return ", ".join(labels.get(each, each) for each in map(str, posted))

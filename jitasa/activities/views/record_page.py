"""What the recording page is made of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jitasa.activities import rules
from jitasa.activities.choices import EDITABLE, Status
from jitasa.activities.forms import FIELD_OF, RecordForm, initial_of, posted_photos
from jitasa.activities.models import Activity, Step
from jitasa.activities.models.history import Act
from jitasa.activities.rules_drawn import undrawn
from jitasa.activities.selectors.days import question_about_day
from jitasa.activities.selectors.invitations import waiting_for
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.rounds import rules_for
from jitasa.activities.selectors.values import LABELS, Parts, values_of
from jitasa.activities.services.save_draft import Seen
from jitasa.activities.values import ActivityValues, PhotoValue
from jitasa.activities.views.record_blocks import block_context
from jitasa.compiled import Compiled
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo
from jitasa.problems import Forbidden
from jitasa.thai.dates import month_of, today

# Where on the page a missing or wrong field is; others are at their own control.
ANCHORS = {
    "photos": "photos",
    "photo_captions": "photos",
    "participants": "people",
    "measures": "measures",
    "point": "place-point",
    "men_women": "id_men",
    "budget": "id_budget_source",
    **{name: f"id_{name}_0" for name in ("kind", "part", "publicity")},  # the first of the choices
}
# The four sections, by the fields whose absence leaves them open.
SECTIONS: tuple[tuple[Any, frozenset[str]], ...] = (
    (gettext_lazy("ภาพกิจกรรม"), frozenset({"photos", "photo_captions"})),
    (
        gettext_lazy("รายละเอียดกิจกรรม"),
        frozenset(
            {
                "name", "kind", "sub_kind", "basis", "occasion_id", "start_date", "start_time", "end_time",
                "end_date", "place", "moo", "tambon_code", "point", "host_organization_id", "host_activity",
            }
        ),
    ),
    (gettext_lazy("ผู้เข้าร่วมกิจกรรม"), frozenset({"participants", "men", "men_women", "chair_position"})),
    (
        gettext_lazy("ผลการดำเนินงาน"),
        frozenset({"measures", "result", "budget", "budget_amount", "budget_project", "publicity"}),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class FormSection:
    """One thing to do, with the place on the page where it is done."""

    anchor: str
    label: str
    words: str


@dataclass(frozen=True)
class Todo:
    """The live list beside the form."""

    missing: list[FormSection]
    wrong: list[FormSection]
    done: list[str]

    @property
    def left(self) -> int:
        return len(self.missing) + len(self.wrong)

    @property
    def first(self) -> FormSection | None:
        """Where to begin: what is wrong before what is missing, as the list beside the form says it."""
        return next(iter([*self.wrong, *self.missing]), None)


def line(name: str, words: str) -> FormSection:
    """Of the summary: called as the form calls the field."""
    field = RecordForm.base_fields.get(name)
    label = field.label if field else LABELS.get(name, "")
    return FormSection(ANCHORS.get(name, f"id_{name}"), str(label), words)


def todo_of(values: ActivityValues, office: Organization, now: datetime) -> Todo:
    """What is missing and what is wrong, before sending."""
    month_rules = rules_for(month_of(values.start_date or today(now)))
    wrong = rules.refusals(values, today=today(now), office=office, rules=month_rules)
    for name, texts in undrawn(values).items():
        wrong.setdefault(name, []).extend(texts)
    lacking = [(name, words) for name, words in rules.missing(values, month_rules) if name not in wrong]
    if "start_date" not in wrong and (asked := question_about_day(values, office, today(now))):
        wrong["start_date"] = [asked]
    open_fields = {name for name, _words in lacking} | wrong.keys()
    return Todo(
        missing=[line(name, words) for name, words in lacking],
        wrong=[line(name, text) for name, texts in wrong.items() for text in texts],
        done=[str(title) for title, names in SECTIONS if not names & open_fields],
    )


def todo_of_errors(form: RecordForm) -> Todo:
    """The same while something typed cannot even be read."""
    wrong = [line(name, str(text)) for name, texts in form.errors.items() for text in texts]
    wrong += [line(name, text) for name, texts in form.blocks.items() for text in texts]
    return Todo(missing=[], wrong=wrong, done=[])


def find_record(viewer: Viewer, uuid: UUID) -> Activity | None:
    """The record to edit, ``None`` for a UUID nobody has used yet.

    :raises Http404: it is somebody else's. :raises Forbidden: seen, but not for this person to edit.
    """
    # Most forms are new records: the index alone says so, without the joins of the whole record.
    found = with_words(Activity.objects.filter(uuid=uuid)).first() if _KNOWN.rows(uuid=uuid) else None
    if found is None:
        if not rules.may_record(viewer):
            raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
        return None
    if not rules.writes_for(viewer, found):
        if not Activity.objects.visible_to(viewer).filter(pk=found.pk).exists():
            raise Http404
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของหน่วยงานที่บันทึกรายการนี้เท่านั้นที่แก้ไขได้"))
    return found


_KNOWN = Compiled(lambda uuid: Activity.objects.filter(uuid=uuid).values_list("pk", flat=True), uuid=UUID)


def records(viewer: Viewer) -> QuerySet[Activity]:
    return with_words(Activity.objects.visible_to(viewer))


def with_words(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """With what a record names, so that it can be told in words."""
    return rows.select_related(
        "organization", "kind", "sub_kind", "occasion", "host_organization", "host_activity", "updated_by"
    )


def office_of(viewer: Viewer, activity: Activity | None) -> Organization:
    """The office the record belongs (or will belong) to."""
    office = activity.organization if activity is not None else viewer.organization
    if office is None:
        raise Forbidden(_("ท่านยังไม่มีตำแหน่งในหน่วยงานใด ติดต่อผู้ดูแลของหน่วยงาน"))
    return office


def make_form(
    *,
    office: Organization,
    activity: Activity | None,
    now: datetime,
    data: Any = None,
    values: ActivityValues | None = None,
    parts: Parts | None = None,
) -> RecordForm:
    """The form bound to ``data``, or showing ``values``."""
    values = values or ActivityValues()
    month = activity.month if activity is not None else month_of(today(now))
    return RecordForm(
        data,
        initial=initial_of(values),
        office=office,
        activity=activity,
        parts=parts,
        required=rules_for(month).required,
        today=today(now),
    )


@dataclass(frozen=True)
class Tile:
    """A picture in the form."""

    photo: Photo | None
    value: PhotoValue


def tiles(photos: tuple[PhotoValue, ...]) -> list[Tile]:
    rows = {row.sha256: row for row in Photo.objects.filter(sha256__in=[each.sha256 for each in photos])}
    return [Tile(rows.get(each.sha256), each) for each in photos]


def page_context(
    *,
    viewer: Viewer,
    uuid: UUID,
    activity: Activity | None,
    form: RecordForm,
    photos: tuple[PhotoValue, ...],
    todo: Todo,
    post: Any = None,
    now: datetime,
) -> dict[str, Any]:
    """Everything ``activities/record.html`` shows. ``post`` is what was typed, when it comes back."""
    office = office_of(viewer, activity)
    revision = activity.revision if activity is not None else ""
    returned = last_return(activity)
    mark_returned(form, returned)
    month_rules = rules_for(activity.month if activity else month_of(today(now)))
    return {
        "uuid": uuid,
        "activity": activity,
        "office": office,
        "form": form,
        "tiles": tiles(photos),
        "todo": todo,
        "base_revision": post.get("base_revision", revision) if post is not None else revision,
        "page_id": (post.get("page") if post is not None else None) or uuid4().hex,
        "month_rules": month_rules,
        "last_return": returned,
        "recent": recent_of(office) if activity is None else [],
        "invited": waiting_for(office.pk) if activity is None and post is None else [],
        "asks_approval": rules.needs_approval(viewer, office),
        "sum": activity.participants if activity is not None and post is None else None,
        "today": today(now),
        "error_lines": error_lines(form),
        **block_context(form),
    }


def error_lines(form: RecordForm) -> list[tuple[str, str, str]]:
    """The summary on top: where, label, words."""
    if not form.is_bound:
        return []
    lines = [line(name, str(text)) for name, texts in form.errors.items() for text in texts]
    lines += [line(name, text) for name, texts in form.blocks.items() for text in texts]
    return [(each.anchor, each.label, each.words) for each in lines]


def mark_returned(form: RecordForm, step: Step | None) -> None:
    """The reason stands at the fields it concerns."""
    if step is None:
        return
    words = format_html('<span class="came-back">{}: {}</span>', _("รอแก้ไข"), step.reason)
    for name in step.fields:
        target = "part" if name == "part" else FIELD_OF.get(name, name)
        if target in form.fields:
            form.fields[target].help_text = words
        else:
            form.came_back.add(target)


def recent_of(office: Organization) -> list[Activity]:
    """The office's last records, to copy from."""
    rows = Activity.objects.filter(organization=office).exclude(status=Status.WITHDRAWN).exclude(name="")
    return list(rows.order_by("-start_date", "-id").only("uuid", "name", "start_date")[:6])


def last_return(activity: Activity | None) -> Step | None:
    """The step that sent the record back, while it stands returned or in draft again."""
    if activity is None or activity.status not in EDITABLE:
        return None
    step = activity.steps.select_related("organization", "by").last()
    return step if step is not None and step.act in (Act.RETURNED, Act.REOPENED) else None


def typed_photos(post: Any, seen: Seen) -> tuple[PhotoValue, ...]:
    """Pictures of a posted form; those of the record when the form did not show any."""
    if "photos_shown" in post or seen.activity is None:
        return posted_photos(post)
    return values_of(seen.activity, seen.parts).photos


def seen(activity: Activity | None) -> Seen:
    """A record with its parts as they stand now, read once for the form and for the save."""
    return Seen(activity=activity, parts=parts_by_activity([activity])[activity.pk] if activity else None)

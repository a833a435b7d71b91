"""One record as it stands, with its time line."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from jitasa.activities import rules, rules_joint
from jitasa.activities.choices import TONES, Status, channels_of
from jitasa.activities.models import Activity
from jitasa.activities.models.history import Act
from jitasa.activities.rules_people import may_see_chair_name
from jitasa.activities.selectors.invitations import asked_to
from jitasa.activities.selectors.places import tambon_words
from jitasa.activities.selectors.values import LABELS, parts_of, quantity_text
from jitasa.activities.services import transitions
from jitasa.activities.views.record_page import last_return, records
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.choices import RETURNABLE

STEP_TONES = {Act.ACCEPTED: "ok", Act.RETURNED: "bad", Act.WITHDRAWN: "idle"}


@login_required
@require_GET
def detail(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    activity = get_object_or_404(records(request.viewer), uuid=uuid)
    parts = parts_of(activity)
    steps = list(activity.steps.select_related("by", "organization"))
    show_posts(((step.by, step.at) for step in steps), with_office=False, of=activity.organization_id)
    context = {
        "activity": activity,
        "tone": TONES[Status(activity.status)],
        "chair_name": activity.chair_name if may_see_chair_name(request.viewer, activity) else "",
        "photos": parts.photos,
        "groups": parts.participations,
        "measures": [
            (row.measure.words, quantity_text(row.quantity), row.measure.unit) for row in parts.measures
        ],
        "place": tambon_words(activity.tambon_code),
        "channels": " · ".join(str(kind.label) for kind in channels_of(activity.publicity)),
        "steps": [
            (step, STEP_TONES.get(Act(step.act), ""), [field_words(name) for name in step.fields])
            for step in reversed(steps)
        ],
        "last_return": last_return(activity),
        "asked": asked_to(activity) if activity.invites else [],
        "guests": list(activity.guest_activities.live().select_related("organization")),
        **allowed(request.viewer, activity),
    }
    return render(request, "activities/detail.html", context)


def field_words(name: str) -> str:
    """What a part of a record is called that a reviewer pointed at."""
    return str(RETURNABLE.get(name) or LABELS.get(name, name))


def allowed(viewer: Viewer, activity: Activity) -> dict[str, Any]:
    """Which buttons the person gets; the services ask the same rules."""
    return {
        "may_edit": rules.may_edit(viewer, activity),
        "may_submit": transitions.SUBMIT.open_to(viewer, activity),
        "asks_approval": rules.needs_approval(viewer, activity.organization),
        "may_approve": transitions.APPROVE.open_to(viewer, activity),
        "may_send_back": transitions.SEND_BACK.open_to(viewer, activity),
        "may_reopen": transitions.REOPEN.open_to(viewer, activity),
        "may_withdraw": transitions.WITHDRAW.open_to(viewer, activity),
        "may_invite": rules_joint.may_invite(viewer, activity) and rules_joint.is_event(activity),
        "may_copy": rules.may_record(viewer) and rules.writes_for(viewer, activity),
    }

"""Saying something about a record, from its own page or the reviewer's."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from jitasa.activities.models import Activity
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden, Refusal
from jitasa.review.forms import CommentForm
from jitasa.review.rules import may_look_at, may_read_comments
from jitasa.review.services.comment import comment
from jitasa.review.views import page


@login_required
@require_POST
def add(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """Add a comment; answers the thread alone to a script, else goes back to the page of the record."""
    rows = Activity.objects.visible_to(request.viewer).select_related(
        "organization", "organization__reports_to"
    )
    activity = get_object_or_404(rows, uuid=uuid)
    if request.viewer.only_steers:  # the centre beside the office reads the record, but is no side of it
        raise Forbidden(_("แสดงความเห็นได้เฉพาะหน่วยงานเจ้าของรายการและสำนักงานที่ตรวจรายการนี้ หลังจากส่งแล้ว"))
    if not may_read_comments(request.viewer, activity):
        raise Http404
    form = CommentForm(request.POST)
    if form.is_valid():
        try:
            comment(actor=request.viewer, activity=activity, now=timezone.now(), **form.cleaned_data)
        except Forbidden:
            raise
        except Refusal as refusal:
            for text in refusal.fields.get("text", [refusal.message]):
                form.add_error("text", text)
        else:
            return _done(request, activity)
    context = {"activity": activity, "comment_form": form}
    if page.is_partial(request):
        return render(request, "review/comments_of_record.html", context)
    return render(request, "review/comment.html", context, status=400)


def _done(request: ViewerRequest, activity: Activity) -> HttpResponse:
    if page.is_partial(request):
        return render(request, "review/comments_of_record.html", {"activity": activity})
    name = "review:record" if may_look_at(request.viewer, activity) else "activities:detail"
    return redirect(reverse(name, args=[activity.uuid]) + "#comments")

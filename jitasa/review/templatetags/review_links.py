"""What review adds to the pages of the apps below it."""

from typing import Any

from django import template
from django.template.context import Context
from uuid6 import uuid7

from jitasa.activities.models import Activity
from jitasa.organizations.selectors.naming import show_posts
from jitasa.review.forms import CommentForm
from jitasa.review.models import Comment
from jitasa.review.rules import may_comment, may_look_at, may_read_comments

register = template.Library()


@register.simple_tag(takes_context=True)
def opens_in_review(context: Context, activity: Activity) -> bool:
    """Whether the viewer finds this record among those to review. No query."""
    request = context.get("request")
    viewer = getattr(request, "viewer", None)
    return viewer is not None and may_look_at(viewer, activity)


@register.simple_tag(takes_context=True)
def comments_of(context: Context, activity: Activity) -> dict[str, Any] | None:
    """What was said about a record, and the form to say more; nothing for those who may not read it.

    One query, two where somebody gave no name; none where the record was read with ``has_comments`` and has none.
    """
    viewer = getattr(context.get("request"), "viewer", None)
    if viewer is None or not activity.number or not may_read_comments(viewer, activity):
        return None
    rows: list[Comment] = []
    if getattr(activity, "has_comments", True):
        rows = list(activity.comments.select_related("by", "organization"))
        show_posts(((row.by, row.at) for row in rows), with_office=False)
    form = context.get("comment_form") or CommentForm(initial={"uuid": uuid7()})
    return {"rows": rows, "form": form if may_comment(viewer, activity) else None}

"""The ready post of an accepted activity: cards, text, share links."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity import cards
from jitasa.publicity.forms_post import OfferedPostForm
from jitasa.publicity.rules_post import may_post
from jitasa.publicity.selectors.post import OfferedPost, card_of, card_version, post_of
from jitasa.publicity.services.post import NOT_YOURS, save_post

SHAPE_WORDS = {
    "square": (gettext_lazy("จัตุรัส 1:1"), gettext_lazy("โพสต์เฟซบุ๊กและไลน์")),
    "wide": (gettext_lazy("แนวนอน 16:9"), gettext_lazy("เว็บไซต์ จอ และภาพของลิงก์")),
    "tall": (gettext_lazy("แนวตั้ง 9:16"), gettext_lazy("สตอรี ติ๊กต็อก รีลส์")),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """What the post will look like; its own office changes it, those above look."""
    activity = _record(request, uuid)
    if request.method == "POST":
        return _save(request, activity)
    if activity.status != Status.ACCEPTED:
        return render(request, "publicity/post_not_yet.html", {"activity": activity})
    return _show(request, activity, post_of(activity))


@login_required
@require_GET
def card(request: ViewerRequest, uuid: UUID, shape: str) -> HttpResponse:
    """One card as PNG, to look at or (``?download=1``) to keep."""
    activity = _record(request, uuid)
    if activity.status != Status.ACCEPTED or shape not in cards.SHAPES:
        raise Http404(_("ไม่พบการ์ดนี้"))
    post = post_of(activity)
    etag = f'"{card_version(activity, shape, post)}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    response = HttpResponse(card_of(activity, shape, post), content_type="image/png")
    response["ETag"], response["Cache-Control"] = etag, "private, no-cache"
    kind = "attachment" if "download" in request.GET else "inline"
    response["Content-Disposition"] = f'{kind}; filename="{activity.number}-{shape}.png"'
    return response


def _record(request: ViewerRequest, uuid: UUID) -> Activity:
    rows = Activity.objects.visible_to(request.viewer).select_related("organization", "kind", "occasion")
    return get_object_or_404(rows, uuid=uuid)


def _save(request: ViewerRequest, activity: Activity) -> HttpResponse:
    if not may_post(request.viewer, activity):
        raise Forbidden(_(NOT_YOURS))
    form = OfferedPostForm(request.POST)
    if not form.is_valid():
        return _refused(request, activity, form, 400)
    given = form.cleaned_data
    try:
        save_post(
            actor=request.viewer,
            activity=activity,
            title=given["title"],
            text=given["text"],
            pictures=form.pictures(),
            base_revision=given["revision"] or 0,
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        for name, texts in (refusal.fields or {"": [refusal.message]}).items():
            form.add_error(name if name in form.fields else None, list(texts))
        return _refused(request, activity, form, refusal.status)
    messages.success(request, _("บันทึกแล้ว การ์ดและข้อความพร้อมใช้"))
    return redirect("publicity:post", uuid=activity.uuid)


def _refused(request: ViewerRequest, activity: Activity, form: OfferedPostForm, status: int) -> HttpResponse:
    """The page with what the person typed, and what is saved by now beside it."""
    now = post_of(activity)
    by_hash = {use.photo.sha256: use for use in now.choices}
    typed = replace(now, photos=[by_hash[sha] for sha in form.pictures() if sha in by_hash])
    response = _show(request, activity, typed, form=form, latest=now)
    response.status_code = status
    return response


def _show(
    request: ViewerRequest,
    activity: Activity,
    post: OfferedPost,
    *,
    form: OfferedPostForm | None = None,
    latest: OfferedPost | None = None,
) -> HttpResponse:
    link = cards.address(activity)
    may = may_post(request.viewer, activity)
    form = form or OfferedPostForm(initial={"title": post.title, "text": post.text})
    context: dict[str, Any] = {
        "activity": activity,
        "post": post,
        "latest": latest,
        "form": form if may else form.freeze(),
        "chosen": {use.pk for use in post.photos},
        "lead": post.photos[0].pk if post.photos else None,
        "may_post": may,
        "cards": [(shape, *cards.SHAPES[shape], *words) for shape, words in SHAPE_WORDS.items()],
        "link": link,
        "line_url": f"https://social-plugins.line.me/lineit/share?{urlencode({'url': link})}",
        "facebook_url": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': link})}",
        "broadcast_url": _broadcast_url(activity),
    }
    return render(request, "publicity/post.html", context)


def _broadcast_url(activity: Activity) -> str:
    try:
        return f"{reverse('publicity:broadcast_new')}?{urlencode({'activity': activity.uuid})}"
    except NoReverseMatch:
        return ""

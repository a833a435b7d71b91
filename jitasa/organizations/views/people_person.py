"""One person: contact, posts, password, suspension."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.accounts.models import User
from jitasa.organizations.forms_people import ContactForm, EndForm
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.rules_people import (
    Standing,
    may_carry_out_erasure,
    may_end_post,
    may_give,
    may_manage_person,
    may_move_home,
)
from jitasa.organizations.selectors.people import (
    foreign_offices_of,
    offers_to,
    people_visible_to,
    visible_posts_of,
    waiting_erasure,
)
from jitasa.organizations.selectors.standing import standing_of
from jitasa.organizations.services import people as services
from jitasa.organizations.services.posts import edit_post, end_post
from jitasa.organizations.viewer import Viewer
from jitasa.organizations.views.refusals import refused
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today


def _person(request: ViewerRequest, pk: int) -> User:
    return get_object_or_404(people_visible_to(request.viewer), pk=pk)


@login_required
def person(request: ViewerRequest, pk: int) -> HttpResponse:
    """Contact and posts of a person, for whoever manages the account or one of its posts."""
    viewer, now = request.viewer, timezone.now()
    user = _person(request, pk)
    standing = standing_of(user.pk, now)
    may_manage = may_manage_person(viewer, standing)
    posts = list(visible_posts_of(viewer, user))
    if not may_manage and not any(may_give(viewer, post.organization, post.role) for post in posts):
        raise Forbidden(_("ดูและแก้ข้อมูลผู้ใช้ได้เฉพาะผู้ดูแลสำนักงานของผู้นั้น"))
    form = ContactForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_person(actor=viewer, user=user, now=now, **form.cleaned_data)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("บันทึกข้อมูลผู้ใช้แล้ว"))
            return redirect("organizations:person", pk)
    day = today(now)
    context = {
        "person": user,
        "form": form,
        "rows": [_row(viewer, post, standing, day) for post in posts],
        "may_manage": may_manage,
        "home": standing.home if may_manage else None,
        "homes": _other_offices(posts, standing, day) if may_move_home(viewer, standing) else [],
        "offers": offers_to(user, now) if may_manage else [],
        "erasure": waiting_erasure(user) if may_carry_out_erasure(viewer, standing) else None,
        "elsewhere": foreign_offices_of(user, now, viewer) if may_manage else 0,
    }
    return render(request, "organizations/people_person.html", context, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class PostRow:
    """A post as the person's page shows it, with what the reader may do to it."""

    post: Post
    has_ended: bool
    may_end: bool
    may_title: bool
    may_wake: bool


def _row(viewer: Viewer, post: Post, standing: Standing, day: date) -> PostRow:
    ended = post.ended_by(day)
    gives = not ended and may_give(viewer, post.organization, post.role)
    ends = not ended and may_end_post(viewer, post.organization, post.role, standing)
    return PostRow(post, ended, ends, gives, gives and post.rests_since is not None)


def _other_offices(posts: list[Post], standing: Standing, day: date) -> list[Organization]:
    """Where the person serves today besides the home office."""
    valid = [post for post in posts if not post.ended_by(day) and post.from_date <= day]
    found = {post.organization_id: post.organization for post in valid if post.rests_since is None}
    return [office for pk, office in found.items() if standing.home is None or pk != standing.home.pk]


@login_required
def post_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """End a post: on a day, today, or at once; or change how it is called."""
    mine = Post.objects.filter(user=request.user.pk)
    posts = Post.objects.visible_to(request.viewer) | mine
    post = get_object_or_404(posts.select_related("organization", "user"), pk=pk)
    standing = standing_of(post.user_id, timezone.now())
    if not may_end_post(request.viewer, post.organization, post.role, standing):
        raise Forbidden(_("ท่านสิ้นสุดตำแหน่งนี้ไม่ได้"))
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        last_day = form.cleaned_data["last_day"] or today(now)
        if form.cleaned_data["at_once"]:
            last_day = today(now) - timedelta(days=1)
        try:
            end_post(actor=request.viewer, post=post, last_day=last_day, now=now)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("บันทึกวันสิ้นสุดของตำแหน่งแล้ว"))
            if post.user_id == request.user.pk:
                return redirect("organizations:own_posts")
            return redirect("organizations:people_of", post.organization_id)
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "organizations/people_end.html", {"post": post, "form": form}, status=status)


@require_POST
@login_required
def post_title(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change how a position is called (field ``title``)."""
    post = get_object_or_404(Post.objects.visible_to(request.viewer), pk=pk)
    title = request.POST.get("title", "")[:150]
    edit_post(actor=request.viewer, post=post, title=title, now=timezone.now())
    messages.success(request, _("แก้ชื่อตำแหน่งแล้ว"))
    return redirect("organizations:person", post.user_id)


@fresh_sign_in()
@never_cache
@require_POST
@login_required
def person_reset(request: ViewerRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown on the answer and nowhere else."""
    user = _person(request, pk)
    password = services.reset_password(actor=request.viewer, user=user, now=timezone.now())
    user.refresh_from_db(fields=["password_until"])
    context = {"office": request.viewer.organization, "person": user, "password": password, "is_new": False}
    return render(request, "organizations/people_password.html", context)


@require_POST
@login_required
def person_active(request: ViewerRequest, pk: int) -> HttpResponse:
    """Suspend the account (``active=0``) or reopen it (``active=1``)."""
    user = _person(request, pk)
    act = services.activate if request.POST.get("active") == "1" else services.deactivate
    act(actor=request.viewer, user=user, now=timezone.now())
    text = _("เปิดใช้บัญชีแล้ว") if act is services.activate else _("ระงับบัญชีแล้ว มีผลทันที")
    messages.success(request, text)
    return redirect("organizations:person", pk)

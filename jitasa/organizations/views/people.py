"""The people of an office: the list, a new person, a further post for somebody known."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from jitasa.accounts.models import User
from jitasa.accounts.rules import clean_username
from jitasa.organizations.forms_people import ExistingPersonForm, NewPersonForm
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization, Post, PostOffer
from jitasa.organizations.rules_people import (
    may_manage_people,
    may_see_people,
    may_view_as,
    roles_to_give,
)
from jitasa.organizations.selectors.people import members, offers_from, posts_in
from jitasa.organizations.services.people import create_person
from jitasa.organizations.services.posts import add_post
from jitasa.organizations.views.refusals import refused
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import today
from jitasa.ui.days import short_date


def visible_office(request: ViewerRequest, organization_id: int | None) -> Organization:
    """The office asked for (404 when out of sight), if its people may be seen (403)."""
    office = get_object_or_404(Organization.objects.visible_to(request.viewer), pk=organization_id)
    if not may_see_people(request.viewer, office):
        raise Forbidden(_("ดูรายชื่อผู้ใช้ได้เฉพาะสำนักงานของท่านและหน่วยงานในความดูแล"))
    return office


@require_GET
@login_required
def people(request: ViewerRequest, organization_id: int | None = None) -> HttpResponse:
    """Who holds which post in the own office, or in one below."""
    viewer, now = request.viewer, timezone.now()
    office = visible_office(request, organization_id or viewer.office_id)
    ended = request.GET.get("show") == "ended"
    context = {
        "office": office,
        "own": office.pk == viewer.office_id,
        "ended": ended,
        "members": members(posts_in(office, now, ended=ended), viewer, now),
        "may_manage": may_manage_people(viewer, office),
        "may_view_as": may_view_as(viewer, office),
        "offers": offers_from(office, now) if may_manage_people(viewer, office) else [],
        "only_administrators": len(roles_to_give(viewer, office)) == 1,
    }
    return render(request, "organizations/people.html", context)


@never_cache
@login_required
def person_add(request: ViewerRequest, organization_id: int) -> HttpResponse:
    """A new person; the one-time password is on the answer and nowhere else."""
    office = _manageable_office(request, organization_id)
    form = NewPersonForm(roles_to_give(request.viewer, office), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_person(
                actor=request.viewer, organization=office, now=timezone.now(), **form.cleaned_data
            )
        except Refusal as refusal:
            refused(form, refusal)
        else:
            context = {"office": office, "person": made.user, "password": made.password, "is_new": True}
            return render(request, "organizations/people_password.html", context)
    status = 422 if form.is_bound else 200
    return render(request, "organizations/people_add.html", {"office": office, "form": form}, status=status)


@login_required
def person_link(request: ViewerRequest, organization_id: int) -> HttpResponse:
    """A post in this office for somebody who has an account already."""
    office = _manageable_office(request, organization_id)
    form = ExistingPersonForm(roles_to_give(request.viewer, office), request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        user = User.objects.filter(username=clean_username(values.pop("username"))).first()
        if user is None:
            form.add_error("username", _("ไม่พบชื่อผู้ใช้นี้ ตรวจตัวสะกด หรือเพิ่มเป็นผู้ใช้ใหม่"))
        else:
            try:
                given = add_post(
                    actor=request.viewer, user=user, organization=office, now=timezone.now(), **values
                )
            except Refusal as refusal:
                refused(form, refusal)
            else:
                messages.success(request, _given_text(given))
                return redirect("organizations:people_of", office.pk)
    status = 422 if form.is_bound else 200
    return render(request, "organizations/people_link.html", {"office": office, "form": form}, status=status)


def _given_text(given: Post | PostOffer) -> str:
    if isinstance(given, Post):
        return _("เพิ่มตำแหน่งแล้ว")
    return _("เสนอตำแหน่งแล้ว มีผลเมื่อเจ้าตัวหรือต้นสังกัดตอบรับ ภายใน %(day)s") % {
        "day": short_date(today(given.expires_at))
    }


def _manageable_office(request: ViewerRequest, organization_id: int) -> Organization:
    office = visible_office(request, organization_id)
    if not may_manage_people(request.viewer, office):
        raise Forbidden(_("ผู้ดูแลของสำนักงานนั้น หรือของหน่วยงานระดับเหนือขึ้นไปหนึ่งระดับ เป็นผู้เพิ่มผู้ใช้"))
    return office

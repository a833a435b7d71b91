"""The notices of the office, and marking them read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from jitasa.accounts.services.tell import mark_read as mark_personal_read
from jitasa.notices.selectors import notices_for, personal_for, unread_count
from jitasa.notices.services.read import mark_all_read, mark_read
from jitasa.organizations.middleware import ViewerRequest
from jitasa.ui.reading import page_of

PER_PAGE = 30


@require_GET
@login_required
def notices(request: ViewerRequest) -> HttpResponse:
    """All notices of the current office, unread ones marked."""
    context = {
        "page": page_of(request, notices_for(request.viewer), PER_PAGE),
        "unread": unread_count(request.viewer, timezone.now()),
        "personal": personal_for(request.viewer, timezone.now())[:PER_PAGE],
    }
    return render(request, "notices/list.html", context)


@require_POST
@login_required
def read(request: ViewerRequest, pk: int) -> HttpResponse:
    """Mark one notice read and go to what it is about."""
    notice = get_object_or_404(notices_for(request.viewer), pk=pk)
    mark_read(actor=request.viewer, notice=notice, now=timezone.now())
    if notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("notices:list")


@require_POST
@login_required
def read_personal(request: ViewerRequest, pk: int) -> HttpResponse:
    """Mark one of the person's own notices read and go to what it is about."""
    notice = get_object_or_404(personal_for(request.viewer, timezone.now()), pk=pk)
    mark_personal_read(user=notice.user, pks=[pk], now=timezone.now())
    if notice.url and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect(notice.url)
    return redirect("notices:list")


@require_POST
@login_required
def read_all(request: ViewerRequest) -> HttpResponse:
    """Mark every notice of the current office read."""
    mark_all_read(actor=request.viewer, now=timezone.now())
    return redirect("notices:list")

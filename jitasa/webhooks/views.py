"""The office's webhooks: list, add, see the last messages, try, switch on again, end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.webhooks import rules
from jitasa.webhooks.forms import WebhookForm
from jitasa.webhooks.selectors import last_deliveries, webhooks_of
from jitasa.webhooks.services.keep import NO_RIGHT, add_webhook, revoke_webhook, switch_on, try_webhook


def _refuse_others(request: ViewerRequest) -> None:
    """:raises Forbidden:"""
    if not rules.may_add_webhook(request.viewer):
        raise Forbidden(_(NO_RIGHT))


@officers
@require_GET
def index(request: ViewerRequest) -> HttpResponse:
    """Every address of the office."""
    _refuse_others(request)
    rows = list(webhooks_of(request.viewer))
    return render(request, "webhooks/index.html", {"rows": rows, "office": own_office(request)})


@fresh_sign_in()
@officers
@require_http_methods(["GET", "POST"])
def new(request: ViewerRequest) -> HttpResponse:
    """Add one; the secret stands on the answer, once."""
    _refuse_others(request)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row, secret = add_webhook(actor=request.viewer, now=timezone.now(), **form.values())
        except Refusal as refusal:
            if not refusal.fields:
                raise
            form.put(refusal.fields)
        else:
            response = render(request, "webhooks/once.html", {"row": row, "secret": secret})
            add_never_cache_headers(response)
            return response
    status = 422 if form.is_bound else 200
    return render(request, "webhooks/new.html", {"form": form, "office": own_office(request)}, status=status)


@officers
@require_GET
def detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One address with its last messages."""
    row = get_object_or_404(webhooks_of(request.viewer), pk=pk)
    _refuse_others(request)
    show_posts([(row.created_by, row.created_at)], with_office=False, of=row.organization_id)
    return render(request, "webhooks/detail.html", {"row": row, "deliveries": last_deliveries(row)})


@officers
@require_POST
def try_now(request: ViewerRequest, pk: int) -> HttpResponse:
    """Send a message that only tries the way."""
    row = get_object_or_404(webhooks_of(request.viewer), pk=pk)
    _refuse_others(request)
    try_webhook(actor=request.viewer, webhook=row, now=timezone.now())
    messages.success(request, _("กำลังทดลองส่ง อีกสักครู่โหลดหน้านี้ใหม่เพื่อดูผล"))
    return redirect("webhooks:detail", pk)


@officers
@require_POST
def on(request: ViewerRequest, pk: int) -> HttpResponse:
    """Use it again after it was switched off."""
    row = get_object_or_404(webhooks_of(request.viewer), pk=pk)
    _refuse_others(request)
    switch_on(actor=request.viewer, webhook=row, now=timezone.now())
    messages.success(request, _("เปิดการแจ้ง “%(name)s” แล้ว") % {"name": row.name})
    return redirect("webhooks:detail", pk)


@fresh_sign_in()
@officers
@require_POST
def revoke(request: ViewerRequest, pk: int) -> HttpResponse:
    """End one at once."""
    row = get_object_or_404(webhooks_of(request.viewer), pk=pk)
    _refuse_others(request)
    revoke_webhook(actor=request.viewer, webhook=row, now=timezone.now())
    messages.success(request, _("ยกเลิกการแจ้ง “%(name)s” แล้ว") % {"name": row.name})
    return redirect("webhooks:index")

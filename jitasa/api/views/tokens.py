"""The office's tokens on one page: list, make, end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.api import rules
from jitasa.api.forms import TokenForm
from jitasa.api.selectors.tokens import tokens_of
from jitasa.api.services.tokens import NO_RIGHT, issue_token, revoke_token
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal


@officers
@require_GET
def tokens(request: ViewerRequest) -> HttpResponse:
    """Every token of the office, with when it was used last."""
    if not rules.may_issue_token(request.viewer):
        raise Forbidden(_(NO_RIGHT))
    now = timezone.now()
    rows = list(tokens_of(request.viewer))
    show_posts(
        ((row.created_by, row.created_at) for row in rows), with_office=False, of=request.viewer.office_id
    )
    lines = [(row, row.ended(now)) for row in rows]
    return render(request, "api/tokens.html", {"lines": lines, "office": own_office(request)})


@fresh_sign_in()
@officers
@require_http_methods(["GET", "POST"])
def new(request: ViewerRequest) -> HttpResponse:
    """Make one; the token stands on the answer, once."""
    if not rules.may_issue_token(request.viewer):
        raise Forbidden(_(NO_RIGHT))
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row, token = issue_token(actor=request.viewer, now=timezone.now(), **form.values())
        except Refusal as refusal:
            if not refusal.fields:
                raise
            form.put(refusal.fields)
        else:
            response = render(request, "api/token_once.html", {"row": row, "token": token})
            add_never_cache_headers(response)
            return response
    status = 422 if form.is_bound else 200
    return render(request, "api/token_new.html", {"form": form, "office": own_office(request)}, status=status)


@fresh_sign_in()
@officers
@require_POST
def revoke(request: ViewerRequest, pk: int) -> HttpResponse:
    """End one at once."""
    token = get_object_or_404(tokens_of(request.viewer), pk=pk)
    revoke_token(actor=request.viewer, token=token, now=timezone.now())
    messages.success(
        request, _("ยกเลิกโทเคน “%(name)s” แล้ว ระบบที่ใช้โทเคนนี้จะเชื่อมต่อไม่ได้ทันที") % {"name": token.name}
    )
    return redirect("api_desk:tokens")

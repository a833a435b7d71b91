"""The screen that sets a telephone up: a token for ODK Collect or Enketo as a QR code, once."""

import base64
import json
import zlib

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.api import rules
from jitasa.api.choices import Scope
from jitasa.api.services.tokens import NO_RIGHT, issue_token
from jitasa.documents.qr import png
from jitasa.openrosa.forms import CollectForm
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal

SCOPES = (Scope.ACTIVITIES_WRITE, Scope.PHOTOS_WRITE)


@fresh_sign_in()
@officers
@require_http_methods(["GET", "POST"])
def collect(request: ViewerRequest) -> HttpResponse:
    """Make a token that may record and send pictures; the code that holds it stands on the answer, once."""
    if not rules.may_issue_token(request.viewer) or not request.viewer.is_lao:
        raise Forbidden(_(NO_RIGHT))
    form = CollectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row, token = issue_token(
                actor=request.viewer, now=timezone.now(), scopes=SCOPES, **form.cleaned_data
            )
        except Refusal as refusal:
            if not refusal.fields:
                raise
            form.put(refusal.fields)
        else:
            url = f"{settings.SITE_URL}/openrosa/key/{token}"
            code = png(settings_for(url, row.organization.short_name), scale=6)
            picture = f"data:image/png;base64,{base64.b64encode(code).decode('ascii')}"
            response = render(request, "openrosa/once.html", {"row": row, "url": url, "picture": picture})
            add_never_cache_headers(response)
            return response
    status = 422 if form.is_bound else 200
    return render(
        request, "openrosa/collect.html", {"form": form, "office": own_office(request)}, status=status
    )


def settings_for(url: str, name: str) -> str:
    """The settings of a project as Collect reads them from a code: JSON, deflated, base64."""
    content = {
        "general": {"server_url": url, "form_update_mode": "match_exactly", "autosend": "wifi_and_cellular"},
        "admin": {},
        "project": {"name": name, "icon": "จ"},
    }
    packed = zlib.compress(json.dumps(content, ensure_ascii=False).encode())
    return base64.b64encode(packed).decode("ascii")

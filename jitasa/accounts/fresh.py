"""Step-up: before an act of weight the person shows again that it is she (``fresh_sign_in``).

How fresh a sign-in must be is ``settings.FRESH_MINUTES``; who has a second factor gives that, others the
password. Nothing typed is lost: the page that asks carries the form along and sends it on when the proof
is right. Files cannot be carried; views with files save first and ask then (``ask_again``).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jitasa.accounts.adapter import address_of
from jitasa.accounts.asking import asked_by_script
from jitasa.accounts.forms_mfa import PasskeyForm
from jitasa.accounts.models import User
from jitasa.accounts.passkey_options import as_json
from jitasa.accounts.rules_mfa import is_fresh
from jitasa.accounts.selectors_mfa import Factors, factors_of
from jitasa.accounts.services.proofs import check_code, check_password
from jitasa.problems import Refusal

PASSWORD, CODE, PASSKEY, OPENING = "confirm_password", "confirm_code", "confirm_passkey", "confirm_opening"
OWN_FIELDS = frozenset({PASSWORD, CODE, PASSKEY, OPENING, "csrfmiddlewaretoken"})
RECORDS_KEPT = 10  # of one session: allauth would let the list grow for ever

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponse]


@dataclass(frozen=True)
class Asking:
    """What the page that asks shows and where it sends the proof to."""

    action: str
    fields: Sequence[tuple[str, str]]
    is_opening: bool  # a page was to be opened, nothing to be sent on
    files_lost: bool = False
    error: str = ""


def fresh_sign_in(
    *, when: Callable[[HttpRequest], bool] = lambda _request: True
) -> Callable[[View[R, P]], View[R, P]]:
    """Ask for a proof before the view when the last one is older than ``FRESH_MINUTES``.

    Stands outermost, before ``require_POST`` and ``login_required``: whoever is not signed in is left to
    those. ``when`` narrows the asking to some requests of the view.
    """

    def decorate(view: View[R, P]) -> View[R, P]:
        @wraps(view)
        def asked(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, User) or not when(request):
                return view(request, *args, **kwargs)
            answer = ask_again(request)
            return view(request, *args, **kwargs) if answer is None else answer

        return asked

    return decorate


def ask_again(
    request: HttpRequest, *, action: str = "", fields: Mapping[str, str] | None = None
) -> HttpResponse | None:
    """Nothing when the sign-in is fresh or the request brings a right proof; else the page that asks.

    ``action`` and ``fields``: where to send the proof and what with it, when that is not this request again.
    """
    user = request.user
    assert isinstance(user, User)
    factors, now = factors_of(user), timezone.now()
    records = get_authentication_records(request, user)
    if is_fresh(records, has_second_factor=factors.any, now=now, minutes=settings.FRESH_MINUTES):
        return _after_proof(request)
    if request.method == "POST" and not OWN_FIELDS.isdisjoint(request.POST.keys() - {"csrfmiddlewaretoken"}):
        error = _proof_error(request, user, factors)
        if not error:
            return _after_proof(request)
        return _page(request, factors, _asking(request, action, fields, error))
    return _page(request, factors, _asking(request, action, fields, ""))


def note_proof(request: HttpRequest, user: User, method: str, **data: Any) -> None:
    """From now on this session's sign-in is fresh."""
    record_authentication(request, user, method, reauthenticated=True, **data)
    kept = request.session[AUTHENTICATION_METHODS_SESSION_KEY][-RECORDS_KEPT:]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


def _after_proof(request: HttpRequest) -> HttpResponse | None:
    """The page that was to be opened is opened; a form goes on to its view."""
    if request.method == "POST" and request.POST.get(OPENING):
        return HttpResponseRedirect(request.get_full_path())
    return None


def _asking(request: HttpRequest, action: str, fields: Mapping[str, str] | None, error: str) -> Asking:
    posted = request.method == "POST" and not request.POST.get(OPENING)
    if fields is not None:
        carried = list(fields.items())
    else:
        lists = request.POST.lists() if posted else ()
        carried = [(name, value) for name, values in lists if name not in OWN_FIELDS for value in values]
    return Asking(
        action=action or request.get_full_path(),
        fields=carried,
        is_opening=not posted and not action,
        files_lost=fields is None and any(request.FILES.values()),
        error=error,
    )


def _proof_error(request: HttpRequest, user: User, factors: Factors) -> str:
    """Why the proof is not taken, in a sentence; empty when it is."""
    given, address, now = request.POST, address_of(request), timezone.now()
    try:
        if factors.any and given.get(PASSKEY):
            form = PasskeyForm({"credential": given[PASSKEY]}, user=user)
            if not form.is_valid():
                return str(form.errors["credential"][0])
            _used(request, user, form.cleaned_data["credential"])
        elif factors.any:
            found = check_code(user=user, code=given.get(CODE, ""), address=address, now=now)
            if found is None:
                return _("รหัสไม่ถูกต้องหรือใช้ไปแล้ว ดูรหัสปัจจุบันในแอป แล้วพิมพ์ใหม่")
            _used(request, user, found)
        elif check_password(user=user, password=given.get(PASSWORD, ""), address=address, now=now):
            note_proof(request, user, "password")
        else:
            return _("รหัสผ่านไม่ถูกต้อง พิมพ์ใหม่")
    except Refusal as refusal:
        return refusal.message
    return ""


def _used(request: HttpRequest, user: User, factor: Authenticator) -> None:
    factor.record_usage()
    note_proof(request, user, "mfa", id=factor.pk, type=factor.type)


def _page(request: HttpRequest, factors: Factors, asking: Asking) -> HttpResponse:
    """The page that asks (401: nothing was done); a script gets the address where to confirm."""
    if asked_by_script(request):
        url = (
            f"{reverse('accounts:confirm')}?{urlencode({'next': request.headers.get('HX-Current-URL', '')})}"
        )
        text = _("ยืนยันว่าเป็นท่านอีกครั้งก่อนทำรายการนี้")
        response: HttpResponse = JsonResponse({"error": "confirm", "message": text, "url": url}, status=403)
    else:
        context = {"asking": asking, "factors": factors, "minutes": settings.FRESH_MINUTES}
        if factors.passkeys:
            context["passkey_options"] = as_json(begin_authentication(request.user))
        response = render(request, "accounts/confirm.html", context, status=401)
    add_never_cache_headers(response)
    return response

"""The security part of a person's own pages: app, passkeys, recovery codes, linked identity."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from jitasa.accounts.forms_mfa import AppForm, NewPasskeyForm
from jitasa.accounts.fresh import fresh_sign_in, note_proof
from jitasa.accounts.passkey_options import as_json
from jitasa.accounts.sealing import Unreadable, seal, unseal
from jitasa.accounts.selectors_mfa import FACTORS, factors_of, identity_of, security_events_of
from jitasa.accounts.services import second_factor
from jitasa.accounts.services.sessions import end_other_sessions
from jitasa.accounts.views import SignedIn, actor_of
from jitasa.problems import Refusal

NEW_SECRET = "new_app"  # noqa: S105 (session: the sealed secret of an app being added)


@require_GET
@never_cache
@login_required
def security(request: SignedIn) -> HttpResponse:
    """What stands beside the password, and what happened to the account."""
    context = {
        "factors": factors_of(request.user),
        "identity": identity_of(request.user),
        "oidc_name": settings.OIDC_NAME if settings.OIDC_ON else "",
        "events": security_events_of(request.user),
    }
    return render(request, "accounts/security.html", context)


@fresh_sign_in()
@require_GET
@login_required
def confirm(request: SignedIn) -> HttpResponse:
    """Confirm first, then go to ``next``: for pages whose script was told to ask."""
    to = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, {request.get_host()}, request.is_secure())
    return HttpResponseRedirect(to if is_ours else reverse("accounts:security"))


@fresh_sign_in()
@sensitive_post_parameters()
@never_cache
@login_required
def app_add(request: SignedIn) -> HttpResponse:
    """Show the QR code of a new authenticator app and take its first code."""
    secret = _secret_in_session(request)
    form = AppForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            codes = second_factor.add_app(
                actor=actor_of(request),
                user=request.user,
                secret=secret,
                code=form.cleaned_data["code"].replace(" ", ""),
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("code", refusal.message)
        else:
            request.session.pop(NEW_SECRET, None)
            return _added(request, codes, "totp", _("เพิ่มแอปยืนยันตัวตนแล้ว"))
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, secret)
    context = {
        "form": form,
        "svg": adapter.build_totp_svg(address),
        "address": address,  # the app of this very telephone opens it: nobody scans her own screen
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "accounts/app_add.html", context, status=422 if form.is_bound else 200)


@fresh_sign_in()
@never_cache
@login_required
def passkey_add(request: SignedIn) -> HttpResponse:
    """Make a passkey in this browser and give it a name."""
    form = NewPasskeyForm(request.user, request.POST if "credential" in request.POST else None)
    if form.is_bound and form.is_valid():
        name = form.cleaned_data["name"] or get_adapter().generate_authenticator_name(
            request.user, Authenticator.Type.WEBAUTHN
        )
        codes = second_factor.add_passkey(
            actor=actor_of(request),
            user=request.user,
            name=name,
            credential=form.cleaned_data["credential"],
            now=timezone.now(),
        )
        return _added(request, codes, "webauthn", _("เพิ่มพาสคีย์แล้ว"))
    context = {"form": form, "options": as_json(begin_registration(request.user, True))}
    return render(request, "accounts/passkey_add.html", context, status=422 if form.is_bound else 200)


@fresh_sign_in()
@require_POST
@login_required
def factor_remove(request: SignedIn, pk: int) -> HttpResponse:
    """Take one's own app or passkey away."""
    rows = Authenticator.objects.filter(user=request.user, type__in=FACTORS)
    factor = get_object_or_404(rows, pk=pk)
    second_factor.remove_factor(actor=actor_of(request), user=request.user, factor=factor, now=timezone.now())
    messages.success(request, _("ลบแล้ว"))
    return redirect("accounts:security")


@fresh_sign_in()
@never_cache
@require_POST
@login_required
def recovery_codes(request: SignedIn) -> HttpResponse:
    """Make new recovery codes; this answer is the only place where they are shown."""
    codes = second_factor.make_recovery_codes(actor=actor_of(request), user=request.user, now=timezone.now())
    return _codes_page(request, codes)


def _secret_in_session(request: SignedIn) -> str:
    """The secret of the app being added: the same until it is added, so that a page loaded anew fits."""
    try:
        return unseal(request.session[NEW_SECRET])
    except (KeyError, Unreadable):
        secret: str = generate_totp_secret()
        request.session[NEW_SECRET] = seal(secret)
        return secret


def _added(request: SignedIn, codes: list[str], type_: str, words: str) -> HttpResponse:
    """After the first factor other devices sign in anew: they had come with a password only."""
    note_proof(request, request.user, "mfa", type=type_)
    messages.success(request, words)
    if not codes:
        return redirect("accounts:security")
    end_other_sessions(
        actor=actor_of(request),
        user=request.user,
        current_key=request.session.session_key,
        now=timezone.now(),
    )
    return _codes_page(request, codes)


def _codes_page(request: SignedIn, codes: list[str]) -> HttpResponse:
    shown = [f"{code[:4]} {code[4:]}" for code in codes]
    return render(request, "accounts/recovery_codes.html", {"codes": shown, "site": settings.SITE_URL})

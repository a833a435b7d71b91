"""To the identity provider and back."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import requests
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from jitasa.accounts.fresh import fresh_sign_in
from jitasa.accounts.oidc_adapter import LINK, failed
from jitasa.accounts.oidc_provider import PROVIDER, Adapter
from jitasa.accounts.services.identities import unlink_identity
from jitasa.accounts.views import SignedIn, actor_of

P = ParamSpec("P")
logger = logging.getLogger(__name__)
# What a provider that does not keep to the protocol may raise on the way through the library.
WRONG_ANSWERS = (OAuth2Error, requests.RequestException, KeyError, TypeError, ValueError)


def when_set_up(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Where no provider is set up these pages do not exist."""

    @wraps(view)
    def checked(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.OIDC_ON:
            raise Http404
        return view(*args, **kwargs)

    return checked


@when_set_up
@require_POST
@never_cache
def oidc_start(request: HttpRequest) -> HttpResponse:
    """To the provider's page, to sign in."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return _to_provider(request, "login")


@when_set_up
@fresh_sign_in()
@require_POST
@never_cache
@login_required
def oidc_link(request: SignedIn) -> HttpResponse:
    """To the provider's page, to link the identity to one's own account."""
    return _to_provider(request, LINK)


@when_set_up
@require_GET
@never_cache
def oidc_callback(request: HttpRequest) -> HttpResponse:
    """Back from the provider's page: state, code, token, nonce; then ``IdentityAdapter.pre_social_login``."""
    view = OAuth2CallbackView.adapter_view(Adapter(request, PROVIDER))
    try:
        response: HttpResponse = view(request)
    except WRONG_ANSWERS as error:
        logger.warning("identity provider: %s", type(error).__name__)
        return failed(request, error)
    return response


@when_set_up
@fresh_sign_in()
@require_POST
@login_required
def oidc_unlink(request: SignedIn) -> HttpResponse:
    """The identity opens the account no more."""
    unlink_identity(actor=actor_of(request), user=request.user, now=timezone.now())
    messages.success(request, _("ยกเลิกการเชื่อมแล้ว"))
    return redirect("accounts:security")


def _to_provider(request: HttpRequest, process: str) -> HttpResponse:
    provider = get_adapter().get_provider(request, PROVIDER)
    to = get_next_redirect_url(request) if process == "login" else None
    try:
        response: HttpResponse = provider.redirect(request, process=process, next_url=to)
    except WRONG_ANSWERS as error:
        logger.warning("identity provider: %s", type(error).__name__)
        return failed(request, error)
    return response

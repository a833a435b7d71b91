"""OpenID Connect by any provider (ThaiD …): authorization code with PKCE, state and nonce; only ``pid`` counts.

On top of ``allauth.socialaccount``'s provider: the ID token's signature and nonce are always checked, the
scope is the operator's and nobody else's, and of all that the provider says only a keyed hash of one claim
is kept (domain.md §7). ``settings.OIDC_*`` come from ``JITASA_OIDC_*``.
"""

from typing import Any

import requests
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from jitasa.accounts.oidc_token import checked_claims

PROVIDER = "oidc"  # the one provider of an installation; stands in SocialAccount.provider
CONFIG_KEPT = 600  # seconds
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def nonce_of(state: str) -> str:
    """The nonce of a sign-in: bound to its state, which lives in this browser's session and works once."""
    return str(settings.KEYS["tokens"].mac(state, purpose="oidc nonce"))


def identity_hash(pid: str) -> str:
    """The keyed hash under which a person's identity is kept; the one kept already, after a change of key."""
    plain = "".join(sign for sign in pid.strip() if sign not in " -")
    codes = settings.KEYS["pid"].macs(plain, purpose="oidc identity")
    kept = (
        SocialAccount.objects.filter(provider=PROVIDER, uid__in=codes).values_list("uid", flat=True).first()
    )
    return str(kept or codes[0])


class Client(OAuth2Client):  # type: ignore[misc]  # allauth ships no types
    """Adds to the address of the provider's page the nonce, and how sure of the person it must be."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        asked = {**extra_params, "nonce": nonce_of(self.state)}
        if settings.OIDC_ACR:
            asked["acr_values"] = " ".join(settings.OIDC_ACR)
        url: str = super().get_redirect_url(authorization_url, scope, asked)
        return url


class Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # allauth ships no types
    client_class = Client

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's description of itself, kept for ten minutes.

        :raises OAuth2Error: it names another issuer, or lacks an address.
        """
        url = self.get_provider().server_url
        key = f"oidc:config:{url}"
        config: dict[str, Any] | None = cache.get(key)
        if config is None:
            config = _description(url)
            cache.set(key, config, CONFIG_KEPT)
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002 (allauth's signature)
        return f"{settings.SITE_URL}{reverse('accounts:oidc_callback')}"

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        """Check the ID token (signature, issuer, audience, time, nonce, acr) and take the claim from it or from
        the provider's user information, which must be about the same person."""
        encoded = kwargs["response"].get("id_token")
        if not encoded:
            raise OAuth2Error("no id_token")
        claims = checked_claims(encoded, self.openid_config, audience=app.client_id)
        if not constant_time_compare(str(claims.get("nonce", "")), nonce_of(request.GET.get("state", ""))):
            raise OAuth2Error("wrong nonce")
        if settings.OIDC_ACR and claims.get("acr") not in settings.OIDC_ACR:
            raise OAuth2Error("the provider was not sure enough of the person (acr)")
        if not claims.get(settings.OIDC_PID_CLAIM):
            info = self._fetch_user_info(token.token)
            if info.get("sub") != claims.get("sub"):
                raise OAuth2Error("user information about somebody else")
            claims |= info
        return self.get_provider().sociallogin_from_response(request, claims)


class PersonProvider(OpenIDConnectProvider):  # type: ignore[misc]  # allauth ships no types
    oauth2_adapter_class = Adapter

    def get_login_url(self, request: HttpRequest, **kwargs: Any) -> str:  # noqa: ARG002 (allauth's signature)
        return reverse("accounts:oidc_start")

    def get_callback_url(self) -> str:
        return reverse("accounts:oidc_callback")

    def extract_uid(self, data: dict[str, Any]) -> str:
        """:raises OAuth2Error: the provider did not give the claim."""
        pid = data.get(settings.OIDC_PID_CLAIM)
        if not isinstance(pid, str) or not pid.strip():
            raise OAuth2Error(f"no claim {settings.OIDC_PID_CLAIM}")
        return identity_hash(pid)

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 (allauth's signature)
        """Nothing of what the provider says is stored."""
        return {}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 (allauth's signature)
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:  # noqa: ARG002 (allauth's signature)
        return []


def _description(url: str) -> dict[str, Any]:
    from allauth.socialaccount.adapter import get_adapter

    with get_adapter().get_requests_session() as session:
        answer: requests.Response = session.get(url)
        answer.raise_for_status()
        config: dict[str, Any] = answer.json()
    issuer = str(config.get("issuer", "")).rstrip("/")
    if issuer != settings.OIDC_SERVER_URL or any(not config.get(name) for name in ENDPOINTS):
        raise OAuth2Error(f"{url} describes another provider or lacks an address")
    return config

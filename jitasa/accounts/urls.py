"""Own pages first; then every page of allauth that we do not offer, closed."""

from allauth.account import urls as allauth_urls
from django.urls import URLPattern, path, re_path
from django.urls.resolvers import RegexPattern

from jitasa.accounts import views, views_mfa, views_oidc, views_sign_in

app_name = "accounts"
# Sign-in, sign-out and the page for a suspended account are allauth's with our templates.
OPEN = frozenset({"account_login", "account_logout", "account_inactive"})


def _closed(pattern: URLPattern) -> URLPattern:
    route = str(pattern.pattern)
    name = f"closed_{pattern.name}"
    if isinstance(pattern.pattern, RegexPattern):
        return re_path(route, views.closed, name=name)
    return path(route, views.closed, name=name)


urlpatterns: list[URLPattern] = [
    path("password/", views.password, name="password"),
    path("profile/", views.profile, name="profile"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/<number:pk>/end/", views.session_end, name="session_end"),
    path("sessions/end-others/", views.sessions_end_others, name="sessions_end_others"),
    path("token/", views.token, name="token"),
    path("signed-in/", views.signed_in, name="signed_in"),
    path("language/", views.language, name="language"),
    path("security/", views_mfa.security, name="security"),
    path("security/confirm/", views_mfa.confirm, name="confirm"),
    path("security/app/add/", views_mfa.app_add, name="app_add"),
    path("security/passkey/add/", views_mfa.passkey_add, name="passkey_add"),
    path("security/factor/<number:pk>/remove/", views_mfa.factor_remove, name="factor_remove"),
    path("security/recovery-codes/", views_mfa.recovery_codes, name="recovery_codes"),
    path("passkey/options/", views_sign_in.passkey_options, name="passkey_options"),
    path("passkey/", views_sign_in.passkey_sign_in, name="passkey_sign_in"),
    path("oidc/start/", views_oidc.oidc_start, name="oidc_start"),
    path("oidc/link/", views_oidc.oidc_link, name="oidc_link"),
    path("oidc/unlink/", views_oidc.oidc_unlink, name="oidc_unlink"),
    path("oidc/callback/", views_oidc.oidc_callback, name="oidc_callback"),
    *(_closed(pattern) for pattern in allauth_urls.urlpatterns if pattern.name not in OPEN),
]
# allauth's own step after the password looks for this name, outside any namespace.
step_urlpatterns: list[URLPattern] = [
    path("second-step/", views_sign_in.second_step, name="mfa_authenticate"),
]

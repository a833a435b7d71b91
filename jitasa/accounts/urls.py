"""Own pages first; then every page of allauth that we do not offer, closed."""

from allauth.account import urls as allauth_urls
from django.urls import URLPattern, path, re_path
from django.urls.resolvers import RegexPattern

from jitasa.accounts import views

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
    path("sessions/<int:pk>/end/", views.session_end, name="session_end"),
    path("sessions/end-others/", views.sessions_end_others, name="sessions_end_others"),
    path("token/", views.token, name="token"),
    path("signed-in/", views.signed_in, name="signed_in"),
    path("language/", views.language, name="language"),
    *(_closed(pattern) for pattern in allauth_urls.urlpatterns if pattern.name not in OPEN),
]

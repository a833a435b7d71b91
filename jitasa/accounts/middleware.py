"""Between a browser and a page: where it really is, whether it is signed in, whether it must act first."""

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.accounts.adapter import SEEN_KEY
from jitasa.accounts.asking import asked_by_script
from jitasa.accounts.models import User
from jitasa.ui.database import done_if_free
from jitasa.ui.network import clean_address

GetResponse = Callable[[HttpRequest], HttpResponse]
SEEN_EVERY = 300  # seconds between two notes of the same session
OPEN_WITH_OLD_PASSWORD = frozenset(
    {"accounts:password", "accounts:language", "accounts:token", "account_logout", "account_login"}
)


class ProxyAddress:
    """One spelling of the reader's address, without port, for everything that counts or keeps it.

    Behind a proxy of ours (``JITASA_BEHIND_PROXY=1``) it is the last one the proxy wrote.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
        last = clean_address(forwarded.split(",")[-1])
        request.META["REMOTE_ADDR"] = last or clean_address(str(request.META.get("REMOTE_ADDR") or ""))
        return self.get_response(request)


class NothingKept:
    """No answer to a signed-in person stays in a browser or proxy: the next one may sit at the same computer.

    Pages for everybody are asked without cookies (``ui.public_pages``), so nobody is signed in there and
    they stay keepable; static files are answered before.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "no-store" not in response.get("Cache-Control", "") and _is_or_was_signed_in(request):
            response["Cache-Control"] = "private, no-store"
        return response


def _is_or_was_signed_in(request: HttpRequest) -> bool:
    """Also of the answer that signs out. An empty session is not asked for its person: that would cost a read
    and a ``Vary`` header."""
    before = getattr(request, "_cached_user", None)
    if before is not None and before.is_authenticated:
        return True
    return not request.session.is_empty() and bool(request.user.is_authenticated)


class SignInAgain:
    """Answers 401 instead of a redirect when a script asks and the session is gone.

    A redirect would be followed unseen and the sign-in page taken for the answer; with 401 and the
    event ``sign-in-again`` (header ``HX-Trigger``) the page can ask for a sign-in in another tab and
    nothing typed is lost (README). The body is ``{"error": "sign_in", "message", "login_url", "token_url"}``.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 302 or not asked_by_script(request) or request.user.is_authenticated:
            return response
        if urlsplit(response["Location"]).path != resolve_url(settings.LOGIN_URL):
            return response
        signed_in = reverse("accounts:signed_in")
        answer = JsonResponse(
            {
                "error": "sign_in",
                "message": _("หมดเวลาการเข้าสู่ระบบ เข้าสู่ระบบอีกครั้ง ข้อมูลที่พิมพ์ไว้ยังอยู่"),
                "login_url": f"{resolve_url(settings.LOGIN_URL)}?next={signed_in}",
                "token_url": reverse("accounts:token"),
            },
            status=401,
        )
        answer["HX-Trigger"] = "sign-in-again"
        answer["Cache-Control"] = "no-store"
        return answer


class FirstPassword:
    """A one-time password opens nothing but the page that replaces it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponseBase | None:
        user = request.user
        if not isinstance(user, User) or not user.must_change_password:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_WITH_OLD_PASSWORD:
            return None
        page = reverse("accounts:password")
        if asked_by_script(request):
            text = _("ตั้งรหัสผ่านใหม่ก่อนใช้งาน")
            return JsonResponse({"error": "password", "message": text, "url": page}, status=403)
        messages.info(request, _("ตั้งรหัสผ่านของท่านเองก่อนเริ่มใช้งาน"))
        return HttpResponseRedirect(page)


class SessionSeen:
    """Keeps "last used" of the session list fresh, writing at most once in five minutes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = request.session.get(SEEN_KEY)
        if seen is not None and request.user.is_authenticated:
            now = int(timezone.now().timestamp())
            # A page that is only read does not wait for a writer: then it is noted another time.
            if now - int(seen) >= SEEN_EVERY and done_if_free(
                lambda: UserSession.objects.create_from_request(request)
            ):
                request.session[SEEN_KEY] = now
        return self.get_response(request)

"""A person's own pages: password, devices, profile, language; and the way back after a lost session."""

from typing import NoReturn

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from jitasa.accounts.adapter import SEEN_KEY, address_of, set_language_cookie
from jitasa.accounts.forms import PasswordForm, ProfileForm
from jitasa.accounts.fresh import fresh_sign_in
from jitasa.accounts.models import User
from jitasa.accounts.selectors import devices_of, sessions_of
from jitasa.accounts.selectors_mfa import has_second_factor
from jitasa.accounts.services.access import AccessActor
from jitasa.accounts.services.passwords import change_password
from jitasa.accounts.services.profile import save_profile
from jitasa.accounts.services.sessions import end_other_sessions, end_session


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    user: User


def actor_of(request: SignedIn) -> AccessActor:
    """The person signed in, as the audit names her."""
    return AccessActor(request.user, address_of(request))


def _has_more_than_a_password(request: HttpRequest) -> bool:
    """The form asks for the old password itself; whoever has a second factor gives that, too."""
    user = request.user
    return isinstance(user, User) and not user.must_change_password and has_second_factor(user)


@fresh_sign_in(when=_has_more_than_a_password)
@sensitive_post_parameters()
@never_cache
@login_required
def password(request: SignedIn) -> HttpResponse:
    """Change one's own password; the other devices are signed out with the old one."""
    first = request.user.must_change_password
    form = PasswordForm(request.user, request.POST or None, address=address_of(request))
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        UserSession.objects.filter(session_key=request.session.session_key).delete()
        change_password(
            actor=actor_of(request), user=request.user, password=form.cleaned_data["new_password1"], now=now
        )
        update_session_auth_hash(request, request.user)
        UserSession.objects.create_from_request(request)
        request.session[SEEN_KEY] = int(now.timestamp())
        key = request.session.session_key
        end_other_sessions(actor=actor_of(request), user=request.user, current_key=key, now=now)
        messages.success(request, _("เปลี่ยนรหัสผ่านแล้ว อุปกรณ์อื่นต้องเข้าสู่ระบบใหม่"))
        return redirect("home:start" if first else "accounts:profile")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/password.html", {"form": form, "first": first}, status=status)


def _changes_contact(request: HttpRequest) -> bool:
    """Where notices about the account go to: whoever finds a device open must not lead them away."""
    user = request.user
    return (
        request.method == "POST"
        and isinstance(user, User)
        and any(request.POST.get(name, "").strip() != getattr(user, name) for name in ("email", "phone"))
    )


@fresh_sign_in(when=_changes_contact)
@never_cache
@login_required
def profile(request: SignedIn) -> HttpResponse:
    """Name, contact, numerals and language of the person signed in."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        user = save_profile(
            actor=actor_of(request), user=request.user, values=form.cleaned_data, now=timezone.now()
        )
        with override(user.language):
            messages.success(request, _("บันทึกข้อมูลของท่านแล้ว"))
        response = redirect("accounts:profile")
        set_language_cookie(response, user.language)
        return response
    status = 422 if form.is_bound else 200
    return render(request, "accounts/profile.html", {"form": form}, status=status)


@require_GET
@never_cache
@login_required
def sessions(request: SignedIn) -> HttpResponse:
    """The devices that are signed in, with a button to sign each out."""
    key = request.session.session_key
    if not UserSession.objects.filter(session_key=key).exists():
        UserSession.objects.create_from_request(request)
    return render(
        request, "accounts/sessions.html", {"devices": devices_of(request.user, key, timezone.now())}
    )


@fresh_sign_in()
@require_POST
@login_required
def session_end(request: SignedIn, pk: int) -> HttpResponse:
    """Sign one of one's own devices out."""
    now = timezone.now()
    session = get_object_or_404(sessions_of(request.user, now), pk=pk)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    end_session(actor=actor_of(request), session=session, now=now)
    messages.success(request, _("ออกจากระบบในอุปกรณ์นั้นแล้ว"))
    return redirect("accounts:sessions")


@fresh_sign_in()
@require_POST
@login_required
def sessions_end_others(request: SignedIn) -> HttpResponse:
    """Sign all of one's other devices out."""
    end_other_sessions(
        actor=actor_of(request),
        user=request.user,
        current_key=request.session.session_key,
        now=timezone.now(),
    )
    messages.success(request, _("ออกจากระบบในอุปกรณ์อื่นทั้งหมดแล้ว"))
    return redirect("accounts:sessions")


@require_GET
@never_cache
def token(request: HttpRequest) -> HttpResponse:
    """A fresh CSRF token and who is signed in now, for a page that lost its session while being typed in.

    ``{"token": str, "signed_in": bool, "username": str}``. The page compares ``username`` with its own:
    somebody else may have signed in in the other tab. Other origins cannot read the answer.
    """
    user = request.user
    answer = JsonResponse(
        {
            "token": get_token(request),
            "signed_in": user.is_authenticated,
            "username": user.username if isinstance(user, User) else "",
        }
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
@never_cache
@login_required
def signed_in(request: SignedIn) -> HttpResponse:
    """Where the sign-in in a second tab ends: close it and go on."""
    return render(request, "accounts/signed_in.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the screens (field ``language``, optional ``next``), and remember it."""
    chosen = request.POST.get("language", "")
    response: HttpResponse = set_language(request)
    if isinstance(request.user, User) and chosen in {"th", "en"}:
        actor = AccessActor(request.user, address_of(request))
        save_profile(actor=actor, user=request.user, values={"language": chosen}, now=timezone.now())
    return response


def closed(request: HttpRequest, **_kwargs: str) -> NoReturn:  # noqa: ARG001 (a view's signature)
    """Pages of allauth that this product does not offer."""
    raise Http404

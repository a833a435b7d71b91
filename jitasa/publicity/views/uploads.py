"""Forms with large files: what is too large is refused before a byte of it is read.

The CSRF check reads the form, so it comes after the look at the announced length (``Content-Length``
always bounds what Django reads).
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from jitasa.organizations.middleware import ViewerRequest
from jitasa.problems import Refusal
from jitasa.publicity import file_types
from jitasa.publicity.choices import FileKind

P = ParamSpec("P")
View = Callable[Concatenate[ViewerRequest, P], HttpResponse]
BESIDE = 50 * file_types.MB  # pictures and words that may come along with the largest file


def limits() -> list[tuple[str, str, int]]:
    """(kind, its word, megabytes) of what may be sent, for the page to say before."""
    return [
        (kind.value, str(kind.label), file_types.most_bytes(kind.value) // file_types.MB) for kind in FileKind
    ]


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def large_forms(view: View[P]) -> View[P]:
    """A form that may bring files: 413 for what cannot be taken, then the usual CSRF check."""
    checked = csrf_protect(view)

    @wraps(view)
    def guarded(request: ViewerRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if _announced(request) > file_types.largest() + BESIDE:
            return _too_large(request)
        return checked(request, *args, **kwargs)

    return cast("View[P]", csrf_exempt(guarded))


def _announced(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _too_large(request: HttpRequest) -> HttpResponse:
    most = file_types.largest() // file_types.MB
    refusal = Refusal(
        _("ไฟล์ใหญ่เกินไป วิดีโอส่งได้ไม่เกิน %(most)d MB ลดความละเอียดหรือตัดให้สั้นลงแล้วส่งใหม่") % {"most": most}
    )
    refusal.status = 413
    if wants_json(request):
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    return render(request, "ui/refused.html", {"refusal": refusal}, status=refusal.status)

"""The answer when the database is locked or away: 503, when to come again, and the form with what was typed."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from jitasa.ui.database import note_sent_away

RETRY_SECONDS = 5
SECRET = ("password", "passcode", "otp", "code", "credential")
SHOWN = 20  # letters from which on a text is also shown, to be copied


def busy_answer(request: HttpRequest, *, is_store: bool = False) -> HttpResponse:
    """Asks the database for nothing. A script is told in JSON and keeps its form; a person gets hers back.

    ``is_store``: it is the file store that does not answer, not the database.
    """
    if not is_store:
        note_sent_away()
    response = _to_script(is_store) if asked_by_script(request) else _to_person(request, is_store)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def asked_by_script(request: HttpRequest) -> bool:
    """Whether htmx or ``fetch`` asks, not a person opening a page."""
    headers = request.headers
    if headers.get("HX-Boosted"):
        return False
    if headers.get("HX-Request") or headers.get("X-Requested-With") in {"fetch", "XMLHttpRequest"}:
        return True
    if headers.get("Sec-Fetch-Mode", "navigate") in {"cors", "same-origin", "no-cors"}:
        return True
    accept = headers.get("Accept", "")
    return "application/json" in accept and "text/html" not in accept


def _to_script(is_store: bool) -> HttpResponse:
    if is_store:
        words = {"error": store_away_words(), "code": "files_away", "retry_after": RETRY_SECONDS}
        return JsonResponse(words, status=503)
    text = _("ระบบกำลังเขียนข้อมูลอื่นอยู่ ยังไม่ได้บันทึก รอสักครู่แล้วส่งอีกครั้ง")
    return JsonResponse({"error": text, "code": "busy", "retry_after": RETRY_SECONDS}, status=503)


def store_away_words() -> str:
    return _("ที่เก็บไฟล์ของระบบไม่ตอบชั่วคราว ยังไม่ได้รับหรือส่งไฟล์ รอสักครู่แล้วลองอีกครั้ง ส่วนที่ไม่มีไฟล์บันทึกและส่งได้ตามปกติ")


def _to_person(request: HttpRequest, is_store: bool) -> HttpResponse:
    typed, files = _typed(request)
    context = {
        "action": request.get_full_path(),
        "posted": request.method == "POST",
        "typed": typed,
        "texts": [(name, value) for name, value in typed if len(value) >= SHOWN and name[:4] != "csrf"],
        "files": files,
        "retry": RETRY_SECONDS,
        "store_words": store_away_words() if is_store else "",
    }
    return HttpResponse(render_to_string("ui/503.html", context), status=503)


def _typed(request: HttpRequest) -> tuple[list[tuple[str, str]], list[str]]:
    """The fields to send again, and the names of files that must be chosen again. A secret gives neither."""
    if request.method != "POST":
        return [], []
    try:
        fields = list(_fields(request))
        files = [file.name or "" for _field, given in request.FILES.lists() for file in given]
    except Exception:  # a body that cannot be read is nothing that could be given back
        return [], []
    if any(word in name.lower() for name, _value in fields for word in SECRET):
        return [], []
    return fields, files


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        for value in values:
            yield name, str(value)

"""What is the same for everybody: the page, its worker, its manifest. None of it knows who asks (docs/adr/0067)."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from jitasa.activities import rules
from jitasa.activities.forms import RecordForm
from jitasa.activities.selectors.rounds import rules_for
from jitasa.activities.values import ActivityValues
from jitasa.activities.views.record_blocks import block_context
from jitasa.activities.views.record_page import Todo, line
from jitasa.field import assets
from jitasa.thai.dates import month_of, today
from jitasa.ui.public_pages import public_file, public_page

NOBODYS = "00000000-0000-0000-0000-000000000000"  # the device puts a UUID of its own in its place
SHARED_MOST, SHARED_BYTES = 20, 25 * 1024 * 1024  # pictures at once, bytes of one


@public_page
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """The recording page without an office: lists of the department, no name, no token; the device fills in the rest."""
    day = today(timezone.now())
    month_rules = rules_for(month_of(day))
    form = RecordForm(office=None, activity=None, required=month_rules.required, today=day)
    missing = [line(name, words) for name, words in rules.missing(ActivityValues(), month_rules)]
    context = {
        "shell": True,
        "uuid": NOBODYS,
        "form": form,
        "todo": Todo(missing=missing, wrong=[], done=[]),
        "month_rules": month_rules,
        "today": day,
        "error_lines": [],
        **block_context(form),
    }
    response = render(request, "field/shell.html", context)
    response["X-Field-Version"] = assets.version()  # the worker keeps it with the files it names
    return response


@public_file
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker: one line that names its module and its set of files; asked anew each time."""
    told = {
        "version": assets.version(),
        "files": assets.urls(),
        "root": settings.STATIC_URL,
        "pages": [reverse("field:shell"), f"/en{reverse('field:shell')}"],
        "share": {"most": SHARED_MOST, "bytes": SHARED_BYTES},
    }
    code = f'import {{ start }} from "{static("field/worker.js")}";\nstart({json.dumps(told)});\n'
    response = HttpResponse(code, content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    response["Cache-Control"] = "no-cache"
    return response


@public_file
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What makes it an app of the phone, with the share target for pictures."""
    icons = [
        {
            "src": static(f"field/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": "any",
        }
        for size in (192, 512)
    ]
    icons.append(
        {
            "src": static("field/icon-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        }
    )
    kinds = ["image/*", ".heic", ".heif"]
    told = {
        "id": "/field/",
        "name": "INFO จิตอาสา",
        "short_name": "จิตอาสา",
        "lang": "th",
        "dir": "ltr",
        "start_url": "/field/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b4f9e",
        "icons": icons,
        "shortcuts": [{"name": "บันทึกกิจกรรม", "url": "/field/?new=1"}, {"name": "งานของฉัน", "url": "/work/"}],
        "share_target": {
            "action": reverse("field:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": "photos", "accept": kinds}]},
        },
    }
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/manifest+json"
    return response


@csrf_exempt  # reads and changes nothing: the worker takes shared pictures before they get here
@require_POST
def share(_request: HttpRequest) -> HttpResponse:
    """Pictures shared while the app's worker was not there yet: nothing is read, the page says what to do."""
    return HttpResponseRedirect(f"{reverse('field:shell')}?share=none")

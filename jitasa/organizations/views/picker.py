"""Offices that answer to what is being typed, for the boxes in which an office is chosen."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.organizations.choices import Level
from jitasa.organizations.forms import label_of
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors import geography
from jitasa.organizations.selectors.search import search
from jitasa.problems import Forbidden

SHOWN = 12


@require_GET
@login_required
def pick(request: ViewerRequest) -> HttpResponse:
    """``{results: [{id, code, name, place, label}]}`` for ``?q=`` (and ``&level=``).

    The whole registry, for whoever holds a post: a host may be any office. Names, codes and places
    of offices are public (the department publishes them); nothing else of an office is given.
    """
    if request.viewer.organization is None:
        raise Forbidden(_("ต้องมีตำแหน่งในหน่วยงานก่อน จึงค้นทะเบียนได้ ติดต่อผู้ดูแลสำนักงานของท่าน"))
    rows = search(request.GET.get("q", "")[:100], limit=200)
    level = request.GET.get("level", "")
    found = [row for row in rows if row.level == level] if level in Level.values else list(rows[:SHOWN])
    results = [
        {
            "id": row.pk,
            "code": row.code,
            "name": row.short_name,
            "place": geography.place_label(row.district_code or row.province_code),
            "label": label_of(row),
        }
        for row in found[:SHOWN]
    ]
    return JsonResponse({"results": results})

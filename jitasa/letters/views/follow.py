"""How far a letter got: level by level, the slowest branches first."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jitasa.letters import rules
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Letter
from jitasa.letters.selectors.follow import CHIPS, Follow, chosen, follow, node_of, points, shades
from jitasa.letters.selectors.follow_groups import grouped
from jitasa.letters.services.tick import tick_activities
from jitasa.letters.views.access import visible_letter
from jitasa.organizations.choices import Level
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.views.access import officers
from jitasa.problems import Forbidden


@officers
@require_GET
def page(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """The tree of a letter's chain at one office."""
    letter, now = visible_letter(request, uuid), timezone.now()
    if not rules.may_follow(request.viewer, letter) or not letter.number:
        raise Forbidden(_("ติดตามได้เฉพาะหน่วยงานที่ออกหนังสือและหน่วยงานระดับเหนือขึ้นไป"))
    if letter.answer_kind == AnswerKind.ACTIVITY:
        tick_activities(now=now, chain_id=letter.chain_id)
    node = node_of(letter, request.GET.get("office", ""))
    if node is None:
        raise Http404
    found = follow(letter, node, now)
    chip, tab = request.GET.get("show", ""), request.GET.get("tab", "table")
    branches = chosen(found.branches, chip)
    context = {
        "letter": letter,
        "found": found,
        "branches": branches,
        "groups": grouped(branches),
        "chips": [(name, label, len(chosen(found.branches, name))) for name, label in CHIPS.items()],
        "show": chip,
        "tab": tab,
        "asks": letter.answer_kind != AnswerKind.NONE,
        "may_remind": rules.may_remind(request.viewer, letter),
        "is_sending": letter.sent_count < letter.send_total and letter.recalled_at is None,
        **(_map(letter, found) if tab == "map" else {}),
    }
    return render(request, "letters/follow.html", context)


def _map(letter: Letter, found: Follow) -> dict[str, object]:
    if found.node.level == Level.DEPARTMENT:
        at = reverse("letters:follow", args=[letter.uuid])
        urls = {row.office.province_code: f"{at}?office={row.office.pk}&tab=map" for row in found.branches}
        return {"shades": shades(found.branches), "urls": urls}
    legend = [("ok", _("ลงรับแล้ว")), ("warn", _("เปิดแล้ว")), ("bad", _("ยังไม่เปิด"))]
    return {"points": points(letter, found.node), "province": found.node.province_code, "legend": legend}


@officers
@require_GET
def progress(request: ViewerRequest, uuid: UUID) -> HttpResponse:
    """How much of a letter is sent: a line that asks again until all of it is."""
    letter = visible_letter(request, uuid)
    if letter.organization_id != request.viewer.office_id:
        raise Forbidden(_("ดูได้เฉพาะหน่วยงานที่ออกหนังสือ"))
    return render(request, "letters/parts/progress.html", {"letter": letter})

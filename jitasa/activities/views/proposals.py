"""What the recording page proposes, asked again whenever a picture, the day, the pin or the name changes."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from jitasa.activities import rules
from jitasa.activities.choices import PointSource
from jitasa.activities.points import Point
from jitasa.activities.rules import NAME_MOST
from jitasa.activities.rules_offers import LAST_YEAR, Match, Typed
from jitasa.activities.selectors.proposals import Proposal, kept_proposals, proposals_for
from jitasa.activities.views import record_page as page
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden
from jitasa.thai.dates import today
from jitasa.ui.days import short_date
from jitasa.ui.numerals import figure, shown
from jitasa.ui.parsing import parse_date
from jitasa.ui.reading import decimal_number, uuid_or_none


@dataclass(frozen=True)
class Line:
    """A proposal as a button: ``mark`` stands beside the field after the tap, ``words`` is a select's option."""

    key: str
    fill: str
    headline: str
    source: str
    mark: str
    detail: str = ""
    words: str = ""


@login_required
@require_GET
@gzip_page  # a tenth of its weight; it holds no token, and the length is blurred
def proposals(request: ViewerRequest) -> HttpResponse:
    """Fragments for the places of the page where each proposal stands."""
    if not rules.may_record(request.viewer):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. เท่านั้นที่บันทึกกิจกรรมได้"))
    office = page.office_of(request.viewer, None)
    own = uuid_or_none(request.GET.get("uuid", ""))
    found = proposals_for(request.viewer, office, _typed(request), own=own)
    pin = _("จากภาพ") if request.GET.get("point_source") == PointSource.PHOTO else _("ใกล้หมุด")
    places = [
        ("record", _("เหมือนบันทึกครั้งก่อน"), [_from_record(each) for each in found.records]),
        ("kind", _("ประเภทและลักษณะงานที่เสนอ"), [_line(each, _("จากชื่อกิจกรรม")) for each in found.kinds]),
        ("place", _("สถานที่ที่เสนอ"), [_from_record(each) for each in found.places]),
        ("tambon", _("ตำบลที่เสนอ"), [_tambon(each, pin) for each in found.tambons]),
        ("occasion", _("วันสำคัญที่เสนอ"), [_occasion(each) for each in found.occasions]),
        ("people", _("จำนวนผู้เข้าร่วมที่เสนอ"), [_people(each) for each in found.people]),
    ]
    return render(request, "activities/parts/proposals.html", {"places": places})


def kept_lines(viewer: Viewer, office: Organization) -> list[dict[str, Any]]:
    """What a device may propose without a signal: each record with the words of its button, its point and its day."""
    return [
        {
            "record": asdict(_from_record(each.record)),
            "people": asdict(_people(each.people)) if each.people else None,
            "point": [each.point.latitude, each.point.longitude] if each.point else None,
        }
        for each in kept_proposals(viewer, office)
    ]


def _typed(request: ViewerRequest) -> Typed:
    """The fields as the form has them now; what cannot be read says nothing."""
    asked = request.GET
    latitude, longitude = (decimal_number(asked.get(name, "")) for name in ("latitude", "longitude"))
    point = None
    if latitude is not None and longitude is not None and rules.in_thailand(latitude, longitude):
        point = Point(latitude, longitude)
    try:
        day = parse_date(asked["start_date"], near=today(timezone.now())) if asked.get("start_date") else None
    except ValueError:
        day = None
    return Typed(name=asked.get("name", "").strip()[:NAME_MOST], day=day, point=point)


def _line(each: Proposal, source: str, *, headline: str = "", detail: str = "", mark: str = "") -> Line:
    return Line(
        key=each.key,
        fill=json.dumps(each.fill),
        headline=headline or each.words,
        detail=detail,
        source=source,
        mark=mark or source,
        words=each.words,
    )


def _from_record(each: Proposal) -> Line:
    match = each.match
    assert match is not None
    return _line(each, _source(match), detail=each.detail, mark=_mark(match))


def _mark(match: Match, *, whole: bool = False) -> str:
    """``จากบันทึกครั้งก่อน 12 ส.ค.``; the whole date stands on the button itself."""
    words = short_date(match.record.day) if match.record.day else ""
    return shown(_("จากบันทึกครั้งก่อน %(day)s") % {"day": words if whole else words.rpartition(" ")[0]}).strip()


def _source(match: Match) -> str:
    """``จากบันทึกครั้งก่อน 12 ส.ค. 2569 · ห่างจากภาพ 40 ม.``"""
    words = [_mark(match, whole=True)]
    if match.metres is not None:
        words.append(_("ห่าง %(n)s ม.") % {"n": figure(match.metres)})
    elif match.why == LAST_YEAR:
        words.append(_("วันเดียวกันของปีก่อน"))
    return " · ".join(words)


def _tambon(each: Proposal, pin: str) -> Line:
    if each.match is not None:
        return _line(each, _mark(each.match, whole=True), mark=_mark(each.match))
    return _line(each, pin if each.detail == "point" else _("ชื่อเดียวกับหน่วยงาน"))


def _occasion(each: Proposal) -> Line:
    day = each.occasion
    assert day is not None
    question = _("ตรงกับ%(day)s หรือไม่") if each.on_the_day else _("เนื่องในโอกาส%(day)s หรือไม่")
    return _line(each, shown(short_date(day.date)), headline=question % {"day": day.name}, mark=_("จากวันที่จัด"))


def _people(each: Proposal) -> Line:
    match = each.match
    assert match is not None
    groups = [
        _("%(group)s: %(n)s คน") % {"group": group.words, "n": figure(count)} for group, count in each.counts
    ]
    total = figure(sum(count for _group, count in each.counts))
    headline = _("เหมือนครั้งก่อน %(n)s คน") % {"n": total}
    return _line(each, _mark(match, whole=True), headline=headline, detail=" · ".join(groups))

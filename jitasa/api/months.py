"""Offices, months and their sums as they are answered."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jitasa.api.answers import ApiProblem
from jitasa.organizations.models import Organization
from jitasa.rounds.selectors.tallies import Sums
from jitasa.ui.reading import month_or_none


def office_shown(row: Organization) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "short_name": row.short_name,
        "type": row.type,
        "level": row.level,
        "province_code": row.province_code,
        "district_code": row.district_code,
    }


def month_asked(text: str) -> date:
    """:raises ApiProblem: 422."""
    month = month_or_none(text)
    if month is None:
        raise ApiProblem(422, "month", _("เขียนเดือนเป็น พ.ศ.-เดือน เช่น 2569-11"))
    return month


def sums_shown(sums: Sums) -> dict[str, Any]:
    return {
        "activities": sums.live,
        "submitted": sums.submitted,
        "accepted": sums.accepted,
        "returned": sums.returned,
        "drafts": sums.drafts,
        "events": sums.events,
        "participants": sums.participants,
        "people": sums.people,
        "men": sums.men,
        "women": sums.women,
        "photos": sums.photos,
        "budget": sums.budget,
    }

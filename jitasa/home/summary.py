"""The month for somebody who leads and only reads: numbers, no tasks."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from jitasa.compilation.models import Compilation
from jitasa.compilation.selectors import breakdown
from jitasa.compilation.selectors.boards import figures_of
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.tables_time import fiscal_months, period_rows, quarter_months
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.selectors.rounds import round_for
from jitasa.thai.dates import fiscal_quarter, fiscal_year, month_of, today
from jitasa.ui.days import month_name, month_name_short


def is_for(viewer: Viewer) -> bool:
    """A post that only reads; whoever looks at an office as it sees itself is shown the office's work."""
    return bool(viewer.roles) and not viewer.read_only and not viewer.can_write and not viewer.is_centre


def summary(office: Organization, now: datetime) -> dict[str, Any]:
    """What the page shows; an LAO's numbers are its own records and all who came to them."""
    month = month_of(today(now))
    scope = ReportScope(office, month)
    figures = figures_of(scope, now=now)
    own = office.is_lao
    round_ = round_for(month)
    return {
        "office": office,
        "month": month,
        "figures": figures,
        "numbers": [
            (figures.activities, _("บันทึก (รายการ)")) if own else (figures.events, _("กิจกรรม (ครั้ง)")),
            (figures.participants, _("ผู้เข้าร่วมก่อนตัดรายการซ้ำ (คน)"))
            if own
            else (figures.people, _("ผู้เข้าร่วม (คน)")),
            (figures.photos, _("ภาพถ่าย (ภาพ)")),
        ],
        "waiting": figures.submitted,
        "periods": [] if own else _periods(month, period_rows(scope, figures)),
        "kinds": [(part.label, part.events, part.people) for part in breakdown.by_kind(scope)],
        "due_on": round_.due_on,
        "moved": round_.moved_words,
        "compilation": Compilation.objects.filter(organization=office).order_by("-month", "-number").first(),
    }


def _periods(month: date, rows: Iterable[Sequence[object]]) -> list[tuple[str, object, object]]:
    """The lines of the report with their periods in the reader's language, events and people."""
    year, quarter = fiscal_year(month), fiscal_quarter(month)
    names = [
        _("เดือน%(month)s") % {"month": month_name(month)},
        _("ไตรมาสที่ %(quarter)s ปีงบประมาณ %(year)s (%(months)s)")
        % {"quarter": quarter, "year": year, "months": _span(quarter_months(month))},
        _("ปีงบประมาณ %(year)s (%(months)s)") % {"year": year, "months": _span(fiscal_months(month))},
    ]
    return [(name, row[2], row[3]) for name, row in zip(names, rows, strict=True)]


def _span(months: list[date]) -> str:
    return " – ".join(dict.fromkeys(map(month_name_short, (months[0], months[-1]))))

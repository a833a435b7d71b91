"""What the address of a board or a list of broadcasts asks for, and addresses made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.models import Organization
from jitasa.organizations.views.access import office_asked
from jitasa.publicity.choices import ChannelKind
from jitasa.publicity.models import Campaign, Material
from jitasa.publicity.selectors.boards import BY
from jitasa.publicity.selectors.broadcasts import BroadcastFilter
from jitasa.publicity.views.access import number
from jitasa.thai.dates import add_months, fiscal_year, last_day, month_of, parse_month, today
from jitasa.ui.days import month_name

PERIODS = ("month", "quarter", "year", "last", "all")
USUAL = "quarter"


@dataclass(frozen=True)
class PublicityQuery:
    """``filter`` is what the rows are chosen by; the rest is what the page says about it."""

    filter: BroadcastFilter
    by: str
    period: str
    month: str
    campaign: Campaign | None
    material: Material | None
    words: str

    @property
    def within(self) -> Organization:
        return self.filter.within

    @property
    def kind_label(self) -> str:
        return str(ChannelKind(self.filter.kind).label) if self.filter.kind else ""

    @property
    def params(self) -> dict[str, str | int]:
        """What the address says beside the table: nothing that is usual."""
        given: dict[str, str | int] = {
            "office": self.within.pk,
            "period": "" if self.period == USUAL or self.month else self.period,
            "month": self.month,
            "kind": self.filter.kind,
            "campaign": "none" if self.filter.without_campaign else self.filter.campaign or "",
            "material": "posts" if self.filter.posts else self.filter.material or "",
            "channel": self.filter.channel or "",
            "own": 1 if self.filter.own else "",
        }
        return {name: value for name, value in given.items() if value != ""}

    def records(self, more: Mapping[str, str | int]) -> str:
        """The address of the records behind a number."""
        return f"{reverse('publicity:broadcasts')}?{urlencode({**self.params, **more})}"

    def board(self, more: Mapping[str, str | int]) -> str:
        return f"{reverse('publicity:board')}?{urlencode({**self.params, 'by': self.by, **more})}"

    @property
    def query(self) -> str:
        return urlencode(self.params | {"by": self.by})


def read(request: ViewerRequest) -> PublicityQuery:
    """Nonsense in an address counts as not given; an office out of the scope is a 404."""
    get, day = request.GET, today(timezone.now())
    within = office_asked(request, get.get("office", ""))
    period = get.get("period", "")
    period = period if period in PERIODS else USUAL
    month = _month(get.get("month", ""))
    first, last = (month, last_day(month)) if month else span(period, day)
    kind = get.get("kind", "")
    viewer, wanted = request.viewer, (number(request, "campaign"), number(request, "material"))
    campaign = Campaign.objects.visible_to(viewer).filter(pk=wanted[0]).first() if wanted[0] else None
    material = Material.objects.visible_to(viewer).filter(pk=wanted[1]).first() if wanted[1] else None
    chosen = BroadcastFilter(
        within=within,
        first=first,
        last=last,
        kind=kind if kind in ChannelKind.values else "",
        campaign=campaign.pk if campaign else 0,
        without_campaign=get.get("campaign") == "none",
        material=material.pk if material else 0,
        channel=number(request, "channel"),
        posts=get.get("material") == "posts",
        own=get.get("own") == "1",
    )
    by = get.get("by", "")
    words = month_name(month) if month else str(period_words(day)[period])
    return PublicityQuery(
        chosen,
        by if by in BY else BY[0],
        period,
        get.get("month", "") if month else "",
        campaign,
        material,
        words,
    )


def _month(text: str) -> date | None:
    try:
        return parse_month(text) if text else None
    except ValueError:
        return None


def span(period: str, day: date) -> tuple[date | None, date | None]:
    """First and last day of a period; ``None``: without an end. Fiscal years begin on 1 October."""
    this = month_of(day)
    begins = date(day.year if day.month >= 10 else day.year - 1, 10, 1)
    if period == "month":
        return this, last_day(this)
    if period == "quarter":
        return add_months(this, -2), last_day(this)
    if period == "year":
        return begins, last_day(add_months(begins, 11))
    if period == "last":
        return add_months(begins, -12), last_day(add_months(begins, -1))
    return None, None


def period_words(day: date) -> dict[str, str]:
    year = fiscal_year(day)
    return {
        "month": _("เดือนนี้"),
        "quarter": _("3 เดือนล่าสุด"),
        "year": _("ปีงบประมาณ %d") % year,
        "last": _("ปีงบประมาณ %d") % (year - 1),
        "all": _("ทั้งหมด"),
    }

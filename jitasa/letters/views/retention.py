"""The yearly list of what may be destroyed, and the committee's word on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jitasa.documents import pdf
from jitasa.letters import rules
from jitasa.letters.models import DestructionList
from jitasa.letters.selectors.destruction import printed_list
from jitasa.letters.services.retention import confirm_list, make_list
from jitasa.letters.views.access import attachment
from jitasa.letters.views.registers import TEMPLATE
from jitasa.organizations.middleware import ViewerRequest
from jitasa.organizations.selectors.naming import show_posts
from jitasa.organizations.views.access import officers, own_office
from jitasa.problems import Forbidden, Refusal
from jitasa.thai.dates import be_year, today
from jitasa.ui.reading import whole_number


def _check(request: ViewerRequest) -> None:
    if not rules.may_destroy(request.viewer):
        raise Forbidden(_("เฉพาะผู้ดูแลสำนักงานเท่านั้นที่จัดทำบัญชีหนังสือขอทำลายได้"))


@officers
@require_GET
def retention(request: ViewerRequest) -> HttpResponse:
    """The list of a year, this year's first."""
    _check(request)
    lists = DestructionList.objects.filter(organization=own_office(request)).order_by("-year")
    this = be_year(today(timezone.now()))
    year = whole_number(request.GET.get("year", ""), most=9999) or this
    found = lists.filter(year=year).select_related("confirmed_by").first()
    if found and found.confirmed_at:
        show_posts([(found.confirmed_by, found.confirmed_at)], with_office=False, of=found.organization_id)
    items = found.items.select_related("letter").order_by("letter__issued_at", "pk") if found else []
    context = {
        "found": found,
        "may_destroy": True,
        "items": items,
        "year": year,
        "this": this,
        "years": lists.values_list("year", flat=True),
    }
    return render(request, "letters/retention.html", context)


@officers
@require_GET
def retention_pdf(request: ViewerRequest) -> HttpResponse:
    """The list of a year on paper, for the committee to sit over and to be filed (แบบที่ 25)."""
    _check(request)
    office = own_office(request)
    day = today(timezone.now())
    year = whole_number(request.GET.get("year", ""), most=9999) or be_year(day)
    with translation.override("th"):
        data = printed_list(office, year, on=day)
        return attachment(pdf.render(TEMPLATE, data), f"destruction-{office.code}-{year}.pdf")


@officers
@require_POST
def retention_make(request: ViewerRequest) -> HttpResponse:
    """Make this year's list, or take up what has come since."""
    _check(request)
    made = make_list(actor=request.viewer, now=timezone.now())
    messages.success(request, _("บัญชีปี %(year)d มี %(n)d ฉบับ") % {"year": made.year, "n": made.items.count()})
    return redirect("letters:retention")


@officers
@require_POST
def retention_confirm(request: ViewerRequest) -> HttpResponse:
    """The committee's word on each letter of this year's list."""
    _check(request)
    year = be_year(today(timezone.now()))
    found = DestructionList.objects.filter(organization=own_office(request), year=year).first()
    if found is None:
        messages.error(request, _("ยังไม่มีบัญชีของปีนี้ จัดทำบัญชีก่อน"))
        return redirect("letters:retention")
    said = {item.pk: request.POST.get(f"item-{item.pk}", "") for item in found.items.all()}
    words = {pk: word == "destroy" for pk, word in said.items() if word in ("destroy", "keep")}
    try:
        gone = confirm_list(
            actor=request.viewer,
            destruction=found,
            committee=request.POST.get("committee", ""),
            words=words,
            now=timezone.now(),
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("letters:retention")
    messages.success(request, _("ยืนยันแล้ว ทำลาย %d ฉบับ ทะเบียนยังอยู่ครบ") % gone)
    return redirect("letters:retention")

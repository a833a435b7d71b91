"""Times between the steps of a letter's way, in words."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from jitasa.letters.models import FollowCount
from jitasa.letters.selectors.follow import Branch

register = template.Library()
LONG = 240  # hours from which tenths of a day say nothing more


@register.simple_tag
def branch_numbers(row: Branch, asks: bool) -> SafeString:
    """The cells of a branch's numbers and times, each with its column's words for a phone. Made here because a country has 76 such rows a page."""
    count = row.count
    cells = [
        (pgettext("step", "ถึง"), _number(count.delivered)),
        (pgettext("step", "เปิด"), _number(count.opened)),
        (pgettext("step", "ลงรับ"), _number(count.registered)),
        (pgettext("step", "ส่งต่อ"), _number(count.passed_on)),
    ]
    times = [
        (_("ถึงเปิด"), mean(count, "opened")),
        (_("ถึงลงรับ"), mean(count, "registered")),
        (_("ถึงส่งต่อ"), mean(count, "passed_on")),
    ]
    if asks:
        answered = _of(count.answered, count.asked) if count.asked else "–"
        cells += [(pgettext("step", "ตอบ"), answered), (_("เกินกำหนด"), _number(row.overdue))]
        times.append((_("ถึงตอบ"), mean(count, "answered")))
    shown = ((" nil" if value == "–" else "", label, value) for label, value in (*cells, *times))
    return format_html_join("", '<td class="n{}" data-label="{}">{}</td>', shown)


def _number(value: int) -> str:
    return f"{value:,}"


def _of(value: int, whole: int) -> SafeString:
    return format_html('{}<span class="mute">/{}</span>', _number(value), _number(whole))


@register.filter
def mean(count: FollowCount, step: str) -> str:
    """The mean time from the step before, or a dash where nobody got so far."""
    done: int = getattr(count, step)
    seconds: int = getattr(count, f"{step}_seconds")
    return hours(seconds / done / 3600) if done else "–"


@register.filter
def hours(value: float | None) -> str:
    """Hours in the unit that says most: minutes, hours or days."""
    if value is None:
        return ""
    if value < 1:
        return _("%d นาที") % round(value * 60)
    if value < 48:
        return _("%d ชม.") % round(value)
    if value < LONG:
        return _("%.1f วัน") % (value / 24)
    return _("%s วัน") % f"{round(value / 24):,}"

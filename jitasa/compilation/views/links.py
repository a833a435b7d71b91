"""From a number on a board to the records behind it."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from jitasa.thai.dates import month_slug

LIVE = "live"  # submitted or accepted: what the boards count


def records_url(month: date, office_id: int | None, *, status: str = LIVE, **more: object) -> str:
    """The list of activities with the filters of the number: month, office and below, status, kind …"""
    asked = {"month": month_slug(month), "organization": office_id or "", "status": status, **more}
    return f"{reverse('activities:list')}?{urlencode({k: v for k, v in asked.items() if v != ''})}"


def board_url(month: date, office_id: int, *, as_now: bool = False) -> str:
    """The board of an office's month; of an LAO its month."""
    url = reverse("compilation:board_of", args=[month, office_id])
    return f"{url}?as=now" if as_now else url

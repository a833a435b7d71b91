"""Important days as the public sees them: those in use, national or of a province."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from jitasa.occasions.models import Occasion
from jitasa.occasions.selectors import rows_of, successor
from jitasa.thai.dates import BE_OFFSET, be_year, last_day

UPCOMING = 5


def _shown(province: str = "") -> "QuerySet[Occasion]":
    """National days, with those of one province where one is asked for."""
    rows = Occasion.objects.active().select_related("organization")
    national = rows.filter(organization=None)
    return (national | rows.filter(organization__province_code=province)) if province else national


def upcoming(day: date, province: str = "", count: int = UPCOMING) -> list[Occasion]:
    """The next days from ``day`` on, itself included."""
    return list(_shown(province).filter(date__gte=day).order_by("date", "pk")[:count])


def of_month(month: date, province: str = "") -> list[Occasion]:
    rows = _shown(province).filter(date__range=(month, last_day(month)))
    return list(rows.order_by("date", "pk"))


def of_year(year: int, province: str = "") -> list[Occasion]:
    """The days of a Buddhist-era year."""
    return list(_shown(province).filter(date__year=year - BE_OFFSET).order_by("date", "pk"))


def years() -> list[int]:
    """Buddhist-era years that have days, the newest first."""
    rows = Occasion.objects.active().filter(organization=None)
    return sorted((day.year + BE_OFFSET for day in rows.dates("date", "year")), reverse=True)


def find(year: int, code: str, province: str = "") -> Occasion | None:
    """The row of a day that is in use; for one taken out of use the last it had, ``None`` for none at all."""
    owner = {"organization__code": province} if province else {"organization": None}
    rows = Occasion.objects.filter(code=code, date__year=year - BE_OFFSET, **owner)
    rows = rows.select_related("organization").order_by("pk")
    return rows.active().last() or rows.last()


def address(occasion: Occasion) -> str:
    """The permanent address of a day; a province's own day bears the province's code."""
    args: list[object] = [be_year(occasion.date), occasion.code]
    if occasion.organization is None:
        return reverse("portal:day", args=args)
    return reverse("portal:day_of_province", args=[*args, occasion.organization.code])


__all__ = ["address", "find", "of_month", "of_year", "rows_of", "successor", "upcoming", "years"]

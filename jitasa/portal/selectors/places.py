"""Offices and places of the public site, by addresses that last (docs/adr/0007)."""

from django.db.models import Q
from django.urls import reverse

from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization, OrganizationState

ADDRESS_OF = {
    Level.PROVINCE: "portal:province",
    Level.DISTRICT: "portal:district",
    Level.LAO: "portal:office",
}


def address_of(office: Organization) -> str:
    """The permanent address of an office, district or province; the department's is the first page."""
    name = ADDRESS_OF.get(Level(office.level))
    return reverse(name, args=[office.code]) if name else reverse("front")


def by_code(code: str) -> Organization | None:
    """The office that bears a code today, else the one that bore it last."""
    offices = Organization.objects.filter(code=code).order_by("-closed_on", "pk")
    found = sorted(offices, key=lambda office: office.closed_on is not None)
    if found:
        return found[0]
    state = OrganizationState.objects.filter(code=code).select_related("organization")
    last = state.order_by("-valid_from").first()
    return last.organization if last else None


def inside(office: Organization, prefix: str = "organization") -> Q:
    """Rows of the offices that stand in an office today (``prefix``: the way from the row to its office)."""
    at = f"{prefix}__" if prefix else ""
    if office.level == Level.LAO:
        return Q(**{prefix or "pk": office.pk})
    if office.level == Level.DISTRICT:
        return Q(**{f"{at}district_code": office.code})
    return Q(**{f"{at}province_code": office.code})


def provinces() -> list[Organization]:
    """The provinces of the registry in Thai order."""
    return list(Organization.objects.open().filter(level=Level.PROVINCE).order_by("sort_key"))


def districts_of(province_code: str) -> list[Organization]:
    rows = Organization.objects.open().filter(level=Level.DISTRICT, province_code=province_code)
    return list(rows.order_by("sort_key"))


def laos_of(district: Organization) -> list[Organization]:
    """The local governments that stand in a district."""
    rows = Organization.objects.open().laos().filter(district_code=district.code)
    return list(rows.order_by("sort_key"))


def plain_name(office: Organization) -> str:
    """A province or district by its name alone: ``กระบี่``, ``เมืองกระบี่``."""
    name = office.short_name
    for prefix in ("สถจ.", "อ.", "จ."):
        name = name.removeprefix(prefix)
    return name

"""Whom to ask: letterheads and central addresses of offices, as they set them themselves."""

from dataclasses import dataclass

from jitasa.letters.models import LetterSettings
from jitasa.organizations.choices import Level
from jitasa.organizations.models import Organization


@dataclass(frozen=True)
class Contact:
    """An office with what its letterhead says; every text may be empty."""

    office: Organization
    address: str = ""
    unit: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""

    @property
    def known(self) -> bool:
        """Whether there is any way to reach it."""
        return bool(self.address or self.phone or self.email)


def _contact(office: Organization) -> Contact:
    settings: LetterSettings | None = getattr(office, "letter_settings", None)
    email = (settings.email if settings else "") or office.central_email
    if settings is None:
        return Contact(office, email=email)
    return Contact(office, settings.address, settings.owner_unit, settings.phone, settings.fax, email)


def department() -> Contact | None:
    """The department; none while the registry is empty."""
    rows = Organization.objects.open().filter(level=Level.DEPARTMENT).select_related("letter_settings")
    office = rows.order_by("pk").first()
    return _contact(office) if office else None


def provinces() -> list[Contact]:
    """Province offices in Thai order, two queries at most whatever their number."""
    rows = Organization.objects.open().filter(level=Level.PROVINCE).select_related("letter_settings")
    return [_contact(office) for office in rows.order_by("sort_key")]


def offices_of(province_code: str) -> list[Contact]:
    """Districts and local governments of a province; the latter have a central address by their code."""
    rows = Organization.objects.open().filter(province_code=province_code)
    rows = rows.exclude(level=Level.PROVINCE).select_related("letter_settings")
    return [_contact(office) for office in rows.order_by("district_code", "level", "sort_key")]

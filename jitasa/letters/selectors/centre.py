"""Whom letters to the ministry's volunteer centre are addressed to."""

from jitasa.letters.models import LetterSettings
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_centre import MINISTRY

PERMANENT_SECRETARY = "ปลัดกระทรวงมหาดไทย"


def centre_head_of(department: Organization | None) -> str:
    """Its head as the centre names him; what he is called there is not known, so until then his post and the centre."""
    settings = LetterSettings.objects.filter(organization=department).first() if department else None
    return (settings.centre_head if settings else "") or f"{PERMANENT_SECRETARY} ({MINISTRY})"

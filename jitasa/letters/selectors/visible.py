"""Letters by their number."""

from jitasa.letters.models import Letter
from jitasa.letters.rules import number_key
from jitasa.organizations.viewer import Viewer


def find_by_number(viewer: Viewer, number: str) -> Letter | None:
    """The newest letter with that number the viewer may see; Thai or Arabic digits."""
    key = number_key(number)
    if not key:
        return None
    return Letter.objects.visible_to(viewer).filter(number_key=key).order_by("-issued_at", "-id").first()

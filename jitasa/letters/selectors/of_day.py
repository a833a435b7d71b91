"""The letters that ask for an important day."""

from jitasa.letters.choices import LetterStatus
from jitasa.letters.models import Letter
from jitasa.occasions.models import Occasion
from jitasa.occasions.selectors import rows_of
from jitasa.organizations.viewer import Viewer

MOST = 12


def letters_of_day(viewer: Viewer, occasion: Occasion) -> list[Letter]:
    """Letters in force that ask for activities on the day, newest first, under every name it has had. One query.

    Of a letter and those that pass it on only the first one the viewer may see.
    """
    rows = Letter.objects.visible_to(viewer).filter(status=LetterStatus.ISSUED, recalled_at=None)
    asking = rows.filter(answer_occasion__in=rows_of(occasion))
    first = asking.exclude(parent__in=asking.values("pk")).select_related("organization")
    return list(first.order_by("-issued_at", "-pk")[:MOST])

"""Decisions about pictures that need no database."""

from django.utils.translation import gettext as _

from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import Viewer

# No phone makes a longer side; a strip of one by fifty million pixels is made to waste memory.
LONGEST_SIDE = 30_000
# A picture whose hash has fewer ones (or zeros) than this is a plain field or a smooth gradient.
LEAST_BITS = 6
# Spread of brightness (0–255) below which a picture is too flat to be told from another.
LEAST_SPREAD = 4.0
BANDS, BAND_BITS = 4, 16
# Areas blurred in one act; more than this and the picture had better be taken down.
MOST_BLURS = 30
LEAST_SIDE = 0.01  # of the picture: a smaller area hides nothing
Area = tuple[float, float, float, float]  # left, top, width, height as fractions of the upright picture
_MASK = (1 << BAND_BITS) - 1


def may_upload(viewer: Viewer) -> bool:
    """Officers send pictures for the office they sit in; the program itself may, for the demonstration."""
    return viewer.is_system or (viewer.organization is not None and viewer.has(Role.OFFICER))


def may_keep(viewer: Viewer) -> bool:
    """Whose pictures are taken in: of all who may add a material; those of a record are officers' (``may_upload``)."""
    desk = viewer.has(Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR) or viewer.is_centre
    return viewer.is_system or (viewer.organization is not None and desk)


def too_many(most: int) -> str:
    """What is said to who sends more pictures in one request than are taken in one."""
    return _("ส่งได้ครั้งละไม่เกิน %(most)d ภาพ แบ่งส่งเป็นหลายครั้ง") % {"most": most}


def tells_apart(dhash: int, spread: float) -> bool:
    """Whether a hash says enough: flat and blank pictures would all look the same."""
    ones = dhash.bit_count()
    return spread >= LEAST_SPREAD and LEAST_BITS <= ones <= 64 - LEAST_BITS


def bands(dhash: int) -> tuple[int, int, int, int]:
    """The 64 bits as four numbers of 16, highest first.

    Two hashes that differ in three bits or fewer agree in one whole band at least.
    """
    return (dhash >> 48 & _MASK, dhash >> 32 & _MASK, dhash >> 16 & _MASK, dhash & _MASK)


def signed(dhash: int) -> int:
    """As the 64-bit signed integer a database column holds."""
    return dhash - (1 << 64) if dhash >> 63 else dhash


def distance(one: int, other: int) -> int:
    """In how many of the 64 bits two hashes (signed or not) differ."""
    return ((one ^ other) & (1 << 64) - 1).bit_count()


def is_area(area: Area) -> bool:
    """Whether it lies inside the picture and is large enough to hide something."""
    left, top, width, height = area
    inside = left >= 0 and top >= 0 and left + width <= 1.0001 and top + height <= 1.0001
    return inside and width >= LEAST_SIDE and height >= LEAST_SIDE

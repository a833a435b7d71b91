"""An office's own emblem as a small picture: to show it, and to know that it can be read before it is printed."""

import pyvips

from jitasa.files.reading import at_hand
from jitasa.letters.store import path_of

SMALL = 240  # pixels
MOST_PIXELS = 40_000_000


def thumbnail(sha256: str) -> bytes | None:
    """A PNG at most ``SMALL`` pixels high; ``None`` for a file that is gone, broken or far too large."""
    path = at_hand(path_of(sha256))
    if path is None:
        return None
    try:
        image = pyvips.Image.new_from_file(str(path), fail_on="error")
        if image.width * image.height > MOST_PIXELS:
            return None
        small: bytes = image.thumbnail_image(4 * SMALL, height=SMALL).pngsave_buffer(strip=True)
    except pyvips.Error:
        return None
    return small

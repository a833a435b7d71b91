"""Picture cards of an accepted activity, to post and to show where its address is shared.

A card says what happened, where, when and how many came, and shows pictures cleared for publication
and nobody's name. Drawing takes a fraction of a second; what was drawn is kept on disk under the hash
of everything that is in it, so a changed word or a picture taken down is never served from there.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.selectors.places import tambon_words
from jitasa.activities.selectors.public import cleared_photos
from jitasa.activities.selectors.sheet import date_words, office_place, place_words
from jitasa.documents import pdf
from jitasa.files.reading import at_hand
from jitasa.photos import store
from jitasa.photos.choices import LONG_SIDE, Size
from jitasa.publicity import cards_cache
from jitasa.publicity.cards_layout import MOST_PICTURES, Box, arranged

SHAPES = {"square": (1080, 1080), "wide": (1600, 900), "tall": (1080, 1920)}  # pixels
TEMPLATE = Path(__file__).parent / "typst" / "card.typ"
MARK = Path(__file__).parents[1] / "ui" / "static" / "ui" / "mark.svg"
POINTS_AN_INCH, PIXELS_A_POINT = 72, 2
# Where the pictures go, in points (two pixels each); the template sets the words around it. A long
# name with a long occasion takes some of their room, so that it stays legible.
ROOM = {
    "square": (Box(0, 0, 540, 270), Box(0, 0, 540, 214)),
    "wide": (Box(0, 0, 480, 384), Box(0, 0, 430, 384)),
    "tall": (Box(0, 0, 540, 530), Box(0, 0, 540, 440)),
}
LONG_WORDS = 120  # letters of name and occasion


def draw(
    activity: Activity, shape: str, *, title: str = "", photos: Sequence[ActivityPhoto] | None = None
) -> bytes:
    """A PNG of the record: ``square`` 1080×1080, ``wide`` 1600×900 or ``tall`` 1080×1920 pixels.

    ``title`` stands in for the record's name. ``photos`` are pictures of the record in the wanted
    order (the first leads, four at most); without them its first four are taken. A picture that is
    not cleared for publication is left out whoever asks. Always in Thai.

    :raises ValueError: there is no such shape.
    """
    data, files = _content(activity, shape, title, photos)
    key = _key(data, files)
    body = cards_cache.read(key)
    if body is None:
        width = SHAPES[shape][0]
        inches = width / PIXELS_A_POINT / POINTS_AN_INCH
        body = pdf.render_png(TEMPLATE, data, width_px=width, page_inches=inches, files=files)[0]
        cards_cache.write(key, body)
    return body


def version(
    activity: Activity, shape: str, *, title: str = "", photos: Sequence[ActivityPhoto] | None = None
) -> str:
    """The hash of everything on the card that :func:`draw` would give, without drawing it: an ETag."""
    return _key(*_content(activity, shape, title, photos))


def address(activity: Activity) -> str:
    """The full address of the record's public page; empty before it has a number."""
    if not activity.number:
        return ""
    return f"{settings.SITE_URL}{reverse('portal:activity', args=[activity.number])}"


def _content(
    activity: Activity, shape: str, title: str, photos: Sequence[ActivityPhoto] | None
) -> tuple[dict[str, Any], dict[str, Path]]:
    """What the template is given; in Thai for every reader. :raises ValueError: no such shape."""
    if shape not in SHAPES:
        raise ValueError(f"no card of the shape {shape!r}: {', '.join(SHAPES)}")
    with translation.override("th"):
        return _thai_content(activity, shape, title, photos)


def _thai_content(
    activity: Activity, shape: str, title: str, photos: Sequence[ActivityPhoto] | None
) -> tuple[dict[str, Any], dict[str, Path]]:
    title = title or activity.name
    occasion = activity.occasion.name if activity.occasion else ""
    room = ROOM[shape][len(title) + len(occasion) > LONG_WORDS]
    pictures, files = _pictures(_cleared(activity, photos), room)
    link = address(activity)
    data = {
        "shape": shape,
        "room": {"width": room.width, "height": room.height},
        "title": title,
        "office": activity.organization_name,
        "office_place": office_place(activity),
        "kind": str(activity.kind or ""),
        "occasion": occasion,
        "date": date_words(activity),
        "place": place_words(activity),
        "tambon": tambon_words(activity.tambon_code),
        "people": activity.participants,
        "address": _short(link),
        "qr": link,
        "pictures": pictures,
    }
    return data, {**files, "mark.svg": MARK}


def _cleared(activity: Activity, photos: Sequence[ActivityPhoto] | None) -> list[ActivityPhoto]:
    there = {use.pk: use for use in cleared_photos().filter(activity=activity)}
    wanted = there if photos is None else [use.pk for use in photos if use.pk in there]
    return [there[key] for key in wanted][:MOST_PICTURES]


def _pictures(uses: Sequence[ActivityPhoto], room: Box) -> tuple[list[dict[str, Any]], dict[str, Path]]:
    """The pictures that are on disk, each with its place on the card, and their files by name."""
    uses = [use for use in uses if _file(use, Size.MEDIUM)]
    boxes = arranged([_ratio(use) for use in uses], room)
    pictures: list[dict[str, Any]] = []
    files: dict[str, Path] = {}
    for number, (use, box) in enumerate(zip(uses, boxes, strict=True)):
        dots = max(box.width, box.height * _ratio(use)) * PIXELS_A_POINT
        size = Size.MEDIUM if dots <= LONG_SIDE[Size.MEDIUM] else Size.LARGE
        name = f"picture{number}.jpg"
        files[name] = _file(use, size) or store.published(use.photo.sha256, Size.MEDIUM)
        pictures.append({"file": name, "ratio": _ratio(use), **vars(box)})
    return pictures, files


def _file(use: ActivityPhoto, size: Size) -> Path | None:
    return at_hand(store.published(use.photo.sha256, size))


def _ratio(use: ActivityPhoto) -> float:
    return use.photo.width / use.photo.height if use.photo.width and use.photo.height else 4 / 3


def _short(link: str) -> str:
    """The address as people read it: without ``https://``."""
    parts = urlsplit(link)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def _key(data: dict[str, Any], files: dict[str, Path]) -> str:
    """The hash of all that the card is made of. A picture's file is named by time and size, too."""
    stamps = []
    for name, path in sorted(files.items()):
        found = path.stat()
        stamps.append((name, str(path.parent.name), path.name, found.st_size, found.st_mtime_ns))
    text = json.dumps([data, stamps, _templates()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@lru_cache(maxsize=1)
def _templates() -> str:
    digest = hashlib.sha256()
    for path in (TEMPLATE, pdf.TEMPLATES / "base.typ"):
        digest.update(path.read_bytes())
    return digest.hexdigest()

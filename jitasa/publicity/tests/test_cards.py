"""Picture cards: what is on them, what never is, and how they are kept."""

import hashlib
import os
from itertools import combinations
from pathlib import Path

import pytest
from django.utils import translation

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.photos import store
from jitasa.photos.tests.pictures import jpeg
from jitasa.publicity import cards, cards_cache
from jitasa.publicity.cards_layout import ARRANGEMENTS, Box, arranged
from tests.cast import Cast

SIZES = {"square": (1080, 1080), "wide": (1600, 900), "tall": (1080, 1920)}


def accepted(cast: Cast, *, pictures: int = 2) -> Activity:
    make_lists()
    activity = make_sent(cast.anong, pictures=pictures)
    Activity.objects.filter(pk=activity.pk).update(status=Status.ACCEPTED)
    for use in activity.photos.select_related("photo"):
        for size in ("medium", "large"):
            path = store.published(use.photo.sha256, size)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(jpeg(160, 120))
    activity.refresh_from_db()
    return activity


def dimensions(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


@pytest.mark.parametrize("shape", SIZES)
def test_a_card_has_the_size_of_its_shape(cast: Cast, shape: str) -> None:
    assert dimensions(cards.draw(accepted(cast), shape)) == SIZES[shape]


def test_there_are_no_other_shapes(cast: Cast) -> None:
    with pytest.raises(ValueError, match="no card of the shape"):
        cards.draw(accepted(cast), "round")


def test_the_same_card_is_drawn_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = accepted(cast)
    first = cards.draw(activity, "square")
    monkeypatch.setattr("jitasa.documents.pdf.render_png", lambda *_a, **_k: pytest.fail("drawn again"))
    assert cards.draw(activity, "square") == first


def test_a_picture_that_may_not_be_shown_is_on_no_card(cast: Cast) -> None:
    activity = accepted(cast)
    uses = list(activity.photos.all())
    before = cards.version(activity, "wide")
    ActivityPhoto.objects.filter(pk=uses[0].pk).update(children_visible=True)
    without = cards.version(activity, "wide")
    assert without != before
    assert cards.version(activity, "wide", photos=uses) == without
    assert cards.version(activity, "wide", photos=uses[1:]) == without


def test_nothing_of_a_record_taken_back_is_shown(cast: Cast) -> None:
    activity = accepted(cast)
    Activity.objects.filter(pk=activity.pk).update(status=Status.WITHDRAWN)
    assert cards.version(activity, "wide") == cards.version(activity, "wide", photos=[])


def test_a_picture_made_anew_makes_another_card(cast: Cast) -> None:
    """A blurred face keeps the name of its file."""
    activity = accepted(cast)
    before = cards.version(activity, "square")
    use = activity.photos.select_related("photo").first()
    assert use is not None
    for size in ("medium", "large"):
        store.published(use.photo.sha256, size).write_bytes(jpeg(200, 120))
    assert cards.version(activity, "square") != before


def test_the_title_and_the_order_make_another_card_and_the_reader_does_not(cast: Cast) -> None:
    activity = accepted(cast)
    uses = list(activity.photos.all())
    plain = cards.version(activity, "square")
    assert cards.version(activity, "square", title="ชื่ออื่น") != plain
    assert cards.version(activity, "square", photos=uses[::-1]) != plain
    with translation.override("en"):
        assert cards.version(activity, "square") == plain


def test_a_name_of_250_letters_and_no_picture(cast: Cast) -> None:
    activity = accepted(cast, pictures=2)
    words = ("โครงการจิตอาสาพัฒนาเฉลิมพระเกียรติ #เลข <b> $x$ " * 6)[:250]
    assert dimensions(cards.draw(activity, "square", title=words, photos=[])) == SIZES["square"]


def test_a_full_or_read_only_disk_still_gives_the_card(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setattr(cards_cache, "folder", lambda: blocked)
    assert dimensions(cards.draw(accepted(cast), "square")) == (1080, 1080)


def test_the_longest_unused_go_when_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards_cache, "MOST_BYTES_A_FOLDER", 25)
    keys = ["a" + hashlib.sha256(bytes([number])).hexdigest()[1:] for number in range(4)]
    for number, key in enumerate(keys):
        cards_cache.write(key, b"0123456789")
        path = cards_cache.folder() / "a" / f"{key}.png"
        if path.exists():
            os.utime(path, (number, number))
    there = [key for key in keys if cards_cache.read(key) is not None]
    assert len(there) == 2
    assert keys[3] in there


def inside(box: Box, room: Box) -> bool:
    return (
        box.x >= room.x - 0.01
        and box.y >= room.y - 0.01
        and box.x + box.width <= room.x + room.width + 0.01
        and box.y + box.height <= room.y + room.height + 0.01
    )


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


@pytest.mark.parametrize("room", [each for pair in cards.ROOM.values() for each in pair])
@pytest.mark.parametrize("count", ARRANGEMENTS)
def test_arrangements_fill_the_room_without_lying_on_each_other(room: Box, count: int) -> None:
    for arrangement in ARRANGEMENTS[count]:
        boxes = arrangement(room)
        assert len(boxes) == count
        assert all(inside(box, room) for box in boxes)
        assert all(apart(one, other) for one, other in combinations(boxes, 2))
        covered = sum(box.width * box.height for box in boxes)
        assert covered > 0.95 * room.width * room.height


def test_upright_pictures_stand_side_by_side_and_lying_ones_lie() -> None:
    upright = arranged([0.75, 0.75], Box(0, 0, 540, 270))
    assert upright[0].y == upright[1].y
    lying = arranged([1.78, 1.78], Box(0, 0, 540, 530))
    assert lying[0].x == lying[1].x
    assert arranged([], Box(0, 0, 1, 1)) == []

"""Pictures that look the same are found; flat ones are like nothing."""

import random
from itertools import pairwise

import pytest
import pyvips

from jitasa.photos import rules, selectors
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.prepare import prepare
from jitasa.photos.tests import pictures
from jitasa.photos.tests.test_receive import send
from tests.cast import NOW, Cast


def row(number: int, dhash: int) -> Photo:
    first, second, third, fourth = rules.bands(dhash)
    return Photo.objects.create(
        sha256=f"{number:064x}", bytes=1, format="jpeg", state=PhotoState.READY, created_at=NOW,
        dhash=rules.signed(dhash), band0=first, band1=second, band2=third, band3=fourth,
    )  # fmt: skip


def test_a_recompressed_and_shrunk_copy_is_found(cast: Cast) -> None:
    scene = pictures.scene(1200, 900)
    photo = prepare(send(cast, pictures.saved(scene, Q=90)))
    copy = prepare(send(cast, pictures.saved(scene.resize(0.5), Q=60)))
    other = prepare(send(cast, pictures.jpeg(1200, 900, seed=99)))
    assert selectors.similar(photo) == [copy]
    assert selectors.similar(copy) == [photo]
    assert selectors.similar(other) == []


def test_a_turned_copy_is_found_by_the_upright_picture(cast: Cast) -> None:
    scene = pictures.scene(800, 600)
    photo = prepare(send(cast, pictures.saved(scene)))
    lying = prepare(send(cast, pictures.with_exif(pictures.saved(scene.rot270()), turn=6)))
    assert selectors.similar(photo) == [lying]


@pytest.mark.parametrize("level", [0, 128, 255])
def test_flat_pictures_match_nothing(cast: Cast, level: int) -> None:
    def flat(width: int) -> bytes:
        image = (pyvips.Image.black(width, 200, bands=3) + level).cast("uchar")
        return pictures.saved(image.copy(interpretation="srgb"))

    one, two = prepare(send(cast, flat(300))), prepare(send(cast, flat(310)))
    assert one.dhash is None
    assert selectors.similar(one) == selectors.similar(two) == []


def test_smooth_gradients_match_nothing(cast: Cast) -> None:
    sky = (pyvips.Image.xyz(400, 300)[0] * 0.6).cast("uchar")
    assert prepare(send(cast, pictures.saved(sky))).dhash is None


def test_everything_within_three_bits_is_found_wherever_the_bits_are(cast: Cast) -> None:
    chance = random.Random(4)
    base = row(0, 0xF0C3_5A96_3C5A_1B2D)
    for number in range(1, 200):
        changed = 0xF0C3_5A96_3C5A_1B2D
        for bit in chance.sample(range(64), 3):
            changed ^= 1 << bit
        row(number, changed)
    assert len(selectors.similar(base, max_distance=3, limit=500)) == 199


def test_nearest_first_and_nothing_beyond_the_distance(cast: Cast) -> None:
    base = row(0, 0xF0C3_5A96_3C5A_1B2D)
    two = row(1, 0xF0C3_5A96_3C5A_1B2D ^ 0b11)
    one = row(2, 0xF0C3_5A96_3C5A_1B2D ^ 0b1)
    row(3, 0xF0C3_5A96_3C5A_1B2D ^ 0b1111111)
    assert selectors.similar(base) == [one, two]
    assert selectors.similar(base, limit=1) == [one]


def test_signed_and_unsigned_hashes_agree() -> None:
    assert rules.signed(1 << 63) == -(1 << 63)
    assert rules.distance(rules.signed((1 << 64) - 1), 0) == 64
    assert rules.distance(-1, rules.signed(1 << 63)) == 63
    values = [0, 1, 1 << 63, (1 << 64) - 1]
    assert all(
        rules.distance(rules.signed(a), rules.signed(b)) == (a ^ b).bit_count() for a, b in pairwise(values)
    )


def test_one_query_whatever_the_number(cast: Cast, django_assert_num_queries: object) -> None:
    base = row(0, 0xF0C3_5A96_3C5A_1B2D)
    for number in range(1, 31):
        row(number, 0xF0C3_5A96_3C5A_1B2D ^ number % 4)
    with django_assert_num_queries(2):  # type: ignore[operator]  # candidates, then the rows
        selectors.similar(base)

"""The quick answer whether two texts are alike is the answer of the measure."""

from random import Random

import pytest

from jitasa.thai.likeness import alike, letters, likeness

WORDS = ("ทำความสะอาด", "ชายหาด", "คลอง", "ปลูกป่า", "ถนน", "หมู่ 3", "วัดคลองท่อม", "ครั้งที่ 2", "Big Cleaning Day")


@pytest.mark.parametrize("seed", range(200))
def test_alike_is_what_the_measure_says(seed: int) -> None:
    random = Random(seed)
    one = " ".join(random.choices(WORDS, k=random.randint(0, 4)))
    slips = list(one)
    for _ in range(random.randint(0, 6)):  # a few slips of the pen
        slips.insert(random.randrange(len(slips) + 1), random.choice("กขคงจ "))
    two = "".join(slips) if random.random() < 0.7 else " ".join(random.choices(WORDS, k=3))
    others = [two, "", one, " ".join(random.choices(WORDS, k=2)), two[::-1]]
    folded = [letters(other) for other in others]
    for least in (0.5, 0.85, 1.0):
        said = {place for place, other in enumerate(others) if likeness(one, other) >= least}
        assert alike(letters(one), folded, least) == said

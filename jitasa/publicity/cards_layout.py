"""Where the pictures of a card go: pure geometry, in points, from the upper left corner.

Of the arrangements known for so many pictures the one is taken that cuts least off them, so that
upright and lying pictures both keep their people.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

GAP = 3.0
MOST_PICTURES = 4


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    def columns(self, *shares: float) -> "list[Box]":
        """Cut upright into parts of these shares, a gap between them."""
        free = self.width - GAP * (len(shares) - 1)
        left, boxes = self.x, []
        for share in shares:
            width = free * share / sum(shares)
            boxes.append(Box(left, self.y, width, self.height))
            left += width + GAP
        return boxes

    def rows(self, *shares: float) -> "list[Box]":
        """Cut across into parts of these shares, a gap between them."""
        free = self.height - GAP * (len(shares) - 1)
        top, boxes = self.y, []
        for share in shares:
            height = free * share / sum(shares)
            boxes.append(Box(self.x, top, self.width, height))
            top += height + GAP
        return boxes


Arrangement = Callable[[Box], list[Box]]


def _lead_above(below: int) -> Arrangement:
    def arrange(room: Box) -> list[Box]:
        lead, rest = room.rows(1.6, 1)
        return [lead, *rest.columns(*[1] * below)]

    return arrange


def _lead_left(beside: int) -> Arrangement:
    def arrange(room: Box) -> list[Box]:
        lead, rest = room.columns(1.7, 1)
        return [lead, *rest.rows(*[1] * beside)]

    return arrange


def _quarters(room: Box) -> list[Box]:
    return [box for row in room.rows(1, 1) for box in row.columns(1, 1)]


def _side_by_side(count: int) -> Arrangement:
    return lambda room: room.columns(*[1] * count)


def _stacked(count: int) -> Arrangement:
    return lambda room: room.rows(*[1] * count)


ARRANGEMENTS: dict[int, tuple[Arrangement, ...]] = {
    1: (_side_by_side(1),),
    2: (_side_by_side(2), _stacked(2)),
    3: (_lead_above(2), _lead_left(2), _side_by_side(3), _stacked(3)),
    4: (_lead_above(3), _lead_left(3), _quarters, _side_by_side(4), _stacked(4)),
}


def arranged(ratios: Sequence[float], room: Box) -> list[Box]:
    """A box for each picture; ``ratios`` are their widths by their heights, at most four of them.

    Earlier arrangements win a tie, so the first picture leads wherever that costs nothing.
    """
    if not ratios:
        return []
    candidates = [arrangement(room) for arrangement in ARRANGEMENTS[len(ratios)]]
    return min(candidates, key=lambda boxes: _cut_off(ratios, boxes))


def _cut_off(ratios: Sequence[float], boxes: Sequence[Box]) -> float:
    """The share of the shown area's pictures that is lost, weighed by the area each is shown on."""
    area = sum(box.width * box.height for box in boxes)
    lost = 0.0
    for ratio, box in zip(ratios, boxes, strict=True):
        shape = box.width / box.height
        lost += (1 - min(ratio / shape, shape / ratio)) * box.width * box.height / area
    return round(lost, 3)

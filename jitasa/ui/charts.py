"""Geometry of the small charts. Drawing is in ``templates/ui/charts``; nothing here knows about HTML."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

Number = int | float


@dataclass(frozen=True)
class Bar:
    """One value: its words, its number, and its length as a share of the longest in percent."""

    label: str
    value: Number
    percent: float
    x: float = 0.0
    width: float = 0.0
    url: str = ""
    show_label: bool = True
    is_last: bool = False
    is_minor: bool = False  # its label gives way on a phone
    is_unknown: bool = False  # there is no number: nothing is drawn, and a dash stands in its place

    @property
    def tall(self) -> float:
        """Height in a field of 160 units; a value that is not nothing is at least seen."""
        return max(round(self.percent * 1.6, 2), 2.0) if self.value else 0.0

    @property
    def top(self) -> float:
        return round(182 - self.tall, 2)

    @property
    def value_y(self) -> float:
        return round(self.top - 6, 2)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 3)


def share(value: Number | None, most: Number | None) -> float:
    """``value`` in percent of ``most``, between 0 and 100; 0 when there is nothing to compare with."""
    if not value or not most or value < 0 or most < 0:
        return 0.0
    return round(min(float(value) / float(most), 1.0) * 100, 2)


def bars(rows: Iterable[Sequence[object]]) -> list[Bar]:
    """Horizontal bars from ``(label, value)`` or ``(label, value, url)``; a value of ``None`` is not known."""
    plain = [(str(row[0]), row[1], str(row[2]) if len(row) > 2 else "") for row in rows]
    numbers = [_number(value) for _label, value, _url in plain]
    most = max(numbers, default=0)
    return [
        Bar(label, number, share(number, most), url=url, is_unknown=value is None)
        for (label, value, url), number in zip(plain, numbers, strict=True)
    ]


def columns(rows: Iterable[Sequence[object]], *, labels: int = 12) -> list[Bar]:
    """Upright columns side by side; at most ``labels`` of them carry words, the last always does."""
    flat = bars(rows)
    step = 100 / len(flat) if flat else 0
    every = max(1, ceil(len(flat) / labels))
    return [
        Bar(
            bar.label,
            bar.value,
            bar.percent,
            x=round(index * step + step * 0.16, 3),
            width=round(step * 0.68, 3),
            url=bar.url,
            show_label=(len(flat) - 1 - index) % every == 0,
            is_last=index == len(flat) - 1,
            is_minor=len(flat) > 6 and (len(flat) - 1 - index) // every % 2 == 1,
            is_unknown=bar.is_unknown,
        )
        for index, bar in enumerate(flat)
    ]


def spark(
    values: Iterable[Number | None], *, height: int = 24, open_last: bool = False
) -> list[tuple[float, float, float, str]]:
    """``(x, y, height, class)`` of each little column on a grid of 10 units a column.

    Empty months are a line, months without a number (``None``) nothing at all.
    """
    given = list(values)
    most = max((value for value in given if value is not None), default=0)
    drawn = []
    for index, value in enumerate(given):
        if value is None:
            drawn.append((index * 10.0, float(height), 0.0, "gap"))
            continue
        tall = max(share(value, most) * height / 100, 3.0 if value else 1.5)
        last = "last open" if open_last else "last"
        kind = "none" if not value else (last if index == len(given) - 1 else "")
        drawn.append((index * 10.0, round(height - tall, 2), round(tall, 2), kind))
    return drawn


def _number(value: object) -> Number:
    """A number from whatever a query returned (Decimal, None …)."""
    if isinstance(value, int | float):
        return value
    return float(str(value)) if value not in (None, "") else 0

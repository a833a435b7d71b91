"""Every pair of colours that meets on a screen is legible (WCAG 2.2 AA), in light and dark."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "static" / "ui" / "css" / "tokens.css").read_text(encoding="utf-8")
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-2") for ground in ("paper", "ground", "sunk", "raise")),
    ("ink-3", "paper"), ("ink-3", "ground"), ("ink-3", "raise"),
    ("blue", "paper"), ("blue", "ground"), ("blue-deep", "blue-wash"), ("blue", "sunk"), ("blue", "blue-wash"),
    ("on-blue", "blue"), ("on-blue", "blue-deep"), ("on-yellow", "yellow"), ("on-bad", "bad"),
    ("on-dark", "dark"), ("yellow-deep", "paper"), ("info", "info-wash"),
    *((tone, where) for tone in ("ok", "warn", "bad") for where in (f"{tone}-wash", "paper", "ground")),
    *(("ink", f"{tone}-wash") for tone in ("ok", "warn", "bad", "info", "blue")),
    *(("ink-2", f"{tone}-wash") for tone in ("ok", "warn", "bad", "info", "blue")),
]  # fmt: skip
EDGES = [
    ("edge", "paper"),
    ("edge", "ground"),
    ("focus", "paper"),
    ("focus", "ground"),
    ("blue", "line"),
    ("map-4", "map-0"),
    ("bad", "bad-wash"),
]


def block(selector: str) -> dict[str, str]:
    body = CSS[CSS.index(selector) + len(selector) :]
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", body[: body.index("}")]))


LIGHT = block(':root, [data-theme="light"] {')
DARK = block('\n[data-theme="dark"] {')
DARK_BY_MACHINE = block(':root:not([data-theme="light"]) {')


def luminance(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_right() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_legible(theme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_are_seen(theme: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(theme[edge], theme[ground]) >= 3


def test_both_ways_to_dark_are_the_same_dark() -> None:
    assert DARK == DARK_BY_MACHINE
    assert set(DARK) == set(LIGHT)

"""Pictures of volunteer work, drawn by the program: no real person, no emblem.

A scene is an SVG made from a seeded random source and turned into a JPEG with the EXIF time and
place of a phone picture, so that every part of the photo path has something true to work on.
"""

import random
from dataclasses import dataclass
from datetime import datetime

import pyvips

from jitasa.thai.dates import BANGKOK

WIDTH, HEIGHT = 1280, 960  # of the drawing; the picture is SCALE of it
SCALE = 0.8
SKINS = ("#8d5a3b", "#a96c48", "#c58a62", "#6f4630")
SHIRTS = ("#f4f6fa", "#f6c445", "#dfe9f7", "#e9e2cf", "#5f8fd0")


@dataclass(frozen=True)
class Shot:
    """What a picture shows, when and where it was taken (``point`` as latitude, longitude)."""

    scene: str
    seed: int
    taken_at: datetime
    point: tuple[float, float] | None


def draw(shot: Shot) -> bytes:
    """The JPEG bytes of a shot; the same shot gives the same bytes."""
    rng = random.Random(f"{shot.scene}:{shot.seed}")  # noqa: S311 (a drawing, not a secret)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">{_scene(shot.scene, rng)}</svg>'
    image = pyvips.Image.svgload_buffer(svg.encode(), scale=SCALE).flatten(background=[255, 255, 255]).copy()
    _write_exif(image, shot)
    return bytes(image.jpegsave_buffer(Q=82))


def _scene(name: str, rng: random.Random) -> str:
    horizon = rng.randint(330, 470)
    parts = [_sky(rng, horizon), BACKGROUNDS.get(name, _field)(rng, horizon)]
    people = sorted(
        (
            (rng.randint(60, WIDTH - 60), rng.randint(horizon + 150, HEIGHT - 60))
            for _ in range(rng.randint(6, 16))
        ),
        key=lambda place: place[1],
    )
    parts += [_person(rng, x, y, (y - horizon) / (HEIGHT - horizon)) for x, y in people]
    return "".join(parts)


def _rect(x: float, y: float, w: float, h: float, fill: str) -> str:
    return f'<rect x="{x:.0f}" y="{y:.0f}" width="{w:.0f}" height="{h:.0f}" fill="{fill}"/>'


def _ellipse(x: float, y: float, rx: float, ry: float, fill: str) -> str:
    return f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{rx:.0f}" ry="{ry:.0f}" fill="{fill}"/>'


def _sky(rng: random.Random, horizon: int) -> str:
    top = rng.choice(("#7fb4e8", "#9cc7ee", "#b9d3e6", "#8fbde0"))
    sky = _rect(0, 0, WIDTH, HEIGHT, top) + _rect(0, horizon * 0.55, WIDTH, horizon, "#d7e8f5")
    clouds = (
        _ellipse(
            rng.randint(0, WIDTH),
            rng.randint(40, int(horizon * 0.6)),
            rng.randint(60, 160),
            rng.randint(14, 34),
            "#f6fafd",
        )
        for _ in range(rng.randint(2, 6))
    )
    return sky + "".join(clouds)


def _hills(rng: random.Random, horizon: int, fill: str) -> str:
    hills = []
    for _ in range(rng.randint(2, 5)):
        x, w, h = rng.randint(-100, WIDTH), rng.randint(140, 380), rng.randint(60, 240)
        hills.append(
            f'<path d="M{x} {horizon}Q{x + w * 0.2:.0f} {horizon - h} {x + w * 0.5:.0f} {horizon - h}'
            f'T{x + w} {horizon}Z" fill="{fill}"/>'
        )
    return "".join(hills)


def _beach(rng: random.Random, horizon: int) -> str:
    sand = horizon + rng.randint(70, 150)
    litter = "".join(
        _rect(
            rng.randint(0, WIDTH),
            rng.randint(sand + 30, HEIGHT),
            rng.randint(6, 16),
            rng.randint(4, 10),
            color,
        )
        for color in ("#ffffff", "#4b83c4", "#cf5b4a", "#3c7a52") * rng.randint(2, 5)
    )
    return (
        _hills(rng, horizon, "#557f63")
        + _rect(0, horizon, WIDTH, HEIGHT, "#4d9db4")
        + _rect(0, sand - 14, WIDTH, 14, "#e8f3f2")
        + _rect(0, sand, WIDTH, HEIGHT, rng.choice(("#ecd9a8", "#e5cf98", "#f0e0b8")))
        + litter
    )


def _canal(rng: random.Random, horizon: int) -> str:
    left, right = rng.randint(320, 480), rng.randint(760, 940)
    weeds = "".join(
        _ellipse(
            rng.randint(left, right), rng.randint(horizon + 80, HEIGHT), rng.randint(14, 40), 9, "#3f7d46"
        )
        for _ in range(rng.randint(8, 22))
    )
    return (
        _trees(rng, horizon, 8)
        + _rect(0, horizon, WIDTH, HEIGHT, "#86a95e")
        + f'<path d="M560 {horizon}L{left - 160} {HEIGHT}H{right + 200}L680 {horizon}Z" fill="#6d8f93"/>'
        + weeds
    )


def _trees(rng: random.Random, horizon: int, count: int) -> str:
    shapes = []
    for _ in range(count):
        x, h = rng.randint(0, WIDTH), rng.randint(60, 170)
        shapes.append(_rect(x - 6, horizon - h * 0.4, 12, h * 0.45, "#6b4b33"))
        shapes.append(
            _ellipse(x, horizon - h * 0.62, h * 0.36, h * 0.42, rng.choice(("#3f7a4a", "#4f8d52", "#2f6a42")))
        )
    return "".join(shapes)


def _planting(rng: random.Random, horizon: int) -> str:
    rows = []
    for row in range(6):
        y = horizon + 90 + row * 85
        offset = rng.randint(0, 60)
        rows += [
            _rect(x, y - 34, 5, 34, "#5a4330") + _ellipse(x + 2, y - 40, 16, 20, "#4fa05a")
            for x in range(offset, WIDTH, 110)
        ]
    return (
        _hills(rng, horizon, "#6a9a72")
        + _rect(0, horizon, WIDTH, HEIGHT, rng.choice(("#8a6a48", "#7f6a55", "#6f7f5a")))
        + "".join(rows)
    )


def _temple(rng: random.Random, horizon: int) -> str:
    x, w = rng.randint(300, 700), rng.randint(300, 420)
    base = horizon - 130
    hall = (
        _rect(x, base, w, 150, "#f3efe6")
        + f'<path d="M{x - 40} {base}L{x + w / 2:.0f} {base - 150}L{x + w + 40} {base}Z" fill="#b3532f"/>'
        + f'<path d="M{x + 30} {base - 50}L{x + w / 2:.0f} {base - 190}L{x + w - 30} {base - 50}Z" fill="#d0793a"/>'
        + "".join(_rect(x + 24 + i * (w - 48) / 5, base + 20, 16, 130, "#d9b25c") for i in range(6))
    )
    return (
        _trees(rng, horizon, 6)
        + hall
        + _rect(0, horizon, WIDTH, HEIGHT, rng.choice(("#cfc6b4", "#9fb07c", "#c2b8a3")))
    )


def _road(rng: random.Random, horizon: int) -> str:
    marks = "".join(
        _rect(630 - i * 2, horizon + 40 + i * 95, 12 + i * 6, 46 + i * 6, "#f2f2ec") for i in range(6)
    )
    return (
        _trees(rng, horizon, 12)
        + _rect(0, horizon, WIDTH, HEIGHT, "#8fae66")
        + f'<path d="M590 {horizon}L{rng.randint(120, 260)} {HEIGHT}H{rng.randint(1000, 1160)}L690 {horizon}Z" fill="#6b6f76"/>'
        + marks
    )


def _hall(rng: random.Random, horizon: int) -> str:
    beds = "".join(
        _rect(90 + i * 260, horizon + 130 + (i % 2) * 160, 210, 60, rng.choice(("#eef3f8", "#dfe8f2")))
        for i in range(5)
    )
    windows = "".join(_rect(60 + i * 240, 110, 150, horizon - 190, "#cfe2f1") for i in range(5))
    return (
        _rect(0, 0, WIDTH, HEIGHT, "#efe9dd") + windows + _rect(0, horizon, WIDTH, HEIGHT, "#c9bfae") + beds
    )


def _field(rng: random.Random, horizon: int) -> str:
    return (
        _hills(rng, horizon, "#7da07f")
        + _trees(rng, horizon, 7)
        + _rect(0, horizon, WIDTH, HEIGHT, rng.choice(("#93b56a", "#a5b878", "#86a860")))
    )


BACKGROUNDS = {
    "beach": _beach,
    "canal": _canal,
    "planting": _planting,
    "temple": _temple,
    "road": _road,
    "hall": _hall,
    "field": _field,
}


def _person(rng: random.Random, x: int, y: int, near: float) -> str:
    """A volunteer seen from some way off: blue cap, yellow neckerchief, some with a tool."""
    s = 0.45 + near * 1.1
    skin, shirt = rng.choice(SKINS), rng.choice(SHIRTS)
    lean = rng.randint(-10, 10) * s
    body = [
        _ellipse(x, y + 4 * s, 26 * s, 7 * s, "#00000022"),
        _rect(x - 14 * s, y - 52 * s, 12 * s, 54 * s, "#2f3a52"),
        _rect(x + 3 * s, y - 52 * s, 12 * s, 54 * s, "#2f3a52"),
        f'<path d="M{x - 22 * s:.0f} {y - 48 * s:.0f}h{44 * s:.0f}l{-4 * s:.0f} {-58 * s:.0f}h{-36 * s:.0f}Z" fill="{shirt}"/>',
        f'<path d="M{x - 18 * s + lean:.0f} {y - 108 * s:.0f}h{36 * s:.0f}l{-18 * s:.0f} {26 * s:.0f}Z" fill="#f6c445"/>',
        _ellipse(x + lean, y - 122 * s, 15 * s, 17 * s, skin),
        _ellipse(x + lean, y - 132 * s, 17 * s, 9 * s, "#0b4f9e"),
        _rect(x + lean - 4 * s, y - 131 * s, 26 * s, 4 * s, "#083a75"),
    ]
    if rng.random() < 0.45:
        tx = x + 24 * s
        body.append(
            f'<path d="M{tx:.0f} {y - 96 * s:.0f}L{tx + 22 * s:.0f} {y:.0f}" stroke="#7a5a3a" stroke-width="{4 * s:.0f}"/>'
        )
    return "".join(body)


def _write_exif(image: pyvips.Image, shot: Shot) -> None:
    local = shot.taken_at.astimezone(BANGKOK).strftime("%Y:%m:%d %H:%M:%S")
    fields = {
        "exif-ifd0-Make": "Jitasa demo",
        "exif-ifd2-DateTimeOriginal": local,
        "exif-ifd2-OffsetTimeOriginal": "+07:00",
    }
    if shot.point is not None:
        latitude, longitude = shot.point
        fields |= {
            "exif-ifd3-GPSLatitudeRef": "N",
            "exif-ifd3-GPSLatitude": _degrees(latitude),
            "exif-ifd3-GPSLongitudeRef": "E",
            "exif-ifd3-GPSLongitude": _degrees(longitude),
        }
    for name, value in fields.items():
        image.set_type(pyvips.GValue.gstr_type, name, value)


def _degrees(value: float) -> str:
    """Decimal degrees as the three rationals of EXIF: degrees, minutes, hundredths of a second."""
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    seconds = round(((value - degrees) * 60 - minutes) * 60 * 100)
    return f"{degrees}/1 {minutes}/1 {seconds}/100"

"""Pictures of the demonstration's letters for ``docs/letters-page.md``.

    jitasa migrate && jitasa seed-demo --months 1
    python scripts/letter_pictures.py

writes ``docs/pictures/letter-department.webp`` (the copy that came to Krabi, with both stamps),
``letter-province.webp`` and one of each other kind of paper, ``letter-<kind>.webp``, from the same pages as
``jitasa export letter … --format png``.
"""

import os
from pathlib import Path

import django
import pyvips

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LETTERS = {"letter-department": ("มท ๐๘๐๑.๔/ว ๓๐๐๐", "81"), "letter-province": ("กบ ๐๐๒๓.๑/ว ๖๕๖๕", "")}
KINDS = ("memo", "stamped", "order", "announcement", "certificate")
WIDTH, SMALL = 1000, 640


def write(name: str, png: bytes, width: int) -> None:
    """Small enough for a repository."""
    image = pyvips.Image.new_from_buffer(png, "").thumbnail_image(width, height=2 * width)
    file = PICTURES / f"{name}.webp"
    image.webpsave(str(file), Q=60, strip=True)
    print(f"{file.name} {file.stat().st_size:,} bytes")


def main() -> None:
    """The first page of each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
    django.setup()
    from django.utils import timezone

    from jitasa.letters.models import Letter
    from jitasa.letters.pages.data import page_of
    from jitasa.letters.pages.export import letter_files
    from jitasa.letters.pages.render import to_png
    from jitasa.organizations.models import Organization
    from jitasa.thai.dates import today

    now = timezone.now()
    for name, (number, code) in LETTERS.items():
        office = Organization.objects.filter(code=code).first() if code else None
        write(name, letter_files(number=number, office=office, form="png", now=now)[0], WIDTH)
    for kind in KINDS:
        letter = Letter.objects.filter(kind=kind, organization__code="81").exclude(number="").earliest("pk")
        write(f"letter-{kind}", to_png(page_of(letter, day=today(now)))[0], SMALL)
    waits = Letter.objects.filter(organization__code="81", status="awaiting").earliest("pk")
    for index, png in enumerate(to_png(page_of(waits, day=today(now))), start=1):
        write(f"letter-awaiting-{index}", png, SMALL)


if __name__ == "__main__":
    main()

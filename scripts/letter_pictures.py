"""Pictures of the demonstration's two letters for ``docs/letters-page.md``.

    jitasa migrate && jitasa seed-demo --months 1
    python scripts/letter_pictures.py

writes ``docs/pictures/letter-department.webp`` (the copy that came to Krabi, with both stamps) and
``docs/pictures/letter-province.webp``, from the same pages as ``jitasa export letter … --format png``.
"""

import os
from pathlib import Path

import django
import pyvips

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LETTERS = {"letter-department": ("มท ๐๘๐๑.๔/ว ๓๐๐๐", "81"), "letter-province": ("กบ ๐๐๒๓.๑/ว ๖๕๖๕", "")}
WIDTH = 1000


def main() -> None:
    """The first page of each, small enough for a repository."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
    django.setup()
    from django.utils import timezone

    from jitasa.letters.pages.export import letter_files
    from jitasa.organizations.models import Organization

    for name, (number, code) in LETTERS.items():
        office = Organization.objects.filter(code=code).first() if code else None
        page = letter_files(number=number, office=office, form="png", now=timezone.now())[0]
        image = pyvips.Image.new_from_buffer(page, "").thumbnail_image(WIDTH, height=2 * WIDTH)
        file = PICTURES / f"{name}.webp"
        image.webpsave(str(file), Q=60, strip=True)
        print(f"{file.name} {file.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

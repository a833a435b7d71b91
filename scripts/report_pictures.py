"""Pictures of the month's report for ``docs/reports-page.md``: country, province, district and local government.

    jitasa migrate && jitasa seed-demo --months 2
    python scripts/report_pictures.py [--whole FOLDER]

writes ``docs/pictures/report-<what>-<part>.webp`` of last month. The month is compiled for it and the compilation
taken back, so that the data stays as it was. ``--whole`` writes every page of every PDF as PNG into a folder
instead, to be read. Needs ``pdftoppm`` (Debian: poppler-utils).
"""

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

import django
from letter_pictures import write

LEVELS = {"country": "00", "province": "81", "district": "8101"}
LAO = "06810104"
# Pages of each that the document shows, from the front or (below nought) from the end.
SHOWN: dict[str, dict[int, str]] = {
    "country": {1: "letter", 2: "summary", 4: "kinds", 5: "days", -1: "examples"},
    "country-executive": {1: "page"},
    "province": {1: "letter", 2: "summary"},
    "district": {1: "letter", 2: "summary"},
    "lao": {1: "memo", 2: "behind"},
}
WIDTH, FINE = 640, 1400  # pixels across a page


def papers() -> dict[str, bytes]:
    """Every paper of last month as PDF, by what it is."""
    from django.db import transaction
    from django.utils import timezone

    from jitasa.compilation.outputs import executive, own_report, report
    from jitasa.compilation.services.compile import compile_round
    from jitasa.organizations.models import Organization
    from jitasa.organizations.viewer import SYSTEM
    from jitasa.thai.dates import add_months, month_of, today

    now = timezone.now()
    month = add_months(month_of(today(now)), -1)
    made = {}
    with transaction.atomic():
        for name, code in LEVELS.items():
            office = Organization.objects.get(code=code)
            compiled = compile_round(actor=SYSTEM, organization=office, month=month, now=now).compilation
            made[name] = report.pdf(compiled)
            made[f"{name}-executive"] = executive.pdf(compiled)
        made["lao"] = own_report.pdf(Organization.objects.get(code=LAO), month, now)
        transaction.set_rollback(True)
    return made


def pages(paper: bytes, width: int) -> list[bytes]:
    """Each page of a PDF as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pdftoppm", "-png", "-scale-to-x", str(width), "-scale-to-y", "-1", "-", f"{folder}/p"]
        subprocess.run(command, input=paper, check=True)
        return [path.read_bytes() for path in sorted(Path(folder).iterdir())]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--whole", type=Path, help="every page as PNG into this folder")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jitasa.config.settings")
    django.setup()
    for name, paper in papers().items():
        made = pages(paper, FINE)
        if asked.whole:
            keep(asked.whole, name, made)
            continue
        for number, part in SHOWN.get(name, {}).items():
            write(f"report-{name}-{part}", made[number - 1 if number > 0 else number], WIDTH)


def keep(folder: Path, name: str, made: list[bytes]) -> None:
    """Every page as PNG, to be read."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, png in enumerate(made, start=1):
        (folder / f"{name}-{number:02}.png").write_bytes(png)


if __name__ == "__main__":
    main()

"""Inspect a PDF in a process of its own: parsing what a stranger made is not done beside the database."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.utils.functional import Promise

from jitasa.documents.intake import pdf_program
from jitasa.documents.intake.types import (
    BROKEN,
    LOCKED,
    PDF_ACTS,
    PDF_FORM,
    PDF_INSIDE,
    TOO_MUCH,
    NotTaken,
)

WALL_SECONDS = 30
_REASONS: dict[str, str | Promise] = {
    "broken": BROKEN,
    "locked": LOCKED,
    "acts": PDF_ACTS,
    "form": PDF_FORM,
    "inside": PDF_INSIDE,
    "large": TOO_MUCH,
}


def check_pdf(path: Path) -> None:
    """Whether a PDF holds nothing but pages. An owner's password alone is no hindrance: it opens for everybody.

    :raises NotTaken: it is damaged, locked, acts by itself, or carries what cannot be enclosed.
    """
    try:
        done = subprocess.run(  # noqa: S603 (our own program, no shell)
            [sys.executable, "-I", str(Path(pdf_program.__file__)), str(path)],
            capture_output=True,
            timeout=WALL_SECONDS,
            env={"PATH": os.defpath},
            cwd=path.parent,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotTaken(TOO_MUCH) from None
    verdict = json.loads(done.stdout)["verdict"] if done.returncode == 0 else "large"
    if verdict != "taken":
        raise NotTaken(_REASONS[verdict])

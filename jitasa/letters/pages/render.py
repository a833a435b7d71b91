"""The page as PDF and as pictures."""

import hashlib
import json
from pathlib import Path

from django.core.cache import cache

from jitasa.documents import pdf
from jitasa.files.kinds import HEAD, ContainerKind, kind_of
from jitasa.letters.pages.data import Page
from jitasa.letters.store import path_of

TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "letter.typ"
WIDTH_PX = 1240  # 150 points an inch: sharp on a phone's and a desk's screen


def to_pdf(page: Page) -> bytes:
    """:raises faces.fonts.NoThaiFont: no Thai face is installed."""
    return pdf.render(TEMPLATE, _named(page), files=_files(page))


def to_png(page: Page, *, width_px: int = WIDTH_PX, own_marked: bool = False) -> list[bytes]:
    """A picture a page; ``own_marked``, for the screen, marks what a covering letter adds of its own."""
    data = {**_named(page), "own_marked": own_marked}
    return pdf.render_png(TEMPLATE, data, width_px=width_px, files=_files(page))


def fingerprint(page: Page) -> str:
    """Names what the page shows; another stamp or another word is another name."""
    text = json.dumps([page.data, page.emblem], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def page_count(page: Page) -> int:
    """How many pages; remembered, since it needs setting the letter."""
    key = f"letters:pages:{fingerprint(page)}"
    count: int | None = cache.get(key)
    if count is None:
        count = len(to_png(page, width_px=120))
        cache.set(key, count, 7 * 24 * 3600)
    return count


def _emblem(page: Page) -> Path | None:
    path = path_of(page.emblem) if page.emblem else None
    return path if path is not None and path.is_file() else None


def _named(page: Page) -> dict[str, object]:
    """The data with the emblem under the name of its file, or none where the file is gone."""
    path = _emblem(page)
    name = "" if path is None else f"emblem.{_ending(path)}"
    return {**page.data, "letter": {**page.data["letter"], "emblem": name}}


def _files(page: Page) -> dict[str, bytes | Path]:
    path = _emblem(page)
    return {} if path is None else {f"emblem.{_ending(path)}": path}


def _ending(path: Path) -> str:
    with path.open("rb") as file:
        return "png" if kind_of(file.read(HEAD)) == ContainerKind.PNG else "jpg"

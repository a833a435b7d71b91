"""The page as PDF and as pictures."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache

from jitasa.documents import pdf
from jitasa.documents.qr import svg
from jitasa.files.kinds import HEAD, ContainerKind, kind_of
from jitasa.files.reading import here
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
    text = json.dumps([page.data, page.emblem, page.signature, page.seal], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True)
class Beginning:
    """With what a page after the first begins.

    ``of`` is the place of a text among the paragraphs and tables, or a name (``closing``, ``sheet``, ``note 0``,
    ``name 3``; ``head`` and ``text`` where the heading goes on); ``at`` the letters of the text, or the rows of
    the table, that stand on the pages before.
    """

    number: int
    of: int | str
    at: int
    catchword: str  # as the page before ends with it


@dataclass(frozen=True)
class Layout:
    """How the page is set: how close (0 is the usual; what misses one page by little is set closer), and its pages."""

    spacing: int
    pages: tuple[Beginning, ...]


def layout(page: Page) -> Layout:
    """Remembered, since it needs setting the letter."""
    key = f"letters:layout:{fingerprint(page)}"
    told: dict[str, Any] | None = cache.get(key)
    if told is None:
        told = pdf.told(TEMPLATE, _named(page), "layout", files=_files(page))
        cache.set(key, told, 7 * 24 * 3600)
    return Layout(int(told["spacing"]), tuple(Beginning(**each) for each in told["pages"]))


def page_count(page: Page) -> int:
    return 1 + len(layout(page).pages)


def _pictures(page: Page) -> dict[str, tuple[str, Path]]:
    """The pictures that are there, by what they are: (the name of the file on the page, where it lies)."""
    found = {}
    for what, sha256 in (("emblem", page.emblem), ("signature", page.signature), ("seal", page.seal)):
        path = here(path_of(sha256)) if sha256 else None
        if path is not None:
            found[what] = (f"{what}.{_ending(path)}", path)
    return found


def _named(page: Page) -> dict[str, object]:
    """The data with each picture under the name of its file, or none where the file is gone."""
    names = {what: name for what, (name, _path) in _pictures(page).items()}
    letter = page.data["letter"]
    signer = {**letter["signer"], "signature": names.get("signature", "")}
    own = {what: names.get(what, "") for what in ("emblem", "seal")}
    return {**page.data, "letter": {**letter, **own, "signer": signer}}


def _files(page: Page) -> dict[str, bytes | Path]:
    files: dict[str, bytes | Path] = dict(_pictures(page).values())
    if page.data.get("check"):
        files["check.svg"] = svg(page.data["check"]).encode()
    return files


def _ending(path: Path) -> str:
    with path.open("rb") as file:
        return "png" if kind_of(file.read(HEAD)) == ContainerKind.PNG else "jpg"

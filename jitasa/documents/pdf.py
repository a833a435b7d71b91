"""Documents by typst: a template of ours, data as JSON, pictures as files beside it.

Untrusted text is data only. A template reads it from ``data.json`` as strings, and a string is never
interpreted as typst markup. The compiler sees one temporary folder and nothing else.
"""

import json
import logging
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import typst
from django.core.serializers.json import DjangoJSONEncoder

from jitasa.documents.qr import svg
from jitasa.documents.words import whole_words
from jitasa.faces.fonts import face

TEMPLATES = Path(__file__).parent / "templates_typst"
Files = Mapping[str, bytes | Path]
DAMAGED = Path(__file__).parent / "damaged.jpg"  # "this picture is damaged", in place of one
log = logging.getLogger(__name__)


class DocumentFailed(Exception):
    """The template and the data do not fit each other; the message is typst's own."""


def render(template: str | Path, data: Mapping[str, Any], *, files: Files | None = None) -> bytes:
    """A PDF of ``templates_typst/<template>.typ``, or of another app's template given as a path.

    ``data`` is anything JSON can carry (dates become ISO text). ``files`` are pictures by the name
    under which the data mentions them: bytes, or a path that is copied; a photo (``.jpg``) that cannot be
    drawn is replaced by one that says so. Text under ``"qr"`` is drawn
    as the file ``qr.svg``.

    :raises DocumentFailed: the template cannot be set with this data.
    :raises fonts.NoThaiFont: no Thai face is installed.
    """
    return _compiled(template, data, files, output_format="pdf")[0]


def render_png(
    template: str | Path,
    data: Mapping[str, Any],
    *,
    width_px: int,
    page_inches: float | None = None,
    files: Files | None = None,
) -> list[bytes]:
    """The pages as PNG pictures, each ``width_px`` wide.

    The template says how wide a page is; another app's template that is not A4 upright says it again
    as ``page_inches``.
    """
    ppi = width_px / (page_inches or PAGE_INCHES.get(Path(template).stem, A4_INCHES))
    return _compiled(template, data, files, output_format="png", ppi=ppi)


def told(template: str | Path, data: Mapping[str, Any], label: str, *, files: Files | None = None) -> Any:
    """What the template notes as ``metadata`` under a label, the first of it, when it is set with this data.

    :raises DocumentFailed: the template cannot be set with this data, or notes nothing there.
    """
    files = _with_code(data, files)
    with _workplace(template, data, files) as folder:
        source = folder / f"{Path(template).stem}.typ"
        try:
            found = typst.query(source, f"<{label}>", field="value", root=folder, **_faces())
        except typst.TypstError as error:
            raise DocumentFailed(f"{template}: {error}") from error
    values = json.loads(found)
    if not values:
        raise DocumentFailed(f"{template}: nothing under {label}")
    return values[0]


A4_INCHES = 210 / 25.4
# Pages that are not A4 upright, by template: width in inches.
PAGE_INCHES = {"activity_card": 1920 / 144}


def _compiled(
    template: str | Path,
    data: Mapping[str, Any],
    files: Files | None,
    *,
    output_format: Literal["pdf", "png"],
    ppi: float | None = None,
) -> list[bytes]:
    files = _with_code(data, files)
    options: dict[str, Any] = {**_faces(), "format": output_format, "ppi": ppi}
    with _workplace(template, data, files) as folder:
        source = folder / f"{Path(template).stem}.typ"
        try:
            made: Any = typst.compile(source, root=folder, **options)
        except typst.TypstError as error:
            if not _replace_damaged(folder):
                raise DocumentFailed(f"{template}: {error}") from error
            try:
                made = typst.compile(source, root=folder, **options)
            except typst.TypstError as again:
                raise DocumentFailed(f"{template}: {again}") from again
    return made if isinstance(made, list) else [made]


def _faces() -> dict[str, Any]:
    """What typst is told of letters."""
    letters = face()
    return {
        "font_paths": letters.fonts,
        "ignore_system_fonts": True,
        "sys_inputs": {"face": letters.family, "scale": f"{letters.scale:.4f}"},
    }


def _with_code(data: Mapping[str, Any], files: Files | None) -> dict[str, bytes | Path]:
    files = dict(files or {})
    if data.get("qr"):
        files.setdefault("qr.svg", svg(str(data["qr"])).encode())
    return files


def _replace_damaged(folder: Path) -> int:
    """Put a picture that says so in place of each photo that cannot be drawn. Return how many there were."""
    count = 0
    for photo in sorted(folder.glob("*.jpg")):
        probe = folder / "probe.typ"
        probe.write_text(
            f'#set page(width: 1cm, height: 1cm, margin: 0cm)\n#image("{photo.name}", width: 1cm)'
        )
        try:
            typst.compile(probe, root=folder, format="png", ppi=10)
        except typst.TypstError:
            log.error("picture %s of a document is damaged: see jitasa check --files", photo.name)
            shutil.copyfile(DAMAGED, photo)
            count += 1
    return count


@contextmanager
def _workplace(template: str | Path, data: Mapping[str, Any], files: Files) -> Iterator[Path]:
    """A folder with the templates, ``data.json`` and the pictures."""
    with tempfile.TemporaryDirectory(prefix="jitasa-document-") as name:
        folder = Path(name)
        for source in [*TEMPLATES.glob("*.typ"), *([template] if isinstance(template, Path) else [])]:
            shutil.copyfile(source, folder / source.name)
        text = json.dumps(whole_words(data), cls=DjangoJSONEncoder, ensure_ascii=False)
        (folder / "data.json").write_text(text, encoding="utf-8")
        for file_name, content in files.items():
            target = folder / Path(file_name).name
            if isinstance(content, Path):
                shutil.copyfile(content if content.exists() else DAMAGED, target)
            else:
                target.write_bytes(content)
        yield folder

"""The pictures of a compilation as they may be shown today."""

from pathlib import Path
from typing import Any

from jitasa.activities.models import ActivityPhoto
from jitasa.activities.selectors.public import CLEARED
from jitasa.compilation.models import Compilation
from jitasa.files.reading import here
from jitasa.photos import store
from jitasa.photos.choices import Size


def chosen(compilation: Compilation) -> tuple[list[dict[str, str]], dict[str, bytes | Path]]:
    """``{"file", "caption"}`` of the chosen pictures that may still be published, and their files by name; what was
    withdrawn since is left out.
    """
    wanted = {photo["id"]: photo for photo in compilation.photos}
    allowed = ActivityPhoto.objects.filter(CLEARED, pk__in=wanted).select_related("photo")
    usable = {row.pk for row in allowed if row.photo.sha256 == wanted[row.pk]["sha256"]}
    files: dict[str, bytes | Path] = {}
    shown = []
    for photo in compilation.photos:
        path = here(store.published(photo["sha256"], Size.MEDIUM)) if photo["id"] in usable else None
        if path is not None:
            name = f"photo-{len(files) + 1}.jpg"
            files[name] = path
            shown.append({"file": name, "caption": photo["caption"]})
    return shown, files


def facts(compilation: Compilation) -> list[Any]:
    """Which of the chosen pictures may be shown today, and in which copy: others, another report."""
    wanted = [photo["id"] for photo in compilation.photos]
    rows = ActivityPhoto.objects.filter(CLEARED, pk__in=wanted).order_by("pk")
    return [list(row) for row in rows.values_list("pk", "photo__sha256", "photo__copies", "photo__state")]

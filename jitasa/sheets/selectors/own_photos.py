"""The names by which a sheet tells a record's pictures apart."""

from collections.abc import Collection, Iterable, Mapping

from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Upload

SHORT = 12  # letters of a hash, where a picture was sent without a name


def names_of_photos(viewer: Viewer, photo_ids: Collection[int]) -> Mapping[str, str]:
    """SHA-256 → the name under which the office sent it. No statement when nothing is asked."""
    if not photo_ids:
        return {}
    rows = Upload.objects.filter(organization=viewer.office_id, photo__in=photo_ids)
    return dict(rows.values_list("photo__sha256", "name"))


def told_apart(shas: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """SHA-256 → a name of its own within the record: phones call many pictures ``image.jpg``."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for sha in shas:
        name = (names.get(sha) or sha[:SHORT]).replace(",", " ").replace(";", " ")
        stem, dot, ending = name.rpartition(".")
        number, unique = 2, name
        while unique.lower() in taken:
            unique = f"{stem} ({number}){dot}{ending}" if dot else f"{name} ({number})"
            number += 1
        taken.add(unique.lower())
        found[sha] = unique
    return found

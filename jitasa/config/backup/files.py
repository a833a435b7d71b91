"""The files of a copy: only what is new is read and written again."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

LIST, FOLDER = "files.sha256", "files"  # the list is what coreutils' `sha256sum --check` reads
AT_ONCE = 1024 * 1024
# What is just arriving, what only keeps two from writing at once, and files that are made again when asked for.
PASSING = {"incoming", "locks", "exports"}


@dataclass
class Copied:
    """What one going-over did."""

    files: int = 0
    new: int = 0
    bytes: int = 0
    gone: int = 0


def sources() -> dict[str, Path]:
    """Folder in the copy → where it lies in the installation."""
    return {"media": Path(settings.MEDIA_ROOT), "access": Path(settings.DATA_DIR) / "access"}


def hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(AT_ONCE):
            digest.update(piece)
    return digest.hexdigest()


def copy_new(to: Path, *, prune: bool) -> Copied:
    """Bring the copy's files to those of now; what the installation no longer has stays unless ``prune``."""
    known, done, here = listed(to), Copied(), {}
    for name, source in _of_installation():
        sha256 = _brought(source, to / FOLDER / name, known.get(name, ""), done)
        if sha256:
            here[name] = sha256
            done.files += 1
    gone = known.keys() - here.keys()
    done.gone = len(gone)
    for name in gone if prune else ():
        (to / FOLDER / name).unlink(missing_ok=True)
    write_list(to, here if prune else known | here)
    return done


def _of_installation() -> Iterator[tuple[str, Path]]:
    for folder, root in sources().items():
        if folder == "media" and settings.FILES_BUCKET is not None:
            continue  # the bucket keeps them, and is copied by its own means (docs/operator.md)
        for path in below(root):
            relative = path.relative_to(root)
            if relative.parts[0] not in PASSING:
                yield f"{folder}/{relative.as_posix()}", path


def below(root: Path) -> Iterator[Path]:
    """Every file, in the order of names."""
    for where, folders, names in os.walk(root):
        folders.sort()
        yield from (Path(where, name) for name in sorted(names))


def _brought(source: Path, target: Path, known: str, done: Copied) -> str:
    """The SHA-256 of what lies in the copy now; empty where the source went away meanwhile."""
    try:
        facts = source.stat()
        if known and target.is_file():
            old = target.stat()
            if (old.st_size, old.st_mtime_ns) == (facts.st_size, facts.st_mtime_ns):
                return known
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}")
        shutil.copyfile(source, draft)
    except FileNotFoundError:
        return known
    os.utime(draft, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    draft.replace(target)
    done.new += 1
    done.bytes += facts.st_size
    return hash_of(target)


def listed(copy: Path) -> dict[str, str]:
    """Name → SHA-256 as the copy's list says; empty where there is none yet."""
    try:
        lines = (copy / LIST).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    pairs = (line.split("  ", 1) for line in lines)
    return {name.removeprefix(f"{FOLDER}/"): sha256 for sha256, name in pairs}


def write_list(copy: Path, files: dict[str, str]) -> None:
    draft = copy / f".{LIST}"
    lines = (f"{sha256}  {FOLDER}/{name}\n" for name, sha256 in sorted(files.items()))
    draft.write_text("".join(lines), "utf-8")
    draft.replace(copy / LIST)


def faults(copy: Path) -> Iterator[str]:
    """A line for each file of the list that is missing from the copy or no longer what was copied."""
    for name, sha256 in listed(copy).items():
        path = copy / FOLDER / name
        if not path.is_file():
            yield f"ไม่มีไฟล์: {name}"
        elif hash_of(path) != sha256:
            yield f"เนื้อไฟล์เปลี่ยนไปจากตอนทำสำเนา: {name}"


def put_back(copy: Path, names: Iterable[str]) -> int:
    """Into the empty folders of the installation; the number of files."""
    count, roots = 0, sources()
    for name in names:
        folder, _, rest = name.partition("/")
        target = roots[folder] / rest
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(copy / FOLDER / name, target)
        count += 1
    return count


def occupied() -> list[Path]:
    """Folders of the installation that hold files already (what an access log says of now apart)."""
    media = Path(settings.MEDIA_ROOT)
    return [media] if any(True for _ in below(media)) else []

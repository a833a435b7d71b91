"""What lies in the data folder is for this program's user alone: folders 0700, files 0600."""

import os
import stat
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
UMASK = 0o077


def keep_private(data_dir: Path) -> None:
    """Everything this process makes from now on is private; what older versions left readable is closed.

    Only the folder and what lies directly in it is looked at (database with ``-wal`` and ``-shm``, keys,
    subfolders): behind a folder of mode 0700 nobody reaches further. A folder of somebody else's stays as
    it is, and every command tells the operator (``checks``).
    """
    os.umask(UMASK)
    if not data_dir.is_dir():
        return
    _close(data_dir)
    with os.scandir(data_dir) as found:
        for entry in found:
            if not entry.is_symlink():
                _close(Path(entry.path))


def readable_by_others(data_dir: Path) -> list[Path]:
    """The data folder and the files directly in it that others than the owner may read."""
    if not data_dir.is_dir():
        return []
    places = [data_dir, *(path for path in data_dir.iterdir() if not path.is_symlink())]
    return sorted(path for path in places if path.exists() and path.stat().st_mode & UMASK)


def _close(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
        wanted = FOLDER if stat.S_ISDIR(mode) else FILE
        if stat.S_IMODE(mode) & UMASK and (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
            path.chmod(wanted)
    except OSError:
        return  # gone meanwhile (SQLite's -wal and -shm), or another user's

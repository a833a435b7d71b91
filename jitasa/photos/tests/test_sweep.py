"""What a killed process left behind is removed."""

import os
from datetime import timedelta

from jitasa.photos import store
from jitasa.photos.services.sweep import sweep
from tests.cast import NOW, Cast


def test_uploads_cut_off_long_ago_are_removed(cast: Cast) -> None:
    old, new = store.incoming() / "old", store.incoming() / "new"
    folder = store.incoming() / "folder"
    folder.mkdir()
    (folder / "half.jpg").write_bytes(b"x")
    for path in (old, new):
        path.write_bytes(b"x")
    for path, age in ((old, 61), (folder, 61), (new, 59)):
        stamp = (NOW - timedelta(minutes=age)).timestamp()
        os.utime(path, (stamp, stamp))
    assert sweep(NOW) == 2
    assert list(store.incoming().iterdir()) == [new]

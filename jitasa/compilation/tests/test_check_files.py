"""``jitasa check --files``: every original is compared with the hash it came with."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from jitasa.photos import store
from jitasa.photos.services.receive import receive
from jitasa.photos.tests import pictures
from tests.cast import NOW, Cast


def check(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check_records", "--files", *options, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_missing_and_damaged_originals_are_named(cast: Cast) -> None:
    photos = [
        receive(
            actor=cast.anong,
            organization=cast.aonang,
            file=pictures.as_file(pictures.jpeg(64 + seed, 48, seed)),
            name="ภาพ.jpg",
            now=NOW,
        )
        for seed in range(3)
    ]
    assert check() == (0, "ไฟล์ต้นฉบับครบและตรงกับค่า SHA-256\n")
    gone, broken, whole = photos
    store.original(gone.sha256).unlink()
    with store.original(broken.sha256).open("r+b") as file:
        file.seek(100)
        file.write(b"\0\0\0\0\0\0\0\0")
    code, text = check("--json")
    assert code == 1
    assert {bad["sha256"]: bad["fault"] for bad in json.loads(text)["files"]} == {
        gone.sha256: "missing",
        broken.sha256: "damaged",
    }
    code, text = check()
    assert code == 1
    assert "ไม่มีไฟล์" in text
    assert whole.sha256 not in text


pytestmark = pytest.mark.django_db

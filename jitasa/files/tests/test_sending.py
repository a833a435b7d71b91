"""Files whole and in part: ranges, conditions, and what is no range."""

from pathlib import Path

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils.http import http_date

from jitasa.files.sending import is_first, send

TEXT = b"0123456789"
asked = RequestFactory()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(TEXT)
    return path


def answer(file: Path, method: str = "get", etag: str = "tag", **headers: str) -> HttpResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = getattr(asked, method)("/", headers=named)
    return send(request, file, media_type="text/csv", name="รายการ.csv", etag=etag)


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wanted", "part", "told"),
    [
        ("bytes=0-3", b"0123", "bytes 0-3/10"),
        ("bytes=4-", b"456789", "bytes 4-9/10"),
        ("bytes=9-9", b"9", "bytes 9-9/10"),
        ("bytes=5-400", b"56789", "bytes 5-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
        ("bytes=-99", TEXT, "bytes 0-9/10"),
    ],
)
def test_a_part(file: Path, wanted: str, part: bytes, told: str) -> None:
    found = answer(file, Range=wanted)
    assert (found.status_code, found["Content-Range"], found["Content-Length"]) == (206, told, str(len(part)))
    assert (found["ETag"], found["Accept-Ranges"]) == ('"tag"', "bytes")
    assert body(found) == part


@pytest.mark.parametrize("wanted", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_no_such_part(file: Path, wanted: str) -> None:
    found = answer(file, Range=wanted)
    assert (found.status_code, found["Content-Range"], body(found)) == (416, "bytes */10", b"")


@pytest.mark.parametrize(
    "wanted", ["", "bytes=", "bytes=-", "bytes=5-3", "bytes=0-1,4-5", "lines=0-3", "bytes=a-b", "bytes=" + "9" * 40 + "-"]
)  # fmt: skip
def test_what_is_no_range_gives_the_whole(file: Path, wanted: str) -> None:
    found = answer(file, Range=wanted)
    assert (found.status_code, found["Content-Length"], body(found)) == (200, "10", TEXT)


def test_a_part_of_another_file_is_never_given(file: Path) -> None:
    changed = http_date(int(file.stat().st_mtime))
    part = {"Range": "bytes=4-"}
    assert answer(file, **part, If_Range='"tag"').status_code == 206
    assert answer(file, **part, If_Range=changed).status_code == 206
    for other in ('"another"', 'W/"tag"', http_date(int(file.stat().st_mtime) - 9), "nonsense"):
        found = answer(file, **part, If_Range=other)
        assert (found.status_code, body(found)) == (200, TEXT), other
    assert answer(file, etag="", **part, If_Range='"tag"').status_code == 200


def test_conditions(file: Path) -> None:
    assert answer(file, If_None_Match='"other", "tag"').status_code == 304
    assert answer(file, If_None_Match='"tag"', Range="bytes=0-3").status_code == 304
    assert answer(file, If_Match='"other"').status_code == 412
    found = answer(file, If_None_Match='"other"')
    assert (found.status_code, body(found)) == (200, TEXT)


def test_head_has_the_size_and_no_part(file: Path) -> None:
    found = answer(file, "head", Range="bytes=0-3")
    assert (found.status_code, found["Content-Length"]) == (200, "10")


def test_a_name_is_a_name(file: Path, tmp_path: Path) -> None:
    assert answer(file)["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E0%B8%A3")
    assert answer(file)["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for gone in (tmp_path / "gone", tmp_path, file / "below"):
        with pytest.raises(Http404):
            answer(gone)


def test_a_download_is_counted_at_its_beginning() -> None:
    first = [
        asked.get("/"),
        *(asked.get("/", headers={"Range": f"bytes={r}"}) for r in ("0-", "0-9", "-5", "x")),
    ]
    assert all(map(is_first, first))
    assert not is_first(asked.get("/", headers={"Range": "bytes=10-"}))
    assert not is_first(asked.head("/"))

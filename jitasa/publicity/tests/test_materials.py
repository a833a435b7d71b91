"""The library: who sees what, what is public, files by their content, sizes, downloads."""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import pyvips
from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from jitasa.audit.models import Entry
from jitasa.documents.tests import files
from jitasa.letters.tests.samples import PDF
from jitasa.organizations.viewer import Viewer
from jitasa.photos.tests.pictures import jpeg
from jitasa.problems import Forbidden, Refusal
from jitasa.publicity.choices import FileKind, FileState, MaterialKind, Variant
from jitasa.publicity.models import Download, Material, MaterialFile
from jitasa.publicity.selectors import public
from jitasa.publicity.services.files import add_file, remove_file
from jitasa.publicity.services.materials import (
    MaterialContent,
    content_of,
    save_material,
    withdraw_material,
)
from jitasa.publicity.services.shape import shape
from jitasa.publicity.store import path_of
from jitasa.publicity.tests.making import make_campaign, make_file, make_material, make_picture_row, mp3, mp4
from jitasa.thai.dates import today
from tests.cast import NOW, Cast

DAY = today(NOW)


def seen(viewer: Viewer) -> set[str]:
    return set(Material.objects.visible_to(viewer).values_list("title", flat=True))


def test_an_office_sees_its_own_those_above_and_those_below(cast: Cast) -> None:
    for actor, title in (
        (cast.fah, "กรม"),
        (cast.ek, "กระบี่"),
        (cast.dao, "เมือง"),
        (cast.anong, "อ่าวนาง"),
        (cast.chai, "กลาง"),
    ):
        make_material(actor, title=title)
    assert seen(cast.anong) == {"กรม", "กระบี่", "เมือง", "อ่าวนาง"}
    assert seen(cast.chai) == {"กรม", "กระบี่", "กลาง"}
    assert seen(cast.dao) == {"กรม", "กระบี่", "เมือง", "อ่าวนาง"}
    assert seen(cast.fah) == {"กรม", "กระบี่", "เมือง", "อ่าวนาง", "กลาง"}


def test_a_campaign_brings_a_material_that_could_not_be_seen_before(cast: Cast) -> None:
    material = make_material(cast.dao, title="เมือง")
    assert "เมือง" not in seen(cast.chai)
    make_campaign(cast.ek, [material], [cast.kokklang])
    assert "เมือง" in seen(cast.chai)


def test_saving_the_same_twice_changes_nothing(cast: Cast) -> None:
    material = make_material(cast.fah)
    again = save_material(actor=cast.fah, uuid=material.uuid, content=content_of(material), now=NOW)
    assert again == material
    assert Entry.objects.filter(verb__startswith="material.").count() == 1
    with pytest.raises(Forbidden):
        save_material(actor=cast.chai, uuid=material.uuid, content=content_of(material), now=NOW)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "  "}, "title"),
        ({"words": ""}, "words"),
        ({"use_from": DAY, "use_to": DAY - timedelta(days=1)}, "use_to"),
        ({"is_public": True}, "licence"),
        ({"occasion_id": 999}, "occasion"),
        ({"licence": "mine"}, "licence"),
    ],
)
def test_refusals_change_nothing(cast: Cast, change: dict[str, object], field: str) -> None:
    given = {"kind": MaterialKind.SCRIPT, "title": "ก", "words": "ข"} | change
    with pytest.raises(Refusal) as refused:
        save_material(actor=cast.fah, uuid=uuid4(), content=MaterialContent(**given), now=NOW)  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]
    assert not Material.objects.exists()


def test_an_lao_releases_nothing_to_everybody(cast: Cast) -> None:
    with pytest.raises(Refusal) as refused:
        make_material(cast.anong, is_public=True)
    assert list(refused.value.fields) == ["is_public"]


def test_only_released_materials_in_their_dates_are_public(cast: Cast) -> None:
    """Against the clock of the test's day: the public page asks for today itself."""
    now = today(timezone.now())
    shown = make_material(cast.fah, title="ใช้ได้", is_public=True)
    make_material(cast.fah, title="ภายใน")
    make_material(cast.fah, title="หมดเวลา", is_public=True, use_to=now - timedelta(days=1))
    make_material(cast.fah, title="ยังไม่ถึง", is_public=True, use_from=now + timedelta(days=1))
    gone = make_material(cast.fah, title="ถอน", is_public=True)
    withdraw_material(actor=cast.fah, material=gone, reason="ผิด", now=NOW)
    assert list(public.materials(now)) == [shown]
    file = make_file(cast.fah, shown)
    assert public.files_of(public.materials(now).get()) == [file]
    hidden = make_file(cast.fah, Material.objects.get(title="ภายใน"))
    client = cast.client("guest")
    assert client.get(f"/work/publicity/public/{hidden.pk}/original/").status_code == 404
    answer = client.get(f"/work/publicity/public/{file.pk}/original/")
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Download.objects.get().organization is None


def test_files_are_known_by_their_content(cast: Cast) -> None:
    video = make_material(cast.fah, kind=MaterialKind.VIDEO, title="วิดีโอ")
    audio = make_material(cast.fah, kind=MaterialKind.AUDIO, title="เสียง")
    row = make_file(cast.fah, video, content=mp4(), name="../../สปอต.exe")
    assert (row.kind, row.media_type, row.name) == (FileKind.VIDEO, "video/mp4", "สปอต.mp4")
    assert make_file(cast.fah, audio, content=mp3(), name="a").media_type == "audio/mpeg"
    assert make_file(cast.fah, audio, content=mp4(b"M4A "), name="b").media_type == "audio/mp4"
    tagged = b"ID3\x04\0\0\0\0\0\x0a" + b"\0" * 10 + mp3()
    assert make_file(cast.fah, audio, content=tagged, name="c").name == "c.mp3"
    assert make_file(cast.fah, video, content=mp4(), name="อีกครั้ง.mp4") == row


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90\0program", b"<html><script>", mp4()[:-9], mp4(b"qt  "), mp3(1), b"\x1a\x45\xdf\xa3matroska", b"RIFF\0\0\0\0WAVEfmt "],
)  # fmt: skip
def test_what_is_not_a_whole_file_of_the_kind_is_refused(cast: Cast, content: bytes) -> None:
    material = make_material(cast.fah, kind=MaterialKind.VIDEO if b"ftyp" in content else MaterialKind.AUDIO)
    with pytest.raises(Refusal):
        make_file(cast.fah, material, content=content)
    assert not MaterialFile.objects.exists()


def test_a_file_of_another_kind_or_too_large_is_refused_before_it_is_copied(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    poster = make_material(cast.fah, kind=MaterialKind.POSTER)
    with pytest.raises(Refusal, match="โปสเตอร์"):
        make_file(cast.fah, poster, content=mp4())
    monkeypatch.setattr(settings, "VIDEO_MAX_BYTES", 100)
    video = make_material(cast.fah, kind=MaterialKind.VIDEO)
    with pytest.raises(Refusal, match="ใหญ่เกิน"):
        make_file(cast.fah, video, content=mp4(media=b"x" * 200))
    assert not MaterialFile.objects.exists()


def test_two_gigabytes_are_refused_by_their_announced_length(cast: Cast) -> None:
    """The body is never read: reading it would fail here."""

    class Unreadable(io.BytesIO):
        def read(self, *_size: object) -> bytes:
            raise AssertionError("the body was read")

    extra: dict[str, Any] = {"wsgi.input": Unreadable(), "CONTENT_LENGTH": str(2 * 1024**3)}
    answer = cast.client("fah").generic(
        "POST",
        reverse("publicity:file_add", args=[make_material(cast.fah).pk]),
        b"",
        "multipart/form-data; boundary=x",
        HTTP_ACCEPT="application/json",
        **extra,
    )
    assert answer.status_code == 413
    assert "202" in answer.json()["error"]
    page = cast.client("fah").get(f"/work/publicity/materials/{make_material(cast.fah).pk}/")
    TestCase().assertContains(page, "200 MB")


def test_a_picture_is_made_into_every_size_with_nothing_cut_off(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    material = make_material(cast.fah, kind=MaterialKind.POSTER)
    row = add_file(
        actor=cast.fah, material=material, file=File(io.BytesIO(jpeg(700, 990))), name="ป้าย.JPG", now=NOW
    )
    assert row.state == FileState.PENDING
    assert shape(file_id=row.pk) == FileState.READY
    row.refresh_from_db()
    sizes = {name: (width, height) for name, (width, height, _bytes) in row.copies.items()}
    assert sizes["square"] == (1080, 1080)
    assert sizes["wide"] == (1600, 900)
    assert sizes["tall"] == (1080, 1920)
    assert sizes["a4"] == (1240, 1754)
    assert sizes["print"] == (700, 990)
    assert max(sizes["thumb"]) == 480
    wide = pyvips.Image.new_from_file(str(path_of(row.sha256, Variant.WIDE)))
    assert wide.get_typeof("exif-data") == 0
    assert shape(file_id=row.pk) == FileState.READY


def test_a_volunteer_centre_puts_a_picture_into_its_own_poster_and_into_no_record(cast: Cast) -> None:
    made = make_material(cast.hathai, kind=MaterialKind.POSTER)
    row = make_file(cast.hathai, made, content=jpeg(700, 990), name="ป้าย.jpg")
    assert (row.material_id, row.state) == (made.pk, FileState.PENDING)
    with pytest.raises(Forbidden):
        make_file(cast.hathai, make_material(cast.ek, kind=MaterialKind.POSTER), content=jpeg(700, 990))
    sent = {"file": File(io.BytesIO(jpeg(700, 991)), name="งาน.jpg")}
    assert cast.client("hathai").post(reverse("photos:upload"), sent).status_code == 403


def test_an_approver_who_is_no_clerk_puts_a_picture_into_a_poster_and_sends_none_of_a_record(
    cast: Cast,
) -> None:
    made = make_material(cast.boonmee, kind=MaterialKind.POSTER)
    row = make_file(cast.boonmee, made, content=jpeg(700, 992), name="ป้าย.jpg")
    assert (row.material_id, row.state) == (made.pk, FileState.PENDING)
    sent = {"file": File(io.BytesIO(jpeg(700, 993)), name="งาน.jpg")}
    assert cast.client("boonmee").post(reverse("photos:upload"), sent).status_code == 403


def test_downloads_are_counted_per_office_and_first_parts_only(cast: Cast) -> None:
    material = make_material(cast.fah)
    file = make_file(cast.fah, material)
    make_campaign(cast.fah, [material], [cast.aonang])
    address = f"/work/publicity/files/{file.pk}/original/"
    anong = cast.client("anong")
    assert anong.get(address)["Content-Disposition"].startswith("attachment")
    part = anong.get(address, headers={"range": "bytes=4-7"})
    assert (part.status_code, b"".join(part)) == (206, PDF[4:8])
    assert anong.get(address, headers={"range": "bytes=900000-"}).status_code == 416
    cast.client("dao").get(address)
    assert dict(Download.objects.values_list("organization__code", "count")) == {"06810104": 1, "8101": 1}
    delivery = material.campaigns.get().deliveries.get()
    assert delivery.downloaded_at is not None


def test_a_withdrawn_material_is_fetched_no_more_by_others(cast: Cast) -> None:
    material = make_material(cast.fah)
    file = make_file(cast.fah, material)
    with pytest.raises(Refusal):
        withdraw_material(actor=cast.fah, material=material, reason=" ", now=NOW)
    withdraw_material(actor=cast.fah, material=material, reason="พิมพ์ผิด", now=NOW)
    assert cast.client("anong").get(f"/work/publicity/files/{file.pk}/original/").status_code == 403
    page = cast.client("anong").get(f"/work/publicity/materials/{material.pk}/")
    TestCase().assertContains(page, "พิมพ์ผิด")
    with pytest.raises(Forbidden):
        remove_file(actor=cast.fah, file=file, now=NOW)


def test_the_form_takes_words_and_files_at_once(cast: Cast) -> None:
    good = SimpleUploadedFile("ใบ.pdf", files.pdf())
    bad = SimpleUploadedFile("x.exe", b"MZ")
    given = {
        "uuid": str(uuid4()),
        "kind": "script",
        "title": "เสียงตามสาย",
        "words": "ขอเชิญ",
        "licence": "official",
    }
    answer = cast.client("ek").post(
        "/work/publicity/materials/new/", given | {"files": [good, bad]}, follow=True
    )
    assert MaterialFile.objects.get().name == "ใบ.pdf"
    TestCase().assertContains(answer, "x.exe")


def test_the_library_asks_as_often_for_many_as_for_few(cast: Cast) -> None:
    client, counts = cast.client("anong"), []
    for rows in (3, 20):
        while Material.objects.count() < rows:
            make_picture_row(make_material(cast.fah, title=f"สื่อ {Material.objects.count()}"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/work/publicity/materials/")
        counts.append(len(queries))
        assert len(page.context["cards"]) == rows
    assert counts[0] == counts[1]
    assert len(client.get("/work/publicity/materials/", {"q": "สื่อ 1"}).context["cards"]) == 11
    assert settings.VIDEO_MAX_BYTES > settings.PHOTO_MAX_BYTES

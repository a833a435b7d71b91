"""Files of a compilation: asked for, made by the worker, kept, given in parts, forgotten; what fails is said."""

import errno
import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.choices import FileKind, FileProblem, FileState
from jitasa.compilation.models import Compilation, CompilationFile
from jitasa.compilation.outputs import files, picture_zip
from jitasa.compilation.services import keep_files
from jitasa.compilation.services.check import differences
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.keep_files import ask_file, ask_for_lost_files, forget_files, make_file
from jitasa.compilation.services.repair import repair
from jitasa.compilation.store import path_of
from jitasa.config.jobs import ATTEMPTS, kept_worker, worker_id
from jitasa.config.tests.test_jobs import QUEUE
from jitasa.notices.models import Notice
from jitasa.organizations.choices import Role
from jitasa.organizations.viewer import Viewer
from jitasa.photos import store
from jitasa.photos.choices import Size
from jitasa.photos.models import Blur, Photo, PhotoState
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast
from tests.kept_files import KINDS, downloaded
from tests.pages import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def lists(cast: Cast) -> None:
    make_lists()


@pytest.fixture
def made(cast: Cast) -> Compilation:
    make_sent(cast.anong)
    return compile_round(actor=cast.ek, organization=cast.krabi, month=MONTH, now=NOW).compilation


@pytest.fixture
def queue(settings: Any) -> None:
    """Jobs wait for a worker, as they do in use."""
    settings.TASKS = QUEUE


def ask(
    cast: Cast, made: Compilation, kind: FileKind = FileKind.RECORDS_CSV, **given: Any
) -> CompilationFile:
    return ask_file(actor=given.get("actor", cast.ek), compilation=made, kind=kind, now=given.get("now", NOW))


def address(made: Compilation, name: str = "") -> str:
    return f"/work/month/compilations/{made.pk}/{name}"


def test_each_file_is_made_once_and_kept(cast: Cast, made: Compilation) -> None:
    client = cast.client("ek")
    for name, kind in KINDS.items():
        first = downloaded(client, made, name)
        assert first == downloaded(client, made, name)
        row = CompilationFile.objects.get(kind=kind)
        assert (row.state, row.tries, row.bytes) == (FileState.READY, 1, len(first))
        assert path_of(row.sha256).read_bytes() == first
        assert (
            first[:2]
            == {"pdf": b"%P", "xlsx": b"PK", "zip": b"PK", "csv": b"\xef\xbb", "json": b'{"'}[
                name.split(".")[1]
            ]
        )
    assert Notice.objects.filter(kind="file").count() == len(KINDS)
    assert Notice.objects.filter(kind="file", organization=cast.krabi, url__contains="#files").exists()


def test_a_file_of_one_province(cast: Cast) -> None:
    make_sent(cast.anong)
    country = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    assert downloaded(cast.client("fah"), country, "laos-81.pdf").startswith(b"%PDF")
    page = cast.client("fah").get(address(country)).content.decode()
    assert f'{address(country)}laos-81.pdf"' in page
    for part in ("82", ""):
        with pytest.raises(Refusal, match="เลือกจังหวัด"):
            ask_file(actor=cast.fah, compilation=country, kind=FileKind.LAOS, part=part, now=NOW)
    assert CompilationFile.objects.count() == 1


@pytest.mark.usefixtures("queue")
def test_the_page_says_how_far_it_is(cast: Cast, made: Compilation) -> None:
    client = cast.client("ek")
    assert client.get(address(made, "records.csv"))["Location"] == f"{address(made)}#files"
    assert "ยังไม่ได้จัดทำ" in client.get(address(made)).content.decode()
    answer = client.post(address(made, "files/ask/"), {"kind": "records-csv"}, headers={"HX-Request": "true"})
    assert "รอคิว" in answer.content.decode()
    assert 'hx-trigger="every 2s"' in answer.content.decode()
    CompilationFile.objects.update(state=FileState.MAKING, done=500, to_do=2000)
    assert "เสร็จแล้ว 500 จาก 2,000" in client.get(address(made, "files/")).content.decode()
    assert 'hx-trigger="every 10s"' in client.get(address(made, "files/?asked=40")).content.decode()
    tired = client.get(address(made, "files/?asked=400")).content.decode()
    assert "hx-get" not in tired
    assert "ดูความคืบหน้า" in tired
    make_file(CompilationFile.objects.get().pk)
    done = client.get(address(made, "files/")).content.decode()
    assert "hx-get" not in done
    assert address(made, "records.csv") in done


@pytest.mark.usefixtures("queue")
def test_asked_twice_is_one_job_and_every_office_is_told(cast: Cast, made: Compilation) -> None:
    first, second = ask(cast, made), ask(cast, made, actor=cast.fah)
    assert first.pk == second.pk
    assert DBTaskResult.objects.count() == 1
    assert DBTaskResult.objects.get().priority < 0
    make_file(first.pk)
    told = Notice.objects.filter(kind="file").values_list("organization__code", flat=True)
    assert sorted(told) == sorted([cast.krabi.code, cast.department.code])
    ask(cast, made)
    make_file(first.pk)  # a job that comes a second time finds nothing to do
    assert DBTaskResult.objects.count() == 1
    assert Notice.objects.filter(kind="file").count() == 2


def test_who_may_not(cast: Cast, made: Compilation) -> None:
    looking = Viewer(user=cast.people["ek"], organization=cast.krabi, roles=frozenset({Role.OFFICER}), read_only=True)  # fmt: skip
    with pytest.raises(Forbidden):
        ask(cast, made, actor=looking)
    unknown = cast.client("ek").post(address(made, "files/ask/"), {"kind": "letters"}, follow=True)
    assert "เลือกไฟล์จากรายการ" in words_of(unknown)
    assert not CompilationFile.objects.exists()


def test_a_part_of_a_kept_file(cast: Cast, made: Compilation) -> None:
    client = cast.client("ek")
    whole = downloaded(client, made, "records.csv")
    part = client.get(address(made, "records.csv"), headers={"Range": "bytes=10-19"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, whole[10:20])  # type: ignore[attr-defined]
    assert client.get(address(made, "records.csv"), headers={"Range": "bytes=99999999-"}).status_code == 416
    again = client.get(address(made, "records.csv"), headers={"If-None-Match": part["ETag"]})
    assert again.status_code == 304
    head = client.head(address(made, "records.csv"))
    assert (head.status_code, head["Content-Length"]) == (200, str(len(whole)))


def queries(cast: Cast, path: str) -> int:
    client = cast.client("ek")
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def test_a_download_asks_little_and_not_for_the_tables(cast: Cast, made: Compilation) -> None:
    client = cast.client("ek")
    downloaded(client, made, "records.csv")
    client.get(address(made, "records.csv"))
    with CaptureQueriesContext(connection) as captured:
        client.get(address(made, "records.csv"))
    assert len(captured) <= 6
    assert not any('"tables"' in query["sql"] for query in captured)


def test_the_list_asks_as_much_for_many_files_as_for_one(cast: Cast) -> None:
    make_sent(cast.anong)
    country = compile_round(actor=cast.fah, organization=cast.department, month=MONTH, now=NOW).compilation
    client = cast.client("fah")
    for kind in FileKind:
        if kind != FileKind.LAOS:
            ask_file(actor=cast.fah, compilation=country, kind=kind, now=NOW)
    pages = (address(country, "files/"), "/work/month/compilations/")
    counts = []
    for parts in ((), ("11", "12", "13")):
        rows = CompilationFile.objects.filter(kind=FileKind.TABLES).values().get()
        for part in parts:
            CompilationFile.objects.create(**{**rows, "id": None, "kind": FileKind.LAOS, "part": part})
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as captured:
                client.get(page)
            counts.append(len(captured))
    assert counts[:2] == counts[2:]
    assert counts[0] <= 16


def fails(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def make(*_given: Any) -> None:
        raise error

    monkeypatch.setattr(files, "make", make)


@pytest.mark.parametrize(
    ("error", "problem"),
    [(OSError(errno.ENOSPC, "full"), FileProblem.FULL), (RuntimeError("x"), FileProblem.OTHER)],
)
def test_what_fails_is_said_and_made_on_a_second_press(
    cast: Cast, made: Compilation, monkeypatch: pytest.MonkeyPatch, error: Exception, problem: FileProblem
) -> None:
    with monkeypatch.context() as patched:
        fails(patched, error)
        row = ask(cast, made)
    assert (row.state, row.problem, row.sha256) == (FileState.FAILED, problem, "")
    client = cast.client("ek")
    page = client.get(address(made)).content.decode()
    assert str(problem.label) in page
    assert "จัดทำอีกครั้ง" in page
    assert client.get(address(made, "records.csv")).status_code == 302
    assert downloaded(client, made, "records.csv")


@pytest.mark.usefixtures("queue")
def test_the_operator_sees_the_failed_job(
    cast: Cast, made: Compilation, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(cast, made)
    fails(monkeypatch, RuntimeError("the disk spoke"))
    job = DBTaskResult.objects.get()
    for number in range(ATTEMPTS):
        job.claim(f"{worker_id()}-{number}")
        kept_worker(once=True).run_task(job)
        assert CompilationFile.objects.get().state == FileState.FAILED
        job.refresh_from_db()
    assert (job.status, job.queue_name) == ("FAILED", "documents")
    assert "the disk spoke" in job.traceback
    monkeypatch.undo()
    make_file(CompilationFile.objects.get().pk)  # the operator has it run again
    assert CompilationFile.objects.get().state == FileState.READY


@pytest.mark.usefixtures("queue")
def test_of_a_killed_worker_nothing_stays_and_another_begins_anew(
    cast: Cast, made: Compilation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(cast, made)

    def killed(_compilation: object, _kind: str, _part: str, out: Any, _told: object) -> None:
        out.write(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(files, "make", killed)
        with pytest.raises(KeyboardInterrupt):
            make_file(row.pk)
    row.refresh_from_db()
    assert (row.state, row.sha256) == (FileState.MAKING, "")
    assert cast.client("ek").get(address(made, "records.csv")).status_code == 302
    DBTaskResult.objects.all().delete()  # its job is lost
    assert ask_for_lost_files(now=NOW) == 0
    assert ask_for_lost_files(now=NOW + timedelta(minutes=3)) == 1
    assert ask_for_lost_files(now=NOW + timedelta(minutes=3)) == 0  # it waits in the queue already
    make_file(row.pk)
    row.refresh_from_db()
    assert (row.state, row.tries) == (FileState.READY, 2)


@pytest.mark.usefixtures("queue")
def test_a_file_that_kills_its_worker_is_given_up(cast: Cast, made: Compilation) -> None:
    row = ask(cast, made)
    DBTaskResult.objects.all().delete()
    CompilationFile.objects.update(state=FileState.MAKING, tries=keep_files.MOST_TRIES)
    ask_for_lost_files(now=NOW + timedelta(minutes=3))
    row.refresh_from_db()
    assert (row.state, row.problem) == (FileState.FAILED, FileProblem.KILLED)
    assert not DBTaskResult.objects.exists()


@pytest.mark.usefixtures("queue")
def test_a_run_that_was_taken_over_leaves_nothing(
    cast: Cast, made: Compilation, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ask(cast, made)
    before = set((Path(store.incoming())).iterdir())

    def overtaken(_compilation: object, _kind: str, _part: str, out: Any, _told: object) -> None:
        out.write(b"of the first run")
        with monkeypatch.context() as patched:
            patched.setattr(files, "make", lambda *given: given[3].write(b"of the second run"))
            make_file(row.pk)

    monkeypatch.setattr(files, "make", overtaken)
    make_file(row.pk)
    row.refresh_from_db()
    assert path_of(row.sha256).read_bytes() == b"of the second run"
    assert set((Path(store.incoming())).iterdir()) == before


def test_other_facts_another_file(cast: Cast, made: Compilation, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.client("ek")
    downloaded(client, made, "records.csv")
    old = CompilationFile.objects.get().sha256
    monkeypatch.setattr(files, "FORM", files.FORM + 1)
    assert client.get(address(made, "records.csv")).status_code == 302
    assert downloaded(client, made, "records.csv")
    assert CompilationFile.objects.get().sha256 == old  # the same bytes, in the same place
    assert DBTaskResult.objects.count() == 0


def test_a_picture_blurred_since_gives_another_archive(cast: Cast, made: Compilation) -> None:
    before = files.facts_of(made, FileKind.PICTURES)
    photo = Photo.objects.order_by("pk").first()
    assert photo is not None
    Blur.objects.create(photo=photo, left=0, top=0, width=0.5, height=0.5, made_at=NOW)
    between = files.facts_of(made, FileKind.PICTURES)
    Blur.objects.update(undone_at=NOW)
    assert len({before, between, files.facts_of(made, FileKind.PICTURES)}) == 3


def test_the_archive_holds_the_pictures_and_a_list(cast: Cast, made: Compilation) -> None:
    photos = list(Photo.objects.order_by("pk"))
    place = store.published(photos[0].sha256, Size.LARGE)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"a picture")
    content = downloaded(cast.client("ek"), made, "pictures.zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        names = archive.namelist()
        assert archive.read(names[0]) == b"a picture"
        lines = archive.read(picture_zip.LIST).decode("utf-8-sig").splitlines()
    assert names[-1] == picture_zip.LIST
    assert len(names) == 2
    assert len(lines) == 1 + made.tables["totals"]["photos"]
    assert sum(picture_zip.NOT_THERE in line for line in lines) == len(lines) - 2


def test_a_picture_that_waits_to_be_blurred_is_in_no_archive(cast: Cast, made: Compilation) -> None:
    """Its sharp copies may lie there still, when whoever should remove them was interrupted."""
    photo = Photo.objects.order_by("pk").first()
    assert photo is not None
    place = store.published(photo.sha256, Size.LARGE)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"sharp")
    Photo.objects.filter(pk=photo.pk).update(state=PhotoState.PENDING)
    with zipfile.ZipFile(io.BytesIO(downloaded(cast.client("ek"), made, "pictures.zip"))) as archive:
        assert archive.namelist() == [picture_zip.LIST]


def test_kept_for_a_while_then_forgotten(cast: Cast, made: Compilation) -> None:
    for name in ("records.csv", "pictures.zip"):
        downloaded(cast.client("ek"), made, name)
    csv_file = CompilationFile.objects.get(kind=FileKind.RECORDS_CSV)
    assert forget_files(now=NOW + timedelta(days=6)) == 0
    assert forget_files(now=NOW + timedelta(days=8)) == 1
    assert CompilationFile.objects.get() == csv_file
    assert forget_files(now=NOW + timedelta(days=91)) == 1
    assert not path_of(csv_file.sha256).exists()
    assert downloaded(cast.client("ek"), made, "records.csv")


def test_check_names_a_missing_file_and_repair_forgets_it(cast: Cast, made: Compilation) -> None:
    client = cast.client("ek")
    downloaded(client, made, "records.csv")
    assert list(differences()) == []
    path_of(CompilationFile.objects.get().sha256).unlink()
    [found] = differences()
    assert (found.what, found.repairable) == ("compilation.file", True)
    assert client.get(address(made, "records.csv")).status_code == 302
    assert repair([found], now=NOW) == 1
    assert list(differences()) == []
    assert downloaded(client, made, "records.csv")


def test_lists_show_files_with_size_and_state(cast: Cast, made: Compilation) -> None:
    client = cast.client("ek")
    downloaded(client, made, "tables.xlsx")
    CompilationFile.objects.filter(kind=FileKind.TABLES).update(bytes=1_500_000)
    assert "1.4" in client.get(address(made)).content.decode()
    CompilationFile.objects.create(
        compilation=made, kind=FileKind.REPORT, state=FileState.FAILED, facts="x", asked_at=NOW, moved_at=NOW
    )
    listed = client.get("/work/month/compilations/").content.decode()
    assert "1 ไฟล์ 1.4" in listed.replace("\xa0", " ")
    assert "ไม่สำเร็จ 1" in listed

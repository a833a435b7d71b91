"""Every answer leaves a line that names no secret, cannot be changed unseen, and costs next to nothing."""

import json
import logging
import os
import re
import stat
import subprocess
import sys
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client

from jitasa.audit.access.files import LogFile, files, parsed
from jitasa.audit.access.masking import WithoutTokens, masked
from jitasa.audit.access.reading import verdicts
from jitasa.audit.access.retention import tend_access_log
from jitasa.audit.access.writer import AccessLogWriter
from jitasa.audit.models import Entry
from jitasa.config.secret import key_ring
from tests.cast import NOW, Cast

PASSWORD = "ทะเลกระบี่สวยมาก"
TOKEN = "a1b2c3d4e5" * 4  # as long as the one of a private link
LINE = {
    "who": "guest",
    "office": None,
    "from": "10.1.2.3",
    "method": "GET",
    "path": "/",
    "status": 200,
    "ms": 1.0,
}


def answers() -> list[dict[str, Any]]:
    found = [parsed(text) for file in files() for text in file.lines()]
    assert all(found)
    return [line[0] for line in found if line and "status" in line[0]]


def write(writer: AccessLogWriter, count: int, now: datetime = NOW, **fields: object) -> None:
    for _ in range(count):
        writer.write({**LINE, "bytes": 10, **fields}, now)


def only() -> LogFile:
    (file,) = files()
    return file


def faults() -> list[tuple[int | None, str]]:
    return [(each.broken_number, each.reason) for each in verdicts() if each.broken_number is not None]


# --- what is written --------------------------------------------------------------------------------


def test_every_answer_has_a_line_that_says_who_from_where_what_and_how_it_ended(cast: Cast) -> None:
    cast.people["anong"].set_password(PASSWORD)
    cast.people["anong"].save()
    client = Client(REMOTE_ADDR="2001:db8::7")
    client.post("/accounts/login/", {"login": "anong", "password": PASSWORD})
    client.get("/work/?page=2")
    client.get("/work/audit/")
    client.post("/accounts/logout/")
    client.get("/work/")
    client.get("/nothing/here/")
    Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"})
    anong = f"person:{cast.people['anong'].pk}"
    seen = [(line["who"], line["method"], line["path"], line["status"]) for line in answers()]
    assert seen == [
        (anong, "POST", "/accounts/login/", 302),
        (anong, "GET", "/work/?page=2", 200),
        (anong, "GET", "/work/audit/", 403),
        (anong, "POST", "/accounts/logout/", 302),
        ("guest", "GET", "/work/", 302),
        ("guest", "GET", "/nothing/here/", 404),
        ("guest", "POST", "/accounts/login/", 403),
    ]
    assert [line["from"] for line in answers()] == ["2001:db8::7"] * 6 + ["127.0.0.1"]
    page = answers()[1]
    assert page["office"] == cast.aonang.pk
    assert page["bytes"] > 1000
    assert 0 < page["ms"] < 60_000
    assert datetime.fromisoformat(page["at"]).tzinfo is not None
    assert PASSWORD not in "".join(only().lines())


def test_an_answer_that_failed_has_a_line(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_words: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("jitasa.audit.views.entries_of", fails)
    client = cast.client("boonmee")
    client.raise_request_exception = False
    client.get("/work/audit/")
    assert [line["status"] for line in answers()] == [500]


def test_static_files_that_are_there_are_left_out_and_failing_ones_are_not(db: None) -> None:
    Client().get(f"{django_settings.STATIC_URL}nothing.css")
    assert [(line["path"], line["status"]) for line in answers()] == [("/static/nothing.css", 404)]


def test_private_links_and_secrets_of_the_query_are_masked_whatever_the_answer(db: None) -> None:
    client = Client()
    for address in (
        f"/pictures/requests/{TOKEN}/",
        f"/en/pictures/requests/{TOKEN}/",
        f"/pictures/requests/{TOKEN}",  # sent on to the one with the slash
        "/pictures/requests/short/",
        f"/nothing/{TOKEN}/?state=abc&code=def&page=2",
        f"/work/?next=/pictures/requests/{TOKEN}/&api_token=xyz&q=หาด",
    ):
        client.get(address)
    paths = [line["path"] for line in answers()]
    assert paths[:5] == [
        "/pictures/requests/***/",
        "/en/pictures/requests/***/",
        "/pictures/requests/***",
        "/pictures/requests/***/",
        "/nothing/***/?state=***&code=***&page=2",
    ]
    assert re.fullmatch(r"/work/\?next=/pictures/requests/\*\*\*/&api_token=\*\*\*&q=.+", paths[5])
    assert TOKEN not in "".join(only().lines())


def test_the_programs_own_log_shows_no_token_either(db: None) -> None:
    said = StringIO()
    handler = logging.StreamHandler(said)
    handler.addFilter(WithoutTokens())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().get(f"/pictures/requests/{TOKEN}/")
    finally:
        logger.removeHandler(handler)
    assert said.getvalue() == "Not Found: /pictures/requests/***/\n"
    assert "tokens" in str(django_settings.LOGGING["handlers"])


def test_what_names_a_thing_stays_readable_and_nothing_breaks_the_line() -> None:
    picture, record = "0123456789abcdef" * 4, "0190f6a2-3c4d-7e8f-9a0b-1c2d3e4f5a6b"
    assert masked(f"/photos/{picture}-medium.jpg", "") == f"/photos/{picture}-medium.jpg"
    assert masked(f"/work/records/{record}/", "q=ก") == f"/work/records/{record}/?q=ก"
    assert masked(f"/openrosa/key/jt_{'a1-_' * 11}/formList", "") == "/openrosa/key/***/formList"
    assert masked("/x", "password=&otp=123456&name") == "/x?password=&otp=***&name"
    assert len(masked("/" + "ก/" * 5000, "")) == 1001
    writer = AccessLogWriter()
    write(writer, 1, path='/a"b\n{"mac":"x"}\u2028\udcff')
    assert faults() == []
    assert len(list(only().lines())) == 2


# --- where it lies ------------------------------------------------------------------------------------


def test_files_are_private_one_for_each_process_and_day(tmp_path: Path) -> None:
    first, second = AccessLogWriter(), AccessLogWriter()
    write(first, 2)
    write(second, 1)
    write(first, 1, NOW + timedelta(days=1))
    assert [file.day.day for file in files()] == [22, 22, 23]
    assert {stat.S_IMODE(file.path.stat().st_mode) for file in files()} == {0o600}
    assert faults() == []
    header = parsed(next(files()[2].lines()))
    assert header is not None
    name, number, mac = header[0]["after"]
    end = parsed(list(next(file for file in files() if file.name == name).lines())[-1])
    assert end is not None
    assert (number, mac) == (2, end[2])


def test_files_past_their_time_go_others_are_compressed_and_stay_readable(settings: Any) -> None:
    writer = AccessLogWriter()
    for days in (0, 1, 2, 91):
        write(writer, 3, NOW + timedelta(days=days))
    now = NOW + timedelta(days=91)
    for _ in range(4):
        tend_access_log(now=now)
    found = files()
    assert [(file.day.day, file.path.suffix) for file in found] == [(23, ".gz"), (24, ".gz"), (21, ".jsonl")]
    assert faults() == []
    assert len(answers()) == 9
    assert {stat.S_IMODE(file.path.stat().st_mode) for file in found} == {0o600}
    assert not list(Path(settings.ACCESS_LOG_DIR).glob(".*"))


# --- tampering ----------------------------------------------------------------------------------------


def change(path: Path, *edits: tuple[int, str | None]) -> None:
    rows = path.read_text("utf-8").splitlines()
    for number, text in edits:
        if text is None:
            del rows[number]
        else:
            rows[number] = text
    path.write_text("\n".join(rows) + "\n", "utf-8")


def test_a_changed_removed_or_forged_line_is_named() -> None:
    write(AccessLogWriter(), 5)
    path = only().path
    good = path.read_text("utf-8")
    rows = good.splitlines()
    for edits, number in (
        ([(2, rows[2].replace("10.1.2.3", "10.9.9.9"))], 2),
        ([(3, None)], 3),
        ([(3, rows[2])], 3),
        ([(4, "nonsense")], 4),
        ([(0, None)], 0),
    ):
        change(path, *edits)
        assert faults()[0][0] == number
        path.write_text(good, "utf-8")
    assert faults() == []
    path.rename(path.with_name(path.name.replace("2026-11-22", "2026-11-23")))
    assert faults() == [(0, "ลำดับหรือชื่อไฟล์ไม่ถูกต้อง")]


def test_a_file_cut_off_yesterday_is_shown_by_todays() -> None:
    writer = AccessLogWriter()
    write(writer, 5)
    write(writer, 1, NOW + timedelta(days=1))
    change(files()[0].path, (5, None))
    assert faults() == [(5, "ท้ายไฟล์ถูกตัดหรือเขียนใหม่")]


def test_the_command_finds_a_cut_end_and_a_missing_file_against_heads(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    write(AccessLogWriter(), 5)
    write(AccessLogWriter(), 2)
    out = StringIO()
    call_command("audit_heads", stdout=out)
    heads = tmp_path / "heads.json"
    heads.write_text(out.getvalue(), "utf-8")
    call_command("verify_access_log", "--against", str(heads), stdout=(out := StringIO()))
    assert "ตรวจ 2 ไฟล์ 9 บรรทัด พบผิด 0 แห่ง" in out.getvalue()
    longer = max(files(), key=lambda file: file.path.stat().st_size)
    shorter = min(files(), key=lambda file: file.path.stat().st_size)
    change(longer.path, (5, None))
    shorter.path.unlink()
    call_command("verify_access_log", stdout=(out := StringIO()))
    assert "พบผิด 0 แห่ง" in out.getvalue(), "the files alone cannot know"
    with pytest.raises(SystemExit) as caught:
        call_command("verify_access_log", "--against", str(heads), stdout=(out := StringIO()))
    assert caught.value.code == 1
    assert f"ผิด: {longer.name} บรรทัดที่ 5 ท้ายไฟล์ถูกตัด" in out.getvalue()
    assert f"ผิด: {shorter.name} บรรทัดที่ 0 ไฟล์หายไป (เคยมีถึงบรรทัดที่ 2)" in out.getvalue()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=91))
    with pytest.raises(SystemExit):
        call_command("verify_access_log", "--json", "--against", str(heads), stdout=(out := StringIO()))
    assert [fault["name"] for fault in json.loads(out.getvalue())["faults"]] == [longer.name]


# --- the operator reads -------------------------------------------------------------------------------


def read(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("access_log", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_operator_reads_by_person_address_time_status_and_page_and_that_is_audited(cast: Cast) -> None:
    anong = f"person:{cast.people['anong'].pk}"
    first, second = AccessLogWriter(), AccessLogWriter()
    write(first, 1, who=anong, path="/work/")
    write(second, 1, NOW + timedelta(minutes=1), status=403, path="/work/audit/")
    write(first, 1, NOW + timedelta(days=1), **{"from": "2001:db8::9"}, status=500)
    assert [line[:23] for line in read()] == [
        "2026-11-22 10:00:00.000", "2026-11-22 10:01:00.000", "2026-11-23 10:00:00.000",
    ]  # fmt: skip
    assert len(read("--since", "2026-11-22T10:01", "--until", "2026-11-22")) == 1
    assert len(read("--person", "anong")) == len(read("--person", anong.split(":")[1])) == 1
    assert len(read("--person", "guest")) == 2
    assert len(read("--address", "10.1.0.0/16")) == 2
    assert len(read("--address", "2001:db8::/64")) == 1
    assert len(read("--status", "5xx")) == len(read("--status", "403", "--path", "audit")) == 1
    assert json.loads(read("--json", "--status", "403")[0])["path"] == "/work/audit/"
    assert len(read("--since", "22 พ.ย. 2569", "--until", "2026-11-22")) == 2
    for wrong in (["--since", "soon"], ["--person", "nobody"], ["--address", "here"]):
        with pytest.raises(CommandError):
            read(*wrong)
    entry = Entry.objects.filter(verb="audit.read_access_log").order_by("number")[2]
    assert entry.data["filters"] == {"person": "anong"}
    assert entry.data["system_user"]


def look_into(settings: Any, folder: Path) -> None:
    """Read what a process of its own wrote with a data folder of its own."""
    settings.ACCESS_LOG_DIR = folder / "access"
    settings.KEYS = {**settings.KEYS, "access_log": key_ring("access_log", folder)}


# --- trouble and cost ---------------------------------------------------------------------------------


def test_a_disk_that_is_full_costs_lines_and_never_an_answer(settings: Any, tmp_path: Path) -> None:
    """A real refusal to write: the process may not make a file larger than 4 KB."""
    script = (
        "import django, resource, signal; django.setup()\n"
        "from datetime import datetime, UTC\n"
        "from jitasa.audit.access.writer import AccessLogWriter\n"
        "now = datetime(2026, 11, 22, 3, tzinfo=UTC)\n"
        f"line = {LINE | {'bytes': 1}!r}\n"
        "writer = AccessLogWriter()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))\n"
        "for n in range(50): writer.write(line, now)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)\n"
        "for n in range(2): writer.write(line, now)\n"
    )
    environment = os.environ | {
        "JITASA_DATA_DIR": str(tmp_path / "data"),
        "JITASA_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "jitasa.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stderr.count("access log: 1 lines lost so far") == 1
    look_into(settings, tmp_path / "data")
    assert faults() == []
    found = answers()
    assert found[-2]["lost"] == 50 - (len(found) - 2)
    assert "lost" not in found[-1]


def test_a_folder_that_cannot_be_made_stops_no_page(db: None, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    settings.ACCESS_LOG_DIR = tmp_path / "file" / "access"
    assert Client().get("/privacy/").status_code == 200
    settings.ACCESS_LOG_DIR = tmp_path / "access"
    Client().get("/privacy/")
    assert answers()[-1]["lost"] >= 1


def test_a_line_costs_far_less_than_a_millisecond_and_no_statement(
    db: None, django_assert_num_queries: Any
) -> None:
    writer, cost = AccessLogWriter(), []
    with django_assert_num_queries(0):
        for number in range(2000):
            before = perf_counter()
            writer.write(
                {**LINE, "path": masked(f"/work/records/?page={number}", "q=x&page=3"), "bytes": 9}, NOW
            )
            cost.append(perf_counter() - before)
    middle = sorted(cost)[1000] * 1000
    sys.stdout.write(
        f"\naccess log: {middle:.4f} ms a line in the middle, {sorted(cost)[1980] * 1000:.4f} ms in 99 %\n"
    )
    assert middle < 0.3
    assert faults() == []


def test_processes_that_write_at_once_spoil_nothing_of_each_other(settings: Any, tmp_path: Path) -> None:
    script = (
        "import django; django.setup()\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from datetime import datetime, UTC\n"
        "from jitasa.audit.access.writer import WRITER\n"
        "now = datetime(2026, 11, 22, 3, tzinfo=UTC)\n"
        f"line = {LINE | {'bytes': 1}!r}\n"
        "with ThreadPoolExecutor(8) as pool: list(pool.map(lambda n: WRITER.write(line, now), range(400)))\n"
    )
    environment = os.environ | {
        "JITASA_DATA_DIR": str(tmp_path / "data"),
        "JITASA_DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "jitasa.config.settings",
    }
    running = [subprocess.Popen([sys.executable, "-c", script], env=environment) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    look_into(settings, tmp_path / "data")
    assert len(files()) == 3
    assert len(answers()) == 1200
    assert faults() == []

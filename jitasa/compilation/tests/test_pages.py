"""The month's pages: who sees what, what can be done, how many queries."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.services.compile import compile_round
from jitasa.notices.models import Notice
from jitasa.organizations.choices import OrganizationType
from jitasa.rounds.models import MonthlyReturn
from tests.cast import NOW, Cast, make_organization
from tests.kept_files import KINDS, downloaded

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def lists(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    make_lists()
    monkeypatch.setattr(timezone, "now", lambda: NOW)


def test_board_of_each_level(cast: Cast) -> None:
    make_sent(cast.anong)
    for name, child in (("fah", cast.krabi), ("ek", cast.mueang), ("dao", cast.aonang)):
        page = cast.client(name).get("/work/month/2569-11/")
        assert page.status_code == 200
        assert str(child) in page.content.decode()
        assert f"/work/month/2569-11/{child.pk}/" in page.content.decode()
    redirect = cast.client("ek").get("/work/month/")
    assert redirect["Location"] == "/work/month/2569-11/"
    tab = cast.client("ek").get("/work/month/?tab=kinds")
    assert tab["Location"] == "/work/month/2569-11/?tab=kinds"


def test_why_the_due_day_moved_stands_below_the_numbers(cast: Cast) -> None:
    """In its number's tile it made all six of them seven lines high."""
    make_sent(cast.anong)
    page = cast.client("ek").get("/work/month/2569-11/").content.decode()
    tiles, below = page.split('<section class="kpis"')[1].split("</section>", 1)
    assert "เลื่อนจาก" not in tiles
    assert "ครบกำหนด 8 ธ.ค. 2569 เลื่อนจาก 5 ธ.ค. 2569" in below


@pytest.mark.parametrize("name", ["fah", "ek", "dao"])
def test_a_coloured_map_says_what_its_colours_are(cast: Cast, name: str) -> None:
    make_sent(cast.anong)
    text = cast.client(name).get("/work/month/2569-11/?tab=map").content.decode()
    legend = text.split('<ul class="legend">')[1].split("</ul>")[0]
    assert "<li><svg" in legend
    if name != "fah":  # offices in the colour of their state
        colours = set(re.findall(r'class="pt ([a-z]+)', text))
        assert colours
        assert colours <= set(re.findall(r'<circle class="([a-z]+)', legend))


@pytest.mark.parametrize("tab", ["offices", "kinds", "occasions", "trend", "map"])
@pytest.mark.parametrize("name", ["fah", "ek", "dao"])
def test_tabs(cast: Cast, name: str, tab: str) -> None:
    make_sent(cast.anong)
    page = cast.client(name).get(f"/work/month/2569-11/?tab={tab}")
    assert page.status_code == 200
    if tab != "map":
        office = {"fah": cast.department, "ek": cast.krabi, "dao": cast.mueang}[name]
        book = cast.client(name).get(f"/work/month/2569-11/{office.pk}/{tab}.xlsx")
        assert book.content[:2] == b"PK"


def test_an_lao_sees_its_month_and_officers_above_read_it(cast: Cast) -> None:
    make_sent(cast.anong)
    lacking = make_draft(cast.anong, pictures=0)
    own = cast.client("anong").get("/work/month/2569-11/").content.decode()
    assert "ยืนยันว่าครบแล้ว" in own
    assert "ใส่ภาพอีก 2 ภาพ" in own
    above = cast.client("dao").get(f"/work/month/2569-11/{cast.aonang.pk}/").content.decode()
    assert "ยืนยันว่าครบแล้ว" not in above
    assert str(lacking.uuid) not in above


def test_foreign_offices_are_not_found(cast: Cast) -> None:
    for name, office in (
        ("dao", cast.kokklang),
        ("dao", cast.krabi),
        ("chai", cast.aonang),
        ("ek", cast.department),
    ):
        client = cast.client(name)
        assert client.get(f"/work/month/2569-11/{office.pk}/").status_code == 404
        assert client.get(f"/work/month/2569-11/{office.pk}/offices.xlsx").status_code == 404
    assert cast.client("fah").get("/work/month/2569-12/").status_code == 404
    assert cast.client("fah").get("/work/month/2569-13/").status_code == 404
    assert cast.client("guest").get("/work/month/2569-11/").status_code == 302


def post(client: Client, path: str, **data: object) -> int:
    return client.post(f"/work/month/2569-11/{path}", data).status_code


def test_an_office_states_and_takes_back(cast: Cast) -> None:
    client = cast.client("anong")
    assert post(client, "return/nil/", reason="") == 400
    assert not MonthlyReturn.objects.exclude(nil_at=None).exists()
    assert post(client, "return/nil/", reason="ฝนตกหนัก") == 302
    assert MonthlyReturn.objects.get().nil_reason == "ฝนตกหนัก"
    assert post(client, "return/take-back/") == 302
    assert post(client, "return/confirm/") == 400
    make_sent(cast.anong)
    assert post(client, "return/confirm/") == 302
    assert MonthlyReturn.objects.get().on_time is True
    assert post(client, "return/unconfirm/") == 302
    assert MonthlyReturn.objects.get().confirmed_at is None
    assert post(client, "return/other/") == 404
    assert post(cast.client("dao"), "return/nil/", reason="ไม่มี") == 403


def test_late_confirmation_asks_why(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, datetime

    make_sent(cast.anong)
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 20, 3, tzinfo=UTC))
    client = cast.client("anong")
    refused = client.post("/work/month/2569-11/return/confirm/", {"late_reason": ""})
    assert refused.status_code == 400
    assert "ระบุสาเหตุที่ล่าช้า แล้วยืนยันอีกครั้ง" in refused.content.decode()
    assert post(client, "return/confirm/", late_reason="รอภาพจากหมู่บ้าน") == 302
    row = MonthlyReturn.objects.get()
    assert (row.on_time, row.late_reason) == (False, "รอภาพจากหมู่บ้าน")


def test_remind(cast: Cast) -> None:
    client = cast.client("ek")
    chosen = [cast.aonang.pk, cast.kokklang.pk]
    assert post(client, "remind/", office=chosen, message="ส่งภายในวันศุกร์") == 302
    assert Notice.objects.filter(kind="reminder").count() == 2
    assert "ส่งภายในวันศุกร์" in Notice.objects.filter(kind="reminder")[0].body
    assert set(MonthlyReturn.objects.values_list("reminders", flat=True)) == {1}
    assert post(client, "remind/", office=chosen) == 302  # within the hour: nobody is told twice
    assert Notice.objects.filter(kind="reminder").count() == 2
    assert post(client, "remind/", office=chosen, force="1") == 302
    assert Notice.objects.filter(kind="reminder").count() == 4
    assert "เตือนล่าสุด" in client.get("/work/month/2569-11/?rows=laos").content.decode()


def test_remind_refuses(cast: Cast) -> None:
    assert post(cast.client("dao"), "remind/", office=[cast.kokklang.pk]) == 404
    assert post(cast.client("dao"), "remind/", office=["x"]) == 404
    assert post(cast.client("anong"), "remind/", office=[cast.aonang.pk]) == 403
    assert post(cast.client("dao"), "remind/", office=[cast.mueang.pk]) == 403
    assert post(cast.client("dao"), "remind/") == 302
    assert not Notice.objects.exists()
    assert not MonthlyReturn.objects.exists()


def test_compile_and_read(cast: Cast) -> None:
    make_sent(cast.anong)
    client = cast.client("ek")
    answer = client.post("/work/month/2569-11/compile/")
    made = Compilation.objects.get()
    assert answer["Location"] == f"/work/month/compilations/{made.pk}/"
    page = client.get(answer["Location"]).content.decode()
    assert made.content_hash in page
    for table in made.tables["tables"]:
        assert client.get(f"{answer['Location']}?table={table}").status_code == 200
    assert str(made.organization) in client.get("/work/month/compilations/").content.decode()
    assert (
        client.get(f"{answer['Location']}report.pdf")["Content-Type"] == "application/pdf"
    )  # nobody asked for it
    for name in ("tables.xlsx", "records.csv", "records.json"):
        assert downloaded(client, made, name)
    # Again with nothing changed: the same one.
    assert client.post("/work/month/2569-11/compile/")["Location"] == answer["Location"]


def test_compilations_of_others(cast: Cast) -> None:
    made = compile_round(actor=cast.ek, organization=cast.krabi, month=MONTH, now=NOW).compilation
    for name in ("dao", "anong", "chai"):
        client = cast.client(name)
        for part in ("", "files/", *KINDS, "laos-81.pdf"):
            assert client.get(f"/work/month/compilations/{made.pk}/{part}").status_code == 404
        asked = client.post(f"/work/month/compilations/{made.pk}/files/ask/", {"kind": "report"})
        assert asked.status_code == 404
    assert cast.client("fah").get(f"/work/month/compilations/{made.pk}/").status_code == 200
    assert cast.client("anong").post("/work/month/2569-11/compile/").status_code == 403


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def grow(cast: Cast, count: int) -> None:
    for number in range(count):
        make_organization(
            f"0681012{number:02}",
            OrganizationType.SAO,
            f"อบต.ทดสอบ {number}",
            reports_to=cast.mueang,
            lies_in=cast.mueang,
        )
        make_organization(
            f"82{number:02}",
            OrganizationType.DISTRICT,
            f"อ.ทดสอบ {number}",
            reports_to=cast.krabi,
            lies_in=cast.krabi,
        )


@pytest.mark.parametrize("name", ["fah", "ek", "dao"])
@pytest.mark.parametrize("query", ["", "?rows=laos", "?tab=trend", "?tab=kinds", "?tab=map", "?as=now"])
def test_queries_do_not_grow_with_offices(cast: Cast, name: str, query: str) -> None:
    make_sent(cast.anong)
    client = cast.client(name)
    path = f"/work/month/2569-11/{query}"
    client.get(path)
    few = queries(client, path)
    grow(cast, 30)
    assert queries(client, path) == few


def test_queries_do_not_grow_with_records(cast: Cast) -> None:
    make_sent(cast.anong)
    make_draft(cast.anong)
    client = cast.client("anong")
    client.get("/work/month/2569-11/")
    few = queries(client, "/work/month/2569-11/")
    for _number in range(10):
        make_draft(cast.anong)
    assert queries(client, "/work/month/2569-11/") == few

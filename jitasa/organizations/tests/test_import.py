"""Registry files: both forms, their traps, idempotence, dated changes, the command."""

import json
from collections.abc import Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jitasa.audit.models import Entry
from jitasa.organizations.choices import Change, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState
from jitasa.organizations.selectors.registry import state_as_at
from jitasa.organizations.selectors.search import search
from jitasa.organizations.services.found import found
from jitasa.organizations.services.import_registry import ImportResult, import_registry, summary
from jitasa.organizations.services.install_geography import install_geography
from jitasa.organizations.services.move import move
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Forbidden, Refusal
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
KRABI = Path(__file__).parents[1] / "data" / "krabi.csv"
HEAD = "code,type,name,province_code,province,district_code,district,latitude,longitude"
OPEN_HEAD = "จังหวัด,อำเภอ,ตำบล,รหัส อปท.,ประเภท อปท.,อปท.,ขนาดพื้นที่,LAT,LONG,เว็บไซต์"
# The cast's five local governments as the plain form has them.
CAST_ROWS = (
    "02810101,อบจ.,องค์การบริหารส่วนจังหวัดกระบี่,81,กระบี่,8101,เมืองกระบี่,,",
    "04810102,ทม.,เทศบาลเมืองกระบี่,81,กระบี่,8101,เมืองกระบี่,,",
    "06810104,อบต.,องค์การบริหารส่วนตำบลอ่าวนาง,81,กระบี่,8101,เมืองกระบี่,8.0511,98.8029",
    "06810107,อบต.,องค์การบริหารส่วนตำบลไสไทย,81,กระบี่,8101,เมืองกระบี่,,",
    "06810304,อบต.,องค์การบริหารส่วนตำบลเกาะกลาง,81,กระบี่,8103,เกาะลันตา,,",
)


def plain(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def opened(*rows: str, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join([OPEN_HEAD, *rows]).encode(encoding)


def run(data: bytes, **options: Any) -> ImportResult:
    return import_registry(data, actor=SYSTEM, now=NOW, **options)


def everything() -> list[Any]:
    return [
        list(Organization.objects.order_by("pk").values()),
        list(OrganizationState.objects.order_by("pk").values()),
    ]


def reasons(result: ImportResult) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in result.problems]


def test_krabi_from_an_empty_machine() -> None:
    result = import_registry(KRABI, actor=SYSTEM, now=NOW)
    assert (result.founded, result.geography, result.problems) == (62, 955, [])
    laos = Organization.objects.laos()
    assert laos.count() == 62
    counts = {
        district: laos.filter(district_code=district).count()
        for district in ("8101", "8102", "8103", "8104", "8105", "8106", "8107", "8108")
    }
    assert sum(counts.values()) == 62
    assert counts["8105"] == 11
    aonang = laos.get(code="06810104")
    assert (aonang.name, aonang.short_name) == ("องค์การบริหารส่วนตำบลอ่าวนาง", "อบต.อ่าวนาง")
    assert (aonang.latitude, aonang.founded_on) == (8.0511, TODAY)
    assert aonang.reports_to == aonang.lies_in == Organization.objects.get(code="8101")
    town = laos.get(code="04810102")
    assert town.reports_to == Organization.objects.get(code="81")
    assert town.lies_in == Organization.objects.get(code="8101")
    assert town.path == f"{town.reports_to.path}{town.pk}/"
    assert set(laos.filter(name__contains="คลองท่อมใต้").values_list("short_name", flat=True)) == {
        "ทต.คลองท่อมใต้",
        "อบต.คลองท่อมใต้",
    }
    before = everything()
    again = import_registry(str(KRABI), actor=SYSTEM, now=NOW)
    assert (again.founded, again.changed, again.amended, again.unchanged, again.geography) == (0, 0, 0, 62, 0)
    assert not again.anything
    assert "ไม่มีอะไรเปลี่ยนแปลง" in summary(again)[-1]
    assert everything() == before
    assert Entry.objects.filter(verb="registry.import").count() == 1


def test_what_the_file_says_otherwise_becomes_dated_changes(cast: Cast) -> None:
    rows = list(CAST_ROWS)
    rows[2] = "05810104,ทต.,เทศบาลตำบลอ่าวนาง,81,กระบี่,8101,เมืองกระบี่,8.05,98.81"
    rows[3] = "06810107,อบต.,องค์การบริหารส่วนตำบลไสไทยใหม่,81,กระบี่,8101,เมืองกระบี่,,"
    result = run(plain(*rows), as_of=date(2026, 10, 1))
    assert (result.founded, result.changed, result.amended, result.unchanged) == (0, 2, 1, 3)
    cast.aonang.refresh_from_db()
    assert (cast.aonang.code, cast.aonang.type, cast.aonang.latitude) == (
        "05810104",
        "tambon_municipality",
        8.05,
    )
    was, now = (state_as_at(cast.aonang, day) for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert was is not None
    assert now is not None
    assert (was.code, was.valid_to) == ("06810104", date(2026, 10, 1))
    assert (now.code, now.change, now.path) == ("05810104", Change.UPGRADED, cast.aonang.path)
    renamed = state_as_at(cast.saithai, date(2026, 10, 1))
    assert renamed is not None
    assert (renamed.short_name, renamed.change) == ("อบต.ไสไทยใหม่", Change.RENAMED)
    assert search("06810104").get() == cast.aonang
    before = everything()
    assert not run(plain(*rows), as_of=date(2026, 10, 1)).anything
    assert everything() == before


def test_a_change_before_the_present_state_began_is_refused(cast: Cast) -> None:
    rows = [CAST_ROWS[3].replace("ไสไทย", "ไสใหม่")]
    before = everything()
    result = run(plain(*rows), as_of=date(2009, 1, 1))
    assert reasons(result) == [(2, "code")]
    assert "1 ม.ค. 2553" in result.problems[0].reason
    assert everything() == before
    with pytest.raises(Refusal, match="ไม่เกินวันนี้"):
        run(plain(*rows), as_of=date(2027, 1, 1))


BAD_ROWS = [
    ("06819904,อบต.,กก,81,กระบี่,8199,ไม่มี,,", "district_code"),
    ("06810111,อบต.,กก,81,กระบี่,,ไม่มีอำเภอนี้,,", "district"),
    ("06830111,อบต.,กก,81,กระบี่,8301,เมืองภูเก็ต,,", "district_code"),
    ("06810111,อบต.,กก,81,ภูเก็ต,8101,เมืองกระบี่,,", "province_code"),
    ("06810111,อบต.,กก,81,กระบี่,8101,เกาะลันตา,,", "district_code"),
    ("06810311,อบต.,กก,81,กระบี่,8101,เมืองกระบี่,,", "code"),
    ("0681011,อบต.,กก,81,กระบี่,8101,เมืองกระบี่,,", "code"),
    ("0681ก111,อบต.,กก,81,กระบี่,8101,เมืองกระบี่,,", "code"),
    (",อบต.,กก,81,กระบี่,8101,เมืองกระบี่,,", "code"),
    ("99810111,สภา,กก,81,กระบี่,8101,เมืองกระบี่,,", "type"),
    ("99810111,อบต.,กก,81,กระบี่,8101,เมืองกระบี่,,", "code"),
    ("06810111,district,กก,81,กระบี่,8101,เมืองกระบี่,,", "type"),
    ("06810111,อบต.,,81,กระบี่,8101,เมืองกระบี่,,", "name"),
    ("06100111,อบต.,กก,10,กรุงเทพมหานคร,1001,เขตพระนคร,,", "district_code"),
    ("06810107,อบต.,อื่น,81,กระบี่,8101,เมืองกระบี่,,", "code"),
]


@pytest.mark.parametrize(("row", "column"), BAD_ROWS)
def test_a_bad_row_is_named_with_its_line_and_reason_and_the_rest_goes_in(
    cast: Cast, row: str, column: str
) -> None:
    good = "06810108,อบต.,หนองทะเล,81,กระบี่,8101,เมืองกระบี่,,"
    data = plain(*CAST_ROWS, row, good)
    result = run(data)
    assert reasons(result) == [(7, column)]
    assert result.problems[0].reason
    assert result.founded == 1
    assert Organization.objects.get(code="06810108").short_name == "อบต.หนองทะเล"


def test_or_nothing_goes_in_as_the_operator_chooses(cast: Cast) -> None:
    before = everything()
    result = run(plain(BAD_ROWS[0][0], "06810108,อบต.,หนองทะเล,81,กระบี่,8101,เมืองกระบี่,,"), on_error="abort")
    assert result.aborted
    assert everything() == before
    dry = run(plain("06810108,อบต.,หนองทะเล,81,กระบี่,8101,เมืองกระบี่,,"), dry_run=True)
    assert (dry.founded, dry.dry_run) == (1, True)
    assert everything() == before
    assert not Entry.objects.filter(verb="registry.import").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
def test_the_departments_open_data_with_all_its_traps(cast: Cast, encoding: str) -> None:
    data = opened(
        'กระบี่,เมืองกระบี่,อ่าวนาง,6810104,องค์การบริหารส่วนตำบล,อบต.อ่าวนาง,"1,060.5",98.81,8.05,www.aonang.go.th',
        "กระบี่,เมืองกระบี่,ไสไทย,6810104,องค์การบริหารส่วนตำบล,อบต.อ่าวนาง,,98.81,8.05,-",
        "จังหวัดกระบี่,อำเภอเมืองกระบี่,ไสไทย,6810107.0,อบต.,ไสไทย,0,0,0,http://www.dla.go.th",
        "กระบี่,เมือง,กระบี่น้อย,'05810109,เทศบาลตำบล,เทศบาลตำบลกระบี่น้อย,-,,,-",
        "จ.กระบี่,อ.คลองท่อม,คลองพน,๕๘๑๐๔๐๒,ทต,ทต.คลองพน,,0.0,0.0,ไม่มี",
        "กระบี่,เมืองกระบี่,อ่าวนาง,6810104,เทศบาลตำบล,อ่าวนาง,,,,",
        encoding=encoding,
    )
    install_geography(actor=SYSTEM, now=NOW)
    result = run(data)
    assert reasons(result) == []
    assert [(doubt.line, doubt.column) for doubt in result.doubts] == [(7, "type")]
    assert (result.lines, result.repeated, result.founded, result.amended, result.unchanged) == (
        6,
        2,
        2,
        1,
        1,
    )
    aonang = Organization.objects.get(code="06810104")
    assert (aonang.latitude, aonang.longitude, aonang.website) == (8.05, 98.81, "http://www.aonang.go.th")
    assert float(aonang.area_km2 or 0) == 1060.5
    saithai = Organization.objects.get(code="06810107")
    assert (saithai.latitude, saithai.website, saithai.area_km2) == (None, "", None)
    assert Organization.objects.get(code="05810109").district_code == "8101"
    assert Organization.objects.get(code="05810402").short_name == "ทต.คลองพน"
    assert {note.column for note in result.notes} == {"latitude", "website"}
    before = everything()
    assert not run(data).anything
    assert everything() == before


def test_a_row_repeated_in_the_plain_form_is_reported(cast: Cast) -> None:
    result = run(plain(*CAST_ROWS, CAST_ROWS[3], CAST_ROWS[4].replace("เกาะกลาง", "เกาะอื่น")))
    assert reasons(result) == [(7, "code"), (8, "code")]
    assert not result.anything
    assert state_as_at(cast.kokklang, date(2026, 11, 22)).name == "อบต.เกาะกลาง"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"a,b\n1,2\n",
        HEAD.encode(),
        b"\xff\xfe\x00",
        b"code,name\n1,2\n",
    ],
)
def test_what_is_no_registry_file_is_refused_in_words(cast: Cast, data: bytes) -> None:
    before = everything()
    with pytest.raises(Refusal) as refusal:
        run(data)
    assert refusal.value.message
    assert everything() == before


def test_what_was_set_by_hand_or_is_not_mentioned_stays(cast: Cast) -> None:
    Organization.objects.filter(pk=cast.aonang.pk).update(website="http://aonang.go.th")
    result = run(plain(CAST_ROWS[2]))
    assert (result.unchanged, result.absent, result.anything) == (1, 4, False)
    cast.aonang.refresh_from_db()
    assert cast.aonang.website == "http://aonang.go.th"


def test_only_who_keeps_the_registry_imports(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        import_registry(plain(*CAST_ROWS), actor=cast.ek, now=NOW)


def test_queries_do_not_grow_with_the_rows(cast: Cast) -> None:
    def rows(first: int, count: int) -> Sequence[str]:
        return [
            f"06810{first}{number:02},อบต.,ที่{number},81,กระบี่,810{first},,,"
            for number in range(20, 20 + count)
        ]

    def count(data: bytes) -> int:
        with CaptureQueriesContext(connection) as queries:
            run(data)
        return len(queries)

    few = count(plain(*rows(1, 3)))
    assert count(plain(*rows(3, 40))) <= few
    changed = [row.replace("ที่", "แห่งที่") for row in rows(3, 40)]
    assert count(plain(*changed[1:])) <= count(plain(changed[0]))


def test_an_office_entered_as_of_a_day_before_its_district_moved(cast: Cast) -> None:
    """It begins under the district's former province and follows it from the day it moved."""
    install_geography(actor=SYSTEM, now=NOW, since=date(2010, 1, 1))
    phangnga = Organization.objects.get(code="82")
    move(
        actor=SYSTEM,
        organization=cast.lanta,
        lies_in=phangnga,
        code="8299",
        effective_on=date(2020, 1, 1),
        now=NOW,
    )
    cast.kokklang.refresh_from_db()
    assert (cast.kokklang.province_code, cast.kokklang.district_code) == ("82", "8299")
    young = found(
        actor=SYSTEM, type=OrganizationType.SAO, code="06829920", name="เก่า", lies_in=Organization.objects.get(pk=cast.lanta.pk),
        effective_on=date(2015, 1, 1), now=NOW,
    )  # fmt: skip
    assert [(state.province_code, state.district_code) for state in young.states.all()] == [
        ("81", "8103"),
        ("82", "8299"),
    ]
    young.refresh_from_db()
    assert young.path.startswith(phangnga.path)


def command(*arguments: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("import_registry", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_and_its_exit_codes(cast: Cast, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(plain(*CAST_ROWS))
    bad.write_bytes(plain(*CAST_ROWS, BAD_ROWS[0][0]))
    code, out, _err = command(str(good))
    assert code == 0
    assert "ไม่มีอะไรเปลี่ยนแปลง" in out
    code, _out, err = command(str(bad))
    assert code == 2
    assert "บรรทัด 7" in err
    assert command(str(bad), "--on-error", "abort")[0] == 1
    code, out, _err = command(str(bad), "--json", "--dry-run", "--as-of", "2569-10-01")
    assert code == 2
    data = json.loads(out)
    assert (data["as_of"], data["dry_run"], data["problems"][0]["line"]) == ("2026-10-01", True, 7)
    with pytest.raises(CommandError, match="เปิดไฟล์ไม่ได้"):
        command(str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="as-of"):
        command(str(good), "--as-of", "พรุ่งนี้")


def test_the_geography_command_may_run_twice() -> None:
    out = StringIO()
    call_command("install_registry", "--with-paos", stdout=out)
    call_command("install_registry", stdout=out)
    assert "จังหวัด 76 อำเภอ 878" in out.getvalue()
    assert "เพิ่ม อบจ. 76 แห่ง" in out.getvalue()
    assert "ไม่มีอะไรเปลี่ยน" in out.getvalue()

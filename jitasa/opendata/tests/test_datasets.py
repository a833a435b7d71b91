"""What stands in the datasets: the boards' numbers, nothing of persons, the same in every format."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.selectors import boards
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.occasions.models import Occasion
from jitasa.opendata import formats, shapes
from jitasa.opendata.datasets import BY_SLUG, DATASETS, Dataset
from jitasa.opendata.models import Version
from jitasa.opendata.selectors import activities
from jitasa.opendata.selectors.versions import latest
from jitasa.opendata.services.pieces import whole
from jitasa.opendata.services.refresh import refresh
from jitasa.organizations.models import Organization
from jitasa.review.services.accept import accept
from jitasa.rounds.services.returns import state_nil
from tests.cast import NOW, Cast, viewer

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1)
MARK = "สมหมาย"  # stands in every field that may hold something personal


@pytest.fixture(autouse=True)
def month(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A joint event (the host's record accepted), a record not yet accepted, a nil statement, two days."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    make_lists()
    day = Occasion.objects.create(
        code="loy", date=date(2026, 11, 24), name="วันลอยกระทง", short_name="ลอยกระทง", kind="national"
    )
    host = make_sent(
        cast.anong,
        groups={"people": 1234},
        basis="occasion",
        occasion_id=day.pk,
        budget_source="ordinance",
        budget_project=f"โครงการของ{MARK}",
        budget_amount=Decimal("1500.50"),
        publicity=("facebook", "line"),
        publicity_link="https://facebook.example/post/1",
    )
    guest = make_sent(
        cast.chai,
        part="guest",
        host_organization_id=cast.aonang.pk,
        host_activity=host.uuid,
        groups={"people": 20},
    )
    make_sent(cast.chai, kind="disaster", sub_kind="", name="รอตรวจ", men=30, women=36)
    accept(actor=cast.ek, activity=host, now=NOW)
    accept(actor=cast.ek, activity=guest, now=NOW)
    saithai = viewer(cast.people["anong"], cast.saithai, *cast.anong.roles)
    state_nil(actor=saithai, organization=cast.saithai, month=MONTH, reason=f"ติดงานของ{MARK}", now=NOW)


def made(slug: str) -> Version:
    version = refresh(dataset=BY_SLUG[slug], now=NOW)
    assert version is not None
    return version


def content(version: Version, form: str) -> bytes:
    columns = BY_SLUG[version.dataset].columns
    return b"".join(whole(form, columns, version.facts(), version.pieces))


def csv_rows(slug: str) -> list[dict[str, str]]:
    text = content(latest(slug) or made(slug), "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def json_rows(slug: str) -> list[dict[str, Any]]:
    return list(json.loads(content(latest(slug) or made(slug), "json"))["records"])


def test_the_summary_has_the_numbers_of_the_board(cast: Cast) -> None:
    figures = boards.board(ReportScope(cast.department, MONTH), now=NOW).total
    rows = [row for row in csv_rows("monthly-summary") if row["month"] == "2026-11"]
    for name in (
        "activities", "accepted", "events", "participants", "people", "men", "women", "photos",
    ):  # fmt: skip
        assert sum(int(row[name]) for row in rows) == getattr(figures, name), name
    assert sum(Decimal(row["budget_baht"]) for row in rows) == figures.budget
    for column, name in (("expected", "offices"), ("confirmed", "confirmed"), ("nil", "nil")):
        assert sum(row[column] == "true" for row in rows) == getattr(figures, name), name
    assert sum(row["expected"] == row["reported"] == "true" for row in rows) == figures.reported
    district = boards.board(ReportScope(cast.mueang, MONTH), now=NOW).total
    below = [row for row in rows if row["organization_code"][2:6] == "8101"]
    assert sum(int(row["people"]) for row in below) == district.people
    assert rows[0]["kinds"] == "" or "=" in rows[0]["kinds"]


def test_only_accepted_records_are_activities(cast: Cast) -> None:
    rows = csv_rows("activities")
    accepted = boards.board(ReportScope(cast.department, MONTH), now=NOW).total.accepted
    assert len(rows) == accepted == 2
    assert sum(int(row["counted_events"]) for row in rows) == 1
    assert sum(int(row["counted_people"]) for row in rows) == 1234
    assert sum(int(row["participants"]) for row in rows) == 1254
    first = next(row for row in rows if row["part"] == "host")
    assert (first["occasion"], first["basis"], first["groups"]) == ("loy", "occasion", "people=1234")
    assert (first["measures"], first["budget_baht"], first["publicity"]) == (
        "waste=240",
        "1500.5",
        "facebook; line",
    )
    assert (first["tambon"], first["district"], first["province"]) == ("อ่าวนาง", "เมืองกระบี่", "กระบี่")
    assert first["url"].endswith(f"/a/{first['number']}/")


def test_a_record_no_longer_accepted_is_gone_from_the_next_version(cast: Cast) -> None:
    assert made("activities").rows == 2
    guest = Activity.objects.get(organization=cast.kokklang, status="accepted")
    Activity.objects.filter(pk=guest.pk).update(status="submitted")
    version = made("activities")
    assert (version.number, version.rows) == (2, 1)
    assert guest.number.encode() not in content(version, "csv")


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda each: each.slug)
def test_header_dictionary_and_keys_are_one_list(cast: Cast, dataset: Dataset) -> None:
    version = made(dataset.slug)
    keys = [column.key for column in dataset.columns]
    assert len(set(keys)) == len(keys)
    header = content(version, "csv").decode("utf-8-sig").splitlines()[0]
    assert header.split(",") == keys == version.columns
    records = json_rows(dataset.slug)
    assert records
    assert all(list(record) == keys for record in records)
    features = json.loads(content(version, "geojson"))["features"]
    assert [feature["properties"] for feature in features] == records
    assert len(csv_rows(dataset.slug)) == len(records) == version.rows
    told = cast.client("guest").get(f"/opendata/{dataset.slug}/dictionary.json").json()["columns"]
    assert [each["key"] for each in told] == keys
    assert all(all(each.values()) for each in told), "a column is not explained in both languages"
    page = cast.client("guest").get(f"/opendata/{dataset.slug}/").content.decode()
    assert all(f"<code>{key}</code>" in page for key in keys)


def test_points_are_features_and_days_have_none(cast: Cast) -> None:
    made("activities"), made("occasions"), made("organizations"), made("monthly-summary")

    def geometries(slug: str) -> list[Any]:
        version = latest(slug)
        assert version is not None
        return [each["geometry"] for each in json.loads(content(version, "geojson"))["features"]]

    assert geometries("activities")[0] == {"type": "Point", "coordinates": [98.8, 8.04]}
    assert geometries("occasions") == [None]
    aonang = {"type": "Point", "coordinates": [98.8029, 8.0511]}
    assert aonang in geometries("organizations")
    assert aonang in geometries("monthly-summary")
    assert None in geometries("organizations")


def test_no_personal_data_in_any_column(cast: Cast) -> None:
    """Every field that may hold something personal is filled with a marked word; none of it is published."""
    Activity.objects.update(
        chair_name=f"นาย{MARK}",
        chair_position=f"ประธาน {MARK}",
        host_name=f"บ้านคุณ{MARK}",
        result=f"มอบบ้านให้นาย{MARK}",
        problems=f"{MARK} ป่วย",
        suggestions=f"โทรศัพท์ถึง {MARK}",
        budget_project=f"โครงการของ {MARK}",
        search_text=MARK,
        name="ซ่อมบ้าน โทร 081-234-5678",
        place="บ้านเลขที่ 9 ๐๘๑ ๒๓๔ ๕๖๗๘ somchai@example.com 1 8101 00001 12 3",
    )
    Occasion.objects.update(guidance=f"ติดต่อ {MARK}")
    for person in cast.people.values():
        person.full_name = f"{MARK} {person.username}"
        person.email = f"{person.username}@{MARK}.example"
        person.save()
    refused = (
        MARK,
        "081-234",
        "๐๘๑",
        "somchai",
        "8101 0",
        "@",
        *(each.email for each in cast.people.values()),
    )
    for dataset in DATASETS:
        version = made(dataset.slug)
        for form in formats.FORMATS:
            text = content(version, form).decode()
            assert not [word for word in refused if word in text], (dataset.slug, form)
    for row in csv_rows("activities"):
        assert row["name"] == f"ซ่อมบ้าน โทร {shapes.HIDDEN}"
        assert row["place"].startswith("บ้านเลขที่ ")


def test_every_personal_column_of_a_record_is_left_out_by_name() -> None:
    sources = {column.source.split("__")[0] for column in activities.COLUMNS}
    left_out = {field.name for field in Activity._meta.concrete_fields} - sources
    assert left_out == {
        "id", "uuid", "organization", "status", "host_organization", "host_name", "host_activity", "point_source",
        "chair_position", "chair_name", "result", "budget_project", "problems", "suggestions", "flag_count",
        "awaits_look", "day_confirmed",
        "counts_upwards", "search_text", "created_at", "created_by", "updated_at", "updated_by", "submitted_at",
        "reviewed_at", "invites",
    }  # fmt: skip


def test_formulas_do_no_harm_in_csv_and_stay_true_in_json(cast: Cast) -> None:
    Activity.objects.update(name='=HYPERLINK("http://x")', place="@วัด", publicity_link="javascript:alert(1)")
    Organization.objects.filter(pk=cast.aonang.pk).update(name="+อบต.", website="ftp://files.example")
    rows = csv_rows("activities")
    assert {row["name"] for row in rows} == {'\'=HYPERLINK("http://x")'}
    assert {row["place"] for row in rows} == {"'@วัด"}
    assert {row["publicity_link"] for row in rows} == {""}
    assert {row["name"] for row in json_rows("activities")} == {'=HYPERLINK("http://x")'}
    office = next(row for row in csv_rows("organizations") if row["code"] == "06810104")
    assert (office["name"], office["website"]) == ("'+อบต.", "")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("โทร. 02 241 9000 ต่อ 2", f"โทร. {shapes.HIDDEN} ต่อ 2"),
        ("ปลูกต้นไม้ 1,200 ต้น ปี 2569", "ปลูกต้นไม้ 1,200 ต้น ปี 2569"),
        ("วันที่ 24-25 พ.ย. 2569", "วันที่ 24-25 พ.ย. 2569"),
        ("1-8101-00001-12-3", shapes.HIDDEN),
        ("", ""),
    ],
)
def test_contacts_are_taken_out_and_other_numbers_stay(text: str, published: str) -> None:
    assert shapes.without_contacts(text) == published


def test_queries_do_not_grow_with_rows(cast: Cast, django_assert_num_queries: Any) -> None:
    few = 5  # records, groups, measures, and the codes of both lists
    with django_assert_num_queries(few):
        assert len(list(activities.rows_live(month=MONTH))) == 2
    for number in range(30):
        record = make_sent(cast.anong, name=f"กิจกรรม {number}")
        Activity.objects.filter(pk=record.pk).update(status="accepted")
    with django_assert_num_queries(few):
        assert len(list(activities.rows_live(province="81"))) == 32

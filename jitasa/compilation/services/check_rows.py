"""Numbers kept on a record, and receipt counters, against the rows they were made from."""

from collections.abc import Iterator
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.functions import Cast, Coalesce, Substr, TruncMonth
from pydantic_core import from_json

from jitasa.activities.choices import LIVE
from jitasa.activities.models import (
    Activity,
    ActivityPhoto,
    ActivityRevision,
    Participation,
    ReceiptCounter,
)
from jitasa.activities.report_line import line_of, without_ends
from jitasa.checking import Difference
from jitasa.review.models import Flag
from jitasa.thai.dates import be_year

CHUNK = 2000
PREFIX = 7  # "81-6911" of "81-6911-000012"


def differences() -> Iterator[Difference]:
    """Wrong counts of photos, people and flags, who counts upwards, month, revision, its line, receipt numbers."""
    for column, counted in _counted_columns().items():
        yield from _wrong_column(column, counted)
    yield from _wrong_upwards()
    yield from _wrong_month()
    yield from _without_revision()
    yield from _wrong_lines()
    yield from _counters()


def _counted_columns() -> dict[str, Any]:
    return {
        "photo_count": _count(ActivityPhoto.objects.all()),
        "flag_count": _count(Flag.objects.all()),
        "participants": Coalesce(
            Subquery(
                Participation.objects.filter(activity=OuterRef("pk"))
                .order_by()
                .values("activity")
                .annotate(people=Sum("count"))
                .values("people"),
                output_field=IntegerField(),
            ),
            0,
        ),
    }


def _count(rows: QuerySet[Any]) -> Any:
    counted = rows.filter(activity=OuterRef("pk")).order_by().values("activity")
    return Coalesce(Subquery(counted.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def _wrong_column(column: str, counted: Any) -> Iterator[Difference]:
    rows = Activity.objects.annotate(counted=counted).exclude(**{column: F("counted")})
    for pk, uuid, stored, right in rows.values_list("pk", "uuid", column, "counted").iterator(CHUNK):
        yield Difference(f"activity.{column}", f"กิจกรรม {uuid}", str(stored), str(right), (pk, right))


def _wrong_upwards() -> Iterator[Difference]:
    """A record leaves its event to the host's record while that one is live."""
    left = Q(host_activity__isnull=False, host_activity__status__in=LIVE)
    for right, rows in (
        (False, Activity.objects.filter(left, counts_upwards=True)),
        (True, Activity.objects.filter(~left, counts_upwards=False)),
    ):
        for pk, uuid in rows.values_list("pk", "uuid").iterator(CHUNK):
            yield Difference(
                "activity.counts_upwards", f"กิจกรรม {uuid}", str(not right), str(right), (pk, right)
            )


def _wrong_month() -> Iterator[Difference]:
    rows = (
        Activity.objects.exclude(start_date=None)
        .annotate(counted=TruncMonth("start_date"))
        .exclude(month=F("counted"))
    )
    for pk, uuid, month, right in rows.values_list("pk", "uuid", "month", "counted").iterator(CHUNK):
        yield Difference("activity.month", f"กิจกรรม {uuid}", str(month), str(right), (pk, right))


def _without_revision() -> Iterator[Difference]:
    current = ActivityRevision.objects.filter(activity=OuterRef("pk"), number=OuterRef("revision"))
    same = current.filter(status=OuterRef("status"))
    for pk, uuid, revision in (
        Activity.objects.filter(~Exists(same)).values_list("pk", "uuid", "revision").iterator(CHUNK)
    ):
        yield Difference(
            "activity.revision",
            f"กิจกรรม {uuid}",
            f"ฉบับที่ {revision}",
            "ไม่พบฉบับนี้ในประวัติ",
            (pk,),
            repairable=False,
        )


def _wrong_lines() -> Iterator[Difference]:
    """A line kept for the files of a month says what its snapshot says; repaired by reading that again."""
    rows = ActivityRevision.objects.exclude(line=None).annotate(text=Cast("data", TextField()))
    for pk, uuid, number, line, text in rows.values_list(
        "pk", "activity__uuid", "number", "line", "text"
    ).iterator(CHUNK):
        right = line_of(from_json(text))
        if line != right:
            where = f"กิจกรรม {uuid} ฉบับที่ {number}"
            yield Difference("revision.line", where, without_ends(line or ""), without_ends(right), (pk,))


def _counters() -> Iterator[Difference]:
    """The last number given must be the highest one in use, and as many as there are: no gap."""
    used = {row["prefix"]: (row["highest"], row["given"]) for row in _used_numbers()}
    stored = {
        f"{row.province_code}-{be_year(row.month) % 100:02}{row.month.month:02}": row
        for row in ReceiptCounter.objects.all()
    }
    for prefix in sorted(used.keys() | stored.keys()):
        highest, given = used.get(prefix, (0, 0))
        counter = stored.get(prefix)
        last = counter.last if counter else 0
        if last != highest:
            key = (counter.pk if counter else None, prefix, highest)
            yield Difference("receipt_counter", f"เลขที่รายงาน {prefix}", str(last), str(highest), key)
        if given != highest:
            yield Difference(
                "receipt_number",
                f"เลขที่รายงาน {prefix}",
                f"{given} เลข",
                f"ถึงเลขที่ {highest}",
                (prefix,),
                repairable=False,
            )


def _used_numbers() -> QuerySet[Any, Any]:
    return (
        Activity.objects.exclude(number="")
        .annotate(prefix=Substr("number", 1, PREFIX))
        .values("prefix")
        .annotate(
            highest=Max(Cast(Substr("number", PREFIX + 2), IntegerField())),
            given=Count("pk"),
        )
        .order_by("prefix")
    )

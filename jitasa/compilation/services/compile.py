"""Make the immutable, numbered snapshot of a month for one scope (รวบรวม)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.utils import translation
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.compilation.models import Compilation
from jitasa.compilation.rules import may_compile
from jitasa.compilation.selectors import sql
from jitasa.compilation.selectors.compilations import latest
from jitasa.compilation.selectors.places import run
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services import compare, highlights, tables, tell
from jitasa.compilation.services.digest import Record, content_hash
from jitasa.compilation.services.moment import one_moment
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.rounds.services.rounds import ensure_round
from jitasa.thai.dates import month_of, month_slug, today
from jitasa.ui.days import month_name

ATTEMPTS = 3  # another compilation, or an act of the same office, may come between (PostgreSQL)

SERIALIZATION_FAILURE, DEADLOCK = "40001", "40P01"


@dataclass(frozen=True)
class CompileResult:
    """``is_new`` is false when nothing had changed since the last compilation, which is then given."""

    compilation: Compilation
    is_new: bool


def compile_round(*, actor: Viewer, organization: Organization, month: date, now: datetime) -> CompileResult:
    """Compile ``month`` for ``organization`` and everything that stood below it then.

    :raises Forbidden: the actor is no officer or administrator of that office.
    :raises Refusal: the month has not begun.
    :raises Conflict: tallies and records disagree (``jitasa check`` tells where), or somebody else
        compiled at the same moment.
    """
    if not may_compile(actor, organization):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่หรือผู้ดูแลสำนักงานของกรม จังหวัด หรืออำเภอนั้นเองที่รวบรวมรายงานได้"))
    if month > month_of(today(now)):
        raise Refusal(_("เดือน%(month)sยังไม่เริ่ม รวบรวมได้ตั้งแต่วันที่ 1 ของเดือน") % {"month": month_name(month)})
    ensure_round(month, now=now)
    for _attempt in range(ATTEMPTS):
        try:
            with translation.override("th"), one_moment():
                return _compile(actor, ReportScope(organization, month), now)
        except (IntegrityError, OperationalError) as error:
            if connection.in_atomic_block or not _somebody_else_was_first(error):
                raise
    raise Conflict(_("มีผู้จัดทำรายงานประจำเดือนอยู่พร้อมกัน รอสักครู่ แล้วเปิดหน้ารวบรวมเพื่อดูฉบับล่าสุด"))


def _somebody_else_was_first(error: DatabaseError) -> bool:
    """Not a database that is away, full or locked: that is said as what it is."""
    state = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, IntegrityError) or state in {SERIALIZATION_FAILURE, DEADLOCK}


def _compile(actor: Viewer, scope: ReportScope, now: datetime) -> CompileResult:
    content = tables.build(scope, now=now)
    records = live_records(scope)
    if len(records) != content["totals"]["activities"]:
        raise Conflict(
            _(
                "ยอดรวม %(total)d รายการไม่ตรงกับบันทึก %(found)d รายการ "
                "ให้ผู้ดูแลระบบสั่ง jitasa check --repair แล้วรวบรวมอีกครั้ง"
            )
            % {"total": content["totals"]["activities"], "found": len(records)},
            code="tallies_differ",
        )
    hash_ = content_hash(content, records)
    last = latest(scope.office, scope.month)
    changes = compare.differences(last, content, records) if last and last.content_hash != hash_ else []
    if last is not None and not changes:  # the same, or only words of a newer program differ
        return CompileResult(last, is_new=False)
    compilation = Compilation.objects.create(
        organization=scope.office,
        month=scope.month,
        number=last.number + 1 if last else 1,
        made_at=now,
        made_by=actor.user,
        content_hash=hash_,
        activities=content["totals"]["activities"],
        people=content["totals"]["people"],
        tables=content,
        photos=highlights.choose(scope),
        differences=changes,
    )
    _keep_records(compilation, scope)
    _finish(actor, compilation, last, now)
    return CompileResult(compilation, is_new=True)


def live_records(scope: ReportScope) -> list[Record]:
    """(uuid, revision, revision hash, status) of each record, by uuid."""
    rows = run(sql.live_records(whole_country=scope.whole_country), scope.parameters())
    return [
        (str(uuid).replace("-", ""), number, hash_, status, bool(upwards))
        for uuid, number, hash_, status, upwards in rows
    ]


def _keep_records(compilation: Compilation, scope: ReportScope) -> None:
    values = {**scope.parameters(), "compilation": compilation.pk}
    with connection.cursor() as cursor:
        cursor.execute(sql.keep_records(whole_country=scope.whole_country), values)


def _finish(actor: Viewer, compilation: Compilation, last: Compilation | None, now: datetime) -> None:
    tell.compiled(actor=actor, compilation=compilation, now=now)
    record(
        actor=actor,
        verb="compilation.compile",
        subject=compilation,
        data={
            "month": month_slug(compilation.month),
            "scope": compilation.organization.code,
            "number": compilation.number,
            "content_hash": compilation.content_hash,
            "before": last.content_hash if last else "",
        },
        now=now,
    )

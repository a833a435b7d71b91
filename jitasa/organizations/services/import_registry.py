"""Bring the local governments of the registry in line with a file, as dated changes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.organizations import rules
from jitasa.organizations.choices import Change, Level
from jitasa.organizations.models import Organization
from jitasa.organizations.registry_file import RegistryFile, read_registry_file
from jitasa.organizations.registry_row import RowProblem
from jitasa.organizations.services.changing import lock_registry, require_editor
from jitasa.organizations.services.doubts import not_yet_noted, note_doubts, offices_to_check
from jitasa.organizations.services.import_plan import ImportPlan, Registry, plan_import
from jitasa.organizations.services.import_write import write_import
from jitasa.organizations.services.install_geography import install_geography
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Refusal
from jitasa.thai.dates import today

OnError = Literal["report", "abort"]


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or with ``dry_run`` would do."""

    sha256: str
    as_of: date
    dry_run: bool
    aborted: bool
    lines: int
    founded: int
    doubtful: int
    to_check: int
    changed: int
    amended: int
    unchanged: int
    repeated: int
    absent: int
    geography: int
    changes: list[dict[str, str]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notes: list[RowProblem] = field(default_factory=list)
    doubts: list[RowProblem] = field(default_factory=list)

    @property
    def refused_lines(self) -> int:
        return len({problem.line for problem in self.problems})

    @property
    def anything(self) -> bool:
        """Whether the registry is (or would be) another one afterwards."""
        return bool(self.founded or self.changed or self.amended or self.doubtful)

    def data(self) -> dict[str, Any]:
        """Everything, for a program to read."""
        lists = {
            name: [vars(problem) for problem in getattr(self, name)]
            for name in ("problems", "notes", "doubts")
        }
        return {**vars(self), **lists, "refused_lines": self.refused_lines}


def import_registry(
    source: bytes | str | Path,
    *,
    actor: Viewer,
    now: datetime,
    as_of: date | None = None,
    on_error: OnError = "report",
    dry_run: bool = False,
) -> ImportResult:
    """Enter the local governments of a file and what it says differently of those known.

    ``source``: the content, or the path of a file, in either form that ``registry_file`` reads.
    ``as_of``: the day from which new offices stand and changes of name, type, code or district hold.
    Without it that is today. Points, areas and websites carry no dates; a blank leaves what is known.
    What the file does not mention stays. A point or type that cannot be right is left out, and the office
    stands in the list "to be checked" (``RegistryDoubt``). ``on_error="abort"``: one bad row and nothing is done.
    An empty registry first gets the department, provinces and districts.

    An office is known by its code, or, where that is new, by the rest of its code without the two
    digits of the type (docs/domain.md §2: an SAO that became a municipality keeps its running number).

    :raises Forbidden: if the actor does not keep the registry.
    :raises Refusal: for a file that cannot be read, or a day to come.
    """
    require_editor(actor)
    data = source if isinstance(source, bytes) else Path(source).read_bytes()
    day = today(now)
    if as_of is not None and (problem := rules.day_problem(as_of, today=day)):
        raise Refusal(problem, fields={"as_of": [problem]})
    file = read_registry_file(data)
    with transaction.atomic():
        lock_registry()
        entered = _geography(actor, now)
        plan = plan_import(file.rows, Registry.read(since=as_of or day), as_of=as_of, today=day)
        file.problems += plan.problems
        noted = not_yet_noted(plan.doubtful)
        aborted = on_error == "abort" and bool(file.problems)
        result = _result(
            data,
            file,
            plan,
            as_of or day,
            dry_run=dry_run,
            aborted=aborted,
            geography=entered,
            doubtful=len(noted),
            to_check=offices_to_check(noted),
        )
        if dry_run or aborted:
            transaction.set_rollback(True)
        elif result.anything:
            write_import(plan)
            note_doubts(noted, now=now)
            record(actor=actor, verb="registry.import", data=_audit_data(result), now=now)
    return result


def _geography(actor: Viewer, now: datetime) -> int:
    """How many offices above the local governments had to be entered first."""
    if Organization.objects.open().filter(level=Level.DISTRICT).exists():
        return 0
    return install_geography(actor=actor, now=now).total


def _result(
    data: bytes,
    file: RegistryFile,
    plan: ImportPlan,
    as_of: date,
    *,
    dry_run: bool,
    aborted: bool,
    geography: int,
    doubtful: int,
    to_check: int,
) -> ImportResult:
    return ImportResult(
        sha256=hashlib.sha256(data).hexdigest(),
        as_of=as_of,
        dry_run=dry_run,
        aborted=aborted,
        lines=file.lines,
        founded=len(plan.founded),
        doubtful=doubtful,
        to_check=to_check,
        changed=len(plan.changed),
        amended=len(plan.amended),
        unchanged=plan.unchanged,
        repeated=file.repeated,
        absent=plan.absent,
        geography=geography,
        changes=[_change_data(change.office, change.line, change.data()) for change in plan.changed],
        problems=sorted(file.problems, key=lambda problem: problem.line),
        notes=sorted(file.notes, key=lambda note: note.line),
        doubts=[doubt for row in plan.doubtful for doubt in row.doubts],
    )


def _change_data(office: Organization, line: int, data: Mapping[str, str]) -> dict[str, str]:
    return {"line": str(line), "office": office.short_name, **data}


def _audit_data(result: ImportResult) -> dict[str, Any]:
    data = result.data()
    return {
        name: value for name, value in data.items() if name not in ("notes", "problems", "doubts", "dry_run")
    }


def change_label(change: str) -> str:
    return str(Change(change).label)


def summary(result: ImportResult) -> list[str]:
    """The result in Thai sentences, for the command line and the screen."""
    lines = [
        _(
            "อ่าน %(lines)d บรรทัด: หน่วยงานใหม่ %(founded)d เปลี่ยนแปลง %(changed)d เติมข้อมูล %(amended)d เหมือนเดิม %(unchanged)d"
        )
        % vars(result)
    ]
    if result.repeated:
        lines.append(_("บรรทัดที่ซ้ำกันเพราะแยกตามตำบล %(repeated)d บรรทัด นับเป็นหน่วยงานเดียว") % vars(result))
    if result.absent:
        lines.append(_("ในทะเบียนมีอีก %(absent)d แห่งที่ไฟล์นี้ไม่กล่าวถึง คงไว้ตามเดิม") % vars(result))
    if result.doubts:
        words = _("ค่าที่น่าสงสัย %d ค่าไม่ได้ใช้ หน่วยงานนั้นนำเข้าได้โดยไม่มีค่านั้น")
        lines.append(words % len(result.doubts))
    if result.to_check:
        lines.append(_("อยู่ในรายการ “ต้องตรวจสอบ” %(to_check)d แห่ง") % vars(result))
    if result.aborted:
        lines.append(_("มีบรรทัดที่ใช้ไม่ได้ %d บรรทัด จึงไม่นำเข้าทั้งไฟล์") % result.refused_lines)
    elif result.problems:
        lines.append(_("ไม่นำเข้า %d บรรทัดที่ใช้ไม่ได้ ส่วนที่เหลือนำเข้าได้") % result.refused_lines)
    if not result.anything:
        lines.append(
            _("ไม่มีอะไรเปลี่ยนแปลง ทะเบียนตรงกับไฟล์แล้ว") if not result.problems else _("ไม่มีอะไรเปลี่ยนแปลง")
        )
    elif result.dry_run:
        lines.append(_("นี่คือการทดลอง ยังไม่ได้บันทึกอะไร"))
    return lines


__all__ = ["ImportResult", "OnError", "change_label", "import_registry", "summary"]

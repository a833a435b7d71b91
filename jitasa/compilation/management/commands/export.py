"""``jitasa export activities|report|letter``: a month's records, its report, or a letter, to a file or stdout."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jitasa.compilation.management.commands.common import (
    REFUSED,
    USAGE,
    month_of,
    scope_of,
    write_out,
)
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import records, report, workbooks
from jitasa.compilation.selectors.compilations import latest
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.compile import compile_round
from jitasa.faces.fonts import NoThaiFont
from jitasa.letters.pages import export as letters
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Refusal
from jitasa.thai.dates import month_slug

FORMATS = {"activities": ("csv", "xlsx", "json"), "report": ("pdf", "xlsx"), "letter": letters.FORMATS}


class Command(BaseCommand):
    help = (
        "ส่งออกกิจกรรมหรือรายงานของเดือน เช่น jitasa export activities --month 2569-10 --format csv --out FILE "
        "(--out - คือออกทางหน้าจอ)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=sorted(FORMATS), metavar="activities|report|letter")
        parser.add_argument("number", nargs="?", default="", help="เลขที่หนังสือ เช่น 'มท ๐๘๐๑.๔/ว ๓๐๐๐' (letter)")
        parser.add_argument("--office", default="", metavar="รหัส", help="สำเนาของหน่วยงานนี้ พร้อมตรารับ (letter)")
        parser.add_argument("--month", default="", metavar="เดือน", help="ปี พ.ศ.-เดือน เช่น 2569-10")
        parser.add_argument("--scope", default="", metavar="รหัส", help="รหัสหน่วยงาน เช่น 81 (ไม่ระบุคือทั้งประเทศ)")
        parser.add_argument(
            "--format", required=True, choices=["csv", "docx", "json", "pdf", "png", "xlsx"], dest="form"
        )
        parser.add_argument("--out", required=True, metavar="แฟ้ม", help="ชื่อแฟ้ม หรือ - ออกทาง stdout")

    def handle(self, **options: Any) -> None:
        what, form = options["what"], options["form"]
        if form not in FORMATS[what]:
            words = " ".join(FORMATS[what])
            raise CommandError(f"{what} ส่งออกเป็น {form} ไม่ได้ เลือก {words}", returncode=USAGE)
        if what == "letter":
            self._letter(options)
            return
        if not options["month"]:
            raise CommandError("ระบุ --month เช่น --month 2569-10", returncode=USAGE)
        scope = ReportScope(scope_of(options["scope"]), month_of(options["month"]))
        try:
            chunks = _activities(scope, form) if what == "activities" else _report(scope, form)
            written = write_out(options["out"], chunks)
        except (Refusal, NoThaiFont) as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        if options["out"] != "-":
            self.stderr.write(f"เขียน {options['out']} แล้ว {written:,} ไบต์")

    def _letter(self, options: dict[str, Any]) -> None:
        """One file; the second picture of a letter of two pages is ``FILE-2.png`` beside ``FILE.png``."""
        if not options["number"].strip():
            raise CommandError("ระบุเลขที่หนังสือ เช่น jitasa export letter 'มท ๐๘๐๑.๔/ว ๓๐๐๐' …", returncode=USAGE)
        office = scope_of(options["office"]) if options["office"] else None
        try:
            files = letters.letter_files(
                number=options["number"], office=office, form=options["form"], now=timezone.now()
            )
        except (Refusal, NoThaiFont) as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal
        target = options["out"]
        if target == "-" and len(files) > 1:
            raise CommandError("หนังสือมีหลายหน้า ระบุชื่อแฟ้มใน --out", returncode=USAGE)
        for number, content in enumerate(files, start=1):
            path = Path(target)
            name = target if number == 1 else str(path.with_name(f"{path.stem}-{number}{path.suffix}"))
            written = write_out(name, [content])
            if name != "-":
                self.stderr.write(f"เขียน {name} แล้ว {written:,} ไบต์")


def _activities(scope: ReportScope, form: str) -> Iterable[bytes]:
    sources = records.of_month(scope)
    if form == "csv":
        return records.csv_chunks(records.lines_of(sources))
    if form == "json":
        head = {"month": month_slug(scope.month), "scope": scope.office.code}
        return records.json_chunks(sources, head=head)
    return [records.workbook_of(records.lines_of(sources))]


def _report(scope: ReportScope, form: str) -> Iterable[bytes]:
    compilation = _compilation(scope)
    if form == "pdf":
        return [report.pdf(compilation)]
    return [workbooks.compilation_workbook(compilation)]


def _compilation(scope: ReportScope) -> Compilation:
    """The last compilation; compiled now when there is none."""
    found = latest(scope.office, scope.month)
    if found is not None:
        return found
    result = compile_round(actor=SYSTEM, organization=scope.office, month=scope.month, now=timezone.now())
    return result.compilation

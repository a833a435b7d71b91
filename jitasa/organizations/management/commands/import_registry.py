"""``jitasa import-registry FILE``: bring the registry in line with a file of local governments."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from jitasa.organizations.services.import_registry import ImportResult, import_registry, summary
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Refusal
from jitasa.thai.dates import parse_date, today

SHOWN_NOTES = 20


class Command(BaseCommand):
    help = (
        "นำเข้าทะเบียน อปท. จากไฟล์ CSV: แบบธรรมดา (code,type,name,province_code,province,district_code,district,"
        "latitude,longitude) หรือข้อมูลเปิดของกรม (จังหวัด อำเภอ ตำบล รหัส อปท. ประเภท อปท. อปท. …) "
        "ใน UTF-8 หรือ TIS-620 เรียกซ้ำได้ ครั้งที่สองไม่เปลี่ยนอะไร "
        "รหัสจบ (exit codes): 0 สำเร็จทุกบรรทัด, 1 ไม่ได้นำเข้าเลย (ไฟล์ใช้ไม่ได้ หรือ abort), 2 นำเข้าแล้วแต่มีบรรทัดที่ไม่รับ"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="ไฟล์ CSV")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="วันที่การเปลี่ยนแปลงและหน่วยงานใหม่เริ่มมีผล เช่น 2569-10-01 (ไม่ระบุ: วันนี้)",
        )
        parser.add_argument(
            "--on-error",
            choices=["report", "abort"],
            default="report",
            help="พบบรรทัดที่ใช้ไม่ได้: report (ค่าเริ่มต้น) รายงานและนำเข้าที่เหลือ, abort ไม่นำเข้าเลย",
        )
        parser.add_argument("--dry-run", action="store_true", help="แสดงว่าจะเปลี่ยนอะไร โดยไม่บันทึก")
        parser.add_argument("--json", action="store_true", help="ผลเป็น JSON สำหรับโปรแกรมอื่น")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = import_registry(
                options["file"],
                actor=SYSTEM,
                now=timezone.now(),
                as_of=parse_date(options["as_of"], near=today(timezone.now())) if options["as_of"] else None,
                on_error=options["on_error"],
                dry_run=options["dry_run"],
            )
        except Refusal as refusal:
            self._fail(refusal.message, refusal.code, options)
        except ValueError as error:
            self._fail(f"--as-of: {error}", "bad_date", options)
        except OSError as error:
            self._fail(f"เปิดไฟล์ไม่ได้: {error.strerror} ({error.filename})", "file_unreadable", options)
        if options["json"]:
            self.stdout.write(json.dumps(result.data(), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        else:
            self._show(result)
        if result.aborted:
            sys.exit(1)
        if result.problems:
            sys.exit(2)

    def _fail(self, text: str, code: str, options: dict[str, Any]) -> NoReturn:
        if options["json"]:
            self.stdout.write(json.dumps({"error": text, "code": code}, ensure_ascii=False))
            sys.exit(1)
        raise CommandError(text)

    def _show(self, result: ImportResult) -> None:
        for change in result.changes:
            what = " · ".join(
                text for name, text in change.items() if name not in ("line", "office", "change")
            )
            self.stdout.write(f"  เปลี่ยน {change['office']}: {what}")
        for problem in result.problems:
            value = f" [{problem.value}]" if problem.value else ""
            self.stderr.write(f"บรรทัด {problem.line} {problem.column}{value}: {problem.reason}")
        for doubt in result.doubts:
            self.stdout.write(
                f"  ต้องตรวจสอบ บรรทัด {doubt.line} {doubt.column} [{doubt.value}]: {doubt.reason}"
            )
        for note in result.notes[:SHOWN_NOTES]:
            self.stdout.write(f"  หมายเหตุ บรรทัด {note.line} {note.column} [{note.value}]: {note.reason}")
        if len(result.notes) > SHOWN_NOTES:
            self.stdout.write(f"  และหมายเหตุอีก {len(result.notes) - SHOWN_NOTES} ข้อ (ดูทั้งหมดด้วย --json)")
        for line in summary(result):
            self.stdout.write(line)

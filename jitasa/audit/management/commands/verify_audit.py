"""``jitasa verify-audit [--json]``: walk every chain of the audit; exit code 1 when one is broken."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jitasa.audit.selectors.verify import verdicts


class Command(BaseCommand):
    help = "ตรวจสายบันทึกการใช้งานทุกสาย แจ้งรายการแรกที่ผิดของแต่ละสาย (verify the audit's hash chains)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="ผลเป็น JSON พร้อมค่าท้ายสาย สำหรับเก็บไว้นอกเครื่อง")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(verdicts())
        broken = [verdict for verdict in found if verdict.broken_number is not None]
        entries = sum(verdict.length for verdict in found)
        if options["json"]:
            answer = {"ok": not broken, "entries": entries, "chains": [asdict(verdict) for verdict in found]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            for verdict in broken:
                self.stdout.write(f"ผิด: สาย {verdict.chain} รายการที่ {verdict.broken_number} {verdict.reason}")
            self.stdout.write(f"ตรวจ {len(found):,} สาย {entries:,} รายการ พบผิด {len(broken):,} สาย")
        if broken:
            sys.exit(1)

"""``jitasa verify-backup DIR``: compare a copy's rows, hashes and audit chains; exit code 1 on any difference."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jitasa.config.backup.work import faults


class Command(BaseCommand):
    help = "ตรวจสำเนา: จำนวนแถว ค่า SHA-256 ของไฟล์ และลูกโซ่บันทึกการใช้งาน (รหัสออก 1 เมื่อพบข้อแตกต่าง)"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("copy", type=Path, metavar="DIR", help="โฟลเดอร์ของสำเนา")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(faults(options["copy"]))
        for line in found:
            self.stdout.write(f"ผิด: {line}")
        self.stdout.write(f"พบผิด {len(found):,} แห่ง" if found else "✓ สำเนาครบและตรงกับตอนที่ทำ")
        if found:
            sys.exit(1)

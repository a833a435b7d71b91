"""``jitasa check``: compute all numbers again from the records; exit code 1 when something differs."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jitasa.compilation.services.check import Difference, differences
from jitasa.compilation.services.repair import repair


class Command(BaseCommand):
    help = "คำนวณตัวเลขทั้งหมดใหม่จากบันทึก แล้วรายงานข้อแตกต่าง (รหัสออก 1 เมื่อพบ) --repair ซ่อมตามบันทึก"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="พิมพ์เป็น JSON")
        parser.add_argument("--repair", action="store_true", help="ซ่อมตัวเลขที่ผิดให้ตรงกับบันทึก แล้วตรวจอีกครั้ง")

    def handle(self, **options: Any) -> None:
        found = list(differences())
        repaired = 0
        if options["repair"] and found:
            repaired = repair(found, now=timezone.now())
            left = list(differences())
        else:
            left = found
        if options["json"]:
            answer = {
                "differences": [difference.as_json() for difference in found],
                "repaired": repaired,
                "left": len(left),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            self._tell(found, left, repaired, asked=options["repair"])
        if left:
            sys.exit(1)

    def _tell(self, found: list[Difference], left: list[Difference], repaired: int, *, asked: bool) -> None:
        for difference in found:
            self.stdout.write(
                f"{difference.what}: {difference.where}: เก็บไว้ {difference.stored} นับได้ {difference.counted}"
            )
        if not found:
            self.stdout.write("ตรวจแล้ว ตัวเลขตรงกับบันทึกทั้งหมด")
            return
        self.stdout.write(f"พบข้อแตกต่าง {len(found):,} แห่ง")
        if asked:
            self.stdout.write(f"ซ่อมแล้ว {repaired:,} แห่ง เหลือ {len(left):,} แห่ง")
        else:
            self.stdout.write("สั่ง jitasa check --repair เพื่อซ่อมตามบันทึก")

"""``jitasa check``: compute all numbers again from the records; exit code 1 when something differs."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jitasa.compilation.services.check import Difference, differences
from jitasa.compilation.services.check_files import bad_files
from jitasa.compilation.services.repair import repair

FAULTS = {"missing": "ไม่มีไฟล์", "damaged": "เนื้อไฟล์ไม่ตรงกับค่า SHA-256"}


class Command(BaseCommand):
    help = "คำนวณตัวเลขทั้งหมดใหม่จากบันทึก แล้วรายงานข้อแตกต่าง (รหัสออก 1 เมื่อพบ) --repair ซ่อมตามบันทึก"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="พิมพ์เป็น JSON")
        parser.add_argument(
            "--files",
            action="store_true",
            help="เทียบไฟล์ต้นฉบับทุกไฟล์กับค่า SHA-256 แทนการตรวจตัวเลข (อ่านทุกไฟล์ ใช้เวลา)",
        )
        parser.add_argument("--repair", action="store_true", help="ซ่อมตัวเลขที่ผิดให้ตรงกับบันทึก แล้วตรวจอีกครั้ง")

    def handle(self, **options: Any) -> None:
        if options["files"]:
            self._files(as_json=options["json"])
            return
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

    def _files(self, *, as_json: bool) -> None:
        found = list(bad_files())
        if as_json:
            answer = {"files": [bad.as_json() for bad in found]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        for bad in () if as_json else found:
            self.stdout.write(f"{bad.what}: {bad.sha256}: {FAULTS[bad.fault]}")
        if not as_json:
            words = (
                f"พบไฟล์ที่หายหรือเสียหาย {len(found):,} ไฟล์ กู้จากสำเนาสำรอง"
                if found
                else "ไฟล์ต้นฉบับครบและตรงกับค่า SHA-256"
            )
            self.stdout.write(words)
        if found:
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

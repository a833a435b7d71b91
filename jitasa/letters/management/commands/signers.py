"""``jitasa signers``: the offices that write letters and have nobody who may sign one."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jitasa.letters.selectors.signing import offices_without_signer
from jitasa.thai.dates import today


class Command(BaseCommand):
    help = "แสดงหน่วยงานที่ตั้งค่าหนังสือแล้วแต่ยังไม่มีบุคคลที่ลงนามได้วันนี้ (รหัสออก 1 เมื่อมี)"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="พิมพ์เป็น JSON")

    def handle(self, **options: Any) -> None:
        found = offices_without_signer(today(timezone.now()))
        rows = [{"code": each.code, "name": each.name} for each in found]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            for row in rows:
                self.stdout.write(f"{row['code']}  {row['name']}")
            told = f"ยังลงนามไม่ได้ {len(rows):,} แห่ง ให้ผู้ดูแลสำนักงานเลือกบุคคลของผู้ลงนามที่ ตั้งค่าหนังสือ"
            self.stdout.write(told if rows else "ทุกหน่วยงานที่ตั้งค่าหนังสือแล้วมีผู้ลงนาม")
        if rows:
            raise SystemExit(1)

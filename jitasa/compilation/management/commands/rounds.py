"""``jitasa rounds``: the months with their due days and how many offices have reported."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jitasa.compilation.management.commands.common import scope_of
from jitasa.compilation.selectors.months import round_lines
from jitasa.thai.dates import month_name, month_slug, short_date


class Command(BaseCommand):
    help = "แสดงรอบรายงาน: ครบกำหนด รายงานแล้วกี่แห่ง รายงานรวมล่าสุด (--json สำหรับโปรแกรม)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scope", default="", metavar="รหัส", help="รหัสหน่วยงาน เช่น 81 (ไม่ระบุคือทั้งประเทศ)")
        parser.add_argument("--months", type=int, default=12, metavar="จำนวน", help="กี่เดือนล่าสุด (ปกติ 12)")
        parser.add_argument("--json", action="store_true", help="พิมพ์เป็น JSON")

    def handle(self, **options: Any) -> None:
        office = scope_of(options["scope"])
        lines = round_lines(office, now=timezone.now(), count=max(1, options["months"]))
        if options["json"]:
            rows = [
                {
                    "month": month_slug(line.month),
                    "state": line.state,
                    "due_on": line.due_on.isoformat(),
                    "expected": line.figures.offices,
                    "reported": line.figures.reported,
                    "confirmed": line.figures.confirmed,
                    "nil": line.figures.nil,
                    "activities": line.figures.activities,
                    "events": line.figures.events,
                    "people": line.figures.people,
                    "compilation": line.number,
                }
                for line in lines
            ]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{office.name}")
        for line in lines:
            figures = line.figures
            made = f"รวบรวมฉบับที่ {line.number}" if line.number else "ยังไม่รวบรวม"
            self.stdout.write(
                f"{month_slug(line.month)}  {month_name(line.month)}  {line.words}  "
                f"ครบกำหนด {short_date(line.due_on)}  รายงาน {figures.reported:,}/{figures.offices:,}  "
                f"ยืนยัน {figures.confirmed:,}  กิจกรรม {figures.events:,}  คน {figures.people:,}  {made}"
            )

"""``jitasa compile 2569-10``: compile a month for a scope."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jitasa.compilation.management.commands.common import REFUSED, month_of, scope_of
from jitasa.compilation.services.compile import compile_round
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Refusal
from jitasa.thai.dates import month_name, month_slug


class Command(BaseCommand):
    help = "รวบรวมรอบรายงานเป็นฉบับที่ไม่เปลี่ยนอีก เช่น jitasa compile 2569-10 --scope 81"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("month", metavar="เดือน", help="ปี พ.ศ.-เดือน เช่น 2569-10")
        parser.add_argument("--scope", default="", metavar="รหัส", help="รหัสหน่วยงาน เช่น 81 (ไม่ระบุคือทั้งประเทศ)")
        parser.add_argument("--json", action="store_true", help="พิมพ์ผลเป็น JSON")

    def handle(self, **options: Any) -> None:
        month, office = month_of(options["month"]), scope_of(options["scope"])
        try:
            result = compile_round(actor=SYSTEM, organization=office, month=month, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(refusal.message, returncode=REFUSED) from refusal
        made = result.compilation
        if options["json"]:
            answer = {
                "id": made.pk,
                "month": month_slug(month),
                "scope": office.code,
                "number": made.number,
                "new": result.is_new,
                "content_hash": made.content_hash,
                "activities": made.activities,
                "people": made.people,
                "differences": len(made.differences) if result.is_new else 0,
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        if result.is_new:
            self.stdout.write(f"รวบรวม {office.name} เดือน{month_name(month)} เป็นฉบับที่ {made.number}")
        else:
            self.stdout.write(f"ไม่มีอะไรเปลี่ยนจากฉบับที่ {made.number} จึงไม่ทำฉบับใหม่")
        self.stdout.write(f"{made.activities:,} รายการ {made.people:,} คน · {made.content_hash}")

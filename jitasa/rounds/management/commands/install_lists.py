"""``jitasa install-lists``: the default lists and the important days of this year and the next."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jitasa.occasions.services.install import install_occasions
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.services.install import install_defaults
from jitasa.thai.dates import be_year, today


class Command(BaseCommand):
    help = "เติมรายการเริ่มต้น (ประเภท กลุ่ม หน่วยนับ เหตุผลส่งกลับ) และวันสำคัญ ทำซ้ำได้โดยไม่ทับสิ่งที่แก้ไว้"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--years", nargs="*", type=int, help="ปี พ.ศ. ของวันสำคัญ (ปกติ: ปีนี้และปีหน้า)")
        parser.add_argument("--json", action="store_true", help="ตอบเป็น JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        this_year = be_year(today(now))
        years = options["years"] or [this_year, this_year + 1]
        added = install_defaults(actor=SYSTEM, now=now)
        added["occasion"] = install_occasions(years=years, actor=SYSTEM, now=now)
        if options["json"]:
            self.stdout.write(json.dumps(added))
            return
        for name, count in added.items():
            self.stdout.write(f"{name}: เพิ่ม {count} รายการ")

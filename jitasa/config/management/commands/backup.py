"""``jitasa backup --to DIR``: a copy of everything but the keys, while the site runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jitasa.config.backup.work import make_copy


class Command(BaseCommand):
    help = "ทำสำเนาฐานข้อมูลและไฟล์ขณะเว็บทำงาน (ครั้งต่อไปในโฟลเดอร์เดิมคัดลอกเฉพาะไฟล์ใหม่) ไม่รวมกุญแจ"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", required=True, type=Path, metavar="DIR", help="โฟลเดอร์ของสำเนา")
        parser.add_argument("--prune", action="store_true", help="ลบไฟล์ที่ระบบไม่มีแล้วออกจากสำเนาด้วย")

    def handle(self, *args: Any, **options: Any) -> None:
        make_copy(options["to"], now=timezone.now(), prune=options["prune"], say=self.stdout.write)
        self.stdout.write("กุญแจ (*.key) ไม่อยู่ในสำเนา เก็บสำเนากุญแจไว้อีกที่หนึ่ง")

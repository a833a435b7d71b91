"""``jitasa restore --from DIR``: a copy into an empty data folder and database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from jitasa.config.backup.work import put_back


class Command(BaseCommand):
    requires_system_checks = []  # they may ask a database that is not there yet
    help = "คืนข้อมูลจากสำเนาลงในโฟลเดอร์ข้อมูลและฐานข้อมูลที่ว่าง แล้วเทียบกับสำเนา"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", required=True, type=Path, metavar="DIR", dest="copy", help="โฟลเดอร์ของสำเนา"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made = put_back(options["copy"], say=self.stdout.write)
        self.stdout.write(f"✓ ตรงกับสำเนาเมื่อ {made.made_at} ต่อไป: jitasa migrate แล้ว jitasa serve")

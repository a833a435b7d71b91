"""``jitasa rotate-key PURPOSE``: a new key signs from the next start on, older ones still open what they signed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from jitasa.config.secret import PURPOSES, given_by_environment, key_file, rotate


class Command(BaseCommand):
    help = "เปลี่ยนกุญแจลับของงานหนึ่ง กุญแจเดิมยังใช้ตรวจสิ่งที่ลงนามไว้แล้วได้ (put a new key in front of the kept ones)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("purpose", choices=sorted(PURPOSES), help="งานที่ใช้กุญแจ: secret คือเซสชันและแบบฟอร์ม")

    def handle(self, *args: Any, **options: Any) -> None:
        purpose = options["purpose"]
        if given_by_environment(purpose):
            name = f"JITASA_{PURPOSES[purpose]}"
            raise CommandError(
                f"กุญแจนี้มาจากตัวแปร {name}: ใส่กุญแจใหม่ใน {name} และย้ายกุญแจเดิมไปไว้ใน {name}_FALLBACKS"
            )
        count = rotate(purpose, settings.DATA_DIR)
        path = key_file(purpose, settings.DATA_DIR)
        self.stdout.write(f"✓ {path} มี {count} กุญแจ กุญแจใหม่อยู่บรรทัดแรก เปิดเว็บและตัวทำงานใหม่เพื่อเริ่มใช้")
        self.stdout.write("  ลบบรรทัดของกุญแจเดิมได้เมื่อไม่ต้องตรวจสิ่งที่ลงนามด้วยกุญแจนั้นแล้ว (docs/operator.md)")

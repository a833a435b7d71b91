"""Fill what every installation needs: offices down to districts, lists, the first round, occasions."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jitasa.config.checks import OF_THE_INSTALLATION
from jitasa.config.install import install


class Command(BaseCommand):
    requires_system_checks = OF_THE_INSTALLATION
    help = "ใส่ข้อมูลตั้งต้น (ทำซ้ำได้): กรม 76 จังหวัด 878 อำเภอ รายการ รอบรายงาน วันสำคัญ"

    def handle(self, *args: Any, **options: Any) -> None:
        install(now=timezone.now(), say=lambda line: self.stdout.write(line))

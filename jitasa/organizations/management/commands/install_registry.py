"""``jitasa install-registry``: the department, 76 provinces and 878 districts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from jitasa.organizations.services.install_geography import install_geography
from jitasa.organizations.services.install_paos import install_paos
from jitasa.organizations.viewer import SYSTEM


class Command(BaseCommand):
    help = (
        "เพิ่มกรม 76 จังหวัด และ 878 อำเภอลงทะเบียนหน่วยงาน เรียกซ้ำได้ (enter the country's offices; harmless twice)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-paos",
            action="store_true",
            help="เพิ่ม อบจ. ให้จังหวัดที่ยังไม่มีด้วย (also a PAO for each province)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        installed = install_geography(actor=SYSTEM, now=timezone.now())
        self.stdout.write(
            f"เพิ่มกรม {installed.departments} จังหวัด {installed.provinces} อำเภอ {installed.districts}"
            if installed.total
            else "กรม จังหวัด และอำเภอมีครบแล้ว ไม่มีอะไรเปลี่ยน"
        )
        if options["with_paos"]:
            self.stdout.write(f"เพิ่ม อบจ. {len(install_paos(actor=SYSTEM, now=timezone.now()))} แห่ง")

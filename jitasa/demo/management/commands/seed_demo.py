"""Fill an empty database with the demonstration."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.demo.services.seed_country import seed_country
from jitasa.demo.services.seed_demo import seed_demo
from jitasa.photos.models import Photo, PhotoState


class Command(BaseCommand):
    help = "สร้างข้อมูลสาธิต: กระบี่ 62 แห่ง 6 เดือน หรือทั้งประเทศ (--scale country) สำหรับทดสอบความเร็ว"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--scale", choices=["krabi", "country"], default="krabi")
        parser.add_argument("--months", type=int, default=6, help="จำนวนเดือนย้อนหลัง (ปกติ 6)")
        parser.add_argument("--per-month", type=int, default=4, help="กิจกรรมต่อแห่งต่อเดือน (เฉพาะทั้งประเทศ)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["months"] < 1:
            raise CommandError("--months ต้องเป็น 1 ขึ้นไป")
        if options["scale"] == "country":
            made = seed_country(
                now=timezone.now(),
                months=options["months"],
                per_month=options["per_month"],
                say=self.stdout.write,
            )
            self.stdout.write(self.style.SUCCESS(f"✓ {made:,} กิจกรรม (ข้อมูลสมมติ)"))
            return
        if Activity.objects.exists():
            raise CommandError("ฐานข้อมูลนี้มีกิจกรรมอยู่แล้ว สร้างข้อมูลสาธิตได้เฉพาะในฐานข้อมูลว่าง")
        made = seed_demo(now=timezone.now(), months=options["months"], say=self.stdout.write)
        self.prepare_pictures()
        self.stdout.write(self.style.SUCCESS(f"✓ ข้อมูลสาธิต {made} กิจกรรม {Photo.objects.count()} ภาพ"))

    def prepare_pictures(self) -> None:
        """Two workers make the published copies, so that the first page is complete."""
        pending = Photo.objects.filter(state=PhotoState.PENDING).count()
        if not pending:
            return
        self.stdout.write(f"→ เตรียมภาพ {pending} ภาพ")
        command = [str(Path(sys.executable).parent / "jitasa"), "worker", "--once"]
        workers = [subprocess.Popen(command) for _ in range(2)]  # noqa: S603 (our own command)
        for worker in workers:
            worker.wait()

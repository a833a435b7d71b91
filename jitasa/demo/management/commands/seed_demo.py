"""Fill an empty database with the demonstration."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.demo.progress import begin, end, unfinished
from jitasa.demo.services.seed_country import seed_country
from jitasa.demo.services.seed_demo import seed_demo
from jitasa.organizations.models import Organization
from jitasa.photos.models import Photo, PhotoState
from jitasa.photos.services.prepare import prepare
from jitasa.publicity.choices import FileState
from jitasa.publicity.models import MaterialFile
from jitasa.publicity.services.shape import shape
from jitasa.review.services.flag import flag_pending

NEWEST_PICTURES = 200


class Command(BaseCommand):
    help = "สร้างข้อมูลสาธิต: กระบี่ 62 แห่ง 6 เดือน หรือทั้งประเทศ (--scale country) สำหรับทดสอบความเร็ว"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--scale", choices=["krabi", "country"], default="krabi")
        parser.add_argument("--months", type=int, default=6, help="จำนวนเดือนย้อนหลัง (ปกติ 6)")
        parser.add_argument("--wait", action="store_true", help="เตรียมภาพทั้งหมดให้เสร็จก่อนจบ")
        parser.add_argument("--years", type=int, default=0, help="จำนวนปีย้อนหลัง แทน --months")
        parser.add_argument("--per-month", type=int, default=8, help="กิจกรรมต่อสองแห่งต่อเดือน (เฉพาะทั้งประเทศ)")

    def handle(self, *args: Any, **options: Any) -> None:
        months = options["years"] * 12 or options["months"]
        if months < 1:
            raise CommandError("--months และ --years ต้องเป็น 1 ขึ้นไป")
        if not Organization.objects.exists():
            call_command("install", stdout=self.stdout)
        if options["scale"] == "country":
            began = time.monotonic()
            made = seed_country(
                now=timezone.now(),
                months=months,
                per_month=options["per_month"],
                say=self.stdout.write,
            )
            minutes, seconds = divmod(round(time.monotonic() - began), 60)
            self.stdout.write(
                self.style.SUCCESS(f"✓ {made:,} กิจกรรม (ข้อมูลสมมติ) ใช้เวลา {minutes} นาที {seconds} วินาที")
            )
            return
        if Activity.objects.exists() and unfinished() is None:
            raise CommandError("ฐานข้อมูลนี้มีกิจกรรมอยู่แล้ว สร้างข้อมูลสาธิตได้เฉพาะในฐานข้อมูลว่าง")
        begun = begin(timezone.now(), months)
        made = seed_demo(now=begun.now, months=begun.months, say=self.stdout.write)
        end()
        self.prepare_pictures(everything=options["wait"])
        for file_id in MaterialFile.objects.filter(state=FileState.PENDING).values_list("pk", flat=True):
            shape(file_id=file_id)  # the few posters of the library: its first page should show them
        self.stdout.write(self.style.SUCCESS(f"✓ ข้อมูลสาธิต {made} กิจกรรม {Photo.objects.count()} ภาพ"))

    def prepare_pictures(self, *, everything: bool) -> None:
        """What people look at first now: records still being worked on, then the newest; the worker makes the others."""
        unfinished = ActivityPhoto.objects.filter(photo=OuterRef("pk")).exclude(
            activity__status=Status.ACCEPTED
        )
        pending = Photo.objects.filter(state=PhotoState.PENDING).order_by(
            Exists(unfinished).desc(), "-created_at"
        )
        now_wanted = list(pending if everything else pending[:NEWEST_PICTURES])
        self.stdout.write(f"→ เตรียมภาพ {len(now_wanted)} จาก {pending.count()} ภาพ ที่เหลือเตรียมต่อขณะเปิดเว็บ")
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(_prepare, now_wanted))
        flag_pending(now=timezone.now())


def _prepare(photo: Photo) -> None:
    try:
        prepare(photo)
    finally:
        connection.close()

"""``make run``: an embedded database full of demonstration data, served; run it as often as you like."""

import os
import socket
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.config.install import install
from jitasa.demo.people import LOG_INS


class Command(BaseCommand):
    help = "เตรียมฐานข้อมูลพร้อมข้อมูลสาธิต (ถ้ายังไม่มี) แล้วเปิดเว็บ"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--no-serve", action="store_true", help="เตรียมข้อมูลอย่างเดียว")
        parser.add_argument("--months", type=int, default=6, help="จำนวนเดือนย้อนหลัง (ปกติ 6)")

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if not options["no_serve"]:
            self.refuse_busy_port(port)
        self.stdout.write(f"→ ฐานข้อมูล {connection.vendor} ใน {settings.DATA_DIR}")
        call_command("migrate", verbosity=0)
        install(now=timezone.now(), say=self.stdout.write)
        if Activity.objects.exists():
            self.stdout.write("✓ มีข้อมูลอยู่แล้ว ไม่เขียนทับ")
        else:
            call_command("seed_demo", months=options["months"], stdout=self.stdout)
        self.stdout.write(self.style.SUCCESS(f"\nINFO จิตอาสา → http://localhost:{port}/\n"))
        for log_in in LOG_INS:
            self.stdout.write(f"  {log_in.username:<12} {log_in.password:<16} {log_in.what}")
        self.say_second_factor()
        self.stdout.write("\nหยุดด้วย Ctrl+C (Ctrl+C stops)\n")
        if not options["no_serve"]:
            call_command("serve", port=port)

    def say_second_factor(self) -> None:
        """How to try what a real installation demands of provinces, the department and administrators."""
        if settings.MFA_REQUIRED == "0":
            self.stdout.write("\nการสาธิตไม่บังคับการยืนยันตัวสองชั้น ลองแบบบังคับ: JITASA_MFA_REQUIRED=1 make run")
            self.stdout.write(
                "(a second factor is not demanded here; with JITASA_MFA_REQUIRED=1 make run it is)"
            )
        else:
            self.stdout.write("\nกรม จังหวัด และผู้ดูแลทุกแห่งต้องเพิ่มแอปหรือพาสคีย์เมื่อเข้าใช้ครั้งแรก")
            self.stdout.write(
                "เริ่มใหม่: jitasa reset-mfa fah (second factors are demanded; this takes one away again)"
            )

    def refuse_busy_port(self, port: int) -> None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise CommandError(f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ เลือกพอร์ตอื่น เช่น make run PORT={port + 1}")

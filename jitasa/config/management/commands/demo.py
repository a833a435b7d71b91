"""``make run``: an embedded database full of demonstration data, served; run it as often as you like."""

import os
import socket
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from jitasa.activities.models import Activity
from jitasa.config.install import install
from jitasa.config.management.commands import serve
from jitasa.config.supervisor import Program, Supervisor
from jitasa.config.tables import make_tables
from jitasa.demo.people import LOG_INS
from jitasa.demo.progress import begin, end, unfinished
from jitasa.demo.services.seed_demo import seed_newest, seed_older
from jitasa.heartbeat import orphaned

HOST = "127.0.0.1"
STATIC, STORY, OLDER = "static", "story", "older"  # what is done once, beside the site that is being started
LOOK_SECONDS = 0.2


class Command(BaseCommand):
    requires_system_checks = []  # made by the processes that serve
    help = "เตรียมฐานข้อมูลพร้อมข้อมูลสาธิต (ถ้ายังไม่มี) แล้วเปิดเว็บ"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        parser.add_argument("--no-serve", action="store_true", help="เตรียมข้อมูลอย่างเดียว")
        parser.add_argument("--months", type=int, default=6, help="จำนวนเดือนย้อนหลัง (ปกติ 6)")
        parser.add_argument("--part", choices=[STORY, OLDER], help="งานหนึ่งของคำสั่งนี้ ซึ่งคำสั่งนี้เปิดเอง")

    def handle(self, *args: Any, **options: Any) -> None:
        port, months = options["port"], options["months"]
        if options["part"] == STORY:
            self.tell_newest(port)
        elif options["part"] == OLDER:
            self.tell_older()
        elif options["no_serve"]:
            self.fill(port, months)
        else:
            self.serve(port, months)

    def fill(self, port: int, months: int) -> None:
        """All of it, with the newest pictures made; nothing is served."""
        if self.prepare(months):
            install(now=timezone.now(), say=self.stdout.write)
            call_command("seed_demo", months=months, stdout=self.stdout)
        self.say_ready(port)

    def serve(self, port: int, months: int) -> None:
        """The site starts while the story is told; its address is printed when the newest month stands."""
        self.refuse_busy_port(port)
        told = not self.prepare(months)
        serve.name_the_site(port)
        listener = serve.listen(HOST, port)
        programs = [Program(STATIC, [*serve.PYTHON, "jitasa.config", "static"], once=True)]
        programs += [serve.web(number, listener, (STATIC,)) for number in range(1, serve.web_processes() + 1)]
        if told:
            install(now=timezone.now(), say=lambda _line: None)
            self.say_ready(port)
        else:
            programs = [*self.story(port), *programs]
        programs += [serve.background(name, () if told else (STORY,)) for name in serve.BACKGROUND]
        with listener:
            Supervisor(programs).run()

    def story(self, port: int) -> list[Program]:
        command = [*serve.PYTHON, "jitasa.config", "demo", "--port", str(port), "--part"]
        older = ["nice", "-n", "10", *command, OLDER]  # whoever looks round goes first
        return [
            Program(STORY, [*command, STORY], once=True),
            Program(OLDER, older, once=True, after=(STORY,)),
        ]

    def prepare(self, months: int) -> bool:
        """Tables, and whether there is a story to be told (on)."""
        self.stdout.write(f"→ ฐานข้อมูล {connection.vendor} ใน {settings.DATA_DIR}")
        make_tables()
        if unfinished() is not None:
            self.stdout.write("→ ทำข้อมูลสาธิตต่อจากที่ค้างไว้")
            return True
        if Activity.objects.exists():
            self.stdout.write("✓ มีข้อมูลอยู่แล้ว ไม่เขียนทับ")
            return False
        begin(timezone.now(), months)
        return True

    def tell_newest(self, port: int) -> None:
        begun = begin(timezone.now(), 1)
        install(now=begun.now, say=self.stdout.write)
        seed_newest(now=begun.now, months=begun.months, say=self.stdout.write)
        if not wait_for_site(port):
            return
        self.say_ready(port)
        self.stdout.write(
            f"\n→ ใช้ได้แล้ว เดือนก่อน ๆ (อีก {begun.months - 1} เดือน) และภาพกำลังตามมาระหว่างที่ท่านใช้งาน"
        )
        self.stdout.write("  (ready; older months and pictures are being added while you look round)")

    def tell_older(self) -> None:
        begun = begin(timezone.now(), 1)
        made = seed_older(now=begun.now, months=begun.months, say=self.stdout.write)
        end()
        self.stdout.write(self.style.SUCCESS(f"✓ ข้อมูลสาธิตครบ {made} กิจกรรม (all of it is there)"))

    def say_ready(self, port: int) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nINFO จิตอาสา → http://localhost:{port}/\n"))
        for log_in in LOG_INS:
            self.stdout.write(f"  {log_in.username:<12} {log_in.password:<16} {log_in.what}")
        self.say_second_factor()
        self.stdout.write("\nหยุดด้วย Ctrl+C (Ctrl+C stops)\n")
        sys.stdout.flush()

    def say_second_factor(self) -> None:
        """How to try what a real installation demands of provinces, the department and administrators."""
        if settings.MFA_REQUIRED == "0":
            self.stdout.write("\nการสาธิตไม่บังคับการยืนยันตัวสองชั้น ลองแบบบังคับ: JITASA_MFA_REQUIRED=1 make run")
            self.stdout.write(
                "(a second factor is not demanded here; with JITASA_MFA_REQUIRED=1 make run it is)"
            )
        else:
            self.stdout.write("\nกรม จังหวัด และผู้ดูแลทุกแห่งต้องเพิ่มแอปหรือพาสคีย์เมื่อเข้าสู่ระบบครั้งแรก")
            self.stdout.write(
                "เริ่มใหม่: jitasa reset-mfa fah (second factors are demanded; this takes one away again)"
            )

    def refuse_busy_port(self, port: int) -> None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                raise CommandError(f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่ เลือกพอร์ตอื่น เช่น make run PORT={port + 1}")


def wait_for_site(port: int) -> bool:
    """Until a web process answers: the listening socket alone takes connections before there is one.

    False when the site has been killed, so that there will be none.
    """
    while not orphaned():
        try:
            with socket.create_connection((HOST, port), timeout=5) as site:
                site.sendall(
                    f"GET /readyz HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n".encode()
                )
                if site.recv(12).startswith(b"HTTP/1."):
                    return True
        except OSError:  # not yet
            pass
        time.sleep(LOOK_SECONDS)
    return False

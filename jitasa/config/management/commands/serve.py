"""Serve the site: web processes, worker and scheduler under one supervisor that never gives up."""

import ipaddress
import os
import socket
import sys
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jitasa.config import env
from jitasa.config.checks import OF_THE_INSTALLATION
from jitasa.config.observing.metrics import begin_folder
from jitasa.config.static_files import collect_static
from jitasa.config.supervisor import Program, Supervisor

PYTHON = [sys.executable, "-m"]
WEB_SILENT_SECONDS = 60.0
BACKGROUND = ("worker", "pictures", "scheduler")
OPEN_TO_ALL = """ไม่เปิดที่ {host} เพราะยังไม่มีพร็อกซีอยู่หน้าโปรแกรม เลือกอย่างใดอย่างหนึ่ง:
  1. ให้ nginx รับจากนอกระบบ (ตัวอย่าง deploy/nginx.conf) แล้วตั้ง JITASA_BEHIND_PROXY=1 และเปิด jitasa serve --host 127.0.0.1
  2. ถ้าตั้งใจเปิดตรง เช่น ในวงภายในสำนักงาน ให้เพิ่ม --without-proxy (ไม่มี https รหัสผ่านอ่านได้ระหว่างทาง)
(refused: {host} is reachable from outside and no proxy is set; see docs/operator.md, "Behind a proxy")"""


class Command(BaseCommand):
    requires_system_checks = OF_THE_INSTALLATION
    help = "เปิดเว็บ ตัวทำงานเบื้องหลัง และตัวตั้งเวลา ตัวใดล้มจะเปิดให้ใหม่เสมอ"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="ที่อยู่ที่รับฟัง (ปกติ 127.0.0.1)")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="พอร์ต")
        parser.add_argument(
            "--processes", type=int, help="จำนวนโพรเซสของเว็บ (ปกติ JITASA_WEB_PROCESSES หรือ 2)"
        )
        parser.add_argument("--without-proxy", action="store_true", help="ยอมเปิดรับจากนอกระบบโดยไม่มีพร็อกซี")
        parser.add_argument("--web-only", action="store_true", help="เฉพาะเว็บ ไม่มีตัวทำงานเบื้องหลังและตัวตั้งเวลา")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if not is_this_machine(host) and not settings.BEHIND_PROXY and not options["without_proxy"]:
            raise CommandError(OPEN_TO_ALL.format(host=host))
        processes = options["processes"] or web_processes()
        collect_static()
        name_the_site(port)
        begin_folder()
        listener = listen(host, port)
        programs = [web(number, listener) for number in range(1, processes + 1)]
        if not options["web_only"]:
            programs += [background(name) for name in BACKGROUND]
        with listener:
            Supervisor(programs).run()


def web_processes() -> int:
    return env.number("JITASA_WEB_PROCESSES", 2, 1, 64)


def name_the_site(port: int) -> None:
    """Links in QR codes, feeds and letters lead to where this site stands, unless it has a name."""
    os.environ.setdefault("JITASA_SITE_URL", f"http://localhost:{port}")


def is_this_machine(host: str) -> bool:
    """Whether nobody else can reach this address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """Listened on here for all web processes: while one is started anew, nobody is turned away.

    :raises CommandError: the port is taken, or the address is not ours
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise CommandError(f"เปิดที่ {host}:{port} ไม่ได้ ({error.strerror}) เลือกพอร์ตอื่นด้วย --port") from None


def web(number: int, listener: socket.socket, after: Sequence[str] = ()) -> Program:
    descriptor = listener.fileno()
    return Program(
        name=f"web-{number}",
        command=[*PYTHON, "jitasa.config.web", str(descriptor)],
        pass_fds=(descriptor,),
        silent_seconds=WEB_SILENT_SECONDS,
        after=after,
    )


def background(name: str, after: Sequence[str] = ()) -> Program:
    # What a clerk waits for goes before the copies of her pictures.
    return Program(name=name, command=[*PYTHON, "jitasa.config", name, "--nice", "10"], after=after)

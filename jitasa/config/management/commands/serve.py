"""Serve the site: web processes (granian) and one background worker as one process group."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "เปิดเว็บและตัวทำงานเบื้องหลัง"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="ที่อยู่ที่รับฟัง (ปกติ 127.0.0.1)")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="พอร์ต")
        parser.add_argument("--processes", type=int, default=2, help="จำนวนโพรเซสของเว็บ")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        # Links in QR codes, feeds and letters lead to where this site stands, unless it has a name.
        os.environ.setdefault("JITASA_SITE_URL", f"http://localhost:{options['port']}")
        bin_dir = Path(sys.executable).parent
        web = [
            str(bin_dir / "granian"), "--interface", "wsgi", "--no-ws", "--host", options["host"],
            "--port", str(options["port"]), "--workers", str(options["processes"]),
            "--blocking-threads", "1", "--respawn-failed-workers", "--log-level", "warning",
            "jitasa.config.wsgi:application",
        ]  # fmt: skip
        # What a clerk waits for goes before the copies of her pictures.
        worker = [str(bin_dir / "jitasa"), "worker", "--nice", "10"]
        pictures = [str(bin_dir / "jitasa"), "pictures", "--nice", "10"]
        # Each in a group of its own: Ctrl+C of the terminal must not reach them beside the one signal sent
        # here. Two at once leave granian standing, and the worker takes the second for impatience.
        children = [subprocess.Popen(command, process_group=0) for command in (web, worker, pictures)]  # noqa: S603 (ours)
        asked = False

        def stop(_number: int, _frame: FrameType | None) -> None:
            nonlocal asked
            asked = True
            for child in children:
                child.terminate()

        signal.signal(signal.SIGINT, stop)
        signal.signal(signal.SIGTERM, stop)
        code = children[0].wait()
        for child in children[1:]:
            if not asked:
                child.terminate()
            child.wait()
        sys.exit(0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else code)

"""A worker killed by ``kill -9`` while it hands a mail to a mail server on a socket: nobody gets a second one."""

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jitasa.config.tests.served import environment

MAKE = """
import jitasa.config.tests.prepare
from jitasa.accounts.models import User
for user in User.objects.all():
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.com")
"""
SEND = """
import django
django.setup()
from datetime import UTC, date, datetime
from jitasa.home.services.morning_mail import send_some
send_some(day=date(2026, 11, 23), after=0, now=datetime(2026, 11, 23, 0, 5, tzinfo=UTC))
"""
RECIPIENT = re.compile(rb"RCPT TO:<([^>]+)>", re.IGNORECASE)


class MailServer(socketserver.ThreadingTCPServer):
    """Takes every mail; the one with the number ``kills`` is the last thing its sender does."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.taken: Counter[str] = Counter()
        self.kills = 0
        self.sender: subprocess.Popen[bytes] | None = None


class Talk(socketserver.StreamRequestHandler):
    """As much SMTP as a client needs."""

    server: Any

    def handle(self) -> None:
        self.wfile.write(b"220 mail.example\r\n")
        to = ""
        while line := self.rfile.readline():
            if found := RECIPIENT.match(line):
                to = found[1].decode()
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.taken[to] += 1
                if self.server.taken.total() == self.server.kills:
                    os.kill(self.server.sender.pid, signal.SIGKILL)  # it never hears that the mail was taken
                    return
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


@pytest.mark.long
def test_a_worker_killed_with_a_mail_on_the_line_sends_no_second_one(tmp_path: Path) -> None:
    with MailServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = str(server.server_address[1])
        mail = {"JITASA_DEBUG": "1", "JITASA_EMAIL_HOST": "127.0.0.1", "JITASA_EMAIL_PORT": port}
        env = environment(tmp_path, **mail, DJANGO_SETTINGS_MODULE="jitasa.config.tests.quick_settings")
        subprocess.run([sys.executable, "-c", MAKE], env=env, check=True, stdout=subprocess.DEVNULL)
        server.kills = 3
        ends = []
        for _ in range(2):
            server.sender = subprocess.Popen([sys.executable, "-c", SEND], env=env)
            ends.append(server.sender.wait(240))
        server.shutdown()
    assert ends == [-signal.SIGKILL, 0]
    names = ("anong", "boonmee", "chai", "dao", "ek", "fah")
    assert server.taken == Counter(f"{name}@example.com" for name in names)

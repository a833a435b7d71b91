"""``jitasa access-log``: read the access log; that it was read, and by whom, stands in the audit."""

import getpass
import json
import sys
from argparse import ArgumentTypeError
from dataclasses import dataclass
from datetime import datetime, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils import timezone

from jitasa.audit.access.reading import LineFilter, lines
from jitasa.audit.services.record import record
from jitasa.thai.dates import BANGKOK, parse_date, today
from jitasa.ui.reading import identifier

FILTERS = ("since", "until", "person", "address", "status", "path")


@dataclass(frozen=True)
class Operator:
    """The user of the machine who runs the command."""

    user_name: str
    user_id: int | None = None
    office_id: int | None = None
    office_name: str = ""
    address: str = ""


class Command(BaseCommand):
    help = "อ่านบันทึกการเข้าถึงของเครื่องแม่ข่าย เวลาไทย การอ่านถูกบันทึกไว้ด้วย (read the access log)"
    requires_system_checks = []  # of pages and addresses, which it does not load: the suite makes them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", help="ตั้งแต่ เช่น 2026-11-25 หรือ 2026-11-25T08:00 (เวลาไทย)")
        parser.add_argument("--until", help="ถึง เช่น 2026-11-25 (ทั้งวัน) หรือ 2026-11-25T09:30")
        parser.add_argument("--person", default="", help="ชื่อผู้ใช้ เลขผู้ใช้ หรือ guest")
        parser.add_argument("--address", type=network, help="ที่อยู่เครือข่าย เช่น 10.1.2.3 หรือ 2001:db8::/64")
        parser.add_argument("--status", default="", help="ผล เช่น 403 หรือ 5xx")
        parser.add_argument("--path", default="", help="ส่วนของหน้า เช่น /work/letters/")
        parser.add_argument("--json", action="store_true", help="หนึ่งบรรทัดต่อหนึ่ง JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = LineFilter(
            since=moment(options["since"], time.min),
            until=moment(options["until"], time.max),
            who=self.person(options["person"]),
            network=options["address"],
            status=options["status"],
            path=options["path"],
        )
        self.note_reading({name: str(options[name]) for name in FILTERS if options[name]})
        for line in lines(wanted):
            self.stdout.write(json.dumps(line, ensure_ascii=False) if options["json"] else shown(line))

    def person(self, asked: str) -> str:
        if not asked or asked == "guest":
            return asked
        if identifier(asked) is not None:
            return f"person:{asked}"
        pk = get_user_model()._default_manager.filter(username=asked).values_list("pk", flat=True).first()
        if pk is None:
            raise CommandError(f"ไม่มีผู้ใช้ชื่อ {asked}")
        return f"person:{pk}"

    def note_reading(self, filters: dict[str, str]) -> None:
        """In the audit; a database that is down keeps nobody from reading the files."""
        try:
            with transaction.atomic():
                data = {"system_user": getpass.getuser(), "filters": filters}
                actor = Operator(f"ผู้ดูแลเครื่อง {getpass.getuser()}")
                record(actor=actor, verb="audit.read_access_log", data=data, now=timezone.now())
        except DatabaseError as error:
            sys.stderr.write(f"บันทึกการอ่านลงฐานข้อมูลไม่ได้: {error}\n")


def network(text: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        raise ArgumentTypeError(f"{text} ไม่ใช่ที่อยู่เครือข่าย เช่น 10.1.2.3 หรือ 10.1.0.0/16") from None


def moment(text: str | None, of_day: time) -> datetime | None:
    """A moment, or the first or last one of a day, in Thai time."""
    if not text:
        return None
    try:
        if "T" in text or ":" in text:
            found = datetime.fromisoformat(text)
            return found if found.tzinfo else found.replace(tzinfo=BANGKOK)
        return datetime.combine(parse_date(text, near=today(timezone.now())), of_day, tzinfo=BANGKOK)
    except ValueError:
        raise CommandError(f"{text} ไม่ใช่วันเวลา เช่น 2026-11-25 หรือ 2026-11-25T08:00") from None


def shown(line: dict[str, Any]) -> str:
    at = (
        datetime.fromisoformat(line["at"])
        .astimezone(BANGKOK)
        .isoformat(sep=" ", timespec="milliseconds")[:23]
    )
    who = line["who"] if line["office"] is None else f"{line['who']} office:{line['office']}"
    size = "-" if line["bytes"] is None else line["bytes"]
    lost = f" (ก่อนบรรทัดนี้หายไป {line['lost']} บรรทัด)" if line.get("lost") else ""
    return f"{at} {line['status']} {line['method']} {line['path']} {who} {line['from']} {line['ms']} ms {size} B{lost}"

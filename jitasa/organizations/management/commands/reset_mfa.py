"""``jitasa reset-mfa USERNAME``: take somebody's second factors away, when nobody above can."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.accounts.rules import clean_username
from jitasa.organizations.services.second_factor import reset_second_factor
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Refusal


class Command(BaseCommand):
    help = "ยกเลิกแอป พาสคีย์ และรหัสสำรองของผู้ใช้ และให้ออกจากระบบทุกอุปกรณ์ (remove a person's second factors)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="ชื่อผู้ใช้")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=clean_username(options["username"])).first()
        if user is None:
            raise CommandError(f"ไม่พบผู้ใช้ {options['username']} ตรวจตัวสะกด")
        try:
            count = reset_second_factor(actor=SYSTEM, user=user, now=timezone.now())
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"✓ ยกเลิกแล้ว {count} วิธี {user.username} เข้าสู่ระบบด้วยรหัสผ่าน แล้วเพิ่มวิธีใหม่")

"""``jitasa create-user USERNAME --organization CODE --role ROLE``: a person with a first post."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.services.people import create_person
from jitasa.organizations.viewer import SYSTEM
from jitasa.problems import Refusal


class Command(BaseCommand):
    help = "สร้างผู้ใช้พร้อมตำแหน่งแรก แล้วพิมพ์รหัสผ่านชั่วคราวครั้งเดียว (create a person with a first post)"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="ชื่อผู้ใช้")
        parser.add_argument(
            "--organization", required=True, help="รหัสหน่วยงาน เช่น 06810104, 8101, 81 หรือ 00 (กรม)"
        )
        parser.add_argument("--role", required=True, choices=Role.values, help="บทบาท")
        parser.add_argument("--name", default="", help="ชื่อ-สกุล")
        parser.add_argument("--title", default="", help="ตำแหน่ง")
        parser.add_argument("--email", default="", help="อีเมล")

    def handle(self, *args: Any, **options: Any) -> None:
        office = Organization.objects.open().filter(code=options["organization"]).first()
        if office is None:
            raise CommandError(f"ไม่พบหน่วยงานรหัส {options['organization']} ตรวจรหัสในทะเบียน")
        try:
            made = create_person(
                actor=SYSTEM,
                organization=office,
                username=options["username"],
                role=options["role"],
                full_name=options["name"],
                title=options["title"],
                email=options["email"],
                now=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"ผู้ใช้ {made.user.username} · {made.post.get_role_display()} · {office}")
        self.stdout.write(f"ต้องเข้าสู่ระบบและตั้งรหัสผ่านใหม่ภายใน {settings.ONE_TIME_PASSWORD_DAYS} วัน")
        self.stdout.write(f"รหัสผ่านชั่วคราว: {made.password}")

"""The pages that a person goes to by name: those of the bar, and the rest for the search over everything."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jitasa.activities.rules import may_record
from jitasa.compilation.rules import may_see_boards
from jitasa.home import summary as executive
from jitasa.letters.rules import may_keep_registers, may_name_centre_head
from jitasa.letters.rules import may_write as may_write_letters
from jitasa.occasions.rules import may_add as may_set_days
from jitasa.organizations.choices import Role
from jitasa.organizations.rules import may_edit_registry
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.rules import may_campaign
from jitasa.publicity.rules import may_write as may_publish
from jitasa.review.rules import may_open_review
from jitasa.thai.search import stored
from jitasa.ui.finding import Hit


def anybody(viewer: Viewer) -> bool:
    return viewer.user is not None


def works_here(viewer: Viewer) -> bool:
    """Holds a post: what the pages of an office ask first."""
    return bool(viewer.roles)


def of_the_department(viewer: Viewer) -> bool:
    """Reads the department's lists and rules where they are kept; others see them where they are used."""
    return viewer.is_department and bool(viewer.roles)


def administers(viewer: Viewer) -> bool:
    return viewer.is_administrator


def steers(viewer: Viewer) -> bool:
    """Acts for the volunteer centre alone: her letters are those it sends, not those that came to the office."""
    return viewer.only_steers


def looks_on(viewer: Viewer) -> bool:
    """Is met by numbers, not by tasks: an executive who only reads, and the centre."""
    return executive.is_for(viewer) or viewer.only_steers


def has_work(viewer: Viewer) -> bool:
    return anybody(viewer) and not looks_on(viewer)


def has_letters(viewer: Viewer) -> bool:
    return works_here(viewer) and not viewer.only_steers


def keeps_letterhead(viewer: Viewer) -> bool:
    return viewer.has(Role.ADMINISTRATOR, Role.APPROVER)


@dataclass(frozen=True)
class MenuEntry:
    """``may`` says who is answered there; ``also`` are other words it is looked for by; ``icon`` in the bar."""

    name: str
    label: Promise
    may: Callable[[Viewer], bool] = works_here
    icon: str = ""
    also: str = ""

    @property
    def url(self) -> str:
        return reverse(self.name)


BAR = (
    MenuEntry("home:start", _("งานของฉัน"), has_work, "home", "หน้าแรก start"),
    MenuEntry("home:start", _("ภาพรวม"), looks_on, "home", "หน้าแรก start"),
    MenuEntry("activities:list", _("กิจกรรม"), anybody, "heart", "รายการกิจกรรม activities"),
    MenuEntry("review:list", _("ตรวจ"), may_open_review, "review", "รับ ส่งกลับ review"),
    MenuEntry("letters:inbox", _("หนังสือ"), has_letters, "inbox", "หนังสือเข้า ลงรับ letters inbox"),
    MenuEntry("letters:outbox", _("หนังสือ"), steers, "inbox", "หนังสือส่ง letters outbox"),
    MenuEntry(
        "compilation:board", _("รายเดือน"), works_here, "calendar", "ตารางติดตาม ความคืบหน้า ยืนยันเดือน month"
    ),
    MenuEntry("occasions:calendar", _("ปฏิทิน"), works_here, "flag", "วันสำคัญ calendar"),
    MenuEntry("publicity:home", _("ประชาสัมพันธ์"), works_here, "share", "เผยแพร่ publicity"),
    MenuEntry("organizations:list", _("ทะเบียน"), anybody, "office", "หน่วยงาน อปท. registry"),
    MenuEntry("organizations:people", _("ผู้ใช้"), administers, "people", "ตำแหน่ง บัญชี users people"),
    MenuEntry(
        "rounds:settings", _("ตั้งค่า"), of_the_department, "settings", "รายการ หลักเกณฑ์การรายงาน settings"
    ),
)
REST = (
    MenuEntry("activities:new", _("บันทึกกิจกรรม"), may_record, also="เพิ่ม ใหม่ record new"),
    MenuEntry("notices:list", _("แจ้งเตือน"), anybody, also="ข่าว กระดิ่ง notices"),
    MenuEntry("letters:outbox", _("หนังสือส่ง"), has_letters, also="ส่ง outbox"),
    MenuEntry("letters:new", _("เขียนหนังสือ"), may_write_letters, also="ร่าง สั่งการ compose"),
    MenuEntry("letters:outside", _("ลงรับหนังสือที่มานอกระบบ"), may_keep_registers, also="กระดาษ outside"),
    MenuEntry("letters:receipts", _("ทะเบียนหนังสือรับ"), also="register"),
    MenuEntry("letters:dispatches", _("ทะเบียนหนังสือส่ง"), also="register"),
    MenuEntry("letters:settings", _("หัวหนังสือและผู้ลงนาม"), keeps_letterhead, also="ตั้งค่า letterhead"),
    MenuEntry(
        "letters:centre_settings",
        _("หัวหน้าศูนย์อำนวยการจิตอาสา"),
        may_name_centre_head,
        also="ศอ.จอส. ปลัดกระทรวง",
    ),
    MenuEntry("compilation:list", _("รายงานที่รวบรวมแล้ว"), also="รวบรวม compilation"),
    MenuEntry("occasions:list", _("รายการวันสำคัญ"), also="ปฏิทิน occasions"),
    MenuEntry("occasions:add", _("กำหนดวันสำคัญ"), may_set_days, also="เพิ่มวัน ศอ.จอส. occasions"),
    MenuEntry("publicity:materials", _("คลังสื่อ"), also="ภาพ วิดีโอ materials"),
    MenuEntry("publicity:channels", _("ช่องทางเผยแพร่"), also="เพจ เว็บไซต์ channels"),
    MenuEntry("publicity:campaigns", _("การส่งสื่อ"), also="รณรงค์ campaigns"),
    MenuEntry("publicity:campaign_new", _("ส่งสื่อให้หน่วยงาน"), may_campaign, also="campaign"),
    MenuEntry("publicity:broadcasts", _("การเผยแพร่"), also="โพสต์ broadcasts"),
    MenuEntry("publicity:broadcast_new", _("บันทึกการเผยแพร่"), may_publish, also="โพสต์ broadcast"),
    MenuEntry("publicity:board", _("ตารางติดตามประชาสัมพันธ์"), may_see_boards, also="board"),
    MenuEntry("organizations:import", _("นำเข้าทะเบียน"), may_edit_registry, also="csv import"),
    MenuEntry("rounds:list", _("หลักเกณฑ์การรายงานของแต่ละเดือน"), also="กำหนดส่ง รอบ rounds"),
    MenuEntry("audit:list", _("บันทึกการใช้งาน"), administers, also="ตรวจสอบ ประวัติ audit"),
    MenuEntry("portal_desk:requests", _("คำขอเรื่องภาพ"), also="ลบภาพ ขอลบ"),
    MenuEntry("accounts:profile", _("ข้อมูลของฉัน"), anybody, also="ชื่อ อีเมล ภาษา เลขไทย profile"),
    MenuEntry("accounts:security", _("ความปลอดภัยของบัญชี"), anybody, also="สองขั้น พาสคีย์ security passkey"),
    MenuEntry("accounts:password", _("เปลี่ยนรหัสผ่าน"), anybody, also="password"),
    MenuEntry("accounts:sessions", _("อุปกรณ์ที่เข้าสู่ระบบอยู่"), anybody, also="ออกจากระบบ sessions"),
    MenuEntry("organizations:own_posts", _("ตำแหน่งของฉัน"), anybody, also="posts"),
    MenuEntry("organizations:own_data", _("ข้อมูลส่วนบุคคลของฉัน"), anybody, also="PDPA ขอลบ privacy"),
    MenuEntry("manual:index", _("คู่มือ"), anybody, also="วิธีใช้ ช่วยเหลือ help manual"),
)


def in_bar(viewer: Viewer) -> list[MenuEntry]:
    """The entries of the bar for this person, in their order."""
    return [entry for entry in BAR if entry.may(viewer)]


def is_here(entry: MenuEntry, request: HttpRequest) -> bool:
    """Whether the page asked for belongs to the entry; people and registry are pages of one app."""
    match = request.resolver_match
    if match is None or match.app_name != entry.name.partition(":")[0]:
        return False
    if match.app_name != "organizations":
        return True
    return request.path.startswith(reverse("organizations:people")) == (entry.name == "organizations:people")


def pages_holding(wanted: Iterable[str], viewer: Viewer) -> list[Hit]:
    """The pages that the person may open and whose name or other words hold every word."""
    asked = list(wanted)
    found = [entry for entry in (*BAR, *REST) if entry.may(viewer)]
    return [Hit(str(each.label), "", each.url) for each in found if _holds(each, asked)]


def _holds(entry: MenuEntry, asked: list[str]) -> bool:
    held = stored(str(entry.label), entry.also)
    return all(word in held for word in asked)

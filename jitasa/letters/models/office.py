"""What an office sets once: letterhead, number prefix, signers; and its registers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import Capacity, RegisterKind
from jitasa.organizations.in_use import RetirableQuerySet
from jitasa.organizations.models import Organization


class LetterSettings(models.Model):
    """The letterhead of an office. ``number_prefix`` is what stands before the slash: ``กบ ๐๐๒๓.๑``."""

    organization = models.OneToOneField(
        Organization, on_delete=models.PROTECT, related_name="letter_settings"
    )
    number_prefix = models.CharField(_("เลขรหัสประจำหน่วยงาน"), max_length=40, blank=True)
    office_name = models.CharField(_("ส่วนราชการเจ้าของหนังสือ"), max_length=200, blank=True)
    address = models.CharField(_("ที่ตั้ง"), max_length=300, blank=True)
    owner_unit = models.TextField(_("ส่วนราชการเจ้าของเรื่อง"), blank=True)
    phone = models.CharField(_("โทร."), max_length=80, blank=True)
    fax = models.CharField(_("โทรสาร"), max_length=80, blank=True)
    email = models.EmailField(_("ไปรษณีย์อิเล็กทรอนิกส์"), blank=True)
    coordinator = models.CharField(_("ผู้ประสานงาน"), max_length=150, blank=True)
    # At the foot of every page: a motto, an announcement of the office, what marks a sample.
    foot_note = models.CharField(_("ข้อความท้ายกระดาษ"), max_length=150, blank=True)
    emblem = models.CharField(max_length=64, blank=True, editable=False)  # sha256 of the office's own picture
    seal = models.CharField(max_length=64, blank=True, editable=False)  # sha256 of ตราชื่อส่วนราชการ
    circular_series = models.BooleanField(_("หนังสือเวียนใช้เลขทะเบียนแยกจากหนังสือทั่วไป (ข้อ 32)"), default=False)
    # The department's report to the ministry, by the usage of its house.
    cover_by_memo = models.BooleanField(_("นำส่งรายงานประจำเดือนเป็นบันทึกข้อความ"), default=False)
    # Whom the ministry's centre names as its head (docs/adr/0088): the department reports to it.
    centre_head = models.CharField(_("คำขึ้นต้นถึงหัวหน้าศูนย์อำนวยการจิตอาสา"), max_length=200, blank=True)
    pass_on_text = models.TextField(_("ข้อความนำเมื่อส่งต่อ"), blank=True)


class Signer(models.Model):
    """A person who signs for an office by her post, and in what capacity.

    ``user`` alone may issue a letter over this name. A row with ``stands_for`` is a delegation: from
    ``from_date`` to ``to_date`` its person signs, under her own name and in a capacity for another
    (ปฏิบัติราชการแทน …), what was laid before the signer she stands for. ``order_text`` names the order
    by which that was given to her. Rows from before persons were named have no ``user``: nobody signs by them.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="signers")
    name = models.CharField(_("ชื่อเต็ม"), max_length=150)
    position = models.CharField(_("ตำแหน่ง"), max_length=200)
    capacity = models.CharField(_("ลงนามในฐานะ"), max_length=12, choices=Capacity, default=Capacity.OWN)
    on_behalf_of = models.CharField(_("แทนตำแหน่ง"), max_length=200, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("บุคคลในหน่วยงาน"),
    )
    stands_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        verbose_name=_("ลงนามแทนผู้ลงนาม"),
    )
    order_text = models.CharField(_("คำสั่งหรือหนังสือมอบอำนาจ"), max_length=200, blank=True)
    from_date = models.DateField(_("ตั้งแต่วันที่"), null=True, blank=True)
    to_date = models.DateField(_("ถึงวันที่"), null=True, blank=True)
    position_order = models.PositiveSmallIntegerField(default=100)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[RetirableQuerySet["Signer"]] = RetirableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["position_order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(stands_for=None)
                | (
                    Q(user__isnull=False, from_date__isnull=False)
                    & Q(to_date__gte=F("from_date"))
                    & ~Q(capacity=Capacity.OWN)
                ),
                name="signer_stands_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.position}"


class Signature(models.Model):
    """A person's own signature as a picture, put in by nobody but her; the file lies in the private store."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="letter_signature"
    )
    sha256 = models.CharField(max_length=64)
    updated_at = models.DateTimeField()


class Register(models.Model):
    """The last number of one register: per office, calendar year (B.E.) and kind; its row is the lock.

    Numbers run from 1 without a gap: a number is taken in the transaction that issues or receives.
    ``typed`` is the highest number that was not taken from the register but typed from paper: up to it
    the register must look whether the next number is free.
    """

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=RegisterKind)
    last = models.PositiveIntegerField(default=0)
    typed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "year", "kind"], name="register_once"),
        ]

"""What an office sets once: letterhead, number prefix, signers; and its registers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jitasa.letters.choices import Capacity, RegisterKind
from jitasa.organizations.in_use import RetirableQuerySet
from jitasa.organizations.models import Organization


class LetterSettings(models.Model):
    """The letterhead of an office. ``number_prefix`` is what stands before the slash: ``กบ ๐๐๒๓.๑``."""

    organization = models.OneToOneField(
        Organization, on_delete=models.PROTECT, related_name="letter_settings"
    )
    number_prefix = models.CharField(_("รหัสหนังสือ"), max_length=40, blank=True)
    office_name = models.CharField(_("ส่วนราชการเจ้าของหนังสือ"), max_length=200, blank=True)
    address = models.CharField(_("ที่ตั้ง"), max_length=300, blank=True)
    owner_unit = models.TextField(_("ส่วนราชการเจ้าของเรื่อง"), blank=True)
    phone = models.CharField(_("โทร."), max_length=80, blank=True)
    fax = models.CharField(_("โทรสาร"), max_length=80, blank=True)
    email = models.EmailField(_("ไปรษณีย์อิเล็กทรอนิกส์"), blank=True)
    coordinator = models.CharField(_("ผู้ประสานงาน"), max_length=150, blank=True)
    emblem = models.CharField(max_length=64, blank=True, editable=False)  # sha256 of the office's own picture
    pass_on_text = models.TextField(_("ข้อความนำเมื่อส่งต่อ"), blank=True)


class Signer(models.Model):
    """Who may sign for an office, and in what capacity."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="signers")
    name = models.CharField(_("ชื่อเต็ม"), max_length=150)
    position = models.CharField(_("ตำแหน่ง"), max_length=200)
    capacity = models.CharField(_("ลงนามในฐานะ"), max_length=12, choices=Capacity, default=Capacity.OWN)
    on_behalf_of = models.CharField(_("แทนตำแหน่ง"), max_length=200, blank=True)
    position_order = models.PositiveSmallIntegerField(default=100)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[RetirableQuerySet["Signer"]] = RetirableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["position_order", "id"]

    def __str__(self) -> str:
        return f"{self.name} {self.position}"


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

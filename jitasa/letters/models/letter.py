"""A letter: the parts of a หนังสือภายนอก in the order of the rules, and what it is linked to."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jitasa.distribution.models import Sending
from jitasa.letters.choices import (
    AnswerKind,
    LetterKind,
    LetterStatus,
    Origin,
    RegisterKind,
    Retention,
    Urgency,
)
from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization
from jitasa.organizations.scope import scope_and_before
from jitasa.organizations.viewer import Viewer


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Letters of the viewer's offices, and those sent to an office in the viewer's scope.

        An office also sees what the offices merged into it sent and received.
        """
        from jitasa.letters.models.dispatch import Dispatch

        if viewer.is_system:
            return self
        if viewer.organization is None or not viewer.roles:
            return self.none()
        here = scope_and_before(viewer, "recipient")
        sent_here = Dispatch.objects.filter(here, letter=OuterRef("pk"))
        own = Q(organization=viewer.organization)
        drafts = Q(status__in=[LetterStatus.DRAFT, LetterStatus.AWAITING])
        theirs = scope_and_before(viewer) & ~drafts
        return self.filter(own | theirs | Exists(sent_here))


class Letter(Sending):
    """``date_printed`` is the date on the page, ``date_verified`` the one known to be true.

    They differ in practice: Krabi's letter of 2565 cites its parent with a year that both receive
    stamps contradict (docs/domain.md §1). ``body`` is a list of blocks: ``{"kind": "paragraph"|"order",
    "text": …, "own": bool}`` where ``own`` marks what the passing office added.
    """

    uuid = models.UUIDField(unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="letters")
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.OWN)
    kind = models.CharField(_("ชนิดหนังสือ"), max_length=12, choices=LetterKind, default=LetterKind.EXTERNAL)
    status = models.CharField(max_length=10, choices=LetterStatus, default=LetterStatus.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    number = models.CharField(_("ที่"), max_length=60, blank=True)
    number_key = models.CharField(max_length=60, blank=True, editable=False, db_index=True)
    # In which of the office's registers the number stands; circulars have their own where the office says so.
    series = models.CharField(max_length=8, choices=RegisterKind, default=RegisterKind.DISPATCH)
    register_year = models.PositiveSmallIntegerField(null=True)
    register_number = models.PositiveIntegerField(null=True)
    is_circular = models.BooleanField(_("หนังสือเวียน (ว)"), default=True)
    urgency = models.CharField(_("ชั้นความเร็ว"), max_length=12, choices=Urgency, default=Urgency.NORMAL)
    date_printed = models.DateField(_("ลงวันที่"), null=True, blank=True)
    date_verified = models.DateField(_("วันที่ถูกต้องตามที่ตรวจสอบ"), null=True, blank=True)
    from_text = models.CharField(_("จาก"), max_length=250, blank=True)
    subject = models.CharField(_("เรื่อง"), max_length=400, blank=True)
    to_text = models.CharField(_("เรียน"), max_length=400, blank=True)
    addressees = models.TextField(_("รายชื่อแนบท้าย"), blank=True)  # one a line, on a sheet of its own
    body = models.JSONField(default=list, blank=True)
    closing = models.CharField(_("คำลงท้าย"), max_length=60, default="ขอแสดงความนับถือ")
    # Written by the volunteer centre beside the office; numbered in the office's registers like any other.
    by_centre = models.BooleanField(default=False, editable=False)
    head = models.JSONField(
        default=dict, blank=True
    )  # letterhead as printed: office, address, owner, phone …
    signer = models.JSONField(default=dict, blank=True)  # name, position, capacity as printed
    copies_to = models.CharField(_("สำเนาส่ง"), max_length=400, blank=True)
    qr_target = models.CharField(_("คิวอาร์โค้ดไปที่"), max_length=300, blank=True)
    qr_caption = models.CharField(_("คำใต้คิวอาร์โค้ด"), max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    # The first letter of the chain; empty for that letter itself.
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    answer_kind = models.CharField(_("ขอให้ตอบ"), max_length=12, choices=AnswerKind, default=AnswerKind.NONE)
    answer_by = models.DateField(_("ภายในวันที่"), null=True, blank=True)
    answer_occasion = models.ForeignKey(
        Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer_columns = models.JSONField(default=list, blank=True)
    escalate_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    retention = models.CharField(
        _("อายุการเก็บ"), max_length=10, choices=Retention, default=Retention.TEN_YEARS
    )

    content_hash = models.CharField(max_length=64, blank=True)
    search_text = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_by = models.ForeignKey(  # who laid it before the signer
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Sent back to be changed by whom it was laid before; emptied when it is laid before a signer again.
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    return_reason = models.CharField(max_length=400, blank=True)
    recalled_at = models.DateTimeField(null=True)
    recall_reason = models.CharField(max_length=400, blank=True)
    destroyed_at = models.DateTimeField(null=True)

    objects: ClassVar[LetterQuerySet] = LetterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(status__in=LetterStatus.values), name="letter_status_known"),
            models.UniqueConstraint(
                fields=["organization", "series", "register_year", "register_number"],
                condition=Q(register_number__isnull=False),
                name="letter_number_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[LetterStatus.DRAFT, LetterStatus.AWAITING]) | ~Q(number=""),
                name="letter_issued_has_number",
            ),
            models.CheckConstraint(
                condition=Q(sent_count__lte=F("send_total")), name="letter_sent_not_over_total"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="letter_not_its_own_parent"),
            # Passing on twice shows the first: one live child per office and parent.
            models.UniqueConstraint(
                fields=["organization", "parent"],
                condition=Q(parent__isnull=False) & ~Q(status=LetterStatus.RECALLED),
                name="letter_passed_on_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "status", "-updated_at"], name="letter_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.number or 'ร่าง'} {self.subject}".strip()

    @property
    def chain_id(self) -> int:
        """The id of the first letter of the chain this one belongs to."""
        return self.root_id or self.pk


class Reference(models.Model):
    """อ้างถึง: an earlier letter as cited, and the letter in the system if it is there."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="references")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(_("เลขที่หนังสือ"), max_length=60)
    date = models.DateField(_("ลงวันที่"), null=True, blank=True)
    text = models.CharField(_("จาก"), max_length=200, blank=True)
    linked = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="cited_by"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "position"], name="reference_position_once"),
        ]


class Enclosure(models.Model):
    """สิ่งที่ส่งมาด้วย: a file (by SHA-256 in the private store), an earlier letter's page, or words only."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="enclosures")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("รายการ"), max_length=250)
    count_text = models.CharField(_("จำนวน"), max_length=60, default="จำนวน 1 ฉบับ")
    sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    of_letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["letter", "position"], name="enclosure_position_once"),
        ]

    def __str__(self) -> str:
        return self.title

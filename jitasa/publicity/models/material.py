"""The library: posters, videos, spots, texts and templates, with their files and who fetched them."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jitasa.occasions.models import Occasion
from jitasa.organizations.models import Organization
from jitasa.organizations.rules_centre import made_by
from jitasa.organizations.scope import scope
from jitasa.organizations.viewer import Viewer
from jitasa.photos.models import Photo
from jitasa.publicity.choices import FileKind, FileState, Licence, MaterialKind


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, viewer: Viewer) -> Self:
        """Of the viewer's office, of offices below and above it, and what a campaign brought here."""
        from jitasa.publicity.models.campaign import Delivery

        office = viewer.organization
        if viewer.is_system or (viewer.is_department and viewer.roles):
            return self
        if office is None or not viewer.roles:
            return self.none()
        above = [int(part) for part in office.path.split("/") if part]
        if office.lies_in_id:  # a town stands in a district that it does not answer to
            above.append(office.lies_in_id)
        came = Delivery.objects.filter(scope(viewer, "recipient"), campaign__materials=OuterRef("pk"))
        return self.filter(scope(viewer) | Q(organization__in=above) | Exists(came))

    def in_use(self, day: date) -> Self:
        """Not withdrawn, and ``day`` lies in the dates of use."""
        begun = Q(use_from=None) | Q(use_from__lte=day)
        return self.not_over(day).filter(begun)

    def not_over(self, day: date) -> Self:
        """Not withdrawn, and the last day of use has not passed."""
        return self.filter(Q(use_to=None) | Q(use_to__gte=day), withdrawn_at=None)


class Material(models.Model):
    """``words`` is the text itself for loudspeakers and posts; a text needs no file.

    ``is_public`` releases it to everybody on the public site while it is in its dates of use.
    """

    uuid = models.UUIDField(unique=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="materials")
    kind = models.CharField(_("ชนิด"), max_length=10, choices=MaterialKind)
    title = models.CharField(_("ชื่อสื่อ"), max_length=250)
    occasion = models.ForeignKey(
        Occasion, on_delete=models.PROTECT, null=True, blank=True, related_name="materials"
    )
    use_from = models.DateField(_("ใช้ตั้งแต่"), null=True, blank=True)
    use_to = models.DateField(_("ใช้ถึง"), null=True, blank=True)
    licence = models.CharField(_("สัญญาอนุญาต"), max_length=10, choices=Licence, default=Licence.OFFICIAL)
    is_public = models.BooleanField(_("ให้ประชาชนดาวน์โหลดได้"), default=False)
    words = models.TextField(_("ข้อความ"), blank=True)
    search_text = models.TextField(blank=True, editable=False)
    by_centre = models.BooleanField(
        default=False, editable=False
    )  # of the volunteer centre beside the office
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    updated_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdraw_reason = models.CharField(max_length=400, blank=True)

    objects: ClassVar[MaterialQuerySet] = MaterialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=MaterialKind.values), name="material_kind_known"),
            models.CheckConstraint(condition=Q(licence__in=Licence.values), name="material_licence_known"),
            models.CheckConstraint(
                condition=Q(use_from=None) | Q(use_to=None) | Q(use_to__gte=F("use_from")),
                name="material_ends_after_start",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-created_at"], name="material_by_office"),
            models.Index(
                fields=["-created_at"],
                condition=Q(is_public=True, withdrawn_at=None),
                name="material_public",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def made_by(self) -> str:
        """The centre or the office it comes from, for a line of a list."""
        return made_by(self.organization, by_centre=self.by_centre)


class MaterialFile(models.Model):
    """One file of a material. A picture is made into several sizes by the worker (``state``).

    ``photo`` is the private original of a picture; other files lie in this app's own store.
    ``copies`` says what a picture was made into: ``{variant: [width, height, bytes]}``.
    """

    material = models.ForeignKey(Material, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=FileKind)
    state = models.CharField(max_length=8, choices=FileState, default=FileState.READY)
    problem = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, related_name="+")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    copies = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=FileKind.values), name="material_file_kind_known"),
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="material_file_state_known"),
            models.CheckConstraint(condition=Q(bytes__gt=0), name="material_file_not_empty"),
            models.UniqueConstraint(fields=["material", "sha256"], name="material_file_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["created_at"], condition=Q(state=FileState.PENDING), name="material_file_waiting"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Download(models.Model):
    """How often one office (``None``: the public) has fetched one file."""

    file = models.ForeignKey(MaterialFile, on_delete=models.CASCADE, related_name="downloads")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["file", "organization"],
                condition=Q(organization__isnull=False),
                name="download_row_once",
            ),
            models.UniqueConstraint(
                fields=["file"], condition=Q(organization=None), name="download_public_row_once"
            ),
        ]

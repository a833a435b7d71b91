"""The lists the department edits: kinds, sub-kinds, participant groups, measures, reasons of returning, of nil and of being late.

A word in a list is never changed in place: the edit retires the row and opens a new one with the
same ``code``. Records keep pointing at the row they were written with, so that a change never alters
what was recorded before; numbers are grouped by ``code``.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jitasa.organizations.in_use import IN_USE, RetirableQuerySet
from jitasa.ui.days import english


class ListItem(models.Model):
    code = models.SlugField(_("รหัส"), max_length=40)
    label = models.CharField(_("คำที่แสดง"), max_length=150)
    label_en = models.CharField(_("คำภาษาอังกฤษ"), max_length=150, blank=True)
    position = models.PositiveSmallIntegerField(_("ลำดับ"), default=100)
    created_at = models.DateTimeField(editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[RetirableQuerySet["ListItem"]] = RetirableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["code"], condition=IN_USE, name="%(class)s_code_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def words(self) -> str:
        """As the reader's screen says it: in English where the list has an English word."""
        return self.label_en if english() and self.label_en else self.label


class Kind(ListItem):
    """Kind of activity: จิตอาสาพัฒนา, ภัยพิบัติ, เฉพาะกิจ, ฝึกอบรม."""

    class Meta(ListItem.Meta):
        pass


class SubKind(ListItem):
    """A finer word under a kind; ``kind_code`` empty means it fits every kind.

    ``keywords``: words of an activity's name, with commas between them, by which the recording page
    proposes the sub-kind. ``measures``: codes of the measures that belong to such work, asked for first.
    """

    kind_code = models.SlugField(_("ประเภท"), max_length=40, blank=True)
    keywords = models.TextField(_("คำในชื่อกิจกรรม"), blank=True)
    measures = models.JSONField(_("ปริมาณงานที่ถามก่อน"), default=list, blank=True)

    class Meta(ListItem.Meta):
        pass


class ParticipantGroup(ListItem):
    """Who came: จิตอาสา 904, ประชาชนจิตอาสา, …"""

    class Meta(ListItem.Meta):
        pass


class Measure(ListItem):
    """A counted result with its unit: trees, kg of waste, km of road."""

    unit = models.CharField(_("หน่วย"), max_length=40)
    decimals = models.PositiveSmallIntegerField(_("ทศนิยม"), default=0)

    class Meta(ListItem.Meta):
        pass


class ReturnReason(ListItem):
    """A ready sentence for returning a record, with the fields it concerns."""

    text = models.TextField(_("ข้อความถึงผู้บันทึก"))
    fields = models.JSONField(_("ช่องที่เกี่ยวข้อง"), default=list, blank=True)

    class Meta(ListItem.Meta):
        pass


class NilReason(ListItem):
    """A ready sentence for stating that a month had no activity; the label is the sentence."""

    class Meta(ListItem.Meta):
        pass


class LateReason(ListItem):
    """A ready sentence for confirming a month after its due day; the label is the sentence."""

    class Meta(ListItem.Meta):
        pass

"""The append-only record of who did what, when and from where.

Entries stand in hash chains, one per office (or per person, for what happens outside an office):
an entry's hash covers its content and the hash before it, so that a changed, removed or inserted
row shows (Computer Crime Act s.26: kept 90 days and more, tamper-evident). The hashes are keyed
(``hashing``, docs/adr/0022), and the ends of all chains go off the machine daily. Chains are per office
so that two offices never wait for each other. People and offices are named, not referenced: the
entry must outlive both.
"""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Scheme(models.IntegerChoices):
    """How an entry is hashed (``hashing``)."""

    PLAIN = 1
    KEYED = 2


class Chain(models.Model):
    """The end of one chain; its row is the lock under which the next entry is written.

    The first ``plain_length`` entries stand from before the hashes had a key; ``anchor`` seals their end.
    """

    key = models.CharField(max_length=40, primary_key=True)
    length = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    plain_length = models.PositiveBigIntegerField(default=0)
    anchor = models.CharField(max_length=64, default="")


class Entry(models.Model):
    """One act, as it happened."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries", db_index=False)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150)
    office_id = models.BigIntegerField(null=True)
    office_name = models.CharField(max_length=250, blank=True)
    address = models.CharField(max_length=45, blank=True)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=60, blank=True)
    subject_name = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    scheme = models.PositiveSmallIntegerField(choices=Scheme.choices, default=Scheme.PLAIN)
    seal = models.CharField(max_length=64, blank=True)
    # Reduced (``redaction``): when, the code of what it said in full, and the seal of what is left.
    redacted_at = models.DateTimeField(null=True)
    redacted_mac = models.CharField(max_length=64, blank=True)
    redaction_seal = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["chain", "number"], name="audit_entry_number_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_entry_subject"),
            models.Index(fields=["office_id", "-at"], name="audit_entry_office"),
            models.Index(fields=["actor_id", "-at"], name="audit_entry_actor"),
            models.Index(fields=["at"], condition=~models.Q(address=""), name="audit_entry_with_address"),
        ]


class HeadsSent(models.Model):
    """The ends of all chains as they went off the machine on one day (Bangkok), or the try that failed."""

    day = models.DateField(primary_key=True)
    tried_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    chains = models.PositiveIntegerField(default=0)
    entries = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

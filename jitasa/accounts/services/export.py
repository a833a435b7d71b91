"""Everything the system holds about a person, for herself (PDPA s. 30, 31: access and portability)."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.fields.reverse_related import ForeignObjectRel

from jitasa.accounts.models import User
from jitasa.audit.models import Entry
from jitasa.audit.services.record import Actor, record

# What opens the account, or is a code made from her data, is left out and named as left out.
SECRET = frozenset({"password", "session_key", "former_name", "session_number", "network", "key", "uid"})
SECRET_DATA = frozenset({"mfa.authenticator", "socialaccount.socialaccount"})  # seeds, public keys, claims
# Tables whose rows are *about* the person are given whole. In all others she is named as who did an act on a
# paper of an office: those rows are the office's, and are listed.
ABOUT = frozenset(
    {
        "accounts",
        "account",
        "mfa",
        "socialaccount",
        "usersessions",
        "organizations",
        "notices",
        "find",
        "home",
    }
)


def own_data(user: User, now: datetime) -> dict[str, Any]:
    """The account, each table that names the person, and the audit's entries by and about her."""
    return {
        "exported_at": now,
        "account": _row(user),
        "tables": {_table_name(relation): _rows(user, relation) for relation in relations()},
        "audit": [_entry(entry) for entry in _entries(user)],
        "left_out": sorted(SECRET | {"mfa.authenticator.data", "socialaccount.socialaccount.extra_data"}),
    }


def export_own_data(*, actor: Actor, user: User, now: datetime) -> str:
    """The same as JSON text; that it was taken is entered in the audit."""
    text = json.dumps(own_data(user, now), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
    record(actor=actor, verb="accounts.export_data", subject=user, now=now)
    return text


def relations() -> Iterator[ForeignObjectRel]:
    """Every column of every table that points at a person: a new one is exported without being asked for."""
    for field in User._meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel) and not field.related_model._meta.auto_created:
            yield field


def _table_name(relation: ForeignObjectRel) -> str:
    return f"{relation.related_model._meta.label_lower}.{relation.field.name}"


def _rows(user: User, relation: ForeignObjectRel) -> list[dict[str, Any]]:
    model: Any = relation.related_model
    rows = model._default_manager.filter(**{relation.field.name: user}).order_by("pk")
    whole = model._meta.app_label in ABOUT
    return [_row(row) if whole else {"pk": str(row.pk), "what": str(row)} for row in rows.iterator()]


def _row(row: models.Model) -> dict[str, Any]:
    secret = SECRET | ({"data", "extra_data"} if row._meta.label_lower in SECRET_DATA else set())
    fields = [field for field in row._meta.concrete_fields if field.name not in secret]
    return {field.name: field.value_from_object(row) for field in fields}


def _entries(user: User) -> Iterator[Entry]:
    about = Q(subject_type="accounts.user", subject_id=str(user.pk))
    rows = Entry.objects.filter(Q(actor_id=user.pk) | about).order_by("at", "id")
    return rows.iterator(chunk_size=2000)


def _entry(entry: Entry) -> dict[str, Any]:
    own = {"at": entry.at, "act": entry.verb, "by": entry.actor_name, "office": entry.office_name}
    what = {"subject": entry.subject_name, "data": entry.data}
    return {**own, "address": entry.address, **what}

"""เกษียน: a word written on the office's own copy of a letter that came."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from jitasa.audit.services.record import record
from jitasa.letters import rules
from jitasa.letters.models import Annotation, Dispatch
from jitasa.letters.services.receive import NOT_YOURS
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden, Refusal

TEXT_LONGEST = 1000


def annotate(*, actor: Viewer, dispatch: Dispatch, text: str, now: datetime) -> Annotation:
    """Written by the person in her own name, with her position; it stays and is never changed.

    :raises Forbidden: not of the recipient's office. :raises Refusal: nothing is written, or too much.
    """
    if not rules.may_receive(actor, dispatch):
        raise Forbidden(_(NOT_YOURS))
    given = text.strip()
    if not given or len(given) > TEXT_LONGEST:
        raise Refusal(
            fields={"text": [_("เขียนข้อความเกษียน ไม่เกิน %(most)s ตัวอักษร") % {"most": f"{TEXT_LONGEST:,}"}]}
        )
    with transaction.atomic():
        made = Annotation.objects.create(
            letter=dispatch.letter, organization=dispatch.recipient, text=given, name=actor.user_name,
            title=actor.title, at=now, by=actor.user,
        )  # fmt: skip
        record(actor=actor, verb="letter.annotate", subject=dispatch.letter, data={}, now=now)
    return made

"""The cover letter of a monthly report as a letter of the office: written here, signed and numbered in ``letters``."""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _

from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import own_report
from jitasa.compilation.outputs.letter import values_of
from jitasa.compilation.rules import may_cover, may_write_memo
from jitasa.compilation.selectors.covers import cover_of, memo_of, memo_uuid, uuid_of
from jitasa.letters.models import Letter
from jitasa.letters.services.compose import save_letter
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.problems import Forbidden


def write_cover(*, actor: Viewer, compilation: Compilation, now: datetime) -> Letter:
    """Write the letter as a draft of the office, or give the one that was written.

    It is the office's from then on: edited, signed and numbered in its register of dispatch as any letter.

    :raises Forbidden: the actor does not write letters of that office.
    """
    if not may_cover(actor, compilation.organization_id):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของสำนักงานที่จัดทำรายงานฉบับนี้เท่านั้นที่ทำหนังสือนำส่งได้"))
    found = cover_of(compilation)
    if found is not None:
        return found
    return save_letter(
        actor=actor, uuid=uuid_of(compilation), base_revision=None, values=values_of(compilation), now=now
    )


def write_memo(*, actor: Viewer, organization: Organization, month: date, now: datetime) -> Letter:
    """Write a local government's memorandum to its head as a draft of the office, or give the one that was written.

    :raises Forbidden: the actor does not write letters of that office, or it is no local government.
    """
    if not may_write_memo(actor, organization):
        raise Forbidden(_("เฉพาะเจ้าหน้าที่ของ อปท. นั้นเท่านั้นที่ทำบันทึกข้อความของเดือนได้"))
    found = memo_of(organization, month)
    if found is not None:
        return found
    with translation.override("th"):
        values = own_report.values_of(organization, month, now)
    uuid = memo_uuid(organization, month)
    return save_letter(actor=actor, uuid=uuid, base_revision=None, values=values, now=now)

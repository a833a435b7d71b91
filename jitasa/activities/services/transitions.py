"""The recording office's own steps, as ``Transition``s."""

from django.utils.translation import gettext_noop

from jitasa.activities import rules
from jitasa.activities.choices import Status
from jitasa.activities.models.history import Act
from jitasa.activities.services.transition import Transition

NOT_YOURS = gettext_noop("เฉพาะเจ้าหน้าที่ของหน่วยงานที่บันทึกรายการนี้เท่านั้นที่ทำได้")
ASK = Transition(
    act=Act.ASKED,
    verb="activity.ask",
    to=Status.AWAITING,
    sources=(Status.DRAFT, Status.RETURNED),
    right=rules.writes_for,
    refusal=NOT_YOURS,
)
SUBMIT = Transition(
    act=Act.SUBMITTED,
    verb="activity.submit",
    to=Status.SUBMITTED,
    sources=(Status.DRAFT, Status.RETURNED),
    right=rules.writes_for,
    refusal=NOT_YOURS,
)
APPROVE = Transition(
    act=Act.SUBMITTED,
    verb="activity.approve",
    to=Status.SUBMITTED,
    sources=(Status.AWAITING,),
    right=rules.approves_for,
    refusal=gettext_noop("เฉพาะผู้อนุมัติของหน่วยงานเท่านั้นที่อนุมัติได้ แจ้งผู้อนุมัติให้เปิดรายการนี้"),
)
SEND_BACK = Transition(
    act=Act.RETURNED,
    verb="activity.send_back",
    to=Status.DRAFT,
    sources=(Status.AWAITING,),
    right=rules.writes_for,
    refusal=NOT_YOURS,
    reason_needed=gettext_noop("ระบุสิ่งที่ต้องแก้ไข ผู้บันทึกจะเห็นข้อความนี้"),
)
SEND_BACK_SENT = Transition(
    act=Act.RETURNED,
    verb="activity.send_back",
    to=Status.RETURNED,
    sources=(Status.AWAITING,),
    right=rules.writes_for,
    refusal=NOT_YOURS,
    reason_needed=SEND_BACK.reason_needed,
)
REOPEN = Transition(
    act=Act.REOPENED,
    verb="activity.reopen",
    to=Status.RETURNED,
    sources=(Status.SUBMITTED, Status.ACCEPTED),
    right=rules.writes_for,
    refusal=NOT_YOURS,
    reason_needed=gettext_noop("ระบุเหตุผลที่ขอแก้ไข ผู้ตรวจจะเห็นข้อความนี้"),
)
DISCARD = Transition(
    act=Act.WITHDRAWN,
    verb="activity.discard",
    to=Status.WITHDRAWN,
    sources=(Status.DRAFT, Status.AWAITING),
    right=rules.writes_for,
    refusal=NOT_YOURS,
)
WITHDRAW = Transition(
    act=Act.WITHDRAWN,
    verb="activity.withdraw",
    to=Status.WITHDRAWN,
    sources=(Status.DRAFT, Status.AWAITING, Status.SUBMITTED, Status.RETURNED, Status.ACCEPTED),
    right=rules.writes_for,
    refusal=NOT_YOURS,
    reason_needed=gettext_noop("ระบุเหตุผลที่ถอน ข้อความนี้จะอยู่ในประวัติของรายการ"),
)

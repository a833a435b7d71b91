"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

from jitasa.webhooks.choices import Event

LABELS = {
    "webhook.add": _("ตั้งการแจ้งระบบอื่น"),
    "webhook.try": _("ทดลองแจ้งระบบอื่น"),
    "webhook.on": _("เปิดการแจ้งระบบอื่นอีกครั้ง"),
    "webhook.off": _("หยุดแจ้งระบบอื่นเพราะติดต่อไม่ได้"),
    "webhook.revoke": _("ยกเลิกการแจ้งระบบอื่น"),
}
FIELDS = {"url": _("ที่อยู่ที่รับแจ้ง"), "events": _("แจ้งเมื่อ"), "problem": _("สาเหตุ")}
VALUES = dict(Event.choices)

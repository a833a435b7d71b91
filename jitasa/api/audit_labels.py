"""What this app's acts are called in the audit (``audit.labels``)."""

from django.utils.translation import gettext_lazy as _

from jitasa.api.choices import Scope

LABELS = {
    "api.issue_token": _("ออกโทเคน API"),
    "api.revoke_token": _("ยกเลิกโทเคน API"),
}
FIELDS = {"scopes": _("การดำเนินการ"), "expires_at": _("ใช้ได้ถึง")}
VALUES = dict(Scope.choices)

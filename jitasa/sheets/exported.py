"""The words of a stored record in its sheet; a cell that still says the same leaves the record's own value alone.

So a retired word, a day of another year and one of two tambons of the same name go round unharmed.
"""

from django.utils.translation import override

from jitasa.activities.choices import Basis
from jitasa.activities.models import Activity
from jitasa.activities.selectors.invitations import event_words
from jitasa.activities.selectors.values import Parts, in_words
from jitasa.sheets.layout import HOST, JOINT, OCCASION

WORDS = ("kind", "sub_kind", "part", "budget_source", "publicity")


def words_of(activity: Activity, parts: Parts) -> dict[str, str]:
    """Column → the words in its cell, in Thai."""
    with override("th"):
        words = in_words(activity, parts)
    occasion = activity.occasion.short_name if activity.occasion else ""
    host = activity.host_organization.short_name if activity.host_organization else activity.host_name
    return {
        **{name: words[name] for name in WORDS},
        # ``อ่าวนาง`` of ``ต.อ่าวนาง อ.เมืองกระบี่ จ.กระบี่``
        "tambon_code": words["tambon_code"].split(" อ.", 1)[0].removeprefix("ต."),
        OCCASION: words["basis"] if activity.basis == Basis.CENTRE else occasion,
        HOST: host,
        JOINT: event_words(activity.host_activity) if activity.host_activity else "",
    }

"""The lists whose filters may be kept under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST = 500  # characters of an address's query that may be kept


@dataclass(frozen=True)
class SavedList:
    """A list with something in its path (a month, a letter) has no address of its own: its views are for each of them."""

    name: str
    label: Promise
    of_something: bool = False

    def understood(self, query: Mapping[str, str]) -> str:
        """The query of an address with nothing that the list does not understand; empty: the list as it is.

        What does not change the answer of the list's own reader is not kept.
        """
        from jitasa.find.readers import READERS  # pages, which a process that shows none does without

        reads = READERS[self.name]
        whole = reads(query)
        kept = {
            name: value
            for name, value in sorted(query.items())
            if value and reads({other: text for other, text in query.items() if other != name}) != whole
        }
        return urlencode(kept)

    def read(self, query: str) -> str:
        """The same of a query as text."""
        return self.understood(dict(parse_qsl(query[: 2 * LONGEST], max_num_fields=50)))

    def address(self, query: str) -> str:
        """Where the view is shown: the list's address, or the same page under another query."""
        asked = f"?{query}" if query else ""
        return asked if self.of_something else f"{reverse(self.name)}{asked}"


LISTS = {
    each.name: each
    for each in (
        SavedList("activities:list", _("กิจกรรม")),
        SavedList("review:list", _("ตรวจกิจกรรม")),
        SavedList("letters:inbox", _("หนังสือรับ")),
        SavedList("letters:outbox", _("หนังสือส่ง")),
        SavedList("letters:before", _("หนังสือของหน่วยงานที่ยุบรวม")),
        SavedList("letters:receipts", _("ทะเบียนหนังสือรับ")),
        SavedList("letters:dispatches", _("ทะเบียนหนังสือส่ง")),
        SavedList("letters:follow", _("ติดตามหนังสือ"), of_something=True),
        SavedList("letters:answers", _("คำตอบของหนังสือ"), of_something=True),
        SavedList("organizations:list", _("ทะเบียนหน่วยงาน")),
        SavedList("compilation:board_month", _("ตารางติดตามรายเดือน"), of_something=True),
        SavedList("compilation:occasion_board", _("ตารางติดตามวันสำคัญ"), of_something=True),
        SavedList("publicity:materials", _("คลังสื่อ")),
        SavedList("publicity:campaigns", _("รอบเผยแพร่")),
        SavedList("publicity:channels", _("ช่องทางเผยแพร่")),
        SavedList("publicity:broadcasts", _("การเผยแพร่")),
        SavedList("publicity:board", _("ตารางติดตามประชาสัมพันธ์")),
        SavedList("audit:list", _("บันทึกการใช้งาน")),
    )
}

"""The lists whose filters may be kept under a name, and what each understands of an address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jitasa.activities.selectors.listing import RecordFilters
from jitasa.audit.forms import FilterForm
from jitasa.compilation.views.board_page import BoardQuery
from jitasa.compilation.views.occasion_board import OccasionQuery
from jitasa.letters.selectors.answers import FILTERS
from jitasa.letters.selectors.follow import CHIPS
from jitasa.letters.selectors.inbox import inbox_filters
from jitasa.letters.selectors.outbox import OUTBOX_FILTERS
from jitasa.organizations.selectors.listing import filters_of
from jitasa.publicity.choices import ChannelKind, MaterialKind
from jitasa.publicity.selectors.boards import BY
from jitasa.publicity.selectors.campaigns import CAMPAIGN_FILTERS
from jitasa.publicity.selectors.materials import MATERIAL_FILTERS
from jitasa.publicity.views.asked import PERIODS
from jitasa.review.selectors.inbox import ReviewFilters
from jitasa.thai.dates import today
from jitasa.ui.reading import day_or_none, identifier, month_or_none, whole_number

LONGEST = 500  # characters of an address's query that may be kept
Query = Mapping[str, str]
Reader = Callable[[Query], object]


@dataclass(frozen=True)
class SavedList:
    """``reads`` is the list's own reader of its address: what does not change its answer is not kept.

    A list with something in its path (a month, a letter) has no address of its own: its views are for each of them.
    """

    name: str
    label: Promise
    reads: Reader
    of_something: bool = False

    def understood(self, query: Query) -> str:
        """The query of an address with nothing that the list does not understand; empty: the list as it is."""
        whole = self.reads(query)
        kept = {
            name: value
            for name, value in sorted(query.items())
            if value and self.reads({other: text for other, text in query.items() if other != name}) != whole
        }
        return urlencode(kept)

    def read(self, query: str) -> str:
        """The same of a query as text."""
        return self.understood(dict(parse_qsl(query[: 2 * LONGEST], max_num_fields=50)))

    def address(self, query: str) -> str:
        """Where the view is shown: the list's address, or the same page under another query."""
        asked = f"?{query}" if query else ""
        return asked if self.of_something else f"{reverse(self.name)}{asked}"


def one_of(allowed: object, text: str) -> str:
    return text if text in allowed else ""  # type: ignore[operator]  # any container of names


def words_of(query: Query) -> str:
    return query.get("q", "").strip()[:100]


def _inbox(query: Query) -> object:
    names = {each.name for each in inbox_filters(today(timezone.now()), 1)}
    return one_of(names, query.get("show", "")), words_of(query)


def _register(query: Query) -> object:
    return whole_number(query.get("year", ""), least=2401, most=2999), words_of(query)


def _follow(query: Query) -> object:
    return one_of(CHIPS, query.get("show", "")), query.get("tab") == "map"


def _answers(query: Query) -> object:
    shown = one_of(FILTERS, query.get("show", ""))
    return shown, words_of(query), query.get("view") == "table"


def _registry(query: Query) -> object:
    return filters_of(query), day_or_none(query.get("as_at", ""), near=today(timezone.now()))


def _audit(query: Query) -> object:
    form = FilterForm(query)
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}, identifier(
        query.get("office", "")
    )


def _board(query: Query) -> object:
    asked = BoardQuery.read({name: value for name, value in query.items() if name != "page"})
    return asked.tab, asked.rows_are, asked.chip.name, asked.sort, asked.as_now


def _materials(query: Query) -> object:
    shown = one_of(MATERIAL_FILTERS, query.get("show", ""))
    kind, occasion = one_of(MaterialKind.values, query.get("kind", "")), identifier(query.get("occasion", ""))
    return shown, kind, occasion, words_of(query)


def _channels(query: Query) -> object:
    kind = one_of(ChannelKind.values, query.get("kind", ""))
    return kind, identifier(query.get("office", "")), words_of(query)


def _broadcasts(query: Query) -> object:
    """What ``publicity.views.asked`` reads; the things named are looked for by the list itself."""
    kind, month = one_of(ChannelKind.values, query.get("kind", "")), month_or_none(query.get("month", ""))
    named = [identifier(query.get(name, "")) for name in ("office", "campaign", "material", "channel")]
    words = one_of(PERIODS, query.get("period", "")), one_of(BY, query.get("by", ""))
    none = query.get("campaign") == "none", query.get("material") == "posts", query.get("own") == "1"
    return kind, month, named, words, none


LISTS = {
    each.name: each
    for each in (
        SavedList("activities:list", _("กิจกรรม"), RecordFilters.read),
        SavedList("review:list", _("ตรวจกิจกรรม"), ReviewFilters.from_query),
        SavedList("letters:inbox", _("หนังสือรับ"), _inbox),
        SavedList("letters:outbox", _("หนังสือส่ง"), lambda query: (one_of(OUTBOX_FILTERS, query.get("show", "")), words_of(query))),
        SavedList("letters:before", _("หนังสือของหน่วยงานที่ยุบรวม"), words_of),
        SavedList("letters:receipts", _("ทะเบียนหนังสือรับ"), _register),
        SavedList("letters:dispatches", _("ทะเบียนหนังสือส่ง"), _register),
        SavedList("letters:follow", _("ติดตามหนังสือ"), _follow, of_something=True),
        SavedList("letters:answers", _("คำตอบของหนังสือ"), _answers, of_something=True),
        SavedList("organizations:list", _("ทะเบียนหน่วยงาน"), _registry),
        SavedList("compilation:board_month", _("ตารางติดตามรายเดือน"), _board, of_something=True),
        SavedList("compilation:occasion_board", _("ตารางติดตามวันสำคัญ"), OccasionQuery.read, of_something=True),
        SavedList("publicity:materials", _("คลังสื่อ"), _materials),
        SavedList("publicity:campaigns", _("รอบเผยแพร่"), lambda query: (one_of(CAMPAIGN_FILTERS, query.get("show", "")), words_of(query))),
        SavedList("publicity:channels", _("ช่องทางเผยแพร่"), _channels),
        SavedList("publicity:broadcasts", _("การเผยแพร่"), _broadcasts),
        SavedList("publicity:board", _("ตารางติดตามประชาสัมพันธ์"), _broadcasts),
        SavedList("audit:list", _("บันทึกการใช้งาน"), _audit),
    )
}  # fmt: skip

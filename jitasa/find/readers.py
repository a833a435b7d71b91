"""What each list whose filters may be kept understands of an address."""

from collections.abc import Callable, Mapping

from django.utils import timezone

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

Query = Mapping[str, str]


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


READERS: dict[str, Callable[[Query], object]] = {
    "activities:list": RecordFilters.read,
    "review:list": ReviewFilters.from_query,
    "letters:inbox": _inbox,
    "letters:outbox": lambda query: (one_of(OUTBOX_FILTERS, query.get("show", "")), words_of(query)),
    "letters:before": words_of,
    "letters:receipts": _register,
    "letters:dispatches": _register,
    "letters:follow": _follow,
    "letters:answers": _answers,
    "organizations:list": _registry,
    "compilation:board_month": _board,
    "compilation:occasion_board": OccasionQuery.read,
    "publicity:materials": _materials,
    "publicity:campaigns": lambda query: (one_of(CAMPAIGN_FILTERS, query.get("show", "")), words_of(query)),
    "publicity:channels": _channels,
    "publicity:broadcasts": _broadcasts,
    "publicity:board": _broadcasts,
    "audit:list": _audit,
}

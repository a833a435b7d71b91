"""What a state of an office says by itself, and all that follows from it: :func:`derive` is the one place."""

from collections.abc import Iterable
from dataclasses import dataclass

from jitasa.organizations import rules
from jitasa.organizations.choices import LEVEL_OF_TYPE, Level, OrganizationType
from jitasa.organizations.models import Organization, OrganizationState

STATE_COLUMNS = ("code", "type", "name", "short_name", "province_code", "district_code", "path")


@dataclass(frozen=True)
class StateFacts:
    """What a state says by itself. ``proper`` is the name without the type."""

    type: OrganizationType
    code: str
    proper: str
    reports_to: Organization | None
    lies_in: Organization | None

    @property
    def level(self) -> Level:
        return LEVEL_OF_TYPE[self.type]

    @property
    def name(self) -> str:
        return rules.full_name(self.type, self.proper)

    @property
    def short_name(self) -> str:
        return rules.short_name(self.type, self.proper)


@dataclass(frozen=True)
class Derived:
    """Every column of a state and of its organization, but for the path."""

    level: Level
    code: str
    type: OrganizationType
    name: str
    short_name: str
    province_code: str
    district_code: str
    search_text: str
    sort_key: str


def facts_of(organization: Organization) -> StateFacts:
    """The facts of an office's last state."""
    type_ = OrganizationType(organization.type)
    return StateFacts(
        type=type_,
        code=organization.code,
        proper=rules.proper_name(type_, organization.name),
        reports_to=organization.reports_to,
        lies_in=organization.lies_in,
    )


def derive(facts: StateFacts, *, former: str = "") -> Derived:
    """All that follows from the facts; ``former`` are earlier names and codes to be found by."""
    place = facts.lies_in
    province, district = area_codes(facts.level, facts.code, place)
    return Derived(
        level=facts.level,
        code=facts.code,
        type=facts.type,
        name=facts.name,
        short_name=facts.short_name,
        province_code=province,
        district_code=district,
        search_text=rules.search_words(facts.type, facts.proper, facts.code, place_words(place), former),
        sort_key=rules.order_key(facts.type, facts.proper),
    )


def area_codes(level: Level, code: str, place: "Organization | OrganizationState | None") -> tuple[str, str]:
    """Province and district code of an office, by the office whose area it stands in."""
    if level == Level.PROVINCE:
        return code, ""
    if level == Level.DISTRICT:
        return (place.province_code if place else ""), code
    return (place.province_code, place.district_code) if place else ("", "")


def place_words(place: Organization | None) -> str:
    """``อ.คลองท่อม อำเภอคลองท่อม จ.กระบี่ จังหวัดกระบี่`` for an office that lies in that district."""
    words: list[str] = []
    while place is not None and place.level in rules.PLACE_PREFIXES:
        level = Level(place.level)
        proper = rules.proper_name(OrganizationType(place.type), place.name)
        words += [
            f"{prefix}{proper}"
            for prefix in (("อ.", "อำเภอ") if level == Level.DISTRICT else ("จ.", "จังหวัด"))
        ]
        place = place.lies_in
    return " ".join(words)


def path_of(parent_path: str, organization_id: int) -> str:
    return f"{parent_path or '/'}{organization_id}/"


def former_words(states: Iterable[OrganizationState], facts: StateFacts) -> str:
    """Names and codes an office bore before, to be found by."""
    words = dict.fromkeys(word for state in states for word in (state.short_name, state.code))
    return " ".join(word for word in words if word not in (facts.short_name, facts.code))


def new_state(
    organization: Organization, facts: StateFacts, derived: Derived, **dated: object
) -> OrganizationState:
    """An unsaved state of an office whose path is already derived."""
    return OrganizationState(
        organization=organization,
        code=derived.code,
        type=derived.type,
        name=derived.name,
        short_name=derived.short_name,
        province_code=derived.province_code,
        district_code=derived.district_code,
        path=organization.path,
        reports_to=facts.reports_to,
        lies_in=facts.lies_in,
        **dated,
    )


def take_columns(organization: Organization, facts: StateFacts, derived: Derived) -> None:
    """Give an office the columns of a state, unsaved; ``path`` from today's path of its parent."""
    for name in ("level", "code", "type", "name", "short_name", "province_code", "district_code"):
        setattr(organization, name, getattr(derived, name))
    organization.search_text, organization.sort_key = derived.search_text, derived.sort_key
    organization.reports_to, organization.lies_in = facts.reports_to, facts.lies_in
    if organization.pk:
        parent = facts.reports_to
        organization.path = path_of(parent.path if parent else "", organization.pk)


COLUMNS = (
    "level", "code", "type", "name", "short_name", "province_code", "district_code", "search_text", "sort_key",
    "reports_to", "lies_in", "path",
)  # fmt: skip

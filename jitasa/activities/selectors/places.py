"""Tambons for the record's form and its words (codes of the Department of Provincial Administration)."""

from jitasa.organizations.choices import ABBREVIATION
from jitasa.organizations.models import Organization
from jitasa.organizations.selectors import geography

Choice = tuple[str, str]


def tambon_exists(code: str) -> bool:
    return geography.tambon(code) is not None


def tambon_words(code: str) -> str:
    """``ต.อ่าวนาง อ.เมืองกระบี่ จ.กระบี่``; empty for no code, the code itself when it is unknown."""
    tambon = geography.tambon(code) if code else None
    if tambon is None:
        return code
    district = geography.district(tambon.district_code)
    province = geography.province(tambon.province_code)
    names = [f"ต.{tambon.name_th}"]
    names += [f"อ.{district.name_th}"] if district else []
    names += [f"จ.{province.name_th}"] if province else []
    return " ".join(names)


def tambon_choices(office: Organization, *, keep: str = "") -> list[tuple[str, list[Choice]]]:
    """Tambons of the office's province by district, its own district first; ``keep`` is always there."""
    districts = geography.districts(office.province_code) if office.province_code else []
    own_first = sorted(districts, key=lambda row: row.code != office.district_code)
    groups = [
        (f"อ.{row.name_th}", [(tambon.code, tambon.name_th) for tambon in geography.tambons(row.code)])
        for row in own_first
    ]
    known = {code for _name, choices in groups for code, _label in choices}
    if keep and keep not in known:
        groups.append(("พื้นที่อื่น", [(keep, tambon_words(keep))]))
    return groups


def home_tambon(office: Organization) -> str:
    """The code of the tambon that bears the office's name, when its district has one: a first guess."""
    name = office.short_name
    for abbreviation in sorted(ABBREVIATION.values(), key=len, reverse=True):
        if abbreviation and name.startswith(abbreviation):
            name = name.removeprefix(abbreviation)
            break
    rows = geography.tambons(office.district_code) if office.district_code else []
    return next((row.code for row in rows if row.name_th == name.strip()), "")

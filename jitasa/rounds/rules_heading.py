"""The heading of the one-page report, as the department words it: a text with places for facts. Pure."""

import re

from django.utils.translation import gettext as _

MOST = 120
DEFAULT_HEADING = "การปฏิบัติงานจิตอาสา {หน่วยงาน} ประจำวันที่ {วันที่}"
_PLACES = {"หน่วยงาน": "office", "วันที่": "day", "ประเภท": "kind"}
_PLACE = re.compile(r"\{([^{}]*)\}")


def headed(heading: str, *, office: str, day: str, kind: str) -> str:
    """The heading with the facts of one record in their places; a fact that is missing leaves no gap."""
    facts = {"office": office, "day": day, "kind": kind}
    return " ".join(_PLACE.sub(lambda found: facts[_PLACES[found[1]]], heading).split())


def heading_problems(heading: str) -> list[str]:
    """What is wrong with a heading, in words."""
    names = [name for name in _PLACE.findall(heading) if name not in _PLACES]
    if names or "{" in _PLACE.sub("", heading) or "}" in _PLACE.sub("", heading):
        known = " ".join(f"{{{name}}}" for name in _PLACES)
        return [_("ในวงเล็บปีกกาใช้ได้เฉพาะ %(known)s พิมพ์ให้ตรงตามนี้") % {"known": known}]
    if not heading.strip():
        return [_("พิมพ์หัวรายงาน เช่น การปฏิบัติงานจิตอาสา {หน่วยงาน} ประจำวันที่ {วันที่}")]
    return []

"""What the words of a sheet stand for: codes of the lists, tambons, important days, hosts."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from jitasa.activities.choices import Basis
from jitasa.activities.selectors.choices import Offer, host_office_choices
from jitasa.activities.selectors.invitations import waiting_for, words_of
from jitasa.activities.selectors.places import tambon_choices
from jitasa.occasions.selectors import near, offered_for
from jitasa.organizations.models import Organization
from jitasa.sheets.layout import key, words_of_choices

_SEVERAL = re.compile(r"[,،;\n]+")
Found = tuple[str, str]  # (value of the form's field, what is wrong with the word)


class Words:
    """The words of one office's sheet; reads each list once for the whole sheet."""

    def __init__(self, office: Organization, offer: Offer) -> None:
        self.office, self.offer = office, offer
        self.choices = words_of_choices()
        with override("th"):
            self.kinds = {key(row.label): row.code for row in offer.kinds}
            self.tambons = _first_of_each(
                (key(label), code) for _group, rows in tambon_choices(office) for code, label in rows
            )
            self.events = {key(words_of(each)): each.activity for each in waiting_for(office.pk)}
        self.hosts = {
            key(label): code
            for _group, rows in host_office_choices(office, keep=None)
            for code, label in rows
        }

    def kind(self, text: str) -> Found:
        return self._listed(self.kinds, text)

    def sub_kind(self, text: str, kind: str) -> Found:
        """A word of the kind's own sub-kinds goes before the same word under another kind."""
        rows = sorted(self.offer.sub_kinds, key=lambda row: row.kind_code not in (kind, ""))
        return self._listed(_first_of_each((key(row.label), row.code) for row in rows), text)

    def tambon(self, text: str) -> Found:
        """By name, with or without ต.; a code of six digits as well."""
        return self._listed(self.tambons | {code: code for code in self.tambons.values()}, text)

    def chosen(self, name: str, text: str) -> Found:
        """One of the program's own closed lists."""
        return self._listed(self.choices[name], text)

    def channels(self, text: str) -> tuple[list[str], str]:
        known = self.choices["publicity"]
        words = several(text)
        wrong = [word for word in words if key(word) not in known]
        return [known[key(word)] for word in words if key(word) in known], _unknown(wrong[0]) if wrong else ""

    def host(self, text: str) -> tuple[str, str]:
        """(id of the office, name of one that is not in the province)."""
        found = self.hosts.get(key(text), "") if text else ""
        return found, "" if found else text

    def event(self, text: str) -> tuple[str, str, str]:
        """(UUID of the event the office is asked to, id of its host, what is wrong)."""
        if not text:
            return "", "", ""
        found = self.events.get(key(text))
        if found is None:
            return "", "", _unknown(text)
        return str(found.uuid), str(found.organization_id), ""

    def occasion(self, text: str, day: date | None) -> tuple[str, str, str]:
        """(basis, id of the day, what is wrong); the nearest of several that bear the name."""
        if not text or key(text) == key(_thai(Basis.NONE)):
            return Basis.NONE, "", ""
        if key(text) == key(_thai(Basis.CENTRE)):
            return Basis.CENTRE, "", ""
        if day is None:
            return Basis.OCCASION, "", _("กรอกวันที่เริ่มก่อน จึงจะรู้ว่าเป็นวันสำคัญของปีใด")
        fitting = [*offered_for(self.office, day), *near(self.office, day)]
        for row in fitting:
            if key(text) in (key(row.short_name), key(row.name)):
                return Basis.OCCASION, str(row.pk), ""
        names = ", ".join(dict.fromkeys(row.short_name for row in fitting[:4]))
        around = _("วันสำคัญใกล้วันนั้น: %(names)s") % {"names": names} if names else _("ใกล้วันนั้นไม่มีวันสำคัญ")
        return Basis.OCCASION, "", f"{_unknown(text)} · {around}"

    def _listed(self, known: Mapping[str, str], text: str) -> Found:
        if not text:
            return "", ""
        code = known.get(key(text))
        return (code, "") if code is not None else ("", _unknown(text))


def several(text: str) -> list[str]:
    """The words of a cell that takes several."""
    return [word.strip() for word in _SEVERAL.split(text) if word.strip()]


def _unknown(text: str) -> str:
    return _("ไม่รู้จัก “%(text)s” เลือกจากรายการในเซลล์") % {"text": text[:80]}


def _thai(basis: Basis) -> str:
    with override("th"):
        return str(basis.label)


def _first_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for word, code in pairs:
        found.setdefault(word, code)
    return found

"""A row of a sheet becomes the values of a record, through the very form that people fill in on the screen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid5

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from jitasa.activities.choices import Part, Status
from jitasa.activities.forms import RecordForm, initial_of
from jitasa.activities.models import Activity
from jitasa.activities.selectors.choices import Offer
from jitasa.activities.selectors.parts import parts_by_activity
from jitasa.activities.selectors.values import Parts, values_of
from jitasa.activities.services.content import cleaned
from jitasa.activities.values import ActivityValues, PhotoValue, as_json
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.sheets.exported import words_of
from jitasa.sheets.layout import HOST, JOINT, OCCASION, OWN, PHOTOS, REVISION, key
from jitasa.sheets.layout import UUID as UUID_KEY
from jitasa.sheets.selectors.own_photos import names_of_photos, told_apart
from jitasa.sheets.sheet_row import SheetRow
from jitasa.sheets.words import Words, several
from jitasa.thai.dates import today
from jitasa.thai.text import normalise
from jitasa.ui.parsing import parse_date
from jitasa.ui.reading import uuid_or_none, whole_number

Posted = MultiValueDict[str, object]
Errors = dict[str, list[str]]  # key of the column → what to do


@dataclass(frozen=True)
class TypedRow:
    """``values`` unless the row has errors; ``base_revision`` is that of the sheet."""

    row: SheetRow
    uuid: UUID
    base_revision: int | None = None
    values: ActivityValues | None = None
    errors: Errors = field(default_factory=dict)
    settled: bool = False  # nothing differs from a record that has left the clerk's hands


@dataclass(frozen=True)
class Stored:
    """A record that the office has already."""

    activity: Activity
    parts: Parts
    photo_names: Mapping[str, str]  # hash → name under which it was sent


class RowReader:
    """Reads the rows of one sheet; ``photos`` maps the name of a picture that came with it to its hash."""

    def __init__(
        self, *, viewer: Viewer, office: Organization, offer: Offer, now: datetime,
        photos: Mapping[str, str], days_are_right: bool = False,
    ) -> None:  # fmt: skip
        self.viewer, self.office, self.offer, self.now = viewer, office, offer, now
        self.photos = {photo_key(name): sha for name, sha in photos.items()}
        self.days_are_right = days_are_right
        self.words = Words(office, offer)
        self.today = today(now)
        self.stored: Mapping[UUID, Stored] = {}

    def read(self, rows: Sequence[SheetRow]) -> list[TypedRow]:
        """Every row, in its order."""
        uuids = [uuid_of(self.office, row) for row in rows]
        self.stored = stored_records(self.viewer, uuids)
        seen: dict[UUID, int] = {}
        read = []
        for row, uuid in zip(rows, uuids, strict=True):
            typed = self._read(row, uuid)
            first = seen.setdefault(uuid, row.line)
            if first != row.line:
                typed = replace(typed, values=None, errors={"name": [copied_from(first)]})
            read.append(typed)
        return read

    def _read(self, row: SheetRow, uuid: UUID) -> TypedRow:
        stored = self.stored.get(uuid)
        before = values_of(stored.activity, stored.parts) if stored else ActivityValues()
        errors: Errors = {"name": list(row.doubts)} if row.doubts else {}
        data = self._data(row, stored, before, errors)
        photos = self._photos(row, stored, before, errors)
        form = RecordForm(
            data, office=self.office, activity=stored.activity if stored else None,
            parts=stored.parts if stored else None, required=(), today=self.today,
        )  # fmt: skip
        if not form.is_valid():
            for name, texts in form.errors.items():
                errors.setdefault(column_of(name), []).extend(str(text) for text in texts)
        values = None if errors else form.values(photos)
        return TypedRow(
            row=row,
            uuid=uuid,
            base_revision=whole_number(row.cells.get(REVISION, ""), least=1),
            values=values,
            errors=errors,
            settled=bool(
                stored and stored.activity.status != Status.DRAFT and values and _same(before, values)
            ),
        )

    def _data(self, row: SheetRow, stored: Stored | None, before: ActivityValues, errors: Errors) -> Posted:
        """What the form would have been sent: the stored values, and over them every cell that says something else."""
        data: dict[str, object] = {
            name: value for name, value in initial_of(before).items() if value is not None
        }
        old = words_of(stored.activity, stored.parts) if stored else {}
        cells = {
            name: text for name, text in row.cells.items() if name not in old or key(text) != key(old[name])
        }
        data |= {name: text for name, text in cells.items() if name not in OWN}
        day = self._day(row.cells.get("start_date"), before)
        self._put_words(data, cells, errors)
        if HOST in cells:
            data["host_organization_id"], data["host_name"] = self.words.host(cells[HOST])
            data["host_activity"] = ""
        if JOINT in cells:
            self._put_event(data, cells[JOINT], before, errors)
        if OCCASION in cells:
            data["basis"], data["occasion_id"], wrong = self.words.occasion(cells[OCCASION], day)
            _note(errors, OCCASION, wrong)
        sure = day if self.days_are_right else before.day_confirmed
        if sure is not None:
            data["start_date_sure"] = sure.isoformat()
        return MultiValueDict(
            {name: value if isinstance(value, list) else [value] for name, value in data.items()}
        )

    def _put_event(self, data: dict[str, object], text: str, before: ActivityValues, errors: Errors) -> None:
        """The event of another office that the row is a part of; its host follows from it."""
        event, host, wrong = self.words.event(text)
        if wrong and before.host_activity is not None:
            return  # recorded, and the host has given the event another name since
        data["host_activity"] = event
        _note(errors, JOINT, wrong)
        if event:
            data |= {"host_organization_id": host, "host_name": ""}
            if data.get("part", Part.HOST) in ("", Part.HOST):
                data["part"] = Part.CO_HOST

    def _put_words(self, data: dict[str, object], cells: Mapping[str, str], errors: Errors) -> None:
        """Codes for the words of lists, in an order in which each finds what it depends on."""
        words = self.words
        read: dict[str, Callable[[str], tuple[object, str]]] = {
            "kind": words.kind,
            "sub_kind": lambda text: words.sub_kind(text, str(data.get("kind", ""))),
            "tambon_code": words.tambon,
            "part": lambda text: words.chosen("part", text),
            "budget_source": lambda text: words.chosen("budget_source", text),
            "publicity": words.channels,
        }
        for name, reader in read.items():
            if name in cells:
                data[name], wrong = reader(cells[name])
                _note(errors, name, wrong)

    def _day(self, text: str | None, before: ActivityValues) -> date | None:
        return before.start_date if text is None else day_in(text, near=self.today)

    def _photos(
        self, row: SheetRow, stored: Stored | None, before: ActivityValues, errors: Errors
    ) -> tuple[PhotoValue, ...]:
        """The pictures named, those of the record among them; all of the record's when none is named."""
        names = several(row.cells.get(PHOTOS, ""))
        if not names:
            return before.photos
        own = {photo.sha256: photo for photo in before.photos}
        own_names = told_apart(own, stored.photo_names if stored else {})
        known = {photo_key(name): sha for sha, name in own_names.items()} | self.photos
        missing = [name for name in names if photo_key(name) not in known]
        if missing:
            words = _("ไม่มีภาพ %(names)s ในไฟล์ zip ที่ส่งมา ใส่ภาพใน zip หรือแก้ชื่อให้ตรงกัน")
            _note(errors, PHOTOS, words % {"names": ", ".join(missing[:5])})
        shas = dict.fromkeys(known[photo_key(name)] for name in names if photo_key(name) in known)
        return tuple(own.get(sha) or PhotoValue(sha256=sha) for sha in shas)


SHEETS = "0d4a1c52-6a5e-5a43-9a35-6f1f5f0f7a11"  # the space of UUIDs of rows that bring none


def uuid_of(office: Organization, row: SheetRow) -> UUID:
    """The record's own; for a row without one the same whenever the same content is sent again."""
    found = uuid_or_none(row.cells.get(UUID_KEY, ""))
    if found is not None:
        return found
    content = [normalise(row.cells.get(name, "")) for name in ("start_date", "start_time", "name", "place")]
    return uuid5(UUID(SHEETS), "\n".join([office.code, *content]))


def copied_from(line: int) -> str:
    """What is said of a row that is another one's record."""
    words = _("แถวนี้คัดลอกมาจากแถว %(line)d ทั้งแถว ถ้าเป็นอีกกิจกรรมหนึ่ง คัดลอกเฉพาะเซลล์ที่มองเห็น")
    return words % {"line": line}


def day_in(text: str, *, near: date) -> date | None:
    """The day that a cell says, in either calendar; nothing when it says none."""
    try:
        return parse_date(text, near=near)
    except ValueError:
        return None


def photo_key(name: str) -> str:
    """A file name as it is compared: without folders, one spelling, small letters."""
    return normalise(name.replace("\\", "/").rsplit("/", 1)[-1]).lower()


def column_of(name: str) -> str:
    """The column at which a problem of the form or of a service is shown."""
    return _SHOWN_AT.get(name, name)


_SHOWN_AT = {
    "basis": OCCASION, "occasion_id": OCCASION,
    "host_organization_id": HOST, "host_name": HOST, "host_activity": JOINT,
    "photo_captions": PHOTOS, "point": "latitude", "point_source": "latitude",
    "men_women": "men", "budget": "budget_source",
}  # fmt: skip


def _same(before: ActivityValues, values: ActivityValues) -> bool:
    return as_json(before) == as_json(cleaned(values))


def _note(errors: Errors, name: str, wrong: str) -> None:
    if wrong:
        errors.setdefault(name, []).append(wrong)


def stored_records(viewer: Viewer, uuids: Iterable[UUID]) -> dict[UUID, Stored]:
    """Those of the office's own records that are among the UUIDs; three statements at most."""
    rows = list(
        Activity.objects.visible_to(viewer)
        .filter(uuid__in=list(uuids), organization=viewer.office_id)
        .select_related("organization", "kind", "sub_kind", "occasion", "host_organization", "host_activity")
    )
    if not rows:
        return {}
    parts = parts_by_activity(rows)
    names = names_of_photos(viewer, [photo.photo_id for each in parts.values() for photo in each.photos])
    return {row.uuid: Stored(row, parts[row.pk], names) for row in rows}

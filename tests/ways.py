"""The four ways in by which a record comes: the pages' field client, the API, OpenRosa, a sheet.

Each takes the same fields as a person would type them, sends them in its own dress and says in one shape what it was
told, so that a test can hold all four to one table.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4
from xml.sax.saxutils import escape

from django.test import Client

from jitasa.activities.models import Activity
from jitasa.api.tests.calling import token_for
from jitasa.openrosa.form import form_of
from jitasa.openrosa.tests.collect import BOUNDARY, RESPONSE, filled, multipart
from jitasa.sheets.tests.made import upload, workbook_of
from jitasa.thai.dates import today
from tests.cast import NOW, Cast

PAGES, API, OPENROSA, SHEET = "pages", "api", "openrosa", "sheet"
WAYS = (PAGES, API, OPENROSA, SHEET)
Typed = Mapping[str, Any]
TYPED: Typed = {
    "name": "ทำความสะอาดชายหาดนพรัตน์ธารา",
    "kind": "development",
    "start_date": "2026-11-20",
    "start_time": "08:30",
    "end_time": "10:30",
    "place": "หาดนพรัตน์ธารา",
    "moo": "5",
    "tambon_code": "810116",
    "group_v904": "60",
    "result": "เก็บขยะได้ตลอดแนวชายหาด",
}
NUMBERS = frozenset({"moo", "men", "women", "budget_amount", "latitude", "longitude", "occasion_id"})
WORDS = {"development": "จิตอาสาพัฒนา", "810116": "อ่าวนาง"}  # what a sheet has instead of the code


@dataclass(frozen=True)
class Said:
    """``words``: all that a person reads; ``number``: the record was sent and has it."""

    status: int
    words: str
    number: bool = False


class Ways:
    """The ways of one office (``cast.aonang``), with a token that may do everything."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.token = token_for(cast.boonmee)[1]

    def send(self, way: str, typed: Typed, *, uuid: UUID | None = None, **more: Any) -> Said:
        """One record sent; ``more``: revision, token."""
        said: Said = getattr(self, f"_{way}")(typed, uuid or uuid4(), **more)
        return said

    def _pages(self, typed: Typed, uuid: UUID, *, revision: int | None = None) -> Said:
        base = {} if revision is None else {"base_revision": str(revision)}
        writer = str(self.cast.people["anong"].pk)
        data = {**typed, **base, "writer": writer, "action": "submit", "photos_shown": "1"}
        data["photo"] = list(data.pop("photos", ()))
        return of_page(self.cast.client("anong").post(f"/work/activities/{uuid}/send/", data))

    def _api(self, typed: Typed, uuid: UUID, *, revision: int | None = None, token: str = "") -> Said:
        body = {name: _json(name, text) for name, text in typed.items() if "_" not in name or not _part(name)}
        body["photos"] = [{"sha256": sha} for sha in typed.get("photos", ())]
        body["groups"], body["measures"] = _coded(typed, "group_"), _coded(typed, "measure_")
        answer = Client().put(
            f"/api/v1/activities/{uuid}?submit=true",
            json.dumps({**body, "revision": revision}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token or self.token}"},
        )
        return of_api(answer)

    def _openrosa(self, typed: Typed, uuid: UUID, *, token: str = "", replaces: str = "") -> Said:
        return self.post_xml(xml_of(typed, uuid, replaces=replaces), token=token)

    def post_xml(self, xml: bytes, files: Mapping[str, bytes] | None = None, *, token: str = "") -> Said:
        answer = Client().post(
            f"/openrosa/key/{token or self.token}/submission",
            multipart(xml, files),
            content_type=f"multipart/form-data; boundary={BOUNDARY}",
        )
        return of_openrosa(answer)

    def _sheet(self, typed: Typed, uuid: UUID, *, revision: int | None = None) -> Said:
        row = {"uuid": str(uuid), **{_column(name): _cell(name, text) for name, text in typed.items()}}
        if revision is not None:
            row["revision"] = str(revision)
        return self.send_book(workbook_of([row]))

    def send_book(self, book: bytes, pictures: bytes | None = None) -> Said:
        """Shown, then taken: what is said is said before anything is kept, and the same after."""
        client = self.cast.client("anong")
        files = {"file": upload(book)} | ({"pictures": upload(pictures, "p.zip")} if pictures else {})
        shown = client.post("/work/sheets/check/", {**files, "send": "on"})
        if shown.status_code != 200:
            return of_page(shown)
        posted = {"rows": shown.context["rows"], "photos": shown.context["photos"], "send": "on"}
        taken = client.post("/work/sheets/import/", posted)
        fates = [each for each, _cells in shown.context["lines"]]
        lines = [text for each in fates for texts in each.errors.values() for text in texts]
        lines += [each.message for each in fates] + list(shown.context["problems"])
        return Said(200, " ".join(filter(None, lines)), bool(taken.context["counts"]["sent"]))


def of_page(answer: Any) -> Said:
    if not answer["Content-Type"].startswith("application/json"):
        return Said(answer.status_code, answer.content.decode())
    body = json.loads(answer.content)
    words = [body.get("error", ""), *(line["words"] for line in body.get("lines", []))]
    return Said(answer.status_code, " ".join(words), bool(body.get("number")))


def of_api(answer: Any) -> Said:
    body = json.loads(answer.content)
    words = [body.get("detail", "")]
    words += [each["message"] for each in [*body.get("errors", []), *body.get("problems", [])]]
    return Said(answer.status_code, " ".join(words), bool(body.get("number")))


def of_openrosa(answer: Any) -> Said:
    from defusedxml.ElementTree import fromstring

    words = fromstring(answer.content).findtext(f"{RESPONSE}message") or ""
    return Said(answer.status_code, words, "เลขที่" in words)


def _part(name: str) -> bool:
    return name.startswith(("group_", "measure_"))


def _coded(typed: Typed, prefix: str) -> dict[str, Any]:
    return {
        name.removeprefix(prefix): _number(text) for name, text in typed.items() if name.startswith(prefix)
    }


def _json(name: str, text: Any) -> Any:
    return _number(text) if name in NUMBERS else text


def _number(text: str) -> Any:
    """A number where it is written as one, else the text: programs send both."""
    try:
        return int(text)
    except ValueError:
        return float(text) if re.fullmatch(r"-?\d+\.\d+", text) else text


def xml_of(typed: Typed, uuid: UUID, *, replaces: str = "", photos: Iterable[str] = ()) -> bytes:
    texts: dict[str, Any] = {
        ("tambon" if name == "tambon_code" else name): escape(str(text))
        for name, text in typed.items()
        if not _part(name) and name not in {"latitude", "longitude", "photos", "occasion_id"}
    }
    if "latitude" in typed or "longitude" in typed:
        texts["point"] = f"{typed.get('latitude', '')} {typed.get('longitude', '')} 0 0"
    if "occasion_id" in typed:
        texts["occasion"] = typed["occasion_id"]
    for one, prefix, inside in (("groups", "group_", "n_"), ("measures", "measure_", "m_")):
        texts[one] = {
            inside + name.removeprefix(prefix): escape(str(text))
            for name, text in typed.items()
            if name.startswith(prefix)
        }
    form = form_of(today(NOW)).xml
    return filled(form, instance=f"uuid:{uuid}", replaces=replaces, photos=tuple(photos), **texts)


def _column(name: str) -> str:
    return {"occasion_id": "occasion"}.get(name, name)


def _cell(name: str, text: Any) -> Any:
    if name == "photos":
        return ", ".join(text)
    return WORDS.get(str(text), text)


def nothing_kept() -> bool:
    return not Activity.objects.exists()

"""One joint event recorded in each way in: the page, the API, a telephone without a signal, ODK Collect, Excel.

Whichever way the guest's part came, its invitation is accepted, its own figures are whole, and every face upwards counts one event.
"""

import csv
import io
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jitasa.activities.choices import Invited
from jitasa.activities.models import Activity, Invitation
from jitasa.activities.services.invite import invite
from jitasa.activities.services.submit import submit
from jitasa.activities.tests.making import make_draft, make_lists
from jitasa.activities.tests.test_steps import totals
from jitasa.api.tests.calling import Program, data_of, token_for
from jitasa.compilation.selectors import boards
from jitasa.compilation.selectors.report_scope import ReportScope
from jitasa.compilation.services.check import differences
from jitasa.opendata.tests.test_datasets import csv_rows
from jitasa.openrosa.form import form_of
from jitasa.openrosa.media import media_of
from jitasa.openrosa.tests.collect import filled
from jitasa.organizations.choices import Role
from jitasa.portal.selectors import numbers
from jitasa.review.services.accept import accept
from jitasa.rounds.models import Round
from jitasa.rounds.rules import first_rules
from jitasa.sheets.tests.made import cells_of, upload, workbook_of
from tests.cast import NOW, Cast, viewer

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
MONTH = date(2026, 11, 1)
PEOPLE, RESULT = 25, "ร่วมเก็บขยะ"


@pytest.fixture
def event(cast: Cast) -> Activity:
    """Anong's draft, to which Chai's office is asked."""
    make_lists()
    Round.objects.create(month=MONTH, **first_rules(MONTH) | {"photos_least": 0})
    event = make_draft(cast.anong)
    invite(actor=cast.anong, activity=event, offices=[cast.kokklang], now=NOW)
    return event


def token_of_guest(cast: Cast) -> str:
    return token_for(viewer(cast.people["chai"], cast.kokklang, Role.ADMINISTRATOR))[1]


def by_page(cast: Cast) -> None:
    chai, invitation = cast.client("chai"), Invitation.objects.get()
    accepted = chai.post(f"/work/activities/invitations/{invitation.uuid}/accept/")
    shown = chai.get(accepted["Location"], follow=True)
    form, address = shown.context["form"], shown.request["PATH_INFO"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    typed |= {"start_date": "20/11/2569", "group_people": PEOPLE, "result": RESULT, "action": "submit"}
    assert chai.post(address, typed).status_code == 302


def by_api(cast: Cast) -> None:
    program = Program(token_of_guest(cast))
    record = data_of(program("get", "invitations"))["items"][0]["record"]
    sent = program(
        "put", f"activities/{uuid4()}?submit=true", {**record, "groups": {"people": PEOPLE}, "result": RESULT}
    )
    assert sent.status_code == 201, sent.content


def by_telephone(cast: Cast) -> None:
    """What the telephone keeps of the desk, filled in without a signal, sent by its queue."""
    chai = cast.client("chai")
    (kept,) = chai.get("/work/field/desk.json").json()["joint"]
    typed = {
        **kept["fill"],
        "group_people": PEOPLE,
        "result": RESULT,
        "writer": cast.people["chai"].pk,
        "photos_shown": "1",
        "action": "submit",
    }
    answer = chai.post(f"/work/activities/{uuid4()}/send/", typed)
    assert answer.json().get("sent"), answer.content.decode()


def by_collect(cast: Cast) -> None:
    files = {each.name: each.content.decode() for each in media_of(cast.kokklang, NOW.date())}
    (choice,) = csv.DictReader(io.StringIO(files["joint.csv"]))
    assert "อ่าวนาง" in choice["label"]
    xml = filled(
        form_of(NOW.date()).xml,
        name="ร่วมทำความสะอาดชายหาด",
        kind="development",
        basis="none",
        part="guest",
        joint=choice["name"],
        start_date="2026-11-20",
        start_time="08:30:00.000+07:00",
        place="หาดนพรัตน์ธารา",
        tambon="810116",
        groups={"n_people": PEOPLE},
        result=RESULT,
        budget_source="none",
    )
    files_sent = {"xml_submission_file": SimpleUploadedFile("submission.xml", xml, "text/xml")}
    answer = Client().post(f"/openrosa/key/{token_of_guest(cast)}/submission", files_sent)
    assert answer.status_code == 201, answer.content.decode()


def by_excel(cast: Cast) -> None:
    chai = cast.client("chai")
    rows = cells_of(chai.get("/work/sheets/sheet.xlsx?month=2569-11").content)
    begun = next(row for row in rows if row["joint"])
    assert (begun["name"], begun["revision"]) == ("ทำความสะอาดชายหาดนพรัตน์ธารา", "")
    begun |= {"group_people": PEOPLE, "result": RESULT, "start_date": "20/11/2569", "start_time": "08:30"}
    begun["end_time"] = ""
    book = workbook_of([{name: value for name, value in begun.items() if value != ""}])
    for _again in range(2):  # the same file again changes nothing
        shown = chai.post("/work/sheets/check/", {"file": upload(book), "send": "on"})
        posted = {"rows": shown.context["rows"], "photos": shown.context["photos"], "send": "on"}
        done = chai.post("/work/sheets/import/", posted)
        assert done.status_code in (200, 302), done.content.decode()


WAYS: list[Callable[[Cast], None]] = [by_page, by_api, by_telephone, by_collect, by_excel]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_one_event_in_every_way_in_and_on_every_face(
    cast: Cast, event: Activity, way: Callable[[Cast], None]
) -> None:
    way(cast)
    part = Activity.objects.get(organization=cast.kokklang)
    assert (part.status, part.host_activity_id, part.host_organization_id) == (
        "submitted",
        event.pk,
        cast.aonang.pk,
    )
    assert (part.participants, part.result) == (PEOPLE, RESULT)
    assert Invitation.objects.get().state == Invited.ACCEPTED
    sent = submit(actor=cast.anong, activity=event, now=NOW)
    one_event(cast, sent, part)


def one_event(cast: Cast, event: Activity, part: Activity) -> None:
    """Month's numbers, boards, the public's numbers and open data."""
    both = event.participants + PEOPLE
    assert totals() == {"activities": 2, "events": 1, "participants": both, "people": event.participants}
    part.refresh_from_db()
    for row in (event, part):
        accept(actor=cast.ek, activity=row, now=NOW)
    figures = boards.board(ReportScope(cast.krabi, MONTH), now=NOW).total
    assert (figures.events, figures.people, figures.participants) == (1, event.participants, both)
    own = boards.board(ReportScope(cast.kokklang, MONTH), now=NOW).total
    assert (own.activities, own.participants) == (1, PEOPLE)
    assert numbers.of_office(cast.krabi, MONTH).activities == 1
    assert numbers.of_office(cast.kokklang, MONTH).activities == 1
    rows = csv_rows("activities")
    assert sum(int(row["counted_events"]) for row in rows) == 1
    assert sum(int(row["counted_people"]) for row in rows) == event.participants
    assert f"/a/{part.number}/" in Client().get(f"/a/{event.number}/").content.decode()
    assert f"/a/{event.number}/" in Client().get(f"/a/{part.number}/").content.decode()
    assert list(differences()) == []

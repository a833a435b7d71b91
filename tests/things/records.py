"""Records in every state, and their pictures."""

from uuid import uuid4

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors import receipts
from jitasa.activities.services.invite import invite
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.photos import store
from jitasa.photos.tests.pictures import jpeg
from jitasa.rounds.models import Kind
from tests.cast import NOW, viewer
from tests.things.world import Arguments, World


def _lists() -> None:
    if not Kind.objects.exists():
        make_lists()


def draft(world: World, office: Organization) -> Arguments:
    """A record being written."""
    _lists()
    return {"uuid": make_draft(world.officer(office)).uuid}


def new_record(_world: World, _office: Organization) -> Arguments:
    """The name a browser gives to a record nobody has saved yet."""
    return {"uuid": uuid4()}


def sent(world: World, office: Organization) -> Arguments:
    """A record that was sent and waits for review."""
    _lists()
    return {"uuid": make_sent(world.officer(office)).uuid}


def invitation(world: World, office: Organization) -> Arguments:
    """A third office asks this one to its event."""
    _lists()
    host = viewer(world.cast.people["anong"], world.cast.saithai, Role.OFFICER)
    return {"uuid": invite(actor=host, activity=make_sent(host), offices=[office], now=NOW)[0].uuid}


def own_invitation(world: World, office: Organization) -> Arguments:
    """This office asks a third one to its event."""
    _lists()
    host = world.officer(office)
    asked = invite(actor=host, activity=make_sent(host), offices=[world.cast.saithai], now=NOW)
    return {"uuid": asked[0].uuid}


def sent_pair(world: World, office: Organization) -> Arguments:
    """Two with the same picture, to be looked at side by side."""
    _lists()
    first = make_sent(world.officer(office))
    pictures = tuple(PhotoValue(sha256=row.photo.sha256) for row in first.photos.select_related("photo"))
    second = make_sent(world.officer(office), photos=pictures)
    return {"uuid": second.uuid, "other": first.uuid}


def awaiting(world: World, office: Organization) -> Arguments:
    """A record that waits for the office's approver."""
    _lists()
    Organization.objects.filter(pk=office.pk).update(approval_required=True)
    return {"uuid": make_sent(world.officer(office)).uuid}


def receipt(world: World, office: Organization) -> Arguments:
    """The receipt number of a sent record."""
    _lists()
    return {"number": make_sent(world.officer(office)).number}


def receipt_code(world: World, office: Organization) -> Arguments:
    """The code on the paper of a sent record."""
    _lists()
    return {"code": receipts.receipt_code(make_sent(world.officer(office)))}


def photo(world: World, office: Organization) -> Arguments:
    """A picture of a sent record, with a file behind its small copy."""
    _lists()
    row = make_sent(world.officer(office)).photos.select_related("photo").first()
    assert row is not None
    path = store.published(row.photo.sha256, "small")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(jpeg(64, 48))
    return {"sha256": row.photo.sha256, "size": "small"}


def photo_hash(_world: World, _office: Organization) -> Arguments:
    """A picture that nobody has sent yet."""
    return {"sha256": "ab" * 32}


def accepted_record(world: World, office: Organization) -> Arguments:
    """A record that was accepted."""
    arguments = sent(world, office)
    Activity.objects.filter(uuid=arguments["uuid"]).update(status=Status.ACCEPTED)
    return arguments


def card(world: World, office: Organization) -> Arguments:
    return {**accepted_record(world, office), "shape": "square"}


def sheet_import(world: World, office: Organization) -> Arguments:
    """A large sheet whose rows have been checked."""
    from jitasa.sheets.models import SheetImport

    clerk = world.officer(office).user
    assert clerk is not None
    row = SheetImport.objects.create(
        organization=office, made_by=clerk, made_at=NOW, moved_at=NOW, language="th",
        name="กิจกรรม.xlsx", send=True, stage="ready", row_count=1, to_do=1, done_count=1,
    )  # fmt: skip
    row.rows.create(line=4, batch=1, cells={"name": "ปลูกป่า"}, fate="wrong", errors={"start_date": ["ใส่วันที่"]})
    return {"uuid": row.uuid}

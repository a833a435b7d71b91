"""Records in every state, and their pictures."""

from uuid import uuid4

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity
from jitasa.activities.selectors import receipts
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.organizations.models import Organization
from jitasa.photos import store
from jitasa.photos.tests.pictures import jpeg
from jitasa.rounds.models import Kind
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

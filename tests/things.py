"""One thing of each kind in a given office, for the walk over all routes (``tests/routes.py``)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.utils import timezone

from jitasa.accounts.models import User
from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.services.accept import accept
from jitasa.activities.tests.making import make_draft, make_lists, make_sent
from jitasa.activities.values import PhotoValue
from jitasa.compilation.services.compile import compile_round
from jitasa.notices.models import NoticeKind
from jitasa.notices.services.notify import notify
from jitasa.occasions.models import Occasion
from jitasa.opendata.datasets import BY_SLUG
from jitasa.opendata.services.refresh import refresh
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.selectors.viewers import viewer_for
from jitasa.organizations.viewer import SYSTEM, Viewer
from jitasa.photos import store
from jitasa.photos.tests.pictures import jpeg
from jitasa.publicity.models import Material
from jitasa.rounds.models import Kind
from tests.cast import NOW, Cast, viewer


@dataclass(frozen=True)
class World:
    """The cast, and the clerk of each of the two offices the walk compares."""

    cast: Cast

    def officer(self, office: Organization) -> Viewer:
        """The clerk at work: Anong or Chai."""
        found = viewer_for(self.clerk(office), NOW, organization_id=office.pk)
        assert found.organization == office
        return found

    def clerk(self, office: Organization) -> User:
        return Post.objects.get(organization=office, role=Role.OFFICER).user


Arguments = dict[str, Any]


def office(_world: World, office: Organization) -> Arguments:
    return {"organization_id": office.pk}


def office_code(_world: World, office: Organization) -> Arguments:
    return {"code": office.code}


def person(world: World, office: Organization) -> Arguments:
    return {"pk": world.clerk(office).pk}


def post(_world: World, office: Organization) -> Arguments:
    return {"pk": Post.objects.get(organization=office, role=Role.OFFICER).pk}


def notice(_world: World, office: Organization) -> Arguments:
    made = notify(organization=office, kind=NoticeKind.REMINDER, title="เตือน", now=timezone.now())
    return {"pk": made.pk}


def session(world: World, office: Organization) -> Arguments:
    """A session of the office's clerk, on another device."""
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store.create()
    made = UserSession.objects.create(
        user=world.clerk(office), ip="10.0.0.1", user_agent="", session_key=store.session_key
    )
    return {"pk": made.pk}


# --- records, pictures ------------------------------------------------------------------------------


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


def published(world: World, office: Organization) -> Arguments:
    """The number of a record that anybody may read."""
    _lists()
    made = make_sent(world.officer(office))
    accept(actor=world.cast.fah, activity=made, now=NOW)
    return {"number": made.number}


def district_code(_world: World, office: Organization) -> Arguments:
    return {"code": office.district_code}


def province_code(_world: World, office: Organization) -> Arguments:
    return {"code": office.province_code}


def day(world: World, office: Organization) -> Arguments:
    """The public address of a national day."""
    occasion(world, office)
    return {"year": 2569, "code": "chakri"}


def public_material(_world: World, office: Organization) -> Arguments:
    """A text for loudspeakers that the office released to everybody."""
    made = Material.objects.create(
        uuid=uuid4(),
        organization=office,
        kind="script",
        title="ชวนปลูกต้นไม้",
        words="เชิญร่วมปลูกต้นไม้เช้าวันเสาร์",
        licence="cc_by",
        is_public=True,
        created_at=NOW,
        updated_at=NOW,
    )
    return {"pk": made.pk}


def day_of_province(world: World, _office: Organization) -> Arguments:
    """The public address of a day that the province added."""
    Occasion.objects.get_or_create(
        code="krabi-day",
        date=date(2026, 6, 1),
        name="วันเมืองกระบี่",
        short_name="วันเมืองกระบี่",
        kind="local",
        organization=world.cast.krabi,
    )
    return {"year": 2569, "code": "krabi-day", "province": "81"}


def photo(world: World, office: Organization) -> Arguments:
    """A picture of a sent record, with a file behind its small copy."""
    _lists()
    row = make_sent(world.officer(office)).photos.select_related("photo").first()
    assert row is not None
    path = store.published(row.photo.sha256, "small")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(jpeg(64, 48))
    return {"sha256": row.photo.sha256, "size": "small"}


def public_picture(world: World, office: Organization) -> Arguments:
    """A picture of an accepted record that everybody may see."""
    arguments = photo(world, office)
    use = ActivityPhoto.objects.get(photo__sha256=arguments["sha256"])
    Activity.objects.filter(pk=use.activity_id).update(status=Status.ACCEPTED)
    return {"pk": use.pk, "size": "small"}


def accepted_record(world: World, office: Organization) -> Arguments:
    """A record that was accepted."""
    arguments = sent(world, office)
    Activity.objects.filter(uuid=arguments["uuid"]).update(status=Status.ACCEPTED)
    return arguments


def card(world: World, office: Organization) -> Arguments:
    return {**accepted_record(world, office), "shape": "square"}


def picture_request(world: World, office: Organization) -> Arguments:
    """A guest's request about a public picture of the office."""
    from jitasa.portal.models import Reason, Wish
    from jitasa.portal.services.request_takedown import Asked, request_takedown

    asked = Asked(Wish.REMOVE, Reason.OWN_FACE)
    picture = public_picture(world, office)["pk"]
    made = request_takedown(actor=Viewer(), picture_id=picture, asked=asked, key=uuid4(), now=NOW)
    return {"pk": made.pk}


def picture_answer(world: World, office: Organization) -> Arguments:
    """The private link of the guest who asked."""
    from jitasa.portal.models import TakedownRequest
    from jitasa.portal.services.request_takedown import token_of

    made = TakedownRequest.objects.get(**picture_request(world, office))
    return {"token": token_of(made.key)}


def sitemap_part(_world: World, _office: Organization) -> Arguments:
    return {"part": "pages", "number": 1}


def public_card(world: World, office: Organization) -> Arguments:
    """The wide card of an accepted record."""
    use = ActivityPhoto.objects.select_related("activity").get(**public_picture_id(world, office))
    return {"number": use.activity.number, "shape": "wide"}


def public_picture_id(world: World, office: Organization) -> Arguments:
    return {"pk": public_picture(world, office)["pk"]}


# --- months -----------------------------------------------------------------------------------------

MONTH = date(2026, 10, 1)


def month(_world: World, _office: Organization) -> Arguments:
    return {"month": MONTH}


def month_and_office(_world: World, office: Organization) -> Arguments:
    return {"month": MONTH, "pk": office.pk}


def month_and_office_above(_world: World, office: Organization) -> Arguments:
    """A month of the district above the office."""
    return {"month": MONTH, "pk": office.reports_to_id}


def board_table(world: World, office: Organization) -> Arguments:
    return {**month_and_office_above(world, office), "table": "offices"}


def month_act(_world: World, _office: Organization) -> Arguments:
    return {"month": MONTH, "act": "confirm"}


def month_text(_world: World, _office: Organization) -> Arguments:
    return {"month": "2569-10"}


def compilation(_world: World, office: Organization) -> Arguments:
    """The month compiled for the district above the office."""
    above = office.reports_to
    assert above is not None
    made = compile_round(actor=SYSTEM, organization=above, month=MONTH, now=NOW)
    return {"pk": made.compilation.pk}


# --- the department's lists and days ----------------------------------------------------------------


def list_slug(_world: World, _office: Organization) -> Arguments:
    return {"slug": "kinds"}


def list_item(_world: World, _office: Organization) -> Arguments:
    _lists()
    return {"slug": "kinds", "pk": Kind.objects.order_by("pk").first().pk}  # type: ignore[union-attr]  # just made


def list_history(_world: World, _office: Organization) -> Arguments:
    _lists()
    return {"slug": "kinds", "code": "development"}


def occasion(_world: World, _office: Organization) -> Arguments:
    """A national day."""
    made, _new = Occasion.objects.get_or_create(
        code="chakri",
        date=date(2026, 4, 6),
        name="วันจักรี",
        short_name="วันจักรี",
        kind="royal",
    )
    return {"pk": made.pk}


def occasion_board(world: World, office: Organization) -> Arguments:
    return {"occasion_id": occasion(world, office)["pk"]}


def occasion_board_of(world: World, office: Organization) -> Arguments:
    return {**occasion_board(world, office), "pk": office.pk}


def registry_office(_world: World, office: Organization) -> Arguments:
    return {"pk": office.pk}


def registry_change(_world: World, office: Organization) -> Arguments:
    return {"pk": office.pk, "verb": "rename"}


def chapter(_world: World, _office: Organization) -> Arguments:
    return {"slug": "people"}


def letter_draft(world: World, office: Organization) -> Arguments:
    """A draft of the office's clerk."""
    from jitasa.letters.services.compose import save_letter
    from jitasa.letters.values import LetterValues

    actor = viewer(world.clerk(office), office, Role.OFFICER)
    values = LetterValues(subject="เรื่อง")
    made = save_letter(actor=actor, uuid=uuid4(), base_revision=None, values=values, now=timezone.now())
    return {"uuid": made.uuid}


def letter(world: World, office: Organization) -> Arguments:
    """A letter the office issued to its province."""
    return {"uuid": _issued(world, office).uuid}


def letter_page(world: World, office: Organization) -> Arguments:
    return {"uuid": _issued(world, office).uuid, "number": 1}


def enclosure(world: World, office: Organization) -> Arguments:
    return {"pk": _issued(world, office).enclosures.get().pk}


def signer(_world: World, office: Organization) -> Arguments:
    from jitasa.letters.models import Signer

    return {"pk": Signer.objects.create(organization=office, name="นาย ก", position="นายก").pk}


def recipient_group(_world: World, office: Organization) -> Arguments:
    from jitasa.letters.models import RecipientGroup

    return {"pk": RecipientGroup.objects.create(organization=office, name="กลุ่ม").pk}


def _issued(world: World, office: Organization) -> Any:
    from jitasa.letters.services.files import receive_file
    from jitasa.letters.services.issue import issue
    from jitasa.letters.tests.samples import PDF, draft, values
    from jitasa.letters.values import Attached, Recipients

    clerk, now = viewer(world.clerk(office), office, Role.OFFICER), timezone.now()
    stored = receive_file(actor=clerk, chunks=[PDF], name="แบบ.pdf", now=now)
    from jitasa.letters.models import Signer

    given = values(
        Signer.objects.create(organization=office, name="นาย ก", position="นายก"),
        recipients=Recipients(offices=(world.cast.krabi.pk,)),
        enclosures=(Attached(title="แบบ", sha256=stored.sha256),),
    )
    return issue(actor=clerk, letter=draft(clerk, given), now=now)


def letter_received(world: World, office: Organization) -> Arguments:
    """A letter of the department that came to the office and asks for an answer."""
    from jitasa.letters.models import Signer
    from jitasa.letters.services.issue import issue
    from jitasa.letters.tests.samples import draft, values
    from jitasa.letters.values import Recipients

    now, department = timezone.now(), world.cast.department
    given = values(
        Signer.objects.create(organization=department, name="นาย ข", position="อธิบดี"),
        recipients=Recipients(offices=(office.pk,)),
        answer_kind="acknowledge",
    )
    return {"uuid": issue(actor=world.cast.fah, letter=draft(world.cast.fah, given), now=now).uuid}


def letter_answered(world: World, office: Organization) -> Arguments:
    """A file the office answered the department's letter with."""
    from jitasa.letters.models import Answer, Dispatch, Letter
    from jitasa.letters.services.files import receive_file
    from jitasa.letters.tests.samples import PDF

    uuid = letter_received(world, office)["uuid"]
    way = Dispatch.objects.get(letter=Letter.objects.get(uuid=uuid), recipient=office)
    clerk = viewer(world.clerk(office), office, Role.OFFICER)
    stored = receive_file(actor=clerk, chunks=[PDF], name="ผล.pdf", now=timezone.now())
    made = Answer.objects.create(
        dispatch=way, kind="file", sha256=stored.sha256, file_name=stored.name, at=timezone.now()
    )
    return {"uuid": uuid, "pk": made.pk}


def dataset(_world: World, _office: Organization) -> Arguments:
    return {"slug": "organizations"}


def dataset_dictionary(_world: World, _office: Organization) -> Arguments:
    return {"slug": "organizations", "form": "csv"}


def dataset_file(_world: World, _office: Organization) -> Arguments:
    refresh(dataset=BY_SLUG["organizations"], now=NOW)
    return {"slug": "organizations", "form": "csv"}


def dataset_version(world: World, office: Organization) -> Arguments:
    return dataset_file(world, office) | {"number": 1}


# --- publicity --------------------------------------------------------------------------------------


def channel(world: World, office: Organization) -> Arguments:
    """A channel of the office."""
    from jitasa.publicity.tests.making import make_channel

    return {"pk": make_channel(world.officer(office)).pk}


def material(world: World, office: Organization) -> Arguments:
    """A material the office put into the library."""
    from jitasa.publicity.tests.making import make_material

    return {"pk": make_material(world.officer(office)).pk}


def material_file_row(world: World, office: Organization) -> Arguments:
    """A document of such a material."""
    from jitasa.publicity.tests.making import make_file, make_material

    return {"pk": make_file(world.officer(office), make_material(world.officer(office))).pk}


def material_file(world: World, office: Organization) -> Arguments:
    return material_file_row(world, office) | {"variant": "original"}


def material_public(world: World, _office: Organization) -> Arguments:
    """A document the department released to everybody."""
    from jitasa.publicity.tests.making import make_file, make_material

    fah = world.cast.fah
    return {"pk": make_file(fah, make_material(fah, is_public=True)).pk, "variant": "original"}


def campaign(world: World, office: Organization) -> Arguments:
    """A campaign of the department that came to the office."""
    from jitasa.publicity.tests.making import make_campaign, make_material

    fah = world.cast.fah
    return {"uuid": make_campaign(fah, [make_material(fah)], [office]).uuid}


def campaign_draft(_world: World, office: Organization) -> Arguments:
    """A draft, as an office that may not send one could have it from the time when it could."""
    from jitasa.publicity.models import Campaign

    made = Campaign.objects.create(
        uuid=uuid4(), organization=office, title="ร่าง", created_at=NOW, updated_at=NOW
    )
    return {"uuid": made.uuid}


def broadcast(world: World, office: Organization) -> Arguments:
    """A use of a material on a channel of the office, with a picture."""
    from jitasa.publicity.tests.making import make_broadcast, make_material

    clerk = world.officer(office)
    return {"pk": make_broadcast(clerk, make_material(clerk), with_photo=True).pk}

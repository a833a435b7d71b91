"""What everybody may see, requests about it, and the datasets."""

from datetime import date
from uuid import uuid4

from jitasa.activities.choices import Status
from jitasa.activities.models import Activity, ActivityPhoto
from jitasa.activities.tests.making import make_sent
from jitasa.occasions.models import Occasion
from jitasa.opendata.datasets import BY_SLUG
from jitasa.opendata.services.refresh import refresh
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.models import Material
from jitasa.review.services.accept import accept
from tests.cast import NOW
from tests.things.months import occasion
from tests.things.records import _lists, photo
from tests.things.world import Arguments, World


def published(world: World, office: Organization) -> Arguments:
    """The number of a record that anybody may read."""
    _lists()
    made = make_sent(world.officer(office))
    accept(actor=world.cast.fah, activity=made, now=NOW)
    return {"number": made.number}


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


def public_picture(world: World, office: Organization) -> Arguments:
    """A picture of an accepted record that everybody may see."""
    arguments = photo(world, office)
    use = ActivityPhoto.objects.get(photo__sha256=arguments["sha256"])
    Activity.objects.filter(pk=use.activity_id).update(status=Status.ACCEPTED)
    return {"pk": use.pk, "size": "small"}


def picture_request(world: World, office: Organization) -> Arguments:
    """A guest's request about a public picture of the office."""
    from jitasa.portal.models import Reason, Wish
    from jitasa.portal.services.request_takedown import TakedownWish, request_takedown

    asked = TakedownWish(Wish.REMOVE, Reason.OWN_FACE)
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
    return {"section": "pages"}


def public_card(world: World, office: Organization) -> Arguments:
    """The wide card of an accepted record."""
    use = ActivityPhoto.objects.select_related("activity").get(**public_picture_id(world, office))
    return {"number": use.activity.number, "shape": "wide"}


def public_picture_id(world: World, office: Organization) -> Arguments:
    return {"pk": public_picture(world, office)["pk"]}


def dataset(_world: World, _office: Organization) -> Arguments:
    return {"slug": "organizations"}


def dataset_dictionary(_world: World, _office: Organization) -> Arguments:
    return {"slug": "organizations", "form": "csv"}


def dataset_file(_world: World, _office: Organization) -> Arguments:
    refresh(dataset=BY_SLUG["organizations"], now=NOW)
    return {"slug": "organizations", "form": "csv"}


def dataset_version(world: World, office: Organization) -> Arguments:
    return dataset_file(world, office) | {"number": 1}

"""Channels, materials, campaigns and broadcasts."""

from uuid import uuid4

from jitasa.organizations.models import Organization
from tests.cast import NOW
from tests.things.world import Arguments, World


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

"""A month, its lists and its important days."""

from datetime import date

from jitasa.compilation.services.compile import compile_round
from jitasa.documents.tests import files
from jitasa.occasions.models import Occasion
from jitasa.occasions.services.edit import OccasionContent, add_occasion
from jitasa.occasions.services.orders import receive_order
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import SYSTEM
from jitasa.rounds.models import Kind
from tests.cast import NOW
from tests.things.records import _lists
from tests.things.world import Arguments, World

MONTH = date(2026, 10, 1)


def month(_world: World, _office: Organization) -> Arguments:
    return {"month": MONTH}


def month_and_office(_world: World, office: Organization) -> Arguments:
    return {"month": MONTH, "pk": office.pk}


def month_and_office_above(_world: World, office: Organization) -> Arguments:
    """A month of the district above the office."""
    return {"month": MONTH, "pk": office.reports_to_id}


def month_chase(world: World, office: Organization) -> Arguments:
    return {**month_and_office_above(world, office), "who": "late"}


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


def compilation_in_krabi(world: World, office: Organization) -> Arguments:
    return {**compilation(world, office), "province": "81"}


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


def day_of_centre(world: World, _office: Organization) -> Arguments:
    """A day of the province's volunteer centre with the file of its order."""
    content = OccasionContent(
        date=date(2026, 12, 1),
        name="วันพัฒนาคลองทั้งจังหวัด",
        short_name="พัฒนาคลอง",
        kind="local",
        order_reference="คำสั่ง ศอ.จอส.จังหวัดกระบี่ ที่ 5/2569",
    )
    order = receive_order(actor=world.cast.hathai, chunks=[files.pdf()], name="คำสั่ง.pdf")
    return {"pk": add_occasion(actor=world.cast.hathai, content=content, order=order, now=NOW).pk}


def occasion_board(world: World, office: Organization) -> Arguments:
    return {"occasion_id": occasion(world, office)["pk"]}


def occasion_board_of(world: World, office: Organization) -> Arguments:
    return {**occasion_board(world, office), "pk": office.pk}


def chapter(_world: World, _office: Organization) -> Arguments:
    return {"slug": "people"}

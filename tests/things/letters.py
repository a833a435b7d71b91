"""Letters: written, issued, received, answered."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from tests.cast import viewer
from tests.things.world import Arguments, World


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


def letter_check(world: World, office: Organization) -> Arguments:
    """The code on the paper of a letter the office issued."""
    from jitasa.letters.check_code import check_code

    made = _issued(world, office)
    return {"uuid": made.uuid, "code": check_code(made)}


def letter_outside(world: World, office: Organization) -> Arguments:
    """Somebody outside the registry to whom a letter of the office goes."""
    from jitasa.letters.models import OutsideRecipient

    made = _issued(world, office)
    row = OutsideRecipient.objects.create(letter=made, position=0, name="ปลัดกระทรวงมหาดไทย")
    return {"uuid": made.uuid, "pk": row.pk}


def letter_page(world: World, office: Organization) -> Arguments:
    return {"uuid": _issued(world, office).uuid, "number": 1}


def enclosure(world: World, office: Organization) -> Arguments:
    return {"pk": _issued(world, office).enclosures.get().pk}


def signer(_world: World, office: Organization) -> Arguments:
    from jitasa.letters.models import Signer

    return {"pk": Signer.objects.create(organization=office, name="นาย ก", position="นายก").pk}


def recipient_group(_world: World, office: Organization) -> Arguments:
    from jitasa.distribution.models import RecipientGroup

    return {"pk": RecipientGroup.objects.create(organization=office, name="กลุ่ม").pk}


def _issued(world: World, office: Organization) -> Any:
    from jitasa.distribution.values import Recipients
    from jitasa.letters.services.files import receive_file
    from jitasa.letters.services.issue import issue
    from jitasa.letters.tests.samples import PDF, draft, values
    from jitasa.letters.values import Attached

    clerk, now = viewer(world.clerk(office), office, Role.OFFICER), timezone.now()
    stored = receive_file(actor=clerk, chunks=[PDF], name="แบบ.pdf", now=now)
    from jitasa.letters.models import Signer

    given = values(
        Signer.objects.create(organization=office, name="นาย ก", position="นายก", user=clerk.user),
        recipients=Recipients(offices=(world.cast.krabi.pk,)),
        enclosures=(Attached(title="แบบ", sha256=stored.sha256),),
    )
    return issue(actor=clerk, letter=draft(clerk, given), now=now)


def letter_received(world: World, office: Organization) -> Arguments:
    """A letter of the department that came to the office and asks for an answer."""
    from jitasa.distribution.values import Recipients
    from jitasa.letters.models import Signer
    from jitasa.letters.services.issue import issue
    from jitasa.letters.tests.samples import draft, values

    now, department = timezone.now(), world.cast.department
    given = values(
        Signer.objects.create(
            organization=department, name="นาย ข", position="อธิบดี", user=world.cast.fah.user
        ),
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

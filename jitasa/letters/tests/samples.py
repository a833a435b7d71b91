"""Files and letters for the tests of letters."""

from datetime import date
from uuid import UUID, uuid4

from jitasa.accounts.models import User
from jitasa.distribution.values import Recipients
from jitasa.documents.tests import files
from jitasa.letters.models import Letter, LetterSettings, Signer
from jitasa.letters.services.compose import save_letter
from jitasa.letters.values import Block, LetterValues
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization, Post
from jitasa.organizations.viewer import Viewer
from tests.cast import NOW

PDF = files.pdf()


def set_up_office(office: Organization, *, prefix: str = "กบ 0023.1") -> Signer:
    """A letterhead and one signer: the person of the office's own cast who signs (:func:`signer_of`)."""
    LetterSettings.objects.create(
        organization=office,
        number_prefix=prefix,
        office_name="ศาลากลางจังหวัดกระบี่",
        address="ถนนอุตรกิจ กบ 81000",
        owner_unit="สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด\nฝ่ายบริหารทั่วไป",
        phone="0 7561 1234",
        fax="0 7561 1235",
        email="krabi@dla.go.th",
    )
    return Signer.objects.create(
        organization=office,
        name="นายทดสอบ ตัวอย่าง",
        position="ท้องถิ่นจังหวัดกระบี่",
        capacity="on_behalf",
        on_behalf_of="ผู้ว่าราชการจังหวัดกระบี่",
        user=signer_of(office),
    )


def signer_of(office: Organization) -> User | None:
    """Whose act signing is in the tests: the approver's of an office that has one, else its officer's."""
    posts = Post.objects.filter(organization=office, role__in=[Role.APPROVER, Role.OFFICER])
    post = posts.select_related("user").order_by("role", "pk").first()  # "approver" before "officer"
    return post.user if post else None


def values(signer: Signer | None = None, **changes: object) -> LetterValues:
    """A letter that can be issued, to single offices or by presets."""
    content: dict[str, object] = {
        "subject": "การจัดกิจกรรมจิตอาสาและการรายงานผล",
        "to_text": "นายอำเภอ ทุกอำเภอ",
        "body": (
            Block(kind="paragraph", text="ด้วยจังหวัดกระบี่ขอความร่วมมือเผยแพร่สื่อประชาสัมพันธ์เพื่อฟื้นฟูน้ำใจในท้องถิ่น"),
            Block(kind="order", text="จัดกิจกรรมจิตอาสาในวันสำคัญของชาติไทย"),
            Block(kind="order", text="บันทึกข้อมูลทุกเดือนให้ครบถ้วน"),
            Block(kind="paragraph", text="จึงเรียนมาเพื่อพิจารณาดำเนินการ"),
        ),
        "signer_id": signer.pk if signer else None,
        "recipients": Recipients(presets=("district_chiefs",)),
    }
    content.update(changes)
    return LetterValues(**content)  # type: ignore[arg-type]  # names are checked by the dataclass


def draft(
    actor: Viewer, given: LetterValues, *, uuid: UUID | None = None, parent: Letter | None = None
) -> Letter:
    return save_letter(
        actor=actor, uuid=uuid or uuid4(), base_revision=None, values=given, now=NOW, parent=parent
    )


DAY = date(2021, 12, 15)

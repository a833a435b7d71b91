"""The demonstration's letters: the real circular and Krabi's covering letter, and one of this month."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from jitasa.accounts.models import User
from jitasa.compilation.services.cover import write_memo
from jitasa.demo import letters as words
from jitasa.demo.crowd import seeded_uuid
from jitasa.demo.plan import AONANG
from jitasa.demo.services.letter_acts import (
    SIGNER,
    clerks_of,
    in_office_hours,
    issue_as,
    receive_some,
    way_to,
)
from jitasa.demo.services.letters_asking import make_asking
from jitasa.demo.services.letters_kinds import make_awaiting, make_kinds
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind, Capacity, Urgency
from jitasa.letters.models import Dispatch, Letter, LetterSettings, Signer
from jitasa.letters.selectors.content import values_of
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.issue import issue
from jitasa.letters.services.outside import OutsideLetter, register_outside
from jitasa.letters.services.pass_on import draft_pass_on, pass_on
from jitasa.letters.services.receive import register
from jitasa.letters.services.stamp import stamp_from_paper
from jitasa.letters.services.tick import tick_activities
from jitasa.letters.services.verify import verify_date
from jitasa.letters.values import Block, LetterValues
from jitasa.occasions.models import Occasion
from jitasa.organizations.choices import Level, Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import BANGKOK, add_months, day_of, long_date, month_of, today
from jitasa.thai.digits import to_thai

UNIT = "สำนักงานท้องถิ่นจังหวัดกระบี่"
PASSING = {"8101", "8102", "8106"}  # districts that have passed on; of the others some have only opened it
POSTCODES = {
    "8101": 81000, "8102": 81140, "8103": 81150, "8104": 81120, "8105": 81110, "8106": 81160, "8107": 81190, "8108": 81130,
}  # fmt: skip
# What Krabi's real letter cites and what its parent really bears (docs/domain.md §1).
TRUE_DAY, MISPRINT = date(2021, 12, 15), date(2022, 12, 15)
ADDRESS = "ถนนนครราชสีมา เขตดุสิต กทม. 10300"


@transaction.atomic
def make_letters(*, now: datetime) -> int:
    """Everything, with the product's own services; returns the number of letters."""
    offices = Organization.objects.open().filter(~Q(level=Level.LAO) | Q(province_code="81"))
    clerks = clerks_of(list(offices.order_by("code")))
    _letterheads(clerks)
    rng = random.Random(3000)  # noqa: S311 (a story, not a secret)
    _circular(clerks, rng, now)
    _current(clerks, rng, now)
    make_asking(clerks, now)
    make_kinds(clerks["81"], now)
    make_awaiting(clerks["81"], now)
    _from_outside(clerks["81"], now)
    return Letter.objects.count()


def _letterheads(clerks: dict[str, Viewer]) -> None:
    department, krabi = Organization.objects.get(code="00"), Organization.objects.get(code="81")
    _letterhead(
        department, clerks["00"], "มท ๐๘๐๑.๔", ADDRESS, "สำนักงานเลขานุการกรม\nกลุ่มงานกิจการพิเศษ",
        ("อธิบดีกรมส่งเสริมการปกครองท้องถิ่น", Capacity.OWN, ""),
    )  # fmt: skip
    _letterhead(
        krabi, clerks["81"], "กบ ๐๐๒๓.๑", "ถนนอุตรกิจ กบ 81000", "สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด\nฝ่ายบริหารทั่วไป",
        ("ท้องถิ่นจังหวัดกระบี่", Capacity.ON_BEHALF, "ผู้ว่าราชการจังหวัดกระบี่"), "ศาลากลางจังหวัดกระบี่",
    )  # fmt: skip
    for district in (
        Organization.objects.open().filter(level=Level.DISTRICT, province_code="81").order_by("code")
    ):
        name = district.name.removeprefix("ที่ว่าการ")
        chief = f"นาย{name}" if name.startswith("อำเภอ") else f"นายอำเภอ{name}"
        prefix = f"กบ ๐๐๒๓.{int(district.code[-2:]) + 5}"
        _letterhead(
            district, clerks[district.code], prefix, f"{chief.removeprefix('นาย')} กบ {POSTCODES[district.code]}",
            "สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ", (chief, Capacity.OWN, ""),
        )  # fmt: skip


@transaction.atomic
def make_memorandum(*, now: datetime) -> Letter:
    """Last month as อบต.อ่าวนาง laid it before the head of the office: signed by its ปลัด, numbered in its own register."""
    office = Organization.objects.get(code=AONANG)
    anong = clerks_of([office])[AONANG]
    at = in_office_hours(now - timedelta(days=3))  # the last working days, never ahead of now
    month = add_months(month_of(today(at)), -1)
    boonmee = User.objects.get(username="boonmee")
    signs = replace(anong, user=boonmee, roles=frozenset({Role.APPROVER}))
    place = "หมู่ที่ 2 ตำบลอ่าวนาง อำเภอเมืองกระบี่ กบ 81000"
    position = f"ปลัด{office.name}"
    _letterhead(office, signs, "กบ ๗๑๖๐๑", place, "สำนักปลัด", (position, Capacity.OWN, ""))
    written = write_memo(actor=anong, organization=office, month=month, now=at)
    return issue(actor=signs, letter=written, now=at)


def _letterhead(
    office: Organization,
    clerk: Viewer,
    prefix: str,
    address: str,
    unit: str,
    signer: tuple[str, Capacity, str],
    name: str = "",
) -> None:
    LetterSettings.objects.create(
        organization=office,
        number_prefix=prefix,
        office_name=name or office.name,
        address=address,
        owner_unit=unit,
        foot_note=words.SAMPLE,
        phone="0 2000 0000",
        fax="0 2000 0001",
        # as in the originals: the department's letter names a mail address and a person, the province's a telephone only
        email="saraban@example.go.th" if office.level == Level.DEPARTMENT else "",
        coordinator="เจ้าหน้าที่ธุรการ" if office.level == Level.DEPARTMENT else "",
    )
    position, capacity, behalf = signer
    Signer.objects.create(
        organization=office,
        user=clerk.user,
        name=SIGNER,
        position=position,
        capacity=capacity,
        on_behalf_of=behalf,
    )


def _at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BANGKOK)


def _circular(clerks: dict[str, Viewer], rng: random.Random, now: datetime) -> None:
    """มท ๐๘๐๑.๔/ว ๓๐๐๐ of 15 ธ.ค. 2564, stamped twice in Krabi on the 21st, passed on on the 23rd."""
    signed = _at(2021, 12, 15, 9)
    letter = issue_as(
        clerks["00"],
        LetterValues(
            subject=words.SUBJECT,
            to_text="ผู้ว่าราชการจังหวัด ทุกจังหวัด",
            body=words.CIRCULAR,
            date_printed=day_of(signed),
            qr_target="manual:",
            qr_caption="คู่มือขั้นตอนการบันทึกข้อมูลโครงการจิตอาสาของ อปท. ผ่าน INFO",
            recipients=Recipients(presets=("governors",)),
        ),
        signed, rng, "มท ๐๘๐๑.๔/ว ๓๐๐๐",
    )  # fmt: skip
    ek, stamped = clerks["81"], _at(2021, 12, 21, 9, 30)
    here = way_to(letter, ek.organization or letter.organization)
    stamp_from_paper(actor=ek, dispatch=here, number_text="009419", at=stamped, now=now)
    later = stamped + timedelta(minutes=75)
    stamp_from_paper(actor=ek, dispatch=here, number_text="1960", at=later, now=now, unit=UNIT)
    second = _krabis(ek, here, _at(2021, 12, 23, 14))
    _provinces(letter, clerks, rng, signed)
    _below(second, clerks, rng, _at(2021, 12, 24, 9))


def _krabis(ek: Viewer, here: Dispatch, at: datetime) -> Letter:
    """กบ ๐๐๒๓.๑/ว ๖๕๖๕ with the year as it was misprinted, and the day known to be true."""
    draft = draft_pass_on(actor=ek, dispatch=here, now=at)
    given = values_of(draft)
    citation = replace(given.citations[0], date=MISPRINT)
    day, misprint = (to_thai(long_date(each)) for each in (TRUE_DAY, MISPRINT))
    body = tuple(replace(block, text=block.text.replace(day, misprint)) for block in given.body)
    copy = given.enclosures[0]
    values = replace(
        given,
        to_text="นายอำเภอ ทุกอำเภอ นายกองค์การบริหารส่วนจังหวัดกระบี่ และนายกเทศมนตรีเมืองกระบี่",
        date_printed=date(2022, 12, 23),
        citations=(citation,),
        enclosures=(replace(copy, title=copy.title.replace(day, misprint)),),
        body=(*body[:-1], words.KRABI_ADDITION, body[-1]),
    )
    saved = save_letter(actor=ek, uuid=draft.uuid, base_revision=draft.revision, values=values, now=at)
    letter = issue(actor=ek, letter=saved, now=at, typed_number="กบ ๐๐๒๓.๑/ว ๖๕๖๕")
    return verify_date(actor=ek, letter=letter, day=date(2021, 12, 23), now=at)


def _provinces(letter: Letter, clerks: dict[str, Viewer], rng: random.Random, sent: datetime) -> None:
    """The other provinces: most have registered it, some only opened it, a few have not."""
    ways = letter.dispatches.select_related("letter", "recipient").exclude(recipient__code="81")
    for way in ways.order_by("recipient__code"):
        receive_some(clerks[way.recipient.code], way, rng, sent, (0.75, 0.15))


def _below(second: Letter, clerks: dict[str, Viewer], rng: random.Random, at: datetime) -> None:
    """Krabi's districts and LAOs in every state."""
    for way in second.dispatches.select_related("letter", "recipient").order_by("recipient__code"):
        office = way.recipient
        if office.code not in PASSING:
            receive_some(clerks[office.code], way, rng, at, (0.5, 0.25))
            continue
        clerk = clerks[office.code]
        came = in_office_hours(at + timedelta(hours=rng.uniform(1, 20)))
        register(actor=clerk, dispatch=way, now=came)
        later = in_office_hours(at + timedelta(hours=rng.uniform(21, 40)))
        third = _districts(clerk, way, max(later, came + timedelta(minutes=40)))
        for below in third.dispatches.select_related("letter", "recipient").order_by("recipient__code"):
            if below.recipient.code != "06810104":  # อบต.อ่าวนาง: left for whoever tries the demonstration
                receive_some(clerks[below.recipient.code], below, rng, below.delivered_at, (0.55, 0.2))


def _districts(clerk: Viewer, way: Dispatch, at: datetime) -> Letter:
    """A district's covering letter: its own order to the local governments, and the day its source really bears."""
    draft = draft_pass_on(actor=clerk, dispatch=way, now=at)
    given = values_of(draft)
    values = replace(given, body=tuple(_for_laos(block) for block in given.body))
    if values != given:
        draft = save_letter(actor=clerk, uuid=draft.uuid, base_revision=draft.revision, values=values, now=at)
    return issue(actor=clerk, letter=draft, now=at)


def _for_laos(block: Block) -> Block:
    if block.text == words.KRABI_ADDITION.text:
        return words.DISTRICT_ADDITION
    day, misprint = (to_thai(long_date(each)) for each in (TRUE_DAY, MISPRINT))
    return replace(block, text=block.text.replace(misprint, day))


def _current(clerks: dict[str, Viewer], rng: random.Random, now: datetime) -> None:
    """This month's circular: record an activity for the next important day."""
    occasion = (
        Occasion.objects.active().filter(organization=None, date__gt=today(now)).order_by("date").first()
    )
    if occasion is None:
        return
    name = occasion.short_name or occasion.name
    at = in_office_hours(now - timedelta(days=11))
    letter = issue_as(
        clerks["00"],
        LetterValues(
            subject=words.CURRENT_SUBJECT % name,
            to_text="ผู้ว่าราชการจังหวัด ทุกจังหวัด",
            urgency=Urgency.URGENT,
            body=tuple(_named(block, name) for block in words.CURRENT),
            recipients=Recipients(presets=("governors",)),
            answer_kind=AnswerKind.ACTIVITY,
            answer_occasion_id=occasion.pk,
            answer_by=occasion.date + timedelta(days=7),
            escalate_after_days=3,
        ),
        at, rng,
    )  # fmt: skip
    ek = clerks["81"]
    here = way_to(letter, ek.organization or letter.organization)
    came = in_office_hours(at + timedelta(hours=3))
    register(actor=ek, dispatch=here, now=came)
    passed = in_office_hours(came + timedelta(hours=23))
    second = pass_on(actor=ek, dispatch=here, now=passed)
    _provinces(letter, clerks, rng, at)
    _below(second, clerks, rng, passed + timedelta(hours=1))
    tick_activities(now=now)


def _named(block: Block, name: str) -> Block:
    return replace(block, text=block.text.replace("%s", name))


def _from_outside(ek: Viewer, now: datetime) -> None:
    """A letter on paper that waits to be passed on."""
    at = in_office_hours(now - timedelta(days=4))
    given = OutsideLetter(
        number="ทส ๐๑๐๐/๔๑๒",
        from_text="หน่วยงานด้านทรัพยากรธรรมชาติและสิ่งแวดล้อม (ตัวอย่าง)",
        subject="ขอความร่วมมือประชาสัมพันธ์กิจกรรมปลูกต้นไม้",
        date_printed=today(at) - timedelta(days=2),
        orders=("ประชาสัมพันธ์ผ่านหอกระจายข่าวและเพจของหน่วยงาน", "แจ้งพื้นที่ที่ต้องการกล้าไม้"),
    )
    register_outside(actor=ek, uuid=seeded_uuid(at, random.Random(412)), given=given, now=at)  # noqa: S311 (a story)

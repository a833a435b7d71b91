"""What Krabi's volunteer centre has made: a day by an order whose file is kept, and the poster for it.

Both by the product's own services, as the person who signs in as ``hathai``; all words are our own.
"""

import random
from datetime import date, datetime, timedelta

from django.db import transaction

from jitasa.demo.publicity import MaterialStory
from jitasa.demo.services.letter_acts import in_office_hours
from jitasa.demo.services.publicity import put_into_library
from jitasa.documents.pdf import render
from jitasa.occasions.models import Occasion, OccasionKind
from jitasa.occasions.services.edit import OccasionContent, add_occasion
from jitasa.occasions.services.orders import receive_order
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Post
from jitasa.organizations.rules_centre import centre_full_name
from jitasa.organizations.viewer import Viewer
from jitasa.publicity.choices import MaterialKind
from jitasa.publicity.models import Material
from jitasa.thai.dates import add_months, be_year, day_of, long_date, month_of, today

PROVINCE = "81"
NAME = "วันจิตอาสาพัฒนาคลองจังหวัดกระบี่"
SATURDAY = 5
SET_BEFORE, POSTER_BEFORE = timedelta(days=6), timedelta(days=5)


@transaction.atomic
def make_centre(*, now: datetime) -> tuple[Occasion, Material]:
    """The third Saturday of the next month, its order as PDF, and a poster that offices may use for it."""
    actor = _secretary()
    day = third_saturday(add_months(month_of(today(now)), 1))
    set_at = in_office_hours(now - SET_BEFORE)
    number = f"ที่ 5/{be_year(day_of(set_at))}"
    pdf = _order(actor, number, day, day_of(set_at))
    content = OccasionContent(
        date=day,
        name=NAME,
        short_name="พัฒนาคลอง",
        kind=OccasionKind.LOCAL,
        guidance="เก็บวัชพืชและขยะในคลองสาธารณะที่ใกล้ชุมชน บันทึกความยาวคลองและปริมาณขยะ",
        order_reference=f"คำสั่ง ศอ.จอส.จังหวัดกระบี่ {number} ลงวันที่ {long_date(day_of(set_at))}",
    )
    order = receive_order(actor=actor, chunks=[pdf], name="คำสั่งกำหนดวันพัฒนาคลอง.pdf")
    occasion = add_occasion(actor=actor, content=content, order=order, now=set_at)
    rng = random.Random(5569)  # noqa: S311 (a story, not a secret)
    age = (today(now) - day_of(in_office_hours(now - POSTER_BEFORE))).days
    material = put_into_library(actor, _poster(occasion, age), rng, now)
    return occasion, material


def third_saturday(month: date) -> date:
    """Of the month that begins on ``month``."""
    return month + timedelta(days=(SATURDAY - month.weekday()) % 7 + 14)


def _secretary() -> Viewer:
    posts = Post.objects.filter(organization__code=PROVINCE, role=Role.CENTRE)
    post = posts.select_related("user", "organization").earliest("pk")
    return Viewer(
        user=post.user,
        organization=post.organization,
        roles=frozenset({Role.CENTRE}),
        title=post.title,
    )


def _order(actor: Viewer, number: str, day: date, set_on: date) -> bytes:
    """The order by which the day is set, as the centre would have it signed: one page, marked as a sample."""
    centre = centre_full_name(actor.organization) if actor.organization else ""
    centred = [f"คำสั่ง{centre}", number, f"เรื่อง กำหนด{NAME}"]
    said = (
        "เพื่อให้คลองสาธารณะในจังหวัดกระบี่สะอาดและระบายน้ำได้ดี จึงกำหนดวันจิตอาสาพัฒนาคลอง ดังนี้",
        f"ให้วันที่ {long_date(day)} เป็น{NAME}",
        "ให้อำเภอและองค์กรปกครองส่วนท้องถิ่นจัดกิจกรรมตามความเหมาะสมของพื้นที่ และบันทึกผลในระบบภายในเดือนเดียวกัน",
        f"สั่ง ณ วันที่ {long_date(set_on)}",
    )
    blocks = [{"kind": "heading", "text": text, "size": 18, "center": True} for text in centred]
    blocks += [{"kind": "paragraph", "text": text} for text in said]
    return render(
        "official", {"title": centred[-1], "thai_digits": True, "appendix": blocks, "foot": "(ตัวอย่าง)"}
    )


def _poster(occasion: Occasion, age: int) -> MaterialStory:
    return MaterialStory(
        MaterialKind.POSTER,
        f"โปสเตอร์{NAME}",
        "ชวนกันเก็บวัชพืชและขยะ คืนน้ำใสให้คลองบ้านเรา",
        PROVINCE,
        occasion.date,
        occasion.code,
        "canal",
        above=NAME,
        headline="คลองใสใกล้บ้าน",
        below="ชวนกันเก็บวัชพืชและขยะในคลองใกล้บ้าน",
        colours=("#e4f5ec", "#14213d", "#6fd3a0", "#1a7346"),
        days=(25, 1),
        age=age,
    )

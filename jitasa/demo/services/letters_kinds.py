"""A paper of each other kind from Krabi, and one that waits for its signer. All words are our own."""

import random
from datetime import datetime, timedelta

from jitasa.demo.crowd import seeded_uuid
from jitasa.demo.services.letter_acts import SIGNER, first_signer, in_office_hours, issue_as
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import LetterKind
from jitasa.letters.models import Letter, Signer
from jitasa.letters.services.compose import save_letter
from jitasa.letters.services.signing import ask_signature
from jitasa.letters.values import Block, LetterValues, OutsideTo
from jitasa.organizations.viewer import Viewer

ORDER = (
    "paragraph:เพื่อให้การจัดกิจกรรมจิตอาสาในพื้นที่จังหวัดกระบี่เป็นไปด้วยความเรียบร้อย จึงแต่งตั้งคณะทำงานประสานงานกิจกรรมจิตอาสา ประกอบด้วย",
    "order:ท้องถิ่นจังหวัดกระบี่ เป็นหัวหน้าคณะทำงาน",
    "order:ท้องถิ่นอำเภอทุกอำเภอ เป็นคณะทำงาน",
    "order:หัวหน้าฝ่ายบริหารทั่วไป เป็นคณะทำงานและเลขานุการ",
    "paragraph:ให้คณะทำงานมีหน้าที่ประสานแผน รวบรวมผล และรายงานจังหวัดทุกเดือน ทั้งนี้ ตั้งแต่บัดนี้เป็นต้นไป",
)
ANNOUNCEMENT = (
    "paragraph:ด้วยจังหวัดกระบี่ร่วมกับองค์กรปกครองส่วนท้องถิ่นจัดกิจกรรมจิตอาสาเนื่องในวันสำคัญของชาติไทย จึงขอเชิญชวนประชาชนร่วมกิจกรรมตามวัน เวลา และสถานที่ที่แต่ละแห่งกำหนด",
    "paragraph:ผู้สนใจดูปฏิทินกิจกรรมได้ที่เว็บไซต์ของระบบ หรือสอบถามที่ที่ทำการองค์กรปกครองส่วนท้องถิ่นใกล้บ้าน",
    "paragraph:จึงประกาศให้ทราบโดยทั่วกัน",
)
CERTIFICATE = (
    "paragraph:หนังสือฉบับนี้ให้ไว้เพื่อรับรองว่า อาสาสมัครหมู่บ้านตัวอย่าง ได้เข้าร่วมกิจกรรมจิตอาสาพัฒนาที่จังหวัดกระบี่จัด จำนวน 3 ครั้ง",
)
MEMO = (
    "paragraph:ด้วยฝ่ายบริหารทั่วไปได้ตรวจสอบบันทึกกิจกรรมของเดือนที่ผ่านมาแล้ว พบว่าองค์กรปกครองส่วนท้องถิ่นส่วนใหญ่รายงานทันกำหนด",
    "paragraph:จึงเรียนมาเพื่อโปรดทราบ และขออนุมัติจัดทำรายงานประจำเดือนเสนอกรมส่งเสริมการปกครองท้องถิ่นต่อไป",
)
STAMPED = (  # to offices, not to persons: nobody is ท่าน
    "paragraph:จังหวัดกระบี่ขอส่งแบบสำรวจช่องทางประชาสัมพันธ์ของหน่วยงานมาเพื่อดำเนินการ โดยขอให้กรอกข้อมูลและส่งคืนทางระบบภายใน 15 วัน",
)
MEETING = (
    "paragraph:ด้วยจังหวัดกระบี่กำหนดประชุมเตรียมการจัดกิจกรรมจิตอาสา เพื่อให้การจัดกิจกรรมของทุกอำเภอเป็นไปในแนวทางเดียวกัน",
    "order:ขอเชิญท่านหรือผู้แทนเข้าร่วมประชุม ณ ห้องประชุมศาลากลางจังหวัดกระบี่ ตามกำหนดการ ดังนี้",
    "table:เวลา | เรื่อง | ผู้รับผิดชอบ\n09.00 – 09.30 น. | ลงทะเบียน | ฝ่ายบริหารทั่วไป\n09.30 – 12.00 น. | แผนกิจกรรมรายอำเภอ | ท้องถิ่นอำเภอ",
    "order:ขอให้เตรียมข้อมูลมาด้วย ได้แก่",
    "sub:แผนกิจกรรมของอำเภอ",
    "sub:ช่องทางประชาสัมพันธ์ที่ใช้",
    "paragraph:จึงเรียนมาเพื่อโปรดเข้าร่วมประชุมตามวัน เวลา และสถานที่ดังกล่าว",
)
DISTRICTS = "เมืองกระบี่ เขาพนม เกาะลันตา คลองท่อม อ่าวลึก ปลายพระยา ลำทับ เหนือคลอง"
NOBODY = Recipients()
KINDS = (
    (LetterKind.ORDER, "แต่งตั้งคณะทำงานประสานงานกิจกรรมจิตอาสาจังหวัดกระบี่", ORDER, "", NOBODY, ""),
    (LetterKind.ANNOUNCEMENT, "ขอเชิญร่วมกิจกรรมจิตอาสาเนื่องในวันสำคัญของชาติไทย", ANNOUNCEMENT, "", NOBODY, ""),
    (LetterKind.CERTIFICATE, "รับรองการเข้าร่วมกิจกรรมจิตอาสา", CERTIFICATE, "", NOBODY, ""),
    (LetterKind.MEMO, "รายงานผลการตรวจสอบบันทึกกิจกรรม", MEMO, "ท้องถิ่นจังหวัดกระบี่", NOBODY, "ท้องถิ่นจังหวัดกระบี่"),
    (LetterKind.STAMPED, "แบบสำรวจช่องทางประชาสัมพันธ์", STAMPED, "อำเภอ ทุกอำเภอ", Recipients(presets=("district_chiefs",)), ""),
)  # fmt: skip


def make_kinds(ek: Viewer, now: datetime) -> None:
    """Issued a few days ago, each in its own register."""
    rng = random.Random(2526)  # noqa: S311 (a story, not a secret)
    if ek.organization is None:
        return
    head_of_section = (
        Signer.objects.create(  # who writes to the signer of the letters does so in her own name
            organization=ek.organization,
            user=ek.user,
            name=SIGNER,
            position="หัวหน้าฝ่ายบริหารทั่วไป",
            position_order=200,
        )
    )
    for index, (kind, subject, texts, to, recipients, outside) in enumerate(KINDS):
        values = LetterValues(
            kind=kind,
            subject=subject,
            to_text=to,
            body=blocks(texts),
            recipients=recipients,
            outside=(OutsideTo(name=outside),) if outside else (),
            is_circular=kind == LetterKind.STAMPED,
        )
        by = head_of_section if kind == LetterKind.MEMO else None
        issue_as(ek, values, in_office_hours(now - timedelta(days=6, hours=5 - index)), rng, by=by)


def make_awaiting(ek: Viewer, now: datetime) -> Letter:
    """A letter with a table and an attached list, laid before its signer this morning."""
    signer = first_signer(ek.organization)
    values = LetterValues(
        subject="ขอเชิญประชุมเตรียมการจัดกิจกรรมจิตอาสา",
        addressees="\n".join(f"นายอำเภอ{name}" for name in DISTRICTS.split()),
        body=blocks(MEETING),
        signer_id=signer.pk,
        recipients=Recipients(presets=("district_chiefs",)),
    )
    rng = random.Random(99)  # noqa: S311 (a story, not a secret)
    at = now - timedelta(hours=1)
    draft = save_letter(actor=ek, uuid=seeded_uuid(at, rng), base_revision=None, values=values, now=at)
    return ask_signature(actor=ek, letter=draft, now=at)


def blocks(texts: tuple[str, ...]) -> tuple[Block, ...]:
    """Parts written as ``kind:text``."""
    return tuple(Block(kind=text.partition(":")[0], text=text.partition(":")[2]) for text in texts)

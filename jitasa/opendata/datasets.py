"""The published datasets: what each is, for people and for catalogues (GD-Catalog, DCAT 3)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jitasa.opendata.columns import Column
from jitasa.opendata.selectors import activities, occasions, organizations, summary
from jitasa.ui.days import english

Words = tuple[str, str]  # Thai, English


@dataclass(frozen=True)
class Dataset:
    """``parts`` answers part → mark, ``rows`` the rows of one part in the order of ``columns``.

    ``type`` is the GD-Catalog's kind of data; ``themes`` are names of the EU's data-theme list, which
    harvesters know.
    """

    slug: str
    type: Words
    title: Words
    description: Words
    objective: Words
    keywords: tuple[Words, ...]
    source: Words
    themes: tuple[str, ...]
    columns: tuple[Column, ...]
    parts: Callable[[], dict[str, str]]
    rows: Callable[[str], Iterator[list[Any]]]
    filtered: bool = False

    def words(self, name: str) -> str:
        """One of the pairs of words in the reader's language."""
        pair: Words = getattr(self, name)
        return pair[1 if english() else 0]


VOLUNTEERS = ("จิตอาสา", "volunteering")
LOCAL = ("องค์กรปกครองส่วนท้องถิ่น", "local government")
RECORDS = ("ข้อมูลระเบียน", "Records")
FROM_OFFICES = (
    "บันทึกของ อปท. ที่รับรายงานแล้วในระบบ INFO จิตอาสา",
    "Records of local governments, accepted in INFO จิตอาสา",
)

DATASETS: tuple[Dataset, ...] = (
    Dataset(
        slug="activities",
        type=RECORDS,
        title=("กิจกรรมจิตอาสาของ อปท.", "Volunteer activities of local governments"),
        description=(
            "กิจกรรมจิตอาสาทุกกิจกรรมที่รับรายงานแล้ว พร้อมวันเวลา สถานที่ ประเภท จำนวนผู้เข้าร่วมตามกลุ่ม และปริมาณงาน "
            "ไม่มีข้อมูลส่วนบุคคล",
            "Every accepted volunteer activity with day, place, kind, participants by group and counted results. "
            "No personal data.",
        ),
        objective=(
            "ให้ประชาชนและหน่วยงานเห็นว่ามีกิจกรรมจิตอาสาอะไร ที่ไหน เมื่อใด และนำไปวิเคราะห์ต่อได้",
            "To let people and agencies see which volunteer work was done where and when, and analyse it",
        ),
        keywords=(VOLUNTEERS, LOCAL, ("กิจกรรม", "activities"), ("วันสำคัญ", "important days")),
        source=FROM_OFFICES,
        themes=("GOVE", "SOCI"),
        columns=activities.COLUMNS,
        parts=activities.parts,
        rows=activities.rows_of_part,
        filtered=True,
    ),
    Dataset(
        slug="monthly-summary",
        type=("ข้อมูลสถิติ", "Statistics"),
        title=("สรุปรายเดือนตามหน่วยงาน", "Monthly summary by organization"),
        description=(
            "หนึ่งแถวต่อหน่วยงานต่อเดือน: รายงานแล้วหรือไม่ จำนวนกิจกรรม ผู้เข้าร่วม และงบประมาณ นับจากบันทึกที่ส่งแล้วและรับแล้ว "
            "ตรงกับตารางติดตามติดตามของทุกระดับ งานที่หลายหน่วยงานจัดร่วมกันนับครั้งเดียวในช่อง events และ people",
            "A row per organization and month: whether it reported, its activities, people and budget. Counts submitted "
            "and accepted records, as the boards of every level do; events and people count a joint event once.",
        ),
        objective=(
            "ให้ติดตามความครบถ้วนของการรายงานและแนวโน้มของกิจกรรมได้ทุกพื้นที่",
            "To follow how complete the reporting is and how activities develop, everywhere",
        ),
        keywords=(VOLUNTEERS, LOCAL, ("สถิติ", "statistics"), ("รายเดือน", "monthly")),
        source=("ผลรวมจากบันทึกและคำรายงานของ อปท.", "Sums of the records and statements of local governments"),
        themes=("GOVE", "SOCI"),
        columns=summary.COLUMNS,
        parts=summary.parts,
        rows=summary.rows_of_part,
    ),
    Dataset(
        slug="organizations",
        type=("ข้อมูลภูมิสารสนเทศเชิงพื้นที่", "Geographic data"),
        title=("หน่วยงานในสายการกำกับดูแล", "Organizations"),
        description=(
            "กรม จังหวัด อำเภอ และ อปท. ทุกแห่ง พร้อมรหัส ประเภท ที่ตั้ง ช่วงเวลาที่มีอยู่ และรหัสเดิม สำหรับเทียบกับชุดข้อมูลอื่น",
            "The department, provinces, districts and every local government with code, type, place, "
            "time of existence and former codes, to join the other datasets with.",
        ),
        objective=(
            "ให้มีรายชื่อและรหัสหน่วยงานชุดเดียวสำหรับอ้างอิง",
            "To have one list of organizations and codes to refer to",
        ),
        keywords=(LOCAL, ("ทะเบียนหน่วยงาน", "registry"), ("รหัส อปท.", "codes")),
        source=("ทะเบียนหน่วยงานในระบบ INFO จิตอาสา", "The registry of INFO จิตอาสา"),
        themes=("GOVE", "REGI"),
        columns=organizations.COLUMNS,
        parts=organizations.parts,
        rows=organizations.rows_of_part,
    ),
    Dataset(
        slug="occasions",
        type=("ข้อมูลระเบียน", "Records"),
        title=("วันสำคัญสำหรับจัดกิจกรรม", "Important days"),
        description=(
            "วันสำคัญของชาติและวันที่จังหวัดกำหนด รายปี พร้อมชื่อทางการที่ใช้ในปีนั้นและช่วงวันที่นับเป็นกิจกรรมของวันนั้น",
            "Important days of the nation and days set by provinces, year by year, with the official name valid in that "
            "year and the window in which an activity counts for the day.",
        ),
        objective=(
            "ให้ทุกหน่วยงานและผู้พัฒนาใช้ปฏิทินวันสำคัญชุดเดียวกัน",
            "To let every agency and developer use the same calendar",
        ),
        keywords=(VOLUNTEERS, ("วันสำคัญ", "important days"), ("ปฏิทิน", "calendar")),
        source=(
            "รายการวันสำคัญที่กรมประกาศใช้ และที่จังหวัดกำหนดเพิ่ม",
            "The list adopted by the department, and days added by provinces",
        ),
        themes=("GOVE", "EDUC"),
        columns=occasions.COLUMNS,
        parts=occasions.parts,
        rows=occasions.rows_of_part,
    ),
)
BY_SLUG = {dataset.slug: dataset for dataset in DATASETS}

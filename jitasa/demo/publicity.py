"""What the demonstration's publicity says: channels of an LAO, materials, campaigns. No emblem is drawn."""

from dataclasses import dataclass
from datetime import date, timedelta

from jitasa.publicity.choices import ChannelKind, Licence, MaterialKind

K, M = ChannelKind, MaterialKind
# (kind, name, link, least and most people, of a hundred offices how many have it). %(place)s is the
# office's place, %(code)s its code; the links lead to addresses of nobody.
CHANNELS: tuple[tuple[str, str, str, int, int, int], ...] = (
    (K.FACEBOOK, "เพจ %(office)s", "https://www.facebook.com/demo.%(code)s", 900, 9000, 95),
    (K.LINE, "ไลน์กลุ่มข่าว %(office)s", "https://line.me/R/ti/g/demo%(code)s", 120, 1500, 66),
    (K.WEBSITE, "เว็บไซต์ %(office)s", "https://demo-%(code)s.example.go.th", 100, 900, 42),
    (K.LOUDSPEAKER, "เสียงตามสาย %(place)s", "", 600, 6000, 80),
    (K.BOARD, "ป้ายหน้าสำนักงาน %(office)s", "", 200, 1200, 40),
    (K.YOUTUBE, "ช่อง %(office)s", "https://www.youtube.com/@demo%(code)s", 30, 600, 12),
    (K.TIKTOK, "%(office)s", "https://www.tiktok.com/@demo%(code)s", 200, 4000, 10),
    (K.LED, "ป้าย LED สี่แยก%(place)s", "", 800, 5000, 12),
    (K.RADIO, "วิทยุชุมชน%(place)s", "", 1500, 8000, 8),
)


@dataclass(frozen=True)
class MaterialStory:
    """A material: ``scene`` is drawn on its poster, ``days`` are its first and last day of use around ``on``."""

    kind: str
    title: str
    words: str
    code: str  # of the office that publishes it
    on: date | None = None
    occasion: str = ""
    scene: str = ""
    colours: tuple[str, str, str, str] = ("#fff6dc", "#14213d", "#f6c445", "#0b4f9e")
    above: str = ""  # three lines of its poster
    headline: str = ""
    below: str = ""
    days: tuple[int, int] = (14, 1)
    licence: str = Licence.CC_BY
    is_public: bool = True
    age: int = 10  # days since it was put into the library

    @property
    def use_from(self) -> date | None:
        return self.on - timedelta(days=self.days[0]) if self.on else None

    @property
    def use_to(self) -> date | None:
        return self.on + timedelta(days=self.days[1]) if self.on else None


FATHER_SCRIPT = (
    "พี่น้องประชาชนที่เคารพ วันที่ 5 ธันวาคมนี้ เป็นวันพ่อแห่งชาติ วันชาติ และวันดินโลก\n"
    "ขอเชิญชวนทุกท่านร่วมกิจกรรมจิตอาสาพัฒนา ทำความสะอาด ปรับปรุงภูมิทัศน์ และปลูกต้นไม้ในหมู่บ้านของเรา\n"
    "แต่งกายสุภาพ สวมหมวกและผ้าพันคอจิตอาสา นำกระติกน้ำส่วนตัวมาด้วย พบกันเวลา 8 นาฬิกา 30 นาที"
)
FATHER_POST = (
    "ชวนกันทำดี 5 ธันวาคม วันพ่อแห่งชาติ\nร่วมกิจกรรมจิตอาสาพัฒนากับ อปท. ใกล้บ้าน เวลา 08.30 น.\n#จิตอาสา #วันพ่อแห่งชาติ"
)
ROAD_SCRIPT = (
    "เทศกาลปีใหม่ขับขี่ปลอดภัย เมาไม่ขับ สวมหมวกนิรภัย คาดเข็มขัด\nจิตอาสาประจำจุดบริการพร้อมดูแลท่านทุกเส้นทางหลัก ตลอด 24 ชั่วโมง"
)


def _next(day: date, month: int, number: int) -> date:
    this = date(day.year, month, number)
    return this if this >= day else date(day.year + 1, month, number)


def _last(day: date, month: int, number: int) -> date:
    this = date(day.year, month, number)
    return this if this < day else date(day.year - 1, month, number)


def stories(day: date) -> list[MaterialStory]:
    """The library around a day: what is coming, what has passed."""
    father, taksin = _next(day, 12, 5), _next(day, 12, 28)
    chulalongkorn, canal = _last(day, 10, 23), _last(day, 9, 20)
    return [
        MaterialStory(
            M.POSTER, "โปสเตอร์จิตอาสาวันพ่อแห่งชาติ 5 ธันวาคม", FATHER_POST, "00", father, "father-day", "planting",
            above="วันพ่อแห่งชาติ วันชาติ และวันดินโลก",
            headline="ชวนกันทำดี 5 ธันวาคม", below="ปลูกต้นไม้และทำความสะอาดกับ อปท. ใกล้บ้าน เวลา 08.30 น.", days=(20, 1), age=9,
        ),
        MaterialStory(
            M.SCRIPT, "เสียงตามสาย: ชวนร่วมจิตอาสาวันพ่อแห่งชาติ", FATHER_SCRIPT, "00", father, "father-day",
            days=(20, 1), age=9,
        ),
        MaterialStory(
            M.TEMPLATE, "แม่แบบป้ายกิจกรรมจิตอาสา เว้นที่วางตรา", "เปิดใน PowerPoint หรือเครื่องพิมพ์ใดก็ได้ กรอกชื่อหน่วยงานและวันที่เอง", "00",
            scene="beach", above="วางตราตามระเบียบในช่องว่างด้านบน",
            headline="ชื่อกิจกรรมของท่าน", below="วัน เวลา สถานที่", colours=("#ffffff", "#14213d", "#b7d2f1", "#083a75"),
            licence=Licence.OFFICIAL, is_public=False, age=120,
        ),
        MaterialStory(
            M.POSTER, "โปสเตอร์คลองสวยน้ำใส วันอนุรักษ์และรักษาคูคลอง", "ร่วมกันเก็บวัชพืชและขยะ คืนน้ำใสให้คลองบ้านเรา", "00", canal, "canal",
            "canal", above="20 กันยายน วันอนุรักษ์และรักษาคูคลองแห่งชาติ",
            headline="คลองสวย น้ำใส", below="ร่วมเก็บวัชพืชและขยะ คืนน้ำใสให้คลองบ้านเรา", colours=("#e4f5ec", "#14213d", "#6fd3a0", "#1a7346"),
            age=(day - canal).days + 15,
        ),
        MaterialStory(
            M.POSTER, "โปสเตอร์จิตอาสาวันปิยมหาราช", "ทำความสะอาดสถานที่ราชการ วัด โรงเรียน และชายหาด ทั่วจังหวัดกระบี่", "81", chulalongkorn,
            "chulalongkorn", "beach", above="23 ตุลาคม วันปิยมหาราช",
            headline="ทำดีเพื่อบ้านเรา", below="ทำความสะอาดวัด โรงเรียน สถานที่ราชการ และชายหาด", colours=("#e8f1fc", "#14213d", "#f6c445", "#083a75"), age=(day - chulalongkorn).days + 12,
        ),
        MaterialStory(
            M.SCRIPT, "เสียงตามสาย: ขับขี่ปลอดภัยเทศกาลปีใหม่", ROAD_SCRIPT, "81", _next(day, 1, 2), days=(10, 3), age=4,
        ),
        MaterialStory(
            M.POSTER, "โปสเตอร์จิตอาสาวันสมเด็จพระเจ้าตากสินมหาราช", "ร่วมทำความดีในพื้นที่ของท่าน 28 ธันวาคม", "00", taksin, "taksin",
            "planting", above="28 ธันวาคม",
            headline="ทำดีส่งท้ายปี", below="ร่วมกิจกรรมจิตอาสาในพื้นที่ของท่าน", colours=("#fdeaea", "#14213d", "#f6c445", "#8f2d2d"), days=(14, 1), age=3,
        ),
    ]  # fmt: skip

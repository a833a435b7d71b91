"""The lists a new installation begins with (docs/domain.md §3): data, edited by the department afterwards."""

from typing import Any

from django.db.models import Model

from jitasa.rounds.models import (
    Kind,
    LateReason,
    Measure,
    NilReason,
    ParticipantGroup,
    ReturnReason,
    SubKind,
)

Row = dict[str, Any]


def _words(code: str, label: str, label_en: str, **extra: Any) -> Row:
    return {"code": code, "label": label, "label_en": label_en, **extra}


KINDS = [
    _words("development", "จิตอาสาพัฒนา", "Development"),
    _words("disaster", "จิตอาสาภัยพิบัติ", "Disaster relief"),
    _words("special", "จิตอาสาเฉพาะกิจ", "Special duty"),
    _words("training", "การฝึกอบรม/วิทยากร", "Training"),
]
SUB_KINDS = [
    _words(
        "landscape",
        "ปรับภูมิทัศน์/ทำความสะอาด",
        "Landscaping and cleaning",
        kind_code="development",
        keywords="ทำความสะอาด, เก็บขยะ, ปรับภูมิทัศน์, ตัดหญ้า, กวาด, ตัดแต่งกิ่งไม้, พัฒนาวัด, ทาสี, Big Cleaning",
        measures=["waste", "area", "road"],
    ),
    _words(
        "waterway",
        "แหล่งน้ำ/คูคลอง",
        "Water sources and canals",
        kind_code="development",
        keywords="คูคลอง, ลำคลอง, คลอง, ขุดลอก, ผักตบชวา, วัชพืช, แหล่งน้ำ, แม่น้ำ, ลำน้ำ, ลำห้วย, ฝาย, ปล่อยปลา, "
        "พันธุ์สัตว์น้ำ, ท่อระบายน้ำ",
        measures=["waterway", "check-dams", "fish"],
    ),
    _words(
        "trees",
        "ปลูกต้นไม้/ป่า",
        "Trees and forest",
        kind_code="development",
        keywords="ปลูกต้นไม้, ปลูกป่า, ปลูก, ต้นไม้, กล้าไม้, ป่าชายเลน, ป่าชุมชน, แนวกันไฟ",
        measures=["trees", "area"],
    ),
    _words(
        "road-safety",
        "จราจร/ความปลอดภัยทางถนน",
        "Traffic and road safety",
        keywords="จราจร, ความปลอดภัยทางถนน, อุบัติเหตุ, ทางม้าลาย, หมวกนิรภัย, จุดตรวจ, จุดบริการประชาชน",
    ),
    _words(
        "health",
        "สาธารณสุข",
        "Public health",
        keywords="สาธารณสุข, ลูกน้ำยุงลาย, ยุงลาย, ไข้เลือดออก, พ่นหมอกควัน, ตรวจสุขภาพ, ผู้ป่วยติดเตียง, วัคซีน, พิษสุนัขบ้า",
        measures=["households"],
    ),
    _words("blood", "บริจาคโลหิต", "Blood donation", keywords="บริจาคโลหิต, โลหิต, บริจาคเลือด", measures=["blood"]),
    _words("pm25", "PM2.5", "PM2.5 (fine dust)", keywords="PM2.5, PM 2.5, ฝุ่นละออง, ฝุ่น, หมอกควัน, ไฟป่า"),
    _words(
        "relief",
        "ช่วยผู้ประสบภัย",
        "Help for disaster victims",
        kind_code="disaster",
        keywords="ผู้ประสบภัย, ประสบภัย, น้ำท่วม, อุทกภัย, วาตภัย, อัคคีภัย, ถุงยังชีพ, ภัยแล้ง, แจกจ่ายน้ำ",
        measures=["relief-sets", "households"],
    ),
    _words(
        "house-repair",
        "ซ่อมบ้าน",
        "House repair",
        keywords="ซ่อมบ้าน, ซ่อมแซมบ้าน, สร้างบ้าน, ปรับปรุงบ้าน, ซ่อมแซมที่อยู่อาศัย, ที่อยู่อาศัย",
        measures=["houses", "households"],
    ),
    _words(
        "ceremony",
        "อำนวยความสะดวกงานพระราชพิธี",
        "Service at royal ceremonies",
        kind_code="special",
        keywords="พระราชพิธี, รับเสด็จ, ถวายพระพร, วางพวงมาลา, ทำบุญตักบาตร, รัฐพิธี",
    ),
    _words("other", "อื่น ๆ", "Other"),
]
GROUPS = [
    _words("volunteer-904", "จิตอาสา 904", "Volunteers 904"),
    _words("royal-volunteer", "จิตอาสาพระราชทาน/ประชาชนจิตอาสา", "Royal volunteers and citizens"),
    _words("executives", "ผู้บริหาร/สมาชิกสภา", "Executives and council members"),
    _words("staff", "ข้าราชการ/พนักงาน อปท.", "Officials and staff of the office"),
    _words("headmen", "กำนัน/ผู้ใหญ่บ้าน", "Kamnan and village heads"),
    _words("local-volunteers", "อสม./อปพร./อถล.", "Health, civil-defence and environment volunteers"),
    _words("forces", "ทหาร/ตำรวจ", "Soldiers and police"),
    _words("schools", "นักเรียน/ครู", "Students and teachers"),
    _words("private", "เอกชน", "Private sector"),
    _words("others", "อื่น ๆ", "Others"),
]
MEASURES = [
    _words("trees", "ต้นไม้ที่ปลูก", "Trees planted", unit="ต้น", decimals=0),
    _words("area", "พื้นที่ดำเนินการ", "Area worked on", unit="ไร่", decimals=2),
    _words("road", "ระยะทางถนนที่ทำความสะอาด", "Road cleaned", unit="กิโลเมตร", decimals=2),
    _words("waterway", "ระยะทางคลองที่ขุดลอก/กำจัดวัชพืช", "Waterway cleared", unit="กิโลเมตร", decimals=2),
    _words("waste", "ขยะที่เก็บได้", "Waste collected", unit="กิโลกรัม", decimals=1),
    _words("houses", "บ้านที่ซ่อม", "Houses repaired", unit="หลัง", decimals=0),
    _words("households", "ครัวเรือนที่ช่วยเหลือ", "Households helped", unit="ครัวเรือน", decimals=0),
    _words("blood", "โลหิตที่ได้รับบริจาค", "Blood donated", unit="ซีซี", decimals=0),
    _words("relief-sets", "ถุงยังชีพที่มอบ", "Relief bags given", unit="ชุด", decimals=0),
    _words("fish", "พันธุ์สัตว์น้ำที่ปล่อย", "Fish released", unit="ตัว", decimals=0),
    _words("check-dams", "ฝายที่สร้าง", "Check dams built", unit="แห่ง", decimals=0),
]
RETURN_REASONS = [
    _words(
        "photos-unclear",
        "ภาพไม่ชัดหรือไม่เห็นกิจกรรม",
        "Photos unclear",
        text="ภาพไม่ชัดหรือไม่เห็นการทำกิจกรรม โปรดเปลี่ยนเป็นภาพขณะทำกิจกรรมที่เห็นผู้เข้าร่วมและสถานที่",
        fields=["photos"],
    ),
    _words(
        "photos-repeated",
        "ภาพซ้ำกับกิจกรรมอื่น",
        "Photos used before",
        text="พบภาพเดียวกันในกิจกรรมอื่น โปรดตรวจและใส่ภาพของกิจกรรมนี้ หากเป็นงานเดียวกันให้เลือกบทบาทร่วมจัดหรือไปเข้าร่วม",
        fields=["photos", "part"],
    ),
    _words(
        "date-disagrees",
        "วันที่ไม่ตรงกับภาพหรือเนื้อหา",
        "Date disagrees",
        text="วันที่จัดไม่ตรงกับวันที่ในภาพหรือเนื้อหา โปรดตรวจวันที่จัดและแก้ให้ตรงกัน",
        fields=["start_date", "photos"],
    ),
    _words(
        "place-unclear",
        "สถานที่ไม่ชัดเจน",
        "Place unclear",
        text="ไม่ทราบว่าจัดที่ใด โปรดระบุชื่อสถานที่ หมู่ที่ และตำบล และปักจุดบนแผนที่ให้ตรง",
        fields=["place", "moo", "tambon_code", "point"],
    ),
    _words(
        "head-count",
        "จำนวนผู้เข้าร่วมผิดปกติ",
        "Head count looks wrong",
        text="จำนวนผู้เข้าร่วมมากหรือน้อยกว่าที่เห็นในภาพมาก โปรดตรวจตัวเลขแต่ละกลุ่มอีกครั้ง",
        fields=["participants"],
    ),
    _words(
        "wrong-kind",
        "ประเภทหรือลักษณะงานไม่ตรง",
        "Wrong kind",
        text="ประเภทหรือลักษณะงานไม่ตรงกับกิจกรรมที่ทำ โปรดเลือกใหม่",
        fields=["kind", "sub_kind"],
    ),
    _words(
        "result-missing",
        "ไม่บอกผลการดำเนินงาน",
        "Result missing",
        text="ยังไม่ทราบว่าทำอะไรได้ผลเท่าใด โปรดเขียนผลการดำเนินงานและกรอกปริมาณงานที่นับได้",
        fields=["result", "measures"],
    ),
    _words(
        "name-vague",
        "ชื่อกิจกรรมไม่บอกว่าทำอะไร",
        "Vague name",
        text="ชื่อกิจกรรมยังไม่บอกว่าทำอะไรที่ไหน โปรดแก้ เช่น ทำความสะอาดชายหาดคลองม่วง หมู่ที่ 2",
        fields=["name"],
    ),
    _words(
        "joint-event",
        "เป็นกิจกรรมร่วมกับหน่วยงานอื่น",
        "Joint event",
        text="กิจกรรมนี้หน่วยงานอื่นรายงานเป็นเจ้าภาพแล้ว โปรดเลือกบทบาทร่วมจัดหรือไปเข้าร่วม และเลือกกิจกรรมของเจ้าภาพ",
        fields=["part"],
    ),
    _words(
        "occasion-wrong",
        "วันสำคัญไม่ตรง",
        "Occasion does not fit",
        text="วันสำคัญที่เลือกไม่ตรงกับกิจกรรมหรืออยู่ห่างจากวันที่จัดมาก โปรดเลือกใหม่หรือเลือกว่าไม่เกี่ยวกับวันสำคัญ",
        fields=["basis", "start_date"],
    ),
]
NIL_REASONS = [
    _words("preparing", "อยู่ระหว่างเตรียมงานของเดือนถัดไป", "Preparing next month's activities"),
    _words("weather", "เกิดอุทกภัยหรือสภาพอากาศไม่เอื้ออำนวย จึงเลื่อนกิจกรรม", "Floods or bad weather: postponed"),
    _words("no-budget", "อยู่ระหว่างรองบประมาณหรือการอนุมัติโครงการ", "Waiting for budget or approval"),
    _words("other-duty", "บุคลากรปฏิบัติภารกิจเร่งด่วนอื่นในพื้นที่", "Staff on other urgent duty"),
]
LATE_REASONS = [
    _words("collecting", "รอรวบรวมข้อมูลและภาพจากพื้นที่", "Waiting for data and photos from the area"),
    _words("network", "ระบบอินเทอร์เน็ตหรือไฟฟ้าของหน่วยงานขัดข้อง", "No network or power"),
    _words("staff", "เจ้าหน้าที่ผู้รับผิดชอบลา ย้าย หรือไปราชการ", "The person in charge was away or moved"),
    _words("approval", "รอผู้บริหารตรวจและอนุมัติ", "Waiting for approval by the head"),
]
DEFAULTS: list[tuple[type[Model], list[Row]]] = [
    (Kind, KINDS),
    (SubKind, SUB_KINDS),
    (ParticipantGroup, GROUPS),
    (Measure, MEASURES),
    (ReturnReason, RETURN_REASONS),
    (NilReason, NIL_REASONS),
    (LateReason, LATE_REASONS),
]

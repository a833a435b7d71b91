from typing import Any

from django.db import migrations, models

# What the list of a new installation says from now on, for the words of an older one.
WORDS: dict[str, tuple[str, list[str]]] = {
    "landscape": (
        "ทำความสะอาด, เก็บขยะ, ปรับภูมิทัศน์, ตัดหญ้า, กวาด, ตัดแต่งกิ่งไม้, พัฒนาวัด, ทาสี, Big Cleaning",
        ["waste", "area", "road"],
    ),
    "waterway": (
        "คูคลอง, ลำคลอง, คลอง, ขุดลอก, ผักตบชวา, วัชพืช, แหล่งน้ำ, แม่น้ำ, ลำน้ำ, ลำห้วย, ฝาย, ปล่อยปลา, "
        "พันธุ์สัตว์น้ำ, ท่อระบายน้ำ",
        ["waterway", "check-dams", "fish"],
    ),
    "trees": (
        "ปลูกต้นไม้, ปลูกป่า, ปลูก, ต้นไม้, กล้าไม้, ป่าชายเลน, ป่าชุมชน, แนวกันไฟ",
        ["trees", "area"],
    ),
    "road-safety": ("จราจร, ความปลอดภัยทางถนน, อุบัติเหตุ, ทางม้าลาย, หมวกนิรภัย, จุดตรวจ, จุดบริการประชาชน", []),
    "health": (
        "สาธารณสุข, ลูกน้ำยุงลาย, ยุงลาย, ไข้เลือดออก, พ่นหมอกควัน, ตรวจสุขภาพ, ผู้ป่วยติดเตียง, วัคซีน, พิษสุนัขบ้า",
        ["households"],
    ),
    "blood": ("บริจาคโลหิต, โลหิต, บริจาคเลือด", ["blood"]),
    "pm25": ("PM2.5, PM 2.5, ฝุ่นละออง, ฝุ่น, หมอกควัน, ไฟป่า", []),
    "relief": (
        "ผู้ประสบภัย, ประสบภัย, น้ำท่วม, อุทกภัย, วาตภัย, อัคคีภัย, ถุงยังชีพ, ภัยแล้ง, แจกจ่ายน้ำ",
        ["relief-sets", "households"],
    ),
    "house-repair": (
        "ซ่อมบ้าน, ซ่อมแซมบ้าน, สร้างบ้าน, ปรับปรุงบ้าน, ซ่อมแซมที่อยู่อาศัย, ที่อยู่อาศัย",
        ["houses", "households"],
    ),
    "ceremony": ("พระราชพิธี, รับเสด็จ, ถวายพระพร, วางพวงมาลา, ทำบุญตักบาตร, รัฐพิธี", []),
}


def fill(apps: Any, _schema: Any) -> None:
    """Words in use get their keywords and measures; measures this country's list has not are left out."""
    sub_kinds = apps.get_model("rounds", "SubKind").objects.filter(retired_at=None, keywords="")
    known = set(apps.get_model("rounds", "Measure").objects.values_list("code", flat=True))
    for code, (keywords, measures) in WORDS.items():
        wanted = [each for each in measures if each in known]
        sub_kinds.filter(code=code).update(keywords=keywords, measures=wanted)


class Migration(migrations.Migration):
    dependencies = [("rounds", "0002_tallies_by_occasion")]

    operations = [
        migrations.AddField("subkind", "keywords", models.TextField("คำในชื่อกิจกรรม", blank=True)),
        migrations.AddField(
            "subkind", "measures", models.JSONField("ปริมาณงานที่ถามก่อน", blank=True, default=list)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

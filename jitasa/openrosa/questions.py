"""The questions of the form, in the order of the recording page, as rows of an XLSForm."""

from collections.abc import Collection, Iterator, Sequence

from jitasa.rounds.models import Measure, ParticipantGroup

Row = dict[str, str]
TH, EN = "::ไทย (th)", "::English (en)"
NAME_MOST, TEXT_MOST, PICTURE_SIDE = 250, 4000, 1920
GROUP, MEASURE = "n_", "m_"  # before the codes of groups and measures, which may begin with a digit


def ask(kind: str, name: str, thai: str, english: str, *, required: bool = False, **more: str) -> Row:
    """One row; ``required`` says what to do in the words of both languages."""
    row = {"type": kind, "name": name, f"label{TH}": thai, f"label{EN}": english}
    if required:
        row |= {
            "required": "yes",
            f"required_message{TH}": f"ต้องตอบ “{thai}”",
            f"required_message{EN}": f"“{english}” must be answered",
        }
    return row | {name: value for name, value in more.items() if value}


def bounded(rule: str, thai: str, english: str) -> Row:
    return {"constraint": rule, f"constraint_message{TH}": thai, f"constraint_message{EN}": english}


def at_most(letters: int) -> Row:
    return bounded(
        f"string-length(.) <= {letters}", f"เขียนไม่เกิน {letters} ตัวอักษร", f"At most {letters} characters"
    )


NUMBER = bounded(". >= 0 and . <= 1000000", "กรอกจำนวนตั้งแต่ 0", "A number from 0")


def questions(
    *,
    required: Collection[str],
    photos_least: int,
    photos_most: int,
    groups: Sequence[ParticipantGroup],
    measures: Sequence[Measure],
    sub_kinds: bool,
) -> list[Row]:
    """``required`` are names of ``rounds.choices.REQUIRABLE``."""
    return [
        *_what(required, sub_kinds=sub_kinds),
        *_when_and_where(required),
        *_who(required, groups),
        *_results(required, measures),
        *_pictures(required, photos_least, photos_most),
    ]


def _what(required: Collection[str], *, sub_kinds: bool) -> Iterator[Row]:
    yield ask("text", "name", "ชื่อกิจกรรม", "Name of the activity", required="name" in required) | at_most(
        NAME_MOST
    )
    yield ask("select_one kind", "kind", "ประเภท", "Kind", required="kind" in required)
    if sub_kinds:
        yield ask(
            "select_one sub_kind",
            "sub_kind",
            "ลักษณะงาน",
            "Sort of work",
            required="sub_kind" in required,
            choice_filter="of_kind = ${kind}",
        )
    yield ask("select_one basis", "basis", "เนื่องในโอกาสใด", "Occasion", required="basis" in required)
    yield ask(
        "select_one_from_file occasions.csv",
        "occasion",
        "วันสำคัญ",
        "Important day",
        relevant="${basis} = 'occasion'",
        appearance="minimal",
    )
    yield ask("select_one part", "part", "บทบาท", "Part", default="host")
    yield ask(
        "select_one_from_file joint.csv",
        "joint",
        "งานที่หน่วยงานอื่นเชิญร่วม",
        "Event your office is invited to",
        relevant="${part} != 'host'",
        appearance="minimal",
    )
    yield ask(
        "text", "host_name", "หน่วยงานเจ้าภาพ", "Hosting office", relevant="${part} != 'host' and ${joint} = ''"
    ) | at_most(NAME_MOST)


def _when_and_where(required: Collection[str]) -> Iterator[Row]:
    yield ask("date", "start_date", "วันที่จัด", "Date", required="start_date" in required)
    yield ask("time", "start_time", "เวลาเริ่ม", "From", required="start_time" in required)
    yield ask("time", "end_time", "เวลาสิ้นสุด", "Until", required="end_time" in required)
    yield ask("text", "place", "สถานที่", "Place", required="place" in required) | at_most(NAME_MOST)
    yield ask("integer", "moo", "หมู่ที่", "Moo", required="moo" in required) | bounded(
        ". >= 0 and . <= 99", "หมู่ที่ 0 ถึง 99", "Moo 0 to 99"
    )
    yield ask(
        "select_one_from_file tambons.csv",
        "tambon",
        "ตำบล",
        "Tambon",
        required="tambon_code" in required,
        appearance="minimal autocomplete",
    )
    yield ask("geopoint", "point", "จุดบนแผนที่", "Point on the map", required="point" in required)
    yield ask(
        "text",
        "chair_position",
        "ตำแหน่งของประธานในพิธี",
        "Position of who presided",
        required="chair_position" in required,
    ) | at_most(NAME_MOST)


def _who(required: Collection[str], groups: Sequence[ParticipantGroup]) -> Iterator[Row]:
    yield ask("begin_group", "groups", "จำนวนผู้เข้าร่วม", "People who took part", appearance="field-list")
    for row in groups:
        yield ask("integer", GROUP + row.code, row.label, row.label_en or row.label) | NUMBER
    yield {"type": "end_group"}
    both = "men_women" in required
    yield ask("integer", "men", "ชาย", "Men", required=both) | NUMBER
    yield ask("integer", "women", "หญิง", "Women", required=both) | NUMBER


def _results(required: Collection[str], measures: Sequence[Measure]) -> Iterator[Row]:
    yield ask(
        "text", "result", "ผลการดำเนินงาน", "Result", required="result" in required, appearance="multiline"
    ) | at_most(TEXT_MOST)
    yield ask("begin_group", "measures", "ปริมาณงาน", "Results that are counted", appearance="field-list")
    for row in measures:
        name, english = f"{row.label} ({row.unit})", f"{row.label_en or row.label} ({row.unit})"
        kind = "decimal" if row.decimals > 0 else "integer"  # as the form on the screen takes it
        yield ask(kind, MEASURE + row.code, name, english) | NUMBER
    yield {"type": "end_group"}
    yield ask(
        "select_one budget_source", "budget_source", "งบประมาณ", "Budget", required="budget" in required
    )
    own = {"relevant": "${budget_source} != '' and ${budget_source} != 'none'"}
    yield ask("text", "budget_project", "ชื่อโครงการ", "Project") | own | at_most(NAME_MOST)
    yield (
        ask("decimal", "budget_amount", "จำนวนเงิน (บาท)", "Amount (baht)")
        | own
        | bounded(". >= 0 and . < 10000000000", "กรอกจำนวนเงินตั้งแต่ 0 บาท", "An amount from 0 baht")
    )
    yield ask(
        "select_multiple publicity",
        "publicity",
        "ช่องทางประชาสัมพันธ์",
        "Publicity",
        required="publicity" in required,
    )
    yield ask("text", "publicity_link", "ลิงก์ข่าว", "Link", appearance="url") | at_most(500)
    yield ask("text", "problems", "ปัญหาและอุปสรรค", "Problems", appearance="multiline") | at_most(TEXT_MOST)
    yield ask("text", "suggestions", "ข้อเสนอแนะ", "Suggestions", appearance="multiline") | at_most(TEXT_MOST)


def _pictures(required: Collection[str], least: int, most: int) -> Iterator[Row]:
    yield ask("begin_repeat", "photos", f"ภาพ ({least} ถึง {most} ภาพ)", f"Pictures ({least} to {most})")
    yield ask("image", "image", "ภาพ", "Picture", parameters=f"max-pixels={PICTURE_SIDE}")
    yield ask("text", "caption", "คำบรรยายภาพ", "Caption", required="photo_captions" in required) | at_most(
        200
    )
    yield {"type": "end_repeat"}

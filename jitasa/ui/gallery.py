"""What the gallery shows: true-looking samples with long names, empty and wrong states, many rows."""

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from jitasa.ui import forms as ui
from jitasa.ui import icons
from jitasa.ui.maps import outlines

LONG = "องค์การบริหารส่วนตำบลคลองท่อมเหนือ อำเภอคลองท่อม จังหวัดกระบี่"
KINDS = [("dev", "จิตอาสาพัฒนา"), ("disaster", "จิตอาสาภัยพิบัติ"), ("task", "จิตอาสาเฉพาะกิจ")]
MONTHS = ("ธ.ค.", "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.")
STATES = (
    ("ok", "ยืนยันครบแล้ว"),
    ("warn", "กำลังบันทึก"),
    ("bad", "ส่งกลับ รอแก้"),
    ("idle", "ยังไม่มีข้อมูล"),
    ("info", "ไม่มีกิจกรรม"),
)
TOKENS = (
    "ink", "ink-2", "ink-3", "line", "edge", "ground", "paper", "blue", "blue-wash", "yellow",
    "ok", "ok-wash", "warn", "warn-wash", "bad", "bad-wash", "map-1", "map-2", "map-3", "map-4", "map-5",
)  # fmt: skip


class SampleForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label="ชื่อกิจกรรม", help_text="สั้นและบอกว่าทำอะไร เช่น ทำความสะอาดชายหาด")
    day = ui.ThaiDateField(label="วันที่จัด")
    place = forms.ChoiceField(label="ตำบล", choices=[("", "เลือกตำบล"), ("1", "อ่าวนาง"), ("2", "หนองทะเล")])
    people = ui.ThaiIntegerField(label="ประชาชนจิตอาสา", min_value=0)
    budget = ui.ThaiDecimalField(label="งบประมาณ", required=False)
    kind = forms.ChoiceField(label="ประเภท", choices=KINDS, widget=ui.PillSelect)
    groups = forms.MultipleChoiceField(
        label="ผู้เข้าร่วม", choices=KINDS, widget=ui.PillSelectMultiple, required=False
    )
    role = forms.ChoiceField(
        label="บทบาทของหน่วยงาน",
        choices=[("host", "เจ้าภาพ"), ("guest", "เข้าร่วมกิจกรรมของหน่วยงานอื่น")],
        widget=forms.RadioSelect,
    )
    detail = forms.CharField(label="รายละเอียด", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="ข้าพเจ้าตรวจภาพแล้ว ไม่มีภาพบุคคลที่ไม่ยินยอมให้เผยแพร่")


def samples(request: HttpRequest) -> dict[str, object]:
    """Everything the gallery's template draws; ``page`` of the address turns the pager."""
    return {
        "themes": [_theme("light"), _theme("dark")],
        "tokens": TOKENS,
        "states": STATES,
        "months": list(zip(MONTHS, (31, 28, 44, 39, 52, 47, 60, 58, 41, 66, 71, 54), strict=True)),
        "kinds": [
            ("จิตอาสาพัฒนา ด้านการรักษาสิ่งแวดล้อม แม่น้ำ ลำคลอง และชายฝั่งทะเล", 128),
            ("จิตอาสาภัยพิบัติ", 31),
            ("จิตอาสาเฉพาะกิจ", 12),
            ("ฝึกอบรม", 0),
        ],
        "trend": [3, 5, 2, 8, 6, 1],
        "dead_trend": [4, 2, 0, 0, 0, 0],
        "by_province": {code: (int(code) * 37) % 101 for code in outlines() if code not in {"33", "96"}},
        "points": _points(),
        "rows": [_row(number) for number in range(6)],
        "many": [_row(number) for number in range(500)],
        "page": Paginator(range(1, 501), 25).get_page(request.GET.get("page", 3)),
        "icons": sorted(icons.SHAPES),
        "long": LONG,
        "today": date(2026, 11, 22),
    }


def _theme(name: str) -> dict[str, object]:
    good = SampleForm(
        prefix=f"{name}-good",
        initial={"day": date(2026, 11, 22), "people": 38, "kind": "dev", "role": "host"},
    )
    wrong = SampleForm(
        {f"{name}-wrong-day": "32 พ.ย. 2569", f"{name}-wrong-people": "สามสิบ", f"{name}-wrong-name": ""},
        prefix=f"{name}-wrong",
    )
    return {"name": name, "good": good, "wrong": wrong}


def _row(number: int) -> dict[str, object]:
    tone, words = STATES[number % len(STATES)]
    return {
        "number": number + 1,
        "name": LONG if number % 5 == 0 else f"อบต.ตัวอย่างที่ {number + 1}",
        "place": ("คลองท่อม", "เกาะลันตา", "เมืองกระบี่")[number % 3],
        "tone": tone,
        "words": words,
        "activities": (number * 7) % 13,
        "people": (number * 397) % 12_345,
        "trend": [(number * step) % 9 for step in (1, 2, 3, 5, 7, 4)],
    }


def _points() -> list[tuple[object, ...]]:
    return [
        (8.0511, 98.8029, "อบต.อ่าวนาง ส่งแล้ว", "ok", "#"),
        (8.0863, 98.9063, "ทม.กระบี่ กำลังบันทึก", "warn", "#"),
        (7.6300, 99.0400, "ทต.ศาลาด่าน ส่งกลับ", "bad", "#"),
        (8.2600, 99.2000, "อบต.ดินแดง ยังไม่มีข้อมูล", "idle", ""),
    ]

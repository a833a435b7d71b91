"""Pictures of a report: all of them, whole, inside their room, in their order."""

import json
import random
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import typst

from jitasa.documents.pdf import TEMPLATES, render, told
from jitasa.documents.pieces import MAY_BREAK
from jitasa.documents.tests.test_pdf import ACTIVITY, picture, read_back
from jitasa.documents.words import in_narrow_column, with_breaks, without_breaks

ASK = """#import "gallery.typ": arranged
#let cases = json("cases.json")
#metadata(cases.map(c => arranged(c.ratios, c.width, c.height, c.strips))) <answer>
"""
CAPTIONS = """#import "base.typ": *
#import "gallery.typ": gallery, with-captions
#set text(font: face, size: pt(17))
#context [#metadata(data.cases.map(c => with-captions(c.captions, c.ratios, c.width, c.height, 17))) <answer>]
"""
OFFICE = "องค์การบริหารส่วนตำบลอ่าวนาง"
LONG = (
    f"{OFFICE} ร่วมกับประชาชนจิตอาสาพระราชทานและนักเรียนโรงเรียนบ้านอ่าวน้ำเมา ปลูกต้นโกงกางจำนวน 1,400 ต้น "
    "บนพื้นที่ 2 ไร่ บริเวณป่าชายเลนบ้านอ่าวน้ำเมา หมู่ที่ 5"
)
MIDDLE, SHORT = "ประธานกล่าวเปิดกิจกรรมและพบปะผู้เข้าร่วมกิจกรรม", "ก่อนเริ่มกิจกรรม"
SEEDED = random.Random(2569)
SHAPES = (4 / 3, 3 / 4, 16 / 9, 9 / 16, 1.0, 2.4, 0.4)


def arranged(cases: list[dict[str, Any]]) -> list[list[dict[str, float]]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for template in TEMPLATES.glob("*.typ"):
            (folder / template.name).write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
        (folder / "data.json").write_text("{}")
        (folder / "cases.json").write_text(json.dumps(cases))
        (folder / "ask.typ").write_text(ASK)
        found = typst.query(str(folder / "ask.typ"), "<answer>", field="value", one=True, root=str(folder))
    answers: list[list[dict[str, float]]] = json.loads(found)
    return answers


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for count in range(1, 11):
        for width, height, least, most in ((560, 412, 21, 21), (493, 300, 0, 0), (493, 230, 0, 32)):
            ratios = [SEEDED.choice(SHAPES) for _ in range(count)]
            strips = [float(SEEDED.choice((least, most))) for _ in range(count)]
            made.append({"ratios": ratios, "width": width, "height": height, "strips": strips})
    return made


def test_every_picture_is_whole_inside_and_on_no_other(cases: list[dict[str, Any]]) -> None:
    for case, boxes in zip(cases, arranged(cases), strict=True):
        assert len(boxes) == len(case["ratios"]), case
        for ratio, box, strip in zip(case["ratios"], boxes, case["strips"], strict=True):
            box["below"] = strip
            assert abs(box["w"] / box["h"] - ratio) < 0.001, (case, box)  # nothing is cut off
            assert box["x"] >= -0.01, (case, box)
            assert box["x"] + box["w"] <= case["width"] + 0.01, (case, box)
            assert box["y"] >= -0.01, (case, box)
            assert box["y"] + box["h"] + strip <= case["height"] + 0.01, (case, box)
        for one, other in combinations(boxes, 2):
            apart = (
                one["x"] + one["w"] <= other["x"] + 0.01
                or other["x"] + other["w"] <= one["x"] + 0.01
                or one["y"] + one["h"] + one["below"] <= other["y"] + 0.01
                or other["y"] + other["h"] + other["below"] <= one["y"] + 0.01
            )
            assert apart, (case, one, other)


def test_lines_end_and_columns_begin_evenly(cases: list[dict[str, Any]]) -> None:
    """Every line is as wide as the others, or every column as high with its captions."""
    for case, boxes in zip(cases, arranged(cases), strict=True):
        lines: dict[float, list[dict[str, float]]] = {}
        columns: dict[float, list[dict[str, float]]] = {}
        for box, strip in zip(boxes, case["strips"], strict=True):
            box["end"] = box["y"] + box["h"] + strip
            lines.setdefault(round(box["y"], 1), []).append(box)
            columns.setdefault(round(box["x"], 1), []).append(box)
        right = [max(box["x"] + box["w"] for box in line) for line in lines.values()]
        top = [min(box["y"] for box in column) for column in columns.values()]
        bottom = [max(box["end"] for box in column) for column in columns.values()]
        in_lines = max(right) - min(right) < 0.1
        assert in_lines or max(top) - min(top) + max(bottom) - min(bottom) < 0.1, case


def test_the_room_is_used(cases: list[dict[str, Any]]) -> None:
    used = []
    for case, boxes in zip(cases, arranged(cases), strict=True):
        used.append(sum(box["w"] * box["h"] for box in boxes) / (case["width"] * case["height"]))
    assert sum(used) / len(used) > 0.6
    assert min(used) > 0.15  # one picture of 2 : 5 in a room of 2 : 1 cannot cover more


def captions_of(tmp_path: Path, captions: list[str], ratios: list[float]) -> dict[str, Any]:
    """Boxes and lines on the picture for LINE."""
    template = tmp_path / "ask.typ"
    template.write_text(CAPTIONS, encoding="utf-8")
    case = {
        "captions": [in_narrow_column(words) for words in captions],
        "ratios": ratios,
        "width": 560.0,
        "height": 412.0,
    }
    [found] = told(template, {"cases": [case], "thai_digits": False}, "answer")
    answer: dict[str, Any] = found
    return answer


@pytest.mark.parametrize("count", range(1, 11))
def test_captions_end_between_words_and_say_what_they_leave_out(tmp_path: Path, count: int) -> None:
    captions = [(LONG, MIDDLE, SHORT, "")[at % 4] for at in range(count)]
    ratios = [SHAPES[at % len(SHAPES)] for at in range(count)]
    found = captions_of(tmp_path, captions, ratios)
    for words, lines in zip(captions, found["lines"], strict=True):
        assert len(lines) <= (3 if count <= 4 else 2)
        assert bool(lines) == bool(words)
        pieces = with_breaks(in_narrow_column(words)).replace(" ", MAY_BREAK).split(MAY_BREAK)
        left = [piece for piece in pieces if piece]
        for line in lines:
            said = without_breaks(line).removesuffix("…").replace(" ", "")
            while said:  # whole pieces, one after the other
                piece = without_breaks(left.pop(0)).replace(" ", "")
                assert said.startswith(piece), (line, piece)
                said = said.removeprefix(piece)
        assert bool(left) == (bool(lines) and lines[-1].endswith("…")), (words, lines)


def test_a_caption_takes_the_lines_it_needs_and_no_more(tmp_path: Path) -> None:
    """A short one leaves its room to the pictures; of few pictures a long one is there whole."""
    alone = captions_of(tmp_path, [MIDDLE], [4 / 3])
    assert alone["lines"] == [[MIDDLE]]
    [lines] = captions_of(tmp_path, [LONG], [4 / 3])["lines"]
    assert without_breaks("".join(lines)).replace(" ", "") == LONG.replace(" ", "")
    high = [
        captions_of(tmp_path, [words], [3 / 4])["boxes"][0]["h"] for words in ("", SHORT, f"{SHORT} {MIDDLE}")
    ]
    assert high == sorted(high, reverse=True)
    assert len(set(high)) == 3


def test_a_word_wider_than_its_picture_is_left_out(tmp_path: Path) -> None:
    found = captions_of(tmp_path, ["ประชาสัมพันธ์" * 3, *[""] * 9], [0.2, *[5.0] * 9])
    assert found["lines"][0][-1].endswith("…")
    assert len(found["lines"][0]) <= 2


@pytest.mark.parametrize("template", ["activity_card", "activity_report"])
def test_the_printed_captions_are_the_arranged_ones(template: str) -> None:
    """A line as wide as its picture is not broken once more when it is set."""
    for count in range(1, 11):
        captions = [(LONG, MIDDLE, SHORT)[at % 3] for at in range(count)]
        photos = [{"file": "a.jpg", "caption": in_narrow_column(words)} for words in captions]
        document = render(template, ACTIVITY | {"photos": photos}, files={"a.jpg": picture()})
        words = without_breaks(read_back(document)).split()
        assert not [word for word in words if word.startswith("…")]
        assert "".join(words).count("องค์การบริหารส่วนตำบล") == captions.count(LONG) + 1

"""Pictures of a report: all of them, whole, inside their room, in their order."""

import json
import random
import tempfile
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import typst

from jitasa.documents.pdf import TEMPLATES

ASK = """#import "gallery.typ": arranged
#let cases = json("cases.json")
#metadata(cases.map(c => arranged(c.ratios, c.width, c.height, strip: c.strip))) <answer>
"""
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
        for width, height, strip in ((560.0, 412.0, 21.0), (493.0, 300.0, 0.0), (493.0, 230.0, 16.0)):
            ratios = [SEEDED.choice(SHAPES) for _ in range(count)]
            made.append({"ratios": ratios, "width": width, "height": height, "strip": strip})
    return made


def test_every_picture_is_whole_inside_and_on_no_other(cases: list[dict[str, Any]]) -> None:
    for case, boxes in zip(cases, arranged(cases), strict=True):
        assert len(boxes) == len(case["ratios"]), case
        for ratio, box in zip(case["ratios"], boxes, strict=True):
            assert abs(box["w"] / box["h"] - ratio) < 0.001, (case, box)  # nothing is cut off
            assert box["x"] >= -0.01, (case, box)
            assert box["x"] + box["w"] <= case["width"] + 0.01, (case, box)
            assert box["y"] >= -0.01, (case, box)
            assert box["y"] + box["h"] + case["strip"] <= case["height"] + 0.01, (case, box)
        for one, other in combinations(boxes, 2):
            apart = (
                one["x"] + one["w"] <= other["x"] + 0.01
                or other["x"] + other["w"] <= one["x"] + 0.01
                or one["y"] + one["h"] + case["strip"] <= other["y"] + 0.01
                or other["y"] + other["h"] + case["strip"] <= one["y"] + 0.01
            )
            assert apart, (case, one, other)


def test_the_room_is_used(cases: list[dict[str, Any]]) -> None:
    used = []
    for case, boxes in zip(cases, arranged(cases), strict=True):
        used.append(sum(box["w"] * box["h"] for box in boxes) / (case["width"] * case["height"]))
    assert sum(used) / len(used) > 0.6
    assert min(used) > 0.15  # one picture of 2 : 5 in a room of 2 : 1 cannot cover more

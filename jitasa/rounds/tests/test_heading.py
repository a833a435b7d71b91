"""The heading of the one-page report: its places and what is wrong with a text."""

import pytest

from jitasa.rounds.rules_heading import DEFAULT_HEADING, headed, heading_problems

KNOWN = "ในวงเล็บปีกกาใช้ได้เฉพาะ {หน่วยงาน} {วันที่} {ประเภท} พิมพ์ให้ตรงตามนี้"
EMPTY = "พิมพ์หัวรายงาน เช่น การปฏิบัติงานจิตอาสา {หน่วยงาน} ประจำวันที่ {วันที่}"


@pytest.mark.parametrize(
    ("heading", "problems"),
    [
        (DEFAULT_HEADING, []),
        ("รายงาน {ประเภท} ของ {หน่วยงาน}", []),
        ("รายงาน {อำเภอ}", [KNOWN]),
        ("รายงาน {วันที่", [KNOWN]),
        ("รายงาน วันที่}", [KNOWN]),
        ("  ", [EMPTY]),
    ],
)
def test_what_is_wrong_is_said(heading: str, problems: list[str]) -> None:
    assert heading_problems(heading) == problems


def test_the_facts_stand_in_their_places_and_a_missing_one_leaves_no_gap() -> None:
    facts = {"office": "อบต.อ่าวนาง", "day": "25 พ.ย. 2569", "kind": ""}
    assert headed(DEFAULT_HEADING, **facts) == "การปฏิบัติงานจิตอาสา อบต.อ่าวนาง ประจำวันที่ 25 พ.ย. 2569"
    assert headed("จิตอาสา {ประเภท} {หน่วยงาน}", **facts) == "จิตอาสา อบต.อ่าวนาง"

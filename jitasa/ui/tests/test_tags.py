"""The template tags: what they draw, and that they escape what people typed."""

from datetime import date
from typing import Any

import geothai
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from jitasa.ui import charts, icons, maps

EVIL = '<img src=x onerror="alert(1)">'


def draw(source: str, **context: Any) -> str:
    return str(engines["django"].from_string(source).render(context, RequestFactory().get("/x/?q=ก&page=2")))


class Sample(forms.Form):
    name = forms.CharField(label="ชื่อกิจกรรม", help_text="สั้น ๆ")
    kind = forms.ChoiceField(label="ประเภท", choices=[("a", "พัฒนา")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="ยอมรับ", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    html = draw("{% field form.name %}", form=Sample({}))
    assert '<label for="id_name">ชื่อกิจกรรม' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert "กรอกหรือเลือกช่องนี้" in html


def test_an_optional_field_says_so_and_a_group_is_a_fieldset() -> None:
    optional = forms.CharField(label="หมายเหตุ", required=False)
    form = type("Optional", (forms.Form,), {"note": optional})()
    assert "หมายเหตุ <span" in draw("{% field form.note %}", form=form)
    assert "ไม่บังคับ" in draw("{% field form.note %}", form=form)
    html = draw("{% field form.kind %}", form=Sample())
    assert "<fieldset" in html
    assert "<legend>ประเภท" in html


def test_a_hidden_field_is_only_its_input() -> None:
    assert draw("{% field form.secret %}", form=Sample()).strip().startswith("<input")


def test_a_field_that_is_none_is_said_at_once() -> None:
    with pytest.raises(Exception, match="field"):
        draw("{% field nothing %}", nothing="")


def test_the_summary_links_to_each_control() -> None:
    html = draw("{% form_errors form %}", form=Sample({}))
    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html
    assert "มี 2 จุดที่ต้องแก้" in html
    assert "autofocus" in html


def test_the_summary_is_silent_when_all_is_well_and_takes_formsets() -> None:
    good = Sample({"name": "ก", "kind": "a"})
    assert draw("{% form_errors form %}", form=good).strip() == ""
    formset = forms.formset_factory(Sample, min_num=2)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-name": "ก",
            "form-0-kind": "a",
            "form-1-name": "",
        }
    )
    assert 'href="#id_form-1-name"' in draw("{% form_errors good formset %}", good=good, formset=formset)


def test_what_people_typed_is_escaped_everywhere() -> None:
    rows = [(EVIL, 3)]
    html = draw(
        '{% tag "ok" evil %}{% empty evil evil "/x" evil %}{% bar_chart rows evil %}{% column_chart rows evil %}'
        '{% meter 1 2 evil %}{% sparkline values evil %}{% point_map points "81" evil %}{% province_map shares evil %}',
        evil=EVIL,
        rows=rows,
        values=[1],
        points=[(8.0, 98.9, EVIL, EVIL, EVIL)],
        shares={"81": 3},
    )
    assert "<img" not in html


def test_charts_survive_nothing() -> None:
    html = draw(
        '{% bar_chart none "ก" %}{% column_chart none "ข" %}{% sparkline none "" %}{% meter 0 0 "" %}'
        '{% province_map empty "ค" %}{% point_map none "81" "ง" %}{% point_map none "00" "จ" %}',
        none=[],
        empty={},
    )
    assert html.count("ยังไม่มีข้อมูล") == 2
    assert 'width="0.0%"' in html


def test_shares_stay_between_nothing_and_all() -> None:
    assert [charts.share(*pair) for pair in ((3, 4), (5, 4), (-1, 4), (1, 0), (None, None))] == [
        75,
        100,
        0,
        0,
        0,
    ]


def test_few_columns_carry_words_when_there_are_many() -> None:
    drawn = charts.columns([(str(number), number) for number in range(120)])
    assert sum(bar.show_label for bar in drawn) == 12
    assert drawn[-1].show_label
    assert drawn[-1].x + drawn[-1].width <= 100


def test_every_province_is_on_the_map_and_only_those() -> None:
    assert len(maps.outlines()) == 77
    names = {code: name for code, (name, _rings) in maps.outlines().items()}
    assert names == {
        row.code: row.name_th for row in geothai.provinces()
    }  # the registry's, each province by its own
    html = draw(
        '{% province_map shares "รายงานแล้ว" unit="แห่ง" urls=urls %}', shares={"81": 62}, urls={"81": "/k/"}
    )
    assert html.count("<path") == 77
    assert "กระบี่: 62 แห่ง" in html
    assert '<a href="/k/">' in html


def test_krabi_lies_where_krabi_lies() -> None:
    _name, rings = maps.outlines()["81"]
    longitudes = [x for ring in rings for x, _y in ring]
    latitudes = [y for ring in rings for _x, y in ring]
    assert 98.4 < min(longitudes) < max(longitudes) < 99.5
    assert 7.3 < min(latitudes) < max(latitudes) < 8.8


@pytest.mark.parametrize(
    ("most", "ends"), [(1, [1]), (3, [1, 2, 3]), (47, [10, 20, 30, 40, 50]), (62, [20, 40, 60, 80]), (0, [1])]
)
def test_steps_of_the_legend_are_round(most: int, ends: list[int]) -> None:
    assert maps.breaks(most) == ends


def test_the_most_is_always_within_the_last_step() -> None:
    for most in (*range(1, 400), 7_850, 31_000, 9_999_999):
        ends = maps.breaks(most)
        assert ends == sorted(set(ends)), most
        assert len(ends) <= 5, most
        assert ends[-1] >= most


def test_the_pager_keeps_the_filter() -> None:
    page = Paginator(range(100), 10).get_page(2)
    html = draw("{% pager page %}", page=page)
    assert "q=%E0%B8%81&amp;page=1" in html
    assert "q=%E0%B8%81&amp;page=3" in html
    assert "11–20 จาก 100 รายการ" in html
    assert draw("{% pager page %}", page=Paginator([1], 10).get_page(1)).strip() == ""


def test_an_unknown_icon_is_still_an_icon() -> None:
    assert "<svg" in icons.icon("no-such-thing")
    assert all(icons.has(other) for other in icons.SAME)


def test_a_slot_without_its_fragment_is_empty() -> None:
    assert draw('{% slot "nobody/has_this.html" %}') == ""
    assert "INFO" in draw('{% slot "ui/parts/mark.html" %}')


@pytest.mark.parametrize(
    ("value", "text"), [(9640, "9,640"), ("1250.50", "1,250.5"), (None, "–"), ("", "–"), (0, "0"), ("ก", "ก")]
)
def test_numbers_have_thousands(value: object, text: str) -> None:
    assert draw("{{ value|n }}", value=value) == text


def test_dates_have_thai_names() -> None:
    assert draw("{{ d|thai_date }} {{ d|thai_month_short }} {{ d|month_slug }}", d=date(2026, 11, 22)) == (
        "22 พ.ย. 2569 พ.ย. 69 2569-11"
    )

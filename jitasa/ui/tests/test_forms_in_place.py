"""What every form does alike: the act before the way out, errors by one tag, hard words explained beside the label."""

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.utils.translation import override

import jitasa
from jitasa.ui.glossary import WORDS, explanation

ROOT = Path(jitasa.__file__).parent
PAGES = sorted(ROOT.glob("*/templates/**/*.html"))
WAY_OUT = re.compile(r'<a class="btn[^>]*>\{% translate "ยกเลิก" %\}</a>')
ACT = re.compile(r'class="btn (main|danger)')


class Letter(forms.Form):
    secrecy = forms.CharField(label="ชั้นความลับ")
    subject = forms.CharField(label="เรื่อง")


def drawn(name: str) -> str:
    template = Template("{% load ui %}{% field form." + name + " %}")
    return str(template.render(Context({"form": Letter()})))


def test_the_way_out_stands_after_the_act_everywhere() -> None:
    rows = [
        (path.name, text[max(text.rfind(row, 0, found.start()) for row in ("<div", "<p ")) : found.start()])
        for path in PAGES
        for text in [path.read_text("utf-8")]
        for found in WAY_OUT.finditer(text)
    ]
    assert len(rows) > 12
    for name, before in rows:
        assert ACT.search(before), f"{name}: the act stands first, then “ยกเลิก”"


def test_no_template_writes_its_fields_errors_by_hand() -> None:
    """By hand they stood above the control without a mark, and were missing in the list."""
    by_hand = {
        path.name for path in PAGES if re.search(r"\{\{ \w+\.\w+\.errors \}\}", path.read_text("utf-8"))
    }
    assert by_hand == set()


def test_a_hard_word_has_a_button_that_opens_its_meaning() -> None:
    shown = drawn("secrecy")
    assert 'popovertarget="id_secrecy_term"' in shown
    assert re.search(r'<div popover class="term-words" id="id_secrecy_term">.*ลับที่สุด', shown, re.S)
    assert "popover" not in drawn("subject")


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_word_is_explained_in_both_languages(language: str) -> None:
    with override(language):
        for word, meaning in WORDS:
            assert explanation(str(word)) == str(meaning) != ""

"""Pages about the site, in both languages."""

import pytest
from django.test import Client

from jitasa.letters.models import LetterSettings
from tests.cast import Cast

PAGES = ("about", "contact", "privacy", "accessibility", "site-map")


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_and_kept_by_everybody(cast: Cast, name: str) -> None:
    thai, english = Client().get(f"/{name}/"), Client().get(f"/en/{name}/")
    for answer, language in ((thai, "th"), (english, "en")):
        assert answer.status_code == 200
        assert f'lang="{language}"' in answer.content.decode()
        assert "public" in answer["Cache-Control"]
        assert not answer.cookies
    assert thai.content != english.content


def test_the_privacy_page_says_how_long_and_how_to_ask(cast: Cast) -> None:
    words = Client().get("/privacy/").content.decode()
    for text in ("ลบ 30 วันหลังตอบ", "ไม่น้อยกว่า 90 วัน", "csrftoken", "jitasa_language", "7 วัน"):
        assert text in words


def test_contacts_come_from_the_letterheads_and_the_registry(cast: Cast) -> None:
    LetterSettings.objects.create(
        organization=cast.department, address="ถนนนครราชสีมา", phone="0 2241 9000", email="info@dla.go.th"
    )
    assert "0 2241 9000" in Client().get("/contact/").content.decode()
    words = Client().get("/contact/?province=81").content.decode()
    assert "saraban_06810104@dla.go.th" in words
    assert "อ.เกาะลันตา" in words


@pytest.mark.parametrize("asked", ["99", "x", "๘๑", "' OR 1=1"])
def test_a_province_that_is_none_is_left_out(cast: Cast, asked: str) -> None:
    answer = Client().get("/contact/", {"province": asked})
    assert answer.status_code == 200
    assert "saraban_" not in answer.content.decode()


def test_an_empty_registry_is_no_reason_to_fail(db: None) -> None:
    for name in PAGES:
        assert Client().get(f"/{name}/").status_code == 200

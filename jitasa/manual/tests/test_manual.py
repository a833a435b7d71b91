"""The manual: every chapter renders, every link and picture in it leads somewhere."""

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from jitasa.manual import book
from jitasa.manual.book import Chapter
from jitasa.manual.render import html, picture_size

ROOT = Path(settings.BASE_DIR)
SLUGS = [
    "sign-in",
    "record",
    "returned",
    "approve",
    "monthly-return",
    "review",
    "board",
    "compile",
    "registry",
    "people",
    "settings",
    "letters",
    "occasions",
    "publicity",
    "public",
    "account",
    "faq",
    "api",
    "excel",
    "field",
    "pdpa",
    "executive",
    "audit",
    "words",
    "quick-guide",
    "centre",
]
pytestmark = pytest.mark.django_db


def pictures_script() -> ModuleType:
    spec = spec_from_file_location("manual_pictures", ROOT.parent / "scripts" / "manual_pictures.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_the_chapters_are_there_in_order() -> None:
    assert [each.slug for each in book.chapters()] == SLUGS
    assert [each.number for each in book.chapters()] == list(range(1, len(SLUGS) + 1))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chapter_opens_for_everybody(slug: str) -> None:
    chapter = book.chapter(slug)
    assert chapter is not None
    answer = Client().get(reverse("manual:chapter", args=[slug]))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert chapter.title in text
    for heading in chapter.headings:
        assert f'id="{heading.anchor}"' in text
    assert "**" not in text
    assert "![" not in text


def test_contents_and_whole_book() -> None:
    contents = Client().get(reverse("manual:index")).content.decode()
    whole = Client().get(reverse("manual:print")).content.decode()
    for slug in SLUGS:
        assert reverse("manual:chapter", args=[slug]) in contents
        assert f'id="{slug}"' in whole
    ids = re.findall(r' id="([^"]+)"', whole)
    assert len(ids) == len(set(ids))


def test_an_unknown_chapter_is_404() -> None:
    assert Client().get(reverse("manual:chapter", args=["nothing"])).status_code == 404


def test_links_inside_the_book_lead_to_a_heading() -> None:
    anchors = {each.slug: {heading.anchor for heading in each.headings} for each in book.chapters()}
    links = [(each.slug, href) for each in book.chapters() for href in book.links_in(each.text)]
    links += list(book.ALSO.items())
    for origin, href in links:
        slug, _mark, part = href.partition("#")
        assert slug in anchors, f"{origin}: {href}"
        assert not part or part in anchors[slug], f"{origin}: {href}"


def test_every_page_that_names_a_chapter_names_one_that_exists() -> None:
    named = re.compile(r"{% block manual %}([^{]*){% endblock %}")
    found = {
        (slug.strip(), path.name)
        for path in ROOT.rglob("templates/**/*.html")
        for slug in named.findall(path.read_text(encoding="utf-8"))
        if slug.strip()
    }
    assert found
    assert {slug.rstrip("/").partition("#")[0] for slug, _name in found} <= {*SLUGS, *book.ALSO}, found


def test_every_picture_is_made_and_the_script_takes_each_of_them() -> None:
    listed = [shot.name for shot in pictures_script().SHOTS]
    used = {name for chapter in book.chapters() for name in book.pictures_in(chapter.text)}
    assert sorted(listed) == sorted(used)
    assert not [name for name in used if not picture_size(name)], "named and not there"
    there = {path.stem for path in pictures_script().PICTURES.glob("*.webp")}
    assert there == used, "a picture nobody shows"


def test_a_missing_picture_shows_nothing_and_html_is_not_passed_through() -> None:
    text = "ก่อน\n\n![ภาพที่ยังไม่มี](no-such-picture)\n\nหลัง <script>alert(1)</script>\n\n[ตรวจ](review#ปุ่มลัด)"
    made = html(Chapter(99, "test", "ทดสอบ", "", text))
    assert "<img" not in made
    assert "<figure" not in made
    assert "<script" not in made
    assert "<p>ก่อน</p>" in made
    assert 'href="/manual/review/#' in made
    assert 'href="#review-' in html(Chapter(99, "test", "ทดสอบ", "", text), whole_book=True)


def test_other_names_lead_to_their_chapter() -> None:
    for name in book.ALSO:
        answer = Client().get(reverse("manual:chapter", args=[name]), follow=True)
        assert answer.status_code == 200


# Pages of the program itself: what they say stands in no chapter.
WITHOUT_HELP = {"ui/refused.html", "config/system.html"}
HELP = re.compile(r"{% block manual %}(.*?){% endblock %}")


def work_pages() -> list[Path]:
    found = ROOT.parent.glob("jitasa/*/templates/**/*.html")
    return sorted(path for path in found if '{% extends "ui/work.html" %}' in path.read_text("utf-8"))


def test_every_screen_has_help_in_place_that_leads_to_its_part_of_the_manual() -> None:
    pages = work_pages()
    assert len(pages) > 60
    for path in pages:
        name = path.as_posix().partition("/templates/")[2]
        help_ = HELP.search(path.read_text("utf-8"))
        if name in WITHOUT_HELP:
            assert help_ is None, name
            continue
        assert help_ is not None, f"{name}: {{% block manual %}}chapter#part{{% endblock %}}"
        wanted = book.ALSO.get(help_[1], help_[1])
        slug, _mark, part = wanted.partition("#")
        chapter = book.chapter(slug)
        assert chapter is not None, f"{name}: no chapter {slug}"
        anchors = {heading.anchor for heading in chapter.headings}
        assert part in anchors, f"{name}: no part {part} in {slug}"

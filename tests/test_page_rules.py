"""No test looks for a few letters in a whole page, where a random token may hold them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse

from tests.pages import BY_CHANCE, words_of

ROOT = Path(__file__).parents[1]

PAGE = """<!doctype html><html><head><meta name="description" content="คำอธิบาย">
<meta property="og:url" content="https://example.go.th/Ek/"><script nonce="Ek">let a = "Ek";</script>
<style>.Ek{}</style></head><body data-token="Ek"><input value="Ek" name="csrfmiddlewaretoken" title="บอกว่า">
<p>ชื่อ  <b>Fah</b> &amp; <img alt="ภาพ" src="/Ek.png"></p><template>Ek</template></body></html>"""


@pytest.mark.parametrize("needle", ["Ek", "34", "oidc", "a_b-c"])
def test_a_short_needle_is_refused(needle: str) -> None:
    response = HttpResponse(PAGE)
    with pytest.raises(AssertionError, match="words_of"):
        assert needle not in response.content.decode()
    with pytest.raises(AssertionError, match="words_of"):
        assert needle not in response.content.decode("utf-8")
    with pytest.raises(AssertionError, match="words_of"):
        assert needle.encode() not in response.content
    with pytest.raises(AssertionError, match="words_of"):
        response.content.decode().count(needle)


@pytest.mark.parametrize("needle", ["เอก", 'value="34"', ">34<", "/en/", "Boonmee"])
def test_what_no_token_can_hold_is_looked_for(needle: str) -> None:
    response = HttpResponse(PAGE + needle)
    assert needle in response.content.decode()
    assert needle.encode() in response.content


def test_files_and_data_are_not_pages() -> None:
    assert b"Exif" not in HttpResponse(b"bytes", content_type="image/jpeg").content
    assert "Ek" in HttpResponse('["Ek"]', content_type="application/json").content.decode()


def test_the_words_of_a_page_are_what_a_person_reads() -> None:
    said = words_of(HttpResponse(PAGE))
    assert said == "คำอธิบาย บอกว่า ชื่อ Fah & ภาพ" == words_of(PAGE)


def faults(source: str) -> Iterator[int]:
    """Lines that look for a short constant in the content of a response, joined pages included."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(
                left=ast.Constant(value=str() | bytes() as needle), ops=[ast.In() | ast.NotIn()]
            ):
                words = needle if isinstance(needle, str) else needle.decode("latin-1")
                if BY_CHANCE.fullmatch(words) and ".content" in ast.unparse(node.comparators[0]):
                    yield node.lineno


def test_no_test_looks_for_a_short_constant_in_content() -> None:
    tests = [
        path
        for path in (*ROOT.glob("jitasa/*/tests/*.py"), *ROOT.glob("tests/**/*.py"))
        if path.name != Path(__file__).name
    ]
    found = [f"{path.relative_to(ROOT)}:{line}" for path in tests for line in faults(path.read_text("utf-8"))]
    assert not found, "use tests.pages.words_of:\n" + "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        '"Ek" not in page.content.decode()',
        'assert b"34" in client.get("/").content',
        '"Ek" in "".join(p.content.decode() for p in x)',
    ],
)
def test_the_search_sees(source: str) -> None:
    assert list(faults(source))


ENDS = re.compile(r'<(?:div|p) class="(?:form-end|actions)[^"]*">(.*?)</(?:div|p)>', re.DOTALL)
CANCEL = re.compile(r'<a class="btn[^>]*>\s*\{% translate "(?:ยกเลิก|ไม่|ยังไม่)[^"]*" %\}')


def test_cancel_stands_at_one_side_of_every_form() -> None:
    """After the button that acts, quiet: the thumb finds the same act at the same place on every form."""
    wrong, seen = [], 0
    for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html")):
        for end in ENDS.findall(template.read_text(encoding="utf-8")):
            cancel, act = CANCEL.search(end), end.find("<button")
            if cancel is None:
                continue
            seen += 1
            if act < 0 or cancel.start() < act or 'class="btn quiet"' not in cancel[0]:
                wrong.append(f"{template.relative_to(ROOT)}: {cancel[0][:60]}")
    assert seen > 12
    assert not wrong, wrong


TABLE = re.compile(r'(<div class="[^"]*table-wrap[^>]*>\s*)?<table(?: class="([^"]*)")?')
# Cards on a phone, a calendar of seven days, bars, or two short columns: these need no moving to the side.
FITS_A_PHONE = {"rows", "board-table", "cal", "bars", "close"}


def test_every_table_becomes_cards_or_can_be_moved_with_a_hint() -> None:
    """On a phone. ``ui/js/tables.js`` says so above what is wrapped and wider than the screen."""
    wrong, seen = [], 0
    for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html")):
        for wrap, classes in TABLE.findall(template.read_text(encoding="utf-8")):
            seen += 1
            if not wrap and not FITS_A_PHONE & set(classes.split()):
                wrong.append(f"{template.relative_to(ROOT)}: {classes}")
    assert seen > 40
    assert not wrong, wrong


INCLUDED = re.compile(r'{% include "([^"]+)"')


def markup_of(name: str) -> str:
    """A template with all that it includes by name."""
    (path,) = ROOT.glob(f"jitasa/*/templates/{name}")
    source = path.read_text(encoding="utf-8")
    return source + "".join(markup_of(each) for each in set(INCLUDED.findall(source)) if each != name)


def test_every_page_of_cards_has_their_style() -> None:
    """Without it the table of the API's addresses was fifteen screens of blanks on a phone."""
    wrong, seen = [], 0
    for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html")):
        name = str(template).split("/templates/")[1]
        source = template.read_text(encoding="utf-8")
        if "{% extends" not in source or not re.search(r'<table class="table rows\b', markup_of(name)):
            continue
        seen += 1
        if not re.search(r"/rows\.css\b", source):
            wrong.append(name)
    assert seen > 20
    assert not wrong, wrong


# An icon at the beginning of a link or a fold within a line of words; what is laid out as a row has a gap of its own.
ICON_LINK = re.compile(r"<(?:a|summary)\b([^>]*)>{% icon \"[a-z_-]+\" %}(?![ <]|{% icon)")
ROWS = re.compile(r'class="[^"]*\b(btn|chip|menu-item|icon-btn|find-open|flag-word|file-link)\b')


def test_an_icon_stands_a_space_before_its_words() -> None:
    wrong = [
        f"{template.relative_to(ROOT)}: {attributes[:60]}"
        for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html"))
        if template.name not in ("nav.html", "base.html")  # rows
        for attributes in ICON_LINK.findall(template.read_text(encoding="utf-8"))
        if not ROWS.search(attributes)
    ]
    assert not wrong, wrong


LETTERS_NUMBER = re.compile(
    r"(?:\{\{ *|=)[a-z_.]*\b(?:letter|cover|covering|letter_of|parent|line|memo)\.(?:their_)?number\b[^ }%]*"
)


def test_numbers_of_letters_are_in_the_readers_digits() -> None:
    """A letter is printed with Thai digits; every page shows its number in those that its reader chose."""
    seen = [
        (str(template.relative_to(ROOT)), words)
        for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html"))
        for words in LETTERS_NUMBER.findall(template.read_text(encoding="utf-8"))
    ]
    assert len(seen) > 15
    assert [each for each in seen if "letter_number" not in each[1]] == []


UNIT = re.compile(r"\}\}(?:</?\w+>)* ?(?:<\w+>)?\{% translate \"(?:คน|ภาพ|รายการ|ครั้ง|ช่องทาง|แห่ง)\" %\}")


def test_a_unit_behind_a_number_is_no_heading() -> None:
    """ "63 People", "1 Photos": in English a heading and a unit differ, and so do one and many (templatetags.counted)."""
    wrong = [
        f"{template.relative_to(ROOT)}: {found}"
        for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html"))
        for found in UNIT.findall(template.read_text(encoding="utf-8"))
    ]
    assert not wrong, wrong


OFFICE_IN_WORDS = re.compile(
    r"[ก-๎](?:%\((?:office|home|organization)\)s|\{\{ *(?:office|home|organization) *\}\})"
)


def test_a_space_stands_before_the_short_name_of_an_office() -> None:
    """ "ใน อบต.อ่าวนาง": an abbreviation runs into the word before it otherwise."""
    sources = [*ROOT.glob("jitasa/**/*.py"), *ROOT.glob("jitasa/*/templates/**/*.html")]
    wrong = [
        f"{path.relative_to(ROOT)}: {found}"
        for path in sorted(sources)
        if "tests" not in path.parts and "demo" not in path.parts
        for found in OFFICE_IN_WORDS.findall(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, wrong


FORM = re.compile(r"<form[^>]*>")
# One sentence that must be there; a passkey, whose name the device takes.
ASKED_BY_THE_BROWSER = {
    "accounts/passkey_add.html",
    "portal/desk_request.html",
    "review/comments_of_record.html",
}


def test_forms_are_refused_by_the_server_in_the_readers_language() -> None:
    """A browser says what it misses one field at a time, in its own language and over the next field."""
    wrong, seen = [], 0
    for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html")):
        source = template.read_text(encoding="utf-8")
        for form in FORM.finditer(source):
            within = source[form.end() : source.find("</form>", form.end())]
            if 'method="post"' not in form[0] or "{% field " not in within:
                continue
            seen += 1
            name = str(template).split("/templates/")[1]
            if "novalidate" not in form[0] and name not in ASKED_BY_THE_BROWSER:
                wrong.append(name)
    assert seen > 40
    assert not wrong, wrong


# A script that measures, written where it is asked; ``Desk.measures`` and ``Desk.place_of`` wait for the page.
MEASURED = re.compile(
    r"""\.bounding_box\(|\.locator\([^\n]*\.evaluate\([^\n]*(?:getComputedStyle|getBoundingClientRect)"""
    r"""|\b(?!page\b)\w+\.evaluate\(\s*(?:f?"{1,3})[^"]*(?:getComputedStyle|getBoundingClientRect|(?:client|offset|scroll)(?:Width|Height))"""
)


def test_journeys_measure_pages_that_are_there_whole() -> None:
    """An element is there before its style sheet: a size taken then was 13 px once in a hundred runs."""
    journeys = sorted((Path(__file__).parent / "browser").glob("test_*.py"))
    assert len(journeys) > 20
    wrong = [
        f"{path.name}: {found[0]}"
        for path in journeys
        for found in MEASURED.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not wrong, "\n".join(wrong)
    assert MEASURED.search('box.evaluate("each => getComputedStyle(each).fontSize")')
    assert MEASURED.search('desk.page.locator("p").bounding_box()')


LIST_OF_RECORDS = {"activities", "compilation", "review"}


def test_a_list_of_other_things_is_not_called_records() -> None:
    """The bare word "รายการ" is "Records" in English; a list of days, materials or people says of what."""
    wrong = [
        str(template.relative_to(ROOT))
        for template in sorted(ROOT.glob("jitasa/*/templates/**/*.html"))
        if '{% translate "รายการ" %}' in template.read_text(encoding="utf-8")
        and template.relative_to(ROOT).parts[1] not in LIST_OF_RECORDS
    ]
    assert not wrong, wrong


HOUR_IN_THAI = re.compile(r"""(?:\}|\}\}|%\}|%s|M)[  ]น\.""")
# Documents, registers and stamps are Thai whoever reads them; what is translated has words of its own in English.
THAI_WHOEVER_READS = {
    "thai/dates.py",
    "ui/days.py",
    "letters/pages/docx_heads.py",
    "letters/pages/data.py",
    "letters/selectors/registers.py",
}


def test_the_hour_ends_in_thai_only_for_who_reads_thai() -> None:
    """``ui.days`` writes the hour on screens (``time_of_day``, ``time_span``, ``date_time``)."""
    sources = [*ROOT.glob("jitasa/**/*.py"), *ROOT.glob("jitasa/*/templates/**/*.html")]
    found = [
        f"{path.relative_to(ROOT / 'jitasa')}: {line.strip()[:80]}"
        for path in sorted(sources)
        if not {"tests", "demo"} & set(path.parts)
        and path.relative_to(ROOT / "jitasa").as_posix() not in THAI_WHOEVER_READS
        for line in path.read_text(encoding="utf-8").splitlines()
        if HOUR_IN_THAI.search(line) and "blocktranslate" not in line
    ]
    assert not found, found

"""The cover letter: the office's own letterhead, its register of dispatch, the circular that asked, the right addressee."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest
from pypdf import PdfReader

from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.compilation.models import Compilation
from jitasa.compilation.outputs import letter, report
from jitasa.compilation.selectors.covers import cover_of
from jitasa.compilation.services.compile import compile_round
from jitasa.compilation.services.cover import write_cover
from jitasa.distribution.values import Recipients
from jitasa.letters.choices import LetterKind
from jitasa.letters.models import Letter, LetterSettings, Signer
from jitasa.letters.pages.data import page_of
from jitasa.letters.selectors.registers import dispatch_lines, dispatches
from jitasa.letters.services.issue import issue
from jitasa.letters.services.settings import name_centre_head
from jitasa.letters.tests.samples import draft, set_up_office, values
from jitasa.letters.tests.test_page import read_back
from jitasa.organizations.choices import Role
from jitasa.problems import Forbidden
from jitasa.thai.digits import to_thai
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
USUAL = "ปลัดกระทรวงมหาดไทย (ศูนย์อำนวยการและขับเคลื่อนงานจิตอาสา กระทรวงมหาดไทย)"
TITLE = "ปลัดกระทรวงมหาดไทย หัวหน้าศูนย์ฯ ตามที่ศูนย์แจ้ง"
MONTH = date(2026, 11, 1)


@pytest.fixture
def made(cast: Cast) -> Compilation:
    make_lists()
    make_sent(cast.anong)
    LetterSettings.objects.create(
        organization=cast.krabi,
        number_prefix="กบ ๐๐๒๓.๑",
        office_name="ศาลากลางจังหวัดกระบี่",
        address="ถนนอุตรกิจ กบ ๘๑๐๐๐",
        phone="๐ ๗๕๖๑ ๑๐๐๐",
    )
    return compile_round(actor=cast.ek, organization=cast.krabi, month=MONTH, now=NOW).compilation


def test_each_level_writes_to_the_one_above(cast: Cast) -> None:
    assert letter.addressee(cast.mueang) == "ผู้ว่าราชการจังหวัดกระบี่"
    assert letter.addressee(cast.krabi) == "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"
    assert letter.addressee(cast.department).startswith("ปลัดกระทรวงมหาดไทย")


def test_the_letter_is_one_of_the_office(cast: Cast, made: Compilation) -> None:
    written = write_cover(actor=cast.ek, compilation=made, now=NOW)
    assert write_cover(actor=cast.ek, compilation=made, now=NOW) == written == cover_of(made)
    assert written.organization == cast.krabi
    assert written.head["office_name"] == "ศาลากลางจังหวัดกระบี่"
    assert written.head["phone"] == "๐ ๗๕๖๑ ๑๐๐๐"
    assert not written.is_circular
    assert written.recipients["offices"] == [cast.department.pk]
    assert "พฤศจิกายน 2569" in written.subject
    with pytest.raises(Forbidden):
        write_cover(actor=cast.fah, compilation=made, now=NOW)


def test_the_page_of_the_report_is_the_letter(cast: Cast, made: Compilation) -> None:
    """A draft by the letterhead until it is signed; no hash on it, the summary behind it."""
    with pikepdf.open(io.BytesIO(report.pdf(made))) as pages:
        assert len(pages.pages) > 2
    first = PdfReader(io.BytesIO(report.pdf(made))).pages[0].extract_text()
    assert made.content_hash not in first
    assert "๐๐๒๓.๑/" in first


def test_what_is_bound_behind_the_letter_says_so_and_counts_its_own_pages(
    cast: Cast, made: Compilation
) -> None:
    with pikepdf.open(io.BytesIO(report.pdf(made))) as book:
        pages = [_alone(page) for page in book.pages]
    assert "สิ่งที่ส่งมาด้วยหน้า" not in pages[0]
    behind = pages[1:]
    for number, words in enumerate(behind, start=1):
        assert to_thai(f"สิ่งที่ส่งมาด้วยหน้า{number}จาก{len(behind)}") in words
        assert to_thai(f"-{number}-") not in words


def _alone(page: pikepdf.Page) -> str:
    """The words of one page of a PDF."""
    single, out = pikepdf.new(), io.BytesIO()
    single.pages.append(page)
    single.save(out)
    return read_back(out.getvalue())


def test_the_button_writes_the_draft_and_goes_on_in_it(cast: Cast, made: Compilation) -> None:
    client = cast.client("ek")
    page = f"/work/month/compilations/{made.pk}/"
    assert "ทำหนังสือนำส่ง" in client.get(page).content.decode()
    answer = client.post(f"{page}cover/")
    written = cover_of(made)
    assert written is not None
    assert answer["Location"].endswith(f"{written.uuid}/edit/")
    assert client.get(answer["Location"]).status_code == 200
    assert "ทำหนังสือนำส่ง" not in client.get(page).content.decode()
    # The department sees the report of the province and no button that it may not press.
    assert "ทำหนังสือนำส่ง" not in cast.client("fah").get(page).content.decode()
    assert cast.client("fah").post(f"{page}cover/").status_code == 403


@pytest.mark.parametrize(
    ("name", "who", "memo", "to"),
    [
        ("mueang", "dao", False, "ผู้ว่าราชการจังหวัดกระบี่"),
        ("krabi", "ek", False, "อธิบดีกรมส่งเสริมการปกครองท้องถิ่น"),
        ("department", "fah", False, USUAL),
        ("department", "fah", True, TITLE),
    ],
)
def test_each_level_issues_its_cover_letter(cast: Cast, name: str, who: str, memo: bool, to: str) -> None:
    """Numbered in the office's register of dispatch, to the one above, citing the circular that asked; no hash on it."""
    make_lists()
    make_sent(cast.anong)
    office, actor = getattr(cast, name), getattr(cast, who)
    asked = _circulars(cast)
    if name == "mueang":  # nobody writes to the governor on his behalf
        Signer.objects.filter(organization=office).update(capacity="own", on_behalf_of="")
    LetterSettings.objects.filter(organization=office).update(cover_by_memo=memo)
    if to == TITLE:
        name_centre_head(actor=replace(cast.fah, roles=frozenset({Role.CENTRE})), title=TITLE, now=NOW)
    made = compile_round(actor=actor, organization=office, month=MONTH, now=NOW).compilation
    written = issue(actor=actor, letter=write_cover(actor=actor, compilation=made, now=NOW), now=NOW)
    assert written.to_text == to
    assert written.kind == (LetterKind.MEMO if memo else LetterKind.EXTERNAL)
    assert [line.number for line in dispatch_lines(dispatches(office, 2569))][-1] == str(
        written.register_number
    )
    assert [each.linked for each in written.references.all()] == [asked[name]]
    recipients = [each.recipient for each in written.dispatches.all()]
    outside = [each.name for each in written.outside_recipients.all()]
    assert (recipients, outside) == (([], [to]) if name == "department" else ([office.reports_to], []))
    page = page_of(written, day=NOW.date()).data["letter"]
    assert page["signer"]["name"] == "นายทดสอบ ตัวอย่าง"
    assert made.content_hash not in str(page)
    assert made.content_hash in str(report.content(made)[0]["appendix"])


def test_the_circular_is_cited_by_its_true_day(cast: Cast) -> None:
    """Krabi's is printed with the year after (docs/domain.md §1); its own district cites what was verified."""
    make_lists()
    make_sent(cast.anong)
    circular = _circulars(cast)["mueang"]
    Letter.objects.filter(pk=circular.pk).update(
        date_printed=date(2027, 11, 20), date_verified=date(2026, 11, 20)
    )
    made = compile_round(actor=cast.dao, organization=cast.mueang, month=MONTH, now=NOW).compilation
    assert [each.date for each in letter.values_of(made).citations] == [date(2026, 11, 20)]


def _circulars(cast: Cast) -> dict[str, Letter]:
    """The department's circular to the provinces and Krabi's to its districts: by office, what asked it to report."""
    first, second = (
        issue(
            actor=actor,
            letter=draft(
                actor, values(set_up_office(office, prefix=prefix), recipients=Recipients(presets=(to,)))
            ),
            now=NOW,
        )
        for actor, office, prefix, to in (
            (cast.fah, cast.department, "มท 0801.4", "governors"),
            (cast.ek, cast.krabi, "กบ 0023.1", "district_chiefs"),
        )
    )
    set_up_office(cast.mueang, prefix="กบ 0117")
    return {"department": first, "krabi": first, "mueang": second}


def test_the_title_of_the_centres_head_is_the_ministrys_to_say(cast: Cast) -> None:
    """A province's centre and the clerks of other offices do not; emptied, the usual one is printed again."""
    make_lists()
    for actor in (
        cast.hathai,
        cast.ek,
        cast.dao,
        cast.boonmee,
        replace(cast.fah, roles=frozenset({Role.OFFICER})),
    ):
        with pytest.raises(Forbidden):
            name_centre_head(actor=actor, title=TITLE, now=NOW)
    assert letter.addressee(cast.department) == USUAL
    client, page = cast.client("fah"), "/work/letters/settings/centre/"
    assert USUAL in client.get(page).content.decode()
    assert client.post(page, {"centre_head": TITLE}).status_code == 302
    assert letter.addressee(cast.department) == TITLE
    client.post(page, {"centre_head": ""})
    assert letter.addressee(cast.department) == USUAL

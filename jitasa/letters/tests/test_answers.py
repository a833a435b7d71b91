"""The sender reads the answers: by office, put together, as a workbook, as files; nobody else does."""

import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.distribution.values import Recipients
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.selectors.answers import Total, amount, counts, reached, summed, table_for
from jitasa.letters.services.issue import issue
from jitasa.letters.services.receive import answer, open_letter
from jitasa.letters.services.tick import tick_activities
from jitasa.letters.tests.samples import PDF, draft, set_up_office, values
from jitasa.letters.tests.test_way import circular, down, occasion, way
from jitasa.letters.tests.test_way_pages import at, page
from jitasa.organizations.choices import Role
from jitasa.organizations.models import Organization
from jitasa.organizations.viewer import Viewer
from jitasa.rounds.models import Tally
from jitasa.ui.templatetags.thai import letter_number
from tests.cast import NOW, Cast, T, make_organization

COLUMNS = ("รายการ", "จำนวน")


def filled(cast: Cast) -> tuple[Letter, Letter, Letter]:
    """The circular asks for a table; an LAO and the district filled it in."""
    chain = down(cast, answer_kind=AnswerKind.TABLE, answer_columns=COLUMNS)
    rows = [["ต้นไม้", "๑,๒๐๐"], ["<b>ถุง</b>", "30.5"]]
    answer(actor=cast.anong, dispatch=way(chain[2], cast.aonang), now=NOW + timedelta(hours=6), rows=rows)
    answer(
        actor=cast.dao,
        dispatch=way(chain[1], cast.mueang),
        now=NOW + timedelta(hours=6),
        rows=[["เก้าอี้", "–"]],
    )
    return chain


def test_answering_by_file_and_table(cast: Cast) -> None:
    letter = circular(cast, answer_kind=AnswerKind.TABLE, answer_columns=("รายการ", "จำนวน"))
    empty = cast.client("ek").post(at("answer", letter), {"cell-0-0": " ", "text": "ยังนับไม่เสร็จ"})
    assert empty.status_code == 422
    assert "ยังนับไม่เสร็จ" in empty.content.decode()
    cast.client("ek").post(at("answer", letter), {"cell-0-0": "ต้นไม้", "cell-0-1": "40"})
    assert way(letter, cast.krabi).answer.rows == [["ต้นไม้", "40"]]
    given = values(
        cast.department.signers.get(),
        recipients=Recipients(presets=("governors",)),
        answer_kind=AnswerKind.FILE,
    )
    other = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    program = SimpleUploadedFile("x.pdf", b"MZ\x90\x00program")
    refused = cast.client("ek").post(at("answer", other), {"file": program, "text": "ส่งผล <ครั้งแรก>"})
    assert refused.status_code == 422
    assert "ส่งผล &lt;ครั้งแรก&gt;</textarea>" in refused.content.decode()  # what was typed stands there still
    assert way(other, cast.krabi).answered_at is None
    cast.client("ek").post(at("answer", other), {"file": SimpleUploadedFile("ผล.pdf", PDF)})
    assert way(other, cast.krabi).answer.file_name == "ผล.pdf"


def test_the_sender_reads_the_whole_chains_answers_and_each_sender_those_of_its_own(cast: Cast) -> None:
    letter, second, third = filled(cast)
    text = page(cast, "fah", at("answers", letter))
    assert "อบต.อ่าวนาง" in text
    assert "&lt;b&gt;ถุง&lt;/b&gt;" in text
    assert letter_number(third.number) in text  # in the reader's digits
    assert "อบต.อ่าวนาง" in page(cast, "ek", at("answers", second))
    assert "อบต.อ่าวนาง" in page(cast, "dao", at("answers", third))
    assert "สถจ.กระบี่" not in page(cast, "dao", at("answers", third)).split("<tbody>")[-1]
    assert "อบต.ไสไทย" not in page(cast, "fah", at("answers", letter), show="answered")
    assert "อบต.ไสไทย" in page(cast, "fah", at("answers", letter), show="unanswered", q="ไสไทย")


def test_who_neither_sent_the_letter_nor_stands_above_reads_nothing(cast: Cast) -> None:
    letter, second, third = filled(cast)
    for name in ("answers", "answers_xlsx"):
        assert cast.client("ek").get(at(name, letter)).status_code == 403  # received it, did not send it
        assert cast.client("chai").get(at(name, letter)).status_code == 404
        assert cast.client("anong").get(at(name, second)).status_code == 404
        assert cast.client("anong").get(at(name, third)).status_code == 403
        assert cast.client("fah").get(at(name, third)).status_code == 200  # above the sender


def test_the_tables_are_put_together_and_the_numbers_summed(cast: Cast) -> None:
    letter, _second, _third = filled(cast)
    text = page(cast, "fah", at("answers", letter), view="table")
    assert "1,230.50" in text
    assert "เก้าอี้" in text
    book = cast.client("fah").get(at("answers_xlsx", letter)).content
    sheets = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book))
    table = sheets.get_sheet_by_name("ตารางรวม").to_python()
    assert [row[3] for row in table if row[2] in ("ต้นไม้", "<b>ถุง</b>")] == [1200.0, 30.5]
    assert table[-1][3] == 1230.5
    offices = [row[3] for row in sheets.get_sheet_by_name("รายแห่ง").to_python()]
    assert "อบต.ไสไทย" in offices  # who has not answered stands there, too


def test_a_file_is_saved_never_shown_and_only_by_those_it_concerns(cast: Cast) -> None:
    letter = circular(cast, answer_kind=AnswerKind.FILE)
    other = issue(
        actor=cast.fah,
        letter=draft(
            cast.fah,
            values(cast.department.signers.get(), recipients=Recipients(offices=(cast.kokklang.pk,))),
        ),
        now=NOW,
    )
    cast.client("ek").post(at("answer", letter), {"file": SimpleUploadedFile("ผล.pdf", PDF)})
    found = way(letter, cast.krabi).answer
    url = reverse("letters:answer_file", args=[letter.uuid, found.pk])
    assert url in page(cast, "fah", at("answers", letter))
    assert url in page(cast, "ek", at("show", letter))
    response = cast.client("fah").get(url)
    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]  # a file response
    assert response["Content-Disposition"].startswith("attachment")
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == ("nosniff", "application/pdf")
    assert cast.client("chai").get(url).status_code == 404
    assert cast.client("dao").get(url).status_code == 404
    by_another = reverse("letters:answer_file", args=[other.uuid, found.pk])
    assert cast.client("chai").get(by_another).status_code == 404  # a letter one may see, another's answer


def test_a_recorded_activity_is_linked(cast: Cast) -> None:
    day = occasion(cast)
    letter, _second, _third = down(
        cast, answer_kind=AnswerKind.ACTIVITY, answer_occasion_id=day.pk, answer_by=date(2026, 12, 10)
    )
    Tally.objects.create(
        organization=cast.aonang,
        month=date(2026, 12, 1),
        status="submitted",
        occasion_id=day.pk,
        activities=1,
    )
    text = page(cast, "fah", at("answers", letter), show="answered")
    assert f"occasion={day.pk}&amp;office={cast.aonang.pk}" in text
    assert tick_activities(now=NOW) == 0  # the page has seen it itself


def test_answering_again_begins_with_what_was_answered(cast: Cast) -> None:
    _letter, _second, third = filled(cast)
    text = page(cast, "anong", at("show", third))
    assert 'name="cell-0-1" value="๑,๒๐๐"' in text
    assert 'name="cell-4-1"' in text


def test_a_letter_that_asks_nothing_lists_who_opened_it(cast: Cast) -> None:
    letter, _second, third = down(cast)
    open_letter(actor=cast.anong, dispatch=way(third, cast.aonang), now=NOW + timedelta(hours=6))
    assert "อบต.อ่าวนาง" not in page(cast, "fah", at("answers", letter), show="unopened")
    assert "อบต.ไสไทย" in page(cast, "fah", at("answers", letter), show="unopened")
    assert "คำตอบของหนังสือ" not in page(cast, "fah", at("answers", letter))


def test_the_numbers_on_the_filters_are_those_of_the_lists(cast: Cast) -> None:
    from jitasa.letters.selectors.answers import choices, listed

    day = date(2026, 12, 1)
    for letter in filled(cast):
        Dispatch.objects.filter(letter=letter).update(due_on=date(2026, 11, 30))
        node = letter.organization
        found = counts(letter, node, day)
        assert found == {
            name: listed(letter, node, show=name, text="", day=day).count() for name in choices(letter, day)
        }
        assert found["late"] > 0


def test_a_covering_letter_sent_outside_the_branch_is_followed_all_the_same(cast: Cast) -> None:
    letter = circular(cast)
    far = make_organization("06820101", T.SAO, "อบต.ไกล", reports_to=cast.department)
    given = values(set_up_office(cast.krabi), recipients=Recipients(offices=(far.pk,)))
    second = issue(actor=cast.ek, letter=draft(cast.ek, given, parent=letter), now=NOW)
    assert [row.recipient for row in reached(second, cast.krabi).filter(letter=second)] == [far]


@pytest.mark.parametrize(
    ("text", "number"),
    [("๑,๒๐๐.๕", "1200.5"), ("-3", "-3"), ("40 คน", None), ("1e400", None), ("nan", None), ("9" * 20, None)],
)
def test_cells_are_read_as_numbers_only_where_they_are(text: str, number: str | None) -> None:
    assert amount(text) == (Decimal(number) if number else None)


def test_a_column_of_words_has_no_sum_and_a_slip_is_said() -> None:
    found = summed(2, [[["ก", "1"], ["ข", "2"]], [["ค", "ประมาณ 3"], ["ง", ""]]])
    assert found == [None, Total(Decimal(3), 1)]
    assert str(found[1]) == "3"


def test_the_table_to_fill_in_is_as_wide_as_asked() -> None:
    assert table_for([], 2) == [["", ""]] * 5


def _offices(cast: Cast, count: int) -> Letter:
    there = Organization.objects.filter(reports_to=cast.mueang).count()
    for n in range(there, count):
        make_organization(f"068{n:05d}", T.SAO, f"อบต.ที่ {n}", reports_to=cast.mueang, lies_in=cast.mueang)
    signer = cast.department.signers.first() or circular(cast).organization.signers.get()
    offices = Organization.objects.filter(reports_to=cast.mueang)
    given = values(
        signer,
        recipients=Recipients(offices=tuple(offices.values_list("pk", flat=True))),
        answer_kind=AnswerKind.TABLE,
        answer_columns=COLUMNS,
    )
    letter = issue(actor=cast.fah, letter=draft(cast.fah, given), now=NOW)
    for row in letter.dispatches.select_related("letter", "recipient"):
        clerk = Viewer(user=cast.people["anong"], organization=row.recipient, roles=frozenset({Role.OFFICER}))
        answer(actor=clerk, dispatch=row, now=NOW, rows=[["ต้นไม้", "4"]])
    return letter


@pytest.mark.parametrize("view", ["", "table"])
def test_reading_costs_the_same_for_3_and_30_answers(cast: Cast, view: str) -> None:
    client, found = cast.client("fah"), []
    for count in (3, 30):
        url = f"{at('answers', _offices(cast, count))}?view={view}"
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]

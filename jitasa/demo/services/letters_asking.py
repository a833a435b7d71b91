"""Two letters that ask for more than a word: a short table of Krabi's LAOs, a file of its districts."""

import random
from datetime import datetime, timedelta

from jitasa.demo import letters as words
from jitasa.demo.services.letter_acts import in_office_hours, issue_as, receive_some
from jitasa.distribution.values import Recipients
from jitasa.documents.xlsx import CellKind, Sheet, SheetColumn, workbook
from jitasa.letters.choices import AnswerKind
from jitasa.letters.models import Dispatch, Letter
from jitasa.letters.services.files import receive_file
from jitasa.letters.services.receive import answer, register
from jitasa.letters.values import LetterValues
from jitasa.organizations.viewer import Viewer
from jitasa.thai.dates import be_year, today

LEFT = {"06810104", "8101"}  # อบต.อ่าวนาง and อ.เมืองกระบี่: left for whoever tries the demonstration


def make_asking(clerks: dict[str, Viewer], now: datetime) -> None:
    """Some have answered, some only registered, some not opened it."""
    rng = random.Random(900)  # noqa: S311 (a story, not a secret)
    signs = _signs(clerks["81"], rng, now)
    for way in _ways(signs):
        actor = clerks[way.recipient.code]
        if _takes(actor, way, rng, 0.35):
            at = in_office_hours(way.delivered_at + timedelta(hours=rng.uniform(20, 50)))
            answer(actor=actor, dispatch=way, now=at, rows=_sign_rows(rng))
    plans = _plans(clerks["81"], rng, now)
    for way in _ways(plans):
        actor = clerks[way.recipient.code]
        if _takes(actor, way, rng, 0.7):
            _sends_plan(actor, way, rng, now)


def _ways(letter: Letter) -> list[Dispatch]:
    rows = letter.dispatches.select_related("letter", "recipient").exclude(recipient__code__in=LEFT)
    return list(rows.order_by("recipient__code"))


def _takes(actor: Viewer, way: Dispatch, rng: random.Random, share: float) -> bool:
    """Whether the office has registered the letter and answers it."""
    if rng.random() < share:
        register(
            actor=actor,
            dispatch=way,
            now=in_office_hours(way.delivered_at + timedelta(hours=rng.uniform(1, 19))),
        )
        return True
    receive_some(actor, way, rng, way.delivered_at, (0.4, 0.3))
    return False


def _signs(ek: Viewer, rng: random.Random, now: datetime) -> Letter:
    at = in_office_hours(now - timedelta(days=8))
    values = LetterValues(
        subject=words.SIGNS_SUBJECT,
        to_text="นายกองค์กรปกครองส่วนท้องถิ่น ทุกแห่งในจังหวัดกระบี่",
        body=words.SIGNS,
        recipients=Recipients(presets=("all_laos",)),
        answer_kind=AnswerKind.TABLE,
        answer_columns=words.SIGN_COLUMNS,
        answer_by=today(now) + timedelta(days=4),
        escalate_after_days=7,
    )
    return issue_as(ek, values, at, rng)


def _sign_rows(rng: random.Random) -> list[list[str]]:
    places = rng.sample(words.SIGN_PLACES, rng.randint(1, 4))
    return [[place, str(rng.randint(1, 6)), rng.choice(words.SIGN_STATES)] for place in places]


def _plans(ek: Viewer, rng: random.Random, now: datetime) -> Letter:
    at = in_office_hours(now - timedelta(days=7))
    values = LetterValues(
        subject=words.PLAN_SUBJECT % (be_year(today(now)) + 1),
        to_text="นายอำเภอ ทุกอำเภอ",
        body=words.PLAN,
        recipients=Recipients(presets=("district_chiefs",)),
        answer_kind=AnswerKind.FILE,
        answer_by=today(now) + timedelta(days=10),
    )
    return issue_as(ek, values, at, rng)


def _sends_plan(actor: Viewer, way: Dispatch, rng: random.Random, now: datetime) -> None:
    at = in_office_hours(way.delivered_at + timedelta(hours=rng.uniform(20, 50)))
    year = be_year(today(now)) + 1
    months = [[month, rng.choice(words.PLAN_WORK)] for month in range(1, 13)]
    title = f"แผนการจัดกิจกรรมจิตอาสา พ.ศ. {year} {way.recipient.name}"
    columns = [SheetColumn("เดือนที่", CellKind.INTEGER), SheetColumn("กิจกรรม", CellKind.LONG)]
    content = workbook([Sheet(name="แผน", columns=columns, rows=months, title=title)])
    name = f"แผนจิตอาสา {year} {way.recipient.short_name}.xlsx"
    stored = receive_file(actor=actor, chunks=[content], name=name, now=at)
    text = "ส่งแผนตามหนังสือที่อ้างถึง"
    answer(actor=actor, dispatch=way, now=at, text=text, sha256=stored.sha256)

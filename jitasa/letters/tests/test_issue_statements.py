"""How many statements it takes to issue a letter to 76 offices, counted from the first of the request."""

import sys

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jitasa.distribution.values import Recipients
from jitasa.letters.models import Letter
from jitasa.letters.tests.samples import draft, set_up_office, values
from tests.cast import Cast, T, make_organization

MOST = 16  # one of them asks whose signature it is, one brings the letter to all 76 offices


def provinces(cast: Cast, count: int) -> None:
    for number in range(count):
        make_organization(
            chr(65 + number // 10) + str(number % 10),
            T.PROVINCE,
            f"สถจ.ที่ {number}",
            reports_to=cast.department,
        )


def statements_of_issuing(cast: Cast, letter: Letter) -> list[str]:
    """Every statement of the request that issues, savepoints included."""
    client = cast.client("fah")
    with CaptureQueriesContext(connection) as found:
        answer = client.post(reverse("letters:issue", args=[letter.uuid]))
    assert answer.status_code == 302
    return [row["sql"] for row in found.captured_queries]


def test_issuing_to_76_offices_takes_few_statements(cast: Cast) -> None:
    provinces(cast, 75)
    signer = set_up_office(cast.department, prefix="มท 0801.4")
    first = draft(cast.fah, values(signer, recipients=Recipients(presets=("governors",))))
    letter = draft(cast.fah, values(signer, recipients=Recipients(presets=("governors",))))
    statements_of_issuing(cast, first)  # the year's register and the office's audit chain are there
    statements = statements_of_issuing(cast, letter)
    for number, statement in enumerate(statements, 1):
        sys.stdout.write(f"{number:3} {statement[:180]}\n")
    letter.refresh_from_db()
    assert (letter.sent_count, letter.dispatches.count()) == (76, 76)
    assert len(statements) <= MOST, "\n".join(statements)

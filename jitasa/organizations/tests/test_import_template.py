"""The file to fill in is itself a file that imports."""

import pytest
from django.urls import reverse

from jitasa.organizations.models import Organization
from jitasa.organizations.models.doubt import RegistryDoubt
from jitasa.organizations.registry_file import PLAIN, read_registry_file
from jitasa.organizations.services.import_registry import import_registry, summary
from jitasa.organizations.viewer import SYSTEM
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def test_the_template_is_downloaded_and_imports(cast: Cast) -> None:
    client = cast.client("fah")
    assert (
        reverse("organizations:import_template")
        in client.get(reverse("organizations:import")).content.decode()
    )
    answer = client.get(reverse("organizations:import_template"))
    data = answer.content
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    assert data.startswith(
        b"\xef\xbb\xbf" + ",".join(PLAIN).encode() + b"\r\n"
    )  # Excel knows UTF-8 by the mark
    file = read_registry_file(data)
    assert (len(file.rows), file.problems, file.notes) == (1, [], [])
    before = Organization.objects.count()
    result = import_registry(data, actor=SYSTEM, now=NOW)
    assert (result.founded, result.problems, result.to_check) == (0, [], 0)
    assert Organization.objects.count() == before


def test_the_summary_counts_the_offices_that_are_to_be_checked(cast: Cast) -> None:
    head, row = ",".join(PLAIN), "06810104,อบต.,อ่าวนาง,81,กระบี่,8101,เมืองกระบี่,0.5,200"
    other = "06810107,อบต.,ไสไทย,81,กระบี่,8101,เมืองกระบี่,8.05,"
    data = "\n".join([head, row, other]).encode()
    trial = import_registry(data, actor=SYSTEM, now=NOW, dry_run=True)
    assert (trial.to_check, RegistryDoubt.objects.count()) == (2, 0)
    assert "อยู่ในรายการ “ต้องตรวจสอบ” 2 แห่ง" in summary(trial)
    import_registry(data, actor=SYSTEM, now=NOW)
    again = import_registry(data, actor=SYSTEM, now=NOW)
    assert (again.doubtful, again.to_check) == (0, 2)  # nothing new; they still stand there
    assert "อยู่ในรายการ “ต้องตรวจสอบ” 2 แห่ง" in summary(again)

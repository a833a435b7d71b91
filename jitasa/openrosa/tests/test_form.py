"""The form is what the rules of XForms ask, for any list and rule of a month; a real validator says so."""

import shutil
import subprocess
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring

from jitasa.activities.tests.making import make_lists
from jitasa.openrosa.form import form_of
from jitasa.openrosa.media import media_of
from jitasa.rounds.models import Kind, ParticipantGroup
from jitasa.rounds.services.rounds import ensure_round
from jitasa.thai.dates import month_of
from tests.cast import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.at(NOW)]
DAY = NOW.date()
X = "{http://www.w3.org/2002/xforms}"


def binds(xml: bytes) -> dict[str, dict[str, str]]:
    return {each.get("nodeset", ""): dict(each.attrib) for each in fromstring(xml).iter(f"{X}bind")}


def test_the_form_follows_the_months_rules(cast: Cast) -> None:
    make_lists()
    found = ensure_round(month_of(DAY), now=NOW)
    found.required_fields = ["name", "kind", "start_date", "participants", "result"]
    found.save(update_fields=["required_fields"])
    form = form_of(DAY)
    asked = binds(form.xml)
    assert asked["/data/name"]["required"] == "true()"
    assert asked["/data/result"]["required"] == "true()"
    assert "required" not in asked["/data/place"]
    found.required_fields = [*found.required_fields, "place"]
    found.save(update_fields=["required_fields"])
    other = form_of(DAY)
    assert binds(other.xml)["/data/place"]["required"] == "true()"
    assert other.version != form.version
    assert other.hash_given != form.hash_given
    assert f'version="{other.version}"' in other.xml.decode()


def test_the_form_offers_the_lists_of_now(cast: Cast) -> None:
    make_lists()
    before = form_of(DAY)
    Kind.objects.create(code="9-new", label='ใหม่ <&>"', label_en="New", created_at=NOW)
    ParticipantGroup.objects.create(code="2-students", label="นักเรียน", created_at=NOW)
    form = form_of(DAY)
    assert "9-new" in form.xml.decode()
    assert "ใหม่ &lt;&amp;&gt;" in form.xml.decode()
    assert "/data/groups/n_2-students" in binds(form.xml)
    assert form.version != before.version
    assert form_of(DAY) == form


def test_lists_that_are_long_go_as_files(cast: Cast) -> None:
    make_lists()
    files = {each.name: each.content.decode() for each in media_of(cast.aonang, DAY)}
    lines = files["tambons.csv"].splitlines()
    assert lines[0] == "name,label"
    assert any(line.startswith(f"{cast.aonang.district_code}") for line in lines[1:])
    assert len(files["occasions.csv"].splitlines()) >= 2
    assert b"jr://file-csv/tambons.csv" in form_of(DAY).xml


def test_odk_validate_takes_the_form(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator that pyxform brings, the one ODK Central and Collect's authors use (needs Java)."""
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    make_lists()
    path = tmp_path / "form.xml"
    path.write_bytes(form_of(DAY).xml)
    for file in media_of(cast.aonang, DAY):
        (tmp_path / file.name).write_bytes(file.content)
    with resources.as_file(
        resources.files("pyxform") / "validators" / "odk_validate" / "bin" / "ODK_Validate.jar"
    ) as jar:
        done: Any = subprocess.run(
            ["java", "-Xss512k", "-jar", str(jar), str(path)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert "Xform is valid" in done.stdout + done.stderr

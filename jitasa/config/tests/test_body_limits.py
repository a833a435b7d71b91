"""Which address takes how much: every upload address exists, and no other takes more than a form."""

import pytest
from django.conf import settings
from django.urls import resolve

from jitasa.ui.body_limits import limit_for

UUID = "0190a000-0000-7000-8000-000000000000"
TAKES = [
    "/work/photos/",
    f"/work/activities/{UUID}/edit/",
    "/work/letters/new/",
    "/work/letters/preview/",
    "/work/letters/outside/",
    "/work/letters/settings/",
    "/work/letters/signing/",
    f"/work/letters/{UUID}/edit/",
    f"/work/letters/{UUID}/issue/",
    f"/work/letters/{UUID}/answer/",
    "/work/occasions/add/",
    "/work/occasions/7/",
    "/work/organizations/import/",
    "/work/publicity/broadcasts/new/",
    "/work/publicity/broadcasts/7/photo/",
    "/work/publicity/materials/new/",
    "/work/publicity/materials/7/edit/",
    "/work/publicity/materials/7/files/",
    "/work/publicity/materials/7/files/add/",
    f"/api/v1/photos/{'0' * 64}",
    f"/api/v1/activities/{UUID}/with-photos",
    "/api/v1/activities/batch",
    "/api/v1/letters/7/answer-with-file",
    "/openrosa/submission",
]


@pytest.mark.parametrize("path", TAKES)
def test_upload_addresses_exist_and_take_files(path: str) -> None:
    assert resolve(path)
    assert limit_for(path).takes_files
    assert limit_for("/en" + path) == limit_for(path)


@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/work/", "/work/photos/missing/", f"/x/work/activities/{UUID}/edit/"]
)
def test_other_addresses_take_a_form(path: str) -> None:
    assert limit_for(path).most == settings.FORM_MAX_BYTES

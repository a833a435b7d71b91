"""The page for errors stands when what every page needs is what failed."""

import pytest
from django.test import RequestFactory, override_settings

from jitasa.ui.views import broken

HASHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "jitasa.ui.storage.ModuleStorage"},
}


def error_page() -> str:
    answer = broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    return answer.content.decode()


def test_it_stands_without_the_hashed_names_of_static_files(caplog: pytest.LogCaptureFixture) -> None:
    with override_settings(STORAGES=HASHED, STATIC_ROOT="/nowhere", DEBUG=False):
        page = error_page()
    assert "ระบบขัดข้องชั่วคราว" in page
    assert "Something went wrong" in page
    assert "/static/" not in page
    assert "error page" in caplog.text  # and whoever keeps the log learns of it


def test_it_stands_without_templates() -> None:
    with override_settings(TEMPLATES=[]):
        assert "ระบบขัดข้องชั่วคราว" in error_page()


def test_otherwise_it_is_a_page_of_the_house() -> None:
    assert "/static/ui/css/base.css" in error_page()

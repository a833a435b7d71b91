"""The frame, the pages of refusal, the gallery, and how much they weigh."""

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from jitasa.problems import Conflict, Forbidden, Refusal
from jitasa.ui import views
from jitasa.ui.middleware import RefusalMiddleware
from tests.cast import Cast

THAI = {"Accept-Language": "th"}


def first_page_files(html: str) -> set[str]:
    """Paths of the static files a page makes the browser load at once."""
    return {part.split('"')[0] for part in html.split("/static/")[1:]}


def test_the_gallery_is_for_development_only(client: Client, settings: object, db: None) -> None:
    assert client.get(reverse("ui:gallery")).status_code == 404
    settings.DEBUG = True  # type: ignore[attr-defined]
    answer = client.get(reverse("ui:gallery"), headers=THAI)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert 'data-theme="dark"' in html
    assert html.count("<tr") > 500


def test_the_officers_frame_is_whole(cast: Cast) -> None:
    html = cast.client("ek").get("/nowhere/", headers=THAI)
    assert html.status_code == 404
    request = RequestFactory().get("/work/")
    frame = render_to_string("ui/work.html", {"viewer": cast.ek, "request": request})
    assert 'href="#main"' in frame
    assert 'id="main"' in frame
    assert "สถจ.กระบี่" in frame
    assert frame.count("<h1>") == 1


def test_looking_with_other_eyes_is_said(cast: Cast) -> None:
    seen = replace(cast.anong, read_only=True, viewing_from=cast.krabi)
    frame = render_to_string("ui/work.html", {"viewer": seen, "request": RequestFactory().get("/work/")})
    assert "กำลังดูในมุมมองของ อบต.อ่าวนาง" in frame


def test_a_broken_page_asks_the_database_for_nothing(
    django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    with django_assert_num_queries(0):
        answer = views.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "ระบบขัดข้อง" in answer.content.decode()


def test_an_outdated_form_says_how_to_go_on(db: None) -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x"}, headers=THAI)
    assert answer.status_code == 403
    html = answer.content.decode()
    assert "กดปุ่มย้อนกลับของเบราว์เซอร์" in html
    assert "ส่งอีกครั้ง" in html


@pytest.mark.parametrize(
    ("refusal", "status"), [(Refusal("กรอกก่อน"), 400), (Forbidden("ไม่มีสิทธิ"), 403), (Conflict("มีผู้แก้ก่อน"), 409)]
)
def test_a_refusal_is_a_page_with_its_sentence(cast: Cast, refusal: Refusal, status: int) -> None:
    request = RequestFactory().get("/work/")
    request.viewer = cast.anong  # type: ignore[attr-defined]
    request.session = {}  # type: ignore[assignment]
    answer = RefusalMiddleware(lambda _request: None).process_exception(request, refusal)  # type: ignore[arg-type, return-value]
    assert answer is not None
    assert answer.status_code == status
    assert refusal.message in answer.content.decode()
    assert RefusalMiddleware(lambda _request: None).process_exception(request, KeyError()) is None  # type: ignore[arg-type, return-value]


def test_the_first_page_is_light(client: Client, db: None) -> None:
    """Under 120 kB over the wire: the page, styles, scripts, and both weights of the face.

    Dense screens take lighter faces instead of these, never both.
    """
    html = client.get("/accounts/login/", headers=THAI).content
    total = len(gzip.compress(html))
    folder = Path(finders.find("ui/css/tokens.css") or "").parent.parent
    for name in first_page_files(html.decode()) | {
        f"ui/{file.relative_to(folder)}"
        for file in folder.glob("fonts/*.woff2")
        if not file.stem.endswith("-dense")
    }:
        found = finders.find(name)
        assert found, name
        content = Path(str(found)).read_bytes()
        total += len(content) if name.endswith(".woff2") else len(gzip.compress(content))
    for module in ("toast", "svg", "theme_switch", "confirm", "date"):
        total += len(gzip.compress((folder / "js" / f"{module}.js").read_bytes()))
    assert total < 120_000


def test_the_policy_allows_nothing_inline(client: Client, db: None) -> None:
    policy = client.get("/accounts/login/", headers=THAI).headers["Content-Security-Policy"]
    assert "unsafe" not in policy

"""What cannot be read is answered 400 in Thai, what is too large 413, before a view runs."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from jitasa.activities.models import Activity
from jitasa.activities.tests.test_record_page import edit_url, typed
from jitasa.ui.body_limits import limit_for
from tests.cast import Cast

FORM = "application/x-www-form-urlencoded"
UNREADABLE = "มีตัวอักษรที่อ่านไม่ได้"


def thai(response: Any, words: str = UNREADABLE) -> None:
    assert response.status_code == 400, response.status_code
    assert words in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/a/%00/", "/%ED%A0%80/", "/o/%FF/"])
def test_path(path: str) -> None:
    thai(Client().get(path))


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["q=%00", "q=%ED%A0%80", "%00=1", "q=%FF", "q=a&page=%ED%BF%BF"])
def test_query(query: str) -> None:
    thai(Client().get(f"/activities/?{query}"))


@pytest.mark.parametrize("body", ["name=%00", "name=%ED%A0%80", "%00=1", "name=%FF"])
def test_form(cast: Cast, body: str) -> None:
    thai(cast.client("anong").post(reverse("activities:new"), body, content_type=FORM))
    assert not Activity.objects.exists()


def test_multipart(cast: Cast) -> None:
    thai(cast.client("anong").post(reverse("activities:new"), {"name": "ก\0ข"}))


@pytest.mark.parametrize(
    "body",
    ["[" * 100_000, "[" * 30 + "]" * 30, "{", '{"sha256": ["\\u0000"]}', '{"sha256": ["\\ud800"]}', b"\xff"],
)
def test_json(cast: Cast, body: str | bytes) -> None:
    client = cast.client("anong")
    thai(client.post(reverse("photos:missing"), body, content_type="application/json"))


@pytest.mark.parametrize("charset", ["utf-16", "idna", "no-such", "utf-7", "tis-620"])
def test_charset(cast: Cast, charset: str) -> None:
    client, url = cast.client("anong"), f"{reverse('photos:missing')}?q=a"
    for kind in (FORM, "application/json", "multipart/form-data; boundary=x"):
        thai(client.generic("POST", url, b"sha256=a", f"{kind}; charset={charset}"))


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["hex", "rot13", "zlib", '"base64"', "no-such"])
def test_charset_that_is_no_text(charset: str) -> None:
    """Django itself raises for these while it makes the request, so the way in is the server's."""
    from jitasa.config.wsgi import application

    said: list[str] = []
    environ = RequestFactory().get("/?q=a").environ | {"CONTENT_TYPE": f"{FORM}; charset={charset}"}
    body = b"".join(application(environ, lambda status, _headers: said.append(status)))
    assert said == ["400 Bad Request"]
    assert UNREADABLE in body.decode()


def test_utf8_is_the_charset(cast: Cast) -> None:
    client = cast.client("anong")
    for charset in ("utf-8", "UTF-8", '"utf-8"'):
        kind = f"application/json; charset={charset}"
        answer = client.post(reverse("photos:missing"), json.dumps({"sha256": []}), content_type=kind)
        assert answer.status_code == 200


@pytest.mark.django_db
def test_too_many_fields_and_files(cast: Cast) -> None:
    thai(
        cast.client("anong").post(reverse("activities:new"), {f"f{n}": "1" for n in range(2001)}), "ช่องมากเกิน"
    )
    thai(Client().get("/activities/?" + "&".join(f"f{n}=" for n in range(2001))), "ช่องมากเกิน")
    boundary = "".join(
        f'--x\r\nContent-Disposition: form-data; name="f{n}"; filename="a.jpg"\r\n\r\na\r\n'
        for n in range(101)
    )
    kind = "multipart/form-data; boundary=x"
    thai(
        cast.client("anong").post(reverse("photos:upload"), f"{boundary}--x--\r\n", content_type=kind),
        "ไฟล์มากเกิน",
    )


@pytest.mark.parametrize("ending", ["ก" * 250, "a" * 300, "\u202egpj"])
def test_names_of_files_of_any_length(cast: Cast, ending: str, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # every file goes to the disk
    data = (
        f'--x\r\nContent-Disposition: form-data; name="f"; filename="a.{ending}"\r\n\r\nno picture\r\n--x--\r\n'
    ).encode()
    answer = cast.client("anong").post(
        reverse("photos:upload"), data, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400
    assert answer.json()["files"][0]["error"]


def test_texts_are_cleaned_once_for_every_form(cast: Cast) -> None:
    """Whatever field they are typed into; passwords stay as they were typed."""
    form = typed(
        cast,
        kind="",
        sub_kind="",
        name="\u2060ลอก\u202eท่อ\u202cน\u0e33\u0e49",
        result="หาด\x0bนพรัตน์ \U0001f468\u200d\U0001f469",
    )
    answer = cast.client("anong").post(edit_url(uuid4()), form | {"action": "save"})
    assert answer.status_code == 302, answer.context["form"].errors
    saved = Activity.objects.get()
    assert saved.name == "ลอกท่อน้ำ"
    assert saved.result == "หาด\nนพรัตน์ \U0001f468\u200d\U0001f469"


def test_a_password_is_not_cleaned(cast: Cast) -> None:
    boonmee = cast.people["boonmee"]
    boonmee.set_password("รหัส\u200bลับยาวพอ")
    boonmee.save()
    form = {"login": boonmee.username, "password": "รหัส\u200bลับยาวพอ"}
    assert Client().post(reverse("account_login"), form).status_code == 302


# --- sizes ------------------------------------------------------------------------------------------


class Unread:
    """A body that must not be read."""

    def read(self, *_args: object) -> bytes:
        raise AssertionError("a byte was read")

    readline = read


def send(client: Client, path: str, length: int, **headers: str) -> Any:
    extra: dict[str, Any] = {"CONTENT_LENGTH": str(length), "wsgi.input": Unread(), **headers}
    return client.generic("POST", path, b"", "multipart/form-data; boundary=x", **extra)


def test_a_large_body_to_the_sign_in_page_is_refused_unread(cast: Cast) -> None:
    answer = send(Client(), "/accounts/login/", 400 * 1024 * 1024)
    assert answer.status_code == 413
    assert "ใหญ่เกินไป" in answer.content.decode()


def test_a_stranger_sends_no_files(cast: Cast) -> None:
    edit = reverse("activities:edit", args=[uuid4()])
    for path in ("/work/photos/", edit, "/work/publicity/materials/new/"):
        answer = send(Client(), path, limit_for(path).form + 1)
        assert answer.status_code == 413, path
        assert "เข้าสู่ระบบก่อน" in answer.content.decode()
    script = send(
        Client(), "/work/photos/", limit_for("/work/photos/").form + 1, HTTP_X_REQUESTED_WITH="fetch"
    )
    assert script.status_code == 401


def test_a_clerk_sends_no_more_than_the_address_takes(cast: Cast, settings: Any) -> None:
    client = cast.client("anong")
    assert send(client, "/work/photos/", settings.UPLOAD_MAX_BYTES + 1).status_code == 413
    assert send(client, "/work/activities/", settings.FORM_MAX_BYTES + 1).status_code == 413

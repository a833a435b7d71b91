"""English complete (docs/architecture.md §3, rule 10): every Thai string has an English one, and the screens show it.

After adding Thai words: ``make messages``, then write the English into ``jitasa/locale/en/LC_MESSAGES/django.po``.
"""

import ast
import os
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import django
import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import templatize, trans_real

from jitasa.accounts.models import User
from jitasa.organizations.models import Post
from tests.cast import Cast

ROOT = Path(django_settings.BASE_DIR)
SKIPPED = {"tests", "migrations", "demo", "static", "locale"}  # nobody reads them in English
THAI = re.compile("[\u0e00-\u0e7f]")
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]|%\.\d+f|\{\w+\}|</?\w+>")
LITERAL = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
MARKED = re.compile(rf"(?<![A-Za-z])(?:_|n?gettext)\(u?({LITERAL})")
WORDS: dict[str, Any] = {"gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None}
WORDS |= {
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> Iterator[tuple[Path, str]]:
    """Python as it stands; templates as Django turns them into something to extract from."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in SKIPPED]
        for path in (Path(folder) / name for name in names):
            if path.suffix == ".py":
                yield path, path.read_text()
            elif path.suffix == ".html":
                yield path, templatize(path.read_text(), origin=str(path))


def extracted() -> dict[str, Path]:
    """Every message id, with one file that has it."""
    found: dict[str, Path] = {}
    for path, text in sources():
        if path.suffix == ".html":
            ids = [ast.literal_eval(match[1]) for match in MARKED.finditer(text)]
        else:
            rows = extract("python", BytesIO(text.encode()), keywords=WORDS)
            ids = [row[1] if isinstance(row[1], str) else row[1][0] for row in rows]
        for msgid in ids:
            found.setdefault(msgid, path)
    return found


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with (ROOT / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        return read_po(file, locale="en")


@pytest.fixture
def english(catalogue: Catalog, tmp_path: Path, settings: object) -> Iterator[None]:
    """The words of the file as it stands, not of what was last compiled."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LOCALE_PATHS = [tmp_path]  # type: ignore[attr-defined]  # pytest-django's settings
    trans_real._translations = {}  # type: ignore[attr-defined]  # Django's memory of catalogues
    yield
    trans_real._translations = {}  # type: ignore[attr-defined]


def test_every_message_has_an_english_one(catalogue: Catalog) -> None:
    found = extracted()
    assert len(found) > 1000, f"nothing was read (Django {django.__version__})"
    without = []
    for msgid, path in found.items():
        message = catalogue.get(msgid)
        words = (
            [] if message is None else [message.string] if isinstance(message.string, str) else message.string
        )
        if not words or not all(words) or (message is not None and message.fuzzy):
            without.append(f"{path.relative_to(ROOT)}: {msgid}")
    assert not without, "write the English (make messages):\n" + "\n".join(without)


def test_no_message_hides_inside_an_f_string() -> None:
    """Neither ``makemessages`` nor Babel looks there, so that such a string would never reach the catalogue."""
    known = extracted()
    hidden = []
    for path, text in sources():
        for node in ast.walk(ast.parse(text)) if path.suffix == ".py" else ():
            if isinstance(node, ast.JoinedStr):
                hidden += [
                    f"{path.relative_to(ROOT)}: {words}" for words in inside(node) if words not in known
                ]
    assert not hidden, "\n".join(hidden)


def inside(node: ast.JoinedStr) -> list[str]:
    calls = [
        each for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    ]
    firsts = [call.args[0] for call in calls if call.func.id in WORDS and call.args]  # type: ignore[attr-defined]  # a Name, see above
    return [
        first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)
    ]


def test_the_english_keeps_what_is_filled_in(catalogue: Catalog) -> None:
    wrong = []
    for message in catalogue:
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        words = [message.string] if isinstance(message.string, str) else list(message.string or ())
        holes = set(HOLE.findall(ids[-1]))
        wrong += [
            f"{ids[-1]} → {text}" for text in words if ids[-1] and text and set(HOLE.findall(text)) != holes
        ]
    assert not wrong, "\n".join(wrong)


def test_what_is_quoted_is_what_stands_on_the_button(catalogue: Catalog) -> None:
    """A text that names a button or a page by its words does so in English, too."""
    words: dict[str, list[str]] = {}
    for message in catalogue:
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string or ())
        words.setdefault(ids[0], []).extend(texts)
    quoted = [
        (quote, text) for each, texts in words.items() for quote in QUOTED.findall(each) for text in texts
    ]
    known = [(words[quote], text) for quote, text in quoted if quote in words]
    assert len(known) > 20
    assert [(names, text) for names, text in known if not any(name in text for name in names)] == []


QUOTED = re.compile("“([^”]+)”")
FRAME = re.compile(r"<(nav|header|button|h1|label|legend|th|summary)\b[^>]*>.*?</\1>", re.S)
SCREENS = [
    "home:start", "activities:new", "activities:list", "review:list", "compilation:board",
    "organizations:list", "organizations:people", "rounds:settings", "account_login",
]  # fmt: skip
# Data stay Thai: names of offices and places, titles of posts, the mark; and the switch back to Thai.
OPTION = re.compile(r'<option value="\d+"[^>]*>[^<]*</option>')
DATA = re.compile(r"INFO จิตอาสา|ภาษาไทย|\S*(?:อบต|ทม|ทต|อบจ|สถจ|อ|ต|จ|สถ)\.\S*|อ่าวนาง|กระบี่")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_frame_of_a_screen_is_english(screen: str, cast: Cast, english: None) -> None:
    person = "ek" if screen in {"review:list", "compilation:board"} else "boonmee"
    client = Client() if screen == "account_login" else cast.client(person)
    if screen == "account_login":
        client.cookies["jitasa_language"] = "en"
    User.objects.update(language="en")
    page = client.get(reverse(screen), follow=True)
    html = OPTION.sub("", page.content.decode())
    for title in Post.objects.values_list("title", flat=True):
        html = html.replace(title or " ", " ")
    assert page.status_code == 200
    assert '<html lang="en"' in html
    frame = [strip_tags(match[0]) for match in FRAME.finditer(html)]
    frame += re.findall(r'(?:aria-label|placeholder|title)="([^"]*)"', html)
    thai = [text.strip() for text in frame if THAI.search(DATA.sub("", text))]
    assert frame
    assert not thai


class TestTheLanguageIsTheReaders:
    """Thai for everybody who has not chosen."""

    def shown(self, client: Client, **headers: str) -> str:
        page = client.get("/accounts/login/" if not client.session else "/work/", headers=headers)
        return page.headers["Content-Language"]

    def test_the_browsers_language_is_not_asked(self, db: None, client: Client) -> None:
        assert self.shown(client, accept_language="en-GB,en;q=0.9") == "th"

    def test_the_cookie_of_the_switch_is(self, db: None, client: Client) -> None:
        client.post("/accounts/language/", {"language": "en"})
        assert self.shown(client) == "en"

    @pytest.mark.parametrize("nonsense", ["xx", "", "../../etc"])
    def test_nonsense_in_the_cookie_is_thai(self, db: None, client: Client, nonsense: str) -> None:
        client.cookies["jitasa_language"] = nonsense
        assert self.shown(client) == "th"

    def test_a_persons_setting_goes_before_the_cookie(self, cast: Cast) -> None:
        client = cast.client("anong")
        client.cookies["jitasa_language"] = "en"
        assert self.shown(client) == "th"
        client.post("/accounts/language/", {"language": "en"})
        assert self.shown(client) == "en"
        client.cookies["jitasa_language"] = "th"
        assert self.shown(client) == "en"


def refusals_in_one_language() -> Iterator[str]:
    """Thai words of a refusal that no translation can reach: said in ``raise Refusal("…")`` and its like as they stand."""
    marks = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    for path, text in sources():
        if path.suffix != ".py" or str(path.relative_to(ROOT)) in COMMAND_LINE:
            continue
        for found in ast.walk(ast.parse(text)):
            call = found.exc if isinstance(found, ast.Raise) else None
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") not in REFUSALS:
                continue
            marked = {
                id(part)
                for inner in ast.walk(call)
                if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in marks
                for part in ast.walk(inner)
            }
            for part in ast.walk(call):
                if isinstance(part, ast.Constant) and id(part) not in marked and THAI.search(str(part.value)):
                    yield f"{path.relative_to(ROOT)}:{part.lineno} {part.value!r}"


COMMAND_LINE = {"letters/pages/export.py", "opendata/services/retire.py"}  # said to whoever runs the command
REFUSALS = {"Refusal", "Forbidden", "Conflict", "NotTaken"}


def test_a_refusal_is_said_in_the_readers_language() -> None:
    assert not list(refusals_in_one_language())

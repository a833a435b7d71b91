"""Whatever a form demands it says before: an empty form is refused at no field that the page calls optional.

The walk takes every address that takes a form (``tests/routes.py``), shows it, posts nothing, and reads
the page that comes back as a person does: which fields are marked wrong, and what their labels say.
"""

import importlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.urls import reverse
from django.utils.translation import override

import jitasa
from jitasa.activities.tests.making import make_lists, make_sent
from jitasa.rounds.models import Round
from tests.cast import Cast
from tests.names_asked import asked_for
from tests.routes import ROUTES, Route
from tests.things import World
from tests.undone import Browser

FIELD = re.compile(
    r'<(?:div|fieldset) class="field[^"]*has-error[^>]*>(.*?)(?=<(?:div|fieldset) class="field|</form>)', re.S
)
LABEL = re.compile(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", re.S)
BUTTONS: list[dict[str, str]] = [{"action": "submit"}, {"action": "issue"}, {"act": "save"}]
OPTIONAL = "ไม่บังคับ"


def wrong_and_optional(page: str) -> list[str]:
    """Labels of fields that are marked wrong though they are called optional."""
    labels = [found[1] for field in FIELD.findall(page) if (found := LABEL.search(field))]
    return [re.sub(r"<[^>]+>", "", label).strip() for label in labels if OPTIONAL in label]


def test_the_walk_sees_the_fault() -> None:
    page = '<form><div class="field has-error"><label for="x">เหตุ <span class="need">(ไม่บังคับ)</span></label></div></form>'
    assert wrong_and_optional(page) == ["เหตุ (ไม่บังคับ)"]
    assert not wrong_and_optional(page.replace(" has-error", ""))


@pytest.mark.decided_in_python("what a form demands and what its labels say")
@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if (route.posts or route.post) and route.sight != "closed"],
    ids=lambda route: route.name,
)
def test_no_field_called_optional_is_demanded(
    db: None, standing_cast: Cast, standing_keys: dict[str, str], route: Route
) -> None:
    """An empty form, and whatever its buttons say where the code asks which was pressed."""
    arguments: dict[str, Any] = route.build(World(standing_cast), standing_cast.aonang) if route.build else {}
    person = (route.posts or route.who or "fah").split()[0]
    browser, address = Browser(), reverse(route.name, kwargs=arguments)

    def posted(data: dict[str, str]) -> Any:
        return browser.asks(standing_keys[person], "post", address, {**route.data, **data}).response

    with asked_for() as asked:
        answers: list[tuple[dict[str, str], Any]] = [({}, posted({}))]
    answers += [(data, posted(data)) for data in BUTTONS if asked.asks(*data)]
    for data, answer in answers:
        if answer.status_code in (200, 400, 409, 422) and not answer.streaming:
            assert not wrong_and_optional(answer.content.decode()), f"{route.name} posted {data}"


def test_the_reason_of_a_late_confirmation_is_demanded_before(db: None, standing_cast: Cast) -> None:
    make_lists()
    make_sent(standing_cast.anong)
    Round.objects.update_or_create(
        month=date(2026, 11, 1), defaults={"due_on": date(2026, 11, 2), "nominal_due_on": date(2026, 11, 2)}
    )
    client = standing_cast.client("anong")
    address = reverse("compilation:month_return", kwargs={"month": "2569-11"})
    page = client.get(address).content.decode()
    label = page[page.index('for="id_late_reason"') :].split("</label>")[0]
    assert "สาเหตุที่ล่าช้า" in label
    assert OPTIONAL not in label
    box = re.search(r"<textarea[^>]*late_reason[^>]*>", page)
    assert box
    assert " required" in box[0]


THAI = re.compile("[ก-๙]")
# Said to nobody: what has such letters, or keys that no list offers, is turned away before (docs/adr/0016).
NEVER_SHOWN = {"", "Null characters are not allowed.", "“%(pk)s” is not a valid value."}


def form_classes(base: Any) -> Iterator[Any]:
    found: list[Any] = base.__subclasses__()
    for each in found:
        yield each
        yield from form_classes(each)


def test_every_refusal_of_a_form_is_thai() -> None:
    """Django has no Thai for some of its own: a wrong account name was refused in English."""
    root = Path(jitasa.__file__).parent
    for path in sorted(root.rglob("*forms*.py")):
        if "tests" not in path.parts:
            importlib.import_module(".".join(("jitasa", *path.relative_to(root).with_suffix("").parts)))
    wrong, seen = set[str](), 0
    with override("th"):
        ours = {each for each in form_classes(forms.BaseForm) if each.__module__.startswith("jitasa.")}
        for form in ours:
            for name, field in getattr(form, "base_fields", {}).items():
                validators = [each.message for each in field.validators if hasattr(each, "message")]
                for text in map(str, (*field.error_messages.values(), *validators)):
                    seen += 1
                    if text not in NEVER_SHOWN and not THAI.search(text):
                        wrong.add(f"{form.__name__}.{name}: {text}")
    assert seen > 200
    assert not wrong, sorted(wrong)

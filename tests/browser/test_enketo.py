"""Enketo's own transformer, as Enketo runs it, makes a form of ours: every question is there, in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Browser

from jitasa.openrosa.form import form_of
from jitasa.openrosa.media import media_of
from jitasa.rounds.models import ParticipantGroup
from jitasa.rounds.selectors.lists import offered_by_code
from tests.browser.days import TODAY
from tests.cast import Cast

TRANSFORMER = (Path(__file__).parent / "vendor" / "enketo" / "transformer.min.js").read_text("utf-8")
X, BODY = "{http://www.w3.org/2002/xforms}", "{http://www.w3.org/1999/xhtml}body"
ASKED = ("input", "select", "select1", "upload")
READ = """async ([xform, media]) => {
  const made = await globalThis.enketo({ xform, media });
  const page = new DOMParser().parseFromString(made.form, "text/html");
  const boxes = [...page.querySelectorAll("[name^='/data/'], [data-name^='/data/']")];
  const model = new DOMParser().parseFromString(made.model, "text/xml");
  return {
    names: [...new Set(boxes.map((each) => each.getAttribute("data-name") || each.getAttribute("name")))],
    required: [...new Set(boxes.filter((each) => each.dataset.required).map((each) => each.getAttribute("name")))],
    constrained: boxes.filter((each) => each.dataset.constraint).length,
    files: boxes.filter((each) => each.type === "file").map((each) => each.getAttribute("name")),
    repeats: [...page.querySelectorAll(".or-repeat")].map((each) => each.getAttribute("name")),
    languages: made.languageMap,
    labels: Object.fromEntries(["th", "en"].map((language) => [language,
      [...page.querySelectorAll(`.question-label[lang="${language}"]`)].filter((each) => each.textContent.trim()).length])),
    tambons: model.querySelectorAll("instance[id='tambons']").length,
    broken: model.querySelectorAll("parsererror").length,
  };
}"""


def asked_in(xml: bytes) -> set[str]:
    """The references of all that the form asks."""
    body = next(fromstring(xml).iter(BODY))
    return {each.get("ref", "") for each in body.iter() if each.tag in {X + name for name in ASKED}}


@pytest.fixture
def transformed(cast: Cast, browser: Browser) -> Any:
    """What Enketo makes of the form of today, in a page of its own."""
    media = {each.name: f"/media/{each.name}" for each in media_of(cast.aonang, TODAY)}
    page = browser.new_page()
    page.goto("about:blank")
    given = re.sub(r"export\{(.*?)(\w+) as transform(.*?)\};?\s*$", r"globalThis.enketo=\2;", TRANSFORMER)
    assert given != TRANSFORMER
    page.add_script_tag(content=given, type="module")
    page.wait_for_function("typeof globalThis.enketo === 'function'")  # modules run later
    yield page.evaluate(READ, [form_of(TODAY).xml.decode(), media])
    page.close()


def test_enketo_makes_a_form_with_every_question(transformed: dict[str, Any]) -> None:
    form = form_of(TODAY)
    asked = asked_in(form.xml)
    assert len(asked) > 25
    assert asked <= set(transformed["names"]), asked - set(transformed["names"])
    assert {f"/data/groups/n_{code}" for code in offered_by_code(ParticipantGroup)} <= asked
    assert "/data/name" in transformed["required"]
    assert transformed["constrained"] > 10
    assert transformed["files"] == ["/data/photos/image"]
    assert transformed["repeats"] == ["/data/photos"]
    assert (transformed["tambons"], transformed["broken"]) == (1, 0)


def test_enketo_has_its_labels_in_both_languages(transformed: dict[str, Any]) -> None:
    assert set(transformed["languages"].values()) >= {"th", "en"}
    thai, english = transformed["labels"]["th"], transformed["labels"]["en"]
    assert thai == english
    assert thai >= len(asked_in(form_of(TODAY).xml))

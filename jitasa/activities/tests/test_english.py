"""English words that Thai says alike: what was done, and what to do."""

import pytest
from django.template import Context, Template
from django.utils import translation

from jitasa.activities.models.history import Act
from jitasa.review.views.page import boxes


def test_the_box_says_returned_and_the_button_return() -> None:
    with translation.override("en"):
        assert "Returned" in [str(words) for _key, words in boxes()]
        assert str(Act.RETURNED.label) == "Returned"
        assert translation.gettext("ส่งกลับ") == "Return"
    assert str(Act.RETURNED.label) == "ส่งกลับ"


@pytest.mark.parametrize(("count", "words"), [(1, "1 office"), (2, "2 offices")])
def test_one_office_is_not_offices(count: int, words: str) -> None:
    text = "{% blocktranslate count counter=c with count=c %}{{ count }} แห่ง{% plural %}{{ count }} แห่ง{% endblocktranslate %}"
    with translation.override("en"):
        assert Template(text).render(Context({"c": count})) == words

"""While older months of the demonstration follow, pages say so: what is not there yet is not overdue."""

from pathlib import Path
from typing import Any

from jitasa.demo.progress import begin, end
from tests.cast import NOW, Cast
from tests.pages import words_of

SAID = "กำลังสร้างข้อมูลสาธิต"


def test_pages_say_that_older_months_follow(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    fah = cast.client("fah")
    begin(NOW, 6)
    assert SAID in words_of(fah.get("/work/"))
    assert SAID in words_of(fah.get("/work/month/2569-11/"))
    end()
    assert SAID not in words_of(fah.get("/work/"))

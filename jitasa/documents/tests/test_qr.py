import pytest

from jitasa.documents.qr import svg


def test_an_svg_that_scales() -> None:
    picture = svg("https://info.example.go.th/r/81-6911-000012")
    assert picture.startswith("<svg")
    assert "viewBox" in picture
    assert 'width="' not in picture.split(">")[0]


def test_the_text_itself_is_not_in_it() -> None:
    assert "<script" not in svg("<script>alert(1)</script>")


@pytest.mark.parametrize("text", ["", "ก" * 3000])
def test_what_cannot_be_coded(text: str) -> None:
    with pytest.raises(ValueError, match="QR"):
        svg(text)

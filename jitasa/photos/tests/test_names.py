import pytest

from jitasa.photos.names import clean_name

THAI = "กิจกรรมจิตอาสา.jpg"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (THAI, THAI),
        (THAI.encode().decode("latin-1"), THAI),
        (THAI.encode("cp874").decode("latin-1"), THAI),
        ("Café.jpg", "Café.jpg"),
        ("C:\\Users\\ก\\ภาพ.jpg", "ภาพ.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\0b\nc.jpg", "abc.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("", ""),
    ],
)
def test_names(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = clean_name("ก" * 300 + ".jpeg")
    assert len(name) == 200
    assert name.endswith(".jpeg")

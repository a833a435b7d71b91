"""Documents: text that copies back letter for letter, data that stays data, one page that stays one."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pytest
import pyvips

from jitasa.documents import pdf
from jitasa.faces import fonts
from jitasa.thai.digits import to_thai

SENTENCES = (
    "ประจำเดือนตุลาคม องค์กรปกครองส่วนท้องถิ่นร่วมกันฟื้นฟูแหล่งน้ำและป่าชายเลน",
    "ผู้ใหญ่บ้านหมู่ที่ ๓ ทำความสะอาดชุมชนและบำเพ็ญประโยชน์เนื่องในวันสำคัญ",
    "กตัญญู ปฏิบัติ ฐานะ ครุฑ ญาติ วันคล้ายวันพระราชสมภพ ปรับปรุงภูมิทัศน์ ซ่อมบ้านผู้ประสบภัย",
    "น้ำท่วม ตั้งใจ เชื้อเพลิง พื้นที่ ทั้งสิ้น ค้ำจุน ก๋วยเตี๋ยว กี่ครั้ง",
)
GROUPS = [{"name": f"กลุ่มที่ {number}", "count": number * 100} for number in range(1, 11)]
ACTIVITY: dict[str, Any] = {
    "office": "องค์การบริหารส่วนตำบลอ่าวนาง",
    "office_place": "อ.เมืองกระบี่ จ.กระบี่",
    "kind": "จิตอาสาพัฒนา",
    "title": "ปลูกป่าชายเลน บ้านอ่าวน้ำเมา",
    "date": "11 สิงหาคม 2569",
    "place": "ป่าชายเลนบ้านอ่าวน้ำเมา",
    "participants": {"total": 1270, "men": 620, "women": 650, "groups": GROUPS[:4]},
    "measures": [{"name": "ต้นไม้ที่ปลูก", "quantity": 1400.0, "unit": "ต้น"}],
    "result": SENTENCES[0],
    "number": "81-6911-000012",
    "qr": "https://info.example.go.th/r/81-6911-000012",
}
TOLD = (
    *SENTENCES,
    "ตามหนังสือ ที่ กบ 0023.1/ว 6565 ลงวันที่ 22 พฤศจิกายน 2569 จำนวน 1 ชุด",
    "โทร. 0 7561 1234 ไปรษณีย์อิเล็กทรอนิกส์ saraban_81@dla.go.th",
)
REPORT: dict[str, Any] = {
    "title": "รายงานผล",
    "appendix": [{"kind": "paragraph", "text": text} for text in TOLD],
}


def picture(level: int = 100, width: int = 400, height: int = 300) -> bytes:
    image = pyvips.Image.black(width, height, bands=3).linear(1, [level, 150, 90]).cast("uchar")
    return bytes(image.copy(interpretation="srgb").write_to_buffer(".jpg"))


def read_back(document: bytes) -> str:
    """All text by poppler where there is one (as a clerk's reader copies it), else by pypdf."""
    tool = shutil.which("pdftotext")
    if tool is None:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages)
    done = subprocess.run([tool, "-", "-"], input=document, capture_output=True, check=True)
    return done.stdout.decode()


def pages(document: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(document)).pages)


def tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


official_face = pytest.mark.skipif(
    fonts.face().family != fonts.OFFICIAL, reason="TH Sarabun New is not here: run scripts/fetch_fonts.sh"
)


@official_face
@pytest.mark.parametrize("sentence", SENTENCES)
def test_thai_sentences_come_back_letter_for_letter(sentence: str) -> None:
    data = {"appendix": [{"kind": "paragraph", "text": sentence}]}
    assert tight(to_thai(sentence)) in tight(read_back(pdf.render("official", data)))


@official_face
def test_thai_numerals_with_addresses_left_alone() -> None:
    text = tight(read_back(pdf.render("official", REPORT)))
    for part in ("ที่กบ๐๐๒๓.๑/ว๖๕๖๕", "๒๒พฤศจิกายน๒๕๖๙", "จำนวน๑ชุด", "โทร.๐๗๕๖๑๑๒๓๔", "saraban_81@dla.go.th"):
        assert part in text
    assert not re.search(
        r"\d", text.replace("saraban_81@dla.go.th", "").translate(str.maketrans("", "", "๐๑๒๓๔๕๖๗๘๙"))
    )


@official_face
def test_pages_from_the_second_carry_their_thai_number_and_the_tables_head() -> None:
    table = {
        "kind": "table",
        "columns": [{"title": "หน่วยงาน", "width": "1fr"}, {"title": "คน", "align": "right"}],
        "rows": [[f"แห่งที่ {number}", number * 1000] for number in range(1, 101)],
        "total": ["รวม", 5_050_000],
    }
    document = pdf.render("official", {"appendix": [*REPORT["appendix"], {"kind": "page"}, table]})
    reader = pypdf.PdfReader(io.BytesIO(document))
    assert len(reader.pages) >= 4
    text = read_back(document)
    assert "๒" in text.split("\f")[1].splitlines()[0]
    assert text.count("หน่วยงาน") == len(reader.pages) - 1
    assert "๕,๐๕๐,๐๐๐" in text


def test_text_is_never_markup() -> None:
    tricks = '#read("/etc/passwd") *หนา* $x^2$ #panic() </script> \\ " @ref <label> `code` = หัวข้อ // ปิด'
    data = ACTIVITY | {"title": tricks, "result": tricks, "office": tricks}
    text = tight(read_back(pdf.render("activity_report", data)))
    assert tight('#read("/etc/passwd")*หนา*') in text
    assert "root:" not in text


def test_a_file_outside_the_folder_is_out_of_reach() -> None:
    for name in ("/etc/hostname", "../../etc/hostname"):
        with pytest.raises(pdf.DocumentFailed):
            pdf.render("activity_report", ACTIVITY | {"photos": [{"file": name}]})


@pytest.mark.parametrize("count", range(6))
@pytest.mark.parametrize("words", [0, 40, 4000])
def test_a_report_is_one_page_whatever_it_holds(count: int, words: int) -> None:
    data = ACTIVITY | {
        "photos": [{"file": f"{number}.jpg"} for number in range(count)],
        "result": "ร่วมกันฟื้นฟู " * words,
        "title": "กิจกรรม" * (35 if words else 2),
        "participants": {"total": 99_999, "groups": GROUPS},
        "measures": ACTIVITY["measures"] * (8 if words else 1),
    }
    files = {f"{number}.jpg": picture(number * 30) for number in range(count)}
    assert pages(pdf.render("activity_report", data, files=files)) == 1


def test_a_report_of_an_almost_empty_record() -> None:
    assert pages(pdf.render("activity_report", {"office": "อบต.อ่าวนาง"})) == 1
    assert len(pdf.render_png("activity_card", {"office": "อบต.อ่าวนาง"}, width_px=1920)) == 1


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_card_is_1920_by_1080(count: int, tmp_path: Path) -> None:
    source = tmp_path / "a.jpg"
    source.write_bytes(picture())
    data = ACTIVITY | {"photos": [{"file": "a.jpg"}] * count, "title": "ปลูกป่า" * 35}
    cards = pdf.render_png("activity_card", data, width_px=1920, files={"a.jpg": source})
    assert len(cards) == 1
    card = pyvips.Image.new_from_buffer(cards[0], "")
    assert (card.width, card.height) == (1920, 1080)


@official_face
def test_a_report_says_what_it_must() -> None:
    text = tight(read_back(pdf.render("activity_report", ACTIVITY)))
    for part in ("องค์การบริหารส่วนตำบลอ่าวนาง", "๑,๒๗๐", "๑,๔๐๐ต้น", "๘๑-๖๙๑๑-๐๐๐๐๑๒", "๑๑สิงหาคม๒๕๖๙"):
        assert part in text
    arabic = tight(read_back(pdf.render("activity_report", ACTIVITY | {"thai_digits": False})))
    assert "1,270" in arabic


def test_another_apps_template(tmp_path: Path) -> None:
    template = tmp_path / "own.typ"
    template.write_text('#import "base.typ": *\n#set text(font: face)\n#n(data.word)', encoding="utf-8")
    assert "๑๒" in read_back(pdf.render(template, {"word": "12"}))


def test_codes_and_names_in_latin_letters_keep_their_digits(tmp_path: Path) -> None:
    """A hash that begins with digits is compared letter by letter with the screen's."""
    template = tmp_path / "own.typ"
    template.write_text('#import "base.typ": *\n#set text(font: face)\n#n(data.words)', encoding="utf-8")
    words = "57f37fa7b1 4G PM2.5 COVID-19 12 แห่ง 3.5 กม. 08.30 น."
    assert tight(read_back(pdf.render(template, {"words": words}))) == tight(
        "57f37fa7b1 4G PM2.5 COVID-19 ๑๒ แห่ง ๓.๕ กม. ๐๘.๓๐ น."
    )


@official_face
def test_the_card_calls_the_number_by_its_name() -> None:
    text = tight(read_back(pdf.render("activity_card", ACTIVITY)))
    assert "เลขที่รายงาน" in text
    assert "เลขรับ" not in text


def test_the_substitute_face_is_set_smaller(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    package = [place for place in fonts.folders() if (place / "Sarabun-Regular.ttf").exists()]
    if not package:
        pytest.skip("fontpkg-sarabun is not installed")
    monkeypatch.setattr(fonts, "folders", lambda: package)
    face = fonts.face()
    assert (face.family, round(face.scale, 4)) == (fonts.SUBSTITUTE, 0.6625)
    assert pages(pdf.render("activity_report", ACTIVITY)) == 1


def test_no_thai_face_at_all_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "folders", lambda: [tmp_path])
    with pytest.raises(fonts.NoThaiFont, match="fetch_fonts"):
        pdf.render("activity_report", ACTIVITY)


@pytest.mark.parametrize("damage", ["cut", "zeros", "missing"])
def test_a_damaged_picture_is_left_out_and_said(tmp_path: Path, damage: str) -> None:
    """The report and the card of the whole record still come; a picture that says so stands in its place."""
    whole, bad = tmp_path / "whole.jpg", tmp_path / "bad.jpg"
    pyvips.Image.black(640, 480, bands=3).invert().jpegsave(str(whole))
    data = whole.read_bytes()
    if damage != "missing":
        bad.write_bytes(data[:300] if damage == "cut" else b"\0" * len(data))
    photos = {"photos": [{"file": "photo0.jpg", "caption": ""}, {"file": "photo1.jpg", "caption": ""}]}
    files: dict[str, bytes | Path] = {"photo0.jpg": whole, "photo1.jpg": bad}
    assert "อ่าวนาง" in tight(read_back(pdf.render("activity_report", ACTIVITY | photos, files=files)))
    assert len(pdf.render_png("activity_card", ACTIVITY | photos, width_px=480, files=files)) == 1


@official_face
def test_eight_examples_with_their_words_stand_on_one_page(tmp_path: Path) -> None:
    words = f"{SENTENCES[0]} {SENTENCES[1]} องค์การบริหารส่วนตำบลอ่าวนาง 11 สิงหาคม 2569 ผู้เข้าร่วม 1,270 คน"
    (tmp_path / "a.jpg").write_bytes(picture())
    photos = [{"file": "a.jpg", "caption": words}] * 8
    blocks = [
        {"kind": "heading", "text": "ตัวอย่างกิจกรรม"},
        {"kind": "photos", "photos": photos},
    ]
    assert pages(pdf.render("official", {"appendix": blocks}, files={"a.jpg": tmp_path / "a.jpg"})) == 1
    more = [*blocks, {"kind": "photos", "photos": photos[:1]}]
    assert pages(pdf.render("official", {"appendix": more}, files={"a.jpg": tmp_path / "a.jpg"})) == 2


@official_face
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_a_title_stands_nearer_to_its_own_table_than_to_what_is_before_it() -> None:
    tables = [
        {
            "kind": "table",
            "title": f"TITLE{number}",
            "columns": [{"title": f"HEAD{number}"}],
            "rows": [[f"LAST{number}"]],
        }
        for number in (1, 2)
    ]
    document = pdf.render("official", {"appendix": tables, "thai_digits": False})
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=document, capture_output=True, check=True)
    found = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">(\w+)<', done.stdout.decode())
    top, bottom = ({word: float(box[side]) for *box, word in found} for side in (0, 1))
    assert top["TITLE2"] - bottom["LAST1"] > 1.5 * (top["HEAD2"] - bottom["TITLE2"])


@official_face
def test_a_total_never_stands_alone_on_a_page() -> None:
    """Whatever the number of rows, the last of them goes with it to the next page."""
    parted = 0
    for count in range(30, 50):
        table = {
            "kind": "table",
            "columns": [{"title": "หน่วยงาน", "width": "1fr"}, {"title": "คน", "align": "right"}],
            "rows": [[f"row{number}.", number] for number in range(1, count + 1)],
            "total": ["total", 5_050_000],
        }
        *before, last = (
            read_back(pdf.render("official", {"appendix": [table], "thai_digits": False}))
            .rstrip("\f")
            .split("\f")
        )
        parted += bool(before)
        assert f"row{count}." in last, count
        assert "total" in last, count
    assert parted > 3

"""What may be enclosed, by content: real documents are taken, what acts or fetches is not, however it hides."""

import socket
import struct
import threading
import zlib
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from jitasa.documents.intake import NotTaken, type_of, types
from jitasa.documents.tests import files

ENCODED = pikepdf.ObjectStreamMode.generate


def verdict(tmp_path: Path, content: bytes) -> str:
    """The ending of a file that is taken, else the reason."""
    path = tmp_path / "file"
    path.write_bytes(content)
    try:
        return type_of(path).ending
    except NotTaken as reason:
        return str(reason)


def font_called_js(document: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    document.pages[0].Resources = Dictionary(Font=Dictionary(JS=font, JavaScript=font))


def text_that_says_so(document: pikepdf.Pdf) -> None:
    document.pages[0].Contents = document.make_stream(b"BT (/JS /JavaScript /Launch /Encrypt 5 0 R) Tj ET")


def picture_data_that_says_so(document: pikepdf.Pdf) -> None:
    document.pages[0].Resources = Dictionary(
        XObject=Dictionary(A=document.make_stream(b"\x00/JS\x01/JavaScript /XFA", Subtype=Name.Image))
    )


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (files.pdf(), "pdf"),
        (b"scanner says hello\n" + files.pdf(), "pdf"),
        (files.pdf(font_called_js), "pdf"),
        (files.pdf(text_that_says_so), "pdf"),
        (files.pdf(picture_data_that_says_so, compress_streams=False), "pdf"),
        (files.pdf(files.linked(Dictionary(S=Name.URI, URI=String("https://example.org/")))), "pdf"),
        (files.pdf(files.linked(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit])))), "pdf"),
        (files.pdf(encryption=pikepdf.Encryption(owner="lock", user="", R=6)), "pdf"),
        (files.pdf(encryption=pikepdf.Encryption(owner="lock", user="", R=4)), "pdf"),
        (files.pdf(files.carrying("invoice.xml", "<a>ใบแจ้งหนี้</a>".encode())), "pdf"),
        (files.pdf(files.carrying("more.pdf", files.pdf())), "pdf"),
        (files.word(), "docx"),
        (files.sheet(), "xlsx"),
        (files.slides(), "pptx"),
        (files.open_document(), "odt"),
        (files.open_document(files.ODS_TYPE), "ods"),
        (files.open_document(body='<text:a xlink:href="https://example.org/">ก</text:a>'), "odt"),
        (files.open_document(body='<draw:image xlink:href="Pictures/1.png"/>'), "odt"),
        (
            files.open_document(members={"meta.xml": '<a xmlns:x="urn:x"><template x:href="file:///C:/a.ott"/></a>'}),
            "odt",
        ),
        (files.changed(files.word(), {"word/_rels/document.xml.rels": files.relations("hyperlink", "https://a.b/")}), "docx"),
        (files.changed(files.word(), {"word/document.xml": files.word_field("PAGE", " \\* MERGEFORMAT")}), "docx"),
        (b"\xff\xd8\xff\xe0 picture \xff\xd9", "jpg"),
        (b"\x89PNG\r\n\x1a\n picture IEND\xaeB`\x82", "png"),
    ],
    ids=files.named,
)  # fmt: skip
def test_what_offices_send_is_taken(tmp_path: Path, content: bytes, ending: str) -> None:
    assert verdict(tmp_path, content) == ending


def launch() -> Dictionary:
    return Dictionary(S=Name.Launch, F=String("cmd.exe"))


def remote() -> Dictionary:
    return Dictionary(S=Name.GoToR, F=String("\\\\server\\share\\a.pdf"))


def script_behind() -> Dictionary:
    return Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([files.script()]))


def names_tree(document: pikepdf.Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), files.script()])))


def page_event(document: pikepdf.Pdf) -> None:
    document.pages[0].AA = Dictionary(O=files.script())


def rich_media(document: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    document.pages[0].Annots = Array([note])


def xfa_form(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=document.make_stream(b"<xdp/>"))


def escaped(content: bytes) -> bytes:
    """The same names written with escapes, as a scanner for words does not see them."""
    return content.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/JS", b"/J#53")


SCRIPTED = files.pdf(files.opens_with(files.script()), object_stream_mode=pikepdf.ObjectStreamMode.disable)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SCRIPTED, types.PDF_ACTS),
        (escaped(SCRIPTED), types.PDF_ACTS),
        (files.pdf(files.opens_with(files.script()), object_stream_mode=ENCODED), types.PDF_ACTS),
        (files.pdf(names_tree), types.PDF_ACTS),
        (files.pdf(page_event), types.PDF_ACTS),
        (files.pdf(files.linked(files.script())), types.PDF_ACTS),
        (files.pdf(files.linked(launch())), types.PDF_ACTS),
        (files.pdf(files.linked(remote())), types.PDF_ACTS),
        (files.pdf(files.linked(script_behind())), types.PDF_ACTS),
        (files.pdf(files.linked(Dictionary(S=Name.URI, URI=String("Java\nScript:app.alert(1)")))), types.PDF_ACTS),
        (files.pdf(files.linked(Dictionary(S=Name.URI, URI=String("file://server/share/a.exe")))), types.PDF_ACTS),
        (files.pdf(rich_media), types.PDF_ACTS),
        (files.pdf(xfa_form), types.PDF_FORM),
        (files.pdf(files.carrying("run.pdf", b"MZ program")), types.PDF_INSIDE),
        (files.pdf(files.carrying("macro.docm", files.word())), types.PDF_INSIDE),
        (files.pdf(files.carrying("page.txt", b"<html><script>alert(1)</script>")), types.PDF_INSIDE),
        (files.pdf(files.carrying("more.pdf", SCRIPTED)), types.PDF_ACTS),
        (files.pdf(encryption=pikepdf.Encryption(owner="lock", user="secret", R=6)), types.LOCKED),
        (files.pdf()[:-30], types.BROKEN),
        (b"%PDF-1.4 nothing %%EOF", types.BROKEN),
        (files.changed(files.word(), {"word/vbaProject.bin": "macro"}), types.MACRO),
        (
            files.changed(
                files.word(), {}, '<Override PartName="/a" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
            ),
            types.MACRO,
        ),
        (files.changed(files.sheet(), {"xl/macrosheets/sheet1.xml": "<a/>"}), types.MACRO),
        (files.changed(files.word(), {"word/embeddings/oleObject1.bin": "MZ"}), types.INSIDE),
        (
            files.changed(
                files.word(),
                {"word/thing.bin": "MZ"},
                '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>',
            ),
            types.INSIDE,
        ),
        (files.changed(files.word(), {"word/run.exe": "MZ"}), types.INSIDE),
        (files.changed(files.word(), {"word/_rels/settings.xml.rels": files.relations("attachedTemplate", "https://a.b/t.dotm")}), types.OUTSIDE),
        (files.changed(files.word(), {"word/_rels/document.xml.rels": files.relations("oleObject", "https://a.b/o")}), types.OUTSIDE),
        (files.changed(files.word(), {"word/_rels/document.xml.rels": files.relations("image", "file://server/p.png")}), types.OUTSIDE),
        (files.changed(files.word(), {"word/document.xml": files.word_field("DDEAUTO cmd")}), types.OUTSIDE),
        (files.changed(files.word(), {"word/document.xml": files.word_field("D", "DE", "AUTO ", "cmd")}), types.OUTSIDE),
        (files.changed(files.word(), {"word/header1.xml": files.word_field("INCLUDEPICTURE http://a.b")}, '<Default Extension="x" ContentType="application/xml"/>'), types.OUTSIDE),
        (files.changed(files.word(), {"word/document.xml": files.word_field("QUOTE 68 68 69 65 85 84 79")}), types.OUTSIDE),
        (files.changed(files.sheet(), {"xl/externalLinks/externalLink1.xml": "<ddeLink/>"}), types.OUTSIDE),
        (files.changed(files.word(), {"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), types.BROKEN),
        (files.changed(files.sheet(), {"xl/embeddings/inner.xlsx": files.changed(files.sheet(), {"xl/vbaProject.bin": "m"})}), types.MACRO),
        (files.open_document(members={"Basic/Standard/x.xml": "macro"}), types.MACRO),
        (files.open_document(body='<script:event-listener xlink:href="vnd.sun.star.script:a"/>'), types.MACRO),
        (files.open_document(body='<text:p xlink:href="macro:run"/>'), types.MACRO),
        (files.open_document(body="<draw:object-ole/>"), types.INSIDE),
        (files.open_document(members={"Object 1/run.bin": "MZ"}), types.INSIDE),
        (files.open_document(members={"program.exe": "MZ"}), types.INSIDE),
        (files.open_document(body="<office:dde-source/>"), types.OUTSIDE),
        (files.open_document(body='<draw:image xlink:href="https://a.b/p.png"/>'), types.OUTSIDE),
        (files.open_document(body='<text:section-source xlink:href="file:///etc/passwd"/>'), types.OUTSIDE),
        (files.open_document(body='<table:table-cell table:formula="of:=DDE(a)"/>'), types.OUTSIDE),
        (files.open_document(members={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), types.LOCKED),
        (files.open_document("application/vnd.oasis.opendocument.graphics"), types.UNKNOWN),
        (files.zipped({"program.exe": "MZ"}), types.ARCHIVE),
        (b"", types.EMPTY),
    ],
    ids=files.named,
)  # fmt: skip
def test_what_acts_fetches_or_carries_is_refused(tmp_path: Path, content: bytes, reason: object) -> None:
    assert verdict(tmp_path, content) == str(reason)


def test_a_pdf_that_unpacks_without_end_is_refused_in_time(tmp_path: Path) -> None:
    """A gigabyte of zeros in a file of a few megabytes."""

    def spoil(document: pikepdf.Pdf) -> None:
        packer = zlib.compressobj(1)
        packed = b"".join(packer.compress(bytes(1 << 20)) for _part in range(1 << 10)) + packer.flush()
        stream = document.make_stream(packed)
        stream.stream_dict["/Filter"] = Name.FlateDecode
        specification = Dictionary(Type=Name.Filespec, F=String("a.txt"), EF=Dictionary(F=stream))
        document.Root.AF = Array([document.make_indirect(specification)])

    assert verdict(tmp_path, files.pdf(spoil)) in {str(types.TOO_MUCH), str(types.PDF_INSIDE)}


@pytest.fixture
def daemon(settings: object) -> Iterator[list[str]]:
    """A scanner that speaks clamd's protocol: finds the word EICAR; its last answer can be set."""
    server = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{server.getsockname()[1]}"  # type: ignore[attr-defined]
    answers: list[str] = []

    def serve() -> None:
        while True:
            try:
                connection, _address = server.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                content = b""
                while size := struct.unpack(">I", stream.read(4))[0]:
                    content += stream.read(size)
                answer = "stream: Eicar FOUND" if b"EICAR" in content else "stream: OK"
                connection.sendall((answers[0] if answers else answer).encode() + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield answers
    server.close()


def test_a_scanner_is_asked_where_there_is_one(tmp_path: Path, daemon: list[str]) -> None:
    assert verdict(tmp_path, files.pdf()) == "pdf"
    assert verdict(tmp_path, b"\xff\xd8\xff EICAR \xff\xd9") == str(types.VIRUS)
    daemon.append("INSTREAM size limit exceeded. ERROR")
    assert verdict(tmp_path, files.pdf()) == str(types.NOT_SCANNED)


def test_what_cannot_be_scanned_is_not_taken(tmp_path: Path, settings: object) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    settings.CLAMD = f"127.0.0.1:{port}"  # type: ignore[attr-defined]
    assert verdict(tmp_path, files.pdf()) == str(types.NOT_SCANNED)

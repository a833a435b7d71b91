"""Real files of every kind that is enclosed, and ways to spoil them."""

import io
import zipfile
from collections.abc import Callable
from functools import cache

import docx
import pikepdf
import xlsxwriter
from pikepdf import Array, Dictionary, Name, String

OOXML = "application/vnd.openxmlformats-officedocument"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE_NAMES = (
    'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:draw="urn:d" xmlns:script="urn:s" xmlns:xlink="urn:x" '
    'xmlns:table="urn:b" xmlns:meta="urn:m"'
)


def named(value: object) -> str:
    """A test's name from its parameter: made files differ a little each time, names must not."""
    return value if isinstance(value, str) else "file" if isinstance(value, bytes) else "reason"


def pdf(spoil: Callable[[pikepdf.Pdf], object] | None = None, **options: object) -> bytes:
    """A PDF of one page, after ``spoil`` has been at it; ``options`` are those of saving."""
    document = pikepdf.new()
    document.add_blank_page()
    if spoil is not None:
        spoil(document)
    out = io.BytesIO()
    document.save(out, **options)  # type: ignore[arg-type]  # options of pikepdf, as they come
    return out.getvalue()


def opens_with(action: Dictionary) -> Callable[[pikepdf.Pdf], object]:
    """The document performs ``action`` when it is opened."""

    def spoil(document: pikepdf.Pdf) -> None:
        document.Root.OpenAction = document.make_indirect(action)

    return spoil


def linked(action: Dictionary) -> Callable[[pikepdf.Pdf], object]:
    """The first page has a link that performs ``action``."""

    def spoil(document: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        document.pages[0].Annots = document.make_indirect(Array([note]))

    return spoil


def carrying(name: str, content: bytes) -> Callable[[pikepdf.Pdf], object]:
    """The document carries a file."""

    def spoil(document: pikepdf.Pdf) -> None:
        document.attachments[name] = content

    return spoil


def script() -> Dictionary:
    """A new object each time: one belongs to the document it was put into."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def changed(document: bytes, more: dict[str, str | bytes], types: str = "") -> bytes:
    """An office document with members added or replaced; ``types`` go into ``[Content_Types].xml``."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    if types:
        declared = members["[Content_Types].xml"]
        members["[Content_Types].xml"] = declared.replace(b"</Types>", types.encode() + b"</Types>")
    return zipped({**members, **more})


@cache
def word(text: str = "สวัสดี") -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@cache
def sheet() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        page = workbook.add_worksheet()
        page.write_string(0, 0, "อ่าวนาง")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$2"})
        page.insert_chart("C3", chart)
        page.write_url(1, 0, "https://example.org/")
    return out.getvalue()


def slides(**more: str) -> bytes:
    main = f"{OOXML}.presentationml.presentation.main+xml"
    types = (
        '<Types><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/ppt/presentation.xml" ContentType="{main}"/></Types>'
    )
    return zipped({"[Content_Types].xml": types, "ppt/presentation.xml": "<p/>", **more})


def open_document(
    kind: str = ODT_TYPE, body: str = "", members: dict[str, str | bytes] | None = None
) -> bytes:
    """An OpenDocument file whose content has ``body`` inside."""
    content = f"<office:document-content {OFFICE_NAMES}>{body}</office:document-content>"
    return zipped(
        {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<m/>", **(members or {})}
    )


def relations(kind: str, target: str) -> str:
    """A part's relations with one target outside."""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def word_field(*pieces: str) -> str:
    """A Word document part with a field whose instruction stands in several runs."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f'<w:document xmlns:w="{namespace}"><w:body><w:p>{begin}{runs}{end}</w:p></w:body></w:document>'

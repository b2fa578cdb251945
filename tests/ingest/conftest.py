"""Small documents made on the spot: what each format reader and the whole way are tried on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pptx
import pptx.presentation
import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

GOOD = (
    "Kevitsan kaivoksen kaivosvesien hallinta Sodankylässä on tärkeää.\n\n"
    "Sulfaatti poistetaan vedestä saostamalla ennen kuin vesi johdetaan jokeen.\n"
)


def pdf_bytes(*pages: list[str], title: str | None = None, picture: bool = False) -> bytes:
    """A PDF with the lines of each page; with `picture` a page image of one line comes last."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        text = canvas.beginText(70, 780)
        for line in lines:
            text.textLine(line)
        canvas.drawText(text)
        canvas.showPage()
    if picture:
        image = Image.new("L", (1600, 400), 255)
        ImageDraw.Draw(image).text((60, 120), "Tailings dam", fill=0, font_size=160)
        canvas.drawImage(ImageReader(image), 50, 500, width=400, height=100)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def encrypted_pdf(password: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf_bytes(["Secret"]))))
    writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """A DOCX that would unpack to 400 MB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as member:
            block = b" " * 4_000_000
            for _ in range(100):
                member.write(block)
    return buffer.getvalue()


def docx_bytes(build: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pptx_bytes(build: Callable[[pptx.presentation.Presentation], None]) -> bytes:
    presentation = pptx.Presentation()
    build(presentation)
    buffer = io.BytesIO()
    presentation.save(buffer)
    return buffer.getvalue()


def xlsx_bytes(build: Callable[[openpyxl.Workbook], None]) -> bytes:
    workbook = openpyxl.Workbook()
    build(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "presentation": "presentation", "meta": "meta", "manifest": "manifest",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip


def zip_bytes(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def odf_bytes(
    kind: str, body: str, *, styles: str = "", meta: str = "", manifest: str = "", common: str = ""
) -> bytes:
    """An OpenDocument package, `kind` as in its media type; the rest is XML of its own parts."""

    def part(root: str, inner: str) -> str:
        dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_ODF} {dc}>{inner}</{root}>'

    return zip_bytes(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": part(
                "office:document-content",
                f"<office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:{kind}>{body}</office:{kind}></office:body>",
            ),
            "styles.xml": part(
                "office:document-styles", f"<office:styles>{common}</office:styles>"
            ),
            "meta.xml": part("office:document-meta", f"<office:meta>{meta}</office:meta>"),
            "META-INF/manifest.xml": part("manifest:manifest", manifest),
        }
    )


_CONTAINER = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)


def epub_bytes(
    chapters: dict[str, str], metadata: str = "", more: dict[str, str] | None = None, nav: str = ""
) -> bytes:
    """A book of chapters (file name to the inside of its body), in that order."""
    items = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"'
        + (' properties="nav"/>' if name == nav else "/>")
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    return zip_bytes(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": _CONTAINER,
            "OEBPS/book.opf": package,
            **{
                f"OEBPS/{name}": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">'
                f"<head><title>{name}</title></head><body>{body}</body></html>"
                for name, body in chapters.items()
            },
            **(more or {}),
        }
    )


@pytest.fixture(scope="session")
def make_pptx():
    return pptx_bytes


@pytest.fixture(scope="session")
def make_xlsx():
    return xlsx_bytes


@pytest.fixture(scope="session")
def make_odf():
    return odf_bytes


@pytest.fixture(scope="session")
def make_epub():
    return epub_bytes


@pytest.fixture(scope="session")
def make_zip():
    return zip_bytes


@pytest.fixture(scope="session")
def make_pdf():
    return pdf_bytes


@pytest.fixture(scope="session")
def make_encrypted_pdf():
    return encrypted_pdf


@pytest.fixture(scope="session")
def make_zip_bomb():
    return zip_bomb


@pytest.fixture(scope="session")
def make_docx():
    return docx_bytes


@pytest.fixture(scope="session")
def good_text() -> str:
    return GOOD


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the documents of a test lie."""
    folder = tmp_path / "documents"
    folder.mkdir()
    return folder


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    def write(name: str, data: bytes | str = GOOD) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write

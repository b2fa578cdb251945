"""Small documents made on the spot: what each format reader and the whole way are tried on."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
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


@pytest.fixture(scope="session")
def oai():
    """The module of the repository that speaks OAI-PMH on this machine."""
    name = "oai_server"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module

"""Small documents made on the spot: what each format reader and the whole way are tried on."""

from __future__ import annotations

import importlib.util
import io
import shutil
import ssl
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


@dataclass
class WebSite:
    """A real HTTP server on this machine: pages by path, and a note of all that was asked for."""

    base: str = ""
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    requests: list[dict[str, str]] = field(default_factory=list)

    def put(
        self, path: str, body: bytes | str = b"", media_type: str = "text/html", status: int = 200,
        **headers: str,
    ) -> str:  # fmt: skip
        """A page; `headers` with underscores for hyphens. With an ETag or a date it answers 304."""
        data = body.encode() if isinstance(body, str) else body
        own = {name.replace("_", "-"): value for name, value in headers.items()}

        def answer(handler: BaseHTTPRequestHandler) -> None:
            conditions = (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since"))
            same = any(
                name in own and handler.headers[ask] == own[name] for name, ask in conditions
            )
            handler.send_response(304 if same else status)
            for name, value in own.items():
                handler.send_header(name, value)
            if media_type:
                handler.send_header("Content-Type", media_type)
            if "Content-Length" not in own:
                handler.send_header("Content-Length", "0" if same else str(len(data)))
            handler.end_headers()
            handler.wfile.write(b"" if same else data)

        self.pages[path] = answer
        return self.base + path

    def play(self, path: str, act: Callable[[BaseHTTPRequestHandler], None]) -> str:
        """A page that `act` writes itself, byte by byte if it likes."""
        self.pages[path] = act
        return self.base + path

    def send(self, path: str, *pieces: bytes) -> str:
        """An answer written as it stands, status line and all; then the connection ends."""
        return self.play(path, lambda handler: handler.connection.sendall(b"".join(pieces)))


def serve(site: WebSite, context: ssl.SSLContext | None = None) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.requests.append(dict(self.headers))
            self.close_connection = True
            try:
                page = site.pages.get(self.path)
                if page is None:
                    self.send_error(404)
                else:
                    page(self)
            except OSError:
                pass  # The client has seen enough.

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # A client that leaves a handshake is no fault here.
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "http" if context is None else "https"
    site.base = f"{scheme}://127.0.0.1:{server.server_port}"
    threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
    ).start()
    return server


@pytest.fixture
def site() -> Iterator[WebSite]:
    site = WebSite()
    server = serve(site)
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate that nobody but itself vouches for, with its key in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is missing")
    folder = tmp_path_factory.mktemp("tls")
    key, path = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "2", "-subj", "/CN=mine.example", "-addext",
         "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


@pytest.fixture
def safe_site(certificate: Path) -> Iterator[WebSite]:
    """The same over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    site = WebSite()
    server = serve(site, context)
    yield site
    server.shutdown()
    server.server_close()

"""Writes one PDF: title block or cover, contents, running heads, page labels, metadata."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

from labels import ABSTRACT, CONTENTS, KEYWORDS, SAMPLE_LINE, SAMPLE_SHORT, TYPES, month
from pdf_layout import (
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Box,
    Canvas,
    Page,
    Style,
    boxes_of,
    fill_pages,
    line_box,
    wrap,
)
from pypdf import PdfReader, PdfWriter
from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas as ReportlabCanvas
from scanned_page import scanned_page
from source import Heading, Scan, SourceDocument

FONTS = {
    "Sans": "DejaVuSans.ttf",
    "Sans-Bold": "DejaVuSans-Bold.ttf",
    "Serif": "DejaVuSerif.ttf",
    "Serif-Bold": "DejaVuSerif-Bold.ttf",
}

STYLES = {
    "report": Style("Serif", "Serif-Bold", "Sans-Bold", 9.4, 14.0, "#1f5a6b", "#eaf2f4", True, 1),
    "two-column": Style(
        "Serif", "Serif-Bold", "Sans-Bold", 8.3, 12.0, "#7a3b16", "#f7efe8", True, 2,
        left=54.0, right=54.0,
    ),
    "deliverable": Style(
        "Sans", "Sans-Bold", "Sans-Bold", 9.0, 13.8, "#2c4a86", "#ebeff8", False, 1,
        left=76.0, right=76.0,
    ),
    "thesis": Style("Serif", "Serif-Bold", "Serif-Bold", 9.6, 14.6, "#2b2b2b", "#f1f1ef", True, 1),
    "plain": Style("Sans", "Sans-Bold", "Sans-Bold", 9.2, 13.8, "#3a5f2b", "#eef4ea", False, 1),
}  # fmt: skip


def register_fonts(folder: Path) -> None:
    for name, file in FONTS.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def write_pdf(document: SourceDocument, fonts: Path) -> bytes:
    rl_config.useA85 = 0
    style = STYLES[document.layout]
    top_boxes = _title_boxes(document, style)
    cover = document.layout == "deliverable"
    first_top = PAGE_HEIGHT - style.top - sum(box.height + box.before for box in top_boxes) - 10
    if cover:
        first_top = PAGE_HEIGHT - style.top
    pages = fill_pages(boxes_of(document.blocks, style), style, first_top)
    if cover:
        pages = [Page(), Page(), *(page for page in pages if page.boxes or page.scan)]
    labels = page_labels(pages)
    buffer = io.BytesIO()
    canvas = ReportlabCanvas(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        lang=document.lang,
    )
    _describe(canvas, document)
    for index, page in enumerate(pages):
        _page_label(canvas, pages, index)
        if page.scan is not None:
            _draw_scan(canvas, page.scan, fonts, document.number)
        elif cover and index == 0:
            _draw_cover(canvas, document, style)
        else:
            _furniture(canvas, document, style, index, labels)
            if index == 0:
                _stack(canvas, top_boxes, style.left, PAGE_HEIGHT - style.top + 22)
            if cover and index == 1:
                _draw_contents(canvas, document, style, pages, labels)
            _draw_boxes(canvas, document, page, index)
        canvas.showPage()
    canvas.save()
    return finish(buffer.getvalue(), document)


def page_labels(pages: Sequence[Page]) -> list[str]:
    """Printed page numbers: roman before the main matter where a document has front matter."""
    main = next((index for index, page in enumerate(pages) if page.main), 0)
    roman = ["i", "ii", "iii", "iv", "v", "vi"]
    return [roman[at] if at < main else str(at - main + 1) for at in range(len(pages))]


def _page_label(canvas: Canvas, pages: Sequence[Page], index: int) -> None:
    if not any(page.main for page in pages):
        return
    if index == 0:
        canvas.addPageLabel(0, style="ROMAN_LOWER", start=1)
    if pages[index].main:
        canvas.addPageLabel(index, style="ARABIC", start=1)


def _stack(canvas: Canvas, boxes: Sequence[Box], left: float, top: float) -> None:
    for box in boxes:
        top -= box.before
        box.draw(canvas, left, top)
        top -= box.height


def _text(
    text: str, font: str, size: float, colour: str, width: float, lang: str, before: float = 0.0
) -> list[Box]:
    lines = wrap(text, font, size, width, lang, hyphenate=False)
    return [
        line_box(line, font, size, size * 1.35, colour, before=before if at == 0 else 0.0)
        for at, (line, _) in enumerate(lines)
    ]


def _rule(style: Style, width: float, before: float) -> Box:
    def draw(canvas: Canvas, x: float, top: float) -> None:
        canvas.setStrokeColor(HexColor(style.accent))
        canvas.setLineWidth(1.2)
        canvas.line(x, top, x + width, top)

    return Box(1.0, draw, before)


def _title_boxes(document: SourceDocument, style: Style) -> list[Box]:
    """Title block over the full width: kind, title, origin, the sample line, the abstract."""
    width, lang = PAGE_WIDTH - style.left - style.right, document.lang
    metadata, size = document.metadata, style.size
    grey = "#5b656d"
    origin = f"{', '.join(metadata['creator'])} \u00b7 {month(metadata['issued'], lang)}"
    kind = TYPES[metadata["type"]][lang]
    boxes = [
        *_text(kind.upper(), style.heading, size * 0.82, style.accent, width, lang),
        *_text(document.title, style.heading, size * 2.05, style.ink, width, lang, 3),
        *_text(origin, style.body, size, grey, width, lang, 5),
    ]
    for code in metadata["language"]:
        boxes += _text(SAMPLE_LINE[code], style.bold, size * 0.9, grey, width, code, 3)
    boxes.append(_rule(style, width, 8))
    abstract = document.localised("abstract")
    if abstract and len(metadata["language"]) == 1:
        boxes += _text(ABSTRACT[lang], style.heading, size, style.accent, width, lang, 6)
        boxes += _text(abstract, style.body, size * 0.97, style.ink, width, lang, 2)
        words = f"{KEYWORDS[lang]}: {', '.join(metadata['subject'])}"
        boxes += _text(words, style.body, size * 0.9, grey, width, lang, 4)
        boxes.append(_rule(style, width, 8))
    return boxes


def _draw_cover(canvas: Canvas, document: SourceDocument, style: Style) -> None:
    lang, metadata = document.lang, document.metadata
    band = PAGE_HEIGHT * 0.46
    canvas.setFillColor(HexColor(style.accent))
    canvas.rect(0, PAGE_HEIGHT - band, PAGE_WIDTH, band, stroke=0, fill=1)
    width = PAGE_WIDTH - style.left - style.right
    kind = f"{TYPES[metadata['type']][lang]} \u00b7 {metadata['identifier'][0]}"
    title = [
        *_text(kind, "Sans", 10, "#ffffff", width, lang),
        *_text(document.title, "Sans-Bold", 24, "#ffffff", width, lang, 14),
    ]
    _stack(canvas, title, style.left, PAGE_HEIGHT - 130)
    origin = f"{', '.join(metadata['creator'])}, {month(metadata['issued'], lang)}"
    lower = [
        *_text(document.localised("abstract"), "Sans", 10, style.ink, width, lang),
        *_text(origin, "Sans-Bold", 10, style.ink, width, lang, 24),
        *_text(SAMPLE_LINE[lang], "Sans", 9, "#5b656d", width, lang, 10),
    ]
    _stack(canvas, lower, style.left, PAGE_HEIGHT - band - 40)


def _draw_contents(
    canvas: Canvas,
    document: SourceDocument,
    style: Style,
    pages: Sequence[Page],
    labels: Sequence[str],
) -> None:
    width = PAGE_WIDTH - style.left - style.right
    top = PAGE_HEIGHT - style.top
    _stack(
        canvas,
        _text(CONTENTS[document.lang], "Sans-Bold", 15, style.accent, width, document.lang),
        style.left,
        top,
    )
    top -= 38
    for index, heading in _headings(pages):
        if heading.level > 2:
            continue
        indent = 14.0 * (heading.level - 1)
        font = "Sans-Bold" if heading.level == 1 else "Sans"
        canvas.setFillColor(HexColor(style.ink))
        canvas.setFont(font, 9.5)
        canvas.drawString(style.left + indent, top, heading.text)
        start = style.left + indent + pdfmetrics.stringWidth(heading.text, font, 9.5) + 8
        canvas.setStrokeColor(HexColor("#b6bec4"))
        canvas.setDash(0.6, 3)
        canvas.line(start, top + 1, style.left + width - 24, top + 1)
        canvas.setDash()
        canvas.drawRightString(style.left + width, top, labels[index])
        top -= 19


def _headings(pages: Sequence[Page]) -> list[tuple[int, Heading]]:
    return [
        (index, box.heading)
        for index, page in enumerate(pages)
        for box, _, _ in page.boxes
        if box.heading is not None
    ]


def _furniture(
    canvas: Canvas, document: SourceDocument, style: Style, index: int, labels: Sequence[str]
) -> None:
    """Running head from the second page on, and the foot with the page number."""
    right = PAGE_WIDTH - style.right
    canvas.setFillColor(HexColor("#5b656d"))
    canvas.setStrokeColor(HexColor("#c8cfd4"))
    canvas.setLineWidth(0.5)
    canvas.setFont("Sans", 7.5)
    if index:
        canvas.drawString(style.left, PAGE_HEIGHT - 46, document.running or document.title)
        canvas.drawRightString(right, PAGE_HEIGHT - 46, document.metadata["identifier"][0])
        canvas.line(style.left, PAGE_HEIGHT - 52, right, PAGE_HEIGHT - 52)
    canvas.line(style.left, 50, right, 50)
    canvas.drawString(style.left, 38, SAMPLE_SHORT[document.lang])
    label = labels[index]
    plain = labels[0] == "1"
    canvas.drawRightString(right, 38, f"{label} ({len(labels)})" if plain else label)


def _draw_boxes(canvas: Canvas, document: SourceDocument, page: Page, index: int) -> None:
    for at, (box, left, top) in enumerate(page.boxes):
        if box.heading is not None and document.outline:
            key = f"h{index}-{at}"
            canvas.bookmarkHorizontal(key, 0, top + 12)
            canvas.addOutlineEntry(box.heading.text, key, box.heading.level - 1)
        box.draw(canvas, left, top)


def _draw_scan(canvas: Canvas, scan: Scan, fonts: Path, seed: int) -> None:
    jpeg = scanned_page(scan.lines, fonts / FONTS["Sans"], fonts / FONTS["Sans-Bold"], seed)
    canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, PAGE_WIDTH, PAGE_HEIGHT)


def _describe(canvas: Canvas, document: SourceDocument) -> None:
    canvas.setTitle(document.title)
    canvas.setAuthor(", ".join(document.metadata["creator"]))
    canvas.setSubject(document.localised("abstract"))
    canvas.setKeywords(", ".join(document.metadata["subject"]))
    canvas.setCreator("AMIC-KG samples/build.py")
    if document.outline:
        canvas.showOutline()


def finish(data: bytes, document: SourceDocument) -> bytes:
    """Keeps, replaces or removes the embedded metadata as the front matter asks."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    if "info" in document.embed:
        year, number = (int(part) for part in document.metadata["issued"].split("-"))
        date = datetime(year, number, 1, 12, tzinfo=UTC).strftime("D:%Y%m%d%H%M%SZ")
        writer.add_metadata({"/CreationDate": date, "/ModDate": date})
    else:
        writer.metadata = None
    if "xmp" in document.embed:
        writer.xmp_metadata = xmp_packet(document).encode()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def xmp_packet(document: SourceDocument) -> str:
    """Dublin Core in XMP: https://developer.adobe.com/xmp/docs/XMPNamespaces/dc/"""
    metadata, lang = document.metadata, document.lang

    def bag(values: Sequence[str], kind: str) -> str:
        items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
        return f"<rdf:{kind}>{items}</rdf:{kind}>"

    def alternatives(text: str) -> str:
        return (
            f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
            f'<rdf:li xml:lang="{lang}">{escape(text)}</rdf:li></rdf:Alt>'
        )

    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>{alternatives(document.title)}</dc:title>
<dc:description>{alternatives(document.localised("abstract"))}</dc:description>
<dc:creator>{bag(metadata["creator"], "Seq")}</dc:creator>
<dc:publisher>{bag([metadata["publisher"]], "Bag")}</dc:publisher>
<dc:language>{bag(metadata["language"], "Bag")}</dc:language>
<dc:subject>{bag(metadata["subject"], "Bag")}</dc:subject>
<dc:date>{bag([metadata["issued"]], "Seq")}</dc:date>
<dc:type>{bag([metadata["type"]], "Bag")}</dc:type>
<dc:identifier>{escape(metadata["identifier"][0])}</dc:identifier>
<dc:rights>{alternatives(metadata["license"])}</dc:rights>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

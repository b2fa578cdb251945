"""Writes one DOCX: heading styles, tables, page breaks, header and footer, core properties."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as DocxParagraph
from labels import ABSTRACT, KEYWORDS, SAMPLE_LINE, SAMPLE_SHORT, TABLE, TYPES, month
from source import (
    Block,
    Heading,
    ItemList,
    MainMatter,
    Note,
    PageBreak,
    Paragraph,
    Scan,
    SourceDocument,
    Table,
)

LOCALES = {"fi": "fi-FI", "en": "en-GB", "sv": "sv-FI"}
ACCENT = RGBColor(0x1F, 0x5A, 0x6B)
GREY = RGBColor(0x5B, 0x65, 0x6D)


def write_docx(document: SourceDocument) -> bytes:
    word = Document()
    _styles(word, document.lang)
    _properties(word, document)
    _furniture(word, document)
    _title(word, document)
    tables = 0
    for block in document.blocks:
        tables += isinstance(block, Table) and bool(block.caption)
        _block(word, block, tables)
    buffer = io.BytesIO()
    word.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _styles(word: DocumentObject, lang: str) -> None:
    normal = word.styles["Normal"]
    normal.font.name = "Calibri"
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.15
    for level, size in ((1, 16), (2, 13), (3, 11.5)):
        heading = word.styles[f"Heading {level}"]
        heading.font.size = Pt(size)
        heading.font.color.rgb = ACCENT
    defaults = word.styles.element.find(qn("w:docDefaults"))
    language = defaults.find(".//" + qn("w:lang")) if defaults is not None else None
    if language is not None:
        language.set(qn("w:val"), LOCALES[lang])


def _properties(word: DocumentObject, document: SourceDocument) -> None:
    metadata, core = document.metadata, word.core_properties
    year, month_number = (int(part) for part in metadata["issued"].split("-"))
    issued = datetime(year, month_number, 1, 12)
    core.title = document.title
    core.author = ", ".join(metadata["creator"])
    core.last_modified_by = core.author
    core.subject = document.localised("abstract")[:250]
    core.keywords = ", ".join(metadata["subject"])
    core.category = metadata["type"]
    core.comments = SAMPLE_LINE[document.lang]
    core.language = LOCALES[document.lang]
    core.identifier = metadata["identifier"][0]
    core.created = core.modified = issued
    core.revision = 1


def _furniture(word: DocumentObject, document: SourceDocument) -> None:
    section = word.sections[0]
    head = section.header.paragraphs[0]
    head.text = f"{document.running or document.title}\t\t{document.metadata['identifier'][0]}"
    foot = section.footer.paragraphs[0]
    foot.text = f"{SAMPLE_SHORT[document.lang]}\t\t"
    _field(foot, "PAGE")
    for paragraph in (head, foot):
        for run in paragraph.runs:
            run.font.size = Pt(8)
            run.font.color.rgb = GREY


def _field(paragraph: DocxParagraph, code: str) -> None:
    """A complex field: begin, instruction, separator, shown value, end."""
    run = paragraph.add_run()
    for kind in ("begin", "instr", "separate", "text", "end"):
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {code} "
        elif kind == "text":
            element = OxmlElement("w:t")
            element.text = "1"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _title(word: DocumentObject, document: SourceDocument) -> None:
    metadata, lang = document.metadata, document.lang
    word.add_paragraph(document.title, style="Title")
    kind = TYPES[metadata["type"]][lang]
    origin = f"{kind} \u00b7 {', '.join(metadata['creator'])} \u00b7 "
    word.add_paragraph(origin + month(metadata["issued"], lang), style="Subtitle")
    sample = word.add_paragraph()
    sample.add_run(SAMPLE_LINE[lang]).bold = True
    abstract = document.localised("abstract")
    if abstract:
        word.add_heading(ABSTRACT[lang], level=2)
        word.add_paragraph(abstract)
        words = word.add_paragraph()
        words.add_run(f"{KEYWORDS[lang]}: ").bold = True
        words.add_run(", ".join(metadata["subject"]))


def _block(word: DocumentObject, block: Block, tables: int) -> None:
    match block:
        case Heading():
            word.add_heading(block.text, level=block.level)
        case Paragraph():
            word.add_paragraph(block.text)
        case ItemList():
            for item in block.items:
                word.add_paragraph(item, style="List Number" if block.ordered else "List Bullet")
        case Table():
            _table(word, block, tables)
        case Note():
            note = word.add_paragraph(block.text, style="Intense Quote")
            note.alignment = WD_ALIGN_PARAGRAPH.LEFT
        case PageBreak() | MainMatter():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case Scan():
            raise ValueError("scanned pages are for PDF only")


def _table(word: DocumentObject, block: Table, number: int) -> None:
    if block.caption:
        word.add_paragraph(f"{TABLE[block.lang]} {number}. {block.caption}", style="Caption")
    table = word.add_table(rows=0, cols=len(block.rows[0]), style="Light Grid Accent 1")
    for row in block.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9.5)
    word.add_paragraph()


def _with_fixed_times(data: bytes) -> bytes:
    """The same package with the earliest time a zip can hold on each of its members."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in sorted(
            source.namelist(), key=lambda part: (part != "[Content_Types].xml", part)
        ):
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()

"""PowerPoint presentations: a page a slide, what is on it first, then its notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pptx
from lxml import etree
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PythonPptxError
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.group import GroupShape
from pptx.slide import Slide
from pptx.table import Table
from pptx.text.text import TextFrame

from amic_kg.records import Page, ParsedDocument
from amic_kg_ingest.formats.packages import PACKAGE_FAULTS, core_metadata, damaged, refuse_bomb
from amic_kg_ingest.formats.text import clean_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_FURNITURE = frozenset(
    (
        PP_PLACEHOLDER.DATE,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.HEADER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    )
)
_DIAGRAM = "/diagramData"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def read_pptx(path: Path, name: str) -> ParsedDocument:
    """Slides keep their numbers, also where hidden ones stand between."""
    try:
        refuse_bomb(path, name)
        presentation = pptx.Presentation(str(path))
        pages = tuple(
            Page(number, text, origin="text" if text else "none")
            for number, slide in enumerate(presentation.slides, 1)
            for text in [clean_text("\n\n".join(filter(None, _slide(slide))))]
        )
        properties = presentation.core_properties
        metadata = core_metadata(properties, properties.comments)
    except (PythonPptxError, *PACKAGE_FAULTS) as error:
        raise damaged(name, "PowerPoint presentation", "PowerPoint", error) from None
    return ParsedDocument(MEDIA_TYPE, pages, metadata)


def _slide(slide: Slide) -> Iterator[str]:
    title = slide.shapes.title
    if title is not None:
        yield _frame(title.text_frame)
    yield from _shapes(slide.shapes, title.shape_id if title is not None else None)
    yield from _diagrams(slide)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
        yield _frame(notes)


def _shapes(shapes: Iterable[BaseShape], title: int | None) -> Iterator[str]:
    """In the order of the file, which is the order that screen readers follow."""
    for shape in shapes:
        if isinstance(shape, GroupShape):
            yield from _shapes(shape.shapes, title)
        elif isinstance(shape, GraphicFrame):
            if shape.has_table:
                yield _table(shape.table)
        elif isinstance(shape, Shape) and shape.shape_id != title and not _is_furniture(shape):
            yield _frame(shape.text_frame)


def _is_furniture(shape: Shape) -> bool:
    return shape.is_placeholder and shape.placeholder_format.type in _FURNITURE


def _frame(frame: TextFrame) -> str:
    # A vertical tab is a line break within a paragraph.
    return "\n".join(paragraph.text.replace("\v", "\n") for paragraph in frame.paragraphs).strip()


def _table(table: Table) -> str:
    rows = (
        " | ".join(
            text
            for cell in row.cells
            if not cell.is_spanned and (text := " ".join(cell.text_frame.text.split()))
        )
        for row in table.rows
    )
    return "\n".join(row for row in rows if row)


def _diagrams(slide: Slide) -> Iterator[str]:
    """The words of SmartArt, which stand in a part of their own."""
    for relation in slide.part.rels.values():
        if relation.reltype.endswith(_DIAGRAM) and not relation.is_external:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            root = etree.fromstring(relation.target_part.blob, parser)
            paragraphs = (
                "".join(run.text or "" for run in paragraph.iter(_DRAWING + "t"))
                for paragraph in root.iter(_DRAWING + "p")
            )
            yield "\n".join(filter(None, paragraphs))

"""Sets blocks into lines, columns and pages for the PDF files; nothing here writes a file.

Coordinates are points from the lower left corner, as in PDF. A box knows its height and draws
itself at a given left edge and top; the filler only stacks boxes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hyphenation import break_points
from labels import TABLE
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth
from source import Block, Heading, ItemList, MainMatter, Note, PageBreak, Paragraph, Scan, Table

PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
LONGEST_UNBROKEN_TABLE = 12  # rows; longer ones may run over a page

Canvas = Any  # reportlab's canvas carries no types
Draw = Callable[[Canvas, float, float], None]


@dataclass(frozen=True)
class Style:
    """Fonts, sizes in points and colours of one document."""

    body: str
    bold: str
    heading: str
    size: float
    leading: float
    accent: str
    tint: str
    justify: bool
    columns: int
    gutter: float = 20.0
    left: float = 68.0
    right: float = 68.0
    top: float = 74.0
    bottom: float = 70.0
    ink: str = "#1d2329"

    @property
    def column_width(self) -> float:
        whole = PAGE_WIDTH - self.left - self.right
        return (whole - self.gutter * (self.columns - 1)) / self.columns

    @property
    def column_height(self) -> float:
        return PAGE_HEIGHT - self.top - self.bottom


@dataclass(frozen=True)
class Box:
    height: float
    draw: Draw
    before: float = 0.0
    keep_next: bool = False
    heading: Heading | None = None
    scan: Scan | None = None
    new_page: bool = False
    main: bool = False


@dataclass
class Page:
    """Boxes with their left edge and top; `main` marks the first page with arabic numbers."""

    boxes: list[tuple[Box, float, float]] = field(default_factory=list)
    scan: Scan | None = None
    main: bool = False


def wrap(
    text: str, font: str, size: float, width: float, lang: str, *, hyphenate: bool = True
) -> list[tuple[str, bool]]:
    """Lines of `text` and whether each may be stretched to the full width.

    Without `hyphenate` only a word that is wider than the whole line is broken.
    """
    lines: list[tuple[str, bool]] = []
    current = ""
    for word in text.split():
        rest = word
        while True:
            trial = f"{current} {rest}" if current else rest
            if stringWidth(trial, font, size) <= width:
                current = trial
                break
            if hyphenate or not current:
                head, rest = _break_word(current, rest, font, size, width, lang)
            else:
                head = ""
            line = f"{current} {head}" if current and head else current or head
            if line:
                lines.append((line, True))
            current = ""
    if current:
        lines.append((current, False))
    return lines


def _break_word(
    current: str, word: str, font: str, size: float, width: float, lang: str
) -> tuple[str, str]:
    """The longest part of `word` that still fits the line, with its hyphen, and the rest."""
    start = f"{current} " if current else ""
    hard = [(at + 1, "") for at in range(2, len(word) - 3) if word[at] in "-/\u2013"]
    begin = max((at for at, _ in hard), default=0)
    soft = [(begin + at, "-") for at in break_points(word[begin:], lang)]
    for at, hyphen in sorted(hard + soft, reverse=True):
        if stringWidth(start + word[:at] + hyphen, font, size) <= width:
            return word[:at] + hyphen, word[at:]
    if not current:
        raise ValueError(f"{word!r} is wider than its column")
    return "", word


def line_box(
    text: str,
    font: str,
    size: float,
    leading: float,
    colour: str,
    *,
    indent: float = 0.0,
    stretch_to: float = 0.0,
    marker: str = "",
    before: float = 0.0,
    keep_next: bool = False,
    heading: Heading | None = None,
) -> Box:
    """One line; a non-zero `stretch_to` sets it justified to that width."""
    gaps = text.count(" ")
    spare = stretch_to - stringWidth(text, font, size) if stretch_to else 0.0
    space = spare / gaps if gaps and 0 < spare < 0.3 * stretch_to else 0.0

    def draw(canvas: Canvas, x: float, top: float) -> None:
        baseline = top - leading + 0.28 * size + (leading - size) / 2
        canvas.setFillColor(HexColor(colour))
        if marker:
            canvas.setFont(font, size)
            canvas.drawString(x, baseline, marker)
        line = canvas.beginText(x + indent, baseline)
        line.setFont(font, size)
        if space:
            line.setWordSpace(space)
        line.textOut(text)
        if space:
            line.setWordSpace(0)
        canvas.drawText(line)

    return Box(leading, draw, before, keep_next, heading)


def paragraph_boxes(
    text: str,
    style: Style,
    width: float,
    lang: str,
    *,
    before: float,
    indent: float = 0.0,
    marker: str = "",
) -> list[Box]:
    """Lines of one paragraph; the first and the last two stay together."""
    lines = wrap(text, style.body, style.size, width - indent, lang)
    return [
        line_box(
            line,
            style.body,
            style.size,
            style.leading,
            style.ink,
            indent=indent,
            stretch_to=width - indent if style.justify and full else 0.0,
            marker=marker if number == 0 else "",
            before=before if number == 0 else 0.0,
            keep_next=len(lines) > 1 and number in (0, len(lines) - 2),
        )
        for number, (line, full) in enumerate(lines)
    ]


def heading_boxes(block: Heading, style: Style, width: float) -> list[Box]:
    size = {1: style.size * 1.5, 2: style.size * 1.22, 3: style.size}[block.level]
    colour = style.ink if block.level == 3 else style.accent
    lines = wrap(block.text, style.heading, size, width, block.lang, hyphenate=False)
    return [
        line_box(
            line,
            style.heading,
            size,
            size * 1.3,
            colour,
            before=style.leading * (1.35 if block.level < 3 else 0.7) if number == 0 else 0.0,
            keep_next=True,
            heading=block if number == 0 else None,
        )
        for number, (line, _) in enumerate(lines)
    ]


def note_box(block: Note, style: Style, width: float) -> Box:
    inner = [
        line_box(line, style.body, style.size * 0.95, style.leading * 0.95, style.ink)
        for line, _ in wrap(block.text, style.body, style.size * 0.95, width - 22, block.lang)
    ]
    height = sum(line.height for line in inner) + 14

    def draw(canvas: Canvas, x: float, top: float) -> None:
        canvas.setFillColor(HexColor(style.tint))
        canvas.rect(x, top - height, width, height, stroke=0, fill=1)
        canvas.setFillColor(HexColor(style.accent))
        canvas.rect(x, top - height, 3, height, stroke=0, fill=1)
        below = top - 7
        for line in inner:
            line.draw(canvas, x + 12, below)
            below -= line.height

    return Box(height, draw, before=style.leading * 0.7)


def column_widths(rows: Sequence[Sequence[str]], width: float) -> list[float]:
    """Shares of the width by the longest word and the amount of text of each column."""
    columns = list(zip(*rows, strict=True))
    words = [max(len(word) for cell in column for word in cell.split()) for column in columns]
    texts = [sum(len(cell) for cell in column) ** 0.6 for column in columns]
    weights = [
        max(longest / max(words) * 0.8, text / max(texts))
        for longest, text in zip(words, texts, strict=True)
    ]
    return [width * weight / sum(weights) for weight in weights]


def table_boxes(block: Table, style: Style, width: float, number: int) -> Iterator[Box]:
    """The caption and one box a row; the first row is the head."""
    if block.caption:
        caption = f"{TABLE[block.lang]} {number}. {block.caption}"
        lines = wrap(caption, style.bold, style.size * 0.9, width, block.lang, hyphenate=False)
        for at, (line, _) in enumerate(lines):
            before = style.leading if at == 0 else 0.0
            size = style.size * 0.9
            yield line_box(
                line, style.bold, size, size * 1.35, style.ink, before=before, keep_next=True
            )
    widths = column_widths(block.rows, width)
    whole, final = len(block.rows) <= LONGEST_UNBROKEN_TABLE, len(block.rows) - 1
    for at, row in enumerate(block.rows):
        box = _row_box(row, widths, style, block.lang, head=at == 0, last=at == final)
        yield replace(box, keep_next=at == 0 or (whole and at < final))


def _row_box(
    row: Sequence[str], widths: Sequence[float], style: Style, lang: str, *, head: bool, last: bool
) -> Box:
    size, pad = style.size * 0.86, 4.0
    font = style.bold if head else style.body
    colour = "#ffffff" if head else style.ink
    cells = [
        [
            line_box(line, font, size, size * 1.3, colour)
            for line, _ in wrap(cell, font, size, width - 2 * pad, lang)
        ]
        for cell, width in zip(row, widths, strict=True)
    ]
    height = max(sum(line.height for line in cell) for cell in cells) + 2 * pad

    def draw(canvas: Canvas, x: float, top: float) -> None:
        whole = sum(widths)
        if head:
            canvas.setFillColor(HexColor(style.accent))
            canvas.rect(x, top - height, whole, height, stroke=0, fill=1)
        canvas.setStrokeColor(HexColor(style.accent if last else "#c8cfd4"))
        canvas.setLineWidth(0.8 if last else 0.4)
        canvas.line(x, top - height, x + whole, top - height)
        left = x
        for cell, width in zip(cells, widths, strict=True):
            below = top - pad
            for line in cell:
                line.draw(canvas, left + pad, below)
                below -= line.height
            left += width

    return Box(height + (6.0 if last else 0.0), draw, before=4.0 if head else 0.0)


def boxes_of(blocks: Iterable[Block], style: Style) -> Iterator[Box]:
    width, tables = style.column_width, 0

    def nothing(canvas: Canvas, x: float, top: float) -> None:
        """Breaks draw nothing."""

    for block in blocks:
        match block:
            case Heading():
                yield from heading_boxes(block, style, width)
            case Paragraph():
                yield from paragraph_boxes(
                    block.text, style, width, block.lang, before=style.leading * 0.5
                )
            case ItemList():
                for at, item in enumerate(block.items):
                    marker = f"{at + 1}." if block.ordered else "\u2022"
                    yield from paragraph_boxes(
                        item,
                        style,
                        width,
                        block.lang,
                        before=style.leading * (0.45 if at == 0 else 0.2),
                        indent=style.size * (1.9 if block.ordered else 1.3),
                        marker=marker,
                    )
            case Table():
                tables += bool(block.caption)
                yield from table_boxes(block, style, width, tables)
            case Note():
                yield note_box(block, style, width)
            case Scan():
                yield Box(0.0, nothing, new_page=True, scan=block)
            case PageBreak():
                yield Box(0.0, nothing, new_page=True)
            case MainMatter():
                yield Box(0.0, nothing, new_page=True, main=True)


def _groups(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    """Runs of boxes that must not be parted."""
    group: list[Box] = []
    for box in boxes:
        group.append(box)
        if not box.keep_next:
            yield group
            group = []
    if group:
        yield group


def fill_pages(boxes: Iterable[Box], style: Style, first_top: float) -> list[Page]:
    """Stacks boxes into columns and pages; the columns of the first page begin at `first_top`."""
    pages = [Page()]
    full_top = PAGE_HEIGHT - style.top
    column, column_top = 0, first_top
    top = column_top
    pending_break = False

    def new_page() -> None:
        nonlocal column, column_top, top
        pages.append(Page())
        column, column_top = 0, full_top
        top = full_top

    for group in _groups(boxes):
        lead = group[0]
        if lead.new_page:
            if pages[-1].boxes or pages[-1].scan or len(pages) == 1:
                new_page()
            pages[-1].main = pages[-1].main or lead.main
            pages[-1].scan = lead.scan
            pending_break = lead.scan is not None
            continue
        if pending_break:
            new_page()
            pending_break = False
        at_top = top == column_top
        needed = sum(box.height + box.before for box in group) - (lead.before if at_top else 0)
        if top - needed < style.bottom and not at_top:
            column += 1
            top = column_top
            if column == style.columns:
                new_page()
        for box in group:
            top -= 0.0 if top == column_top else box.before
            left = style.left + column * (style.column_width + style.gutter)
            pages[-1].boxes.append((box, left, top))
            top -= box.height
    return pages

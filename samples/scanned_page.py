"""Draws a page as a scanner would give it: a slightly turned, grainy bitmap without text."""

import io
import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 170
SIZE = (round(8.27 * DPI), round(11.69 * DPI))
MARGIN = round(0.85 * DPI)


def _font(path: Path, points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), round(points * DPI / 72))


def scanned_page(lines: Sequence[str], regular: Path, bold: Path, seed: int) -> bytes:
    """A grey JPEG of `lines`: `# ` sets a heading, `[ ]` a tick box, `___` a line to write on."""
    noise = random.Random(seed)
    page = Image.new("L", SIZE, 246)
    pen = ImageDraw.Draw(page)
    body, head = _font(regular, 11.5), _font(bold, 14.5)
    y = MARGIN
    for line in lines:
        if not line:
            y += round(0.09 * DPI)
            continue
        if line.startswith("# "):
            pen.text((MARGIN, y), line[2:], font=head, fill=40)
            y += round(0.34 * DPI)
            continue
        x = MARGIN
        if line.startswith("[ ] "):
            edge = round(0.13 * DPI)
            pen.rectangle((x, y + 4, x + edge, y + 4 + edge), outline=60, width=2)
            x += round(0.25 * DPI)
        for row in _wrapped(line.removeprefix("[ ] "), body, SIZE[0] - MARGIN - x):
            _write(pen, x, y, row, body)
            y += round(0.235 * DPI)
        y += round(0.035 * DPI)
    turned = page.rotate(0.6, resample=Image.Resampling.BICUBIC, fillcolor=246)
    grain = Image.frombytes("L", SIZE, noise.randbytes(SIZE[0] * SIZE[1]))
    soft = grain.filter(ImageFilter.GaussianBlur(0.8))
    scanned = Image.blend(turned.filter(ImageFilter.GaussianBlur(0.5)), soft, 0.07)
    _specks(scanned, noise)
    out = io.BytesIO()
    scanned.save(out, "JPEG", quality=52, dpi=(DPI, DPI))
    return out.getvalue()


def _write(
    pen: ImageDraw.ImageDraw, x: int, y: int, row: str, font: ImageFont.FreeTypeFont
) -> None:
    text, blank, _ = row.partition("___")
    pen.text((x, y), text, font=font, fill=52)
    if blank:
        start = x + round(pen.textlength(text, font=font)) + 8
        base = y + round(0.19 * DPI)
        pen.line((start, base, SIZE[0] - MARGIN, base), fill=110, width=2)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    rows = [""]
    for word in text.split():
        trial = f"{rows[-1]} {word}".strip()
        if font.getlength(trial) <= width:
            rows[-1] = trial
        else:
            rows.append(word)
    return rows


def _specks(page: Image.Image, noise: random.Random) -> None:
    pen = ImageDraw.Draw(page)
    for _ in range(140):
        x, y = noise.randrange(SIZE[0]), noise.randrange(SIZE[1])
        pen.ellipse((x, y, x + noise.randrange(1, 3), y + 1), fill=noise.randrange(110, 190))

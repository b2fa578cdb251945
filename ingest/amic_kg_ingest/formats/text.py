"""Plain text: the encoding found out, form feeds taken as page ends."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from charset_normalizer import from_bytes

from amic_kg.errors import DamagedDocument
from amic_kg.records import Page, ParsedDocument

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CODE_PAGES = ("cp1252", "iso8859_15", "mac_roman", "cp850")
_LETTERS = frozenset("åäöÅÄÖ")
_EXPECTED = frozenset("áčđŋšŧžÁČĐŊŠŦŽéèüÉÜøæØÆ–—‘’“”…•€§°µ²³±×·½\u00a0")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\u200b]")


def read_text(path: Path, name: str) -> ParsedDocument:
    text = decode(path.read_bytes(), name)
    pages = tuple(
        Page(number, clean_text(part)) for number, part in enumerate(text.split("\f"), start=1)
    )
    return ParsedDocument("text/plain", pages)


def decode(data: bytes, name: str) -> str:
    """UTF-8 where it is valid, else what the byte order mark or the statistics say."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _by_its_letters(data)
    if text is not None:
        return text
    guess = from_bytes(data).best()
    if guess is None:
        raise DamagedDocument(name, "its character encoding is not known", "Save it as UTF-8")
    return str(guess)


def _by_its_letters(data: bytes) -> str | None:
    """Read as the code page that gives the most letters of the north, where one gives them.

    Statistics alone take "pöly" of Windows for "pˆly" of a Macintosh.
    """
    best: tuple[int, str] | None = None
    for encoding in _CODE_PAGES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        foreign = [character for character in text if not character.isascii()]
        letters = sum(character in _LETTERS for character in foreign)
        expected = sum(character in _EXPECTED for character in foreign)
        score = 3 * letters + 2 * expected - len(foreign)
        if score > 0 and (best is None or score > best[0]):
            best = score, text
    return best[1] if best else None


def clean_text(text: str) -> str:
    """NFKC, no control characters, no blanks at line ends, at most one empty line in a row."""
    normal = unicodedata.normalize(
        "NFKC", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    )
    lines = [re.sub(r"[^\S\n]+", " ", line).strip() for line in normal.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")

"""Running texts of records: mark-up taken out, characters repaired that were encoded twice."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|em|strong|sub|sup|ul|ol|li|a|jats:\w+)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-f]{1,5}|[a-z]{2,8});", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\u200b\u202a-\u202e\u2066-\u2069]")
# The first byte of a UTF-8 sequence and one that goes on, both read as Windows-1252.
_TWICE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160"
    "\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153"
    "\u017e\u0178]+"
)


def clean_text(value: str) -> str:
    """One line in NFC without mark-up, entities and control characters."""
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub(" ", value))
    text = _CONTROL.sub("", repair_mojibake(text))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def repair_mojibake(text: str) -> str:
    """UTF-8 that was read as Windows-1252 and written again: "pÃ¶ly" gives "pöly".

    Only runs that are valid UTF-8 are turned back: "Ã" of a Portuguese name stays.
    """
    return _TWICE.sub(lambda match: _turned_back(match[0]), text)


def _turned_back(text: str) -> str:
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return text


def _byte(character: str) -> bytes:
    # Five bytes stand for nothing in Windows-1252; programs pass them through as they are.
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")

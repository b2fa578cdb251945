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
# Bytes that go on in a UTF-8 sequence (80 to BF), as Windows-1252 has them; those without a sign
# there pass through as they are.
_ON = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# What stands behind a capital also where nothing is wrong: "KYLÄ”", "5 Å²", "PÄÄ" and a hard space.
_BEHIND_CAPITALS = "\xa0\xad«»·°®©¹²³´¨±…†‡‰’“”•–—™›"
_TWICE = re.compile(
    # Capitals that Finnish, Swedish and Sámi do not have before such signs: "Ã¤", "Â°".
    f"Ã[{_ON}]|Â[\xa0-\xbf]"
    # Sámi and other Latin letters, Greek, Cyrillic: "Å¡", "Î±".
    f"|[ÄÅ](?![{_BEHIND_CAPITALS}])[{_ON}]|[ÎÏÐÑ](?![\xa0\xad«»‘’“”…])[{_ON}]"
    # Quotes, dashes, signs of mathematics; a byte order mark, ligatures; pictures.
    f"|â[€‚„†ˆ‰][{_ON}]|ï(?:»¿|¬[{_ON}])|ðŸ[{_ON}][{_ON}]"
)


def clean_text(value: str) -> str:
    """One line in NFC without mark-up, entities and control characters."""
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), _TAG.sub(" ", value))
    text = _CONTROL.sub("", repair_mojibake(text))
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def repair_mojibake(text: str) -> str:
    """UTF-8 that was read as Windows-1252 and written again: "pÃ¶ly" gives "pöly".

    Only what can be nothing else is turned back: "áššedovdi" is Sámi, and "KYLÄ”" ends a quote,
    although their bytes would be UTF-8 as well.
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

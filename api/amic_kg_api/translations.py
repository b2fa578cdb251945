"""The words of the pages in Finnish, English and Swedish: Babel catalogues, read at start-up.

The msgid is the English text, so English needs no catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from amic_kg.records import UI_LANGUAGES

LOCALE_FOLDER = Path(__file__).parent / "locale"
DEFAULT_LANGUAGE = "fi"


def msgid(text: str) -> str:
    """Marks a text for the catalogues that is translated later, when the language is known."""
    return text


class Words:
    """The texts, numbers and dates of one language."""

    def __init__(self, language: str, catalogue: NullTranslations) -> None:
        self.language = language
        self.catalogue = catalogue
        self._locale = Locale.parse(language)

    def text(self, message: str) -> str:
        return str(self.catalogue.gettext(message)) if message else ""

    def translated(self, message: str) -> tuple[str, str]:
        """The text with the language it is in: what has no translation stays English."""
        text = self.text(message)
        return text, "en" if text == message else self.language

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self._locale)

    def name_of_language(self, code: str) -> str:
        if code == "und":
            return self.text(msgid("other languages"))
        return str(self._locale.languages.get(code, code))

    def issued(self, issued: str) -> str:
        """`2017`, `2017-05` or `2017-05-31` as it is written in this language."""
        parts = [int(part) for part in issued.split("-")]
        if len(parts) == 1:
            return issued
        day = date(*(*parts, 1)[:3])
        if len(parts) == 2:
            return format_skeleton("yMMMM", day, locale=self._locale)
        return format_date(day, "long", locale=self._locale)


@cache
def read_words() -> Mapping[str, Words]:
    """Every language of the pages; fails at start-up rather than at a visit."""
    return {language: Words(language, _catalogue(language)) for language in UI_LANGUAGES}


def _catalogue(language: str) -> NullTranslations:
    path = LOCALE_FOLDER / language / "messages.po"
    if language == "en":
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)

"""Every text of the pages is there in Finnish and Swedish, with the same places to fill."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import amic_kg_api
from amic_kg_api.translations import LOCALE_FOLDER

PACKAGE = Path(amic_kg_api.__file__).parent
METHODS = [("**.py", "python"), ("templates/**", "jinja2")]
KEYWORDS = {"msgid": None, "_": None, "ngettext": (1, 2)}
PLACES = re.compile(r"%\((\w+)\)s")


def catalogue(language: str) -> Catalog:
    with (LOCALE_FOLDER / language / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def used() -> set[str]:
    found = extract_from_dir(
        PACKAGE, METHODS, keywords=KEYWORDS, options_map={"templates/**": {"trimmed": "true"}}
    )
    return {m[0] if isinstance(m, tuple) else m for _, _, m, _, _ in found}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_text_is_translated(language: str, used: set[str]) -> None:
    translated = catalogue(language)
    missing = [text for text in used if not (m := translated.get(text)) or not all(_texts(m))]
    assert not missing


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_translation_is_left_over(language: str, used: set[str]) -> None:
    left = [_ids(m)[0] for m in catalogue(language) if m.id and _ids(m)[0] not in used]
    assert not left


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_translation_fills_the_same_places(language: str) -> None:
    for message in catalogue(language):
        wanted = {place for text in _ids(message) for place in PLACES.findall(text)}
        for text in _texts(message):
            if message.id:
                assert set(PLACES.findall(text)) == wanted


def _ids(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (str(message.id),)


def _texts(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)

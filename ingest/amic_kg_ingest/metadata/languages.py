"""Codes and names of languages, as catalogues give them, to language tags."""

from __future__ import annotations

import re

from amic_kg_ingest.metadata.packed_values import unpack

_TABLE = """
fi fin finnish suomi finska
sv swe swedish ruotsi svenska
en eng english englanti engelska
se sme pohjoissaame nordsamiska
smn inarinsaame
sms koltansaame
smi saame samiska sami
de deu ger german saksa tyska
fr fra fre french ranska franska
es spa spanish espanja spanska
it ita italian italia
pt por portuguese portugali
ru rus russian venäjä ryska
et est estonian viro
no nor nob nno norwegian norja norska
da dan danish tanska danska
is isl ice icelandic islanti
pl pol polish puola
la lat latin latina
nl nld dut dutch hollanti
ar ara arabic arabia
zh zho chi chinese kiina
ja jpn japanese japani
uk ukr ukrainian ukraina
so som somali
"""
"""ISO 639-1 (or 639-3) first, then 639-2 T and B and the names in English, Finnish and Swedish."""

_TAGS = {word: words[0] for line in _TABLE.split("\n") if (words := line.split()) for word in words}
_NONE = frozenset({"", "-", "none", "null", "und", "mul", "zxx", "*"})


def language_tag(value: str) -> str | None:
    """'FIN', 'fi_FI' and 'Finnish' give 'fi'; None for what says nothing or is not known."""
    text = value.strip().casefold()
    if text in _NONE:
        return None
    return _TAGS.get(text) or _TAGS.get(re.split(r"[-_]", text)[0])


def language_tags(value: str) -> tuple[str, ...]:
    """All languages of a value that may name several: 'fin; eng', 'fi/sv', 'fi=suomi|sv=…|'."""
    found: dict[str, None] = {}
    for text in unpack(value).values():
        whole = language_tag(text)
        for part in [text] if whole else re.split(r"[;,/|+&]|\s(?:ja|and|och)\s|\s", text):
            if tag := language_tag(part):
                found[tag] = None
    return tuple(found)

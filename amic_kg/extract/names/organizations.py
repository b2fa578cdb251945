"""Names of organisations: legal forms, and the key by which two spellings are the same name."""

from __future__ import annotations

import re
from functools import lru_cache

from amic_kg.iris import slug

# Abbreviations that say nothing else in any case; the others count in these letters alone, for
# "as", "se", "sa" and "ag" are words or beginnings of words.
_ANY_CASE = (
    "oy", "oyj", "ab", "abp", "ltd", "plc", "gmbh", "inc", "llc", "corp", "oü", "kft", "aps",
    "pty", "limited", "osakeyhtiö", "aktiebolag", "aktiebolaget", "corporation", "incorporated",
)  # fmt: skip
_AS_WRITTEN = (
    "ry", "rf", "ky", "tmi", "osk", "ek", "AS", "ASA", "SE", "SA", "AG", "NV", "BV", "Ky", "Tmi",
    "Co", "KB", "HB", "Sp", "SpA", "Srl", "SARL", "SAS", "KGaA", "KG", "RF", "RY", "JSC", "OJSC",
    "PJSC", "OAO", "ZAO",
)  # fmt: skip
_ENDING = re.compile(r"['’:][a-zåäö]+$")
_ARTICLES = ("the ", "den ", "det ")

# Words of a name that part it no further: "Geological Survey of Finland".
CONNECTORS = frozenset(
    ("of", "for", "and", "the", "in", "on", "&", "och", "för", "i", "vid", "ja", "sekä", "de", "du",
     "des", "la", "für", "und", "der", "am", "av", "et")
)  # fmt: skip


def is_legal_form(word: str) -> bool:
    """Whether `word`, without a case ending behind a colon, is a legal form as one writes it."""
    bare = _ENDING.sub("", word)
    if bare.islower() and bare in _LOWER_WORDS:
        return False
    return bare.lower() in _ANY_CASE or bare in _AS_WRITTEN


# In lower case these are words or units of running text.
_LOWER_WORDS = frozenset(("limited", "corporation", "incorporated", "inc", "corp", "ab", "aps"))


def has_legal_form(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and any(
        is_legal_form(word.strip(".,()")) for word in (words[0], *words[-2:])
    )


@lru_cache(maxsize=50_000)
def without_legal_form(name: str) -> str:
    """'Oy Alholmens Kraft Ab' gives 'Alholmens Kraft'; a name that is all legal form stays."""
    words = name.split()
    first, last = 0, len(words)
    while last - first > 1 and _bare_form(words[last - 1]):
        last -= 1
    while last - first > 1 and _bare_form(words[first]):
        first += 1
    return " ".join(words[first:last]).rstrip(",&") if last > first else name


@lru_cache(maxsize=50_000)
def name_key(name: str) -> str:
    """What stays of a name when case, diacritics, hyphens, article and legal form do not count."""
    text = " ".join(name.split())
    for article in _ARTICLES:
        if text.lower().startswith(article) and len(text) > len(article) + 2:
            text = text[len(article) :]
    return slug(without_legal_form(text))


def initials(name: str) -> frozenset[str]:
    """The acronyms that `name` may have: with its connecting words and without, in capitals."""
    words = [word for word in re.findall(r"[^\W\d_]+", without_legal_form(name)) if word]
    every = "".join(word[0] for word in words).upper()
    telling = "".join(word[0] for word in words if word.lower() not in CONNECTORS).upper()
    return frozenset(text for text in (every, telling) if len(text) > 1)


def _bare_form(word: str) -> bool:
    return is_legal_form(word.strip(".,()")) and word.strip(".,()") != ""

"""What is written like an organisation or a place and is none: products, species, descriptions."""

from __future__ import annotations

import re

from amic_kg.extract.names.heads import kind_of_word
from amic_kg.extract.names.readings import Reading, Words, follows, is_capital
from amic_kg.language import Analyzer

# Compounds with these are of an organisation that bears the name: "Kemira-konserni".
_BEARERS = frozenset(
    ("konserni", "yritys", "yhtymä", "ryhmä", "tiimi", "osasto", "yksikkö", "tehdas", "ketju",
     "niminen", "verkosto", "klusteri", "allianssi", "puolue", "osakeyhtiö", "pankki")
)  # fmt: skip
_HYPHEN = re.compile(r"\s?[-–](?=[^\W\d_]|[,.;)\s](?:\s?(?:ja|sekä|tai|eli)\s)?)")
_SWEDISH_PLURAL = re.compile(r"\w{3}(?:or|ar|er)nas?$")
_FINNISH_PEOPLES = re.compile(r"\w{3}(?:läisten|laisten|idien|iiden|ilaisten|ttien)$")
_SPECIES = re.compile(
    r"\s(?:spruce|pine|fir|larch|maple|birch|oak|poplar|rat|salmon|lobster|char|reindeer)s?\b"
)


def names_a_thing(words: Words, reading: Reading, analyzer: Analyzer) -> bool:
    """Whether what only a recogniser read as a name is a part of other words, or describes."""
    if reading.cue == "preposition":
        surface = words.tokens[reading.last].surface
        return words.language == "sv" and bool(_SWEDISH_PLURAL.search(surface))
    if reading.cue != "recognizer":
        return False
    if words.language == "fi":
        if reading.kind == "Place" and _FINNISH_PEOPLES.search(words.tokens[reading.last].surface):
            return True
        return _begins_compound(words, reading) or _describes(words, reading)
    return words.language == "en" and _is_species(words, reading, analyzer)


def is_tree(text: str, end: int) -> bool:
    """Whether a place that ends at `end` only tells a species apart: "Norway spruce"."""
    return bool(_SPECIES.match(text, end))


def _begins_compound(words: Words, reading: Reading) -> bool:
    """'Profibus-väylä', 'Report Diary -sovellus': the compound's head is no organisation's."""
    if reading.kind != "Organization":
        return False
    joint = _HYPHEN.match(words.text, words.tokens[reading.last].end)
    if joint is None:
        return False
    following = words.tokens[reading.last + 1 : reading.last + 2]
    if not following or following[0].start != joint.end():
        # "MetsoDNA-, ": the head of the compound comes with a later part.
        return words.text[joint.end() - 1] in "-–" and not joint.group().startswith(" ")
    lemma = following[0].lemmas[0]
    return (
        following[0].surface.islower()
        and lemma not in _BEARERS
        and kind_of_word(lemma, "fi") is None
    )


def _describes(words: Words, reading: Reading) -> bool:
    """'Optisen mittaustekniikan …': a capital adjective before a noun that is no name."""
    token = words.tokens[reading.last]
    following = words.tokens[reading.last + 1 : reading.last + 2]
    return (
        token.lemmas[0].endswith("inen")
        and bool(following)
        and not is_capital(following[0])
        and follows(words.text, token, following[0])
    )


def _is_species(words: Words, reading: Reading, analyzer: Analyzer) -> bool:
    """'Betula pendula': the second word of a species' name is in no dictionary of English."""
    if reading.length > 1:
        return False
    token = words.tokens[reading.last]
    following = words.tokens[reading.last + 1 : reading.last + 2]
    if not following or words.text[token.end : following[0].start] != " ":
        return False
    epithet = following[0].surface
    return (
        epithet.islower()
        and epithet.isalpha()
        and epithet.endswith(("a", "us", "um", "is", "ii", "ens", "ae", "i", "ans", "e"))
        and len(epithet) > 4
        and not analyzer.knows(epithet, "en")
    )

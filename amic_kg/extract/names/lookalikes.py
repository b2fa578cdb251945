"""What is written like an organisation or a place and is none: products, species, descriptions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amic_kg.extract.names.heads import kind_of_word
from amic_kg.extract.names.readings import Reading, Words, follows, is_capital
from amic_kg.language import Analyzer, Token

_GIVEN_NAME = "etunimi"
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
    run = words.run(reading.first, reading.last)
    if reading.kind == "Place":
        wrong = any(map(_is_brand, run)) or (
            words.language == "fi" and bool(_FINNISH_PEOPLES.search(run[-1].surface))
        )
    else:
        wrong = _bears_given_name(run, analyzer)
    if words.language == "fi":
        return wrong or _begins_compound(words, reading) or _describes(words, reading)
    return wrong or (words.language == "en" and _is_species(words, reading, analyzer))


def is_person_like(run: Sequence[Token], analyzer: Analyzer) -> bool:
    """Whether a name is two words that no dictionary has, as those of foreign persons are."""
    return len(run) == 2 and all(
        token.surface.istitle()
        and not analyzer.knows(token.surface.lower(), "en")
        and not analyzer.knows(token.surface, "fi")
        for token in run
    )


def _is_brand(token: Token) -> bool:
    """'BSkyB', 'MetsoDNA': capitals within a word are of companies and products."""
    return any(map(str.isupper, token.surface[2:])) and any(map(str.islower, token.surface[:-1]))


def _bears_given_name(run: Sequence[Token], analyzer: Analyzer) -> bool:
    """'Aleksis Kivi' is a person, unless a word says what the organisation is."""
    return (
        len(run) == 2
        and run[0].surface.istitle()
        and run[1].surface.istitle()
        and _GIVEN_NAME in analyzer.classes(run[0].surface.lower())
        and not analyzer.knows(run[1].surface.lower(), "en")
    )


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
        and kind_of_word(lemma, "fi") != "Organization"
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
    bracketed = words.text[: token.start].endswith("(")
    return (
        epithet.islower()
        and epithet.isalpha()
        and epithet.endswith(("a", "us", "um", "is", "ii", "ens", "ae", "i", "ans", "e"))
        and len(epithet) > 4
        and (bracketed or not analyzer.knows(epithet, "en"))
    )

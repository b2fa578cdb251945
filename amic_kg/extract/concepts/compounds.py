"""Concepts inside closed compounds: gold in "kultakaivoksen", tailings in "anrikningssandmagasin".

Only what an annotator would mark is taken: the substance that is mined, made or measured, by the
words that follow it in the compound; never "kultamitali" (gold medal) or "järnväg" (railway).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from amic_kg.extract.concepts.labels import Label, LabelTrie
from amic_kg.extract.concepts.weak_labels import OF_A_SUBSTANCE
from amic_kg.extract.concepts.words import words_of
from amic_kg.language import Token

_SUBSTANCES = ("Commodity", "Mineral", "Rock")
_SUBSTANCE_CONFIDENCE = 0.75
_TOPIC_CONFIDENCE = 0.6
_SITE_CONFIDENCE = 0.85

_SHORTEST_TOPIC = 9
"""Letters of a theme or method that is looked for at the beginning of a compound."""
_PREFIXES = ("bio", "geo", "hydro", "pyro", "elektro", "mikro", "petro")
"""Parts that make a compound of a word, though dictionaries do not take them off."""
_SHORTEST_HEAD = 7
_SHORTEST_TAIL = 4
_DISTINCT_WORDS = 50_000

# What may follow a substance in a Finnish compound, as base forms of its parts.
_FINNISH_HEADS = words_of(
    """
        kaivos malmi rikaste esiintymä mineralisaatio pitoisuus pitoinen potentiaali varanto
        vara etsintä tuotanto tuottaja louhos louhinta juoni intruusio vyöhyke lohkare hippu
        aihe päästö kuormitus kaivanto jalostamo sulatto tehdas kasa liuos saostus saostuma
        poisto talteenotto valmistaja kysyntä hinta varasto kaivuu huuhdonta anomalia provinssi
        kerros malmio sulfidi prospekti valtaus massiivi muodostuma kivi kaivuri hiekka savi
        rikastamo rikastus sato kaivaja ryntäys riutta suoni kairaus kaira tutkimus jalostus
        teollisuus louhe murske liuske gneissi hanke projekti
        """
)
# What follows a substance in a Swedish compound, by how it begins, and what must not follow there.
_SWEDISH_HEADS = (
    "gruv", "malm", "fyndighet", "koncentrat", "halt", "förekomst", "produktion", "brytning",
    "mineralisering", "prospektering", "letning", "utvinning", "projekt", "smält", "rik",
    "förande", "utsläpp", "gång", "ådr", "åder", "vask", "tillgång", "reserv", "pris", "intrusion",
    "anrikning", "potential", "sulfid", "anomal", "efterfrågan", "lakning", "fällning", "rening",
    "belastning", "grävning", "anrikningsverk", "skiffer", "gnejs",
)  # fmt: skip
_NOT_INSIDE = OF_A_SUBSTANCE | {"metallic-ores", "metals", "raw-materials"}
_NUISANCES = frozenset({"vaikutus", "haitta", "häiriö", "päästö"})
"""What follows dust, noise and vibration where people are disturbed by them."""
_SWEDISH_NUISANCES = ("störning", "olägenhet", "påverkan")
_SWEDISH_NEVER = ("rike",)
_SWEDISH_MINE = (
    "gruva", "gruvan", "gruvans", "gruvor", "fyndigheten", "fyndighetens", "projektet", "malmen",
)  # fmt: skip


class CompoundReader:
    """Reads the one concept that a compound names with one of its parts."""

    def __init__(self, trie: LabelTrie) -> None:
        self._trie = trie
        self.read = lru_cache(maxsize=_DISTINCT_WORDS)(self._read)

    def _read(self, token: Token, language: str) -> tuple[Label, float] | None:
        """The label that stands inside `token`, a word that is none itself, and how sure it is.

        Give the token without its place, so that each distinct word is read once.
        """
        if language == "fi" and token.parts:
            return self._finnish(token)
        if language == "sv":
            return self._swedish(token)
        return None

    def _finnish(self, token: Token) -> tuple[Label, float] | None:
        for begins, rest in _finnish_splits(token):
            substances = self._labels(begins, "fi", _SUBSTANCES)
            if substances and not _FINNISH_HEADS.isdisjoint(rest):
                return _best(substances), _SUBSTANCE_CONFIDENCE
            if not _NUISANCES.isdisjoint(rest):
                factors = self._labels(begins, "fi", ("AcceptanceFactor",))
                if factors:
                    return factors[0], _TOPIC_CONFIDENCE
            topics = self._labels(begins, "fi", ("Theme", "Method"))
            # A topic is a compound itself: "kemikaalikulut" is no matter of chemical safety.
            closed = len(rest) + 2 <= len(token.parts) or begins.startswith(_PREFIXES)
            if topics and len(begins) >= _SHORTEST_TOPIC and closed:
                return topics[0], _TOPIC_CONFIDENCE
        for lemma in token.lemmas:
            head = token.parts[-1]
            tail = next((p for p in reversed(token.parts) if lemma.endswith(p)), head)
            rocks = self._labels(tail, "fi", ("Rock",))
            methods = self._labels(tail, "fi", ("Method",))
            if rocks or (methods and len(tail) >= _SHORTEST_HEAD):
                return (rocks or methods)[0], _TOPIC_CONFIDENCE
        return None

    def _swedish(self, token: Token) -> tuple[Label, float] | None:
        word = token.surface.lower()
        for end in range(len(word) - _SHORTEST_TAIL, 2, -1):
            begins, rest = word[:end], word[end:]
            if token.surface[0].isupper() and rest in _SWEDISH_MINE:
                sites = self._labels(begins, "sv", ("Site",))
                if sites:
                    return sites[0], _SITE_CONFIDENCE
            substances = self._labels(begins, "sv", _SUBSTANCES)
            if substances and _is_swedish_head(rest):
                return _best(substances), _SUBSTANCE_CONFIDENCE
            if rest.startswith(_SWEDISH_NUISANCES):
                factors = self._labels(begins, "sv", ("AcceptanceFactor",))
                if factors:
                    return factors[0], _TOPIC_CONFIDENCE
            if len(begins) >= _SHORTEST_TOPIC:
                topics = self._labels(begins, "sv", ("Theme", "Method"))
                if topics:
                    return topics[0], _TOPIC_CONFIDENCE
        return None

    def _labels(self, word: str, language: str, types: tuple[str, ...]) -> list[Label]:
        return [
            label
            for label in self._trie.word(word, language)
            if label.entity.type in types
            and not label.is_symbol
            and len(label.words) == 1
            and label.entity.iri.rsplit("/", 1)[1] not in _NOT_INSIDE
        ]


def _best(substances: list[Label]) -> Label:
    """What is mined of it before the mineral and the rock."""
    return min(substances, key=lambda label: _SUBSTANCES.index(label.entity.type))


def _finnish_splits(token: Token) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(first parts as one word, base forms of the other parts), longest beginning first.

    Of "kultakaivoshanke": (kultakaivos, [hanke]), (kulta, [kaivos, hanke]).
    """
    for lemma in token.lemmas:
        for count in range(len(token.parts) - 1, 0, -1):
            # The parts before the last are often in another form: "malmin|etsintä|tieto".
            last = token.parts[count - 1]
            found = lemma.find(last)
            if found >= 0:
                yield lemma[: found + len(last)], token.parts[count:]
            elif count == 1 and lemma.startswith(last[:-1]):
                yield last, token.parts[count:]


def _is_swedish_head(rest: str) -> bool:
    return any(
        tail.startswith(_SWEDISH_HEADS) and not tail.startswith(_SWEDISH_NEVER)
        for tail in (rest, rest.removeprefix("s"))
    )

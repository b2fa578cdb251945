"""A reading judged: the registry's entity it names, or a sighting of a name no registry has."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from amic_kg.extract.names.candidates import Sighting
from amic_kg.extract.names.forms import NameForms, is_finnish_place
from amic_kg.extract.names.heads import head_of, is_calendar, is_head, is_publication, is_street
from amic_kg.extract.names.later_mentions import Known
from amic_kg.extract.names.lookalikes import is_person_like, names_a_thing
from amic_kg.extract.names.patterns import NamePatterns
from amic_kg.extract.names.readings import Reading, Words, begins_sentence
from amic_kg.extract.names.registry import RegistryNames
from amic_kg.language import Analyzer, Token

_EXACT = 0.85
_NEAR = 0.7
"""Confidence of a mention whose name is the registry's but for its form, or but for a letter."""

_TITLE_WORDS = 3
_TITLE = 0.65
"""Words of an English title that is a project's name, and its score."""

_FEWEST_LETTERS = 3
_MOST_DIGITS = 4

_LOWER_BEFORE = re.compile(r"\b[a-zåäö]{3,}\s\($")
_PLACE_NAME = "paikannimi"
_SURNAME = "sukunimi"
_BRAND = "nimi"
"""Classes of the Finnish dictionary; the last is of companies, newspapers and the like."""
_BEFORE_HYPHEN = re.compile(r"[\"”»’]|\s?[-–]\w")
_FOOTNOTE = re.compile(r"(?<=[a-zåäö]{3})\d{1,2}$")
_CITED = re.compile(r",?\s\(?(?:19|20)\d\d\b|,\s?[A-ZÅÄÖ]\.|\s(?:et al|ym\.)|\s&\s[A-ZÅÄÖ]")
_SENTENCE_END = re.compile(r"\.(?:\s|$)")
_WHERE_CASE = re.compile(r"(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|aan|ään|een|iin|oon|uun|seen)$")
_WHERE = re.compile(
    r"\b(?:in|at|near|around|from|between|north of|south of|east of|west of|village of|town of|"
    r"i|vid|nära|från|till|kring)\s(?:the\s)?$"
)
_SWEDISH_MINE = re.compile(r"(?<=\w{3})s?gruvan?$")


class NameJudge:
    """Looks readings up in the registry, and tells what speaks for those it does not know."""

    def __init__(
        self,
        registry: RegistryNames,
        analyzer: Analyzer,
        patterns: NamePatterns,
        places: Collection[str],
        site_of: Callable[[str], str | None] | None,
    ) -> None:
        self._registry = registry
        self._analyzer = analyzer
        self._patterns = patterns
        self._places = frozenset(places)
        self._site_of = site_of

    def label(self, words: Words, reading: Reading, forms: NameForms) -> str:
        """The name in its base form, without a footnote's number."""
        run = words.run(*reading.core)
        if reading.cue == "project" and _BEFORE_HYPHEN.match(words.text, run[-1].end):
            # A title before "-hanke" stands as it is: "Kestävään kasvuun -hanke".
            label = " ".join(words.text[run[0].start : run[-1].end].split())
        else:
            label = forms.base(run, words.text, words.language)
        return _FOOTNOTE.sub("", label)

    def registered(self, words: Words, reading: Reading, forms: NameForms) -> Known | None:
        """The registry's entity with this name: spelt alike, or almost so and long."""
        label = self.label(words, reading, forms)
        run = words.run(reading.first, reading.last)
        whole = forms.base(run, words.text, words.language)
        names = [whole, label, words.text[run[0].start : run[-1].end]]
        if reading.kind == "Site" and words.language == "sv":
            # "Kittilägruvan" is the mine of Kittilä.
            names.append(_SWEDISH_MINE.sub("", whole))
        for name in dict.fromkeys(names):
            iri = self._registry.exact(name, reading.kind)
            if iri is None and reading.kind == "Site" and self._site_of is not None:
                iri = self._site_of(name)
            if iri is not None:
                return self._known(iri, _EXACT)
        iri = self._registry.near(label, reading.kind)
        return self._known(iri, _NEAR) if iri is not None else None

    def _known(self, iri: str, confidence: float) -> Known | None:
        entity = self._registry.get(iri)
        return Known(iri, entity.type, confidence) if entity is not None else None

    def retitled(self, words: Words, reading: Reading) -> Reading:
        """An English title in a Finnish or Swedish text about a project is the project's name.

        And what the Finnish dictionary has as a place's name is no organisation.
        """
        run = words.run(*reading.core)
        if reading.cue == "recognizer" and self._is_place(run, words.language):
            return replace(reading, kind="Place")
        if (
            words.language == "en"
            or reading.cue != "recognizer"
            or reading.kind != "Organization"
            or words.text[: run[0].start].endswith("(")
            or len(run) < _TITLE_WORDS
            or head_of(run, "en") is not None
            or not all(self._analyzer.knows(t.surface.lower(), "en") for t in run)
        ):
            return reading
        told = any(head_of([token], words.language) == "Project" for token in words.tokens)
        return replace(reading, kind="Project", cue="project", score=_TITLE) if told else reading

    def _is_term(self, run: list[Token]) -> bool:
        """Whether a name may be the short or the English form of a term."""
        if len(run) == 1:
            return run[0].surface.isupper()
        return head_of(run, "en") is None and all(
            self._analyzer.knows(token.surface.lower(), "en") for token in run
        )

    def _is_place(self, run: list[Token], language: str) -> bool:
        if len(run) != 1:
            return False
        if language == "en":
            # A Finnish name in an English text: "Karhukangas".
            return is_finnish_place(run[0].surface)
        if language != "fi":
            return False
        classes = self._analyzer.classes(run[0].lemmas[0])
        return _PLACE_NAME in classes and _SURNAME not in classes

    def sighting(self, words: Words, reading: Reading, forms: NameForms) -> Sighting | None:
        """What is to be said of a name that the registry does not know; None if it is no name."""
        run = words.run(*reading.core)
        label = self.label(words, reading, forms)
        if self._is_none(run, label, words.language, reading):
            return None
        if names_a_thing(words, reading, self._analyzer):
            return None
        place = reading.kind == "Place"
        begins = (
            reading.cue != "legal form"
            and begins_sentence(words.text, run[0])
            and (words.language != "fi" or self._patterns.is_common(run[0], "fi"))
            and not (place and self._is_place(run, words.language))
        )
        located = place and _is_located(words, run)
        if begins and place and _SENTENCE_END.match(words.text, run[-1].end):
            # The place of publication, a sentence by itself in a list of references.
            begins, located = False, True
        return Sighting(
            surface=words.text[words.tokens[reading.first].start : words.tokens[reading.last].end],
            label=label,
            cue=reading.cue,
            score=reading.score,
            recognized=reading.recognized,
            language=words.language,
            begins_sentence=begins,
            common=self._lacks_name(run, words.language, reading, begins=begins, located=located),
            located=located,
            person_like=reading.cue == "recognizer"
            and reading.kind == "Organization"
            and is_person_like(run, self._analyzer),
            owns=words.language == "en"
            and reading.kind == "Organization"
            and run[-1].surface.endswith(("'s", "’s")),
            brand=words.language == "fi"
            and reading.kind == "Organization"
            and len(run) == 1
            and _BRAND in self._analyzer.classes(run[0].lemmas[0]),
            stands_for_words=reading.cue == "recognizer"
            and self._is_term(run)
            and _stands_for_words(words, run),
            cited=place and bool(_CITED.match(words.text, run[-1].end)),
        )

    def _is_none(self, run: list[Token], label: str, language: str, reading: Reading) -> bool:
        """Months, journals, streets, a head alone ("Maakunta"), numbers."""
        if any(is_calendar(token.lemmas) for token in run):
            return True
        if reading.cue != "legal form" and any(is_publication(t.surface) for t in run):
            return True
        if reading.kind == "Place" and any(is_street(token.lemmas[0]) for token in run):
            return True
        if len(run) == 1 and is_head(run[0], language):
            return True
        if reading.kind == "Place" and "/" in label:
            return True
        letters, digits = sum(map(str.isalpha, label)), sum(map(str.isdigit, label))
        return letters < _FEWEST_LETTERS or digits > _MOST_DIGITS

    def _lacks_name(
        self, run: list[Token], language: str, reading: Reading, *, begins: bool, located: bool
    ) -> bool:
        """Whether a name has no word of its own: "Working Group", "Raw Materials".

        In Finnish and Swedish a capital within a sentence is a name's, whatever the word.
        """
        if reading.cue not in ("recognizer", "head") or reading.kind == "Site":
            return False
        if reading.kind == "Place" and self._is_place(run, language):
            return False
        if reading.cue == "head" and (len(run) > 2 or language == "fi"):
            return False
        alone = reading.kind == "Place" and located and len(run) == 1
        if not begins and (language != "en" or alone):
            return False
        return all(
            self._is_word(token, language)
            or (token.surface.isupper() and len(token.surface) < 5 and len(run) > 1)
            for token in run
        )

    def _is_word(self, token: Token, language: str) -> bool:
        lower = _FOOTNOTE.sub("", token.surface).lower()
        return self._analyzer.knows(lower, language) and lower not in self._places


def _stands_for_words(words: Words, run: list[Token]) -> bool:
    """Whether it follows words in lower case in brackets, here or elsewhere in the passage."""
    if _LOWER_BEFORE.search(words.text[max(0, run[0].start - 24) : run[0].start]):
        return True
    short = run[0].surface.split(":")[0]
    return (
        len(run) == 1
        and short.isupper()
        and any(
            _LOWER_BEFORE.search(words.text[max(0, found.start() - 23) : found.start() + 1])
            for found in re.finditer(rf"\({re.escape(short)}\)", words.text)
        )
    )


def _is_located(words: Words, run: list[Token]) -> bool:
    if words.language == "fi":
        return bool(_WHERE_CASE.search(run[-1].surface))
    return bool(_WHERE.search(words.text[max(0, run[0].start - 16) : run[0].start]))

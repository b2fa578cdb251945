"""What a visitor's words mean: lemmas in each language that knows them, and concepts named."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from functools import cached_property

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.language import Analyzer, tokenize
from amic_kg.language.stopwords import STOPWORDS
from amic_kg.ontology import Entity, Vocabulary
from amic_kg.retrieval import QueryTerm
from amic_kg.search.results import Understanding

QUERY_LANGUAGES = ("fi", "en", "sv")
_PHRASE = re.compile(r'"([^"]+)"')
_CLOSE = 0.78
_LENGTH = 2
"""Letters that a misspelt word has more or fewer than the right one."""
_MOST_ENTITIES_A_WORD = 3


class QueryReader:
    """Reads queries with the vocabulary and the analysis that the index was made with."""

    def __init__(
        self, vocabulary: Vocabulary, analyzer: Analyzer, matcher: VocabularyMatcher
    ) -> None:
        self._vocabulary = vocabulary
        self._analyzer = analyzer
        self._matcher = matcher

    def understand(self, text: str, language: str, plain: Collection[str] = ()) -> Understanding:
        """Words with their lemmas in every language that knows them, and the concepts they name.

        For no concept in `plain` are words taken: they are then words alone.
        """
        phrases = tuple(
            tuple(word.lower() for word, _, _ in tokenize(phrase))
            for phrase in _PHRASE.findall(text)
        )
        bare = _PHRASE.sub(" ", text)
        words = [word for word, _, _ in tokenize(bare)]
        named, entities = self._entities_in(bare, words, language, plain)
        content = [i for i, word in enumerate(words) if word.lower() not in STOPWORDS or i in named]
        terms = tuple(
            self._term(words[i], language, tuple(named.get(i, ())))
            for i in content or range(len(words))
        )
        return Understanding(
            text=text,
            terms=terms,
            phrases=tuple(phrase for phrase in phrases if phrase),
            entities=tuple(entities.values()),
        )

    def _term(self, word: str, language: str, concepts: tuple[str, ...]) -> QueryTerm:
        lemmas: dict[str, None] = {}
        parts: dict[str, None] = {}
        for tongue in dict.fromkeys((language, *QUERY_LANGUAGES)):
            if tongue in QUERY_LANGUAGES and self._analyzer.knows(word, tongue):
                token = self._analyzer.tokens(word, tongue)[0]
                lemmas.update(dict.fromkeys(token.lemmas))
                parts.update(dict.fromkeys(token.parts))
        if not lemmas:
            lemmas.update(dict.fromkeys(self._analyzer.tokens(word, "fi")[0].lemmas))
        return QueryTerm(word.lower(), tuple(lemmas), tuple(parts), concepts)

    def _entities_in(
        self, text: str, words: Sequence[str], language: str, plain: Collection[str]
    ) -> tuple[dict[int, list[str]], dict[str, Entity]]:
        """Which words name which entities; the visitor's language first, longer names before."""
        named: dict[int, list[str]] = {}
        entities: dict[str, Entity] = {}
        # A visitor types names in lower case: the text as typed, then with capitals.
        for variant in dict.fromkeys((text, text.title(), text.upper())):
            for tongue in dict.fromkeys((language, *QUERY_LANGUAGES)):
                if tongue not in QUERY_LANGUAGES:
                    continue
                tokens, matches = self._matcher.find(variant, tongue)
                if len(tokens) != len(words):
                    continue
                for match in matches:
                    if match.entity in plain:
                        continue
                    covered = range(match.first, match.last + 1)
                    if all(match.entity in named.get(i, ()) for i in covered):
                        continue
                    if any(len(named.get(i, ())) >= _MOST_ENTITIES_A_WORD for i in covered):
                        continue
                    entity = self._vocabulary.get(match.entity)
                    if entity is not None:
                        entities[entity.iri] = entity
                        for i in covered:
                            named.setdefault(i, []).append(match.entity)
        return named, entities

    def suggest(self, understanding: Understanding) -> str | None:
        """The query with unknown words put right by the words of the vocabulary."""
        corrected, changed = understanding.text, False
        for term in understanding.terms:
            if term.concepts or term.surface in self._known_words:
                continue
            close = get_close_matches(term.surface, self._alike(term.surface), n=1, cutoff=_CLOSE)
            if close:
                corrected = re.sub(
                    rf"\b{re.escape(term.surface)}\b", close[0], corrected, flags=re.IGNORECASE
                )
                changed = True
        return corrected if changed else None

    @cached_property
    def _known_words(self) -> dict[str, None]:
        words: dict[str, None] = {}
        for entity in self._vocabulary:
            for _, text, rank in entity.labels():
                if rank != "hidden":
                    words.update(
                        dict.fromkeys(w.lower() for w, _, _ in tokenize(text) if len(w) > 3)
                    )
        return words

    def _alike(self, word: str) -> list[str]:
        """Known words worth comparing: about as long, and alike at the beginning or the end."""
        return [
            known
            for length in range(len(word) - _LENGTH, len(word) + _LENGTH + 1)
            for known in self._by_length.get(length, ())
            if known[:1] == word[:1] or known[-3:] == word[-3:]
        ]

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        grouped: dict[int, list[str]] = {}
        for word in self._known_words:
            grouped.setdefault(len(word), []).append(word)
        return grouped

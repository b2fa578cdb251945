"""An extraction as the passages that are indexed: prepared token streams for every engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from amic_kg.index.faces import document_facets
from amic_kg.language import Analyzer, Token
from amic_kg.ontology import Vocabulary
from amic_kg.records import Extraction, Passage
from amic_kg.retrieval import IndexedPassage


class Analysed(Protocol):
    """A passage with its tokens and the entities found in it."""

    @property
    def passage(self) -> Passage: ...
    @property
    def tokens(self) -> list[Token]: ...
    @property
    def entities(self) -> tuple[str, ...]: ...


def indexed_passages(
    extraction: Extraction,
    analysed: Sequence[Analysed],
    analyzer: Analyzer,
    vocabulary: Vocabulary,
    source: str = "",
) -> list[IndexedPassage]:
    """The passages of a document as index entries.

    Of a restricted document its title and abstract alone are indexed: not even a search may tell
    what its pages say.
    """
    record = extraction.record
    title = _title_stream(extraction, analyzer)
    labels = {page.number: page.label for page in extraction.pages}
    subjects = [subject.entity for subject in extraction.subjects]
    # Not even a facet may tell what the pages of a restricted document name.
    named = [] if record.access == "restricted" else [e for item in analysed for e in item.entities]
    facets = document_facets(
        _with_broader([*subjects, *named], vocabulary),
        vocabulary,
        source=source,
        creators=record.creators,
    )
    if record.access == "restricted":
        return [_public_entry(extraction, analyzer, vocabulary, title, facets)]
    return [
        _entry(
            extraction,
            item.passage,
            item.tokens,
            title=title,
            concepts=_with_broader(item.entities, vocabulary),
            page_label=labels.get(item.passage.page),
            facets=facets,
        )
        for item in analysed
    ] or [_public_entry(extraction, analyzer, vocabulary, title, facets)]


def _entry(
    extraction: Extraction,
    passage: Passage,
    tokens: Sequence[Token],
    *,
    title: str,
    concepts: tuple[str, ...],
    facets: Mapping[str, tuple[str, ...]],
    page_label: str | None = None,
) -> IndexedPassage:
    record = extraction.record
    return IndexedPassage(
        document=extraction.key,
        number=passage.number,
        page=passage.page,
        language=passage.language,
        kind=record.kind,
        year=record.year,
        access=record.access,
        surface=" ".join(token.surface.lower() for token in tokens),
        lemma=" ".join(token.lemmas[0] for token in tokens),
        parts=" ".join(_further(tokens)),
        title=title,
        concepts=concepts,
        work_packages=record.work_packages,
        page_label=page_label,
        text=passage.text,
        issued=record.issued,
        facets=facets,
    )


def _public_entry(
    extraction: Extraction,
    analyzer: Analyzer,
    vocabulary: Vocabulary,
    title: str,
    facets: Mapping[str, tuple[str, ...]],
) -> IndexedPassage:
    record = extraction.record
    text = record.abstract.get(extraction.language) or next(iter(record.abstract.values()), "")
    text = text or record.title_in(extraction.language)
    passage = Passage(0, 1, 0, len(text), extraction.language, text)
    subjects = _with_broader((found.entity for found in extraction.subjects), vocabulary)
    tokens = analyzer.tokens(text, extraction.language)
    return _entry(extraction, passage, tokens, title=title, concepts=subjects, facets=facets)


def _title_stream(extraction: Extraction, analyzer: Analyzer) -> str:
    words: dict[str, None] = {}
    for language, title in extraction.record.title.items():
        spoken = extraction.language if language == "und" else language
        for token in analyzer.tokens(title, spoken):
            words.update(dict.fromkeys((*token.lemmas, *token.parts)))
    return " ".join(words)


def _further(tokens: Iterable[Token]) -> Iterable[str]:
    for token in tokens:
        yield from token.lemmas[1:]
        yield from token.parts


def _with_broader(entities: Iterable[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for entity in entities:
        found[entity] = None
        found.update(dict.fromkeys(vocabulary.ancestors(entity)))
    return tuple(found)

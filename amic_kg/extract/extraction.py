"""A parsed document to all that is known of it; pure: the same input gives the same graph."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.bibliography import bibliographic_statements, build_record, given_identifiers
from amic_kg.extract.calibration import Calibration, shipped_calibration
from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.extract.curation import apply_decisions
from amic_kg.extract.front_matter import FrontMatterReader
from amic_kg.extract.given_things import GivenThings, unknown_things
from amic_kg.extract.mentions import MentionFinder
from amic_kg.extract.names.candidates import merge_candidates
from amic_kg.extract.passages import split_passages
from amic_kg.extract.statements import find_statements
from amic_kg.extract.subject_model import shipped_model
from amic_kg.extract.subjects import SubjectRanker
from amic_kg.iris import document_key
from amic_kg.language import Analyzer, LanguageDetector
from amic_kg.ontology import Vocabulary
from amic_kg.recognition import NameRecognizer
from amic_kg.records import (
    STANDARD_THRESHOLDS,
    Decision,
    Extraction,
    Mention,
    ParsedDocument,
    Statement,
    Thresholds,
)

EXTRACTOR_VERSION = "4"
"""Raise it with every change that gives other mentions, statements, subjects or passages."""

_SAMPLE = 4000
_SAMPLED_PAGES = 20
"""Characters of a page, and pages of a document, that tell its language."""


class Extractor:
    """Holds what every document needs: vocabulary, matcher, language models."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
        detector: LanguageDetector,
        recognizer: NameRecognizer | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.analyzer = analyzer
        self._detector = detector
        self._calibration = calibration or shipped_calibration()
        self._mentions = MentionFinder(vocabulary, analyzer, recognizer, self._calibration)
        self._front_matter = FrontMatterReader(analyzer, vocabulary)
        self._things = GivenThings(vocabulary)
        self._subjects = SubjectRanker(vocabulary, analyzer, shipped_model())

    @property
    def matcher(self) -> VocabularyMatcher:
        """The labels of the vocabulary as they are looked for, in texts and in queries."""
        return self._mentions.concepts.matcher

    def extract(
        self,
        parsed: ParsedDocument,
        *,
        key: str | None,
        sha256: str,
        file_name: str,
        metadata: Mapping[str, object],
        pipeline_version: str,
        language: str | None = None,
        decisions: Sequence[Decision] = (),
        thresholds: Thresholds = STANDARD_THRESHOLDS,
    ) -> tuple[Extraction, list[AnalysedPassage]]:
        """The extraction, and its passages with their tokens for the index.

        Without a `key` one is minted from the record's identifiers, else from the content;
        without a `language` it is detected.
        """
        language = language or self._language(parsed)
        front_matter = self._front_matter.read(parsed.pages, language)
        record = build_record(
            metadata,
            parsed.metadata,
            parsed.pages,
            file_name,
            language,
            front_matter=front_matter,
        )
        passages = split_passages(parsed.pages, self._detector, language)
        found = self._mentions.find(
            passages, {page.number: page.text for page in parsed.pages}, least=thresholds.given
        )
        mentions = tuple(mention for item in found.passages for mention in item.mentions)
        things, unclear = self._things.read(metadata)
        extraction = Extraction(
            # A chapter or a reprint prints the identifier of another work: the source's count.
            key=key or document_key(sha256, given_identifiers(metadata, parsed.metadata)),
            sha256=sha256,
            media_type=parsed.media_type,
            file_name=file_name,
            record=record,
            language=language,
            pages=parsed.pages,
            passages=passages,
            mentions=mentions,
            subjects=self._subjects.rank(found.passages, record.title_in(language), language),
            pipeline_version=pipeline_version,
            warnings=(*parsed.warnings, *unclear),
            statements=(
                *bibliographic_statements(front_matter, parsed.pages),
                *(
                    calibrated
                    for statement in find_statements(found.passages, parsed.pages, self.vocabulary)
                    if (calibrated := self._calibrated(statement)).confidence >= thresholds.given
                ),
            ),
            candidates=merge_candidates((*found.candidates, *unknown_things(things))),
            things=things,
            given=metadata,
            embedded=parsed.metadata,
        )
        extraction = apply_decisions(extraction, decisions, self.vocabulary)
        return extraction, _as_decided(found.passages, extraction.mentions)

    def _calibrated(self, statement: Statement) -> Statement:
        confidence = self._calibration.confidence("statement", statement.confidence)
        return replace(statement, confidence=confidence)

    def _language(self, parsed: ParsedDocument) -> str:
        """The language of most of the text on pages spread over the document."""
        votes: Counter[str] = Counter()
        step = max(1, len(parsed.pages) // _SAMPLED_PAGES)
        for page in parsed.pages[::step]:
            for paragraph in page.text[:_SAMPLE].split("\n\n")[:6]:
                tongue = self._detector.detect(paragraph)
                if tongue != "und":
                    votes[tongue] += len(paragraph)
        return votes.most_common(1)[0][0] if votes else "und"


def _as_decided(
    analysed: Iterable[AnalysedPassage], mentions: Iterable[Mention]
) -> list[AnalysedPassage]:
    """The passages with those mentions that are left: the index follows the curators too."""
    kept: defaultdict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        kept[mention.passage].append(mention)
    return [replace(item, mentions=tuple(kept[item.passage.number])) for item in analysed]

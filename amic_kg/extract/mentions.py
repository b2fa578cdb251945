"""Mentions of a document: concepts and registered names, and names that become candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.calibration import Calibration, kind_of
from amic_kg.extract.concepts.finding import ConceptFinder
from amic_kg.extract.concepts.matcher import Match
from amic_kg.extract.names.linking import NamedPassage, NameLinker
from amic_kg.extract.quoting import context
from amic_kg.extract.sites.linking import SiteLinker
from amic_kg.language import Analyzer
from amic_kg.ontology import Vocabulary
from amic_kg.recognition import NameRecognizer
from amic_kg.records import Candidate, Mention, Passage


@dataclass(frozen=True, slots=True)
class FoundMentions:
    """The passages of a document with their mentions, and the candidates among those."""

    passages: tuple[AnalysedPassage, ...]
    candidates: tuple[Candidate, ...]


class MentionFinder:
    """The vocabulary before the recogniser of names; a document is read as one.

    Without a recogniser names are found by the registry and by their patterns alone.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
        recognizer: NameRecognizer | None,
        calibration: Calibration,
    ) -> None:
        self.concepts = ConceptFinder(vocabulary, analyzer)
        self._recognizer = recognizer
        self._calibration = calibration
        sites = SiteLinker(vocabulary)

        def site_of(name: str) -> str | None:
            link = sites.link(name)
            return link.iri if link else None

        self._linker = NameLinker(vocabulary, analyzer, site_of=site_of)

    def find(
        self, passages: Sequence[Passage], pages: Mapping[int, str], *, least: float
    ) -> FoundMentions:
        """The mentions in `passages` of at least the confidence `least`.

        `pages` are the page texts that the offsets of passages and mentions count in.
        """
        texts = [(passage.text, passage.language) for passage in passages]
        terms = self.concepts.prepare(texts)
        found = [self.concepts.find(text, language, terms) for text, language in texts]
        names = self._recognizer.names(texts) if self._recognizer else [[] for _ in texts]
        linked = self._linker.link(
            [
                NamedPassage(passage, tokens, matches, recognized)
                for passage, (tokens, matches), recognized in zip(
                    passages, found, names, strict=True
                )
            ],
            {short: definition.long for short, definition in terms.abbreviations.items()},
        )
        proposed = frozenset(candidate.iri for candidate in linked.candidates)
        analysed = tuple(
            AnalysedPassage(
                passage,
                tokens,
                tuple(
                    mention
                    for match in matches
                    if (
                        mention := self._mention(match, passage, pages[passage.page], proposed)
                    ).confidence
                    >= least
                ),
            )
            for passage, (tokens, _), matches in zip(passages, found, linked.matches, strict=True)
        )
        given = {mention.entity for item in analysed for mention in item.mentions}
        return FoundMentions(analysed, tuple(c for c in linked.candidates if c.iri in given))

    def _mention(
        self, match: Match, passage: Passage, page: str, candidates: frozenset[str]
    ) -> Mention:
        start, end = passage.start + match.start, passage.start + match.end
        prefix, suffix = context(page, start, end)
        proposed = match.entity in candidates
        return Mention(
            entity=match.entity,
            type=match.type,
            surface=page[start:end],
            page=passage.page,
            start=start,
            end=end,
            prefix=prefix,
            suffix=suffix,
            confidence=self._calibration.confidence(
                kind_of(match.type, proposed=proposed), match.confidence
            ),
            passage=passage.number,
            status="proposed" if proposed else "accepted",
        )

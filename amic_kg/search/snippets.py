"""The sentence of a passage that answers a query best, its hits marked, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping

from amic_kg.extract.concepts.matcher import VocabularyMatcher
from amic_kg.extract.passages import sentences
from amic_kg.language import Token
from amic_kg.ontology import Vocabulary
from amic_kg.retrieval import PassageHit
from amic_kg.search.results import Highlight, Understanding

_SNIPPET = 320
_WHOLE_SENTENCE = 0.6
"""What makes a sentence better than a heading or a line of keywords with as many hits."""


def snippet(
    hit: PassageHit,
    understanding: Understanding,
    matcher: VocabularyMatcher,
    vocabulary: Vocabulary,
) -> tuple[tuple[Highlight, ...], Mapping[str, str]]:
    """The sentence of the passage that answers best, its hits marked, and the reasons.

    Reasons come by concept or lemma, so that each is told once however often it is met: the word
    itself, or "kaivosvesien = mine water" where a concept leads from what was typed to what was
    found. Parts of a compound are marked only where the passage has nothing better.
    """
    tokens, matches = matcher.find(hit.text, hit.language)
    spans: dict[tuple[int, int], float] = {}
    reasons: dict[str, str] = {}
    whole, parts = _wanted_words(understanding)
    wanted = {concept for term in understanding.terms for concept in term.concepts}
    for match in matches:
        met = wanted & {match.entity, *vocabulary.ancestors(match.entity)}
        if met:
            spans[match.start, match.end] = 1.0
            surface = hit.text[match.start : match.end].lower()
            named = tokens[match.first : match.last + 1]
            typed = all(_weight(token, whole, frozenset()) for token in named)
            for iri in sorted(met):
                bridge = surface if typed else f"{surface} = {understanding.words_of(iri)}"
                reasons.setdefault(iri, bridge)
    weighed = [(token, weight) for token in tokens if (weight := _weight(token, whole, parts))]
    least = max((weight for _, weight in weighed), default=0.0) if not spans else 1.0
    for token, weight in weighed:
        if weight >= least and not any(first <= token.start < last for first, last in spans):
            spans[token.start, token.end] = weight
            reasons.setdefault(token.lemmas[0], token.surface.lower())
    return _marked(hit.text, spans), reasons


def _wanted_words(understanding: Understanding) -> tuple[frozenset[str], frozenset[str]]:
    """Words that are a hit wherever they stand, and parts of compounds that are half of one."""
    whole = {word for phrase in understanding.phrases for word in phrase}
    parts: set[str] = set()
    for term in understanding.terms:
        whole.update((term.surface, *term.lemmas))
        parts.update(term.parts)
    return frozenset(whole), frozenset(parts)


def _weight(token: Token, whole: frozenset[str], parts: frozenset[str]) -> float:
    surface = token.surface.lower()
    if surface in whole or not whole.isdisjoint(token.lemmas):
        return 1.0
    if surface in parts or not parts.isdisjoint(token.lemmas) or not whole.isdisjoint(token.parts):
        return 0.5
    return 0.0


def _marked(text: str, spans: Mapping[tuple[int, int], float]) -> tuple[Highlight, ...]:
    start, end = _window(text, spans)
    pieces: list[Highlight] = [Highlight("… ", hit=False)] if start > 0 else []
    position = start
    for first, last in sorted(spans):
        if first < position or last > end:
            continue
        if first > position:
            pieces.append(Highlight(text[position:first], hit=False))
        pieces.append(Highlight(text[first:last], hit=True))
        position = last
    if position < end:
        pieces.append(Highlight(text[position:end], hit=False))
    if end < len(text.rstrip()):
        pieces.append(Highlight(" …", hit=False))
    return tuple(pieces)


def _window(text: str, spans: Mapping[tuple[int, int], float]) -> tuple[int, int]:
    """The sentence with the most hits, and the next ones as far as the snippet's length allows."""
    bounds = list(sentences(text)) or [(0, len(text))]
    weights = [
        sum(weight for (first, last), weight in spans.items() if start <= first and last <= end)
        + (_WHOLE_SENTENCE if text[start:end].rstrip().endswith((".", "!", "?")) else 0.0)
        for start, end in bounds
    ]
    best = max(range(len(bounds)), key=lambda i: (weights[i], -i))
    start, end = bounds[best]
    if end - start > _SNIPPET:
        inside = [first for first, last in sorted(spans) if start <= first < end]
        if inside and inside[0] - start > _SNIPPET // 2:
            start = text.rfind(" ", start, inside[0] - _SNIPPET // 4) + 1
        cut = text.rfind(" ", start, start + _SNIPPET)
        return start, cut if cut > start else min(end, start + _SNIPPET)
    for _, following in bounds[best + 1 :]:
        if following - start > _SNIPPET:
            break
        end = following
    return start, end

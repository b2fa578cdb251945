"""Passages with given mentions: what statements are drawn from, without matching or linking."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.passages import split_passages
from amic_kg.extract.statements import find_statements
from amic_kg.language import LanguageDetector
from amic_kg.ontology import SCHEME_TYPES, Vocabulary
from amic_kg.records import Mention, Page, Statement

BASE = "https://w3id.org/amic/"
_SCHEMES = {kind: scheme for scheme, kind in SCHEME_TYPES.items()}
_MARKED = re.compile(r"\[([^\[\]]+)\]\((\w+):([^)]+)\)")


def entity(kind: str, key: str) -> str:
    return (
        f"{BASE}vocab/{_SCHEMES[kind]}/{key}"
        if kind in _SCHEMES
        else f"{BASE}id/{kind.lower()}/{key}"
    )


def unmarked(text: str) -> tuple[str, list[Mention]]:
    """A text in which `[Kevitsan kaivos](Site:kevitsa)` marks a mention, and its mentions."""
    plain, mentions, at = "", [], 0
    for match in _MARKED.finditer(text):
        plain += text[at : match.start()]
        start, plain = len(plain), plain + match[1]
        iri = entity(match[2], match[3])
        mentions.append(Mention(iri, match[2], match[1], 1, start, len(plain), "", "", 0.9, 1))
        at = match.end()
    return plain + text[at:], mentions


@pytest.fixture
def statements(vocabulary: Vocabulary) -> Callable[..., tuple[Statement, ...]]:
    """Statements of a marked text in a language; each quote is checked against its page."""

    def statements(language: str, text: str) -> tuple[Statement, ...]:
        plain, mentions = unmarked(text)
        pages = (Page(1, plain),)
        passages = [
            AnalysedPassage(
                passage,
                [],
                tuple(m for m in mentions if passage.start <= m.start < passage.end),
            )
            for passage in split_passages(pages, _OneTongue(language), language)
        ]
        found = find_statements(passages, pages, vocabulary)
        for statement in found:
            assert plain[statement.start : statement.end] == statement.surface
            assert plain[: statement.start].endswith(statement.prefix)
            assert plain[statement.end :].startswith(statement.suffix)
        return found

    return statements


@pytest.fixture
def draw(statements) -> Callable[..., set[tuple[str, str, str]]]:
    """The triples of a marked text, with the last steps of the names alone."""

    def draw(language: str, text: str) -> set[tuple[str, str, str]]:
        return {
            tuple(re.split(r"[/#]", term)[-1] for term in (s.subject, s.predicate, s.object))
            for s in statements(language, text)
        }

    return draw


class _OneTongue(LanguageDetector):
    """Says the language that a test says, for a sentence is too short to tell."""

    def __init__(self, language: str) -> None:
        self._language = language

    def detect(self, text: str, *, context: str | None = None) -> str:
        return self._language

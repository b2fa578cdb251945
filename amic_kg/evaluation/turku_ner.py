"""The Turku NER corpus as raw text with names, and how well a recogniser finds them in it.

Source: Luoma et al., A Broad-coverage Corpus for Finnish Named Entity Recognition, LREC 2020;
CC BY-SA 4.0. The corpus is the operator's own copy; nothing of it is in this repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Literal

from amic_kg.errors import UnreadableInput
from amic_kg.evaluation.figures import SCORE_HEADINGS, Section, score_cells
from amic_kg.evaluation.scores import Score, totals
from amic_kg.recognition import NameRecognizer

LABELS = ("PER", "ORG", "LOC")
"""What is scored; the corpus also marks products, events and dates."""

_CLOSING = frozenset([".", ",", ":", ";", "!", "?", ")", "]", "}", "%", "°", "'", "…", "’"])
_OPENING = frozenset(["(", "[", "{"])
_QUOTES = frozenset(['"', "”", "“", "»", "«"])

_DOCUMENT = "-DOCSTART-"


@dataclass(frozen=True, slots=True)
class NamedText:
    """A sentence as it would be printed; `marks` are what annotators found: start, end, label.

    `document` numbers the documents of a part from 1.
    """

    text: str
    marks: tuple[tuple[int, int, str], ...]
    document: int

    @property
    def names(self) -> frozenset[tuple[int, int, str]]:
        """The marks that are scored."""
        return frozenset(mark for mark in self.marks if mark[2] in LABELS)


@dataclass(frozen=True, slots=True)
class WrongName:
    """A name found that is none (`invented`), or one that was missed."""

    kind: Literal["invented", "missed"]
    label: str
    surface: str
    text: str


@dataclass(frozen=True, slots=True)
class NameScores:
    """Counts by label, exact spans alone being right; errors in the order of the corpus."""

    scores: Mapping[str, Score]
    errors: tuple[WrongName, ...]


def has_part(folder: Path, part: str) -> bool:
    """Whether the corpus under `folder` has `part`; its test is often kept elsewhere."""
    return next(folder.rglob(f"{part}.tsv"), None) is not None


def read_corpus(folder: Path, part: str) -> list[NamedText]:
    """The sentences of `part` (train, dev or test) of the corpus anywhere under `folder`.

    Raises UnreadableInput where the part is not there or not in two columns.
    """
    found = sorted(folder.rglob(f"{part}.tsv"))
    if not found:
        raise UnreadableInput(
            str(folder),
            f"has no file {part}.tsv",
            "give the folder of the Turku NER corpus, with its data/conll",
        )
    return list(_sentences(found[0]))


def score_names(
    recognizer: NameRecognizer,
    texts: Sequence[NamedText],
    *,
    language: str = "fi",
    by_document: bool = True,
) -> NameScores:
    """Hold what `recognizer` finds against the names, by characters and label.

    The sentences of a document are given together, as ingest gives its passages; else one by one.
    """
    judged: list[tuple[str, Score]] = [(label, Score()) for label in LABELS]
    errors: list[WrongName] = []
    keys = [text.document if by_document else number for number, text in enumerate(texts)]
    for _, group in groupby(zip(keys, texts, strict=True), key=itemgetter(0)):
        together = [text for _, text in group]
        answers = recognizer.names([(text.text, language) for text in together])
        for text, answer in zip(together, answers, strict=True):
            given = {(name.start, name.end, str(name.label)) for name in answer}
            for start, end, label in sorted(given | text.names):
                key = (start, end, label)
                if key in given and key in text.names:
                    judged.append((label, Score(right=1)))
                    continue
                kind: Literal["invented", "missed"] = "invented" if key in given else "missed"
                judged.append((label, Score(**{kind: 1})))
                errors.append(WrongName(kind, label, text.text[start:end], text.text))
    return NameScores(totals(judged), tuple(errors))


def turku_section(recognizer: NameRecognizer, folder: Path, part: str) -> Section:
    """The scores on a part of the corpus as a table."""
    found = score_names(recognizer, read_corpus(folder, part))
    return Section(
        f"Names in Finnish text: Turku NER, {part}",
        ("label", *SCORE_HEADINGS),
        tuple((label, *score_cells(score)) for label, score in found.scores.items()),
        note="Exact spans in raw text, a document at a time.",
        errors=tuple(
            f"{error.kind} {error.label} {error.surface!r} in: {error.text}"
            for error in found.errors
        ),
    )


def detokenize(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """`words` as a printed sentence, and where each word stands in it.

    Marks that close go to the word before, marks that open to the one after; a quotation mark
    opens and closes by turns.
    """
    text = ""
    spans = []
    glue = True
    quoted = False
    for word in words:
        closes = word in _CLOSING or (word in _QUOTES and quoted)
        if not glue and not closes:
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
        glue = word in _OPENING or (word in _QUOTES and not quoted)
        if word in _QUOTES:
            quoted = not quoted
    return text, spans


def _sentences(path: Path) -> Iterator[NamedText]:
    words: list[str] = []
    tags: list[str] = []
    document = 0
    lines = path.read_text(encoding="utf-8").split("\n")
    for number, line in enumerate((*lines, ""), 1):
        if not line.strip():
            if words:
                text, spans = detokenize(words)
                yield NamedText(text, tuple(_marks(spans, tags)), document)
            words, tags = [], []
            continue
        word, _, tag = line.partition("\t")
        if not tag:
            raise UnreadableInput(
                f"{path.name}, line {number}",
                "has no tag after the word",
                "give the corpus in two columns, as in its data/conll",
            )
        if word == _DOCUMENT:
            document += 1
            continue
        words.append(word)
        tags.append(tag)


def _marks(spans: Sequence[tuple[int, int]], tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    first: int | None = None
    for position, tag in enumerate((*tags, "O")):
        if tag.startswith("I-"):
            continue
        if first is not None:
            yield spans[first][0], spans[position - 1][1], tags[first][2:]
        first = position if tag.startswith("B-") else None

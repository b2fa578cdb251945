"""Passages to statements: what the rules draw, with its evidence, and what "the mine" means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.quoting import context
from amic_kg.extract.statements import fields, projects, sites, stances, studies
from amic_kg.extract.statements.amounts import datatype_of
from amic_kg.extract.statements.clauses import Sentence, claims, is_of_others, read_sentences
from amic_kg.extract.statements.known import KnownFacts
from amic_kg.extract.statements.nodes import Drawn, StudyNodes
from amic_kg.extract.statements.patterns import Found
from amic_kg.extract.statements.reading import Antecedent, Reader, Reading, Thing
from amic_kg.iris import ONTOLOGY
from amic_kg.ontology import Vocabulary
from amic_kg.records import Mention, Page, Statement

LEAST = 0.5
"""What is less sure is not given at all."""

_ONLY_PROJECT = 0.96
_NEAREST = 0.9
"""How sure it is that "the project" means the one of the document; "the mine" that just named."""

_SUBJECT = 8
"""How far from its start a sentence names the site that it is about: behind "the", "gruvan i"."""

_BORROWED = {"funder": "https://schema.org/funder"}
"""Predicates that the ontology takes from elsewhere, by the name that rules have for them."""

_LITERALS = {"budget": "decimal"}
_FIELD_TYPES = (*projects.TYPES, "Site", "Place", "Commodity", "LifecycleStage")


def find_statements(
    passages: Sequence[AnalysedPassage], pages: tuple[Page, ...], vocabulary: Vocabulary
) -> tuple[Statement, ...]:
    """What the text says of sites, projects, studies and stances, in order of place.

    Each statement carries the verbatim sentence, row or item as its evidence; the same one is given
    once a page. Pure: the same passages give the same statements.
    """
    texts = {page.number: page.text for page in pages}
    best: dict[tuple[str, str, str, int], Drawn] = {}
    for drawn in _finder(vocabulary).draw(passages, pages):
        if drawn.confidence < LEAST:
            continue
        key = (drawn.subject, drawn.predicate, drawn.object, drawn.sentence.page)
        known = best.get(key)
        if known is None or drawn.confidence > known.confidence:
            best[key] = drawn
    return tuple(
        _statement(drawn, texts[drawn.sentence.page])
        for (subject, predicate, value, page), drawn in best.items()
        # What is mined there is there: the page says it once.
        if predicate != "hasCommodity" or (subject, "produces", value, page) not in best
    )


def _statement(drawn: Drawn, page: str) -> Statement:
    start, end = drawn.sentence.start, drawn.sentence.end
    prefix, suffix = context(page, start, end)
    return Statement(
        subject=drawn.subject,
        predicate=_BORROWED.get(drawn.predicate) or ONTOLOGY + drawn.predicate,
        object=drawn.object,
        datatype=drawn.datatype,
        surface=page[start:end],
        page=drawn.sentence.page,
        start=start,
        end=end,
        prefix=prefix,
        suffix=suffix,
        confidence=drawn.confidence,
    )


@lru_cache(maxsize=2)
def _finder(vocabulary: Vocabulary) -> _Finder:
    return _Finder(vocabulary)


class _Finder:
    """All rules, made once for a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._reader = Reader(vocabulary)
        self._sites = sites.SiteRules(vocabulary)
        self._projects = projects.ProjectRules(vocabulary)
        self._registry = KnownFacts(vocabulary)
        self._studies = studies.StudyRules(vocabulary)
        self._stances = stances.StanceRules()

    def draw(self, passages: Sequence[AnalysedPassage], pages: tuple[Page, ...]) -> Iterator[Drawn]:
        """Every statement that a rule draws; nodes are numbered in order of place."""
        context = _Context(_project_of(passages))
        nodes = StudyNodes()
        stance = 0
        seen: set[tuple[object, ...]] = set()
        for sentence in read_sentences(passages, pages):
            context.enter(sentence)
            nodes.enter(sentence)
            if sentence.shape != "prose":
                yield from self._lines(sentence, context)
            elif claims(sentence):
                yield from self._facts(sentence, context)
                nodes.add(sentence, self._study(sentence, context))
                for reported in self._reported(sentence, context):
                    key = (reported.group, reported.stance, reported.targets, sentence.page)
                    if key not in seen:
                        seen.add(key)
                        stance += 1
                        yield from _of_stance(f"stance-{stance}", reported, sentence)
            context.leave(sentence)
        yield from nodes.drawn()

    def _facts(self, sentence: Sentence, context: _Context) -> Iterator[Drawn]:
        near = context.meant("S")
        reading = self._reader.read(sentence, sites.TYPES, near)
        others = is_of_others(sentence.text)
        site = Thing("S", near["S"].value, near["S"].certainty) if "S" in near else None
        for found in self._sites.find(reading, site):
            yield from _of_found(found, sentence)
        for found in self._registry.of_operators(reading, context.sites):
            yield from _of_found(found, sentence)
        if not others:
            meant = context.meant("J")
            reading = self._reader.read(sentence, projects.TYPES, meant)
            implied = Thing("J", meant["J"].value, meant["J"].certainty) if "J" in meant else None
            for found in self._projects.find(reading, implied, near=context.near("J")):
                yield from _of_found(found, sentence)

    def _study(self, sentence: Sentence, context: _Context) -> Sequence[studies.Bundle]:
        reading = self._reader.read(sentence, studies.TYPES, context.meant("S"))
        return tuple(self._studies.find(reading))

    def _reported(self, sentence: Sentence, context: _Context) -> Iterator[stances.ReportedStance]:
        if not any(mention.type == "StakeholderGroup" for mention in sentence.mentions):
            return
        reading = self._reader.read(sentence, stances.TYPES, context.meant("SJ"))
        yield from self._stances.find(reading, context.last_target)

    def _lines(self, sentence: Sentence, context: _Context) -> Iterator[Drawn]:
        """Fields and table rows; a heading gives nothing."""
        for line in _split_lines(sentence):
            reading = self._reader.read(line, _FIELD_TYPES)
            for cell in self._cells(reading, context):
                subject = cell.subject.value if cell.subject else context.project
                if subject is not None:
                    found = Found(cell.predicate, None, cell.object, cell.confidence, 0, 0)
                    yield from _of_found(found, line, subject)

    def _cells(self, reading: Reading, context: _Context) -> Iterable[fields.Cell]:
        header = fields.read_header(reading.text)
        if header is not None:
            context.header, context.labels = header, ()
            return ()
        cells = [
            cell for label in (*context.labels, None) for cell in fields.find_field(reading, label)
        ]
        context.labels = fields.labels_of(reading.text)
        if cells:
            return cells
        if context.header is None:
            return fields.read_item(reading)
        return fields.read_row(reading, context.header, reading.text)


class _Context:
    """What the sentences before say about what the next one means."""

    def __init__(self, project: str | None) -> None:
        self.project = project
        self.header: fields.Header | None = None
        self.labels: tuple[str, ...] = ()
        self.last_target: str | None = None
        self.sites: dict[str, None] = {}
        """The sites that the page has named so far."""
        self._place: tuple[int, int] = (0, 0)
        self._named: dict[str, str | None] = {}
        self._subject: str | None = None

    def enter(self, sentence: Sentence) -> None:
        if (sentence.page, sentence.paragraph) != self._place:
            if sentence.page != self._place[0]:
                self.sites = {}
            self._place = (sentence.page, sentence.paragraph)
            self._named = {}
            self._subject = None
            self.last_target = None
        if sentence.shape == "prose":
            self.header, self.labels = None, ()

    def leave(self, sentence: Sentence) -> None:
        for letter, kind in (("S", "Site"), ("J", "Project")):
            named = {m.entity for m in sentence.mentions if m.type == kind}
            if named:
                self._named[letter] = named.pop() if len(named) == 1 else None
        self.sites.update((m.entity, None) for m in sentence.mentions if m.type == "Site")
        first = sentence.mentions[0] if sentence.mentions else None
        if first is not None:
            begins = first.type == "Site" and first.start - sentence.start < _SUBJECT
            self._subject = first.entity if begins else None
        both = {m.entity for m in sentence.mentions if m.type in ("Site", "Project")}
        if both:
            self.last_target = both.pop() if len(both) == 1 else None

    def near(self, letter: str) -> bool:
        """Whether the paragraph has named what a noun alone means, not only the document."""
        return self._named.get(letter) is not None

    def meant(self, letters: str) -> Mapping[str, Antecedent]:
        """What a noun alone means here, by letter: "the mine", "the project"."""
        found: dict[str, Antecedent] = {}
        for letter in letters:
            near = self._named.get(letter)
            if near is not None:
                found[letter] = Antecedent(near, _NEAREST, near == self._subject)
            elif letter == "J" and self.project is not None and letter not in self._named:
                found[letter] = Antecedent(self.project, _ONLY_PROJECT)
        return found


def _project_of(passages: Sequence[AnalysedPassage]) -> str | None:
    """The project that the document is about: the only one, or the one its opening names."""
    counts: Counter[str] = Counter()
    opening: set[str] = set()
    for number, analysed in enumerate(passages):
        named = [m.entity for m in analysed.mentions if m.type == "Project"]
        counts.update(named)
        if number < 2:
            opening.update(named)
    if len(counts) == 1:
        return next(iter(counts))
    if len(opening) == 1:
        (first,) = opening
        if counts[first] * 2 > counts.total():
            return first
    return None


def _of_found(found: Found, sentence: Sentence, subject: str | None = None) -> Iterator[Drawn]:
    about = subject or (found.subject.value if found.subject else None)
    if about is None or about == found.object.value:
        return
    for part in projects.halves(found):
        name, value = part.predicate, part.object.value
        datatype = (
            datatype_of(value) if part.object.letter in "DW" else _LITERALS.get(part.predicate)
        )
        yield Drawn(about, name, value, datatype, sentence, part.confidence)


def _of_stance(node: str, reported: stances.ReportedStance, sentence: Sentence) -> Iterator[Drawn]:
    yield Drawn(node, "stakeholder", reported.group, None, sentence, reported.confidence)
    value = f"{ONTOLOGY}stance-{reported.stance}"
    yield Drawn(node, "stance", value, None, sentence, reported.confidence)
    for target in reported.targets:
        yield Drawn(node, "towards", target, None, sentence, reported.confidence)


def _split_lines(sentence: Sentence) -> Iterator[Sentence]:
    at = 0
    for line in sentence.text.split("\n"):
        first = at + len(line) - len(line.lstrip())
        last = first + len(line.strip())
        at += len(line) + 1
        if first < last:
            start, end = sentence.start + first, sentence.start + last
            within: tuple[Mention, ...] = tuple(
                m for m in sentence.mentions if start <= m.start and m.end <= end
            )
            yield replace(sentence, text=line.strip(), start=start, end=end, mentions=within)

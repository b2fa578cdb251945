"""Entities and statements of gold passages against what is extracted, document by document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amic_kg.evaluation.gold import GoldCase, same_name, same_value
from amic_kg.evaluation.scores import Score
from amic_kg.iris import slug
from amic_kg.recognition import NameRecognizer
from amic_kg.records import Extraction

Extract = Callable[[str, str], Extraction]
"""Text and language to an extraction."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "organisations and places": ("Organization", "Place"),
    "sites, projects, programmes, commodities, minerals, rocks": (
        "Site", "Project", "FundingProgramme", "Commodity", "Mineral", "Rock",
    ),
    "methods, themes, acceptance factors, stages": (
        "Method", "Theme", "AcceptanceFactor", "LifecycleStage",
    ),
    "stakeholder groups, practices": ("StakeholderGroup", "Practice"),
}  # fmt: skip
"""The types that the aims of the project are told for."""

TYPES = tuple(kind for kinds in GROUPS.values() for kind in kinds)


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing extracted from, or missed in, a case: what, and whether it is right."""

    case: str
    language: str
    type: str
    name: str
    verdict: str
    """right, invented or missed."""
    confidence: float = 0.0
    proposed: bool = False
    """Whether it is a candidate that no registry knows."""

    @property
    def score(self) -> Score:
        return Score(
            int(self.verdict == "right"),
            int(self.verdict == "invented"),
            int(self.verdict == "missed"),
        )


def judge_entities(cases: Iterable[GoldCase], extract: Extract) -> Iterator[Judged]:
    """Each entity of each case once: a document has it or not, however often it is mentioned."""
    for case in cases:
        yield from _judge_entities(case, extract(case.text, case.language))


def judge_names(cases: Sequence[GoldCase], recognizer: NameRecognizer) -> Iterator[Judged]:
    """Organisations and places of a recogniser alone, by their words as they stand: a baseline."""
    names = recognizer.names([(case.text, case.language) for case in cases])
    for case, spans in zip(cases, names, strict=True):
        wanted = [x for x in _gold_entities(case) if x.type in _NAMED.values()]
        found = {
            (_NAMED[span.label], slug(case.text[span.start : span.end]))
            for span in spans
            if span.label in _NAMED
        }
        for kind, name in sorted(found):
            match = next((x for x in wanted if x.type == kind and name in x.names), None)
            if match is not None:
                wanted.remove(match)
            verdict = "right" if match is not None else "invented"
            yield Judged(case.id, case.language, kind, name, verdict)
        for missing in wanted:
            yield Judged(case.id, case.language, missing.type, missing.entity, "missed")


_NAMED = {"ORG": "Organization", "LOC": "Place"}


def judge_statements(cases: Iterable[GoldCase], extract: Extract) -> Iterator[Judged]:
    """Each statement of each case once; bibliographic ones are judged with the front matter.

    A statement about a node of the document (a study, a stance) is right when the case has one with
    the same predicate and object.
    """
    for case in cases:
        yield from _judge_statements(case, extract(case.text, case.language))


@dataclass(slots=True)
class _Entity:
    type: str
    entity: str
    names: set[str]
    confidence: float = 0.0


def _judge_entities(case: GoldCase, extraction: Extraction) -> Iterator[Judged]:
    wanted = list(_gold_entities(case))
    labels = {candidate.iri: candidate.label for candidate in extraction.candidates}
    for found in _found_entities(extraction, labels):
        name = labels.get(found.entity) or found.entity.rsplit("/", 1)[-1]
        match = next(
            (x for x in wanted if _same_entity(x, found, known=found.entity not in labels)), None
        )
        if match is not None:
            wanted.remove(match)
        verdict = "right" if match is not None else "invented"
        yield Judged(
            case.id,
            case.language,
            found.type,
            name,
            verdict,
            found.confidence,
            proposed=found.entity in labels,
        )
    for missing in wanted:
        name = missing.entity.rsplit("/", 1)[-1]
        yield Judged(case.id, case.language, missing.type, name, "missed")


def _gold_entities(case: GoldCase) -> Iterable[_Entity]:
    found: dict[tuple[str, str], _Entity] = {}
    for mention in case.mentions:
        entity = found.setdefault(
            (mention.type, mention.entity), _Entity(mention.type, mention.entity, set())
        )
        entity.names.add(slug(case.text[mention.start : mention.end]))
    return found.values()


def _found_entities(extraction: Extraction, labels: Mapping[str, str]) -> Iterable[_Entity]:
    found: dict[tuple[str, str], _Entity] = {}
    for mention in extraction.mentions:
        if mention.type not in TYPES or mention.status == "rejected":
            continue
        entity = found.setdefault(
            (mention.type, mention.entity), _Entity(mention.type, mention.entity, set())
        )
        entity.names.add(slug(mention.surface))
        entity.confidence = max(entity.confidence, mention.confidence)
        if mention.entity in labels:
            entity.names.add(slug(labels[mention.entity]))
    return found.values()


def _same_entity(gold: _Entity, found: _Entity, *, known: bool) -> bool:
    if gold.type != found.type:
        return False
    if not gold.entity.startswith("?"):
        return gold.entity == found.entity
    # What no registry knows has no IRI to compare: its name must be the same, in base form or as
    # it stands in the text.
    return not known and bool({slug(gold.entity), *gold.names} & found.names)


@dataclass(frozen=True, slots=True)
class _Triple:
    subject: str
    predicate: str
    object: str
    confidence: float = 0.0


def _judge_statements(case: GoldCase, extraction: Extraction) -> Iterator[Judged]:
    labels = {candidate.iri: f"?{candidate.label}" for candidate in extraction.candidates}
    judged = {statement.predicate for statement in case.statements} | _STATED
    best: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    for statement in extraction.statements:
        if statement.predicate in judged and statement.status != "rejected":
            triple = (
                labels.get(statement.subject, statement.subject),
                statement.predicate,
                labels.get(statement.object, statement.object),
            )
            best[triple] = max(best[triple], statement.confidence)
    wanted = [_Triple(s.subject, s.predicate, s.object) for s in case.statements]
    for (subject, predicate, value), confidence in best.items():
        found = _Triple(subject, predicate, value, confidence)
        match = next((x for x in wanted if _same_triple(x, found)), None)
        if match is not None:
            wanted.remove(match)
        verdict = "right" if match is not None else "invented"
        yield Judged(case.id, case.language, _local(predicate), _told(found), verdict, confidence)
    for missing in wanted:
        yield Judged(case.id, case.language, _local(missing.predicate), _told(missing), "missed")


_STATED = frozenset(
    "https://w3id.org/amic/ontology#" + name
    for name in (
        "locatedIn", "hasCommodity", "produces", "hasOperator", "stage", "coordinator", "partner",
        "fundedUnder", "funder", "start", "end", "budget", "appliesMethod", "dataCollection",
        "sampleSize", "studiesSite", "studiesCommodity", "discussesTheme", "discussesFactor",
        "discussesPractice", "stakeholder", "trl", "stance", "towards",
    )
)  # fmt: skip


def _same_triple(gold: _Triple, found: _Triple) -> bool:
    return (
        gold.predicate == found.predicate
        and _same_term(gold.subject, found.subject)
        and _same_term(gold.object, found.object)
    )


def _same_term(gold: str, found: str) -> bool:
    nodes = ("study-", "stance-")
    if gold.startswith(nodes):
        return found.startswith(gold.split("-", maxsplit=1)[0])
    if gold.startswith("?") or found.startswith("?"):
        return gold[:1] == found[:1] and same_name(gold, found)
    return gold == found or ("/" not in gold and same_value(gold, found))


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _told(triple: _Triple) -> str:
    return f"{_local(triple.subject)} {_local(triple.predicate)} {_local(triple.object)}"


def table_of(judged: Sequence[Judged]) -> Mapping[tuple[str, str], Score]:
    """Scores by (type, language); the language `all` sums over the languages."""
    found: defaultdict[tuple[str, str], Score] = defaultdict(Score)
    for item in judged:
        found[item.type, item.language] += item.score
        found[item.type, "all"] += item.score
    return dict(found)

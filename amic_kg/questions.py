"""The competency questions: stored SPARQL queries, read, checked and filled with values.

Each is a SHACL executable (https://www.w3.org/TR/shacl-af/#SPARQLExecutable) in
`ontology/examples/`. Its text runs as it stands, with a `VALUES` block that holds the default of
each parameter; a value takes the place of that block as an RDF term, never as raw text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from amic_kg.errors import InvalidQuery, InvalidVocabulary, UnknownThing
from amic_kg.graph.sparql_text import refuse_unsafe, undeclared_prefixes
from amic_kg.graph.terms import DCTERMS, MRDI, RDF, SCHEMA, XSD, iri, text
from amic_kg.ontology import ontology_folder
from amic_kg.records import UI_LANGUAGES
from amic_kg.turtle import Text, Triple, read_turtle

_SH = "http://www.w3.org/ns/shacl#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"

Kind = Literal["iri", "string", "integer", "decimal", "year", "date"]
_KINDS: Mapping[str, Kind] = {
    f"{XSD}string": "string",
    f"{XSD}integer": "integer",
    f"{XSD}decimal": "decimal",
    f"{XSD}gYear": "year",
    f"{XSD}date": "date",
}
_FORMS: Mapping[Kind, tuple[re.Pattern[str], str]] = {
    "integer": (re.compile(r"-?[0-9]{1,18}"), "a whole number"),
    "decimal": (re.compile(r"-?[0-9]{1,9}(?:\.[0-9]{1,9})?"), "a number"),
    "year": (re.compile(r"[0-9]{4}"), "a year"),
    "date": (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), "a date"),
}
# A backslash would begin a codepoint escape, which SPARQL resolves before it sees the quotes
# (https://www.w3.org/TR/sparql11-query/#codepointEscape).
_NOT_IN_STRING = re.compile(r"[\\\x00-\x1f\x7f\ud800-\udfff]")
_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_KEY = re.compile(r"[\w-]+")
_SCHEME = re.compile(r"(?:https?://|urn:)\S+")
LANGUAGE = "lang"
"""The parameter that holds the reader's language, where a question has one."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What can be set in a question: one value, or any number when `many`.

    `thing` is the local name of the class that an IRI must belong to; `choices`, when there are
    any, are all the values allowed; `low` and `high` bound a number.
    """

    name: str
    kind: Kind
    label: Mapping[str, str]
    default: tuple[str, ...]
    many: bool = False
    thing: str | None = None
    choices: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None

    def block(self, values: Sequence[str]) -> str:
        """The `VALUES` block that binds `values`; raises InvalidQuery for one that cannot be."""
        if not values:
            raise self.wrong("", "has no value", "Give one, or leave the parameter out")
        if len(values) > 1 and not self.many:
            raise self.wrong(", ".join(values), "are several values", "Give one")
        return f"VALUES ?{self.name} {{ {' '.join(map(self._term, dict.fromkeys(values)))} }}"

    def resolve(self, value: str) -> str:
        """An IRI as it is; a key such as `kolari` or `../site/sakatti` beside the default."""
        value, beside = value.strip(), self.default[0]
        if self.kind != "iri" or not value:
            return value
        if "#" in beside and _KEY.fullmatch(value):
            value = f"#{value}"
        return urljoin(beside, value)

    def _term(self, given: str) -> str:
        value = self.resolve(given)
        if self.choices and value not in self.choices:
            raise self.wrong(given, "is not one of the choices", f"Use {', '.join(self.choices)}")
        match self.kind:
            case "iri":
                return self._iri(given, value)
            case "string":
                if _NOT_IN_STRING.search(value):
                    raise self.wrong(
                        given, "holds a backslash or a control character", "Leave it out"
                    )
                return text(value)
            case "year":
                return f'"{self._lexical(given, value)}"^^xsd:gYear'
            case "date":
                lexical = self._lexical(given, value)
                try:
                    date.fromisoformat(lexical)
                except ValueError:
                    raise self.wrong(given, "is no day of the calendar", "Mend it") from None
                return f'"{lexical}"^^xsd:date'
            case _:
                return self._number(given, value)

    def _iri(self, given: str, value: str) -> str:
        try:
            if _SCHEME.fullmatch(value):
                return iri(value)
        except ValueError:
            pass
        raise self.wrong(
            given, "is not an IRI", f"Give one such as {self.default[0]}, or its last part"
        )

    def _number(self, given: str, value: str) -> str:
        lexical = self._lexical(given, value)
        for bound, beyond, word in (
            (self.low, self.low is not None and Decimal(lexical) < self.low, "below"),
            (self.high, self.high is not None and Decimal(lexical) > self.high, "above"),
        ):
            if beyond:
                raise self.wrong(given, f"is {word} {bound}", "Give another number")
        return lexical

    def _lexical(self, given: str, value: str) -> str:
        form, name = _FORMS[self.kind]
        if not form.fullmatch(value):
            raise self.wrong(given, f"is not {name} such as {self.default[0]}", "Change it")
        return value

    def wrong(self, value: str, cause: str, remedy: str) -> InvalidQuery:
        return InvalidQuery(f"{self.name}={value}", cause, remedy)


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question; `number` counts from 1, texts are mappings from language to text.

    Without `missing` it is answered in whole; with it in part when `answerable`, else not at all.
    """

    iri: str
    number: int
    group: Mapping[str, str]
    title: Mapping[str, str]
    comment: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    select: str
    prefixes: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    answerable: bool
    missing: Mapping[str, str]
    target: str

    @property
    def extent(self) -> Literal["whole", "part", "none"]:
        """How much of the question today's data answer."""
        if not self.answerable:
            return "none"
        return "part" if self.missing else "whole"

    def parameter(self, name: str) -> Parameter:
        """Raises InvalidQuery that lists the parameters there are."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        names = ", ".join(parameter.name for parameter in self.parameters) or "none"
        raise InvalidQuery(
            name, f"is no parameter of question {self.number}", f"It has these: {names}"
        )

    def query(self, values: Mapping[str, Sequence[str]] | None = None) -> str:
        """The SPARQL text with `values` in place of defaults, and its prefixes declared.

        Raises InvalidQuery that names the parameter and what to do.
        """
        blocks = {name: self.parameter(name).block(given) for name, given in (values or {}).items()}
        body = self.select
        if blocks:
            # In one pass, so that no value is looked at again.
            names = "|".join(map(re.escape, blocks))
            body = re.sub(
                rf"VALUES \?({names}) \{{[^}}]*\}}", lambda match: blocks[match.group(1)], body
            )
        used = undeclared_prefixes(body)
        head = "".join(f"PREFIX {name}: <{self.prefixes[name]}>\n" for name in used)
        return f"{head}{body}"


def load_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """Every question of the ontology folder by number; raises InvalidVocabulary naming the file."""
    folder = (folder or ontology_folder()) / "examples"
    described: dict[str, _Node] = {}
    places: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ttl")):
        for subject, node in _nodes(path).items():
            if subject in described:
                raise InvalidVocabulary(
                    f"{path.name}, {subject}", "is described in two files", "Keep it in one"
                )
            described[subject], places[subject] = node, path
    questions = [
        _Reader(described, places[subject], subject).question()
        for subject, node in described.items()
        if f"{_SH}SPARQLSelectExecutable" in node.iris(f"{RDF}type")
    ]
    numbers = [question.number for question in questions]
    if len(set(numbers)) < len(numbers):
        twice = min(number for number in numbers if numbers.count(number) > 1)
        raise InvalidVocabulary(
            f"question {twice}", "is there twice", "Give each its own dcterms:identifier"
        )
    return tuple(sorted(questions, key=lambda question: question.number))


def find_question(questions: Sequence[Question], number: int) -> Question:
    """Raises UnknownThing."""
    for question in questions:
        if question.number == number:
            return question
    raise UnknownThing(
        f"question {number}", "does not exist", "'amic-kg questions' lists those there are"
    )


class _Node:
    """What a file says of one subject."""

    def __init__(self) -> None:
        self._objects: defaultdict[str, list[str | Text]] = defaultdict(list)

    def add(self, triple: Triple) -> None:
        self._objects[triple.predicate].append(triple.object)

    def iris(self, predicate: str) -> list[str]:
        return [o for o in self._objects[predicate] if not isinstance(o, Text)]

    def texts(self, predicate: str) -> list[Text]:
        return [o for o in self._objects[predicate] if isinstance(o, Text)]

    def lexical(self, predicate: str) -> list[str]:
        """IRIs and literals alike, as strings."""
        return [o.value if isinstance(o, Text) else o for o in self._objects[predicate]]

    def first(self, predicate: str) -> str | None:
        return next(iter(self.lexical(predicate)), None)


def _nodes(path: Path) -> Mapping[str, _Node]:
    nodes: defaultdict[str, _Node] = defaultdict(_Node)
    for triple in read_turtle(path):
        nodes[triple.subject].add(triple)
    return nodes


class _Reader:
    """Makes a Question of its description, and says in which file what is wrong."""

    def __init__(self, described: Mapping[str, _Node], path: Path, subject: str) -> None:
        self._described = described
        self._path = path
        self._subject = subject

    def question(self) -> Question:
        node = self._node(self._subject)
        number = self._one(node, f"{DCTERMS}identifier")
        if not number.isdecimal():
            raise self._broken(f"has the number '{number}'", "Write it in digits")
        group = self._node(self._one(node, f"{DCTERMS}isPartOf"))
        keywords: defaultdict[str, list[str]] = defaultdict(list)
        for word in node.texts(f"{SCHEMA}keywords"):
            keywords[word.language].append(word.value)
        missing = node.texts(f"{MRDI}missing")
        prefixes = self._node(self._one(node, f"{_SH}prefixes"))
        answerable = self._one(node, f"{MRDI}answerable") == "true"
        if not answerable and not missing:
            raise self._broken("cannot be answered and does not say why", "Add mrdi:missing")
        question = Question(
            iri=self._subject,
            number=int(number),
            group=self._trilingual(group, f"{_SKOS}prefLabel"),
            title=self._trilingual(node, f"{_RDFS}label"),
            comment=self._trilingual(node, f"{_RDFS}comment"),
            keywords={language: tuple(sorted(words)) for language, words in keywords.items()},
            select=self._one(node, f"{_SH}select").strip() + "\n",
            prefixes=dict(self._prefixes(prefixes)),
            parameters=self._parameters(node),
            answerable=answerable,
            missing=self._trilingual(node, f"{MRDI}missing") if missing else {},
            target=self._one(node, f"{SCHEMA}target"),
        )
        self._check(question)
        return question

    def _check(self, question: Question) -> None:
        """That the text is a query, declares what it uses, and holds its defaults."""
        try:
            refuse_unsafe(question.select)
        except InvalidQuery as error:
            raise self._broken(f"has a query that is refused: {error.cause}", "Mend it") from None
        for prefix in undeclared_prefixes(question.select):
            if prefix not in question.prefixes:
                raise self._broken(
                    f"uses the prefix '{prefix}:'", "Declare it in examples/common.ttl"
                )
        for parameter in question.parameters:
            block = parameter.block(parameter.default)
            if block not in question.select:
                raise self._broken(
                    f"does not bind the default of '{parameter.name}'",
                    f"Write in its query: {block}",
                )

    def _parameters(self, node: _Node) -> tuple[Parameter, ...]:
        described = [self._node(name) for name in node.iris(f"{_SH}parameter")]
        described.sort(key=lambda parameter: int(self._one(parameter, f"{_SH}order")))
        return tuple(map(self._parameter, described))

    def _parameter(self, node: _Node) -> Parameter:
        name = re.split("[/#]", self._one(node, f"{_SH}path"))[-1]
        if not _NAME.fullmatch(name):
            raise self._broken(f"has a parameter '{name}'", "Name it in letters and digits")
        datatype = node.first(f"{_SH}datatype")
        kind: Kind | None = _KINDS.get(datatype) if datatype else "iri"
        if kind is None:
            raise self._broken(f"has '{name}' of type {datatype}", f"Use {', '.join(_KINDS)}")
        default = node.lexical(f"{MRDI}defaultValue")
        if not default:
            raise self._broken(f"has no default for '{name}'", "Give it mrdi:defaultValue")
        thing, low, high = (
            node.first(f"{_SH}{part}") for part in ("class", "minInclusive", "maxInclusive")
        )
        return Parameter(
            name=name,
            kind=kind,
            label=self._trilingual(node, f"{_SH}name"),
            default=tuple(default),
            many=node.first(f"{_SH}maxCount") != "1",
            thing=thing.removeprefix(MRDI) if thing else None,
            choices=tuple(self._list(node.first(f"{_SH}in"))),
            low=Decimal(low) if low else None,
            high=Decimal(high) if high else None,
        )

    def _prefixes(self, node: _Node) -> Iterator[tuple[str, str]]:
        for declared in map(self._node, node.iris(f"{_SH}declare")):
            yield self._one(declared, f"{_SH}prefix"), self._one(declared, f"{_SH}namespace")

    def _list(self, head: str | None) -> Iterator[str]:
        while head and head != f"{RDF}nil":
            node = self._node(head)
            yield self._one(node, f"{RDF}first")
            head = node.first(f"{RDF}rest")

    def _node(self, name: str) -> _Node:
        if name not in self._described:
            raise self._broken(f"points to {name}, which no file describes", "Describe it")
        return self._described[name]

    def _one(self, node: _Node, predicate: str) -> str:
        values = node.lexical(predicate)
        if len(values) != 1:
            raise self._broken(f"has {len(values)} values of {predicate}", "Give it one")
        return values[0]

    def _trilingual(self, node: _Node, predicate: str) -> Mapping[str, str]:
        texts = {found.language: found.value for found in node.texts(predicate)}
        for language in UI_LANGUAGES:
            if not texts.get(language, "").strip():
                raise self._broken(f"has no {predicate} in '{language}'", "Write it")
        return texts

    def _broken(self, cause: str, remedy: str) -> InvalidVocabulary:
        return InvalidVocabulary(f"{self._path.name}, {self._subject}", cause, remedy)

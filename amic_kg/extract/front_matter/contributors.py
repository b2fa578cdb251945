"""Persons and organisations behind a document: authors, supervisors, publisher, commissioner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from amic_kg.extract.front_matter.cover_line import Cover
from amic_kg.extract.front_matter.dates import date_line
from amic_kg.extract.front_matter.fields import Field, FieldName
from amic_kg.extract.front_matter.imprint import Imprints
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.lines import Line, joined
from amic_kg.extract.front_matter.organizations import Organizations
from amic_kg.extract.front_matter.persons import PersonName, PersonNames, Trust
from amic_kg.extract.front_matter.titles import join_lines

_EDITOR = re.compile(r"\(?\b(?:toim|ed|eds|red)\b\.?\)?", re.IGNORECASE)
_EDITOR_LABEL = re.compile(r"toimit(?!uskunta)|editor(?!ial)|edited|redakt|redig", re.IGNORECASE)
_YEAR_TAIL = re.compile(r"\s+(?:vuosi|year|år)?\s*(?:19|20)\d\d$", re.IGNORECASE)
_ABSTRACTS = 6
_MADE_FOR = re.compile(
    r"\b(?:(?:työn\s)?(?:toimeksiantaja|tilaaja)na\s(?:on|oli|toimi|toimii)\s|"
    r"(?:was|is|were)\scommissioned\sby\s(?:the\s)?|(?:was|is)\sdone\sfor\s|"
    r"\bcommissioner\s(?:of\sth\w+\s(?:\w+\s)?)?(?:was|is)\s(?:the\s)?|"
    r"(?:uppdragsgivaren?|beställaren?)\s(?:för\s\w+\s)?(?:är|var)\s|"
    r"\bpå\suppdrag\sav\s|\bi\ssamarbete\smed\suppdragsgivaren\s|\bon\sbehalf\sof\s(?:the\s)?)"
    r"(?P<body>[A-ZÅÄÖ][^.,;:]{2,60}?)"
    r"(?=[.,;]|\s(?:joka|jonka|which|that|som|med|inom|under|during|in\sorder)\b|$)",
    re.IGNORECASE,
)
_MADE_TO = re.compile(
    r"(?P<body>[A-ZÅÄÖ][\w&-]*(?:\s[A-ZÅÄÖ\d][\w&-]*){0,4}\s(?:Oy|Oyj|Ab|Abp|ry))"
    r":?(?:lle\b|n\s(?:toimeksiannosta|tilauksesta|toimeksiantona)\b)"
)
"""For whom: "X Oy:lle", where the sentence tells of the work itself."""

_WORK = re.compile(r"\b(?:opinnäyte|työ|tutkim|selvity|raport|diplomityö)\w*", re.IGNORECASE)
_GUIDED = re.compile(
    r"\b(?:supervisors?\s(?:of|for)\s(?:the|this)\s\w+\s(?:was|were|is|are)\s|"
    r"\bsupervised\sby\s|(?:työn\s|opinnäytetyön\s)?ohjaaj(?:a|i)na\s(?:toimi\w*|ol\w+|on)\s|"
    r"(?:työtä|opinnäytetyötä)\s(?:on\s)?ohjas\w+\s|"
    r"handledare\s(?:för\s\w+\s)?(?:var|är|har\svarit)\s)"
    r"(?P<names>[^\W\d_][^;:]{4,90}?)(?=[.;]\s|[.;]?$|\s(?:from|at|från|joka|jotka)\b)",
    re.IGNORECASE,
)
"""Who guided a thesis, in a sentence of its abstract or foreword."""

_FINNISH_LABEL = re.compile(r"julkaisij|kustan", re.IGNORECASE)
_SWEDISH_LABEL = re.compile(r"utgiv|förl|publicerad", re.IGNORECASE)
_CAPITALS = re.compile(
    r"(?:the\s)?((?:[A-ZÅÄÖ][\w&'’-]*(?:\s(?:of|for|the|and|ja|och|för|i))*,?\s?){1,8}\d{0,4})(?:\.(?:\s|$)|$)"
)
"""A name of words with capitals, to the end of the line or of the sentence."""

_RUNS_ON = re.compile(r"(?:[,&]|\s(?:ja|and|och))\s*$")
_JOINS = re.compile(r"\s*(?:&|ja|and|och)\s")
_PARTS = re.compile(r"\s+[|·/–—]\s+|\t|\s{2,}|\s*;\s*")


class Contributors:
    """Reads labelled values and cover lines into persons and organisations."""

    def __init__(
        self, persons: PersonNames, organizations: Organizations, imprints: Imprints
    ) -> None:
        self._persons = persons
        self._organizations = organizations
        self._imprints = imprints

    def labelled_persons(
        self, values: Iterable[Labelled], texts: dict[int, str]
    ) -> Iterator[Field]:
        """Authors, supervisors and contributors behind their labels."""
        for value in values:
            if value.field not in ("creator", "supervisor", "contributor"):
                continue
            name: FieldName = (
                "creator" if value.field == "creator"
                else "supervisor" if value.field == "supervisor" else "contributor"
            )  # fmt: skip
            text = texts[value.page][value.start : value.end]
            found = self._prefix(text, "shape" if value.sure or value.sheet else "known")
            for person in found:
                confidence = 0.95 if value.sure else 0.9
                if name == "creator" and _EDITOR.search(text[person.end : person.end + 8]):
                    yield _person("contributor", person, value, confidence)
                else:
                    yield _person(name, person, value, confidence - 0.1 * (not person.known))
            if not found and name == "creator" and value.sure:
                # A body may be the author: a ministry, a working group.
                line = text.split("\n")[0].strip()
                if self._organizations.is_organisation(line):
                    end = value.start + text.index(line) + len(line)
                    start = value.start + text.index(line)
                    yield Field("creator", line, value.page, start, end, 0.7)

    def editors(
        self, values: Iterable[Labelled], covers: Sequence[Cover], found: Sequence[Field]
    ) -> list[Field]:
        """Of the contributors found those who edited: of a collection they are its creators."""
        spans = [
            (value.page, value.start, value.end)
            for value in values
            if _EDITOR_LABEL.search(value.label) or value.field == "creator"
        ]
        spans += [
            (one.line.page, name.start, name.end)
            for cover in covers
            for one in cover.lines
            if one.editors
            for name in one.names
        ]
        return [
            replace(field, name="creator", confidence=round(field.confidence - 0.1, 2))
            for field in found
            if field.name == "contributor"
            and any(page == field.page and start <= field.start < end for page, start, end in spans)
        ]

    def _prefix(self, text: str, trust: Trust) -> list[PersonName]:
        """The names of as many lines as are a list of names, from the first on."""
        lines = text.split("\n")
        for count in range(len(lines), 0, -1):
            block = lines[:count]
            listed = block[0]
            for before, after in pairwise(block):
                runs_on = _RUNS_ON.search(before) or _JOINS.match(after)
                listed += (" " if runs_on else "\n") + after
            # A line may end inside a name.
            for attempt in (listed, " ".join(block), _YEAR_TAIL.sub("", block[0])):
                names = self._persons.read(attempt, trust)
                if names:
                    return names
        return self._head(lines[0])

    def _head(self, line: str) -> list[PersonName]:
        """The longest beginning of a line that is a list of names: a table's first cell."""
        words = list(re.finditer(r"\S+", line))
        for count in range(min(len(words) - 1, 12), 1, -1):
            names = self._persons.read(line[: words[count - 1].end()])
            if names and all(name.known for name in names):
                return names
        return []

    def cover_persons(self, covers: Sequence[Cover], title_page: int | None) -> Iterator[Field]:
        """Names that stand by themselves on the cover, or on the title page behind it."""
        for order, cover in enumerate(covers):
            if cover.correspondence:
                return
            lines = [one for one in cover.lines if one.names]
            if order and not (lines and lines[0].line.page == title_page):
                continue
            for one in lines:
                known = sum(person.known for person in one.names)
                confidence = (0.85 if order == 0 else 0.75) if known else 0.6
                for person in one.names:
                    yield Field(
                        "contributor" if one.editors else "creator",
                        person.value, one.line.page, person.start, person.end, confidence,
                    )  # fmt: skip
            if lines:
                return

    def labelled_organisation(
        self, name: FieldName, values: Iterable[Labelled], texts: dict[int, str]
    ) -> Iterator[Field]:
        """Publisher or commissioner behind its label."""
        for value in values:
            if value.field != name:
                continue
            text = texts[value.page][value.start : value.end]
            flat = join_lines(text.split("\n"))
            if not value.sure and not self._organizations.is_organisation(flat):
                # "Published by Finnish Field Geologists' Club, Rovaniemi 2011".
                stop = _CAPITALS.match(text) if " " in value.label else None
                if stop is None:
                    continue
                text = stop[1]
            offset = 0
            for part in _parts(text):
                start = text.index(part, offset)
                offset = start + len(part)
                if date_line(part):
                    continue
                shown = self._imprints.name(part)
                if name == "commissioner" and any(p.known for p in self._persons.read(shown)):
                    continue
                if shown and 2 <= len(shown) <= 110 and re.search(r"[^\W\d_]{2}", shown):
                    at = value.start + start + part.index(shown.split("\n")[0])
                    joined = join_lines(shown.split("\n"))
                    confidence = 0.95 if value.sure else 0.85
                    yield Field(name, joined, value.page, at, at + len(shown), confidence)

    def told_commissioner(self, lines: Sequence[Line]) -> Field | None:
        """Who a sentence of the abstract says the work was made for."""
        for line in lines:
            if line.page > _ABSTRACTS:
                break
            match = _MADE_FOR.search(line.text)
            if match is None and _WORK.search(line.text):
                match = _MADE_TO.search(line.text)
            if match and self._organizations.is_organisation(match["body"]):
                start, end = line.start + match.start("body"), line.start + match.end("body")
                return Field("commissioner", match["body"], line.page, start, end, 0.7)
        return None

    def told_supervisors(self, lines: Sequence[Line]) -> Iterator[Field]:
        """Who a sentence of the front pages says guided a thesis; it may run over two lines."""
        for line, below in zip(lines, [*lines[1:], None], strict=True):
            if line.page > _ABSTRACTS:
                return
            near = [below] if below and below.page == line.page and not below.gap else []
            whole = joined([line, *near])
            match = _GUIDED.search(whole.text)
            if match is None or match.start() >= len(line.text):
                continue
            for name in self._persons.read(match["names"], "plausible"):
                at = match.start("names")
                place = (line.page, *whole.span(at + name.start, at + name.end))
                yield Field("supervisor", name.value, *place, 0.75 if name.known else 0.65)


def in_language(values: Sequence[Labelled], language: str) -> list[Labelled]:
    """The values behind labels in `language`; all when there are none: sheets come in three."""
    own = [value for value in values if _tongue(value.label) == language]
    return own or list(values)


def _tongue(label: str) -> str:
    if _FINNISH_LABEL.search(label):
        return "fi"
    return "sv" if _SWEDISH_LABEL.search(label) else "en"


def _person(name: FieldName, person: PersonName, value: Labelled, confidence: float) -> Field:
    start, end = value.start + person.start, value.start + person.end
    return Field(name, person.value, value.page, start, end, round(confidence, 2))


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part.strip()]

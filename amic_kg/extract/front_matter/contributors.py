"""Persons and organisations behind a document: authors, supervisors, publisher, commissioner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from amic_kg.extract.front_matter.cover_line import Cover, CoverLine
from amic_kg.extract.front_matter.dates import find_copyrights
from amic_kg.extract.front_matter.fields import Field, FieldName
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.organizations import Organizations, find_school, fold
from amic_kg.extract.front_matter.persons import PersonName, PersonNames, Trust
from amic_kg.extract.front_matter.titles import join_lines

_EDITOR = re.compile(r"\(?\b(?:toim|ed|eds|red)\b\.?\)?", re.IGNORECASE)
_YEAR_TAIL = re.compile(r"\s+(?:vuosi|year|år)?\s*(?:19|20)\d\d$", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"^[A-ZÅÄÖ][a-zåäö]+\s?:\s+")
_NO_HOLDER = re.compile(
    r"\b(?:tekijä|tekijät|authors?|författar\w+|all rights|kaikki oikeudet|by the|the author|"
    r"maanmittauslaitos|karttakeskus|shutterstock|kuva|photo|foto|licensee|creative)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:Elsevier|MDPI|Springer(?: Nature)?|Wiley|Frontiers(?= Media|\.|$| in\b)|Emerald|SAGE|"
    r"IEEE|"
    r"Taylor & Francis|Routledge|Copernicus Publications|De Gruyter)\b"
)
_ACRONYM = 8
_HEAD_LINE = 100
_LABELLED = 0.9
_RUNS_ON = re.compile(r"(?:[,&]|\s(?:ja|and|och))\s*$")
_JOINS = re.compile(r"\s*(?:&|ja|and|och)\s")
_PARTS = re.compile(r"\s+[|·/–—]\s+|\t|\s{2,}|\s*;\s*")


class Contributors:
    """Reads labelled values and cover lines into persons and organisations."""

    def __init__(self, persons: PersonNames, organizations: Organizations) -> None:
        self._persons = persons
        self._organizations = organizations

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
            for joined in (listed, " ".join(block), _YEAR_TAIL.sub("", block[0])):
                names = self._persons.read(joined, trust)
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
                stop = re.match(r"((?:[A-ZÅÄÖ][\w&-]*\s?){1,5})\.(?:\s|$)", text)
                if stop is None or "by" not in value.label:
                    continue
                text = stop[1]
            offset = 0
            for part in _parts(text):
                start = text.index(part, offset)
                offset = start + len(part)
                shown = _cut_name(part)
                if shown and 2 <= len(shown) <= 110 and re.search(r"[^\W\d_]{2}", shown):
                    at = value.start + start + part.index(shown.split("\n")[0])
                    joined = join_lines(shown.split("\n"))
                    confidence = 0.95 if value.sure else 0.85
                    yield Field(name, joined, value.page, at, at + len(shown), confidence)

    def copyright_holders(self, lines: Sequence[Line]) -> Iterator[Field]:
        """Who holds the copyright, when that is an organisation."""
        for line in lines:
            for found in find_copyrights(line.text):
                holder = found.holder
                if not holder or _NO_HOLDER.search(holder) or len(holder) > 80:
                    continue
                if self._organizations.is_organisation(holder):
                    start = line.start + found.holder_start
                    yield Field("publisher", holder, line.page, start, start + len(holder), 0.8)

    def school(self, lines: Sequence[Line], taken: Sequence[Labelled]) -> Field | None:
        """The institution that a thesis was made at: the first on its front pages.

        `taken` are labelled values: a commissioner may be a university too.
        """
        found: list[tuple[int, Line, tuple[int, int]]] = []
        for order, line in enumerate(lines[:120]):
            if any(v.page == line.page and v.start <= line.start < v.end for v in taken):
                continue
            span = find_school(line.text)
            if span:
                whole = span[1] - span[0] > 0.6 * len(line.text)
                if self._organizations.is_organisation(line.text) and not _has_unit(line.text):
                    span, whole = (0, len(line.text)), True
                shouted = line.text[slice(*span)].isupper()
                found.append((order + (0 if whole else 20) + (3 if shouted else 0), line, span))
        if not found:
            return None
        _, line, (start, end) = min(found, key=lambda one: one[0])
        value = line.text[start:end]
        return Field("publisher", value, line.page, line.start + start, line.start + end, 0.8)

    def cover_organisation(self, covers: Sequence[Cover]) -> Field | None:
        """The organisation on cover and title page, when they name but one."""
        found = [one.line for one in _organisation_lines(covers) if not _has_mark(one.line.text)]
        names: dict[str, Line] = {}
        for line in found:
            names.setdefault(self._organizations.iri(line.text) or fold(line.text), line)
        schools = [line for line in names.values() if find_school(line.text)]
        chosen = (
            list(names.values()) if len(names) == 1 else schools[:1] if len(schools) == 1 else []
        )
        if not chosen:
            return None
        line = chosen[0]
        known = self._organizations.is_known(line.text) or bool(schools)
        confidence = 0.75 if known else 0.55
        return Field("publisher", line.text, line.page, line.start, line.end, confidence)

    def journal_publisher(self, lines: Sequence[Line]) -> Field | None:
        """The publishing house that the head of an article names."""
        for line in lines[:60]:
            match = _HOUSE.search(line.text)
            if match and line.page == lines[0].page and len(line.text) < _HEAD_LINE:
                start, end = line.start + match.start(), line.start + match.end()
                return Field("publisher", match.group(), line.page, start, end, 0.65)
        return None

    def fullest(self, publisher: Field, covers: Sequence[Cover], language: str) -> Field:
        """The same organisation under its name in the document's language, in small letters.

        A logo has "LAPIN AMK", the imprint "Lapin ammattikorkeakoulu".
        """
        iri = self._organizations.iri(publisher.value)
        if publisher.value.isupper() and len(publisher.value) > _ACRONYM:
            calm = self._organizations.spelt(publisher.value, language)
            publisher = replace(publisher, value=calm)
        if publisher.confidence >= _LABELLED or (iri is None and not publisher.value.isupper()):
            return publisher
        best = publisher
        for one in _organisation_lines(covers):
            text = one.line.text
            same = (iri is not None and self._organizations.iri(text) == iri) or fold(text) == fold(
                publisher.value
            )
            if same and self._rank(text, language) > self._rank(best.value, language):
                line = one.line
                best = Field(
                    "publisher", text, line.page, line.start, line.end, publisher.confidence
                )
        return best

    def _rank(self, name: str, language: str) -> tuple[bool, bool, int]:
        return self._organizations.is_label_in(name, language), not name.isupper(), len(name)


def _person(name: FieldName, person: PersonName, value: Labelled, confidence: float) -> Field:
    start, end = value.start + person.start, value.start + person.end
    return Field(name, person.value, value.page, start, end, round(confidence, 2))


def _organisation_lines(covers: Sequence[Cover]) -> Iterator[CoverLine]:
    return (one for cover in covers for one in cover.lines if one.role == "organisation")


def _has_mark(text: str) -> bool:
    """Whether a line is an author's affiliation rather than who publishes."""
    return bool(re.match(r"(?:\d{1,2}|[a-h*†‡])\s?[A-ZÅÄÖ]", text))


def _has_unit(text: str) -> bool:
    return bool(
        re.search(r"tiedekunta|yksikkö|facult|department|school of|fakultet|laitos|\d", text, re.I)
    )


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part.strip()]


def _cut_name(text: str) -> str:
    """Without a place before it ("Helsinki: THL") and a year behind it."""
    text = _YEAR_TAIL.sub("", text.strip(" ,.;:"))
    # "Oulun ammattikorkeakoulu, Oamk": the abbreviation is no second publisher.
    text = re.sub(
        r"(?<=\w{6}),?\s(?:\([A-Za-zÅÄÖåäö-]{2,8}\)|(?<=,\s)[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5})$", "", text
    )
    place = _PLACE_BEFORE.match(text)
    return text[place.end() :] if place else text.strip(" ,.;:")

"""Persons and organisations behind a document: authors, supervisors, publisher, commissioner."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from amic_kg.extract.front_matter.cover import Cover, CoverLine
from amic_kg.extract.front_matter.dates import find_copyrights
from amic_kg.extract.front_matter.fields import Field, FieldName
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.organizations import Organizations, find_school, fold
from amic_kg.extract.front_matter.persons import PersonName, PersonNames
from amic_kg.extract.front_matter.titles import join_lines

_EDITOR = re.compile(r"\(?\b(?:toim|ed|eds|red)\b\.?\)?", re.IGNORECASE)
_YEAR_TAIL = re.compile(r"\s+(?:vuosi|year|år)?\s*(?:19|20)\d\d$", re.IGNORECASE)
_PLACE_BEFORE = re.compile(r"^[A-ZÅÄÖ][a-zåäö]+\s?:\s+")
_NO_HOLDER = re.compile(
    r"\b(?:tekijä|tekijät|authors?|författar\w+|all rights|kaikki oikeudet|by the|the author|"
    r"maanmittauslaitos|karttakeskus|shutterstock|kuva|photo|foto|licensee|creative)\b",
    re.IGNORECASE,
)
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
            found = self._prefix(text, strict=not value.sure and not value.sheet)
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

    def _prefix(self, text: str, *, strict: bool) -> list[PersonName]:
        """The names of as many lines as are names, from the first on."""
        lines = text.split("\n")
        found: list[PersonName] = []
        offset = 0
        index = 0
        while index < len(lines):
            taken = 0
            # A name may run over the line's end behind a comma: try the longest joined first.
            for count in (3, 2, 1):
                block = lines[index : index + count]
                if len(block) < count:
                    continue
                if count > 1 and not all(
                    re.search(r"(?:[,&]|\s(?:ja|and|och))\s*$", one) for one in block[:-1]
                ):
                    continue
                joined = " ".join(block)
                names = self._persons.read(joined, strict=strict) or self._persons.read(
                    _YEAR_TAIL.sub("", joined), strict=strict
                )
                if names:
                    found.extend(
                        PersonName(n.value, offset + n.start, offset + n.end, n.known)
                        for n in names
                    )
                    taken = count
                    break
            if not taken:
                if found or index:
                    break
                taken = 1
                head = self._head(lines[0])
                found.extend(head)
                if not head:
                    break
            offset += sum(len(one) + 1 for one in lines[index : index + taken])
            index += taken
        return found

    def _head(self, line: str) -> list[PersonName]:
        """The longest beginning of a line that is a list of names: the first cell of a table row."""
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
                confidence = (0.85 if order == 0 else 0.75) if known else 0.5
                for person in one.names:
                    yield Field(
                        "contributor" if one.editors else "creator",
                        person.value, one.line.page, person.start, person.end, confidence,
                    )  # fmt: skip
            if lines:
                return

    def weak_persons(
        self, covers: Sequence[Cover], title_end: tuple[int, int] | None
    ) -> Iterator[Field]:
        """Names by their shape alone, in the lines right behind the title."""
        if title_end is None or not covers or covers[0].correspondence:
            return
        page, end = title_end
        for cover in covers:
            after = [one for one in cover.lines if one.line.page == page and one.line.start >= end]
            for one in after[:3]:
                names = self._persons.read(one.line.text, strict=False)
                if one.role == "text" and names and (len(names) > 1 or _is_short(one)):
                    for person in names:
                        start = one.line.start + person.start
                        stop = one.line.start + person.end
                        yield Field("creator", person.value, page, start, stop, 0.6)
                    return
                if one.role not in ("date", "kind", "noise", "text"):
                    break

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
                continue
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
                known = self._organizations.iri(holder) is not None
                if known or self._organizations.is_organisation(holder):
                    start = line.start + found.holder_start
                    yield Field("publisher", holder, line.page, start, start + len(holder), 0.8)

    def school(self, lines: Sequence[Line]) -> Field | None:
        """The institution that a thesis was made at: the first on its front pages."""
        found: list[tuple[int, Line, tuple[int, int]]] = []
        for order, line in enumerate(lines[:120]):
            span = find_school(line.text)
            if span:
                whole = span[1] - span[0] > 0.6 * len(line.text)
                found.append((order + (0 if whole else 20), line, span))
        if not found:
            return None
        _, line, (start, end) = min(found, key=lambda one: one[0])
        value = line.text[start:end]
        return Field("publisher", value, line.page, line.start + start, line.start + end, 0.8)

    def cover_organisation(self, cover: Cover) -> Field | None:
        """The organisation on the cover of a report, when there is but one."""
        lines = [one.line for one in cover.lines if one.role == "organisation"]
        if len({fold(line.text) for line in lines}) != 1:
            return None
        line = lines[0]
        known = self._organizations.iri(line.text) is not None
        return Field(
            "publisher", line.text, line.page, line.start, line.end, 0.7 if known else 0.55
        )


def _person(name: FieldName, person: PersonName, value: Labelled, confidence: float) -> Field:
    start, end = value.start + person.start, value.start + person.end
    return Field(name, person.value, value.page, start, end, round(confidence, 2))


def _is_short(one: CoverLine) -> bool:
    return 2 <= len(one.line.text.split()) <= 4


def _parts(text: str) -> list[str]:
    return [part for part in _PARTS.split(text) if part.strip()]


def _cut_name(text: str) -> str:
    """Without a place before it ("Helsinki: THL") and a year behind it."""
    text = _YEAR_TAIL.sub("", text.strip(" ,.;:"))
    place = _PLACE_BEFORE.match(text)
    return text[place.end() :] if place else text.strip(" ,.;:")

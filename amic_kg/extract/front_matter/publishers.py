"""Who publishes, where no label says so: imprint, copyright, cover, series, school of a thesis."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from amic_kg.extract.front_matter.cover_line import Cover, CoverLine
from amic_kg.extract.front_matter.dates import find_copyrights
from amic_kg.extract.front_matter.fields import Field
from amic_kg.extract.front_matter.imprint import Imprints
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.labels import read_label
from amic_kg.extract.front_matter.lines import Line, joined
from amic_kg.extract.front_matter.organizations import Organizations, find_school, fold, full_school

_YEAR_TAIL = re.compile(r"\s+(?:vuosi|year|år)?\s*(?:19|20)\d\d$", re.IGNORECASE)
_NO_HOLDER = re.compile(
    r"\b(?:tekijä|tekijät|authors?|författar\w+|all rights|kaikki oikeudet|by the|the author|"
    r"maanmittauslaitos|karttakeskus|shutterstock|kuva|photo|foto|licensee|creative)\b",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"\b(?:Elsevier|MDPI|Springer(?: Nature)?|Wiley|Frontiers(?= Media|\.|$| in\b)|Emerald|SAGE|"
    r"IEEE|[Ee]lsevier(?=\.com)|"
    r"Taylor & Francis|Routledge|Copernicus Publications|De Gruyter)\b"
)
_PART_OF_SCHOOL = re.compile(r"School of|kauppakorkeakoulu|handelshögskolan vid")
"""A school within a university, which is named further down."""

_SHORT_SCHOOL = re.compile(
    r"(?:\w+[\s-])?(?:AMK|UAS)|\w{1,3}AMK|Arcada|Novia|Laurea|Metropolia|Savonia|Centria|Diak|Humak",
    re.IGNORECASE,
)
"""A logo: the catalogue has the whole name."""

_BENT = re.compile(
    r"\b((?:[A-ZÅÄÖ][\w-]*n\s(?:ammattikorkeakoulu|yliopisto))|[A-ZÅÄÖ][\w]*-ammattikorkeakoulu)"
    r"(?:n|ssa|sta|lle|on)\b"
)
_PRINTER = re.compile(
    r"\b(?:printed|painopaikka|paino|tryck(?:t|eri)?)\b|\b(?:\w*print|\w*kirjapaino|\w+paino|"
    r"painosalama|grano|punamusta|erweko|unigrafia|edita prima|\w*tryckeri|grafiska|printing|"
    r"picaset|libris|waasa graphics)\b",
    re.IGNORECASE,
)
"""Who prints a book, not who publishes it."""

_WITHIN = re.compile(r"\b(?:of|at|in|for|by|the)\s*$", re.IGNORECASE)
_RUNS_OVER = re.compile(r"universit\w*$|\sof$|teknillinen$", re.IGNORECASE)
_LIBRARY = re.compile(r"n kirjasto$|s bibliotek$|\blibrary$", re.IGNORECASE)
"""Who sells or keeps a series, not who publishes it."""
_IMPRINT = re.compile(
    r"(?:,?\s(?:[A-ZÅÄÖ][a-zåäö]+),?)?,?\s(?:\d{1,2}\.\d{1,2}\.)?(?:19|20)\d\d$|"
    r",\s[A-ZÅÄÖ][a-zåäö]+$"
)
"""Place and year behind the publisher: "Lapin yliopisto, Rovaniemi 2024"."""
_OF_BODY = re.compile(
    r"(?:publications|reports|bulletins?|studies|working papers) of (?:the )?"
    r"(?P<body>[A-Z][\w ,&-]+?)(?=[,.:]|\s\d|\s[A-Z]\b|$)",
    re.IGNORECASE,
)
_OF_BODY_SV = re.compile(
    r"(?P<body>[A-ZÅÄÖ][\w -]*?(?:ministeriet|universitet|institutet|verket|akademi|styrelsen|"
    r"högskola|centralen|förbundet?))s\s(?:\w+\s(?:och\s)?)?(?:publikation|rapport|skrift|"
    r"meddelanden)",
    re.IGNORECASE,
)
_NOMINATIVE = {
    "keskuksen": "keskus",
    "laitoksen": "laitos",
    "hallituksen": "hallitus",
    "liiton": "liitto",
    "ministeriön": "ministeriö",
    "viraston": "virasto",
    "yliopiston": "yliopisto",
    "korkeakoulun": "korkeakoulu",
    "yhdistyksen": "yhdistys",
    "kaupungin": "kaupunki",
    "kunnan": "kunta",
    "seuran": "seura",
}
_GENITIVE = re.compile(
    rf"(?P<stem>[A-ZÅÄÖ][\w -]*?)(?P<ending>{'|'.join(_NOMINATIVE)})\s"
    r"(?:[\w-]+\s){0,3}(?:\w*julkaisu|\w*raport|\w*selvity|\w*tutkimu|työpap)",
    re.IGNORECASE,
)
_ACRONYM = 8
_HEAD_LINE = 100
_LABELLED = 0.9


class Publishers:
    """Reads the lines of covers and imprints for the body that publishes."""

    def __init__(self, organizations: Organizations, imprints: Imprints) -> None:
        self._organizations = organizations
        self._imprints = imprints

    def copyright_holders(self, lines: Sequence[Line]) -> Iterator[Field]:
        """Who holds the copyright, when that is an organisation."""
        for line in lines:
            for found in find_copyrights(line.text):
                holder = found.holder
                if not holder or _NO_HOLDER.search(holder) or len(holder) > 80:
                    continue
                if self._organizations.is_organisation(holder):
                    start = line.start + found.holder_start
                    named = self._imprints.name(holder)
                    start, holder = start + holder.index(named), named
                    house = _HOUSE.match(holder)
                    # "Springer Nature Switzerland AG" is Springer in catalogues.
                    holder = house.group().removesuffix(" Nature") if house else holder
                    yield Field("publisher", holder, line.page, start, start + len(holder), 0.8)

    def school(self, lines: Sequence[Line], taken: Sequence[Labelled]) -> Field | None:
        """The institution that a thesis was made at: the first on its front pages.

        `taken` are labelled values: a commissioner may be a university too.
        """
        found: list[tuple[int, Field]] = []
        for order, (line, below) in enumerate(
            zip(lines[:120], [*lines[1:120], None], strict=False)
        ):
            if any(v.page == line.page and v.start <= line.start < v.end for v in taken):
                continue
            if _PRINTER.search(line.text):
                continue
            # "Lappeenranta-Lahti University", "of Technology LUT": a name over two lines.
            near = [below] if below and below.page == line.page and not below.gap else []
            text = joined([line, *near] if _RUNS_OVER.search(line.text) else [line])
            span = find_school(text.text)
            if span is None or span[0] >= len(line.text):
                continue
            whole = span[1] - span[0] > 0.6 * len(line.text)
            before = line.text[: span[0]]
            unit = _has_unit(line.text)
            whole = whole and not unit
            named = self._organizations.is_organisation(line.text) and not unit
            if named and span[1] <= len(line.text) and not _WITHIN.search(before):
                span, whole = (0, len(line.text)), True
            value = text.text[slice(*span)]
            part = _PART_OF_SCHOOL.search(value)
            late = (0 if whole else 20) + (3 if value.isupper() else 0) + (40 if part else 0)
            place = (line.page, *text.span(*span))
            found.append((order + late, Field("publisher", value, *place, 0.8)))
        return min(found, key=lambda one: one[0])[1] if found else _bent_school(lines)

    def cover_organisation(self, covers: Sequence[Cover], others: frozenset[str]) -> Field | None:
        """The organisation on cover and title page: of several the one that has most for it.

        That is a date under it, as in an imprint, to be named on more than one page, to be known.
        Folded names of `others` are those of who ordered the work.
        """
        found = [
            (number, at, line)
            for number, cover in enumerate(covers)
            for at, line in self._imprinted(cover)
            if not _has_mark(line.text)
            and not _LIBRARY.search(line.text)
            and not _PRINTER.search(line.text)
            and fold(line.text) not in others
        ]
        names: dict[str, list[tuple[int, int, Line]]] = {}
        for number, at, line in found:
            key = self._organizations.iri(line.text) or fold(line.text)
            names.setdefault(key, []).append((number, at, line))
        if not names:
            return None
        best = max(names.values(), key=lambda places: self._weight(places, covers))
        # Of one body the longest of its names: "TEM" is an abbreviation.
        line = max((place[2] for place in best), key=lambda one: not _is_short(one.text))
        longer = next((one for _, _, one in found if _holds(one.text, line.text)), None)
        line = longer or line
        known = self._organizations.is_known(line.text) or find_school(line.text) is not None
        confidence = (0.75 if known else 0.55) - (0.1 if len(names) > 1 else 0)
        return Field("publisher", line.text, line.page, line.start, line.end, round(confidence, 2))

    def _imprinted(self, cover: Cover) -> Iterator[tuple[int, Line]]:
        """Lines of a cover that name a body, without the place and year behind it."""
        labels = {one.line.row for one in cover.lines if one.role == "label"}
        for at, one in enumerate(cover.lines):
            if one.role not in ("organisation", "date") or one.line.row in labels:
                continue
            line = one.line
            end = _IMPRINT.search(line.text)
            text = line.text[: end.start()] if end else line.text
            if one.role == "organisation" or (end and self._organizations.is_organisation(text)):
                yield at, replace(line, text=text, end=line.start + len(text))

    def _weight(
        self, places: Sequence[tuple[int, int, Line]], covers: Sequence[Cover]
    ) -> tuple[float, int]:
        number, at, line = places[0]
        pages = len({page for page, _, _ in places})
        dated = any(_is_dated(covers[page].lines, index) for page, index, _ in places)
        known = self._organizations.is_known(line.text) or find_school(line.text) is not None
        short = all(_is_short(line.text) for _, _, line in places)
        weight = 1.5 * dated + min(pages, 3) + 1.5 * known - 1.5 * short
        return weight, -(100 * number + at)

    def series_publisher(self, series: Iterable[Field]) -> Field | None:
        """Who publishes a series that bears the name: "Lapin yliopiston julkaisuja"."""
        for field in series:
            found = _OF_BODY.match(field.value)
            body = found["body"] if found else ""
            if not body:
                swedish = _OF_BODY_SV.match(field.value)
                genitive = _GENITIVE.match(field.value)
                if swedish:
                    body = swedish["body"]
                elif genitive:
                    body = genitive["stem"] + _NOMINATIVE[genitive["ending"].lower()]
            if body and self._organizations.is_organisation(body):
                return Field("publisher", body, field.page, field.start, field.end, 0.6)
        return None

    def told_body(self, lines: Sequence[Line], others: frozenset[str]) -> Field | None:
        """A body that a line of the front pages consists of."""
        labels = {(line.page, line.row) for line in lines if read_label(line.text)}
        for line in lines:
            if (line.page, line.row) in labels:
                # "Lead beneficiary", "Work package": who takes part, not who publishes.
                continue
            if self._organizations.is_known(line.text) and fold(line.text) not in others:
                return Field("publisher", line.text, line.page, line.start, line.end, 0.5)
        return None

    def affiliation(self, covers: Sequence[Cover]) -> Field | None:
        """The school behind the speaker's title on the first slide."""
        for one in covers[0].lines if covers else ():
            span = find_school(one.line.text)
            if span and one.role in ("text", "unit"):
                start, end = one.line.start + span[0], one.line.start + span[1]
                return Field(
                    "publisher", one.line.text[slice(*span)], one.line.page, start, end, 0.5
                )
        return None

    def journal_publisher(self, lines: Sequence[Line]) -> Field | None:
        """The publishing house that the head of an article names."""
        for line in lines[:60]:
            match = _HOUSE.search(line.text)
            if match and line.page == lines[0].page and len(line.text) < _HEAD_LINE:
                start, end = line.start + match.start(), line.start + match.end()
                name = match.group()
                shown = name.capitalize() if name.islower() else name
                return Field("publisher", shown, line.page, start, end, 0.65)
        return None

    def fullest(self, publisher: Field, covers: Sequence[Cover], language: str) -> Field:
        """The same organisation under its name in the document's language, in small letters.

        A logo has "LAPIN AMK", the imprint "Lapin ammattikorkeakoulu".
        """
        iri = self._organizations.iri(publisher.value)
        if publisher.value.isupper() and len(publisher.value) > _ACRONYM:
            calm = self._organizations.spelt(publisher.value, language)
            publisher = replace(publisher, value=calm)
        if publisher.confidence >= _LABELLED:
            return publisher
        if iri is None and not publisher.value.isupper():
            return self._unshortened(publisher, language)
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
        return self._unshortened(best, language)

    def _unshortened(self, publisher: Field, language: str) -> Field:
        if not _SHORT_SCHOOL.fullmatch(publisher.value):
            return publisher
        name = self._organizations.preferred(publisher.value, language)
        name = name or full_school(publisher.value, language)
        return replace(publisher, value=name) if name else publisher

    def _rank(self, name: str, language: str) -> tuple[bool, bool, int]:
        return self._organizations.is_label_in(name, language), not name.isupper(), len(name)


def _holds(longer: str, shorter: str) -> bool:
    return longer != shorter and fold(longer).endswith(" " + fold(shorter))


def _is_dated(lines: Sequence[CoverLine], index: int) -> bool:
    """Whether a date ends the line, or stands below it, under a faculty perhaps."""
    row = lines[index].line.row
    # "Åbo Akademis förlag | Åbo Akademi University Press" is dated as a whole.
    beside = sum(one.line.row == row for one in lines[index + 1 :])
    below = [one.role for one in lines[index + 1 + beside : index + 3 + beside]]
    own = bool(_YEAR_TAIL.search(lines[index].line.text))
    return own or below[:1] == ["date"] or below == ["unit", "date"]


def _organisation_lines(covers: Sequence[Cover]) -> Iterator[CoverLine]:
    return (one for cover in covers for one in cover.lines if one.role == "organisation")


def _is_short(text: str) -> bool:
    return text.isupper() and len(text) <= 5


def _has_mark(text: str) -> bool:
    """Whether a line is an author's affiliation rather than who publishes."""
    return bool(re.match(r"(?:\d{1,2}|[a-h*†‡])\s?[A-ZÅÄÖ]", text))


def _has_unit(text: str) -> bool:
    return bool(
        re.search(
            r"tiedekunta|yksikkö|facult|department|school of|fakultet|laitos|"
            r"graduate school|doctoral (?:school|programme)|tutkijakoulu|\d",
            text,
            re.IGNORECASE,
        )
    )


def _bent_school(lines: Sequence[Line]) -> Field | None:
    """A school that only a sentence names: "Lapin ammattikorkeakoulussa"."""
    for line in lines[:120]:
        match = _BENT.search(line.text)
        if match:
            start, end = line.start + match.start(1), line.start + match.end(1)
            return Field("publisher", match[1], line.page, start, end, 0.5)
    return None

"""Front matter of a document: labelled values first, then what the cover's lines tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import get_args

from amic_kg.extract.front_matter.contributors import Contributors, in_language
from amic_kg.extract.front_matter.cover import CoverReader
from amic_kg.extract.front_matter.cover_line import Cover, CoverLine
from amic_kg.extract.front_matter.degrees import degree_fields
from amic_kg.extract.front_matter.description import (
    identifier_fields,
    keyword_fields,
    language_field,
    project_fields,
    series_fields,
    year_field,
    year_of_series,
)
from amic_kg.extract.front_matter.fields import Field, FieldName, FrontMatter
from amic_kg.extract.front_matter.imprint import Imprints
from amic_kg.extract.front_matter.kind_fields import kind_by_parts, kind_field
from amic_kg.extract.front_matter.labelled import Labelled, read_labelled
from amic_kg.extract.front_matter.labels import label_language
from amic_kg.extract.front_matter.lines import (
    COVER_PAGES,
    Line,
    contents_page,
    front_lines,
    printed_parts,
)
from amic_kg.extract.front_matter.organizations import Organizations, fold
from amic_kg.extract.front_matter.persons import PersonNames
from amic_kg.extract.front_matter.publishers import Publishers
from amic_kg.extract.front_matter.titles import (
    Spelling,
    TitleFound,
    find_title,
    join_lines,
    split_title,
    without_number,
)
from amic_kg.language import Analyzer
from amic_kg.ontology import Vocabulary
from amic_kg.records import Page

_THESES = ("BachelorThesis", "MasterThesis", "DoctoralThesis")
_BY_BODIES = ("Deliverable", "Newsletter", "Report", "Guide")
_SURE_TITLE = 2.0
_SURE_NAME = 0.8
_ORDER = {name: place for place, name in enumerate(get_args(FieldName))}


class FrontMatterReader:
    """Reads one document after another with one vocabulary; pure."""

    def __init__(self, analyzer: Analyzer, vocabulary: Vocabulary) -> None:
        self._analyzer = analyzer
        words = frozenset(
            word
            for entity in vocabulary
            for _, text, _ in entity.labels()
            for word in fold(text).split()
        )
        self._persons = PersonNames(analyzer, words)
        self._organizations = Organizations(vocabulary)
        self._places = frozenset(
            text.casefold()
            for entity in vocabulary
            if entity.type in ("Place", "FundingProgramme")
            for _, text, _ in entity.labels()
        )
        imprints = Imprints(analyzer, self._places)
        self._contributors = Contributors(self._persons, self._organizations, imprints)
        self._publishers = Publishers(self._organizations, imprints)
        # Titles set in capitals get theirs back: "KEVITSAN" is of Kevitsa.
        self._names = self._places | frozenset(
            text.casefold()
            for entity in vocabulary
            if entity.type == "Site"
            for _, text, _ in entity.labels()
        )
        self._covers = CoverReader(self._persons, self._organizations, self._places)

    def read(self, pages: Sequence[Page], language: str) -> FrontMatter:
        """All fields that the first pages and the last one give."""
        lines = front_lines(pages)
        if not lines:
            return FrontMatter()
        texts = {page.number: page.text for page in pages}
        labelled = _before_body(read_labelled(lines), lines)
        lines = printed_parts(lines)
        covers = self._read_covers(lines, pages, language)
        covers = _with_bodies(covers, labelled, texts)
        covers = self._with_persons(covers, labelled, texts)
        spelling = Spelling(pages, self._analyzer, self._names)
        title = _title_fields(labelled, covers, pages, language, spelling)
        kind = kind_field(labelled, covers, lines, texts, title[0] if title else None)
        fields: list[Field] = [*title]
        fields += self._people(labelled, covers, texts, title)
        fields += series_fields(labelled, covers, lines, texts, language)
        fields += self._bodies(
            labelled, covers, lines, texts, kind, series=fields, language=language
        )
        fields += identifier_fields(lines, texts)
        thesis = kind is not None and kind.value in _THESES
        fields += degree_fields(labelled, covers, lines, texts, thesis=thesis)
        fields += keyword_fields(labelled, texts, language)
        if thesis and not any(field.name == "supervisor" for field in fields):
            fields += self._contributors.told_supervisors(lines)
        fields += project_fields(labelled, covers, texts)
        fields += language_field(labelled, texts)
        kind = kind or kind_by_parts(fields, lines, pages)
        year = year_field(labelled, covers, lines, texts) or year_of_series(fields)
        fields += [field for field in (kind, year) if field]
        return FrontMatter(tuple(_unique(fields)))

    def _read_covers(
        self, lines: Sequence[Line], pages: Sequence[Page], language: str
    ) -> list[Cover]:
        contents = contents_page(lines)
        printed = frozenset(fold(line.text) for line in lines)
        covers = []
        for page in pages[:COVER_PAGES]:
            if contents is not None and page.number > contents:
                break
            own = [line for line in lines if line.page == page.number]
            if own:
                covers.append(self._covers.read(own, language, printed))
                if covers[-1].body:
                    break
        return covers

    def _with_persons(
        self, covers: Sequence[Cover], labelled: Sequence[Labelled], texts: dict[int, str]
    ) -> list[Cover]:
        """The covers with the names that a label tells for ones, though nothing else does."""
        fields = self._contributors.labelled_persons(labelled, texts)
        known = {fold(field.value) for field in fields if field.confidence >= _SURE_NAME}

        def told(one: CoverLine) -> CoverLine:
            names = self._persons.read(one.line.text, "shape") if one.role == "text" else []
            if not names or not all(fold(name.value) in known for name in names):
                return one
            start = one.line.start
            placed = (replace(n, start=start + n.start, end=start + n.end) for n in names)
            return replace(one, role="name", names=tuple(placed))

        return [replace(one, lines=tuple(map(told, one.lines))) for one in covers]

    def _people(
        self,
        labelled: Sequence[Labelled],
        covers: Sequence[Cover],
        texts: dict[int, str],
        title: Sequence[Field],
    ) -> list[Field]:
        fields = list(self._contributors.labelled_persons(labelled, texts))
        others = {fold(field.value) for field in fields if field.name != "creator"}
        authors = [field for field in fields if field.name == "creator"]
        page = title[0].page if title else None
        cover = [
            field
            for field in self._contributors.cover_persons(covers, page)
            if fold(field.value) not in others
        ]
        written = {fold(field.value) for field in cover if field.name == "creator"}
        if authors and {fold(field.value) for field in authors} < written:
            # Of a column of names the label has the first alone.
            fields = [field for field in fields if field.name != "creator"]
            authors = []
        if not authors:
            fields += cover
        else:
            fields += [field for field in cover if field.name == "contributor"]
        if not any(field.name == "creator" for field in fields):
            editors = self._contributors.editors(labelled, covers, fields)
            places = {(field.page, field.start) for field in editors}
            others_still = [one for one in fields if (one.page, one.start) not in places]
            fields = [*editors, *others_still]
        return fields

    def _bodies(
        self,
        labelled: Sequence[Labelled],
        covers: Sequence[Cover],
        lines: Sequence[Line],
        texts: dict[int, str],
        kind: Field | None,
        *,
        series: Sequence[Field],
        language: str,
    ) -> list[Field]:
        fields = list(self._contributors.labelled_organisation("commissioner", labelled, texts))
        if not fields and kind is not None and kind.value in _THESES:
            told = self._contributors.told_commissioner(lines)
            fields = [told] if told else []
        orderers = frozenset(fold(field.value) for field in fields)
        named = in_language([one for one in labelled if one.field == "publisher"], language)
        publishers = list(self._contributors.labelled_organisation("publisher", named, texts))
        if not publishers and kind is not None and kind.value in _THESES:
            taken = [value for value in labelled if value.field != "publisher"]
            school = self._publishers.school(lines, taken)
            publishers = [school] if school else []
        if not publishers:
            publishers = list(self._publishers.copyright_holders(lines))[:1]
        if not publishers and covers and not covers[0].correspondence:
            found = self._publishers.cover_organisation(covers, orderers)
            # Who ordered the work may publish it too.
            found = found or self._publishers.cover_organisation(covers, frozenset())
            publishers = [found] if found else []
        if not publishers and kind is not None and kind.value == "Article":
            house = self._publishers.journal_publisher(lines)
            publishers = [house] if house else []
        if not publishers:
            named_in = [field for field in series if field.name == "series"]
            found = self._publishers.series_publisher(named_in)
            publishers = [found] if found else []
        if not publishers and kind is not None and kind.value in _BY_BODIES:
            found = self._publishers.told_body(lines, orderers)
            publishers = [found] if found else []
        if not publishers and (kind is None or kind.value == "Presentation"):
            found = self._publishers.affiliation(covers)
            publishers = [found] if found else []
        publishers = [self._publishers.fullest(one, covers, language) for one in publishers]
        bodies = {fold(field.value) for field in publishers}
        # Who does its own work names no other that ordered it.
        fields = [field for field in fields if fold(field.value) not in bodies]
        return [
            replace(field, entity=self._organizations.iri(field.value))
            for field in (*fields, *publishers)
        ]


def read_front_matter(
    pages: tuple[Page, ...], language: str, analyzer: Analyzer, vocabulary: Vocabulary
) -> FrontMatter:
    """The front matter of one document; for many of them keep a FrontMatterReader."""
    return FrontMatterReader(analyzer, vocabulary).read(pages, language)


def _with_bodies(
    covers: Sequence[Cover], labelled: Sequence[Labelled], texts: dict[int, str]
) -> list[Cover]:
    """The covers with the lines that a label names as publisher or commissioner elsewhere."""
    bodies = {
        fold(texts[one.page][one.start : one.end])
        for one in labelled
        if one.field in ("publisher", "commissioner") and one.sure
    }
    return [
        replace(
            cover,
            lines=tuple(
                replace(one, role="organisation")
                if one.role == "text"
                and fold(one.line.text) in bodies
                and one.line.gap
                and (after is None or after.line.gap)
                else one
                for one, after in zip(cover.lines, (*cover.lines[1:], None), strict=True)
            ),
        )
        for cover in covers
    ]


def _before_body(labelled: Iterable[Labelled], lines: Sequence[Line]) -> list[Labelled]:
    """Labels of the front: behind the contents only those of a sheet or the last page count."""
    contents = contents_page(lines)
    last = lines[-1].page
    return [
        value
        for value in labelled
        if contents is None or value.page <= contents or value.sheet or value.page == last
    ]


def _title_fields(
    labelled: Sequence[Labelled],
    covers: Sequence[Cover],
    pages: Sequence[Page],
    language: str,
    spelling: Spelling,
) -> list[Field]:
    texts = {page.number: page.text for page in pages}
    found = find_title(covers, pages)
    sheet = _labelled_title(labelled, texts, language, found)
    if sheet is not None:
        printed = without_number(join_lines(texts[sheet.page][sheet.start : sheet.end].split("\n")))
        proper, subtitle = split_title(printed)
        under = next((one for one in labelled if one.field == "subtitle"), None)
        if under is not None and not subtitle:
            subtitle = join_lines(texts[under.page][under.start : under.end].split("\n"))
        confidence = 0.95 if sheet.sure else 0.85
        place = (sheet.page, sheet.start, sheet.end)
        if found is not None and fold(f"{found.proper} {found.subtitle}") == fold(printed):
            # The cover parts the subtitle better than a colon does.
            confidence = 0.97
            proper, subtitle = without_number(found.proper), found.subtitle
            if not subtitle:
                proper, subtitle = split_title(proper)
        elif found is not None and not subtitle and _begins(found.proper, printed):
            subtitle = found.proper[len(printed) :].strip(" :–—-")
            confidence, place = 0.85, (found.page, found.start, found.end)
        elif found is not None and not subtitle and fold(found.proper) == fold(printed):
            # The sheet has the title proper alone, the cover the subtitle too.
            subtitle, confidence = found.subtitle, 0.85
            place = (found.page, found.start, found.end)
        return list(_titles(spelling, proper, subtitle, place, place[1], confidence=confidence))
    if found is None:
        return []
    proper, subtitle = without_number(found.proper), found.subtitle
    inside = 0
    if not subtitle:
        proper, subtitle = split_title(proper)
        if subtitle:
            line = texts[found.page][found.start : found.end]
            mark = re.search(r":\s+|\s[–—-]\s+", line)
            inside = mark.end() if mark else 0
    confidence = round(min(0.9, max(0.35, 0.35 + found.score * 0.12)), 2)
    place = (found.page, found.start, found.end)
    start = found.start + inside if inside else found.subtitle_start
    return list(_titles(spelling, proper, subtitle, place, start, confidence=confidence))


def _begins(cover: str, printed: str) -> bool:
    """Whether the cover's title goes on with a subtitle where the sheet's ends."""
    rest = cover[len(printed) :].strip(" :–—-")
    return cover.casefold().startswith(printed.casefold()) and len(rest) > 8 and rest[0].isupper()


def _titles(
    spelling: Spelling,
    proper: str,
    subtitle: str,
    place: tuple[int, int, int],
    subtitle_start: int,
    *,
    confidence: float,
) -> Iterator[Field]:
    proper = spelling.sentence_case(proper).strip(" .:;,*")
    subtitle = spelling.sentence_case(subtitle).strip(" .:;,*")
    page, start, end = place
    whole = f"{proper} : {subtitle}" if subtitle else proper
    yield Field("title", whole, page, start, end, confidence)
    if subtitle:
        yield Field("subtitle", subtitle, page, subtitle_start, end, round(confidence - 0.1, 2))


def _labelled_title(
    labelled: Sequence[Labelled],
    texts: dict[int, str],
    language: str,
    found: TitleFound | None,
) -> Labelled | None:
    """The title behind a label: the one that the cover bears too, else that in the language."""
    titles = [one for one in labelled if one.field == "title" and (one.sure or one.sheet)]
    if not titles:
        return None
    if found is not None:
        cover = fold(f"{found.proper} {found.subtitle}")
        for one in titles:
            own = fold(texts[one.page][one.start : one.end])
            if own and (own in cover or cover in own or fold(found.proper) in own):
                return one
    for one in titles:
        if label_language(one.label) == language:
            return one
    strange = found is not None and found.score >= _SURE_TITLE
    return None if strange else titles[0]


def _unique(fields: Iterable[Field]) -> Iterator[Field]:
    """One field a name and value, the surest, in the order of names and then of the document."""
    best: dict[tuple[str, str], Field] = {}
    for field in fields:
        key = (field.name, re.sub(r"\W", "", field.value).casefold())
        if key not in best:
            best[key] = field
        elif field.confidence > best[key].confidence:
            best[key] = replace(field, value=best[key].value)
    yield from sorted(best.values(), key=lambda field: _ORDER[field.name])

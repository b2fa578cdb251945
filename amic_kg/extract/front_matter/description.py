"""What describes a document: year, identifiers, series, degree, keywords, project, language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amic_kg.extract.front_matter.cover_line import Cover, CoverLine
from amic_kg.extract.front_matter.dates import (
    DatedText,
    date_line,
    dates_in,
    ending_date,
    find_copyrights,
    leading_date,
    placed_date,
    trailing_date,
)
from amic_kg.extract.front_matter.fields import Field
from amic_kg.extract.front_matter.identifiers import find_identifiers
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.labels import label_language
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.organizations import fold
from amic_kg.extract.front_matter.series import (
    Series,
    series_block,
    series_line,
    series_name,
    series_value,
)
from amic_kg.extract.front_matter.titles import join_lines

_KEYWORD_PARTS = re.compile(r"\s*[,;•·|]\s*|\s+[–—-]\s+|\n(?=[-•·–])")
_SENTENCE = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_ISSUE_YEAR = re.compile(
    r"(?:journal|vol|\bno\b|research|studies|\d\s?\().{0,60}?[\s(]((?:19|20)\d\d)(?![\d-])|"
    r"\s\d{1,3}/((?:19|20)\d\d)$|^[^\d]{4,80}[\s(]((?:19|20)\d\d)(?=\)|,\s?\d)|"
    r"\s\d{1,4}\s?\(((?:19|20)\d\d)\)",
    re.IGNORECASE,
)
_PROJECT = re.compile(
    r"\b(?P<name>[A-ZÅÄÖ][\wåäö]*[A-ZÅÄÖ\d][\wåäöÅÄÖ]*)"
    r"(?:\s?-\s?(?:hanke\w*|hankkee\w+|projekti\w*|projekt\w*)|\sproject\b)"
)
_PROJECT_NAME = re.compile(
    r"^(?P<name>[A-ZÅÄÖ][^.:;]{3,70}?)(?:\s-\s?|-)(?:hanke|hankkeen|projekti|projektin|projekt|"
    r"projektet)\b"
)
_PUBLISHED = re.compile(
    r"(?:date of publication|published(?: online)?|available online):?\s[^.;]{0,20}?"
    r"((?:19|20)\d\d)|^((?:19|20)\d\d)\s\d{1,2}(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_LABEL_RUNS_ON = re.compile(r"(?:ja numero|and number|och nummer|and numbering)\b[\s:]*", re.I)
"""The second line of a label: "Julkaisusarjan nimi", "ja numero"."""

_ENGLISH_SERIES = re.compile(
    r"report|publication|bulletin|studies|paper|series|dissertations|guide|proceedings", re.I
)
_LAST_YEAR = re.compile(r"\s((?:19|20)\d\d)$")
_FRONT_PAGES = 6
_LANGUAGES = {
    "fi": r"suomi|finnish|finska", "en": r"englanti|english|engelska",
    "sv": r"ruotsi|swedish|svenska",
}  # fmt: skip


def year_field(
    labelled: Sequence[Labelled],
    covers: Sequence[Cover],
    lines: Sequence[Line],
    texts: dict[int, str],
) -> Field | None:
    """The year: behind a label, on the cover by itself, in the copyright line."""
    candidates = [*_labelled_years(labelled, texts), *_cover_years(covers), *_held_years(lines)]
    return max(candidates or _placed_years(lines), key=lambda f: f.confidence, default=None)


def _labelled_years(labelled: Sequence[Labelled], texts: dict[int, str]) -> Iterator[Field]:
    for value in labelled:
        if value.field == "publisher":
            # "Julkaisija: Tukes 2016".
            last = _LAST_YEAR.search(texts[value.page][value.start : value.end])
            if last:
                found = DatedText(last[1], last.start(1), last.end(1))
                yield _year(found, value.page, value.start, 0.86)
            continue
        dates = (
            list(dates_in(texts[value.page][value.start : value.end]))
            if value.field == "year"
            else []
        )
        bare = dates and len(dates[0].year) == value.end - value.start
        if dates and (value.sure or value.sheet or bare):
            confidence = 0.95 if value.sure else 0.85
            yield _year(dates[-1], value.page, value.start, confidence)


def _cover_years(covers: Sequence[Cover]) -> Iterator[Field]:
    for order, cover in enumerate(covers):
        for one in cover.lines:
            found = _line_year(one)
            if found is not None:
                dated, confidence = found
                confidence = round(confidence - 0.03 * order, 2)
                yield _year(dated, one.line.page, one.line.start, confidence)


def _line_year(one: CoverLine) -> tuple[DatedText, float] | None:
    text = one.line.text
    alone = date_line(text)
    if alone is not None:
        # In a title it is its last word: "karterade / 2002".
        return None if one.role == "text" else (alone, 0.9)
    placed = (
        (placed_date(text) or leading_date(text) or ending_date(text))
        if one.role == "date"
        else None
    )
    if placed is not None:
        return placed, 0.87
    last = trailing_date(text) if len(text) < 80 or one.role != "text" else None
    if last is not None:
        return last, 0.7 if one.role == "text" else 0.75
    behind = re.search(r"\s((?:19|20)\d\d)$", text) if one.role == "name" else None
    if behind is not None:
        return DatedText(behind[1], behind.start(1), behind.end()), 0.75
    return _issue_year(text) if one.role == "journal" else None


def _issue_year(text: str) -> tuple[DatedText, float] | None:
    """The year in the head of an article: when it was published, or that of its issue."""
    for pattern, confidence in ((_PUBLISHED, 0.66), (_ISSUE_YEAR, 0.65)):
        match = pattern.search(text)
        if match is not None:
            group = match.lastindex or 0
            return DatedText(match[group], match.start(group), match.end(group)), confidence
    return None


def _held_years(lines: Sequence[Line]) -> Iterator[Field]:
    for line in lines:
        for right in find_copyrights(line.text):
            if right.year:
                at = line.text.rindex(right.year)
                # Of several years the latest counts, and that is mostly here.
                yield _year(DatedText(right.year, at, at + 4), line.page, line.start, 0.88)


def _placed_years(lines: Sequence[Line]) -> Iterator[Field]:
    for line in lines:
        found = placed_date(line.text)
        if found:
            yield _year(found, line.page, line.start, 0.7)


def _year(dated: DatedText, page: int, offset: int, confidence: float) -> Field:
    return Field("year", dated.year, page, offset + dated.start, offset + dated.end, confidence)


def identifier_fields(lines: Sequence[Line], texts: dict[int, str]) -> Iterator[Field]:
    """ISBN, ISSN, URN, DOI, handle of the front pages and the last one."""
    first = lines[0].page
    seen: set[tuple[str, str]] = set()
    for page in dict.fromkeys(line.page for line in lines):
        own = [line for line in lines if line.page == page]
        start, end = own[0].start, own[-1].end
        for found in find_identifiers(texts[page][start:end]):
            if found.scheme == "doi" and (page > first + 3 or any(k[0] == "doi" for k in seen)):
                # A reference list is full of the DOIs of others.
                continue
            if found.scheme == "handle" and page > first + 3:
                continue
            key = (found.scheme, found.value.casefold())
            if key in seen:
                continue
            seen.add(key)
            confidence = 0.97 if found.labelled else 0.85
            place = (page, start + found.start, start + found.end)
            yield Field(found.scheme, found.value, *place, confidence)


def year_of_series(fields: Sequence[Field]) -> Field | None:
    """The year in the number of a series: "Raportteja 12/2019"."""
    for field in fields:
        if field.name == "series_number":
            match = re.search(r"(?:19|20)\d\d", field.value)
            if match and field.value != match.group():
                return Field("year", match.group(), field.page, field.start, field.end, 0.6)
    return None


def series_fields(
    labelled: Sequence[Labelled],
    covers: Sequence[Cover],
    lines: Sequence[Line],
    texts: dict[int, str],
    language: str,
) -> Iterator[Field]:
    """The series behind its label, else on a line of its own, with its number."""
    for value in labelled:
        if value.field == "series":
            text = texts[value.page][value.start : value.end]
            rest = _LABEL_RUNS_ON.match(text)
            start = value.start + (rest.end() if rest else 0)
            text = text[start - value.start :]
            flat = re.split(r"\s+ISS?[BN]N?\b", join_lines(text.split("\n")))[0].strip(" ,;")
            series = series_value(flat)
            number = next((one for one in labelled if one.field == "series_number"), None)
            shown = series.number
            name = series.value
            if number is not None and not shown:
                shown = texts[number.page][number.start : number.end].strip()
                name = f"{name} {shown}"
            confidence = 0.92 if value.sure else 0.85
            if not shown:
                longer = list(_unlabelled_series(covers, lines, language))
                if len(longer) > 1 and fold(longer[0].value).startswith(fold(name)):
                    # The cover has the number that the sheet leaves out.
                    yield from longer
                    return
            yield Field("series", name, value.page, start, value.end, confidence)
            if shown:
                yield Field("series_number", shown, value.page, start, value.end, confidence)
            return
    yield from _unlabelled_series(covers, lines, language)


def _unlabelled_series(
    covers: Sequence[Cover], lines: Sequence[Line], language: str
) -> Iterator[Field]:
    roles = {(one.line.page, one.line.start): one.role for cover in covers for one in cover.lines}
    pages = list(dict.fromkeys(line.page for line in lines))
    for place, line in enumerate(lines):
        if roles.get((line.page, line.start)) in ("name", "label") or line.page not in pages[:4]:
            continue
        below = [one.text for one in lines[place : place + 3] if one.page == line.page]
        found = series_line(line.text)
        if found is None or series_block(below):
            whole = series_name(below)
            if whole:
                end = lines[place + whole.lines - 1].end
                yield Field("series", whole.value, line.page, line.start, end, 0.8)
                if whole.number:
                    yield Field("series_number", whole.number, line.page, line.start, end, 0.8)
                return
        if found:
            own, found = _in_language(line, found, lines[place + 1 : place + 3], language)
            on_cover = roles.get((own.page, own.start)) == "series"
            confidence = 0.85 if on_cover else 0.7
            place_on_page = (own.page, own.start, own.end)
            yield Field("series", found.value, *place_on_page, confidence)
            yield Field("series_number", found.number, *place_on_page, confidence)
            return


def _in_language(
    line: Line, found: Series, after: Sequence[Line], language: str
) -> tuple[Line, Series]:
    """Of a series named in two languages on one printed line the name in the document's."""
    for other in (one for one in after if one.row == line.row and one.page == line.page):
        second = series_line(other.text)
        if second is None or second.number != found.number:
            continue
        english = bool(_ENGLISH_SERIES.search(second.value))
        if english == (language == "en") != bool(_ENGLISH_SERIES.search(found.value)):
            return other, second
    return line, found


def keyword_fields(
    labelled: Sequence[Labelled], texts: dict[int, str], language: str
) -> Iterator[Field]:
    """Keywords in the document's language; in another one when there are none in its own."""
    values = [value for value in labelled if value.field == "keyword" and value.sure]
    own = [value for value in values if label_language(value.label) == language]
    for value in (own or values)[:1]:
        text = texts[value.page][value.start : value.end]
        sentence = _SENTENCE.search(text)
        text = text[: sentence.start()] if sentence else text
        parts = [part for part in _KEYWORD_PARTS.split(text) if part.strip()]
        if len(parts) == 1 and text.count("\n") > 0:
            parts = text.split("\n")
        offset = 0
        for part in parts:
            start = text.index(part, offset)
            offset = start + len(part)
            shown = part.strip(" .\n:")
            if not 2 <= len(shown) <= 60 or len(shown.split()) > 6:
                continue
            at = value.start + start + part.index(shown)
            yield Field(
                "keyword", join_lines(shown.split("\n")), value.page, at, at + len(shown), 0.92
            )


def project_fields(
    labelled: Sequence[Labelled], covers: Sequence[Cover], texts: dict[int, str]
) -> Iterator[Field]:
    """The project: behind its label, or named as one on the cover."""
    for value in labelled:
        if value.field == "project" and value.sure:
            text = join_lines(texts[value.page][value.start : value.end].split("\n"))
            if 2 <= len(text) <= 120 and not _SENTENCE.search(text):
                yield Field("project", text.strip(" .,;"), value.page, value.start, value.end, 0.88)
    for cover in covers[:1]:
        for one in cover.lines:
            match = _PROJECT.search(one.line.text) or _PROJECT_NAME.search(one.line.text)
            if match and match["name"] != "EU":
                place = (
                    one.line.page,
                    one.line.start + match.start("name"),
                    one.line.start + match.end("name"),
                )
                yield Field("project", match["name"], *place, 0.7)


def language_field(labelled: Sequence[Labelled], texts: dict[int, str]) -> Iterator[Field]:
    for value in labelled:
        if value.field == "language" and value.sure:
            text = texts[value.page][value.start : value.end]
            for code, pattern in _LANGUAGES.items():
                if re.fullmatch(rf"\W*(?:{pattern})\W*", text, re.IGNORECASE):
                    yield Field("language", code, value.page, value.start, value.end, 0.95)
                    return

"""What describes a document: kind, year, identifiers, series, degree, keywords, project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amic_kg.extract.front_matter.cover import Cover
from amic_kg.extract.front_matter.dates import (
    date_line,
    dates_in,
    find_copyrights,
    placed_date,
    trailing_date,
)
from amic_kg.extract.front_matter.fields import Field
from amic_kg.extract.front_matter.identifiers import find_identifiers
from amic_kg.extract.front_matter.kinds import (
    find_degree,
    find_kind,
    find_programme,
    is_master_degree,
)
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.labels import label_language
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.organizations import find_school
from amic_kg.extract.front_matter.series import series_line, series_value
from amic_kg.extract.front_matter.titles import join_lines

_KEYWORD_PARTS = re.compile(r"\s*[,;•·|]\s*|\s+[–—-]\s+|\n(?=[-•·–])")
_SENTENCE = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_ARTICLE_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bvol(?:ume|\.)\s?\d+|\b\d{1,3}\s?\(\d{1,3}(?:[-–/]\d+)?\)|\b\w*journal\b",
        r"\breceived\b.{0,80}\baccepted\b",
        r"corresponding author|\*\s?correspondence",
        r"\bdoi\b",
        r"self-archived|rinnakkaistallen|parallellpublic|original article|please cite",
        r"article info|peer[- ]?review|vertaisarvioi|open access article",
    )
)
_PROJECT = re.compile(
    r"\b(?P<name>[A-ZÅÄÖ][\wåäö]*[A-ZÅÄÖ\d][\wåäöÅÄÖ]*)"
    r"(?:\s?-\s?(?:hanke\w*|hankkee\w+|projekti\w*|projekt\w*)|\sproject\b)"
)
_PROJECT_NAME = re.compile(
    r"^(?P<name>[A-ZÅÄÖ][^.:;]{3,70}?)(?:\s-\s?|-)(?:hanke|hankkeen|projekti|projektin|projekt|projektet)\b"
)
_LANGUAGES = {
    "fi": r"suomi|finnish|finska", "en": r"englanti|english|engelska",
    "sv": r"ruotsi|swedish|svenska",
}  # fmt: skip


def kind_field(
    labelled: Sequence[Labelled],
    covers: Sequence[Cover],
    lines: Sequence[Line],
    texts: dict[int, str],
    title: Field | None,
) -> Field | None:
    """The kind by its label, by the words of the cover, by the marks of an article."""
    for value in labelled:
        if value.field == "kind":
            found = find_kind(texts[value.page][value.start : value.end])
            if found:
                kind = _level(found.value, lines)
                return Field(
                    "kind",
                    kind,
                    value.page,
                    value.start + found.start,
                    value.start + found.end,
                    0.92,
                )
    front = [one for cover in covers[:2] for one in cover.lines]
    candidates: list[Field] = []
    for one in front:
        text = one.line.text
        found = find_kind(text) if len(text) <= 140 and one.role != "journal" else None
        if found is None or (text.endswith(".") and len(text) > 60):
            continue
        of_title = (
            title is not None
            and title.page == one.line.page
            and title.start <= one.line.start < title.end
        )
        confidence = 0.9 if one.role == "kind" else 0.6 if of_title else 0.75
        place = (one.line.page, one.line.start + found.start, one.line.start + found.end)
        candidates.append(Field("kind", _level(found.value, lines), *place, confidence))
    theses = [field for field in candidates if field.value.endswith("Thesis")]
    if not theses:
        theses = list(_thesis_notes(lines))
    if theses:
        return max(theses, key=lambda field: field.confidence)
    deliverables = [field for field in candidates if field.value == "Deliverable"]
    if deliverables:
        return deliverables[0]
    article = _article(lines)
    if article and not any(
        field.confidence >= 0.9 and field.value != "Article" for field in candidates
    ):
        return article
    if candidates:
        return max(candidates, key=lambda field: field.confidence)
    return None


def _level(kind: str, lines: Sequence[Line]) -> str:
    """A thesis of no named level: by the degrees and the school that the front pages name."""
    if kind != "Thesis":
        return kind
    text = "\n".join(line.text for line in lines[:150])
    for line in lines[:150]:
        found = find_kind(line.text)
        if found and found.value in ("DoctoralThesis", "MasterThesis", "BachelorThesis"):
            return found.value
        degree = find_degree(line.text)
        if degree:
            return "MasterThesis" if is_master_degree(degree.value) else "BachelorThesis"
    if is_master_degree(text):
        return "MasterThesis"
    school = find_school(text)
    name = text[slice(*school)].lower() if school else ""
    university = re.search(r"yliopisto|universit", name) and "applied" not in name
    return "MasterThesis" if university else "BachelorThesis"


def _thesis_notes(lines: Sequence[Line]) -> Iterator[Field]:
    """A thesis that only its abstract page or its notice of the public defence names."""
    for line in lines[:150]:
        if len(line.text) <= 90 and line.page <= 6:
            found = find_kind(line.text)
            if found and found.value in ("DoctoralThesis", "MasterThesis", "BachelorThesis"):
                yield Field(
                    "kind", found.value, line.page, line.start + found.start,
                    line.start + found.end, 0.7 if len(line.text) < 60 else 0.5,
                )  # fmt: skip
                return


def _article(lines: Sequence[Line]) -> Field | None:
    first = [line for line in lines if line.page <= 2][:70]
    signs: dict[int, Line] = {}
    for line in first:
        for number, pattern in enumerate(_ARTICLE_SIGNS):
            if number not in signs and pattern.search(line.text):
                signs[number] = line
    if len(signs) < 2:
        return None
    line = next(iter(signs.values()))
    return Field(
        "kind", "Article", line.page, line.start, line.end, min(0.9, 0.6 + 0.1 * len(signs))
    )


def year_field(
    labelled: Sequence[Labelled],
    covers: Sequence[Cover],
    lines: Sequence[Line],
    texts: dict[int, str],
) -> Field | None:
    """The year: on the cover by itself, behind a label, in the copyright line."""
    candidates: list[Field] = []
    for value in labelled:
        if value.field == "year":
            dates = list(dates_in(texts[value.page][value.start : value.end]))
            if dates and (
                value.sure or value.sheet or len(dates[0].year) == value.end - value.start
            ):
                last = dates[-1]
                place = (value.page, value.start + last.start, value.start + last.end)
                candidates.append(Field("year", last.year, *place, 0.95 if value.sure else 0.85))
    for order, cover in enumerate(covers):
        for one in cover.lines:
            text = one.line.text
            found = date_line(text) or placed_date(text)
            confidence = 0.9 - 0.03 * order
            if found is None and one.role != "text":
                found, confidence = trailing_date(text), 0.75 - 0.03 * order
            elif found is None and len(text) < 80:
                found, confidence = trailing_date(text), 0.7 - 0.03 * order
            if found:
                place = (one.line.page, one.line.start + found.start, one.line.start + found.end)
                candidates.append(Field("year", found.year, *place, round(confidence, 2)))
    for line in lines:
        for right in find_copyrights(line.text):
            at = line.text.rindex(right.year)
            place = (line.page, line.start + at, line.start + at + 4)
            candidates.append(Field("year", right.year, *place, 0.8))
        if line.page > 1 and not candidates:
            found = placed_date(line.text)
            if found:
                place = (line.page, line.start + found.start, line.start + found.end)
                candidates.append(Field("year", found.year, *place, 0.7))
    return max(candidates, key=lambda field: field.confidence, default=None)


def identifier_fields(
    lines: Sequence[Line], texts: dict[int, str], kind: str | None
) -> Iterator[Field]:
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


def series_fields(
    labelled: Sequence[Labelled],
    covers: Sequence[Cover],
    lines: Sequence[Line],
    texts: dict[int, str],
) -> Iterator[Field]:
    for value in labelled:
        if value.field == "series":
            text = texts[value.page][value.start : value.end]
            flat = re.split(r"\s+ISS?[BN]N?\b", join_lines(text.split("\n")))[0].strip(" ,;")
            series = series_value(flat)
            number = next((one for one in labelled if one.field == "series_number"), None)
            shown = series.number
            name = series.value
            if number is not None and not shown:
                shown = texts[number.page][number.start : number.end].strip()
                name = f"{name} {shown}"
            confidence = 0.92 if value.sure else 0.85
            yield Field("series", name, value.page, value.start, value.end, confidence)
            if shown:
                yield Field("series_number", shown, value.page, value.start, value.end, confidence)
            return
    roles = {(one.line.page, one.line.start): one.role for cover in covers for one in cover.lines}
    pages = list(dict.fromkeys(line.page for line in lines))
    for line in lines:
        if roles.get((line.page, line.start)) in ("name", "label") or line.page not in pages[:4]:
            continue
        found = series_line(line.text)
        if found:
            on_cover = roles.get((line.page, line.start)) == "series"
            confidence = 0.85 if on_cover else 0.7
            yield Field("series", found.value, line.page, line.start, line.end, confidence)
            yield Field("series_number", found.number, line.page, line.start, line.end, confidence)
            return


def degree_fields(
    labelled: Sequence[Labelled], covers: Sequence[Cover], texts: dict[int, str]
) -> Iterator[Field]:
    """The degree and the programme, behind labels and on the cover."""
    for value in labelled:
        if value.field in ("degree", "programme"):
            text = join_lines(texts[value.page][value.start : value.end].split("\n"))
            if (value.sure or value.sheet) and 3 < len(text) <= 120 and not _SENTENCE.search(text):
                name = "degree" if value.field == "degree" else "programme"
                shown = text.strip(" .,")
                if name == "degree":
                    yield Field("degree", shown, value.page, value.start, value.end, 0.9)
                else:
                    yield Field("programme", shown, value.page, value.start, value.end, 0.9)
    for cover in covers[:2]:
        for one in cover.lines:
            if one.role not in ("degree", "text", "unit", "kind"):
                continue
            degree, programme = find_degree(one.line.text), find_programme(one.line.text)
            if degree:
                place = (one.line.page, one.line.start + degree.start, one.line.start + degree.end)
                yield Field("degree", degree.value, *place, 0.85)
            if programme and one.role == "degree":
                place = (
                    one.line.page,
                    one.line.start + programme.start,
                    one.line.start + programme.end,
                )
                yield Field("programme", programme.value, *place, 0.8)


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

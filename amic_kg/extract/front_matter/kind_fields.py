"""The kind of a document: by label, by words of the cover, by marks of an article, by its look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from amic_kg.extract.front_matter.cover_line import Cover
from amic_kg.extract.front_matter.fields import Field, FieldName
from amic_kg.extract.front_matter.kinds import find_degree, find_kind, is_master_degree
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.organizations import find_school
from amic_kg.records import Page

_FIRST_PAGES = 6
_THESIS_WORD = re.compile(
    r"\bopinnäyte\w*|\bexamensarbete\w*|\bthesis\b|\blärdomsprov\w*|\btutkielma", re.IGNORECASE
)
_DEFENDED = re.compile(
    r"\b(?:opponent|vastaväittäjä|custos|kustos|pre-examiner|esitarkastaja|förhandsgranskare|"
    r"dissertationes|acta universitatis|annales universitatis|doctoral (?:programme|school|"
    r"training)|"
    r"diss\.\s?:|tohtoriohjelma|väitöskirja\w*|doktorsavhandling\w*|doktorandprogram\w*)",
    re.IGNORECASE,
)
_HEAD_LINES = 4
_OF_ISSUE = re.compile(
    r"[A-ZÅÄÖ][^\d.:]{2,40}\s\d{1,4}(?:\s?/\s?(?:19|20)\d\d|\s?\((?:19|20)\d\d\))"
    r"(?:\s?,\s.{0,40})?$"
)
"""The head of a magazine: "Ympäristö 3/2020", "Geologi 62 (2010)"."""

_BULLET = re.compile(r"^[•●▪○–*>-]\s?\w")
_ARTICLE_SIGNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bvol(?:ume|\.)\s?\d+|\b\d{1,3}\s?\(\d{1,3}(?:[-–/]\d+)?\)|\b\w*journal\b",
        r"\breceived\b.{0,80}\baccepted\b",
        r"corresponding author|\*\s?correspondence",
        r"\bdoi\b",
        r"self-archived|rinnakkaistallen|parallellpublic|original article|please cite",
        r"^(?:\d|[a-e*])\s?[A-ZÅÄÖ].*(?:universit|institut|department|yliopisto|laitos|centre\b|"
        r"finland|sweden|norway|sverige|suomi)",
        r"\b(?:conference|symposium|congress) on\b.*(?:\(\w+\)|\d)|index terms|"
        r"^\d{1,2}(?:st|nd|rd|th)\b.*\b(?:meeting|conference|symposium|congress|workshop)\b",
        r"article info|peer[- ]?review|vertaisarvioi|open access article",
    )
)


_SURE_SIGNS = frozenset({0, 1, 2, 4, 6, 7})
_OWN_ISBN = re.compile(r"\W*(?:[a-zåäö]+: )?ISBN\b", re.IGNORECASE)


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
        confidence = 0.9 if one.role == "kind" else 0.65 if one.role == "series" else 0.75
        if of_title:
            confidence = 0.7 if found.value in ("Guide", "Newsletter", "Dataset") else 0.6
        place = (one.line.page, one.line.start + found.start, one.line.start + found.end)
        candidates.append(Field("kind", _level(found.value, lines), *place, confidence))
    theses = [field for field in candidates if field.value.endswith("Thesis")]
    if not theses:
        theses = list(_thesis_notes(lines)) or list(_defended(lines))
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


def _defended(lines: Sequence[Line]) -> Iterator[Field]:
    """A dissertation by those who examine it, or by its series."""
    for line in lines[:150]:
        if line.page <= _FIRST_PAGES and len(line.text) <= 90 and _DEFENDED.search(line.text):
            yield Field("kind", "DoctoralThesis", line.page, line.start, line.end, 0.66)
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
    if not signs.keys() & _SURE_SIGNS and any(_OWN_ISBN.match(line.text) for line in lines):
        # A report with a DOI of its own.
        return None
    line = next(iter(signs.values()))
    return Field(
        "kind", "Article", line.page, line.start, line.end, min(0.9, 0.6 + 0.1 * len(signs))
    )


def kind_by_parts(
    fields: Sequence[Field], lines: Sequence[Line], pages: Sequence[Page]
) -> Field | None:
    """A kind that no word names: by what the document has, or by the look of its pages."""
    names = {field.name: field for field in reversed(fields)}
    degree = names.get("degree")
    if degree is not None:
        kind = "MasterThesis" if is_master_degree(degree.value) else "BachelorThesis"
        if re.search(r"doctor|tohtori|doktor", degree.value, re.IGNORECASE):
            kind = "DoctoralThesis"
        return Field("kind", kind, degree.page, degree.start, degree.end, 0.65)
    thesis = next((line for line in lines[:100] if _THESIS_WORD.search(line.text)), None)
    if thesis is not None and "isbn" not in names and "doi" not in names:
        place = (thesis.page, thesis.start, thesis.end)
        return Field("kind", _level("Thesis", lines), *place, 0.6)
    title = names.get("title")
    slides = [page for page in pages[1:6] if _is_slide(page)]
    if title is not None and slides and len(slides) >= min(2, len(pages) - 1):
        return Field("kind", "Presentation", title.page, title.start, title.end, 0.65)
    for name in ("isbn", "series"):
        if name in names and "doi" not in names:
            found = names[name]
            return Field("kind", "Report", found.page, found.start, found.end, 0.65)
    return _article_by_parts(names, lines)


def _article_by_parts(names: Mapping[FieldName, Field], lines: Sequence[Line]) -> Field | None:
    """An article by the head of a magazine, or by the numbers that articles have."""
    issue = next((line for line in lines[:_HEAD_LINES] if _OF_ISSUE.match(line.text)), None)
    if issue is not None and "creator" in names and "isbn" not in names:
        return Field("kind", "Article", issue.page, issue.start, issue.end, 0.65)
    article = names.get("doi") or (names.get("issn") if "isbn" not in names else None)
    if article is not None and "creator" in names:
        return Field("kind", "Article", article.page, article.start, article.end, 0.6)
    return None


def _is_slide(page: Page) -> bool:
    lines = [line.strip() for line in page.text.splitlines() if line.strip()]
    bullets = sum(bool(_BULLET.match(line)) for line in lines)
    return 3 <= len(lines) <= 25 and bullets >= max(2, len(lines) // 3)

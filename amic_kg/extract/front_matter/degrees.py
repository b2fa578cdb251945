"""The degree that a thesis is for, and its programme: by label, on the cover, in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from amic_kg.extract.front_matter.cover_line import Cover
from amic_kg.extract.front_matter.fields import Field
from amic_kg.extract.front_matter.kinds import find_degree, find_lone_degree, find_programme
from amic_kg.extract.front_matter.labelled import Labelled
from amic_kg.extract.front_matter.labels import read_label
from amic_kg.extract.front_matter.lines import Line, joined
from amic_kg.extract.front_matter.titles import join_lines

_SENTENCE = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_FRONT_PAGES = 6
_FOR_DEGREE = re.compile(
    r"\b(?:degree of|examen|thesis for|degree:|for|för)(?: an?| the| avläggande av)?"
    r"(?: degree of)?\s*$|"
    r"\b(?:opinnäytetyö|tutkielma|väitöskirja|examensarbete|avhandling)\s*[,(–-]?\s*$",
    re.IGNORECASE,
)


def degree_fields(
    labelled: Sequence[Labelled],
    covers: Sequence[Cover],
    lines: Sequence[Line],
    texts: dict[int, str],
    *,
    thesis: bool,
) -> Iterator[Field]:
    """The degree, of several names of it the surest, and the programmes.

    Of a thesis its abstract page or a sentence may name it.
    """
    found = [*_labelled_degrees(labelled, texts), *_cover_degrees(covers)]
    degrees = [field for field in found if field.name == "degree"]
    told = _told_degree(lines) if thesis else None
    degrees += [told] if told else []
    if degrees:
        yield max(degrees, key=lambda field: field.confidence)
    yield from (field for field in found if field.name == "programme")


def _labelled_degrees(labelled: Sequence[Labelled], texts: dict[int, str]) -> Iterator[Field]:
    for value in labelled:
        if value.field not in ("degree", "programme"):
            continue
        text = join_lines(texts[value.page][value.start : value.end].split("\n"))
        if not value.sure or not 3 < len(text) <= 120 or _SENTENCE.search(text):
            continue
        shown = text.strip(" .,")
        if value.field == "programme":
            yield Field("programme", shown, value.page, value.start, value.end, 0.9)
            continue
        found = find_degree(shown)
        # "Tradenomi (AMK), liiketalous": the degree, then the field of study.
        shown = found.value if found and found.start == 0 else shown
        yield Field("degree", shown, value.page, value.start, value.end, 0.9)


def _cover_degrees(covers: Sequence[Cover]) -> Iterator[Field]:
    for cover in covers[:2]:
        for at, one in enumerate(cover.lines):
            line = one.line
            if one.role in ("degree", "text", "unit", "kind", "clause"):
                # A degree may run over a line's end: "Doctor of Science", "(Technology)".
                below = [after.line for after in cover.lines[at + 1 : at + 2] if not after.line.gap]
                whole = joined([line, *below])
                degree, confidence = find_degree(whole.text), 0.85
                if degree is None and find_programme(line.text.rpartition(",")[0]):
                    degree, confidence = find_lone_degree(line.text), 0.7
                if degree and degree.start < len(line.text):
                    place = (line.page, *whole.span(degree.start, degree.end))
                    yield Field("degree", degree.value, *place, confidence)
            programme = find_programme(line.text)
            if programme and one.role == "degree":
                place = (line.page, line.start + programme.start, line.start + programme.end)
                yield Field("programme", programme.value, *place, 0.8)


def _told_degree(lines: Sequence[Line]) -> Field | None:
    """The degree of a thesis that its abstract page or a sentence names."""
    front = [line for line in lines if line.page <= _FRONT_PAGES]
    for line, below in zip(front, [*front[1:], None], strict=True):
        label = read_label(line.text)
        if label and label.field not in ("degree", "programme"):
            continue
        near = [below] if below and not below.gap and below.page == line.page else []
        whole = joined([line, *near])
        found = find_degree(whole.text)
        if found is None or found.start >= len(line.text):
            continue
        if found.start == 0 or _FOR_DEGREE.search(whole.text[: found.start]):
            place = (line.page, *whole.span(found.start, found.end))
            return Field("degree", found.value, *place, 0.75)
    return None

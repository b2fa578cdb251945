"""A corpus of any size from the sample texts: for measuring, never for showing.

Sentences of the samples are put together anew, one document after the other, so that no two are
alike and none needs to be kept in memory. Document number n hangs on the seed and n alone: the
first hundred of ten thousand are the corpus of a hundred.
"""

from __future__ import annotations

import html
import io
import json
import random
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from amic_kg.language import LanguageDetector

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
_SHORTEST, _LONGEST = 40, 400
"""Characters of a sentence: below are headings and rows of tables, above what was not split."""

_MEDIAN_WORDS, _SIGMA = 700, 1.0
_FEWEST_WORDS, _MOST_WORDS = 40, 30_000
"""Lengths of documents are log-normal: many pages of two screens, a few theses of a hundred."""

_LANGUAGES = {"fi": 0.6, "en": 0.3, "sv": 0.1}
_FOREIGN_PARAGRAPH = 0.05
_WITH_SIDECAR = 0.7
_FOLDER_DOCUMENTS = 1000
_TYPES = ("Report", "MasterThesis", "BachelorThesis", "Article", "Newsletter", "WebPage")
_PAGE_LINES, _LINE_LETTERS = 48, 88


@dataclass(frozen=True, slots=True)
class _Made:
    title: str
    language: str
    paragraphs: tuple[str, ...]


def generate_corpus(
    samples: Path, target: Path, *, documents: int, seed: int = 1
) -> Iterator[Path]:
    """Write `documents` files, a thousand to a folder below `target`; gives each when it is there.

    About half are PDF, the rest HTML, Word and text; most have a sidecar of metadata.
    """
    sentences = _sentences(samples)
    for number in range(documents):
        chance = random.Random(f"{seed}-{number}")
        made = _make(chance, sentences, number)
        suffix = chance.choices(list(_WRITERS), weights=(50, 20, 20, 10))[0]
        path = target / f"{number // _FOLDER_DOCUMENTS:03d}" / f"{number:06d}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_WRITERS[suffix](made))
        if chance.random() < _WITH_SIDECAR:
            metadata = _metadata(chance, made, f"amic-kg:generated:{seed}:{number}")
            path.with_name(f"{path.name}.metadata.json").write_text(
                json.dumps(metadata, ensure_ascii=False), encoding="utf-8"
            )
        yield path


def _sentences(samples: Path) -> Mapping[str, Sequence[str]]:
    """The sentences of the samples by language, in the order of the files."""
    from amic_kg_ingest.formats import ReadingLimits, read_document

    detector = LanguageDetector()
    found: dict[str, dict[str, None]] = {language: {} for language in _LANGUAGES}
    for path in sorted(samples.rglob("*")):
        if not path.is_file() or path.suffix == ".json":
            continue
        for page in read_document(path, path.name, ReadingLimits(ocr=False)).pages:
            for paragraph in page.text.split("\n\n"):
                for part in _SENTENCE.split(" ".join(paragraph.split())):
                    if _SHORTEST <= len(part) <= _LONGEST and part.endswith("."):
                        language = detector.detect(part)
                        if language in found:
                            found[language][part] = None
    return {language: tuple(parts) for language, parts in found.items()}


def _make(chance: random.Random, sentences: Mapping[str, Sequence[str]], number: int) -> _Made:
    languages = list(_LANGUAGES)
    language = chance.choices(languages, weights=list(_LANGUAGES.values()))[0]
    length = chance.lognormvariate(0, _SIGMA) * _MEDIAN_WORDS
    words = min(max(length, _FEWEST_WORDS), _MOST_WORDS)
    title = " ".join(chance.choice(sentences[language]).split()[:6]).rstrip(",.;:")
    paragraphs: list[str] = []
    written = 0
    while written < words:
        foreign = bool(paragraphs) and chance.random() < _FOREIGN_PARAGRAPH
        pool = sentences[chance.choice(languages) if foreign else language]
        paragraph = " ".join(chance.choice(pool) for _ in range(chance.randint(2, 7)))
        paragraphs.append(paragraph)
        written += paragraph.count(" ") + 1
    return _Made(f"{title} – {number + 1}", language, tuple(paragraphs))


def _metadata(chance: random.Random, made: _Made, identifier: str) -> dict[str, object]:
    return {
        "title": {made.language: made.title},
        "creator": ["AMIC-KG:n näytetoimitus"],
        "issued": f"{chance.randint(2004, 2025)}-{chance.randint(1, 12):02d}",
        "type": chance.choice(_TYPES),
        "language": [made.language],
        "identifier": [identifier],
        "license": "CC-BY-4.0",
        "accessRights": "open",
    }


def _as_text(made: _Made) -> bytes:
    return "\n\n".join((made.title, *made.paragraphs)).encode()


def _as_html(made: _Made) -> bytes:
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in made.paragraphs)
    title = html.escape(made.title)
    return (
        f'<!doctype html><html lang="{made.language}"><head><meta charset="utf-8">'
        f"<title>{title}</title></head><body><main><h1>{title}</h1>\n{body}</main></body></html>"
    ).encode()


def _as_docx(made: _Made) -> bytes:
    import docx

    document = docx.Document()
    document.core_properties.title = made.title
    document.add_heading(made.title)
    for paragraph in made.paragraphs:
        document.add_paragraph(paragraph)
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    # An archive notes when each member was written; the same document has the same bytes.
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _as_pdf(made: _Made) -> bytes:
    """Born digital: text in Helvetica, which a reader has, in the encoding of Western Europe."""
    from pypdf import PdfWriter
    from pypdf.generic import DictionaryObject, NameObject, StreamObject

    writer = PdfWriter()
    writer.add_metadata({"/Title": made.title})
    font = DictionaryObject()
    for key, value in (
        ("/Type", "/Font"),
        ("/Subtype", "/Type1"),
        ("/BaseFont", "/Helvetica"),
        ("/Encoding", "/WinAnsiEncoding"),
    ):
        font[NameObject(key)] = NameObject(value)
    fonts = DictionaryObject({NameObject("/F"): writer._add_object(font)})
    resources = DictionaryObject({NameObject("/Font"): fonts})
    lines = [made.title, ""]
    for paragraph in made.paragraphs:
        lines += [*textwrap.wrap(paragraph, _LINE_LETTERS), ""]
    for start in range(0, len(lines), _PAGE_LINES):
        page = writer.add_blank_page(595, 842)
        shown = b"".join(_shown(line) for line in lines[start : start + _PAGE_LINES])
        stream = StreamObject()
        stream.set_data(b"BT /F 10 Tf 15 TL 60 780 Td " + shown + b"ET")
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _shown(line: str) -> bytes:
    """A line as the operator ' shows it. PDF 32000-1, 9.4.3."""
    escaped = re.sub(rb"([\\()])", rb"\\\1", line.encode("cp1252", "replace"))
    return b"(" + escaped + b") '\n"


_WRITERS: Mapping[str, Callable[[_Made], bytes]] = {
    "pdf": _as_pdf,
    "html": _as_html,
    "docx": _as_docx,
    "txt": _as_text,
}

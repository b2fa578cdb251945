"""Files of every format, cut and with bytes turned: read, or refused in words, never a crash."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from amic_kg.errors import InputError
from amic_kg.records import RawDocument, Unreadable
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.sources.containers import unpack

TRIES = 40
CELL = "<table:table-cell><text:p>kaivos</text:p></table:table-cell>"


@pytest.fixture(scope="module")
def samples(make_pdf, make_docx, make_pptx, make_xlsx, make_odf, make_epub, make_zip):
    """A small file of each format, by its ending."""

    def slides(presentation):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = "Kaivosvedet"
        slide.notes_slide.notes_text_frame.text = "Muista kertoa."

    table = f'<table:table table:name="T"><table:table-row>{CELL}</table:table-row></table:table>'
    pdf = make_pdf(["Kevitsan kaivos"], ["Sakatin esiintymä"])
    return {
        "pdf": pdf,
        "docx": make_docx(lambda document: document.add_paragraph("Kaivosvedet")),
        "pptx": make_pptx(slides),
        "xlsx": make_xlsx(lambda workbook: workbook.active.append(["kaivos", 1, 2.5])),
        "odt": make_odf("text", f"<text:h>Vedet</text:h>{table}", meta="<dc:title>V</dc:title>"),
        "odp": make_odf("presentation", "<draw:page><text:p>Vedet</text:p></draw:page>"),
        "ods": make_odf("spreadsheet", table),
        "epub": make_epub({"a.xhtml": "<p>Kaivos</p>"}, "<dc:title>Kirja</dc:title>"),
        "html": b"<html><body><p>Kaivos</p></body></html>",
        "zip": make_zip({"a.txt": "kaivos", "b.pdf": pdf}),
    }


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """Cut, or with a few bytes turned, or a stretch left out or doubled."""
    match chance.randrange(4):
        case 0:
            return data[: chance.randrange(1, len(data))]
        case 1:
            at, length = chance.randrange(len(data)), chance.randrange(1, 200)
            return data[:at] + data[at + length :]
        case 2:
            at, length = chance.randrange(len(data)), chance.randrange(1, 200)
            return data[: at + length] + data[at:]
    turned = bytearray(data)
    for _ in range(chance.randrange(1, 12)):
        turned[chance.randrange(len(turned))] = chance.randrange(256)
    return bytes(turned)


def spoiled_within(data: bytes, chance: random.Random) -> bytes:
    """A whole ZIP package with one member spoiled: what is wrong is seen by the parser of XML."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        members = old.namelist()
        victim = chance.choice(members)
        for member in members:
            content = old.read(member)
            new.writestr(member, spoiled(content, chance) if member == victim else content)
    return buffer.getvalue()


def read_or_refuse(path, name):
    """Anything but an InputError goes through, and fails the test."""
    try:
        return read_document(path, name, ReadingLimits(ocr=False))
    except InputError as error:
        refusal = error
    assert refusal.cause
    assert refusal.remedy
    return None


FORMATS = ("pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "epub", "html")


@pytest.mark.parametrize("kind", FORMATS)
def test_the_samples_are_read_before_they_are_spoiled(samples, tmp_path, kind):
    path = tmp_path / "x"
    path.write_bytes(samples[kind])
    assert read_or_refuse(path, f"a.{kind}") is not None


@pytest.mark.parametrize("kind", FORMATS)
def test_a_spoiled_file_is_read_or_refused_in_words(samples, tmp_path, kind):
    chance = random.Random(kind)
    path = tmp_path / "x"
    for _ in range(TRIES):
        path.write_bytes(spoiled(samples[kind], chance))
        read_or_refuse(path, f"a.{kind}")


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "odt", "odp", "ods", "epub"])
def test_a_package_with_a_spoiled_member_is_read_or_refused_in_words(samples, tmp_path, kind):
    chance = random.Random(kind)
    path = tmp_path / "x"
    for _ in range(TRIES):
        path.write_bytes(spoiled_within(samples[kind], chance))
        read_or_refuse(path, f"a.{kind}")


def test_a_spoiled_archive_gives_documents_and_faults_and_stays_in_its_folder(samples, tmp_path):
    chance = random.Random("zip")
    path, cache = tmp_path / "a.zip", tmp_path / "cache"
    for _ in range(3 * TRIES):
        path.write_bytes(spoiled(samples["zip"], chance))
        for found in unpack(RawDocument("files", "a.zip", path), cache):
            if isinstance(found, Unreadable):
                assert found.error.cause
            elif found.path != path:
                assert found.path.resolve().is_relative_to(cache.resolve())


BOMB = "".join(
    f'<!ENTITY {this} "{f"&{last};" * 20}">'
    for last, this in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.mark.parametrize("kind", ["docx", "pptx", "xlsx", "odt", "odp", "ods", "epub"])
def test_a_bomb_of_entities_in_any_member_does_not_go_off(samples, tmp_path, kind):
    path = tmp_path / "x"
    with zipfile.ZipFile(io.BytesIO(samples[kind])) as package:
        contents = {member: package.read(member) for member in package.namelist()}
    for victim in (name for name in contents if name.endswith((".xml", ".opf", ".xhtml", ".rels"))):
        text = contents[victim].decode("utf-8")
        start = text.index(">") + 1 if text.startswith("<?xml") else 0
        end = text.rindex("</") if "</" in text else len(text)
        bomb = f'<!DOCTYPE x [<!ENTITY a "kaivos">{BOMB}]>'
        spoiled_text = text[:start] + bomb + text[start:end] + "&h;" + text[end:]
        with zipfile.ZipFile(path, "w") as package:
            for member, content in contents.items():
                package.writestr(member, spoiled_text if member == victim else content)
        parsed = read_or_refuse(path, f"a.{kind}")
        if parsed is not None:
            assert sum(len(page.text) for page in parsed.pages) < 10_000

"""PDF: words whole, heads gone, labels kept, scans read, broken files survived."""

from __future__ import annotations

import io
import os
import random
import shutil
from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from amic_kg.errors import DamagedDocument, EncryptedDocument, NoText
from amic_kg_ingest.formats import ReadingLimits, read_document, reading_version
from amic_kg_ingest.formats.ocr import ocr_languages, ocr_version
from amic_kg_ingest.formats.poppler import poppler_available

needs_ocr = pytest.mark.skipif(
    "eng" not in ocr_languages(), reason="tesseract with eng is not installed"
)


@pytest.fixture
def read(tmp_path):
    def read(data, *, ocr=False, ocr_pages=50, name="a.pdf"):
        path = tmp_path / "x"
        path.write_bytes(data)
        return read_document(path, name, ReadingLimits(ocr=ocr, ocr_pages=ocr_pages))

    return read


@pytest.fixture(scope="module")
def sample(corpus):
    """A sample by its number, read once without OCR."""
    cache = {}

    def sample(number):
        if number not in cache:
            (path,) = corpus.glob(f"{number}-*.pdf")
            cache[number] = read_document(path, path.name, ReadingLimits(ocr=False))
        return cache[number]

    return sample


def text_of(parsed):
    return "\n\n".join(page.text for page in parsed.pages)


def test_pages_come_in_order_with_their_text(read, make_pdf):
    parsed = read(make_pdf(["Kevitsa mine"], ["Sakatti deposit"]))
    assert [(page.number, page.text) for page in parsed.pages] == [
        (1, "Kevitsa mine"),
        (2, "Sakatti deposit"),
    ]
    assert parsed.media_type == "application/pdf"
    assert parsed.warnings == ()


def test_the_title_field_is_metadata_and_the_author_field_is_not(read, make_pdf):
    writer = PdfWriter(PdfReader(io.BytesIO(make_pdf(["Text"], title="Mine water"))))
    writer.add_metadata({"/Author": "account7", "/Keywords": "mine; water, north"})
    buffer = io.BytesIO()
    writer.write(buffer)
    metadata = read(buffer.getvalue()).metadata
    assert metadata["title"] == "Mine water"
    assert metadata["subject"] == ["mine", "water", "north"]
    assert "account7" not in repr(metadata)


def test_words_broken_at_the_line_end_are_whole(sample):
    text = text_of(sample("12"))
    assert "raaka-aineiden" in text
    assert "raaka-ainetta" in text
    assert "raakaain" not in text
    assert "\ufffe" not in text
    assert "\u00ad" not in text


@pytest.mark.parametrize("number", ["05", "08", "10", "12", "15", "20", "21"])
def test_no_line_of_a_sample_ends_within_a_word(sample, number):
    lines = text_of(sample(number)).splitlines()
    broken = [line for line in lines if line.endswith("-") and not line.endswith((" -", "--"))]
    # A hanging hyphen ("hydro- ja pyrometallurgia") may stand at a line end, a half word may not.
    assert len(broken) <= 1, broken


def test_words_of_two_columns_are_read_column_by_column(sample):
    text = " ".join(text_of(sample("14")).split())
    assert "In winter, process water is close to freezing" in text


@pytest.mark.parametrize("number", ["05", "06", "12", "16"])
def test_running_heads_and_page_numbers_are_gone(sample, number, root):
    (source,) = (root / "samples" / "texts").glob(f"{number}-*.md")
    line = next(x for x in source.read_text("utf-8").splitlines() if x.startswith("running"))
    head = line.split('"')[1]
    for page in sample(number).pages[1:]:
        lines = page.text.splitlines()
        assert head not in lines[:1]
        assert not any(line.strip().isdecimal() for line in (*lines[:1], *lines[-1:]))


def test_a_page_with_nothing_but_its_running_head_keeps_it(read, make_pdf):
    body = "All about the water of the mine number "
    pages = [["Annual report", f"{body}{name}."] for name in ("one", "two", "three")]
    parsed = read(make_pdf(*pages, ["Annual report"]))
    assert [page.text for page in parsed.pages] == [
        f"{body}one.", f"{body}two.", f"{body}three.", "Annual report",
    ]  # fmt: skip


def test_printed_page_labels_are_kept_where_they_differ(sample):
    labels = [page.label for page in sample("09").pages]
    assert labels[:3] == ["i", "ii", "iii"]
    assert labels[3] == "1"
    assert [page.label for page in sample("05").pages] == [None, None, None]


class TestScans:
    @needs_ocr
    def test_a_page_that_is_a_picture_is_read_by_ocr_and_marked(self, read, make_pdf):
        parsed = read(make_pdf(["Born digital text of the report"], picture=True), ocr=True)
        assert [page.origin for page in parsed.pages] == ["text", "ocr"]
        assert "Tailings dam" in parsed.pages[1].text
        assert parsed.warnings == ()

    @needs_ocr
    def test_the_scanned_page_of_the_samples_can_be_found(self, samples):
        results = samples.searcher.search('"Tailings storage facility"', size=50)
        report = next(f for f in results.found if f.document.file_name.startswith("06"))
        assert 3 in [passage.page for passage in report.passages]

    def test_without_ocr_the_page_stays_and_a_remark_says_so(self, read, make_pdf):
        parsed = read(make_pdf(["Born digital text of the report"], picture=True))
        assert [page.origin for page in parsed.pages] == ["text", "none"]
        assert parsed.warnings == ("1 page(s) are images without text and were not read by OCR: 2",)

    def test_a_machine_without_tesseract_is_like_one_with_ocr_off(
        self, read, make_pdf, monkeypatch
    ):
        monkeypatch.setattr("amic_kg_ingest.formats.pdf.ocr_available", lambda: False)
        parsed = read(make_pdf(["Born digital text of the report"], picture=True), ocr=True)
        assert "were not read by OCR" in parsed.warnings[0]

    def test_a_document_of_scans_alone_says_what_to_install(self, read, make_pdf, monkeypatch):
        for module in ("pdf", "ocr"):
            monkeypatch.setattr(f"amic_kg_ingest.formats.{module}.ocr_available", lambda: False)
        with pytest.raises(NoText) as caught:
            read(make_pdf(picture=True), ocr=True)
        assert "tesseract" in caught.value.remedy

    def test_with_ocr_off_it_says_how_to_let_it_be_read(self, read, make_pdf):
        with pytest.raises(NoText) as caught:
            read(make_pdf(picture=True))
        assert "AMIC_OCR" in caught.value.remedy

    @needs_ocr
    def test_ocr_stops_at_its_limit_and_says_so(self, read, make_pdf):
        one = PdfReader(io.BytesIO(make_pdf(picture=True))).pages[0]
        writer = PdfWriter()
        for _ in range(2):
            writer.add_page(one)
        buffer = io.BytesIO()
        writer.write(buffer)
        parsed = read(buffer.getvalue(), ocr=True, ocr_pages=1)
        assert [page.origin for page in parsed.pages] == ["ocr", "none"]
        assert "AMIC_OCR_PAGES" in parsed.warnings[0]

    def test_a_page_that_tesseract_fails_on_costs_that_page_alone(
        self, read, make_pdf, tmp_path, monkeypatch
    ):
        fake = tmp_path / "bin" / "tesseract"
        fake.parent.mkdir()
        fake.write_text(
            '#!/bin/sh\ncase "$1" in --list-langs) echo eng;; *) echo no >&2; exit 1;; esac\n'
        )
        fake.chmod(0o755)
        monkeypatch.setenv("PATH", f"{fake.parent}:/usr/bin:/bin")
        ocr_languages.cache_clear()
        try:
            parsed = read(make_pdf(["Born digital text of the report"], picture=True), ocr=True)
        finally:
            monkeypatch.undo()
            ocr_languages.cache_clear()
        assert parsed.pages[0].text == "Born digital text of the report"
        assert "page 2 could not be read by OCR (no)" in parsed.warnings[0]


WORDS = (
    "Kaivosvesien", "hallinta", "vaatii", "suunnittelua", "koska", "sulfaatti", "nikkeli", "leviää",
)  # fmt: skip


def column(number: int) -> list[str]:
    """Forty lines of prose, each other than the rest."""
    return [
        " ".join(WORDS[(line + number * word) % len(WORDS)] for word in range(5)) + f" {line}"
        for line in range(40)
    ]


def pdf_in_order(order) -> bytes:
    """Two columns of prose whose lines are written to the file as `order` puts them."""
    left = [(50, 780 - 11 * n, text) for n, text in enumerate(column(1))]
    right = [(310, 780 - 11 * n, text) for n, text in enumerate(column(2))]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.setFont("Helvetica", 9)
    for x, y, text in order(left, right):
        canvas.drawString(x, y, text)
    canvas.save()
    return buffer.getvalue()


def across(left, right):
    return [line for row in zip(left, right, strict=True) for line in row]


def upwards(left, right):
    return left[::-1] + right[::-1]


def shuffled(left, right):
    lines = left + right
    random.Random(3).shuffle(lines)
    return lines


class TestReadingOrder:
    @pytest.mark.skipif(not poppler_available(), reason="pdftotext is not installed")
    @pytest.mark.parametrize("order", [across, upwards, shuffled])
    def test_columns_are_read_one_after_the_other_however_they_were_written(self, read, order):
        parsed = read(pdf_in_order(order))
        lines = [line for line in parsed.pages[0].text.splitlines() if line]
        assert lines == column(1) + column(2)
        assert parsed.warnings == ()

    def test_without_pdftotext_a_remark_names_the_pages(self, read, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path))
        parsed = read(pdf_in_order(shuffled))
        assert "the lines of page(s) 1 stand in the file out of order" in parsed.warnings[0]
        assert column(1)[0] in parsed.pages[0].text

    def test_columns_and_tables_in_a_sane_order_are_left_alone(self, read, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path))
        assert read(pdf_in_order(lambda left, right: left + right)).warnings == ()

        def table(left, right):
            return [
                (x, y, text.split()[0])
                for row in zip(left, right, strict=True)
                for x, y, text in row
            ]

        assert read(pdf_in_order(table)).warnings == ()


def test_a_word_parted_at_a_page_end_stands_whole_where_it_begins(read, make_pdf):
    first = ["Kaivoksen vedet johdetaan altaaseen, jossa sul-"]
    parsed = read(make_pdf(first, ["faatti laskeutuu. Vesi tutkitaan."]))
    assert [page.text for page in parsed.pages] == [
        "Kaivoksen vedet johdetaan altaaseen, jossa sulfaatti",
        "laskeutuu. Vesi tutkitaan.",
    ]


def test_a_hanging_hyphen_is_no_parted_word(read, make_pdf):
    first = ["Menetelmiin kuuluvat hydro-", "tai pyrometallurgia, bio-"]
    parsed = read(make_pdf(first, ["tai muu."]))
    assert [" ".join(page.text.split()) for page in parsed.pages] == [
        "Menetelmiin kuuluvat hydro- tai pyrometallurgia, bio-",
        "tai muu.",
    ]


@pytest.fixture
def counting_tesseract(tmp_path, monkeypatch):
    """A program of that name that says which call it is; fails from the call in `limit` on."""
    folder = tmp_path / "bin"
    folder.mkdir()
    limit = folder / "limit"
    limit.write_text("99")
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n--list-langs) echo eng; exit;;\n'
        "--version) echo tesseract 5.0; exit;;\nesac\n"
        f"cat > /dev/null\necho x >> {folder}/calls\nn=$(wc -l < {folder}/calls)\n"
        f"[ $n -gt $(cat {folder}/limit) ] && exit 1\n"
        "echo Scanned page of the report, call $n\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    for cached in (ocr_languages, ocr_version):
        cached.cache_clear()
    yield limit
    monkeypatch.undo()
    for cached in (ocr_languages, ocr_version):
        cached.cache_clear()


class TestOcrQueue:
    @pytest.fixture
    def scans(self, make_pdf, tmp_path):
        """Four scanned pages in a file, and a folder for what was read."""
        one = PdfReader(io.BytesIO(make_pdf(picture=True))).pages[0]
        writer = PdfWriter()
        for _ in range(4):
            writer.add_page(one)
        writer.write(tmp_path / "scans.pdf")
        return tmp_path / "scans.pdf", tmp_path / "ocr"

    def test_an_interrupted_reading_goes_on_where_it_stopped(self, scans, counting_tesseract):
        path, cache = scans
        limits = ReadingLimits(ocr_cache=cache)
        counting_tesseract.write_text("2")
        first = read_document(path, "a.pdf", limits)
        assert [page.origin for page in first.pages] == ["ocr", "ocr", "none", "none"]
        assert [w.split(" (")[0] for w in first.warnings] == [
            "page 3 could not be read by OCR", "page 4 could not be read by OCR",
        ]  # fmt: skip
        counting_tesseract.write_text("99")
        second = read_document(path, "a.pdf", limits)
        assert [page.text[-1] for page in second.pages] == ["1", "2", "5", "6"]
        assert second.warnings == ()

    def test_a_higher_limit_reads_only_the_rest(self, scans, counting_tesseract):
        path, cache = scans
        parsed = read_document(path, "a.pdf", ReadingLimits(ocr_pages=1, ocr_cache=cache))
        assert parsed.warnings == (
            "OCR stopped after 1 of 4 pages (AMIC_OCR_PAGES); not read: 2–4",
        )
        parsed = read_document(path, "a.pdf", ReadingLimits(ocr_pages=4, ocr_cache=cache))
        assert [page.text[-1] for page in parsed.pages] == ["1", "2", "3", "4"]

    def test_a_folder_that_cannot_be_written_is_no_fault(self, scans, counting_tesseract):
        path, cache = scans
        cache.write_text("a file stands where the folder should be")
        parsed = read_document(path, "a.pdf", ReadingLimits(ocr_cache=cache))
        assert [page.origin for page in parsed.pages] == ["ocr"] * 4

    def test_a_document_with_pages_that_wait_is_in_and_is_read_again_when_ocr_comes(
        self, bench, write, make_pdf, counting_tesseract
    ):
        path = write("a.pdf", make_pdf(["Born digital text of the mine"], picture=True))

        def outcome(ocr):
            bench.settings = replace(bench.settings, ocr=ocr)
            bench.read = partial(read_document, limits=ReadingLimits(ocr=ocr == "auto"))
            return bench.ingest(path).outcomes[0]

        first = outcome("off")
        assert (first.state, first.warnings[-1][-3:]) == ("published", ": 2")
        assert outcome("off").state == "skipped"
        second = outcome("auto")
        assert (second.state, second.key, second.warnings) == ("published", first.key, ())
        services = bench.services()
        try:
            assert "Scanned page" in services.documents.page_text(first.key, 2)
        finally:
            services.close()

    def test_the_version_of_reading_follows_ocr_and_its_limit(self, counting_tesseract):
        versions = {
            reading_version(limits)
            for limits in (ReadingLimits(), ReadingLimits(ocr=False), ReadingLimits(ocr_pages=7))
        }
        assert len(versions) == 3

    def test_the_version_of_reading_follows_the_programs_that_are_there(
        self, counting_tesseract, monkeypatch, tmp_path
    ):
        there = reading_version(ReadingLimits())
        monkeypatch.setenv("PATH", str(tmp_path))
        for cached in (ocr_languages, ocr_version):
            cached.cache_clear()
        assert reading_version(ReadingLimits()) != there


class TestBroken:
    def test_a_password_is_asked_for_by_name(self, read, make_encrypted_pdf):
        with pytest.raises(EncryptedDocument, match="protected by a password"):
            read(make_encrypted_pdf("secret"))

    def test_a_document_that_opens_without_password_is_read(self, read, make_encrypted_pdf):
        assert read(make_encrypted_pdf("")).pages[0].text == "Secret"

    @pytest.mark.parametrize("share", [0.02, 0.1, 0.5, 0.9])
    def test_a_truncated_file_is_read_or_called_damaged(self, read, sample, corpus, share):
        (path,) = corpus.glob("05-*.pdf")
        data = path.read_bytes()
        with suppress(DamagedDocument, NoText):
            assert read(data[: int(len(data) * share)]).pages

    def test_a_file_that_is_only_a_header_is_damaged(self, read):
        with pytest.raises(DamagedDocument, match="cannot be read") as caught:
            read(b"%PDF-1.7\n")
        assert len(caught.value.cause) <= 300

    def test_garbage_behind_the_header_is_damaged(self, read):
        with pytest.raises(DamagedDocument):
            read(b"%PDF-1.7\n" + bytes(range(256)) * 40)

    def test_a_broken_cross_reference_table_is_mended(self, read, make_pdf):
        data = make_pdf(["Kevitsa mine"]).replace(b"startxref\n", b"startxref\n9")
        assert read(data).pages[0].text == "Kevitsa mine"

    def test_bytes_before_the_header_are_borne(self, read, make_pdf):
        assert read(b"junk\n" + make_pdf(["Kevitsa mine"])).pages[0].text == "Kevitsa mine"


def test_tesseract_is_found_here_when_ci_runs():
    if os.environ.get("CI") == "true":
        assert shutil.which("tesseract")
        assert set(ocr_languages()) == {"fin", "swe", "eng"}

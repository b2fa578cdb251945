"""Documents within documents: each becomes one of its own, and no name leads out of the folder."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from amic_kg.errors import (
    DamagedDocument,
    EncryptedDocument,
    LimitExceeded,
    UnreadableInput,
    UnsupportedFormat,
)
from amic_kg.records import RawDocument, Unreadable
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.sources.containers import UnpackingLimits, unpack
from amic_kg_ingest.sources.files import FileSource

STANDARD = UnpackingLimits()


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


@pytest.fixture
def opened(tmp_path, cache):
    """What is in a container of these bytes: documents and faults, by fragment."""

    def opened(data, name="a.zip", metadata=None, limits=STANDARD):
        path = tmp_path / name
        path.write_bytes(data)
        found = list(unpack(RawDocument("files", name, path, metadata or {}), cache, limits))
        documents = {x.identifier: x for x in found if isinstance(x, RawDocument)}
        return documents, {x.identifier: x.error for x in found if isinstance(x, Unreadable)}

    return opened


def with_attachments(data: bytes, files: dict[str, bytes], *, collection=False) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(data)))
    for name, content in files.items():
        writer.add_attachment(name, content)
    if collection:
        writer.root_object[NameObject("/Collection")] = DictionaryObject()
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_documents_of_an_archive_are_documents_of_their_own(opened, make_zip, make_pdf):
    pdf = make_pdf(["Kevitsa"])
    documents, faults = opened(
        make_zip({"b/raportti 1.pdf": pdf, "a.txt": "kaivos", "b/kuva.jpg": "x", ".x.txt": "x"})
    )
    assert list(documents) == ["a.zip#b/raportti%201.pdf", "a.zip#a.txt"]
    document = documents["a.zip#b/raportti%201.pdf"]
    assert document.path.name == "raportti 1.pdf"
    assert document.path.read_bytes() == pdf
    assert isinstance(faults["a.zip#b/kuva.jpg"], UnsupportedFormat)


def test_an_ordinary_document_is_given_as_it_is(opened, make_docx, make_pdf, cache):
    for name, data in {
        "a.docx": make_docx(lambda document: document.add_paragraph("teksti")),
        "a.pdf": make_pdf(["Kevitsa"]),
        "a.txt": b"kaivos",
        "empty.pdf": b"",
    }.items():
        documents, faults = opened(data, name)
        assert list(documents) == [name]
        assert faults == {}


def test_metadata_of_the_archive_hold_for_its_members_but_for_what_names_the_whole(
    opened, make_zip
):
    whole = {"title": "Kokoelma", "identifier": "10.1/a", "accessRights": "restricted"}
    own = json.dumps({"title": "Yksi", "publisher": "GTK"})
    data = make_zip({"a.txt": "x", "a.txt.metadata.json": own, "b.txt": "y"})
    documents, _ = opened(data, metadata=whole)
    assert dict(documents["a.zip#a.txt"].metadata) == {
        "accessRights": "restricted", "title": "Yksi", "publisher": "GTK",
    }  # fmt: skip
    assert dict(documents["a.zip#b.txt"].metadata) == {"accessRights": "restricted"}


def test_an_archive_of_one_document_is_that_document(opened, make_zip):
    whole = {"title": "Kaivosvedet", "identifier": "10.1/a"}
    documents, _ = opened(make_zip({"a.txt": "x"}), metadata=whole)
    assert dict(documents["a.zip#a.txt"].metadata) == whole


def test_a_member_whose_metadata_cannot_be_read_is_not_taken_without_them(opened, make_zip):
    documents, faults = opened(make_zip({"a.txt": "x", "a.txt.metadata.json": "{"}))
    assert documents == {}
    assert isinstance(faults["a.zip#a.txt"], UnreadableInput)


HOSTILE = [
    "../../evil.txt",
    "/etc/evil.txt",
    "C:\\evil.txt",
    "..\\..\\evil.txt",
    "a/../../evil.txt",
]


@pytest.mark.parametrize(
    "name", [*HOSTILE, "e\x01vil.txt", "x" * 3000 + ".txt", "a/" * 500 + "b.txt"]
)
def test_no_name_leads_out_of_the_folder(opened, make_zip, cache, tmp_path, name):
    before = set(tmp_path.rglob("*.txt"))
    documents, faults = opened(make_zip({name: "x"}))
    assert faults == {}
    (document,) = documents.values()
    assert document.path.resolve().is_relative_to(cache.resolve())
    assert set(tmp_path.rglob("*.txt")) - before == {document.path}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_told_apart_and_nothing_is_lost(opened):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for text in ("yksi", "kaksi"):
            archive.writestr("a.txt", text)
        archive.writestr("a.txt.metadata.json", '{"accessRights": "restricted"}')
    documents, _ = opened(buffer.getvalue())
    assert [(i, d.path.read_text()) for i, d in documents.items()] == [
        ("a.zip#a.txt", "yksi"),
        ("a.zip#a%20(2).txt", "kaksi"),
    ]
    assert all(dict(d.metadata) == {"accessRights": "restricted"} for d in documents.values())


def test_a_link_in_an_archive_is_not_followed(opened):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/hostname")
    documents, faults = opened(buffer.getvalue())
    assert documents == {}
    assert "is a link" in faults["a.zip#a.txt"].cause


def test_archives_within_archives_are_opened_up_to_a_depth(opened, make_zip):
    inner = make_zip({"c.txt": "syvällä"})
    middle = make_zip({"b.txt": "keskellä", "inner.zip": inner})
    documents, faults = opened(make_zip({"a.txt": "päällä", "middle.zip": middle}))
    assert list(documents) == ["a.zip#a.txt", "a.zip#middle.zip/b.txt"]
    assert isinstance(faults["a.zip#middle.zip/inner.zip"], LimitExceeded)


def test_encrypted_and_broken_members_cost_themselves_alone(opened, make_zip):
    data = bytearray(make_zip({"a.txt": "kaivos " * 50, "b.txt": "vesi", "c.txt": "malmi " * 50}))
    entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    data[entries[0].header_offset + 30 + 5 + 3] ^= 0xFF
    flags = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1) + 8
    data[flags] |= 1
    documents, faults = opened(bytes(data))
    assert list(documents) == ["a.zip#c.txt"]
    assert isinstance(faults["a.zip#a.txt"], DamagedDocument)
    assert isinstance(faults["a.zip#b.txt"], EncryptedDocument)


@pytest.mark.parametrize(
    ("members", "limits", "cause"),
    [
        ({f"{i}.txt": "x" for i in range(4)}, UnpackingLimits(members=3), "more than 3 files"),
        ({"a.txt": "x" * 1_500_000}, UnpackingLimits(megabytes=1), "like a ZIP bomb"),
        ({"a.txt": " " * 30_000_000}, UnpackingLimits(), "like a ZIP bomb"),
    ],
)
def test_an_archive_beyond_the_limits_is_refused_before_it_is_unpacked(
    opened, make_zip, cache, members, limits, cause
):
    documents, faults = opened(make_zip(members), limits=limits)
    assert documents == {}
    assert isinstance(faults["a.zip"], LimitExceeded)
    assert cause in faults["a.zip"].cause
    assert not list(cache.rglob("*.txt"))


def test_archives_within_an_archive_share_its_limits(opened, make_zip):
    inner = make_zip({"a.txt": "x" * 600_000})
    documents, faults = opened(
        make_zip({"1.zip": inner, "2.zip": inner}), limits=UnpackingLimits(megabytes=1)
    )
    assert list(documents) == ["a.zip#1.zip/a.txt"]
    assert isinstance(faults["a.zip#2.zip"], LimitExceeded)


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_truncated_archive_is_left_to_be_refused_where_documents_are_read(
    opened, make_zip, share
):
    data = make_zip({"a.txt": "kaivos", "b.txt": "vesi"})
    documents, _ = opened(data[: int(len(data) * share)])
    with pytest.raises(DamagedDocument, match="ZIP structure is broken"):
        read_document(documents["a.zip"].path, "a.zip", ReadingLimits())


def test_an_archive_without_documents_says_so(opened, make_zip):
    _, faults = opened(make_zip({".hidden": "x"}))
    assert "without documents" in faults["a.zip"].cause


def test_umlauts_of_programs_that_do_not_say_utf8_are_read(opened, make_zip):
    data = make_zip({"kaivosvesiä.txt": "x"})
    plain = data.replace((0x800).to_bytes(2, "little") + b"\x08\x00", b"\x00\x00\x08\x00")
    assert plain != data
    documents, _ = opened(plain)
    assert list(documents) == ["a.zip#kaivosvesiä.txt"]


class TestAgain:
    def test_what_is_unchanged_lies_where_it_lay(self, opened, make_zip, tmp_path, cache):
        first = opened(make_zip({"a.txt": "kaivos"}))[0]["a.zip#a.txt"].path
        seen = first.stat()
        (again,) = unpack(RawDocument("files", "a.zip", tmp_path / "a.zip"), cache)
        assert again.path == first
        assert (first.stat().st_mtime_ns, first.stat().st_ino) == (seen.st_mtime_ns, seen.st_ino)

    def test_faults_are_told_again(self, opened, make_zip, tmp_path, cache):
        _, faults = opened(make_zip({"a.txt": "x", "b.jpg": "x"}))
        again = list(unpack(RawDocument("files", "a.zip", tmp_path / "a.zip"), cache))
        (fault,) = [each for each in again if isinstance(each, Unreadable)]
        assert str(fault.error) == str(faults["a.zip#b.jpg"])

    def test_a_changed_archive_is_unpacked_anew(self, opened, make_zip):
        opened(make_zip({"a.txt": "vanha", "b.txt": "poistuva"}))
        documents, _ = opened(make_zip({"a.txt": "uusi teksti"}))
        assert {i: d.path.read_text() for i, d in documents.items()} == {
            "a.zip#a.txt": "uusi teksti"
        }

    def test_a_file_that_is_gone_from_the_folder_is_unpacked_anew(
        self, opened, make_zip, tmp_path, cache
    ):
        opened(make_zip({"a.txt": "kaivos"}))[0]["a.zip#a.txt"].path.unlink()
        (again,) = unpack(RawDocument("files", "a.zip", tmp_path / "a.zip"), cache)
        assert again.path.read_text() == "kaivos"


class TestAttachments:
    def test_a_pdf_gives_itself_and_its_attachments(self, opened, make_pdf):
        data = with_attachments(
            make_pdf(["Raportti"]), {"liite.txt": b"kaivos", "data.bin": b"x", "../y.txt": b"vesi"}
        )
        documents, faults = opened(data, "a.pdf", {"title": "Raportti", "publisher": "GTK"})
        assert list(documents) == ["a.pdf", "a.pdf#y.txt", "a.pdf#liite.txt"]
        assert documents["a.pdf#liite.txt"].path.read_bytes() == b"kaivos"
        assert dict(documents["a.pdf#liite.txt"].metadata) == {"publisher": "GTK"}
        assert documents["a.pdf"].metadata["title"] == "Raportti"
        assert list(faults) == ["a.pdf#data.bin"]

    def test_a_portfolio_gives_its_parts_and_not_the_page_for_old_viewers(self, opened, make_pdf):
        cover = make_pdf(["For the best experience, open this PDF portfolio in Acrobat"])
        data = with_attachments(cover, {"1.pdf": make_pdf(["Osa"])}, collection=True)
        documents, faults = opened(data, "a.pdf")
        assert list(documents) == ["a.pdf#1.pdf"]
        assert faults == {}

    def test_a_portfolio_with_pages_of_its_own_gives_them_too(self, opened, make_pdf):
        own = make_pdf(["Kaivosten vesienhallinta Lapissa"] * 20)
        data = with_attachments(own, {"1.pdf": make_pdf(["Osa"])}, collection=True)
        assert list(opened(data, "a.pdf")[0]) == ["a.pdf", "a.pdf#1.pdf"]

    def test_a_file_pinned_to_a_page_is_an_attachment(self, opened, make_pdf):
        writer = PdfWriter(PdfReader(io.BytesIO(make_pdf(["Raportti"]))))
        stream = StreamObject()
        stream.set_data(b"kaivos")
        stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
        specification = DictionaryObject(
            {
                NameObject("/F"): TextStringObject("liite.txt"),
                NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(stream)}),
            }
        )
        annotation = DictionaryObject(
            {
                NameObject("/Subtype"): NameObject("/FileAttachment"),
                NameObject("/FS"): writer._add_object(specification),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
        buffer = io.BytesIO()
        writer.write(buffer)
        assert list(opened(buffer.getvalue(), "a.pdf")[0]) == ["a.pdf", "a.pdf#liite.txt"]

    def test_attachments_beyond_the_limit_are_named(self, opened, make_pdf):
        data = with_attachments(make_pdf(["Raportti"]), {"liite.txt": b"x" * 1_200_000})
        documents, faults = opened(data, "a.pdf", limits=UnpackingLimits(megabytes=1))
        assert list(documents) == ["a.pdf"]
        assert "more than" in faults["a.pdf#liite.txt"].cause

    def test_a_broken_pdf_with_attachments_is_given_to_its_reader(self, opened, make_pdf):
        data = with_attachments(make_pdf(["Raportti"]), {"liite.txt": b"kaivos"})
        documents, _ = opened(data[: len(data) // 2], "a.pdf")
        assert "a.pdf" in documents


class TestFileSource:
    def names(self, folder: Path, cache: Path | None):
        found = FileSource([folder], unpacked=cache).documents()
        return [Path(x.identifier).name for x in found if isinstance(x, RawDocument)]

    def test_archives_in_a_folder_are_opened_where_there_is_a_place_for_it(
        self, write, folder, make_zip, cache
    ):
        write("a.txt")
        write("b.zip", make_zip({"c.txt": "kaivos"}))
        assert self.names(folder, cache) == ["a.txt", "b.zip#c.txt"]

    def test_without_such_a_place_they_are_not_read(self, write, folder, make_zip):
        write("a.txt")
        write("b.zip", make_zip({"c.txt": "kaivos"}))
        assert self.names(folder, None) == ["a.txt"]

    def test_members_are_published_once_and_skipped_while_nothing_changes(
        self, bench, write, folder, make_zip, make_docx, cache
    ):
        word = make_docx(
            lambda document: document.add_paragraph("Sakatin esiintymä on Sodankylässä.")
        )
        write("b.zip", make_zip({"one.docx": word, "sub/two.txt": "Kevitsan kaivos ja sen vedet."}))

        def states():
            report = bench.ingest_from(FileSource([folder], unpacked=cache))
            return {Path(each.source).name: each.state for each in report.outcomes}

        assert states() == {"b.zip#one.docx": "published", "two.txt": "published"}
        assert states() == {"b.zip#one.docx": "skipped", "two.txt": "skipped"}
        assert bench.prepared == []

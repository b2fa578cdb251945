"""What is the embedded index's alone: a folder in which a writer was killed."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from amic_kg.index.embedded import EmbeddedIndex
from amic_kg.retrieval import IndexedPassage, SearchRequest


def passage(document: str, text: str) -> IndexedPassage:
    return IndexedPassage(
        document=document,
        number=0,
        page=1,
        language="en",
        kind="Report",
        year=2024,
        access="open",
        surface="water",
        lemma="water",
        parts="",
        title="",
        concepts=(),
        text=text,
    )


def write(folder: Path, *passages: IndexedPassage) -> None:
    with closing(EmbeddedIndex(folder)) as index:
        index.replace_documents([each.document for each in passages], passages)
        index.commit()


def test_a_commit_that_was_killed_before_its_last_file_is_done_again(tmp_path):
    """The engine writes segments, then which of their documents are gone, then `meta.json`."""
    killed = tmp_path / "killed"
    write(killed, passage("a", "old"), passage("b", "stays"))
    (note,) = killed.rglob("meta.json")
    before = note.read_bytes()
    write(killed, passage("a", "new"))
    note.write_bytes(before)
    assert list(killed.rglob("*.del"))

    write(killed, passage("a", "new"))
    found = EmbeddedIndex(killed).search(SearchRequest()).hits
    assert [(hit.document, hit.text) for hit in found] == [("a", "new"), ("b", "stays")]


def test_an_index_of_another_version_hinders_nothing_and_goes_with_the_next_commit(tmp_path):
    earlier = tmp_path / "meta.json"
    earlier.write_text('{"schema": "of an earlier version"}')
    (tmp_path / "v1").mkdir()
    with closing(EmbeddedIndex(tmp_path)) as index:
        assert index.search(SearchRequest()).hits == ()
        assert earlier.exists()
    write(tmp_path, passage("a", "new"))
    assert [hit.text for hit in EmbeddedIndex(tmp_path).search(SearchRequest()).hits] == ["new"]
    assert len(list(tmp_path.iterdir())) == 1

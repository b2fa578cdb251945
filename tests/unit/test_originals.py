"""The files as they came: by content, each once, whole or not at all."""

from __future__ import annotations

import hashlib

import pytest

from amic_kg.originals import OriginalStore


@pytest.fixture
def store(tmp_path):
    return OriginalStore(tmp_path / "originals")


@pytest.fixture
def file(tmp_path):
    def file(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return file


def kept(store):
    """All files but the list of those that are not settled yet."""
    names = {path.name for path in store._folder.rglob("*") if path.is_file()}
    return sorted(names - {"UNSETTLED"})


def test_a_file_is_found_by_its_digest(store, file):
    data = b"x" * 3_000_000
    sha256 = store.add(file("a", data))
    assert sha256 == hashlib.sha256(data).hexdigest()
    assert store.path(sha256).read_bytes() == data
    assert store.path(sha256).parent.name == sha256[:2]


def test_the_same_content_is_kept_once(store, file):
    first, second = store.add(file("a", b"same")), store.add(file("b", b"same"))
    assert first == second
    assert kept(store) == [first]


def test_what_was_not_added_is_none(store):
    assert store.path("ab" * 32) is None


def test_a_file_that_cannot_be_read_leaves_nothing(store, tmp_path):
    with pytest.raises(FileNotFoundError):
        store.add(tmp_path / "none")
    assert kept(store) == []


def test_a_file_that_breaks_off_leaves_nothing(store, file, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    path = file("a", b"data")
    monkeypatch.setattr(store, "_place", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.add(path)
    assert kept(store) == []


def test_what_a_killed_run_left_is_cleared_and_the_rest_stays(store, file):
    sha256 = store.add(file("a", b"data"))
    (store._folder / "incoming-x").write_bytes(b"half")
    store.clear_incoming()
    assert kept(store) == [sha256]
    OriginalStore(store._folder / "none").clear_incoming()


def test_a_file_is_let_go_of_once_and_for_all(store, file):
    sha256 = store.add(file("a", b"data"))
    store.discard(sha256)
    store.discard(sha256)
    assert store.path(sha256) is None


def test_what_came_in_for_nothing_is_let_go_also_when_another_run_settles(store, file):
    used, unused = store.add(file("a", b"used")), store.add(file("b", b"unused"))
    OriginalStore(store._folder).settle(lambda sha256: sha256 == used)
    assert kept(store) == [used]
    assert store.path(unused) is None
    assert not (store._folder / "UNSETTLED").exists()


def test_what_is_settled_stays(store, file):
    sha256 = store.add(file("a", b"data"))
    store.settle(lambda _: True)
    store.settle(lambda _: False)
    assert kept(store) == [sha256]


def test_settling_where_nothing_came_in_does_nothing(store):
    store.settle(lambda _: False)

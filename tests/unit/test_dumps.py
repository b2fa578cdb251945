"""Dumps: whole generations in a fixed order, and exactly what changed from one to the next."""

from __future__ import annotations

import gzip
import hashlib
from contextlib import closing

import pyoxigraph as ox
import pytest

from amic_kg.errors import SystemFault
from amic_kg.graph import dumps
from amic_kg.graph.dumps import Dumps
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.query_limits import QueryLimits
from amic_kg.graph.workers import OxigraphReader

LIMITS = QueryLimits(seconds=20, megabytes=8)
A, B = "urn:graph:a", "urn:graph:b"


@pytest.fixture
def store(tmp_path):
    with closing(OxigraphStore(tmp_path / "graph")) as store:
        yield store


@pytest.fixture
def reader(tmp_path):
    folder = tmp_path / "graph"
    with closing(OxigraphReader(folder, workers=1, limits=LIMITS, union=True)) as reader:
        yield reader


@pytest.fixture
def made(tmp_path):
    return Dumps(tmp_path / "dumps")


def said(*words: str) -> bytes:
    return "".join(f'<urn:s> <urn:says> "{word}" .\n' for word in words).encode()


def blank(name: str, *words: str) -> bytes:
    return b"".join(
        f'<urn:s> <urn:has> _:{name}{n} .\n_:{name}{n} <urn:says> "{word}" .\n'.encode()
        for n, word in enumerate(words)
    )


def publish(store: OxigraphStore, graphs: dict[str, bytes]) -> None:
    store.replace_graphs(graphs)
    store.publish()


def lines(made: Dumps, name: str) -> list[bytes]:
    found = made.file(name)
    assert found is not None
    return gzip.decompress(found[0].read_bytes()).splitlines()


def test_a_dump_is_all_that_is_published_in_the_order_of_its_bytes(store, reader, made):
    publish(store, {B: said("kaivos"), A: said("vesi", "gruva", "Å")})
    dump = made.make(reader, kept=3)
    found = lines(made, dump.full.name)
    assert found == sorted(found)
    assert [line.split(b'"')[1].decode() for line in found] == ["gruva", "kaivos", "vesi", "Å"]
    assert (dump.generation, dump.full.quads, dump.previous) == (reader.generation(), 4, None)


def test_the_checksum_is_that_of_the_file(store, reader, made):
    publish(store, {A: said("vesi")})
    full = made.make(reader, kept=3).full
    path, _ = made.file(full.name)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == full.sha256
    assert path.stat().st_size == full.bytes


def test_the_changes_lead_from_one_dump_to_the_next(store, reader, made):
    publish(store, {A: said("stays", "goes"), B: blank("x", "same", "old")})
    first = made.make(reader, kept=3)
    publish(store, {A: said("stays", "comes"), B: blank("y", "same", "new")})
    second = made.make(reader, kept=3)
    assert second.previous == first.generation
    before, after = (set(lines(made, dump.full.name)) for dump in (first, second))
    added, removed = (set(lines(made, file.name)) for file in (second.added, second.removed))
    assert (before - removed) | added == after
    assert added == after - before
    assert removed == before - after
    assert any(b'"comes"' in line for line in added)
    assert not any(b'"stays"' in line for line in added)


def test_blank_nodes_that_are_only_called_otherwise_are_no_change(store, reader, made):
    publish(store, {A: blank("x", "one", "two"), B: blank("x", "one")})
    first = made.make(reader, kept=3)
    publish(store, {A: blank("other", "two", "one"), B: blank("else", "one")})
    second = made.make(reader, kept=3)
    assert (second.added.quads, second.removed.quads) == (0, 0)
    assert second.full.sha256 == first.full.sha256


def test_blank_nodes_of_two_graphs_stay_two(store, reader, made):
    publish(store, {A: blank("x", "one"), B: blank("x", "one")})
    found = lines(made, made.make(reader, kept=3).full.name)
    quads = list(ox.parse(b"\n".join(found), format=ox.RdfFormat.N_QUADS))
    nodes = {q.subject.value for q in quads if isinstance(q.subject, ox.BlankNode)}
    assert (len(quads), len(nodes)) == (4, 2)


def test_words_that_look_like_blank_nodes_are_left_alone(store, reader, made):
    publish(store, {A: b'<urn:s> <urn:says> "> _:x <urn:g> ." .\n'})
    dump = made.make(reader, kept=3)
    assert lines(made, dump.full.name) == [b'<urn:s> <urn:says> "> _:x <urn:g> ." <urn:graph:a> .']


def test_a_generation_is_dumped_once(store, reader, made):
    publish(store, {A: said("vesi")})
    first = made.make(reader, kept=3)
    path, _ = made.file(first.full.name)
    written = path.stat().st_mtime_ns
    assert made.make(reader, kept=3) == first
    assert path.stat().st_mtime_ns == written


def test_the_oldest_are_let_go(store, reader, made, tmp_path):
    for number in range(4):
        publish(store, {A: said(f"{number}")})
        made.make(reader, kept=2)
    assert [dump.generation for dump in made.list()] == ["000004", "000003"]
    names = {file.name for dump in made.list() for file in dump.files}
    assert {path.name for path in (tmp_path / "dumps").glob("*.gz")} == names


def test_what_a_killed_one_has_left_is_cleared_away(store, reader, made, tmp_path):
    publish(store, {A: said("vesi")})
    (tmp_path / "dumps" / ".making-x").mkdir(parents=True)
    made.make(reader, kept=2)
    assert not list((tmp_path / "dumps").glob(".making-*"))


def test_sorting_in_parts_gives_the_same(store, reader, made, tmp_path, monkeypatch):
    publish(store, {A: said(*(f"{n * 7919 % 1000}" for n in range(1000))), B: blank("x", "one")})
    whole = made.make(reader, kept=2)
    monkeypatch.setattr(dumps, "_LINES_IN_MEMORY", 64)
    assert Dumps(tmp_path / "others").make(reader, kept=2).full == whole.full


def test_without_anything_published_it_says_what_to_do(reader, made):
    with pytest.raises(SystemFault, match="Nothing has been published"):
        made.make(reader, kept=2)


def test_a_name_that_is_no_dump_is_not_looked_up_in_the_folder(store, reader, made, tmp_path):
    publish(store, {A: said("vesi")})
    made.make(reader, kept=2)
    (tmp_path / "dumps" / "secret.nq.gz").write_bytes(b"")
    assert made.file("secret.nq.gz") is None
    assert made.file("../graph/LOCK") is None

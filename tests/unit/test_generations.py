"""Generations: published in one step, leftovers cleared, the oldest let go."""

from __future__ import annotations

import pytest

from amic_kg.errors import StoreLocked
from amic_kg.graph.generations import Generations
from amic_kg.graph.oxigraph import GenerationReader, OxigraphStore

G1, G2 = "http://x/g1", "http://x/g2"


def triple(value: str) -> bytes:
    return f'<http://x/s> <http://x/p> "{value}" .\n'.encode()


@pytest.fixture
def generations(tmp_path):
    return Generations(tmp_path / "generations")


def publish(generations):
    path = generations.next_path()
    path.mkdir()
    generations.switch_to(path)
    return path


def names(generations):
    return sorted(path.name for path in generations._folder.iterdir())


def test_nothing_is_current_before_the_first(generations):
    assert generations.current() is None
    assert publish(generations).name == generations.current() == "000001"


def test_the_next_one_is_not_current_before_the_switch(generations):
    publish(generations)
    generations.next_path().mkdir()
    assert generations.current() == "000001"


def test_what_an_interrupted_publish_left_is_cleared_away(generations):
    publish(generations)
    leftover = generations.next_path()
    leftover.mkdir()
    (leftover / "half.sst").write_text("half")
    (generations._folder / "CURRENT.next").write_text("0000")
    path = generations.next_path()
    assert path == leftover
    assert not path.exists()
    path.mkdir()
    generations.switch_to(path)
    assert generations.current() == "000002"
    assert names(generations) == ["000001", "000002", "CURRENT"]


def test_three_generations_are_kept_for_readers_that_lag(generations):
    for _ in range(5):
        publish(generations)
    assert names(generations) == ["000003", "000004", "000005", "CURRENT"]


class TestStore:
    def values(self, folder):
        generations = Generations(folder / "generations")
        reader = GenerationReader(generations.path(generations.current()), union=True)
        reader.export(folder / "export.nq")
        lines = (folder / "export.nq").read_text(encoding="utf-8").splitlines()
        return sorted(line.split('"')[1] for line in lines)

    def test_readers_see_what_was_published_and_no_more(self, tmp_path):
        store = OxigraphStore(tmp_path)
        store.replace_graphs({G1: triple("a")})
        store.publish()
        store.replace_graphs({G1: triple("b"), G2: triple("c")})
        assert self.values(tmp_path) == ["a"]
        store.publish()
        assert self.values(tmp_path) == ["b", "c"]
        store.close()

    def test_a_graph_is_replaced_whole_and_an_empty_one_removed(self, tmp_path):
        store = OxigraphStore(tmp_path)
        store.replace_graphs({G1: triple("a") + triple("b"), G2: triple("c")})
        store.replace_graphs({G1: triple("d"), G2: b""})
        store.publish()
        assert self.values(tmp_path) == ["d"]
        store.close()

    def test_a_store_is_opened_again_with_what_it_held(self, tmp_path):
        for value in ("a", "b"):
            store = OxigraphStore(tmp_path)
            store.replace_graphs({f"http://x/{value}": triple(value)})
            store.publish()
            store.close()
        assert self.values(tmp_path) == ["a", "b"]

    def test_there_is_one_writer_and_the_second_is_told_who(self, tmp_path):
        store = OxigraphStore(tmp_path)
        with pytest.raises(StoreLocked, match=r"another process \(pid \d+\)") as caught:
            OxigraphStore(tmp_path)
        assert "AMIC_DATA" in caught.value.remedy
        store.close()
        OxigraphStore(tmp_path).close()

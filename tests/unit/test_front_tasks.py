"""The figures of front matter as `amic-kg evaluate` tells them."""

from __future__ import annotations

from amic_kg.evaluation.front_tasks import evaluate_front_matter
from amic_kg.evaluation.surroundings import Surroundings
from amic_kg.settings import Settings

CASES = """id: one
language: fi
split: dev
title: Suon vesien mittaus
creator: Leino, Eino
publisher: Kemin kaupunki
--
Suon vesien mittaus

Eino Leino
===
id: two
language: fi
split: test
title: Ei tähän osaan
--
Ei tähän osaan
"""


def test_front_pages_of_the_split_are_measured_by_field(tmp_path):
    (tmp_path / "front-matter.txt").write_text(CASES, encoding="utf-8")
    around = Surroundings(Settings(), gold=tmp_path, data=None, split="dev")
    (section,) = evaluate_front_matter(around)
    rows = {row[0]: row[4:] for row in section.rows}
    assert rows["title, all"] == ("1", "0", "0")
    assert rows["creator, all"] == ("1", "0", "0")
    assert rows["publisher, all"] == ("0", "0", "1")
    assert section.errors == ("one missed publisher: Kemin kaupunki",)

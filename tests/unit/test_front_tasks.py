"""The figures of front matter as `amic-kg evaluate` tells them."""

from __future__ import annotations

import re

import pytest

from amic_kg.errors import UnreadableInput
from amic_kg.evaluation.front_pages import gold_cases
from amic_kg.evaluation.front_tasks import evaluate_front_matter
from amic_kg.evaluation.gold import gold_folder
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


def test_front_pages_may_stand_in_several_files(tmp_path):
    (tmp_path / "front-matter.txt").write_text(CASES, encoding="utf-8")
    (tmp_path / "front-matter-2.txt").write_text(CASES.replace("id: ", "id: other-"), "utf-8")
    (tmp_path / "fi.txt").write_text("no front page", encoding="utf-8")
    cases = {case.id for case in gold_cases(tmp_path)}
    assert cases == {"one", "two", "other-one", "other-two"}


def test_a_folder_without_front_pages_is_named(tmp_path):
    with pytest.raises(UnreadableInput, match=re.escape(str(tmp_path))):
        list(gold_cases(tmp_path))


def test_every_front_page_of_the_gold_sets_has_a_name_of_its_own_and_a_split():
    cases = list(gold_cases(gold_folder()))
    assert len({case.id for case in cases}) == len(cases)
    assert {case.split for case in cases} == {"dev", "test"}
    assert all(case.expected and case.pages[0].text.strip() for case in cases)


def test_names_on_gold_front_pages_stand_in_the_text():
    """Surname and first given name of whoever is expected; initials may stand without a dot."""
    for case in gold_cases(gold_folder()):
        text = re.sub(r"-\s*\n\s*", "", " ".join(page.text for page in case.pages)).casefold()
        for name in (*case.expected.get("creator", ()), *case.expected.get("supervisor", ())):
            surname, _, given = name.casefold().partition(", ")
            assert surname in text, f"{case.id}: {name}"
            assert given.split()[0].rstrip(".") in text, f"{case.id}: {name}"

"""Gold sets as people write them, and the judgement of an extraction against them."""

from pathlib import Path

import pytest

from amic_kg.errors import InvalidGold
from amic_kg.evaluation.gold import GoldMention, GoldStatement, read_gold
from amic_kg.evaluation.passages import judge_entities, judge_statements, table_of
from amic_kg.evaluation.reliability import expected_error, reliability
from amic_kg.evaluation.scores import Score
from amic_kg.extract.calibration import Calibration, fit
from amic_kg.iris import ONTOLOGY, VOCAB
from amic_kg.records import (
    BibliographicRecord,
    Candidate,
    Extraction,
    Mention,
    Statement,
)

_KEVITSA = "https://w3id.org/amic/id/site/kevitsa"
_SODANKYLA = "https://w3id.org/amic/id/place/sodankyla"
_NICKEL = f"{VOCAB}commodity/nickel"
_UNKNOWN = "https://w3id.org/amic/id/organization/pohjolan-kivi-oy"

_CASE = """\
id: fi-001
language: fi
split: dev
source: written
--
[Kevitsan kaivoksen](Site:kevitsa) [nikkeliä](Commodity:nickel) rikastaa
[Pohjolan Kivi Oy](Organization:?Pohjolan Kivi Oy).
@ site:kevitsa | mrdi:hasCommodity | commodity:nickel
@ study-1 | mrdi:sampleSize | 120
"""


def _gold(folder: Path, text: str = _CASE) -> Path:
    (folder / "fi.txt").write_text(text, encoding="utf-8")
    return folder


def _mention(entity: str, kind: str, surface: str, status: str = "accepted") -> Mention:
    return Mention(
        entity, kind, surface, 1, 0, len(surface), "", "", 0.9, 1,
        "proposed" if status == "proposed" else "accepted",
    )  # fmt: skip


def _statement(subject: str, predicate: str, value: str, datatype: str | None = None) -> Statement:
    return Statement(subject, ONTOLOGY + predicate, value, datatype, "x", 1, 0, 1, "", "", 0.9)


def _extraction(
    mentions: tuple[Mention, ...] = (),
    statements: tuple[Statement, ...] = (),
    candidates: tuple[Candidate, ...] = (),
) -> Extraction:
    return Extraction(
        key="k", sha256="", media_type="text/plain", file_name="", language="fi",
        record=BibliographicRecord({"fi": "t"}), pages=(), passages=(), mentions=mentions,
        subjects=(), pipeline_version="", statements=statements, candidates=candidates,
    )  # fmt: skip


def test_marks_become_offsets_in_the_plain_text(tmp_path: Path) -> None:
    (case,) = read_gold(_gold(tmp_path))

    assert case.text.startswith("Kevitsan kaivoksen nikkeliä rikastaa\nPohjolan Kivi Oy")
    assert case.mentions[0] == GoldMention(0, 18, "Site", _KEVITSA)
    assert [case.text[m.start : m.end] for m in case.mentions] == [
        "Kevitsan kaivoksen", "nikkeliä", "Pohjolan Kivi Oy",
    ]  # fmt: skip
    assert case.mentions[2].entity == "?Pohjolan Kivi Oy"


def test_passages_added_in_a_further_file_are_read_too_and_first_pages_are_not(
    tmp_path: Path,
) -> None:
    _gold(tmp_path)
    (tmp_path / "fi-2.txt").write_text(_CASE.replace("fi-001", "fi2-001"), encoding="utf-8")
    (tmp_path / "front-matter.txt").write_text("no passage", encoding="utf-8")

    assert [case.id for case in read_gold(tmp_path)] == ["fi2-001", "fi-001"]


def test_statements_name_things_by_their_iris_and_nodes_by_their_names(tmp_path: Path) -> None:
    (case,) = read_gold(_gold(tmp_path))

    assert case.statements == (
        GoldStatement(_KEVITSA, f"{ONTOLOGY}hasCommodity", _NICKEL),
        GoldStatement("study-1", f"{ONTOLOGY}sampleSize", "120"),
    )


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("split: dev", "split: all", "split"),
        ("--\n", "", "no line --"),
        ("(Site:kevitsa)", "(Mine:kevitsa)", "type 'Mine'"),
        ("| commodity:nickel", "", "statement"),
        ("rikastaa", "[rikastaa", "bracket"),
    ],
)
def test_a_faulty_case_is_named_with_its_file_and_cause(
    tmp_path: Path, old: str, new: str, cause: str
) -> None:
    with pytest.raises(InvalidGold) as caught:
        read_gold(_gold(tmp_path, _CASE.replace(old, new)))

    assert "fi.txt" in str(caught.value)
    assert cause in str(caught.value)


def test_an_entity_counts_once_and_an_unknown_one_by_its_name(tmp_path: Path) -> None:
    cases = read_gold(_gold(tmp_path))
    extraction = _extraction(
        (
            _mention(_KEVITSA, "Site", "Kevitsan kaivoksen"),
            _mention(_KEVITSA, "Site", "Kevitsa"),
            _mention(_UNKNOWN, "Organization", "Pohjolan Kivi Oy", "proposed"),
            _mention(_SODANKYLA, "Place", "Sodankylä"),
        ),
        candidates=(
            Candidate(_UNKNOWN, "Organization", "Pohjolan Kivi Oy", "fi", ("Pohjolan Kivi Oy",), 1),
        ),
    )

    table = table_of(list(judge_entities(cases, lambda *_: extraction)))

    assert table["Site", "fi"] == Score(right=1)
    assert table["Organization", "fi"] == Score(right=1)
    assert table["Commodity", "all"] == Score(missed=1)
    assert table["Place", "all"] == Score(invented=1)


def test_an_entity_of_another_type_is_invented_and_missed(tmp_path: Path) -> None:
    cases = read_gold(_gold(tmp_path))
    extraction = _extraction((_mention(_KEVITSA, "Place", "Kevitsan kaivoksen"),))

    table = table_of(list(judge_entities(cases, lambda *_: extraction)))

    assert table["Place", "fi"] == Score(invented=1)
    assert table["Site", "fi"] == Score(missed=1)


def test_statements_are_compared_as_triples_and_numbers_by_value(tmp_path: Path) -> None:
    cases = read_gold(_gold(tmp_path))
    extraction = _extraction(
        statements=(
            _statement(_KEVITSA, "hasCommodity", _NICKEL),
            _statement("study-3", "sampleSize", "120.0", "integer"),
            _statement(_KEVITSA, "locatedIn", _SODANKYLA),
        )
    )

    table = table_of(list(judge_statements(cases, lambda *_: extraction)))

    assert table["hasCommodity", "fi"] == Score(right=1)
    assert table["sampleSize", "fi"] == Score(right=1)
    assert table["locatedIn", "fi"] == Score(invented=1)


def test_nothing_given_and_nothing_wanted_is_no_fault() -> None:
    assert (Score().precision, Score().recall, Score().f1) == (1.0, 1.0, 1.0)
    assert Score(right=3, invented=1, missed=2).f1 == pytest.approx(2 * 3 / (6 + 1 + 2))


def test_a_fitted_confidence_follows_the_share_that_was_right() -> None:
    judged = [(0.9, True)] * 30 + [(0.9, False)] * 10 + [(0.6, True)] * 10 + [(0.6, False)] * 30
    calibration = Calibration({"registry": fit(judged)})

    assert calibration.confidence("registry", 0.9) == pytest.approx(0.74, abs=0.02)
    assert calibration.confidence("registry", 0.6) == pytest.approx(0.26, abs=0.02)
    assert 0.26 < calibration.confidence("registry", 0.75) < 0.74
    assert calibration.confidence("another kind", 0.75) == 0.75


def test_a_fitted_confidence_never_falls_where_the_rule_is_surer() -> None:
    judged = [(0.5, True)] * 5 + [(0.7, False)] * 5 + [(0.8, True)] * 5
    curve = fit(judged)

    assert [y for _, y in curve] == sorted(y for _, y in curve)


def test_reliability_tells_how_far_confidence_is_off() -> None:
    bins = reliability([(0.9, True)] * 6 + [(0.9, False)] * 4)

    assert [(b.count, b.right) for b in bins] == [(10, 0.6)]
    assert expected_error(bins) == pytest.approx(0.3)

"""`make ontology-check` itself: a mistake makes it fail and is named, what is absent is skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEME = "https://w3id.org/amic/vocab/theme"
HEAD = f"""
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix t: <{SCHEME}/> .
"""
SOUND = """
t:water a skos:Concept ; skos:inScheme <SCHEME> ; skos:notation "W" ;
    skos:topConceptOf <SCHEME> ; skos:exactMatch <https://example.org/w> ;
    skos:prefLabel "vesi"@fi, "water"@en, "vatten"@sv ;
    skos:definition "Vesi."@fi, "Water."@en, "Vatten."@sv .
<SCHEME> a skos:ConceptScheme ; skos:hasTopConcept t:water .
""".replace("SCHEME", SCHEME)


@pytest.fixture
def check(tmp_path):
    def check(turtle: str, *parts: str) -> tuple[int, str]:
        (tmp_path / "vocab").mkdir(exist_ok=True)
        (tmp_path / "vocab" / "theme.ttl").write_text(HEAD + turtle, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "ontology_check", "--ontology", tmp_path, *parts],
            capture_output=True,
            text=True,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": "scripts", "AMIC_TEST_SHARED": str(tmp_path / "no")},
            timeout=100,
            check=False,
        )
        assert done.stderr == ""
        return done.returncode, done.stdout

    return check


def test_a_sound_vocabulary_passes_and_what_needs_absent_material_is_skipped(check):
    code, out = check(SOUND, "syntax", "skos", "mappings", "coverage")
    assert code == 0, out
    assert "skipped mappings" in out
    assert "skipped coverage" in out
    assert out.endswith("2 of 4 parts passed, 2 skipped\n")


@pytest.mark.parametrize(
    ("part", "mistake", "words"),
    [
        ("syntax", "t:broken a ", "vocab/theme.ttl"),
        ("skos", "t:water skos:broader t:water .", "cycle"),
        ("skos", "t:water skos:broadMatch <https://example.org/w> .", "pair"),
        ("skos", "t:water skos:related t:fire .", "t:fire|theme/fire"),
        ("skos", "<https://w3id.org/amic/vocab/theme> skos:hasTopConcept t:x .", "top"),
        ("labels", 't:water skos:prefLabel "waters"@en .', "prefLabel in 'en' 2 times"),
    ],
)
def test_a_mistake_fails_and_is_named(check, part, mistake, words):
    code, out = check(SOUND + mistake, part)
    assert code == 1, out
    assert f"failed: {part}" in out
    assert any(word in out for word in words.split("|")), out

"""What is extracted of three samples, and the triples of one, as files to read and to compare.

After a change that is meant, `pytest tests/golden --regenerate-golden` writes them anew; the diff
shows what the change does.
"""

from __future__ import annotations

import difflib
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from amic_kg.graph.quads import document_triples
from amic_kg.iris import Iris
from amic_kg_ingest.formats import ReadingLimits, read_document
from amic_kg_ingest.sources.files import FileSource

GOLDEN = Path(__file__).parent
SAMPLES = (
    "04-arbetspaket-3-regionsamarbete.html",
    "05-kaivosvedet-ja-sulfaatti.pdf",
    "18-survey-and-interview-methods.docx",
)
TRIPLES = "10-polyn-ja-melun-seuranta.pdf"


@pytest.fixture(scope="module")
def extract(extractor, analyzer, corpus):
    def extract(name):
        (raw,) = FileSource([corpus / name]).documents()
        extraction, _ = extractor.extract(
            read_document(raw.path, name, ReadingLimits(ocr=False)),
            key=f"sample-{name[:2]}",
            sha256="0" * 64,
            file_name=name,
            metadata=raw.metadata,
            pipeline_version="golden",
        )
        return extraction

    return extract


@pytest.fixture
def compare(regenerate):
    def compare(name: str, found: str) -> None:
        path = GOLDEN / name
        if regenerate:
            path.write_text(found, encoding="utf-8")
        expected = path.read_text(encoding="utf-8")
        lines = difflib.unified_diff(
            expected.splitlines(), found.splitlines(), f"golden/{name}", "now", n=1, lineterm=""
        )
        difference = "\n".join(list(lines)[:60])
        assert not difference, f"{difference}\nIs it meant? pytest tests/golden --regenerate-golden"

    return compare


def told(extraction) -> str:
    """One passage, mention and subject a line: a diff names what changed."""

    def line(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)

    sections = {
        "record": [asdict(extraction.record)],
        "language": [extraction.language],
        "passages": [asdict(passage) for passage in extraction.passages],
        "mentions": [
            [m.page, m.start, m.end, m.surface, m.type, m.entity, m.confidence]
            for m in extraction.mentions
        ],
        "subjects": [[s.entity, s.score] for s in extraction.subjects],
    }
    body = ",\n".join(
        f'"{name}": [\n' + ",\n".join(map(line, values)) + "\n]"
        for name, values in sections.items()
    )
    return "{\n" + body + "\n}\n"


@pytest.mark.parametrize("name", SAMPLES)
def test_the_extraction_of_a_sample_is_as_it_was(extract, compare, name):
    found = told(extract(name))
    assert set(json.loads(found)) == {"record", "language", "passages", "mentions", "subjects"}
    compare(f"{Path(name).stem}.json", found)


def test_the_triples_of_a_sample_are_as_they_were(extract, compare):
    triples = document_triples(extract(TRIPLES), Iris()).decode("utf-8")
    compare(f"{Path(TRIPLES).stem}.nt", "".join(sorted(triples.splitlines(keepends=True))))


def test_in_ci_golden_files_are_compared_and_never_written(regenerate):
    assert not (regenerate and os.environ.get("CI") == "true"), (
        "--regenerate-golden is for a person who then reads the diff"
    )


def test_the_guard_above_fails_when_it_should():
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", __file__, "-q", "-p", "no:cacheprovider"),
            *("--regenerate-golden", "-k", "never_written"),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "CI": "true"},
        check=False,
    )
    assert done.returncode == 1
    assert "for a person who then reads the diff" in done.stdout

"""What extraction costs: beside the model of names, with two workers, by the page, in memory."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from amic_kg.cli.ingest_measurement import ingest_observed
from amic_kg.cli.measurement import Figure, highest_megabytes_below
from amic_kg.extract.extraction import Extractor
from amic_kg.extract.passages import split_passages
from amic_kg.language import LanguageDetector
from amic_kg.language.names_spacy import SpacyRecognizer
from amic_kg.pipeline.preparation import shared_extractor
from amic_kg.records import Extraction, Outcome, Page, ParsedDocument
from amic_kg.settings import Settings

_SMALL = 10
_NOTHING_LOADED = Path("no-vocabularies-of-others")


def measure_extraction(pdfs: Path, work: Path) -> list[Figure]:
    """Extraction over the texts of `pdfs`, each figure beside what it is compared with."""
    memory, one, two = _with_workers(pdfs, work)
    pages = _texts(pdfs)
    extractor = shared_extractor(_NOTHING_LOADED)
    model = SpacyRecognizer()
    passages = [
        (passage.text, passage.language)
        for passage in split_passages(pages, LanguageDetector(), "fi")
    ]
    few = pages[:_SMALL]
    of_few = _of_pages(few)
    # Models, dictionaries and the words that all texts share are loaded before anything counts.
    model.names(passages[:20])
    _extract(extractor, pages)
    by_model = _cpu_of(lambda: model.names(passages))
    whole = _cpu_of(lambda: _extract(extractor, pages))
    rounds = max(1, len(pages) // _SMALL)
    small = _cpu_of(lambda: _extract(extractor, few), rounds)
    own = _cpu_of(lambda: model.names(of_few), rounds)
    around_few = (small - own) / len(few)
    around_all = (whole - by_model) / len(pages)
    return [
        Figure(
            "extraction around the model of names, CPU ms a page",
            f"{around_all * 1000:.1f}",
            f"spaCy's model alone {by_model / len(pages) * 1000:.1f}",
            f"{around_all * len(pages) / by_model:.2f}",
        ),
        Figure(
            f"the same in one document of {len(pages)} pages, CPU ms a page",
            f"{around_all * 1000:.1f}",
            f"in one of {len(few)} pages {around_few * 1000:.1f}",
            f"{around_all / around_few:.2f}",
        ),
        Figure(
            f"ingest of {len(pages)} pages with two workers, seconds",
            f"{two:.1f}",
            f"with one worker {one:.1f}",
            f"{one / two:.2f}",
        ),
        Figure("memory of a worker at its highest, MB", f"{memory:.0f}"),
    ]


def _with_workers(pdfs: Path, work: Path) -> tuple[float, float, float]:
    """Highest memory of a worker in MB; wall seconds of steady ingest with one and with two."""
    first, *rest = sorted(pdfs.glob("*.pdf"))
    walls = []
    memory: list[float] = []

    def observe(_: Outcome) -> None:
        memory.append(highest_megabytes_below())

    for size in (1, 2):
        settings = replace(Settings(), data=work / f"workers-{size}", workers=size, ocr="off")
        ingest_observed([first], settings)
        began = time.perf_counter()
        ingest_observed([first], settings, force=True)
        started = time.perf_counter()
        ingest_observed(rest, settings, on_outcome=observe)
        walls.append((time.perf_counter() - started) - (started - began))
    return max(memory), walls[0], walls[1]


def _texts(pdfs: Path) -> tuple[Page, ...]:
    from amic_kg_ingest.formats import ReadingLimits, read_document

    pages: list[Page] = []
    for path in sorted(pdfs.glob("*.pdf")):
        for page in read_document(path, path.name, ReadingLimits(ocr=False)).pages:
            pages.append(replace(page, number=len(pages) + 1))
    return tuple(pages)


def _of_pages(pages: Sequence[Page]) -> list[tuple[str, str]]:
    return [(p.text, p.language) for p in split_passages(tuple(pages), LanguageDetector(), "fi")]


def _extract(extractor: Extractor, pages: tuple[Page, ...]) -> Extraction:
    extraction, _ = extractor.extract(
        ParsedDocument("application/pdf", pages),
        key="measured",
        sha256="",
        file_name="",
        metadata={},
        pipeline_version="",
    )
    return extraction


def _cpu_of(work: Callable[[], object], rounds: int = 1) -> float:
    """CPU seconds of one round."""
    began = time.process_time()
    for _ in range(rounds):
        work()
    return (time.process_time() - began) / rounds

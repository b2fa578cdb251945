"""What `amic-kg doctor` looks at: each part, what is lost without it, and how to get it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from typing import Literal

from amic_kg.errors import AmicError
from amic_kg.records import Failure
from amic_kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: `missing` costs a feature, `broken` stops the work."""

    part: str
    state: Literal["ok", "missing", "broken"]
    detail: str
    remedy: str = ""

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def diagnose(settings: Settings) -> list[Finding]:
    """Every finding, in the order in which a document meets the parts."""
    return [
        Finding("Python", "ok", sys.version.split()[0]),
        *_language_tools(),
        *_names(),
        *_programs(),
        *_poppler(),
        *_data_folder(settings),
        *_vocabulary(),
        *_pages(),
        *_stores(settings),
        *_dask(settings),
        *_assistants(),
    ]


def _language_tools() -> Iterator[Finding]:
    from amic_kg.language import Analyzer

    degraded = Analyzer().degraded
    if degraded:
        yield Finding("libvoikko", "missing", degraded, _install("libvoikko1 voikko-fi"))
    else:
        yield Finding("libvoikko", "ok", "Finnish words are brought to their base form")


def _names() -> Iterator[Finding]:
    from amic_kg.language.names import TextNames

    recognizer = TextNames()
    if recognizer.degraded:
        remedy = 'Install them: pip install "amic-kg[names]"'
        yield Finding("names", "missing", "; ".join(recognizer.degraded), remedy)
    else:
        yield Finding("names", "ok", "Names that no registry knows are found (fi, en)")


def _programs() -> Iterator[Finding]:
    from amic_kg_ingest.formats.ocr import WANTED, ocr_languages

    packages = "tesseract-ocr tesseract-ocr-fin tesseract-ocr-swe tesseract-ocr-eng"
    absent = sorted(set(WANTED) - set(ocr_languages()))
    if shutil.which("tesseract") is None:
        yield Finding("tesseract", "missing", "Scanned pages are not read", _install(packages))
    elif absent:
        wanted = " ".join(f"tesseract-ocr-{name}" for name in absent)
        detail = f"Scans in {', '.join(absent)} are read badly"
        yield Finding("tesseract", "missing", detail, _install(wanted))
    else:
        yield Finding("tesseract", "ok", "Scanned pages are read (fin, swe, eng)")


def _poppler() -> Iterator[Finding]:
    if shutil.which("pdftotext") is None:
        detail = "Some broken PDFs are not read"
        yield Finding("pdftotext", "missing", detail, _install("poppler-utils"))
    else:
        yield Finding("pdftotext", "ok", "Broken PDFs get a last chance")


def _data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data.absolute()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not os.access(existing, os.W_OK):
        yield Finding("data folder", "broken", f"{folder} cannot be written to", "Set AMIC_DATA")
        return
    free = shutil.disk_usage(existing).free
    yield Finding("data folder", "ok", f"{folder}, {free / 1e9:.0f} GB free")


def _vocabulary() -> Iterator[Finding]:
    from amic_kg.ontology import load_vocabulary

    try:
        vocabulary = load_vocabulary()
    except AmicError as error:
        yield Finding("vocabulary", "broken", str(error), "Reinstall AMIC-KG")
        return
    yield Finding("vocabulary", "ok", f"{len(vocabulary):,} concepts and registered things")


def _pages() -> Iterator[Finding]:
    from amic_kg_api.rendering import built_address

    if built_address("sparql.js"):
        yield Finding("scripts of the pages", "ok", "Editor, suggestions, box for other sites")
    else:
        detail = "Pages have plain forms: no query editor, suggestions, box for other sites"
        remedy = f"{_install('nodejs npm')}; then build it: python3 scripts/web_bundle.py"
        yield Finding("scripts of the pages", "missing", detail, remedy)


def _stores(settings: Settings) -> Iterator[Finding]:
    from amic_kg.wiring import open_services

    try:
        services = open_services(settings)
    except AmicError as error:
        yield Finding("stores", "broken", str(error), "See the setting that it names")
        return
    try:
        documents = services.documents.count()
        yield Finding("ledger", "ok", f"{documents:,} documents")
        engine = settings.search_url or "embedded (tantivy)"
        if services.index.ready() and documents and not services.index.count():
            yield Finding(
                "search index",
                "broken",
                f"{engine} is empty, as after an update that changed its form",
                "Fill it: amic-kg rebuild",
            )
        elif services.index.ready():
            yield Finding("search index", "ok", engine)
        else:
            yield Finding(
                "search index",
                "broken",
                f"{engine} does not answer",
                "Start it, or check AMIC_SEARCH_URL",
            )
        engine = settings.sparql_url or "embedded (Oxigraph)"
        if services.graph.ready():
            yield Finding("graph", "ok", f"{engine}, generation {services.graph.generation()}")
        elif settings.sparql_url:
            yield Finding(
                "graph", "broken", f"{engine} does not answer", "Start it, or check AMIC_SPARQL_URL"
            )
        else:
            yield Finding("graph", "ok", f"{engine}, nothing published yet")
    except AmicError as error:
        yield Finding(
            "stores", "broken", str(error), "Start the service, or unset its AMIC_ variable"
        )
    finally:
        services.close()


def _dask(settings: Settings) -> Iterator[Finding]:
    """Whether the cluster answers, and whether its workers would read as this machine does."""
    if not settings.dask:
        return
    from amic_kg.wiring import dask_workers
    from amic_kg_ingest.reading import reader

    try:
        workers = dask_workers(settings, *reader(settings))
        if settings.dask == "local":
            yield Finding("Dask", "ok", "Processes on this machine, started for each run")
            return
        with workers:
            threads, pythons = workers.size, workers.pythons()
    except AmicError as error:
        failure = Failure.of(error)
        yield Finding("Dask", "broken", failure.message, failure.remedy)
        return
    here = platform.python_version_tuple()[:2]
    for address, version in pythons.items():
        if tuple(version.split(".")[:2]) != here:
            yield Finding(
                "Dask",
                "broken",
                f"worker {address} has Python {version} there, {platform.python_version()} here",
                f"Start it with Python {'.'.join(here)}",
            )
            return
    counted = f"workers: {len(pythons)}, threads: {threads}"
    detail = f"{settings.dask}: {counted}; they read as here"
    yield Finding("Dask", "ok", detail)


def _assistants() -> Iterator[Finding]:
    if find_spec("mcp") is None:
        remedy = 'Install it: pip install "amic-kg[mcp]"'
        yield Finding("mcp", "missing", "AI assistants cannot be connected", remedy)
    else:
        yield Finding("mcp", "ok", "AI assistants can be connected (amic-kg mcp)")


def _install(packages: str) -> str:
    if shutil.which("apt-get"):
        return f"Install it: sudo apt-get install {packages}"
    if shutil.which("brew"):
        names = {"libvoikko1 voikko-fi": "libvoikko", "poppler-utils": "poppler"}.get(
            packages, "tesseract tesseract-lang"
        )
        return f"Install it: brew install {names}"
    return f"Install the packages that Debian calls {packages}"

"""What a whole ingest costs beside its unavoidable parts, over a generated corpus."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
import tantivy

from amic_kg.cli.corpus_generation import generate_corpus
from amic_kg.cli.measurement import Figure, cpu_seconds
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.quads import document_triples
from amic_kg.graph.terms import quads_in
from amic_kg.index.documents import indexed_passages
from amic_kg.index.embedded import EmbeddedIndex
from amic_kg.iris import Iris
from amic_kg.pipeline.preparation import open_extractor
from amic_kg.records import Outcome
from amic_kg.retrieval import IndexedPassage
from amic_kg.settings import Settings

_BATCH = 100
_NOTHING_LOADED = Path("no-vocabularies-of-others")


@dataclass(frozen=True, slots=True)
class _Cost:
    cpu: float
    wall: float

    def __sub__(self, other: _Cost) -> _Cost:
        return _Cost(self.cpu - other.cpu, self.wall - other.wall)

    def __add__(self, other: _Cost) -> _Cost:
        return _Cost(self.cpu + other.cpu, self.wall + other.wall)


@dataclass(frozen=True, slots=True)
class _Written:
    """What is written of the corpus, as the stores get it."""

    graphs: dict[str, bytes]
    passages: dict[str, list[IndexedPassage]]


def measure_whole_ingest(samples: Path, work: Path, documents: int) -> list[Figure]:
    """End to end against the parts measured alone; again; with two workers; memory; writing."""
    paths = list(generate_corpus(samples, work / "generated", documents=documents))
    first, rest = paths[0], paths[1:]
    # The ingests come before the parts: the memory of this process is one of the figures.
    whole, again, memory = _one_worker(first, rest, work / "one")
    both = _two_workers(first, rest, work / "two")
    reading, extracting, written = _parts(first, rest)
    parts = reading + extracting
    return [
        Figure(
            f"ingest of {len(rest)} documents with one worker, CPU seconds",
            f"{whole.cpu:.1f}",
            f"text {reading.cpu:.1f} + extraction with spaCy {extracting.cpu:.1f}, alone",
            f"{whole.cpu / parts.cpu:.2f}",
        ),
        Figure(
            "the same, wall seconds (nothing is embedded yet)",
            f"{whole.wall:.1f}",
            f"text {reading.wall:.1f} + extraction with spaCy {extracting.wall:.1f}, alone",
            f"{whole.wall / parts.wall:.2f}",
        ),
        Figure(
            "second run over them unchanged, seconds; how many times faster",
            f"{again.wall:.2f}",
            f"first run {whole.wall:.1f}",
            f"{whole.wall / again.wall:.0f}",
        ),
        Figure(
            "ingest of them with two workers, seconds; how many times faster",
            f"{both.wall:.1f}",
            f"with one worker {whole.wall:.1f}",
            f"{whole.wall / both.wall:.2f}",
        ),
        Figure(
            "memory of the process that publishes, at the end, MB",
            f"{memory[1]:.0f}",
            f"at half of the documents {memory[0]:.0f}",
            f"{memory[1] / memory[0]:.2f}",
        ),
        *_writing(written, work / "writing"),
    ]


def _one_worker(
    first: Path, rest: Sequence[Path], data: Path
) -> tuple[_Cost, _Cost, tuple[float, float]]:
    """Costs of the first and of the second run without those of starting; MB at half and end."""
    settings = replace(Settings(), data=data, workers=1, ocr="off")
    memory: list[float] = []

    def observe(_: Outcome) -> None:
        memory.append(_resident_megabytes())

    ingest_observed([first], settings)  # publishes the vocabularies, once per version of them
    started = _cost(lambda: ingest_observed([first], settings, force=True))
    whole = _cost(lambda: ingest_observed(rest, settings, on_outcome=observe)) - started
    again = _cost(lambda: ingest_observed(rest, settings))
    return whole, again, (memory[len(memory) // 2], memory[-1])


def _two_workers(first: Path, rest: Sequence[Path], data: Path) -> _Cost:
    settings = replace(Settings(), data=data, workers=2, ocr="off")
    ingest_observed([first], settings)
    started = _cost(lambda: ingest_observed([first], settings, force=True))
    return _cost(lambda: ingest_observed(rest, settings)) - started


def ingest_observed(
    paths: Sequence[Path],
    settings: Settings,
    *,
    force: bool = False,
    on_outcome: Callable[[Outcome], None] = lambda _: None,
) -> None:
    """Ingest files; `on_outcome` looks at the processes while they work."""
    from amic_kg_ingest.reading import open_writing, unpacked_folder
    from amic_kg_ingest.sources.files import FileSource

    writing = open_writing(settings)
    try:
        source = FileSource(paths, unpacked_folder(settings))
        writing.pipeline.run(source, force=force, on_outcome=on_outcome)
    finally:
        writing.close()


def _parts(first: Path, rest: Sequence[Path]) -> tuple[_Cost, _Cost, _Written]:
    """Text alone, extraction alone, in this process; models are loaded before anything counts."""
    from amic_kg_ingest.formats import ReadingLimits, read_document

    extractor = open_extractor(_NOTHING_LOADED)
    settings = Settings()
    iris = Iris(settings.base_iri)
    written = _Written({}, {})
    reading = extracting = _Cost(0, 0)
    for path in (first, *rest):
        began = _now()
        parsed = read_document(path, path.name, ReadingLimits(ocr=False))
        read = _now()
        extraction, analysed = extractor.extract(
            parsed,
            key=path.stem,
            sha256="",
            file_name=path.name,
            metadata={},
            pipeline_version="",
        )
        extracted = _now()
        if path != first:
            reading += read - began
            extracting += extracted - read
        written.graphs[iris.document_graph(path.stem)] = document_triples(
            extraction, iris, plain_from=settings.fact_percent / 100
        )
        written.passages[path.stem] = list(
            indexed_passages(extraction, analysed, extractor.analyzer, extractor.vocabulary)
        )
    return reading, extracting, written


def _writing(written: _Written, folder: Path) -> list[Figure]:
    """Batches with what makes them replaceable and visible, against one bare load of all."""
    quads = sum(triples.count(b"\n") for triples in written.graphs.values())
    passages = sum(map(len, written.passages.values()))
    graph = _cost(lambda: _write_graphs(written, folder / "graph"))
    bare_graph = _cost(lambda: _load_quads(written, folder / "bare-graph"))
    index = _cost(lambda: _write_passages(written, folder / "index"))
    bare_index = _cost(lambda: _load_passages(written, folder / "bare-index"))
    return [
        Figure(
            f"graph: {quads} quads in batches of {_BATCH} documents, published, quads a second",
            f"{quads / graph.wall:.0f}",
            f"one bulk load into pyoxigraph {quads / bare_graph.wall:.0f}",
            f"{bare_graph.wall / graph.wall:.2f}",
        ),
        Figure(
            f"index: {passages} passages in batches of {_BATCH} documents, passages a second",
            f"{passages / index.wall:.0f}",
            f"one commit into tantivy {passages / bare_index.wall:.0f}",
            f"{bare_index.wall / index.wall:.2f}",
        ),
    ]


def _write_graphs(written: _Written, folder: Path) -> None:
    store = OxigraphStore(folder)
    names = list(written.graphs)
    for start in range(0, len(names), _BATCH):
        store.replace_graphs({name: written.graphs[name] for name in names[start : start + _BATCH]})
        store.publish()
    store.close()


def _load_quads(written: _Written, folder: Path) -> None:
    store = ox.Store(str(folder))
    quads = b"".join(quads_in(name, triples) for name, triples in written.graphs.items())
    store.bulk_load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)
    store.flush()


def _write_passages(written: _Written, folder: Path) -> None:
    index = EmbeddedIndex(folder)
    keys = list(written.passages)
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        index.replace_documents(batch, (p for key in batch for p in written.passages[key]))
        index.commit()
    index.close()


def _load_passages(written: _Written, folder: Path) -> None:
    """The same fields as far as the engine counts them: stored text, and words to be found."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("surface", tokenizer_name="whitespace", index_option="position")
    for name in ("lemma", "parts"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    folder.mkdir(parents=True)
    index = tantivy.Index(builder.build(), path=str(folder))
    index.register_tokenizer(
        "whitespace", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )
    writer = index.writer(heap_size=128_000_000, num_threads=1)
    for passages in written.passages.values():
        for passage in passages:
            document = tantivy.Document()
            for name in ("text", "surface", "lemma", "parts"):
                document.add_text(name, getattr(passage, name))
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _cost(work: Callable[[], object]) -> _Cost:
    """Of `work` in this process and all below it."""
    cpu, wall = cpu_seconds(), time.perf_counter()
    work()
    return _Cost(cpu_seconds() - cpu, time.perf_counter() - wall)


def _now() -> _Cost:
    return _Cost(time.process_time(), time.perf_counter())


def _resident_megabytes() -> float:
    """What this process holds now; where the system does not tell, its highest until now."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
    return pages * resource.getpagesize() / 1e6

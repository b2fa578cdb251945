"""A program: runs that are killed by SIGKILL, each completed by the next and held against one
that nobody disturbed; prints what it found as one JSON object. test_killed_runs.py reads it.

    killed_run.py FOLDER SEED

It loads the extractor once and forks a child for each run: opened stores have threads, which a fork
does not copy, so this process opens none. The code of the product is as it is; what is given to the
pipeline (stores, ledger, originals, workers, source) is watched from outside, and the child kills
itself before the call that it was told.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import sqlalchemy as sa

from amic_kg.graph.generations import Generations
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.terms import MRDI
from amic_kg.index.embedded import EmbeddedIndex
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger, tables
from amic_kg.originals import OriginalStore
from amic_kg.pipeline import Pipeline, Prepared, Task, prepare, run
from amic_kg.pipeline.waiting import Waiting
from amic_kg.ports import FeedMemory
from amic_kg.records import STANDARD_THRESHOLDS, Outcome, RawDocument, Withdrawn
from amic_kg.retrieval import PassageHit, QueryTerm, SearchRequest
from amic_kg_ingest.formats import ReadingLimits, read_document

BATCH = 2
VERSION = "killed-run"
NO_VOCABULARIES = Path(__file__).parent / "no-vocabularies"
WORDS = ("kaivos", "nikkeli", "malmi", "vesi", "mine", "nickel", "water", "gruva", "raportti")
RANDOM_KILLS = 8

STEPS = frozenset(
    (
        "graph.replace_graphs", "graph.publish", "generations.next_path", "generations.switch_to",
        "index.replace_documents", "index.commit",
        "ledger.publish", "ledger.withdraw", "ledger.add_location", "ledger.fail",
        "ledger.recover", "ledger.set_note", "unfinished.note", "unfinished.strike_out",
        "works.note", "works.replace",
        "originals.add", "originals.discard", "originals.doubt", "originals.settle",
        "originals.clear_incoming",
        "workers.submit", "workers.result", "source.next", "source.settle",
    )
)  # fmt: skip
"""The calls that change something, or after which a run goes on to another step."""

Content = dict[str, bytes]


def text(number: int, more: str = "") -> bytes:
    return (
        f"Raportti numero {number}\n\nKevitsan kaivoksen nikkeli ja kaivosvedet, osa {number}. "
        f"Nickel was mined in Lapland; water is treated. {more}\n"
    ).encode()


def long_text(subject: str, end: str = "") -> bytes:
    """Long enough to tell of which work it is."""
    sentences = (f"The {n}th thing that was said of {subject} at Kevitsa is new." for n in range(9))
    return f"On {subject}\n\n{' '.join(sentences)} {end}\n".encode()


BEFORE: Content = {
    **{f"{name}.txt": text(n) for n, name in enumerate(("asis", "changed", "gone"))},
    "pair-1.txt": long_text("blasting"),
    "pair-2.txt": long_text("blasting", "Loppu."),
    "work-1.txt": long_text("dust"),
}
AFTER: Content = {
    "asis.txt": text(0),
    "broken.pdf": b"no PDF at all",
    "changed.txt": text(1, "Malmi on rikasta."),
    **{f"new-{n}.txt": text(n) for n in range(3, 7)},
    "new-8.txt": text(8, "Gruvan ligger i Sodankyl\u00e4."),
    "pair-1.txt": long_text("blasting"),
    "pair-2.txt": long_text("tailings"),
    "twin.txt": text(4),
    "work-1.txt": long_text("dust"),
    "work-2.txt": long_text("dust", "Slut."),
}
ELSEWHERE: Content = {
    # What a killed run has read is here no more: taken back to what it was, replaced, removed.
    **{name: AFTER[name] for name in ("asis.txt", "broken.pdf", "new-5.txt", "twin.txt")},
    "changed.txt": BEFORE["changed.txt"],
    "gone.txt": BEFORE["gone.txt"],
    "pair-2.txt": BEFORE["pair-2.txt"],
    "work-2.txt": AFTER["work-2.txt"],
    "new-3.txt": text(33, "Toinen sisältö."),
}


@dataclass
class Moments:
    """Counts the steps of a run, and kills the process before step `kill_at`; 0 lets it live."""

    kill_at: int = 0
    passed: list[str] = field(default_factory=list)

    def come_to(self, step: str) -> None:
        if step not in STEPS:
            return
        self.passed.append(step)
        if len(self.passed) == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


class Watched:
    """`target` as it is, but each call of it is told to `moments` first."""

    def __init__(self, name: str, target: object, moments: Moments) -> None:
        self._name, self._target, self._moments = name, target, moments

    def __getattr__(self, attribute: str) -> Any:
        value = getattr(self._target, attribute)
        if attribute in ("unfinished", "reviews", "works"):
            return Watched(attribute, value, self._moments)
        if not callable(value):
            return value

        def call(*arguments: object, **given: object) -> object:
            self._moments.come_to(f"{self._name}.{attribute}")
            return value(*arguments, **given)

        return call


class Shelf:
    """A source: the files of a folder, by name; what lies there no more is withdrawn."""

    name = "shelf"
    expected = None
    left_out: dict[str, int] = {}  # noqa: RUF012 - as the port has it

    def __init__(self, folder: Path, memory: FeedMemory, moments: Moments) -> None:
        self._folder, self._memory, self._moments = folder, memory, moments

    def documents(self) -> Iterator[RawDocument | Withdrawn]:
        standing = sorted(self._folder.iterdir())
        for path in standing:
            self._moments.come_to("source.next")
            yield RawDocument(self.name, path.name, path, {})
        for identifier in sorted({*self._memory.known()} - {path.name for path in standing}):
            self._moments.come_to("source.next")
            yield Withdrawn(self.name, identifier)

    def settle(self) -> None:
        self._memory.remember("settled", "yes")


class InlineWorkers:
    """Prepares in the process that is killed: there is no pool to start for each of the runs."""

    size = 1

    def submit(self, task: Task) -> Future[Prepared]:
        future: Future[Prepared] = Future()
        try:
            future.set_result(prepare(task, partial(read_document, limits=ReadingLimits())))
        except Exception as error:  # noqa: BLE001 - as a worker process does
            future.set_exception(error)
        return future

    def result(self, task: Task, future: Future[Prepared]) -> Prepared:
        return future.result()

    def __enter__(self) -> InlineWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        pass


class WatchedWorkers(Watched):
    def __enter__(self) -> WatchedWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        pass


def ingest(data: Path, shelf: Path, moments: Moments) -> list[Outcome]:
    """One run over `shelf` into the embedded stores in `data`."""
    run._BATCH_DOCUMENTS = BATCH
    store = OxigraphStore(data / "graph")
    store._generations = Watched("generations", store._generations, moments)  # type: ignore[assignment]
    ledger = Ledger(f"sqlite:///{data / 'ledger.sqlite'}")
    index = EmbeddedIndex(data / "index")
    watched: dict[str, Any] = {
        name: Watched(name, target, moments)
        for name, target in (
            ("graph", store),
            ("index", index),
            ("ledger", ledger),
            ("originals", OriginalStore(data / "originals")),
            ("source", Shelf(shelf, ledger.feed("shelf"), moments)),
        )
    }
    source = watched.pop("source")
    workers: Any = WatchedWorkers("workers", InlineWorkers(), moments)
    pipeline = Pipeline(
        **watched,
        make_workers=lambda: workers,
        iris=Iris("https://w3id.org/amic/"),
        pipeline_version=VERSION,
        file_megabytes=1,
        vocabularies=NO_VOCABULARIES,
        thresholds=STANDARD_THRESHOLDS,
        names=False,
        waiting=Waiting(0, print),
    )
    outcomes = pipeline.run(source).outcomes
    index.close()
    store.close()
    ledger.close()
    return outcomes


def state(data: Path) -> dict[str, object]:
    """All that the stores in `data` hold, but for times and for the order in which it came."""
    generations = Generations(data / "graph" / "generations")
    current = generations.current()
    assert current is not None
    published = ox.Store.read_only(str(generations.path(current)))
    documents = [
        quad
        for graph in published.named_graphs()
        if "/graph/document/" in graph.value or graph.value.endswith("/graph/dataset")
        for quad in published.quads_for_pattern(None, None, None, graph)
    ]
    return {
        "graphs of documents and dataset": canonical_hash(documents),
        "graphs": sorted(graph.value for graph in published.named_graphs()),
        "quads": len(published),
        "quads of the writer": len(ox.Store.read_only(str(data / "graph" / "store"))),
        "index": index_content(data / "index"),
        "texts": sorted(hit.text for hit in everything(data / "index")),
        "disagreement": disagreement(data, published),
        "ledger": ledger_rows(data / "ledger.sqlite"),
        "originals": sorted(p.name for p in (data / "originals").glob("*/*")),
        "left over": left_over(data, current),
    }


def canonical_hash(quads: list[ox.Quad]) -> str:
    """RDFC-1.0 (https://www.w3.org/TR/rdf-canon/): the same whatever blank nodes are called."""
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def disagreement(data: Path, published: ox.Store) -> dict[str, list[str]]:
    """Documents that graph, index and ledger have not in the same version; there should be none."""
    ledger = Ledger(f"sqlite:///{data / 'ledger.sqlite'}")
    known = {(key, stored.sha256) for key in ledger.keys() if (stored := ledger.document(key))}  # noqa: SIM118
    iris = Iris("https://w3id.org/amic/")
    versions = {
        (quad.graph_name.value, quad.object.value)
        for quad in published.quads_for_pattern(None, ox.NamedNode(f"{MRDI}sha256"), None)
    }
    graphs = {graph.value for graph in published.named_graphs() if "/document/" in graph.value}
    indexed = {hit.document for hit in everything(data / "index")} | ledger.works.copies()
    return {
        "graph": sorted(map(str, versions ^ {(iris.document_graph(k), s) for k, s in known})),
        "graphs": sorted(graphs ^ {iris.document_graph(key) for key, _ in known}),
        "index": sorted(indexed ^ {key for key, _ in known}),
        "unfinished": list(ledger.unfinished.keys()),
    }


def everything(folder: Path) -> tuple[PassageHit, ...]:
    return EmbeddedIndex(folder).search(SearchRequest(passages=1000)).hits


def index_content(folder: Path) -> object:
    """Every passage as it is stored, and which of them answer to words in other fields."""
    index = EmbeddedIndex(folder)
    found = index.search(SearchRequest(passages=1000))
    answers = {
        word: sorted(
            (hit.document, hit.number)
            for hit in index.search(
                SearchRequest((QueryTerm(word, (word,), (word,)),), passages=1000)
            ).hits
        )
        for word in WORDS
    }
    passages = sorted(
        (hit.document, hit.number, hit.page, hit.language, hit.text) for hit in found.hits
    )
    return [index.count(), found.documents, dict(found.facets), passages, answers]


def ledger_rows(path: Path) -> dict[str, list[str]]:
    engine = sa.create_engine(f"sqlite:///{path}")
    times = {"published", "last_try", "next_try", "withdrawn", "since", "made"}
    with engine.connect() as connection:
        return {
            table.name: sorted(
                json.dumps(
                    {name: value for name, value in row.items() if name not in times}, default=str
                )
                for row in connection.execute(sa.select(table)).mappings()
                # Names a generation, of which there are more when a run was killed.
                if row.get("name") != "dataset graph"
            )
            for table in tables.metadata.sorted_tables
            # What stood here for a while is told as it was: it was published, or it was not.
            if table is not tables.earlier
        }


def left_over(data: Path, current: str) -> list[str]:
    """Files of a broken off step: half copied, half published, or unknown to the engines."""
    originals = [p.name for p in (data / "originals").iterdir() if p.is_file()]
    generations = data / "graph" / "generations"
    half = [
        p.name
        for p in generations.iterdir()
        if p.name != "CURRENT" and not (p.is_dir() and p.name <= current)
    ]
    return sorted([*originals, *half, *(p.name for p in Path(os.environ["TMPDIR"]).iterdir())])


def in_child(work: Callable[[], object], *, seconds: float | None = None) -> int:
    """The wait status of a forked process that does `work`, killed after `seconds`."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the end of this process
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


class Trials:
    """Runs in folders below `folder`, all over one shelf, so that places and times are alike."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shelf = folder / "shelf"
        self._data = folder / "data"
        self.results: list[dict[str, object]] = []

    def lay_out(self, content: Content) -> None:
        """Each file with a time of its own content, as a copy that keeps times would have it."""
        shutil.rmtree(self._shelf, ignore_errors=True)
        self._shelf.mkdir()
        for name, data in content.items():
            (self._shelf / name).write_bytes(data)
            moment = 1_700_000_000 + int(hashlib.sha256(data).hexdigest()[:4], 16)
            os.utime(self._shelf / name, (moment, moment))

    def start_from(self, begun: Path | None) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        if begun is None:
            self._data.mkdir()
        else:
            shutil.copytree(begun, self._data)

    def keep(self, name: str) -> Path:
        """The stores as they are now, to start others from."""
        return shutil.copytree(self._data, self._folder / name)

    def run(self, kill_at: int = 0, *, seconds: float | None = None) -> bool:
        """Whether the run was killed."""
        status = in_child(
            lambda: ingest(self._data, self._shelf, Moments(kill_at)), seconds=seconds
        )
        if status not in (0, signal.SIGKILL):
            raise SystemExit("a run failed by itself")
        return status != 0

    def moments(self) -> list[str]:
        """The steps of a run that nobody disturbs."""
        kept = self._folder / "moments.json"

        def watch() -> None:
            moments = Moments()
            ingest(self._data, self._shelf, moments)
            kept.write_text(json.dumps(moments.passed), encoding="utf-8")

        if in_child(watch):
            raise SystemExit("a run failed by itself")
        return list(json.loads(kept.read_text(encoding="utf-8")))

    def look(self) -> dict[str, Any]:
        kept = self._folder / "state.json"
        if in_child(lambda: kept.write_text(json.dumps(state(self._data)), encoding="utf-8")):
            raise SystemExit("the stores cannot be read")
        return dict(json.loads(kept.read_text(encoding="utf-8")))

    def compare(self, name: str, killed: bool, expected: dict[str, Any]) -> None:
        found = self.look()
        different = {
            part: [found[part], expected[part]]
            for part in expected
            if found[part] != expected[part]
        }
        self.results.append({"trial": name, "killed": killed, "different": different})


def first_and_last(steps: list[str]) -> list[tuple[int, str]]:
    """Each step with its number from 1, where it comes first and where it comes last.

    The batches between are alike. With AMIC_TEST_EVERY_STEP set all steps, which takes minutes.
    """
    numbered = list(enumerate(steps, 1))
    if os.environ.get("AMIC_TEST_EVERY_STEP"):
        return numbered
    first = {step: number for number, step in reversed(numbered)}
    last = {step: number for number, step in numbered}
    return [(n, step) for n, step in numbered if n in (first[step], last[step])]


def warm_up(folder: Path) -> None:
    """Load what loads at the first document, once for all children; opens no store."""
    path = folder / "warm-up.txt"
    path.write_bytes(text(0, "Gruvan ligger i Sodankyl\u00e4. The mine was closed."))
    task = Task(
        path, path.name, "0" * 64, {}, None, VERSION, "https://w3id.org/amic/", NO_VOCABULARIES,
        names=False,
    )  # fmt: skip
    prepare(task, partial(read_document, limits=ReadingLimits()))


def main(folder: Path, seed: int) -> None:
    os.environ["TMPDIR"] = str(folder / "tmp")
    (folder / "tmp").mkdir()
    warm_up(folder)
    trials = Trials(folder)

    # From nothing: the vocabularies come first.
    trials.lay_out(BEFORE)
    trials.start_from(None)
    first = trials.moments()
    expected = trials.look()
    begun = trials.keep("begun")
    for number, step in enumerate(first[: first.index("source.next") + 1], 1):
        trials.start_from(None)
        killed = trials.run(number)
        trials.run()
        trials.compare(f"from nothing, {number} {step}", killed, expected)

    # A second run, with something of everything, killed before each of its steps.
    trials.lay_out(AFTER)
    trials.start_from(begun)
    started = time.monotonic()
    second = trials.moments()
    took = time.monotonic() - started
    expected = trials.look()
    for number, step in first_and_last(second):
        trials.start_from(begun)
        killed = trials.run(number)
        trials.run()
        trials.compare(f"second run, {number} {step}", killed, expected)

    # At any moment, also within the engines; and the run that was to complete it too.
    chance = random.Random(seed)
    for number in range(RANDOM_KILLS):
        trials.start_from(begun)
        moments = [chance.uniform(0, 0.8 * took) for _ in range(1 + number % 2)]
        killed = [trials.run(seconds=seconds) for seconds in moments]
        trials.run()
        times = ", ".join(f"{seconds:.3f} s" for seconds in moments)
        trials.compare(f"at random, {times}", all(killed), expected)

    # The documents are others when the next run comes.
    trials.lay_out(ELSEWHERE)
    trials.start_from(begun)
    trials.run()
    # Not the keys: a document that was published by the killed run keeps the key it got there.
    undisturbed = trials.look()
    expected = {part: undisturbed[part] for part in ("texts", "disagreement", "left over")}
    for number, step in first_and_last(second):
        if step.split(".")[0] in ("graph", "index", "ledger", "unfinished"):
            trials.lay_out(AFTER)
            trials.start_from(begun)
            killed = trials.run(number)
            trials.lay_out(ELSEWHERE)
            trials.run()
            trials.compare(f"others meanwhile, {number} {step}", killed, expected)
    found = {"first": first, "second": second, "trials": trials.results}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

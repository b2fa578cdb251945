"""A real Elasticsearch or Fuseki goes away in the middle of an ingest, and comes back.

Between the ingest and the service stands a relay (relay.py): the service itself is shared with
other tests. What the service holds afterwards is held against a run that nobody disturbed.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from amic_kg.errors import ServiceDown
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.remote import GENERATION_GRAPH, RemoteStore
from amic_kg.index import elastic
from amic_kg.index.elastic import ElasticIndex
from amic_kg.index.embedded import EmbeddedIndex
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.originals import OriginalStore
from amic_kg.pipeline import Pipeline, Prepared, Task, prepare, run
from amic_kg.pipeline.ontology_graphs import ontology_graphs_version
from amic_kg.pipeline.waiting import Waiting
from amic_kg.records import STANDARD_THRESHOLDS, Outcome, RawDocument, Withdrawn
from amic_kg_ingest.formats import ReadingLimits, read_document

NO_VOCABULARIES = Path("no-vocabularies")
CUTS = ("in the middle", "while it works", "before the answer")
WORDS = ("kaivos", "nikkeli", "water", "malmi", "gruva")


def text(number: int, more: str = "") -> str:
    return (
        f"Raportti numero {number}\n\nKevitsan kaivoksen nikkeli ja kaivosvedet, osa {number}. "
        f"Nickel was mined in Lapland; water is treated. {more}\n"
    )


BEFORE = {"changed": text(0), "gone": text(1)}
AFTER = {"changed": text(0, "Malmi on rikasta."), **{f"new-{n}": text(n) for n in range(2, 5)}}


class Shelf:
    """A source: texts by name; of those that are here no more it says that they are withdrawn."""

    name = "shelf"
    expected = None
    left_out: dict[str, int] = {}  # noqa: RUF012 - as the port has it

    def __init__(self, folder: Path, texts: dict[str, str], gone: tuple[str, ...] = ()) -> None:
        self._folder, self._texts, self._gone = folder, texts, gone

    def documents(self) -> Iterator[RawDocument | Withdrawn]:
        for name, content in self._texts.items():
            path = self._folder / f"{name}.txt"
            path.write_text(content, encoding="utf-8")
            yield RawDocument(self.name, name, path, {})
        for name in self._gone:
            yield Withdrawn(self.name, name)

    def settle(self) -> None:
        """Nothing is to be kept."""


PREPARED: dict[tuple[str, str], Prepared] = {}
"""By name and digest: each text is read once, and not again for each of the many runs."""


class InlineWorkers:
    size = 1

    def submit(self, task: Task) -> Future[Prepared]:
        key = task.name, task.sha256
        if key not in PREPARED:
            read = partial(read_document, limits=ReadingLimits(ocr=False))
            PREPARED[key] = prepare(task, read)
        future: Future[Prepared] = Future()
        future.set_result(PREPARED[key])
        return future

    def result(self, task: Task, future: Future[Prepared]) -> Prepared:
        return future.result()

    def __enter__(self) -> InlineWorkers:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@dataclass
class Trial:
    """Two runs over the shelf into stores of their own, the second through a relay."""

    service: str
    url: str
    folder: Path
    open_relay: Callable[..., Any]
    alias: str = field(default_factory=lambda: f"amic-test-{uuid.uuid4().hex[:12]}")
    lines: list[str] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    """The requests of the second run."""
    outcomes: list[Outcome] = field(default_factory=list)

    def first(self) -> None:
        if self.service == "fuseki":
            update = {"update": "DROP ALL"}
            httpx.post(f"{self.url}/update", data=update, timeout=60).raise_for_status()
        with closing(self._ledger()) as ledger:
            ledger.set_note("ontology", ontology_graphs_version(NO_VOCABULARIES))
        self.ingest(self.url, BEFORE)

    def second(self, cut_at: int = -1, cut: str = "", *, stays_open: bool = False) -> None:
        """With request `cut_at` cut; the service is back when the run has begun to wait."""
        relay = self.open_relay(
            self.url,
            lambda number, _line: cut if number == cut_at else None,
            stays_open=stays_open,
        )
        self.ingest(relay.url, AFTER, ("gone",), lambda _seconds: relay.reopen())
        self.passed = relay.lines

    def ingest(
        self,
        url: str,
        texts: dict[str, str],
        gone: tuple[str, ...] = (),
        pause: Callable[[float], None] = lambda _: None,
        seconds: float = 300,
    ) -> None:
        with ExitStack() as stack:
            opened = partial(_opened, stack)
            graph, index = (
                (RemoteStore(url, self.folder / "graph"), EmbeddedIndex(self.folder / "index"))
                if self.service == "fuseki"
                else (OxigraphStore(self.folder / "graph"), ElasticIndex(url, self.alias))
            )
            pipeline = Pipeline(
                ledger=opened(self._ledger()),
                graph=opened(graph),
                index=opened(index),
                originals=OriginalStore(self.folder / "originals"),
                make_workers=InlineWorkers,
                iris=Iris("https://w3id.org/amic/"),
                pipeline_version="1",
                file_megabytes=1,
                vocabularies=NO_VOCABULARIES,
                thresholds=STANDARD_THRESHOLDS,
                names=False,
                waiting=Waiting(seconds, self.lines.append, pause),
            )
            self.outcomes = pipeline.run(Shelf(self.folder, texts, gone)).outcomes

    def unfinished(self) -> list[str]:
        with closing(self._ledger()) as ledger:
            return list(ledger.unfinished.keys())

    def content(self) -> object:
        return graph_of(self.url) if self.service == "fuseki" else passages(self.url, self.alias)

    def _ledger(self) -> Ledger:
        return Ledger(f"sqlite:///{self.folder / 'ledger.sqlite'}")


def _opened(stack: ExitStack, store: Any) -> Any:
    return stack.enter_context(closing(store))


def graph_of(url: str) -> list[str]:
    """All quads but the name of the generation, canonical whatever blank nodes are called."""
    answer = httpx.get(f"{url}/data", headers={"Accept": "application/n-quads"}, timeout=60)
    quads = ox.parse(answer.raise_for_status().content, ox.RdfFormat.N_QUADS)
    dataset = ox.Dataset(quad for quad in quads if quad.graph_name.value != GENERATION_GRAPH)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(str(quad) for quad in dataset)


def passages(url: str, alias: str) -> list[object]:
    """Each passage as it is stored, and those that each word finds."""
    httpx.post(f"{url}/{alias}/_refresh").raise_for_status()

    def found(query: object) -> list[object]:
        answer = httpx.post(f"{url}/{alias}/_search", json={"size": 1000, "query": query})
        hits = answer.raise_for_status().json()["hits"]["hits"]
        return sorted((hit["_id"], str(sorted(hit["_source"].items()))) for hit in hits)

    words = [(word, found({"term": {"lemma": word}})) for word in WORDS]
    return [found({"match_all": {}}), words]


SERVICES = [
    pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
    pytest.param("fuseki", marks=pytest.mark.fuseki),
]


@pytest.fixture(params=SERVICES, scope="module")
def service(request):
    return request.param


@pytest.fixture(scope="module")
def new_trial(service, service_url, open_relay, tmp_path_factory):
    url = service_url(f"AMIC_TEST_{service.upper()}")
    folders = tmp_path_factory.mktemp(service)
    aliases = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "_BATCH_DOCUMENTS", 2)
        # So that a batch takes more than one request.
        patch.setattr(elastic, "_BULK_BYTES", 2000)

        def make() -> Trial:
            trial = Trial(service, url, folders / str(len(aliases)), open_relay)
            trial.folder.mkdir()
            aliases.append(trial.alias)
            trial.first()
            return trial

        yield make
    if service == "elasticsearch":
        for alias in aliases:
            httpx.delete(f"{url}/{alias}-v2-1")


@dataclass
class Undisturbed:
    """What a run came to that nobody disturbed."""

    passed: list[str]
    outcomes: list[Outcome]
    content: object


@pytest.fixture(scope="module")
def undisturbed(new_trial):
    trial = new_trial()
    trial.second()
    assert trial.lines == []
    return Undisturbed(trial.passed, trial.outcomes, trial.content())


def kind(line: str) -> str:
    """Such as "PUT _bulk" or "PUT generation": what a request is for."""
    method, path, _ = line.split(" ")
    return f"{method} {path.rpartition('/')[2].partition('?')[0]}" + (
        " generation" if path.endswith("generation") else ""
    )


def moments(passed: list[str], kinds: tuple[str, ...] = ()) -> list[int]:
    """The first request of each kind and the last, by their numbers.

    Not the question that a store is asked when it is opened: nothing has begun by then.
    """
    numbers: dict[str, list[int]] = {}
    for number, line in enumerate(passed):
        if line.split(" ")[1] != "/ds/query" and (not kinds or kind(line) in kinds):
            numbers.setdefault(kind(line), []).append(number)
    return sorted({number for each in numbers.values() for number in (each[0], each[-1])})


def differing(trials: dict[tuple[int, str], Trial], undisturbed: Undisturbed) -> dict[object, str]:
    return {
        moment: f"{trial.lines}"
        for moment, trial in trials.items()
        if (trial.outcomes, trial.content(), trial.unfinished())
        != (undisturbed.outcomes, undisturbed.content, [])
    }


def test_the_undisturbed_run_replaces_adds_and_takes_out(undisturbed, service):
    assert [(o.source, o.state) for o in undisturbed.outcomes] == [
        ("changed", "published"),
        *((f"new-{n}", "published") for n in range(2, 5)),
        ("gone", "withdrawn"),
    ]
    keys = {outcome.key for outcome in undisturbed.outcomes if outcome.state == "published"}
    assert len(keys) == 4
    assert all(key in str(undisturbed.content) for key in keys)
    assert undisturbed.outcomes[-1].key not in str(undisturbed.content)
    wanted = {
        "elasticsearch": {"HEAD", "_refresh", "_delete_by_query", "_bulk"},
        "fuseki": {"PUT data", "PUT data generation", "DELETE data", "POST query"},
    }[service]
    told = str({kind(line) for line in undisturbed.passed})
    assert all(each in told for each in wanted), told


def test_it_is_waited_for_wherever_it_goes_away_and_all_is_there_once(new_trial, undisturbed):
    numbers = moments(undisturbed.passed)
    assert len(numbers) > 4
    trials = {(number, cut): new_trial() for number in numbers for cut in CUTS}
    for (number, cut), trial in trials.items():
        trial.second(number, cut)
    assert differing(trials, undisturbed) == {}
    for trial in trials.values():
        assert "Start it, or check AMIC_" in trial.lines[0]
        assert "The run waits for it and then goes on, for 300 s at most" in trial.lines[0]
        assert trial.lines[-1] == "It answers again; the run goes on"


def test_a_connection_that_breaks_while_the_service_stays_costs_nothing(new_trial, undisturbed):
    """The service may still do what it was told when it is told again."""
    numbers = moments(
        undisturbed.passed, ("POST _delete_by_query", "PUT _bulk", "PUT data", "DELETE data")
    )
    trials = {(number, cut): new_trial() for number in numbers[:2] for cut in CUTS}
    for (number, cut), trial in trials.items():
        trial.second(number, cut, stays_open=True)
    assert differing(trials, undisturbed) == {}


def test_one_that_stays_away_ends_the_run_and_the_next_run_completes_it(
    new_trial, undisturbed, open_relay
):
    numbers = moments(undisturbed.passed, ("PUT _bulk", "PUT data"))
    for number in (numbers[0], numbers[-1]):
        trial = new_trial()
        relay = open_relay(
            trial.url, lambda at, _line, number=number: "in the middle" if at == number else None
        )
        pauses: list[float] = []
        with pytest.raises(ServiceDown, match="What was published is kept: run again"):
            trial.ingest(relay.url, AFTER, ("gone",), pauses.append, seconds=20)
        assert pauses == [1, 2, 4, 8, 5]
        # The graph of the dataset is no document: the next run makes it anew.
        assert trial.unfinished() or "dataset" in undisturbed.passed[number]
        trial.ingest(trial.url, AFTER, ("gone",))
        assert trial.content() == undisturbed.content
        assert trial.unfinished() == []

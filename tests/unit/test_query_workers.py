"""Queries in processes of their own: ended at the deadline, capped, confined, replaced."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading

import pytest

from amic_kg.errors import (
    InvalidQuery,
    LimitExceeded,
    QueryTimeout,
    ServiceBusy,
    SystemFault,
    WorkerLost,
)
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.workers import OxigraphReader
from amic_kg.ports import QueryRequest

ROWS = {
    "rows": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
G = "http://x/g"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    store = OxigraphStore(folder)
    lines = (f'<http://x/s{n}> <http://x/p> "{n:04}" .\n' for n in range(2000))
    store.replace_graphs(
        {G: "".join(lines).encode(), "http://x/other": b'<http://x/o> <http://x/p> "o" .\n'}
    )
    store.publish()
    store.close()
    return folder


@pytest.fixture
def make(folder):
    made = []

    def make(**given):
        arguments = {"workers": 1, "seconds": 20.0, "megabytes": 64, "union": True, **given}
        made.append(
            OxigraphReader(
                given.pop("folder", folder), **{k: v for k, v in arguments.items() if k != "folder"}
            )
        )
        return made[-1]

    yield make
    for reader in made:
        reader.close()


@pytest.fixture(scope="module")
def reader(folder):
    reader = OxigraphReader(folder, workers=1, seconds=20, megabytes=64, union=True)
    yield reader
    reader.close()


def ask(reader, query, **given):
    return reader.answer(QueryRequest(query, ROWS, **given))


def count(reader, pattern="?s ?p ?o", **given):
    answer = ask(reader, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", **given)
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def the_worker(reader):
    (worker,) = reader._all
    return worker._process


def test_the_form_of_the_query_chooses_the_media_type(reader):
    assert json.loads(ask(reader, "ASK { ?s ?p ?o }").body)["boolean"] is True
    answer = ask(reader, "CONSTRUCT WHERE { <http://x/o> ?p ?o }")
    assert answer.media_type == "application/n-triples"
    assert answer.body.strip() == b'<http://x/o> <http://x/p> "o" .'


@pytest.mark.parametrize(
    ("media_type", "start"),
    [
        ("application/sparql-results+json", b"{"),
        ("application/sparql-results+xml", b"<?xml"),
        ("text/csv", b"o\r\n"),
        ("text/tab-separated-values", b"?o\n"),
    ],
)
def test_rows_come_in_four_formats(reader, media_type, start):
    request = QueryRequest("SELECT ?o { <http://x/o> ?p ?o }", {"rows": media_type})
    answer = reader.answer(request)
    assert answer.media_type == media_type
    assert answer.body.startswith(start)


@pytest.mark.parametrize(
    ("media_type", "start"),
    [
        ("text/turtle", b"@prefix "),
        ("application/rdf+xml", b"<?xml"),
        ("application/ld+json", b"["),
    ],
)
def test_graphs_come_in_the_formats_of_the_web(reader, media_type, start):
    request = QueryRequest("DESCRIBE <http://x/o>", {"graph": media_type})
    assert reader.answer(request).body.startswith(start)


def test_well_known_prefixes_need_no_declaration(reader):
    assert count(reader, "?s a oa:Annotation ; dcterms:title ?t ; mrdi:year ?y") == 0


def test_the_default_graph_is_the_union_of_all_or_empty_as_the_operator_says(reader, make):
    assert count(reader) == 2001
    assert count(reader, f"GRAPH <{G}> {{ ?s ?p ?o }}") == 2000
    apart = make(union=False)
    assert count(apart) == 0
    assert count(apart, "GRAPH ?g { ?s ?p ?o }") == 2001


def test_the_datasets_parameters_choose_what_is_seen(reader):
    assert count(reader, default_graphs=("http://x/other",)) == 1
    assert count(reader, default_graphs=("http://x/none",)) == 0
    assert count(reader, "GRAPH ?g { ?s ?p ?o }", named_graphs=("http://x/other",)) == 1


def test_a_query_past_its_deadline_is_ended_and_the_next_one_works(make):
    reader = make()
    count(reader, "<http://x/o> ?p ?o")  # The start of the process is not part of the deadline.
    process = the_worker(reader)
    reader._seconds = 1.0
    with pytest.raises(QueryTimeout, match="ended after 1 s") as caught:
        ask(reader, SLOW)
    assert "LIMIT" in caught.value.remedy
    assert process.poll() == -signal.SIGKILL
    reader._seconds = 20.0
    assert count(reader) == 2001


def test_a_result_above_the_cap_is_refused_and_the_worker_lives_on(make):
    reader = make(megabytes=1)
    with pytest.raises(LimitExceeded, match="larger than 1 MB"):
        ask(reader, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    process = the_worker(reader)
    assert count(reader) == 2001
    assert the_worker(reader) is process


def test_a_syntax_error_says_where(reader):
    with pytest.raises(InvalidQuery) as caught:
        ask(reader, "SELECT *\n{ ?s ?p }")
    assert caught.value.subject.startswith("line 2, column ")
    assert "does not parse" in caught.value.cause
    assert len(caught.value.cause) < 200


def test_an_unknown_prefix_is_named(reader):
    with pytest.raises(InvalidQuery) as caught:
        ask(reader, "SELECT * { ?s nowhere:p ?o }")
    assert "nowhere" in str(caught.value) or "line 1" in caught.value.subject


@pytest.mark.parametrize(
    "query", ["SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }", "LOAD <http://192.0.2.1/a>"]
)
def test_what_calls_out_never_reaches_a_worker(make, query):
    reader = make()
    with pytest.raises(InvalidQuery):
        ask(reader, query)
    assert the_worker(reader) is None


def test_a_worker_could_not_call_out_even_if_it_were_asked_to(make, folder):
    """The second wall: behind the refusal, the process itself reaches no one."""
    reader = make()
    (worker,) = reader._all
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        request = QueryRequest(f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}", ROWS)
        generation = reader._generations.path(reader.generation())
        with pytest.raises((SystemFault, InvalidQuery)):
            worker.ask(generation, request, 10)
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_worker_that_was_killed_is_replaced(make):
    reader = make()
    assert count(reader) == 2001
    process = the_worker(reader)
    os.kill(process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    with pytest.raises(WorkerLost, match="died"):
        count(reader)
    assert count(reader) == 2001
    assert the_worker(reader).pid != process.pid


def test_when_all_workers_are_taken_the_caller_is_told_to_try_again(make):
    reader = make(seconds=0.2)
    worker = reader._idle.get()
    with pytest.raises(ServiceBusy, match="All query workers are taken"):
        count(reader)
    reader._idle.put(worker)


def test_many_threads_share_few_workers(make):
    reader = make(workers=2)
    found = []
    threads = [threading.Thread(target=lambda: found.append(count(reader))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2001] * 12
    assert len(reader._all) == 2


def test_a_new_generation_is_seen_without_a_new_worker(make, tmp_path):
    store = OxigraphStore(tmp_path)
    store.replace_graphs({G: b'<http://x/s> <http://x/p> "1" .\n'})
    store.publish()
    reader = make(folder=tmp_path)
    assert (count(reader), reader.generation()) == (1, "000001")
    process = the_worker(reader)
    store.replace_graphs({"http://x/h": b'<http://x/s> <http://x/p> "2" .\n'})
    store.publish()
    store.close()
    assert (count(reader), reader.generation()) == (2, "000002")
    assert the_worker(reader) is process


def test_before_the_first_publication_there_is_nothing_to_ask(make, tmp_path):
    reader = make(folder=tmp_path)
    assert not reader.ready()
    assert reader.generation() == "none"
    with pytest.raises(SystemFault, match="Nothing has been published"):
        count(reader)
    with pytest.raises(SystemFault, match="Nothing has been published"):
        reader.export(tmp_path / "x.nq")


def test_the_export_is_all_that_is_published(reader, tmp_path):
    path = tmp_path / "x.nq"
    assert reader.export(path) == 2001
    lines = path.read_text().splitlines()
    assert '<http://x/o> <http://x/p> "o" <http://x/other> .' in lines
    assert len(lines) == 2001


def test_closing_ends_every_worker(make):
    reader = make()
    count(reader)
    process = the_worker(reader)
    reader.close()
    assert process.poll() is not None

"""Queries in processes of their own: ended at the deadline, capped, confined, replaced."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from amic_kg.errors import (
    InvalidQuery,
    LimitExceeded,
    QueryTimeout,
    ServiceBusy,
    SystemFault,
    WorkerLost,
)
from amic_kg.graph.generations import Generations
from amic_kg.graph.oxigraph import OxigraphStore
from amic_kg.graph.query_limits import QueryLimits, QueryShares
from amic_kg.graph.workers import OxigraphReader
from amic_kg.ports import QueryRequest

ROWS = {
    "rows": "application/sparql-results+json",
    "boolean": "application/sparql-results+json",
    "graph": "application/n-triples",
}
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
TABLE = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } LIMIT 30000"
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

    def make(*, at=None, workers=1, union=True, seconds=20.0, megabytes=64, **further):
        limits = QueryLimits(seconds=seconds, megabytes=megabytes, **further)
        made.append(OxigraphReader(at or folder, workers=workers, limits=limits, union=union))
        return made[-1]

    yield make
    for reader in made:
        reader.close()


@pytest.fixture(scope="module")
def reader(folder):
    limits = QueryLimits(seconds=20, megabytes=64)
    reader = OxigraphReader(folder, workers=1, limits=limits, union=True)
    yield reader
    reader.close()


def ask(reader, query, **given):
    return reader.answer(QueryRequest(query, ROWS, **given))


def count(reader, pattern="?s ?p ?o", **given):
    answer = ask(reader, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", **given)
    return int(json.loads(answer.body)["results"]["bindings"][0]["n"]["value"])


def pids(reader):
    return {worker.pid for worker in reader.pool.workers()}


def until(holds, *, seconds=30.0):
    """Waits for what the background does; no longer than a broken one would be waited for."""
    late = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < late, "it never came to pass"
        time.sleep(0.02)


def state(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def lives(pid):
    """Also as a zombie: what has ended is to be reaped."""
    return bool(state(pid))


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    until(lambda: state(pid) in ("", "Z"))


async def read(reader, query, client="192.0.2.1", **given):
    """The media type, and the result as it came."""
    stream = await reader.stream(QueryRequest(query, ROWS, **given), client)
    try:
        return stream.media_type, b"".join([piece async for piece in stream])
    finally:
        stream.close()


def streamed(reader, query, **given):
    return asyncio.run(read(reader, query, **given))[1]


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
    reader = make(seconds=1.5)
    until(lambda: (reader.pool.start(), len(pids(reader)) == 2)[1])
    before = pids(reader)
    with pytest.raises(QueryTimeout, match=r"ended after 1\.5 s") as caught:
        ask(reader, SLOW)
    assert "LIMIT" in caught.value.remedy
    assert count(reader) == 2001
    until(lambda: sum(map(lives, before)) == 1)
    until(lambda: len(pids(reader)) == 2)


def test_a_result_above_the_cap_is_refused_and_the_worker_lives_on(make):
    reader = make(megabytes=1)
    until(lambda: (reader.pool.start(), len(pids(reader)) == 2)[1])
    before = pids(reader)
    with pytest.raises(LimitExceeded, match="larger than 1 MB"):
        ask(reader, "SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert count(reader) == 2001
    assert pids(reader) & before


@pytest.mark.parametrize(
    ("form", "media_type"),
    [
        ("rows", "application/sparql-results+json"),
        ("rows", "application/sparql-results+xml"),
        ("rows", "text/csv"),
        ("rows", "text/tab-separated-values"),
        ("graph", "application/n-triples"),
        ("graph", "text/turtle"),
        ("graph", "application/ld+json"),
        ("graph", "application/rdf+xml"),
    ],
)
def test_rows_are_capped_in_every_format(make, form, media_type):
    reader = make(rows=1000)
    start = {"rows": "SELECT ?s ?o", "graph": "CONSTRUCT { ?s <urn:p> ?o }"}[form]
    for most, allowed in ((1000, True), (1001, False)):
        query = f"{start} {{ ?s <http://x/p> ?o }} LIMIT {most}"
        request = QueryRequest(query, {form: media_type})
        if allowed:
            assert len(reader.answer(request).body) > 10_000
        else:
            with pytest.raises(LimitExceeded, match="more than 1,000 rows"):
                reader.answer(request)


def test_an_asker_may_take_less_than_the_operator_gives(reader):
    query = "SELECT * { ?s <http://x/p> ?o }"
    with pytest.raises(LimitExceeded):
        ask(reader, query, most_bytes=10_000)
    assert len(ask(reader, query).body) > 10_000


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


def test_a_function_that_is_unknown_is_named_and_the_worker_lives_on(make):
    reader = make()
    count(reader)
    before = pids(reader)
    with pytest.raises(InvalidQuery) as caught:
        ask(reader, "SELECT (<http://x/unheard-of>(?s) AS ?x) { ?s ?p ?o }")
    assert "http://x/unheard-of" in caught.value.cause
    assert count(reader) == 2001
    assert pids(reader) == before


@pytest.mark.parametrize(
    "query", ["SELECT * { SERVICE <http://192.0.2.1/> { ?s ?p ?o } }", "LOAD <http://192.0.2.1/a>"]
)
def test_what_calls_out_is_refused(reader, query):
    with pytest.raises(InvalidQuery):
        ask(reader, query)


def test_a_worker_could_not_call_out_even_if_it_were_asked_to(folder):
    """The second wall: behind the refusal, the process itself reaches no one."""
    ours, theirs = socket.socketpair()
    with socket.create_server(("127.0.0.1", 0)) as server, ours:
        server.settimeout(0)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        generation = Generations(folder / "generations")
        path = generation.path(generation.current())
        # The nursery's own confinement, and the engine behind it without any refusal.
        code = (
            "import sys; from pathlib import Path\n"
            "from amic_kg.graph.confinement import leave_the_network; leave_the_network()\n"
            "from amic_kg.graph.oxigraph import GenerationReader\n"
            "from amic_kg.graph.query_limits import ResultCaps\n"
            "from amic_kg.graph.query_output import ResultWriter\n"
            "from amic_kg.ports import QueryRequest\n"
            "query = f'SELECT * {{ SERVICE <{sys.argv[2]}> {{ ?s ?p ?o }} }}'\n"
            "reader = GenerationReader(Path(sys.argv[1]), union=True)\n"
            "caps = ResultCaps(10**6)\n"
            "result = reader.result(QueryRequest(query, {'rows': 'text/csv'}))\n"
            "result.write_to(ResultWriter(2, caps, print), caps)\n"
        )
        theirs.close()
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), address],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        assert "Error" in done.stderr
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux tells of processes")
def test_every_worker_is_confined_and_may_take_so_much_memory(make):
    reader = make(worker_megabytes=1024)
    count(reader)
    until(lambda: len(pids(reader)) == 2)
    for pid in pids(reader):
        status = Path(f"/proc/{pid}/status").read_text()
        assert "Seccomp:\t2" in status
        limits = Path(f"/proc/{pid}/limits").read_text()
        most = int(re.search(r"Max address space +(\d+)", limits)[1])
        assert 1_024_000_000 < most < 2_000_000_000


def test_a_query_that_needs_more_memory_than_it_may_take_ends_alone(make):
    reader = make(worker_megabytes=1024)
    with pytest.raises((WorkerLost, SystemFault)):
        ask(reader, "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f")
    assert count(reader) == 2001


def test_a_worker_that_was_killed_while_idle_costs_nobody_a_query(make):
    reader = make()
    assert count(reader) == 2001
    until(lambda: len(pids(reader)) == 2)
    killed = pids(reader)
    for pid in killed:
        kill(pid)
    assert count(reader) == 2001
    assert count(reader) == 2001
    until(lambda: (pids(reader) and not pids(reader) & killed) or count(reader) != 2001)


def test_a_query_that_brings_its_worker_down_is_told_so(make):
    reader = make()
    nested = "SELECT * { FILTER(" + "!" * 200_000 + "true) }"
    with pytest.raises(WorkerLost, match="died"):
        ask(reader, nested)
    assert count(reader) == 2001


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends children elsewhere later")
def test_when_the_nursery_is_gone_another_one_is_made(make):
    reader = make()
    assert count(reader) == 2001
    until(lambda: len(pids(reader)) == 2)
    (nursery,) = {worker.nursery for worker in reader.pool.workers()}
    workers = pids(reader)
    kill(nursery.pid)
    until(lambda: all(state(pid) in ("", "Z") for pid in workers))
    assert count(reader) == 2001
    assert b"true" in streamed(reader, "ASK {}")


def test_when_all_workers_are_taken_the_caller_is_told_to_try_again(make):
    reader = make(seconds=0.4)

    async def both():
        first = asyncio.create_task(read(reader, SLOW, "192.0.2.1"))
        second = asyncio.create_task(read(reader, SLOW, "192.0.2.1"))
        return await asyncio.gather(first, second, return_exceptions=True)

    until(lambda: (reader.pool.start(), len(pids(reader)) == 2)[1])
    ended = asyncio.run(both())
    assert {type(each) for each in ended} <= {QueryTimeout, ServiceBusy}
    assert QueryTimeout in {type(each) for each in ended}


def test_many_threads_share_few_workers(make):
    reader = make(workers=2)
    found = []
    threads = [threading.Thread(target=lambda: found.append(count(reader))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [2001] * 12
    assert len(pids(reader)) <= 5  # Two, the site's own, and what was set aside on a busy machine.


def test_a_new_generation_is_seen_at_once(make, tmp_path):
    store = OxigraphStore(tmp_path)
    store.replace_graphs({G: b'<http://x/s> <http://x/p> "1" .\n'})
    store.publish()
    reader = make(at=tmp_path)
    assert (count(reader), reader.generation()) == (1, "000001")
    store.replace_graphs({"http://x/h": b'<http://x/s> <http://x/p> "2" .\n'})
    store.publish()
    store.close()
    assert (count(reader), reader.generation()) == (2, "000002")


def test_generations_that_go_while_a_query_is_to_be_asked_cost_nobody_an_answer(make, tmp_path):
    """Before the worker opens the one that was current, three more are published."""
    store = OxigraphStore(tmp_path)

    def publish(number):
        store.replace_graphs({G: f'<http://x/s> <http://x/p> "{number}" .\n'.encode()})
        store.publish()

    publish(0)
    reader = make(at=tmp_path)
    question, published = reader._question, []

    def then_publish(request):
        asked = question(request)
        if not published:
            published.extend(range(1, 4))
            for number in published:
                publish(number)
        return asked

    reader._question = then_publish
    assert count(reader, '?s ?p "3"') == 1
    store.close()


def test_a_published_generation_that_is_missing_is_told(make, tmp_path):
    store = OxigraphStore(tmp_path)
    store.replace_graphs({G: b'<http://x/s> <http://x/p> "0" .\n'})
    store.publish()
    store.close()
    shutil.rmtree(tmp_path / "generations" / "000001")
    with pytest.raises(SystemFault, match="Generation 000001 is gone"):
        ask(make(at=tmp_path), "ASK {}")


class TestStreams:
    """For clients: in turn, as it comes, ended when they leave."""

    def test_a_small_result_comes_whole(self, reader):
        async def ask_it():
            return await read(reader, "SELECT ?o { <http://x/o> ?p ?o }")

        media_type, body = asyncio.run(ask_it())
        assert media_type == ROWS["rows"]
        assert json.loads(body)["results"]["bindings"][0]["o"]["value"] == "o"

    def test_a_large_result_is_the_same_as_at_once(self, reader):
        query = "SELECT ?a ?f { ?a <http://x/p> ?c . ?f <http://x/p> ?d } LIMIT 60000"
        body = streamed(reader, query)
        assert len(body) > 5_000_000
        assert len(json.loads(body)["results"]["bindings"]) == 60_000
        assert body == ask(reader, query).body

    def test_it_begins_before_it_has_ended(self, make):
        reader = make(workers=2)
        # Rows without end.
        query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

        async def first():
            stream = await reader.stream(QueryRequest(query, ROWS), "192.0.2.1")
            try:
                async for piece in stream:
                    return piece
            finally:
                stream.close()

        assert asyncio.run(first()).startswith(b'{"head"')

    def test_it_names_the_generation_that_it_is_of(self, reader):
        async def generation():
            stream = await reader.stream(QueryRequest("ASK {}", ROWS), "192.0.2.1")
            stream.close()
            return stream.generation

        assert asyncio.run(generation()) == reader.generation()

    def test_an_error_in_the_query_is_raised_before_it_begins(self, reader):
        with pytest.raises(InvalidQuery):
            streamed(reader, "SELECT * { ?s ?p")

    def test_past_the_cap_it_never_looks_whole(self, make):
        reader = make(megabytes=3)
        came = []

        async def ask_it():
            request = QueryRequest("SELECT * { ?a ?b ?c . ?d ?e ?f }", ROWS)
            stream = await reader.stream(request, "192.0.2.1")
            try:
                async for piece in stream:
                    came.append(len(piece))  # noqa: PERF401 - what came before the error counts
            finally:
                stream.close()

        with pytest.raises(LimitExceeded, match="3 MB"):
            asyncio.run(ask_it())
        assert 900_000 < sum(came) <= 3_000_000

    def test_past_the_deadline_it_never_looks_whole(self, make):
        reader = make(seconds=2, workers=2, megabytes=1000)
        with pytest.raises(QueryTimeout):
            streamed(reader, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")

    def test_who_reads_slowly_holds_no_worker(self, make):
        reader = make(workers=1)
        query = "SELECT ?a ?f { ?a <http://x/p> ?c . ?f <http://x/p> ?d } LIMIT 60000"

        async def slowly():
            stream = await reader.stream(QueryRequest(query, ROWS), "192.0.2.1")
            try:
                # Not read at all: another client is answered, by the only worker there is.
                return await read(reader, "ASK {}", "192.0.2.2")
            finally:
                stream.close()

        assert b"true" in asyncio.run(slowly())[1]

    def test_who_leaves_frees_the_worker(self, make):
        reader = make(workers=1)
        count(reader)
        until(lambda: len(pids(reader)) == 2)
        before = pids(reader)

        async def leave():
            asking = asyncio.create_task(read(reader, SLOW))
            await asyncio.sleep(0.2)
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            return await read(reader, "ASK {}")

        assert b"true" in asyncio.run(leave())[1]
        until(lambda: len(before & pids(reader)) == 1)
        until(lambda: sum(map(lives, before)) == 1)

    def test_a_slow_query_makes_room_for_others(self, make):
        reader = make(workers=1, seconds=20)

        async def beside():
            slow = asyncio.create_task(read(reader, SLOW, "192.0.2.1"))
            await asyncio.sleep(0.1)
            quick = await read(reader, "ASK {}", "192.0.2.2")
            running = not slow.done()
            slow.cancel()
            await asyncio.gather(slow, return_exceptions=True)
            return quick, running

        (_, body), running = asyncio.run(beside())
        assert b"true" in body
        assert running

    def test_an_answer_is_not_lost_when_the_server_was_held_up(self, make):
        """The answer and the moment at which a query counts as slow are then seen together."""
        reader = make(workers=1, seconds=10)
        count(reader)

        async def held_up():
            async def hold_up():
                while True:
                    time.sleep(0.6)
                    await asyncio.sleep(0)

            holding = asyncio.create_task(hold_up())
            found = await read(reader, "ASK {}")
            holding.cancel()
            return found

        assert b"true" in asyncio.run(held_up())[1]

    def test_the_site_is_not_behind_strangers(self, make):
        reader = make(workers=1, shares=QueryShares(50, 100))

        async def crowd():
            asking = [asyncio.create_task(read(reader, SLOW, f"192.0.2.{n}")) for n in range(9)]
            await asyncio.sleep(0.5)
            found = await asyncio.to_thread(count, reader)
            for each in asking:
                each.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
            return found

        assert asyncio.run(crowd()) == 2001

    def test_nothing_is_left_behind(self, make):
        reader = make(workers=2, seconds=1)

        async def all_sorts():
            queries = [SLOW, "ASK {}", "SELECT * { ?s", TABLE, "SELECT * { ?s ?p ?o }"] * 2
            ended = await asyncio.gather(
                *(read(reader, query, f"192.0.2.{n}") for n, query in enumerate(queries)),
                return_exceptions=True,
            )
            return {type(each) for each in ended}

        assert asyncio.run(all_sorts()) >= {QueryTimeout, InvalidQuery}
        until(lambda: len(pids(reader)) == 3)
        files = len(list(Path("/proc/self/fd").iterdir()))
        asyncio.run(all_sorts())
        until(lambda: len(pids(reader)) == 3)
        until(lambda: len(list(Path("/proc/self/fd").iterdir())) <= files)


class TestInMemory:
    @pytest.fixture
    def warm(self, make):
        reader = make(graph_megabytes=100, workers=2)
        reader.warm()
        until(lambda: reader.pool.held == reader.generation())
        return reader

    def test_the_graph_is_held_and_answers_alike(self, warm, reader):
        query = "SELECT ?s ?o { ?s <http://x/p> ?o } ORDER BY ?s ?o"
        assert ask(warm, query).body == ask(reader, query).body
        assert count(warm, f"GRAPH <{G}> {{ ?s ?p ?o }}") == 2000
        assert count(warm, default_graphs=("http://x/other",)) == 1

    def test_what_several_graphs_state_is_one_triple_of_their_union(self, make, tmp_path):
        triple = b'<http://x/s> <http://x/p> "1" .\n'
        store = OxigraphStore(tmp_path)
        store.replace_graphs({f"http://x/{name}": triple for name in "abc"})
        store.publish()
        store.close()
        reader = make(at=tmp_path, graph_megabytes=10)
        reader.warm()
        until(lambda: reader.pool.held == "000001")
        for _ in range(2):
            assert count(reader) == 1
            assert count(reader, "GRAPH ?g { ?s ?p ?o }") == 3
            assert count(reader, default_graphs=("http://x/b",)) == 1

    def test_workers_in_memory_are_ended_and_replaced_too(self, warm):
        for _ in range(3):

            async def leave():
                asking = asyncio.create_task(read(warm, SLOW))
                await asyncio.sleep(0.1)
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)

            asyncio.run(leave())
            assert count(warm) == 2001

    def test_a_graph_beyond_the_budget_stays_on_disk(self, make, tmp_path):
        store = OxigraphStore(tmp_path)
        lines = (f'<http://x/s{n}> <http://x/p> "{n}" .\n' for n in range(10_000))
        store.replace_graphs({G: "".join(lines).encode()})
        store.publish()
        store.close()
        reader = make(at=tmp_path, graph_megabytes=1)
        reader.warm()
        until(lambda: reader.pool.looked_at == "000001")
        assert reader.pool.held is None
        assert count(reader) == 10_000

    def test_what_is_published_is_seen_at_once_and_held_soon(self, make, tmp_path):
        store = OxigraphStore(tmp_path)
        store.replace_graphs({G: b'<http://x/s> <http://x/p> "1" .\n'})
        store.publish()
        reader = make(at=tmp_path, graph_megabytes=10)
        reader.warm()
        until(lambda: reader.pool.held == "000001")
        store.replace_graphs({"http://x/h": b'<http://x/s> <http://x/p> "2" .\n'})
        store.publish()
        store.close()
        assert count(reader) == 2
        old = pids(reader)
        until(lambda: reader.pool.held == "000002")
        assert count(reader) == 2
        until(lambda: not any(map(lives, old)))


def test_before_the_first_publication_there_is_nothing_to_ask(make, tmp_path):
    reader = make(at=tmp_path)
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


def test_closing_ends_every_process(make):
    reader = make(graph_megabytes=100)
    reader.warm()
    until(lambda: reader.pool.held is not None)
    until(lambda: len(pids(reader)) == 2)
    processes = pids(reader) | {worker.nursery.pid for worker in reader.pool.workers()}
    reader.close()
    until(lambda: not any(map(lives, processes)))


def test_closing_while_the_graph_is_loaded_does_not_wait(make):
    reader = make(graph_megabytes=100)
    reader.warm()
    reader.close()
    # Loading may end a moment later; nothing of it stays.
    until(lambda: not any(map(lives, pids(reader))))

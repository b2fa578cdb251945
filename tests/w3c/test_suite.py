"""The W3C's SPARQL 1.1 tests, each over HTTP, against a real server over an embedded store.

What is known to fail stands in known_failures.toml with its reason, and must fail.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest

from tests.w3c.answers import CSV, JSON, TSV, XML, Rows, answered, canonical, expected
from tests.w3c.suite import Data, Entry, entries, exceptions, included, parsed

pytestmark = pytest.mark.shared

GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
POSITIVE = (
    "PositiveSyntaxTest",
    "PositiveSyntaxTest11",
    "PositiveUpdateSyntaxTest",
    "PositiveUpdateSyntaxTest11",
)
NEGATIVE = tuple(kind.replace("Positive", "Negative") for kind in POSITIVE)
ENTRIES = entries()
EXCEPTIONS = exceptions()


def of_kind(*kinds: str) -> pytest.MarkDecorator:
    """One test for each entry of these kinds."""
    chosen = [_parameter(entry) for entry in ENTRIES if entry.kind in kinds]
    if not chosen:
        absent = pytest.mark.skip(reason="the W3C's tests are not there (AMIC_TEST_SHARED)")
        chosen = [pytest.param(None, id="absent", marks=absent)]
    return pytest.mark.parametrize("entry", chosen)


def _parameter(entry: Entry) -> Any:
    heading, reason = EXCEPTIONS.failures.get(entry.id, ("", ""))
    expected_to_fail = pytest.mark.xfail(
        reason=f"{heading}: {reason}", strict=True, raises=AssertionError
    )
    return pytest.param(entry, id=entry.id, marks=[expected_to_fail] if reason else [])


@of_kind("QueryEvaluationTest", "CSVResultFormatTest")
def test_a_query_gives_the_result(entry: Entry, endpoint: Any) -> None:
    assert entry.result
    endpoint.hold(entry.before)
    wanted = expected(entry.result)
    if isinstance(wanted, list):
        for media_type, syntax in GRAPHS.items():
            answer = endpoint.ask(entry.request, media_type)
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"].startswith(media_type)
            assert canonical(ox.parse(answer.content, syntax)) == wanted
        return
    for media_type in formats(entry.result):
        answer = endpoint.ask(entry.request, media_type)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith(media_type)
        given = answered(media_type, answer.content)
        if isinstance(wanted, Rows):
            assert isinstance(given, Rows)
            assert given.told(ordered=entry.is_ordered) == wanted.told(ordered=entry.is_ordered)
        else:
            assert given is wanted


def formats(result: Path) -> tuple[str, ...]:
    return {".csv": (CSV,), ".tsv": (TSV,)}.get(result.suffix, (JSON, XML))


@of_kind(*POSITIVE)
def test_what_is_right_is_taken(entry: Entry, endpoint: Any) -> None:
    answer = sent(entry, endpoint)
    assert answer.status_code == (204 if entry.is_update else 200), answer.text


@of_kind(*NEGATIVE)
def test_what_is_wrong_does_not_parse(entry: Entry, endpoint: Any) -> None:
    answer = sent(entry, endpoint)
    assert answer.status_code == 400, answer.text
    assert "does not parse" in answer.json()["detail"]


def sent(entry: Entry, endpoint: Any) -> httpx.Response:
    answer: httpx.Response
    if entry.is_update:
        # What is right is carried out too: not over what another test left, and a graph that is to
        # be cleared or dropped has to be there.
        endpoint.hold(Data())
        if "CREATE" not in entry.request:
            endpoint.update(f"BASE <{entry.text.as_uri()}> CREATE GRAPH <graph>")
        answer = endpoint.update(entry.request)
    else:
        answer = endpoint.ask(entry.request, "*/*")
    return answer


@of_kind("UpdateEvaluationTest")
def test_an_update_leaves_the_graphs(entry: Entry, endpoint: Any) -> None:
    assert entry.after
    endpoint.hold(entry.before)
    answer = endpoint.update(entry.request)
    assert answer.status_code == 204, answer.text
    assert endpoint.graphs() == graphs(entry.after)


def graphs(data: Data) -> dict[str, list[str]]:
    """The triples by the graph's name, empty for the default graph; a graph without any is none."""
    files = [("", path) for path in data.default] + list(data.named)
    names = {name for name, _ in files}
    told = {
        name: canonical(chain.from_iterable(parsed(path) for of, path in files if of == name))
        for name in names
    }
    return {name: triples for name, triples in told.items() if triples}


def test_every_folder_of_the_suite_is_run_or_said_to_be_out_of_scope(suite: Path) -> None:
    assert {folder.name for folder in included() if not folder.is_dir()} == set(
        EXCEPTIONS.out_of_scope
    )
    assert {folder.name for folder in included() if folder.is_dir()} == {
        entry.id.partition("/")[0] for entry in ENTRIES
    }


def test_every_entry_is_of_a_kind_that_is_tested_and_every_exception_is_an_entry(
    suite: Path,
) -> None:
    evaluated = ("QueryEvaluationTest", "CSVResultFormatTest", "UpdateEvaluationTest")
    assert {entry.kind for entry in ENTRIES} <= {*evaluated, *POSITIVE, *NEGATIVE}
    names = [entry.id for entry in ENTRIES]
    assert len(names) == len(set(names))
    assert EXCEPTIONS.failures.keys() <= set(names)

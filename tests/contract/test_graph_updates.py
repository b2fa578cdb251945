"""What every GraphStore does with a change by the holder of a key."""

from __future__ import annotations

import json
import re

import pytest

from amic_kg.errors import InvalidQuery, OwnedGraph, SystemFault
from amic_kg.iris import CANONICAL_BASE as BASE
from amic_kg.ports import GraphChange, QueryRequest, UpdateRequest

ROWS = "application/sparql-results+json"
ACCEPT = {"rows": ROWS, "boolean": ROWS, "graph": "application/n-triples"}
OWNED = f"{BASE}graph/document/a"
WORKS = f"{BASE}graph/works"
MINE = f"{BASE}graph/added/mine"
DEFAULT = f"{BASE}graph/added/default"
ELSEWHERE = "https://example.org/notes"


class Written:
    """A store with one document of the pipeline's in it, and a reader."""

    def __init__(self, graph):
        self._store, self._reader = graph.store(), graph.reader()
        self._store.replace_graphs({OWNED: b'<urn:report> <urn:title> "Kaivosvesi" .\n'})
        self._store.publish()

    def update(self, text, *, union=True, **dataset):
        self._store.change(UpdateRequest(text, **dataset), BASE, union=union)
        self._store.publish()

    def send(self, method, graph, triples=b"", *, union=True):
        self._store.change(GraphChange(method, graph, triples), BASE, union=union)
        self._store.publish()

    def quads(self):
        """All that is in named graphs but the document: (graph, subject, object)."""
        query = f"SELECT ?g ?s ?o {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != <{OWNED}>) }}"
        rows = json.loads(self._reader.answer(QueryRequest(query, ACCEPT)).body)
        return sorted(
            tuple(row[name]["value"] for name in ("g", "s", "o"))
            for row in rows["results"]["bindings"]
            if not row["g"]["value"].endswith("graph/generation")
        )

    def document(self):
        query = f"SELECT ?o {{ GRAPH <{OWNED}> {{ ?s ?p ?o }} }}"
        rows = json.loads(self._reader.answer(QueryRequest(query, ACCEPT)).body)
        return [row["o"]["value"] for row in rows["results"]["bindings"]]


@pytest.fixture
def written(graph):
    return Written(graph)


class TestUpdates:
    def test_data_are_inserted_and_deleted_in_the_graph_named(self, written):
        written.update(f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:p> 1, 2 }} }}")
        written.update(f"DELETE DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:p> 1 }} }}")
        assert written.quads() == [(MINE, "urn:a", "2")]

    def test_what_names_no_graph_is_written_to_one_of_its_own_and_seen_in_the_union(self, written):
        written.update("INSERT DATA { <urn:a> <urn:p> 1 . GRAPH <urn:g> { <urn:b> <urn:p> 2 } }")
        assert written.quads() == [(DEFAULT, "urn:a", "1"), ("urn:g", "urn:b", "2")]
        written.update("DELETE WHERE { <urn:a> ?p ?o }")
        assert written.quads() == [("urn:g", "urn:b", "2")]

    def test_a_pattern_sees_all_graphs_as_a_query_does(self, written):
        written.update(f"INSERT {{ GRAPH <{MINE}> {{ ?s <urn:q> ?o }} }} WHERE {{ ?s ?p ?o }}")
        assert written.quads() == [(MINE, "urn:report", "Kaivosvesi")]

    def test_a_pattern_sees_what_the_operation_before_has_written(self, written):
        written.update(
            "INSERT DATA { GRAPH <urn:new> { <urn:a> <urn:p> 1 } } ;"
            f"INSERT {{ GRAPH <{MINE}> {{ ?s <urn:q> ?o }} }} WHERE {{ ?s <urn:p> ?o }}"
        )
        assert (MINE, "urn:a", "1") in written.quads()

    def test_with_and_using_hold(self, written):
        written.update(f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:p> 1 }} }}")
        written.update(f"WITH <{MINE}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p 5 }} "
                       "WHERE { ?s ?p ?o }")  # fmt: skip
        assert written.quads() == [(MINE, "urn:a", "5")]
        written.update(
            f"INSERT {{ GRAPH <urn:g> {{ ?s <urn:q> ?o }} }} USING <{OWNED}> WHERE {{ ?s ?p ?o }}"
        )
        assert ("urn:g", "urn:report", "Kaivosvesi") in written.quads()
        assert len(written.quads()) == 2

    def test_the_dataset_of_the_request_is_what_patterns_see(self, written):
        written.update(f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:p> 1 }} }}")
        copy = "INSERT { GRAPH <urn:g> { ?s <urn:q> ?o } } WHERE { ?s ?p ?o }"
        written.update(copy, using_graphs=(MINE,))
        assert written.quads() == [(MINE, "urn:a", "1"), ("urn:g", "urn:a", "1")]
        named = "INSERT { GRAPH <urn:n> { ?s <urn:q> ?g } } WHERE { GRAPH ?g { ?s ?p ?o } }"
        written.update(named, using_named_graphs=(OWNED,))
        assert ("urn:n", "urn:report", OWNED) in written.quads()
        assert len(written.quads()) == 3

    def test_graphs_are_copied_moved_added_and_dropped(self, written):
        written.update(
            f"COPY <{OWNED}> TO <urn:a>; MOVE <urn:a> TO <urn:b>; ADD <urn:b> TO <urn:c>"
        )
        assert [row[0] for row in written.quads()] == ["urn:b", "urn:c"]
        written.update("DROP GRAPH <urn:b>; CLEAR GRAPH <urn:c>")
        assert written.quads() == []
        assert written.document() == ["Kaivosvesi"]

    def test_known_prefixes_need_no_declaration_and_declared_ones_hold(self, written):
        written.update(
            "PREFIX g: <urn:g:>\nINSERT DATA { GRAPH g:x { <urn:a> dcterms:title 't' } }"
        )
        assert written.quads() == [("urn:g:x", "urn:a", "t")]

    def test_relative_names_are_read_from_the_base_of_the_collection(self, written):
        written.update("INSERT DATA { GRAPH <notes> { <urn:a> <urn:p> <b> } }")
        assert written.quads() == [(f"{BASE}notes", "urn:a", f"{BASE}b")]
        with pytest.raises(OwnedGraph):
            written.update("INSERT DATA { GRAPH <graph/works> { <urn:a> <urn:p> <b> } }")

    def test_text_comes_as_it_was_written(self, written):
        written.update(
            'INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> """two\nlines \'GRAPH\' { # no comment'
            '\\u00E4 \\u0022 \\\\ "q\\"""" # a comment }\n } }'
        )
        assert written.quads() == [
            ("urn:g", "urn:a", 'two\nlines \'GRAPH\' { # no commentä " \\ "q"')
        ]

    def test_one_operation_that_fails_undoes_all_of_the_request(self, written):
        with pytest.raises(InvalidQuery):
            written.update(
                "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }; DROP GRAPH <urn:none"
            )
        with pytest.raises(OwnedGraph):
            written.update(
                f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:p> 1 }} }}; CLEAR GRAPH <{OWNED}>"
            )
        assert written.quads() == []


INTO_OWNED = [
    f"INSERT DATA {{ GRAPH <{OWNED}> {{ <urn:a> <urn:b> 1 }} }}",
    f"DELETE DATA {{ GRAPH <{OWNED}> {{ <urn:report> <urn:title> 'Kaivosvesi' }} }}",
    f"PREFIX g: <{BASE}graph/> INSERT DATA {{ GRAPH g:works {{ <urn:a> <urn:b> 1 }} }}",
    f"BASE <{BASE}graph/> INSERT DATA {{ GRAPH <vocab/theme> {{ <urn:a> <urn:b> 1 }} }}",
    f"INSERT DATA {{ GRAPH <{BASE}graph/a\\u0064ded> {{ <urn:a> <urn:b> 1 }} }}",
    f"WITH <{OWNED}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    f"INSERT {{ GRAPH <{WORKS}> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}",
    f"DELETE WHERE {{ GRAPH <{OWNED}> {{ ?s ?p ?o }} }}",
    f"CLEAR GRAPH <{OWNED}>",
    f"DROP SILENT GRAPH <{OWNED}>",
    f"CREATE GRAPH <{BASE}graph/new>",
    f"COPY <urn:x> TO <{OWNED}>",
    f"ADD DEFAULT TO GRAPH <{OWNED}>",
    f"MOVE GRAPH <{OWNED}> TO <urn:x>",
    f"MOVE SILENT <urn:x> TO <{OWNED}>",
    "DROP ALL",
    "CLEAR NAMED",
    "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }",
    "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    "INSERT { GRAPH ?g { ?s ?p 1 } } WHERE { GRAPH ?g { ?s ?p ?o } }",
    f"INSERT {{ GRAPH ?g {{ ?s ?p 1 }} }} WHERE {{ ?s ?p ?o BIND(<{WORKS}> AS ?g) }}",
    "INSERT { GRAPH ?g { ?s ?p 1 } } WHERE "
    f"{{ ?s ?p ?o BIND(IRI(CONCAT('{BASE}graph', '/works')) AS ?g) }}",
]


class TestOwnedGraphs:
    def test_a_write_into_one_is_refused_with_a_way_out_and_changes_nothing(self, written):
        for update in INTO_OWNED:
            with pytest.raises(OwnedGraph) as refusal:
                written.update(update)
            assert "/graph/added/" in refusal.value.remedy, update
            assert "review" in refusal.value.remedy
        assert written.document() == ["Kaivosvesi"]
        assert written.quads() == []

    def test_another_spelling_of_the_name_does_not_help(self, written):
        for name in (OWNED.upper(), f"{BASE}graph/added/../works", "urn:x-arq:UnionGraph"):
            with pytest.raises((OwnedGraph, InvalidQuery)):
                written.update(f"INSERT DATA {{ GRAPH <{name}> {{ <urn:a> <urn:b> 1 }} }}")

    def test_a_graph_known_only_while_the_update_runs_is_held_back(self, written):
        """The first operation makes the owned name, which no question before could find."""
        written.update(
            f"INSERT DATA {{ GRAPH <{MINE}> {{ <urn:a> <urn:graph> <{WORKS}> }} }} ;"
            "INSERT { GRAPH ?g { <urn:b> <urn:p> 1 } } WHERE { ?a <urn:graph> ?g } ;"
            "INSERT { GRAPH ?g { <urn:c> <urn:p> 1 } } WHERE { BIND(<urn:free> AS ?g) }"
        )
        assert {row[0] for row in written.quads()} == {MINE, "urn:free"}

    def test_graphs_by_variable_that_are_free_are_written(self, written):
        written.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> 1 } }")
        written.update(
            "DELETE { GRAPH ?g { ?s ?p ?o } } INSERT { GRAPH ?g { ?s ?p 2 } } "
            "WHERE { GRAPH ?g { ?s ?p ?o FILTER(?o = 1) } }"
        )
        assert written.quads() == [("urn:g", "urn:a", "2")]


PLACES = [
    ("INSERT DATA {\n  GRAPH <urn:g> {\n    <urn:a> <urn:b> } }", 3),
    ("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } } ;\n\nINSERTING", 3),
    ("INSERT DATA { GRAPH ?g { <urn:a> <urn:b> 1 } }", 1),
    ("INSERT { GRAPH <urn:g> { ?s ?p ?o } }\nWHERE { ?s ?p }", 2),
    ("INSERT { GRAPH <urn:g> { ?s ?p ?o } }\nWHERE { ?s ?p ?o ", 2),
    ("# first\nDELETE { ?s ?p ?o } { ?s ?p ?o }", 2),
    ("CLEAR GRAPH relative", 1),
    ("DROPALL", 1),
]
CALLING_OUT = [
    "LOAD <http://127.0.0.1:9/>",
    "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <urn:g>",
    "LOADSILENT<http://127.0.0.1:9/>",
    "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } } ; LOAD <http://127.0.0.1:9/>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    r"INSERT { ?s ?p ?o } WHERE { \u0053ERVICE <urn:x> { ?s ?p ?o } }",
]


class TestRefusals:
    def test_what_does_not_parse_is_told_with_its_place(self, written):
        for update, place in PLACES:
            with pytest.raises(InvalidQuery) as refusal:
                written.update(update)
            found = re.fullmatch(r"line (\d+), column (\d+)", refusal.value.subject)
            assert found, refusal.value
            assert int(found[1]) == place, update

    def test_what_calls_out_is_refused(self, written):
        for update in CALLING_OUT:
            with pytest.raises(InvalidQuery):
                written.update(update)
        assert written.quads() == []

    def test_a_dataset_in_request_and_update_is_refused(self, written):
        with pytest.raises(InvalidQuery, match="USING or WITH"):
            written.update(
                f"WITH <{MINE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", using_graphs=(MINE,)
            )


class TestWholeGraphs:
    def test_put_replaces_post_adds_delete_takes_away(self, written):
        written.send("PUT", MINE, b'<urn:a> <urn:p> "1" .\n')
        written.send("PUT", MINE, b'<urn:a> <urn:p> "2" .\n')
        written.send("POST", MINE, b'<urn:a> <urn:p> "3" .\n')
        assert [row[2] for row in written.quads()] == ["2", "3"]
        written.send("DELETE", MINE)
        assert written.quads() == []

    def test_the_default_graph_is_the_one_that_updates_write_to(self, written):
        written.send("PUT", None, b'<urn:a> <urn:p> "1" .\n')
        assert written.quads() == [(DEFAULT, "urn:a", "1")]

    def test_blank_nodes_of_two_posts_are_two(self, written):
        for _ in range(2):
            written.send("POST", MINE, b'_:x <urn:p> "1" .\n')
        assert len(written.quads()) == 2

    def test_owned_graphs_are_refused(self, written):
        for method in ("PUT", "POST", "DELETE"):
            with pytest.raises(OwnedGraph):
                written.send(method, OWNED, b"<urn:a> <urn:p> <urn:b> .\n")
        assert written.document() == ["Kaivosvesi"]


def test_after_a_run_that_was_killed_nothing_is_changed_until_one_has_ended(graph):
    if graph.engine == "fuseki":
        pytest.skip("a remote store shows each graph at once: there is nothing unpublished")
    store = graph.store()
    store.replace_graphs({OWNED: b"<urn:a> <urn:b> <urn:c> .\n"})
    with pytest.raises(SystemFault, match="ingest"):
        store.change(UpdateRequest("INSERT DATA { <urn:a> <urn:p> 1 }"), BASE, union=True)
    store.publish()
    store.change(UpdateRequest("INSERT DATA { <urn:a> <urn:p> 1 }"), BASE, union=True)


@pytest.mark.parametrize("union", [True, False])
def test_without_union_the_default_graph_is_the_stores_own(graph, union):
    store = graph.store()
    store.change(UpdateRequest("INSERT DATA { <urn:a> <urn:p> 1 }"), BASE, union=union)
    store.publish()
    rows = json.loads(
        graph.reader().answer(QueryRequest("SELECT * { GRAPH ?g { <urn:a> ?p ?o } }", ACCEPT)).body
    )["results"]["bindings"]
    assert [row["g"]["value"] for row in rows] == ([DEFAULT] if union else [])

"""What is Elasticsearch's alone: the index behind the alias, and its ways to fail."""

from __future__ import annotations

import json
import subprocess
import sys
import uuid
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import pytest
from elasticsearch import Elasticsearch

from amic_kg.errors import InvalidSetting, ServiceBusy, ServiceUnavailable, SystemFault
from amic_kg.index import elastic
from amic_kg.retrieval import IndexedPassage, SearchRequest


def passage(document: str, number: int = 0) -> IndexedPassage:
    return IndexedPassage(
        document=document,
        number=number,
        page=1,
        language="en",
        kind="Report",
        year=2024,
        access="open",
        surface="water",
        lemma="water",
        parts="",
        title="",
        concepts=(),
        text="Water.",
    )


@pytest.mark.elasticsearch
class TestTheIndexBehindTheAlias:
    @pytest.fixture
    def client(self, elasticsearch_url):
        with closing(Elasticsearch(elasticsearch_url)) as client:
            yield client

    @pytest.fixture
    def alias(self, client):
        alias = f"amic-test-{uuid.uuid4().hex[:12]}"
        yield alias
        for name in client.indices.get(index=f"{alias}*"):
            client.indices.delete(index=name)

    @pytest.fixture
    def index(self, elasticsearch_url, alias):
        with closing(elastic.ElasticIndex(elasticsearch_url, alias)) as index:
            yield index

    def test_reading_makes_none(self, index, client, alias):
        index.search(SearchRequest())
        index.count()
        assert not client.indices.get(index=f"{alias}*").body

    def test_the_first_write_makes_one_and_the_next_ones_use_it(
        self, index, client, alias, elasticsearch_url
    ):
        index.replace_documents(["a"], [passage("a")])
        with closing(elastic.ElasticIndex(elasticsearch_url, alias)) as other:
            other.replace_documents(["b"], [passage("b")])
            other.commit()
        made = client.indices.get(index=f"{alias}*").body
        assert list(made) == [f"{alias}-v2-1"]
        assert list(made[f"{alias}-v2-1"]["aliases"]) == [alias]
        settings = made[f"{alias}-v2-1"]["settings"]["index"]
        assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("1", "0")

    def test_one_that_lost_its_alias_is_left_alone(self, index, client, alias):
        client.indices.create(index=f"{alias}-v2-4")
        index.replace_documents(["a"], [passage("a")])
        assert set(client.indices.get_alias(name=alias)) == {f"{alias}-v2-5"}

    def test_a_passage_has_its_place_for_its_identifier(self, index, client, alias):
        index.replace_documents(["10.1/x y"], [passage("10.1/x y", 7)])
        index.commit()
        assert client.get(index=alias, id="10.1/x y:7")["_source"]["number"] == 7

    def test_what_is_searched_is_not_stored_twice(self, index, client, alias):
        index.replace_documents(["a"], [passage("a")])
        index.commit()
        stored = client.get(index=alias, id="a:0")["_source"]
        assert set(stored) == {"document", "number", "page", "page_label", "language", "text"}

    def test_an_index_that_is_removed_while_it_is_written_is_not_made_by_chance(
        self, index, client, alias
    ):
        index.replace_documents(["a"], [passage("a")])
        client.indices.delete(index=f"{alias}-v2-1")
        with pytest.raises(SystemFault):
            index.replace_documents(["b"], [passage("b")])
        assert not client.indices.get(index=f"{alias}*").body


class FullNode:
    """Answers as an Elasticsearch whose write queue is full for the first `refusals` requests."""

    def __init__(self, refusals: int) -> None:
        self.refusals = refusals
        self.written: list[str] = []

    def __call__(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        answer: dict[str, object] = {"deleted": 0}
        if "/_bulk" in handler.path:
            named = [json.loads(line) for line in body.splitlines()[::2]]
            names = [action["index"]["_id"] for action in named]
            status = 201 if self.refusals <= 0 else 429
            self.refusals -= 1
            if status == 201:
                self.written += names
            error = {} if status == 201 else {"error": {"type": "es_rejected_execution_exception"}}
            items = [{"index": {"_id": name, "status": status, **error}} for name in names]
            answer = {"errors": status == 429, "items": items}
        data = b"" if handler.command == "HEAD" else json.dumps(answer).encode()
        handler.send_response(200)
        handler.send_header("X-Elastic-Product", "Elasticsearch")
        handler.send_header("Content-Type", handler.headers.get("Accept", "application/json"))
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        handler.wfile.write(data)


class TestFailures:
    def test_a_full_queue_is_waited_for(self, serve_http):
        node = FullNode(refusals=2)
        with closing(elastic.ElasticIndex(serve_http(node), "amic")) as index:
            index.replace_documents(["a"], [passage("a", 0), passage("a", 1)])
        assert node.written == ["a:0", "a:1"]

    def test_a_queue_that_stays_full_is_told(self, serve_http, monkeypatch):
        monkeypatch.setattr(elastic, "_BULK_RETRIES", 1)
        with (
            closing(elastic.ElasticIndex(serve_http(FullNode(refusals=99)), "amic")) as index,
            pytest.raises(ServiceBusy, match="no more writes"),
        ):
            index.replace_documents(["a"], [passage("a")])

    def test_a_service_that_is_down_is_named_with_its_remedy(self, nowhere):
        address = nowhere.replace("//", "//reader:secret@")
        with closing(elastic.ElasticIndex(address, "amic")) as index:
            assert not index.ready()
            for action in (
                index.count,
                lambda: index.search(SearchRequest()),
                lambda: index.replace_documents(["a"], [passage("a")]),
            ):
                with pytest.raises(ServiceUnavailable) as refusal:
                    action()
                assert nowhere in refusal.value.cause
                assert "secret" not in str(refusal.value)
                assert "AMIC_SEARCH_URL" in refusal.value.remedy

    @pytest.mark.fuseki
    def test_another_server_is_not_taken_for_elasticsearch(self, fuseki_dataset):
        url = urlsplit(fuseki_dataset)
        with (
            closing(elastic.ElasticIndex(f"{url.scheme}://{url.netloc}", "amic")) as index,
            pytest.raises(ServiceUnavailable, match="another server"),
        ):
            index.search(SearchRequest())

    @pytest.mark.parametrize("setting", ["", "localhost", "http://localhost", "localhost:9200"])
    def test_a_setting_that_is_no_url_is_named(self, setting):
        with pytest.raises(InvalidSetting, match="AMIC_SEARCH_URL"):
            elastic.ElasticIndex(setting, "amic")

    def test_without_the_client_it_is_said_what_to_install(self):
        code = (
            "import sys; sys.modules['elasticsearch'] = None\n"
            "from amic_kg.errors import InvalidSetting\n"
            "try:\n    import amic_kg.index.elastic\n"
            "except InvalidSetting as error:\n    print(error)"
        )
        said = subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True
        )
        assert "pip install 'amic-kg[elastic]'" in said.stdout

"""The W3C's SPARQL 1.1 test suite as it lies beside the repository: its manifests as values."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox

ROOT = Path(__file__).parents[2]
FOLDER = (
    Path(os.environ.get("AMIC_TEST_SHARED") or ROOT.parent / "shared" / "data") / "w3c_sparql11"
)

MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
QT = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#"
UT = "http://www.w3.org/2009/sparql/tests/test-update#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"

_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_NUMBERED = re.compile(r"test_[0-9]+$")

Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True, slots=True)
class Data:
    """Files for the default graph, and pairs (IRI, file) for the named ones."""

    default: tuple[Path, ...] = ()
    named: tuple[tuple[str, Path], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One test: `text` is the file of the query or update, `kind` the local name of its class."""

    id: str
    kind: str
    text: Path
    before: Data = field(default_factory=Data)
    after: Data | None = None
    result: Path | None = None

    @property
    def is_update(self) -> bool:
        """By the file's name: some tests of updates are classed with those of queries."""
        return self.text.suffix == ".ru"

    @property
    def is_ordered(self) -> bool:
        """Whether the query says in which order its solutions come."""
        return bool(_ORDER.search(self.text.read_text(encoding="utf-8")))

    @property
    def area(self) -> str:
        """What it is counted under."""
        of = "updates" if self.is_update else "queries"
        return f"syntax of {of}" if "Syntax" in self.kind else of

    @property
    def request(self) -> str:
        """The query or update, with relative IRIs read from its file, as a client sends a file."""
        return f"BASE <{self.text.as_uri()}> {self.text.read_text(encoding='utf-8')}"


@dataclass(frozen=True, slots=True)
class Exceptions:
    """What known_failures.toml says: test to (heading, reason), folder to reason."""

    failures: dict[str, tuple[str, str]]
    out_of_scope: dict[str, str]


def exceptions() -> Exceptions:
    table = tomllib.loads(Path(__file__).with_name("known_failures.toml").read_text("utf-8"))
    out_of_scope = table.pop("out-of-scope")
    failures = {
        test: (heading, reason)
        for heading, tests in table.items()
        for test, reason in tests.items()
    }
    return Exceptions(failures, out_of_scope)


def entries() -> list[Entry]:
    """Every test of the folders that are here, in the order of the manifests."""
    return [
        entry for folder in included() if folder.is_dir() for entry in Manifest(folder).entries()
    ]


def included() -> list[Path]:
    """The folders that the manifest of all manifests names, here or not."""
    everything = FOLDER / "manifest-all.ttl"
    if not everything.exists():
        return []
    graph = Graph(parsed(everything))
    (manifest,) = graph.of_class(f"{MF}Manifest")
    return [path_of(node).parent for node in graph.items(graph.one(manifest, f"{MF}include"))]


class Graph:
    """Triples, to be walked by subject and property."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        self._graph = ox.Dataset(quads)

    def of_class(self, name: str) -> list[Node]:
        quads = self._graph.quads_for_object(ox.NamedNode(name))
        return [q.subject for q in quads if not isinstance(q.subject, ox.Triple)]

    def all(self, subject: Node | ox.Literal, name: str) -> list[Node | ox.Literal]:
        assert not isinstance(subject, ox.Literal)
        return [
            quad.object
            for quad in self._graph.quads_for_subject(subject)
            if quad.predicate.value == name and not isinstance(quad.object, ox.Triple)
        ]

    def one(self, subject: Node, name: str) -> Node:
        """Raises ValueError when there are none or several."""
        (found,) = self.all(subject, name)
        assert not isinstance(found, ox.Literal)
        return found

    def items(self, node: Node) -> Iterator[Node]:
        while node.value != f"{RDF}nil":
            yield self.one(node, f"{RDF}first")
            node = self.one(node, f"{RDF}rest")


class Manifest(Graph):
    """The tests of one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(parsed(folder / "manifest.ttl"))
        self._folder = folder.name

    def entries(self) -> Iterator[Entry]:
        (manifest,) = self.of_class(f"{MF}Manifest")
        for node in self.items(self.one(manifest, f"{MF}entries")):
            yield self._entry(node)

    def _entry(self, node: Node) -> Entry:
        kind = _local(self.one(node, f"{RDF}type"))
        action = self.one(node, f"{MF}action")
        name = f"{self._folder}/{_local(node)}"
        if "Syntax" in kind:
            text = path_of(action)
            # Many are called test_1, test_2 …: the file says what they are about.
            return Entry(_NUMBERED.sub(text.stem, name), kind, text)
        result = self.one(node, f"{MF}result")
        if kind == "UpdateEvaluationTest":
            text = path_of(self.one(action, f"{UT}request"))
            return Entry(name, kind, text, self._data(action, UT), self._data(result, UT))
        text = path_of(self.one(action, f"{QT}query"))
        return Entry(name, kind, text, self._data(action, QT), result=path_of(result))

    def _data(self, node: Node, vocabulary: str) -> Data:
        default = sorted(path_of(each) for each in self.all(node, f"{vocabulary}data"))
        named = sorted(self._named(each) for each in self.all(node, f"{vocabulary}graphData"))
        return Data(tuple(default), tuple(named))

    def _named(self, node: Node | ox.Literal) -> tuple[str, Path]:
        if isinstance(node, ox.NamedNode):
            return node.value, path_of(node)
        assert isinstance(node, ox.BlankNode)
        (label,) = self.all(node, LABEL)
        return label.value, path_of(self.one(node, f"{UT}graph"))


def parsed(path: Path) -> Iterator[ox.Quad]:
    """The triples of a file; its blank nodes are none of another file's."""
    return ox.parse(path=path, base_iri=path.as_uri(), rename_blank_nodes=True)


def path_of(node: object) -> Path:
    assert isinstance(node, ox.NamedNode)
    return Path(unquote(urlsplit(node.value).path))


def _local(node: Node) -> str:
    return node.value.rpartition("#")[2]

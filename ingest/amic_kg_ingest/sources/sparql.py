"""Projects of a SPARQL endpoint, by a CONSTRUCT query that tells them in the terms of our ontology.

A declaration::

    kind = "sparql"
    url = "https://example.org/sparql"

    [options]
    page_size = 100
    query = '''
    PREFIX mrdi: <https://w3id.org/amic/ontology#>
    CONSTRUCT { ?project a mrdi:Project ; mrdi:cordisId ?number … }
    WHERE {
      { SELECT ?project WHERE { ?project a … } ORDER BY ?project {page} }
      …
    }
    '''

`{page}` becomes LIMIT and OFFSET; it belongs into a subquery over projects that is ordered, for
only so a project comes whole and once. SPARQL 1.1 Protocol: https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from amic_kg.errors import (
    DamagedDocument,
    InputError,
    InvalidSetting,
    InvalidVocabulary,
    LimitExceeded,
)
from amic_kg.iris import ONTOLOGY
from amic_kg.records import RawDocument, Withdrawn
from amic_kg.turtle import Text, Triple, read_turtle
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.cordis.choosing import Rules
from amic_kg_ingest.sources.cordis.columns import Table
from amic_kg_ingest.sources.cordis.documents import Metadata, project_document
from amic_kg_ingest.sources.cordis.rows import Row
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.left_out import LeftOut
from amic_kg_ingest.sources.options import NEEDED, names, setting
from amic_kg_ingest.sources.record_files import record_file, write_record

_MARK = "{page}"
_TYPES = ("application/n-triples", "text/turtle")
_MOST_PAGES = 10_000
_LONGEST_URL = 8_000
"""Characters of a request: servers take lines of about this length."""
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_HOMEPAGE = "http://xmlns.com/foaf/0.1/homepage"
_PART = f"{ONTOLOGY}hasParticipation"
_WHOSE = f"{ONTOLOGY}participatingOrganization"

_PROJECT: Mapping[str, str] = {
    f"{ONTOLOGY}cordisId": "id",
    _LABEL: "title",
    f"{ONTOLOGY}acronym": "acronym",
    "http://purl.org/dc/terms/abstract": "objective",
    f"{ONTOLOGY}start": "start",
    f"{ONTOLOGY}end": "end",
    f"{ONTOLOGY}budget": "cost",
    f"{ONTOLOGY}euContribution": "contribution",
    "http://purl.org/dc/terms/identifier": "doi",
    f"{ONTOLOGY}fundedUnder": "programme",
    _HOMEPAGE: "homepage",
}
"""Properties of a project, and the columns of CORDIS that they fill."""
_ORGANIZATION: Mapping[str, str] = {
    _LABEL: "name",
    f"{ONTOLOGY}pic": "pic",
    "https://schema.org/addressCountry": "country",
    "https://schema.org/addressLocality": "city",
    _HOMEPAGE: "homepage",
}
_PARTICIPATION: Mapping[str, str] = {
    f"{ONTOLOGY}participationRole": "role",
    f"{ONTOLOGY}euContribution": "contribution",
}
_SUBJECT = "http://purl.org/dc/elements/1.1/subject"

Described = Mapping[str, list[Triple]]


@dataclass(frozen=True, slots=True)
class Options:
    """The table `[options]` of a declaration."""

    query: str = setting(
        "a CONSTRUCT query; its mark `{page}` stands behind ORDER BY of a subquery over projects",
        "'CONSTRUCT { ?p a mrdi:Project } WHERE { { SELECT ?p WHERE { ?p a eurio:Project } "
        "ORDER BY ?p {page} } }'",
        NEEDED,
    )
    page_size: int = setting("projects a request, 1 to 10000", "50", 100)
    pause: float = setting("seconds between two requests, at least; up to 3600", "0.5", 1.0)

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> Options:
        """Raises InvalidSetting, which names the option."""
        known = names(cls)
        if unknown := sorted(table.keys() - set(known)):
            raise InvalidSetting(
                where, f"has the unknown option '{unknown[0]}'", f"Use {', '.join(known)}"
            )
        query = table.get("query")
        if not isinstance(query, str) or "construct" not in query.lower():
            raise InvalidSetting(f"{where}, query", "is no CONSTRUCT query", "Write one")
        if query.count(_MARK) != 1:
            raise InvalidSetting(
                f"{where}, query",
                f"needs the mark {_MARK} once",
                "Put it behind ORDER BY of the subquery that selects projects",
            )
        size, pause = table.get("page_size", 100), table.get("pause", 1.0)
        if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= 10_000:
            raise InvalidSetting(f"{where}, page_size", "is no number from 1 to 10000", "Write 100")
        if not isinstance(pause, int | float) or isinstance(pause, bool) or not 0 <= pause <= 3600:
            raise InvalidSetting(f"{where}, pause", "is no number of seconds", "Write 0.5, or 2")
        return cls(query, size, float(pause))


OPTIONS, FILTER = Options, Rules


def open_source(declaration: Declaration, surroundings: Surroundings) -> SparqlSource:
    """The endpoint at the declaration's address; nothing is asked of it yet."""
    return SparqlSource(declaration, surroundings)


class SparqlSource:
    """Projects page by page, each with its organisations; what is gone at the end is withdrawn."""

    expected: int | None = None

    def __init__(self, declaration: Declaration, surroundings: Surroundings) -> None:
        self.name = declaration.name
        self.left_out = LeftOut()
        self._url = declaration.address
        self._options = Options.of(declaration.options, declaration.name)
        self._rules = Rules.of(declaration.filter, declaration.name)
        self._around = surroundings

    def documents(self) -> Iterator[RawDocument | Withdrawn]:
        told: set[str] = set()
        seen: set[str] = set()
        settings = self._around.settings
        with Fetcher.of(settings, pause=self._options.pause) as fetcher:
            for number in range(_MOST_PAGES):
                page = self._page(fetcher, number)
                projects = _typed(page, "Project")
                if projects and told.issuperset(projects):
                    raise DamagedDocument(
                        self._url,
                        f"gives nothing new on page {number + 1}",
                        "Order the projects of the subquery (ORDER BY), so that pages differ",
                    )
                for project in projects:
                    document = None if project in told else self._document(page, project)
                    if document is not None:
                        seen.add(document.identifier)
                        yield document
                told.update(projects)
                if len(projects) < self._options.page_size:
                    break
            else:
                raise LimitExceeded(
                    self._url, f"has more than {_MOST_PAGES} pages", "Raise page_size"
                )
        memory = self._around.memory
        for identifier in dict.fromkeys([*memory.due(), *memory.known()]):
            if identifier not in seen:
                yield Withdrawn(self.name, identifier)

    def settle(self) -> None:
        """Nothing to remember: the endpoint is asked for all of it each time."""

    def _page(self, fetcher: Fetcher, number: int) -> Described:
        size = self._options.page_size
        query = self._options.query.replace(_MARK, f"LIMIT {size} OFFSET {size * number}")
        # Query by GET: https://www.w3.org/TR/sparql11-protocol/#query-via-get
        joint = "&" if urlsplit(self._url).query else "?"
        url = f"{self._url}{joint}{urlencode({'query': query.strip()})}"
        if len(url) > _LONGEST_URL:
            raise InvalidSetting(
                f"{self.name}, query", "is too long for an address", "Shorten names and prefixes"
            )
        try:
            answer = fetcher.get(url, accept=_TYPES)
        except InputError as error:
            # Named by the endpoint: an address with the whole query in it cannot be read.
            raise type(error)(self._url, error.cause, error.remedy) from None
        described: defaultdict[str, list[Triple]] = defaultdict(list)
        with tempfile.NamedTemporaryFile(suffix=".ttl") as file:
            file.write(answer.body)
            file.flush()
            try:
                for triple in read_turtle(Path(file.name)):
                    described[triple.subject].append(triple)
            except InvalidVocabulary as error:
                # Some endpoints report an error in the middle of what they have begun to answer.
                raise DamagedDocument(
                    self._url,
                    f"answers page {number + 1} with what is no RDF ({error.cause})",
                    "Try again later, or ask for smaller pages (page_size)",
                ) from None
        return described

    def _document(self, page: Described, project: str) -> RawDocument | None:
        row = _row(page[project], _PROJECT)
        if "id" not in row:
            self.left_out.add("no number (mrdi:cordisId)", project)
            return None
        organizations = list(_organizations(page, project))
        fields: list[Row] = [
            {"path": t.object.value}
            for t in page[project]
            if t.predicate == _SUBJECT and isinstance(t.object, Text)
        ]
        parts: dict[Table, list[Row]] = {
            "project": [row],
            "organization": organizations,
            "euroSciVoc": fields,
        }
        out = self._rules.leaves_out(row)
        wanted = self._rules.open or any(
            self._rules.wants(table, part) for table, rows in parts.items() for part in rows
        )
        if out or not wanted:
            self.left_out.add(out or "another topic", str(row.get("title", "")))
            return None
        identifier, metadata = project_document(str(row["id"]), parts)
        return RawDocument(self.name, identifier, self._record(identifier, metadata), metadata)

    def _record(self, identifier: str, metadata: Metadata) -> Path:
        folder = self._around.folder
        if self._around.dry:
            return record_file(folder, identifier)
        told = {key: value for key, value in metadata.items() if key != "things"}
        return write_record(folder, identifier, told)


def _typed(page: Described, kind: str) -> list[str]:
    return [
        subject
        for subject, triples in page.items()
        if any(t.predicate == _TYPE and t.object == ONTOLOGY + kind for t in triples)
    ]


def _organizations(page: Described, project: str) -> Iterator[Row]:
    for link in page[project]:
        if link.predicate != _PART or not isinstance(link.object, str):
            continue
        part = page.get(link.object, [])
        for whose in part:
            if whose.predicate == _WHOSE and isinstance(whose.object, str):
                row = _row(page.get(whose.object, []), _ORGANIZATION)
                if "name" in row:
                    yield {**row, **_row(part, _PARTICIPATION)}


def _row(triples: list[Triple], columns: Mapping[str, str]) -> dict[str, str]:
    """The first value of each column, English before others; links stand as they are."""
    row: dict[str, str] = {}
    ordered = sorted(
        triples, key=lambda t: isinstance(t.object, Text) and t.object.language != "en"
    )
    for triple in ordered:
        column = columns.get(triple.predicate)
        value = triple.object.value if isinstance(triple.object, Text) else triple.object
        if column is not None and value.strip():
            row.setdefault(column, " ".join(value.split()))
    return row

"""Questions to begin with, shown on the SPARQL page: each runs as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from amic_kg.graph.sparql_search import QUERY_PREFIXES
from amic_kg.questions import LANGUAGE, Question
from amic_kg_api.translations import msgid, read_words


@dataclass(frozen=True, slots=True)
class Example:
    """A question in words (for the catalogues), and the same as SPARQL."""

    title: str
    body: str
    prefixes: tuple[str, ...]

    def query(self, language: str) -> str:
        """The whole query; `LANGUAGE` in the body becomes the reader's."""
        lines = (f"PREFIX {name}: <{QUERY_PREFIXES[name]}>" for name in self.prefixes)
        return "\n".join(lines) + "\n" + self.body.replace("LANGUAGE", language)


@dataclass(frozen=True, slots=True)
class ExampleGroup:
    """Examples on one topic, in one language: each a title and a query."""

    topic: str
    examples: tuple[tuple[str, str], ...]


def example_groups(questions: Iterable[Question], language: str) -> list[ExampleGroup]:
    """The short ones to begin with, then the competency questions by topic."""
    words = read_words()[language]
    first = tuple((words.text(one.title), one.query(language)) for one in EXAMPLES)
    groups = [ExampleGroup(words.text(_BEGINNING), first)]
    answerable = (question for question in questions if question.answerable)
    for topic, asked in groupby(answerable, key=lambda question: question.group[language]):
        groups.append(
            ExampleGroup(topic, tuple((one.title[language], _in(one, language)) for one in asked))
        )
    return groups


def _in(question: Question, language: str) -> str:
    named = any(parameter.name == LANGUAGE for parameter in question.parameters)
    return question.query({LANGUAGE: (language,)} if named else None)


_BEGINNING = msgid("To begin with")

EXAMPLES = (
    Example(
        msgid("How many documents of each kind and year are there?"),
        """\
SELECT ?year ?kind (COUNT(DISTINCT ?document) AS ?documents)
WHERE {
  ?document a mrdi:Output, ?kind .
  FILTER(?kind != mrdi:Output)
  OPTIONAL { ?document mrdi:year ?year }
}
GROUP BY ?year ?kind
ORDER BY DESC(?year) ?kind""",
        ("mrdi",),
    ),
    Example(
        msgid("Which topics do most documents deal with?"),
        """\
SELECT ?topic ?label (COUNT(DISTINCT ?document) AS ?documents)
WHERE {
  ?document a mrdi:Output ; dcterms:subject ?topic .
  ?topic skos:prefLabel ?label .
  FILTER(LANG(?label) = "LANGUAGE")
}
GROUP BY ?topic ?label
ORDER BY DESC(?documents) ?label
LIMIT 20""",
        ("mrdi", "dcterms", "skos"),
    ),
    Example(
        msgid("On which pages is mine water named, and in what words?"),
        """\
SELECT ?document ?page ?before ?words ?after
WHERE {
  ?annotation oa:hasBody <https://w3id.org/amic/vocab/theme/mine-water-management> ;
              oa:hasTarget ?target .
  ?target oa:hasSource ?document ; oa:hasSelector ?fragment .
  ?fragment rdf:value ?page ; oa:refinedBy ?quote .
  ?quote oa:exact ?words ; oa:prefix ?before ; oa:suffix ?after .
}
LIMIT 50""",
        ("oa", "rdf"),
    ),
    Example(
        msgid("Which organisations are named where the search finds sulphate removal?"),
        """\
SELECT ?organisation (COUNT(DISTINCT ?document) AS ?documents) (MAX(?score) AS ?best)
WHERE {
  SERVICE search: {
    ?document search:text "sulphate removal" ; search:limit 50 ; search:score ?score .
  }
  ?document schema:mentions ?named .
  ?named a mrdi:Organization ; skos:prefLabel ?organisation .
  FILTER(LANG(?organisation) = "LANGUAGE")
}
GROUP BY ?organisation
ORDER BY DESC(?documents) DESC(?best)
LIMIT 50""",
        ("search", "mrdi", "schema", "skos"),
    ),
    Example(
        msgid("Which methods are named in how many documents?"),
        """\
SELECT ?method ?label (COUNT(DISTINCT ?document) AS ?documents)
WHERE {
  ?method a mrdi:Method ; skos:prefLabel ?label .
  ?document schema:mentions ?method .
  FILTER(LANG(?label) = "LANGUAGE")
}
GROUP BY ?method ?label
ORDER BY DESC(?documents) ?label
LIMIT 50""",
        ("mrdi", "skos", "schema"),
    ),
    Example(
        msgid("Which factors of social acceptance are discussed, and in which documents?"),
        """\
SELECT ?label ?document ?title
WHERE {
  ?factor a mrdi:AcceptanceFactor ; skos:prefLabel ?label .
  ?document schema:mentions ?factor ; dcterms:title ?title .
  FILTER(LANG(?label) = "LANGUAGE")
}
ORDER BY ?label ?title
LIMIT 100""",
        ("mrdi", "skos", "schema", "dcterms"),
    ),
    Example(
        msgid("Which critical raw materials of the EU do the documents name?"),
        """\
SELECT ?commodity ?label ?list (COUNT(DISTINCT ?document) AS ?documents)
WHERE {
  ?commodity mrdi:euCritical ?list ; skos:prefLabel ?label .
  ?document schema:mentions ?commodity .
  FILTER(LANG(?label) = "LANGUAGE")
}
GROUP BY ?commodity ?label ?list
ORDER BY DESC(?documents) ?label""",
        ("mrdi", "skos", "schema"),
    ),
    Example(
        msgid("What are the terms of acceptance called in Finnish, English and Swedish?"),
        """\
SELECT ?finnish ?english ?swedish
WHERE {
  ?concept skos:inScheme <https://w3id.org/amic/vocab/acceptance-factor> ;
           skos:prefLabel ?finnish, ?english, ?swedish .
  FILTER(LANG(?finnish) = "fi" && LANG(?english) = "en" && LANG(?swedish) = "sv")
}
ORDER BY ?finnish""",
        ("skos",),
    ),
    Example(
        msgid("The records of all reports, as a graph to take along"),
        """\
CONSTRUCT {
  ?report dcterms:title ?title ; dcterms:issued ?issued ; dcterms:subject ?subject .
}
WHERE {
  ?report a mrdi:Report ; dcterms:title ?title .
  OPTIONAL { ?report dcterms:issued ?issued }
  OPTIONAL { ?report dcterms:subject ?subject }
}""",
        ("mrdi", "dcterms"),
    ),
)

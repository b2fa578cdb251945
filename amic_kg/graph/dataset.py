"""The dataset told in its own graph: VoID figures, a DCAT entry, rights for each named graph.

VoID: https://www.w3.org/TR/void/ ; DCAT 3: https://www.w3.org/TR/vocab-dcat-3/ ; DCAT-AP 3.0.1:
https://semiceu.github.io/DCAT-AP/releases/3.0.1/. It is made of the published data alone: the same
data give the same triples, so there is no time of day in it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from amic_kg.external import ExternalVocabulary
from amic_kg.graph.dataset_counts import Counts, DatasetCounts, kind_of
from amic_kg.graph.dataset_texts import (
    CONTACT_NAME,
    DESCRIPTION,
    KEYWORDS,
    KIND_TITLES,
    PUBLISHER_NAME,
    RIGHTS,
    RIGHTS_NOT_STATED,
    TITLE,
    Texts,
)
from amic_kg.graph.terms import DCTERMS, FOAF, MRDI, RDF, XSD, iri, text, typed
from amic_kg.iris import CANONICAL_BASE, Iris

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
_VCARD = "http://www.w3.org/2006/vcard/ns#"
_RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_EU = "http://publications.europa.eu/resource/authority/"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_CC_BY = "https://creativecommons.org/licenses/by/4.0/"
_CREATIVE_COMMONS = re.compile(r"CC[- ](BY(?:-NC)?(?:-SA|-ND)?)[- ](\d\.\d)", re.IGNORECASE)
_OURS = frozenset(("vocab", "registry", "ontology", "closures", "examples"))
_REGIONS = (f"{CANONICAL_BASE}id/place/lappi", f"{CANONICAL_BASE}id/place/pohjois-karjala")
_NUTS = ("http://data.europa.eu/nuts/code/FI1D7", "http://data.europa.eu/nuts/code/FI1D3")
_EU_LANGUAGES = {
    "fi": "FIN", "en": "ENG", "sv": "SWE", "se": "SME", "de": "DEU", "ru": "RUS", "fr": "FRA",
    "no": "NOR", "et": "EST",
}  # fmt: skip
_SITE_LANGUAGES = ("fi", "en", "sv")
_EXAMPLES = 3

Triple = tuple[str, str, str]
Triples = Iterator[Triple]


def dataset_iri(iris: Iris) -> str:
    return f"{iris.base}dataset"


def dump_address(iris: Iris) -> str:
    return f"{iris.base}dump/latest.nq.gz"


def dataset_triples(
    counts: DatasetCounts, external: Sequence[ExternalVocabulary], iris: Iris
) -> bytes:
    """N-Triples in order; `external` are the vocabularies of others, with their terms."""
    dataset = dataset_iri(iris)
    return _lines(
        {
            *_access(dataset, iris),
            *_void(dataset, counts, iris),
            *_partitions(dataset, counts),
            *_subsets(dataset, counts, iris),
            *_rights(dataset, counts, external, iris),
            *_entry(dataset, counts.languages, counts.years, iris),
            *_distributions(dataset, iris),
        }
    )


def uncounted_triples(iris: Iris) -> bytes:
    """The same without figures: for data of which counting would hold up every run."""
    dataset = dataset_iri(iris)
    return _lines(
        {*_access(dataset, iris), *_entry(dataset, (), None, iris), *_distributions(dataset, iris)}
    )


def _lines(triples: Iterable[Triple]) -> bytes:
    return "".join(sorted(f"{s} {p} {o} .\n" for s, p, o in triples)).encode()


def _statements(subject: str) -> Callable[[str, str], Triple]:
    return lambda predicate, value: (iri(subject), iri(predicate), value)


def _in_languages(subject: str, predicate: str, texts: Texts) -> Triples:
    for language, words in texts.items():
        yield iri(subject), iri(predicate), text(words, language)


def _figures(subject: str, counts: Counts) -> Triples:
    say = _statements(subject)
    for name, number in (
        ("triples", counts.triples),
        ("entities", counts.entities),
        ("distinctSubjects", counts.subjects),
        ("distinctObjects", counts.objects),
    ):
        yield say(f"{VOID}{name}", typed(number, "integer"))


def _access(dataset: str, iris: Iris) -> Triples:
    """Where the data are to be had: the same whatever there is."""
    say = _statements(dataset)
    yield say(f"{RDF}type", f"<{VOID}Dataset>")
    yield say(f"{VOID}uriSpace", text(f"{iris.base}id/"))
    yield say(f"{VOID}sparqlEndpoint", iri(f"{iris.base}sparql"))
    yield say(f"{VOID}dataDump", iri(dump_address(iris)))
    yield say(f"{VOID}openSearchDescription", iri(f"{iris.base}opensearch.xml"))
    yield say(f"{VOID}feature", "<http://www.w3.org/ns/formats/N-Quads>")


def _void(dataset: str, counts: DatasetCounts, iris: Iris) -> Triples:
    say = _statements(dataset)
    yield from _figures(dataset, counts.whole)
    for name, number in (
        ("classes", len(counts.classes)),
        ("properties", len(counts.properties)),
        ("documents", len(counts.graphs_of("document", iris))),
    ):
        yield say(f"{VOID}{name}", typed(number, "integer"))
    for namespace in sorted({_namespace(name) for name in (*counts.classes, *counts.properties)}):
        yield say(f"{VOID}vocabulary", iri(namespace))
    for graph in counts.graphs_of("document", iris)[:_EXAMPLES]:
        yield say(f"{VOID}exampleResource", iri(_output_of(graph, iris)))


def _partitions(dataset: str, counts: DatasetCounts) -> Triples:
    for name, instances in counts.classes.items():
        part = f"{dataset}#class-{_digest(name)}"
        say = _statements(part)
        yield iri(dataset), f"<{VOID}classPartition>", iri(part)
        yield say(f"{VOID}class", iri(name))
        yield say(f"{VOID}entities", typed(instances, "integer"))
    for name, (triples, subjects, objects) in counts.properties.items():
        part = f"{dataset}#property-{_digest(name)}"
        say = _statements(part)
        yield iri(dataset), f"<{VOID}propertyPartition>", iri(part)
        yield say(f"{VOID}property", iri(name))
        yield say(f"{VOID}triples", typed(triples, "integer"))
        yield say(f"{VOID}distinctSubjects", typed(subjects, "integer"))
        yield say(f"{VOID}distinctObjects", typed(objects, "integer"))


def _subsets(dataset: str, counts: DatasetCounts, iris: Iris) -> Triples:
    for kind, figures in counts.kinds.items():
        subset = f"{dataset}#{kind}"
        say = _statements(subset)
        yield iri(dataset), f"<{VOID}subset>", iri(subset)
        yield say(f"{RDF}type", f"<{VOID}Dataset>")
        yield from _in_languages(subset, f"{DCTERMS}title", KIND_TITLES[kind])
        yield from _figures(subset, figures)
        graphs = counts.graphs_of(kind, iris)
        if kind == "document":
            yield say(f"{VOID}documents", typed(len(graphs), "integer"))
        if kind in _OURS:
            yield say(f"{DCTERMS}license", iri(_CC_BY))
        if kind not in ("document", "external"):
            # Told one by one below: each has rights of its own.
            for graph in graphs:
                yield say(f"{DCTERMS}hasPart", iri(graph))


def _rights(
    dataset: str, counts: DatasetCounts, external: Sequence[ExternalVocabulary], iris: Iris
) -> Triples:
    """One statement for each graph of a document or of a vocabulary of others."""
    known = {iris.graph(f"external/{one.name}"): one for one in external}
    stated: dict[str, str] = {
        **counts.licences,
        **{name: one.licence for name, one in known.items() if name in counts.graphs},
    }
    for graph in counts.graphs:
        kind = kind_of(graph, iris)
        if kind not in ("document", "external"):
            continue
        licence = _spelt_out(stated.get(graph, ""))
        if licence.startswith(("http://", "https://")) and _is_iri(licence):
            yield iri(graph), f"<{DCTERMS}license>", iri(licence)
            continue
        rights = f"{dataset}#rights-{_digest(licence)}" if licence else f"{dataset}#rights-unstated"
        yield iri(graph), f"<{DCTERMS}rights>", iri(rights)
        yield iri(rights), f"<{RDF}type>", f"<{DCTERMS}RightsStatement>"
        if licence:
            yield iri(rights), f"<{_RDFS_LABEL}>", text(licence)
        else:
            yield from _in_languages(rights, _RDFS_LABEL, RIGHTS_NOT_STATED)
    for graph, one in known.items():
        if graph in counts.graphs:
            yield iri(graph), f"<{DCTERMS}title>", text(one.title)
            yield iri(graph), f"<{DCTERMS}source>", text(one.source)


def _entry(
    dataset: str, languages: Sequence[str], years: tuple[str, str] | None, iris: Iris
) -> Triples:
    say = _statements(dataset)
    publisher = f"{CANONICAL_BASE}id/organization/amic-kg-contributors"
    yield say(f"{RDF}type", f"<{DCAT}Dataset>")
    yield from _in_languages(dataset, f"{DCTERMS}title", TITLE)
    yield from _in_languages(dataset, f"{DCTERMS}description", DESCRIPTION)
    for language, words in KEYWORDS.items():
        for word in words:
            yield say(f"{DCAT}keyword", text(word, language))
    yield say(f"{DCTERMS}identifier", text(dataset))
    yield say(f"{DCTERMS}publisher", iri(publisher))
    yield iri(publisher), f"<{RDF}type>", f"<{FOAF}Agent>"
    yield iri(publisher), f"<{FOAF}name>", text(PUBLISHER_NAME, "en")
    contact = f"{dataset}#contact"
    yield say(f"{DCAT}contactPoint", iri(contact))
    for name in ("Kind", "Organization"):
        yield iri(contact), f"<{RDF}type>", f"<{_VCARD}{name}>"
    yield iri(contact), f"<{_VCARD}fn>", text(CONTACT_NAME)
    yield iri(contact), f"<{_VCARD}hasURL>", iri(iris.base)
    yield say(f"{DCTERMS}accessRights", iri(f"{_EU}access-right/PUBLIC"))
    yield iri(f"{_EU}access-right/PUBLIC"), f"<{RDF}type>", f"<{DCTERMS}RightsStatement>"
    yield say(f"{DCTERMS}accrualPeriodicity", iri(f"{_EU}frequency/IRREG"))
    yield iri(f"{_EU}frequency/IRREG"), f"<{RDF}type>", f"<{DCTERMS}Frequency>"
    spoken = {*_SITE_LANGUAGES, *languages}
    for language in sorted(spoken & _EU_LANGUAGES.keys()):
        name = f"{_EU}language/{_EU_LANGUAGES[language]}"
        yield say(f"{DCTERMS}language", iri(name))
        yield iri(name), f"<{RDF}type>", f"<{DCTERMS}LinguisticSystem>"
    for region in (*_REGIONS, *_NUTS):
        yield say(f"{DCTERMS}spatial", iri(region))
        yield iri(region), f"<{RDF}type>", f"<{DCTERMS}Location>"
    yield say(f"{DCAT}landingPage", iri(f"{iris.base}dump"))
    yield iri(f"{iris.base}dump"), f"<{RDF}type>", f"<{FOAF}Document>"
    if years:
        period = f"{dataset}#period"
        yield say(f"{DCTERMS}temporal", iri(period))
        yield iri(period), f"<{RDF}type>", f"<{DCTERMS}PeriodOfTime>"
        for name, year in zip(("startDate", "endDate"), years, strict=True):
            yield iri(period), f"<{DCAT}{name}>", f'"{int(year):04d}"^^<{XSD}gYear>'
    rights = f"{dataset}#rights"
    yield say(f"{DCTERMS}license", iri(_CC_BY))
    yield say(f"{DCTERMS}rights", iri(rights))
    yield iri(rights), f"<{RDF}type>", f"<{DCTERMS}RightsStatement>"
    yield from _in_languages(rights, _RDFS_LABEL, RIGHTS)
    yield iri(_CC_BY), f"<{RDF}type>", f"<{DCTERMS}LicenseDocument>"
    yield say(f"{DCTERMS}conformsTo", iri(MRDI.removesuffix("#")))
    yield iri(MRDI.removesuffix("#")), f"<{RDF}type>", f"<{DCTERMS}Standard>"
    catalogue = f"{dataset}#catalogue"
    yield iri(catalogue), f"<{RDF}type>", f"<{DCAT}Catalog>"
    yield from _in_languages(catalogue, f"{DCTERMS}title", TITLE)
    yield from _in_languages(catalogue, f"{DCTERMS}description", DESCRIPTION)
    yield iri(catalogue), f"<{DCTERMS}publisher>", iri(publisher)
    yield iri(catalogue), f"<{DCAT}dataset>", iri(dataset)
    yield iri(catalogue), f"<{DCAT}service>", iri(f"{dataset}#sparql")


def _distributions(dataset: str, iris: Iris) -> Triples:
    dump, service = f"{dataset}#dump", f"{dataset}#sparql"
    for part in (dump, f"{dataset}#query"):
        say = _statements(part)
        yield iri(dataset), f"<{DCAT}distribution>", iri(part)
        yield say(f"{RDF}type", f"<{DCAT}Distribution>")
        yield from _in_languages(part, f"{DCTERMS}title", TITLE)
        yield say(f"{DCTERMS}license", iri(_CC_BY))
        yield say(f"{DCTERMS}rights", iri(f"{dataset}#rights"))
    say = _statements(dump)
    yield say(f"{DCAT}accessURL", iri(f"{iris.base}dump"))
    yield say(f"{DCAT}downloadURL", iri(dump_address(iris)))
    yield say(f"{DCAT}mediaType", iri(f"{_MEDIA}application/n-quads"))
    yield say(f"{DCAT}compressFormat", iri(f"{_MEDIA}application/gzip"))
    for name in ("application/n-quads", "application/gzip"):
        yield iri(_MEDIA + name), f"<{RDF}type>", f"<{DCTERMS}MediaType>"
    yield say(f"{DCTERMS}format", iri(f"{_EU}file-type/RDF_N_QUADS"))
    yield iri(f"{_EU}file-type/RDF_N_QUADS"), f"<{RDF}type>", f"<{DCTERMS}MediaTypeOrExtent>"
    say = _statements(f"{dataset}#query")
    yield say(f"{DCAT}accessURL", iri(f"{iris.base}sparql"))
    yield say(f"{DCAT}accessService", iri(service))
    say = _statements(service)
    yield say(f"{RDF}type", f"<{DCAT}DataService>")
    yield from _in_languages(service, f"{DCTERMS}title", TITLE)
    yield say(f"{DCAT}endpointURL", iri(f"{iris.base}sparql"))
    yield say(f"{DCAT}endpointDescription", iri(f"{iris.base}sparql"))
    yield say(f"{DCAT}servesDataset", iri(dataset))
    yield say(f"{DCTERMS}license", iri(_CC_BY))
    yield say(f"{DCTERMS}conformsTo", "<https://www.w3.org/TR/sparql11-protocol/>")
    standard = "<https://www.w3.org/TR/sparql11-protocol/>"
    yield standard, f"<{RDF}type>", f"<{DCTERMS}Standard>"


def _output_of(graph: str, iris: Iris) -> str:
    return iris.output("") + graph.removeprefix(iris.document_graph(""))


def _namespace(name: str) -> str:
    return name[: max(name.rfind("#"), name.rfind("/")) + 1] or name


def _digest(name: str) -> str:
    """A name for what stands beside `name`, the same in every generation."""
    return hashlib.sha256(name.encode()).hexdigest()[:12]


def _spelt_out(licence: str) -> str:
    """The address of a Creative Commons licence that is named in short: CC-BY-SA-4.0."""
    known = _CREATIVE_COMMONS.fullmatch(licence.strip())
    if known is None:
        return licence
    return f"https://creativecommons.org/licenses/{known[1].lower()}/{known[2]}/"


def _is_iri(value: str) -> bool:
    try:
        iri(value)
    except ValueError:
        return False
    return True

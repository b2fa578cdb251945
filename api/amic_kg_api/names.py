"""Names for people of what the graph and the index call by code: kinds, types, predicates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from amic_kg.graph.terms import BIBO, DCTERMS, MRDI, PREFIXES, PROV, RDF, SCHEMA
from amic_kg.ontology import SKOS
from amic_kg.source_states import QUARANTINE
from amic_kg_api.translations import msgid

KINDS: Mapping[str, str] = {
    "Output": msgid("Document"),
    "Report": msgid("Report"),
    "BachelorThesis": msgid("Bachelor's thesis"),
    "MasterThesis": msgid("Master's thesis"),
    "DoctoralThesis": msgid("Doctoral thesis"),
    "Article": msgid("Article"),
    "Deliverable": msgid("Project deliverable"),
    "Dataset": msgid("Dataset"),
    "ProjectPage": msgid("Project page"),
    "Presentation": msgid("Presentation"),
    "Guide": msgid("Guide"),
    "Newsletter": msgid("Newsletter"),
    "WebPage": msgid("Web page"),
}

COLUMNS: Mapping[str, str] = {
    "by": msgid("By whom"),
    "change": msgid("Change"),
    "class": msgid("Class"),
    "commodity": msgid("Commodity"),
    "company": msgid("Company"),
    "confidence": msgid("Confidence"),
    "context": msgid("Words around"),
    "country": msgid("Country"),
    "creators": msgid("Independent makers"),
    "critical": msgid("Critical in the EU"),
    "distance": msgid("Pages apart"),
    "document": msgid("Document"),
    "documents": msgid("Documents"),
    "entity": msgid("Thing"),
    "factor": msgid("Acceptance factor"),
    "firstOrganization": msgid("First organisation between"),
    "firstProject": msgid("First project"),
    "gap": msgid("What is missing"),
    "group": msgid("Group"),
    "guidance": msgid("Guidance or legislation"),
    "hops": msgid("Hops"),
    "infrastructure": msgid("Laboratory or infrastructure"),
    "item": msgid("What followed"),
    "kind": msgid("What it is"),
    "language": msgid("Language"),
    "link": msgid("Kind of link"),
    "matter": msgid("Environmental matter"),
    "mentions": msgid("Mentions"),
    "method": msgid("Method"),
    "organization": msgid("Organisation"),
    "otherDocument": msgid("Other document"),
    "otherRegion": msgid("Other region"),
    "otherValue": msgid("Other value"),
    "outcome": msgid("Result"),
    "page": msgid("Page"),
    "pages": msgid("Pages"),
    "partner": msgid("Partner"),
    "place": msgid("Place"),
    "portal": msgid("Portal"),
    "practice": msgid("Practice"),
    "programme": msgid("Programme"),
    "project": msgid("Project"),
    "projects": msgid("Projects"),
    "property": msgid("Property"),
    "publisher": msgid("Publisher"),
    "reason": msgid("Reason"),
    "record": msgid("Record there"),
    "region": msgid("Region"),
    "rejected": msgid("Share rejected"),
    "reviewed": msgid("Share reviewed"),
    "secondOrganization": msgid("Second organisation between"),
    "secondProject": msgid("Second project"),
    "shared": msgid("Shared"),
    "site": msgid("Site"),
    "sites": msgid("Sites"),
    "stage": msgid("Stage of the life cycle"),
    "stance": msgid("Stance"),
    "thirdProject": msgid("Third project"),
    "time": msgid("Time"),
    "topic": msgid("Topic"),
    "trl": msgid("Technology readiness (TRL)"),
    "type": msgid("Kind"),
    "value": msgid("Value"),
    "version": msgid("Version"),
    "weight": msgid("Weight"),
    "withoutLicence": msgid("Without a licence"),
    "withoutPage": msgid("Without a page"),
    "withoutQuote": msgid("Without a quote"),
    "words": msgid("Words of the document"),
    "year": msgid("Year"),
}
"""Columns of the answers to competency questions, by the name of the variable."""

TRUTH: Mapping[str, str] = {"true": msgid("Yes"), "false": msgid("No")}

SOURCE_KINDS: Mapping[str, str] = {
    "files": msgid("Files and folders"),
    "web": msgid("Web pages"),
    "oai-pmh": msgid("Repository (OAI-PMH)"),
    "cordis": msgid("Projects of the EU (CORDIS)"),
    "records": msgid("List of references"),
    "sparql": msgid("Linked data (SPARQL)"),
}

RUN_STATES: Mapping[str, str] = {
    "running": msgid("has not ended"),
    "complete": msgid("complete"),
    "interrupted": msgid("interrupted"),
    "broken": msgid("broke off"),
}

FAILURES: Mapping[str, str] = {
    "NoText": msgid("no text that can be read"),
    "EncryptedDocument": msgid("locked by a password"),
    "DamagedDocument": msgid("damaged"),
    "EmptyInput": msgid("empty"),
    "LimitExceeded": msgid("too large or too slow"),
    "UnsupportedFormat": msgid("in a format that is not read"),
    "UnreadableInput": msgid("cannot be opened"),
    "UnreachableSource": msgid("no answer from the source"),
    "NotFound": msgid("not where the source says"),
    "Gone": msgid("taken away by the source"),
    "RefusedAddress": msgid("at an address that is not fetched"),
    "WorkerLost": msgid("the program that read it broke down"),
    "UnexpectedFault": msgid("a fault of this program"),
    "ServiceUnavailable": msgid("a part of the service did not answer"),
    "ServiceDown": msgid("a part of the service did not answer"),
    QUARANTINE: msgid("its description is not valid"),
}
"""Why documents are missing, by class of error."""

WORK_RELATIONS: Mapping[str, str] = {
    "copy": msgid("the same content"),
    "newest": msgid("the latest version"),
    "version": msgid("another version"),
}
WORK_REASONS: Mapping[str, str] = {
    "identifier": msgid("both bear the same identifier"),
    "record": msgid("title, makers and year are the same"),
    "curator": msgid("confirmed by a curator"),
}

TYPES: Mapping[str, str] = {
    "Theme": msgid("Theme"),
    "Method": msgid("Method"),
    "AcceptanceFactor": msgid("Acceptance factor"),
    "StakeholderGroup": msgid("Stakeholder group"),
    "Practice": msgid("Practice"),
    "Commodity": msgid("Commodity"),
    "Mineral": msgid("Mineral"),
    "Rock": msgid("Rock"),
    "LifecycleStage": msgid("Life-cycle stage"),
    "OutputType": msgid("Output type"),
    "FundingProgramme": msgid("Funding programme"),
    "InfrastructureType": msgid("Infrastructure type"),
    "Organization": msgid("Organisation"),
    "Project": msgid("Project"),
    "Place": msgid("Place"),
    "Site": msgid("Site"),
    "WorkPackage": msgid("Work package"),
    "Concept": msgid("Concept of another vocabulary"),
}
"""In the order in which a page shows them."""

GROUPS: Mapping[str, str] = {
    "Theme": msgid("Themes"),
    "Method": msgid("Methods"),
    "AcceptanceFactor": msgid("Acceptance factors"),
    "StakeholderGroup": msgid("Stakeholder groups"),
    "Practice": msgid("Practices"),
    "Commodity": msgid("Commodities"),
    "Mineral": msgid("Minerals"),
    "Rock": msgid("Rocks"),
    "LifecycleStage": msgid("Life-cycle stages"),
    "OutputType": msgid("Output types"),
    "FundingProgramme": msgid("Funding programmes"),
    "InfrastructureType": msgid("Infrastructure types"),
    "Organization": msgid("Organisations"),
    "Project": msgid("Projects"),
    "Place": msgid("Places"),
    "Site": msgid("Sites"),
    "WorkPackage": msgid("Work packages"),
    "Concept": msgid("Concepts of other vocabularies"),
}

WORK_PACKAGES: Mapping[int, tuple[str, str]] = {
    1: (
        msgid("Mining research, development and innovation"),
        msgid("Minerals, methods, mine water, tailings and technology in northern conditions"),
    ),
    2: (
        msgid("Social acceptance of mining"),
        msgid("Trust, reindeer herding, tourism, dust and noise, participation and benefits"),
    ),
    3: (
        msgid("Cooperation of EU mining regions"),
        msgid("Partners, programmes and projects that join the regions of Europe"),
    ),
}

FACETS: Mapping[str, str] = {
    "language": msgid("Language"),
    "kind": msgid("Kind"),
    "year": msgid("Year"),
    "work_package": msgid("Work package"),
    "organization": msgid("Organisation"),
    "place": msgid("Place"),
    "site": msgid("Site"),
    "commodity": msgid("Commodity"),
    "raw_material": msgid("EU list of raw materials"),
    "theme": msgid("Theme"),
    "acceptance_factor": msgid("Acceptance factor"),
    "lifecycle_stage": msgid("Life-cycle stage"),
    "source": msgid("Source"),
    "creator": msgid("Author"),
    "concept": msgid("Named on the page"),
}
EU_LISTS: Mapping[str, str] = {
    "critical": msgid("Critical raw materials"),
    "strategic": msgid("Strategic raw materials"),
}

PREDICATES: Mapping[str, str] = {
    f"{RDF}type": msgid("Type"),
    f"{SKOS}altLabel": msgid("Other names"),
    f"{SKOS}broader": msgid("Broader"),
    f"{SKOS}narrower": msgid("Narrower"),
    f"{SKOS}related": msgid("Related"),
    f"{SKOS}inScheme": msgid("Vocabulary"),
    f"{SKOS}scopeNote": msgid("Note"),
    f"{SKOS}notation": msgid("Notation"),
    f"{SKOS}exactMatch": msgid("Same as"),
    f"{SKOS}closeMatch": msgid("Close to"),
    f"{SKOS}broadMatch": msgid("Broader elsewhere"),
    f"{SKOS}narrowMatch": msgid("Narrower elsewhere"),
    f"{SKOS}relatedMatch": msgid("Related elsewhere"),
    "http://www.w3.org/2002/07/owl#sameAs": msgid("Same as"),
    "http://www.w3.org/2000/01/rdf-schema#seeAlso": msgid("See also"),
    f"{MRDI}euCritical": msgid("Critical raw material of the EU, list of"),
    f"{MRDI}euStrategic": msgid("Strategic raw material of the EU, list of"),
    f"{MRDI}within": msgid("Within"),
    f"{MRDI}locatedIn": msgid("Located in"),
    f"{MRDI}role": msgid("Role"),
    f"{MRDI}partner": msgid("Partner"),
    f"{MRDI}coordinator": msgid("Coordinator"),
    f"{MRDI}participant": msgid("Participant"),
    f"{MRDI}operator": msgid("Operator"),
    f"{MRDI}operatedBy": msgid("Operated by"),
    f"{MRDI}operatorName": msgid("Operator"),
    f"{MRDI}hasCommodity": msgid("Commodities"),
    f"{MRDI}produces": msgid("Produces"),
    f"{MRDI}stage": msgid("Life-cycle stage"),
    f"{MRDI}acronym": msgid("Acronym"),
    f"{MRDI}fundedUnder": msgid("Funding programme"),
    f"{SCHEMA}funder": msgid("Funder"),
    f"{MRDI}call": msgid("Call for proposals"),
    f"{MRDI}euContribution": msgid("EU funding, euros"),
    f"{MRDI}hasParticipation": msgid("EU funding of each partner, euros"),
    f"{MRDI}start": msgid("Start"),
    f"{MRDI}end": msgid("End"),
    f"{MRDI}from": msgid("From"),
    f"{MRDI}to": msgid("To"),
    f"{MRDI}successor": msgid("Succeeded by"),
    f"{MRDI}nutsCode": msgid("NUTS code"),
    f"{MRDI}cordisId": msgid("CORDIS number"),
    f"{MRDI}pic": msgid("PIC code"),
    f"{SCHEMA}identifier": msgid("Identifier"),
    f"{SCHEMA}sameAs": msgid("Same as"),
    "http://www.w3.org/ns/org#subOrganizationOf": msgid("Part of"),
    "http://www.opengis.net/ont/geosparql#hasGeometry": msgid("Coordinates (WGS 84)"),
    f"{MRDI}workPackage": msgid("Work package"),
    f"{MRDI}hasWorkPackage": msgid("Work package"),
    "http://xmlns.com/foaf/0.1/homepage": msgid("Web site"),
    f"{DCTERMS}identifier": msgid("Identifier"),
    f"{DCTERMS}source": msgid("Source"),
    f"{DCTERMS}license": msgid("Licence"),
    f"{DCTERMS}isPartOf": msgid("Part of"),
    f"{BIBO}numPages": msgid("Pages"),
    f"{PROV}wasDerivedFrom": msgid("Derived from"),
    f"{MRDI}reviewStatus": msgid("Review"),
}


INVERSE: Mapping[str, str] = {
    f"{MRDI}partner": msgid("Partner in"),
    f"{MRDI}coordinator": msgid("Coordinates"),
    "https://schema.org/funder": msgid("Funds"),
    f"{MRDI}operator": msgid("Operates"),
    f"{MRDI}fundedUnder": msgid("Projects of the programme"),
    f"{MRDI}hasWorkPackage": msgid("Work package of"),
    "http://www.w3.org/ns/org#subOrganizationOf": msgid("Has as parts"),
    f"{MRDI}hasCommodity": msgid("Sites"),
    f"{MRDI}stage": msgid("Sites at this stage"),
    f"{MRDI}locatedIn": msgid("Located here"),
    f"{MRDI}within": msgid("Places in it"),
}
"""What a thing is to those that point at it, in the order in which a page shows it."""


def short_iri(iri: str) -> str:
    """`mrdi:Report` for an IRI of a known namespace, else what stands after the last / or #."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return local_name(iri)


def term_name(iri: str) -> str:
    """`mrdi:Report`, or `FaBiO Article` where only the vocabulary's name is known."""
    short = short_iri(iri)
    return short if ":" in short else f"{vocabulary_of(iri)} {short}"


def local_name(iri: str) -> str:
    """What stands after the last # or /: a name of last resort."""
    return iri.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


VOCABULARIES_OF_OTHERS: Mapping[str, str] = {
    "http://www.yso.fi/onto/yso/": "YSO",
    "https://data.geoscience.earth/ncl/geoera/": "EGDI",
    "http://resource.geosciml.org/classifier/cgi/": "CGI",
    "http://www.wikidata.org/entity/": "Wikidata",
    "https://www.wikidata.org/": "Wikidata",
    "http://www.eionet.europa.eu/gemet/": "GEMET",
    "http://inspire.ec.europa.eu/": "INSPIRE",
    "http://data.europa.eu/s66#": "EURIO",
    "http://purl.org/spar/fabio/": "FaBiO",
    "http://purl.org/cerif/frapo/": "FRAPO",
    "http://purl.org/ontology/bibo/": "BIBO",
    "http://www.w3.org/ns/org#": "ORG",
    "http://www.w3.org/ns/prov#": "PROV-O",
    "http://www.w3.org/ns/dcat#": "DCAT",
    "http://www.w3.org/ns/oa#": "Web Annotation",
    "http://www.w3.org/2004/02/skos/core#": "SKOS",
    "http://www.opengis.net/ont/geosparql#": "GeoSPARQL",
    "http://xmlns.com/foaf/0.1/": "FOAF",
    "http://purl.org/dc/terms/": "Dublin Core",
    "http://purl.org/dc/elements/1.1/": "Dublin Core",
    "http://id.loc.gov/vocabulary/relators/": "MARC relators",
    "https://schema.org/": "schema.org",
}
"""By the beginning of their IRIs; these are proper names, the same in every language."""

_CREATIVE_COMMONS = re.compile(
    r"https?://creativecommons\.org/(?:licenses|publicdomain)/([a-z-]+)/([\d.]+)"
)


def vocabulary_of(iri: str) -> str:
    """What the vocabulary of an IRI is called; the host's name for one that is not known."""
    for beginning, name in VOCABULARIES_OF_OTHERS.items():
        if iri.startswith(beginning):
            return name
    return urlsplit(iri).hostname or iri


def licence_name(licence: str) -> str:
    """`CC BY 4.0`, `MIT` for the addresses of these; any other stays as it is written."""
    if licence.startswith("https://opensource.org/license/"):
        return local_name(licence).upper()
    found = _CREATIVE_COMMONS.match(licence)
    if not found:
        return licence
    kind, version = found.groups()
    return f"{'CC0' if kind == 'zero' else 'CC ' + kind.upper()} {version}"

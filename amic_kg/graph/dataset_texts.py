"""What the entry of the dataset says in words, in the three languages of the site."""

from __future__ import annotations

from collections.abc import Mapping

Texts = Mapping[str, str]

TITLE: Texts = {
    "fi": "AMIC-KG: kaivannaisalan asiakirjojen tietograafi",
    "en": "AMIC-KG: knowledge graph of documents about mining",
    "sv": "AMIC-KG: kunskapsgraf över dokument om gruvdrift",
}
DESCRIPTION: Texts = {
    "fi": (
        "Mitä Lapin ja Pohjois-Karjalan kaivannaisalaa koskevissa asiakirjoissa sanotaan: aiheet, "
        "kaivokset, organisaatiot, hankkeet ja väitteet, kukin sivuineen ja lainauksineen. "
        "Mukana ovat sanastot ja rekisteri suomeksi, englanniksi ja ruotsiksi."
    ),
    "en": (
        "What documents about mining in Lapland and North Karelia say: topics, mines, "
        "organisations, projects and statements, each with its page and quotation. "
        "With vocabularies and a registry in Finnish, English and Swedish."
    ),
    "sv": (
        "Vad dokument om gruvdrift i Lappland och Norra Karelen säger: ämnen, gruvor, "
        "organisationer, projekt och påståenden, vart och ett med sida och citat. "
        "Med vokabulärer och register på finska, engelska och svenska."
    ),
}
KEYWORDS: Mapping[str, tuple[str, ...]] = {
    "fi": ("kaivostoiminta", "geologia", "Lappi", "Pohjois-Karjala"),
    "en": ("mining", "geology", "Lapland", "North Karelia"),
    "sv": ("gruvdrift", "geologi", "Lappland", "Norra Karelen"),
}
RIGHTS: Texts = {
    "fi": (
        "Tämän palvelun kuvaukset, sanastot ja rekisteri ovat CC BY 4.0 -lisenssillä. "
        "Asiakirjojen nimekkeet, tiivistelmät ja lainaukset ovat asiakirjojen omien ehtojen "
        "alaisia: ne on ilmoitettu kunkin nimetyn graafin kohdalla."
    ),
    "en": (
        "Descriptions, vocabularies and registry of this service are under CC BY 4.0. "
        "Titles, abstracts and quotations of documents are under the terms of those documents, "
        "which are told for each named graph."
    ),
    "sv": (
        "Tjänstens beskrivningar, vokabulärer och register omfattas av CC BY 4.0. "
        "Dokumentens titlar, sammanfattningar och citat omfattas av dokumentens egna villkor, "
        "som anges för varje namngiven graf."
    ),
}
RIGHTS_NOT_STATED: Texts = {
    "fi": "Lähde ei ilmoita asiakirjan käyttöehtoja.",
    "en": "The source does not state the terms of the document.",
    "sv": "Källan anger inte dokumentets villkor.",
}
KIND_TITLES: Mapping[str, Texts] = {
    "document": {
        "fi": "Asiakirjat, kukin omana graafinaan",
        "en": "Documents, each a graph of its own",
        "sv": "Dokument, vart och ett som en egen graf",
    },
    "vocab": {"fi": "Sanastot", "en": "Vocabularies", "sv": "Vokabulärer"},
    "registry": {
        "fi": "Rekisteri: organisaatiot, paikat, kaivokset, hankkeet",
        "en": "Registry: organisations, places, mines, projects",
        "sv": "Register: organisationer, platser, gruvor, projekt",
    },
    "ontology": {"fi": "Ontologia", "en": "Ontology", "sv": "Ontologi"},
    "closures": {
        "fi": "Sanastojen hierarkiat loppuun asti seurattuina",
        "en": "Hierarchies of the vocabularies, followed to their ends",
        "sv": "Vokabulärernas hierarkier, följda till slutet",
    },
    "works": {
        "fi": "Mitkä asiakirjat ovat sama teos",
        "en": "Which documents are one work",
        "sv": "Vilka dokument som är samma verk",
    },
    "external": {
        "fi": "Muiden sanastot",
        "en": "Vocabularies of others",
        "sv": "Andras vokabulärer",
    },
    "examples": {
        "fi": "Esimerkkikyselyt",
        "en": "Example queries",
        "sv": "Exempelfrågor",
    },
}
PUBLISHER_NAME = "AMIC-KG contributors"
CONTACT_NAME = "AMIC-KG"

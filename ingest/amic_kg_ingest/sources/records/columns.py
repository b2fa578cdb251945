"""Names of columns, in Finnish, English and Swedish, to what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping

MEANINGS: Mapping[str, str] = {
    "title": "title",
    "subtitle": "subtitle",
    "otherTitle": "title.alternative",
    "creator": "contributor.author",
    "contributor": "contributor.editor",
    "supervisor": "contributor.advisor",
    "publisher": "publisher",
    "issued": "date.issued",
    "type": "type",
    "language": "language",
    "subject": "subject",
    "abstract": "description.abstract",
    "isPartOf": "relation.ispartof",
    "number": "relation.numberinseries",
    "doi": "identifier.doi",
    "urn": "identifier.urn",
    "url": "identifier.url",
    "isbn": "identifier.isbn",
    "issn": "relation.issn",
    "degree": "degree.name",
    "license": "rights",
    "accessRights": "rights",
    "embargo": "date.embargo",
    "key": "key",
    "file": "file",
    "ignore": "",
}
"""What a column can hold, as `[options.columns]` names it, to the field of a record."""

_NAMES = """
title|nimi|nimeke|otsikko|titel|rubrik|julkaisun nimi|työn nimi|publication title|article title
title|name of publication|päänimeke|teoksen nimi|opinnäytetyön nimi|huvudtitel
subtitle|alanimeke|alaotsikko|undertitel|underrubrik
otherTitle|alternative title|alt title|parallel title|rinnakkaisnimeke|parallelltitel
creator|author|authors|tekijä|tekijät|kirjoittaja|kirjoittajat|författare|upphov|creators
creator|author(s)|tekijä(t)|laatija|laatijat|upphovsman|author name|author names|author full names
contributor|editor|editors|toimittaja|toimittajat|redaktör|redaktörer|contributors
supervisor|supervisors|ohjaaja|ohjaajat|handledare|advisor
publisher|julkaisija|kustantaja|utgivare|förlag|institution|organisaatio|organisation|organization
issued|year|vuosi|julkaisuvuosi|år|utgivningsår|date|päivämäärä|julkaistu|published|publication year
issued|pvm|datum|julkaisuaika|publication date|date of publication|ilmestymisvuosi
type|tyyppi|julkaisutyyppi|typ|publikationstyp|publication type|laji|aineistotyyppi|document type
type|item type|material type|genre|type coar
language|kieli|språk|julkaisukieli|lang
subject|keywords|keyword|avainsanat|avainsana|asiasanat|asiasana|nyckelord|ämnesord|subjects|tags
subject|aiheet|tunnisteet|author keywords|manual tags
abstract|tiivistelmä|kuvaus|sammandrag|abstrakt|description|beskrivning|summary|yhteenveto
abstract|abstract note
isPartOf|series|sarja|julkaisusarja|serie|journal|lehti|tidskrift|source title|julkaisukanava
isPartOf|container title|journal title|lehden nimi
number|sarjanumero|series number|numero sarjassa|nummer i serien
doi|doi-tunnus|doi number
urn|urn:nbn|urn-tunnus
url|linkki|link|länk|osoite|verkko-osoite|web|www|uri|handle|pysyvä osoite|permalink|identifier
url|tunniste|adress|saatavilla
isbn|isbn-tunnus|isbn-13|e-isbn|p-isbn
issn|issn-tunnus|e-issn|p-issn
degree|tutkinto|koulutus|koulutusohjelma|examen|degree programme|utbildning
license|licence|lisenssi|licens|rights|oikeudet|rättigheter|käyttöoikeus
accessRights|access|saatavuus|tillgång|open access|avoin saatavuus|access rights|tillgänglighet
embargo|embargo end|embargo päättyy
key|id|tunnus|citekey|citation key|viiteavain|record id|nro|nr|no|no.
file|path|tiedosto|polku|fil|filename|tiedostonimi|file name|pdf|file attachments|liite|sökväg
"""
_BY_NAME = {
    name: line.split("|")[0] for line in _NAMES.strip().splitlines() for name in line.split("|")
} | {meaning.casefold(): meaning for meaning in MEANINGS if meaning != "ignore"}

_LANGUAGE = re.compile(r"(.+?)\s*[\s_@\[(:/.-]\s*(fi|fin|en|eng|sv|swe|suomeksi|englanniksi)[\])]?")
_IN_WORDS = {"suomeksi": "fi", "englanniksi": "en"}


def read_column(name: str, own: Mapping[str, str]) -> tuple[str, str] | None:
    """(field, language) of a column, such as ("description.abstract", "en") for "Abstract (en)".

    `own` are the names that the declaration gives, as they stand there. None for a name that is
    not known; the field is empty for a column that is to be left out.
    """
    told = _folded(name)
    for column, meaning in own.items():
        if _folded(column) == told:
            return MEANINGS[meaning], ""
    if known := _BY_NAME.get(told) or _BY_NAME.get(re.sub(r"[_.-]", " ", told)):
        return MEANINGS[known], ""
    match = _LANGUAGE.fullmatch(told)
    if match and (known := _BY_NAME.get(match[1].strip())):
        return MEANINGS[known], _IN_WORDS.get(match[2], match[2])
    return None


def _folded(name: str) -> str:
    text = re.sub(r"\s+", " ", name.strip(" \t\r\n\ufeff*:\"'")).casefold()
    return re.sub(r"^(?:dc|dcterms)[.:]", "", text)

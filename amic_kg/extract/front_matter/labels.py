"""The words that title pages, imprints and description sheets put before a value, in fi, en, sv."""

from __future__ import annotations

import re
from dataclasses import dataclass

Label = str
"""A FieldName, or one of OTHER: what a label announces."""

OTHER = "other"
"""A label whose value is none of ours; it ends the value before it."""

_WORDS: dict[Label, str] = {
    "creator": """
        tekijä|tekijät|laatija|laatijat|kirjoittaja|kirjoittajat|opinnäytetyön tekijä|työn tekijä|
        opinnäytetyön tekijät|työn tekijät|raportin laatija|raportin laatijat|väittelijä|
        raportin tekijä|raportin tekijät|raportin kirjoittajat|tekijän nimi|julkaisun tekijät|
        opiskelija|opiskelijat|artikkelin kirjoittajat|teksti|tekstit|
        author|authors|author name|name of author|name of the author|author of thesis|written by|
        author of the thesis|prepared by|student|students|by|lead author|lead authors|
        main author|main authors|report authors|compiled by|text|corresponding author|
        creator|creators|data author|data authors|
        doctoral candidate|candidate|first author|deliverable author|deliverable authors|
        författare|författaren|skribent|skribenter|rapportförfattare|författarens namn|
        sammanställd av|studerande|av|upphovsman|skribentens namn|respondent""",
    "contributor": """
        toimittaja|toimittajat|toimittanut|toimittaneet|toimituskunta|toimitus|tarkastaja|
        tarkastajat|työn tarkastaja|esitarkastaja|esitarkastajat|vastaväittäjä|arvioija|arvioijat|
        editor|editors|edited by|examiner|examiners|examined by|opponent|reviewer|reviewers|
        pre-examiner|pre-examiners|reviewed by|contributor|contributors|contributing authors|
        redaktör|redaktörer|redaktion|granskare|examinator|förhandsgranskare|opponent och granskare|
        redigerad av|kustos|custos""",
    "supervisor": """
        ohjaaja|ohjaajat|työn ohjaaja|työn ohjaajat|opinnäytetyön ohjaaja|opinnäytetyön ohjaajat|
        työn ohjaaja yliopistolla|työn ohjaaja yrityksessä|
        ohjaava opettaja|ohjaavat opettajat|ohjaajan nimi|pääohjaaja|valvoja|työn valvoja|
        työn valvojat|valvojat|ohjaava professori|vastuuohjaaja|työnohjaaja|
        supervisor|supervisors|supervised by|thesis supervisor|thesis supervisors|advisor|advisors|
        thesis advisor|thesis advisors|adviser|supervising professor|supervising teacher|
        instructor|instructors|tutor|name of supervisor|supervisor of thesis|
        handledare|handledaren|arbetets handledare|huvudhandledare|examensarbetets handledare|
        handledarens namn|övervakare|supervisor from arcada|supervisor (arcada)|
        handledare (arcada)""",
    "publisher": """
        julkaisija|julkaisijat|kustantaja|kustantajat|julkaisija ja kustantaja|kustannus|
        julkaisun kustantaja|julkaisupaikka ja julkaisija|
        publisher|publishers|published by|issued by|
        utgivare|utgivaren|förlag|förläggare|utgiven av|publicerad av|utgivet av|
        utgivare och förläggare""",
    "commissioner": """
        toimeksiantaja|toimeksiantajat|työn tilaaja|tilaaja|tilaajat|selvityksen tilaaja|
        työn toimeksiantaja|opinnäytetyön toimeksiantaja|toimeksiantajaorganisaatio|
        toimeksiantajan nimi|asiakas|
        hankkeesta vastaava|hankevastaava|projektansvarig|
        commissioner|commissioned by|commissioning organisation|commissioning organization|
        client|client organisation|client organization|assigned by|
        uppdragsgivare|uppdragsgivaren|beställare|beställd av|arbetets beställare|
        på uppdrag av""",
    "year": """
        julkaisuaika|julkaisuvuosi|vuosi|päivämäärä|päiväys|julkaisupäivä|julkaisuajankohta|
        julkaistu|aika|pvm|päivämäärä ja vuosi|kuukausi ja vuosi|ajankohta|valmistumisvuosi|
        työn valmistumisvuosi|
        kuukausi-vuosi|aika ja paikka|
        date|year|publication year|year of publication|publication date|date of publication|
        published|issue date|month and year|publishing date|date of issue|submission date|
        actual submission date|date and year|
        år|datum|utgivningsår|publiceringsdatum|utgivningstid|utgivningsdatum|utgiven|
        publiceringsår|månad och år|tidpunkt|utgivningstidpunkt|tid""",
    "title": """
        työn nimi|opinnäytetyön nimi|julkaisun nimi|nimeke|raportin nimi|opinnäytteen nimi|
        otsikko|tutkielman nimi|työn otsikko|opinnäytetyön otsikko|julkaisun otsikko|teos|
        dataset title|data set title|title of dataset|title of the dataset|subject of thesis|
        aineiston nimi|title|title of thesis|title of the thesis|thesis title|name of thesis|
        title of publication|title of the publication|publication title|title of report|
        report title|title of the report|deliverable title|name of the thesis|
        title of dissertation|original title|document title|title of deliverable|deliverable name|
        arbetets namn|arbetets titel|titel|publikationens titel|publikationens namn|rubrik|
        examensarbetets titel|rapportens titel|avhandlingens titel|namn|lärdomsprovets namn""",
    "subtitle": """
        alaotsikko|alanimeke|subtitle|undertitel|underrubrik""",
    "series": """
        sarja|julkaisusarja|julkaisusarjan nimi ja numero|sarjan nimi ja numero|sarjan nimi|
        julkaisusarjan nimi|julkaisusarja ja numero|sarja ja numero|julkaisun sarja|
        series|series title|name and number of series|series name and number|publication series|
        series title and number|title and number of series|publication series and number|
        publication series name and number|series and number|arkistosarjan nimi|arkistosarja|
        serie|publikationsserie|seriens namn och nummer|publikationsseriens namn och nummer|
        publikationsserie och nummer|seriens namn""",
    "series_number": """
        sarjanumero|arkistotunnus|sarjan numero|numero sarjassa|series number|number in series|
        serienummer""",
    "degree": """
        tutkinto|tutkintonimike|tutkinnon nimi|degree|degree title|name of degree|degree awarded|
        examen|examensbenämning|examensnamn""",
    "programme": """
        koulutusohjelma|koulutus|tutkinto-ohjelma|koulutusala|opintosuunta|pääaine|oppiaine|
        suuntautumisvaihtoehto|koulutusohjelma ja suuntautumisvaihtoehto|maisteriohjelma|
        degree programme|degree program|programme|program|study programme|
        major|major subject|master's programme|education programme|degree programme and option|
        field of study|
        utbildning|utbildning och ort|utbildningsprogram|examensprogram|utbildningslinje|
        inriktningsalternativ|
        huvudämne|läroämne|studieinriktning""",
    "keyword": """
        avainsanat|asiasanat|avainsana|hakusanat|asia- ja avainsanat|avainsanat (asiasanat)|
        avainsanat/asiasanat|asiasana|
        keywords|key words|keyword|subject headings|descriptors|index terms|
        nyckelord|ämnesord|sökord|nyckelord (ämnesord)|nyckelbegrepp""",
    "project": """
        hanke|projekti|hankkeen nimi|projektin nimi|projektin lyhenne|hankkeen lyhenne|
        project|project name|project title|project acronym|name of project|acronym|
        projekt|projektets namn|projektnamn""",
    "kind": """
        julkaisun laji|tyyppi|opinnäytetyön laji|opinnäytteen laji|työn laji|raportin laji|
        julkaisutyyppi|
        laji|opinnäytetyön tyyppi|tutkielman laji|julkaisun tyyppi|
        type of publication|type of thesis|thesis type|publication type|document type|
        type of document|type of report|type|kind of publication|deliverable type|
        typ av publikation|publikationstyp|typ av examensarbete|arbetets art|arbetets typ|
        publikationens art|typ""",
    "language": """
        kieli|julkaisun kieli|julkaisukieli|työn kieli|opinnäytetyön kieli|
        language|language of publication|thesis language|
        språk|publikationens språk|arbetets språk""",
    OTHER: """
        sivumäärä|sivuja|sivut|sivu- ja liitesivumäärä|sivuja yhteensä|sivumäärä ja liitteet|
        liitteet|liitteiden lukumäärä|liitesivumäärä|luottamuksellisuus|verkkojulkaisulupa|
        verkkojulkaisulupa myönnetty|tiivistelmä|isbn|issn|isbn (pdf)|issn (pdf)|isbn pdf|issn pdf|
        isbn (nid.)|isbn (painettu)|isbn (verkkojulkaisu)|issn (verkkojulkaisu)|issn (painettu)|
        urn|doi|pysyvä osoite|julkaisun osoite|url|http|www-osoite|osoite|yksikkö|tiedekunta|laitos|
        osasto|korkeakoulu|oppilaitos|organisaatio|toimiala|opinnäytetyö|kannen kuva|kansikuva|
        kuvat|kuva|lähde|photo|foto|source|källa|kannet|taitto|ulkoasu|paino|painopaikka|painatus|
        graafinen suunnittelu|kuvitus|
        valokuvat|kansi|julkaisun myynti|julkaisun jakaja|myynti|jakelu|hinta|rahoittaja|rahoitus|
        muut tiedot|lisätietoja|yhteyshenkilö|yhteystiedot|sähköposti|puhelin|puh|käyttöoikeus|
        raportin tila|tila|metatiedot|julkisuus|karttalehti|projektinumero|diaarinumero|
        salassapito|
        muu materiaali|säilytyspaikka|säilytysaika|abstract|summary|pages|number of pages|
        page count|pages and appendices|appendices|number of appendices|confidentiality|
        permission for web publication|due date of deliverable|
        contractual delivery date|actual delivery date|dissemination level|due date|version|
        status|work package|
        lead beneficiary|grant agreement|grant agreement no|grant agreement number|funding|funder|
        faculty|department|school|unit|university|affiliation|affiliations|address|
        cover photo|cover image|cover|photos|photographs|layout|graphic design|printed by|printing|
        printed at|printing house|contact|contact person|email|e-mail|tel|phone|distribution|
        citation|to cite this article|please cite the original version|cite this article as|
        how to cite|copyright|license|licence|rights|journal|volume|issue|start date|duration|
        call|topic|coordinator|project coordinator|partners|document id|reference|contract|
        responsible partner|contractual date|deliverable number|deliverable no|deliverable|
        contents|table of contents|references|acknowledgements|introduction|received|accepted|
        sidantal|sidor|sidoantal|bilagor|antal sidor|sidantal och bilagor|sammandrag|referat|
        abstrakt|sammanfattning|fakultet|enhet|institution|högskola|läroverk|pärmbild|omslag|
        omslagsbild|foton|fotografier|ombrytning|tryckeri|tryckort|grafisk form|konfidentialitet|
        beställningar|distribution och försäljning|finansiering|finansiär|kontakt|kontaktperson|
        identifikationsnummer|datum för godkännande|tillstånd för webbpublicering|förvaras|
        arkiv|huomautukset|anmärkningar|remarks|notes|kokonaissivumäärä|total pages|totalsidantal|
        julkaisun teema|tema|theme|kustannuspaikka|julkaisun kesto|esittelijä|
        yva-konsultti|konsultti|yhteysviranomainen|painos|upplaga|tryck|kartor|kartat|viittausohje|
        drawings|piirrokset|teckningar|hyväksyjä|approved by|publication date of data""",
}

_PLURAL = r"(?:\s?\((?:t|s|n|er|a|en|it)\)|/t\b|/s\b|/er\b|:t\b)?"
_BETWEEN = r"\s*(?:/|\||–|—|-|,)\s*"


def _labels() -> dict[str, Label]:
    return {
        " ".join(label.split()): field
        for field, words in _WORDS.items()
        for label in words.split("|")
    }


_FIELDS = _labels()
_ANY = "|".join(
    re.escape(label) for label in sorted(_FIELDS, key=lambda label: (-len(label), label))
)
_ONE = rf"(?:{_ANY}){_PLURAL}"
_START = re.compile(rf"(?P<first>{_ANY}){_PLURAL}(?:{_BETWEEN}{_ONE})*(?=\W|$)", re.IGNORECASE)
_INNER = re.compile(
    rf"(?:(?<=\s\s)|(?<=\t)|(?<=[;.|]\s)|(?<=\S\s))(?P<first>{_ANY}){_PLURAL}\s*:(?!//)",
    re.IGNORECASE,
)
_ROW = re.compile(rf"(?P<first>{_ANY}){_PLURAL}(?=\s|$)\s*", re.IGNORECASE)

# Words that open a sentence or stand alone on a cover as well as before a value: they need a colon.
_COLON_WORDS = (
    "by av text teksti tekstit namn aika tid tila teos laji typ type tyyppi kansi cover www http "
    "copyright "
    "published utgiven julkaistu kontakt contact arkiv status hinta version call topic reference "
    "rights journal volume issue unit program programme received "
    "accepted koulutus kustannus client asiakas toimitus acronym theme tema tutor major degree "
    "examen"
)
_COLON_ONLY = frozenset(_COLON_WORDS.split())


_SIGN = re.compile(r"\s*(?::|\.{3,}|=|\t|\s{2,}|\s[–—-]\s)\s*")
_ASIDE = re.compile(r"\s*\([^()]{6,80}\)\s*(?::\s*|$)")
_SECTION = re.compile(r"\s+[A-Z](?:\d|[.:,\s]|$)")


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label at the beginning of a line: what it announces, and where the value begins.

    `colon`: the label is marked off by a colon, or stands alone; else only a blank follows it.
    """

    field: Label
    value: int
    colon: bool


def read_label(text: str) -> LabelMatch | None:
    """The label that `text` begins with."""
    if not text[:1].isupper() and ":" not in text[:60]:
        return None
    match = _START.match(text)
    if match is None:
        return None
    first = _plain(match["first"])
    field = _FIELDS[first]
    rest = text[match.end() :]
    aside = _ASIDE.match(rest)
    if aside:
        # "Asiasanat (kohde, menetelmät jne.)" tells how to fill the sheet in.
        return LabelMatch(field, match.end() + aside.end(), True)
    sign = _SIGN.match(rest)
    if sign:
        marked = ":" in sign.group() or len(sign.group()) > 1 or not rest.strip()
        return LabelMatch(field, match.end() + sign.end(), marked)
    # "Sarja B. Tutkimusraportit" is the series itself.
    itself = field == "series" and _SECTION.match(rest)
    if first in _COLON_ONLY or itself or not (not rest.strip() or rest[0].isspace()):
        return None
    return LabelMatch(field, len(text) - len(rest.lstrip()), not rest.strip())


def inner_labels(text: str) -> list[tuple[int, LabelMatch]]:
    """Further labels with a colon inside a line: (where the label begins, label)."""
    found = []
    for match in _INNER.finditer(text):
        if not match["first"][:1].isupper():
            continue
        blank = re.match(r"\s*", text[match.end() :])
        value = match.end() + (blank.end() if blank else 0)
        found.append((match.start(), LabelMatch(_FIELDS[_plain(match["first"])], value, True)))
    return found


def label_row(text: str) -> list[Label]:
    """The fields of a line that is nothing but two or more labels, the head of a table."""
    fields = []
    position = 0
    while position < len(text):
        match = _ROW.match(text, position)
        if match is None:
            return []
        fields.append(_FIELDS[_plain(match["first"])])
        position = match.end()
    return fields if len(fields) > 1 else []


def _plain(label: str) -> str:
    """A label as matched, as the list has it: a search without case takes "ı" and "ſ" too."""
    return label.casefold().replace("\u0131", "i").replace("\u0307", "")


_ENGLISH = re.compile(
    r"\b(?:title|thesis|key ?words?|subject headings|descriptors|index terms|publication|report|"
    r"author|supervisor|deliverable|dissertation|name of|document)\b"
)
_SWEDISH = re.compile(
    r"arbetets|titel|nyckel|ämnesord|sökord|rubrik|publikationens|rapportens|namn\b"
)


def label_language(label: str) -> str:
    """The language of a label of title or keywords: "avainsanat" is "fi"."""
    folded = label.lower()
    if _SWEDISH.search(folded):
        return "sv"
    return "en" if _ENGLISH.search(folded) else "fi"

"""Fixed words of the layouts in the three languages, and dates written out."""

SAMPLE_LINE = {
    "fi": "Näyteteksti: kirjoitettu AMIC-KG:n esimerkkiaineistoon. Teksti ei ole minkään siinä "
    "mainitun organisaation julkaisu.",
    "en": "Sample text: written for AMIC-KG. It is not a publication of any organisation "
    "named in it.",
    "sv": "Exempeltext: skriven för AMIC-KG. Texten är inte en publikation av någon av de "
    "organisationer som nämns.",
}

SAMPLE_SHORT = {
    "fi": "AMIC-KG:n näyteteksti",
    "en": "Sample text for AMIC-KG",
    "sv": "Exempeltext för AMIC-KG",
}

ABSTRACT = {"fi": "Tiivistelmä", "en": "Abstract", "sv": "Sammandrag"}
KEYWORDS = {"fi": "Asiasanat", "en": "Keywords", "sv": "Ämnesord"}
CONTENTS = {"fi": "Sisällys", "en": "Contents", "sv": "Innehåll"}
PAGE = {"fi": "Sivu", "en": "Page", "sv": "Sida"}
TABLE = {"fi": "Taulukko", "en": "Table", "sv": "Tabell"}
AUTHOR = {"fi": "Tekijä", "en": "Author", "sv": "Författare"}
PUBLISHED = {"fi": "Ajankohta", "en": "Date", "sv": "Datum"}
LICENCE = {"fi": "Käyttöoikeus", "en": "Licence", "sv": "Licens"}
KIND = {"fi": "Laji", "en": "Type", "sv": "Typ"}
TITLE = {"fi": "Nimi", "en": "Title", "sv": "Titel"}
LANGUAGE = {"fi": "Kieli", "en": "Language", "sv": "Språk"}

TYPES = {
    "Report": {"fi": "Raportti", "en": "Report", "sv": "Rapport"},
    "BachelorThesis": {
        "fi": "Opinnäytetyö (AMK), esimerkki",
        "en": "Bachelor's thesis, example",
        "sv": "Examensarbete (YH), exempel",
    },
    "MasterThesis": {
        "fi": "Pro gradu -tutkielma, esimerkki",
        "en": "Master's thesis, example",
        "sv": "Pro gradu-avhandling, exempel",
    },
    "Article": {"fi": "Artikkeli", "en": "Article", "sv": "Artikel"},
    "Deliverable": {"fi": "Hanketuotos", "en": "Deliverable", "sv": "Projektleverans"},
    "Dataset": {"fi": "Aineistokuvaus", "en": "Data description", "sv": "Databeskrivning"},
    "ProjectPage": {"fi": "Hankesivu", "en": "Project page", "sv": "Projektsida"},
    "Presentation": {"fi": "Esitys", "en": "Presentation", "sv": "Presentation"},
    "Guide": {"fi": "Opas", "en": "Guide", "sv": "Handledning"},
    "Newsletter": {"fi": "Uutiskirje", "en": "Newsletter", "sv": "Nyhetsbrev"},
}

_MONTHS = {
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu "
    "lokakuu marraskuu joulukuu",
    "en": "January February March April May June July August September October November December",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}


def month(issued: str, lang: str) -> str:
    """`2017-05` as `toukokuu 2017`, `May 2017`, `maj 2017`."""
    year, _, number = issued.partition("-")
    return f"{_MONTHS[lang].split()[int(number) - 1]} {year}"

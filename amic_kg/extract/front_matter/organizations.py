"""Organisations as title pages name them: by the registry's labels, by shape, by known schools."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amic_kg.ontology import Vocabulary

_SHAPE = re.compile(
    r"\b(?:oy|oyj|ab|abp|ltd|plc|inc|gmbh|s\.?a|r\.?y|rf|university|universitet(?:et)?|yliopisto|"
    r"\w*ammattikorkeakoulu|\w*korkeakoulu|amk|uas|college|institute|\w*instituutti|institutet|"
    r"\w*tutkimuskeskus|\w*keskus|ministry|\w*ministeriö|\w*ministeriet|centre|center|"
    r"\w*centralen|\w*högskola|\w*högskolan|akademi|academy|authority|confederation|federation|survey|agency|\w*virasto|\w*verket|"
    r"\w*styrelsen|"
    r"\w*hallitus|\w*laitos|council|commission|\w*komissio|kommissionen|company|\w*yhtiö|"
    r"\w*liitto|\w*yhdistys|\w*opisto|\w*akatemia|\w*biblioteket|\w*kirjasto|"
    r"\w*förbund|association|foundation|\w*säätiö|stiftelse|kaupunki|kunta|kommun|stad|"
    r"press|förlag|publishing|publishers|\w*kustannus|elsevier|springer|mdpi|wiley|"
    r"\w*byrå|\w*toimisto|\w*rådet|\w*neuvosto|\w*konttori|\w*kontoret|\w*seura|\w*kamari|"
    r"ely-keskus|consortium|klusteri|\w*kluster|cluster|digipolis|museo|\w*forskningscentral)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"^(?:\d{1,2}|[a-h*†‡])\s?(?=[A-ZÅÄÖ])")
"""A footnote mark before an affiliation."""

_ASIDE = re.compile(r"\s*\([^()]*\)$|\s(?:[A-ZÅÄÖ]{2,6}|\|.*)$|\s?(?<!-)[,/]\s.*$")
_COMPANY = re.compile(r"\s(?:OYJ?|ABP?|LTD|RY|RF|PLC|INC)$")
_GOES_ON = re.compile(
    r"\s(?:of|for|för|in|on|på|i)\s(?!.*\b(?:is|are|the case)\b)|\s[A-ZÅÄÖ][\wåäö]+(?:\s|$)"
)
"""What may follow the word that makes a name one of an organisation."""

_SMALL_WORDS = (
    "OF THE AND FOR IN JA OCH YLIOPISTO AMMATTIKORKEAKOULU UNIVERSITET HÖGSKOLA YRKESHÖGSKOLA "
    "LAITOS "
    "TUTKIMUSKESKUS TEKNILLINEN KORKEAKOULU KAUPUNKI KUNTA"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_INDEFINITE = re.compile(r"(?:An?|Ett?|En|Case|From|How|Mot|Kohti|Towards?)\s")
_GENERIC = (
    "university",
    "university of applied sciences",
    "institute",
    "centre",
    "center",
    "college",
    "company",
    "commission",
    "agency",
    "council",
    "press",
    "yliopisto",
    "ammattikorkeakoulu",
    "laitos",
    "keskus",
)

_BEGUN = re.compile(
    r"(?:the )?(?:ministry|centre|center|institute|council|agency|academy|confederation|"
    r"association|federation) (?:of|for)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"(?:(?:and|of|for|the|in|AND|OF|FOR|THE|IN) )*[A-ZÅÄÖ][\w-]+"
    r"(?:(?: (?:and|of|for|the|in|AND|OF|FOR|THE|IN)){0,2} [A-ZÅÄÖ][\w-]+){0,4}"
)
_UNIT = re.compile(
    r"\b(?:faculty|department|school of|division|unit|laboratory|\w*yksikkö|\w*osasto|"
    r"tiedekunta|\w*tiedekunta|fakultet(?:en)?|institution(?:en)?|enhet(?:en)?|avdelning(?:en)?|"
    r"\w*laitos|toimiala|tekniikan ala|ala$)(?=\W|$)",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÅÄÖ][\wåäö-]*"
_SCHOOL_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_CAPITAL}\s){{1,3}}(?:[Aa]mmattikorkeakoulu|AMMATTIKORKEAKOULU)\b(?:\s(?:Oy|Ab))?",
        rf"\b{_CAPITAL}-?ammattikorkeakoulu\b",
        rf"\b(?:{_CAPITAL}\s){{1,2}}(?:(?:teknillinen|TEKNILLINEN)\s)?(?:[Yy]liopisto|YLIOPISTO)\b"
        r"(?:\sLUT\b)?",
        rf"\b(?:{_CAPITAL}-yliopisto|LUT-yliopisto|LAB-ammattikorkeakoulu|"
        r"Tekniska universitetet)\b",
        r"\b(?:[A-Z][\w-]*\s(?:(?:of|and|for)\s)?){0,4}University(?:\sof(?:\sthe)?"
        r"(?:\s(?:and|of|in|for)?\s?[A-Z][\wåäö]*){1,6}(?:\s[A-Z]{2,5}\b)?)?(?:\sPress\b)?",
        r"\bUNIVERSITY OF (?:THE )?[A-ZÅÄÖ]+(?: [A-ZÅÄÖ]+){0,3}\b|\b[A-ZÅÄÖ]+ UNIVERSITY\b",
        r"\b[A-ZÅÄÖ]+(?:-[A-ZÅÄÖ]+)? UNIVERSITY OF (?:APPLIED SCIENCES|TECHNOLOGY(?: LUT)?)\b",
        rf"\b(?:{_CAPITAL}\s){{1,2}}[Uu]niversitet\b|\b[A-ZÅÄÖ]+ UNIVERSITET\b",
        rf"\bYrkeshögskolan\s{_CAPITAL}(?:\sAb)?|\b{_CAPITAL}\s[Yy]rkeshögskola\b|"
        rf"\bHögskolan på Åland\b",
        r"\b[A-ZÅÄÖ][\wåäö-]*n\s(?:AMK|amk)\b|\b(?:Turku|LAB|Metropolia|Laurea)\s(?:AMK|UAS)\b",
        r"\b[A-Z][a-z]+\sUAS\b|\bLAPIN AMK\b",
        r"\bÅbo Akademis förlag\b|\bÅbo Akademi\b(?:\sUniversity(?:\sPress)?\b)?|\bÅBO AKADEMI\b",
        r"\b(?:Taideyliopiston )?Sibelius-Akatemia\b|\bSibelius[ -]Academy\b|\bTaideyliopisto\b",
        r"\b(?:Svenska handelshögskolan|Hanken(?: School of Economics)?|Konstuniversitetet"
        r"|Maanpuolustuskorkeakoulu|Poliisiammattikorkeakoulu|Polisyrkeshögskolan"
        r"|Teknillinen korkeakoulu|(?:[A-Z]\w+\s)?School of Economics|Novia|Arcada)\b",
        r"\b(?:Metropolia|Laurea|SeAMK|TAMK|OAMK|Oamk|XAMK|Xamk|JAMK|Jamk|Savonia|HAMK|Centria"
        r"|Haaga-Helia|Diak|Humak|VAMK|LapinAMK|LUT)\b",
    )
)
_LETTERS = frozenset(("LUT", "LAB", "GTK", "VTT", "THL", "AMK", "UAS", "SYKE", "OY", "AB"))
"""Names that are letters whatever stands around them."""

_SCHOOLS: Mapping[str, tuple[str, str, str]] = {
    "arcada": (
        "Yrkeshögskolan Arcada", "Arcada University of Applied Sciences", "Yrkeshögskolan Arcada",
    ),
    "novia": (
        "Yrkeshögskolan Novia", "Novia University of Applied Sciences", "Yrkeshögskolan Novia",
    ),
    **{
        short: (full, f"{name} University of Applied Sciences", f"Yrkeshögskolan {name}")
        for short, full, name in (
            ("laurea", "Laurea-ammattikorkeakoulu", "Laurea"),
            ("metropolia", "Metropolia Ammattikorkeakoulu", "Metropolia"),
            ("savonia", "Savonia-ammattikorkeakoulu", "Savonia"),
            ("centria", "Centria-ammattikorkeakoulu", "Centria"),
            ("kareliaamk", "Karelia-ammattikorkeakoulu", "Karelia"),
            ("oamk", "Oulun ammattikorkeakoulu", "Oulu"),
            ("tamk", "Tampereen ammattikorkeakoulu", "Tampere"),
            ("turkuamk", "Turun ammattikorkeakoulu", "Turku"),
            ("seamk", "Seinäjoen ammattikorkeakoulu", "Seinäjoki"),
            ("samk", "Satakunnan ammattikorkeakoulu", "Satakunta"),
            ("kamk", "Kajaanin ammattikorkeakoulu", "Kajaani"),
            ("jamk", "Jyväskylän ammattikorkeakoulu", "Jamk"),
            ("hamk", "Hämeen ammattikorkeakoulu", "Häme"),
            ("labamk", "LAB-ammattikorkeakoulu", "LAB"),
        )
    },
}  # fmt: skip
_PUBLIC_BODIES = """
THL|SYKE|GTK|VTT|Luke|LUKE|Kela|FPA|Sitra|Tukes|Traficom|Metsähallitus|Forststyrelsen|
Pelastusopisto|
Räddningsinstitutet|Tilastokeskus|Statistikcentralen|Statistics Finland|Suomen Pankki|Finlands Bank|
Bank of Finland|Finanssivalvonta|Finansinspektionen|Kansalliskirjasto|Nationalbiblioteket|
Statsrådet|Valtioneuvosto|Valtioneuvoston kanslia|Statsrådets kansli|Finnish Government|
Prime Minister's Office|Valtiokonttori|Business Finland|Motiva|Kuntaliitto|Kommunförbundet|
Saamelaiskäräjät|Sametinget|Paliskuntain yhdistys|Työterveyslaitos|Arbetshälsoinstitutet|
Finnish Institute of Occupational Health|Finnish Environment Institute|Ilmatieteen laitos|
Meteorologiska institutet|Luonnonvarakeskus|Naturresursinstitutet|
Natural Resources Institute Finland|
Opetushallitus|Utbildningsstyrelsen|Ruokavirasto|Livsmedelsverket|Väylävirasto|Trafikledsverket|
Euroopan komissio|European Commission|Europeiska kommissionen|SGU|NGU|BGS|USGS|EIT RawMaterials|
Kaivosteollisuus ry|Svemin|Euromines|Nordregio|Elsevier|Springer|MDPI|Wiley|Frontiers|Emerald|
Routledge|Taylor & Francis|SAGE|Cambridge University Press|Oxford University Press
"""
_KNOWN_BODIES = frozenset(
    " ".join(re.findall(r"[^\W_]+", name.casefold())) for name in _PUBLIC_BODIES.split("|")
)


class Organizations:
    """Knows the registry's organisations by every label, and the shape of others' names."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._spellings: dict[tuple[str, str], str] = {}
        for entity in vocabulary:
            if entity.type == "Organization":
                for language, text, _ in entity.labels():
                    for key in ((fold(text), language), (fold(text), "")):
                        self._spellings.setdefault(key, text)
        self._labels = frozenset(
            (fold(text), language)
            for entity in vocabulary
            if entity.type == "Organization"
            for language, text, rank in entity.labels()
            if rank != "hidden"
        )
        self._preferred = {
            entity.iri: entity.preferred for entity in vocabulary if entity.type == "Organization"
        }
        self._by_label: Mapping[str, str] = {
            fold(text): entity.iri
            for entity in vocabulary
            if entity.type == "Organization"
            for _, text, _ in entity.labels()
        }

    def spelt(self, name: str, language: str) -> str:
        """A name in capitals as the registry spells it, else with capitals where names have
        them.
        """
        known = self._spellings.get((fold(name), language)) or self._spellings.get((fold(name), ""))
        if known:
            return known
        return " ".join(map(_calm, name.split()))

    def preferred(self, name: str, language: str) -> str:
        """The registry's own name in `language` for one that bears this label, "" if none."""
        iri = self.iri(name)
        return self._preferred[iri].get(language, "") if iri else ""

    def is_label_in(self, name: str, language: str) -> bool:
        """Whether the registry has `name` as a label in `language`."""
        return (fold(name), language) in self._labels

    def iri(self, name: str) -> str | None:
        """The registry's organisation that bears exactly this label, case and marks aside."""
        return self._by_label.get(fold(name))

    def is_known(self, text: str) -> bool:
        """Whether a text is the name of one in the registry, or of a well-known public body."""
        return self.iri(text) is not None or fold(text) in _KNOWN_BODIES

    def is_organisation(self, text: str) -> bool:
        """Whether a line is the name of one: known, or short, capitalised and shaped like one."""
        if self.is_known(text):
            return True
        whole = _MARK.sub("", text)
        # In capitals the form of a company looks like an abbreviation behind the name.
        core = (whole if _COMPANY.search(whole) else _ASIDE.sub("", whole)).strip(" ,")
        if (
            core.casefold() in _GENERIC
            or _INDEFINITE.match(core)
            or len(text) > 90
            or not core[:1].isupper()
            or text.endswith(".")
            or ":" in core
        ):
            return False
        return any(
            match.end() == len(core) or _GOES_ON.match(core[match.end() :])
            for match in _SHAPE.finditer(core)
        )

    def is_parted(self, line: str, below: str) -> bool:
        """Whether a name runs over two lines: "Ministry for Foreign", "Affairs of Finland"."""
        joined = f"{line} {below}"
        if self.is_unit(below):
            return False
        if self.is_known(line) or self.is_known(below) or line.isupper() != below.isupper():
            return False
        if self.is_known(joined):
            return True
        begun = _BEGUN.match(line) and find_school(line) is None
        return bool(begun and _REST.fullmatch(below) and self.is_organisation(joined))

    def is_unit(self, text: str) -> bool:
        """Whether a line names a faculty, department or campus."""
        return len(text) <= 90 and bool(_UNIT.search(text))


def find_school(text: str) -> tuple[int, int] | None:
    """Where `text` names a university or a university of applied sciences in its base form."""
    found = [match.span() for shape in _SCHOOL_SHAPES if (match := shape.search(text))]
    # The longest name that begins first: "University of Vaasa", not "University".
    return min(found, key=lambda span: (span[0], -span[1])) if found else None


def full_school(name: str, language: str) -> str:
    """The whole name of a school that a logo cuts short, in `language`; "" for others."""
    names = _SCHOOLS.get(fold(name).replace(" ", ""), ("", "", ""))
    return names[("fi", "en", "sv").index(language)] if language in ("fi", "en", "sv") else ""


def _calm(word: str) -> str:
    if word in _SMALL:
        return word.lower()
    return word if word in _LETTERS else "-".join(map(str.capitalize, word.split("-")))


def fold(text: str) -> str:
    """Case, hyphens and punctuation aside: what two prints of a name have in common."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))

"""Organisations as title pages name them: by the registry's labels, by shape, by known schools."""

from __future__ import annotations

import re
from collections.abc import Mapping

from amic_kg.ontology import Vocabulary

_SHAPE = re.compile(
    r"\b(?:oy|oyj|ab|abp|ltd|plc|inc|gmbh|s\.?a|r\.?y|rf|university|universitet(?:et)?|yliopisto|"
    r"\w*ammattikorkeakoulu|\w*korkeakoulu|amk|uas|college|institute|\w*instituutti|institutet|"
    r"\w*tutkimuskeskus|\w*keskus|ministry|\w*ministeriö|\w*ministeriet|centre|center|"
    r"\w*centralen|\w*högskola|\w*högskolan|akademi|survey|agency|\w*virasto|\w*verket|\w*styrelsen|"
    r"\w*hallitus|\w*laitos|council|commission|\w*komissio|kommissionen|company|\w*yhtiö|liitto|"
    r"\w*förbund|association|foundation|\w*säätiö|stiftelse|kaupunki|kunta|kommun|stad|"
    r"press|förlag|publishing|publishers|kustannus|elsevier|springer|mdpi|wiley|"
    r"ely-keskus|consortium|klusteri|\w*kluster|cluster|digipolis|museo|kirjasto)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*\([^()]*\)$|\s(?:[A-ZÅÄÖ]{2,6}|\|.*|[,/].*)$")
_GOES_ON = re.compile(
    r"\s(?:of|for|in|on|på|i)\s(?!.*\b(?:is|are|the case)\b)|\s[A-ZÅÄÖ][\wåäö]+(?:\s|$)"
)
"""What may follow the word that makes a name one of an organisation."""

_UNIT = re.compile(
    r"\b(?:faculty|department|school of|division|unit|laboratory|\w*yksikkö|\w*osasto|"
    r"tiedekunta|\w*tiedekunta|fakultet(?:en)?|institution(?:en)?|enhet(?:en)?|avdelning(?:en)?|"
    r"\w*laitos|campus|kampus|\w*toimiala|\w*ala)\b",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÅÄÖ][\wåäö-]*"
_SCHOOL_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{_CAPITAL}\s){{0,3}}(?:[Aa]mmattikorkeakoulu|AMMATTIKORKEAKOULU)\b(?:\s(?:Oy|Ab))?",
        rf"\b(?:{_CAPITAL}\s){{0,2}}(?:[Yy]liopisto|YLIOPISTO)\b",
        rf"\b{_CAPITAL}-?ammattikorkeakoulu\b",
        r"\b(?:[A-Z][\wåäö-]*\s(?:(?:of|and|for)\s)?){0,4}University(?:\sof(?:\sthe)?"
        r"(?:\s(?:and|of|in|for)?\s?[A-Z][\wåäö]*){1,6}(?:\s[A-Z]{2,5}\b)?)?",
        rf"\b(?:{_CAPITAL}\s){{0,2}}[Uu]niversitet\b",
        rf"\b(?:Yrkeshögskolan\s{_CAPITAL}|(?:{_CAPITAL}\s)?[Yy]rkeshögskola)\b(?:\sAb)?",
        rf"\b{_CAPITAL}\s(?:AMK|UAS|amk)\b",
        r"\bÅbo Akademi(?: University)?\b|\bÅBO AKADEMI\b",
        r"\b(?:Svenska handelshögskolan|Hanken(?: School of Economics)?|Taideyliopisto"
        r"|Maanpuolustuskorkeakoulu|Poliisiammattikorkeakoulu|Polisyrkeshögskolan"
        r"|Sibelius-Akatemia|Aalto-yliopisto|Aalto-universitetet|Teknillinen korkeakoulu"
        r"|(?:[A-Z]\w+\s)?School of Economics|Novia|Arcada)\b",
        r"\b(?:Metropolia|Laurea|SeAMK|TAMK|OAMK|Oamk|XAMK|Xamk|JAMK|Jamk|Savonia|HAMK|Centria"
        r"|Haaga-Helia|Diak|Humak|VAMK|LapinAMK|LUT)\b",
    )
)


class Organizations:
    """Knows the registry's organisations by every label, and the shape of others' names."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._by_label: Mapping[str, str] = {
            fold(text): entity.iri
            for entity in vocabulary
            if entity.type == "Organization"
            for _, text, _ in entity.labels()
        }

    def iri(self, name: str) -> str | None:
        """The registry's organisation that bears exactly this label, case and marks aside."""
        return self._by_label.get(fold(name))

    def is_organisation(self, text: str) -> bool:
        """Whether a line is the name of one: known, or short, capitalised and shaped like one."""
        if self.iri(text):
            return True
        core = _ASIDE.sub("", text).strip(" ,")
        if len(text) > 90 or not text[:1].isupper() or text.endswith(".") or ":" in core:
            return False
        return any(
            match.end() == len(core) or _GOES_ON.match(core[match.end() :])
            for match in _SHAPE.finditer(core)
        )

    def is_unit(self, text: str) -> bool:
        """Whether a line names a faculty, department or campus."""
        return len(text) <= 90 and bool(_UNIT.search(text))


def find_school(text: str) -> tuple[int, int] | None:
    """Where `text` names a university or a university of applied sciences in its base form."""
    found = [match.span() for shape in _SCHOOL_SHAPES if (match := shape.search(text))]
    # The longest name that begins first: "University of Vaasa", not "University".
    return min(found, key=lambda span: (span[0], -span[1])) if found else None


def fold(text: str) -> str:
    """Case, hyphens and punctuation aside: what two prints of a name have in common."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))

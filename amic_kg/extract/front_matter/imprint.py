"""What an imprint has behind the name of a publisher: place, address and year."""

from __future__ import annotations

import re

from amic_kg.language import Analyzer

_CITIES = frozenset(
    [
        "helsingfors",
        "esbo",
        "vanda",
        "åbo",
        "vasa",
        "uleåborg",
        "tammerfors",
        "jakobstad",
        "karleby",
        "mariehamn",
        "björneborg",
        "borgå",
        "kuopio",
        "stockholm",
        "luleå",
        "umeå",
        "kiruna",
        "göteborg",
        "malmö",
        "lund",
        "uppsala",
        "falun",
        "oslo",
        "tromsø",
        "trondheim",
        "copenhagen",
        "köpenhamn",
        "københavn",
        "reykjavik",
        "reykjavík",
        "tallinn",
        "riga",
        "london",
        "oxford",
        "cambridge",
        "berlin",
        "hamburg",
        "heidelberg",
        "cham",
        "wien",
        "vienna",
        "zürich",
        "geneva",
        "paris",
        "brussels",
        "bryssel",
        "luxembourg",
        "amsterdam",
        "dordrecht",
        "basel",
        "singapore",
        "toronto",
        "ottawa",
        "finland",
        "suomi",
        "sverige",
        "sweden",
        "norway",
        "norge",
        "switzerland",
        "germany",
    ]
)
_YEAR_TAIL = re.compile(r",?\s+(?:vuosi|year|år)?\s*(?:19|20)\d\d$", re.IGNORECASE)
_POSTAL_TAIL = re.compile(
    r",\s(?:(?:PL|PB|P\.?\s?O\.?\s?Box)\s\d+,\s)?(?:FI-|SE-)?\d{3}\s?\d{2}\s[A-ZÅÄÖ][\w -]+$",
    re.IGNORECASE,
)
_LAST_PART = re.compile(r"\s?,\s(?P<place>[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?)$")
_FIRST_PART = re.compile(r"^(?P<place>[A-ZÅÄÖ][a-zåäö]+)\s?:\s+")
_SHORT_FORM = re.compile(
    r"(?<=\w{6}),?\s(?:\([A-Za-zÅÄÖåäö-]{2,8}\)|(?<=,\s)[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{1,5})$"
)
"""An abbreviation behind the name is no second publisher: "Oulun ammattikorkeakoulu, Oamk"."""

_UNIT_BEHIND = re.compile(
    r"(?<=yliopisto|iversitet|niversity),\s(?:[\w-]+\s){0,3}(?:\w*tiedekunta|fakultet\w*|"
    r"faculty\s.+|department\s.+|\w*laitos|\w*yksikkö)$",
    re.IGNORECASE,
)
_EDGE = " ,.;:"


class Imprints:
    """Cuts the name of a publisher out of what an imprint prints."""

    def __init__(self, analyzer: Analyzer, places: frozenset[str]) -> None:
        """`places` are names in small letters."""
        self._analyzer = analyzer
        self._places = places

    def name(self, text: str) -> str:
        """The name alone: "Luonnonvarakeskus (Luke), Helsinki 2020" is Luonnonvarakeskus."""
        text = _YEAR_TAIL.sub("", text.strip(_EDGE))
        text = _POSTAL_TAIL.sub("", text)
        place = _LAST_PART.search(text)
        while place and self.is_place(place["place"]):
            text = text[: place.start()]
            place = _LAST_PART.search(text)
        text = _UNIT_BEHIND.sub("", _SHORT_FORM.sub("", text))
        before = _FIRST_PART.match(text)
        return text[before.end() :] if before else text.strip(_EDGE)

    def is_place(self, text: str) -> bool:
        """Whether a town or a country, of the vocabulary, a dictionary or well known, is named."""
        folded = text.casefold()
        return (
            folded in self._places
            or folded in _CITIES
            or "paikannimi" in self._analyzer.classes(text)
        )

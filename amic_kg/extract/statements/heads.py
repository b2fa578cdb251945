# ruff: noqa: E501 -- an alternative of words stands on one line
"""Names and the common nouns beside them: "Kevitsan kaivoksella" is one name, said of a place.

Works on readings (`reading`): "<S0_gen> kaivoksella" becomes "<S0_loc>".
"""

from __future__ import annotations

import re

_WORD_PART = r"[\wåäöé’'-]"

_SITE_HEADS = (
    "kaivoshankk", "kaivosprojekt", "kaivosalue", "kaivos", "kaivoks", "esiintym", "louho", "hanke",
    "hankk", "malmio", "rikastamo", "projekt", "etsintäkohte", "kohde", "kohte", "avolouho",
)  # fmt: skip
_PLACE_HEADS = (
    "kunta", "kunna", "kunti", "kaupunki", "kaupungi", "kylä", "pitäjä", "maakunta", "maakunna",
    "seutu", "seudu", "alue", "keskusta", "itäosa", "länsiosa", "pohjoisosa", "eteläosa", "keskiosa",
)  # fmt: skip
_OTHER_HEADS = (
    "hank", "projekt", "ohjelm", "kaivo", "esiintym", "rahoit", "menetelm", "analyys", "mittau",
    "tekniik", "analysaattor", "laitte", "standard", "koke", "koe", "testi", "tutkimu", "haastattelu", "kysely",
)  # fmt: skip
_NOMINATIVES = (
    "kaivos", "esiintymä", "louhos", "hanke", "malmio", "rikastamo", "projekti", "kohde", "kunta",
    "kaupunki", "kylä", "pitäjä", "seutu", "alue", "keskusta", "osa", "ohjelma", "rahoitus",
    "edustaja", "edustajat", "enemmistö",
)  # fmt: skip

_ALIAS = re.compile(r"(<(\w)\d+_\w+>) ?\((?:<\2\d+_\w+>)\)")
# Who owns a company does not run its mine: the owner goes, the company stays.
_OWNER = re.compile(
    r",? (?:which is )?(?:an? |the |ett |som är ett )?(?:(?:wholly[ -]owned |finnish |swedish |finskt |svenskt |helägt )?"
    r"(?:subsidiary of|dotterbolag till)|part of|owned by|del av) (?:the )?<O\d+_\w+>(?=,|\)| group)"
    r"|<O\d+_gen> (?:\w+ )?tytäryhtiö\w* (?=<O)"
)
_FINNISH_SITE = re.compile(
    rf"<(S)(\d+)_gen> ((?:<C\d+_\w+>-?(?: ja )?)*)"
    rf"([a-zåäö-]*(?:{'|'.join(_SITE_HEADS)}){_WORD_PART}*)(?![\w-])"
)
_FINNISH_PLACE = re.compile(
    rf"<(P)(\d+)_gen> ()((?:{'|'.join(_PLACE_HEADS)}){_WORD_PART}*)(?![\w-])"
)
_FINNISH_GROUP = re.compile(rf"<(G)(\d+)_gen> ()((?:edustaj|enemmistö|valtaosa){_WORD_PART}*)")
_HYPHENED = re.compile(rf"<([JSFM])(\d+)_\w+>\s?-\s?()((?:{'|'.join(_OTHER_HEADS)}){_WORD_PART}*)")

# What stands around a name and belongs to it: "gruvan i Kevitsa", "the Kevitsa mine".
_BEFORE = {
    "en": (
        ("P", r"(?:the )?(?:municipality|town|city|village|region|province|county|area) of "),
        ("P", r"(?:northern|southern|eastern|western|central|north-western|north-eastern) "),
        ("S", r"(?:the )?(?:mine|deposit|project|open pit) (?:at|in|of) "),
        ("J", r"(?:the )?project (?:called |named )?"),
        ("G", r"(?:representatives?|members?|a majority|most|many|some) of "),
    ),
    "sv": (
        ("P", r"(?:kommunen|staden|byn|regionen|landskapet|kommun) "),
        ("P", r"(?:norra|södra|östra|västra|mellersta) "),
        ("S", r"(?:gruvan|gruvprojektet|fyndigheten|dagbrottet) (?:i |vid )?"),
        ("J", r"projektet "),
        ("G", r"(?:företrädare|representanter) för "),
        ("G", r"(?:en majoritet|flertalet|många) av "),
    ),
}
_AFTER = {
    "en": (
        ("P", r" (?:municipality|region|county|area)\b"),
        (
            "S",
            r" (?:mining |exploration )?(?:mine site|mine project|mines?|deposits?|projects?|"
            r"open pit|prospects?|mill|plant|concentrator|refinery|smelter|quarry|quarries)\b",
        ),
        ("J", r" projects?\b"),
    ),
    "sv": (
        ("P", r"s? (?:kommun|region|län|landskap)\b"),
        (
            "S",
            r"[s-]? ?(?:gruvprojekt(?:et)?|gruva|gruvan|gruvor|fyndighet|fyndigheten|"
            r"projekt(?:et)?|dagbrott(?:et)?)\b",
        ),
        ("J", r"-? ?projekt(?:et|ets)?\b"),
    ),
}
_ATTRIBUTES = r"((?: ?(?:<C\d+_\w+>)(?:[-–/]| and | och )?)*)"
_BEFORE_NAMES = {
    language: tuple(
        re.compile(rf"(?<![\w-]){pattern}(?:the )?(?=<{letter}\d)") for letter, pattern in rules
    )
    for language, rules in _BEFORE.items()
}
_AFTER_NAMES = {
    language: tuple(
        re.compile(rf"<({letter})(\d+)_(\w+)>{_ATTRIBUTES}{pattern}") for letter, pattern in rules
    )
    for language, rules in _AFTER.items()
}

_ENDINGS = (
    (("ssa", "ssä", "lla", "llä"), "loc"),
    (("sta", "stä", "lta", "ltä"), "ela"),
    (("aan", "ään", "een", "iin", "oon", "uun", "yyn", "öön", "lle", "hin", "hun"), "ill"),
    (("ksi",), "tra"),
    (("na", "nä"), "ess"),
    (("n",), "gen"),
    (("ta", "tä", "aa", "ää", "ia", "iä", "oa", "öä", "ea", "eä", "ua", "yä"), "par"),
)
# "kaivosta" is no "from"; "hankkeen" no "into".
_CONSONANT_STEM = re.compile(r"(?:kaivos|louhos|keskus|laitos|laajennus)ta$|yhdistystä$")
_E_STEM = re.compile(r"(?:hankk|alu|koht|piir|tuott|laitt)een$")
# "haastatteluin", "luotauksin": by interviews, by soundings.
_INSTRUCTIVE = re.compile(r"(?:[aeouäöy]in|ksin)$")
# Of common nouns in -us, -ys and -minen; of a name the same letters say "from".
_COMMON_PARTITIVE = re.compile(r"(?:usta|ystä|mista|mistä)$")
_COMPANY = re.compile(r"\b(?:oyj?|ab|abp|ltd|plc|inc|as|asa|ry)$")


def finnish_case(word: str, *, concept: bool = False) -> str:
    """The case of an inflected form by its ending: loc (in, at), ela (from), ins (by), …

    `concept` says that it is a common noun, whose partitive a name's elative looks like.
    """
    if _COMPANY.search(word) or word.endswith("nen"):
        return "nom"
    if concept and _INSTRUCTIVE.search(word):
        return "ins"
    if _CONSONANT_STEM.search(word) or (concept and _COMMON_PARTITIVE.search(word)):
        return "par"
    if _E_STEM.search(word):
        return "gen"
    return next((case for endings, case in _ENDINGS if word.endswith(endings)), "nom")


def head_case(head: str) -> str:
    """The case of one of the nouns that stand beside names."""
    return "nom" if head.endswith(_NOMINATIVES) else finnish_case(head)


def join_heads(text: str, language: str) -> str:
    """Names with the nouns that belong to them as one mark; a name in brackets behind it goes."""
    text = _OWNER.sub("", _ALIAS.sub(r"\1", text))
    if language == "fi":
        for pattern in (_FINNISH_SITE, _FINNISH_PLACE, _FINNISH_GROUP, _HYPHENED):
            text = pattern.sub(_with_head, text)
        return text
    for pattern in _BEFORE_NAMES.get(language, ()):
        text = pattern.sub("", text)
    for pattern in _AFTER_NAMES.get(language, ()):
        text = pattern.sub(_with_attributes, text)
    return text


def _with_head(match: re.Match[str]) -> str:
    letter, number, attributes, head = match.groups()
    return f"<{letter}{number}_{head_case(head)}>{_attributes(attributes)}"


def _with_attributes(match: re.Match[str]) -> str:
    letter, number, case, attributes = match.groups()
    return f"<{letter}{number}_{case}>{_attributes(attributes)}"


def _attributes(part: str) -> str:
    return "".join(f"<C{number}_att>" for number in re.findall(r"<C(\d+)_", part))

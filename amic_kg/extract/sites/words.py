"""Words around the names of mines and deposits in Finnish, English and Swedish, and their forms.

What a site is called comes with words that name no site: "Kevitsan kaivos", "Hitura Nickel Mine",
"Sahavaarafyndigheten". The lists are of words, never of names; the words of raw materials,
minerals and rocks are those of the vocabularies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_SPECIAL = str.maketrans({"ø": "o", "æ": "ae", "ð": "d", "đ": "d", "ŋ": "n", "ŧ": "t", "ł": "l"})


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Kinds of site and stages of work: they are left out of the name.
_SITE_WORDS = _listed(
    """
    mine mines mining minesite pit pits quarry quarries deposit deposits prospect project
    occurrence orebody ore ores body claim claims area field reef complex intrusion showing
    mineralisation mineralization resource target zone lode lodes goldfield goldfields workings
    open underground old former historic historical new the layered igneous massif satellite
    test tailings malmin malmio malmion malmiaihe aihe kohde kohteen valtaus riutta riutan
    intruusio intruusion kerrosintruusio kerrosintruusion kompleksi kerrosintruusiokompleksi
    vanha vanhan entinen entisen uusi uuden gruve gruver gruvene gruber gruveby forekomst
    forekomsten malm malmen malmkropp omrade omradet dagbrott dagbrottet gamla nya
    """
)

_PLANT_WORDS = frozenset({"plant", "smelter", "refinery", "concentrator", "mill", "steelworks"})
"""Plants stand beside mines of the same name, and are other sites."""

MATERIAL_WORDS = frozenset({"monimetalli", "perusmetalli", "polymetallic", "polymetall"})
"""What is mined, said without a raw material."""

_COMPANY_WORDS = _listed(
    """
    oy oyj ab abp ltd inc plc corp corporation gmbh company group holding holdings asa resources
    minerals exploration metals yhtio yhtion bolag bolaget
    """
)
"""After one of these stands a site; a name that ends with one is a company's."""

_AREA_WORDS = _listed(
    """
    belt district province region formation craton shield terrane basin municipality city town
    village parish airport station road street lake river park school university church vyohyke
    vyohykkeen liuskevyohyke vihreakivivyohyke jakso muodostuma provinssi maakunta kunta kunnan
    kaupunki kaupungin pitaja kyla kylan lentoasema asema tie katu koulu yliopisto seurakunta
    puisto balte baltet distrikt distriktet kommun kommunen stad staden lan landskap socken
    skola flygplats
    """
)
"""With one of these a name is that of an area or of something else than a site."""

WORD_KINDS = {
    word: kind
    for kind, words in (
        ("site", _SITE_WORDS),
        ("plant", _PLANT_WORDS),
        ("company", _COMPANY_WORDS),
        ("area", _AREA_WORDS),
    )
    for word in words
}

# Parts of a site: compass points and other words, and numbers.
_PART_WORDS = _listed(
    """
    n s e w ne nw se sw north south east west northern southern eastern western central main
    upper lower deep pohjoinen pohjoisen etelainen etela pohjois ita itainen lansi lantinen
    keski keskus paa syva norra sodra ostra vastra mellersta centrala i ii iii iv v vi a b c d
    """
)
SYMBOLS = {
    "V": "vanadium", "W": "tungsten", "U": "uranium", "P": "phosphorus", "S": "sulphur",
    "Y": "yttrium", "C": "natural-graphite", "B": "boron",
}  # fmt: skip
"""Symbols of one letter, and the last step of the IRI of the raw material."""

_NUMBER = re.compile(r"(?:[a-z]?\d{1,3}[a-z]?)$")

AND_WORDS = re.compile(r"\s+(?:and|ja|och|og|sekä|samt)\s+|\s*[,;/&+]\s*(?:and\s+|ja\s+|och\s+)?")

# What ends a word of Finnish or Swedish, or is one: a kind of site, behind the raw material or the
# name itself. Finnish endings may follow.
_SITE_HEADS = (
    "kaivosprojekti", "kaivoshanke", "kaivoshankkee", "kaivosaluee", "kaivosalue", "kaivospiiri",
    "avolouho", "kaivo", "louho", "esiintyma", "projekti", "hankkee", "hanke", "malmi", "kenta",
    "kentta",
    "fyndigheten", "fyndighet", "gruvomradet", "gruvomrade", "gruvfaltet", "gruvfalt", "gruvorna",
    "gruvan", "gruvor", "gruva", "brottet", "brott", "projektet", "projekt", "faltet", "falt",
)  # fmt: skip
_PLANT_HEADS = (
    "tehdas", "tehtaa", "sulato", "sulatto", "jalostamo", "rikastamo", "rikastuslaito",
    "anrikningsverk", "smaltverk", "raffinaderi", "fabrik", "stalverk",
)  # fmt: skip
_HEAD_ENDINGS = re.compile(
    r"(?:s|kse(?:n|lla|lta|lle|ssa|sta|en|t)|sta|n|ssa|lla|lta|lle|a|ta|t|in|seen|iden|ien|et)?$"
)
_SHORTEST_FIRST_PART = 3

_WEAK = (
    ("lahti", "lahde"), ("jarvi", "jarve"), ("joki", "joe"), ("maki", "mae"), ("niemi", "nieme"),
    ("salmi", "salme"), ("koski", "koske"), ("lampi", "lamme"), ("kumpu", "kummu"),
    ("kangas", "kankaa"), ("vesi", "vede"), ("saari", "saare"), ("suvi", "suve"),
    ("selka", "sela"), ("ranta", "ranna"), ("rinne", "rintee"), ("reka", "rea"),
    ("nen", "se"), ("kas", "kkaa"), ("vuori", "vuore"), ("lehto", "lehdo"), ("hieta", "hieda"),
    ("joet", "jokie"), ("penikat", "penikoide"), ("sarvi", "sarve"), ("kivi", "kive"),
    ("virta", "virra"), ("pelto", "pello"), ("harju", "harju"), ("portti", "porti"),
)  # fmt: skip
_GRADATION = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("nt", "nn"), ("mp", "mm"), ("lt", "ll"),
    ("rt", "rr"), ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip
_WEAK_ENDINGS = ("n", "ssa", "sta", "lla", "lta", "lle", "ksi", "t")
_STRONG_ENDINGS = ("na", "a", "ta")
_VOWELS = "aeiouy"


def fold(text: str) -> str:
    """Lower case without diacritics: "Kärväsvaara" and "KARVASVAARA" are one."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_part(word: str) -> bool:
    """Whether a folded word tells a part of a site: "2", "R1", "north", "pohjoinen"."""
    return word in _PART_WORDS or bool(_NUMBER.match(word))


def split_compound(word: str) -> tuple[str, str] | None:
    """What stands before the kind of site in a folded word, and whether it is a site or a plant.

    "nikkelikaivoksen" gives nikkeli, "aitikgruvan" aitik, "kaivos" nothing; None for other words.
    """
    for heads, kind in ((_PLANT_HEADS, "plant"), (_SITE_HEADS, "site")):
        for head in heads:
            at = word.rfind(head)
            whole = at == 0 or at >= _SHORTEST_FIRST_PART
            if whole and _HEAD_ENDINGS.match(word, at + len(head)):
                return word[:at], kind
    return None


def genitives(word: str) -> Iterator[str]:
    """The Finnish genitives, folded, of a folded name in the nominative."""
    yield from (f"{stem}n" for stem in dict.fromkeys(_weak_stems(word)))


def inflections(word: str) -> Iterator[str]:
    """Finnish case forms and the Swedish genitive, folded, of a folded name."""
    weak = tuple(dict.fromkeys(_weak_stems(word)))
    if word[-1] not in _VOWELS:
        yield f"{word}s"
    for stem in weak:
        yield from (stem + ending for ending in _WEAK_ENDINGS)
    strong = _strong_stem(word)
    yield from (strong + ending for ending in (*_STRONG_ENDINGS, f"{strong[-1]}n"))
    if strong.endswith(("aa", "ee", "oo", "uu")):
        yield f"{strong}seen"


def _weak_stems(word: str) -> Iterator[str]:
    for nominative, stem in _WEAK:
        if word.endswith(nominative):
            yield word[: -len(nominative)] + stem
            return
    if word[-1] not in _VOWELS:
        yield f"{word}i"
        if word.endswith("s"):
            yield f"{word[:-1]}kse"
        return
    yield word
    for strong, weak in _GRADATION:
        if word[:-1].endswith(strong) and len(word) > len(strong) + 2:
            yield word[: -1 - len(strong)] + weak + word[-1]
            break


def _strong_stem(word: str) -> str:
    """The stem of the illative and the essive: lahti gives lahte, hannukainen hannukaise."""
    if word.endswith("nen"):
        return f"{word[:-3]}se"
    if word.endswith("kangas"):
        return f"{word[:-2]}kaa"
    if word.endswith(("lahti", "jarvi", "niemi", "salmi", "koski", "lampi", "vesi", "saari")):
        return f"{word[:-2]}te" if word.endswith("vesi") else f"{word[:-1]}e"
    if word[-1] not in _VOWELS:
        return f"{word}i"
    return word

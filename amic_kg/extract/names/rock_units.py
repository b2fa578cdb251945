"""Names of rock units, ages and structures: they look like companies and places, and are none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from amic_kg.extract.names.readings import Reading, Words, follows, is_capital
from amic_kg.language import Token

_ENGLISH_HEADS = """
formation formations member members supergroup subgroup conglomerate conglomerates sandstone
sandstones limestone limestones mudstone mudstones siltstone siltstones shale shales bed beds
redbeds till tills complex suite intrusion intrusions pluton batholith dyke dykes dike dikes sill
sills fault thrust belt zone biozone zones greywacke greywackes schist schists gneiss
gneisses granite granites granodiorite coal coals ironstone ironstones band bands
lava lavas basalt basalts quartzite quartzites
dolomite dolostone volcanics tuff tuffs grit grits slate slates phyllite phyllites gabbro diorite
craton terrane orogen orogeny glaciation moraine esker anticline syncline monocline series
stage epoch clay clays silt silts sand sands gravel gravels drift peat alluvium interstadial
stadial interglacial subzone aquifer measures seam lineament graben inlier outlier
"""
_FINNISH_HEADS = """
muodostuma kompleksi vyöhyke liuskejakso jakso intruusio deformaatio siirros hiekkakivi kvartsiitti
konglomeraatti kratoni orogenia ruhje lohko kerrostuma moreeni jäätiköityminen kerrosintruusio
graniitti gneissi gabro kivilajisarja synkliini antikliini harjujakso liuskevyöhyke
"""
_SWEDISH_HEADS = """
formation formationen komplex komplexet skiffer skiffern bälte bältet zon zonen intrusion
intrusionen sandsten sandstenen kalksten kalkstenen granit graniten gnejs gnejsen kraton
"""
_HEADS: Mapping[str, frozenset[str]] = {
    "en": frozenset(_ENGLISH_HEADS.split()),
    "fi": frozenset(_FINNISH_HEADS.split()),
    "sv": frozenset(_SWEDISH_HEADS.split()),
}
_FINNISH_ENDINGS = (
    "muodostuma", "kompleksi", "vyöhyke", "liuskejakso", "intruusio", "kivijakso", "graniitti",
)  # fmt: skip
# Companies are groups as well: what stands around tells.
_GROUPS: Mapping[str, frozenset[str]] = {
    "en": frozenset(("group", "groups")),
    "fi": frozenset(("ryhmä",)),
    "sv": frozenset(("grupp", "gruppen")),
}
_AGE = re.compile(r"^(?:(?:Lower|Upper|Middle|Early|Late|Mid)-?)?[A-Z][a-z]{3,}(?:ian|ean)$")
_BAND = re.compile(r"\w{3}bands?$")
"""Beds are named by what is in them: mussels, slate, coal."""
_DIVISION = frozenset(("lower", "upper", "middle", "early", "late", "mid"))

_GEOLOGY = re.compile(
    r"\b(?:formations?|members?|supergroup|subgroup|strat(?:a|um|igraph\w*)|lithostrat\w*|"
    r"\w*conformabl[ey]|unconformit\w+|sandstones?|mudstones?|siltstones?|conglomerates?|"
    r"limestones?|shales?|basalt\w*|lavas?|volcanic\w*|turbidit\w+|greywackes?|tills?|coals?|"
    r"glaci\w+|sediment\w*|overl(?:ies|ain|ying|ie)|underl(?:ies|ain|ying|ie)|outcrops?|"
    r"crops?\sout|intrud\w+|metamorph\w+|metasedi\w+|schists?|gneiss\w*|quartzit\w*|"
    r"palaeo\w+|paleo\w+|protero\w+|archa?ean|carboniferous|devonian|silurian|ordovician|"
    r"permian|triassic|jurassic|cretaceous|quaternary|namurian|westphalian|biozones?|fossil\w*|"
    r"marine\sbands?|basins?|faults?|thickness|thick|lith\w+|facies|borehole\w*|succession|"
    r"muodostum\w+|liusk\w+|kvartsiit\w+|kallioper\w+|kivilaj\w+|vulkaani\w*|sedimentti\w*|"
    r"stratigraf\w+|arkeeis\w+|proterotsooi\w+|svekofenn\w+|metasediment\w+|gnejs\w*|skiffer\w*|"
    r"berggrund\w*|bergart\w*)\b",
    re.IGNORECASE,
)
_BUSINESS = re.compile(
    r"\b(?:compan\w+|subsidiar\w+|plc|ltd|inc|oyj?|ab|gmbh|shareholder\w*|customers?|board|ceo|"
    r"business\w*|turnover|employ\w+|investor\w*|acqui\w+|sales|partners?|funded|sponsor\w*|"
    r"customer\w*|steering|working|yhtiö\w*|konserni\w*|liikevaihto\w*|asiakka\w+|tytäryht\w+|"
    r"työryhmä\w*|ohjausryhmä\w*|bolag\w*|koncern\w*|omsättning\w*|dotterbolag\w*)\b",
    re.IGNORECASE,
)
_MOST_WORDS = 4
_AROUND = 250
"""Characters to either side in which words tell a rock unit from a company."""


def is_rock_unit(words: Words, reading: Reading) -> bool:
    """Whether a reading as an organisation or a place is in truth a unit, an age or a structure.

    A legal form says that it is a company all the same.
    """
    if reading.kind not in ("Organization", "Place") or reading.cue == "legal form":
        return False
    run = words.run(reading.first, reading.last)
    heads = [run[-1]] if len(run) > 1 else []
    heads += _continuation(words, reading.last)
    if any(_is_head(token, words.language) for token in heads):
        return True
    if reading.kind == "Place" and not heads:
        return False
    groups = _GROUPS.get(words.language, frozenset())
    doubtful = any(
        token.surface.lower() in groups or not groups.isdisjoint(token.lemmas) for token in heads
    )
    if words.language == "en" and reading.cue == "recognizer":
        doubtful |= len(run) == 1 and bool(_AGE.match(run[0].surface))
        doubtful |= len(run) > 1 and run[0].surface.lower() in _DIVISION
    return doubtful and _is_geological(words.text, run[0].start, run[-1].end)


def precedes_rock_head(words: Words, last: int) -> bool:
    """Whether a name that ends with token `last` goes on as that of a rock unit."""
    return any(_is_head(token, words.language) for token in _continuation(words, last))


def _continuation(words: Words, last: int) -> Sequence[Token]:
    """The words with which a name goes on: to its last capital, in Finnish the next noun."""
    tokens, text = words.tokens, words.text
    found: list[Token] = []
    while last + 1 < len(tokens) and len(found) < _MOST_WORDS:
        after = tokens[last + 1]
        if not follows(text, tokens[last], after):
            break
        if not is_capital(after):
            if not found:
                found.append(after)
            break
        found.append(after)
        last += 1
    return found[-1:]


def _is_head(token: Token, language: str) -> bool:
    heads = _HEADS.get(language, frozenset())
    surface = token.surface.lower()
    if surface in heads or (language == "en" and _BAND.search(surface)):
        return True
    return language == "fi" and any(
        lemma in heads or lemma.endswith(_FINNISH_ENDINGS) for lemma in token.lemmas[:2]
    )


def _is_geological(text: str, start: int, end: int) -> bool:
    """Whether the words around speak of rocks rather than of business."""
    around = f"{text[max(0, start - _AROUND) : start]} {text[end : end + _AROUND]}"
    rocks = len(_GEOLOGY.findall(around))
    return rocks > len(_BUSINESS.findall(around))

"""Which reading of a label is meant, if any: by type, neighbours, capitals and language.

Each rule says what an annotator would mark. A mine is meant where words of mining follow the
name ("Kittilän kultakaivos"), else the place; a surname, a name inside a longer one and a word
that only looks like a name are not marked at all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from amic_kg.extract.labels import COMPASS, Label, Reading, Span
from amic_kg.extract.matcher import choose
from amic_kg.extract.names import (
    COMMON_WORDS,
    GIVEN_NAMES,
    INSTITUTIONS,
    LEGAL_FORMS,
    TITLES,
)
from amic_kg.extract.weak_labels import IDIOMS, NEEDS_SUBSTANCE, OF_A_SUBSTANCE, TOO_COMMON
from amic_kg.language import Token

_NAMES = ("Place", "Site", "Organization", "Project")
SUBSTANCES = frozenset({"Commodity", "Mineral", "Rock"})
_BY_CONTEXT = 0.85
_BY_DEFAULT = 0.75
_WINDOW = 9
"""Words before and after a substance that tell in which sense it is meant."""

_MINE_WORDS = frozenset(
    [
        "kaivos",
        "louhos",
        "avolouhos",
        "rikastamo",
        "esiintymä",
        "kaivosalue",
        "kaivoshanke",
        "kaivosprojekti",
        "malmio",
        "malmiesiintymä",
        "kaivospiiri",
        "rikastushiekka-alue",
        "kaivosyhtiö",
        "mine",
        "mines",
        "deposit",
        "deposits",
        "ore",
        "orebody",
        "prospect",
        "concentrator",
        "pit",
        "open-pit",
        "mineralisation",
        "mineralization",
        "intrusion",
        "gruva",
        "gruvan",
        "gruvas",
        "fyndighet",
        "fyndigheten",
        "dagbrott",
        "anrikningsverk",
        "malmkropp",
    ]
)
_MINE_ENDINGS = ("kaivos", "esiintymä", "louhos", "kaivoshanke")
# What may stand between a name and the word for a mine: "Kemi chromite open pit mine".
_MINE_MODIFIERS = 3

_REFERENCE_AFTER = re.compile(
    r"(?:,\s[A-ZÅÄÖ]\.(?:[\s-]?[A-ZÅÄÖ]\.)*)|(?:\s(?:ym\.|et\sal\.|m\.\sfl\.))"
    r"|(?:\s\((?:19|20)\d\d[a-z]?\))|(?:\s[&]\s[A-ZÅÄÖ])"
)
_BRACKETED_YEAR = re.compile(r",?\s(?:19|20)\d\d[a-z]?[);,:]")
_OPENS_REFERENCE = re.compile(r"(?:[(;]\s?|&\s)$")
_INITIAL_BEFORE = re.compile(r"(?:^|[\s(,;])(?:[A-ZÅÄÖ]\.[\s-]?)+$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:•]\s+|\n\s*|[\"“”]|^\s*[-–*]\s+)$")
_HYPHENED_COMPASS = re.compile(
    r"\b(?:Pohjois|Etelä|Itä|Länsi|Keski|Kaakkois|Koillis|Lounais|Luoteis|Ylä|Ala|Väli|Valko|"
    r"Uusi|Uuden|Vanha|Iso|Pikku|Nord|Syd|Öst|Väst|Väster|Öster)[-–]$"
)

_MINERAL_CUES = frozenset(
    [
        "mineral",
        "minerals",
        "mineraali",
        "mineraalit",
        "grain",
        "grains",
        "crystal",
        "crystals",
        "assemblage",
        "matrix",
        "vein",
        "alteration",
        "porphyroblast",
        "phenocryst",
        "inclusion",
        "gangue",
        "koostua",
        "sisältää",
        "kide",
        "rae",
        "sivumineraali",
        "päämineraali",
        "malmimineraali",
        "juoni",
        "gneissi",
        "liuske",
        "kiisu",
        "bestå",
        "innehålla",
        "korn",
        "kristall",
        "kaliumfältspat",
        "plagioklaasi",
        "plagioclase",
        "pyroxene",
        "amphibole",
        "amfiboli",
        "biotite",
        "biotiitti",
        "hornblende",
        "chlorite",
        "kloriitti",
        "carbonate",
        "gneiss",
        "schist",
        "thin",
        "composed",
        "contain",
        "comprise",
        "mineralogy",
        "mineralogia",
        "detrital",
        "cement",
    ]
)
_COMMODITY_CUES = frozenset(
    [
        "produce",
        "production",
        "producer",
        "mine",
        "mining",
        "price",
        "supply",
        "market",
        "export",
        "import",
        "consumption",
        "concentrate",
        "raw",
        "material",
        "materials",
        "critical",
        "strategic",
        "commodity",
        "industry",
        "demand",
        "resource",
        "resources",
        "reserve",
        "tuotanto",
        "tuottaa",
        "kaivos",
        "louhia",
        "louhinta",
        "rikaste",
        "raaka-aine",
        "hinta",
        "kysyntä",
        "markkina",
        "vienti",
        "kriittinen",
        "strateginen",
        "teollisuus",
        "varanto",
        "hyödyntää",
        "kaivostoiminta",
        "producera",
        "gruva",
        "gruvdrift",
        "pris",
        "råvara",
        "råvaror",
        "råmaterial",
        "kritisk",
        "marknad",
        "koncentrat",
        "bryta",
        "brytning",
        "utvinna",
        "utvinning",
        "quarry",
        "quarried",
        "louhimo",
        "stenbrott",
        "deposit",
        "deposits",
        "esiintymä",
        "fyndighet",
        "tonnes",
        "tonni",
        "ton",
        "hyödyke",
        "company",
        "yhtiö",
        "bolag",
    ]
)
_ROCK_CUES = frozenset(
    [
        "rock",
        "rocks",
        "bedrock",
        "outcrop",
        "intrusion",
        "dyke",
        "dike",
        "formation",
        "lithology",
        "contact",
        "host",
        "wall",
        "layer",
        "bed",
        "beds",
        "sequence",
        "kivilaji",
        "kallioperä",
        "paljastuma",
        "juoni",
        "kerros",
        "muodostuma",
        "moreeni",
        "bergart",
        "berggrund",
        "häll",
        "lager",
        "metamorphic",
        "igneous",
        "sedimentary",
        "gneiss",
        "schist",
        "soil",
        "maaperä",
        "maalaji",
        "jord",
        "jordart",
        "till",
        "clay",
        "silt",
        "savi",
        "siltti",
        "lera",
    ]
)
# Substances that are meant as the mineral, or the rock, where nothing tells; the rest as what is
# mined: talc, apatite, graphite, soapstone, diamond are spoken of in this field as raw materials.
_MINERAL_BY_DEFAULT = frozenset({"quartz", "feldspar", "mica", "olivine", "garnet", "dolomite"})
_ROCK_BY_DEFAULT = frozenset(
    {"granite", "limestone", "anorthosite", "sand", "gravel", "nepheline-syenite", "dolostone"}
)


class Disambiguator:
    """Reads spans of one language and text; holds nothing of them."""

    def read(
        self,
        span: Span,
        text: str,
        tokens: Sequence[Token],
        language: str,
    ) -> Reading | None:
        """The label that is meant and how sure it is, or None when none is."""
        labels = [x for x in span.labels if not _is_weak(x, span, text, tokens, language)]
        if not labels:
            return None
        types = {label.entity.type for label in labels}
        names = types.intersection(_NAMES)
        if names:
            named = self._name(labels, names, span, text, tokens, language)
            if named is not None or types == names:
                return named
            labels = [x for x in labels if x.entity.type not in _NAMES]
            types = {label.entity.type for label in labels}
        if len(types) > 1 and types <= SUBSTANCES:
            return _substance(labels, span, text, tokens)
        return choose(labels, tokens[span.first : span.last + 1])

    def _name(
        self,
        labels: list[Label],
        types: set[str],
        span: Span,
        text: str,
        tokens: Sequence[Token],
        language: str,
    ) -> Reading | None:
        single = span.first == span.last
        mine = _mine_follows(text, tokens, span.last)
        if "Organization" in types and not single:
            return _of(labels, "Organization", tokens, span)
        if single and not mine:
            if _is_person(text, tokens, span) or _is_common_word(text, tokens, span, language):
                return None
            if not types <= {"Organization", "Project"} and (
                _is_in_longer_name(text, tokens, span, language)
            ):
                return None
        if "Site" in types and ("Place" in types or "Organization" in types):
            if mine:
                return _of(labels, "Site", tokens, span, _BY_CONTEXT)
            if "Organization" in types:
                return _of(labels, "Organization", tokens, span, _BY_CONTEXT)
            return _of(labels, "Place", tokens, span, _BY_CONTEXT)
        if {"Organization", "Place"} <= types:
            local = language == "fi" and tokens[span.first].surface.lower().endswith(
                ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "een", "seen")
            )
            preposition = language != "fi" and _word(tokens, span.first - 1) in {"in", "i", "near"}
            return _of(labels, "Place" if local or preposition else "Organization", tokens, span)
        named = [label for label in labels if label.entity.type in _NAMES]
        return choose(named, tokens[span.first : span.last + 1])


def _of(
    labels: list[Label], kind: str, tokens: Sequence[Token], span: Span, most: float = 1.0
) -> Reading:
    chosen, confidence = choose(
        [label for label in labels if label.entity.type == kind],
        tokens[span.first : span.last + 1],
    )
    return chosen, min(confidence, most)


def _is_weak(label: Label, span: Span, text: str, tokens: Sequence[Token], language: str) -> bool:
    """Whether the label is a common word here: too general a term, an idiom, a verb."""
    if label.name or label.exact is not None:
        return False
    if label.entity.iri.rsplit("/", 1)[1] in OF_A_SUBSTANCE and label.entity.type == "Theme":
        return True
    surface = text[tokens[span.first].start : tokens[span.last].end].lower()
    if " ".join(label.words) in TOO_COMMON.get(language, ()):
        return True
    after = _word(tokens, span.last + 1)
    before = _word(tokens, span.first - 1)
    if label.entity.type in SUBSTANCES:
        if (surface, after) in IDIOMS or (before, surface) in IDIOMS:
            return True
        if tokens[span.first].surface[:1].isupper() and span.first == span.last:
            if _is_person(text, tokens, span) or _legal_form_follows(text, tokens, span.last):
                return True
        if language == "en" and surface in NEEDS_SUBSTANCE:
            return not _is_among_substances(surface, text, tokens, span)
    return False


def _is_among_substances(surface: str, text: str, tokens: Sequence[Token], span: Span) -> bool:
    """Whether "lead" is the metal: beside another one, or where only a substance can stand."""
    before, after = _word(tokens, span.first - 1), _word(tokens, span.last + 1)
    metals = {"zinc", "copper", "silver", "gold", "nickel", "cadmium", "arsenic", "tin", "iron",
              "cobalt", "mercury", "antimony", "uranium", "chromium", "tungsten"}  # fmt: skip
    heads = {"mine", "mines", "ore", "ores", "deposit", "deposits", "concentrate", "concentrates",
             "content", "contents", "concentration", "concentrations", "smelter", "isotope",
             "isotopes", "mining", "pollution", "contamination", "mineralisation",
             "mineralization", "grades", "production"}  # fmt: skip
    if after in heads or before in {"dissolved", "leachable", "metallic"}:
        return True
    near = {_word(tokens, i) for i in range(span.first - 3, span.last + 4)}
    listed = text[max(0, tokens[span.first].start - 5) : tokens[span.last].end + 5]
    if near & metals and re.search(r"[,\-–/(]|\band\b|\bor\b", listed):
        return True
    return before == "of" and after not in {"time", "times", "author", "partner"}


def _substance(labels: list[Label], span: Span, text: str, tokens: Sequence[Token]) -> Reading:
    """The commodity, the mineral or the rock, by the words around or by what is usual."""
    by_type = {label.entity.type: label for label in reversed(labels)}
    near = _lemmas_near(text, tokens, span)
    key = labels[0].entity.iri.rsplit("/", 1)[1]
    if "Mineral" in by_type:
        other, cues, default = "Mineral", _MINERAL_CUES, key in _MINERAL_BY_DEFAULT
    else:
        other, cues, default = "Rock", _ROCK_CUES, key in _ROCK_BY_DEFAULT
    natural, mined = len(near & cues), len(near & _COMMODITY_CUES)
    if "Commodity" not in by_type:
        return by_type[other], _BY_DEFAULT
    if natural == mined:
        return by_type[other if default else "Commodity"], _BY_DEFAULT
    return by_type[other if natural > mined else "Commodity"], _BY_CONTEXT


def _lemmas_near(text: str, tokens: Sequence[Token], span: Span) -> frozenset[str]:
    """The words of the same sentence around a span, in their base forms."""
    found: set[str] = set()
    for step, begin in ((-1, span.first), (1, span.last)):
        index = begin
        for _ in range(_WINDOW):
            neighbour = index + step
            if not 0 <= neighbour < len(tokens):
                break
            left, right = sorted((index, neighbour))
            if re.search(r"[.!?]\s|\n\s*\n", text[tokens[left].end : tokens[right].start + 1]):
                break
            found.add(tokens[neighbour].surface.lower())
            found.update(tokens[neighbour].lemmas)
            found.update(tokens[neighbour].parts)
            index = neighbour
    return frozenset(found)


def _mine_follows(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether the words behind a name say that it is that of a mine or a deposit."""
    for index in range(last + 1, min(last + 2 + _MINE_MODIFIERS, len(tokens))):
        if text[tokens[index - 1].end : tokens[index].start].strip("-– \n"):
            return False
        token = tokens[index]
        words = {token.surface.lower(), *token.lemmas}
        if words & _MINE_WORDS or any(word.endswith(_MINE_ENDINGS) for word in words):
            return True
        if token.surface[:1].isupper() and len(token.surface) > 2:
            return False
        if words & _NO_MODIFIER:
            return False
    return False


_NO_MODIFIER = frozenset(
    [
        "ja",
        "tai",
        "sekä",
        "on",
        "oli",
        "kunta",
        "kaupunki",
        "seutu",
        "alue",
        "and",
        "or",
        "is",
        "was",
        "has",
        "the",
        "a",
        "in",
        "of",
        "to",
        "och",
        "är",
        "var",
        "har",
        "i",
        "på",
        "kommun",
        "stad",
        "municipality",
        "town",
        "city",
        "region",
        "area",
        "for",
        "with",
        "by",
        "at",
        "from",
        "that",
        "where",
        "which",
        "jossa",
        "joka",
        "where",
        "near",
        "nära",
        "lähellä",
    ]
)


def _is_person(text: str, tokens: Sequence[Token], span: Span) -> bool:
    """Whether a name is a surname here, or a given name: "Jari Kolari", "Malmi, K. 2012"."""
    token = tokens[span.first]
    before = text[max(0, token.start - 24) : token.start]
    if _INITIAL_BEFORE.search(before):
        return True
    previous = tokens[span.first - 1] if span.first else None
    if previous is not None and text[previous.end : token.start] in (" ", ". "):
        word = previous.surface.lower()
        if word in TITLES or (previous.surface[0].isupper() and word in GIVEN_NAMES):
            return True
    after = text[token.end : token.end + 24]
    base = token.surface[0].isupper() and token.surface.lower() in token.lemmas
    if base and _REFERENCE_AFTER.match(after):
        return True
    if base and _OPENS_REFERENCE.search(before) and _BRACKETED_YEAR.match(after):
        return True
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    return (
        token.surface.lower() in GIVEN_NAMES
        and following is not None
        and text[token.end : following.start] == " "
        and following.surface[:1].isupper()
        and following.surface.lower() not in LEGAL_FORMS
    )


def _is_common_word(text: str, tokens: Sequence[Token], span: Span, language: str) -> bool:
    """A name that is a word too has its capital from the beginning of the sentence alone."""
    token = tokens[span.first]
    words = COMMON_WORDS.get(language, frozenset())
    if words.isdisjoint((token.surface.lower(), *token.lemmas)):
        return False
    return bool(_SENTENCE_START.search(text[max(0, token.start - 6) : token.start]))


def _is_in_longer_name(text: str, tokens: Sequence[Token], span: Span, language: str) -> bool:
    """Whether a place is part of another name: "Lapin keskussairaala", "Itä-Saksa", "Kemin Lämpö Oy"."""
    token = tokens[span.first]
    if _HYPHENED_COMPASS.search(text[max(0, token.start - 12) : token.start]):
        return True
    if language == "en" and span.first:
        before = tokens[span.first - 1]
        if (
            text[before.end : token.start] == " "
            and before.surface in {"New", "South", "North", "West", "East", "Long", "Great"}
            and before.surface.lower() in {*COMPASS["en"], "new", "long", "great"}
        ):
            return True
    if _legal_form_follows(text, tokens, span.last):
        return True
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    if following is None or text[token.end : following.start] not in (" ", "\n"):
        return False
    words = {following.surface.lower(), *following.lemmas}
    head = following.parts[-1] if following.parts else ""
    return not words.isdisjoint(INSTITUTIONS) or head in INSTITUTIONS


def _legal_form_follows(text: str, tokens: Sequence[Token], last: int) -> bool:
    """Whether words with capitals lead on to Oy, AB or Ltd: the name is part of a company's."""
    for index in range(last + 1, min(last + 6, len(tokens))):
        gap = text[tokens[index - 1].end : tokens[index].start]
        if gap.strip("-–&. ") or "\n\n" in gap:
            return False
        word = tokens[index].surface.split(":")[0]
        if word.lower() in LEGAL_FORMS and (word[:1].isupper() or word in {"plc", "ry", "rf"}):
            return True
        if not word[:1].isupper() and word not in {"and", "ja", "och", "of"}:
            return False
    return False


def _word(tokens: Sequence[Token], index: int) -> str:
    return tokens[index].surface.lower() if 0 <= index < len(tokens) else ""

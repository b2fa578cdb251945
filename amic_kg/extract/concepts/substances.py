"""In which sense a substance is meant: as what is mined, as the mineral or as the rock, or not.

"Talc" is a commodity where it is produced and a mineral where a rock consists of it; "lead" is a
metal beside zinc and a verb elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from amic_kg.extract.concepts.labels import Label, Reading, Span
from amic_kg.extract.concepts.naming import is_person, legal_form_follows, word_at
from amic_kg.extract.concepts.weak_labels import NEEDS_SUBSTANCE, NOT_OF_A_SUBSTANCE
from amic_kg.extract.concepts.words import words_of
from amic_kg.language import Token

SUBSTANCES = frozenset({"Commodity", "Mineral", "Rock"})
BY_CONTEXT = 0.85
_BY_DEFAULT = 0.75
_WINDOW = 9
"""Words before and after a substance that tell in which sense it is meant."""
_MARGIN = 1
"""Cues that what is usual outweighs."""
_MINERAL_CUES = words_of(
    """
        mineral minerals mineraali mineraalit grain grains crystal crystals assemblage matrix
        vein alteration porphyroblast phenocryst inclusion gangue koostua sisältää kide rae
        sivumineraali päämineraali malmimineraali juoni gneissi liuske kiisu bestå innehålla
        korn kristall kaliumfältspat plagioklaasi plagioclase pyroxene amphibole amfiboli
        biotite biotiitti hornblende chlorite kloriitti carbonate gneiss schist thin composed
        contain comprise mineralogy mineralogia detrital cement
        """
)
_COMMODITY_CUES = words_of(
    """
        produce production producer mine mining price supply market export import consumption
        concentrate raw material materials critical strategic commodity industry demand resource
        resources reserve tuotanto tuottaa kaivos louhia louhinta rikaste raaka-aine hinta
        kysyntä markkina vienti kriittinen strateginen teollisuus varanto hyödyntää
        kaivostoiminta producera gruva gruvdrift pris råvara råvaror råmaterial kritisk marknad
        koncentrat anodi akku täyteaine battery batteries anode anodes cathode filler batteri anod
        bryta brytning utvinna utvinning quarry quarried louhimo stenbrott deposit deposits
        esiintymä fyndighet tonnes tonni ton hyödyke company yhtiö bolag
        """
)
_SALTS = words_of(
    """
        sulphate sulfate chloride nitrate hydroxide phosphate fluoride bromide iodide cyanide
        sulphates sulfates chlorides nitrates hydroxides phosphates fluorides
        """
)
"""What makes a compound of its own of an element's name: "aluminium sulphate" is no aluminium."""
_RAW_MATERIALS_LISTED = re.compile(
    r"(?i)\b(?:industrial minerals|(?:raw|construction) materials|commodities|products|"
    r"teollisuusmineraal\w+|(?:raaka-aine|hyödykke|kaivannais)\w+|"
    r"industrimineral\w*|rå(?:varor|material)\w*)"
    r"(?: \w+)?\s*(?::|\(|,?\s(?:include|including|such as|like|are|ovat|kuten|mm\.|omfattar|som|"
    r"till exempel|t\.ex\.)\s)[^.!?:;]*$"
)
"""What says of a list behind it that its members are raw materials."""
_METALS = words_of("kulta kupari nikkeli talkki gold copper nickel talc guld koppar talk")
"""Beside these a rock is one more thing that is mined."""
_PEAT_CUES = words_of(
    """
        nosto nostaa energia energiantuotanto polttaa poltto polttoaine energy fuel burn burned
        combustion bränsle energi bränna upptagning
        """
)
"""What peat is cut for: to be burned."""
_ROCK_CUES = words_of(
    """
        rock rocks bedrock outcrop intrusion dyke dike formation lithology contact host wall
        layer bed beds sequence kivilaji kallioperä paljastuma juoni kerros muodostuma moreeni
        bergart berggrund häll lager metamorphic igneous sedimentary gneiss schist soil maaperä
        maalaji jord jordart till clay silt savi siltti lera
        """
)
# Substances that are meant as the mineral, or the rock, where nothing tells; the rest as what is
# mined: talc, apatite, graphite, soapstone, diamond are spoken of in this field as raw materials.
_MINERAL_BY_DEFAULT = frozenset(
    {"quartz", "gypsum", "feldspar", "mica", "olivine", "garnet", "dolomite"}
)
_ROCK_BY_DEFAULT = frozenset(
    {
        "clay",
        "soapstone",
        "granite",
        "limestone",
        "anorthosite",
        "sand",
        "gravel",
        "nepheline-syenite",
        "dolostone",
    }
)


def is_no_substance(span: Span, text: str, tokens: Sequence[Token], language: str) -> bool:
    """Whether the name of a substance is part of an idiom or another name, or a verb."""
    surface = text[tokens[span.first].start : tokens[span.last].end].lower()
    after = word_at(tokens, span.last + 1)
    if language == "en" and after in NOT_OF_A_SUBSTANCE:
        return True
    if language == "en" and after in _SALTS and text[tokens[span.last].end] == " ":
        return True
    if (
        tokens[span.first].surface[:1].isupper()
        and span.first == span.last
        and (is_person(text, tokens, span) or legal_form_follows(text, tokens, span.last))
    ):
        return True
    return (
        language == "en"
        and surface in NEEDS_SUBSTANCE
        and not _is_among_substances(text, tokens, span)
    )


def _is_among_substances(text: str, tokens: Sequence[Token], span: Span) -> bool:
    """Whether "lead" is the metal: beside another one, or where only a substance can stand."""
    before, after = word_at(tokens, span.first - 1), word_at(tokens, span.last + 1)
    metals = {"zinc", "copper", "silver", "gold", "nickel", "cadmium", "arsenic", "tin", "iron",
              "cobalt", "mercury", "antimony", "uranium", "chromium", "tungsten"}  # fmt: skip
    heads = {"mine", "mines", "ore", "ores", "deposit", "deposits", "concentrate", "concentrates",
             "content", "contents", "concentration", "concentrations", "smelter", "isotope",
             "isotopes", "mining", "pollution", "contamination", "mineralisation",
             "mineralization", "grades", "production"}  # fmt: skip
    if after in heads or before in {"dissolved", "leachable", "metallic"}:
        return True
    near = {word_at(tokens, i) for i in range(span.first - 3, span.last + 4)}
    listed = text[max(0, tokens[span.first].start - 5) : tokens[span.last].end + 5]
    if near & metals and re.search(r"[,\-–/(]|\band\b|\bor\b", listed):
        return True
    return before == "of" and after not in {"time", "times", "author", "partner"}


def choose_substance(
    labels: list[Label], span: Span, text: str, tokens: Sequence[Token]
) -> Reading:
    """The commodity, the mineral or the rock, by the words around or by what is usual."""
    by_type = {label.entity.type: label for label in reversed(labels)}
    if "Commodity" in by_type and _RAW_MATERIALS_LISTED.search(text, 0, tokens[span.first].start):
        return by_type["Commodity"], BY_CONTEXT
    near = _lemmas_near(text, tokens, span)
    key = labels[0].entity.iri.rsplit("/", 1)[1]
    if "Mineral" in by_type:
        other, cues, default = "Mineral", _MINERAL_CUES, key in _MINERAL_BY_DEFAULT
    else:
        other, cues, default = "Rock", _ROCK_CUES, key in _ROCK_BY_DEFAULT
    raw = _COMMODITY_CUES if other == "Mineral" else _COMMODITY_CUES | _METALS
    if key == "peat":
        raw = raw | _PEAT_CUES
    natural, mined = len(near & cues), len(near & raw)
    if "Commodity" not in by_type:
        return by_type[other], _BY_DEFAULT
    if default:
        chosen = "Commodity" if mined > natural + (_MARGIN if other == "Mineral" else 0) else other
    else:
        chosen = other if natural > mined else "Commodity"
    return by_type[chosen], _BY_DEFAULT if natural == mined else BY_CONTEXT


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
            if re.search(r"[.!?;]\s|\n\s*\n", text[tokens[left].end : tokens[right].start + 1]):
                break
            found.add(tokens[neighbour].surface.lower())
            found.update(tokens[neighbour].lemmas)
            found.update(tokens[neighbour].parts)
            index = neighbour
    return frozenset(found)

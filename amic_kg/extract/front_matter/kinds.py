"""Kinds of documents, degrees and programmes by the words of covers and sheets in fi, en, sv."""

from __future__ import annotations

import re
from dataclasses import dataclass

Kind = str

_BACHELOR = (
    r"opinnäytetyö\s?,?\s?\(?amk\)?(?!\w)|amk-opinnäytetyö|kandidaatin\s?(?:tutkielma|työ|"
    r"tutkinto)\w*|"
    r"kandidaatintutkielma|kandidaatintyö|kandidaatin opinnäytetyö|kandidaattitutkielma|"
    r"bachelor(?:[’'`´]?s?)? (?:of [\w ]{3,30} )?thesis|bachelor[’'`´]?s degree thesis|"
    r"kandidatavhandling|kandidatarbete|kandidatuppsats|lärdomsprov \(yh\)|"
    r"examensarbete för yrkeshögskoleexamen|"
    r"examensarbete,? (?:för )?(?:\w+ ?)?\(?yh\)?(?:-examen)?|examensarbete för \w+ \(yh\)-examen"
)
_MASTER = (
    r"opinnäytetyö,?\s?\(?(?:ylempi amk|yamk)\)?(?!\w)|ylempi amk(?:-opinnäytetyö|-tutkinto)|"
    r"yamk-opinnäytetyö|ylemmän ammattikorkeakoulututkinnon opinnäytetyö|"
    r"pro gradu(?:\s?-\s?\w+|\s(?:tutkielma|avhandling|thesis|työ))?|diplomityö|diplomarbete|"
    r"maisterin\s?tutkielma|"
    r"maisterintutkielma|master(?:[’'`´]?s)?[- ](?:of [\w ]{3,30} )?thesis|"
    r"examensarbete för högre yrkeshögskoleexamen|master[’'`´]?s degree thesis|mastersavhandling|"
    r"magister(?:s)?avhandling|masterarbete|masters?avhandling|kandidat- och magisteravhandling|"
    r"avhandling pro gradu|examensarbete \(högre yh\)|"
    r"lärdomsprov \(högre yh\)|högre yh-examen|syventävä opinnäytetyö|"
    r"syventävien opintojen tutkielma"
)
_DOCTORAL = (
    r"väitöskirja|thesis for the degree of doctor|thesis for the doctoral degree|"
    r"doctoral (?:dissertation|thesis)|academic dissertation|ph\.?\s?d\.? (?:thesis|dissertation)|"
    r"doktorsavhandling|akademisk avhandling|väitöstutkimus|artikkeliväitöskirja|"
    r"yliopistollinen väitöskirja|doctor of philosophy thesis|"
    r"esitetään .{0,120}julkisesti tarkastettavaksi|"
    r"to be presented.{0,150}public (?:examination|discussion|defen[cs]e)|doktorsdisputation"
)
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?<![^\W_])(?:{pattern})", re.IGNORECASE | re.DOTALL))
    for kind, pattern in (
        ("DoctoralThesis", _DOCTORAL),
        ("MasterThesis", _MASTER),
        ("BachelorThesis", _BACHELOR),
        ("Deliverable", r"deliverable\b|\bD\d{1,2}\.\d{1,2}\b|projektitulos\b"),
        ("Newsletter", r"(?:\w+)?(?:newsletter|uutiskirje|nyhetsbrev|tiedotuslehti)\b|infobrev"),
        ("Dataset", r"dataset\b|data set\b|^readme$|aineistokuvaus|tietoaineisto\b|datamängd|"
                    r"data description|datasets?beskrivning|aineiston kuvaus|dataset description"),
        ("Guide", r"\w*opas\b|käsikirja|guide\b|guidebook|guidelines?\b|handbook|handbok|manual\b|"
                  r"vägledning|handledning(?!\w)|ohjekirja|toolkit|työkirja|guideline"),
        ("Presentation", r"esitys\b|presentation\b|seminaariesitys|esitelmä|diasarja|föredrag|"
                         r"slides\b|seminarieföredrag"),
        ("Article", r"^\W*article\W*$|artikkeli\b|"
                    r"(?:research|review|original|journal|short|self-archived)\s(?:article|"
                    r"paper)\b|"
                    r"original research|vertaisarvioitu|konferenssijulkaisu|"
                    r"conference paper|"
                    r"tieteellinen artikkeli|vetenskaplig artikel|article history|"
                    r"rinnakkaistallen\w+"),
        ("Report", r"\w*raportti\b|\w*raportteja\b|\w*selvitys\b|"
                   r"\w*selvityksiä\b|\breport\b|reports\b|"
                   r"\w*rapport\b|\w*rapporter\b|utredning\b|loppuraportti|final report|"
                   r"slutrapport|"
                   r"vuosikertomus|toimintakertomus|\w*berättelse\b|"
                   r"julkaisuja\b|tutkimuksia\b|research report|technical report|work report|"
                   r"katsaus\b|"
                   r"publikationer\b|publications? of\b|esiselvitys|yva-selostus|yva-ohjelma|"
                   r"arviointiselostus|arviointiohjelma|environmental impact assessment|"
                   r"miljökonsekvens\w*|työpaperi\b|"
                   r"working papers?\b|white paper"),
    )
)  # fmt: skip
_LONE = re.compile(r"degree thesis|final thesis|examensarbete|lärdomsprov|opinnäytetyö", re.I)
"""Words for a thesis that no title begins with."""

_LEVEL = re.compile(
    r"(?:opinnäytetyö|examensarbete|lärdomsprov|thesis|degree thesis)\s?,?\s?"
    r"\(?(?:ylempi\s)?(?:amk|yamk|(?:högre\s)?yh|ammattikorkeakoulututkinto|"
    r"(?:högre\s)?yrkeshögskoleexamen)\)?(?:,\s?.{3,60})?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s*(?:[,(:|–-]|(?:in|i|inom|of|for|för)\s)", re.IGNORECASE)
_PLAIN = re.compile(
    r"\W*(?:tutkimus|julkaisu|policy brief|fact ?sheet|tietokortti|esite|posteri?|conference paper|"
    r"technical note|data description|dataset description|readme|"
    r"aineiston kuvaus|yva-(?:selostus|ohjelma)|(?:c-)?uppsats|gradu|white paper|"
    r"strategia|suunnitelma|publikation|työpaperi|"
    r"working paper|(?:loppu|väli|tutkimus|projekti|hanke|esi|työ|"
    r"vuosi)?(?:raportti|selvitys)|katsaus|opas|"
    r"käsikirja|uutiskirje|aineistokuvaus|tietoaineisto|esitys|diaesitys|artikkeli|esitelmä|"
    r"(?:final|interim|technical|research|project|annual|progress|study|public)?\s?report|"
    r"guide(?:book)?|"
    r"handbook|manual|newsletter|presentation|dataset|(?:original |research |review )?article|"
    r"(?:slut|mellan|forsknings|projekt)?rapport|utredning|guide|handbok|handledning|vägledning|"
    r"nyhetsbrev|presentation|artikel|deliverable(?:\s*(?:no\.?\s*)?D?\s?\d+(?:\.\d+)?)?|"
    r"D\s?\d{1,2}\.\d{1,2}|(?:public )?deliverable|data set|datamängd|"
    r"(?:uutiskirje|newsletter|nyhetsbrev)\s(?:nro |no\.? |nr )?\d+\s?/\s?\d+)\W*",
    re.IGNORECASE,
)
_THESIS = re.compile(
    r"(?<![^\W_])(?:opinnäytetyö|opinnäyte|thesis|degree thesis|examensarbete|lärdomsprov|"
    r"final thesis|slutarbete|tutkielma|avhandling)(?!\w)",
    re.IGNORECASE,
)
_MASTER_DEGREE = re.compile(
    r"yamk|ylem(?:pi|män)|master|magister|maisteri|diplomi-?insinööri|diplomingenjör|"
    r"högre (?:yh|yrkes)|m\.?sc",
    re.I,
)
_FIELDS_FI = (
    r"(?:filosofian|tekniikan|kauppatieteiden|hallintotieteiden|yhteiskuntatieteiden|"
    r"luonnontieteiden|maatalous-?\sja\smetsätieteiden|metsätieteiden|oikeustieteen|taiteen|"
    r"valtiotieteiden|kasvatustieteen|terveystieteiden|lääketieteen|teologian|arkkitehtuurin)"
)
_FIELDS_SV = (
    r"(?:filosofie|ekonomie|politices|pedagogie|teknologie|juris|teologie|"
    r"ekonomi|naturvetenskaps)"
)
_AMK = r"\s?\((?:ylempi\samk|amk|yamk)\)"
_TITLES_FI = (
    r"(?:[\w-]*insinööri|tradenomi|sairaanhoitaja|agrologi|restonomi|sosionomi|medianomi|"
    r"artenomi|estenomi|rakennusmestari|rakennusarkkitehti|muotoilija|geronomi|fysioterapeutti|"
    r"terveydenhoitaja|hortonomi|kulttuurituottaja|kätilö|ensihoitaja|merikapteeni|konstruktööri|"
    r"liikunnanohjaaja|ympäristösuunnittelija|musiikkipedagogi|toimintaterapeutti|vestonomi|"
    r"yhteisöpedagogi)"
)
_TITLES_SV = (
    r"(?:[\w-]*ingenjör|tradenom|sjukskötare|socionom|medianom|agrolog|estenom|byggmästare|"
    r"formgivare|hälsovårdare|restonom|miljöplanerare|sjökapten|kulturproducent|ergoterapeut|"
    r"fysioterapeut|hortonom)"
)
_DEGREE = re.compile(
    r"(?<![^\W_])(?:(?!opinnäyte|examen|lärdoms|koulutus|tutkin|thesis|lopputyö)[a-zåäö-]{5,}\s"
    r"\((?:ylempi amk|amk|yamk|(?:högre )?yh)\)|"
    rf"{_TITLES_FI}{_AMK}|{_TITLES_FI}n{_AMK}\s?-?tutkin(?:to|toa|non)(?!\w)|"
    r"(?:ylempi\s|ylemmän\s)?ammattikorkeakoulututkin(?:to|toa|non)(?!\w)|"
    r"(?:ylempi\s)?amk-tutkin(?:to|toa|non)(?!\w)|(?:högre\s)?yrkeshögskoleexamen|"
    rf"{_FIELDS_FI}\s(?:maisterin|tohtorin|kandidaatin|lisensiaatin)\s?"
    r"(?:-\s?)?tutkin(?:to|toa|non)(?!\w)|"
    r"(?:diplomi-)?insinöörin\s?tutkin(?:to|toa|non)(?!\w)|tradenomin\s?tutkin(?:to|toa|non)(?!\w)|"
    rf"{_FIELDS_SV}\s?(?:magister|kandidat|doktors?|licentiat)s?-?examen|diplomingenjörsexamen|"
    rf"diplomi-insinööri(?!\w)|{_FIELDS_FI}\s(?:maisteri|tohtori|kandidaatti|lisensiaatti)(?!\w)|"
    r"(?:bachelor|master|doctor|licentiate)\sof\s(?-i:[A-Z][\w-]+(?:\s(?:and|&)\s[A-Z][\w-]+)?"
    r"(?:\s(?!Thesis|Degree|Programme|To\b|Autumn|Spring|University|School)[A-Z][\w-]+){0,2})"
    r"(?:\s?\([\w. ]+\)|(?<=Science)\sin\s(?:Technology|Engineering)(?!\w))?|"
    rf"{_TITLES_SV}\s?\((?:högre )?yh\)|{_TITLES_SV}sexamen(?!\w)|"
    rf"diplomingenjör|{_FIELDS_SV} (?:magister|kandidat|doktor|licentiat)(?!\w))",
    re.IGNORECASE,
)
_LONE_DEGREE = re.compile(
    rf"(?:^|(?<=,\s))(?:{_TITLES_FI}|{_TITLES_SV}|diplomi-insinööri|(?:ylempi\s)?amk)"
    r"(?=\s*(?:$|,))",
    re.IGNORECASE,
)
"""A title that is a degree where it stands by itself between commas."""

_BENT_DEGREE = re.compile(r"(?<=tutkin)(?:toa|non)$", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"(?:^|(?<=[,;] ))(?:[\wåäöÅÄÖ,()/ -]{0,70}?(?:koulutusohjelma|tutkinto-ohjelma|"
    r"maisteriohjelma|"
    r"tohtoriohjelma|koulutus|suuntautumisvaihtoehto)(?!\w)|"
    r"(?:(?:master[’']?s |bachelor[’']?s |international |doctoral )?(?:degree )?programme? (?:in|"
    r"of) .{3,70})|"
    r"(?:[A-Z][\w ,&-]{2,60} (?:degree )?programme)|"
    r"(?:utbildningsprogrammet|utbildningen|examensprogrammet|magisterprogrammet|"
    r"utbildningsprogram|utbildning) (?:för|i|inom) .{3,60}|"
    r"[\wåäö, -]{2,40}(?:utbildningen|programmet))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A kind, degree or programme in a text at `start`..`end`."""

    value: str
    start: int
    end: int


def find_kind(text: str) -> Found | None:
    """The kind that a line, a label's value or a sentence of a title page names.

    A thesis of no named level gives "Thesis".
    """
    for kind, pattern in _PATTERNS:
        match = pattern.search(text)
        if match and kind in ("DoctoralThesis", "MasterThesis", "BachelorThesis"):
            return Found(kind, *match.span())
    thesis = _THESIS.search(text)
    if thesis:
        return Found("Thesis", *thesis.span())
    for kind, pattern in _PATTERNS:
        match = pattern.search(text)
        if match:
            return Found(kind, *match.span())
    return None


def is_kind_line(text: str) -> bool:
    """Whether a line says nothing but what kind of document it is: "Opinnäytetyö (AMK)"."""
    if _PLAIN.fullmatch(text):
        # "Vastuullisuusraportti 2022" and "Opas yrityksille" are titles, "Loppuraportti" is none.
        return True
    found = find_kind(text)
    if found is None or not found.value.endswith("Thesis"):
        return False
    before, after = text[: found.start], text[found.end :]
    words = re.findall(r"[^\W\d_]{2,}", before + after)
    if len(words) <= 1 and len(text) <= 60:
        return True
    # "Master's thesis in Accounting and Finance", "Aluetieteen pro gradu -tutkielma".
    subject = _SUBJECT.match(after) is not None and not re.search(r"\w{2}", before)
    field = not re.search(r"\w", after) and before.strip().endswith(("n", "s", "en"))
    named = found.value != "Thesis" or _LONE.search(text[found.start : found.end])
    return bool(named) and len(text) <= 100 and (subject or field)


def is_named_thesis(text: str) -> bool:
    """Whether a line says of what level a thesis is, in brackets: "Opinnäytetyö (YAMK)"."""
    return bool(_LEVEL.fullmatch(text))


def is_master_degree(text: str) -> bool:
    return bool(_MASTER_DEGREE.search(text))


def find_degree(text: str) -> Found | None:
    """A degree by its title: "Insinööri (AMK)", "Master of Science (Technology)"."""
    match = _DEGREE.search(text)
    if match is None:
        return None
    printed = match.group().strip(" ,")
    value = _BENT_DEGREE.sub("to", printed)
    return Found(value, match.start(), match.start() + len(printed))


def find_lone_degree(text: str) -> Found | None:
    """A degree of one word in a list: "Liiketoiminnan koulutusohjelma, tradenomi"."""
    match = _LONE_DEGREE.search(text)
    return Found(match.group(), *match.span()) if match else None


def find_programme(text: str) -> Found | None:
    """A line that names a degree programme."""
    match = _PROGRAMME.search(text) if len(text) <= 110 else None
    if match is None:
        return None
    value = match.group().strip(" ,")
    start = text.index(value)
    return Found(value, start, start + len(value))

# ruff: noqa: E501 -- an alternative of words stands on one line
"""Sentences of analysed passages, and what makes one no claim: questions, examples, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from amic_kg.extract.analysed import AnalysedPassage
from amic_kg.extract.passages import sentences
from amic_kg.records import Mention, Page

Shape = Literal["prose", "line", "row"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or table row; `start`..`end` count characters of its page.

    `paragraph` numbers the paragraphs of the document; `mentions` are those within, in order.
    """

    text: str
    language: str
    page: int
    start: int
    end: int
    paragraph: int
    shape: Shape
    mentions: tuple[Mention, ...]


_GAP = re.compile(r"\n\s*\n")
_LINE_WORDS = 14

# "Partners: …": lines of a sheet of facts, though the last of them may end with a stop.
_FIELD_LINE = re.compile(r"^[A-ZÅÄÖ][^\n:.;|]{1,34}: \S", re.MULTILINE)
_FIELDS = 2

# The section that lists what others wrote; it ends where the next heading of the text stands.
_REFERENCES = re.compile(
    r"^(?:\d+(?:\.\d+)*\.?\s+)?(?:lähteet|lähdeluettelo|kirjallisuus|kirjallisuusluettelo|"
    r"kirjallisuutta|viitteet|references|bibliography|literature(?: cited)?|sources|källor|"
    r"källförteckning|litteratur|referenser|litteraturförteckning)\s*:?$",
    re.IGNORECASE,
)
_NEXT_SECTION = re.compile(
    r"^(?:(?:liite|liitteet|appendix|appendices|bilaga|bilagor|annex)\b.{0,80}|"
    r"\d+(?:\.\d+)*\.?\s+\D[^.]{2,60})$",
    re.IGNORECASE,
)
_OF_A_LIST = re.compile(
    r"(?:19|20)\d\d|https?:|doi|\b[A-ZÅÄÖ]\.|\b(?:s|ss|pp|nro|vol|no)\. ?\d|\b(?:ISBN|URN)"
)
_STRANGERS = 3
"""Sentences without a year, an initial or an address that show a list of references to be over."""
# "Virtanen, K. 2014. Title" and "Smith, J., Berg, A. (2015)".
_CITED_WORK = re.compile(
    r"^(?:\[\d+\]\s*)?[A-ZÅÄÖ][\w’'-]+,\s+(?:[A-ZÅÄÖ]\.[\s-]?)+.{0,200}?\(?(?:19|20)\d\d[a-z]?\)?[.,:]"
)

# Made up for teaching or planning: what such a sentence says is no fact.
_MADE_UP = re.compile(
    r"\b(?:suunnitteluesimerk|harjoitusesimerk|kuvitel|keksit|tekaistu|esimerkkiluku|planning example|"
    r"planeringsexempel|imaginary|invented|made[- ]up|fictitious|hypothetical|påhittad|uppdiktad|"
    r"exempeltext|sample text|näyteteksti|in the example|esimerkissä|i exemplet|"
    r"example stud|example thesis)",
    re.IGNORECASE,
)

_CLAUSE_END = re.compile(
    r"[;:]|\s[–-]\s|,\s(?:ja|mutta|sillä|joten|koska|jotta|vaikka|kun|kunnes|vaan|eikä|eivätkä|nor|and|but|because|so|"
    r"while|whereas|although|since|if|och|men|eftersom|medan|fast|då|utan|för att|så att|om|jos)\b"
)
_NEGATION = re.compile(
    r"\b(?:ei|eivät|eikä|eivätkä|en|emme|ilman|tuskin|not|never|no(?! ?\.? ?\d)|nor|neither|without|cannot|"
    r"[a-z]+n['’]t|inte|icke|ej|aldrig|ingen|inga|inget|utan|knappt|knappast)\b"
)
# English "en" is no word, Finnish "en" a negation, Swedish "en" an article.
_NEGATION_SV = re.compile(r"\b(?:inte|icke|ej|aldrig|ingen|inga|inget|knappt|knappast|utan att)\b")
_HYPOTHETICAL = re.compile(
    r"\b(?:jos|mikäli|ellei|elleivät|olisi(?:vat)?|voisi(?:vat)?|saattaisi|pitäisi|if|unless|would|"
    r"could|might|should|om(?= (?:gruv|projekt|man|bolag))|ifall|skulle|borde|kunde)\b|"
    r"\b\w+isi(?:vat)?\b(?<!siisi)"
)
_PLANNED = re.compile(
    r"\b(?:suunnitellaan|on suunniteltu|suunniteltu aineisto|suunnitelmissa|on tarkoitus|on tarkoituksena|tarkoituksena on|aikoo|aikovat|"
    r"aiotaan|tullaan|tavoitteena on|tavoitteena oli|pyritään|pyrkii|ehdotetaan|voidaan|"
    r"will|plans? to|planned to|is planned|are planned|planned material|aims? to|aimed to|intends? to|is to be|"
    r"are to be|can be|may be|proposed to|planeras|planerar|ska|kommer att|avser|syftar till|"
    r"kan|föreslås)\b"
)
_HEDGE = re.compile(
    r"\b(?:todennäköisesti|mahdollisesti|ilmeisesti|kenties|ehkä|arviolta|väitetysti|oletettavasti|"
    r"huhutaan|probably|possibly|perhaps|reportedly|allegedly|presumably|apparently|sannolikt|"
    r"möjligen|kanske|eventuellt|troligen|påstås)\b"
)
# What others did or wrote is not what this document did.
_OF_OTHERS = re.compile(
    r"\b(?i:kirjallisuudessa|kirjallisuuden mukaan|aiemm\w+ tutkimuks\w+|aiempi tutkimus|"
    r"aikaisemm\w+ tutkimuks\w+|muissa tutkimuksissa|in the literature|according to the literature|"
    r"(?:earlier|previous|prior|other) (?:studies|research|work|investigations)|"
    r"i litteraturen|enligt litteraturen|tidigare (?:studier|forskning|undersökningar)|"
    r"et al\.?|ym\.|m\.fl\.)"
    r"|\((?!(?:Horizon|Horisont|Interreg|Natura|Agenda|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b)[A-ZÅÄÖ][\w’'-]+(?:,? (?:&|and|ja|och) [A-ZÅÄÖ][\w’'-]+)*"
    r"(?: et al\.?| ym\.| m\.fl\.)?,? (?:19|20)\d\d[a-z]?\)"
)


def read_sentences(
    passages: Sequence[AnalysedPassage], pages: tuple[Page, ...]
) -> Iterator[Sentence]:
    """The sentences that can hold claims, in reading order: none of a list of references."""
    texts = {page.number: page.text for page in pages}
    paragraph, last_page, last_end = 0, 0, 0
    cited, strange = False, 0
    for analysed in passages:
        passage = analysed.passage
        page = texts.get(passage.page, "")
        mentions = sorted(analysed.mentions, key=lambda mention: (mention.start, -mention.end))
        for first, last in sentences(passage.text):
            start, end = passage.start + first, passage.start + last
            text = page[start:end]
            if passage.page != last_page or _GAP.search(page, last_end, start):
                paragraph += 1
            last_page, last_end = passage.page, end
            shape = _shape(text)
            if _REFERENCES.match(text.split("\n", 1)[0].strip()):
                cited, strange = True, 0
            elif cited:
                strange = 0 if _OF_A_LIST.search(text) else strange + 1
                over = shape == "line" and _NEXT_SECTION.match(text.strip())
                cited = not over and strange < _STRANGERS
            if cited or _CITED_WORK.match(text):
                continue
            within = tuple(m for m in mentions if start <= m.start and m.end <= end)
            yield Sentence(
                text, passage.language, passage.page, start, end, paragraph, shape, within
            )


def claims(sentence: Sentence) -> bool:
    """Whether a sentence says something of the world: no question, no made-up example."""
    return not sentence.text.rstrip().endswith("?") and not _MADE_UP.search(sentence.text)


def clause_span(text: str, at: int) -> tuple[int, int]:
    """Where the clause of `text` (lower case) begins and ends that holds the character `at`."""
    before = [boundary for boundary in _boundaries(text) if boundary <= at]
    after = [boundary for boundary in _boundaries(text) if boundary > at]
    return (before[-1] if before else 0), (after[0] if after else len(text))


def clause_around(text: str, start: int, end: int) -> str:
    """The clauses of `text` (lower case) that the characters `start`..`end` stand in."""
    first, last = 0, len(text)
    for boundary in _boundaries(text):
        if boundary <= start:
            first = boundary
        elif boundary >= end:
            last = boundary
            break
    return text[first:last]


def is_negated(clause: str, language: str) -> bool:
    return bool((_NEGATION_SV if language == "sv" else _NEGATION).search(clause))


def is_hypothetical(clause: str) -> bool:
    return bool(_HYPOTHETICAL.search(clause))


def is_planned(clause: str) -> bool:
    return bool(_PLANNED.search(clause))


def is_hedged(clause: str) -> bool:
    return bool(_HEDGE.search(clause))


def is_of_others(text: str) -> bool:
    return bool(_OF_OTHERS.search(text))


def _shape(text: str) -> Shape:
    if " | " in text:
        return "row"
    if len(_FIELD_LINE.findall(text)) >= _FIELDS:
        return "line"
    if text.rstrip("\"'”’)")[-1:] in ".!?…":
        return "prose"
    return "line" if text.count(" ") < _LINE_WORDS or "\n" in text else "prose"


@lru_cache(maxsize=256)
def _boundaries(text: str) -> tuple[int, ...]:
    return tuple(match.start() for match in _CLAUSE_END.finditer(text))

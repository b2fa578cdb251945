"""A sentence as the rules read it: lower case, with marks in place of what is named in it.

"Kevitsan kaivos sijaitsee Sodankylässä." reads "<S0_nom> sijaitsee <P1_loc>.": a letter for the
type, the number of the thing, and its Finnish case (English and Swedish tell the genitive alone).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from amic_kg.extract.statements.amounts import find_euros, find_times
from amic_kg.extract.statements.clauses import Sentence
from amic_kg.ontology import Vocabulary

LETTERS: Mapping[str, str] = {
    "Site": "S", "Place": "P", "Commodity": "C", "Organization": "O", "Project": "J",
    "FundingProgramme": "F", "Method": "M", "Theme": "T", "AcceptanceFactor": "A",
    "StakeholderGroup": "G", "Practice": "R", "LifecycleStage": "L", "Time": "D", "Span": "W",
    "Euros": "E",
}  # fmt: skip

_SITE_HEADS = (
    "kaivoshankk", "kaivosprojekt", "kaivosalue", "kaivos", "kaivoks", "esiintym", "louho", "hanke",
    "hankk", "malmio", "rikastamo", "projekt", "etsintäkohte", "kohde", "kohte", "avolouho",
)  # fmt: skip
_COMPOUND_HEADS = {
    "fi": r"(?:malmi)?(?:kaivo|esiintym|malm|tuotan|louhin|louho|rikast|varan|variko)\w*|hankk?e\w*",
    "sv": r"(?:malms?)?(?:gruv|fyndighet|malm|brytning|produktion|förekomst|projekt|koncentrat)\w*",
}
_PLACE_HEADS = (
    "kunta", "kunna", "kunti", "kaupunki", "kaupungi", "kylä", "pitäjä", "maakunta", "maakunna",
    "seutu", "seudu", "alue", "keskusta", "itäosa", "länsiosa", "pohjoisosa", "eteläosa", "keskiosa",
)  # fmt: skip
_WORD = r"[\wåäöé’'-]+"
_MARK_OF = re.compile(r"<(\w)(\d+)_(\w+)>")
# What stands around a name and belongs to it: "gruvan i Kevitsa", "the Kevitsa mine".
_BEFORE = {
    "en": (
        (
            r"(?:the )?(?:municipality|town|city|village|region|province|county|district|area) of ",
            "P",
        ),
        (r"(?:northern|southern|eastern|western|central|north-western|north-eastern) ", "P"),
        (r"(?:the )?(?:mine|deposit|project|open pit) (?:at|in|of) ", "S"),
        (r"(?:the )?project (?:called |named )?", "J"),
        (r"(?:representatives?|members?|a majority|most|many|some) of ", "G"),
    ),
    "sv": (
        (r"(?:kommunen|staden|byn|regionen|landskapet|kommun) ", "P"),
        (r"(?:norra|södra|östra|västra|mellersta) ", "P"),
        (r"(?:gruvan|gruvprojektet|fyndigheten|dagbrottet) (?:i |vid )?", "S"),
        (r"projektet ", "J"),
        (r"(?:företrädare|representanter) för ", "G"),
        (r"(?:en majoritet|flertalet|många) av ", "G"),
    ),
    "fi": (),
}
_AFTER = {
    "en": (
        (r" (?:municipality|region|county|area)\b", "P"),
        (
            r" (?:mining |exploration )?(?:mine site|mines?|deposits?|projects?|open pit|prospects?|mine project)\b",
            "S",
        ),
        (r" projects?\b", "J"),
    ),
    "sv": (
        (r"(?:s)? (?:kommun|region|län|landskap)\b", "P"),
        (
            r"(?:s|-)? ?(?:gruvprojekt(?:et)?|gruva|gruvan|gruvor|fyndighet|fyndigheten|projekt(?:et)?|dagbrott(?:et)?)\b",
            "S",
        ),
        (r"-? ?projekt(?:et|ets)?\b", "J"),
    ),
    "fi": (),
}
_ANAPHORS = {
    "S": {
        "fi": re.compile(r"(?<![\w>-])(kaivoshan\w+|kaivo(?:s|ks\w+|sta)|esiintymä\w*)(?![\w-])"),
        "en": re.compile(r"(?<![\w-])(?:the|this) (?:mine|deposit|mining project)(?![\w-])"),
        "sv": re.compile(r"(?<![\w-])(?:gruvan|gruvprojektet|fyndigheten)s?(?![\w-])"),
    },
    "J": {
        "fi": re.compile(r"(?<![\w>-])(hanke|hankk?e(?:en|essa|esta|eseen|elle|ella|tta)|projekti\w{0,4})(?![\w-])"),
        "en": re.compile(r"(?<![\w-])(?:the|this) project(?:’s|'s)?(?![\w-])"),
        "sv": re.compile(r"(?<![\w-])(?:det här |detta )?projektets?(?![\w-])"),
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """What a mark stands for: an IRI, or the value of a date, span ("from/until") or sum.

    `certainty` is below 1 where the thing is not named in the sentence but meant ("the project").
    """

    letter: str
    value: str
    certainty: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence in marks, and the things that they stand for by number."""

    sentence: Sentence
    text: str
    things: tuple[Thing, ...]

    def things_in(self, group: str) -> list[Thing]:
        """The things whose marks stand in a part of the text; not what only describes another."""
        return [
            self.things[int(match[2])] for match in _MARK_OF.finditer(group) if match[3] != "att"
        ]

    def attributes_in(self, group: str) -> list[Thing]:
        """The commodities that describe a site: of "the Kevitsa nickel-copper mine" two."""
        return [
            self.things[int(match[2])] for match in _MARK_OF.finditer(group) if match[3] == "att"
        ]

    def values(self, letter: str) -> tuple[str, ...]:
        """The distinct things of one type, in order."""
        return tuple(
            dict.fromkeys(
                self.things[int(m[2])].value for m in _MARK_OF.finditer(self.text) if m[1] == letter
            )
        )


class Reader:
    """Makes readings; holds what the vocabulary adds: labels, and commodities inside compounds."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def read(
        self,
        sentence: Sentence,
        types: Iterable[str],
        antecedents: Mapping[str, tuple[str, float]] | None = None,
    ) -> Reading:
        """The sentence with marks for what is of `types`.

        `antecedents` gives, by letter, what "the mine" or "the project" means here, and how sure
        that is.
        """
        wanted = frozenset(types)
        spans = self._spans(sentence, wanted)
        pieces: list[str] = []
        things: list[Thing] = []
        at = 0
        for start, end, thing, case in spans:
            pieces.append(sentence.text[at:start].lower())
            pieces.append(f"\x01{thing.letter}{len(things)}_{case}\x02")
            things.append(thing)
            at = end
        pieces.append(sentence.text[at:].lower())
        text = "".join(pieces).replace("<", " ").replace(">", " ")
        text = re.sub(r"\s+", " ", text.replace("\x01", "<").replace("\x02", ">")).strip()
        text = _join_heads(text, sentence.language)
        for letter, (value, certainty) in (antecedents or {}).items():
            pattern = _ANAPHORS.get(letter, {}).get(sentence.language)
            if pattern is None or f"<{letter}" in text:
                continue
            match = pattern.search(text)
            if match is not None:
                case = _anaphor_case(match.group(), sentence.language)
                text = f"{text[: match.start()]}<{letter}{len(things)}_{case}>{text[match.end() :]}"
                things.append(Thing(letter, value, certainty))
        return Reading(sentence, text, tuple(things))

    def _spans(
        self, sentence: Sentence, wanted: frozenset[str]
    ) -> list[tuple[int, int, Thing, str]]:
        found: list[tuple[int, int, Thing, str]] = []
        taken: list[tuple[int, int]] = []

        def free(start: int, end: int) -> bool:
            return all(end <= first or last <= start for first, last in taken)

        for mention in sentence.mentions:
            start, end = mention.start - sentence.start, mention.end - sentence.start
            if mention.type in wanted and free(start, end):
                thing = Thing(LETTERS[mention.type], mention.entity)
                found.append((start, end, thing, self._case(sentence, start, end, mention.entity)))
                taken.append((start, end))
        if "Time" in wanted:
            for time in find_times(sentence.text):
                if free(time.start, time.end):
                    letter = "D" if time.until is None else "W"
                    value = time.value if time.until is None else f"{time.value}/{time.until}"
                    found.append((time.start, time.end, Thing(letter, value), "nom"))
                    taken.append((time.start, time.end))
        if "Euros" in wanted:
            for start, end, amount in find_euros(sentence.text):
                if free(start, end):
                    found.append((start, end, Thing("E", amount), "nom"))
                    taken.append((start, end))
        if "Commodity" in wanted:
            for start, end, iri in self._compounds(sentence):
                if free(start, end):
                    found.append((start, end, Thing("C", iri), "com"))
                    taken.append((start, end))
        return sorted(found, key=lambda span: span[0])

    def _compounds(self, sentence: Sentence) -> Iterable[tuple[int, int, str]]:
        """Commodities that are no word of their own: "kultakaivos", "guldgruva", "copper mine"."""
        words, pattern = self._commodities.get(sentence.language, ({}, None))
        if pattern is None:
            return
        for match in pattern.finditer(sentence.text):
            yield match.start(1), match.end(1), words[match[1].lower()]

    @cached_property
    def _commodities(self) -> Mapping[str, tuple[Mapping[str, str], re.Pattern[str]]]:
        found = {}
        for language in ("fi", "en", "sv"):
            words: dict[str, str] = {}
            for entity in self._vocabulary:
                if entity.type != "Commodity":
                    continue
                labels = [entity.preferred.get(language, ""), *entity.alternative.get(language, ())]
                for label in labels:
                    if label.isalpha() and len(label) > 2:
                        words.setdefault(label.lower(), entity.iri)
            either = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
            tail = (
                rf"(?=(?:-{_WORD})*\s(?:ore\s)?(?:mines?|deposits?|prospect|production|ore)\b)"
                if language == "en"
                else rf"(?=-?(?:{_COMPOUND_HEADS[language]})\b|-{_WORD}(?:kaivos|esiintym|gruv))"
            )
            found[language] = words, re.compile(rf"(?<!\w)({either}){tail}", re.IGNORECASE)
        return found

    def _case(self, sentence: Sentence, start: int, end: int, iri: str) -> str:
        surface = sentence.text[start:end].lower()
        if sentence.language != "fi":
            after = sentence.text[end : end + 2]
            if after[:1] in ("'", "’") or after in (":s",):
                return "gen"
            known = self._labels_of(iri)
            return "gen" if surface.endswith("s") and surface not in known and (
                surface[:-1] in known or sentence.language == "sv"
            ) else "nom"  # fmt: skip
        if surface in self._labels_of(iri):
            return "nom"
        return finnish_case(surface)

    def _labels_of(self, iri: str) -> frozenset[str]:
        entity = self._vocabulary.get(iri)
        if entity is None:
            return frozenset()
        return frozenset(text.lower() for _, text, _ in entity.labels())


_ENDINGS = (
    (("ssa", "ssä", "lla", "llä"), "loc"),
    (("sta", "stä", "lta", "ltä"), "ela"),
    (("aan", "ään", "een", "iin", "oon", "uun", "yyn", "öön", "lle", "hin", "hun"), "ill"),
    (("ksi",), "tra"),
    (("na", "nä"), "ess"),
    (("n",), "gen"),
    (("ta", "tä", "aa", "ää", "ia", "iä", "oa", "öä", "ea", "eä", "ua", "yä"), "par"),
)
_COMPANY = re.compile(r"\b(?:oyj?|ab|abp|ltd|plc|inc|as|asa|ry)$")


def finnish_case(word: str) -> str:
    """The case of an inflected form by its ending: loc (in, at), ela (from), ill (into), …"""
    if _COMPANY.search(word) or word.endswith("nen"):
        return "nom"
    for endings, case in _ENDINGS:
        if word.endswith(endings):
            return case
    return "nom"


def _anaphor_case(words: str, language: str) -> str:
    if language == "fi":
        head = words.rsplit(maxsplit=1)[-1]
        return "nom" if head in ("kaivos", "hanke", "projekti", "esiintymä") else finnish_case(head)
    return "gen" if words.endswith(("'s", "’s")) or words == "projektets" else "nom"


def _join_heads(text: str, language: str) -> str:
    """Names with the common nouns that belong to them as one mark, of the noun's case."""
    text = re.sub(r"(<(\w)\d+_\w+>) ?\((?:<\2\d+_\w+>)\)", r"\1", text)
    if language == "fi":
        for letter, heads in (("S", _SITE_HEADS), ("P", _PLACE_HEADS)):
            text = re.sub(
                rf"<{letter}(\d+)_gen> ((?:<C\d+_\w+>-?(?: ja )?)*)({'[a-zåäö-]*' if letter == 'S' else ''}(?:{'|'.join(heads)}){_WORD}|{'|'.join(heads)})(?![\w-])",
                lambda match, letter=letter: _joined(match, letter),
                text,
            )
        text = re.sub(
            rf"<G(\d+)_gen> ((?:edustaj|enemmistö|valtaosa){_WORD[:-1]}*)",
            lambda match: f"<G{match[1]}_{_head_case(match[2])}>",
            text,
        )
        return re.sub(
            rf"<([JSFM])(\d+)_\w+>\s?-\s?((?:hank|projekt|ohjelm|kaivo|esiintym|rahoit|menetelm|analyys|mittau|koke|koe|testi|tutkimu|haastattelu|kysely){_WORD[:-1]}*)",
            lambda match: f"<{match[1]}{match[2]}_{_head_case(match[3])}>",
            text,
        )
    for pattern, letter in _BEFORE[language] if language in _BEFORE else ():
        text = re.sub(rf"(?<![\w-]){pattern}(?:the )?(?=<{letter}\d)", "", text)
    attributes = r"((?: ?(?:<C\d+_\w+>)(?:[-–/]| and | och )?)*)"
    for pattern, letter in _AFTER[language] if language in _AFTER else ():
        text = re.sub(
            rf"<{letter}(\d+)_(\w+)>{attributes}{pattern}",
            lambda match, letter=letter: f"<{letter}{match[1]}_{match[2]}>" + _attributes(match[3]),
            text,
        )
    return text


def _joined(match: re.Match[str], letter: str) -> str:
    return f"<{letter}{match[1]}_{_head_case(match[3])}>" + _attributes(match[2])


def _attributes(part: str) -> str:
    return "".join(f"<C{number}_att>" for number in re.findall(r"<C(\d+)_", part))


_NOMINATIVES = (
    "kaivos", "esiintymä", "louhos", "hanke", "malmio", "rikastamo", "projekti", "kohde", "kunta",
    "kaupunki", "kylä", "pitäjä", "seutu", "alue", "keskusta", "osa", "ohjelma", "rahoitus",
    "edustaja", "edustajat", "enemmistö",
)  # fmt: skip


def _head_case(head: str) -> str:
    return "nom" if head.endswith(_NOMINATIVES) else finnish_case(head)

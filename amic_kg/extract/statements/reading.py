# ruff: noqa: E501 -- an alternative of words stands on one line
"""A sentence as the rules read it: lower case, with marks in place of what is named in it.

"Kevitsan kaivos sijaitsee Sodankylässä." reads "<S0_nom> sijaitsee <P1_loc>.": a letter for the
type, the number of the thing, and its Finnish case (English and Swedish tell the genitive alone).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from amic_kg.extract.statements.amounts import find_euros, find_times
from amic_kg.extract.statements.clauses import Sentence
from amic_kg.extract.statements.heads import finnish_case, head_case, join_heads
from amic_kg.ontology import Vocabulary
from amic_kg.records import Mention

LETTERS: Mapping[str, str] = {
    "Site": "S", "Place": "P", "Commodity": "C", "Organization": "O", "Project": "J",
    "FundingProgramme": "F", "Method": "M", "Theme": "T", "AcceptanceFactor": "A",
    "StakeholderGroup": "G", "Practice": "R", "LifecycleStage": "L", "Time": "D", "Span": "W",
    "Euros": "E",
}  # fmt: skip

_COMPOUND_HEADS = {
    "fi": r"(?:malmi)?(?:kaivo|esiintym|malm|tuotan|louhin|louho|rikast|varan|variko)\w*|hankk?e\w*",
    "sv": r"(?:malms?)?(?:gruv|fyndighet|malm|brytning|produktion|förekomst|projekt|koncentrat)\w*",
}
# A word that every compound of a commodity ends in: looked for first, for it is quickly found.
_COMPOUND = re.compile(
    r"(?i:kaivo|esiintym|malm|tuotan|louhi|louho|rikast|varan|variko|hank|gruv|fyndighet|brytning|"
    r"produ|förekomst|projekt|koncentrat|\b(?:ore|mines?|deposits?|prospect)\b)"
)
_WORD = r"[\wåäöé’'-]+"
_ENDING = re.compile(r":([a-zåäö]{1,5})(?![\w-])")
_ABBREVIATED = re.compile(r"\b(?:Ltd|Inc|Corp|Co|plc|Plc)$")
_MARK_OF = re.compile(r"<(\w)(\d+)_(\w+)>")
_MUNICIPALITY = re.compile(r"(.*/id/)organization/(?:municipality|city|town)-of-")
_MUNICIPALITIES = "https://w3id.org/amic/vocab/stakeholder-group/municipalities"
# "The mine" names a site or nothing: as a theme it would hide the site that it belongs to.
_COMMON_NOUN = re.compile(
    r"(?:[a-zåäö-]*kaivo(?:s|ks)[a-zåäö]*|esiintym\w+|louho\w+|(?:kaivos)?hank\w+|"
    r"gruv(?:a|an|or|orna|projekt|projektet|plan\w*)|kaivossuunnitelm\w+|fyndighet\w*|"
    r"(?:mining |mine )?(?:mines?|deposits?|projects?|sites?|plans?))"
)
# "It" goes on about the site that the sentence before began with.
_PRONOUNS = {
    "S": {
        "fi": re.compile(r"^(?:se|sen|sitä|siellä|sieltä)(?= )"),
        "en": re.compile(
            r"^it(?= (?:is|was|has|had|produce|contain|host|hold|lie|mine|operat|belong))"
        ),
        "sv": re.compile(
            r"^den(?= (?:är|var|har|hade|producera|innehåll|ligg|drivs|drevs|ägs|ägdes))"
        ),
    },
    "J": {
        "fi": re.compile(r"^(?:se|sitä|sen|siinä|siihen)(?= )"),
        "en": re.compile(r"^it(?= )"),
        "sv": re.compile(r"^det(?= )"),
    },
}
_PRONOUN_CASES = {
    "se": "nom", "siellä": "loc", "sieltä": "ela", "sitä": "par", "sen": "gen", "siinä": "loc",
    "siihen": "ill",
}  # fmt: skip
_ANAPHORS = {
    "S": {
        "fi": re.compile(r"(?<![\w>-])(?<!_gen> )(kaivoshan\w+|kaivo(?:s|ks(?:en|essa|esta|eseen|ella|elta|elle|ena)|sta)|esiintymä(?:n|ssä|stä|än|llä|ltä|lle|ä)?)(?![\w-])"),
        "en": re.compile(r"(?<![\w-])(?:the|this) (?:mine|deposit|mining project)(?![\w-]| (?:in|at|of|near) (?:the )?<)"),
        "sv": re.compile(r"(?<![\w-])(?:gruvan|gruvprojektet|fyndigheten)s?(?![\w-]| (?:i|vid|nära) <)"),
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


class Antecedent(NamedTuple):
    """What a noun without a name means: an IRI, and how sure; `subject` if a pronoun may, too."""

    value: str
    certainty: float
    subject: bool = False


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
        self._labels: dict[str, frozenset[str]] = {}
        self._last: tuple[Sentence | None, tuple[tuple[int, int, str], ...]] = (None, ())

    def read(
        self,
        sentence: Sentence,
        types: Iterable[str],
        antecedents: Mapping[str, Antecedent] | None = None,
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
        text = join_heads(text, sentence.language)
        for letter, (value, certainty, subject) in (antecedents or {}).items():
            pattern = _ANAPHORS.get(letter, {}).get(sentence.language)
            if pattern is None or f"<{letter}" in text:
                continue
            match = pattern.search(text)
            if match is None and (subject or letter == "J"):
                match = _PRONOUNS[letter][sentence.language].search(text)
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
            thing = self._thing(mention, wanted)
            if thing is not None and free(start, end):
                end, case = self._ended(sentence, start, end, mention)
                found.append((start, end, thing, case))
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
            compounds = self._compounds(sentence)
            # "Kittilän kultakaivos", all of it a name, says what is mined there.
            found.extend(
                (last, last, Thing("C", iri), "att")
                for first, last, thing, _ in tuple(found)
                for start, end, iri in compounds
                if thing.letter == "S" and first < start and end <= last
            )
            for start, end, iri in compounds:
                if free(start, end):
                    found.append((start, end, Thing("C", iri), "com"))
                    taken.append((start, end))
        return sorted(found, key=lambda span: span[0])

    def _ended(self, sentence: Sentence, start: int, end: int, mention: Mention) -> tuple[int, str]:
        """Where a name ends with what belongs to its form, and its case."""
        ending = _ENDING.match(sentence.text, end) if sentence.language == "fi" else None
        if ending is not None:
            # "Example Oy:llä" has its case behind the colon.
            return ending.end(), finnish_case(f"x{ending[1]}")
        case = self._case(sentence, start, end, mention.entity)
        dotted = sentence.text[end : end + 2] == ". " and _ABBREVIATED.search(mention.surface)
        return end + bool(dotted), case

    def _thing(self, mention: Mention, wanted: frozenset[str]) -> Thing | None:
        """What a mention stands for: a municipality is a place to sites, a group to stances."""
        if mention.type == "Organization" and _MUNICIPALITY.match(mention.entity):
            place = _MUNICIPALITY.sub(r"\1place/", mention.entity)
            if "StakeholderGroup" in wanted:
                return Thing("G", _MUNICIPALITIES)
            if "Place" in wanted and place in self._vocabulary:
                return Thing("P", place)
        if mention.type not in wanted:
            return None
        if mention.type == "Theme" and _COMMON_NOUN.fullmatch(mention.surface.lower()):
            return None
        return Thing(LETTERS[mention.type], mention.entity)

    def _compounds(self, sentence: Sentence) -> tuple[tuple[int, int, str], ...]:
        """The compounds of a sentence: read once for its several readings, one after another."""
        if self._last[0] is not sentence:
            self._last = (sentence, tuple(self._find_compounds(sentence)))
        return self._last[1]

    def _find_compounds(self, sentence: Sentence) -> Iterable[tuple[int, int, str]]:
        """Commodities that are no word of their own: "kultakaivos", "guldgruva", "copper mine"."""
        words, pattern = self._commodities.get(sentence.language, ({}, None))
        if pattern is None or not _COMPOUND.search(sentence.text):
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
            owner = surface.endswith("s") and surface not in known
            return (
                "gen" if owner and (surface[:-1] in known or sentence.language == "sv") else "nom"
            )
        if surface in self._labels_of(iri):
            return "nom"
        return finnish_case(surface, concept="/vocab/" in iri)

    def _labels_of(self, iri: str) -> frozenset[str]:
        if iri not in self._labels:
            entity = self._vocabulary.get(iri)
            if entity is None:
                return frozenset()
            self._labels[iri] = frozenset(text.lower() for _, text, _ in entity.labels())
        return self._labels[iri]


def _anaphor_case(words: str, language: str) -> str:
    if language != "fi":
        return "gen" if words.endswith(("'s", "’s")) or words == "projektets" else "nom"
    head = words.rsplit(maxsplit=1)[-1]
    return _PRONOUN_CASES.get(head) or head_case(head)

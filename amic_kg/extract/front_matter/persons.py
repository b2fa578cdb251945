"""Names of persons as title pages print them, to "Surname, Given" as a catalogue has them.

Read are "Given Surname", "Surname, Given", "SURNAME Given", initials, lists of these with commas,
semicolons, "ja", "and", "och", "&" and line ends between. Titles, degrees, affiliations and
footnote marks are left out. What is not a list of names gives nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amic_kg.extract.front_matter.given_names import FAMILY_NAMES, GIVEN_NAMES
from amic_kg.language import Analyzer

_PARTICLE_WORDS = (
    "von af de van der den da di del della dos du la le ter ten zu zur el al bin ben av"
)
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_TITLE_WORDS = (
    r"(?:prof(?:essori|essor)?|dos(?:entti|ent)?|docent|dr|tri|t:ri|mr|ms|mrs|lehtori|lektor|"
    r"lecturer|yliopettaja|överlärare|yliassistentti|tutkijatohtori|apulaisprofessori|"
    r"ph\.?\s?d|m\.?\s?sc|d\.?\s?sc|b\.?\s?sc|m\.?\s?a|m\.?\s?eng|b\.?\s?eng|mba|"
    r"dipl\.?[- ]?ing|di|tkt|tkl|ft|fm|fl|ktt|ktm|ktl|hat|htt|htm|ytt|ytm|ytl|mmt|mmm|ot[tk]|"
    r"kt|km|tt|thm|ttt|ins|insinööri|diplomi-insinööri|amk|yamk|ing|tekn|fil|ekon|pol|mag|lic)"
)
_LEADING_TITLES = re.compile(
    rf"^(?:(?:senior|principal|associate|assistant|adjunct|emeritus|emerita|univ|yli|"
    rf"{_TITLE_WORDS})\b\.?(?:\s*\((?:tech|tekn|amk|yamk|eng|econ)\.?\))?,?\s+)+",
    re.IGNORECASE,
)
_OCCUPATION = re.compile(r"^(?:[a-zåäö-]+\s+){1,3}(?=[A-ZÅÄÖ])")
_ONLY_TITLES = re.compile(
    rf"^(?:(?:senior|principal|associate|assistant|university|univ|{_TITLE_WORDS})\b\.?\s*"
    r"(?:\((?:tech|tekn|amk|yamk|eng|econ)\.?\))?\s*)+$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:oy|oyj|ab|ltd|inc|gmbh|university|universitet|yliopisto|ammattikorkeakoulu|amk|college|"
    r"institute|instituutti|keskus|tutkimuskeskus|ministry|ministeriö|centre|center|department|"
    r"school|faculty|högskola|survey|agency|laitos|council|group|company|r\.?y|rf|uas|kaupunki|"
    r"kunta|laboratory|yhtiö|osasto|yksikkö|tiedekunta)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"^[A-ZÅÄÖ]{2,7}$")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MARKS = re.compile(
    r"(?<=[^\W\d_])\s?\d{1,2}\)(?:\s?,?\s?\d{1,2}\))*\s?[*†‡]?|"
    r"(?:(?<=[^\W\d_])|(?<=[A-ZÅÄÖ]\.))(?:\s?\d{1,2}(?:\s?,\s?(?:\d{1,2}|[a-e*]))*(?![\w./-])|"
    r"[*†‡§¶#⁎¹²³⁰-⁹]+)"
    r"|(?<=[^\W\d_])\s[a-h](?=\s*(?:[,*]|$|\s(?:and|ja|och|&)\s))|(?<=[^\W\d_],)[\d*†‡]+|"
    r"[*†‡§¶⁎¹²³⁴-⁹]"
)
_LEADING_ROLE = re.compile(
    r"^\s*(?:toim(?:ittanut|ittaneet|ittaja|ittajat)?\.?|edited by|eds?\.|red(?:aktör(?:er)?)?\.?|"
    r"opiskelija|studerande|student|tekijät?|laati(?:nut|neet)|by|av)\s+(?=[A-ZÅÄÖ])",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"(?:,|\s)\s*(?:(?:ja|and|och)\s+(?:työryhmä|muut|others|andra|team)|ym\.?|et al\.?|"
    r"m\.\s?fl\.?)\s*$",
    re.IGNORECASE,
)
_MARK_ALONE = re.compile(r"[a-h]|\d{1,2}|\W*")
_SYMBOLS = re.compile(r"[^\w\s.,;:&/()\[\]'’´·•|–—-]")
_NUMBERS = re.compile(r"[,\s]\s*\d{4,}\b")
_SEPARATOR = re.compile(
    r"\s*(?:;|\n|\s/\s|·|•|\||\s&\s|\s[–—]\s|\s(?:ja|and|och|sekä|samt|et|AND|OCH|JA|SEKÄ|SAMT)\s)\s*"
)
_COMMA = re.compile(r"\s*,\s*")
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"^[^\W\d_]+(?:[-'’´][^\W\d_]+)*$")
_INITIALS = re.compile(r"^(?:[A-ZÅÄÖÉØÜ]\.?(?:-?[A-ZÅÄÖÉØÜ]\.?){0,2}|[A-ZÅÄÖ][^\W\d_]{1,5}\.)$")
"""Initials, or a given name cut short: "P. E.", "J.-P.", "Joh."."""
_SMALL_WORD = re.compile(r"(?<!\w)(?:OF|IN|TO|THE|FOR|AV|ETT|ELI|TAI|PÅ|JA$|OCH$|AND$)(?![\w.])")
"""In a text of capitals these would pass for initials."""

_FIRST_OF_TWO = re.compile(
    r"\w+(?:ez|sen|sson)|garc[ií]a|silva|santos|costa|ferreira|pereira|oliveira|ruiz|d[ií]az|"
    r"mu[ñn]oz|ortiz|moreno|castro|ramos|reyes|romero|torres",
    re.IGNORECASE,
)
"""Family names of which two are borne without a hyphen."""

_OTHER_HANDS = re.compile(
    r"\b(?:drawings|photo\w*|illustrat\w*|layout|design\w*|cover|kuvat?|kuvitu\w+|valokuv\w+|"
    r"taitto|taittanut|kannen|kansi|kansikuv\w+|piirro\w+|käännö\w+|kääntä\w+|foto|foton|"
    r"fotografi\w+|teckning\w+|ombrytning|omslag\w*|pärmbild|översätt\w+|translat\w+)\b",
    re.IGNORECASE,
)
"""Who photographed, drew, laid out or translated is no author."""

_MOST_TOKENS = 6
_MANY = 3
_DOUBLE = 8
"""Letters from which a given name may be two written together."""


Order = Literal["given", "family"]
Trust = Literal["shape", "plausible", "known"]
"""What makes a list one of names: its shape (behind a label), words that no dictionary and no
vocabulary has, or at least one given name that is known."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """`value` is "Surname, Given"; characters `start`..`end` of the text read are the evidence.

    `known` tells that a word of it is known as a given name, or that it has initials.
    """

    value: str
    start: int
    end: int
    known: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    start: int
    end: int


class PersonNames:
    """Reads lists of names; `words` are folded words of the vocabulary, which are no names."""

    def __init__(self, analyzer: Analyzer, words: frozenset[str] = frozenset()) -> None:
        self._analyzer = analyzer
        self._words = words

    def read(self, text: str, trust: Trust = "known") -> list[PersonName]:
        """The names in `text` when it is a list of names and nothing else, else none."""
        found: list[PersonName] = []
        if _OTHER_HANDS.search(text):
            return []
        cleaned = _blank(text)
        if cleaned.isupper() and _SMALL_WORD.search(cleaned):
            return []
        failed: list[_Piece] = []
        for piece in _split(cleaned, _SEPARATOR, 0):
            names, others = self._piece(piece, trust)
            found.extend(names)
            failed.extend(others)
        if failed and cleaned.isupper() and any(name.known for name in found):
            # In a list of capitals one name is known: the others are read by their shape.
            return self.read(_LETTERS.sub(_calm, text), trust)
        # Among many names one may be of a shape that is not known.
        if failed and not (len(found) >= _MANY * len(failed) and all(map(_may_be_name, failed))):
            return []
        return found if trust != "known" or any(name.known for name in found) else []

    def is_given(self, word: str) -> bool:
        """Whether `word`, or each part of a double name, is known as a given name."""
        plain = unicodedata.normalize("NFKD", word.casefold())
        folded = {word.casefold(), "".join(c for c in plain if not unicodedata.combining(c))}
        # Of "Anne-Maj" the first part tells.
        return any(self._is_single_given(one.split("-")[0]) for one in folded if one)

    def _is_single_given(self, part: str) -> bool:
        if part in GIVEN_NAMES or "etunimi" in self._analyzer.classes(part):
            return True
        # "Hannamaria" is Hanna and Maria.
        return any(
            self._is_single_given(part[:cut]) and self._is_single_given(part[cut:])
            for cut in range(3, len(part) - 3)
            if len(part) >= _DOUBLE
        )

    def is_family(self, word: str) -> bool:
        return "sukunimi" in self._analyzer.classes(word)

    def is_word(self, word: str) -> bool:
        """Whether a dictionary has it as a common word and not as the name of a place."""
        return "paikannimi" not in self._analyzer.classes(word) and self._is_common(word)

    def _piece(self, piece: _Piece, trust: Trust) -> tuple[list[PersonName], list[_Piece]]:
        """The names between two separators, and what is none there."""
        parts = [
            part
            for part in _split(piece.text, _COMMA, piece.start)
            if not _MARK_ALONE.fullmatch(part.text)
            and not _ONLY_TITLES.match(part.text)
            and not _is_affiliation(part.text)
        ]
        parts = [_untitled(part) for part in parts]
        names: list[PersonName] = []
        failed: list[_Piece] = []
        index = 0
        while index < len(parts):
            part = parts[index]
            after = parts[index + 1] if index + 1 < len(parts) else None
            if after is not None and self._is_inverted(part, after, len(parts)):
                names.append(self._inverted(part, after))
                index += 2
                continue
            name = self._direct(part, trust)
            if name is None:
                failed.append(part)
            else:
                names.append(name)
            index += 1
        return names, failed

    def _is_inverted(self, family: _Piece, given: _Piece, count: int) -> bool:
        """Whether "family, given" is one name turned round."""
        words, others = family.text.split(), given.text.split()
        if not _are_name_words(words) or not _are_name_words(others) or len(others) > 3:
            return False
        core = [word for word in words if word.lower() not in _PARTICLES]
        if any(map(_INITIALS.match, core)):
            return False
        if len(core) == 1:
            if all(map(_INITIALS.match, others)):
                return True
            return len(others) <= 2 or all(map(self._givenlike, others))
        # Two words before the comma: "García Márquez, Gabriel", but not "Minna Canth, Eino Leino".
        return (
            count == 2
            and len(core) == 2
            and not self.is_given(core[0])
            and all(map(self._givenlike, others))
        )

    def _givenlike(self, word: str) -> bool:
        return bool(_INITIALS.match(word)) or self.is_given(word)

    def _inverted(self, family: _Piece, given: _Piece) -> PersonName:
        known = any(map(self._givenlike, given.text.split()))
        value = f"{_cased(family.text)}, {_cased(given.text)}"
        return PersonName(value, family.start, given.end, known)

    def _direct(self, part: _Piece, trust: Trust) -> PersonName | None:
        words = part.text.split()
        if not 2 <= len(words) <= _MOST_TOKENS or not _are_name_words(words):
            return None
        shouted = part.text.isupper() and not any(map(self.is_given, words))
        if self._is_phrase(words, trust) or (shouted and "." not in part.text):
            return None
        order = self._order(words)
        if order == "family":
            split = 2 if words[0].lower() in _PARTICLES else 1
            family, given = words[:split], words[split:]
        else:
            split = len(words) - (2 if self._is_double(words) else 1)
            while split > 1 and words[split - 1].lower() in _PARTICLES:
                split -= 1
            given, family = words[:split], words[split:]
        known = any(
            self.is_given(word) or _is_initial(word, words) for word in given
        ) or self._is_family_known(family, given)
        value = f"{_cased(' '.join(family))}, {_cased(' '.join(given))}"
        return PersonName(value, part.start, part.end, known)

    def _is_double(self, words: list[str]) -> bool:
        """Whether the last two words are one family name: the first of them is no given name."""
        if len(words) < _MANY or self.is_given(words[-2]) or _INITIALS.match(words[-2]):
            return False
        if words[-2].lower() in _PARTICLES:
            return False
        return bool(_FIRST_OF_TWO.fullmatch(words[-2])) or self.is_family(words[-2])

    def _is_family_known(self, family: list[str], given: list[str]) -> bool:
        """Whether the family name is a known one, and what stands before it no word."""
        last = family[-1].casefold()
        known = last in FAMILY_NAMES or "sukunimi" in self._analyzer.classes(last)
        return known and not any(map(self._is_common, given))

    def _order(self, words: list[str]) -> Order:
        first, last = words[0], words[-1]
        if first in _PARTICLES and len(words) > 2 and self.is_given(last):
            return "family"
        if _INITIALS.match(last) and not _INITIALS.match(first) and (len(last) <= 4):
            return "family"
        shouted = first.isupper() and len(first) > 2 and not _INITIALS.match(first)
        if shouted and not any(word.isupper() and len(word) > 2 for word in words[1:]):
            return "family"
        if last.isupper() and len(last) > 2 and not shouted:
            return "given"
        turned = not self.is_given(first) and self.is_given(last) and not self.is_family(last)
        return "family" if turned and not _INITIALS.match(first) else "given"

    def _is_phrase(self, words: list[str], trust: Trust) -> bool:
        """Whether the words are of a sentence or a title rather than of a name."""
        core = [w for w in words if w.lower() not in _PARTICLES and not _INITIALS.match(w)]
        if not core:
            return True
        if trust == "shape":
            return len(words) > 5
        common = sum(self._is_common(word) and not self.is_given(word) for word in core)
        if any(map(self.is_given, core)):
            # One may be called Graham Greene, nobody Graham Mine Water.
            return common > max(1, len(core) // 2) or len(core) > 5
        initials = len(core) < len(words) and any(map(_INITIALS.match, words))
        if initials and len(core) == 1:
            # "A. Kivi" is one, "C Technica" is a section of a series.
            return not any("." in word for word in words)
        return common >= len(core)

    def _is_common(self, word: str) -> bool:
        """Whether a dictionary has it as a word, and none as a name."""
        folded = word.lower()
        classes = self._analyzer.classes(folded)
        if classes & {"etunimi", "sukunimi"} or folded in GIVEN_NAMES:
            return False
        if folded in self._words:
            return True
        if classes or self._analyzer.knows(folded, "fi"):
            return True
        return self._analyzer.knows(folded, "en") or self._analyzer.knows(folded, "sv")


def _split(text: str, separator: re.Pattern[str], offset: int) -> Iterator[_Piece]:
    position = 0
    for match in [*separator.finditer(text), None]:
        end = match.start() if match else len(text)
        raw = text[position:end]
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped[0])
            yield _Piece(stripped, offset + start, offset + start + len(stripped))
        position = match.end() if match else end


def _blank(text: str) -> str:
    """Footnote marks and brackets as blanks, so that places stay."""
    for pattern in (_LEADING_ROLE, _AND_OTHERS, _BRACKETS, _NUMBERS, _MARKS, _SYMBOLS):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    text = text.rstrip(" ,")
    return text if re.search(r"\b[^\W\d_]\.$", text) else text.rstrip(" .,")


def _untitled(piece: _Piece) -> _Piece:
    match = _LEADING_TITLES.match(piece.text) or _OCCUPATION.match(piece.text)
    if match is None or match.group().split()[0] in _PARTICLES:
        return piece
    return _Piece(piece.text[match.end() :], piece.start + match.end(), piece.end)


def _calm(word: re.Match[str]) -> str:
    text = word.group().capitalize()
    return text.lower() if text in ("And", "Och", "Ja") else text


def _is_initial(word: str, words: list[str]) -> bool:
    """Whether a word is initials; "PV" between two words is an abbreviation."""
    if not _INITIALS.match(word):
        return False
    return len(word) == 1 or "." in word or (len(words) == 2 and word == words[-1])


def _is_affiliation(text: str) -> bool:
    return bool(_ORGANISATION.search(text) or _ACRONYM.match(text))


def _may_be_name(piece: _Piece) -> bool:
    words = piece.text.split()
    return 2 <= len(words) <= _MOST_TOKENS and words[0][:1].isupper() and words[-1][:1].isupper()


def _are_name_words(words: list[str]) -> bool:
    """Capitalised words, initials and particles, at least one of them a word."""
    core = [word for word in words if word.lower() not in _PARTICLES]
    return bool(core) and all(
        word[:1].isupper() and (_WORD.match(word) or _INITIALS.match(word)) for word in core
    )


def _cased(name: str) -> str:
    """'VIRTANEN-LAINE' to 'Virtanen-Laine'; mixed case stays."""
    words = []
    for word in name.split():
        shouted = word.isupper() and len(word) > 2 and "." not in word
        words.append(
            _LETTERS.sub(lambda part: part.group().capitalize(), word) if shouted else word
        )
    return " ".join(words)

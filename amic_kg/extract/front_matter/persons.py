"""Names of persons as title pages print them, to "Surname, Given" as a catalogue has them.

Read are "Given Surname", "Surname, Given", "SURNAME Given", initials, lists of these with commas,
semicolons, "ja", "and", "och", "&" and line ends between. Titles, degrees, affiliations and
footnote marks are left out. What is not a list of names gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from amic_kg.extract.front_matter.given_names import GIVEN_NAMES
from amic_kg.language import Analyzer

_PARTICLES = frozenset(
    [
        "von",
        "af",
        "de",
        "van",
        "der",
        "den",
        "da",
        "di",
        "del",
        "della",
        "dos",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "zu",
        "zur",
        "el",
        "al",
        "bin",
        "ben",
        "av",
    ]
)
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
    r"(?<=[^\W\d_])(?:\s?\d{1,2}(?:\s?,\s?(?:\d{1,2}|[a-e*]))*(?![\w./-])|[*†‡§¶#⁎¹²³⁰-⁹]+)"
    r"|(?<=[^\W\d_],)[\d*†‡]+|[*†‡§¶⁎¹²³⁴-⁹]"
)
_SEPARATOR = re.compile(r"\s*(?:;|\n|·|•|\||\s&\s|\s[–—]\s|\s(?:ja|and|och|sekä|samt|et)\s)\s*")
_COMMA = re.compile(r"\s*,\s*")
_WORD = re.compile(r"^[^\W\d_]+(?:[-'’´][^\W\d_]+)*$")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.?-?){1,3}$")
_MOST_TOKENS = 6

Order = Literal["given", "family"]


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
    """Reads lists of names; one analyser tells names from words."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def read(self, text: str, *, strict: bool = True) -> list[PersonName]:
        """The names in `text` when it is a list of names and nothing else, else none.

        With `strict` every name must look like one by a known given name; without (behind a
        label) the shape is enough.
        """
        found: list[PersonName] = []
        cleaned = _blank(text)
        for piece in _split(cleaned, _SEPARATOR, 0):
            names = self._piece(piece, strict)
            if names is None:
                return []
            found.extend(names)
        return found if not strict or any(name.known for name in found) else []

    def is_given(self, word: str) -> bool:
        """Whether `word`, or each part of a double name, is known as a given name."""
        parts = [part for part in word.casefold().replace("´", "'").split("-") if part]
        return bool(parts) and all(
            part in GIVEN_NAMES or "etunimi" in self._analyzer.classes(part) for part in parts
        )

    def is_family(self, word: str) -> bool:
        return "sukunimi" in self._analyzer.classes(word)

    def _piece(self, piece: _Piece, strict: bool) -> list[PersonName] | None:
        """The names between two separators; None when there is something else."""
        parts = [
            part
            for part in _split(piece.text, _COMMA, piece.start)
            if part.text and not _ONLY_TITLES.match(part.text) and not _is_affiliation(part.text)
        ]
        parts = [_untitled(part) for part in parts]
        if not parts:
            return []
        names: list[PersonName] = []
        index = 0
        while index < len(parts):
            part = parts[index]
            after = parts[index + 1] if index + 1 < len(parts) else None
            if after is not None and self._is_inverted(part, after, len(parts)):
                names.append(self._inverted(part, after))
                index += 2
                continue
            name = self._direct(part, strict)
            if name is None:
                return None
            names.append(name)
            index += 1
        return names

    def _is_inverted(self, family: _Piece, given: _Piece, count: int) -> bool:
        """Whether "family, given" is one name turned round."""
        words, others = family.text.split(), given.text.split()
        if not _are_name_words(words) or not _are_name_words(others) or len(others) > 3:
            return False
        core = [word for word in words if word.lower() not in _PARTICLES]
        if len(core) == 1:
            if all(map(_INITIALS.match, others)):
                return True
            return len(others) <= 2 or all(map(self._givenlike, others))
        # Two words before the comma: "Garcia Lopez, Maria", but not "Matti Laine, Kaisa Virta".
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

    def _direct(self, part: _Piece, strict: bool) -> PersonName | None:
        words = part.text.split()
        if not 2 <= len(words) <= _MOST_TOKENS or not _are_name_words(words):
            return None
        shouted = part.text.isupper() and not any(map(self.is_given, words))
        if self._is_phrase(words, strict) or (shouted and "." not in part.text):
            return None
        order = self._order(words)
        if order == "family":
            split = 1
            family, given = words[:split], words[split:]
        else:
            split = len(words) - 1
            while split > 1 and words[split - 1].lower() in _PARTICLES:
                split -= 1
            given, family = words[:split], words[split:]
        known = any(map(self._givenlike, given))
        value = f"{_cased(' '.join(family))}, {_cased(' '.join(given))}"
        return PersonName(value, part.start, part.end, known)

    def _order(self, words: list[str]) -> Order:
        first, last = words[0], words[-1]
        if _INITIALS.match(last) and not _INITIALS.match(first) and (len(last) <= 4):
            return "family"
        shouted = first.isupper() and len(first) > 2
        if shouted and not any(word.isupper() and len(word) > 2 for word in words[1:]):
            return "family"
        if last.isupper() and len(last) > 2 and not shouted:
            return "given"
        turned = not self.is_given(first) and self.is_given(last) and not self.is_family(last)
        return "family" if turned and not _INITIALS.match(first) else "given"

    def _is_phrase(self, words: list[str], strict: bool) -> bool:
        """Whether the words are of a sentence or a title rather than of a name."""
        core = [w for w in words if w.lower() not in _PARTICLES and not _INITIALS.match(w)]
        if not core:
            return True
        if len(core) < len(words) and any(map(_INITIALS.match, words)) and len(core) <= 2:
            return any(map(self._is_common, core)) and not any(map(self.is_given, core))
        given = any(map(self.is_given, core[:-1])) or self.is_given(core[-1])
        common = sum(map(self._is_common, core))
        if given:
            # One may be called Heidi Green or Matti Mine, nobody Anna Mine Water.
            return common > (1 if len(core) > 1 else 0) or (strict and len(core) > 4)
        return strict or common > 0

    def _is_common(self, word: str) -> bool:
        """Whether a dictionary has it as a word, and none as a name."""
        folded = word.lower()
        classes = self._analyzer.classes(folded)
        if classes & {"etunimi", "sukunimi"} or folded in GIVEN_NAMES:
            return False
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
    for pattern in (_BRACKETS, _MARKS):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    text = text.rstrip(" ,")
    return text if re.search(r"\b[^\W\d_]\.$", text) else text.rstrip(" .,")


def _untitled(piece: _Piece) -> _Piece:
    match = _LEADING_TITLES.match(piece.text)
    if match is None:
        return piece
    return _Piece(piece.text[match.end() :], piece.start + match.end(), piece.end)


def _is_affiliation(text: str) -> bool:
    return bool(_ORGANISATION.search(text) or _ACRONYM.match(text))


def _are_name_words(words: list[str]) -> bool:
    """Capitalised words, initials and particles, at least one of them a word."""
    core = [word for word in words if word.lower() not in _PARTICLES]
    return bool(core) and all(
        word[:1].isupper() and (_WORD.match(word) or _INITIALS.match(word)) for word in core
    )


def _cased(name: str) -> str:
    """'VIRTANEN-LAINE' to 'Virtanen-Laine'; mixed case stays."""
    words = []
    for word in " ".join(name.split()).split(" "):
        if word.isupper() and len(word) > 2 and "." not in word:
            word = re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
        words.append(word)
    return " ".join(words)

"""Statements by the types of what a clause names: an operator and a mine beside a word of owning.

Where a company and a mine stand in one clause, any word of owning, running or mining says which of
the two runs the other, whichever verb, voice and order the sentence takes. So a frame needs only
the word (its cue), where the object stands from it, and, in Finnish, the object's case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from amic_kg.extract.statements.patterns import Found, compile_pattern, weigh
from amic_kg.extract.statements.reading import Reading, Thing

Side = Literal["before", "after", "by", "near", "rest"]

_STOP = re.compile(
    r"[;:]\s|\s[–-]\s|,\s(?:mutta|vaan|kun|sillä|koska|joten|vaikka|but|while|whereas|because|"
    r"although|so|men|medan|utan|eftersom|då)\s"
    r"|,\s(?:ja|and|och)\s(?!(?:the |lisäksi |also |även )?<[OCMT]\d)"
)
_BY = re.compile(r"(?:^|\s)(?:by|av) (?:[^\s<>.,;:()]+ ){0,3}$")
# "A total of 8,805 tonnes of" takes no word's room.
_AMOUNT = re.compile(
    r"(?<![\w<])(?:\d[\d.,]*|of|av|the|a|total|million|miljoonaa|tonnes?|tons?|tonnia|ton|ounces|oz|unssia|"
    r"kg|kiloa|\(?mt\)?|noin|about|some|yhteensä|totalt)(?![\w>])"
)
# "X, a Canadian company that also owned Y".
_APPOSED = re.compile(r", (?:an?|the|en|ett) [^,.;<>]{3,40}?(?=,| that | which | som )")
_COMMON = re.compile(r"<\w\d+_\w+>|\w[^\s]*|,")


@dataclass(frozen=True, slots=True)
class Frame:
    """`cue` in a clause of `language` gives the subject of the clause `predicate` of its objects.

    Objects have one of `letters`, and one of `cases` where given (Finnish). They stand on `side` of
    the cue, up to `reach` words away: "by" asks for an agent behind it, "rest" takes every one
    that follows to the end of the clause or to a cue of `others`, else those just before.
    `alone` holds for a sentence that names no subject: "The owner is …". A clause with a word of
    `unless` says something else.
    """

    language: str
    predicate: str
    cue: str
    letters: str
    side: Side
    confidence: float
    cases: str = ""
    reach: int = 4
    alone: bool = False
    plans: bool = False
    unless: str = ""


@dataclass(frozen=True, slots=True)
class _Made:
    frame: Frame
    cue: re.Pattern[str]
    unless: re.Pattern[str] | None
    objects: re.Pattern[str]


class FrameBook:
    """Frames by language, whose subjects have the letter `subject`."""

    def __init__(self, frames: Sequence[Frame], subject: str) -> None:
        self._letter = subject
        self._subjects = compile_pattern(f"{{s={subject}+}}")
        self._frames = {
            language: tuple(_made(frame) for frame in frames if frame.language == language)
            for language in ("fi", "en", "sv")
        }

    def find(self, reading: Reading, implied: Thing | None = None) -> Iterator[Found]:
        """What the frames draw; `implied` is the subject of a sentence that names none."""
        text = reading.text
        present = frozenset(re.findall(r"<(\w)\d", text))
        named = self._letter in present
        if not named and implied is None:
            return
        for made in self._frames.get(reading.sentence.language, ()):
            frame = made.frame
            if present.isdisjoint(frame.letters) or not (named or frame.alone):
                continue
            for match in made.cue.finditer(text):
                first, last = _clause(text, match.start(), match.end())
                if made.unless is not None and made.unless.search(text, first, last):
                    continue
                subjects = self._subject(reading, first, last) if named else [implied]
                weight = weigh(reading, match.start(), match.end(), plans=frame.plans)
                if not weight or not subjects:
                    continue
                for thing in _objects(made, reading, match, first, last):
                    for subject in subjects:
                        sure = thing.certainty * (subject.certainty if subject else 1.0)
                        confidence = round(frame.confidence * weight * sure, 2)
                        start, end = match.span()
                        yield Found(frame.predicate, subject, thing, confidence, start, end)

    def _subject(self, reading: Reading, first: int, last: int) -> Sequence[Thing]:
        """The subjects that the clause joins, else the only one of the sentence, if before it."""
        within = list(self._subjects.finditer(reading.text, first, last))
        found = [
            thing
            for match in within
            for thing in reading.things_in(match.group())
            if thing.letter == self._letter
        ]
        if len(within) == 1 or len({thing.value for thing in found}) == 1:
            return found
        if within:
            return ()
        # What was named before may be meant in this clause, what comes later is not.
        before = reading.things_in(reading.text[:first])
        named = {thing.value: thing for thing in reading.things if thing.letter == self._letter}
        return [thing for thing in before if thing.value in named][:1] if len(named) == 1 else ()


def _made(frame: Frame) -> _Made:
    cases = f":{frame.cases}" if frame.cases else ""
    return _Made(
        frame,
        re.compile(rf"(?<![\w>-])(?:{frame.cue})(?!\w)"),
        re.compile(frame.unless) if frame.unless else None,
        compile_pattern(f"{{o={frame.letters}+{cases}}}"),
    )


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first, last = 0, len(text)
    for match in _STOP.finditer(text):
        if match.start() < start:
            first = match.end()
        elif match.start() >= end:
            last = match.start()
            break
    return first, last


def _objects(
    made: _Made, reading: Reading, match: re.Match[str], first: int, last: int
) -> list[Thing]:
    frame, text = made.frame, reading.text
    before = list(made.objects.finditer(text, first, match.start()))[-1:]
    after = list(made.objects.finditer(text, match.end(), last))
    near = [
        (gap, group)
        for group, gap in (
            *((group, _words(text[group.end() : match.start()])) for group in before),
            *((group, _words(text[match.end() : group.start()])) for group in after[:1]),
        )
        if gap <= frame.reach
    ]
    chosen: list[re.Match[str]]
    if frame.side == "rest":
        chosen = after or [group for _, group in near]
        if not any(gap <= frame.reach for gap, _ in near):
            chosen = []
    elif frame.side == "by":
        chosen = [group for group in after[:1] if _BY.search(text[match.end() : group.start()])]
    elif frame.side == "near":
        chosen = [min(near, key=lambda pair: pair[0])[1]] if near else []
    else:
        wanted = before if frame.side == "before" else after
        chosen = [group for _, group in near if any(group is other for other in wanted)]
        chosen = [g for g in chosen if frame.side == "after" or not _BY.search(text[: g.start()])]
    return [
        thing
        for group in chosen
        for thing in reading.things_in(group["o"])
        if thing.letter in frame.letters
    ]


def _words(gap: str) -> int:
    return len(_COMMON.findall(_AMOUNT.sub("", _APPOSED.sub("", gap))))

"""Gold sets: passages with marked entities and statements, as people write and correct them.

The format is told in docs/guides/annotation.md: `[surface](Type:key)` marks a mention, a line
`@ subject | predicate | object` states what the passage says, `===` stands between cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from amic_kg.errors import InvalidGold, UnreadableInput
from amic_kg.iris import CANONICAL_BASE, ONTOLOGY, VOCAB, slug
from amic_kg.ontology import REGISTRY_TYPES, SCHEME_TYPES

Split = Literal["dev", "test"]

_MARK = re.compile(r"\[([^\[\]]+)\]\(([A-Za-z]+):([^()]*(?:\([^()]*\)[^()]*)*)\)")
_HEADER = re.compile(r"([a-z]+):\s*(.*)")
_SCHEME_OF = {kind: scheme for scheme, kind in SCHEME_TYPES.items()}
_CANDIDATE = "?"
# fi.txt, and fi-2.txt for those added later; not front-matter.txt.
_PASSAGES = ("??.txt", "??-?.txt")
_NODE = re.compile(r"(?:study|stance)-\d+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """Characters `start`..`end` of the case's text; `entity` is an IRI, or "?name" if unknown."""

    start: int
    end: int
    type: str
    entity: str


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """As `records.Statement`: nodes by their names, the document empty, candidates as "?name"."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A passage that a person has read and marked."""

    id: str
    language: str
    split: Split
    source: str
    text: str
    mentions: tuple[GoldMention, ...]
    statements: tuple[GoldStatement, ...]


def gold_folder() -> Path:
    """The gold sets: inside an installed wheel, else in the checkout."""
    packaged = Path(str(files("amic_kg"))) / "_gold"
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "evaluation" / "gold"


def read_gold(folder: Path | None = None) -> tuple[GoldCase, ...]:
    """The passages in Finnish, English and Swedish; raises InvalidGold that names file and case."""
    folder = folder or gold_folder()
    cases: list[GoldCase] = []
    for path in sorted(path for names in _PASSAGES for path in folder.glob(names)):
        cases.extend(_read_case(path.name, frame) for frame in read_frames(path))
    if not cases:
        raise UnreadableInput(
            str(folder), "holds no gold set (fi.txt, en.txt, sv.txt)", "Name a folder that does"
        )
    return tuple(cases)


@dataclass(frozen=True, slots=True)
class Frame:
    """A case before its body is understood: the header's lines, in order, and the body."""

    header: tuple[tuple[str, str], ...]
    body: str

    def value(self, name: str, default: str = "") -> str:
        return next((value for key, value in self.header if key == name), default)

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.header if key == name)


def read_frames(path: Path) -> Iterator[Frame]:
    """The cases of a gold file: header lines, `--`, body; raises InvalidGold or UnreadableInput."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), f"cannot be read ({error})", "Name a UTF-8 file") from None
    for number, block in enumerate(re.split(r"^===\s*$", text, flags=re.MULTILINE), 1):
        if not block.strip():
            continue
        head, rule, body = block.strip("\n").partition("\n--\n")
        if not rule:
            raise InvalidGold(
                f"{path.name}, case {number}", "has no line --", "Put one after the header"
            )
        header = []
        for line in filter(str.strip, head.splitlines()):
            match = _HEADER.fullmatch(line.strip())
            if match is None:
                raise InvalidGold(
                    f"{path.name}, case {number}",
                    f"has the header line {line!r}",
                    "Write name: value",
                )
            header.append((match[1], match[2].strip()))
        yield Frame(tuple(header), body.strip("\n"))


def _read_case(name: str, frame: Frame) -> GoldCase:
    place = f"{name}, {frame.value('id', 'a case without id')}"
    split = frame.value("split")
    if split not in ("dev", "test"):
        raise InvalidGold(place, f"has the split {split!r}", "Write split: dev or split: test")
    lines = frame.body.splitlines()
    marked = "\n".join(line for line in lines if not line.startswith("@")).strip("\n")
    text, mentions = _unmark(place, marked)
    statements = tuple(
        _statement(place, line[1:]) for line in lines if line.startswith("@") and line[1:].strip()
    )
    return GoldCase(
        id=frame.value("id"),
        language=frame.value("language"),
        split="dev" if split == "dev" else "test",
        source=frame.value("source", "written"),
        text=text,
        mentions=mentions,
        statements=statements,
    )


def _unmark(place: str, marked: str) -> tuple[str, tuple[GoldMention, ...]]:
    pieces: list[str] = []
    mentions: list[GoldMention] = []
    length = position = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        pieces += [before, match[1]]
        start = length + len(before)
        length = start + len(match[1])
        mentions.append(GoldMention(start, length, match[2], entity_iri(place, match[2], match[3])))
        position = match.end()
    pieces.append(marked[position:])
    text = "".join(pieces)
    if "](" in text or "[" in text:
        raise InvalidGold(place, "has a bracket that is no mark", "Write [surface](Type:key)")
    return text, tuple(mentions)


def entity_iri(place: str, kind: str, key: str) -> str:
    """The IRI of a type and a key, or "?name"; raises InvalidGold for an unknown type."""
    if key.startswith(_CANDIDATE):
        return key
    if kind in REGISTRY_TYPES:
        return f"{CANONICAL_BASE}id/{kind.lower()}/{key}"
    if kind in _SCHEME_OF:
        return f"{VOCAB}{_SCHEME_OF[kind]}/{key}"
    raise InvalidGold(place, f"has the type {kind!r}", "Use a class of the ontology")


def _statement(place: str, line: str) -> GoldStatement:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 3 or not all(parts):
        raise InvalidGold(
            place, f"has the statement {line.strip()!r}", "Write @ subject | predicate | object"
        )
    subject, predicate, value = parts
    if predicate == "mrdi:stance":
        return GoldStatement(
            subject, f"{ONTOLOGY}stance", f"{ONTOLOGY}stance-{value.removeprefix('mrdi:stance-')}"
        )
    return GoldStatement(
        "" if subject == "doc" else _term(place, subject),
        ONTOLOGY + predicate.removeprefix("mrdi:"),
        _term(place, value),
    )


def _term(place: str, text: str) -> str:
    kind, colon, key = text.partition(":")
    if not colon or _NODE.fullmatch(text):
        return text
    if key.startswith(_CANDIDATE):
        return key
    types: Mapping[str, str] = {**SCHEME_TYPES, **{name.lower(): name for name in REGISTRY_TYPES}}
    return entity_iri(place, types[kind], key) if kind in types else text


def same_name(one: str, other: str) -> bool:
    """Whether two names are one, letters and digits alone compared."""
    return slug(one) == slug(other) != ""


def same_value(one: str, other: str) -> bool:
    """Whether two literals say the same: numbers by value, words by letters."""
    if _NUMBER.fullmatch(one) and _NUMBER.fullmatch(other):
        return float(one) == float(other)
    return one == other or same_name(one, other)

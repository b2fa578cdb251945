"""Front matter measured: records of catalogues laid out as pages, and gold pages of people.

Records come in FinGreyLit's JSON lines or as flattened OAI-PMH records. They are split by hash into
dev and test. Comparison is in the spirit of FinGreyLit's: titles nearly equal, ISBN by digits,
what may have several values as sets.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from amic_kg.errors import UnreadableInput
from amic_kg.evaluation.front_layouts import lay_out
from amic_kg.evaluation.front_sheet import Expected, FrontRecord
from amic_kg.evaluation.gold import read_frames
from amic_kg.evaluation.scores import Score
from amic_kg.extract.front_matter import FrontMatter
from amic_kg.extract.front_matter.identifiers import is_isbn
from amic_kg.records import Page

FIELDS = ("title", "creator", "supervisor", "publisher", "commissioner", "year", "isbn", "issn",
          "urn", "doi", "series", "degree", "keyword", "kind")  # fmt: skip

_KINDS = {
    "bachelor thesis": "BachelorThesis", "master thesis": "MasterThesis",
    "doctoral thesis": "DoctoralThesis", "research report": "Report", "report": "Report",
    "policy report": "Report", "working paper": "Report", "journal article": "Article",
    "research article": "Article", "conference paper": "Article", "book part": "Article",
    "newspaper article": "Article", "review article": "Article",
}  # fmt: skip
_LANGUAGE = {"fin": "fi", "fi": "fi", "eng": "en", "en": "en", "swe": "sv", "sv": "sv"}
_ALMOST = 0.95
_GOLD = "front-matter*.txt"

Read = Callable[[tuple[Page, ...], str], FrontMatter]


@dataclass(frozen=True, slots=True)
class FrontCase:
    """Pages and the fields that they give."""

    id: str
    language: str
    split: str
    pages: tuple[Page, ...]
    expected: Mapping[str, tuple[str, ...]]
    judged: tuple[str, ...] = FIELDS
    """The fields whose absence in `expected` means that the pages do not give them."""


@dataclass(frozen=True, slots=True)
class FrontVerdict:
    """One value of one field: "right", "invented" or "missed"."""

    case: str
    language: str
    field: str
    value: str
    verdict: str
    confidence: float

    @property
    def score(self) -> Score:
        return Score(self.verdict == "right", self.verdict == "invented", self.verdict == "missed")


def laid_out_cases(data: Path) -> Iterator[FrontCase]:
    """Every record of `data` (folders fingreylit and oai_pmh) as front pages."""
    records = list(_records(data))
    people = [record for record in records if record.creators and "," in record.creators[0]]
    for record in records:
        digest = hashlib.sha256(record.key.encode()).digest()
        chance = Random(digest)
        full = _completed(record, people, chance) if people else record
        texts, expected, layout = lay_out(full, chance)
        pages = tuple(Page(number, text) for number, text in enumerate(texts, 1))
        yield FrontCase(
            f"{record.key} {layout}",
            record.language,
            "dev" if digest[-1] % 2 else "test",
            pages,
            {name: values for name, values in expected.items() if any(values)},
            tuple(
                name
                for name in FIELDS
                if name not in ("degree", "kind", "publisher", "series") or name in expected
            ),
        )


def gold_cases(folder: Path) -> Iterator[FrontCase]:
    """The cases of every front-matter*.txt in `folder`; pages are parted by a line "--- page".

    Raises UnreadableInput if there is no such file, InvalidGold for one in another form.
    """
    paths = sorted(folder.glob(_GOLD))
    if not paths:
        raise UnreadableInput(str(folder), f"holds no {_GOLD}", "Name a folder that does")
    for frame in chain.from_iterable(read_frames(path) for path in paths):
        texts = re.split(r"^--- page\s*$\n?", frame.body, flags=re.MULTILINE)
        expected: Expected = {name: frame.values(name) for name in FIELDS if frame.values(name)}
        yield FrontCase(
            frame.value("id"),
            frame.value("language"),
            frame.value("split"),
            tuple(Page(number, text) for number, text in enumerate(texts, 1)),
            expected,
        )


def judge(cases: Iterable[FrontCase], read: Read) -> Iterator[FrontVerdict]:
    """Every value given or wanted, with its verdict."""
    for case in cases:
        found = read(case.pages, case.language)
        for name in case.judged:
            given = _given(found, name)
            wanted = list(case.expected.get(name, ()))
            for value, confidence in given:
                match = next((one for one in wanted if same(name, one, value)), None)
                if match is not None:
                    wanted.remove(match)
                verdict = "right" if match is not None else "invented"
                yield FrontVerdict(case.id, case.language, name, value, verdict, confidence)
            for value in wanted:
                yield FrontVerdict(case.id, case.language, name, value, "missed", 0.0)


def field_scores(verdicts: Iterable[FrontVerdict]) -> dict[tuple[str, str], Score]:
    """Sums by (field, language), with "all" languages together."""
    sums: dict[tuple[str, str], Score] = {}
    for verdict in verdicts:
        for language in (verdict.language, "all"):
            key = (verdict.field, language)
            sums[key] = sums.get(key, Score()) + verdict.score
    return sums


def same(name: str, wanted: str, given: str) -> bool:
    """Whether two values are one: by digits, by letters, nearly for titles."""
    if name in ("isbn", "issn", "year"):
        return re.sub(r"[^\dX]", "", wanted.upper()) == re.sub(r"[^\dX]", "", given.upper())
    one, other = _folded(wanted), _folded(given)
    if name == "title":
        return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALMOST
    return one == other


def _given(found: FrontMatter, name: str) -> Sequence[tuple[str, float]]:
    fields = [field for field in found.fields if field.name == name]
    return [(field.value, field.confidence) for field in fields]


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _completed(record: FrontRecord, others: Sequence[FrontRecord], chance: Random) -> FrontRecord:
    """A thesis with supervisor and commissioner taken from other records, as none names its own.

    They stand in memory for the time of the measurement alone.
    """
    if not record.kind.endswith("Thesis"):
        return record
    supervisors = chance.choice(others).creators[: chance.randint(1, 2)]
    bodies = [other.publishers[0] for other in chance.choices(others, k=4) if other.publishers]
    commissioner = bodies[0] if bodies and chance.random() < 0.5 else ""
    supervisors = tuple(name for name in supervisors if "," in name and name not in record.creators)
    return replace(record, supervisors=supervisors, commissioner=commissioner)


def _records(data: Path) -> Iterator[FrontRecord]:
    for path in sorted((data / "fingreylit").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            record = _of_fingreylit(json.loads(line))
            if record:
                yield record
    for path in sorted((data / "oai_pmh").glob("*_dc.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if not line:
                continue
            record = _of_oai(json.loads(line))
            if record:
                yield record


def _of_fingreylit(line: Mapping[str, Any]) -> FrontRecord | None:
    truth = line["ground_truth"]
    kind = _KINDS.get(truth.get("type_coar") or "")
    if kind is None or truth["language"] not in ("fi", "en", "sv"):
        return None
    title, _, subtitle = truth["title"].partition(" : ")
    return FrontRecord(
        key=f"fingreylit-{line['rowid']}",
        language=truth["language"],
        title=title,
        subtitle=subtitle,
        kind=kind,
        # A body as author is printed as publisher alone.
        creators=tuple(" ".join(n.split()) for n in truth.get("creator", ()) if "," in n),
        publishers=tuple(truth.get("publisher", ()))[:1],
        year=truth.get("year", ""),
        isbn=tuple(n for n in (*truth.get("p-isbn", ()), *truth.get("e-isbn", ())) if is_isbn(n)),
        issn=tuple(n for name in ("p-issn", "e-issn") if (n := truth.get(name))),
        doi=truth.get("doi", ""),
    )


def _of_oai(line: Mapping[str, Any]) -> FrontRecord | None:
    def values(name: str) -> tuple[str, ...]:
        return tuple(str(one["value"]).strip() for one in line.get(f"dc.{name}", ()))

    language = _LANGUAGE.get("".join(values("language.iso")[:1]))
    title, _, subtitle = "".join(values("title")[:1]).partition(" : ")
    if language is None or not title:
        return None
    kind = (
        "Article"
        if re.search(r"\bA[1-4]|\bB[1-3]|\bD[1-3]", "".join(values("type.okm")[:1]))
        else "Report"
    )
    series = "".join(values("relation.ispartofseries")[:1])
    number = "".join(values("relation.numberinseries")[:1]).replace("_", "/")
    isbn = (re.sub(r"[^\dX]", "", one) for one in values("identifier.isbn"))
    return FrontRecord(
        key=line["oai_id"],
        language=language,
        title=title,
        subtitle=subtitle,
        kind=kind,
        creators=tuple(
            n for n in values("contributor.author") if re.fullmatch(r"[^,()]+, [^,()]+", n)
        ),
        publishers=values("publisher")[:1],
        year="".join(values("date.issued")[:1])[:4],
        isbn=tuple(one for one in isbn if is_isbn(one) and len(one) == 13)[:2],
        issn=tuple(n for n in values("relation.issn") if re.fullmatch(r"\d{4}-\d{3}[\dX]", n)),
        series=f"{series} {number}" if number and len(series) > 6 else "",
        keywords=tuple(dict.fromkeys(v for v in values("subject.yso") if "," not in v))[:8],
        urn=next((one for one in values("identifier.urn") if one.lower().startswith("urn:")), ""),
    )

"""Gold annotations of real passages: marks in the repository, texts in a data folder beside it.

A line of `real.jsonl` is a case; it says where its text stands and does not hold it::

    {"id", "language", "split", "sha256",
     "source": {"file", "record", "field", "start", "end"},
     "mentions": [{"start", "end", "type", "entity"}],
     "statements": [{"subject", "predicate", "object"}]}

`file` is below the data folder. `record` is `line=N`, the N-th record (of a PDF, page) from 1, or
`name=value`, the record whose field `name` has that value. `field` names the text, with `[N]` if
it repeats. `start` and `end` cut the passage out of it, its line ends being single characters;
the offsets of mentions count from there.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from lxml import etree

from amic_kg.errors import InvalidGold, UnreadableInput
from amic_kg.evaluation.gold import GoldCase, GoldMention, GoldStatement

Row = Mapping[str, Any]

_FIELD = re.compile(r"(?P<name>[^\[\]]+)(?:\[(?P<number>\d+)\])?")
_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_LINE_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at the end of a line."""


def read_real_passages(path: Path, data: Path) -> tuple[GoldCase, ...]:
    """The cases of `path` with their texts from `data`; those whose file is absent are left out.

    Raises InvalidGold that names case and cause: no such record, or another text than was marked.
    """
    rows: dict[str, Sequence[Row]] = {}
    cases = []
    for place, case in _lines(path):
        name = case["source"]["file"]
        if not (data / name).is_file():
            continue
        if name not in rows:
            rows[name] = _read_rows(data / name)
        cases.append(_build_case(place, case, _passage(place, case, rows[name])))
    return tuple(cases)


def count_absent(path: Path, data: Path) -> int:
    """How many cases `read_real_passages` leaves out since their file is not in `data`."""
    return sum(not (data / case["source"]["file"]).is_file() for _, case in _lines(path))


def _lines(path: Path) -> Iterator[tuple[str, Row]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), f"cannot be read ({error})", "Name a UTF-8 file") from None
    for number, line in enumerate(lines, 1):
        try:
            case = json.loads(line)
            yield f"{path.name}, {case['id']}", case
        except (ValueError, KeyError, TypeError):
            raise InvalidGold(
                f"{path.name}, line {number}", "is no case", "Write an object with an id"
            ) from None


def _passage(place: str, case: Row, rows: Sequence[Row]) -> str:
    source = case["source"]
    text = _field(place, _record(place, rows, source["record"]), source["field"])
    passage = text[source["start"] : source["end"]]
    if hashlib.sha256(passage.encode()).hexdigest() != case["sha256"]:
        raise InvalidGold(
            place,
            f"was marked on another text than {source['file']} has now",
            "Use the data it was marked on, or mark it anew",
        )
    return passage


def _record(place: str, rows: Sequence[Row], record: str) -> Row:
    name, _, value = record.partition("=")
    if name == "line":
        found = rows[int(value) - 1 : int(value)] if value.isdigit() and int(value) else ()
    else:
        found = [row for row in rows if row.get(name) == value][:1]
    if not found:
        raise InvalidGold(place, f"names the record {record}, which is not there", "Correct it")
    return found[0]


def _field(place: str, row: Row, field: str) -> str:
    match = _FIELD.fullmatch(field)
    value = row.get(match["name"]) if match else None
    if match and match["number"] and isinstance(value, list):
        value = value[int(match["number"])] if int(match["number"]) < len(value) else None
    if isinstance(value, dict):
        value = value.get("value")
    if not isinstance(value, str):
        raise InvalidGold(place, f"names the field {field}, which holds no text", "Correct it")
    return value.replace("\r\n", "\n")


def _build_case(place: str, case: Row, text: str) -> GoldCase:
    split = case["split"]
    if split not in ("dev", "test"):
        raise InvalidGold(place, f"has the split {split!r}", "Write dev or test")
    mentions = tuple(
        GoldMention(m["start"], m["end"], m["type"], m["entity"]) for m in case["mentions"]
    )
    end = 0
    for mention in mentions:
        if not end <= mention.start < mention.end <= len(text):
            raise InvalidGold(
                place,
                f"has a mention at {mention.start}, outside the passage or inside another",
                "Put mentions in order, each beside the others",
            )
        end = mention.end
    return GoldCase(
        id=case["id"],
        language=case["language"],
        split="dev" if split == "dev" else "test",
        source=f"{case['source']['file']} {case['source']['record']}",
        text=text,
        mentions=mentions,
        statements=tuple(
            GoldStatement(s["subject"], s["predicate"], s["object"]) for s in case["statements"]
        ),
    )


def _read_rows(path: Path) -> Sequence[Row]:
    try:
        return _READERS.get(path.suffix, _read_text)(path)
    except (OSError, ValueError, etree.XMLSyntaxError, pdfium.PdfiumError) as error:
        raise UnreadableInput(
            str(path), f"cannot be read ({error})", "Take it from its source again"
        ) from None


def _read_text(path: Path) -> Sequence[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return [{"text": file.read()}]


def _read_json_lines(path: Path) -> Sequence[Row]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _read_json(path: Path) -> Sequence[Row]:
    rows: list[Row] = json.loads(path.read_text(encoding="utf-8"))
    return rows


def _read_csv(path: Path) -> Sequence[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _read_oai(path: Path) -> Sequence[Row]:
    """Harvested records: `identifier`, and texts by `schema.element.qualifier`."""
    tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
    rows = []
    for record in tree.iter(f"{_OAI}record"):
        row: dict[str, Any] = {"identifier": record.findtext(f".//{_OAI}identifier")}
        for field in record.iter("{*}field"):
            name = ".".join(
                filter(None, (field.get(k) for k in ("schema", "element", "qualifier")))
            )
            row.setdefault(name, []).append({"value": field.get("value")})
        rows.append(row)
    return rows


def _read_pdf(path: Path) -> Sequence[Row]:
    document = pdfium.PdfDocument(path)
    try:
        return [
            {"text": page.get_textpage().get_text_range(errors="ignore").replace(_LINE_HYPHEN, "-")}
            for page in document
        ]
    finally:
        document.close()


_READERS: Mapping[str, Callable[[Path], Sequence[Row]]] = {
    ".jsonl": _read_json_lines,
    ".json": _read_json,
    ".csv": _read_csv,
    ".xml": _read_oai,
    ".pdf": _read_pdf,
}

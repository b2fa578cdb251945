"""Gold passages whose texts stand outside the repository, rebuilt from a data folder."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from amic_kg.errors import InvalidGold, UnreadableInput
from amic_kg.evaluation.gold import GoldMention, GoldStatement
from amic_kg.evaluation.real_passages import count_absent, read_real_passages
from amic_kg.iris import ONTOLOGY, VOCAB

_NICKEL = f"{VOCAB}commodity/nickel"
_PASSAGE = "Nickel is produced."
_TEXT = f"Before.\r\n{_PASSAGE} After."
_MENTION = {"start": 0, "end": 6, "type": "Commodity", "entity": _NICKEL}
_OAI = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>
<header><identifier>oai:a:1</identifier></header><metadata>
<kk:metadata xmlns:kk="http://kk/1.0">
<kk:field schema="dc" element="title" value="A title"/>
<kk:field schema="dc" element="description" qualifier="abstract" value="Another one."/>
<kk:field schema="dc" element="description" qualifier="abstract"
 value="Before. Nickel is produced. After."/>
</kk:metadata></metadata></record></ListRecords></OAI-PMH>"""


def _case(file: str, record: str, field: str, start: int = 8, **more: Any) -> dict[str, Any]:
    return {
        "id": "real-en-01",
        "language": "en",
        "split": "dev",
        "source": {
            "file": file,
            "record": record,
            "field": field,
            "start": start,
            "end": start + len(_PASSAGE),
        },
        "sha256": hashlib.sha256(_PASSAGE.encode()).hexdigest(),
        "mentions": [_MENTION],
        "statements": [],
        **more,
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one text in every format that sources have."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "page.txt").write_text(_TEXT, encoding="utf-8", newline="")
    row = {"id": "7", "dc.abstract": [{"lang": "en", "value": "Else."}, {"value": _TEXT}]}
    (folder / "rows.jsonl").write_text(
        json.dumps({"id": "6"}) + "\n" + json.dumps(row) + "\n", encoding="utf-8"
    )
    (folder / "rows.json").write_text(json.dumps([{"id": "7", "text": _TEXT}]), encoding="utf-8")
    (folder / "rows.csv").write_text(f'id,text\n7,"{_TEXT}"\n', encoding="utf-8", newline="")
    (folder / "rows.xml").write_text(_OAI, encoding="utf-8")
    canvas = Canvas(str(folder / "pages.pdf"))
    canvas.drawString(72, 700, "The first page")
    canvas.showPage()
    canvas.drawString(72, 700, f"Before. {_PASSAGE} After.")
    canvas.save()
    return folder


def _gold(data: Path, *cases: dict[str, Any]) -> Path:
    path = data.parent / "real.jsonl"
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("file", "record", "field"),
    [
        ("page.txt", "line=1", "text"),
        ("rows.jsonl", "line=2", "dc.abstract[1]"),
        ("rows.jsonl", "id=7", "dc.abstract[1]"),
        ("rows.json", "id=7", "text"),
        ("rows.csv", "id=7", "text"),
        ("rows.xml", "identifier=oai:a:1", "dc.description.abstract[1]"),
        ("pages.pdf", "line=2", "text"),
    ],
)
def test_a_passage_is_cut_out_of_every_kind_of_source(
    data: Path, file: str, record: str, field: str
) -> None:
    (case,) = read_real_passages(_gold(data, _case(file, record, field)), data)

    assert case.text == _PASSAGE
    assert case.mentions == (GoldMention(0, 6, "Commodity", _NICKEL),)
    assert (case.id, case.language, case.split) == ("real-en-01", "en", "dev")


def test_statements_come_as_they_were_written(data: Path) -> None:
    said = {"subject": "study-1", "predicate": f"{ONTOLOGY}sampleSize", "object": "46"}
    path = _gold(data, _case("page.txt", "line=1", "text", statements=[said]))

    (case,) = read_real_passages(path, data)

    assert case.statements == (GoldStatement("study-1", f"{ONTOLOGY}sampleSize", "46"),)


def test_cases_without_their_file_are_left_out_and_counted(data: Path) -> None:
    path = _gold(data, _case("page.txt", "line=1", "text"), _case("gone.txt", "line=1", "text"))

    assert len(read_real_passages(path, data)) == 1
    assert count_absent(path, data) == 1


@pytest.mark.parametrize(
    ("case", "cause"),
    [
        (_case("page.txt", "line=1", "text", start=9), "another text"),
        (_case("page.txt", "line=2", "text"), "record line=2"),
        (_case("rows.json", "id=9", "text"), "record id=9"),
        (_case("rows.json", "id=7", "title"), "field title"),
        (_case("rows.jsonl", "id=7", "dc.abstract[2]"), "field dc.abstract"),
        (_case("page.txt", "line=1", "text", split="train"), "split 'train'"),
        (_case("page.txt", "line=1", "text", mentions=[{**_MENTION, "end": 99}]), "outside"),
        (_case("page.txt", "line=1", "text", mentions=[_MENTION, _MENTION]), "inside another"),
    ],
)
def test_what_does_not_fit_is_named_with_its_case(
    data: Path, case: dict[str, Any], cause: str
) -> None:
    with pytest.raises(InvalidGold, match=cause) as raised:
        read_real_passages(_gold(data, case), data)

    assert raised.value.subject == "real.jsonl, real-en-01"


def test_a_line_that_is_no_case_is_named(data: Path) -> None:
    path = data.parent / "real.jsonl"
    path.write_text("{}\n", encoding="utf-8")

    with pytest.raises(InvalidGold, match=r"real\.jsonl, line 1"):
        read_real_passages(path, data)


def test_a_damaged_source_is_named(data: Path) -> None:
    (data / "rows.json").write_text("[", encoding="utf-8")

    with pytest.raises(UnreadableInput, match=r"rows\.json"):
        read_real_passages(_gold(data, _case("rows.json", "id=7", "text")), data)

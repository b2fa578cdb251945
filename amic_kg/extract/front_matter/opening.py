"""Where the front of a page ends: at the first heading of the body, or its first paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from amic_kg.extract.front_matter.clauses import clause_length
from amic_kg.extract.front_matter.lines import Line

_STOP = re.compile(
    r"^(?:\d+\.?\d*\s+|[IVX]{1,4}\.\s+)?(?:abstract|tiivistelmä|sammandrag|summary|yhteenveto|sammanfattning|"
    r"referat|"
    r"abstrakt|resumé|executive summary|contents|table of contents|sisällys(?:luettelo)?|sisältö|"
    r"innehåll(?:sförteckning)?|johdanto|introduction|inledning|esipuhe|preface|förord|foreword|"
    r"alkusanat|kiitokset|acknowledg\w+|tausta|background|bakgrund|lukijalle|kuvailulehti|"
    r"presentationsblad|description sheet|documentation page|läsnä|paikalla|osallistujat|"
    r"participants|present|närvarande|deltagare|agenda|asialista|dagordning|ohjelma|"
    r"graphical abstract|dear (?:reader|all|colleague|friend|partner)s?\b.*|hyvä(?:t)? lukija.*|"
    r"(?:bästa|kära) läsare.*|"
    r"lähteet|references|källor|kirjallisuus|highlights|article info|a ?b ?s ?t ?r ?a ?c ?t)"
    r"\s*(?:[:.—–-].*)?$",
    re.IGNORECASE,
)
_SUBTITLE = re.compile(
    r"(?:tiivistelmä|yhteenveto|summary|executive summary|sammandrag|sammanfattning)",
    re.IGNORECASE,
)
"""Headings that are a subtitle too: a report's own short edition."""

_PROSE = 60
"""Characters from which a line is likely one of a paragraph."""

_MOST_LINES = 60


def until_body(lines: Sequence[Line]) -> list[Line]:
    """The lines before the first heading of the body, or before its first paragraph."""
    front: list[Line] = []
    clause = 0
    for index, line in enumerate(lines):
        clause = max(clause, index + clause_length(lines, index))
        if index and _STOP.match(line.text) and not is_short_edition(lines, index):
            break
        block = lines[index : index + 3]
        prose = (
            index > 0
            and index >= clause
            and len(block) == 3
            and all(len(one.text) >= _PROSE for one in block)
            and not any(one.gap for one in block[1:])
            and sum(one.text[:1].islower() for one in block) >= 1
            and re.search(
                r"[a-zåäö]{3}[.!?]\s+[A-ZÅÄÖ]",
                " ".join(one.text for one in lines[index : index + 6]),
            )
        )
        if prose or (index and len(line.text) > 220):
            break
        front.append(line)
        if len(front) >= _MOST_LINES:
            break
    return front


def is_short_edition(lines: Sequence[Line], index: int) -> bool:
    """Whether a heading is the title's second line: close under it, and no text below it."""
    line = lines[index]
    below = lines[index + 1 :]
    return (
        not line.gap
        and _SUBTITLE.fullmatch(line.text) is not None
        and len(below) <= 8
        and all(len(one.text) < _PROSE for one in below)
    )

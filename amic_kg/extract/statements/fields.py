# ruff: noqa: E501 -- a rule stands on one line, however long its words
"""Statements from fields ("Budget: EUR 2 million") and from tables with a line of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amic_kg.extract.statements.reading import Reading, Thing

FIELD = 0.88
CELL = 0.88
"""A cell of a table whose columns part by bars."""
ITEM = 0.78
COLUMN = 0.8
"""A word of a line of a table whose columns are only blanks now."""

_LABELS: tuple[tuple[str, str, str], ...] = (
    ("coordinator", "O", r"koordinaattori|koordinoija|koordinaattoriorganisaatio|päätoteuttaja|toteuttaja|hakija|hallinnoija|vastuutaho|hankkeen koordinaattori|coordinator|lead partner|lead beneficiary|lead applicant|project leader|project coordinator|coordinated by|koordinator|samordnare|projektägare|huvudman|huvudpartner|sökande"),
    ("partner", "O", r"(?:hankkeen |projektin |muut )?(?:kumppanit|kumppaneita|kumppaneina|partnereita|partnerit|osatoteuttajat|hankekumppanit|yhteistyökumppanit|kumppani)|(?:project |consortium |other )?partners?|(?:övriga )?(?:partner|parter|partners|projektpartner|samarbetspartner)"),
    ("fundedUnder", "F", r"(?:hankkeen )?(?:rahoitus|rahoittaja|rahoittajat|rahoitusohjelma|päärahoittaja|ohjelma|rahoituslähde)|funding|funder|funders|funded by|funding programme|programme|financing|finansiering|finansiär|finansiärer|program|finansieringsprogram"),
    ("funder", "O", r"(?:hankkeen )?(?:rahoitus|rahoittaja|rahoittajat|päärahoittaja|rahoituslähde)|funding|funder|funders|funded by|financing|finansiering|finansiär|finansiärer"),
    ("span", "W", r"(?:hankkeen |projektin )?(?:kesto|toteutusaika|aikataulu|ajankohta|toteutusajankohta|toiminta-aika|hankeaika)|(?:project )?(?:duration|period|schedule|timetable|time frame)|(?:projektets )?(?:tid|tidtabell|projekttid|varaktighet|projektperiod|löptid|tidsperiod)"),
    ("start", "D", r"(?:hankkeen )?(?:alkamispäivä|aloitus|alkaa|alkoi|aloituspäivä|alku)|(?:project )?(?:start|start date|starting date|begins)|startdatum|början|inleds"),
    ("end", "D", r"(?:hankkeen )?(?:päättymispäivä|lopetus|päättyy|päättyi|loppu)|(?:project )?(?:end|end date|ending date|ends)|slutdatum|slut|avslutas"),
    ("budget", "E", r"(?:hankkeen |projektin )?(?:kokonais)?(?:budjetti|kustannusarvio|kokonaiskustannukset|kokonaisbudjetti)|(?:total |overall |project )?(?:budget|costs?)|(?:total)?(?:budget|kostnader|totalbudget)"),
)  # fmt: skip
_FIELD = tuple(
    (predicate, letters, re.compile(rf"^(?:[•\-–*] ?)?(?:{labels})\s?(?:\((?:eur|euroa|€)\))?(?P<mark>:| \|) ?(?P<rest>.+)$"), re.compile(rf"^(?:{labels}):?$"))
    for predicate, letters, labels in _LABELS
)  # fmt: skip

# What a heading of a column says of its cells, by the letter that they hold.
_COLUMNS = {
    "P": re.compile(r"kunta|kunnat|sijainti|paikkakunta|municipality|municipalities|location|kommun|läge|ort"),
    "C": re.compile(r"tuot(?:e|teet|anto)|päätuot(?:e|teet)|products?|main products?|production|produkt(?:er|ion)?|raaka-aine\w*|metalli\w*|päämetalli\w*|hyödyke|commodit\w+|metals?|raw materials?|råmaterial|råvar\w+|metall\w*|huvudmetall\w*"),
    "O": re.compile(r"toiminnanharjoittaja|omistaja|haltija|yhtiö|operator|owner|company|bolag|ägare|operatör|verksamhetsutövare"),
    "L": re.compile(r"tila|vaihe|elinkaaren vaihe|status|stage|phase|skede|fas"),
}  # fmt: skip
_PRODUCTS = re.compile(
    r"tuot(?:e|teet|anto)|päätuot(?:e|teet)|products?|main products?|production|produkt(?:er|ion)?"
)
"""A column of commodities that are made there, not only known to be there."""
_PREDICATES = {"P": "locatedIn", "C": "hasCommodity", "O": "hasOperator", "L": "stage"}
_SITES = re.compile(
    r"(?<!\w)(?:kohde|kohteet|kaivos|esiintymä|kaivokset|site|sites|mine|mines|deposit|gruva|gruvor|fyndighet|objekt|esimerkki esiintymästä)(?!\w)"
)
_RUNNING = re.compile(
    r"(?<!\w)(?:toiminnassa|tuotannossa|in operation|operating|active|i drift)(?!\w)"
)
_ITEM = re.compile(
    r"^(?:[•*–-] ?|\d+[.)] )?(?P<s><S\d+_\w+>)(?:<C\d+_att>)*"
    r"(?:,? ?\(?(?P<p><P\d+_\w+>)\)?)?(?:\s?[:–—-] ?(?P<rest>.*)|$)"
)
_OPERATION = "https://w3id.org/amic/vocab/lifecycle-stage/operation"


@dataclass(frozen=True, slots=True)
class Cell:
    """A predicate and its object, read from a field or a table; `subject` is None for a field."""

    predicate: str
    subject: Thing | None
    object: Thing
    confidence: float


def find_field(reading: Reading, label: str | None = None) -> Iterator[Cell]:
    """What a line "label: value" gives; `label` is the line before, where that was a label alone."""
    text = reading.text
    for predicate, letters, pattern, _ in _FIELD:
        match = pattern.match(text)
        rest = match["rest"] if match else text if label == predicate else ""
        for thing in reading.things_in(rest):
            if thing.letter in letters:
                yield Cell(predicate, None, thing, FIELD)


def labels_of(text: str) -> tuple[str, ...]:
    """The predicates that a line names which is nothing but a label."""
    return tuple(predicate for predicate, _, _, alone in _FIELD if alone.match(text))


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table of sites: by place among bars, or only as a set of letters."""

    columns: tuple[str | None, ...]
    barred: bool
    made: bool = False
    """Whether the commodities are products of the sites."""


def read_header(line: str) -> Header | None:
    """The header of a table of sites, or None for any other line."""
    barred = " | " in line
    cells = [cell.strip() for cell in (line.split("|") if barred else [line])]
    if barred:
        columns = tuple(
            "S" if _SITES.fullmatch(cell) else next((k for k, p in _COLUMNS.items() if p.fullmatch(cell)), None)
            for cell in cells
        )  # fmt: skip
        return (
            Header(columns, True, _makes(cells))
            if "S" in columns and len(set(columns) - {"S", None})
            else None
        )
    if re.search(r"[.!?]$", line) or len(line) > 120:
        return None
    site = _SITES.search(line)
    letters = [
        k for k, p in _COLUMNS.items() if re.search(rf"(?<![\w-])(?:{p.pattern})(?![\w-])", line)
    ]
    return Header(("S", *letters), False, _makes(line.split())) if site and letters else None


def _makes(cells: Sequence[str]) -> bool:
    return any(_PRODUCTS.fullmatch(cell.strip()) for cell in cells)


def read_row(reading: Reading, header: Header, text: str) -> Iterator[Cell]:
    """What a row says of its sites; a row with no site, or of unclear sites, says nothing."""
    yield from (
        _cells_of(reading, header, text) if header.barred else _words_of(reading, header, text)
    )


def _cells_of(reading: Reading, header: Header, text: str) -> Iterator[Cell]:
    """A row whose cells part by bars; as many places as sites belong to them in turn."""
    cells = text.split("|")
    if len(cells) != len(header.columns):
        return
    sites = _in_columns(reading, header, cells, "S")
    for letter, predicate in _PREDICATES.items():
        things = _in_columns(reading, header, cells, letter)
        if len(sites) == len(things) > 1:
            pairs = list(zip(sites, things, strict=True))
        elif letter in "PO" and len(things) > 1:
            continue
        else:
            pairs = [(site, thing) for site in sites for thing in things]
        for site, thing in pairs:
            yield Cell(_told(predicate, header), site, thing, CELL)
        if letter == "L" and letter in header.columns and not things:
            yield from _running(sites, cells[header.columns.index("L")], CELL)


def _words_of(reading: Reading, header: Header, text: str) -> Iterator[Cell]:
    """A row without bars: its one site, and what is of the types that the header names."""
    things = reading.things_in(text)
    sites = [thing for thing in things if thing.letter == "S"]
    if len(sites) != 1:
        return
    for letter, predicate in _PREDICATES.items():
        named = [thing for thing in things if thing.letter == letter]
        if letter not in header.columns or (letter in "PO" and len(named) > 1):
            continue
        for thing in named:
            yield Cell(_told(predicate, header), sites[0], thing, COLUMN)
        if letter == "L" and not named:
            yield from _running(sites, text, COLUMN)


def _told(predicate: str, header: Header) -> str:
    return "produces" if header.made and predicate == "hasCommodity" else predicate


def _running(sites: Sequence[Thing], text: str, confidence: float) -> Iterator[Cell]:
    """The stage of sites of which a cell says that they are in operation."""
    if _RUNNING.search(text):
        for site in sites:
            yield Cell("stage", site, Thing("L", _OPERATION), confidence)


def read_item(reading: Reading) -> Iterator[Cell]:
    """An item of a list that begins with a site: "Kevitsa (Sodankylä): nikkeli, kupari"."""
    match = _ITEM.match(reading.text)
    if match is None:
        return
    sites = reading.things_in(match["s"])
    if len([thing for thing in reading.things if thing.letter == "S"]) != 1:
        return
    for place in reading.things_in(match["p"] or ""):
        yield Cell("locatedIn", sites[0], place, ITEM)
    for thing in reading.things_in(match["rest"] or ""):
        if thing.letter in "CO":
            yield Cell(_PREDICATES[thing.letter], sites[0], thing, ITEM)
        elif thing.letter == "L":
            yield Cell("stage", sites[0], thing, ITEM)


def _in_columns(reading: Reading, header: Header, cells: Sequence[str], letter: str) -> list[Thing]:
    return [
        thing
        for column, cell in zip(header.columns, cells, strict=True)
        if column == letter
        for thing in reading.things_in(cell)
        if thing.letter == letter
    ]

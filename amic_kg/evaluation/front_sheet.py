"""Fields of a bibliographic record as front pages print them, in the words of three languages.

What is printed is also told as expected. Words, order, line breaks, blank
lines and what stands beside (logos, units, page numbers, funders) vary with the record's hash; the
same record gives the same pages. Nothing here is shared with the reader that is measured by it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

Expected = dict[str, tuple[str, ...]]
"""Field to the values that the pages give."""


@dataclass(frozen=True, slots=True)
class FrontRecord:
    """What a catalogue knows of a document; persons are "Surname, Given"."""

    key: str
    language: str
    title: str
    subtitle: str
    kind: str
    creators: tuple[str, ...] = ()
    supervisors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    commissioner: str = ""
    year: str = ""
    isbn: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    doi: str = ""
    urn: str = ""
    series: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """Pages under way: lines of each page, and the fields that they have given."""

    record: FrontRecord
    chance: Random
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    expected: Expected = field(default_factory=dict)

    def one_of(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def put(self, *lines: str) -> None:
        self.pages[-1].extend(lines)

    def gap(self, most: int = 2) -> None:
        self.put(*[""] * self.chance.randint(0 if most > 2 else 1, most))

    def turn(self) -> None:
        self.pages.append([])

    def give(self, name: str, *values: str) -> None:
        known = self.expected.get(name, ())
        self.expected[name] = tuple(dict.fromkeys((*known, *values)))

    def word(self, words: Mapping[str, Sequence[str]]) -> str:
        return self.chance.choice(list(words.get(self.record.language, words["en"])))

    def wrapped(self, text: str, width: int | None = None) -> list[str]:
        return textwrap.wrap(text, width or self.chance.choice((34, 44, 60, 78)))


_MONTHS = {
    "fi": ("tammikuu", "maaliskuu", "toukokuu", "syyskuu", "marraskuu"),
    "en": ("January", "March", "May", "September", "November"),
    "sv": ("januari", "mars", "maj", "september", "november"),
}
_PLACES = ("Rovaniemi", "Kemi", "Joensuu", "Helsinki", "Vaasa", "Tornio", "Turku", "Espoo")
_AUTHOR = {"fi": ("Tekijä", "Tekijä(t)", "Tekijät", "Laatija"),
           "en": ("Author", "Author(s)", "Authors"), "sv": ("Författare",)}  # fmt: skip
_TITLE = {"fi": ("Työn nimi", "Opinnäytetyön nimi", "Julkaisun nimi", "Nimeke"),
          "en": ("Title", "Title of thesis", "Name of thesis", "Title of publication"),
          "sv": ("Titel", "Arbetets namn", "Publikationens titel")}  # fmt: skip
SUPERVISOR = {"fi": ("Ohjaaja", "Ohjaaja(t)", "Työn ohjaaja", "Ohjaajat"),
               "en": ("Supervisor", "Supervisor(s)", "Thesis supervisor"),
               "sv": ("Handledare", "Handledare")}  # fmt: skip
_COMMISSIONER = {"fi": ("Toimeksiantaja", "Toimeksiantaja(t)", "Työn tilaaja"),
                 "en": ("Commissioned by", "Commissioner", "Client"),
                 "sv": ("Uppdragsgivare", "Beställare")}  # fmt: skip
PUBLISHER = {"fi": ("Julkaisija", "Kustantaja"), "en": ("Publisher", "Published by"),
              "sv": ("Utgivare", "Förlag")}  # fmt: skip
_DATE = {"fi": ("Vuosi", "Päivämäärä", "Julkaisuaika", "Aika"), "en": ("Date", "Year"),
         "sv": ("Datum", "År", "Utgivningsår")}  # fmt: skip
KEYWORD = {"fi": ("Avainsanat", "Asiasanat"), "en": ("Keywords", "Key words"),
            "sv": ("Nyckelord", "Ämnesord")}  # fmt: skip
SERIES = {"fi": ("Sarja", "Julkaisusarja", "Julkaisusarjan nimi ja numero"),
           "en": ("Series", "Publication series"), "sv": ("Serie",)}  # fmt: skip
_PAGES = {"fi": ("Sivumäärä", "Sivuja"), "en": ("Number of pages", "Pages"),
          "sv": ("Sidantal", "Antal sidor")}  # fmt: skip
_ABSTRACT = {"fi": ("Tiivistelmä", "TIIVISTELMÄ"), "en": ("Abstract", "ABSTRACT"),
             "sv": ("Abstrakt", "Sammandrag", "ABSTRAKT")}  # fmt: skip
_THESIS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "BachelorThesis": {"fi": ("Opinnäytetyö (AMK)", "Opinnäytetyö AMK", "Kandidaatintutkielma"),
                       "en": ("Bachelor's thesis", "Bachelor’s Thesis", "BACHELOR'S THESIS"),
                       "sv": ("Examensarbete för ingenjör (YH)-examen", "Kandidatavhandling")},
    "MasterThesis": {"fi": ("Pro gradu -tutkielma", "Diplomityö", "Opinnäytetyö (YAMK)"),
                     "en": ("Master's thesis", "Master’s Thesis", "MASTER'S THESIS"),
                     "sv": ("Avhandling pro gradu", "Magisteravhandling", "Diplomarbete")},
    "DoctoralThesis": {"fi": ("Väitöskirja", "Akateeminen väitöskirja"),
                       "en": ("Doctoral dissertation", "Academic dissertation"),
                       "sv": ("Doktorsavhandling", "Akademisk avhandling")},
}  # fmt: skip
_REPORT = {"fi": ("Loppuraportti", "RAPORTTI", "Selvitys"), "en": ("Final report", "REPORT"),
           "sv": ("RAPPORT", "Slutrapport")}  # fmt: skip
UNIT = {"fi": ("Tekniikan ja liikenteen ala", "Yhteiskuntatieteiden tiedekunta",
                "Kallioperä- ja malmiyksikkö"),
         "en": ("Faculty of Social Sciences", "Department of Geology", "School of Engineering"),
         "sv": ("Fakulteten för naturvetenskaper", "Enheten för teknik")}  # fmt: skip
BODY = {
    "fi": "Työn tavoitteena oli selvittää, miten tulokset muuttuvat, kun olosuhteet vaihtelevat. "
          "Aineisto koottiin kahtena vuonna. Tulosten perusteella menetelmä soveltuu käyttöön.",
    "en": "The aim of the work was to find out how results change when conditions vary. The data "
          "were collected over two years. The results suggest that the method can be used.",
    "sv": "Syftet med arbetet var att utreda hur resultaten förändras när förhållandena varierar. "
          "Materialet samlades in under två år. Resultaten visar att metoden kan användas.",
}  # fmt: skip
NOISE = ("www.example.org", "Vipuvoimaa EU:lta", "Euroopan unioni", "Kuva: arkisto", "1", "– 2 –")


def given_first(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{given} {family}" if given else family


def persons(sheet: Sheet, names: Sequence[str], style: str = "") -> str:
    style = style or sheet.one_of("and", "comma", "inverted", "shout")
    if style == "inverted":
        return ("; " if len(names) > 1 and sheet.chance.random() < 0.5 else ", ").join(names)
    shown = [given_first(name) for name in names]
    if style == "shout":
        shown = [name.upper() for name in shown]
    if style == "comma" or len(shown) == 1:
        return ", ".join(shown)
    joint = sheet.word({"fi": (" ja ", " & "), "en": (" and ", " & "), "sv": (" och ", " & ")})
    return ", ".join(shown[:-1]) + joint + shown[-1]


def put_title(sheet: Sheet) -> None:
    record = sheet.record
    shout = sheet.chance.random() < 0.3
    parted = bool(record.subtitle) and sheet.chance.random() < 0.6
    texts = [record.title, record.subtitle] if parted else [whole(sheet)]
    for number, text in enumerate(texts):
        if number:
            # Nearer to the title than anything else.
            sheet.put(*[""] * sheet.chance.randint(0, 1))
        capital = text[:1].upper() + text[1:]
        sheet.put(*sheet.wrapped(capital.upper() if shout and not number else capital))
    sheet.give("title", catalogued(record))


def whole(sheet: Sheet) -> str:
    mark = sheet.one_of(": ", " – ", ": ")
    return (
        f"{sheet.record.title}{mark}{sheet.record.subtitle}"
        if sheet.record.subtitle
        else sheet.record.title
    )


def catalogued(record: FrontRecord) -> str:
    return f"{record.title} : {record.subtitle}" if record.subtitle else record.title


def put_names(sheet: Sheet) -> None:
    names = sheet.record.creators
    if not names:
        return
    if sheet.chance.random() < 0.4:
        sheet.put(*[given_first(name) for name in names])
    else:
        line = persons(sheet, names, sheet.one_of("and", "comma"))
        sheet.put(*textwrap.wrap(line, 70))
    sheet.give("creator", *names)


def put_date(sheet: Sheet) -> None:
    year = sheet.record.year
    if not year:
        return
    month = sheet.word(_MONTHS)
    sheet.put(sheet.one_of(
        year, f"{sheet.chance.choice(_PLACES)} {year}", f"{month} {year}", f"15.5.{year}",
        f"{sheet.chance.choice(_PLACES)}, {month} {year}",
    ))  # fmt: skip
    sheet.give("year", year)


def put_publisher(sheet: Sheet) -> None:
    sheet.put(*sheet.record.publishers)
    sheet.give("publisher", *sheet.record.publishers)


def put_numbers(sheet: Sheet) -> None:
    record = sheet.record
    for number in record.isbn:
        shown = sheet.one_of(
            number, f"{number[:3]}-{number[3:6]}-{number[6:9]}-{number[9:12]}-{number[12:]}"
        )
        sheet.put(
            f"ISBN {sheet.one_of('', '(pdf) ', '(PDF): ', '(nid.) ')}{shown}".replace("  ", " ")
        )
    for number in record.issn:
        sheet.put(f"ISSN {sheet.one_of('', '(verkkojulkaisu) ', '(online): ')}{number}")
    if record.urn:
        sheet.put(sheet.one_of(f"http://urn.fi/{record.urn}", record.urn))
        sheet.give("urn", record.urn)
    if record.doi:
        sheet.put(
            sheet.one_of(f"https://doi.org/{record.doi}", f"DOI: {record.doi}", f"doi:{record.doi}")
        )
        sheet.give("doi", record.doi)
    if record.isbn:
        sheet.give("isbn", *record.isbn)
    if record.issn:
        sheet.give("issn", *record.issn)


def put_kind(sheet: Sheet) -> None:
    words = _THESIS.get(sheet.record.kind)
    sheet.put(sheet.word(words) if words else sheet.word(_REPORT))
    sheet.give("kind", sheet.record.kind)


def put_abstract(sheet: Sheet) -> None:
    sheet.put(sheet.word(_ABSTRACT), "")
    sheet.put(*textwrap.wrap(BODY.get(sheet.record.language, BODY["en"]), 88))
    words = sheet.record.keywords
    if words:
        sheet.put("", *textwrap.wrap(f"{sheet.word(KEYWORD)}: {', '.join(words)}", 80))
        sheet.give("keyword", *words)


def _rows(sheet: Sheet) -> list[tuple[str, str]]:
    """The rows of a description sheet that the record can fill."""
    record = sheet.record
    rows = [(sheet.word(_TITLE), whole(sheet))]
    sheet.give("title", catalogued(record))
    if record.creators:
        rows.insert(0, (sheet.word(_AUTHOR), persons(sheet, record.creators)))
        sheet.give("creator", *record.creators)
    if record.supervisors:
        rows.append((sheet.word(SUPERVISOR), persons(sheet, record.supervisors, "comma")))
        sheet.give("supervisor", *record.supervisors)
    if record.commissioner:
        rows.append((sheet.word(_COMMISSIONER), record.commissioner))
        sheet.give("commissioner", record.commissioner)
    if record.year:
        rows.append((sheet.word(_DATE), record.year))
        sheet.give("year", record.year)
    rows.append((sheet.word(_PAGES), "45 + 3"))
    return rows


def put_sheet(sheet: Sheet) -> None:
    style = sheet.one_of("colon", "colon", "below", "blank", "wide")
    for label, value in _rows(sheet):
        match style:
            case "colon":
                sheet.put(*textwrap.wrap(f"{label}: {value}", 78))
            case "below":
                sheet.put(label, *textwrap.wrap(value, 60))
                if sheet.chance.random() < 0.4:
                    sheet.put("")
            case "blank":
                sheet.put(*textwrap.wrap(f"{label} {value}", 78))
            case _:
                first, *rest = textwrap.wrap(value, 60)
                sheet.put(f"{label:<26}{first}", *[f"{'':<26}{line}" for line in rest])

"""Front pages laid out from a bibliographic record, in the manner of theses, reports and articles.

A layout prints a record's fields and tells which it printed. Words, order, line breaks, blank
lines and what stands beside (logos, units, page numbers, funders) vary with the record's hash; the
same record gives the same pages. Nothing here is shared with the reader that is measured by it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
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
           "en": ("Author", "Author(s)", "Authors"), "sv": ("Författare", "Författare")}  # fmt: skip
_TITLE = {"fi": ("Työn nimi", "Opinnäytetyön nimi", "Julkaisun nimi", "Nimeke"),
          "en": ("Title", "Title of thesis", "Name of thesis", "Title of publication"),
          "sv": ("Titel", "Arbetets namn", "Publikationens titel")}  # fmt: skip
_SUPERVISOR = {"fi": ("Ohjaaja", "Ohjaaja(t)", "Työn ohjaaja", "Ohjaajat"),
               "en": ("Supervisor", "Supervisor(s)", "Thesis supervisor"),
               "sv": ("Handledare", "Handledare")}  # fmt: skip
_COMMISSIONER = {"fi": ("Toimeksiantaja", "Toimeksiantaja(t)", "Työn tilaaja"),
                 "en": ("Commissioned by", "Commissioner", "Client"),
                 "sv": ("Uppdragsgivare", "Beställare")}  # fmt: skip
_PUBLISHER = {"fi": ("Julkaisija", "Kustantaja"), "en": ("Publisher", "Published by"),
              "sv": ("Utgivare", "Förlag")}  # fmt: skip
_DATE = {"fi": ("Vuosi", "Päivämäärä", "Julkaisuaika", "Aika"), "en": ("Date", "Year"),
         "sv": ("Datum", "År", "Utgivningsår")}  # fmt: skip
_KEYWORD = {"fi": ("Avainsanat", "Asiasanat"), "en": ("Keywords", "Key words"),
            "sv": ("Nyckelord", "Ämnesord")}  # fmt: skip
_SERIES = {"fi": ("Sarja", "Julkaisusarja", "Julkaisusarjan nimi ja numero"),
           "en": ("Series", "Publication series"), "sv": ("Serie", "Publikationsserie")}  # fmt: skip
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
_UNIT = {"fi": ("Tekniikan ja liikenteen ala", "Yhteiskuntatieteiden tiedekunta",
                "Kallioperä- ja malmiyksikkö"),
         "en": ("Faculty of Social Sciences", "Department of Geology", "School of Engineering"),
         "sv": ("Fakulteten för naturvetenskaper", "Enheten för teknik")}  # fmt: skip
_BODY = {
    "fi": "Työn tavoitteena oli selvittää, miten tulokset muuttuvat, kun olosuhteet vaihtelevat. "
          "Aineisto koottiin kahtena vuonna. Tulosten perusteella menetelmä soveltuu käyttöön.",
    "en": "The aim of the work was to find out how results change when conditions vary. The data "
          "were collected over two years. The results suggest that the method can be used.",
    "sv": "Syftet med arbetet var att utreda hur resultaten förändras när förhållandena varierar. "
          "Materialet samlades in under två år. Resultaten visar att metoden kan användas.",
}  # fmt: skip
_NOISE = ("www.example.org", "Vipuvoimaa EU:lta", "Euroopan unioni", "Kuva: arkisto", "1", "– 2 –")


def given_first(name: str) -> str:
    family, _, given = name.partition(", ")
    return f"{given} {family}" if given else family


def _persons(sheet: Sheet, names: Sequence[str], style: str = "") -> str:
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


def _put_title(sheet: Sheet) -> None:
    record = sheet.record
    shout = sheet.chance.random() < 0.3
    parted = bool(record.subtitle) and sheet.chance.random() < 0.6
    texts = [record.title, record.subtitle] if parted else [_whole(sheet)]
    for number, text in enumerate(texts):
        if number:
            sheet.put(*[""] * sheet.chance.randint(0, 2))
        capital = text[:1].upper() + text[1:]
        sheet.put(*sheet.wrapped(capital.upper() if shout and not number else capital))
    sheet.give("title", _catalogued(record))


def _whole(sheet: Sheet) -> str:
    mark = sheet.one_of(": ", " – ", ": ")
    return (
        f"{sheet.record.title}{mark}{sheet.record.subtitle}"
        if sheet.record.subtitle
        else sheet.record.title
    )


def _catalogued(record: FrontRecord) -> str:
    return f"{record.title} : {record.subtitle}" if record.subtitle else record.title


def _put_names(sheet: Sheet) -> None:
    names = sheet.record.creators
    if not names:
        return
    if sheet.chance.random() < 0.4:
        sheet.put(*[given_first(name) for name in names])
    else:
        line = _persons(sheet, names, sheet.one_of("and", "comma"))
        sheet.put(*textwrap.wrap(line, 70))
    sheet.give("creator", *names)


def _put_date(sheet: Sheet) -> None:
    year = sheet.record.year
    if not year:
        return
    month = sheet.word(_MONTHS)
    sheet.put(sheet.one_of(
        year, f"{sheet.chance.choice(_PLACES)} {year}", f"{month} {year}", f"15.5.{year}",
        f"{sheet.chance.choice(_PLACES)}, {month} {year}",
    ))  # fmt: skip
    sheet.give("year", year)


def _put_publisher(sheet: Sheet) -> None:
    sheet.put(*sheet.record.publishers)
    sheet.give("publisher", *sheet.record.publishers)


def _put_numbers(sheet: Sheet) -> None:
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


def _put_kind(sheet: Sheet) -> None:
    words = _THESIS.get(sheet.record.kind)
    sheet.put(sheet.word(words) if words else sheet.word(_REPORT))
    sheet.give("kind", sheet.record.kind)


def _put_abstract(sheet: Sheet) -> None:
    sheet.put(sheet.word(_ABSTRACT), "")
    sheet.put(*textwrap.wrap(_BODY.get(sheet.record.language, _BODY["en"]), 88))
    words = sheet.record.keywords
    if words:
        sheet.put("", *textwrap.wrap(f"{sheet.word(_KEYWORD)}: {', '.join(words)}", 80))
        sheet.give("keyword", *words)


def _rows(sheet: Sheet) -> list[tuple[str, str]]:
    """The rows of a description sheet that the record can fill."""
    record = sheet.record
    rows = [(sheet.word(_TITLE), _whole(sheet))]
    sheet.give("title", _catalogued(record))
    if record.creators:
        rows.insert(0, (sheet.word(_AUTHOR), _persons(sheet, record.creators)))
        sheet.give("creator", *record.creators)
    if record.supervisors:
        rows.append((sheet.word(_SUPERVISOR), _persons(sheet, record.supervisors, "comma")))
        sheet.give("supervisor", *record.supervisors)
    if record.commissioner:
        rows.append((sheet.word(_COMMISSIONER), record.commissioner))
        sheet.give("commissioner", record.commissioner)
    if record.year:
        rows.append((sheet.word(_DATE), record.year))
        sheet.give("year", record.year)
    rows.append((sheet.word(_PAGES), "45 + 3"))
    return rows


def _put_sheet(sheet: Sheet) -> None:
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


def thesis_author_first(sheet: Sheet) -> None:
    _put_names(sheet)
    sheet.gap(4)
    _put_title(sheet)
    sheet.gap(4)
    _put_kind(sheet)
    _put_date(sheet)
    sheet.gap()
    _put_publisher(sheet)
    sheet.turn()
    _put_abstract(sheet)


def thesis_with_sheet(sheet: Sheet) -> None:
    _put_publisher(sheet)
    if sheet.chance.random() < 0.5:
        sheet.put(sheet.word(_UNIT))
    sheet.gap(3)
    _put_title(sheet)
    sheet.gap(3)
    _put_names(sheet)
    sheet.gap(3)
    _put_kind(sheet)
    sheet.turn()
    _put_sheet(sheet)
    sheet.gap()
    _put_abstract(sheet)


def thesis_kind_first(sheet: Sheet) -> None:
    _put_kind(sheet)
    sheet.put(sheet.word(_UNIT))
    _put_date(sheet)
    sheet.gap(3)
    _put_names(sheet)
    sheet.gap(3)
    _put_title(sheet)
    sheet.turn()
    _put_publisher(sheet)
    _put_sheet(sheet)


def thesis_sheet_only(sheet: Sheet) -> None:
    _put_publisher(sheet)
    _put_kind(sheet)
    _put_sheet(sheet)
    _put_abstract(sheet)


def dissertation(sheet: Sheet) -> None:
    if sheet.record.series:
        sheet.put(sheet.record.series)
        sheet.give("series", sheet.record.series)
        sheet.gap()
    _put_names(sheet)
    sheet.gap(3)
    _put_title(sheet)
    sheet.gap(3)
    _put_kind(sheet)
    sheet.gap()
    _put_publisher(sheet)
    _put_date(sheet)
    sheet.turn()
    if sheet.record.supervisors:
        sheet.put(
            sheet.word(_SUPERVISOR), *[given_first(name) for name in sheet.record.supervisors]
        )
        sheet.give("supervisor", *sheet.record.supervisors)
        sheet.gap()
    _put_numbers(sheet)


def report_with_imprint(sheet: Sheet) -> None:
    _put_title(sheet)
    sheet.gap(3)
    _put_names(sheet)
    if sheet.chance.random() < 0.4:
        sheet.gap()
        _put_kind(sheet)
    sheet.turn()
    for name in sheet.record.publishers:
        sheet.put(f"{sheet.word(_PUBLISHER)}: {name}")
        sheet.give("publisher", name)
    if sheet.record.series:
        sheet.put(f"{sheet.word(_SERIES)}: {sheet.record.series}")
        sheet.give("series", sheet.record.series)
    _put_numbers(sheet)
    _put_date(sheet)


def report_with_series(sheet: Sheet) -> None:
    if sheet.record.series:
        sheet.put(sheet.record.series)
        sheet.give("series", sheet.record.series)
    sheet.gap()
    if sheet.chance.random() < 0.5:
        _put_names(sheet)
        sheet.gap()
        _put_title(sheet)
    else:
        _put_title(sheet)
        sheet.gap()
        _put_names(sheet)
    sheet.gap()
    _put_publisher(sheet)
    _put_date(sheet)
    sheet.turn()
    _put_numbers(sheet)


def report_copyright(sheet: Sheet) -> None:
    record = sheet.record
    if sheet.chance.random() < 0.3:
        sheet.put(sheet.one_of(*_NOISE[:4]))
    _put_title(sheet)
    sheet.gap()
    _put_names(sheet)
    sheet.turn()
    if record.publishers and record.year:
        name = record.publishers[0]
        sheet.put(
            sheet.one_of(
                f"© {record.year} {name}",
                f"© {name} {record.year}",
                f"Copyright © {name}, {record.year}",
            )
        )
        sheet.give("publisher", name)
        sheet.give("year", record.year)
    sheet.put(sheet.one_of("Taitto: viestintä", "Layout: communications", "Kannen kuva: arkisto"))
    _put_numbers(sheet)


def survey_report(sheet: Sheet) -> None:
    _put_publisher(sheet)
    sheet.put(sheet.word(_UNIT))
    _put_date(sheet)
    sheet.gap(3)
    _put_title(sheet)
    sheet.gap()
    _put_names(sheet)
    sheet.turn()
    _put_sheet(sheet)
    if sheet.record.series:
        sheet.put(f"{sheet.word(_SERIES)}: {sheet.record.series}")
        sheet.give("series", sheet.record.series)
    if sheet.record.keywords:
        sheet.put(f"{sheet.word(_KEYWORD)}: {', '.join(sheet.record.keywords)}")
        sheet.give("keyword", *sheet.record.keywords)
    _put_numbers(sheet)


def article_head(sheet: Sheet) -> None:
    record = sheet.record
    if record.year:
        sheet.put(
            sheet.one_of(
                f"Journal of Northern Studies {record.year}, 12(3), 45–60",
                f"Northern Research, Vol. 12, No. 3, {record.year}",
            )
        )
        sheet.give("year", record.year)
    sheet.put("Received 5 May, accepted 1 October", "")
    _put_title(sheet)
    sheet.gap()
    marks = [
        f"{given_first(name)}{sheet.one_of('1', ' 1', '1,2', ' a', '*')}"
        for name in record.creators
    ]
    sheet.put(*textwrap.wrap(", ".join(marks), 80))
    if record.creators:
        sheet.give("creator", *record.creators)
    sheet.put("1 University of Lapland, Rovaniemi, Finland", "")
    _put_abstract(sheet)
    if record.doi:
        sheet.put(f"https://doi.org/{record.doi}")
        sheet.give("doi", record.doi)
    sheet.give("kind", "Article")


def article_cover_sheet(sheet: Sheet) -> None:
    record = sheet.record
    sheet.put("This is a self-archived version of the original article.", "")
    sheet.put(f"Author(s): {_persons(sheet, record.creators, sheet.one_of('inverted', 'and'))}")
    sheet.put(*textwrap.wrap(f"Title: {_whole(sheet)}", 80))
    sheet.give("creator", *record.creators)
    sheet.give("title", _catalogued(record))
    if record.year:
        sheet.put(f"Year: {record.year}")
        sheet.give("year", record.year)
    sheet.put("Version: Published version", "Please cite the original version:")
    sheet.put(
        *textwrap.wrap(f"{record.creators[0]} ({record.year}). {record.title}. Journal 5(2).", 80)
    )
    if record.doi:
        sheet.put(f"https://doi.org/{record.doi}")
        sheet.give("doi", record.doi)
    sheet.give("kind", "Article")


def deliverable(sheet: Sheet) -> None:
    record = sheet.record
    sheet.put(sheet.one_of("Deliverable D3.2", "D2.1", "Deliverable D4.1"), "")
    _put_title(sheet)
    sheet.gap()
    sheet.put("Grant agreement No 730411", "Dissemination level: Public")
    if record.creators:
        sheet.put(f"Authors: {_persons(sheet, record.creators, sheet.one_of('comma', 'and'))}")
        sheet.give("creator", *record.creators)
    if record.year:
        sheet.put(f"Date: 30/06/{record.year}")
        sheet.give("year", record.year)
    sheet.give("kind", "Deliverable")


def slides(sheet: Sheet) -> None:
    _put_title(sheet)
    sheet.gap()
    _put_names(sheet)
    _put_date(sheet)
    sheet.turn()
    sheet.put("Agenda", "• Background", "• Results", "• Discussion")


def web_text(sheet: Sheet) -> None:
    _put_title(sheet)
    sheet.gap()
    _put_names(sheet)
    _put_date(sheet)
    sheet.put("")
    sheet.put(*textwrap.wrap(_BODY.get(sheet.record.language, _BODY["en"]) * 3, 90))


Layout = Callable[[Sheet], None]

_THESES: tuple[Layout, ...] = (
    thesis_author_first, thesis_with_sheet, thesis_kind_first, thesis_sheet_only,
)  # fmt: skip
LAYOUTS: Mapping[str, tuple[Layout, ...]] = {
    "BachelorThesis": _THESES,
    "MasterThesis": _THESES,
    "DoctoralThesis": (dissertation, dissertation, thesis_with_sheet),
    "Report": (report_with_imprint, report_with_series, report_copyright, survey_report, slides,
               deliverable),
    "Article": (article_head, article_cover_sheet, web_text),
}  # fmt: skip
"""By the kind of the record: the layouts that one is taken of."""


def lay_out(record: FrontRecord, chance: Random) -> tuple[tuple[str, ...], Expected, str]:
    """The texts of the pages, the fields that they give, the name of the layout."""
    layouts = LAYOUTS[record.kind]
    if not record.creators:
        layouts = tuple(one for one in layouts if one is not article_cover_sheet)
    layout = chance.choice(layouts)
    sheet = Sheet(record, chance)
    layout(sheet)
    if chance.random() < 0.3:
        sheet.pages[-1].extend(("", chance.choice(_NOISE)))
    return tuple("\n".join(lines) for lines in sheet.pages), sheet.expected, layout.__name__

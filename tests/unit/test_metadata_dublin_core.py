"""A record in qualified Dublin Core becomes metadata of a document, and keeps what was given."""

from __future__ import annotations

from datetime import date

from amic_kg_ingest.metadata.dublin_core import Field, describe

TODAY = date(2026, 11, 25)
THESIS = (
    Field("title", "Kaivosveden puhdistus", "-"),
    Field("title.alternative", "Treatment of mine water", "en"),
    Field("contributor.author", "Trüstedt, Otto", "none"),
    Field("contributor.advisor", "Pentti Eskola", "none"),
    Field(
        "contributor.organization",
        "fi=Lapin ammattikorkeakoulu|sv=Lapin ammattikorkeakoulu|en=Lapland UAS|",
        "-",
    ),
    Field("date.accessioned", "2019-05-10T12:49:22Z", "none"),
    Field("date.issued", "2019", "-"),
    Field("language.iso", "fin", "none"),
    Field("type", "publication", "none"),
    Field("type.ontasot", "fi=Opinnäytetyö (AMK)|en=Bachelor's thesis|", "-"),
    Field("identifier.urn", "URN:NBN:fi:amk-201903213533", "-"),
    Field("identifier.uri", "http://www.theseus.fi/handle/10024/1", "none"),
    Field("subject.yso", "kaivokset", "-"),
    Field("subject", "sulfaatti, saostus, kaivosvesi", "-"),
    Field("relation.ispartofseries", "Sarja B", "-"),
    Field("relation.numberinseries", "7/2019", "-"),
    Field("relation.issn", "ISSN: 1799-3946", "-"),
    Field("identifier.isbn", "ISBN 978-951-815-328-6 (PDF)", "-"),
    Field("rights", "CC BY 4.0", "-"),
    Field(
        "description.abstract",
        "Työssä tutkittiin kaivosveden puhdistusta sulfaatista saostamalla Sodankylässä.",
        "-",
    ),
    Field(
        "description.abstract",
        "The thesis studied how sulphate is removed from mine water by precipitation.",
        "-",
    ),
)


def metadata(*fields: Field) -> dict[str, object]:
    return dict(describe(fields, today=TODAY).metadata)


def test_a_thesis_is_described_in_full():
    found = metadata(*THESIS)
    del found["original"]
    assert found == {
        "title": {"fi": "Kaivosveden puhdistus", "en": "Treatment of mine water"},
        "abstract": {
            "fi": "Työssä tutkittiin kaivosveden puhdistusta sulfaatista saostamalla Sodankylässä.",
            "en": "The thesis studied how sulphate is removed from mine water by precipitation.",
        },
        "creator": ["Trüstedt, Otto"],
        "supervisor": ["Eskola, Pentti"],
        "publisher": ["Lapin ammattikorkeakoulu"],
        "organisation": ["Lapin ammattikorkeakoulu"],
        "issued": "2019",
        "type": "BachelorThesis",
        "language": ["fi"],
        "identifier": [
            "urn:nbn:fi:amk-201903213533",
            "https://www.theseus.fi/handle/10024/1",
        ],
        "isbn": ["9789518153286"],
        "issn": ["1799-3946"],
        "subject": ["kaivokset", "sulfaatti", "saostus", "kaivosvesi"],
        "isPartOf": "Sarja B 7/2019",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "accessRights": "open",
    }


def test_every_value_is_kept_as_it_was_given():
    found = metadata(*THESIS)["original"]
    assert sum(map(len, found.values())) == len(THESIS)
    assert found["title.alternative@en"] == ["Treatment of mine water"]
    assert found["identifier.isbn"] == ["ISBN 978-951-815-328-6 (PDF)"]


def test_a_packed_title_is_one_title_a_language():
    found = metadata(Field("title", "fi=Kaivos|sv=Gruva|en=Mine|"))
    assert found["title"] == {"fi": "Kaivos", "sv": "Gruva", "en": "Mine"}


def test_an_unqualified_record_has_its_date_of_issue_among_time_stamps():
    dates = ("2019-05-10T12:49:22Z", "2019-05-10T12:49:22Z", "2018-04")
    assert metadata(*(Field("date", value) for value in dates))["issued"] == "2018-04"


def test_an_article_does_not_take_the_numbers_of_its_book_for_its_own():
    numbers = (
        Field("identifier.isbn", "978-951-815-328-6"),
        Field("identifier.urn", "URN:ISBN:978-951-815-328-6"),
        Field("relation.doi", "10.1007/978-951-815-328-6"),
        Field("relation.doi", "10.1007/978-951-815-328-6_7"),
    )
    found = metadata(Field("type.okm", "A3"), *numbers)
    assert found["identifier"] == ["https://doi.org/10.1007/978-951-815-328-6_7"]
    assert "isbn" not in found
    book = metadata(Field("type.okm", "C2"), *numbers[:2])
    assert (book["identifier"], book["isbn"]) == (
        ["urn:isbn:9789518153286"],
        ["9789518153286"],
    )


def test_a_long_description_is_an_abstract_and_a_note_is_none():
    long = "Raportissa kuvataan, miten kaivosten vesienhallinta on järjestetty Lapissa. " * 2
    assert metadata(Field("description", long))["abstract"] == {"fi": long.strip()}
    assert "abstract" not in metadata(Field("description", "Korjattu painos."))


def test_organisations_come_after_persons_among_the_creators():
    found = metadata(
        Field("contributor.groupauthor", "THL"), Field("contributor.author", "Canth, Minna")
    )
    assert found["creator"] == ["Canth, Minna", "Terveyden ja hyvinvoinnin laitos"]


def test_a_keyword_with_a_comma_that_is_a_name_stays_one():
    found = metadata(Field("subject", "Lönnrot, Elias"), Field("subject", "etiikka, johtaminen"))
    assert found["subject"] == ["Lönnrot, Elias", "etiikka", "johtaminen"]


def test_a_restricted_record_says_so_and_an_embargo_says_until_when():
    assert metadata(Field("rights.accesslevel", "closedAccess"))["accessRights"] == "restricted"
    found = metadata(Field("embargo.terms", "2027-03-11"), Field("rights", "CC BY 4.0"))
    assert (found["accessRights"], found["available"]) == ("restricted", "2027-03-11")


def test_the_end_of_an_embargo_may_stand_in_any_field():
    found = metadata(
        Field("rights", "info:eu-repo/semantics/embargoedAccess"),
        Field("date", "info:eu-repo/date/embargoEnd/2027-03-11"),
        Field("date", "2026"),
    )
    assert (found["accessRights"], found["issued"]) == ("restricted", "2026")


def test_nothing_gives_nothing_but_that_it_is_open():
    assert metadata() == {"accessRights": "open", "original": {}}

"""Single values of catalogues: languages, packed texts, dates, identifiers, broken characters."""

from __future__ import annotations

import pytest

from amic_kg_ingest.metadata.dates import iso_date
from amic_kg_ingest.metadata.identifiers import doi, handle, identifier, isbn, issn, urn
from amic_kg_ingest.metadata.languages import language_tag, language_tags
from amic_kg_ingest.metadata.packed_values import text_in, unpack
from amic_kg_ingest.metadata.texts import clean_text, repair_mojibake

PACKED = "fi=Lapin yliopisto|sv=Lapplands universitet|en=University of Lapland|"


@pytest.mark.parametrize("value", ["fi", "fin", "FI", "FIN", "fi-FI", "fi_FI", "Finnish", "suomi"])
def test_all_codes_of_one_language_are_one(value):
    assert language_tag(value) == "fi"


@pytest.mark.parametrize("value", ["none", "-", "", "und", "zxx", "klingon"])
def test_what_tells_no_language_is_none(value):
    assert language_tag(value) is None


def test_northern_sami_has_its_own_tag_and_sami_as_such_another():
    assert (language_tag("sme"), language_tag("smi")) == ("se", "smi")


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("fin; eng", ("fi", "en")),
        ("fi/sv", ("fi", "sv")),
        ("suomi ja ruotsi", ("fi", "sv")),
        ("fi=suomi|sv=finska|en=Finnish|", ("fi",)),
        ("none", ()),
    ],
)
def test_a_value_may_name_several_languages(value, tags):
    assert language_tags(value) == tags


def test_a_packed_value_is_its_texts_by_language():
    assert unpack(PACKED) == {
        "fi": "Lapin yliopisto",
        "sv": "Lapplands universitet",
        "en": "University of Lapland",
    }


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("Lapin yliopisto", {"und": "Lapin yliopisto"}),
        ("fi=Kaikki oikeudet pidätetään|en=All rights reserved", 2),
        ("fi=|en=Guide|", {"en": "Guide"}),
        ("x=1|y=2", {"und": "x=1|y=2"}),
        ("pH=7", {"und": "pH=7"}),
        ("  ", {}),
    ],
)
def test_what_is_not_packed_stays_whole(value, texts):
    found = unpack(value)
    assert (len(found) if isinstance(texts, int) else found) == texts


def test_the_language_wanted_is_taken_from_a_packed_value_else_another():
    assert text_in(PACKED, "en", "fi") == "University of Lapland"
    assert text_in(PACKED, "de") == "Lapin yliopisto"


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2017", "2017"),
        ("2017-03", "2017-03"),
        ("2017-03-31", "2017-03-31"),
        ("2019-05-10T12:49:22Z", "2019-05-10"),
        ("31.3.2017", "2017-03-31"),
        ("1. 12. 1899", "1899-12-01"),
        ("3/2017", "2017-03"),
        ("20170331", "2017-03-31"),
        ("maaliskuu 2017", "2017-03"),
        ("5. maaliskuuta 2017", "2017-03-05"),
        ("March 5, 2017", "2017-03-05"),
        ("mars 2017", "2017-03"),
        ("[2017]", "2017"),
        ("cop. 2017", "2017"),
        ("2017-00-00", "2017"),
        ("2017-02-30", "2017-02"),
        ("2017-2018", None),
        ("s.a.", None),
        ("0017", None),
        ("", None),
    ],
)
def test_dates_keep_the_precision_they_have(value, date):
    assert iso_date(value) == date


@pytest.mark.parametrize(
    "value",
    [
        "978-951-815-328-6",
        "9789518153286",
        "ISBN 978-951-815-328-6 (PDF)",
        "ISBN:978-951-815-328-6",
        "ISBN-13: 978-951-815-328-6",
        "978 951 815 328 6",
        "978–951–815–328–6",
        "951-815-328-0",
        "URN:ISBN:978-951-815-328-6",
    ],
)
def test_all_forms_of_an_isbn_are_thirteen_digits(value):
    assert isbn(value) == "9789518153286"


def test_an_isbn_of_ten_with_x_is_known():
    assert isbn("951-45-9696-X") == "9789514596964"


@pytest.mark.parametrize("value", ["978-951-815-328-7", "951-815-328-5", "2342-7507", "", "978"])
def test_a_number_that_does_not_check_is_no_isbn(value):
    assert isbn(value) is None


@pytest.mark.parametrize(
    "value", ["1799-3946", "17993946", "ISSN 1799-3946", "ISSN: 1799–3946", "ISSN-L 1799-3946"]
)
def test_all_forms_of_an_issn_are_one(value):
    assert issn(value) == "1799-3946"


def test_an_issn_may_end_in_x_and_must_check():
    assert issn("1798-162x") == "1798-162X"
    assert issn("1799-3947") is None


@pytest.mark.parametrize(
    "value", ["10.1007/ABC-1", "doi:10.1007/abc-1", "http://dx.doi.org/10.1007/abc-1."]
)
def test_all_forms_of_a_doi_are_one(value):
    assert doi(value) == "https://doi.org/10.1007/abc-1"


@pytest.mark.parametrize(
    ("value", "form"),
    [
        ("URN:ISBN:978-951-815-328-6", "urn:isbn:9789518153286"),
        ("http://urn.fi/URN:ISBN:978-951-815-328-6", "urn:isbn:9789518153286"),
        ("URN:ISBN:978-951-815-328-6:", "urn:isbn:9789518153286"),
        ("URN:978-951-815-328-6", "urn:isbn:9789518153286"),
        ("URN:NBN:fi-fe2019040511215", "urn:nbn:fi-fe2019040511215"),
        ("https://urn.fi/URN:NBN:fi:amk-201903213533", "urn:nbn:fi:amk-201903213533"),
        ("URN:ISBN:978-951-815-328-7", None),
        ("URN:ISBN:2342-7507", None),
        ("2017_1", None),
    ],
)
def test_urns_have_one_form_and_must_check(value, form):
    assert urn(value) == form


def test_a_handle_is_known_by_its_resolver_and_by_the_page_of_a_repository():
    assert handle("https://hdl.handle.net/10138/301") == "hdl:10138/301"
    assert handle("hdl:10138/301") == "hdl:10138/301"
    assert handle("http://helda.helsinki.fi/handle/10138/301") == "hdl:10138/301"


def test_a_handle_of_a_shared_prefix_names_its_work_with_the_repository_alone():
    assert handle("http://www.theseus.fi/handle/10024/1") == "https://www.theseus.fi/handle/10024/1"
    assert handle("https://hdl.handle.net/10024/1") is None


@pytest.mark.parametrize("value", ["PT2017_1", "http://example.org/a.pdf", "978-951-815-328-6"])
def test_a_number_of_one_house_identifies_nothing(value):
    assert identifier(value) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("pÃ¶ly ja melu", "pöly ja melu"),
        ("the mineâ€™s water", "the mine’s water"),
        ("TÃ¤mÃ¤", "Tämä"),
        ("São João", "São João"),
        ("Ã", "Ã"),
    ],
)
def test_characters_encoded_twice_are_turned_back(value, text):
    assert repair_mojibake(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "áššedovdiiguin", "ážži", "boazodoallu ja ruvkkit: čuolbma, eŋgelasgiella, ođđa, doaimmaŧ",
        "”TÄMÄ KYLÄ”", "VESISTÖ”", "»HÄMÄ»", "PÄÄ\xa0KOHTA", "PÄ\xadÄ", "PÄÄ–OSA", "ÅÄÖ…", "5 Å²",
        "2 Å±1", "Å™", "SÃO JOÃO", "Ångström", "façade naïve", "Ørsted’s", "È vero", "Ñandú",
        "Þórr", "“Ä’s”", "gruvområdet på Öland – Åland…", "ßü", "Ð", "ÁŠŠU",
    ],
)  # fmt: skip
def test_good_text_of_our_languages_is_left_as_it_is(text):
    assert repair_mojibake(text) == text


@pytest.mark.parametrize("letter", "äöåÄÖÅáčđŋšŧžÁČĐŊŽéüßαµ°§«»’‘“–—…€™≤→ﬁ😀")
def test_letters_and_signs_that_were_encoded_twice_are_turned_back(letter):
    twice = "".join(
        byte.decode("cp1252") if byte[0] not in b"\x81\x8d\x8f\x90\x9d" else chr(byte[0])
        for byte in (bytes([each]) for each in f"kaivos{letter}n".encode())
    )
    assert repair_mojibake(twice) == f"kaivos{letter}n"


def test_mark_up_entities_and_controls_are_taken_out_of_a_text():
    assert clean_text("<p>Kaivos &amp; vesi</p>\n<br/>H<sub>2</sub>O\x1f") == "Kaivos & vesi H 2 O"
    assert clean_text("a < b and c > d") == "a < b and c > d"

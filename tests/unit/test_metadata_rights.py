"""Kinds of works and rights of texts, as repositories state them."""

from __future__ import annotations

from datetime import date

import pytest

from amic_kg_ingest.metadata.kinds import kind_of
from amic_kg_ingest.metadata.rights import IN_COPYRIGHT, license_iri, read_rights

TODAY = date(2026, 11, 25)
CC = "https://creativecommons.org/licenses"
COPYRIGHTED = (
    "fi=Kaikki oikeudet pidätetään|en=This publication is copyrighted. You may download, display "
    "and print it for Your own personal use. Commercial use is prohibited.|"
)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("fi=Opinnäytetyö (AMK)|sv=Examensarbete (YH)|en=Bachelor's thesis|", "BachelorThesis"),
        ("fi=Opinnäytetyö (Ylempi AMK)|sv=Examensarbete (Högre YH)|en=Master's|", "MasterThesis"),
        ("Pro gradu -tutkielma", "MasterThesis"),
        ("info:eu-repo/semantics/doctoralThesis", "DoctoralThesis"),
        ("Doktorsavhandling", "DoctoralThesis"),
        ("http://purl.org/coar/resource_type/c_7a1f", "BachelorThesis"),
        ("https://purl.org/coar/resource_type/c_18ws/", "Report"),
        ("D4_Julkaistu kehittämis- tai tutkimusraportti taikka -selvitys", "Report"),
        ("fi=A4 Artikkeli konferenssijulkaisussa|en=A4 Conference proceedings|", "Article"),
        ("G2 Pro gradu, diplomityö, ylempi amk-opinnäytetyö", "MasterThesis"),
        ("bookPart", "Article"),
        ("Henkilöstön artikkelit rinnakkaistallenteina / Self-archived articles", "Article"),
        ("Dataset", "Dataset"),
        ("publication", None),
        ("Other", None),
    ],
)
def test_types_are_kinds_of_the_ontology(value, kind):
    assert kind_of([value]) == kind


def test_the_first_type_that_says_something_holds():
    assert kind_of(["publication", "D5", "Raportteja"]) == "Guide"


@pytest.mark.parametrize(
    ("text", "iri"),
    [
        ("cc by-nc-nd 4.0", f"{CC}/by-nc-nd/4.0/"),
        ("CC BY-SA 4.0", f"{CC}/by-sa/4.0/"),
        ("CC-BY-4.0", f"{CC}/by/4.0/"),
        ("CC BY", f"{CC}/by/4.0/"),
        ("CC BY NC SA 3.0", f"{CC}/by-nc-sa/3.0/"),
        ("http://creativecommons.org/licenses/by/4.0/deed.fi", f"{CC}/by/4.0/"),
        ("Nimeä 4.0 Kansainvälinen (CC BY 4.0)", f"{CC}/by/4.0/"),
        ("Nimeä-EiKaupallinen 4.0 Kansainvälinen", f"{CC}/by-nc/4.0/"),
        ("Attribution-NonCommercial-NoDerivatives 4.0 International", f"{CC}/by-nc-nd/4.0/"),
        ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        (
            "https://creativecommons.org/publicdomain/zero/1.0/",
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        ("https://rightsstatements.org/page/InC/1.0/?language=fi", IN_COPYRIGHT),
        ("In Copyright", IN_COPYRIGHT),
        ("Julkaisu on tekijänoikeussäännösten alainen.", IN_COPYRIGHT),
        ("Publikationen är skyddad av upphovsrätten.", IN_COPYRIGHT),
        ("openAccess", None),
        ("null", None),
    ],
)
def test_licences_are_named_by_their_iri(text, iri):
    assert license_iri(text) == iri


@pytest.mark.parametrize(
    "statement",
    [
        "Rajattu käyttöoikeus",
        "fi=Rajattu käyttöoikeus|sv=Begränsad åtkomst|en=Restricted access|",
        "closedAccess",
        "info:eu-repo/semantics/restrictedAccess",
        "http://purl.org/coar/access_right/c_16ec",
        "Käytettävissä vain kirjaston asiakaspäätteillä",
        "metadataOnly",
    ],
)
def test_a_restricted_text_is_closed(statement):
    rights = read_rights([statement], today=TODAY)
    assert (rights.closed, rights.access) == ("restricted", "restricted")


@pytest.mark.parametrize(
    "statement",
    [
        "openAccess",
        "Julkinen",
        COPYRIGHTED,
        "CC BY 4.0",
        "Access is not restricted",
        "unrestricted",
    ],
)
def test_what_may_be_read_is_open(statement):
    assert read_rights([statement], today=TODAY).access == "open"


def test_what_closes_goes_before_what_opens():
    assert read_rights(["openAccess", "Rajattu käyttöoikeus"], today=TODAY).closed == "restricted"


@pytest.mark.parametrize(
    ("ends", "closed", "until"),
    [
        (["2027-03-11"], "embargo", date(2027, 3, 11)),
        (["2026-11-25"], None, date(2026, 11, 25)),
        (["2019-12-24"], None, date(2019, 12, 24)),
        (["2019-12-24", "2027-01-01"], "embargo", date(2027, 1, 1)),
        (["2026"], "embargo", date(2027, 1, 1)),
        (["2026-11"], "embargo", date(2026, 12, 1)),
        (["2025-12"], None, date(2026, 1, 1)),
        (["forever"], "embargo", None),
        ([" "], None, None),
    ],
)
def test_an_embargo_closes_until_its_day(ends, closed, until):
    rights = read_rights(["CC BY 4.0"], ends, today=TODAY)
    assert (rights.closed, rights.embargo) == (closed, until)


def test_an_embargo_without_a_day_closes_and_one_that_has_ended_opens():
    embargoed = "info:eu-repo/semantics/embargoedAccess"
    assert read_rights([embargoed], today=TODAY).closed == "embargo"
    assert read_rights([embargoed], ["2020-01-01"], today=TODAY).closed is None


@pytest.mark.parametrize(
    "statement",
    [
        "Text and data mining is not permitted.",
        "All rights are reserved, including those for text and data mining and AI training",
        "Tekstin- ja tiedonlouhinta kielletty (TekijäL 13 b §)",
        "Text- och datautvinning är förbjuden",
        "TDM-Reservation: 1",
        "CC BY 4.0, no AI training",
    ],
)
def test_a_reservation_against_mining_closes_the_text(statement):
    assert read_rights([statement], today=TODAY).closed == "text mining reserved"


def test_all_rights_reserved_is_no_reservation_against_mining():
    rights = read_rights([COPYRIGHTED], today=TODAY)
    assert (rights.closed, rights.license) == (None, IN_COPYRIGHT)


def test_a_free_licence_goes_before_the_copyright_beside_it():
    assert read_rights([COPYRIGHTED, "CC BY 4.0"], today=TODAY).license == f"{CC}/by/4.0/"

"""CORDIS as a source: which projects come, what is stated of them, what a new download changes."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import json
import os
import re
import zipfile
from pathlib import Path

import httpx
import pytest

from amic_kg.errors import InvalidSetting, UnreadableInput, UnsupportedFormat
from amic_kg.ledger import Ledger
from amic_kg.records import RawDocument, Unreadable, Withdrawn
from amic_kg_api.app import create_app
from amic_kg_ingest.sources import Surroundings, open_source
from amic_kg_ingest.sources.cordis.documents import euros
from amic_kg_ingest.sources.declarations import Declaration

ORGANIZATION = "https://w3id.org/amic/id/organization/"
PAGE = "https://cordis.europa.eu/project/id/"

TABLES = {
    "project.csv": """\
id;acronym;status;title;startDate;endDate;totalCost;ecMaxContribution;legalBasis;topics;ecSignatureDate;frameworkProgramme;objective;contentUpdateDate;rcn;grantDoi
"101000001";"FARNORE";"SIGNED";"Ores of the Far North";"2024-01-01";"2026-12-31";"1 200 000,50";"1000000";"HORIZON.2.4";"HORIZON-CL4-2023-RESILIENCE-01-02";"2023-11-20";"HORIZON";"Tailings are studied.

Flotation is tried.";"2024-05-01";"1";"10.3030/101000001"
"101000002";"MILK";"SIGNED";"Better cheese";"2024-02-01";"2026-01-31";"0";"70000";"HORIZON.2.6";"HORIZON-CL6-2023-FARM";"";"HORIZON";"Cows.";"";"2";""
"700003";"LAWNORTH";"CLOSED";"Law of the north";"2012-01-01";"2015-12-31";"500000,00";"400000,00";"FP7-SSH";"SSH-2011";"";"FP7";"Rights to reindeer pastures.";"";"3";""
""",  # noqa: E501
    "organization.csv": """\
projectID;organisationID;name;shortName;activityType;city;country;role;order;ecContribution;contactFirstNames;contactTelephoneNumber
101000001;999999991;GEOLOGIAN TUTKIMUSKESKUS;GTK;REC;Espoo;FI;coordinator;1;700000;Pentti;000111
101000001;999999992;GRUVFORSKNING AB;;PRC;Kiruna;SE;participant;2;300000,50;Minna;000112
101000002;999999993;CHEESE BV;;PRC;Delft;NL;coordinator;1;70000;;
700003;999999994;LAPIN YLIOPISTO;;HES;Rovaniemi;FI;coordinator;1;400000;;
""",
    "euroSciVoc.csv": """\
projectID;euroSciVocCode;euroSciVocPath;euroSciVocTitle
101000001;/25/67/417;/engineering and technology/environmental engineering/mining and mineral processing;mining and mineral processing
101000002;/27/1;/agricultural sciences/dairy;dairy
""",  # noqa: E501
    "topics.csv": """\
projectID;topic;title
101000001;HORIZON-CL4-2023-RESILIENCE-01-02;Technologies for decarbonised extraction
""",
    "projectDeliverables.csv": """\
id;title;deliverableType;description;projectID;projectAcronym;url;collection;contentUpdateDate;rcn
101000001_1_D;Report on flotation;Documents, reports;Flotation of nickel ore in cold water.;101000001;FARNORE;https://example.org/d1;Project deliverable;2025-03-04 10:00:00;9
101000002_1_D;Report on cheese;Documents, reports;Cheese.;101000002;MILK;https://example.org/d2;Project deliverable;2025-03-04 10:00:00;8
""",  # noqa: E501
    "projectPublications.csv": """\
id;title;isPublishedAs;authors;journalTitle;publishedYear;doi;projectID
101000001_7_P;Frozen tailings;Peer reviewed articles;P. Eskola, M. Canth;Ore Letters;2025;10.1234/frozen;101000001
""",  # noqa: E501
}


@pytest.fixture
def lay(tmp_path):
    """Lays tables into a folder: those above, changed or taken out by name."""

    def lay(**changed: str | bytes | None) -> Path:
        folder = tmp_path / "cordis"
        folder.mkdir(exist_ok=True)
        names = {name.partition(".")[0]: name for name in TABLES}
        tables = dict(TABLES) | {names.get(key, key): text for key, text in changed.items()}
        for name, text in tables.items():
            if text is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
        return folder

    return lay


@pytest.fixture
def source(bench):
    """A source over an address, with the memory of a real ledger."""
    ledger = Ledger(bench.settings.ledger)

    def source(address: Path, *, dry: bool = False, options=None, **rules):
        declaration = Declaration("eu", "cordis", str(address), "", options or {}, rules)
        folder = bench.settings.data / "fetched" / "eu"
        surroundings = Surroundings(bench.settings, ledger.feed("eu"), folder, dry)
        return open_source(declaration, surroundings)

    yield source
    ledger.close()


def given(source):
    return list(source.documents())


def names(source):
    return [item.identifier for item in given(source) if isinstance(item, RawDocument)]


def faults(source):
    return [item for item in given(source) if isinstance(item, Unreadable)]


def thing(document, kind, number=0):
    return [x for x in document.metadata["things"] if x["type"] == kind][number]


def test_by_the_shipped_rules_come_raw_materials_and_all_of_the_partners(lay, source):
    cordis = source(lay())
    found = [item for item in given(cordis) if isinstance(item, RawDocument)]
    assert [(item.identifier, item.metadata.get("type")) for item in found] == [
        (f"{PAGE}700003", "ProjectPage"),
        (f"{PAGE}101000001", "ProjectPage"),
        (f"{PAGE}101000001/deliverable/101000001_1_D", "Deliverable"),
        (f"{PAGE}101000001/publication/101000001_7_P", "Article"),
    ]
    assert cordis.expected == 4
    assert dict(cordis.left_out) == {"another topic": 1}


def test_a_project_comes_with_its_page_and_what_is_stated_of_it(lay, source):
    document = next(x for x in given(source(lay())) if x.identifier == f"{PAGE}101000001")
    told = {key: value for key, value in document.metadata.items() if key != "things"}
    assert told == {
        "title": {"en": "Ores of the Far North (FARNORE)"},
        "type": "ProjectPage",
        "language": ["en"],
        "identifier": ["https://doi.org/10.3030/101000001", f"{PAGE}101000001"],
        "publisher": ["CORDIS"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "project": ["FARNORE"],
        "abstract": {"en": "Tailings are studied. Flotation is tried."},
        "issued": "2023-11-20",
        "subject": ["mining and mineral processing"],
    }
    project = thing(document, "Project")
    assert project["identifiers"] == {"cordis": "101000001"}
    assert project["facts"] == {
        "acronym": "FARNORE",
        "subject": ["mining and mineral processing"],
        "fundedUnder": [{"thing": "Horizon Europe"}],
        "call": [{"thing": "HORIZON-CL4-2023-RESILIENCE-01-02"}],
        "start": "2024-01-01",
        "end": "2026-12-31",
        "budget": "1200000.5",
        "euContribution": "1000000",
        "identifier": "https://doi.org/10.3030/101000001",
        "sameAs": f"{PAGE}101000001",
    }
    assert project["parts"] == [
        {"thing": "organization-1", "role": "coordinator", "contribution": "700000"},
        {"thing": "organization-2", "role": "participant", "contribution": "300000.5"},
    ]
    assert "000111" not in json.dumps(document.metadata)
    assert "Pentti" not in json.dumps(document.metadata)


@pytest.mark.parametrize(
    ("rules", "numbers"),
    [
        ({"from": 1990}, ["700003", "101000001", "101000002"]),
        ({"from": 2024}, ["101000001", "101000002"]),
        ({"until": "2012-06"}, ["700003"]),
        ({"programmes": ["FP7"]}, ["700003"]),
        ({"euroscivoc": ["/engineering and technology/environmental engineering"]}, ["101000001"]),
        ({"euroscivoc": ["/engineering and technology/environmental"]}, []),
        ({"topics": ["resilience"]}, ["101000001"]),
        ({"terms": ["chees"]}, ["101000002"]),
        ({"terms": ["flotation"]}, []),
        ({"terms": ["flotation", "tailing"]}, ["101000001"]),
        ({"organisations": ["Lapin Yliopisto"]}, ["700003"]),
        ({"organisations": ["999999993"]}, ["101000002"]),
        ({"organisations": ["Lapin Yliopisto"], "from": 2020}, []),
    ],
)
def test_rules_choose_by_field_topic_word_organisation_programme_and_date(
    lay, source, rules, numbers
):
    options = {"deliverables": False, "publications": False}
    assert names(source(lay(), options=options, **rules)) == [PAGE + x for x in numbers]


@pytest.mark.parametrize(
    ("options", "rules", "words"),
    [
        ({"pages": 3}, {}, "unknown option 'pages'"),
        ({"deliverables": "no"}, {}, "neither true nor false"),
        ({}, {"countries": ["FI"]}, "'countries', which is unknown"),
        ({}, {"terms": [""]}, "no list of texts"),
        ({}, {"from": "last year"}, "no date"),
    ],
)
def test_rules_and_options_that_cannot_be_are_refused(lay, source, options, rules, words):
    with pytest.raises(InvalidSetting, match=words):
        source(lay(), options=options, **rules)


def test_a_zip_and_a_single_file_are_read_as_a_folder_is(lay, source, tmp_path):
    whole = names(source(lay()))
    with zipfile.ZipFile(tmp_path / "cordis-HORIZONprojects-csv.zip", "w") as archive:
        for name, text in TABLES.items():
            archive.writestr(f"csv/{name}", text)
        archive.writestr("information.txt", "x")
    assert names(source(tmp_path / "cordis-HORIZONprojects-csv.zip")) == whole
    assert names(source(lay() / "project.csv")) == [f"{PAGE}101000001"]


def test_tables_in_json_give_the_same_as_those_in_csv(lay, source, tmp_path):
    of_csv = [(x.identifier, x.metadata) for x in given(source(lay()))]
    folder = tmp_path / "json"
    folder.mkdir()
    for name, text in TABLES.items():
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        (folder / name.replace(".csv", ".json")).write_text(json.dumps(rows), encoding="utf-8")
    assert [(x.identifier, x.metadata) for x in given(source(folder))] == of_csv


def test_projects_of_an_export_with_nested_topics_are_chosen_by_them(source, tmp_path):
    rows = [
        {"id": 5, "acronym": "ONE", "topics": [{"code": "X-RAWMATERIALS", "title": "T"}]},
        {"id": 6, "acronym": "TWO", "euroSciVoc": ["/a/mining/bioleaching"]},
        {"id": 7, "acronym": "SIX", "topics": ["OTHER"]},
    ]
    path = tmp_path / "projects.jsonl"
    path.write_text("".join(map(json.dumps, rows)), encoding="utf-8-sig")
    chosen = source(path, topics=["rawmaterials"], euroscivoc=["/a/mining"])
    assert names(chosen) == [f"{PAGE}5", f"{PAGE}6"]


def test_broken_rows_are_named_by_file_and_line_and_take_nothing_with_them(lay, source):
    broken = TABLES["organization.csv"] + "101000001;too;few\n101000001;x;Päällä\n"
    found = faults(source(lay(organization=broken)))
    assert [item.identifier for item in found] == ["organization.csv, lines 6–7"]
    assert "3 columns where the head has 12" in str(found[0].error)
    assert len(names(source(lay(organization=broken)))) == 4


def test_what_the_tables_leave_untold_is_said_once_and_is_no_fault_of_the_run(lay, source):
    cordis = source(lay(project=None, organization=None))
    (remark,) = faults(cordis)
    assert isinstance(remark.error, UnsupportedFormat)
    assert "titles, objectives, dates and budgets (table project)" in str(remark.error)
    assert "coordinators and partners (table organization)" in str(remark.error)
    page = next(x for x in given(cordis) if x.identifier == f"{PAGE}101000001")
    assert page.metadata["title"] == {"en": "Project 101000001"}


def test_a_folder_without_tables_and_a_path_to_nothing_are_told(source, tmp_path):
    (tmp_path / "readme.txt").write_text("x")
    for address in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UnreadableInput, match="CORDIS"):
            given(source(address))


def test_a_damaged_zip_is_named_and_the_tables_beside_it_are_read(lay, source):
    folder = lay()
    (folder / "more.zip").write_bytes(b"PK\x03\x04 cut off")
    assert [item.identifier for item in faults(source(folder))] == ["more.zip"]
    assert len(names(source(folder))) == 4


def test_a_dry_run_writes_nothing(lay, source, bench):
    assert len(names(source(lay(), dry=True))) == 4
    assert not (bench.settings.data / "fetched" / "eu").exists()


def test_open_calls_come_as_pages_that_are_about_a_call(source, tmp_path):
    calls = [
        {
            "topicId": "HORIZON-CL4-2027-01-MAT-07",
            "title": "Rare earth magnets",
            "programme": "Horizon Europe",
            "deadline": "2027-03-01",
            "description": "The mineâ€™s waste.",
            "portalUrl": "https://example.org/mat-07",
            "keywords": "HORIZON-CL4-2027-01-MAT-07, magnets",
        },
        {"topicId": "LIFE-2027-CHEESE", "title": "Cheese"},
    ]
    path = tmp_path / "eu_calls.json"
    path.write_text("".join(map(json.dumps, calls)), encoding="utf-8-sig")
    (document,) = given(source(path))
    assert document.metadata["type"] == "WebPage"
    assert document.metadata["abstract"] == {"en": "The mine’s waste."}
    assert document.metadata["subject"] == ["magnets"]
    call = thing(document, "Call")
    assert (call["relation"], call["facts"]["deadline"]) == ("about", "2027-03-01")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1499998", "1499998"),
        ("0.0", "0"),
        ("1234567,89", "1234567.89"),
        ("1 234 567,8", "1234567.8"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1.234.567", "1234567"),
        ("", None),
        ("n/a", None),
        ("-5", None),
        ("NaN", None),
        ("1e30", None),
    ],
)
def test_sums_are_read_as_each_programme_writes_them(written, number):
    assert euros(written) == number


def test_the_whole_way_publishes_facts_and_a_second_run_reads_nothing(lay, source, bench):
    report = bench.ingest_from(source(lay()))
    assert [o.failure for o in report.outcomes if o.failure] == []
    assert report.count("published") == 4
    quads = "".join(bench.quads())
    project = "<https://w3id.org/amic/id/project/cordis-101000001>"
    ontology = "<https://w3id.org/amic/ontology#"
    assert f"{project} {ontology}coordinator> <{ORGANIZATION}gtk>" in quads
    assert (
        f"{project} {ontology}partner> <https://w3id.org/amic/id/organization/pic-999999992>"
        in quads
    )
    assert f"{ontology}outputOf> {project}" in quads
    assert "/graph/document/doi-10.3030-101000001>" in quads
    again = bench.ingest_from(source(lay()))
    assert (again.count("skipped"), bench.prepared) == (4, [])


def test_the_page_of_a_project_tells_the_share_of_each_partner(lay, source, bench):
    bench.ingest_from(source(lay()))
    shares = "".join(quad for quad in bench.quads() if '"700000' in quad)
    (project,) = set(re.findall(r"/id/(project/[^/>]*)/participation/", shares))
    services = bench.services()

    async def page(language: str) -> str:
        transport = httpx.ASGITransport(create_app(services))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            accept = {"Accept": "text/html"}
            answer = await client.get(f"/id/{project}?lang={language}", headers=accept)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    try:
        english, finnish = asyncio.run(page("en")), asyncio.run(page("fi"))
    finally:
        services.close()
    assert "EU funding of each partner, euros" in english
    assert "Geological Survey of Finland: 700\N{NO-BREAK SPACE}000" in english
    assert "Gruvforskning Ab: 300\N{NO-BREAK SPACE}000".lower() in english.lower()
    assert "EU:n rahoitus osallistujittain, euroa" in finnish


def test_what_a_new_download_no_longer_has_is_withdrawn_when_it_is_whole(lay, source, bench):
    bench.ingest_from(source(lay()))
    without = "\n".join(x for x in TABLES["project.csv"].split("\n") if "700003" not in x)
    members = "\n".join(x for x in TABLES["organization.csv"].split("\n") if "700003" not in x)
    torn = source(lay(project=without + "5;torn\n", organization=members))
    assert not [x for x in given(torn) if isinstance(x, Withdrawn)]
    partial = source(lay(project=None, organization=members))
    assert not [x for x in given(partial) if isinstance(x, Withdrawn)]
    report = bench.ingest_from(source(lay(project=without, organization=members)))
    assert report.count("withdrawn") == 1
    assert "700003" not in "".join(bench.quads())


@pytest.mark.shared
def test_the_real_tables_give_every_project_and_deliverable_once(source, root):
    place = Path(os.environ.get("AMIC_TEST_SHARED") or root.parent / "shared" / "data") / "cordis"
    if not place.is_dir():
        pytest.skip("the tables of CORDIS are not there (AMIC_TEST_SHARED)")
    everything = source(place, **{"from": 1900})
    kinds = [x.metadata.get("type") for x in given(everything) if isinstance(x, RawDocument)]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "ProjectPage": 212, "Deliverable": 361, "WebPage": 59,
    }  # fmt: skip
    assert everything.expected == 632 + 2

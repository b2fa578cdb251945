"""Declared sources, and what an argument of `ingest` means."""

from __future__ import annotations

import pytest

from amic_kg.errors import InvalidSetting, UnknownThing
from amic_kg_ingest.sources import Surroundings, open_source
from amic_kg_ingest.sources.declarations import (
    Declaration,
    declared_sources,
    read_declaration,
    recognise,
    shipped_folder,
)

OAI = 'kind = "oai-pmh"\nurl = "https://example.org/oai"\n'


@pytest.fixture
def declare(tmp_path):
    def declare(text: str, name: str = "theses", folder: str = "sources"):
        path = tmp_path / folder / f"{name}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return declare


def test_a_file_declares_a_source_of_its_name(declare):
    path = declare(OAI + '[options]\nset = "com_1"\n[filter]\nterms = ["kaivos"]\n')
    assert read_declaration(path) == Declaration(
        "theses", "oai-pmh", "https://example.org/oai", "", {"set": "com_1"}, {"terms": ["kaivos"]}
    )


def test_a_path_is_meant_from_the_file_that_names_it(declare, tmp_path):
    path = declare('kind = "records"\npath = "../lists/partner.bib"\n')
    assert read_declaration(path).address == str(tmp_path / "lists" / "partner.bib")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kind = ", "cannot be read as TOML"),
        ('kind = "gopher"\nurl = "https://example.org"', "no kind of source"),
        ('kind = "web"', "url or the path"),
        ('kind = "web"\nurl = "https://example.org"\npath = "a"', "one of the two"),
        (OAI + "sets = 1", "unknown key 'sets'"),
        (OAI + "filter = 1", "'filter' is no table"),
    ],
)
def test_a_declaration_that_cannot_be_is_named_with_its_file(declare, text, message):
    path = declare(text)
    with pytest.raises(InvalidSetting, match=message) as caught:
        read_declaration(path)
    assert caught.value.subject == str(path)


def test_a_declaration_of_ones_own_replaces_the_shipped_one(declare, tmp_path):
    declare(OAI, folder="shipped")
    declare(OAI.replace("example.org", "example.com"), folder="own")
    declared = declared_sources([tmp_path / "shipped", tmp_path / "own", tmp_path / "missing"])
    assert declared["theses"].address == "https://example.com/oai"


def test_the_shipped_declarations_are_all_valid():
    assert shipped_folder().is_dir()
    for declaration in declared_sources([shipped_folder()]).values():
        assert declaration.title


@pytest.mark.parametrize(
    ("argument", "kind", "name"),
    [
        ("https://example.org/oai/request", "oai-pmh", "https://example.org/oai/request"),
        ("https://example.org/x?verb=Identify", "oai-pmh", "https://example.org/x?verb=Identify"),
        ("https://example.org/sparql", "sparql", "https://example.org/sparql"),
        ("https://example.org/report.pdf", "web", "https://example.org/report.pdf"),
        ("missing/report.pdf", "files", "files"),
    ],
)
def test_addresses_are_recognised(argument, kind, name):
    found = recognise(argument, {})
    assert (found.kind, found.name, found.address) == (kind, name, argument)


def test_a_name_that_is_declared_goes_before_a_file_of_that_name(declare, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "theses").mkdir()
    declared = {"theses": read_declaration(declare(OAI))}
    assert recognise("theses", declared).kind == "oai-pmh"
    assert recognise("./theses", declared).kind == "files"


def test_a_list_of_records_is_told_from_a_document(tmp_path):
    (tmp_path / "partner.bib").touch()
    assert recognise(str(tmp_path / "partner.bib"), {}).kind == "records"
    assert recognise(str(tmp_path / "partner.bib"), {}, "files").kind == "files"


def test_an_unknown_name_leads_to_the_list():
    with pytest.raises(UnknownThing, match="amic-kg sources"):
        recognise("thesis", {})


def test_a_kind_that_contradicts_the_declaration_is_refused(declare):
    declared = {"theses": read_declaration(declare(OAI))}
    with pytest.raises(InvalidSetting, match="declared as oai-pmh"):
        recognise("theses", declared, "web")


def test_a_long_address_gives_a_name_that_the_ledger_can_hold():
    long = "https://example.org/" + "a" * 200
    first, second = recognise(long, {}).name, recognise(long + "b", {}).name
    assert len(first) == len(second) == 100
    assert first != second


def test_a_source_of_files_refuses_options_it_does_not_know(bench, tmp_path):
    declaration = Declaration("files", "files", str(tmp_path), options={"depth": 2})
    with pytest.raises(InvalidSetting, match="'depth'"):
        open_source(declaration, Surroundings(bench.settings, None, tmp_path))

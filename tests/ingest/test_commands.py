"""The command line: help, what scripts rely on, exit codes, clear words for what is wrong."""

from __future__ import annotations

import gzip
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from amic_kg import __version__
from amic_kg.cli import command_names

HEAVY = ("fastapi", "sqlalchemy", "pyoxigraph", "tantivy", "pypdfium2", "lxml", "docx", "uvicorn")
UNPRIVILEGED = (
    ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
)
"""Before a command: as root, give up the right to pass over the rights of files."""

ENTITY = {"iri", "type", "labels", "surface", "start", "end", "page", "confidence", "status"}
STATEMENT = {
    "subject", "predicate", "object", "quote", "page", "start", "end", "confidence", "status",
}  # fmt: skip
OUTCOME = {"source", "state", "key", "pages", "note", "warnings", "error"}


@pytest.fixture
def data(sample_settings) -> Path:
    return sample_settings.data


def as_json(done):
    return json.loads(done.out)


class TestHelp:
    @pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"]])
    def test_help_loads_none_of_the_engines(self, arguments):
        script = (
            "import sys\nsys.argv = ['amic-kg', *sys.argv[1:]]\n"
            "from amic_kg.cli import main\n"
            "try:\n    main()\nfinally:\n    print(*sorted(sys.modules), file=sys.stderr)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0
        assert done.stdout
        loaded = {name.split(".")[0] for name in done.stderr.split()}
        assert "click" in loaded
        assert not loaded & set(HEAVY)

    def test_help_lists_every_command_with_a_line_and_the_exit_codes(self, amic):
        done = amic("--help")
        for name in command_names():
            assert f"\n  {name}" in done.out
        for code in ("0 ", "1 ", "2 ", "3 ", "130 "):
            assert code in done.out[done.out.index("Exit codes:") :]

    @pytest.mark.parametrize("name", command_names())
    def test_every_command_explains_itself_with_an_example(self, amic, name):
        done = amic(name, "--help")
        assert done.code == 0
        assert "Examples:" in done.out
        assert f"  amic-kg {name}" in done.out

    def test_the_version_is_that_of_the_package(self, amic):
        assert amic("--version").out == f"amic-kg {__version__}\n"

    @pytest.mark.parametrize(
        ("typed", "meant"), [("serach", "search"), ("ingset", "ingest"), ("doctr", "doctor")]
    )
    def test_a_misspelt_command_gets_a_hint(self, amic, typed, meant):
        done = amic(typed)
        assert done.code == 2
        assert f"Did you mean '{meant}'?" in done.err

    def test_a_command_like_none_is_told_where_the_list_is(self, amic):
        done = amic("xyzzy")
        assert done.code == 2
        assert "There is no command 'xyzzy'" in done.err
        assert "amic-kg --help" in done.err
        assert "Did you mean" not in done.err

    @pytest.mark.parametrize(
        "arguments",
        [
            ["ingest"],
            ["search"],
            ["search", "x", "--size", "0"],
            ["status", "--nonsense"],
            ["query", "x", "--format", "y"],
        ],
        ids=" ".join,
    )
    def test_wrong_usage_ends_with_2(self, amic, arguments, tmp_path):
        done = amic(*arguments, data=tmp_path / "data")
        assert done.code == 2
        assert "Usage:" in done.err


class TestSettings:
    def test_a_misspelt_setting_ends_with_2_and_names_it(self, amic, monkeypatch):
        monkeypatch.setenv("AMIC_DATTA", "x")
        done = amic("status")
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("amic-kg: AMIC_DATTA: no such setting.")

    def test_a_data_folder_that_is_a_file_is_named(self, amic, tmp_path):
        file = tmp_path / "file"
        file.write_text("x")
        done = amic("status", data=file)
        assert done.code == 2
        assert f"AMIC_DATA={file}" in done.err

    @pytest.mark.parametrize(
        "arguments", [["status"], ["ingest", "."], ["search", "x"], ["query", "ASK {}"]], ids=str
    )
    def test_a_data_folder_that_may_not_be_written_to_is_named(
        self, amic_process, tmp_path, arguments
    ):
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o500)
        done = amic_process(*arguments, data=folder / "data", before=UNPRIVILEGED)
        assert done.code == 2
        assert done.err.startswith("amic-kg: AMIC_DATA=")
        assert "Traceback" not in done.err

    def test_a_data_folder_that_is_there_and_locked_is_named(
        self, amic_process, bench, begun, tmp_path
    ):
        folder = bench.settings.data
        folder.chmod(0o500)
        done = amic_process("ingest", "--quiet", tmp_path, data=folder, before=UNPRIVILEGED)
        folder.chmod(0o700)
        assert done.code == 2
        assert done.err.startswith(f"amic-kg: AMIC_DATA={folder}: cannot be written to.")

    def test_a_ledger_that_is_broken_is_a_fault_with_a_remedy(self, amic, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "ledger.sqlite").write_bytes(b"no database at all " * 100)
        done = amic("status", data=tmp_path / "data")
        assert done.code == 1
        assert "ledger cannot be opened" in done.err
        assert "Traceback" not in done.err


class TestIngest:
    def test_a_dry_run_says_what_would_come_and_stores_nothing(self, amic, bench, write, folder):
        write("good.txt")
        (folder / "dangling.pdf").symlink_to(folder / "none")
        done = amic("ingest", "--dry-run", folder, data=bench.settings.data)
        assert done.code == 0
        assert "2 would come" in done.out
        assert "good.txt" in done.out
        told = json.loads(
            amic("ingest", "--dry-run", "--json", folder, data=bench.settings.data).out
        )
        assert [d["state"] for d in told[0]["documents"]] == ["cannot be read", "comes"]
        assert not any("/document/" in graph for graph in bench.graphs())

    def test_declared_sources_are_listed_with_what_they_bring(self, amic, bench):
        folder = bench.settings.data / "sources"
        folder.mkdir(parents=True)
        (folder / "partner.toml").write_text(
            'kind = "records"\ntitle = "List of a partner"\npath = "list.bib"\n'
        )
        done = amic("sources", data=bench.settings.data)
        assert "partner" in done.out
        assert "List of a partner" in done.out
        rows = json.loads(amic("sources", "--json", data=bench.settings.data).out)
        assert ("partner", "records") in [(row["name"], row["kind"]) for row in rows]

    def test_a_name_that_is_nothing_leads_to_the_list_of_sources(self, amic, bench):
        done = amic("ingest", "partnre", data=bench.settings.data)
        assert done.code == 2
        assert "amic-kg sources" in done.err

    def test_the_json_report_has_the_keys_that_scripts_rely_on(self, amic, bench, write, folder):
        write("good.txt")
        write("twin.txt")
        (folder / "dangling.pdf").symlink_to(folder / "none")
        bench.ingest(folder)
        done = amic("ingest", "--json", folder, data=bench.settings.data)
        report = json.loads(done.out.splitlines()[-1])
        assert set(report) == {
            "found", "published", "skipped", "failed", "quarantined", "withdrawn", "left_out",
            "copies", "versions", "documents",
        }  # fmt: skip
        assert (report["found"], report["skipped"], report["failed"]) == (3, 2, 1)
        for document in report["documents"]:
            assert set(document) == OUTCOME
            assert Path(document["source"]).parent == folder
            if document["error"] is not None:
                assert set(document["error"]) == {"class", "message", "remedy"}
        assert done.code == 3

    def test_a_run_without_failure_ends_with_0(self, amic, bench, write, folder):
        write("good.txt")
        bench.ingest(folder)
        done = amic("ingest", "--quiet", folder, data=bench.settings.data)
        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("1 found = 0 published (0 pages) + 1 skipped + 0 failed\n")

    def test_a_source_that_does_not_exist_fails_and_says_so(self, amic, bench, folder):
        done = amic("ingest", folder / "none", data=bench.settings.data)
        assert done.code == 3
        assert "does not exist" in done.out
        assert "Check the name" in done.out


class TestExtract:
    def lines(self, amic, monkeypatch, *lines):
        text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines)
        stdin = io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogateescape")), "utf-8")
        monkeypatch.setattr(sys, "stdin", stdin)
        done = amic("extract", "--jsonl", "-")
        return done, [json.loads(line) for line in done.out.splitlines()]

    def test_texts_give_a_line_each_with_the_keys_that_scripts_rely_on(self, amic, monkeypatch):
        text = "Kevitsan kaivoksen nikkeli on tärkeää."
        done, (found,) = self.lines(amic, monkeypatch, {"id": "1", "text": text})
        assert done.code == 0
        assert set(found) == {"id", "language", "entities", "statements", "subjects"}
        assert (found["id"], found["language"]) == ("1", "fi")
        for said in found["statements"]:
            assert set(said) == STATEMENT
        for entity in found["entities"]:
            assert set(entity) == ENTITY
            assert text[entity["start"] : entity["end"]] == entity["surface"]
            assert set(entity["labels"]) == {"fi", "en", "sv"}
            assert (entity["page"], entity["status"]) == (1, "accepted")
            assert 0 < entity["confidence"] <= 1
        assert {"Site", "Commodity"} <= {entity["type"] for entity in found["entities"]}
        for subject in found["subjects"]:
            assert set(subject) == {"iri", "labels", "score"}

    def test_a_name_that_no_registry_knows_is_proposed_with_its_own_label(self, amic, monkeypatch):
        text = "Urakoitsijana toimi Tunturin Louhinta Oy, ja kaivos on Sodankylässä."
        _, (found,) = self.lines(amic, monkeypatch, {"id": "1", "text": text, "language": "fi"})
        status = {entity["surface"]: entity["status"] for entity in found["entities"]}
        assert status["Tunturin Louhinta Oy"] == "proposed"
        assert status["Sodankylässä"] == "accepted"
        (unknown,) = [e for e in found["entities"] if e["surface"] == "Tunturin Louhinta Oy"]
        assert unknown["labels"]["en"] == "Tunturin Louhinta Oy"

    def test_a_statement_is_told_with_the_sentence_that_says_it(self, amic, monkeypatch):
        text = "Kevitsan kaivos sijaitsee Sodankylässä. Se on suuri."
        _, (found,) = self.lines(amic, monkeypatch, {"id": "1", "text": text, "language": "fi"})
        (said,) = found["statements"]
        assert said["subject"].endswith("/id/site/kevitsa")
        assert said["predicate"].endswith("#locatedIn")
        assert said["object"].endswith("/id/place/sodankyla")
        assert said["quote"] == text[said["start"] : said["end"]]
        assert (said["page"], said["status"]) == (1, "proposed")

    @pytest.mark.parametrize("language", ["sv", "swe", "Swedish", "sv-FI"])
    def test_a_language_given_is_taken_however_it_is_written(self, amic, monkeypatch, language):
        line = {"id": "1", "text": "gruvor och gruvvatten", "language": language}
        _, (found,) = self.lines(amic, monkeypatch, line)
        assert found["language"] == "sv"
        assert found["entities"]

    @pytest.mark.parametrize("language", [None, "", 5, ["fi"], "tlh"])
    def test_a_language_that_is_none_is_detected(self, amic, monkeypatch, language):
        line = {"id": "1", "text": "Kaivosvesien käsittely on tärkeää.", "language": language}
        _, (found,) = self.lines(amic, monkeypatch, line)
        assert found["language"] == "fi"

    def test_a_broken_line_fails_alone(self, amic, monkeypatch):
        good = {"id": 7, "text": "Kevitsa"}
        done, found = self.lines(
            amic, monkeypatch, good, "{\n", "[1]\n", "\n", '{"id": 1}\n', "5\n", good
        )
        assert done.code == 3
        assert [result["id"] for result in found] == [
            "7",
            "line 2",
            "line 3",
            "line 5",
            "line 6",
            "7",
        ]
        assert all(set(r["error"]) == {"class", "message", "remedy"} for r in found[1:5])
        assert found[0]["entities"] == found[5]["entities"] != []

    def test_bytes_that_are_not_utf8_upset_nothing(self, amic, monkeypatch):
        done, found = self.lines(amic, monkeypatch, '{"id": "1", "text": "Kevitsa \udcff"}\n')
        assert done.code in (0, 3)
        assert len(found) == 1

    def test_files_give_a_line_each_and_what_cannot_be_read_goes_with_its_error(
        self, amic, write, folder
    ):
        good, bad, odd = write("good.txt"), write("bad.pdf", "text"), write("odd\udcff.txt")
        done = amic("extract", "--json", good, bad, odd, folder, folder / "none.pdf")
        assert done.code == 3
        results = [json.loads(line) for line in done.out.splitlines()]
        assert len(results) == 5
        assert results[0]["entities"]
        assert [r["error"]["class"] for r in results if "error" in r] == [
            "DamagedDocument", "UnreadableInput", "UnreadableInput",
        ]  # fmt: skip
        assert results[2]["entities"]

    def test_for_people_there_is_a_table(self, amic, write):
        done = amic("extract", write("good.txt"))
        assert done.code == 0
        assert "Kevitsa" in done.out
        assert "Subjects: " in done.out

    @pytest.mark.parametrize("both", [True, False])
    def test_files_and_texts_are_one_or_the_other(self, amic, write, both):
        arguments = [write("a.txt"), "--jsonl", "-"] if both else []
        assert amic("extract", *arguments).code == 2

    def test_nothing_is_stored(self, amic, write, tmp_path):
        amic("extract", write("good.txt"), data=tmp_path / "data")
        assert not (tmp_path / "data").exists()


class TestSearch:
    def test_documents_come_with_page_and_sentence(self, amic, data):
        done = amic("search", "poronhoito", "--lang", "fi", data=data)
        assert done.code == 0
        assert "08-poronhoito-ja-kaivokset.pdf" in done.out
        assert "p. 1: " in done.out

    def test_json_has_the_keys_that_scripts_rely_on(self, amic, data):
        found = as_json(amic("search", "mine", "water", "--json", "--size", "3", data=data))
        assert set(found) == {"total", "took_ms", "suggestion", "hits"}
        assert len(found["hits"]) == 3 < found["total"]
        for hit in found["hits"]:
            assert set(hit) == {
                "key", "title", "file", "language", "score", "page", "snippet", "why",
            }  # fmt: skip
            assert hit["page"] >= 1
            assert hit["snippet"]

    def test_nothing_found_is_no_fault(self, amic, data):
        done = amic("search", "xyzzyqwert", data=data)
        assert done.code == 0
        assert "Nothing found" in done.out

    def test_a_suggestion_is_made(self, amic, data):
        assert "Did you mean: kaivosvesi" in amic("search", "kaivosvsei", data=data).out

    def test_an_empty_store_is_searched_all_the_same(self, amic, tmp_path):
        done = amic("search", "kaivos", "--json", data=tmp_path / "data")
        assert (done.code, as_json(done)["total"]) == (0, 0)


class TestQuery:
    ROWS = "SELECT ?title { ?d dcterms:title ?title } ORDER BY ?title LIMIT 2"
    GRAPH = "CONSTRUCT { ?d dcterms:title ?t } WHERE { ?d dcterms:title ?t } LIMIT 2"

    def test_rows_are_tab_separated_unless_told_otherwise(self, amic, data):
        done = amic("query", self.ROWS, data=data)
        assert done.code == 0
        assert done.out.splitlines()[0] == "?title"
        assert len(done.out.splitlines()) == 3

    def test_rows_come_in_every_format(self, amic, data):
        def out(form):
            return amic("query", self.ROWS, "--format", form, data=data).out

        assert len(json.loads(out("json"))["results"]["bindings"]) == 2
        assert out("csv").splitlines()[0] == "title"
        assert ElementTree.fromstring(out("xml")).tag.endswith("sparql")

    def test_graphs_come_in_every_format(self, amic, data):
        def out(form):
            return amic("query", self.GRAPH, "--format", form, data=data).out

        assert len(out("nt").splitlines()) == 2
        assert "<" in out("turtle")
        assert json.loads(out("jsonld"))
        assert ElementTree.fromstring(out("rdfxml")).tag.endswith("RDF")

    def test_a_question_gets_yes_or_no(self, amic, data):
        assert as_json(amic("query", "ASK { ?s ?p ?o }", "--json", data=data))["boolean"] is True
        assert amic("query", "ASK { ?s ?p ?o }", "--format", "csv", data=data).out.strip() == "true"

    def test_the_query_comes_from_a_file_or_from_stdin(self, amic, data, tmp_path, monkeypatch):
        path = tmp_path / "q.rq"
        path.write_text(self.ROWS, "utf-8")
        expected = amic("query", self.ROWS, data=data).out
        assert amic("query", "--file", path, data=data).out == expected
        monkeypatch.setattr(sys, "stdin", io.StringIO(self.ROWS))
        assert amic("query", "-", data=data).out == expected

    def test_a_syntax_error_ends_with_2_and_says_where(self, amic, data):
        done = amic("query", "SELECT * {\n ?s ?p }", data=data)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith("amic-kg: line 2, column ")

    @pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://192.0.2.1/> {} }", "CLEAR ALL"])
    def test_what_calls_out_or_writes_is_refused(self, amic, data, query):
        assert amic("query", query, data=data).code == 2

    def test_a_file_that_is_not_there_is_named(self, amic, data, tmp_path):
        done = amic("query", "--file", tmp_path / "none.rq", data=data)
        assert done.code == 2
        assert "none.rq" in done.err

    def test_a_query_past_its_deadline_ends_with_1(self, amic, data, monkeypatch):
        monkeypatch.setenv("AMIC_QUERY_SECONDS", "1")
        slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        done = amic("query", slow, data=data)
        assert done.code == 1
        assert "ended after 1 s" in done.err

    def test_before_the_first_run_it_says_what_to_do(self, amic, tmp_path):
        done = amic("query", "ASK {}", data=tmp_path / "data")
        assert done.code == 1
        assert "amic-kg ingest" in done.err


class TestOperating:
    def test_status_counts_what_is_there(self, amic, data):
        found = as_json(amic("status", "--json", data=data))
        assert (found["documents"], found["pages"], found["failures"]) == (22, 54, 0)
        assert found["passages"] > 100
        assert found["generation"] == "000003"
        assert found["failed"] == []
        assert "22" in amic("status", data=data).out

    def test_status_of_nothing_says_how_to_begin(self, amic, tmp_path):
        done = amic("status", data=tmp_path / "data")
        assert done.code == 0
        assert "amic-kg ingest FOLDER" in done.out

    def test_doctor_says_of_each_part_what_it_finds(self, amic, data):
        found = as_json(amic("doctor", "--json", data=data))
        assert {"Python", "libvoikko", "tesseract", "data folder", "vocabulary", "ledger",
                "search index", "graph"} <= {finding["part"] for finding in found}  # fmt: skip
        for finding in found:
            assert set(finding) == {"part", "state", "detail", "remedy"}
            assert finding["state"] in ("ok", "missing", "broken")
            assert finding["remedy"] or finding["state"] == "ok"

    def test_doctor_names_what_is_missing_and_how_to_get_it(
        self, amic, data, monkeypatch, tmp_path
    ):
        monkeypatch.setattr("amic_kg.language.voikko.VoikkoMorphology.open", lambda: None)
        monkeypatch.setattr("amic_kg.cli.diagnosis.find_spec", lambda _: None)
        monkeypatch.setenv("PATH", str(tmp_path))
        done = amic("doctor", "--json", data=data)
        states = {finding["part"]: finding for finding in as_json(done)}
        assert states["libvoikko"]["state"] == states["tesseract"]["state"] == "missing"
        assert "voikko-fi" in states["libvoikko"]["remedy"]
        assert "tesseract-ocr-fin" in states["tesseract"]["remedy"]
        assert "amic-kg[mcp]" in states["mcp"]["remedy"]
        assert done.code == 0

    def test_an_index_that_an_update_left_empty_is_named_and_filled_by_rebuild(
        self, amic, data, tmp_path
    ):
        updated = tmp_path / "updated"
        shutil.copytree(data, updated)
        shutil.rmtree(updated / "index")
        done = amic("doctor", "--json", data=updated)
        index = {finding["part"]: finding for finding in as_json(done)}["search index"]
        assert (done.code, index["state"]) == (1, "broken")
        assert "amic-kg rebuild" in index["remedy"]
        assert amic("rebuild", data=updated).code == 0
        assert amic("doctor", data=updated).code == 0

    def test_doctor_ends_with_1_when_it_cannot_work(self, amic, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "ledger.sqlite").write_bytes(b"no database at all " * 100)
        done = amic("doctor", data=tmp_path / "data")
        assert done.code == 1
        assert "broken" in done.out

    def test_export_writes_all_quads(self, amic, data, tmp_path):
        path = tmp_path / "graph.nq"
        done = amic("export", "--json", path, data=data)
        written = path.read_text("utf-8").splitlines()
        assert as_json(done) == {"path": str(path), "quads": len(written)}
        assert all(line.endswith(" .") for line in written)
        packed = tmp_path / "graph.nq.gz"
        assert amic("export", packed, data=data).code == 0
        with gzip.open(packed, "rt", encoding="utf-8") as file:
            assert sorted(file.read().splitlines()) == sorted(written)
        assert sorted(p.name for p in tmp_path.iterdir()) == ["graph.nq", "graph.nq.gz"]

    def test_export_into_nowhere_is_told(self, amic, data, tmp_path):
        done = amic("export", tmp_path / "none" / "graph.nq", data=data)
        assert done.code == 2
        assert "is no folder" in done.err

    def test_export_that_fails_leaves_nothing(self, amic, tmp_path):
        done = amic("export", tmp_path / "graph.nq", data=tmp_path / "data")
        assert done.code == 1
        assert not list(tmp_path.glob("graph*"))

    def test_export_into_a_locked_folder_is_told(self, amic_process, data, tmp_path):
        folder = tmp_path / "locked"
        folder.mkdir(mode=0o500)
        done = amic_process("export", folder / "graph.nq", data=data, before=UNPRIVILEGED)
        assert done.code == 2
        assert "Permission denied" in done.err
        assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "SELECT * { ?s ?p ?o } LIMIT 20000"],
        ["status"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_reader_that_leaves_early_is_no_fault(data, process_environment, arguments):
    """As with `amic-kg query … | head -1`: the pipe is closed before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "amic_kg", *arguments],
            stdout=closed,
            stderr=subprocess.PIPE,
            env=process_environment(data),
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, b"")

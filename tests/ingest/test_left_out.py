"""What filters leave out is told by the setting that does, in a dry run with examples."""

from __future__ import annotations

import json

import pytest

from amic_kg_ingest.sources.left_out import LeftOut, setting_of

TABLE = """Title,Year,Language,Type,Publisher
Mine water of Kemi,2016,en,report,Lapin yliopisto
Peat,2017,en,report,Lapin yliopisto
Ore and mining,1950,en,report,Lapin yliopisto
Kaivosvesi,2016,fi,report,Lapin yliopisto
Mine shafts,2016,en,master thesis,Lapin yliopisto
Mine roads,2016,en,report,Aalto
Fish one,2016,en,report,Lapin yliopisto
Fish two,2016,en,report,Lapin yliopisto
Fish three,2016,en,report,Lapin yliopisto
"""
DECLARED = """kind = "records"
path = "list.csv"
[filter]
terms = ["mine", "mining"]
from = 2015
languages = ["en"]
kinds = ["Report"]
organisations = ["Lapin yliopisto"]
"""


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data" / "sources"
    folder.mkdir(parents=True)
    (folder / "partner.toml").write_text(DECLARED)
    (folder / "list.csv").write_text(TABLE)
    return tmp_path / "data"


def test_a_dry_run_tells_each_filter_how_many_and_a_few_titles(amic, data):
    told = amic("ingest", "partner", "--dry-run", data=data).out
    assert "1 would come" in told
    assert (
        "Left out by the settings of the source: 8\n"
        "  4 another topic (topics, terms)\n"
        "      Peat\n      Fish one\n      Fish two\n"
        "  1 another kind (kinds)\n      Mine shafts\n"
        "  1 another language (languages)\n      Kaivosvesi\n"
        "  1 another organisation (organisations)\n      Mine roads\n"
        "  1 before 2015 (from)\n      Ore and mining\n"
    ) in told
    (preview,) = json.loads(amic("ingest", "partner", "--dry-run", "--json", data=data).out)
    assert preview["left_out"]["another topic"] == 4
    assert preview["left_out_examples"]["another topic"] == ["Peat", "Fish one", "Fish two"]


def test_the_report_of_a_run_tells_each_filter_how_many(amic, data, monkeypatch):
    monkeypatch.setenv("AMIC_WORKERS", "1")
    told = amic("ingest", "partner", "--quiet", data=data).out
    assert "Left out by the settings of the source: 8\n  4 another topic (topics, terms)\n" in told
    assert "Fish one" not in told


def test_a_reason_that_no_setting_gives_stands_alone():
    left_out = LeftOut()
    left_out.add("robots.txt does not allow it", "https://example.org/a")
    left_out.add("robots.txt does not allow it", "https://example.org/a")
    assert left_out.examples == {"robots.txt does not allow it": ["https://example.org/a"]}
    assert setting_of("robots.txt does not allow it") == ""
    assert setting_of("beyond the first 200") == "most"
